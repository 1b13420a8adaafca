"""Recommendations for somebody who is not in the data, and the search for items."""

import shutil
import sys
from subprocess import run as run_process

import numpy as np
import pytest

from data.errors import StorageError, UnknownNameError
from data.genres import genre_matrix
from data.interactions import build
from data.loading import load
from fl.jobs.new_user import find_items
from fl.jobs.own_party import own_run
from fl.jobs.profile import MOST_BINS, activity
from fl.protocol.commands import ListItems, ListUsers, RecommendNewCommand
from fl.runs.extent import PARTIES
from fl.runs.kept import items_of
from fl.runs.run_folder import RunFolder
from fl.runs.storage import round_file, write_arrays, write_json
from fl.settings.of_jobs import NewUserSettings
from fl.settings.train import TrainSettings
from tests.fl.asking import ask
from tests.round_records import a_round

MODELS = ["fcf", "seqfcf", "pfedrec", "fedrap"]


def make_run(model, name="run", rounds=2, **values):
    """A run folder as training would leave it, with invented item embeddings."""
    settings = TrainSettings(model=model, name=name, dim=4, **values)
    data = load(settings.dataset, settings.protocol, settings.seed).interactions
    folder = RunFolder.create(settings, {"fingerprint": data.fingerprint})
    (folder.path / PARTIES / "party-1").mkdir(parents=True)
    items = np.random.default_rng(3).standard_normal((data.n_items, settings.row_length)).astype(np.float32)
    for number in range(1, rounds + 1):
        write_arrays(folder.path / "server" / round_file(number), {"items": items})
        folder.add_round(a_round(number, number / 10))
    return data, items


def recommended(**values):
    return ask(RecommendNewCommand(settings=NewUserSettings(**values)))


def films(*titles):
    n = len(titles)
    ids, names = np.array([str(i + 10) for i in range(n)], object), np.array(titles, object)
    each = np.arange(n)
    return build("films", each * 0, each, each, np.array(["u"], object), ids, names, ((),) * n)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("basket", [False, True])
def test_that_a_list_follows_from_the_picks_and_leaves_them_out(model, basket):
    data, _ = make_run(model)
    ids = data.item_ids[[5, 77, 130]].tolist()
    answer = recommended(run="run", items=ids, basket=basket, top_k=7)
    assert [one.id for one in answer.picked] == ids
    assert [one.rank for one in answer.items] == list(range(1, 8))
    assert not {one.item for one in answer.items} & set(ids)
    scores = [one.score for one in answer.items]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert answer.reason_kind == ("share" if model in ("fcf", "seqfcf") and not basket else "nearness")
    assert {reason.item for one in answer.items for reason in one.because} <= set(ids)
    again = recommended(run="run", items=ids, basket=basket, top_k=7)
    assert again.items == answer.items
    more = recommended(run="run", items=[*ids, "1"], basket=basket, top_k=7)
    assert more.items != answer.items


def test_that_a_basket_is_ranked_by_the_mean_cosine():
    data, items = make_run("pfedrec")
    picked = [5, 77]
    answer = recommended(run="run", items=data.item_ids[picked].tolist(), basket=True, top_k=3)
    cosine = [np.mean([q @ items[p] / np.linalg.norm(q) / np.linalg.norm(items[p]) for p in picked]) for q in items]
    order = [place for place in np.argsort(-np.array(cosine)) if place not in picked][:3]
    assert [one.item for one in answer.items] == data.item_ids[order].tolist()
    assert answer.items[0].score == pytest.approx(cosine[order[0]], abs=1e-5)


@pytest.mark.parametrize("basket", [False, True])
def test_that_the_order_of_picks_counts_where_the_model_reads_it(basket):
    data, _ = make_run("seqfcf")
    ids = data.item_ids[[5, 77, 130]].tolist()
    one, other = (recommended(run="run", items=picks, basket=basket) for picks in (ids, ids[::-1]))
    assert [item.item for item in one.items] != [item.item for item in other.items]


