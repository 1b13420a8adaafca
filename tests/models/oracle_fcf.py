"""FCF the naive way: one user after the other, float64, a dense solve, the gradient summed pair by pair.

Written from the loss in the docstring of `models.fcf`; `loss` is that formula word for word, so that the gradient can
be checked against its finite differences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.partition import PartyData


@dataclass
class NaiveFCF:
    data: PartyData  # all users, in one place
    items: np.ndarray
    alpha: float
    reg: float
    rate: float = 0.1
    m: np.ndarray | float = 0.0
    v: np.ndarray | float = 1e-3**2

    def __post_init__(self):
        self.items = self.items.astype(np.float64)
        self.p = np.zeros((self.data.n_users, self.items.shape[1]))
        self.mean_loss = 0.0

    def own(self, row):
        return self.data.items[self.data.indptr[row] : self.data.indptr[row + 1]]

    def solve(self, row):
        n_items, dim = self.items.shape
        system = self.alpha * self.items.T @ self.items
        right = np.zeros(dim)
        for item in self.own(row):
            system += np.outer(self.items[item], self.items[item])
            right += self.items[item]
        system += self.reg * (len(self.own(row)) + self.alpha * n_items) * np.eye(dim)
        return np.linalg.solve(system, right)

    def loss(self, row, p, items):
        """L_u(p, Q)."""
        own = self.own(row)
        observed = sum((1 - p @ items[item]) ** 2 for item in own)
        everything = sum((p @ item) ** 2 for item in items)
        ridge_p = (len(own) + self.alpha * len(items)) * (p @ p)
        ridge_q = sum(((i in own) + self.alpha) * (item @ item) for i, item in enumerate(items))
        return 0.5 * (observed + self.alpha * everything + self.reg * (ridge_p + ridge_q))

    def gradient(self, row, p):
        """Of `loss` by the items."""
        own = set(self.own(row).tolist())
        result = np.zeros_like(self.items)
        for i, q in enumerate(self.items):
            result[i] = self.alpha * (p @ q) * p + self.reg * self.alpha * q
            if i in own:
                result[i] += -(1 - p @ q) * p + self.reg * q
        return result

    def round(self, rows=None):
        """One round of the users in `rows`, with a step of FedAdam (beta 0.9 and 0.99, tau 1e-3)."""
        everyone = range(self.data.n_users)
        rows = list(everyone if rows is None else rows)
        self.p = np.array([self.solve(row) for row in everyone])
        gradient = sum(self.gradient(row, self.p[row]) for row in rows)
        squares = [(1 - self.p[row] @ self.items[item]) ** 2 for row in rows for item in self.own(row)]
        self.mean_loss = float(np.mean(squares))
        counts = np.bincount(self.data.items, minlength=len(self.items))
        weight = (counts + self.alpha * self.data.n_users) * len(rows) / self.data.n_users
        change = -gradient / weight[:, None]
        self.m = 0.9 * self.m + 0.1 * change
        self.v = 0.99 * self.v + 0.01 * change**2
        self.items = self.items + self.rate * self.m / (np.sqrt(self.v) + 1e-3)
