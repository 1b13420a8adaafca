"""The training samples of a chunk of users in a round: shuffled per user and padded to a rectangle.

A user with n positives has n * (1 + negatives) samples. They are shuffled by random keys that depend only on (seed,
round, local epoch, user, sample), never on which party holds the user or who shares a chunk with it: the same users
learn the same things however they are divided among parties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.negatives import NegativeSampler, shuffle_keys
from data.partition import PartyData

# A sort key is 39 random bits, then 24 bits of item id, then the label: sorting keys shuffles items and labels at once.
# data.rng.MAX_BELOW keeps item ids below 2**24. Equal random bits, one chance in a million a user, only fix an order.
_LABEL_BITS, _ITEM_BITS = 1, 24
_LOW = np.uint64((1 << (_LABEL_BITS + _ITEM_BITS)) - 1)
_PADDING = np.uint64(2**64 - 1)


@dataclass(frozen=True)
class Samples:
    """The samples of users first..last-1 (rows of the sorted party data).

    Attributes:
        first, last: range of rows.
        item: int32 [local_epochs, users, L], item ids in training order; padding is item 0.
        label: float32 [local_epochs, users, L], 1 for a positive; padding is 0.
        length: int32 [users], samples of each user and epoch; the rest of a row is padding.
    """

    first: int
    last: int
    item: NDArray[np.int32]
    label: NDArray[np.float32]
    length: NDArray[np.int32]


class SampleMaker:
    """A maker of the samples of a round for one party's users, sorted by descending number of positives."""

    def __init__(self, data: PartyData, negatives: int, local_epochs: int, seed: int) -> None:
        """Take `data` sorted by descending length of the users' train lists (`data.partition.by_length`)."""
        self._data = data
        self._sampler = NegativeSampler(data, negatives, seed)
        self._per_positive = 1 + negatives
        self._local_epochs = local_epochs
        self._seed = seed
        self._lengths = np.diff(data.indptr)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The most samples each user can have in a local epoch, int64 [n], descending."""
        return self._lengths * self._per_positive

    def samples(self, round_number: int, bounds: list[tuple[int, int]]) -> Iterator[Samples]:
        """Yield the samples of a round, one chunk of users for each (first, last) of `bounds`."""
        drawn = self._sampler.round(round_number)
        for first, last in bounds:
            yield self._chunk(first, last, round_number, drawn)

    def _chunk(self, first: int, last: int, round_number: int, drawn: NDArray[np.int32]) -> Samples:
        data = self._data
        span = slice(data.indptr[first], data.indptr[last])
        n_samples = self._lengths[first:last] * self._per_positive
        item = np.empty((span.stop - span.start, self._per_positive), np.int32)
        item[:, 0] = data.items[span]
        item[:, 1:] = drawn[span]
        low = item.astype(np.uint64)
        low <<= np.uint64(_LABEL_BITS)
        low[:, 0] |= np.uint64(1)
        low = low.ravel()

        width = int(n_samples.max(initial=0))
        row = np.repeat(np.arange(last - first), n_samples)
        start = np.cumsum(n_samples) - n_samples
        place = np.arange(len(low)) - start[row]
        # A user who touched every item is given -1 for a negative: no sample.
        drawn_here = item.ravel() >= 0
        if not drawn_here.all():
            row, place, low = row[drawn_here], place[drawn_here], low[drawn_here]
            n_samples = np.bincount(row, minlength=last - first)
        owner, index = data.users[first:last][row], place.astype(np.uint64)

        keys = np.empty((self._local_epochs, last - first, width), np.uint64)
        keys.fill(_PADDING)
        for epoch in range(self._local_epochs):
            keys[epoch, row, place] = (shuffle_keys(self._seed, round_number, epoch, owner, index) & ~_LOW) | low
        keys.sort(axis=2)
        padding = np.arange(width) >= n_samples[:, None]
        keys[:, padding] = 0
        return Samples(
            first,
            last,
            ((keys & _LOW) >> np.uint64(_LABEL_BITS)).astype(np.int32),
            (keys & np.uint64(1)).astype(np.float32),
            n_samples.astype(np.int32),
        )
