"""FedRAP the naive way: one user after the other, full tables, float64, the loss's gradient sample by sample.

Written from the paper and the docstring of `models.fedrap`, sharing with the product only the random draws.
"""

from __future__ import annotations

import numpy as np

from data.negatives import NegativeSampler, shuffle_keys


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


class NaiveFedRAP:
    def __init__(self, data, hyper, items, personal, w0, b0):
        self.data, self.hyper = data, hyper
        self.items = items.astype(np.float64)
        self.w = np.tile(w0.astype(np.float64), (data.n_users, 1))
        self.b = np.full(data.n_users, float(b0))
        self.personal = np.tile(personal.astype(np.float64), (data.n_users, 1, 1))
        self.loss = 0.0

    def round(self, number, rows=None):
        hyper, data = self.hyper, self.data
        drawn = NegativeSampler(data, hyper.own.negatives, hyper.seed).round(number)
        tables, losses, weights = [], [], []
        for row in range(data.n_users) if rows is None else rows:
            samples = []
            for position in range(data.indptr[row], data.indptr[row + 1]):
                samples.append((int(data.items[position]), 1.0))
                samples += [(int(item), 0.0) for item in drawn[position]]
            n = len(samples)
            common, step = self.items.copy(), 0
            for epoch in range(hyper.own.local_epochs):
                users, places = np.full(n, data.users[row], np.int32), np.arange(n, dtype=np.uint64)
                keys = shuffle_keys(hyper.seed, number, epoch, users, places)
                order = sorted(range(n), key=lambda place, keys=keys: int(keys[place]))
                for first in range(0, n, hyper.batch_size):
                    batch = [samples[place] for place in order[first : first + hyper.batch_size]]
                    common, some = self.step(row, common, batch, number, step)
                    losses += some
                    step += 1
            tables.append(common)
            weights.append(n * hyper.own.local_epochs if hyper.averaging == "samples" else 1)
        self.items = np.average(tables, axis=0, weights=weights)
        self.loss = float(np.mean(losses))

    def step(self, row, common, batch, number, step):
        hyper = self.hyper
        schedule = np.tanh((number - 1) / 10) if hyper.own.weight_schedule == "tanh" else 1.0
        lam, mu = hyper.own.distance_weight * schedule, hyper.own.sparsity_weight * schedule
        rate = hyper.own.learning_rate * hyper.lr_decay ** (number - 1) * 0.95**step
        item_rate = hyper.own.item_learning_rate * hyper.lr_decay ** (number - 1) * 0.95**step
        personal, w, b, dim = self.personal[row], self.w[row], self.b[row], hyper.dim
        grad_p, grad_c = np.zeros_like(personal), np.zeros_like(common)
        grad_w, grad_b = np.zeros_like(w), 0.0
        losses = []
        for item, label in batch:
            x = personal[item] + common[item]
            p = sigmoid(x @ w + b)
            losses.append(-np.log(p) if label else -np.log(1 - p))
            error = (p - label) / len(batch)
            grad_w += error * x
            grad_b += error
            apart = 2 * lam * (personal[item] - common[item]) / (len(batch) * dim)
            grad_p[item] += error * w - apart
            grad_c[item] += error * w + apart + mu * np.sign(common[item]) / (len(batch) * dim)
        l2 = hyper.own.weight_decay
        self.w[row] = w - rate * (grad_w + l2 * w)
        self.b[row] = b - rate * (grad_b + l2 * b)
        self.personal[row] = personal - item_rate * (grad_p + l2 * personal)
        return common - item_rate * (grad_c + l2 * common), losses
