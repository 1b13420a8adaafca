"""Poisson bootstrap: the weights' distribution, their secrecy and their independence of the work's order."""

import math

import numpy as np
import pytest

from models import bootstrap
from tests.models.small_data import small_parties, small_party

USERS = np.arange(5_000)


def test_that_weights_follow_poisson_of_mean_1():
    weights = bootstrap.weights(7, USERS, 200)
    assert weights.shape == (200, 5_000)
    for value in range(5):
        expected = math.exp(-1) / math.factorial(value)
        # A million draws: five standard errors.
        assert (weights == value).mean() == pytest.approx(expected, abs=5 * math.sqrt(expected / 1e6))


def test_that_weights_of_users_and_replicates_are_uncorrelated():
    weights = bootstrap.weights(7, USERS, 200).astype(float)
    correlation = np.corrcoef(weights[:40])
    assert np.abs(correlation[~np.eye(40, dtype=bool)]).max() < 6 / math.sqrt(5_000)
    correlation = np.corrcoef(weights[:, :40].T)
    assert np.abs(correlation[~np.eye(40, dtype=bool)]).max() < 6 / math.sqrt(200)


def test_that_weights_do_not_depend_on_blocks_or_neighbours():
    whole = bootstrap.weights(7, USERS, 10)
    np.testing.assert_array_equal(bootstrap.weights(7, USERS[[3, 99]], 4, block=6), whole[6:, [3, 99]])


def test_that_a_party_repeats_its_weights_and_no_other_party_has_them():
    first, second = small_parties(2)
    again, _ = small_parties(2)
    assert bootstrap.secret_key(first, 1) == bootstrap.secret_key(again, 1)
    keys = {bootstrap.secret_key(data, seed) for data in (first, second, small_party()) for seed in (1, 2)}
    assert len(keys) == 6


def test_that_changing_one_interaction_changes_the_secret():
    data = small_party()
    before = bootstrap.secret_key(data, 1)
    data.items[0] = (data.items[0] + 1) % data.n_items
    assert bootstrap.secret_key(data, 1) != before


def test_that_the_interval_of_a_mean_is_that_of_the_normal_approximation():
    rng = np.random.default_rng(0)
    hits = (rng.random(2_000) < 0.4).astype(float)
    figures = np.column_stack([np.ones(2_000), hits])
    sums = bootstrap.weights(3, np.arange(2_000), 2_000).astype(float) @ figures
    low, high = bootstrap.intervals(sums)
    half = 1.96 * hits.std() / math.sqrt(2_000)
    assert low[0] == pytest.approx(hits.mean() - half, abs=0.1 * half)
    assert high[0] == pytest.approx(hits.mean() + half, abs=0.1 * half)


def test_that_replicates_without_users_are_left_out():
    low, high = bootstrap.intervals(np.array([[0.0, 0.0], [4.0, 1.0]]))
    assert (low[0], high[0]) == (0.25, 0.25)
    low, high = bootstrap.intervals(np.zeros((3, 2)))
    assert math.isnan(low[0])
    assert math.isnan(high[0])


def test_that_paired_intervals_are_those_of_resampled_users() -> None:
    """Against the textbook: users drawn with replacement, both scorers on the same ones."""
    generator = np.random.default_rng(4)
    hard = generator.random(400)
    first = np.column_stack([np.ones(400), hard < 0.5, generator.random(400)]).astype(float)
    second = np.column_stack([np.ones(400), hard < 0.56, generator.random(400) + 0.1]).astype(float)
    second[390:] = 0  # ten users were tested with the first alone
    value, low, high = bootstrap.paired_intervals(first, second, 3)
    own = (second - first)[:390, 1:]
    np.testing.assert_allclose(value, own.mean(axis=0))
    drawn = np.array([own[generator.integers(0, 390, 390)].mean(axis=0) for _ in range(4000)])
    expected = np.quantile(drawn, [0.025, 0.975], axis=0)
    np.testing.assert_allclose([low, high], expected, atol=0.006)
    # The same hits in both tell more than two intervals beside each other: the difference of the first figure is clear.
    assert low[0] > 0


def test_that_users_whom_only_one_scorer_met_say_nothing() -> None:
    first = np.array([[1.0, 1.0], [0.0, 0.0]])
    for values in bootstrap.paired_intervals(first, first[::-1], 0):
        assert np.isnan(values).all()
