"""Damage of every kind to every file of a run: named with its run; nothing is believed that does not prove itself."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from data import paths
from data.errors import StorageError
from fl.federation.pool import FederationPool
from fl.jobs.context import JobContext
from fl.jobs.evaluation import evaluate
from fl.jobs.forgetting import forget_user
from fl.jobs.paired import run_figures
from fl.jobs.recommendation import recommend
from fl.jobs.recommendation_of_all import recommend_all
from fl.jobs.training import resume, train
from fl.protocol.commands import (
    EvaluateCommand,
    ForgetUser,
    RecommendAllCommand,
    RecommendCommand,
    ResumeCommand,
    TrainCommand,
)
from fl.protocol.events import Phase
from fl.runs import kept
from fl.runs.archived_run import check_run
from fl.runs.run_folder import FORMAT, RunFolder
from fl.runs.storage import (
    check_arrays,
    read_arrays,
    read_object,
    read_records,
    round_file,
    users_in,
    write_arrays,
)
from fl.runs.upkeep import delete
from fl.service import served_run
from fl.settings.base import build
from fl.settings.of_jobs import EvaluateSettings, RecommendAllSettings, RecommendSettings
from fl.settings.train import TrainSettings
from tests.fl.runs.old_folders import without_seals

SETTINGS = {"dataset": "demo", "model": "fcf", "dim": 4, "epochs": 3, "parties": 2, "runtime": "in-process"}


@pytest.fixture(scope="module")
def pool():
    made = FederationPool()
    yield made
    made.close()


@pytest.fixture(scope="module")
def trained(tmp_path_factory, pool):
    """A run folder of three rounds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRETREC_HOME", str(tmp_path_factory.mktemp("trained")))
        settings = build(TrainSettings, {**SETTINGS, "name": "run", "early_stopping": 0})
        train(TrainCommand(settings=settings), JobContext("job", lambda _: None, pool))
        return RunFolder.find("run").path


@pytest.fixture
def copy(trained):
    """The run in this test's home."""
    paths.private_folder(paths.runs_dir())
    return Path(shutil.copytree(trained, paths.runs_dir() / "run"))


