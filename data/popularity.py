"""The baseline every result stands beside: the same ranking for everybody, by how often an item occurs in training."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData
from data.split import Split


def popularity_scores(split: Split | PartyData) -> NDArray[np.int64]:
    """Return how many train rows each item has in a split, or in one party's part of it: int64 [n_items].

    Items that occur only as held-out items, or never, have 0.

    Under the published protocol a repeated (user, item) counts each time, as it is trained each time.
    """
    return np.bincount(split.items, minlength=split.n_items).astype(np.int64)
