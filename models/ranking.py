"""The ranked lists: a user's best items, for one user or for all users of a party."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData
from models.base import FloatArray, LocalModel

NOBODY = -1  # fills the end of a list that has fewer than top_k items
EVERYTHING = np.ones(1, np.bool_)  # the items that may be listed: all


def best_items(score: FloatArray, allowed: NDArray[np.bool_], top_k: int) -> tuple[NDArray[np.int32], FloatArray]:
    """Return the best items of each row, best first, equal scores by item id.

    Args:
        score: [n, n_items].
        allowed: [n, n_items]; the others are never listed, nor is an item whose score is not a number.
        top_k: most items in a list.

    Returns:
        (item ids int32 [n, k], NOBODY at the end of short lists; their scores [n, k]), k = min(top_k, n_items).
    """
    k = min(top_k, score.shape[1])
    value = np.where(allowed & ~np.isnan(score), score, -np.inf).astype(np.float32, copy=False)
    rows = np.arange(len(value))[:, None]
    if k < value.shape[1]:
        # Not argpartition: among equal scores at the limit it would list whichever comes handy.
        limit = np.partition(value, value.shape[1] - k, axis=1)[:, value.shape[1] - k][:, None]
        taken = value >= limit
        # Ties are few: count along only the rows that have more of them than there is room for.
        crowded = np.nonzero(np.count_nonzero(taken, axis=1) > k)[0]
        if len(crowded):
            level = value[crowded] == limit[crowded]
            room = k - np.count_nonzero(value[crowded] > limit[crowded], axis=1)
            taken[crowded] &= ~level | (np.cumsum(level, axis=1) <= room[:, None])
        item = np.nonzero(taken)[1].reshape(len(value), k)
    else:
        item = np.broadcast_to(np.arange(k), value.shape)
    order = np.argsort(-value[rows, item], axis=1, kind="stable")
    item = np.take_along_axis(item, order, axis=1).astype(np.int32)
    best = value[rows, item]
    item[np.isneginf(best)] = NOBODY
    return item, best


def unrated(data: PartyData, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return False where a user has interacted with an item, [m, n_items]: train, validation and test items alike."""
    allowed = np.ones((len(rows), data.n_items), np.bool_)
    lengths = data.indptr[rows + 1] - data.indptr[rows]
    position = np.arange(lengths.sum()) + np.repeat(data.indptr[rows] - (np.cumsum(lengths) - lengths), lengths)
    allowed[np.repeat(np.arange(len(rows)), lengths), data.items[position]] = False
    for held_out in (data.valid_item[rows], data.test_item[rows]):
        has = np.nonzero(held_out >= 0)[0]
        allowed[has, held_out[has]] = False
    return allowed


def top_items(
    model: LocalModel,
    data: PartyData,
    row: int,
    items: FloatArray,
    top_k: int,
    include_rated: bool,
    batch_size: int,
    among: NDArray[np.bool_] = EVERYTHING,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the best items for one user, for that user's eyes only.

    Args:
        model: of the users of `data`.
        row: the user.
        items: [n_items, dim] global item embeddings.
        top_k: how many.
        include_rated: also list items the user has interacted with.
        batch_size: items scored at a time.
        among: [n_items], the items that may be listed; a single True for all of them.

    Returns:
        (item ids [k], scores [k] as a person is shown them, 0..1), best first, equal scores by item id; fewer than
        top_k where there are not as many items.
    """
    rows = np.array([row])
    if batch_size >= data.n_items:
        score = model.scores(rows, items)
    else:
        score = np.empty((1, data.n_items), np.float32)
        for start in range(0, data.n_items, batch_size):
            columns = np.arange(start, min(data.n_items, start + batch_size), dtype=np.int32)
            score[:, columns] = model.scores(rows, items, columns[None, :])
    allowed = among & (np.ones(score.shape, np.bool_) if include_rated else unrated(data, rows))
    best, value = best_items(score, allowed, top_k)
    listed = best[0] != NOBODY
    return best[0][listed].astype(np.int64), model.shown_score(value[0][listed].astype(np.float64))


def lists_of_all(
    model: LocalModel,
    data: PartyData,
    items: FloatArray,
    top_k: int,
    include_rated: bool,
    batch_size: int,
    among: NDArray[np.bool_] = EVERYTHING,
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32], FloatArray]]:
    """Yield (rows [m], item ids [m, k], scores [m, k]) for all users of `data`, at most `batch_size` at a time."""
    for rows, score in model.score_batches(items, None, batch_size):
        allowed = among & (np.ones(score.shape, np.bool_) if include_rated else unrated(data, rows))
        yield rows, *best_items(score, allowed, top_k)
