"""Ranked lists, by hand and against a sort of every row."""

import numpy as np
import pytest

from models.ranking import NOBODY, best_items, unrated
from tests.models.small_data import small_party


def test_that_lists_are_best_first_and_ties_go_to_the_lower_id():
    score = np.array([[0.1, 0.9, 0.5, 0.9, 0.5]], np.float32)
    item, best = best_items(score, np.ones((1, 5), bool), 3)
    assert item.tolist() == [[1, 3, 2]]
    np.testing.assert_allclose(best, [[0.9, 0.9, 0.5]], rtol=1e-6)


def test_that_short_lists_end_with_nobody():
    score = np.array([[3.0, 2.0, np.nan, 1.0]], np.float32)
    item, _ = best_items(score, np.array([[True, False, True, True]]), 4)
    assert item.tolist() == [[0, 3, NOBODY, NOBODY]]
    item, _ = best_items(score, np.array([[True, False, True, True]]), 3)
    assert item.tolist() == [[0, 3, NOBODY]]


@pytest.mark.parametrize("top_k", [1, 5, 30, 100])
def test_that_lists_equal_a_stable_sort(top_k):
    rng = np.random.default_rng(0)
    score = rng.integers(0, 6, (50, 30)).astype(np.float32)  # many ties
    allowed = rng.random((50, 30)) < 0.6
    item, _ = best_items(score, allowed, top_k)
    assert item.shape == (50, min(top_k, 30))
    for row in range(50):
        expected = [i for i in np.argsort(-score[row], kind="stable") if allowed[row, i]][:top_k]
        assert [i for i in item[row] if i != NOBODY] == expected


def test_that_everything_a_user_touched_counts_as_rated():
    data = small_party()
    rows = np.array([4, 0])
    allowed = unrated(data, rows)
    for place, row in enumerate(rows):
        touched = set(data.items[data.indptr[row] : data.indptr[row + 1]].tolist())
        touched |= {int(i) for i in (data.valid_item[row], data.test_item[row]) if i >= 0}
        assert set(np.nonzero(~allowed[place])[0].tolist()) == touched
