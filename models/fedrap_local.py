"""FedRAP: a common item table that is averaged, plus a personal one that stays, added row by row.

Li, Long and Zhou, "Federated Recommendation with Additive Personalization", ICLR 2024. A user scores item i with
sigmoid(w . (c_i + d_i) + b): c the common row, d the personal row, w and b the scoring function. In each round a user
takes the common table and minimises by SGD on mini-batches, all its parameters in one step,

    mean cross-entropy - lambda * mean (d - c)^2 + mu * mean |c|,

the two last means over the rows of the batch, sample by sample. Both weights may follow a schedule over the rounds. As
in the authors' code, every step also shrinks every parameter by its step size times weight_decay, and the step sizes
fall by 5% per step within a round; their stop of the local epochs at a small change of the loss is left out.

What is stored. Personal tables start equal for all users. A row that a user never had in a batch has only been shrunk,
so it is d_i = shrink_u * start_i with one number per user: exact, and no such row is stored. Rows that were ever in a
batch are stored as float32. Because negatives are drawn anew each round these become more from round to round: on
ML-1M the limit is users * items * dim * 4 bytes = 2.9 GB over all parties, and most of it is reached in 10 rounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.negatives import NegativeSampler
from data.partition import PartyData, train_items
from models import threads
from models.base import FloatArray, LocalModel, LocalUpdate, initial_scoring, misfit, taking_part
from models.clipping import Clip
from models.descriptor import HyperParameters, View
from models.fedrap import FedRAPSettings


class LocalFedRAP(LocalModel):
    """The FedRAP users of one party.

    Private state: "w" [n, dim], "b" [n], "shrink" [n], and the stored personal rows: "stored" int64 [n], how many each
    user has, "ids" int32 [m], of which items, "place" int32 [m], which of the rows, and "rows" float32 [m, dim]. The
    arrays are the model's own, not copies: they are the largest thing that a party has.

    The loss reported is the cross-entropy alone. View "personal" scores with common + personal rows, "global" with the
    common rows alone.
    """

    # Its private state is the largest there is, its rounds are short: loading trains at most 9 of them again.
    checkpoint_every: ClassVar[int] = 10
    per_user: ClassVar[tuple[str, ...]] = ("w", "b", "shrink", "stored")
    taken_over: ClassVar[Mapping[str, str]] = {name: name for name in per_user}
    # Stored rows of the first users stand first, and the start of an item is the same with more items behind it.
    taken_whole: ClassVar[tuple[str, ...]] = ("ids", "place", "rows")

    def __init__(self, data: PartyData, hyper: HyperParameters[FedRAPSettings]) -> None:
        self._data, self._hyper = data, hyper
        self._sampler = NegativeSampler(data, hyper.own.negatives, hyper.seed)
        n = data.n_users
        w, b = initial_scoring(hyper.dim, hyper.seed)
        self._w: FloatArray = np.tile(w, (n, 1))
        self._b: FloatArray = np.full((n, 1), b, np.float32)
        self._shrink: FloatArray = np.ones(n, np.float32)
        self._start: FloatArray = initial_personal(data.n_items, hyper.dim, hyper.seed)
        # The stored rows of user u are rows[place[k]], of items item[k], for k in indptr[u] .. indptr[u + 1] - 1.
        self._indptr = np.zeros(n + 1, np.int64)
        self._item = np.zeros(0, np.int32)
        self._place = np.zeros(0, np.int32)
        self._rows: FloatArray = np.zeros((0, hyper.dim), np.float32)

    @staticmethod
    def load() -> None:
        import models.fedrap_sgd  # noqa: F401

    def train_round(
        self,
        items: FloatArray,
        round_number: int,
        rows: NDArray[np.int64] | None = None,
        clip: Clip | None = None,
    ) -> LocalUpdate:
        from models import fedrap_sgd

        data, hyper = self._data, self._hyper
        takes_part = taking_part(self.n_users, rows)
        drawn = self._sampler.round(round_number)
        samples = np.diff(data.indptr) * (1 + hyper.own.negatives)
        skipped = self._sampler.n_allowed == 0  # such a user has no negatives
        samples[skipped] = np.diff(data.indptr)[skipped]
        samples = np.where(takes_part, samples, 0) * hyper.own.local_epochs
        weight = samples if hyper.averaging == "samples" else takes_part

        new = fedrap_sgd.count_new_rows(
            data.indptr, data.items, drawn, takes_part, self._indptr, self._item, data.n_items
        )
        new_indptr = np.concatenate([[0], np.cumsum(new)])
        new_item = np.empty(new_indptr[-1], np.int32)
        # In place: a copy would need all the memory twice. Nobody else holds on to the array, see `private_state`.
        self._rows.resize((len(self._rows) + len(new_item), hyper.dim), refcheck=False)
        prefixes = np.array(
            [rng.key(rng.FOR_SHUFFLE, hyper.seed, round_number, epoch) for epoch in range(hyper.own.local_epochs)],
            np.uint64,
        )

        def train(first: int, last: int) -> tuple[float, NDArray[np.float64]]:
            update = np.zeros(items.shape, np.float64)
            loss: float = fedrap_sgd.train_users(
                first,
                last,
                items,
                data.users,
                data.indptr,
                data.items,
                drawn,
                takes_part,
                weight.astype(np.float32),
                self._w,
                self._b,
                self._shrink,
                self._start,
                self._indptr,
                self._item,
                self._place,
                self._rows,
                new_indptr,
                new_item,
                self._settings(round_number),
                hyper.batch_size,
                prefixes,
                0.0 if clip is None else clip.allowed,
                clip is None or clip.norm == "l2",
                update,
            )
            return loss, update

        parts = threads.spread(samples, train)
        self._indptr, self._item, self._place = fedrap_sgd.merge_stored(
            self._indptr, self._item, self._place, new_indptr, new_item
        )
        return LocalUpdate(
            item_update=np.sum([update for _, update in parts], axis=0).astype(np.float32),
            n_users=int(takes_part.sum()),
            n_samples=int(samples.sum()),
            loss_sum=sum(loss for loss, _ in parts),
        )

    def scores(
        self,
        rows: NDArray[np.int64],
        items: FloatArray,
        columns: NDArray[np.int32] | None = None,
        view: View | None = None,
    ) -> FloatArray:
        from models import fedrap_sgd

        w = self._w[rows]
        stored: tuple[Any, ...] = (self._indptr, self._item, self._place, self._rows)
        personal = (view or self._hyper.view) != "global"
        if personal and columns is not None:
            wanted = np.maximum(columns, 0).astype(np.int32, copy=False)
            found: FloatArray = fedrap_sgd.score_columns(
                rows, wanted, items, self._w, self._b, self._shrink, self._start, *stored
            )
            return found
        score: FloatArray = w @ items.T
        if personal:
            score += self._shrink[rows][:, None] * (w @ self._start.T)
        score += self._b[rows]
        if personal:
            fedrap_sgd.put_stored(rows, score, items, self._w, self._b, *stored)
        return score if columns is None else np.take_along_axis(score, np.maximum(columns, 0).astype(np.int64), axis=1)

    def own_items(self, row: int, items: FloatArray) -> FloatArray:
        if self._hyper.view == "global":
            return items
        own: FloatArray = self._shrink[row] * self._start
        stored = slice(self._indptr[row], self._indptr[row + 1])
        own[self._item[stored]] = self._rows[self._place[stored]]
        return items + own

    def train_items(self, row: int) -> NDArray[np.int64]:
        return train_items(self._data, row)

    @property
    def n_users(self) -> int:
        return self._data.n_users

    def validation_scores(self) -> tuple[FloatArray, FloatArray] | None:
        return None

    def private_state(self) -> dict[str, NDArray[np.generic]]:
        return {
            "w": self._w,
            "b": self._b[:, 0],
            "shrink": self._shrink,
            "stored": np.diff(self._indptr),
            "ids": self._item,
            "place": self._place,
            "rows": self._rows,
        }

    @classmethod
    def state_of(
        cls, state: Mapping[str, NDArray[np.generic]], rows: NDArray[np.int64], n_users: int
    ) -> dict[str, NDArray[np.generic]]:
        found = super().state_of(state, rows, n_users)
        stored = np.asarray(state.get("stored", ()), np.int64)
        if (stored < 0).any() or any(len(state.get(name, ())) != stored.sum() for name in ("ids", "place", "rows")):
            return found  # `load_private_state` refuses it
        length = stored[rows]
        first = np.cumsum(stored)[rows] - np.cumsum(length)
        own = np.arange(length.sum()) + np.repeat(first, length)
        place = np.asarray(state["place"][own], np.int64)
        if ((place < 0) | (place >= len(state["rows"]))).any():
            return found
        mine = {"ids": state["ids"][own], "place": np.arange(len(own), dtype=np.int32), "rows": state["rows"][place]}
        return {**found, **mine}

    def load_private_state(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        n, dim = self.n_users, self._hyper.dim
        m = len(state["ids"]) if "ids" in state else 0
        expected = {
            "w": (n, dim),
            "b": (n,),
            "shrink": (n,),
            "stored": (n,),
            "ids": (m,),
            "place": (m,),
            "rows": (m, dim),
        }
        found = {name: array.shape for name, array in state.items()}
        if expected != found or not self._is_whole(state, m):
            raise misfit(expected, found)
        self._w, self._shrink, self._rows = (np.array(state[name], np.float32) for name in ("w", "shrink", "rows"))
        self._b = np.array(state["b"], np.float32)[:, None]
        self._item, self._place = (np.array(state[name], np.int32) for name in ("ids", "place"))
        self._indptr = np.concatenate([[0], np.cumsum(state["stored"])]).astype(np.int64)

    def _is_whole(self, state: Mapping[str, NDArray[Any]], m: int) -> bool:
        """Return whether the numbers point inside the arrays: the compiled loops do not check."""
        stored, item, place = state["stored"], state["ids"], state["place"]
        return bool(
            (stored >= 0).all()
            and stored.sum() == m
            and ((item >= 0) & (item < self._data.n_items)).all()
            and ((place >= 0) & (place < m)).all()
        )

    def _settings(self, round_number: int) -> FloatArray:
        hyper = self._hyper
        decay = hyper.decay(round_number)
        schedule = np.tanh((round_number - 1) / 10) if hyper.own.weight_schedule == "tanh" else 1.0
        return np.array(
            [
                hyper.own.learning_rate * decay,
                hyper.own.item_learning_rate * decay,
                hyper.own.weight_decay,
                hyper.own.distance_weight * schedule,
                hyper.own.sparsity_weight * schedule,
            ],
            np.float32,
        )


def initial_personal(n_items: int, dim: int, seed: int) -> FloatArray:
    """Draw the standard normal start of everybody's personal table, [n_items, dim], as `torch.nn.Embedding`."""
    return np.random.default_rng([seed, 2]).standard_normal((n_items, dim)).astype(np.float32)
