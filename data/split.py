"""Leave-one-out split by time and the evaluation candidates, under both protocols (docs/evaluation.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.errors import DataError
from data.interactions import Interactions
from data.sentences import say

Protocol = Literal["leak-free", "published"]
N_CANDIDATES = 99
MIN_INTERACTIONS = 3  # one each for train, validation and test


@dataclass(frozen=True)
class Split:
    """The train, validation and test items of every user, users in dense order.

    Attributes:
        protocol: "leak-free" or "published".
        seed: seed of the candidates.
        n_items: number of items.
        indptr: int64 [n_users + 1]; the train items of user u are items[indptr[u]:indptr[u + 1]].
        items: int32 [n_train], train items in time order. Under "published", duplicates are kept.
        valid_item, test_item: int32 [n_users], the held-out item, -1 for users kept for training only.
        valid_candidates, test_candidates: int32 [n_users, 99], sampled without replacement from the items the user
            never touched (train, validation and test excluded); the two sets of a user are disjoint draws of one
            sample when enough items exist; -1 pads rows of users who lack a
            held-out item, or who touched so many items that fewer are left.
        n_train_only_users: how many users had fewer than 3 (distinct, under leak-free) interactions.
        n_duplicates_dropped: rows dropped because the same (user, item) came earlier; 0 under "published".
    """

    protocol: Protocol
    seed: int
    n_items: int
    indptr: NDArray[np.int64]
    items: NDArray[np.int32]
    valid_item: NDArray[np.int32]
    test_item: NDArray[np.int32]
    valid_candidates: NDArray[np.int32]
    test_candidates: NDArray[np.int32]
    n_train_only_users: int
    n_duplicates_dropped: int

    @property
    def n_users(self) -> int:
        return len(self.valid_item)


def leave_one_out(interactions: Interactions, protocol: Protocol, seed: int) -> Split:
    """Hold out each user's last item for test and the last but one for validation.

    "Last" is by time. Under "leak-free" rows of a user with equal timestamps keep their order in the file, and only
    the first row of each (user, item) counts; under "published" such rows are reversed and all rows count. Users with
    fewer than 3 rows that count are kept for training only.

    The candidates of a user depend on the seed, the user's dense id and the set of items the user touched, on nothing
    else. They are the same under both protocols.

    Args:
        interactions: what a reader returned (rows sorted by user, then time).
        protocol: "leak-free" or "published".
        seed: seed of the candidates, 0 or more.

    Raises:
        DataError: the interactions have no rows, or more items than the sampler can number.
    """
    if interactions.n_rows == 0:
        raise DataError(
            say("split.no-interactions", "The data set {dataset} has no interactions.", dataset=interactions.name)
        )
    check_item_count(interactions.n_items)
    n_users, n_items = interactions.n_users, interactions.n_items
    pairs = interactions.user.astype(np.int64) * n_items + interactions.item
    touched, first = np.unique(pairs, return_index=True)  # `first`: the earliest row of each pair
    counted = _counted(interactions, protocol, first)
    user, item = interactions.user[counted], interactions.item[counted]

    counts = np.bincount(user, minlength=n_users)
    ends = np.cumsum(counts)
    held_out = counts >= MIN_INTERACTIONS
    valid_item = np.full(n_users, -1, dtype=np.int32)
    test_item = np.full(n_users, -1, dtype=np.int32)
    test_item[held_out] = item[ends[held_out] - 1]
    valid_item[held_out] = item[ends[held_out] - 2]
    is_train = np.ones(len(item), dtype=bool)
    is_train[ends[held_out] - 1] = False
    is_train[ends[held_out] - 2] = False
    indptr = np.zeros(n_users + 1, dtype=np.int64)
    np.cumsum(counts - 2 * held_out, out=indptr[1:])

    # Items touched, per user and ascending, duplicates and held-out items included once.
    touched_user = touched // n_items
    touched_indptr = np.searchsorted(touched_user, np.arange(n_users + 1))
    touched_item = (touched - touched_user * n_items).astype(np.int32)
    valid_candidates, test_candidates = _candidates(touched_indptr, touched_item, n_items, seed)
    valid_candidates[~held_out] = -1
    test_candidates[~held_out] = -1
    return Split(
        protocol=protocol,
        seed=seed,
        n_items=n_items,
        indptr=indptr,
        items=np.ascontiguousarray(item[is_train], dtype=np.int32),
        valid_item=valid_item,
        test_item=test_item,
        valid_candidates=valid_candidates,
        test_candidates=test_candidates,
        n_train_only_users=int(n_users - held_out.sum()),
        n_duplicates_dropped=interactions.n_rows - len(item),
    )


def without(split: Split, gone: NDArray[np.bool_]) -> Split:
    """Return a split in which some users have nothing: no train items, nothing held out. The others are as before.

    Args:
        split: of all users.
        gone: bool [n_users], who they are.
    """
    lengths = np.diff(split.indptr)
    left = np.where(gone, 0, lengths)
    indptr = np.concatenate([[0], np.cumsum(left)]).astype(np.int64)

    def emptied(held: NDArray[np.int32]) -> NDArray[np.int32]:
        result = held.copy()
        result[gone] = -1
        return result

    return replace(
        split,
        indptr=indptr,
        items=split.items[np.repeat(~gone, lengths)],
        valid_item=emptied(split.valid_item),
        test_item=emptied(split.test_item),
        valid_candidates=emptied(split.valid_candidates),
        test_candidates=emptied(split.test_candidates),
    )


def counted_rows(interactions: Interactions, protocol: Protocol) -> NDArray[np.int64]:
    """Return the rows that count under a protocol, each user's in the order of time as `leave_one_out` has them."""
    pairs = interactions.user.astype(np.int64) * interactions.n_items + interactions.item
    return _counted(interactions, protocol, np.unique(pairs, return_index=True)[1])


