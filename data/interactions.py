"""What a reader returns: implicit-feedback interactions with dense ids, in time order."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Interactions:
    """One data set, read.

    Rows are sorted by user and, within a user, by time; rows of one user with equal timestamps keep their
    order in the file (a stable sort), so "the last item" is well defined. `order` documents nothing else.

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

    @property
    def n_users(self) -> int:
        return len(self.user_ids)

    @property
    def n_items(self) -> int:
        return len(self.item_ids)

    @property
    def n_rows(self) -> int:
        return len(self.user)
