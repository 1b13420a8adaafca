"""PFedRec the naive way: one user after the other, one batch after the other, float64, a full item table per user.

Written from the paper, sharing with the product only the random draws (negatives and shuffling), because "same seed and
batches" is what the comparison is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from data.negatives import NegativeSampler, shuffle_keys
from data.partition import PartyData


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


@dataclass
class NaivePFedRec:
    data: PartyData  # all users, in one place
    items: np.ndarray
    w0: np.ndarray
    b0: float
    lr: float
    item_lr: float
    negatives: int
    batch_size: int
    local_epochs: int
    seed: int
    w: dict[int, np.ndarray] = field(default_factory=dict)
    b: dict[int, float] = field(default_factory=dict)
    tables: dict[int, np.ndarray] = field(default_factory=dict)
    loss: float = 0.0

    def __post_init__(self):
        self.items = self.items.astype(np.float64)
        for row in range(self.data.n_users):
            self.w[row], self.b[row] = self.w0.astype(np.float64), float(self.b0)

    def round(self, number):
        sampler = NegativeSampler(self.data, self.negatives, self.seed)
        drawn = sampler.round(number)
        losses, tables = [], []
        for row in range(self.data.n_users):
            start, stop = self.data.indptr[row], self.data.indptr[row + 1]
            samples = []
            for position in range(start, stop):
                samples.append((int(self.data.items[position]), 1.0))
                samples += [(int(item), 0.0) for item in drawn[position]]
            table = self.items.copy()
            for epoch in range(self.local_epochs):
                n = len(samples)
                keys = shuffle_keys(
                    self.seed, number, epoch, np.full(n, self.data.users[row], np.int32), np.arange(n, dtype=np.uint64)
                )
                order = sorted(range(n), key=lambda place, keys=keys: int(keys[place]))
                for first in range(0, n, self.batch_size):
                    batch = [samples[place] for place in order[first : first + self.batch_size]]
                    losses += self._step(row, table, batch)
            self.tables[row] = table
            tables.append(table)
        self.items = np.mean(tables, axis=0)
        self.loss = float(np.mean(losses))

    def _step(self, row, table, batch):
        losses = []
        grad_w, grad_b = np.zeros_like(self.w[row]), 0.0
        for item, label in batch:
            p = sigmoid(table[item] @ self.w[row] + self.b[row])
            losses.append(-np.log(p) if label else -np.log(1 - p))
            grad_w += (p - label) * table[item] / len(batch)
            grad_b += (p - label) / len(batch)
        self.w[row] = self.w[row] - self.lr * grad_w
        self.b[row] = self.b[row] - self.lr * grad_b
        grads = {}
        for item, label in batch:
            p = sigmoid(table[item] @ self.w[row] + self.b[row])
            grads[item] = grads.get(item, 0.0) + (p - label) * self.w[row] / len(batch)
        for item, grad in grads.items():
            table[item] -= self.item_lr * grad
        return losses
