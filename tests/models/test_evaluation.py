"""The evaluation of a party against loops over users, and across partitions."""

import math
from dataclasses import replace

import numpy as np
import pytest

from models import bootstrap
from models.base import initial_items
from models.evaluation import VALIDATION, EvaluationRequest, evaluate, evaluate_model, evaluate_shared, evaluated
from models.groups import UserGroup
from models.pfedrec_local import LocalPFedRec
from tests.models.small_data import hyper_of, small_parties, small_party

HYPER = hyper_of("pfedrec", dim=4, batch_size=32, negatives=2, seed=1)
KS = (1, 5, 20)
GROUPS = (UserGroup("activity", "few", 1, 15), UserGroup("activity", "many", 16, 99), UserGroup("gender", "F"))
REQUEST = EvaluationRequest("test", (1, 5, 400), exposure=True, groups=GROUPS, replicates=20, seed=3, batch_size=4)


def taste(users, n_items):
    """Scores that differ by user, with ties and a NaN."""
    score = np.array([np.random.default_rng(int(user)).integers(0, 40, n_items) for user in users], float)
    score[:, 7] = math.nan
    return score


def batches(data, size):
    score = taste(data.users, data.n_items)
    for start in range(0, data.n_users, size):
        rows = np.arange(start, min(data.n_users, start + size))
        yield rows, score[rows]


def loop(data, request):
    """(n_users, figures) of each user, and exposure, without arrays of users."""
    score = taste(data.users, data.n_items)
    figures = np.zeros((data.n_users, len(request.columns)))
    exposure = np.zeros((len(request.ks), data.n_items))
    for row in range(data.n_users):
        item = data.test_item[row]
        if item < 0:
            continue
        train = set(data.items[data.indptr[row] : data.indptr[row + 1]].tolist())
        pools = [
            [c for c in data.test_candidates[row] if c >= 0],
            [i for i in range(data.n_items) if i not in train and i != item],
        ]
        figures[row, 0] = 1
        for which, pool in enumerate(pools):
            rank = 1 + sum(not score[row, c] < score[row, item] for c in pool)
            for place, k in enumerate(request.ks):
                if rank <= k:
                    at = 1 + 3 * (which * len(request.ks) + place)
                    figures[row, at : at + 3] = 1, 1 / math.log2(1 + rank), 1 / rank
        shown = sorted(
            (i for i in range(data.n_items) if i not in train and not math.isnan(score[row, i])),
            key=lambda i: (-score[row, i], i),
        )
        for place, k in enumerate(request.ks):
            exposure[place, shown[:k]] += 1
    return figures, exposure


def labelled(n_parties):
    parts = small_parties(n_parties)
    for part in parts:
        part.groups["gender"] = np.array(["F" if user % 2 else "M" for user in part.users], dtype=object)
    return parts


@pytest.mark.parametrize("size", [1, 4, 100])
def test_that_sums_equal_a_loop_over_users(size):
    (data,) = labelled(1)
    sums, exposure = evaluate(batches(data, size), data, REQUEST)
    figures, shown = loop(data, REQUEST)
    np.testing.assert_allclose(sums[0], figures.sum(axis=0))
    np.testing.assert_array_equal(exposure, shown)
    weights = bootstrap.weights(bootstrap.secret_key(data, 3), data.users, 20)
    for replicate in range(20):
        expected = sum(w * f for w, f in zip(weights[replicate], figures, strict=True))
        np.testing.assert_allclose(sums[1 + replicate], expected)
    lengths = np.diff(data.indptr)
    for place, members in enumerate([lengths <= 15, lengths > 15, data.users % 2 == 1]):
        np.testing.assert_allclose(sums[21 + place], figures[members].sum(axis=0))


def test_that_figures_do_not_depend_on_the_partition():
    results = []
    for n_parties in (1, 3):
        sums, exposure = (
            np.sum(arrays, axis=0)
            for arrays in zip(*(evaluate(batches(p, 4), p, REQUEST) for p in labelled(n_parties)), strict=True)
        )
        results.append((evaluated([sums], REQUEST), exposure))
    assert results[0][0].figures == pytest.approx(results[1][0].figures)
    assert [g.n_users for g in results[0][0].groups] == [g.n_users for g in results[1][0].groups]
    np.testing.assert_array_equal(results[0][1], results[1][1])


def test_that_k_above_every_list_hits_everybody():
    (data,) = labelled(1)
    sums, _ = evaluate(batches(data, 4), data, REQUEST)
    found = evaluated([sums], REQUEST)
    assert found.figures["hr@400"] == 1
    assert found.figures["full_hr@400"] == 1
    assert found.n_users == 8


