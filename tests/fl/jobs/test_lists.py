"""Lists from elsewhere and the split for other programs: the whole way, on the built-in data."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

import pytest

from data.errors import StorageError
from data.loading import load
from fl.jobs.training import train
from fl.protocol.commands import EvaluateLists, ExportSplit, RecommendAllCommand, TrainCommand
from fl.settings.of_jobs import ListsSettings, RecommendAllSettings, SplitSettings
from fl.settings.train import TrainSettings
from tests.fl.asking import ask

TESTED = ("hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")


def export(folder, **settings):
    return ask(ExportSplit(settings=SplitSettings(dataset="demo", export=str(folder), **settings)))


def evaluate(path, **settings):
    return ask(EvaluateLists(settings=ListsSettings(lists=str(path), dataset="demo", **settings))).evaluation


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, header, lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


def popularity(folder):
    """Train counts and train items by user, from the exported files alone, as another program would have them."""
    counts, had = Counter(), defaultdict(set)
    for row in rows(folder / "train.csv"):
        counts[row["item"]] += 1
        had[row["user"]].add(row["item"])
    return counts, had


@pytest.fixture
def split(tmp_path):
    folder = tmp_path / "split"
    export(folder)
    return folder


def by_k(evaluation, scorer):
    return {row.k: row for row in evaluation.rows if row.scorer == scorer}


def test_that_another_programs_popularity_gets_the_figures_of_ours(split, tmp_path) -> None:
    """Lists made from nothing but the exported files, of all items and of the candidates."""
    counts, had = popularity(split)
    items = [str(one) for one in load("demo", "leak-free", 2024).interactions.item_ids]
    path = write(
        tmp_path / "full.csv",
        ("user", "item", "score"),
        [(user, item, counts[item]) for user in had for item in items if item not in had[user]],
    )
    found = evaluate(path, k=(5, 10))
    own, base = by_k(found, "lists"), by_k(found, "popularity")
    for k in (5, 10):
        for name in TESTED:
            assert getattr(own[k], name) == getattr(base[k], name)
        assert own[k].intervals == base[k].intervals
    reach = {row.scorer: row for row in found.reach if row.k == 10}
    assert reach["lists"].model_copy(update={"scorer": "popularity"}) == reach["popularity"]
    assert [one.code for one in found.applies] == ["lists.full-applies", "lists.sampled-applies"]
    assert [one.code for one in found.notes] == ["lists.ties"]

    candidates = [(row["user"], row["item"]) for row in rows(split / "test-candidates.csv") + rows(split / "test.csv")]
    path = write(
        tmp_path / "sampled.tsv", ("user", "item", "score"), [(user, item, counts[item]) for user, item in candidates]
    )
    found = evaluate(path, k=(5, 10))
    own = by_k(found, "lists")
    for k in (5, 10):
        assert [getattr(own[k], name) for name in TESTED[:3]] == [getattr(base[k], name) for name in TESTED[:3]]
        assert [getattr(own[k], name) for name in TESTED[3:]] == [None] * 3
        assert set(own[k].intervals) == {"hr", "ndcg", "mrr"}
    assert {row.scorer for row in found.reach} == {"popularity"}
    assert [one.code for one in found.applies] == ["lists.only-candidates"]


def test_that_short_lists_give_full_rank_alone_and_say_so(split, tmp_path) -> None:
    counts, had = popularity(split)
    best = [item for item, _ in counts.most_common()]
    lines = [
        (user, item, place)
        for user in list(had)[:-7]
        for place, item in enumerate([item for item in best if item not in had[user]][:8])
    ]
    found = evaluate(write(tmp_path / "short.csv", ("user", "item", "rank"), lines), k=(5, 10))
    row = by_k(found, "lists")[10]
    assert (row.hr, row.recall, row.full_hr is None) == (None, None, False)
    assert [one.code for one in found.applies] == ["lists.full-applies", "lists.sampled-unknown"]
    said = {one.code: one.values for one in found.notes}
    assert said["lists.users-without"] == {"n": 7, "users": 300}
    assert said["lists.short"] == {"k": 10, "n": 293, "least": 8}
    assert (found.n_users, found.n_lists, found.order) == (300, 293, "rank")


def test_that_lists_which_cannot_be_meant_so_are_doubted(split, tmp_path) -> None:
    test = {row["user"]: row["item"] for row in rows(split / "test.csv")}
    validation = {row["user"]: row["item"] for row in rows(split / "validation.csv")}
    lines = [(user, item, 1) for user, item in validation.items()]
    codes = [one.code for one in evaluate(write(tmp_path / "v.csv", ("user", "item", "rank"), lines)).notes]
    assert codes == ["lists.short", "lists.nothing-held-out"]
    lines += [(user, item, 2) for user, item in test.items()]
    codes = [one.code for one in evaluate(write(tmp_path / "a.csv", ("user", "item", "rank"), lines)).notes]
    assert codes == ["lists.short", "lists.all-held-out"]


@pytest.mark.parametrize("protocol", ["leak-free", "published"])
def test_that_the_exported_tables_are_the_split(tmp_path, protocol) -> None:
    folder = tmp_path / "split"
    done = export(folder, protocol=protocol, seed=5)
    loaded = load("demo", protocol, 5)
    data, part = loaded.interactions, loaded.split
    items = defaultdict(list)
    for row in rows(folder / "train.csv"):
        items[row["user"]].append(row["item"])
    times = {(u, i): t for u, i, t in zip(data.user.tolist(), data.item.tolist(), data.timestamp.tolist(), strict=True)}
    for user, name in enumerate(data.user_ids):
        assert items[name] == data.item_ids[part.items[part.indptr[user] : part.indptr[user + 1]]].tolist()
    for table, own, drawn in (
        ("validation", part.valid_item, part.valid_candidates),
        ("test", part.test_item, part.test_candidates),
    ):
        held_out = {row["user"]: row for row in rows(folder / f"{table}.csv")}
        candidates = defaultdict(list)
        for row in rows(folder / f"{table}-candidates.csv"):
            candidates[row["user"]].append(row["item"])
        for user, name in enumerate(data.user_ids):
            if own[user] >= 0:
                assert held_out[name]["item"] == data.item_ids[own[user]]
                if protocol == "leak-free":
                    assert int(held_out[name]["timestamp"]) == times[user, int(own[user])]
                assert candidates[name] == data.item_ids[drawn[user][drawn[user] >= 0]].tolist()
    about = (folder / "README.txt").read_text(encoding="utf-8")
    assert data.fingerprint in about
    assert f"--dataset demo --protocol {protocol} --seed 5" in about
    assert done.files["train.csv"] == len(part.items)
    assert f"{done.files['train.csv']:,}" in about


def test_that_a_split_is_not_mixed_with_other_files(tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(StorageError, match="no empty folder"):
        export(tmp_path)
    with pytest.raises(StorageError, match="There is no folder"):
        export(tmp_path / "a" / "b")


def test_that_the_command_line_evaluates_lists(split, tmp_path, command_line) -> None:
    path = write(
        tmp_path / "l.csv", ("user", "item", "rank"), [(r["user"], r["item"], 1) for r in rows(split / "test.csv")]
    )
    done = command_line("evaluate", "--lists", str(path), "--dataset", "demo", "--k", "1", "--json")
    assert done.returncode == 0
    assert '"full_hr": 1.0' not in done.stdout  # nothing but held-out items: a ranking of candidates
    assert '"only-candidates"' not in done.stderr
    for words in (
        ["evaluate"],
        ["evaluate", "--lists", str(path), "--run", "a"],
        ["evaluate", "--run", "a", "--dataset", "demo"],
        ["evaluate", "--lists", str(path), "--batch-size", "5"],
    ):
        refused = command_line(*words)
        assert refused.returncode == 2
        assert refused.stderr.startswith("Error: ")
    missing = command_line("evaluate", "--lists", str(tmp_path / "absent.csv"))
    assert (missing.returncode, "absent.csv" in missing.stderr) == (1, True)
    done = command_line("split", "--dataset", "demo", "--export", str(tmp_path / "again"), "--json")
    assert (done.returncode, '"train.csv": 11368' in done.stdout) == (0, True)


def test_that_the_lists_that_recommend_all_writes_have_the_figures_of_their_run(tmp_path, context) -> None:
    """Its file has more columns than are needed, and with `--scope all` the answers are in it."""
    settings = TrainSettings(model="fcf", epochs=2, runtime="in-process", name="run")
    own = train(TrainCommand(settings=settings), context).result
    path = tmp_path / "all.csv"
    ask(RecommendAllCommand(settings=RecommendAllSettings(run="run", output=str(path), top_k=120, scope="all")))
    measured = by_k(evaluate(path, k=(10,)), "lists")[10]
    assert (measured.full_hr, measured.full_ndcg) == pytest.approx((own["full_hr@10"], own["full_ndcg@10"]))
    assert measured.full_hr > 0.1
