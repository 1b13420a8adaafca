"""The draw of the users who take part in a round.

It is a pure function of (seed, round, the user's dense id): it does not depend on which party holds the user, every
party can compute it for its own users, and a resumed run draws the same users as an uninterrupted one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data import rng

SamplingMethod = Literal["fixed", "poisson"]


@dataclass(frozen=True)
class ClientSampling:
    """A rule by which the users of a round are drawn.

    Attributes:
        amount: up to 1, the share of all users; above 1, their number. 1 means everyone.
        method: "fixed" draws the same number every round, without replacement. "poisson" lets each user take part with
            the same probability, independently of the others, so that the number differs from round to round and can
            be 0: the sampling that the accounting of differential privacy assumes.
        minimum: a party of whose users fewer than this are drawn sits the round out: with very few users, its update is
            nearly one user's.
    """

    amount: float = 1.0
    method: SamplingMethod = "fixed"
    minimum: int = 1

    def expected(self, n_users: int) -> int:
        """Return how many of n_users a fixed-size draw takes: at least 1, at most all."""
        wanted = self.amount * n_users if self.amount <= 1 else self.amount
        return min(n_users, max(1, round(wanted)))

    def everyone(self, n_users: int) -> bool:
        """Return whether all users take part in every round."""
        return self.amount == 1 or (self.amount > 1 and self.amount >= n_users)

    def rows(self, users: NDArray[np.int32], n_users: int, seed: int, round_number: int) -> NDArray[np.int64]:
        """Return the rows of `users` whose users take part in a round: int64, ascending.

        Args:
            users: [n] dense (global) ids of a party's users.
            n_users: users of all parties; ids are 0..n_users-1.
            seed: seed of the run.
            round_number: from 1.
        """
        if self.everyone(n_users):
            return np.arange(len(users))
        prefix = rng.key(rng.FOR_CLIENTS, seed, round_number)
        own = rng.keys(prefix, users)
        if self.method == "poisson":
            share = self.amount if self.amount <= 1 else self.amount / n_users
            return self.enough(np.nonzero(rng.unit(rng.draw(own, np.zeros(len(own), np.uint64))) < share)[0])
        # The keys of different users differ (`rng.key`), so there are no ties at the threshold.
        m = self.expected(n_users)
        threshold = np.partition(rng.keys(prefix, np.arange(n_users)), m - 1)[m - 1]
        return self.enough(np.nonzero(own <= threshold)[0])

    def enough(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the users drawn from one party, or none of them where they are fewer than the minimum."""
        return rows if len(rows) >= self.minimum else rows[:0]

    def plausible(self, counted: int, n_users: int, present: int | None = None) -> bool:
        """Return whether a round can have had this many users.

        Args:
            counted: users of the round.
            n_users: all users.
            present: users of the parties that are left; None for all.
        """
        present = n_users if present is None else present
        if self.everyone(n_users):
            return counted == present
        if self.method == "fixed" and present == n_users and self.minimum <= 1:
            return counted == self.expected(n_users)
        return 0 <= counted <= min(present, self.expected(n_users) if self.method == "fixed" else present)
