"""Reach figures worked out by hand."""

import math

import numpy as np
import pytest

from models.reach import gini, percentiles, reach, top_k


def test_that_equal_scores_go_to_the_lower_item():
    score = np.array([[1.0, 3.0, 2.0, 2.0, 2.0]])
    assert top_k(score, np.ones((1, 5), bool), (1, 3))[0].nonzero()[1].tolist() == [1]
    assert top_k(score, np.ones((1, 5), bool), (1, 3))[1].nonzero()[1].tolist() == [1, 2, 3]


def test_that_masked_and_nan_items_are_never_shown():
    score = np.array([[math.nan, 3.0, 2.0, -math.inf]])
    allowed = np.array([[True, False, True, True]])
    assert top_k(score, allowed, (10,))[0].nonzero()[1].tolist() == [2, 3]


def test_that_top_k_equals_a_sort():
    rng = np.random.default_rng(0)
    score = rng.integers(0, 6, (50, 30)).astype(float)
    allowed = rng.random((50, 30)) < 0.7
    found = top_k(score, allowed, (1, 5, 25, 40))
    for k, mask in zip((1, 5, 25, 40), found, strict=True):
        for row in range(50):
            items = [i for i in np.argsort(-score[row], kind="stable") if allowed[row, i]][:k]
            assert sorted(items) == mask[row].nonzero()[0].tolist()


def test_that_percentiles_share_the_middle_of_ties():
    # Sorted 0, 1, 1, 5: places 0..1, 1..3, 1..3, 3..4 of 4.
    np.testing.assert_allclose(percentiles(np.array([1.0, 5, 0, 1])), [50, 87.5, 12.5, 50])


@pytest.mark.parametrize(
    ("amounts", "expected"), [([3, 3, 3], 0.0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25), ([0, 0], math.nan)]
)
def test_that_gini_matches_the_mean_absolute_difference(amounts, expected):
    assert gini(np.array(amounts, float)) == pytest.approx(expected, nan_ok=True)


def test_that_reach_matches_its_definitions():
    found = reach(np.array([3.0, 1.0, 0.0, 0.0]), np.array([4.0, 1.0, 0.0, 2.0]), n_users=8)
    assert found.coverage == 0.5
    assert found.novelty == pytest.approx((3 * 1 + 1 * 3) / 4)  # 4 of 8 users: 1 bit; 1 of 8: 3 bits
    # Sorted counts 0, 1, 2, 4: the item of 4 at 87.5, the item of 1 at 37.5.
    assert found.popularity_percentile == pytest.approx((3 * 87.5 + 37.5) / 4)
    assert found.gini == pytest.approx(((2 * 3 - 5) * 1 + (2 * 4 - 5) * 3) / (4 * 4))


def test_that_no_exposure_is_no_reach():
    found = reach(np.zeros(3), np.ones(3), 5)
    assert found.coverage == 0
    assert math.isnan(found.novelty)


def test_that_an_item_nobody_has_counts_as_had_by_one():
    assert reach(np.array([1.0, 0]), np.array([0.0, 4]), 16).novelty == 4.0