def files(folder):
    """Every file that the program reads."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in ("events.log", ".lock"))


def read(path):
    """Read a file of a run as the program does."""
    if path.suffix == ".safetensors":
        check_arrays(path)
        return read_arrays(path)
    if path.suffix == ".jsonl":
        return read_records(path)
    return read_object(path)


def read_or_refusal(path):
    """Return the sentence with which a file is refused, "" when it is not, and what was read."""
    try:
        return "", read(path)
    except StorageError as error:
        return error.message, None


def test_that_every_file_of_a_run_has_a_seal_and_is_read(copy):
    kinds = set()
    for path in files(copy):
        assert b'"seal": "' in path.read_bytes(), path
        assert read(path)
        kinds.add(path.suffix)
    assert kinds == {".json", ".jsonl", ".safetensors"}


def test_that_a_flipped_bit_of_any_file_is_named_or_changes_nothing(copy):
    dice = random.Random(2)
    for path in files(copy):
        good, before = path.read_bytes(), read(path)
        for place in {0, len(good) - 1, *(dice.randrange(len(good)) for _ in range(25))}:
            damaged = bytearray(good)
            damaged[place] ^= 1 << dice.randrange(8)
            path.unlink()  # another file, as a copy would be
            path.write_bytes(damaged)
            sentence, after = read_or_refusal(path)
            if sentence:
                assert path.name in sentence, (path, place)
            elif path.suffix == ".jsonl" and place == len(good) - 1:
                assert after == before[:-1]  # counts as cut short
            else:
                np.testing.assert_equal(after, before)  # a header may be written in more than one way
        path.write_bytes(good)


def test_that_a_file_that_is_cut_is_named_wherever_it_is_cut(copy):
    dice = random.Random(3)
    for path in files(copy):
        good = path.read_bytes()
        if path.suffix == ".jsonl":
            continue  # lines are lost by a cut, see below
        for size in {0, 1, 9, len(good) - 1, len(good) - 2, *(dice.randrange(len(good)) for _ in range(10))}:
            path.write_bytes(good[:size])
            with pytest.raises(StorageError):
                read(path)
        path.write_bytes(good)


def test_that_lost_rounds_are_missed(copy):
    path = copy / "metrics.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    for lost in (
        lines[:2],
        lines[:1],
        [],
        lines[1:],
        [lines[0], lines[2]],
        [lines[1], lines[0], lines[2]],
        [*lines[:2], lines[2][:-9]],
    ):
        path.write_text("".join(lost))
        with pytest.raises(StorageError, match=r"metrics\.jsonl.* of run 'run' is"):
            RunFolder.find("run").rounds()
        assert "'run'" in RunFolder.all()[0].problem


def swap(one, other):
    kept_back = one.with_suffix(".kept")
    one.rename(kept_back)
    other.rename(one)
    kept_back.rename(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("parties/party-1", "parties/party-2"),
        (f"parties/party-1/{round_file(3)}", f"parties/party-2/{round_file(3)}"),
        (f"server/{round_file(2)}", f"server/{round_file(3)}"),
        ("parties/party-1/users.json", "parties/party-2/users.json"),
        ("parties/party-1/history.safetensors", "parties/party-2/history.safetensors"),
    ],
)
def test_that_files_of_two_parties_or_rounds_are_not_taken_for_each_other(copy, one, other, context):
    swap(copy / one, copy / other)
    inside = [
        path for name in (one, other) for path in (files(copy / name) if (copy / name).is_dir() else [copy / name])
    ]
    for path in inside:
        with pytest.raises(StorageError, match="not as it was written"):
            read(path)


def test_that_a_file_of_another_run_is_not_taken(copy, pool):
    settings = build(TrainSettings, {**SETTINGS, "name": "other", "seed": 43})
    train(TrainCommand(settings=settings), JobContext("job", lambda _: None, pool))
    other = RunFolder.find("other").path
    for name in ("metrics.jsonl", "result.json", f"server/{round_file(3)}", f"parties/party-1/{round_file(3)}"):
        shutil.copy(other / name, copy / name)
        with pytest.raises(StorageError, match=r"of run 'run' is damaged"):
            read(copy / name)


def test_that_a_seal_that_was_taken_off_is_missed(copy):
    for path in files(without_seals(Path(shutil.copytree(copy, copy.parent / "bare")))):
        if path.name == "config.json":
            config = json.loads(path.read_text())
            path.write_text(json.dumps({**config, "format": FORMAT}))
            with pytest.raises(StorageError, match="not as it was written"):
                read(path)
            continue
        shutil.copy(path, copy / path.relative_to(copy.parent / "bare"))
        with pytest.raises(StorageError, match="not as it was written"):
            read(copy / path.relative_to(copy.parent / "bare"))


def test_that_damage_to_one_party_leaves_lists_of_the_others(copy, context):
    best = RunFolder.find("run").info().best_round
    path = copy / "parties" / "party-1" / round_file(best)
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    first, second = kept.rosters(copy)
    with pytest.raises(StorageError, match="Users of the other parties still get their lists"):
        ask_for_list(first.user_ids[0], context)
    assert ask_for_list(second.user_ids[0], context).items


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("{}")])
def test_that_a_partys_damaged_list_of_users_leaves_lists_of_the_others(copy, context, tmp_path, damage):
    first, second = kept.rosters(copy)
    damage(copy / "parties" / "party-1" / kept.USERS)
    assert ask_for_list(second.user_ids[0], context).items
    told = r"party-1/users\.json .* Users of the other parties still get their lists"
    with pytest.raises(StorageError, match=told):
        ask_for_list(first.user_ids[0], context)
    output = tmp_path / "all.csv"
    for everybody in (
        lambda: recommend_all(
            RecommendAllCommand(settings=RecommendAllSettings(run="run", output=str(output))), context
        ),
        lambda: run_figures("run", (10,)),
        lambda: served_run.take("run"),
    ):
        with pytest.raises(StorageError, match=told):
            everybody()
    assert not output.exists()


def ask_for_list(user, context):
    return recommend(RecommendCommand(settings=build(RecommendSettings, {"run": "run", "user": user})), context)


def test_that_a_run_without_its_config_is_still_listed_and_can_be_deleted(copy):
    (copy / "config.json").unlink()
    assert [(info.name, "config.json is missing" in info.problem) for info in RunFolder.all()] == [("run", True)]
    with pytest.raises(StorageError, match=r"config\.json is missing"):
        RunFolder.find("run")
    delete(RunFolder.locate("run"))
    assert not copy.exists()


def test_that_a_forgotten_user_does_not_come_back_by_damage(copy, context):
    user = kept.rosters(copy)[0].user_ids[0]
    forget_user(ForgetUser(run="run", user=user), context)
    forgotten = copy / "parties" / "party-1" / kept.FORGOTTEN
    good = forgotten.read_bytes()
    forgotten.unlink()
    with pytest.raises(StorageError, match="Run 'run' has other users of party-1 than its data set"):
        run_figures("run", (10,))
    forgotten.write_bytes(good)
    (copy / kept.ITEMS).unlink()
    with pytest.raises(StorageError, match=r"items\.json is missing"):
        ask_for_list(kept.rosters(copy)[0].user_ids[0], context)
    assert user not in kept.rosters(copy)[0].user_ids


def test_that_a_folder_in_the_place_of_a_checkpoint_is_trained_over(copy, pool):
    path = copy / "parties" / "party-2" / round_file(3)
    path.unlink()
    path.mkdir()
    resume(ResumeCommand(run="run"), JobContext("job", lambda _: None, pool))
    check_arrays(path)


def test_that_a_damaged_last_round_is_trained_again_from_the_one_before(trained, copy, pool):
    path = copy / "parties" / "party-2" / round_file(3)
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    with pytest.raises(StorageError, match=r"Other rounds are kept \(.*2.*\): resuming"):
        check_arrays(path)
    said = []
    resume(ResumeCommand(run="run"), JobContext("job", said.append, pool))
    assert any("going on from round 2" in event.text for event in said if isinstance(event, Phase))
    for owner in ("server", "parties/party-1", "parties/party-2"):
        assert (copy / owner / round_file(3)).read_bytes() == (trained / owner / round_file(3)).read_bytes()


@pytest.mark.parametrize("owner", ["server", "parties/party-1"])
def test_that_a_right_seal_makes_no_number_of_what_is_none(copy, context, tmp_path, owner):
    best = RunFolder.find("run").info().best_round
    path = copy / owner / round_file(best)
    arrays = read_arrays(path)
    next(array for array in arrays.values() if array.dtype.kind == "f").flat[0] = np.nan
    write_arrays(path, arrays, users_in(path))
    check_arrays(path)
    user = kept.rosters(copy)[0].user_ids[0]
    for ask in (
        lambda: ask_for_list(user, context),
        lambda: run_figures("run", (10,)),
        lambda: evaluate(EvaluateCommand(settings=build(EvaluateSettings, {"run": "run"})), context),
        lambda: served_run.take("run"),
        lambda: check_run(RunFolder.find("run")),
    ):
        with pytest.raises(StorageError, match=f"{path.name} is damaged: .* holds no finite numbers"):
            ask()


# --- folders of earlier versions --------------------------------------------------------------------------------------


def test_that_a_folder_of_format_1_is_read_and_given_seals_when_it_is_resumed(trained, copy, pool, context):
    without_seals(copy)
    assert RunFolder.find("run").info().problem == ""
    user = kept.rosters(copy)[0].user_ids[0]
    assert recommend(RecommendCommand(settings=build(RecommendSettings, {"run": "run", "user": user})), context).items
    resume(ResumeCommand(run="run", epochs=4), JobContext("job", lambda _: None, pool))
    for path in files(copy):
        assert b'"seal": "' in path.read_bytes(), path
        assert read(path)
    assert RunFolder.find("run").config()["format"] == FORMAT
    last = f"parties/party-1/{round_file(3)}"
    np.testing.assert_equal(read_arrays(copy / last), read_arrays(trained / last))


def test_that_numbers_of_format_1_must_be_finite(copy):
    without_seals(copy)
    path = copy / "server" / round_file(3)
    arrays = read_arrays(path)
    arrays["items"][0, 0] = np.nan
    write_arrays(path, arrays)
    with pytest.raises(StorageError, match="holds no finite numbers"):
        read_arrays(path)
