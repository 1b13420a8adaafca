"""A round's training samples (`models.samples`) on a compact table of the item rows that each user touches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData
from models.samples import SampleMaker, Samples


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
        self, data: PartyData, negatives: int, local_epochs: int, dim: int, seed: int, chunk_bytes: int
    ) -> None:
        """`data` must be sorted by descending length of the users' train lists (`data.partition.by_length`).

        About `chunk_bytes` of item rows make a chunk.
        """
        self._n_items = data.n_items
        self._samples = SampleMaker(data, negatives, local_epochs, seed)
        self.bounds = chunk_bounds(np.diff(data.indptr), negatives, data.n_items, dim, chunk_bytes)

    def chunks(self, round_number: int) -> Iterator[Chunk]:
        """All chunks of a round, in order of rows; users without train items are in no sample but in a chunk."""
        for samples in self._samples.samples(round_number, self.bounds):
            yield self._compact(samples)

    def _compact(self, samples: Samples) -> Chunk:
        users, width = samples.last - samples.first, samples.item.shape[2]
        valid = np.arange(width) < samples.length[:, None]
        row, place = np.nonzero(valid)
        present = np.zeros((users, self._n_items), np.bool_)
        present[row, samples.item[0, row, place]] = True  # every epoch has the same samples, in another order
        slot = np.cumsum(present, axis=1, dtype=np.int32) - 1
        n_touched = slot[:, -1] + 1 if self._n_items else np.zeros(users, np.int32)
        touched = np.zeros((users, int(n_touched.max(initial=0))), np.int32)
        owner, kept = np.nonzero(present)
        touched[owner, slot[owner, kept]] = kept
        slot[~present] = -1
        index = np.zeros(samples.item.shape, np.int32)
        index[:, row, place] = slot[row, samples.item[:, row, place]]
        return Chunk(samples.first, samples.last, touched, slot, index, samples.label, samples.length)
