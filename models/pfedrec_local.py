"""PFedRec: a private scoring function and a privately fine-tuned view of the item embeddings for every user.

Zhang, Long, Zhou, Zhang, Yan, Yang, "Dual Personalization on Federated Recommendation", IJCAI 2023. In each round a
user takes the global item embeddings, and per mini-batch steps first its scoring function, then the item rows of the
batch (algorithm 1), both by SGD on the binary cross-entropy; the server averages the users' item tables. The item step
size is learning_rate * n_items * item_lr_scale, because a user touches few rows and the average over users divides each
change by their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData, by_length, take, train_items
from models import threads
from models.base import FloatArray, LocalModel, LocalUpdate, check_shapes, initial_scoring, taking_part
from models.clipping import Clip
from models.descriptor import HyperParameters, View
from models.pfedrec import PFedRecSettings
from models.samples import SampleMaker, Samples

# A chunk of users keeps its samples near this size, whatever the size of the data set.
CHUNK_BYTES = 32 * 2**20
_FEW_USERS = 8


@dataclass(frozen=True)
class _Trained:
    """The result of training a chunk of users; see `models.pfedrec_sgd.train_users`.

    Attributes:
        change: float32 [n_items, dim], or of length 0 where it was not wanted.
        w, b: scoring functions after the round.
        score: [users, c] logits that were asked for.
        loss_sum: over all samples.
    """

    change: FloatArray
    w: FloatArray
    b: FloatArray
    score: FloatArray
    loss_sum: float


class LocalPFedRec(LocalModel):
    """The PFedRec users of one party.

    Private state: "w" [n, dim] and "b" [n], the scoring functions; and where the last round started from, "start_w",
    "start_b", "start_items", "round" and "took_part" [n], from which a user's fine-tuned item rows are computed again
    when they are asked for. Keeping the rows themselves would take users * touched rows * dim floats (0.5 GB on
    ML-1M). A user who did not take part in the last round has no fine-tuned rows and scores with the global ones in
    either view.
    """

    per_user: ClassVar[tuple[str, ...]] = ("w", "b", "start_w", "start_b", "took_part")
    # Nobody took part yet: the last round of before cannot be trained again with items and negatives of now.
    taken_over: ClassVar[Mapping[str, str]] = {"w": "w", "b": "b", "start_w": "w", "start_b": "b"}

    def __init__(self, data: PartyData, hyper: HyperParameters[PFedRecSettings]) -> None:
        # Inside, users are sorted by length so that a chunk's rectangle wastes little; `_outer` maps
        # these to the party's rows, `_inner` the other way.
        self._data, self._outer = by_length(data)
        self._inner = np.argsort(self._outer)
        self._hyper = hyper
        self._samples = self._sample_maker(self._data)
        w, b = initial_scoring(hyper.dim, hyper.seed)
        n = data.n_users
        self._w: FloatArray = np.tile(w, (n, 1))
        self._b: FloatArray = np.full(n, b, np.float32)
        self._start_w, self._start_b = self._w, self._b
        self._start_items: FloatArray = np.zeros((data.n_items, hyper.dim), np.float32)
        self._round = 0
        self._took_part = np.zeros(n, np.bool_)
        self._validation: tuple[FloatArray, FloatArray] | None = None

    @staticmethod
    def load() -> None:
        import models.pfedrec_sgd  # noqa: F401

    def train_round(
        self,
        items: FloatArray,
        round_number: int,
        rows: NDArray[np.int64] | None = None,
        clip: Clip | None = None,
    ) -> LocalUpdate:
        self._start_w, self._start_b, self._start_items, self._round = self._w, self._b, items, round_number
        data, own, maker = self._data, np.arange(self.n_users), self._samples
        if rows is not None:
            own = np.sort(self._inner[rows])
            data = take(self._data, own)
            maker = self._sample_maker(data)
        self._took_part = taking_part(self.n_users, own)
        w, b = self._w.copy(), self._b.copy()
        update = np.zeros_like(items)
        loss_sum, n_samples, n_users = 0.0, 0, 0
        # Only where everybody trained: the others score with item embeddings that do not exist yet.
        fine_tuned = self._hyper.view == "fine-tuned" and rows is None
        scored = 1 + self._data.valid_candidates.shape[1] if fine_tuned else 0
        validation = np.zeros((self.n_users, scored), np.float32)
        for samples in maker.samples(round_number, self._bounds(maker)):
            here = own[samples.first : samples.last]
            columns = np.column_stack([self._data.valid_item[here], self._data.valid_candidates[here]])[:, :scored]
            trained = self._train(samples, w[here], b[here], clip=clip, columns=columns, summed=True)
            w[here], b[here], validation[here] = trained.w, trained.b, trained.score
            update += trained.change
            loss_sum += trained.loss_sum
            n_samples += int(samples.length.sum()) * self._hyper.own.local_epochs
            n_users += samples.last - samples.first
        self._w, self._b = w, b
        validation = validation[self._inner]
        self._validation = (validation[:, 0], validation[:, 1:]) if fine_tuned else None
        return LocalUpdate(update, n_users, n_samples, loss_sum)

    def scores(
        self,
        rows: NDArray[np.int64],
        items: FloatArray,
        columns: NDArray[np.int32] | None = None,
        view: View | None = None,
    ) -> FloatArray:
        inner = self._inner[rows]
        if self._is_fine_tuned(view):
            some = take(self._data, inner)
            some, order = by_length(some)
            result = np.empty((len(rows), self._data.n_items if columns is None else columns.shape[1]), np.float32)
            wanted = None if columns is None else columns[order]
            for here, score in self._fine_tuned(self._sample_maker(some), inner[order], wanted):
                result[order[here]] = score
            absent = ~self._took_part[inner]
            if absent.any():
                wanted = None if columns is None else columns[absent]
                result[absent] = self.scores(rows[absent], items, wanted, "global")
            return result
        w, b = self._w[inner], self._b[inner]
        if columns is None:
            return np.asarray(w @ items.T + b[:, None])
        return np.asarray(np.einsum("ud,ucd->uc", w, items[np.maximum(columns, 0)]) + b[:, None])

    def score_batches(
        self, items: FloatArray, columns: NDArray[np.int32] | None, batch_size: int, view: View | None = None
    ) -> Iterator[tuple[NDArray[np.int64], FloatArray]]:
        if not self._is_fine_tuned(view):
            yield from super().score_batches(items, columns, batch_size, view)
            return
        everyone = np.arange(self.n_users)
        wanted = None if columns is None else columns[self._outer]
        for here, score in self._fine_tuned(self._samples, everyone, wanted):
            absent = ~self._took_part[here]
            if absent.any():
                some = None if wanted is None else wanted[here][absent]
                score[absent] = self.scores(self._outer[here][absent], items, some, "global")
            for start in range(0, len(score), batch_size):
                yield self._outer[here][start : start + batch_size], score[start : start + batch_size]

    def own_items(self, row: int, items: FloatArray) -> FloatArray:
        own = self._inner[[row]]
        if not self._is_fine_tuned(None) or not self._took_part[own[0]]:
            return items
        samples = next(self._sample_maker(take(self._data, own)).samples(self._round, [(0, 1)]))
        table = self._start_items.copy()
        self._train(samples, self._start_w[own], self._start_b[own], table=table)
        return table

    def train_items(self, row: int) -> NDArray[np.int64]:
        return train_items(self._data, int(self._inner[row]))

    @property
    def n_users(self) -> int:
        return self._data.n_users

    def validation_scores(self) -> tuple[FloatArray, FloatArray] | None:
        return self._validation

    def private_state(self) -> dict[str, NDArray[np.generic]]:
        return {
            "w": self._w[self._inner],
            "b": self._b[self._inner],
            "start_w": self._start_w[self._inner],
            "start_b": self._start_b[self._inner],
            "start_items": self._start_items,
            "round": np.array([self._round], np.int64),
            "took_part": self._took_part[self._inner],
        }

    def load_private_state(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        check_shapes(self.private_state(), state)
        w, b, start_w, start_b = (np.asarray(state[name], np.float32) for name in ("w", "b", "start_w", "start_b"))
        self._w, self._b, self._start_w, self._start_b = (x[self._outer] for x in (w, b, start_w, start_b))
        self._start_items = np.asarray(state["start_items"], np.float32)
        self._round = int(np.asarray(state["round"], np.int64)[0])
        self._took_part = np.asarray(state["took_part"], np.bool_)[self._outer]
        self._validation = None

    def _sample_maker(self, data: PartyData) -> SampleMaker:
        return SampleMaker(data, self._hyper.own.negatives, self._hyper.own.local_epochs, self._hyper.seed)

    def _bounds(self, maker: SampleMaker) -> list[tuple[int, int]]:
        """Return (first, last) of chunks of users whose samples take about CHUNK_BYTES.

        No chunk wastes more than half of a rectangle on padding unless it is small anyhow.
        """
        hyper, lengths = self._hyper, maker.lengths
        bounds, first = [], 0
        while first < len(lengths):
            longest = max(1, int(lengths[first]))
            most = max(1, CHUNK_BYTES // (4 * 6 * hyper.own.local_epochs * longest))
            # Each chunk has a cost of its own, so a few users always go together.
            similar = int(np.searchsorted(-lengths, -(longest // 2), side="right"))
            last = min(len(lengths), first + most, max(similar, first + _FEW_USERS))
            bounds.append((first, last))
            first = last
        return bounds

    def _is_fine_tuned(self, view: View | None) -> bool:
        # Before the first round nobody has fine-tuned anything.
        return (view or self._hyper.view) == "fine-tuned" and self._round > 0

    def _train(
        self,
        samples: Samples,
        start_w: FloatArray,
        start_b: FloatArray,
        *,
        clip: Clip | None = None,
        columns: NDArray[np.int32] | None = None,
        table: FloatArray | None = None,
        summed: bool = False,
    ) -> _Trained:
        """Train some users locally, from the current round's item table and these scoring functions.

        Args:
            columns: [users, c] items to score under each user's own item table, or None for all items.
            table: [n_items, dim] as the round started; gets one user's own rows, and then nothing is scored.
            summed: whether the change of the item table is wanted.
        """
        from models import pfedrec_sgd

        hyper, n_items = self._hyper, self._data.n_items
        rate = hyper.own.learning_rate * hyper.decay(self._round)
        weight = (
            samples.length * hyper.own.local_epochs if hyper.averaging == "samples" else np.ones_like(samples.length)
        )
        wanted = np.zeros((len(start_w), 0), np.int32) if columns is None else np.maximum(columns, 0)
        scored = 0 if table is not None else n_items if columns is None else columns.shape[1]
        w, b, score = start_w.copy(), start_b.copy(), np.empty((len(start_w), scored), np.float32)
        nothing = np.zeros((0, hyper.dim), np.float32)

        def train(first: int, last: int) -> tuple[float, NDArray[np.float64]]:
            change = np.zeros((n_items if summed else 0, hyper.dim))
            loss: float = pfedrec_sgd.train_users(
                first,
                last,
                self._start_items,
                samples.item,
                samples.label,
                samples.length,
                weight.astype(np.float32),
                w,
                b,
                np.float32(rate),
                np.float32(rate * n_items * hyper.own.item_lr_scale),
                hyper.batch_size,
                0.0 if clip is None else clip.allowed,
                clip is None or clip.norm == "l2",
                np.ascontiguousarray(wanted, np.int32),
                score,
                nothing if table is None else table,
                change,
            )
            return loss, change

        parts = threads.spread(samples.length, train)
        change = np.sum([own for _, own in parts], axis=0).astype(np.float32)
        return _Trained(change, w, b, score, sum(loss for loss, _ in parts))

    def _fine_tuned(
        self, maker: SampleMaker, own: NDArray[np.int64], columns: NDArray[np.int32] | None
    ) -> Iterator[tuple[slice, FloatArray]]:
        """Train some users once more as in the last round, which gives the same, and score with their own item rows.

        Args:
            maker: the samples of the users wanted, sorted by length.
            own: [n], where each of them stands in this party's arrays.
            columns: [n, c] or None.

        Yields:
            (rows among the users wanted, their scores).
        """
        start_w, start_b = self._start_w[own], self._start_b[own]
        for samples in maker.samples(self._round, self._bounds(maker)):
            here = slice(samples.first, samples.last)
            wanted = None if columns is None else columns[here]
            yield here, self._train(samples, start_w[here], start_b[here], columns=wanted).score
