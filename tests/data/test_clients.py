"""Who takes part in a round: the same users whatever the partition, the right number of them, evenly over rounds."""

import numpy as np
import pytest

from data.clients import ClientSampling

N = 400


def drawn(sampling, round_number, seed=3, users=None):
    users = np.arange(N, dtype=np.int32) if users is None else users
    return users[sampling.rows(users, N, seed, round_number)]


@pytest.mark.parametrize("method", ["fixed", "poisson"])
def test_that_the_draw_does_not_depend_on_the_partition(method):
    sampling = ClientSampling(0.3, method)
    whole = drawn(sampling, 5)
    owner = np.random.default_rng(0).integers(0, 7, N)
    parts = [drawn(sampling, 5, users=np.flatnonzero(owner == party).astype(np.int32)) for party in range(7)]
    assert sorted(np.concatenate(parts)) == whole.tolist()


@pytest.mark.parametrize(("amount", "expected"), [(0.25, 100), (17, 17), (0.001, 1), (399, 399)])
def test_that_a_fixed_draw_has_the_same_number_every_round(amount, expected):
    sampling = ClientSampling(amount)
    for number in range(1, 20):
        assert len(set(drawn(sampling, number))) == expected
    assert sampling.expected(N) == expected


@pytest.mark.parametrize("method", ["fixed", "poisson"])
def test_that_every_user_is_drawn_about_as_often(method):
    times = np.zeros(N)
    for number in range(1, 401):
        times[drawn(ClientSampling(0.2, method), number)] += 1
    # Each count is binomial (400, 0.2): mean 80, deviation 8. All 400 within 5 deviations, their mean within 5 / 20.
    assert abs(times - 80).max() < 40
    assert abs(times.mean() - 80) < 2


def test_that_a_poisson_draw_varies_like_independent_coins():
    sizes = np.array([len(drawn(ClientSampling(80, "poisson"), number)) for number in range(1, 401)])
    # Binomial (400, 0.2): mean 80, variance 64.
    assert abs(sizes.mean() - 80) < 2
    assert 45 < sizes.var() < 90


def test_that_rounds_and_seeds_draw_differently_and_equal_ones_equally():
    sampling = ClientSampling(0.1)
    assert drawn(sampling, 1).tolist() == drawn(sampling, 1).tolist()
    assert drawn(sampling, 1).tolist() != drawn(sampling, 2).tolist()
    assert drawn(sampling, 1).tolist() != drawn(sampling, 1, seed=4).tolist()


@pytest.mark.parametrize(
    "sampling", [ClientSampling(), ClientSampling(1.0, "poisson"), ClientSampling(400), ClientSampling(9999)]
)
def test_that_one_or_more_than_all_means_everyone(sampling):
    assert sampling.everyone(N)
    assert drawn(sampling, 1).tolist() == list(range(N))


@pytest.mark.parametrize(
    ("sampling", "good", "bad"),
    [
        (ClientSampling(), [400], [399, 401, 0]),
        (ClientSampling(0.25), [100], [99, 101, 400]),
        (ClientSampling(0.25, "poisson"), [0, 100, 400], [-1, 401, 10**13]),
    ],
)
def test_that_impossible_numbers_of_users_are_known(sampling, good, bad):
    assert all(sampling.plausible(number, N) for number in good)
    assert not any(sampling.plausible(number, N) for number in bad)
