"""SeqFCF's sequence part the naive way: one user and one place after the other, float64, all items at each place.

Written from the docstrings of `models.sequence` and `models.seqfcf_local`; `loss` is their formula word for word, so
that the gradient can be checked against its finite differences. What was drawn of places and of values left out is
taken from the model: it is no arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.partition import PartyData

SHORT = [0.5**k for k in range(3)]
LONG = [0.9**k for k in range(20)]


@dataclass
class NaiveSequence:
    data: PartyData
    table: np.ndarray  # [n_items, 3 d + 1]: c, d, t, b
    reg: float

    @property
    def length(self):
        return (self.table.shape[1] - 1) // 3

    def parts(self, table):
        d = self.length
        return table[:, :d], table[:, d : 2 * d], table[:, 2 * d : 3 * d], table[:, 3 * d]

    def own(self, row):
        return self.data.items[self.data.indptr[row] : self.data.indptr[row + 1]].tolist()

    def context(self, table, before):
        """Of the items in a list in order of time."""
        short, long, _, _ = self.parts(table)
        h = np.zeros(self.length)
        for age, item in enumerate(reversed(before)):
            if age < len(SHORT):
                h = h + SHORT[age] / sum(SHORT) * short[item]
            if age < len(LONG):
                h = h + LONG[age] / sum(LONG) * long[item]
        return h

    def scores(self, table, h):
        _, _, t, b = self.parts(table)
        return np.array([h @ t[item] + b[item] for item in range(len(t))])

    def nearness(self, q, row):
        """How like the user's last items every item is, by cosines of FCF's rows."""
        unit = [x / np.sqrt(x @ x) for x in q.astype(np.float64)]
        last = list(zip(SHORT, reversed(self.own(row)), strict=False))  # as many as there are
        return np.array([sum(s / sum(SHORT) * (unit[i] @ x) for s, i in last) for x in unit])

    def loss(self, table, row, drawn):
        """A user's loss.

        drawn: (number of the place in the user's list, what each value of h is multiplied with, the group's items).
        """
        total = 0.0
        for place, kept, group in drawn:
            own = self.own(row)
            s = self.scores(table, self.context(table, own[:place]) * kept)
            others = [item for item in group if item != own[place]]
            rest = (len(table) - 1) / len(others) * np.sum(np.exp(s[others]))
            total += np.log(np.exp(s[own[place]]) + rest) - s[own[place]]
        short, long, t, _ = self.parts(table)
        penalty = (short**2).sum() + (long**2).sum() + (t**2).sum()
        return total + self.reg / (2 * len(table)) * penalty
