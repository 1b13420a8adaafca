"""Training negatives, drawn afresh every round: items presented as "not liked" beside each train interaction.

Each draw is a pure function of (seed, round, local epoch, the user's dense id, draw index): see `data.rng`. A user
therefore gets the same negatives however the users are divided among parties, and a resumed run the same as an
uninterrupted one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.interactions import IntegerArray
from data.partition import PartyData
from data.split import check_item_count, gap_keys, outside

# A table of allowed items is worth building when its entries cost less than the binary searches they save. Measured on
# the 4 million draws of ML-1M: about 50 ns a search, 3 ns a table entry.
_ENTRIES_WORTH_A_DRAW: Final = 16
_TABLE_ENTRIES: Final = 1 << 18  # booleans of one table block: 256 KB, second-level cache


class NegativeSampler:
    """A sampler of `negatives` items per train interaction of one party, uniform over the items the user may be given.

    Which items a user may be given depends on the protocol. Under "leak-free": all but the user's train items. Under
    "published": all but every item of the user, validation and test item included, as the reference codes do; this
    leaks the held-out items (docs/evaluation.md).

    Sampling is exact and needs no rejection: the draw is a rank among the allowed items, and the rank is mapped to the
    item. The draws of one interaction are independent, so an item can occur twice among them.

    Args:
        data: the party's users.
        negatives: negatives per train interaction, 1 or more.
        seed: seed of the run.

    Raises:
        DataError: more items than the sampler can number.
    """

    def __init__(self, data: PartyData, negatives: int, seed: int) -> None:
        check_item_count(data.n_items)
        self._negatives = negatives
        self._seed = seed
        self._n_items = data.n_items
        self._users = data.users
        self._indptr = data.indptr
        self._row = np.repeat(np.arange(data.n_users, dtype=np.int64), np.diff(data.indptr))
        stride = data.n_items
        pairs = self._row * stride + data.items
        if data.protocol == "published":
            rows = np.arange(data.n_users, dtype=np.int64)
            held_out = [rows[i >= 0] * stride + i[i >= 0] for i in (data.valid_item, data.test_item)]
            pairs = np.concatenate([pairs, *held_out])
        pairs = np.unique(pairs)  # ascending, so per user ascending; duplicates of the published protocol once
        excluded_row = pairs // stride
        self._excluded = (pairs - excluded_row * stride).astype(np.int32)
        self._excluded_indptr = np.searchsorted(excluded_row, np.arange(data.n_users + 1)).astype(np.int64)
        self._free = data.n_items - np.diff(self._excluded_indptr)
        draws = len(data.items) * negatives
        self._use_table = draws * _ENTRIES_WORTH_A_DRAW >= data.n_users * data.n_items
        self._gaps = gap_keys(self._excluded_indptr, self._excluded, data.n_items + 1)

    @property
    def n_allowed(self) -> NDArray[np.int64]:
        """The number of different items each user may be given as a negative, int64 [n_users]."""
        return self._free

    def round(self, round_number: int, local_epoch: int = 0) -> NDArray[np.int32]:
        """Draw the negatives of a round, int32 [n_train, negatives]: row j is for train interaction j of the party.

        A user who touched every item has none to be given: the rows are -1, meaning "skip these samples".

        Args:
            round_number: the communication round, 0 or more.
            local_epoch: which pass over the local data within the round, from 0.
        """
        stream = rng.keys(rng.key(rng.FOR_NEGATIVES, self._seed, round_number, local_epoch), self._users)
        result = np.empty((len(self._row), self._negatives), dtype=np.int32)
        if self._use_table:
            self._fill_by_table(stream, result)
        else:
            self._fill_by_search(stream, result)
        nothing_left = self._free == 0
        if nothing_left.any():
            result[nothing_left[self._row]] = -1
        return result

    def _ranks(self, stream: NDArray[np.uint64], start: int, stop: int) -> NDArray[np.int64]:
        """Draw ranks among the allowed items, [stop - start, negatives], for train interactions start..stop-1."""
        row = self._row[start:stop]
        within = (np.arange(start, stop) - self._indptr[row]).astype(np.uint64)
        first_draw = within * np.uint64(self._negatives)
        draw_index = first_draw[:, None] + np.arange(self._negatives, dtype=np.uint64)[None, :]
        bits = rng.draw(stream[row][:, None], draw_index)
        return rng.below(bits, self._free[row].astype(np.uint64)[:, None]).view(np.int64)

    def _chunk(self) -> int:
        return max(1, rng.CHUNK // 2 // self._negatives)

    def _fill_by_search(self, stream: NDArray[np.uint64], result: NDArray[np.int32]) -> None:
        """Turn ranks into items by binary search in the excluded lists: best when users have few interactions."""
        stride = self._n_items + 1
        chunk = self._chunk()
        for start in range(0, len(self._row), chunk):
            stop = min(start + chunk, len(self._row))
            ranks = self._ranks(stream, start, stop)
            rows = np.repeat(self._row[start:stop], self._negatives)
            # Only the lists of the users at hand, so that the searched array stays in the cache.
            first, last = rows[0], rows[-1] + 1
            bounds = self._excluded_indptr[first : last + 1]
            gaps = self._gaps[bounds[0] : bounds[-1]] - first * stride
            items = outside(gaps, bounds - bounds[0], rows - first, ranks.ravel(), stride)
            result[start:stop] = items.reshape(ranks.shape)

    def _fill_by_table(self, stream: NDArray[np.uint64], result: NDArray[np.int32]) -> None:
        """Turn ranks into items by listing the allowed items, some users at a time: best when users have many items."""
        n_users = len(self._users)
        step = max(1, _TABLE_ENTRIES // self._n_items)
        chunk = self._chunk()
        for first in range(0, n_users, step):
            last = min(first + step, n_users)
            bounds = self._excluded_indptr[first : last + 1]
            excluded_row = np.repeat(np.arange(last - first), np.diff(bounds))
            allowed = np.ones((last - first, self._n_items), dtype=bool)
            allowed[excluded_row, self._excluded[bounds[0] : bounds[-1]]] = False
            table = np.flatnonzero(allowed)
            if len(table) == 0:  # nobody here can be given anything; `round` writes the -1
                continue
            table_start = np.cumsum(self._free[first:last]) - self._free[first:last]
            for start in range(self._indptr[first], self._indptr[last], chunk):
                stop = min(start + chunk, int(self._indptr[last]))
                row = self._row[start:stop] - first
                where = self._ranks(stream, start, stop) + table_start[row][:, None]
                # A user with nothing allowed points at the next user's entries or behind the last: `round` overwrites.
                np.minimum(where, len(table) - 1, out=where)
                result[start:stop] = table[where] - (row * self._n_items)[:, None]


def shuffle_keys(
    seed: int,
    round: int,
    local_epoch: int,
    user_ids_per_sample: IntegerArray,
    index_within_user: IntegerArray,
) -> NDArray[np.uint64]:
    """Return a random sort key per sample, uint64 [n]; sorting a user's samples by it shuffles them.

    The keys depend on the arguments only, so a user's order of samples is the same in every partition. The keys of one
    user are distinct (SplitMix64's output function is a bijection), so the order has no ties.

    Args:
        seed, round, local_epoch: as in `NegativeSampler.round`.
        user_ids_per_sample: [n] dense (global) user id of each sample.
        index_within_user: [n] 0-based number of the sample among the user's samples, positives and negatives.
    """
    prefix = rng.key(rng.FOR_SHUFFLE, seed, round, local_epoch)
    result = np.empty(len(user_ids_per_sample), dtype=np.uint64)
    for start in range(0, len(result), rng.CHUNK):
        part = slice(start, start + rng.CHUNK)
        stream = rng.keys(prefix, user_ids_per_sample[part])
        result[part] = rng.draw(stream, index_within_user[part].astype(np.uint64))
    return result
