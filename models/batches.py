"""A round's training samples of a chunk of users, padded to a rectangle, on a compact table of touched item rows.

A user with n positives has n * (1 + negatives) samples. They are shuffled per user by random keys that depend only on
(seed, round, local epoch, user, sample), never on which party holds the user or who shares a chunk with it: the same
users learn the same things however they are divided among parties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.negatives import NegativeSampler, shuffle_keys
from data.partition import PartyData

# A chunk's item rows (users * touched rows * dim float32) stay near this size. By trial on ML-100K, 2 cores: 8 MiB 0.10
# s, 32 MiB 0.10 s, 128 MiB 0.13 s a round; it also bounds memory, whatever the size of the data set.
CHUNK_BYTES = 32 * 2**20

_INDEX_BITS = 24  # low bits of a sort key hold the sample's index, so that sorting keys sorts samples


@dataclass(frozen=True)
class Chunk:
    """Samples of users first..last-1 (rows of the sorted party data).

    Attributes:
        first, last: range of rows.
        touched: int32 [users, T], item ids of each user's compact table; unused places hold item 0.
        slot: int32 [users, n_items], place of an item in the user's compact table, -1 where it is not touched.
        index: int32 [local_epochs, users, L], compact-table places of the shuffled samples; padding is 0.
        label: float32 [local_epochs, users, L], 1 for a positive.
        length: int32 [users], samples of each user; the rest of a row is padding.
    """

    first: int
    last: int
    touched: NDArray[np.int32]
    slot: NDArray[np.int32]
    index: NDArray[np.int32]
    label: NDArray[np.float32]
    length: NDArray[np.int32]


def chunk_bounds(
    lengths: NDArray[np.int64], negatives: int, n_items: int, dim: int, chunk_bytes: int
) -> list[tuple[int, int]]:
    """Cut users, sorted by descending number of positives, into chunks of about chunk_bytes of item rows.

    Args:
        lengths: [n] positives per user, descending.

    Returns:
        (first, last) pairs that cover 0..n in order.
    """
    bounds = []
    first = 0
    while first < len(lengths):
        rows = min(n_items, int(lengths[first]) * (1 + negatives))
        # The compact table, and the int32 slot map of all items.
        per_user = max(1, rows * dim * 4 + n_items * 5)
        last = min(len(lengths), first + max(1, chunk_bytes // per_user))
        bounds.append((first, last))
        first = last
    return bounds


class BatchMaker:
    """Makes the chunks of a round for one party's users, sorted by descending number of positives.

    Attributes:
        bounds: (first, last) of each chunk, the same in every round.
    """

    def __init__(
        self,
        data: PartyData,
        negatives: int,
        local_epochs: int,
        batch_size: int,
        dim: int,
        seed: int,
        chunk_bytes: int | None = None,
    ) -> None:
        """`data` must be sorted by descending length of the users' train lists (`data.partition.by_length`).

        `chunk_bytes` of item rows make a chunk; None takes CHUNK_BYTES.
        """
        self._data = data
        self._sampler = NegativeSampler(data, negatives, seed)
        self._per_positive = 1 + negatives
        self._local_epochs = local_epochs
        self._batch_size = batch_size
        self._seed = seed
        self._lengths = np.diff(data.indptr)
        self.bounds = chunk_bounds(self._lengths, negatives, data.n_items, dim, chunk_bytes or CHUNK_BYTES)

    def chunks(self, round_number: int) -> Iterator[Chunk]:
        """All chunks of a round, in order of rows; users without train items are in no sample but in a chunk."""
        drawn = self._sampler.round(round_number)
        for first, last in self.bounds:
            yield self._chunk(first, last, round_number, drawn)

    def _chunk(self, first: int, last: int, round_number: int, drawn: NDArray[np.int32]) -> Chunk:
        data = self._data
        users = last - first
        n_positives = self._lengths[first:last]
        width = int(n_positives.max(initial=0))
        span = slice(data.indptr[first], data.indptr[last])
        samples = np.full((users, width, self._per_positive), -1, np.int32)
        has = np.arange(width) < n_positives[:, None]
        samples[has, 0] = data.items[span]
        samples[has, 1:] = drawn[span]
        samples = samples.reshape(users, width * self._per_positive)
        valid = samples >= 0

        row, place = np.nonzero(valid)
        item = samples[row, place]
        present = np.zeros((users, data.n_items), np.bool_)
        present[row, item] = True
        slot = np.cumsum(present, axis=1, dtype=np.int32) - 1
        n_touched = slot[:, -1] + 1 if data.n_items else np.zeros(users, np.int32)
        touched = np.zeros((users, int(n_touched.max(initial=0))), np.int32)
        owner, kept = np.nonzero(present)
        touched[owner, slot[owner, kept]] = kept
        slot[~present] = -1
        index = np.zeros(samples.shape, np.int32)
        index[row, place] = slot[row, item]
        label = np.zeros(samples.shape, np.float32)
        label[:, :: self._per_positive] = 1.0

        order = self._orders(first, last, round_number, valid)
        return Chunk(
            first,
            last,
            touched,
            slot,
            np.take_along_axis(index[None], order, axis=2),
            np.take_along_axis(label[None], order, axis=2),
            valid.sum(axis=1, dtype=np.int32),
        )

    def _orders(self, first: int, last: int, round_number: int, valid: NDArray[np.bool_]) -> NDArray[np.int64]:
        """int [local_epochs, users, L]: the order of each user's samples, padding last."""
        users, width = valid.shape
        row, place = np.nonzero(valid)
        owner, sample = self._data.users[first:last][row], place.astype(np.uint64)
        low = np.uint64((1 << _INDEX_BITS) - 1)
        orders = np.empty((self._local_epochs, users, width), np.int64)
        for epoch in range(self._local_epochs):
            # Padding goes last: its random bits are all ones.
            keys = np.broadcast_to(np.arange(width, dtype=np.uint64) | ~low, valid.shape).copy()
            keys[row, place] = (shuffle_keys(self._seed, round_number, epoch, owner, place) & ~low) | sample
            keys.sort(axis=1)
            orders[epoch] = (keys & low).astype(np.int64)
        return orders