def _counted(interactions: Interactions, protocol: Protocol, first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the same, `first` being the earliest row of each pair."""
    return np.sort(first) if protocol == "leak-free" else reference_order(interactions)


def reference_order(interactions: Interactions) -> NDArray[np.int64]:
    """Order rows by user and time, equal timestamps in REVERSE file order, as the reference codes have them.

    They take the last item by `rank(method="first", ascending=False)`, which gives rank 1 to the first of equal rows.
    On Amazon-Video, whose times are days, this decides what popularity scores: HR@10 60.2 instead of 57.7.
    """
    behind = -np.arange(interactions.n_rows)
    finer = () if interactions.nanos is None else (interactions.nanos,)
    order: NDArray[np.int64] = np.lexsort((behind, *finer, interactions.timestamp, interactions.user))
    return order


def check_item_count(n_items: int) -> None:
    """Raise DataError when there are more items than the sampler can number."""
    if n_items > rng.MAX_BELOW:
        raise DataError(
            say(
                "split.items-most-supported",
                "There are {n_items:,} items; at most {most:,} are supported.",
                n_items=n_items,
                most=rng.MAX_BELOW,
            )
        )


def outside(
    gaps: NDArray[np.int64], indptr: NDArray[np.int64], rows: NDArray[np.int64], ranks: NDArray[np.int64], stride: int
) -> NDArray[np.int64]:
    """Return the items at the given ranks among the items that are NOT in a row's list, int64 [n].

    For an ascending list e_0 < e_1 < ... the number of listed items below the k-th unlisted one is the number of j with
    e_j - j <= k, so one binary search answers it: no rejection, no table of all items.

    Args:
        gaps: int64, `row * stride + e_j - j` of all lists, ascending (see `gap_keys`).
        indptr: int64 [n_rows + 1], bounds of the lists in `gaps`.
        rows: int64 [n], the list each rank refers to.
        ranks: int64 [n], 0-based rank among the unlisted items.
        stride: more than any item id.
    """
    below: NDArray[np.int64] = np.searchsorted(gaps, rows * stride + ranks, side="right") - indptr[rows]
    return ranks + below


def gap_keys(indptr: NDArray[np.int64], items: NDArray[np.int32], stride: int) -> NDArray[np.int64]:
    """Return `row * stride + e_j - j` of ascending lists in one ascending int64 array, the form `outside` searches."""
    lengths = np.diff(indptr)
    row = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    place: NDArray[np.int64] = np.arange(len(items), dtype=np.int64) - indptr[row]
    return row * stride + items - place


def _candidates(
    indptr: NDArray[np.int64], items: NDArray[np.int32], n_items: int, seed: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Draw validation and test candidates of all users, each int32 [n_users, 99], -1 where too few items are left.

    One sample of up to 198 ranks per user, drawn for all users at once by Floyd's algorithm (Bentley and Floyd, "A
    sample of brilliance", CACM 30(9), 1987): exact, without replacement, a fixed number of draws. Floyd's sample is a
    uniform SET, its order is not uniform, so it is put in a random order before it is cut in two. When fewer than 198
    items are left, validation and test share what there is, as evenly as possible.
    """
    n_users = len(indptr) - 1
    wanted = 2 * N_CANDIDATES
    valid = np.full((n_users, N_CANDIDATES), -1, dtype=np.int32)
    test = np.full((n_users, N_CANDIDATES), -1, dtype=np.int32)
    stream = rng.keys(rng.key(rng.FOR_CANDIDATES, seed), np.arange(n_users))
    gaps = gap_keys(indptr, items, n_items + 1)
    for start in range(0, n_users, 4096):  # bounds the memory: 4096 users x 198 x 8 bytes = 6.5 MB an array
        stop = min(start + 4096, n_users)
        rows = np.arange(start, stop)
        free = n_items - np.diff(indptr[start : stop + 1])
        size = np.minimum(free, wanted)
        ranks = _floyd(stream[start:stop], free, size, wanted)
        order_bits = rng.draw(stream[start:stop, None], np.arange(wanted, 2 * wanted, dtype=np.uint64)[None, :])
        missing = np.arange(wanted)[None, :] >= size[:, None]
        order_bits[missing] = np.iinfo(np.uint64).max  # the padding goes last
        ranks = np.take_along_axis(ranks, np.argsort(order_bits, axis=1, kind="stable"), axis=1)
        found = outside(gaps, indptr, np.repeat(rows, wanted), ranks.ravel(), n_items + 1).reshape(ranks.shape)
        found[missing] = -1
        n_valid = np.minimum((size + 1) // 2, N_CANDIDATES)
        column = np.arange(N_CANDIDATES)[None, :]
        valid[start:stop] = np.where(column < n_valid[:, None], found[:, :N_CANDIDATES], -1)
        behind = np.minimum(n_valid[:, None] + column, wanted - 1)
        n_test = (size - n_valid)[:, None]
        test[start:stop] = np.where(column < n_test, np.take_along_axis(found, behind, axis=1), -1)
    return valid, test


def _floyd(
    stream: NDArray[np.uint64], free: NDArray[np.int64], size: NDArray[np.int64], wanted: int
) -> NDArray[np.int64]:
    """Draw uniform random sets, int64 [n, wanted]: row r holds `size[r]` numbers below `free[r]`, the rest 0."""
    chosen = np.full((wanted, len(stream)), -1, dtype=np.int64)  # step-major, so that each step's row is contiguous
    for step in range(wanted):
        top = free - size + step  # the draw is from 0..top
        pick = rng.below(rng.draw(stream, np.array([step], dtype=np.uint64)), (top + 1).astype(np.uint64)).astype(
            np.int64
        )
        taken = (chosen[:step] == pick).any(axis=0)
        active = step < size
        chosen[step] = np.where(active, np.where(taken, top, pick), -1)
    chosen[chosen < 0] = 0
    return np.ascontiguousarray(chosen.T)
