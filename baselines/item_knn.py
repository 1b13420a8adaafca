"""Item-based nearest neighbours with cosine similarity.

Deshpande and Karypis, "Item-based top-N recommendation algorithms", ACM TOIS 22(1), 2004: the similarity of two items
is the cosine of their columns of the user-item matrix, only the k most similar items of each item are kept, and a
user's score of an item is the sum of its similarities to the user's items.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from baselines.base import Baseline, Recency, first_rows, interaction_matrix
from data.partition import PartyData

_ROWS = 512  # item rows of the similarity matrix worked on at a time


class ItemKNN(Baseline):
    """Cosine item-kNN.

    Args:
        neighbours: items kept per item; equal similarities go to the lower item id.
        recency: what each of the user's items counts in the user's own scores; None: all the same.
    """

    name = "item-knn"
    title = "Item-kNN (cosine)"

    def __init__(self, neighbours: int = 100, recency: Recency | None = None) -> None:
        self._neighbours, self._recency = neighbours, recency

    def fit(self, parts: Sequence[PartyData]) -> None:
        self._parts, self._first = parts, first_rows(parts)
        matrix = interaction_matrix(parts)
        self._weighted = matrix if self._recency is None else interaction_matrix(parts, self._recency)
        counts = np.asarray(matrix.sum(axis=0)).ravel()
        scale = 1.0 / np.sqrt(np.maximum(counts, 1.0))
        normed = (matrix @ sp.diags(scale)).tocsc()
        n_items = normed.shape[1]
        blocks = []
        for start in range(0, n_items, _ROWS):
            stop = min(n_items, start + _ROWS)
            cosine = np.asarray((normed[:, start:stop].T @ normed).todense())
            cosine[np.arange(stop - start), np.arange(start, stop)] = 0.0  # an item is not its own neighbour
            if self._neighbours < n_items:
                drop = np.argsort(-cosine, axis=1, kind="stable")[:, self._neighbours :]
                np.put_along_axis(cosine, drop, 0.0, axis=1)
            blocks.append(sp.csr_matrix(cosine))
        # Row i holds the neighbours of item i. An item j is scored by the user's items among ITS neighbours.
        self._neighbourhood = sp.vstack(blocks).T.tocsc()

    def scores(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        mine = self._weighted[self._first[place] + rows]
        return np.asarray((mine @ self._neighbourhood).todense())
