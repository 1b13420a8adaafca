"""The account of what a run has revealed of any one user: (epsilon, delta) over all rounds so far.

A round is two mechanisms on the same users, one after the other: the update, by the users drawn for it, and the
validation figures, by all. What is composed is stated in `fl.privacy.mechanism`.

- Everybody takes part: rounds of Gaussian noise are one Gaussian mechanism with a smaller multiplier, whose epsilon is
  exact (Balle and Wang, "Improving the Gaussian Mechanism for Differential Privacy", ICML 2018, theorem 8).
- Users are drawn independently (Poisson): privacy loss distributions of `dp_accounting` (Google), whose discretisation
  errs on the safe side (Koskela et al. 2020; Doroshenko et al. 2022). This counts on the draw being secret.
- Local Laplace noise: Renyi differential privacy of `dp_accounting` (Mironov 2017), or the sum of the rounds' epsilons
  where that is smaller. A user drawn or not: no amplification is claimed.

`dp_accounting` and SciPy take a fifth of what the program imports to train, so only an account with noise imports them.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from data.errors import SettingsError
from data.sentences import say
from fl.privacy.mechanism import Privacy

# Of privacy loss distributions. By trial, q 0.1, multiplier 1, 100 rounds: 1e-4 gives 7.046, 1e-3 7.047.
_STEP = 1e-3
_LEAST = 0.3


class Accountant:
    """An account of the epsilon of a number of rounds of one mechanism."""

    def __init__(self, privacy: Privacy) -> None:
        self.privacy = privacy
        self._known: dict[int, float] = {0: 0.0}

    def epsilon(self, rounds: int) -> float:
        """Return epsilon of so many rounds together, at the mechanism's delta."""
        if rounds not in self._known:
            self._known[rounds] = self._epsilon(rounds)
        return self._known[rounds]

    def rounds_within(self, epsilon: float, most: int) -> int:
        """Return how many rounds, at most `most`, stay within this epsilon."""
        low, high = 0, most
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.epsilon(middle) <= epsilon else (low, middle - 1)
        return low

    def _epsilon(self, rounds: int) -> float:
        p = self.privacy
        if p.method == "local":
            return self._local(rounds)
        # With so little noise that nobody is protected, the distribution's support grows without bound: nothing is
        # claimed for the draw then, which is safe.
        if p.sampling >= 1.0 or p.noise_multiplier < _LEAST:
            information = 1.0 / p.noise_multiplier**2
            if p.figures:
                information += 1.0 / p.figures_multiplier**2
            return gaussian_epsilon(1.0 / math.sqrt(rounds * information), p.delta)
        return float(self._round.self_compose(rounds).get_epsilon_for_delta(p.delta))

    @cached_property
    def _round(self) -> Any:
        from dp_accounting.pld import privacy_loss_distribution as pld

        p = self.privacy
        drawn = pld.from_gaussian_mechanism(
            p.noise_multiplier, value_discretization_interval=_STEP, sampling_prob=p.sampling
        )
        if not p.figures:
            return drawn
        return drawn.compose(pld.from_gaussian_mechanism(p.figures_multiplier, value_discretization_interval=_STEP))

    def _local(self, rounds: int) -> float:
        import dp_accounting
        from dp_accounting import rdp

        p = self.privacy
        account = rdp.RdpAccountant()
        account.compose(dp_accounting.LaplaceDpEvent(p.noise_multiplier), rounds)
        simple = rounds / p.noise_multiplier
        if p.figures:
            account.compose(dp_accounting.GaussianDpEvent(p.figures_multiplier), rounds)
            simple += gaussian_epsilon(p.figures_multiplier / math.sqrt(rounds), p.delta)
        return min(simple, float(account.get_epsilon(p.delta)))


@lru_cache(maxsize=8)
def account_of(privacy: Privacy) -> Accountant:
    """Return the account of a mechanism, the same each time: what a round costs takes long to find for drawn users."""
    return Accountant(privacy)


def gaussian_epsilon(multiplier: float, delta: float) -> float:
    """Return the smallest epsilon of one Gaussian mechanism: noise of `multiplier` times what one user can change.

    delta(epsilon) = Phi(1 / 2s - epsilon s) - e^epsilon Phi(-1 / 2s - epsilon s), which falls with epsilon.
    """
    from scipy.special import log_ndtr

    def reached(epsilon: float) -> bool:
        first = float(log_ndtr(0.5 / multiplier - epsilon * multiplier))
        second = epsilon + float(log_ndtr(-0.5 / multiplier - epsilon * multiplier))
        # log(e^first - e^second); second < first always, up to rounding.
        return second >= first or first + math.log1p(-math.exp(second - first)) <= math.log(delta)

    if reached(0.0):
        return 0.0
    low, high = 0.0, 1.0
    while not reached(high):
        low, high = high, 2.0 * high
    while high - low > 1e-9 * max(1.0, high):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def epsilon_of_a_party(privacy: Privacy, rounds: int) -> float | None:
    """Return epsilon against a party that takes its own noise off every sum, after that many rounds.

    Rounds beyond those the target allows do not count.

    None where there is no other party, and where it is the epsilon shown: noise that accounts for colluding parties,
    and local noise, which every user has in full.
    """
    if privacy.method == "local" or privacy.colluding > 0 or privacy.helpers == 1:
        return None
    if math.isfinite(privacy.target_epsilon):
        rounds = account_of(privacy).rounds_within(privacy.target_epsilon, rounds)
    left = math.sqrt((privacy.helpers - 1) / privacy.helpers)
    return account_of(replace(privacy, noise_multiplier=left * privacy.noise_multiplier)).epsilon(rounds)


def multiplier_for(privacy: Privacy, epsilon: float, rounds: int) -> float:
    """Return the smallest noise multiplier, to half a percent, with which that many rounds stay within epsilon.

    Args:
        privacy: the mechanism; its own multiplier does not matter.
        epsilon: above 0.
        rounds: at least 1.

    Raises:
        SettingsError: no multiplier up to 10,000 is enough.
    """

    def enough(multiplier: float) -> bool:
        return Accountant(replace(privacy, noise_multiplier=multiplier)).epsilon(rounds) <= epsilon

    low, high = 0.05, 1.0
    while not enough(high):
        low, high = high, 2.0 * high
        if high > 10_000:
            raise SettingsError(
                say(
                    "privacy.rounds-cannot-stay-within",
                    "{rounds} rounds cannot stay within epsilon {epsilon:g} at delta {delta:g}.",
                    rounds=rounds,
                    epsilon=epsilon,
                    delta=privacy.delta,
                ),
                say("privacy.train-fewer-rounds-allow", "Train fewer rounds, or allow a larger epsilon."),
            )
    while high / low > 1.005:
        middle = math.sqrt(low * high)
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
