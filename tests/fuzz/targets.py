"""What is fuzzed: every reader of what comes from a disk, a network or a person.

A target is given changed bytes of something good. It has to take them, or refuse them with one of the project's own
errors; anything else that is raised, and anything that hangs, is a fault.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from data import paths, readers, registry
from data.catalogue import Catalogue
from data.catalogue import read as read_catalogue
from data.errors import SecretRecError
from data.json_text import json_of
from data.own.importer import import_file, inspect
from data.own.options import ImportOptions
from data.sentences import from_file, restored
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.keys import Identity, Roster
from fl.aggregation.masking.ring import TABLE_LIMIT, spec_of
from fl.aggregation.masking.server import MaskingServer
from fl.organisations import certificates, federation_file, kit, requests, wire
from fl.organisations.administration import AUTHORITY_KEY, KITS, new_federation
from fl.protocol.commands import COMMANDS
from fl.protocol.events import EVENTS
from fl.runs import kept, verification_log
from fl.runs.run_detail import describe
from fl.runs.run_folder import RunFolder
from fl.runs.storage import mapped_arrays, read_arrays
from fl.settings.base import build
from fl.settings.compare import CompareSettings
from fl.settings.train import TrainSettings
from tests.data.factory import write_ml_100k
from tests.fl.runs.old_folders import without_seals
from tests.fuzz.changes import changed_bytes, changed_json

CORPUS = Path(__file__).parent / "corpus"
Change = Callable[[Any, bytes], bytes]


@dataclass(frozen=True)
class Target:
    """Something that reads.

    Attributes:
        name: of it.
        seeds: what it takes, by name.
        read: takes changed bytes of the seed of that name.
        refusals: what it may raise.
        change: makes changed bytes.
        weight: how many cases it gets, as a share of all.
    """

    name: str
    seeds: dict[str, bytes]
    read: Callable[[str, bytes], object]
    refusals: tuple[type[BaseException], ...] = (SecretRecError,)
    change: Change = changed_bytes
    weight: float = 1.0

    def feed(self, seed: str, content: bytes) -> None:
        """Read, and forget what it made or refused.

        Raises:
            Exception: anything but a refusal.
        """
        try:
            self.read(seed, content)
        except self.refusals:
            return


def targets(folder: Path, run: Path) -> list[Target]:
    """Make all targets.

    Args:
        folder: an empty one to work in; SECRETREC_HOME must be in it.
        run: folder of a finished run of format 1, which has no seals that would refuse everything at once.
    """
    return [
        official_files(folder / "official"),
        own_tables(folder / "tables"),
        catalogues(folder / "catalogues"),
        settings(),
        commands(),
        events(),
        sentences(),
        run_folders(run),
        array_files(folder / "arrays", run),
        *federation(folder / "federation"),
        wire_bytes(),
        masking(),
    ]


# --- data sets ----------------------------------------------------------------------------------------------------


def official_files(folder: Path) -> Target:
    """Return the readers of official data sets."""
    spec = write_ml_100k(folder / "good")
    lines = "".join(f"A{n % 7}X,B{n % 5},5.0,{1_400_000_000 + n}\n" for n in range(40))
    others = {
        "ml-1m/ratings.dat": b"1::10::5::978300760\n1::11::3::978300761\n2::10::4::978300762\n",
        "ml-1m/movies.dat": "10::Café (1990)::Drama|War\n11::Beta (1991)::Comedy\n".encode("latin-1"),
        "ml-1m/users.dat": b"1::F::1::10::48067\n2::M::56::16::70072\n",
        "amazon-video/ratings_Amazon_Instant_Video.csv": lines.encode(),
        "lastfm-2k/user_taggedartists-timestamps.dat": b"userID\tartistID\ttagID\ttimestamp\n"
        + b"".join(b"2\t%d\t13\t1238536800000\n" % n for n in range(50, 60)),
        "lastfm-2k/artists.dat": b"id\tname\turl\tpictureURL\n"
        + b"".join(b"%d\tband\thttp://x\t\n" % n for n in range(50, 60)),
    }
    seeds = {f"ml-100k/{path.name}": path.read_bytes() for path in (folder / "good").glob("u.*")} | others
    specs = {"ml-100k": spec} | {name: registry.spec(name) for name in ("ml-1m", "amazon-video", "lastfm-2k")}

    def read(seed: str, content: bytes) -> None:
        name = seed.partition("/")[0]
        for other, good in seeds.items():
            if other.startswith(name + "/"):
                _put(folder / other, content if other == seed else good)
        readers.read_folder(specs[name], folder / name)

    return Target("official-files", seeds, read, weight=1)


def own_tables(folder: Path) -> Target:
    """Return the import of a person's own table: a look at it, then the import."""
    rows = [(f"u{n % 9}", f"i{n % 7}", n % 5 + 1, 1_700_000_000 + n, f"Title {n % 7}", "A|B") for n in range(60)]
    head = ("user", "item", "rating", "timestamp", "title", "genres")
    seeds = {
        "table.csv": _table(rows, head, ","),
        "table.tsv": _table(rows, (), "\t"),
        "table.dat": _table(rows, (), "::"),
        "dates.csv": "用户;商品;时间\n".encode("gb18030")
        + b"".join(b"%d;%d;2023-0%d-1%d 10:00:00\n" % (n % 5, n % 4, n % 9 + 1, n % 10) for n in range(40)),
        "quoted.csv": b'user,item\n' + b"".join(b'"a ""b"" %d","x,y %d"\n' % (n % 5, n % 4) for n in range(40)),
        "table.parquet": _parquet(folder, rows, head),
    }  # fmt: skip
    chances = itertools.cycle(
        (ImportOptions(replace=True), ImportOptions(replace=True, bad_rows="drop", k_core_users=2, duplicates="last"))
    )

    def read(seed: str, content: bytes) -> None:
        path, options = folder / seed, next(chances)
        _put(path, content)
        seen = inspect(path, options)
        if not seen.problem:
            import_file(path, "fuzzed", options)
            readers.read("fuzzed")

    return Target("own-tables", seeds, read, weight=1)


