"""The same ranking for everybody: items by number of train interactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baselines.base import Baseline
from data.partition import PartyData
from data.popularity import popularity_scores


class Popularity(Baseline):
    """A count of train rows, repeated ones of the published protocol each time, as in `data.popularity`."""

    name = "popularity"
    title = "Popularity"
    sees = "The server learns the item counts summed over the parties."

    def fit(self, parts: Sequence[PartyData]) -> None:
        self._parts = parts
        n_items = parts[0].n_items
        self._counts = sum((popularity_scores(part) for part in parts), np.zeros(n_items)).astype(float)

    def scores(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        return np.broadcast_to(self._counts, (len(rows), len(self._counts)))
