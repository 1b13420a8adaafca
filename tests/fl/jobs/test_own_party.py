"""Lists without a federation: from the item table and one party's own files, as that party's worker would give them."""

import json
import shutil
import stat
import sys
from subprocess import run as run_process

import numpy as np
import pytest

from data import loading, registry
from data.errors import DataError, StorageError, UnknownNameError
from fl.federation.rules import rules_of
from fl.federation.worker import PartyWorker
from fl.jobs.own_party import own_run
from fl.jobs.training import train
from fl.protocol.commands import (
    ListItems,
    ListUsers,
    RecommendAllCommand,
    RecommendCommand,
    RecommendNewCommand,
    TrainCommand,
)
from fl.runs import kept, private_files
from fl.runs.run_folder import RunFolder
from fl.runs.storage import mapped_arrays, read_arrays, round_file, write_arrays
from fl.settings.of_jobs import NewUserSettings, RecommendAllSettings, RecommendSettings
from fl.settings.train import TrainSettings
from tests.fl.asking import ask

RUNS = [("fcf", "global", "none"), ("fcf", "global", "user"), ("pfedrec", "global", "none")]
RUNS += [("pfedrec", "fine-tuned", "none"), ("fedrap", "personal", "none")]


@pytest.fixture(params=RUNS, ids=lambda run: "-".join(run))
def trained(context, request):
    """A run of each kind, trained in this process; FedRAP's best round is one that is trained again when loaded."""
    model, view, dp = request.param
    values = {"model": model, "item_view": view, "dp": dp, "epochs": 3, "runtime": "in-process", "name": "run"}
    train(TrainCommand(settings=TrainSettings(**values)), context)
    return RunFolder.find("run")


def recommended(user="17", **values):
    return ask(RecommendCommand(settings=RecommendSettings(run="run", user=user, **values)))


def worker_of(folder, party):
    """The worker of a party of a run, as a federation would make it for the run's best round."""
    settings, best = folder.settings(), own_run("run").found.best_round
    parts, _ = loading.load("demo", "leak-free", settings.seed).divide(["party-1", "party-2"], settings.seed)
    part = next(part for part in parts if part.party == party)
    worker = PartyWorker()
    worker.set_up(part, part, rules_of(settings))
    worker.load_model(str(folder.path / "parties" / party / round_file(best)))
    return part, worker._local


def test_that_lists_and_scores_are_those_of_the_partys_worker(trained, tmp_path):
    run = own_run("run")
    table = read_arrays(trained.path / "server" / round_file(run.found.best_round))["items"]
    ask(RecommendAllCommand(settings=RecommendAllSettings(run="run", output=str(tmp_path / "x.jsonl"), top_k=6)))
    lists = {one["user"]: one["items"] for one in map(json.loads, (tmp_path / "x.jsonl").read_text().splitlines())}
    assert len(lists) == 300
    for party in ("party-1", "party-2"):
        part, local = worker_of(trained, party)
        names = loading.load("demo", "leak-free", 2024).interactions.user_ids[part.users]
        for row in (0, 7, part.n_users - 1):
            value = local.scores(np.array([row]), table, np.arange(part.n_items, dtype=np.int32)[None, :])[0]
            rated = {*part.items[part.indptr[row] : part.indptr[row + 1]], part.valid_item[row], part.test_item[row]}
            shown = local.shown_score(value.astype(np.float64))
            for scope, out in (("all", set()), ("unrated", rated)):
                expected = [item for item in np.argsort(-value, kind="stable") if item not in out][:6]
                answer = recommended(names[row], top_k=6, scope=scope, batch_size=37)
                assert [one.item for one in answer.items] == run.known.item_ids[expected].tolist()
                np.testing.assert_allclose([one.score for one in answer.items], shown[expected], rtol=1e-6)
            assert [one["item"] for one in lists[names[row]]] == run.known.item_ids[expected].tolist()
            assert answer.note == ""


def test_that_more_items_than_there_are_gives_all_of_them(context):
    settings = TrainSettings(model="fcf", epochs=1, runtime="in-process", name="run")
    train(TrainCommand(settings=settings), context)
    assert len({one.item for one in recommended(top_k=1000, scope="all").items}) == 400


@pytest.fixture
def small(context):
    """A run of FCF, one round."""
    settings = TrainSettings(model="fcf", epochs=1, runtime="in-process", name="run")
    train(TrainCommand(settings=settings), context)
    return RunFolder.find("run")


@pytest.fixture
def without_data(monkeypatch):
    """Deletes the data set of the run, as far as anybody can see."""

    def delete():
        def gone(*_):
            raise UnknownNameError("There is no data set 'demo'.")

        monkeypatch.setattr(registry, "status", gone)
        monkeypatch.setattr("data.loading.load", gone)

    return delete