def _table(rows: list[tuple[Any, ...]], head: tuple[str, ...], sign: str) -> bytes:
    return "".join(sign.join(map(str, row)) + "\n" for row in ([head] if head else []) + rows).encode()


def _parquet(folder: Path, rows: list[tuple[Any, ...]], head: tuple[str, ...]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet

    folder.mkdir(parents=True, exist_ok=True)
    columns = dict(zip(head, map(list, zip(*rows, strict=True)), strict=True))
    pa.parquet.write_table(pa.table(columns), folder / "seed.parquet")
    return (folder / "seed.parquet").read_bytes()


def catalogues(folder: Path) -> Target:
    """Return the reader of a federation's catalogue."""
    seeds = {"plain": b'item,title,genres\na,Alpha,One|Two\nb,"Beta, the",\n', "bare": b"id\n1\n2\n3\n"}

    def read(seed: str, content: bytes) -> None:
        _put(folder / "catalogue.csv", content)
        assert read_catalogue(folder / "catalogue.csv").digest

    return Target("catalogues", seeds, read, weight=3)


# --- settings and protocol ----------------------------------------------------------------------------------------


def settings() -> Target:
    """Return the making of settings from names and values, as the command line, a file and the window give them."""
    seeds = {
        "train": json.dumps(TrainSettings().flat()).encode(),
        "seqfcf": json.dumps(TrainSettings(model="seqfcf", dp="user").flat()).encode(),
        "compare": CompareSettings().model_dump_json().encode(),
        "some": b'{"dataset": "demo", "epochs": 3, "dim": 8, "parties": 3, "aggregator": "masked"}',
    }

    def read(seed: str, content: bytes) -> None:
        given = json_of(content.decode())
        if isinstance(given, dict):
            build(CompareSettings if seed == "compare" else TrainSettings, given)

    return Target("settings", seeds, read, (SecretRecError, ValueError), changed_json, 3)


def commands() -> Target:
    """Return the reading of what the window asks the engine."""
    seeds = {
        "train": b'{"type": "train", "job": "j", "settings": {"dataset": "demo", "epochs": 3}}',
        "list": b'{"type": "list_users", "job": "j", "run": "r", "query": "29", "limit": 2}',
        "describe": b'{"type": "describe_runs", "job": "j", "runs": ["a", "b"]}',
        "import": b'{"type": "import_file", "job": "j", "path": "/x.csv", "name": "n", "options": {"k_core_users": 2}}',
    }
    return Target(
        "commands",
        seeds,
        lambda _, content: COMMANDS.validate_json(content),
        (ValidationError, SecretRecError),
        changed_json,
        3,
    )


def events() -> Target:
    """Return the window's reading of what the engine says, as it was recorded from the engine."""
    recorded = Path(__file__).parents[1] / "gui" / "events"
    seeds: dict[str, bytes] = {}
    for path in sorted(recorded.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            kind = json.loads(line).get("type", "")
            if len(line) < 20_000:
                seeds.setdefault(str(kind), line)
    return Target(
        "events", seeds, lambda _, content: EVENTS.validate_json(content), (ValidationError,), changed_json, 3
    )


def sentences() -> Target:
    """Return the reading of sentences from records and files."""
    seeds = {
        "one": b'{"english": "Run x.", "code": "run.x", "values": {"n": 1, "who": "bob"}}',
        "file": b'{"note": "Run x.", "parts": [{"note": "y"}], "said": {"note": {"code": "a", "values": {}}, '
        b'"parts/0/note": {"code": "b", "values": {"n": 2}}}}',
    }

    def read(seed: str, content: bytes) -> None:
        value = json_of(content.decode())
        from_file(value) if seed == "file" else restored(value)

    return Target("sentences", seeds, read, (ValueError,), changed_json, 3)


# --- runs ---------------------------------------------------------------------------------------------------------


def run_folders(run: Path) -> Target:
    """Return all that reads a run: the list of runs, its details, its lists."""
    files = [path for path in sorted(run.rglob("*")) if path.suffix in (".json", ".jsonl")]
    seeds = {path.relative_to(run).as_posix(): path.read_bytes() for path in files}
    place = paths.runs_dir() / "fuzzed"
    shutil.copytree(run, place, dirs_exist_ok=True)

    def read(seed: str, content: bytes) -> None:
        target = place / seed
        # Another file, as a copy would be: what was read of a file is known by its number and time.
        target.unlink(missing_ok=True)
        _put(target, content)
        try:
            infos = {info.name: info for info in RunFolder.all()}
            assert "fuzzed" in infos
            for ask in (
                lambda: describe(RunFolder.find("fuzzed")),
                lambda: verification_log.read(RunFolder(place)),
                lambda: kept.known_items(place),
                lambda: kept.rosters(place),
                lambda: kept.users_of(place, "party-1"),
                lambda: RunFolder(place).intervals(),
            ):
                try:
                    ask()
                except SecretRecError:
                    continue
        finally:
            target.unlink()
            target.write_bytes(seeds[seed])

    def change(draw: Any, good: bytes) -> bytes:
        return changed_json(draw, good) if good.count(b"\n{") < 1 else changed_bytes(draw, good)

    return Target("run-folders", seeds, read, change=change, weight=1)


def array_files(folder: Path, run: Path) -> Target:
    """Return the readers of array files."""
    seeds = {path.name: path.read_bytes() for path in sorted(run.rglob("*.safetensors"))[:2]}

    def read(seed: str, content: bytes) -> None:
        path = folder / "x.safetensors"
        path.unlink(missing_ok=True)
        _put(path, content)
        for ask in (read_arrays, mapped_arrays):
            try:
                for array in ask(path).values():
                    np.asarray(array).sum()
            except SecretRecError:
                continue

    return Target("array-files", seeds, read, weight=1)


# --- organisations ------------------------------------------------------------------------------------------------


def federation(folder: Path) -> list[Target]:
    """Return the readers of certificates, federation files, signed ones too, and of a member's kit."""
    made = new_federation(
        folder / "made",
        "films",
        {"alice": "127.0.0.1:9501", "bob": "localhost:9502"},
        "127.0.0.1:9500",
        Catalogue(("a", "b"), ("Alpha", "Beta"), (("One",), ())),
        TrainSettings(epochs=3),
        meeting="127.0.0.1:9510",
        with_keys=True,
    )
    own = folder / "made" / KITS / "alice"
    authority = federation_file.read_authority(own / "authority.pem")
    key = certificates.read_key(folder / "made" / AUTHORITY_KEY)
    files = {path.name: path.read_bytes() for path in sorted(own.iterdir()) if path.is_file()}
    changed = folder / "changed"

    def read_kit(seed: str, content: bytes) -> None:
        shutil.rmtree(changed, ignore_errors=True)
        shutil.copytree(own, changed)
        _put(changed / seed, content)
        (changed / seed).chmod(0o600)
        kit.read(changed)

    def read_signed(seed: str, content: bytes) -> None:
        path = folder / "signed.toml"
        try:
            federation_file.FederationFile.model_validate_json(content).sign(key).write(path)
        except (ValidationError, TypeError, ValueError, OverflowError):
            return  # nobody can make such a file
        federation_file.read(path, authority).train_settings("demo")

    def read_request(seed: str, content: bytes) -> None:
        _put(folder / "request.toml", content)
        requests.read(folder / "request.toml", made.file.id)

    return [
        Target("kits", files, read_kit, weight=1),
        Target("certificates", {"ca": files["authority.pem"]}, _certificate, (ValueError,), weight=1),
        Target(
            "signed-files", {"federation": made.file.model_dump_json().encode()}, read_signed, change=changed_json,
            weight=1,
        ),
        Target("requests", {"alice": files["alice.request.toml"]}, read_request, weight=1),
    ]  # fmt: skip


def _certificate(seed: str, content: bytes) -> None:
    certificate = certificates.from_pem(content)
    certificates.common_name(certificate)
    certificates.hosts(certificate)
    certificates.fault_of_dates("alice", certificate, certificates.now())


# --- messages of the masking protocol -----------------------------------------------------------------------------


class Masked:
    """A federation of three in the middle of a sum: every kind of message of it."""

    def __init__(self) -> None:
        names = ("p1", "p2", "p3")
        identities = [Identity(bytes([n]) * 32) for n in (1, 2, 3)]
        self.roster = Roster(b"fuzz", names, tuple(one.public for one in identities), 2)
        self.clients = {
            name: MaskingClient(name, identity, self.roster, 4, True)
            for name, identity in zip(names, identities, strict=True)
        }
        self.server = MaskingServer(self.roster, 4)
        self.server.begin(1)
        for client in self.clients.values():
            self.server.take_advert(client.advertise(1))
        self.adverts = self.server.adverts()
        self.sealed = {name: client.share(self.adverts) for name, client in self.clients.items()}
        for name, packets in self.sealed.items():
            self.server.take_sealed(name, packets)
        for name, client in self.clients.items():
            client.receive(self.server.sealed_for(name))
        table = np.ones((3, 2), np.float32)
        self.specs = [spec_of(table, 3, TABLE_LIMIT)]
        self.server.open(0, self.specs)
        self.uploads = {name: client.mask(0, [table], self.specs) for name, client in self.clients.items()}
        for upload in self.uploads.values():
            self.server.take_upload(upload)
        self.survivors = self.server.close()
        self.agreements = [client.agree(self.survivors) for client in self.clients.values()]


def masking() -> Target:
    """Return parties and a server that are sent changed messages of every kind, as they come off the wire."""
    good = Masked()
    fields = {
        "advert": good.adverts[0],
        "sealed": good.sealed["p1"][0],
        "upload": good.uploads["p1"],
        "survivors": good.survivors,
        "agreement": good.agreements[0],
    }
    seeds = {name: b"".join(wire.encode(1, message)) for name, message in fields.items()}

    def read(seed: str, content: bytes) -> None:
        _, value = wire.decode(memoryview(content), "p1", 1 << 20)
        if type(value) is not type(fields[seed]):
            return
        made = Masked()
        if seed == "advert":
            made.clients["p2"].advertise(2)
            made.clients["p2"].share([value, *made.adverts[1:]])
        elif seed == "sealed":
            made.server.take_sealed("p1", (value,))
        elif seed == "upload":
            made.server.take_upload(value)
        elif seed == "survivors":
            made.clients["p1"].agree(value)
        else:
            made.server.take_agreement(value)

    return Target("masking", seeds, read, change=_changed_message, weight=0.5)


def wire_bytes() -> Target:
    """Return the reading of bytes from another member."""
    good = Masked()
    parts = {"upload": good.uploads["p1"], "adverts": tuple(good.adverts), "table": np.ones((4, 3), np.float32)}
    seeds = {name: b"".join(wire.encode(1, value)) for name, value in parts.items()}
    return Target("wire", seeds, lambda _, content: wire.decode(memoryview(content), "p1", 1 << 20), weight=3)


def _changed_message(draw: Any, good: bytes) -> bytes:
    """Return a message that is read, with fields of other values and types than it should have."""
    from hypothesis import strategies as st

    _, message = wire.decode(memoryview(good), "p1", 1 << 20)
    odd = st.sampled_from((None, -1, 0, 2**70, b"", b"\0" * 32, "p9", (), ("p1",), (b"",), 1.5, [], np.zeros(0)))
    names = [field.name for field in dataclasses.fields(message)]
    changes = {name: draw(odd) for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))}
    return b"".join(wire.encode(1, dataclasses.replace(message, **changes)))


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def set_home(folder: Path) -> None:
    """Make a folder the home of everything that is read and written from now on."""
    os.environ["SECRETREC_HOME"] = str(folder)
    paths.private_folder(paths.runs_dir())


def make_run(home: Path) -> Path:
    """Train two rounds on the demo data in a home of its own; return the folder, in format 1.

    Args:
        home: an empty folder.
    """
    from fl.federation.pool import FederationPool
    from fl.jobs.context import JobContext
    from fl.jobs.training import train
    from fl.protocol.commands import TrainCommand

    before = os.environ.get("SECRETREC_HOME")
    set_home(home)
    pool = FederationPool()
    try:
        asked = {"model": "fcf", "dim": 4, "epochs": 2, "parties": 2, "runtime": "in-process", "name": "fuzzed"}
        context = JobContext("fuzz", lambda _: None, pool)
        train(TrainCommand(settings=build(TrainSettings, asked)), context)
        return without_seals(paths.runs_dir() / "fuzzed")
    finally:
        pool.close()
        if before is None:
            os.environ.pop("SECRETREC_HOME", None)
        else:
            os.environ["SECRETREC_HOME"] = before
