"""Ranking metrics with figures worked out by hand."""

import math

import numpy as np
import pytest

from models.metrics import figure_names, means, ranks, user_figures

# Scores of the held-out item and of four candidates.
POSITIVE = np.array([0.9, 0.5, 0.1])
CANDIDATES = np.array(
    [
        [0.1, 0.2, 0.3, 0.4],  # best of all: rank 1
        [0.9, 0.5, 0.1, 0.2],  # one better, one tie: rank 3
        [0.9, 0.8, 0.7, 0.6],  # worst: rank 5
    ]
)


def test_that_ranks_count_ties_against_the_model():
    assert ranks(POSITIVE, CANDIDATES).tolist() == [1, 3, 5]


def test_that_equal_scores_everywhere_rank_last():
    assert ranks(np.zeros(1), np.zeros((1, 99))).tolist() == [100]


@pytest.mark.parametrize(("positive", "candidates", "rank"), [(math.nan, [0.0, 0.0], 3), (1.0, [math.nan, 0.0], 2)])
def test_that_nan_counts_against_the_model(positive, candidates, rank):
    assert ranks(np.array([positive]), np.array([candidates])).tolist() == [rank]


def test_that_masked_candidates_do_not_count():
    counted = np.array([[False, True, True, True]] * 3)
    assert ranks(POSITIVE, CANDIDATES, counted).tolist() == [1, 2, 4]


def test_that_k_above_the_list_hits_everything():
    assert user_figures(np.array([1, 5]), [100])[:, 0].tolist() == [1, 1]


def test_that_names_and_values_go_together():
    names = ["n_users", *figure_names([5, 10], ("", "full_"), ("hr", "ndcg"))]
    assert names == [
        "n_users", "hr@5", "ndcg@5", "hr@10", "ndcg@10", "full_hr@5", "full_ndcg@5", "full_hr@10", "full_ndcg@10",
    ]  # fmt: skip
    figures = means(np.array([4.0, 1, 0.5, 2, 1.0, 0, 0, 1, 0.25]), names)
    assert figures["hr@5"] == 0.25
    assert figures["full_ndcg@10"] == 0.0625


def test_that_no_users_give_zeros():
    assert means(np.zeros(3), ["n_users", "hr@10", "ndcg@10"]) == {"hr@10": 0.0, "ndcg@10": 0.0}


def test_that_user_figures_match_the_definitions():
    figures = user_figures(np.array([1, 3, 5]), [1, 3, 10])
    assert figure_names([1, 3, 10], ("", "full_"))[:4] == ["hr@1", "ndcg@1", "mrr@1", "hr@3"]
    np.testing.assert_allclose(
        figures,
        [
            [1, 1, 1, 1, 1, 1, 1, 1, 1],
            [0, 0, 0, 1, 1 / 2, 1 / 3, 1, 1 / 2, 1 / 3],
            [0, 0, 0, 0, 0, 0, 1, 1 / math.log2(6), 1 / 5],
        ],
    )
    np.testing.assert_array_equal(user_figures(np.array([1, 3, 5]), [3], ("mrr", "hr")), figures[:, [5, 3]])
