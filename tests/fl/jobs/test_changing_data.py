"""Runs whose data change: going on with more rows, users and items, and forgetting a user."""

import json
import shutil

import numpy as np
import pytest

from data.errors import SettingsError, StorageError, UnknownNameError
from data.own.options import ImportOptions
from fl.jobs.continuing import continue_run
from fl.jobs.loaded_run import load_run
from fl.jobs.training import resume, train
from fl.protocol.commands import (
    ContinueCommand,
    ForgetUser,
    ImportFile,
    RecommendCommand,
    ResumeCommand,
    TrainCommand,
)
from fl.runs import forgetting, kept
from fl.runs.run_folder import RunFolder
from fl.runs.storage import read_arrays, round_file
from fl.settings.of_jobs import RecommendSettings
from fl.settings.train import TrainSettings
from tests.fl.asking import ask

USERS, ITEMS, GENRES = 24, 40, ("Drama", "Comedy", "Crime")
HEADER = "user,item,timestamp,title,genres"
STATE = {"fcf": "scoring", "seqfcf": "scoring", "pfedrec": "w", "fedrap": "w"}


def row(user, item, time):
    return f"u{user},i{item},{1_600_000_000 + time},Title {item},{GENRES[item % 3]}"


def rows_of_before():
    rng = np.random.default_rng(3)
    return [
        row(user, item, 100 * place + user)
        for user in range(USERS)
        for place, item in enumerate(rng.permutation(ITEMS)[: 6 + user % 5].tolist())
    ]


def bring(folder, rows):
    path = folder / "shop.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    ask(ImportFile(path=str(path), name="shop", options=ImportOptions(replace=True)))


def trained(context, model, **values):
    settings = {"dataset": "shop", "model": model, "epochs": 3, "runtime": "in-process", "name": "run", **values}
    train(TrainCommand(settings=TrainSettings(**settings)), context)
    return RunFolder.find("run")


def party_of(folder):
    return {str(user): one.party for one in kept.rosters(folder.path) for user in one.user_ids}


def list_of(run, user):
    return ask(RecommendCommand(settings=RecommendSettings(run=run, user=user, top_k=5)))


@pytest.mark.parametrize("model", sorted(STATE))
def test_that_a_run_goes_on_with_more_rows_users_and_items(context, tmp_path, model):
    old = rows_of_before()
    bring(tmp_path, old)
    before = trained(context, model)
    files = {path: path.read_bytes() for path in before.path.rglob("*.safetensors")}
    # First in the file, so that all would be numbered otherwise.
    new = [row(50, 99, 9000), *(row(50, item, item) for item in (1, 2, 3, 4)), row(0, 99, 9001), row(3, 98, 9002)]
    bring(tmp_path, [*new, *old])
    done = continue_run(ContinueCommand(run="run", name="more", epochs=1), context)

    more = RunFolder.find("more")
    grown = more.config()["continues"]
    assert (grown["run"], grown["round"], grown["rows"], grown["users"], grown["items"]) == ("run", 3, 7, 1, 2)
    assert {name: done.result[f"before_{name}"] for name in grown["before"]} == grown["before"]
    parties = party_of(more)
    assert {user: parties[user] for user in party_of(before)} == party_of(before)
    assert set(parties) - set(party_of(before)) == {"u50"}

    n_known = len(kept.known_items(before.path).item_ids)
    known = kept.known_items(more.path)
    assert known.item_ids[:n_known].tolist() == kept.known_items(before.path).item_ids.tolist()
    table = read_arrays(before.path / "server" / round_file(3))["items"]
    start = read_arrays(more.path / "server" / round_file(0))["items"]
    np.testing.assert_array_equal(start[:n_known], table)
    alike = [place for place in range(n_known) if known.genres[place] == ("Drama",)]
    place = known.item_ids.tolist().index("i99")  # 99 % 3 is drama
    np.testing.assert_allclose(start[place], table[alike].mean(axis=0), rtol=1e-5)

    if model in ("pfedrec", "fedrap"):
        for party in ("party-1", "party-2"):
            had = read_arrays(before.path / "parties" / party / round_file(3))
            if "w" not in had:
                continue  # FedRAP's rounds since its last full state are trained again
            has = read_arrays(more.path / "parties" / party / round_file(0))
            np.testing.assert_array_equal(has["w"][: len(had["w"])], had["w"])

    assert len(list_of("more", "u50").items) == 5
    assert "i99" in {one.item for one in list_of("more", "u50").history}
    assert files == {path: path.read_bytes() for path in before.path.rglob("*.safetensors")}
    # It is a run like any other: it is evaluated with its own numbers, and goes on.
    context.pool.drop()
    load_run("more", context)
    assert resume(ResumeCommand(run="more", epochs=2), context).result["rounds"] == 2


def test_that_fedrap_takes_the_users_own_tables_along(context, tmp_path):
    bring(tmp_path, rows_of_before())
    trained(context, "fedrap")
    bring(tmp_path, [*rows_of_before(), row(0, 99, 9000)])
    continue_run(ContinueCommand(run="run", name="more", epochs=1), context)
    base = read_arrays(RunFolder.find("more").path / "parties" / "party-1" / "base-000000.safetensors")
    assert base["stored"].sum() == len(base["rows"]) > 0


def test_that_data_that_did_not_just_grow_are_refused_with_counts(context, tmp_path):
    old = rows_of_before()
    bring(tmp_path, old)
    trained(context, "fcf", epochs=1)
    with pytest.raises(StorageError, match="nothing new"):
        continue_run(ContinueCommand(run="run"), context)
    bring(tmp_path, [one for one in old if not one.startswith("u7,")])
    gone = sum(one.startswith("u7,") for one in old)
    with pytest.raises(StorageError, match=f"1 of its users, 0 of its items and {gone} of its rows are gone"):
        continue_run(ContinueCommand(run="run"), context)
    # Forgotten, the user may be gone.
    ask(ForgetUser(run="run", user="u7"))
    continue_run(ContinueCommand(run="run", name="more", epochs=1), context)
    assert "u7" not in party_of(RunFolder.find("more"))


