"""One file for a colleague: what goes along, what comes back, and what a stranger's file cannot do."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile

import numpy as np
import pytest

from data import paths
from data.errors import CancelledError, SecretRecError, SettingsError, StorageError
from fl.federation.pool import FederationPool
from fl.jobs.context import JobContext
from fl.jobs.evaluation import evaluate
from fl.jobs.inspection import inspect_round
from fl.jobs.new_user import recommend_new
from fl.jobs.recommendation import recommend
from fl.jobs.recommendation_of_all import recommend_all
from fl.jobs.runs import export_run, import_run
from fl.jobs.training import resume, train
from fl.jobs.users import list_users
from fl.protocol.commands import (
    EvaluateCommand,
    ExportRun,
    ImportRun,
    InspectRound,
    ListUsers,
    RecommendAllCommand,
    RecommendCommand,
    RecommendNewCommand,
    ResumeCommand,
    TrainCommand,
)
from fl.runs.notes import write_note
from fl.runs.run_folder import RunFolder
from fl.runs.storage import round_file, write_arrays, write_json
from fl.settings.base import build
from fl.settings.of_jobs import EvaluateSettings, NewUserSettings, RecommendAllSettings, RecommendSettings
from fl.settings.train import TrainSettings

SETTINGS = {"dataset": "demo", "model": "fcf", "dim": 4, "epochs": 1, "parties": 2, "runtime": "in-process"}


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run folder of one round, replayed once for demonstration."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRETREC_HOME", str(tmp_path_factory.mktemp("trained")))
        pool = FederationPool()
        context = JobContext("job", lambda _: None, pool)
        train(TrainCommand(settings=build(TrainSettings, {**SETTINGS, "name": "films"})), context)
        inspect_round(InspectRound(run="films"), context)
        pool.close()
        return RunFolder.find("films").path


@pytest.fixture
def folder(trained):
    """The same run in this test's home."""
    paths.private_folder(paths.runs_dir())
    return RunFolder(shutil.copytree(trained, paths.runs_dir() / "films"))


@pytest.fixture
def job():
    return JobContext("job", lambda _: None)


@pytest.fixture
def packed(folder, job, tmp_path):
    """A function: the run in a file, and gone from this home."""

    def pack(private):
        write_note(folder.path, "for Anna")
        path = tmp_path / "films.zip"
        done = export_run(ExportRun(run="films", output=str(path), private=private), job)
        assert done.bytes == path.stat().st_size
        shutil.rmtree(folder.path)
        return path

    return pack


def take(path, job, name=""):
    return import_run(ImportRun(path=str(path), name=name), job).run


def files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != ".lock"}


def first_user(folder):
    return json.loads((folder / "parties" / "party-1" / "users.json").read_text())["ids"][0]


