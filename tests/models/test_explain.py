"""Reasons: FCF's add up to the score, nearness is a cosine in the user's own item table; and what a taste is."""

import numpy as np
import pytest

from data.partition import take
from models.base import initial_items
from models.explain import NOTHING, strongest
from models.fcf_local import LocalFCF
from models.nearness import closeness_to_basket, nearness
from models.registry import MODELS
from models.taste import genre_shares, mean_percentile, own_items, taste_of
from tests.models.small_data import hyper_of, small_party
from tests.models.test_new_user import DIM, told

PARTY = small_party()
ITEMS = initial_items(PARTY.n_items, DIM, 8)


@pytest.mark.parametrize("recency_weight", [0.0, 10.0])
def test_that_fcf_reasons_add_up_to_the_score(recency_weight):
    model = LocalFCF(PARTY, told("fcf", recency_weight=recency_weight))
    columns = np.array([0, 5, 9, 200])
    for row in range(PARTY.n_users):
        score = model.scores(np.array([row]), ITEMS)[0, columns]
        reasons = model.reasons(row, ITEMS, columns)
        assert reasons.shape == (4, len(model.train_items(row)))
        assert reasons.sum(axis=1) == pytest.approx(score, abs=1e-5)


def test_that_an_fcf_reason_is_what_is_lost_without_the_item_while_the_ridge_stays():
    """One summand, by hand: the vector for c_j q_j alone under the whole history's matrix."""
    hyper = told("fcf")
    model = LocalFCF(PARTY, hyper)
    history = model.train_items(2)
    q, alpha, reg = ITEMS.astype(float), hyper.own.alpha, hyper.own.reg
    matrix = alpha * q.T @ q + reg * (len(history) + alpha * PARTY.n_items) * np.eye(DIM)
    for item in history:
        matrix += np.outer(q[item], q[item])
    by_hand = q[7] @ np.linalg.inv(matrix) @ q[history[1]]
    assert model.reasons(2, ITEMS, np.array([7]))[0, 1] == pytest.approx(by_hand, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "view"),
    [("fcf", "global"), ("pfedrec", "global"), ("pfedrec", "fine-tuned"), ("fedrap", "personal"), ("fedrap", "global")],
)
def test_that_own_items_are_what_a_user_scores_with(name, view):
    """Scores under the model's view are the user's scoring function applied to these rows."""
    model = MODELS[name].load_local()(PARTY, told(name, view=view))
    items = ITEMS
    for number in (1, 2):
        items = items + 0.01 * model.train_round(items, number).item_update
    state = model.private_state()
    for row in range(PARTY.n_users):
        own = model.own_items(row, items)
        score = model.scores(np.array([row]), items)[0]
        # Whatever w and b are, scores are affine in the rows: a fit on some items foretells the others.
        design = np.column_stack([own, np.ones(len(own))]).astype(float)
        half = np.arange(0, len(own), 2)
        fit, *_ = np.linalg.lstsq(design[half], score[half].astype(float), rcond=None)
        assert design @ fit == pytest.approx(score, abs=2e-3)
        assert np.array_equal(model.train_items(row), PARTY.items[PARTY.indptr[row] : PARTY.indptr[row + 1]])
    assert state.keys() == model.private_state().keys()


def test_that_a_user_who_sat_out_the_last_round_is_explained_with_the_global_items():
    model = MODELS["pfedrec"].load_local()(PARTY, told("pfedrec", view="fine-tuned"))
    model.train_round(ITEMS, 1, np.array([0, 1]))
    assert np.array_equal(model.own_items(3, ITEMS), ITEMS)
    assert not np.array_equal(model.own_items(1, ITEMS), ITEMS)


def test_that_nearness_is_the_cosine_and_an_item_is_no_reason_for_itself():
    items = np.array([[1, 0], [2, 0], [0, 3], [-1, 0], [1, 1]], np.float32)
    found = nearness(items, np.array([0, 2]), np.array([1, 2, 3, 4]))
    half = np.sqrt(0.5)
    assert found == pytest.approx(np.array([[1, 0], [0, -1], [-1, 0], [half, half]]), abs=1e-6)


def test_that_closeness_to_a_basket_is_the_mean_cosine():
    items = np.array([[1, 0], [0, 5], [2, 2], [0, 0]], np.float32)
    half = np.sqrt(0.5)
    beside = np.column_stack([items, items])  # columns beside the embeddings have no part in it
    found = closeness_to_basket(beside, np.array([0, 1]), hyper_of("pfedrec", dim=2))
    assert found == pytest.approx([0.5, 0.5, half, 0], abs=1e-6)


def test_that_the_strongest_reasons_come_first_and_only_what_speaks_for_an_item():
    weight = np.array([[0.1, 0.4, -0.3, 0.2], [-0.1, -0.2, -0.3, -0.4]], np.float32)
    history = np.array([10, 11, 12, 13])
    found, shown = strongest(weight, history, 3, "nearness")
    assert found.tolist() == [[11, 13, 10], [NOTHING] * 3]
    assert shown == pytest.approx(np.array([[0.4, 0.2, 0.1], [0, 0, 0]]))
    _, share = strongest(weight, history, 2, "share")
    assert share == pytest.approx(np.array([[1.0, 0.5], [0, 0]])), "of the score 0.4"
    empty, _ = strongest(np.zeros((2, 0), np.float32), np.zeros(0, np.int64), 2, "nearness")
    assert empty.tolist() == [[NOTHING, NOTHING]] * 2


def test_that_a_taste_counts_all_items_of_the_user_and_no_others():
    row = 2
    party = take(PARTY, np.arange(PARTY.n_users))
    own = own_items(party, row)
    assert set(own) >= {int(party.valid_item[row]), int(party.test_item[row])}
    assert len(own) == len(set(own)) == party.indptr[row + 1] - party.indptr[row] + 2
    genres = np.zeros((party.n_items, 2), np.float32)
    genres[own[0]] = [0.5, 0.5]
    genres[own[1]] = [1, 0]
    counts = np.zeros(party.n_items)
    taste = taste_of(party, row, genres, counts)
    assert taste == pytest.approx([0.75, 0.25, 50.0])


def test_that_shares_and_percentiles_are_as_worked_out_by_hand():
    genres = np.array([[1, 0], [0.5, 0.5], [0, 0]], np.float32)
    assert genre_shares(genres, np.array([1.0, 2.0, 5.0])) == pytest.approx([2 / 3, 1 / 3])
    assert genre_shares(genres, np.zeros(3)).tolist() == [0, 0]
    counts = np.array([5.0, 1.0, 3.0, 3.0])  # percentiles 87.5, 12.5, 50, 50
    assert mean_percentile(np.array([1.0, 1.0, 0, 0]), counts) == pytest.approx(50.0)
    assert mean_percentile(np.array([3.0, 0, 1.0, 0]), counts) == pytest.approx((3 * 87.5 + 50) / 4)
    assert mean_percentile(np.zeros(4), counts) == 50.0