def test_that_a_spent_budget_is_not_spent_again(context, tmp_path):
    bring(tmp_path, rows_of_before())
    trained(context, "fcf", epochs=1, dp="user")
    bring(tmp_path, [*rows_of_before(), row(0, 99, 9000)])
    with pytest.raises(SettingsError, match="differential privacy"):
        continue_run(ContinueCommand(run="run"), context)


@pytest.mark.parametrize("model", sorted(STATE))
def test_that_a_forgotten_user_is_in_no_file_and_all_others_are_as_before(context, tmp_path, model):
    bring(tmp_path, rows_of_before())
    # Whom a round draws depends on the users' numbers, of which one becomes nobody's.
    drawn = {"clients_per_round": 0.9, "min_clients_per_party": 1} if model == "fedrap" else {}
    folder = trained(context, model, **drawn)
    context.pool.drop()
    party = party_of(folder)["u7"]
    own = kept.users_of(folder.path, party)
    place = own.roster.user_ids.tolist().index("u7")
    traces = {own.history(place)[k].tobytes() for k in (0, 1)}
    traces |= {own.data.items[slice(*own.data.indptr[place : place + 2])].tobytes()}
    for path in (folder.path / "parties" / party).glob("*-*.safetensors"):
        arrays = read_arrays(path)
        traces |= {arrays[name][place].tobytes() for name in ("scoring", "w") if name in arrays}
    private = [path for path in (folder.path / "parties").rglob("*.*") if path.is_file()]
    assert all(any(trace in path.read_bytes() for path in private) for trace in traces)
    lists = {user: [(one.item, one.score) for one in list_of("run", user).items] for user in ("u0", "u6", "u8", "u23")}

    answer = ask(ForgetUser(run="run", user="u7"))
    assert answer.party == party
    for path in folder.path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b'"u7"' not in content, path
            assert not any(trace in content for trace in traces), path
    with pytest.raises(UnknownNameError, match="has forgotten user 'u7'"):
        list_of("run", "u7")
    with pytest.raises(UnknownNameError, match="has no user 'u77'"):
        list_of("run", "u77")
    for user, expected in lists.items():
        found = list_of("run", user).items
        assert [one.item for one in found] == [item for item, _ in expected]
        np.testing.assert_allclose([one.score for one in found], [score for _, score in expected], rtol=1e-5)

    counts = kept.known_items(folder.path).counts
    done = resume(ResumeCommand(run="run", epochs=4), context)
    assert done.result["rounds"] == 4
    assert "u7" not in party_of(folder)
    # Counts without the user, beside those with, would tell what the user had.
    known = load_run("run", context).federation.model.questions.item_counts()
    from secretflow import reveal

    np.testing.assert_array_equal(reveal(known), counts)


def test_that_a_forgetting_that_a_crash_cut_short_is_finished_by_whoever_opens_the_run(context, tmp_path, monkeypatch):
    bring(tmp_path, rows_of_before())
    folder = trained(context, "pfedrec")
    shutil.copytree(folder.path, tmp_path / "whole")
    ask(ForgetUser(run="run", user="u7"))
    names = sorted(path.name for path in folder.path.rglob("*.safetensors"))
    expected = {
        path.relative_to(folder.path): path.read_bytes() for path in folder.path.rglob("parties/*/*.safetensors")
    }
    write = forgetting.write_arrays
    for survived in range(3):
        shutil.rmtree(folder.path)
        shutil.copytree(tmp_path / "whole", folder.path)
        left = [survived]

        def dying(path, arrays, left=left):
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            write(path, arrays)

        monkeypatch.setattr(forgetting, "write_arrays", dying)
        with pytest.raises(KeyboardInterrupt):
            ask(ForgetUser(run="run", user="u7"))
        monkeypatch.setattr(forgetting, "write_arrays", write)
        RunFolder.find("run")
        assert sorted(path.name for path in folder.path.rglob("*.safetensors")) == names
        assert {path: (folder.path / path).read_bytes() for path in expected} == expected
        assert "u7" not in party_of(folder)


def test_that_the_last_user_of_a_party_stays(context, tmp_path):
    bring(tmp_path, rows_of_before())
    folder = trained(context, "fcf", epochs=1)
    users = [user for user, party in party_of(folder).items() if party == "party-1"]
    for user in users[:-1]:
        ask(ForgetUser(run="run", user=user))
    with pytest.raises(StorageError, match="only one"):
        ask(ForgetUser(run="run", user=users[-1]))
    assert forgetting.how_many(folder.path) == len(users) - 1


def test_that_the_command_line_forgets_and_goes_on(context, tmp_path, command_line):
    bring(tmp_path, rows_of_before())
    trained(context, "fcf", epochs=1)
    context.pool.drop()
    done = command_line("forget", "--run", "run", "--user", "u7", "--json")
    assert json.loads(done.stdout)["party"] in ("party-1", "party-2")
    bring(tmp_path, [*rows_of_before(), row(60, 99, 9000)])
    words = ("train", "--resume", "run", "--dataset-update", "--name", "more", "--epochs", "1", "--json")
    done = command_line(*words)
    assert done.returncode == 0, done.stderr
    assert {"before_hr@10", "hr@10"} <= set(json.loads(done.stdout))
    assert "u7" not in party_of(RunFolder.find("more"))
    assert command_line("train", "--dataset-update").returncode == 2
