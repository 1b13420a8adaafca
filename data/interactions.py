"""The result of reading a data set: implicit-feedback interactions with dense ids, in time order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntegerArray = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True)
class Interactions:
    """The interactions of one data set.

    Rows are sorted by user and, within a user, by time; rows of one user with equal timestamps keep their order in the
    file (a stable sort), so "the last item" is well defined.

    Attributes:
        name: registry name, e.g. "ml-100k".
        user: int32 [n_rows], dense user id in 0..n_users-1, ascending.
        item: int32 [n_rows], dense item id in 0..n_items-1.
        timestamp: int64 [n_rows], seconds; 0 where the file has none.
        user_ids: str objects [n_users], the ids the file uses. Dense ids follow the order of first appearance
            in the file.
        item_ids: str objects [n_items], likewise.
        titles: str objects [n_items]; the item id where the file has no title.
        genres: tuple of n_items tuples of genre names, possibly empty tuples.
        fingerprint: hex SHA-256 over name, user ids, item ids and the (user, item, timestamp) rows as sorted here.
            Two runs are comparable only when it is equal.
        nanos: int64 [n_rows], billionths of a second beyond `timestamp`, which decide the order of rows of one second;
            None where the file has none.
        user_groups: optional per-user labels by group name, e.g. {"gender": ["F", "M", ...]}, each n_users long.
    """

    name: str
    user: NDArray[np.int32]
    item: NDArray[np.int32]
    timestamp: NDArray[np.int64]
    user_ids: NDArray[np.object_]
    item_ids: NDArray[np.object_]
    titles: NDArray[np.object_]
    genres: tuple[tuple[str, ...], ...]
    fingerprint: str
    user_groups: dict[str, NDArray[np.object_]] = field(default_factory=dict)
    nanos: NDArray[np.int64] | None = None

    @property
    def n_users(self) -> int:
        return len(self.user_ids)

    @property
    def n_items(self) -> int:
        return len(self.item_ids)

    @property
    def n_rows(self) -> int:
        return len(self.user)


def build(
    name: str,
    user: IntegerArray,
    item: IntegerArray,
    timestamp: IntegerArray,
    user_ids: NDArray[np.object_],
    item_ids: NDArray[np.object_],
    titles: NDArray[np.object_],
    genres: tuple[tuple[str, ...], ...],
    user_groups: dict[str, NDArray[np.object_]] | None = None,
) -> Interactions:
    """Build interactions from rows in file order: sort them by user, time and file order, and take the fingerprint.

    Args:
        name: registry name.
        user, item: [n_rows] dense ids, rows in file order.
        timestamp: [n_rows] seconds.
        others: as the attributes of `Interactions`.
    """
    order = np.lexsort((timestamp, user))  # a stable sort: ties keep the file order
    sorted_user = user[order].astype(np.int32)
    sorted_item = item[order].astype(np.int32)
    sorted_time = timestamp[order].astype(np.int64)
    return Interactions(
        name=name,
        user=sorted_user,
        item=sorted_item,
        timestamp=sorted_time,
        user_ids=user_ids,
        item_ids=item_ids,
        titles=titles,
        genres=genres,
        fingerprint=fingerprint(name, user_ids, item_ids, sorted_user, sorted_item, sorted_time),
        user_groups=user_groups or {},
    )


def fingerprint(
    name: str,
    user_ids: NDArray[np.object_],
    item_ids: NDArray[np.object_],
    user: NDArray[np.int32],
    item: NDArray[np.int32],
    timestamp: NDArray[np.int64],
    nanos: NDArray[np.int64] | None = None,
) -> str:
    """Return the hex SHA-256 that `Interactions.fingerprint` holds, the same everywhere (little-endian, JSON ids)."""
    digest = hashlib.sha256()
    digest.update(json.dumps([name, list(user_ids), list(item_ids)], ensure_ascii=True).encode("ascii"))
    for column, kind in ((user, "<i4"), (item, "<i4"), (timestamp, "<i8"), (nanos, "<i8")):
        if column is not None:
            digest.update(np.ascontiguousarray(column, dtype=kind).tobytes())
    return digest.hexdigest()
