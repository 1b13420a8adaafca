"""FedRAP: a common item table that is averaged, plus a personal one that stays, added row by row.

Li, Long and Zhou, "Federated Recommendation with Additive Personalization", ICLR 2024. A user scores item i with
sigmoid(w . (c_i + d_i) + b): c the common row, d the personal row, w and b the scoring function. In each round a user
takes the common table and minimises by SGD on mini-batches, all its parameters in one step,

    mean cross-entropy - lambda * mean (d - c)^2 + mu * mean |c|,

the two last means over the rows of the batch, sample by sample. Both weights may follow a schedule over the rounds. As
in the authors' code, every step also shrinks every parameter by its step size times weight_decay, and the step sizes
fall by STEP_DECAY per step within a round; their stop of the local epochs at a small change of the loss is left out.

What is stored. Personal tables start equal for all users. A row that a user never had in a batch has only been shrunk,
so it is d_i = shrink_u * start_i with one number per user: exact, and no such row is stored. Rows that were ever in a
batch are stored as float32. Because negatives are drawn anew each round these become more from round to round: on
ML-1M the limit is users * items * dim * 4 bytes = 2.9 GB over all parties, and most of it is reached in 10 rounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from data.errors import StorageError
from data.partition import PartyData, by_length
from models.base import FloatArray, HyperParameters, LocalModel, LocalUpdate, Message, View, initial_scoring
from models.batches import BatchMaker, Chunk

# Two tables and several temporaries of this size should fit the processor's cache. By trial on ML-100K, seconds a round
# on 2 busy cores: 32 MiB 6.4, 4 MiB 3.5, 1 MiB 4.7.
CHUNK_BYTES = 4 * 2**20
_ROWS_AT_ONCE = 1 << 17  # 16 MiB at dim 32
STEP_DECAY = 0.95  # of both step sizes after each step of a round, as in the authors' code


@tf.function(
    input_signature=[
        tf.TensorSpec([None, None, None], tf.float32),
        tf.TensorSpec([None, None, None], tf.float32),
        tf.TensorSpec([None, None, None], tf.int32),
        tf.TensorSpec([None, None, None], tf.float32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([5], tf.float32),
        tf.TensorSpec([], tf.int32),
    ]
)
def _train_chunk(
    personal: Any, common: Any, index: Any, label: Any, length: Any, w: Any, b: Any, settings: Any, batch_size: Any
) -> Any:
    """Local training of a chunk of users.

    Args:
        personal, common: [users, T, dim] the rows that the users' batches touch.
        index, label, length: as in `Chunk`; a user of length 0 does not move.
        w, b: [users, dim], [users].
        settings: [5] step size of w and b, step size of the rows, weight decay, lambda, mu.

    Returns:
        (personal, common, w, b, loss_sum [], shrink [users]): rows outside all batches are to be multiplied by shrink.
    """
    users, n_touched, dim = tf.shape(personal)[0], tf.shape(personal)[1], tf.shape(personal)[2]
    offset = tf.range(users)[:, None] * n_touched
    loss_sum = tf.constant(0.0)
    shrink = tf.ones([users])
    scale = tf.ones([users])
    for epoch in tf.range(tf.shape(index)[0]):
        for start in tf.range(0, tf.shape(index)[2], batch_size):
            batch = index[epoch, :, start : start + batch_size]
            target = label[epoch, :, start : start + batch_size]
            place = start + tf.range(tf.shape(batch)[1])
            counted = tf.cast(place[None, :] < length[:, None], tf.float32)
            n = tf.reduce_sum(counted, axis=1)
            active = tf.cast(n > 0, tf.float32)
            n = tf.maximum(n, 1.0)

            # Everything depends on the row only: logits and gradients are made per row, samples are only counted.
            both = personal + common
            row_logit = tf.linalg.matvec(both, w) + b[:, None]
            logit = tf.gather(row_logit, batch, batch_dims=1)
            loss_sum += tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(target, logit) * counted)
            slope = (tf.sigmoid(logit) - target) * counted / n[:, None]
            where = tf.reshape(batch + offset, [-1])
            slopes = tf.reshape(
                tf.math.unsorted_segment_sum(tf.reshape(slope, [-1]), where, users * n_touched), [users, n_touched]
            )
            times = tf.reshape(
                tf.math.unsorted_segment_sum(tf.reshape(counted, [-1]), where, users * n_touched), [users, n_touched]
            )
            share = (times / (n[:, None] * tf.cast(dim, tf.float32)))[:, :, None]
            apart = 2.0 * settings[3] * share * (personal - common)
            pull = slopes[:, :, None] * w[:, None, :]

            network_rate = settings[0] * scale * active
            item_rate = settings[1] * scale * active
            keep = 1.0 - item_rate * settings[2]
            keep_network = 1.0 - network_rate * settings[2]
            new_w = keep_network[:, None] * w - network_rate[:, None] * tf.linalg.matvec(both, slopes, transpose_a=True)
            new_b = keep_network * b - network_rate * tf.reduce_sum(slopes, axis=1)
            rate = item_rate[:, None, None]
            new_personal = keep[:, None, None] * personal - rate * (pull - apart)
            new_common = keep[:, None, None] * common - rate * (pull + apart + settings[4] * share * tf.sign(common))
            personal, common, w, b = new_personal, new_common, new_w, new_b
            shrink *= keep
            scale *= 1.0 - (1.0 - STEP_DECAY) * active
    return personal, common, w, b, loss_sum, shrink


@dataclass
class _Stored:
    """Personal rows of a chunk of users.

    Attributes:
        keys: int64 [m], ascending: (user - first of the chunk) * n_items + item.
        rows: float32 [m, dim].
    """

    keys: NDArray[np.int64]
    rows: FloatArray


class FedRAP(LocalModel):
    """All FedRAP users of one party.

    Private state: "w" [n, dim], "b" [n], "shrink" [n], and the stored personal rows: "stored" int64 [n], how many each
    user has, "ids" int32 [m], of which items, and "rows" float32 [m, dim]. Users stand in order of descending length of
    their train lists, ties in the party's order.

    The loss reported is the cross-entropy alone. View "personal" scores with common + personal rows, "global" with the
    common rows alone.
    """

    views: ClassVar[tuple[View, ...]] = ("personal", "global")
    message: ClassVar[Message] = "change"

    def __init__(self, data: PartyData, hyper: HyperParameters) -> None:
        self._data, outer = by_length(data)
        self._inner = np.argsort(outer)
        self._hyper = hyper
        self._batches = BatchMaker(self._data, hyper.negatives, hyper.local_epochs, hyper.dim, hyper.seed, CHUNK_BYTES)
        n = data.n_users
        w, b = initial_scoring(hyper.dim, hyper.seed)
        self._w: FloatArray = np.tile(w, (n, 1))
        self._b: FloatArray = np.full(n, b, np.float32)
        self._shrink: FloatArray = np.ones(n, np.float32)
        self._start: FloatArray = initial_personal(data.n_items, hyper.dim, hyper.seed)
        self._stored: dict[int, _Stored] = {}  # by first user of the chunk

    def train_round(self, items: FloatArray, round_number: int, rows: NDArray[np.int64] | None = None) -> LocalUpdate:
        takes_part = np.ones(self.n_users, np.bool_)
        if rows is not None:
            takes_part[:] = False
            takes_part[self._inner[rows]] = True
        update = np.zeros(items.shape, np.float64)
        loss_sum, n_samples = 0.0, 0
        for chunk in self._batches.chunks(round_number):
            part = takes_part[chunk.first : chunk.last]
            if not part.any():
                continue
            length = np.where(part, chunk.length, 0).astype(np.int32)
            samples = length * self._hyper.local_epochs
            weight = np.where(part, samples if self._hyper.averaging == "samples" else 1, 0).astype(np.float32)
            loss_sum += self._train(chunk, items, round_number, length, weight, update)
            n_samples += int(samples.sum())
        return LocalUpdate(update.astype(np.float32), int(takes_part.sum()), n_samples, loss_sum)

    def _train(
        self,
        chunk: Chunk,
        items: FloatArray,
        round_number: int,
        length: NDArray[np.int32],
        weight: FloatArray,
        update: NDArray[np.float64],
    ) -> float:
        """Train a chunk's users and add what they changed in the common table to `update`; return the loss sum."""
        here = slice(chunk.first, chunk.last)
        users, n_items = chunk.last - chunk.first, self._data.n_items
        stored = self._rows_of(chunk.first)
        owner, item = np.nonzero(chunk.slot >= 0)
        slot = chunk.slot[owner, item]
        keys = owner * n_items + item
        place = np.searchsorted(stored.keys, keys)
        known = np.zeros(len(keys), np.bool_)
        inside = place < len(stored.keys)
        known[inside] = stored.keys[place[inside]] == keys[inside]
        own = self._shrink[here][owner][:, None] * self._start[item]
        own[known] = stored.rows[place[known]]
        personal = np.zeros((users, chunk.touched.shape[1], items.shape[1]), np.float32)
        personal[owner, slot] = own
        new_personal, new_common, w, b, loss, shrink = (
            array.numpy()
            for array in _train_chunk(
                personal,
                items[chunk.touched],
                chunk.index,
                chunk.label,
                length,
                self._w[here],
                self._b[here],
                self._settings(round_number),
                self._hyper.batch_size,
            )
        )
        self._w[here], self._b[here] = w, b
        self._shrink[here] *= shrink

        # The stored rows outside this round's batches shrink as well.
        stored.rows *= shrink[stored.keys // n_items][:, None]
        moved = new_personal[owner, slot]
        stored.rows[place[known]] = moved[known]
        new = (length > 0)[owner] & ~known
        if new.any():
            stored.keys = np.insert(stored.keys, place[new], keys[new])
            stored.rows = np.insert(stored.rows, place[new], moved[new], axis=0)

        # Change of row i: new - old in a batch, (shrink - 1) * old elsewhere; the latter is added for all rows first.
        update += float(weight @ (shrink.astype(np.float64) - 1.0)) * items
        change = weight[owner][:, None] * (new_common[owner, slot] - shrink[owner][:, None] * items[item])
        order = np.argsort(item, kind="stable")
        first = np.flatnonzero(np.diff(item[order], prepend=-1))
        if len(first):
            update[item[order][first]] += np.add.reduceat(change[order], first, axis=0)
        return float(loss)

    def scores(
        self,
        rows: NDArray[np.int64],
        items: FloatArray,
        columns: NDArray[np.int32] | None = None,
        view: View | None = None,
    ) -> FloatArray:
        inner = self._inner[rows]
        w = self._w[inner]
        score: FloatArray = w @ items.T
        if (view or self._hyper.view) != "global":
            alone = score.copy()
            score += self._shrink[inner][:, None] * (w @ self._start.T)
            for first, stored in self._stored.items():
                self._put_stored(first, stored, inner, w, alone, score)
        score += self._b[inner][:, None]
        return score if columns is None else np.take_along_axis(score, np.maximum(columns, 0).astype(np.int64), axis=1)

    def _put_stored(
        self, first: int, stored: _Stored, inner: NDArray[np.int64], w: FloatArray, alone: FloatArray, score: FloatArray
    ) -> None:
        """Write the scores of a chunk's stored rows into `score` [m, n_items], for the users in `inner` [m]."""
        n_items = self._data.n_items
        at = np.flatnonzero((inner >= first) & (inner < self._last(first)))
        if not len(at):
            return
        start, stop = np.searchsorted(stored.keys, (inner[at] - first + np.array([[0], [1]])) * n_items)
        length = stop - start
        # Places in `stored` of all rows of these users, one user after the other.
        place = np.arange(length.sum()) + np.repeat(start - np.cumsum(length) + length, length)
        owner, item = np.repeat(at, length), stored.keys[place] % n_items
        for low in range(0, len(place), _ROWS_AT_ONCE):
            some = slice(low, low + _ROWS_AT_ONCE)
            own = np.einsum("kd,kd->k", stored.rows[place[some]], w[owner[some]])
            score[owner[some], item[some]] = alone[owner[some], item[some]] + own

    @property
    def n_users(self) -> int:
        return self._data.n_users

    def validation_scores(self) -> tuple[FloatArray, FloatArray] | None:
        return None

    def private_state(self) -> dict[str, NDArray[np.generic]]:
        n_items, dim = self._data.n_items, self._hyper.dim
        chunks = [(first, self._stored[first]) for first in sorted(self._stored)]
        count = np.zeros(self.n_users, np.int64)
        for first, stored in chunks:
            found = np.bincount(stored.keys // n_items, minlength=self._last(first) - first)
            count[first : self._last(first)] = found
        return {
            "w": self._w,
            "b": self._b,
            "shrink": self._shrink,
            "stored": count,
            "ids": np.concatenate(
                [np.zeros(0, np.int32), *((stored.keys % n_items).astype(np.int32) for _, stored in chunks)]
            ),
            "rows": np.concatenate([np.zeros((0, dim), np.float32), *(stored.rows for _, stored in chunks)]),
        }

    def load_private_state(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        n, dim, n_items = self.n_users, self._hyper.dim, self._data.n_items
        m = len(state["ids"]) if "ids" in state else 0
        expected = {"w": (n, dim), "b": (n,), "shrink": (n,), "stored": (n,), "ids": (m,), "rows": (m, dim)}
        found = {name: array.shape for name, array in state.items()}
        count = np.asarray(state["stored"], np.int64) if "stored" in state else np.zeros(0, np.int64)
        if expected != found or count.sum() != m:
            raise StorageError(
                f"The private state does not fit this party's users: expected {expected}, found {found}."
            )
        self._w, self._b, self._shrink = (np.array(state[name], np.float32) for name in ("w", "b", "shrink"))
        ends = np.concatenate([[0], np.cumsum(count)])
        ids, rows = np.asarray(state["ids"], np.int64), np.asarray(state["rows"], np.float32)
        self._stored = {}
        for first, last in self._batches.bounds:
            span = slice(ends[first], ends[last])
            owner = np.repeat(np.arange(last - first), count[first:last])
            self._stored[first] = _Stored(owner * n_items + ids[span], rows[span].copy())

    def _rows_of(self, first: int) -> _Stored:
        empty = _Stored(np.zeros(0, np.int64), np.zeros((0, self._hyper.dim), np.float32))
        return self._stored.setdefault(first, empty)

    def _last(self, first: int) -> int:
        """Behind the last user of the chunk that begins with user `first`."""
        return dict(self._batches.bounds)[first]

    def _settings(self, round_number: int) -> FloatArray:
        hyper = self._hyper
        decay = hyper.decay(round_number)
        schedule = np.tanh((round_number - 1) / 10) if hyper.weight_schedule == "tanh" else 1.0
        return np.array(
            [
                hyper.learning_rate * decay,
                hyper.item_learning_rate * decay,
                hyper.weight_decay,
                hyper.distance_weight * schedule,
                hyper.sparsity_weight * schedule,
            ],
            np.float32,
        )


def initial_personal(n_items: int, dim: int, seed: int) -> FloatArray:
    """[n_items, dim] standard normal start of everybody's personal table, as `torch.nn.Embedding`."""
    return np.random.default_rng([seed, 2]).standard_normal((n_items, dim)).astype(np.float32)
