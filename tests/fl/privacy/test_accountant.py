"""Epsilon against published values, closed forms and an accountant written here from the papers."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, optimize, special, stats

from data.errors import SettingsError
from fl.privacy.accountant import Accountant, epsilon_of_a_party, gaussian_epsilon, multiplier_for
from fl.privacy.mechanism import Privacy

ALONE = Privacy("user", 1.0, 1.0, 1e-5, figures=False)


def renyi_epsilon(q, multiplier, rounds, delta):
    """Mironov 2017 proposition 3 of the sampled Gaussian's integer orders (Mironov, Talwar and Zhang 2019, eq. 5)."""
    best = math.inf
    for order in range(2, 65):
        k = np.arange(order + 1)
        log_terms = (
            special.gammaln(order + 1)
            - special.gammaln(k + 1)
            - special.gammaln(order - k + 1)
            + (order - k) * math.log1p(-q)
            + k * math.log(q)
            + (k * k - k) / (2 * multiplier**2)
        )
        divergence = special.logsumexp(log_terms) / (order - 1)
        best = min(best, rounds * divergence + math.log(1 / delta) / (order - 1))
    return best


def test_that_dp_sgd_on_mnist_costs_what_was_published():
    """Noise 1.1, 256 of 60,000, 60 epochs, delta 1e-5: about 3.0 by Renyi (TensorFlow Privacy's tutorial: 3.01)."""
    q, rounds = 256 / 60_000, 60 * 60_000 // 256
    assert renyi_epsilon(q, 1.1, rounds, 1e-5) == pytest.approx(3.01, abs=0.02)
    ours = Accountant(replace(ALONE, noise_multiplier=1.1, sampling=q)).epsilon(rounds)
    # Privacy loss distributions are tighter: 2.38 (Google's accountant at its finest steps).
    assert ours == pytest.approx(2.382, abs=0.02)


@pytest.mark.parametrize("multiplier", [0.4, 1.0, 3.7, 40.0])
def test_that_one_round_of_gaussian_noise_costs_what_its_definition_says(multiplier):
    """delta = E[max(0, 1 - e^(epsilon - loss))] for the loss of two Gaussians 1 apart, integrated numerically."""

    def delta(epsilon):
        def positive_part(x):
            loss = (2 * x - 1) / (2 * multiplier**2)
            return stats.norm.pdf(x, 1, multiplier) * -math.expm1(min(0.0, epsilon - loss))

        start = 0.5 + epsilon * multiplier**2
        return integrate.quad(positive_part, start, start + 40 * multiplier, epsabs=1e-15, limit=200)[0]

    expected = optimize.brentq(lambda e: math.log(max(delta(e), 1e-300)) - math.log(1e-5), 1e-3, 60)
    assert gaussian_epsilon(multiplier, 1e-5) == pytest.approx(expected, rel=1e-4)
    assert Accountant(replace(ALONE, noise_multiplier=multiplier)).epsilon(1) == pytest.approx(expected, rel=1e-4)


def test_that_a_known_value_of_the_analytic_gaussian_mechanism_comes_out():
    """Balle and Wang's code gives multiplier 3.730632 for epsilon 1, delta 1e-5; the classic formula gives 4.84."""
    assert gaussian_epsilon(3.730632, 1e-5) == pytest.approx(1.0, abs=1e-5)


def test_that_rounds_of_everybody_compose_as_one_gaussian():
    account = Accountant(replace(ALONE, noise_multiplier=3.0))
    assert account.epsilon(9) == pytest.approx(gaussian_epsilon(1.0, 1e-5), rel=1e-9)
    assert account.epsilon(0) == 0.0


def test_that_figures_are_part_of_the_account():
    with_figures = Accountant(replace(ALONE, noise_multiplier=2.0, figures=True)).epsilon(10)
    information = 10 * (1 / 2.0**2 + 1 / 10.0**2)
    assert with_figures == pytest.approx(gaussian_epsilon(information**-0.5, 1e-5), rel=1e-9)
    assert 1.0 < with_figures / Accountant(replace(ALONE, noise_multiplier=2.0)).epsilon(10) < 1.04