def test_that_a_run_comes_back_whole_with_its_private_parts(packed, folder, job):
    before = files(folder.path)
    user = first_user(folder.path)
    asked = RecommendCommand(settings=RecommendSettings(run="films", user=user))
    items = recommend(asked, job).items
    path = packed(private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    info = take(path, job)
    assert (info.name, info.state, info.rounds, info.private_parts, info.note) == ("films", "done", 1, True, "for Anna")
    assert files(folder.path) == before | {"note.txt"}
    assert recommend(asked, job).items == items
    assert list(path.parent.glob("*.tmp")) == []
    assert not (paths.home() / "importing").exists()


def test_that_nothing_of_one_users_goes_along_without_the_private_parts(packed, folder, job):
    user, inside = first_user(folder.path), files(folder.path)
    path = packed(private=False)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        content = b"".join(archive.read(name) for name in names)
    assert names == {n for n in inside if not n.startswith("parties/")} - {"inspection.json", "events.log"} | {
        "note.txt"
    }
    assert not any(word in content for word in (b'"train_items"', b'"valid_item"', b"true update"))
    info = take(path, job)
    assert not info.private_parts
    assert info.problem == ""
    newcomer = RecommendNewCommand(settings=NewUserSettings(run="films", items=("1", "2"), top_k=3))
    assert len(recommend_new(newcomer, job).items) == 3
    output = str(path.parent / "all.csv")
    for ask in (
        lambda: recommend(RecommendCommand(settings=RecommendSettings(run="films", user=user)), job),
        lambda: recommend_all(RecommendAllCommand(settings=RecommendAllSettings(run="films", output=output)), job),
        lambda: list_users(ListUsers(run="films"), job),
        lambda: evaluate(EvaluateCommand(settings=EvaluateSettings(run="films")), job),
        lambda: inspect_round(InspectRound(run="films"), job),
        lambda: resume(ResumeCommand(run="films", epochs=2), job),
    ):
        with pytest.raises(StorageError, match="'films' is here without its private parts"):
            ask()


def test_that_a_run_of_an_earlier_version_without_private_parts_takes_its_items_from_the_data_set(packed, folder, job):
    (folder.path / "items.json").unlink()
    take(packed(private=False), job)
    newcomer = RecommendNewCommand(settings=NewUserSettings(run="films", items=("1", "2"), top_k=3))
    assert len(recommend_new(newcomer, job).items) == 3
    with pytest.raises(StorageError, match="without its private parts"):
        list_users(ListUsers(run="films"), job)
    assert not RunFolder.find("films").info().private_parts


def test_that_the_name_is_the_runs_own_a_free_one_or_the_persons(packed, folder, job):
    path = packed(private=True)
    assert [take(path, job).name, take(path, job).name, take(path, job, "mine").name] == ["films", "films-2", "mine"]
    mine = RunFolder.find("mine")
    assert (mine.settings().name, mine.result()["run"]) == ("mine", "mine")
    with pytest.raises(SettingsError, match="'mine' exists already"):
        take(path, job, "mine")
    for name in ("../mine", ".", "a/b"):
        with pytest.raises(SettingsError, match="cannot be the name"):
            take(path, job, name)


def test_that_a_run_that_was_cut_short_is_interrupted_here(packed, folder, job):
    config = folder.config()
    folder.set_state("running")  # by this process, which lives
    assert folder.state() == "running"
    assert take(packed(private=True), job).state == "interrupted"
    assert config["state"] == "done"


def test_that_a_run_of_a_cluster_connects_to_nothing_here(packed, folder, job):
    config = folder.config()
    config["settings"] |= {"runtime": "cluster", "address": "stranger.example:6379"}
    write_json(folder.path / "config.json", config)
    take(packed(private=True), job)
    settings = RunFolder.find("films").settings()
    assert (settings.runtime, settings.address) == ("simulation", "")


def test_that_a_run_that_is_trained_or_damaged_is_not_exported(folder, job, tmp_path):
    ask = ExportRun(run="films", output=str(tmp_path / "films.zip"))
    with folder.lock(), pytest.raises(SettingsError, match="is being trained"):
        export_run(ask, job)
    path = folder.path / "server" / round_file(1)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(StorageError, match="not as it was written"):
        export_run(ask, job)
    assert list(tmp_path.glob("*.zip")) == []


def test_that_a_cancelled_export_or_import_leaves_nothing(packed, folder, job, tmp_path):
    path = packed(private=True)
    stopped = JobContext("job", lambda _: None, cancelled=lambda: True)
    with pytest.raises(CancelledError):
        take(path, stopped)
    assert RunFolder.all() == []
    assert not (paths.home() / "importing").exists()
    take(path, job)
    with pytest.raises(CancelledError):
        export_run(ExportRun(run="films", output=str(tmp_path / "other.zip")), stopped)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["films.zip"]


# --- files of strangers -----------------------------------------------------------------------------------------------


def rewrite(path, change):
    """Write an archive anew: `change` takes and returns [(ZipInfo, bytes)]."""
    with zipfile.ZipFile(path) as archive:
        entries = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for info, content in change(entries):
            archive.writestr(info, content)


def entry(name, kind=stat.S_IFREG, mode=zipfile.ZIP_STORED):
    made = zipfile.ZipInfo(name)
    made.external_attr, made.compress_type = (kind | 0o644) << 16, mode
    return made


def bomb(entries):
    return [*entries, (entry("items2.json", mode=zipfile.ZIP_DEFLATED), b" " * 150_000_000)]


STRANGE = {
    "a way up": (lambda e: [*e, (entry("../evil.json"), b"{}")], "is no file of a run"),
    "a way up inside": (lambda e: [*e, (entry("parties/../../evil.json"), b"{}")], "is no file of a run"),
    "a place of the system": (lambda e: [*e, (entry("/tmp/evil.json"), b"{}")], "is no file of a run"),
    "a hidden file": (lambda e: [*e, (entry(".bashrc.txt"), b"x")], "is no file of a run"),
    "something to be done": (lambda e: [*e, (entry("parties/party-1/forgetting.json"), b"{}")], "is no file of a run"),
    "a backslash": (lambda e: [*e, (entry("a\\b.json"), b"{}")], "is no file of a run"),
    "a program": (lambda e: [*e, (entry("run.py"), b"print()")], "is no file of a run"),
    "a link": (lambda e: [*e, (entry("extra.json", stat.S_IFLNK), b"/etc/passwd")], "is no file of a run"),
    "a folder": (lambda e: [*e, (entry("server/", stat.S_IFDIR), b"")], "is no file of a run"),
    "another packing": (lambda e: [*e, (entry("a.json", mode=zipfile.ZIP_LZMA), b"{}")], "is no file of a run"),
    "too much in little": (bomb, "would grow to"),
    "too many files": (lambda e: [*e, *((entry(f"a{n}.json"), b"{}") for n in range(10_001))], "too many files"),
    "no config": (lambda e: [one for one in e if one[0].filename != "config.json"], "holds no config.json"),
    "no rounds": (lambda e: [one for one in e if one[0].filename != "metrics.jsonl"], "not whole"),
    "a flipped bit": (
        lambda e: [(i, c[:-1] + bytes([c[-1] ^ 1]) if i.filename.endswith(".safetensors") else c) for i, c in e],
        "not as it was written",
    ),
    "another run's file": (
        lambda e: [(i, c.replace(b'"round": 1', b'"round": 2') if i.filename == "metrics.jsonl" else c) for i, c in e],
        "not as it was written",
    ),
}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_that_what_is_no_run_is_refused_and_leaves_nothing(packed, job, kind):
    path = packed(private=True)
    change, sentence = STRANGE[kind]
    rewrite(path, change)
    before = {p for p in paths.home().rglob("*") if "importing" not in p.name}
    with pytest.raises(StorageError, match=sentence):
        take(path, job)
    assert {p for p in paths.home().rglob("*") if "importing" not in p.name} == before
    assert RunFolder.all() == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_that_a_file_that_is_there_twice_is_refused(packed, job):
    path = packed(private=True)
    rewrite(path, lambda e: [*e, e[-1]])
    with pytest.raises(StorageError, match="one twice"):
        take(path, job)


def test_that_an_archive_that_lies_about_sizes_or_is_cut_is_refused(packed, job):
    path = packed(private=True)
    whole = path.read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.raises(SecretRecError, match="is no exported run"):
            take(path, job)
    # The central directory begins its entries with PK\1\2; bytes 24 to 28 of one are the size it claims.
    at = whole.index(b"PK\x01\x02")
    path.write_bytes(whole[: at + 24] + (5).to_bytes(4, "little") + whole[at + 28 :])
    with pytest.raises(StorageError):
        take(path, job)
    with pytest.raises(StorageError, match="There is no file"):
        take(path.parent / "nothing.zip", job)
    assert RunFolder.all() == []


def sealed_items(folder, shape):
    write_arrays(folder.path / "server" / round_file(1), {"items": np.zeros(shape, np.float32)})


def sealed_history(folder, **changes):
    from fl.runs.storage import read_arrays

    path = folder.path / "parties" / "party-2" / "history.safetensors"
    write_arrays(path, {**read_arrays(path), **changes})


MISFITS = {
    "another number of items": lambda f: sealed_items(f, (3, 4)),
    "rows of another length": lambda f: sealed_items(f, (400, 5)),
    "an item that is none": lambda f: sealed_history(f, train_items=np.full(9, 10**6, np.int32)),
    "bounds beyond the end": lambda f: sealed_history(f, indptr=np.arange(0, 3 * 10**6, 10**6)),
    "fewer titles than items": lambda f: write_json(
        f.path / "items.json", {**json.loads((f.path / "items.json").read_text()), "titles": ["a"]}
    ),
}


@pytest.mark.parametrize("kind", MISFITS)
def test_that_files_with_right_seals_that_do_not_fit_each_other_are_refused(folder, job, tmp_path, kind):
    """A stranger can compute seals as well as anybody."""
    path = tmp_path / "films.zip"
    export_run(ExportRun(run="films", output=str(path), private=True), job)
    MISFITS[kind](folder)
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.path.rglob("*.*"):
            if file.is_file() and file.name != ".lock":
                archive.write(file, file.relative_to(folder.path).as_posix())
    shutil.rmtree(folder.path)
    with pytest.raises(StorageError, match="not whole"):
        take(path, job)
