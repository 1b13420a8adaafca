"""Run folders from strangers: whatever is in a file is data, or refused with a sentence, and leads nowhere outside."""

from __future__ import annotations

import json
import os
import random
import shutil
import struct
import sys
from pathlib import Path

import numpy as np
import pytest

from data import paths
from data.errors import SecretRecError, StorageError
from fl.federation.pool import FederationPool
from fl.jobs.context import JobContext
from fl.jobs.inspection import inspect_round
from fl.jobs.privacy_record import read_privacy
from fl.jobs.recommendation import recommend
from fl.jobs.report_file import write_report
from fl.jobs.runs import delete_run, describe_runs, export_run
from fl.jobs.training import resume, train
from fl.protocol.commands import (
    DeleteRun,
    DescribeRuns,
    ExportRun,
    InspectRound,
    ReadPrivacy,
    RecommendCommand,
    ResumeCommand,
    TrainCommand,
    WriteReport,
)
from fl.runs import kept, verification_log
from fl.runs.archived_run import check_run
from fl.runs.run_folder import RunFolder
from fl.runs.storage import mapped_arrays, read_array, read_arrays, round_file, users_in, write_arrays
from fl.runs.upkeep import rename
from fl.settings.base import build
from fl.settings.of_jobs import RecommendSettings, ReportSettings
from fl.settings.train import TrainSettings
from tests.fl.runs.old_folders import without_seals

SETTINGS = {"dataset": "demo", "model": "fcf", "dim": 4, "epochs": 1, "parties": 2, "runtime": "in-process"}


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run folder of one round."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRETREC_HOME", str(tmp_path_factory.mktemp("trained")))
        pool = FederationPool()
        train(
            TrainCommand(settings=build(TrainSettings, {**SETTINGS, "name": "strange"})),
            JobContext("job", lambda _: None, pool),
        )
        pool.close()
        return RunFolder.find("strange").path


@pytest.fixture
def strange(trained):
    """The same folder in this test's home, as if somebody had sent it: in format 1, which has no seals."""
    paths.private_folder(paths.runs_dir())
    return without_seals(Path(shutil.copytree(trained, paths.runs_dir() / "strange")))


def refusal(call):
    """The sentence with which something is refused; "" when it is not."""
    try:
        call()
    except SecretRecError as error:
        return error.sentence
    return ""


def ask(context):
    """Ask for all that is read of a run: list, settings, rounds, checkpoints, replay."""
    RunFolder.all()
    inspect_round(InspectRound(run="strange"), context)


# --- array files ------------------------------------------------------------------------------------------------------

ARRAYS = {"items": np.ones((4, 3), np.float32), "n": np.arange(5)}


def with_header(good, header):
    length = struct.unpack("<Q", good[:8])[0]
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + good[8 + length :]


def with_items(good, **changes):
    header = json.loads(good[8 : 8 + struct.unpack("<Q", good[:8])[0]])
    header["items"] |= changes
    return with_header(good, header)


