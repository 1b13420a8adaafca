"""FCF: a private scoring vector for every user, solved in closed form; only the items' gradient is shared.

Federated collaborative filtering (Ammad-ud-din et al., "Federated Collaborative Filtering for Privacy-Preserving
Personalized Recommendation System", 2019, arXiv:1901.09888), with the weights of iALS: every observed pair counts 1
and every pair, observed or not, alpha (Hu, Koren and Volinsky, ICDM 2008; Rendle et al., "Revisiting the Performance of
iALS on Item Recommendation Benchmarks", RecSys 2022). With item embeddings Q [n_items, dim], user u with n_u train
items minimises over its scoring vector p

    L_u(p, Q) = 1/2 sum_{i in u} (1 - p.q_i)^2 + alpha/2 sum_i (p.q_i)^2
                + reg/2 (n_u + alpha n_items) |p|^2 + reg/2 sum_i ([i in u] + alpha) |q_i|^2,

which is a linear system of size dim. A party then sends the sum over its users of the gradient of L_u by Q, at their
p_u; because p_u is a minimum, that is the gradient of the minimum itself. The server divides row i by n_i + alpha
n_users, the weight of item i in the loss, and takes a step of its optimiser.

For scoring, a user may weigh what it touched last more than what it touched first (`recency_weight`): its scoring
vector is then solved a second time with weight 1 + recency_weight * 2^(-age / recency_half_life) for an observed
pair, age counting the user's later train items. This second vector is for scores only; what is sent does not depend
on it. (Ours; weighting by age is as old as Ding and Li, "Time Weight Collaborative Filtering", CIKM 2005.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData, by_length, train_items
from models.base import FloatArray, LocalModel, LocalUpdate, check_shapes, initial_items, taking_part
from models.clipping import Clip
from models.descriptor import HyperParameters, View
from models.explain import contributions
from models.fcf import FCFSettings

# Working memory of a chunk of users. By trial on ML-1M, dim 32, 2 threads: see `_bounds`.
CHUNK_BYTES = 16 * 2**20
# By trial on ML-100K: start values of this deviation, or of 0.01 to 0.3, reach the same figures within 40 rounds.
INITIAL_DEVIATION = 0.1


class LocalFCF(LocalModel):
    """The FCF users of one party.

    Scoring vectors belong to one item table: they are solved again when users train on, or score with, another. Private
    state: "p" [n, dim], the vectors as last solved, "scoring" [n, dim], those that weigh by recency (equal to p where
    nothing does), and "items" [n_items, dim], the table they were solved for.

    The loss reported is that of the observed pairs, (1 - p.q)^2, before the server's step; a sample is one train
    interaction. The unobserved pairs' part and the penalties are left out: they have no natural "per sample".
    """

    def __init__(self, data: PartyData, hyper: HyperParameters[FCFSettings]) -> None:
        # Inside, users are sorted by length so that a chunk's rectangle wastes little; `_inner` maps the party's rows
        # to these.
        self._data, self._outer = by_length(data)
        self._inner = np.argsort(self._outer)
        self._hyper = hyper
        self._lengths = np.diff(self._data.indptr).astype(np.int32)
        self._owner = np.repeat(np.arange(data.n_users, dtype=np.int32), self._lengths)
        self._p: FloatArray = np.zeros((data.n_users, hyper.dim), np.float32)
        self._scoring: FloatArray = self._p
        self._items: FloatArray = np.zeros((data.n_items, hyper.dim), np.float32)  # p = 0 is its solution
        self._once = np.ones(len(data.items), np.float32)
        # Train lists are in order of time, so an item's age is the number of items behind it.
        age = self._data.indptr[self._owner + 1] - 1 - np.arange(len(data.items))
        recent = hyper.own.recency_weight * np.exp2(-age / hyper.own.recency_half_life)
        self._recency = (1.0 + recent).astype(np.float32)

    @staticmethod
    def load() -> None:
        import models.fcf_ridge  # noqa: F401

    @staticmethod
    def initial_items(n_items: int, dim: int, seed: int) -> FloatArray:
        return (INITIAL_DEVIATION * initial_items(n_items, dim, seed)).astype(np.float32)

    def train_round(
        self,
        items: FloatArray,
        round_number: int,
        rows: NDArray[np.int64] | None = None,
        clip: Clip | None = None,
    ) -> LocalUpdate:
        from models import fcf_ridge

        self._solve_for(items)
        data, hyper = self._data, self._hyper
        takes_part = taking_part(data.n_users, None if rows is None else self._inner[rows])
        pair = np.nonzero(takes_part[self._owner])[0]
        weight = np.ones(data.n_users, np.float32)
        if clip is not None:
            weight = clip.factors(self._gradient_norms(items, clip))
        gradient = np.zeros_like(items)
        loss_sum = 0.0
        step = max(1, CHUNK_BYTES // (hyper.dim * 4))
        for start in range(0, len(pair), step):
            some = pair[start : start + step]
            part, loss = fcf_ridge.observed(items, self._p, data.items[some], self._owner[some], weight)
            gradient += part.numpy()
            loss_sum += float(loss)
        p, own = self._p[takes_part], weight[takes_part]
        counts = np.bincount(data.items[pair], weight[self._owner[pair]], minlength=data.n_items)
        penalty = (counts + hyper.own.alpha * float(own.sum(dtype=np.float64))).astype(np.float32)
        gradient += hyper.own.alpha * (items @ ((own[:, None] * p).T @ p)) + hyper.own.reg * penalty[:, None] * items
        return LocalUpdate(gradient.astype(np.float32), len(p), len(pair), loss_sum)

    def scores(
        self,
        rows: NDArray[np.int64],
        items: FloatArray,
        columns: NDArray[np.int32] | None = None,
        view: View | None = None,
    ) -> FloatArray:
        self._solve_for(items)
        p = self._scoring[self._inner[rows]]
        if columns is None:
            return np.asarray(p @ items.T)
        return np.asarray(np.einsum("ud,ucd->uc", p, items[np.maximum(columns, 0)]))

    def shown_score(self, score: NDArray[np.float64]) -> NDArray[np.float64]:
        # A score estimates the 0 or 1 of the observed and unobserved pairs directly.
        return np.clip(score, 0.0, 1.0)

    def own_items(self, row: int, items: FloatArray) -> FloatArray:
        return items

    def train_items(self, row: int) -> NDArray[np.int64]:
        return train_items(self._data, int(self._inner[row]))

    def reasons(self, row: int, items: FloatArray, columns: NDArray[np.int64]) -> FloatArray:
        return contributions(items, self.train_items(row), self._hyper, columns)

    @property
    def n_users(self) -> int:
        return self._data.n_users

    def validation_scores(self) -> tuple[FloatArray, FloatArray] | None:
        return None

    def private_state(self) -> dict[str, NDArray[np.generic]]:
        return {"p": self._p[self._inner], "scoring": self._scoring[self._inner], "items": self._items}

    def load_private_state(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        check_shapes(self.private_state(), state)
        self._p, self._scoring = (np.asarray(state[name], np.float32)[self._outer] for name in ("p", "scoring"))
        self._items = np.asarray(state["items"], np.float32)

    def _gradient_norms(self, items: FloatArray, clip: Clip) -> NDArray[np.float64]:
        """Return the norm of each user's gradient, [n], in the inner order; for L1, an upper bound.

        Row i of the gradient is a_i p + reg b_i q_i, with s_i = p.q_i and o_i = 1 where observed: a_i = alpha s_i - o_i
        (1 - s_i) and b_i = alpha + o_i. Its square is summed over all items from items' items, and corrected at the
        observed ones; the L1 norm is at most |a|_1 |p|_1 + reg sum_i b_i |q_i|_1.
        """
        data, alpha, reg, n = self._data, self._hyper.own.alpha, self._hyper.own.reg, self.n_users
        wide, p = items.astype(np.float64), self._p.astype(np.float64)
        rows = (wide**2 if clip.norm == "l2" else np.abs(wide)).sum(axis=1)
        if clip.norm == "l2":
            total = np.einsum("ud,de,ue->u", p, wide.T @ wide, p)  # sum of s_i^2 over all items
            squares, mixed, penalty = alpha**2 * total, alpha**2 * total, np.full(n, alpha**2 * rows.sum())
        else:
            squares, mixed, penalty = np.zeros(n), np.zeros(n), np.full(n, alpha * rows.sum())
            for first, last in self._dense_bounds():
                squares[first:last] = alpha * np.abs(self._p[first:last] @ items.T).sum(axis=1, dtype=np.float64)
        step = max(1, CHUNK_BYTES // (self._hyper.dim * 8))
        for start in range(0, len(data.items), step):
            item, owner = data.items[start : start + step], self._owner[start : start + step]
            s = np.einsum("kd,kd->k", p[owner], wide[item])
            a = alpha * s - (1.0 - s)
            if clip.norm == "l2":
                squares += np.bincount(owner, a**2 - (alpha * s) ** 2, n)
                mixed += np.bincount(owner, (1.0 + alpha) * a * s - (alpha * s) ** 2, n)
                penalty += np.bincount(owner, (1.0 + 2.0 * alpha) * rows[item], n)
            else:
                squares += np.bincount(owner, np.abs(a) - alpha * np.abs(s), n)
                penalty += np.bincount(owner, rows[item], n)
        if clip.norm == "l2":
            squared = squares * (p**2).sum(axis=1) + 2.0 * reg * mixed + reg**2 * penalty
            return np.asarray(np.sqrt(np.maximum(squared, 0.0)))
        return np.asarray(squares * np.abs(p).sum(axis=1) + reg * penalty)

    def _dense_bounds(self) -> Iterator[tuple[int, int]]:
        """Yield (first, last) of users whose scores of all items take about CHUNK_BYTES."""
        step = max(1, CHUNK_BYTES // (4 * self._data.n_items))
        for first in range(0, self.n_users, step):
            yield first, min(self.n_users, first + step)

    def _solve_for(self, items: FloatArray) -> None:
        """Make `_p` the scoring vectors for this item table, unless they are."""
        if np.array_equal(items, self._items):
            return
        p = self._solutions(items, self._once)
        self._scoring = p if self._hyper.own.recency_weight == 0 else self._solutions(items, self._recency)
        self._p, self._items = p, items.copy()

    def _solutions(self, items: FloatArray, weight: FloatArray) -> FloatArray:
        """Return scoring vectors of all users for an item table, [n, dim], their pairs weighted by `weight` [pairs]."""
        from models import fcf_ridge

        data, hyper = self._data, self._hyper
        gram = (hyper.own.alpha * (items.T @ items)).astype(np.float32)
        p = np.empty_like(self._p)
        for first, last in self._bounds():
            span = slice(data.indptr[first], data.indptr[last])
            lengths = self._lengths[first:last]
            items_of = data.items[span]
            solved = fcf_ridge.solve(items, gram, items_of, weight[span], lengths, hyper.own.alpha, hyper.own.reg)
            p[first:last] = solved.numpy()
        return p

    def _bounds(self) -> Iterator[tuple[int, int]]:
        """Yield (first, last) of chunks of users whose gathered rows and systems take about CHUNK_BYTES."""
        dim = self._hyper.dim
        first = 0
        while first < self.n_users:
            per_user = 4 * (int(self._lengths[first]) * dim + 3 * dim * dim)
            last = min(self.n_users, first + max(1, CHUNK_BYTES // per_user))
            yield first, last
            first = last
