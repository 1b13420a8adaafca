"""Clipped sums against the naive way: one user at a time, its whole message, its norm, a factor."""

import numpy as np
import pytest

from models.clipping import Clip
from models.registry import MODELS
from tests.models.small_data import hyper_of, small_party

CHANGES = {"item_learning_rate": 3.0, "weight_decay": 0.01, "distance_weight": 0.3, "sparsity_weight": 0.2}


def fresh(name, averaging="uniform"):
    data, kind, hyper = small_party(), MODELS[name].load_local(), hyper_of(name, averaging=averaging, **CHANGES)
    return kind(data, hyper), kind.initial_items(data.n_items, hyper)


def messages_of_single_users(name, averaging="uniform"):
    """[n, n_items, dim] float64."""
    n = fresh(name, averaging)[0].n_users
    alone = []
    for row in range(n):
        model, items = fresh(name, averaging)
        alone.append(model.train_round(items, 1, np.array([row])).item_update.astype(np.float64))
    return np.array(alone)


@pytest.mark.parametrize("rows", [None, np.array([1, 2, 5])])
@pytest.mark.parametrize(("name", "averaging"), [("fcf", "uniform"), ("pfedrec", "samples"), ("fedrap", "samples")])
def test_that_the_clipped_sum_is_that_of_the_naive_version(name, averaging, rows):
    messages = messages_of_single_users(name, averaging)
    norms = np.sqrt((messages**2).sum(axis=(1, 2)))
    bound = float(np.median(norms))  # half of the users are scaled down
    taking_part = np.arange(len(norms)) if rows is None else rows
    factor = np.minimum(1.0, bound / norms[taking_part])
    expected = (factor[:, None, None] * messages[taking_part]).sum(axis=0)
    model, items = fresh(name, averaging)
    update = model.train_round(items, 1, rows, Clip(bound))
    np.testing.assert_allclose(update.item_update, expected, atol=3e-5 * np.abs(expected).max() + 1e-7)
    assert update.n_users == len(taking_part)


@pytest.mark.parametrize("name", ["fcf", "pfedrec", "fedrap"])
@pytest.mark.parametrize("norm", ["l2", "l1"])
def test_that_no_single_user_ever_sends_more_than_the_bound(name, norm):
    messages = messages_of_single_users(name)
    for row, message in enumerate(messages):
        size = np.abs(message).sum() if norm == "l1" else np.sqrt((message**2).sum())
        for share in (0.1, 0.9):
            model, items = fresh(name)
            sent = model.train_round(items, 1, np.array([row]), Clip(share * size, norm)).item_update.astype(np.float64)
            found = np.abs(sent).sum() if norm == "l1" else np.sqrt((sent**2).sum())
            assert found <= share * size * (1 + 1e-6)
            # Same direction, only shorter; for L1 by an upper bound of the norm, so possibly more than needed.
            cosine = (sent * message).sum() / np.sqrt((sent**2).sum() * (message**2).sum())
            assert cosine == pytest.approx(1.0, abs=1e-4)
            assert found >= 0.5 * share * size


@pytest.mark.parametrize("name", ["fcf", "pfedrec", "fedrap"])
@pytest.mark.parametrize("norm", ["l2", "l1"])
def test_that_a_bound_beyond_everybody_changes_nothing(name, norm):
    model, items = fresh(name)
    expected = model.train_round(items, 1)
    other, _ = fresh(name)
    found = other.train_round(items, 1, None, Clip(1e9, norm))
    np.testing.assert_allclose(found.item_update, expected.item_update, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", ["fcf", "pfedrec", "fedrap"])
def test_that_clipping_does_not_touch_what_users_learn_for_themselves(name):
    model, items = fresh(name)
    model.train_round(items, 1)
    other, _ = fresh(name)
    other.train_round(items, 1, None, Clip(1e-3))
    state, clipped = model.private_state(), other.private_state()
    for key in state:
        np.testing.assert_array_equal(state[key], clipped[key])


def test_that_a_bound_must_be_a_positive_number():
    for bound in (0.0, -1.0, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="clipping bound"):
            Clip(bound)


def test_that_a_message_without_a_finite_norm_is_not_sent():
    factors = Clip(2.0).factors(np.array([1.0, 4.0, np.inf, np.nan]))
    assert factors == pytest.approx([1.0, 0.5, 0.0, 0.0], rel=2e-5)