def test_that_drawing_everybody_with_probability_one_is_drawing_nobody():
    everybody = Accountant(replace(ALONE, noise_multiplier=2.0)).epsilon(5)
    nearly = Accountant(replace(ALONE, noise_multiplier=2.0, sampling=0.999999)).epsilon(5)
    assert nearly == pytest.approx(everybody, rel=2e-3)
    few = Accountant(replace(ALONE, noise_multiplier=2.0, sampling=0.1)).epsilon(5)
    assert few < 0.2 * everybody


def test_that_sampled_rounds_cost_no_more_than_by_renyi_and_no_less_than_a_tenth_below():
    for q, multiplier, rounds in ((0.1, 1.0, 100), (0.02, 0.8, 500)):
        ours = Accountant(replace(ALONE, noise_multiplier=multiplier, sampling=q)).epsilon(rounds)
        published = renyi_epsilon(q, multiplier, rounds, 1e-5)
        assert 0.7 * published < ours < published


def test_that_local_noise_costs_no_more_than_the_sum_of_its_rounds():
    local = Privacy("local", 1.0, 4.0, 1e-5, figures=False)
    assert Accountant(local).epsilon(1) <= 0.25
    assert Accountant(local).epsilon(400) < 0.5 * 400 / 4.0  # advanced composition
    drawn = replace(local, sampling=0.1)
    assert Accountant(drawn).epsilon(3) == Accountant(local).epsilon(3)  # nothing claimed for the draw


def test_that_epsilon_grows_with_rounds_and_shrinks_with_noise():
    for privacy in (ALONE, replace(ALONE, sampling=0.2), replace(ALONE, method="local")):
        account = Accountant(privacy)
        values = [account.epsilon(rounds) for rounds in (1, 2, 5, 20)]
        assert values == sorted(values)
        assert Accountant(replace(privacy, noise_multiplier=2.0)).epsilon(5) < values[2]


@pytest.mark.parametrize("privacy", [ALONE, replace(ALONE, figures=True), replace(ALONE, sampling=0.2)])
def test_that_the_noise_found_is_the_least_that_keeps_the_budget(privacy):
    found = multiplier_for(privacy, 2.0, 20)
    spent = Accountant(replace(privacy, noise_multiplier=found)).epsilon(20)
    assert 1.95 < spent <= 2.0


def test_that_a_budget_nobody_can_keep_is_refused_with_a_sentence():
    with pytest.raises(SettingsError, match="cannot stay within epsilon 1e-06"):
        multiplier_for(ALONE, 1e-6, 1000)


def test_that_rounds_within_a_budget_are_counted():
    account = Accountant(replace(ALONE, noise_multiplier=3.0))
    rounds = account.rounds_within(4.0, 1000)
    assert account.epsilon(rounds) <= 4.0 < account.epsilon(rounds + 1)
    assert account.rounds_within(1e-3, 10) == 0


def test_that_epsilon_of_a_party_is_that_of_the_noise_it_cannot_take_off():
    shown = Privacy("user", 1.0, 2.0, 1e-5, helpers=4)
    # 3 of 4 equal parts of the variance are left.
    left = Accountant(replace(shown, noise_multiplier=2.0 * np.sqrt(0.75))).epsilon(10)
    assert epsilon_of_a_party(shown, 10) == pytest.approx(left)
    assert left > Accountant(shown).epsilon(10)
    # Never more rounds than the target allows.
    stopped = replace(shown, target_epsilon=Accountant(shown).epsilon(4) + 1e-9)
    assert epsilon_of_a_party(stopped, 10) == pytest.approx(epsilon_of_a_party(shown, 4))
    for same in (replace(shown, colluding=1), replace(shown, method="local"), replace(shown, helpers=1)):
        assert epsilon_of_a_party(same, 10) is None