def test_that_intervals_hold_the_middle_95_percent_of_the_replicated_means():
    (data,) = labelled(1)
    sums, _ = evaluate(batches(data, 4), data, REQUEST)
    found = evaluated([sums], REQUEST)
    replicates = sums[1 : 1 + REQUEST.replicates]
    assert list(found.intervals) == list(REQUEST.columns[1:])
    for place, (name, (low, high)) in enumerate(found.intervals.items(), start=1):
        means = sorted(row[place] / row[0] for row in replicates)
        assert means[0] <= low <= means[1], name  # 2.5 % of 19 steps: between the first two
        assert means[-2] <= high <= means[-1], name


def test_that_equal_scores_hit_nobody_and_show_the_first_items():
    data = small_party()
    sums, exposure = evaluate_shared(np.zeros(data.n_items), data, EvaluationRequest("test", (5,), exposure=True))
    assert sums[0, 1] == 0
    assert exposure.sum() == 5 * 8
    assert exposure[0, 40:].sum() == 0


def test_that_the_shapes_are_those_announced():
    data = small_party()
    for request in (REQUEST, VALIDATION, replace(VALIDATION, exposure=True)):
        message = evaluate_shared(np.ones(data.n_items), data, request)
        assert [array.shape for array in message] == request.shapes(data.n_items)


def slow_sums(score_of, data, part, ks, full):
    """Sums by a loop over users and candidates, from a function row -> scores of all items."""
    item_of = data.valid_item if part == "valid" else data.test_item
    candidates_of = data.valid_candidates if part == "valid" else data.test_candidates
    sums = np.zeros(1 + 2 * len(ks) * (2 if full else 1))
    for row in range(data.n_users):
        item = item_of[row]
        if item < 0:
            continue
        sums[0] += 1
        score = score_of(row)
        train = set(data.items[data.indptr[row] : data.indptr[row + 1]].tolist())
        pools = [[c for c in candidates_of[row] if c >= 0]]
        if full:
            pools.append([i for i in range(data.n_items) if i not in train and i != item])
        for which, pool in enumerate(pools):
            rank = 1 + sum(score[c] >= score[item] for c in pool)
            for place, k in enumerate(ks):
                at = 1 + 2 * len(ks) * which + 2 * place
                sums[at] += rank <= k
                sums[at + 1] += 1 / np.log2(rank + 1) if rank <= k else 0
    return sums


@pytest.fixture(scope="module")
def trained():
    data = small_party()
    model = LocalPFedRec(data, HYPER)
    items = initial_items(data.n_items, HYPER.dim, HYPER.seed)
    for number in (1, 2):
        update = model.train_round(items, number)
        items = (items + update.item_update / update.n_users).astype(np.float32)
    return data, model, items


@pytest.mark.parametrize("part", ["valid", "test"])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("view", ["global", "fine-tuned"])
@pytest.mark.parametrize("batch_size", [1, 4, 1000])
def test_that_sums_of_a_model_equal_a_loop_over_users(trained, part, full, view, batch_size):
    data, model, items = trained
    request = EvaluationRequest(part, KS, ("hr", "ndcg"), full, batch_size=batch_size)
    score = model.scores(np.arange(data.n_users), items, view=view)
    expected = slow_sums(lambda row: score[row], data, part, KS, full)
    (sums,) = evaluate_model(model, data, items, request, view)
    np.testing.assert_allclose(sums, [expected], atol=1e-9)
    assert len(expected) == len(request.columns)


def test_that_fewer_users_are_scored_at_a_time_where_there_are_many_items():
    everything, sampled = EvaluationRequest(), EvaluationRequest(full=False)
    assert [everything.users_at_a_time(n_items) for n_items in (1682, 16_384, 100_000, 10**9)] == [512, 512, 83, 1]
    assert sampled.users_at_a_time(100_000) == 512, "only their candidates are"
    assert EvaluationRequest(batch_size=64).users_at_a_time(100_000) == 64


@pytest.mark.parametrize("full", [False, True])
def test_that_popularity_is_evaluated_on_the_same_candidates(trained, full):
    data, _, _ = trained
    counts = np.bincount(data.items, minlength=data.n_items).astype(np.float64)
    request = EvaluationRequest("test", KS, ("hr", "ndcg"), full, batch_size=3)
    expected = slow_sums(lambda row: counts, data, "test", KS, full)
    np.testing.assert_allclose(evaluate_shared(counts, data, request), [[expected]], atol=1e-9)


@pytest.mark.parametrize("view", ["global", "fine-tuned"])
def test_that_validation_after_a_round_is_that_of_the_models_own_view(trained, view):
    data, _, items = trained
    model = LocalPFedRec(data, replace(HYPER, view=view))
    model.train_round(items, 1)
    np.testing.assert_allclose(
        evaluate_model(model, data, items, VALIDATION), evaluate_model(model, data, items, VALIDATION, view)
    )
