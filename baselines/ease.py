"""EASE: a linear item-to-item model with a closed-form solution.

Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019, equation 8: with P = (X'X + lambda I)^-1, the
weights are B = I - P / diag(P) (column by column), whose diagonal is zero; scores are X B.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from baselines.base import Baseline, first_rows, interaction_matrix, need_memory
from data.errors import SettingsError
from data.partition import PartyData


class EASE(Baseline):
    """EASE, solved by one Cholesky factorisation of an [n_items, n_items] matrix.

    Memory: two such matrices of float64 at the peak (12,000 items: 2.3 GB). Time grows with the cube of the items.

    Args:
        ridge: lambda, more than 0.
    """

    name = "ease"
    title = "EASE"

    def __init__(self, ridge: float = 300.0) -> None:
        self._ridge = ridge

    def fit(self, parts: Sequence[PartyData]) -> None:
        n_items = parts[0].n_items
        need_memory(f"EASE with {n_items:,} items", 2 * 8 * n_items * n_items + 2**27)
        self._parts, self._first = parts, first_rows(parts)
        self._matrix = interaction_matrix(parts)
        # Column-major, so that LAPACK works in place instead of on copies.
        gram = np.zeros((n_items, n_items), order="F")
        (self._matrix.T @ self._matrix).toarray(out=gram)
        gram[np.diag_indices(n_items)] += self._ridge
        factor, failed = lapack.dpotrf(gram, lower=True, overwrite_a=True)
        if failed:
            raise SettingsError(
                f"EASE: the matrix is not positive definite with lambda {self._ridge}.", "Raise lambda."
            )
        inverse, _ = lapack.dpotri(factor, lower=True, overwrite_c=True)
        # Only the lower triangle was computed.
        inverse = np.tril(inverse)
        inverse += np.tril(inverse, -1).T
        inverse /= -np.diag(inverse).copy()[None, :]
        inverse[np.diag_indices(n_items)] = 0.0
        self._weights: NDArray[np.float64] = inverse

    def scores(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        found: NDArray[np.float64] = np.asarray(self._matrix[self._first[place] + rows] @ self._weights)
        return found
