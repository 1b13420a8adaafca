"""PFedRec: a private scoring function and a privately fine-tuned view of the item embeddings for every user.

Zhang, Long, Zhou, Zhang, Yan, Yang, "Dual Personalization on Federated Recommendation", IJCAI 2023. In each round a
user takes the global item embeddings, and per mini-batch steps first its scoring function, then the item rows of the
batch (algorithm 1), both by SGD on the binary cross-entropy; the server averages the users' item tables. The item step
size is learning_rate * n_items * item_lr_scale, because a user touches few rows and the average over users divides each
change by their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from data.partition import PartyData, by_length, take
from models.base import (
    FloatArray,
    HyperParameters,
    LocalModel,
    LocalUpdate,
    Message,
    View,
    check_shapes,
    initial_scoring,
)
from models.batches import BatchMaker, Chunk
from models.scoring import logits, logits_of_all, logits_of_columns


@tf.function(
    input_signature=[
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None], tf.int32),
        tf.TensorSpec([None, None, None], tf.int32),
        tf.TensorSpec([None, None, None], tf.float32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([], tf.float32),
        tf.TensorSpec([], tf.float32),
        tf.TensorSpec([], tf.int32),
    ]
)
def _train_chunk(
    items: Any,
    touched: Any,
    index: Any,
    label: Any,
    length: Any,
    w: Any,
    b: Any,
    learning_rate: Any,
    item_learning_rate: Any,
    batch_size: Any,
) -> Any:
    """Local training of a chunk of users; shapes as in `Chunk`.

    Returns:
        (table [users, T, dim], w, b, loss_sum []): the users' fine-tuned rows and scoring functions.
    """
    table = tf.gather(items, touched)
    users, n_touched = tf.shape(touched)[0], tf.shape(touched)[1]
    offset = tf.range(users)[:, None] * n_touched
    loss_sum = tf.constant(0.0)
    for epoch in tf.range(tf.shape(index)[0]):
        for start in tf.range(0, tf.shape(index)[2], batch_size):
            batch = index[epoch, :, start : start + batch_size]
            target = label[epoch, :, start : start + batch_size]
            place = start + tf.range(tf.shape(batch)[1])
            counted = tf.cast(place[None, :] < length[:, None], tf.float32)
            # The loss is the mean over the batch, and a user's last batch may be short (or empty: then nothing moves).
            weight = counted / tf.maximum(tf.reduce_sum(counted, axis=1, keepdims=True), 1.0)
            rows = tf.gather(table, batch, batch_dims=1)

            logit = logits(rows, w, b)
            loss_sum += tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(target, logit) * counted)
            slope = (tf.sigmoid(logit) - target) * weight
            w -= learning_rate * tf.linalg.matvec(rows, slope, transpose_a=True)
            b -= learning_rate * tf.reduce_sum(slope, axis=1)

            # With the scoring function just updated. The gradient of row i is (sum of the slopes of its samples) * w,
            # so only one number per touched row has to be scattered.
            slope = (tf.sigmoid(logits(rows, w, b)) - target) * weight
            per_row = tf.math.unsorted_segment_sum(
                tf.reshape(slope, [-1]), tf.reshape(batch + offset, [-1]), users * n_touched
            )
            per_row = tf.reshape(per_row, [users, n_touched])
            table -= item_learning_rate * per_row[:, :, None] * w[:, None, :]
    return table, w, b, loss_sum


@tf.function(
    input_signature=[
        tf.TensorSpec([None, None, None], tf.float32),
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None], tf.int32),
        tf.TensorSpec([None], tf.float32),
    ]
)
def _sum_of_changes(table: Any, items: Any, touched: Any, weight: Any) -> Any:
    """[n_items, dim] sum over users of weight [users] * (their table - the global one)."""
    change = (table - tf.gather(items, touched)) * weight[:, None, None]
    dim = tf.shape(items)[1]
    return tf.math.unsorted_segment_sum(tf.reshape(change, [-1, dim]), tf.reshape(touched, [-1]), tf.shape(items)[0])


class PFedRec(LocalModel):
    """All PFedRec users of one party.

    Private state: "w" [n, dim] and "b" [n], the scoring functions; and where the last round started from, "start_w",
    "start_b", "start_items", "round" and "took_part" [n], from which a user's fine-tuned item rows are computed again
    when they are asked for. Keeping the rows themselves would take users * touched rows * dim floats (0.5 GB on
    ML-1M). A user who did not take part in the last round has no fine-tuned rows and scores with the global ones in
    either view.
    """

    views: ClassVar[tuple[View, ...]] = ("global", "fine-tuned")
    message: ClassVar[Message] = "change"

    def __init__(self, data: PartyData, hyper: HyperParameters) -> None:
        # Inside, users are sorted by length so that a chunk's rectangle wastes little; `_outer` maps
        # these to the party's rows, `_inner` the other way.
        self._data, self._outer = by_length(data)
        self._inner = np.argsort(self._outer)
        self._hyper = hyper
        self._batches = self._batch_maker(self._data)
        w, b = initial_scoring(hyper.dim, hyper.seed)
        n = data.n_users
        self._w: FloatArray = np.tile(w, (n, 1))
        self._b: FloatArray = np.full(n, b, np.float32)
        self._start_w, self._start_b = self._w, self._b
        self._start_items: FloatArray = np.zeros((data.n_items, hyper.dim), np.float32)
        self._round = 0
        self._took_part = np.zeros(n, np.bool_)
        self._validation: tuple[FloatArray, FloatArray] | None = None

    def train_round(self, items: FloatArray, round_number: int, rows: NDArray[np.int64] | None = None) -> LocalUpdate:
        self._start_w, self._start_b, self._start_items, self._round = self._w, self._b, items, round_number
        self._took_part[:] = rows is None
        data, own, batches = self._data, np.arange(self.n_users), self._batches
        if rows is not None:
            own = np.sort(self._inner[rows])
            self._took_part[own] = True
            data = take(self._data, own)
            batches = self._batch_maker(data)
        w, b = self._w.copy(), self._b.copy()
        update = np.zeros_like(items)
        loss_sum, n_samples, n_users = 0.0, 0, 0
        # Only where everybody trained: the others score with item embeddings that do not exist yet.
        fine_tuned = self._hyper.view == "fine-tuned" and rows is None
        positive = np.zeros(len(w), np.float32)
        candidates = np.zeros(self._data.valid_candidates.shape, np.float32)
        for chunk in batches.chunks(round_number):
            here = own[chunk.first : chunk.last]
            table, w[here], b[here], loss = self._train(chunk, self._start_w[here], self._start_b[here])
            samples = chunk.length * self._hyper.local_epochs
            weight = samples if self._hyper.averaging == "samples" else np.ones_like(samples)
            update += _sum_of_changes(table, items, chunk.touched, weight.astype(np.float32)).numpy()
            loss_sum += loss
            n_samples += int(samples.sum())
            n_users += chunk.last - chunk.first
            if fine_tuned:
                columns = np.column_stack([data.valid_item[here], data.valid_candidates[here]])
                score = self._score_own_rows(chunk, table, w[here], b[here], columns)
                positive[here], candidates[here] = score[:, 0], score[:, 1:]
        self._w, self._b = w, b
        self._validation = (positive[self._inner], candidates[self._inner]) if fine_tuned else None
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
            for here, score in self._fine_tuned(some, self._batch_maker(some), inner[order], wanted):
                result[order[here]] = score
            absent = ~self._took_part[inner]
            if absent.any():
                wanted = None if columns is None else columns[absent]
                result[absent] = self.scores(rows[absent], items, wanted, "global")
            return result
        w, b = self._w[inner], self._b[inner]
        if columns is None:
            return np.asarray(logits_of_all(items, w, b))
        return np.asarray(logits_of_columns(items, np.maximum(columns, 0), w, b))

    def score_batches(
        self, items: FloatArray, columns: NDArray[np.int32] | None, batch_size: int, view: View | None = None
    ) -> Iterator[tuple[NDArray[np.int64], FloatArray]]:
        if not self._is_fine_tuned(view):
            yield from super().score_batches(items, columns, batch_size, view)
            return
        everyone = np.arange(self.n_users)
        wanted = None if columns is None else columns[self._outer]
        for here, score in self._fine_tuned(self._data, self._batches, everyone, wanted):
            absent = ~self._took_part[here]
            if absent.any():
                some = None if wanted is None else wanted[here][absent]
                score[absent] = self.scores(self._outer[here][absent], items, some, "global")
            for start in range(0, len(score), batch_size):
                yield self._outer[here][start : start + batch_size], score[start : start + batch_size]

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

    def _batch_maker(self, data: PartyData) -> BatchMaker:
        hyper = self._hyper
        return BatchMaker(data, hyper.negatives, hyper.local_epochs, hyper.batch_size, hyper.dim, hyper.seed)

    def _is_fine_tuned(self, view: View | None) -> bool:
        # Before the first round nobody has fine-tuned anything.
        return (view or self._hyper.view) == "fine-tuned" and self._round > 0

    def _train(
        self, chunk: Chunk, start_w: FloatArray, start_b: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, float]:
        """Local training of a chunk's users, from the current round's item table and these scoring functions."""
        hyper = self._hyper
        learning_rate = hyper.learning_rate * hyper.decay(self._round)
        table, w, b, loss = _train_chunk(
            self._start_items,
            chunk.touched,
            chunk.index,
            chunk.label,
            chunk.length,
            start_w,
            start_b,
            np.float32(learning_rate),
            np.float32(learning_rate * self._data.n_items * hyper.item_lr_scale),
            hyper.batch_size,
        )
        return table.numpy(), w.numpy(), b.numpy(), float(loss)

    def _score_own_rows(
        self, chunk: Chunk, table: FloatArray, w: FloatArray, b: FloatArray, columns: NDArray[np.int32] | None
    ) -> FloatArray:
        """Logits in each user's own view: its fine-tuned row where it has one, else the row the round started from."""
        if columns is None:
            score: FloatArray = self._start_items @ w.T
            score = score.T.copy()
            own = np.einsum("utd,ud->ut", table, w)
            user, item = np.nonzero(chunk.slot >= 0)
            score[user, item] = own[user, chunk.slot[user, item]]
        else:
            wanted = np.maximum(columns, 0)
            user = np.arange(len(wanted))[:, None]
            slot = chunk.slot[user, wanted]
            rows = np.where((slot >= 0)[:, :, None], table[user, np.maximum(slot, 0)], self._start_items[wanted])
            score = np.einsum("ucd,ud->uc", rows, w)
        return score + b[:, None]

    def _fine_tuned(
        self, data: PartyData, batches: BatchMaker, own: NDArray[np.int64], columns: NDArray[np.int32] | None
    ) -> Iterator[tuple[slice, FloatArray]]:
        """Compute the last round's fine-tuned rows of some users again, and score with them.

        Args:
            data, batches: the users wanted, sorted by length, and their samples.
            own: [n], where each of them stands in this party's arrays.
            columns: [n, c] or None.

        Yields:
            (rows of `data`, their scores).
        """
        start = self._start_w[own], self._start_b[own]
        for chunk in batches.chunks(self._round):
            here = slice(chunk.first, chunk.last)
            table, w, b, _ = self._train(chunk, start[0][here], start[1][here])
            part = None if columns is None else columns[here]
            yield here, self._score_own_rows(chunk, table, w, b, part)