DAMAGED = {
    "empty": lambda good: b"",
    "cut in the length": lambda good: good[:7],
    "cut in the header": lambda good: good[:20],
    "cut in the numbers": lambda good: good[:-1],
    "length 0": lambda good: struct.pack("<Q", 0) + good[8:],
    "length 2^40": lambda good: struct.pack("<Q", 2**40) + good[8:],
    "length 2^64 - 1": lambda good: struct.pack("<Q", 2**64 - 1) + good[8:],
    "a header of 99 MB": lambda good: struct.pack("<Q", 99_000_000) + b" " * 99_000_000,
    "no text": lambda good: with_header(good, b"\xff\xfe"),
    "deep": lambda good: with_header(good, b"[" * 100_000),
    "a list": lambda good: with_header(good, []),
    "a name with ..": lambda good: good.replace(b'"items"', b'"../ms"'),
    "offsets below 0": lambda good: with_items(good, data_offsets=[-1, 48]),
    "offsets beyond the end": lambda good: with_items(good, data_offsets=[0, 10**12]),
    "a shape of 2^124": lambda good: with_items(good, shape=[2**62, 2**62]),
    "a shape below 0": lambda good: with_items(good, shape=[-4, -3]),
    "71 axes": lambda good: with_items(good, shape=[1] * 70 + [12]),
    "no such numbers": lambda good: with_items(good, dtype="F7"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_that_a_damaged_array_file_of_any_kind_is_named(tmp_path, damage):
    path = tmp_path / "round.safetensors"
    write_arrays(path, ARRAYS)
    path.write_bytes(DAMAGED[damage](path.read_bytes()))
    with pytest.raises(StorageError, match=r"round\.safetensors"):
        read_array(path, "items")


def test_that_flipped_bytes_are_read_as_data_or_refused(tmp_path):
    path = tmp_path / "round.safetensors"
    write_arrays(path, ARRAYS)
    good, dice = path.read_bytes(), random.Random(1)
    for _ in range(800):
        damaged = bytearray(good)
        for _ in range(dice.randint(1, 4)):
            damaged[dice.randrange(len(good))] = dice.randrange(256)
        path.write_bytes(damaged)
        for read in (read_arrays, mapped_arrays):
            sentence = refusal(lambda read=read: read(path))
            assert "round.safetensors" in sentence or not sentence
    for strange in (with_items(good, dtype="BF16", shape=[8, 3]), with_items(good, dtype="F8_E4M3", shape=[48])):
        path.write_bytes(strange)  # kinds of numbers that NumPy has or lacks, by what else is loaded
        refusal(lambda: read_arrays(path))


@pytest.mark.parametrize("damage", ["length 2^64 - 1", "cut in the numbers", "a name with .."])
@pytest.mark.parametrize("whose", ["server", "parties/party-1"])
def test_that_a_run_with_a_damaged_checkpoint_says_so(strange, context, whose, damage):
    path = strange / whose / round_file(1)
    first = b'"items"' if whose == "server" else b'"' + sorted(read_arrays(path))[0].encode() + b'"'
    damaged = path.read_bytes()
    path.write_bytes(damaged.replace(first, b'"../x"') if ".." in damage else DAMAGED[damage](damaged))
    with pytest.raises(StorageError, match=r"round-000001"):
        inspect_round(InspectRound(run="strange"), context)


# --- JSON files -------------------------------------------------------------------------------------------------------

TEXTS = {
    "deep": "[" * 100_000,
    "deeper than a value": '{"a":' * 900 + "1" + "}" * 900,
    "a long number": '{"format": ' + "1" * 5000 + "}",
    "no text": b"\xff\xfe\x00",
    "a list": "[]",
    "NaN": "NaN",
    "half a letter": '{"format": "\\ud800"}',
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("file", ["config.json", "metrics.jsonl", "result.json", "privacy.json", "verification.jsonl"])
def test_that_a_damaged_text_file_gets_a_sentence_and_hides_no_other_run(strange, context, file, text):
    shutil.copytree(strange, strange.parent / "other")
    content = TEXTS[text] if isinstance(TEXTS[text], bytes) else TEXTS[text].encode()
    (strange / file).write_bytes(content + b"\n")
    assert {info.name for info in RunFolder.all()} == {"strange", "other"}
    assert next(info for info in RunFolder.all() if info.name == "other").rounds == 1
    folder = RunFolder(strange)
    verification_log.read(folder)
    for read in (folder.settings, folder.rounds, folder.result, lambda: ask(context)):
        refusal(read)
    if file in ("config.json", "metrics.jsonl"):
        with pytest.raises(SecretRecError):
            inspect_round(InspectRound(run="strange"), context)


def in_config(**changes):
    return lambda folder: change_json(folder / "config.json", changes)


def in_round(**changes):
    return lambda folder: change_json(folder / "metrics.jsonl", changes)


def in_result(**changes):
    return lambda folder: change_json(folder / "result.json", changes)


def change_json(path, changes):
    held = {**json.loads(path.read_text()), **changes}
    path.write_text(json.dumps({name: value for name, value in held.items() if value is not GONE}) + "\n")


GONE = object()
VALUES = {
    "a round of 2.5": in_round(round=2.5),
    "a round in quotes": in_round(round="one"),
    "a round below 0": in_round(round=-1),
    "a figure that is null": in_round(valid={"hr@10": None}),
    "a figure in words": in_round(valid={"hr@10": "good"}),
    "figures in a list": in_round(valid=[1]),
    "no figures": in_round(valid=GONE),
    "a list of parties that dropped out": in_round(dropped=["party-1"]),
    "no settings": in_config(settings=GONE),
    "settings in a list": in_config(settings=[]),
    "no time": in_config(created=GONE),
    "a time that is a number": in_config(created=7),
    "no state": in_config(state=GONE),
    "a state that there is none of": in_config(state="asleep"),
    "rounds in words": in_config(rounds="many"),
    "a process in a list": in_config(process=[1], state="running"),
    "a process of 2^70": in_config(process={"pid": 2**70, "started": 1.0}, state="running"),
    "an organisation in words": in_config(organisation="films"),
    "a fingerprint that is null": in_config(fingerprint=None),
    "no fingerprint": in_config(fingerprint=GONE),
    "a number of items in words": in_config(n_items="many"),
    "versions in a list": in_config(versions=[1]),
    "an earlier run in words": in_config(continues="films"),
    "a result that is null": in_result(**{"hr@10": None}),
    "a result in words": in_result(**{"hr@10": "good"}),
    "no array of items": lambda folder: write_arrays(folder / "server" / round_file(1), {"other": np.ones(3)}),
    "fewer items": lambda folder: write_arrays(
        folder / "server" / round_file(1), {"items": np.ones((3, 4), np.float32)}
    ),
    "items of one axis": lambda folder: write_arrays(folder / "server" / round_file(1), {"items": np.ones(3)}),
    "a user to forget who is not there": lambda folder: (folder / "parties" / "party-1" / "forgetting.json").write_text(
        json.dumps({"model": "fcf", "row": 10**6, "n_users": 150, "key": "00", "digest": "00"})
    ),
    "nothing to forget": lambda folder: (folder / "parties" / "party-1" / "forgetting.json").write_text('{"a": 1}'),
    "a model to forget by": lambda folder: (folder / "parties" / "party-1" / "forgetting.json").write_text(
        json.dumps({"model": "../fcf", "row": 0, "n_users": 150, "key": "00", "digest": "00"})
    ),
    "a key in words": lambda folder: (folder / "parties" / "party-1" / "forgotten.json").write_text(
        '{"key": "words", "users": []}'
    ),
    "nobody forgotten": lambda folder: (folder / "parties" / "party-1" / "forgotten.json").write_text('{"key": "00"}'),
    "a lock that is a folder": lambda folder: [(folder / ".lock").unlink(missing_ok=True), (folder / ".lock").mkdir()],
}


@pytest.mark.parametrize("values", VALUES)
def test_that_strange_values_get_a_sentence_or_an_answer_and_hide_no_other_run(strange, context, tmp_path, values):
    shutil.copytree(strange, strange.parent / "other")
    user = json.loads((strange / KEPT[1]).read_text())["ids"][0]
    VALUES[values](strange)
    infos = {info.name: info for info in RunFolder.all()}
    assert (set(infos), infos["other"].rounds, infos["other"].problem) == ({"strange", "other"}, 1, "")
    for command, job in (
        (DescribeRuns(runs=("strange", "other")), describe_runs),
        (RecommendCommand(settings=RecommendSettings(run="strange", user=user)), recommend),
        (InspectRound(run="strange"), inspect_round),
        (WriteReport(settings=ReportSettings(run="strange", output=str(tmp_path / "r.html"))), write_report),
        (ReadPrivacy(run="strange"), read_privacy),
        (ExportRun(run="strange", output=str(tmp_path / "r.zip"), private=True), export_run),
        (ResumeCommand(run="strange", epochs=2), resume),
        (DeleteRun(run="strange"), delete_run),
    ):
        refusal(lambda command=command, job=job: job(command, context))


KEPT = ["items.json", "parties/party-1/users.json", "parties/party-1/history.safetensors"]


@pytest.mark.parametrize("text", [*TEXTS, "length 2^64 - 1", "cut in the numbers", "an object"])
@pytest.mark.parametrize("file", KEPT)
def test_that_damaged_files_for_lists_get_a_sentence_or_a_list(strange, context, file, text):
    user = json.loads((strange / KEPT[1]).read_text())["ids"][0]
    path = strange / file
    good = path.read_bytes().rstrip()
    content = b"{}" if text == "an object" else TEXTS.get(text) or DAMAGED[text](good)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    command = RecommendCommand(settings=RecommendSettings(run="strange", user=user))
    assert refusal(lambda: recommend(command, context))


COLUMNS = {
    KEPT[0]: ("ids", "titles", "genres", "counts"),
    KEPT[1]: ("users", "ids", "train_items"),
}
NO_COLUMNS = {"in words": "abc", "lists": [[1, 2]], "null inside": [None], "too long": [2**70], "an object": {"a": 1}}


@pytest.mark.parametrize("value", [None, *NO_COLUMNS])
@pytest.mark.parametrize(("file", "name"), [(file, name) for file, names in COLUMNS.items() for name in names])
def test_that_a_column_that_is_none_is_damage(strange, file, name, value):
    held = json.loads((strange / file).read_text())
    held[name] = NO_COLUMNS.get(value)
    if name == "counts" and value is None:
        held[name] = [1]  # none at all is what a run has that was passed on without them
    (strange / file).write_text(json.dumps(held))
    with pytest.raises(StorageError, match="damaged"):
        kept.known_items(strange) if file == KEPT[0] else kept.rosters(strange)


# --- what has a file's name only -----------------------------------------------------------------------------------


@pytest.mark.timeout(60)  # a pipe that is opened is waited for, for ever
@pytest.mark.parametrize("put", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_that_what_has_the_name_of_a_file_only_is_never_waited_for(strange, put):
    shutil.copytree(strange, strange.parent / "other")
    files = sorted(path for path in strange.rglob("*") if path.is_file() and path.name != ".lock")
    assert {path.suffix for path in files} == {".json", ".jsonl", ".log", ".safetensors"}
    for path in files:
        good = path.read_bytes()
        path.unlink()
        put(path)
        (other,) = [info for info in RunFolder.all() if info.name == "other"]
        assert (other.rounds, other.problem) == (1, "")
        RunFolder(strange).note("said where it can be")
        if path.name != "events.log":
            with pytest.raises(StorageError, match=path.name):
                check_run(RunFolder(strange))
        if path.suffix == ".safetensors":
            for read in (read_arrays, mapped_arrays, users_in, lambda path: read_array(path, "items")):
                with pytest.raises(StorageError, match=f"{path.name} cannot be read: it is not a file"):
                    read(path)
        path.rmdir() if path.is_dir() else path.unlink()
        path.write_bytes(good)


# --- names that lead elsewhere ----------------------------------------------------------------------------------------

_opened: list[str] = []
_watching = False


def _note(event, arguments):
    if _watching and event in ("open", "os.mkdir", "os.rename", "os.remove", "os.listdir", "os.scandir"):
        _opened.extend(str(argument) for argument in arguments[:2])


sys.addaudithook(_note)  # for good: there is no way to take one off


@pytest.fixture
def outside():
    """A folder beside the home, with what a name that leads out of a run folder would find; and all that is opened."""
    global _watching
    place = paths.home().parent / "outside"
    (place / "parties").mkdir(parents=True)
    (place / "about.json").write_text('{"kind": "imported", "version": 1, "n_users": 1, "n_items": 1, "n_rows": 1}')
    for name in ("config.json", "round-000001.safetensors", "metrics.jsonl"):
        (place / name).write_text("{}")
    before = sorted((str(path), path.stat().st_mtime_ns) for path in place.rglob("*"))
    _opened.clear()
    _watching = True
    yield place
    _watching = False
    assert not [path for path in _opened if "outside" in path]
    assert sorted((str(path), path.stat().st_mtime_ns) for path in place.rglob("*")) == before


FIELDS = [name for name, one in TrainSettings.declared().items() if one.annotation is str or one.choices]


@pytest.mark.parametrize("name", ["../../outside", "../../../outside/parties", "/etc/outside"])
@pytest.mark.parametrize(
    "field", [*FIELDS, "config name", "process", "fingerprint", "claim", "dropped", "model of versions"]
)
def test_that_a_name_that_leads_elsewhere_is_never_followed(strange, context, outside, field, name):
    path = strange / "config.json"
    config = json.loads(path.read_text())
    if field in config["settings"]:
        config["settings"][field] = name
    elif field == "config name":
        config["name"] = name
    elif field == "dropped":
        line = json.loads((strange / "metrics.jsonl").read_text())
        line["dropped"] = {name: "its process died"}
        (strange / "metrics.jsonl").write_text(json.dumps(line) + "\n")
    elif field == "model of versions":
        config["versions"] = {name: name}
    else:
        config[field] = name
    path.write_text(json.dumps(config))
    if not refusal(lambda: ask(context)):
        unread = ("name", "config name", "process", "claim", "dropped", "model of versions")
        assert field in (*unread, "address", "weight_schedule")  # no cluster is asked; no meaning for this model


@pytest.mark.parametrize("name", ["../outside", "..", ".", "/etc", "a/../../outside", "a\0b", ""])
def test_that_a_run_is_found_by_a_plain_name_only(strange, outside, name):
    with pytest.raises((SecretRecError, ValueError)):
        RunFolder.find(name)
    with pytest.raises(SecretRecError):
        rename(RunFolder(strange), name)
