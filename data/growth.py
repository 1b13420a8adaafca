"""A data set that has grown since it was read: who and what is new in it, what is gone, and its numbering of before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data.genres import genre_matrix
from data.interactions import Interactions


@dataclass(frozen=True)
class Rows:
    """Interactions by numbers, in any order.

    Attributes:
        user, item: int64 [n_rows], numbers as in the data set they are compared with; -1 for what that one lacks.
        timestamp: int64 [n_rows] seconds.
    """

    user: NDArray[np.int64]
    item: NDArray[np.int64]
    timestamp: NDArray[np.int64]


def numbered(interactions: Interactions, item_ids: Sequence[str], users: Mapping[str, int]) -> Interactions:
    """Number a data set as it was numbered before: what is known keeps its number, all else comes behind it.

    Args:
        interactions: the data set as it is now; its fingerprint stays.
        item_ids: the known items, by their numbers; all of them are in the data set.
        users: numbers of the known users; those that are not in the data set keep theirs, with no rows.

    Returns:
        The same rows, sorted by the new numbers.
    """
    items = _behind(interactions.item_ids, {str(item): number for number, item in enumerate(item_ids)})
    user_of = _behind(interactions.user_ids, users)
    n_users = 1 + max(int(user_of.max(initial=-1)), max(users.values(), default=-1))
    user = user_of[interactions.user]
    order = np.argsort(user, kind="stable")  # a user's own rows keep their order
    back = np.argsort(items)

    def by_user(values: NDArray[np.object_]) -> NDArray[np.object_]:
        placed = np.full(n_users, "", object)
        placed[user_of] = values
        return placed

    return replace(
        interactions,
        user=user[order].astype(np.int32),
        item=items[interactions.item[order]].astype(np.int32),
        timestamp=interactions.timestamp[order],
        nanos=None if interactions.nanos is None else interactions.nanos[order],
        user_ids=by_user(interactions.user_ids),
        item_ids=interactions.item_ids[back],
        titles=interactions.titles[back],
        genres=tuple(interactions.genres[item] for item in back),
        user_groups={kind: by_user(labels) for kind, labels in interactions.user_groups.items()},
    )


def _behind(ids: NDArray[np.object_], known: Mapping[str, int]) -> NDArray[np.int64]:
    """Return a number for each id: the known one, or the least that is free, in order."""
    numbers = np.array([known.get(str(one), -1) for one in ids], np.int64)
    new = np.flatnonzero(numbers < 0)
    free = np.ones(len(known) + len(ids), np.bool_)
    taken = np.fromiter(known.values(), np.int64, len(known))
    free[taken[taken < len(free)]] = False
    numbers[new] = np.flatnonzero(free)[: len(new)]
    return numbers


def rows_gone(before: Rows, now: Rows) -> int:
    """Return how many rows of `before` are not in `now`; a row that stood there twice must do so still."""
    both = [np.concatenate(pair) for pair in ((before.user, now.user), (before.item, now.item))]
    time = np.concatenate([before.timestamp, now.timestamp])
    if not len(time):
        return 0
    order = np.lexsort((time, both[1], both[0]))
    columns = [column[order] for column in (*both, time)]
    first = np.concatenate([[True], np.any([column[1:] != column[:-1] for column in columns], axis=0)])
    more = np.where(order < len(before.user), 1, -1)
    return int(np.maximum(np.add.reduceat(more, np.flatnonzero(first)), 0).sum())


def neighbours(genres: Sequence[tuple[str, ...]], n_known: int) -> list[NDArray[np.int64]]:
    """Return for each new item the known ones that are most like it in their genres: most shared of all that they have.

    Args:
        genres: of all items, the known ones first.
        n_known: how many are known.

    Returns:
        For each of the others, the known items whose genres have the largest share in common with its own (Jaccard),
        all that tie for it; none where no known item has a genre of it.
    """
    has = genre_matrix(genres)[1] > 0
    found = []
    for own in has[n_known:]:
        shared = (has[:n_known] & own).sum(axis=1)
        alike = shared / np.maximum((has[:n_known] | own).sum(axis=1), 1)
        top = alike.max(initial=0.0)
        found.append(np.flatnonzero(alike == top) if top > 0 else np.zeros(0, np.int64))
    return found