def test_that_a_run_answers_when_its_data_set_is_gone_and_says_so(small, without_data, tmp_path):
    before, found, users = recommended(), ask(ListItems(run="run", query="the")), ask(ListUsers(run="run", limit=9))
    asked = RecommendNewCommand(settings=NewUserSettings(run="run", items=("3", "17")))
    newcomer = ask(asked)
    without_data()
    after = recommended()
    assert (after.items, after.history, after.profile) == (before.items, before.history, before.profile)
    assert "'demo' is not on this machine any more" in after.note
    assert ask(ListItems(run="run", query="the")).items == found.items
    assert ask(ListUsers(run="run", limit=9)).users == users.users
    assert ask(asked).items == newcomer.items
    path = tmp_path / "all.csv"
    done = ask(RecommendAllCommand(settings=RecommendAllSettings(run="run", output=str(path), top_k=1)))
    assert (done.n_users, done.note) == (300, after.note)


def test_that_the_folder_of_one_party_is_enough_for_its_users(small):
    first, second = (own_run("run").rosters[place].user_ids[3] for place in (0, 1))
    before = recommended(first)
    shutil.rmtree(small.path / "parties" / "party-2")
    assert recommended(first).items == before.items
    with pytest.raises(UnknownNameError, match=r"has no user .*It has 150 users"):
        recommended(second)
    assert ask(ListUsers(run="run", limit=1)).total == 150


def test_that_only_the_users_own_party_is_opened_and_its_files_are_the_owners_alone(small, monkeypatch):
    opened = []

    def noted(path):
        opened.append(path)
        return mapped_arrays(path)

    run = own_run("run")
    monkeypatch.setattr(kept, "mapped_arrays", noted)
    monkeypatch.setattr(private_files, "mapped_arrays", noted)
    recommended(run.rosters[1].user_ids[0])
    assert {path.parent.name for path in opened} == {"party-2"}
    assert {path.name for path in opened} == {kept.HISTORY, round_file(1)}
    for path in (small.path / kept.ITEMS, *(small.path / "parties").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def forget_what_was_kept(folder):
    """Make a run as an earlier version left it."""
    for path in (folder.path / kept.ITEMS, *folder.path.rglob(kept.USERS), *folder.path.rglob(kept.HISTORY)):
        path.unlink()


def test_that_a_run_of_an_earlier_version_reads_its_data_once_and_then_keeps_them(small, without_data):
    before = recommended()
    forget_what_was_kept(small)
    assert recommended().items == before.items
    without_data()
    assert recommended().items == before.items
    forget_what_was_kept(small)
    with pytest.raises(DataError, match=r"by an earlier version, which kept nothing .* no data set 'demo'"):
        recommended()


def test_that_a_run_of_an_earlier_version_in_a_folder_that_cannot_be_written_answers_too(small, monkeypatch):
    before = recommended()
    forget_what_was_kept(small)

    def refuse(*_):
        raise StorageError("Cannot write: Read-only file system.")

    monkeypatch.setattr(kept, "write_arrays", refuse)
    after = recommended()
    assert (after.items, after.history, after.profile) == (before.items, before.history, before.profile)
    assert not kept.has_kept(small.path)


@pytest.mark.parametrize("name", [kept.ITEMS, kept.USERS, kept.HISTORY])
def test_that_a_damaged_file_is_named(small, name):
    for path in small.path.rglob(name):
        path.write_text("{}" if path.suffix == ".json" else "nonsense")
    with pytest.raises(StorageError, match=name):
        recommended()


def test_that_another_partys_checkpoint_is_refused(small):
    arrays = read_arrays(small.path / "parties" / "party-1" / round_file(1))
    write_arrays(
        small.path / "parties" / "party-1" / round_file(1),
        {name: array[:5] if name == "scoring" else array for name, array in arrays.items()},
    )
    with pytest.raises(StorageError, match="does not fit this party's users"):
        recommended(own_run("run").rosters[0].user_ids[0])


@pytest.mark.parametrize("model", ["fcf", "seqfcf", "pfedrec", "fedrap"])
def test_that_a_fresh_process_loads_nothing_of_a_federation(context, model):
    settings = TrainSettings(model=model, epochs=1, runtime="in-process", name="run")
    train(TrainCommand(settings=settings), context)
    code = (
        "import sys; from fl.cli.main import main;"
        "code = main(['recommend', '--run', 'run', '--user', '17', '--json']);"
        "heavy = {'tensorflow', 'secretflow', 'ray', 'jax', 'pandas', 'pyarrow', 'sklearn'} & set(sys.modules);"
        "sys.exit(code or (str(heavy) if heavy else 0))"
    )
    result = run_process([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert len(json.loads(result.stdout)["items"]) == 10
