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

For scoring, a user may weigh what it touched last more than what it touched first (`recency_weight`): its vector
for scores is then solved beside p with weight 1 + recency_weight * 2^(-age / recency_half_life) for an observed
pair, age counting the user's later train items. This second vector is for scores only; what is sent does not depend
on it. (Ours; weighting by age is as old as Ding and Li, "Time Weight Collaborative Filtering", CIKM 2005.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from data.genres import Genres, label_columns
from data.partition import PartyData, train_items
from models import threads
from models.base import FloatArray, LocalModel, LocalUpdate, check_shapes, initial_items, taking_part
from models.clipping import Clip
from models.descriptor import HyperParameters, View
from models.explain import contributions
from models.fcf import FCFSettings
from models.item_table import is_fixed

# Working memory of what is worked out for a chunk of pairs or users, where a norm is to be clipped.
CHUNK_BYTES = 16 * 2**20
# By trial on ML-100K: start values of this deviation, or of 0.01 to 0.3, reach the same figures within 40 rounds.
INITIAL_DEVIATION = 0.1


class Solutions:
    """The users' vectors for one item table; of whom they are known, and of whom still to be solved.

    Attributes:
        items: [n_items, dim], the table; nobody writes to it.
        vectors: [n, dim]; rows of users who are not known yet are of an earlier table.
        known: bool [n].
    """

    def __init__(self, n_users: int, n_items: int, dim: int) -> None:
        # Of a table of zeros, vectors of zeros are the solution.
        self.items: FloatArray = np.zeros((n_items, dim), np.float32)
        self.vectors: FloatArray = np.zeros((n_users, dim), np.float32)
        self.known = np.ones(n_users, np.bool_)

    def turn_to(self, items: FloatArray) -> None:
        """Take another table, unless it is the same; then nobody's vector is known."""
        if items is self.items:
            return
        if not np.array_equal(items, self.items):
            self.items, self.known = np.array(items, np.float32, order="C"), np.zeros_like(self.known)
        elif is_fixed(items):  # then the next look is short, and who asks several parties has one table in memory
            self.items = items


class LocalFCF(LocalModel):
    """The FCF users of one party.

    Vectors belong to one item table: they are solved again when users train on, or score with, another, and of those
    users alone. Those for scores are solved only when scores are asked for, together with p.

    Private state: "scoring" [n, dim], the vectors for scores (p itself where nothing weighs by recency), and "items"
    [n_items, dim], the table they were solved for. The p of a table follow from it, bit by bit.

    The loss reported is that of the observed pairs, (1 - p.q)^2, before the server's step; a sample is one train
    interaction. The unobserved pairs' part and the penalties are left out: they have no natural "per sample".
    """

    per_user: ClassVar[tuple[str, ...]] = ("p", "scoring")  # "p" in files of an older program

    def __init__(self, data: PartyData, hyper: HyperParameters[FCFSettings]) -> None:
        self._data, self._hyper = data, hyper
        self._lengths = np.diff(data.indptr)
        owner = self._owner()
        # The same pairs, item by item; the users of an item in the order of their rows.
        by_item = np.argsort(data.items, kind="stable")
        self._owners = owner[by_item]
        self._by_item = np.concatenate([[0], np.cumsum(np.bincount(data.items, minlength=data.n_items))])
        self._p = Solutions(data.n_users, data.n_items, hyper.dim)
        self._scoring, self._extra = self._p, np.zeros(0, np.float32)
        if hyper.own.recency_weight > 0:
            self._scoring = Solutions(data.n_users, data.n_items, hyper.dim)
            # Train lists are in order of time, so an item's age is the number of items behind it.
            age = data.indptr[owner + 1] - 1 - np.arange(len(data.items))
            extra = hyper.own.recency_weight * np.exp2(-age / hyper.own.recency_half_life)
            # What float32 cannot tell from nothing, beside the 1 of the pair, is nothing.
            self._extra = np.where(extra < np.finfo(np.float32).eps / 2, 0.0, extra).astype(np.float32)

    @staticmethod
    def load() -> None:
        import models.fcf_ridge  # noqa: F401

    @staticmethod
    def initial_items(n_items: int, hyper: HyperParameters[Any], labels: Genres = ()) -> FloatArray:
        small: FloatArray = (INITIAL_DEVIATION * initial_items(n_items, hyper.dim, hyper.seed)).astype(np.float32)
        if hyper.own.item_start == "genres" and any(labels):
            known = label_columns(labels, hyper.dim)
            small[:, : known.shape[1]] = INITIAL_DEVIATION * known
        return small

    def train_round(
        self,
        items: FloatArray,
        round_number: int,
        rows: NDArray[np.int64] | None = None,
        clip: Clip | None = None,
    ) -> LocalUpdate:
        from models import fcf_ridge

        data, own = self._data, self._hyper.own
        takes_part = taking_part(data.n_users, rows)
        self._solve(takes_part, items)
        p, table = self._p.vectors, self._p.items
        weight = np.ones(data.n_users, np.float32)
        if clip is not None:
            weight = clip.factors(self._gradient_norms(table, clip))
        gradient: FloatArray = np.empty_like(table)
        counts, losses = np.empty(data.n_items), np.empty(data.n_items)

        def work_out(first: int, last: int) -> None:
            fcf_ridge.gradient_of_items(
                first, last, self._by_item, self._owners, table, p, takes_part, weight, gradient, counts, losses
            )

        threads.spread(1 + np.diff(self._by_item), work_out)
        there, its_weight = p[takes_part], weight[takes_part]
        penalty = (counts + own.alpha * float(its_weight.sum(dtype=np.float64))).astype(np.float32)
        gradient += own.alpha * (table @ ((its_weight[:, None] * there).T @ there))
        gradient += own.reg * penalty[:, None] * table
        return LocalUpdate(
            item_update=gradient,
            n_users=len(there),
            n_samples=int(self._lengths[takes_part].sum()),
            loss_sum=float(losses.sum()),
        )

    def scores(
        self,
        rows: NDArray[np.int64],
        items: FloatArray,
        columns: NDArray[np.int32] | None = None,
        view: View | None = None,
    ) -> FloatArray:
        if columns is None:
            return np.asarray(self.vectors_for_scores(rows, items) @ self._scoring.items.T)
        from models import fcf_ridge

        self._solve(taking_part(self.n_users, rows), items, for_scores=True)
        vectors, table = self._scoring.vectors, self._scoring.items
        wanted = np.ascontiguousarray(columns, np.int32)
        score: FloatArray = np.empty(wanted.shape, np.float32)
        threads.spread(
            np.ones(len(rows), np.int64),
            lambda first, last: fcf_ridge.products(first, last, rows, wanted, table, vectors, score),
        )
        return score

    def vectors_for_scores(self, rows: NDArray[np.int64], items: FloatArray) -> FloatArray:
        """Return the vectors that users score items with, [len(rows), dim], solved for this table if they are not."""
        self._solve(taking_part(self.n_users, rows), items, for_scores=True)
        return np.asarray(self._scoring.vectors[rows])

    def shown_score(self, score: NDArray[np.float64]) -> NDArray[np.float64]:
        # A score estimates the 0 or 1 of the observed and unobserved pairs directly.
        return np.clip(score, 0.0, 1.0)

    def own_items(self, row: int, items: FloatArray) -> FloatArray:
        return items

    def train_items(self, row: int) -> NDArray[np.int64]:
        return train_items(self._data, row)

    def reasons(self, row: int, items: FloatArray, columns: NDArray[np.int64]) -> FloatArray:
        return contributions(items, self.train_items(row), self._hyper, columns)

    @property
    def n_users(self) -> int:
        return self._data.n_users

    def validation_scores(self) -> tuple[FloatArray, FloatArray] | None:
        return None

    def private_state(self) -> dict[str, NDArray[np.generic]]:
        self._solve(np.ones(self.n_users, np.bool_), self._scoring.items, for_scores=True)
        return {"scoring": self._scoring.vectors, "items": self._scoring.items}

    def load_private_state(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        # An older program's files have the p as well.
        state = {name: array for name, array in state.items() if name != "p"}
        check_shapes(self.private_state(), state)
        solutions = self._scoring
        solutions.vectors, solutions.items = (np.array(state[name], np.float32) for name in ("scoring", "items"))
        solutions.known = np.ones(self.n_users, np.bool_)

    def _gradient_norms(self, items: FloatArray, clip: Clip) -> NDArray[np.float64]:
        """Return the norm of each user's gradient, [n]; for L1, an upper bound.

        Row i of the gradient is a_i p + reg b_i q_i, with s_i = p.q_i and o_i = 1 where observed: a_i = alpha s_i - o_i
        (1 - s_i) and b_i = alpha + o_i. Its square is summed over all items from items' items, and corrected at the
        observed ones; the L1 norm is at most |a|_1 |p|_1 + reg sum_i b_i |q_i|_1.
        """
        data, alpha, reg, n = self._data, self._hyper.own.alpha, self._hyper.own.reg, self.n_users
        owners = self._owner()
        wide, p = items.astype(np.float64), self._p.vectors.astype(np.float64)
        rows = (wide**2 if clip.norm == "l2" else np.abs(wide)).sum(axis=1)
        if clip.norm == "l2":
            total = np.einsum("ud,de,ue->u", p, wide.T @ wide, p)  # sum of s_i^2 over all items
            squares, mixed, penalty = alpha**2 * total, alpha**2 * total, np.full(n, alpha**2 * rows.sum())
        else:
            squares, mixed, penalty = np.zeros(n), np.zeros(n), np.full(n, alpha * rows.sum())
            for first, last in self._dense_bounds():
                score = self._p.vectors[first:last] @ items.T
                squares[first:last] = alpha * np.abs(score).sum(axis=1, dtype=np.float64)
        step = max(1, CHUNK_BYTES // (self._hyper.dim * 8))
        for start in range(0, len(data.items), step):
            item, owner = data.items[start : start + step], owners[start : start + step]
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

    def _owner(self) -> NDArray[np.int32]:
        """Return the row of the user of each pair, [pairs], in the order of the data."""
        return np.repeat(np.arange(self.n_users, dtype=np.int32), self._lengths)

    def _solve(self, wanted: NDArray[np.bool_], items: FloatArray, for_scores: bool = False) -> None:
        """Make the vectors of the users wanted known for an item table: p, or those for scores and p with them.

        Args:
            wanted: bool [n].
            items: [n_items, dim].
            for_scores: whether vectors for scores are wanted, and not p alone.
        """
        asked = self._scoring if for_scores else self._p
        asked.turn_to(items)
        users = np.flatnonzero(wanted & ~asked.known)
        if not len(users):
            return
        from models import fcf_ridge

        self._p.turn_to(items)
        data, own, table = self._data, self._hyper.own, asked.items
        gram = (own.alpha * (table.T @ table)).astype(np.float32)

        def solve(first: int, last: int) -> None:
            fcf_ridge.solve_users(
                users,
                first,
                last,
                data.indptr,
                data.items,
                self._extra,
                table,
                gram,
                own.reg,
                own.alpha * data.n_items,
                asked is not self._p,
                self._p.vectors,
                self._scoring.vectors,
            )

        # A pair costs dim^2 steps, a solution dim^3 / 3 and more.
        threads.spread(self._lengths[users] + self._hyper.dim, solve)
        self._p.known[users] = asked.known[users] = True
