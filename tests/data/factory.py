"""Small data sets for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data.interactions import Interactions, build


def interactions(rows: Sequence[tuple[int, int, int]], n_users: int | None = None, n_items: int = 0) -> Interactions:
    """From (user, item, time) rows in file order; ids are dense already. `n_items` adds items nobody touched."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    n_users = n_users if n_users is not None else int(table[:, 0].max()) + 1
    n_items = max([n_items, *(table[:, 1] + 1)])
    user_ids = np.array([f"u{i}" for i in range(n_users)], dtype=object)
    item_ids = np.array([f"i{i}" for i in range(n_items)], dtype=object)
    return build("made", table[:, 0], table[:, 1], table[:, 2], user_ids, item_ids, item_ids, ((),) * n_items)


def random_interactions(
    n_users: int, n_items: int, per_user: tuple[int, int], seed: int, duplicates: bool = False
) -> Interactions:
    """Random users; the number of interactions of each is in `per_user` (both ends included)."""
    generator = np.random.default_rng(seed)
    rows = []
    for user in range(n_users):
        count = int(generator.integers(per_user[0], per_user[1] + 1))
        items = generator.choice(n_items, size=count, replace=duplicates)
        times = generator.integers(0, 30, size=count)  # many ties
        rows += [(user, int(i), int(t)) for i, t in zip(items, times, strict=True)]
    return interactions(rows, n_users, n_items)