def test_that_no_federation_is_needed():
    make_run("fedrap")
    code = (
        "import sys; from fl.jobs.context import JobContext; from fl.jobs.table import run;"
        "from fl.protocol.commands import RecommendNewCommand; from fl.settings.of_jobs import NewUserSettings;"
        "asked = RecommendNewCommand(settings=NewUserSettings(run='run', items=('1',)));"
        "assert run(asked, JobContext('job', print)).items;"
        "heavy = {'tensorflow', 'secretflow', 'ray'} & set(sys.modules); assert not heavy, heavy"
    )
    result = run_process([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_that_the_best_rounds_items_are_taken_and_read_once():
    make_run("fcf", rounds=3)
    first, second = own_run("run"), own_run("run")
    assert first.found.best_round == 3
    assert first.table is second.table
    write_arrays(RunFolder.find("run").path / "server" / round_file(3), {"items": first.table + 1})
    assert own_run("run").table == pytest.approx(first.table + 1)


def test_that_a_run_of_the_same_name_and_times_in_another_home_is_another(tmp_path, monkeypatch):
    make_run("fcf")
    first = own_run("run").found.folder.path
    other = tmp_path / "secretrec" / "runs" / "run"
    shutil.copytree(first, other)  # with the times of the files
    monkeypatch.setenv("SECRETREC_HOME", str(tmp_path / "secretrec"))
    assert own_run("run").found.folder.path == other


def test_that_what_cannot_be_answered_is_a_sentence():
    make_run("fcf", rounds=0)
    with pytest.raises(StorageError, match="no finished round"):
        own_run("run")
    with pytest.raises(UnknownNameError, match="no run called 'other'"):
        own_run("other")
    make_run("fcf", name="second")
    with pytest.raises(UnknownNameError, match="has no item 'zz'"):
        recommended(run="second", items=["zz"])
    make_run("fcf", name="third")
    third = RunFolder.find("third")
    write_json(third.path / "config.json", {**third.config(), "fingerprint": "0" * 64})
    with pytest.raises(StorageError, match="fingerprints differ"):
        own_run("third")


def test_that_items_are_named_by_id_title_or_a_part_of_one():
    titles = ("Alien (1979)", "Aliens (1986)", "Good, the Bad, The (1966)", "11", "Twins", "Twins")
    data = items_of(films(*titles), None)
    assert find_items(data, ["12", "alien (1979)", "aliens"]).tolist() == [2, 0, 1]
    assert find_items(data, ["Good", " the Bad", "The (1966)", "10"]).tolist() == [2, 0], "a title with commas"
    assert find_items(data, ["11"]).tolist() == [1], "an id comes before a title"
    assert find_items(data, ["10", "10", "Alien (1979)"]).tolist() == [0], "each once"
    with pytest.raises(UnknownNameError, match=r"'alien' fits 2 items .* 10: Alien \(1979\); 11: Aliens \(1986\)"):
        find_items(data, ["alien"])
    with pytest.raises(UnknownNameError, match="'twins' fits 2 items"):
        find_items(data, ["twins"])
    with pytest.raises(UnknownNameError, match="no item ''"):
        find_items(data, [" "])


def test_that_items_are_found_while_typing_the_likeliest_first():
    data, _ = make_run("fcf")
    counts = np.bincount(load("demo", "leak-free", 2024).split.items, minlength=data.n_items)
    everything = ask(ListItems(run="run", query="", limit=1000))
    assert everything.total == data.n_items
    assert [one.n_users for one in everything.items] == sorted(counts.tolist(), reverse=True)
    word = str(data.titles[3]).split()[0]
    found = ask(ListItems(run="run", query=word.upper(), limit=500))
    titles = [one.title for one in found.items]
    assert titles
    assert all(word.casefold() in title.casefold() for title in titles)
    begins = [title.casefold().startswith(word.casefold()) for title in titles]
    assert begins == sorted(begins, reverse=True)
    assert ask(ListItems(run="run", query="17", limit=1)).items[0].id == "17"
    assert ask(ListItems(run="run", query="no such film", limit=5)).total == 0


def test_that_the_busiest_users_come_first_when_that_is_asked_for():
    make_run("fcf")
    by_activity = ask(ListUsers(run="run", limit=300, order="activity")).users
    assert [user.n_items for user in by_activity] == sorted((user.n_items for user in by_activity), reverse=True)
    assert {user.id for user in by_activity} == {user.id for user in ask(ListUsers(run="run", limit=300)).users}
    some = ask(ListUsers(run="run", query="9", limit=5, order="activity")).users
    assert all("9" in user.id for user in some)


def test_that_genres_are_divided_among_an_items_names():
    names, matrix = genre_matrix([("Drama", "Action"), (), ("Drama",), ("Drama", "Drama")])
    assert names == ("Action", "Drama")
    assert matrix.tolist() == [[0.5, 0.5], [0, 0], [0, 1], [0, 1]]
    assert genre_matrix([(), ()])[1].shape == (2, 0)


def test_that_activity_is_told_in_the_shortest_unit_that_is_still_readable():
    day = 86_400
    assert activity(np.zeros(3, np.int64)) == (None, ())
    assert activity(np.array([10 * day, 10 * day + 1])) == ("hour", ((10 * day, 2),))
    unit, bins = activity(np.array([10 * day, 13 * day, 13 * day + 5]))
    assert (unit, bins) == ("day", ((10 * day, 1), (11 * day, 0), (12 * day, 0), (13 * day, 2)))
    unit, bins = activity(np.array([1, 50 * 31_556_952]))
    assert unit == "year"
    assert len(bins) > MOST_BINS
