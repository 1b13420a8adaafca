"""Evaluation of a party against a loop over users."""

from dataclasses import replace

import numpy as np
import pytest

from models.base import initial_items
from models.evaluation import evaluate, evaluate_shared, evaluate_validation, names
from models.pfedrec import PFedRec
from tests.models.small_data import HYPER as SMALL
from tests.models.small_data import small_party

HYPER = replace(SMALL, dim=4, batch_size=32, negatives=2, seed=1)
KS = (1, 5, 20)


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
    model = PFedRec(data, HYPER)
    items = initial_items(data.n_items, HYPER.dim, HYPER.seed)
    for number in (1, 2):
        update = model.train_round(items, number)
        items = (items + update.item_update / update.n_users).astype(np.float32)
    return data, model, items


@pytest.mark.parametrize("part", ["valid", "test"])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("view", ["global", "fine-tuned"])
@pytest.mark.parametrize("batch_size", [1, 4, 1000])
def test_that_sums_equal_a_loop_over_users(trained, part, full, view, batch_size):
    data, model, items = trained
    score = model.scores(np.arange(data.n_users), items, view=view)
    expected = slow_sums(lambda row: score[row], data, part, KS, full)
    np.testing.assert_allclose(evaluate(model, data, items, part, KS, full, batch_size, view), expected, atol=1e-9)
    assert len(expected) == len(names(KS, full))


def test_that_popularity_is_evaluated_on_the_same_candidates(trained):
    data, _, _ = trained
    counts = np.bincount(data.items, minlength=data.n_items).astype(np.float64)
    expected = slow_sums(lambda row: counts, data, "test", KS, True)
    np.testing.assert_allclose(evaluate_shared(counts, data, "test", KS, True, 3), expected, atol=1e-9)


def test_that_validation_after_a_round_is_that_of_the_models_own_view(trained):
    data, model, items = trained
    np.testing.assert_allclose(
        evaluate_validation(model, data, items, KS, 4), evaluate(model, data, items, "valid", KS, False, 4, "global")
    )
