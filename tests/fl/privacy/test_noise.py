"""Noise: its distribution, in the sum over parties and with drop-outs, from fresh secrets every time."""

import itertools

import numpy as np
import pytest
from scipy import stats

from fl.privacy.mechanism import Privacy
from fl.privacy.noise import SecretNoise
from models.base import LocalUpdate

N = 40_000


def repeatable(party=0):
    """Seeds that tests can repeat."""
    numbers = itertools.count(party * 1000)
    return SecretNoise(lambda: next(numbers).to_bytes(32, "little"))


def nothing(cells=N):
    return LocalUpdate(np.zeros((cells, 1), np.float32), 5, 50, 3.0)


def test_that_gaussian_noise_is_gaussian():
    drawn = repeatable().gaussian((N,), 2.5)
    assert stats.kstest(drawn, "norm", args=(0, 2.5)).pvalue > 1e-3
    halves = drawn[: N // 2], drawn[N // 2 :]  # the two halves come from the same pairs of uniforms
    assert abs(np.corrcoef(*halves)[0, 1]) < 4 / np.sqrt(N / 2)
    assert abs(np.corrcoef(halves[0] ** 2, halves[1] ** 2)[0, 1]) < 4 / np.sqrt(N / 2)
    assert repeatable().gaussian((3, 5), 1.0).shape == (3, 5)


@pytest.mark.parametrize("terms", [1, 2, 40, 3000])
def test_that_a_sum_of_laplace_noise_is_one(terms):
    drawn = repeatable().laplace_sum((N,), 0.5, terms)
    assert drawn.var() == pytest.approx(terms * 2 * 0.5**2, rel=0.06)
    if terms <= 40:
        other = np.random.default_rng(1).laplace(0, 0.5, (N, terms)).sum(axis=1)
        assert stats.ks_2samp(drawn, other).pvalue > 1e-3
    else:
        assert stats.kstest(drawn / np.sqrt(terms * 0.5), "norm").pvalue > 1e-3


def test_that_nobody_sends_no_laplace_noise():
    assert not repeatable().laplace_sum((4, 2), 1.0, 0).any()


def test_that_two_sources_never_draw_the_same():
    draws = [SecretNoise().uniform(4).tolist() for _ in range(50)]
    assert len({tuple(draw) for draw in draws}) == 50


def test_that_users_are_drawn_with_their_probability():
    rows = repeatable().chosen(N, 0.3)
    assert len(rows) == pytest.approx(0.3 * N, abs=5 * np.sqrt(0.21 * N))
    assert np.all(np.diff(rows) > 0)
    assert len(repeatable().chosen(N, 1.0)) == N


@pytest.mark.parametrize(("parties", "dropped"), [(1, 0), (3, 0), (4, 1), (8, 2), (8, 0)])
def test_that_the_sum_has_the_noise_it_must_have_even_when_parties_drop_out(parties, dropped):
    tolerated = {1: 0, 3: 0, 4: 1, 8: 2}[parties]
    privacy = Privacy("user", 2.0, 1.5, 1e-5, helpers=parties - tolerated)
    sent = [privacy.noised_update(nothing(), 5, repeatable(i)).item_update for i in range(parties)]
    total = np.sum(sent[dropped:], axis=0, dtype=np.float64)
    expected = (1.5 * 2.0) ** 2 * (parties - dropped) / (parties - tolerated)
    assert total.var() == pytest.approx(expected, rel=5 * np.sqrt(2 / N))
    assert expected >= (1.5 * 2.0) ** 2
    assert abs(total.mean()) < 5 * np.sqrt(expected / N)


def test_that_local_noise_is_there_for_every_user_drawn_or_not():
    privacy = Privacy("local", 2.0, 0.5, 1e-5, sampling=0.1)
    sent = privacy.noised_update(nothing(), 7, repeatable()).item_update
    assert sent.var() == pytest.approx(7 * 2 * (0.5 * 2.0) ** 2, rel=0.06)


def test_that_counts_and_loss_are_not_sent():
    for method in ("user", "local"):
        update = Privacy(method, 1.0, 1.0, 1e-5).noised_update(nothing(10), 5, SecretNoise())
        assert (update.n_users, update.n_samples, update.loss_sum) == (0, 0, 0.0)


def test_that_figures_get_the_noise_that_is_accounted():
    privacy = Privacy("user", 9.0, 2.0, 1e-5, sampling=0.5, helpers=3)
    assert privacy.figures_multiplier == 20.0
    noise = repeatable()
    sums = np.array([sum(privacy.noised_figures(np.zeros(3), noise) for _ in range(4)) for _ in range(2500)])
    assert sums.var() == pytest.approx((20.0**2 * 3) * 4 / 3, rel=0.1)
    # Three parties give the whole noise, which is what is said of a mean.
    assert privacy.noise_of_figures(50) == pytest.approx(np.sqrt(sums.var() * 3 / 4) / 50, rel=0.1)


def test_that_the_noise_does_not_move_the_sum():
    update = LocalUpdate(np.full((N, 1), 3.0, np.float32), 1, 1, 0.0)
    sent = Privacy("user", 1.0, 1.0, 1e-5).noised_update(update, 1, repeatable())
    assert sent.item_update.mean() == pytest.approx(3.0, abs=5 / np.sqrt(N))
