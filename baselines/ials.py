"""Implicit alternating least squares.

Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback datasets", ICDM 2008, with the weighting and the
frequency-scaled regularisation of Rendle et al., "Revisiting the performance of iALS on item recommendation
benchmarks", RecSys 2022: minimise

    sum over observed (u, i) of (1 - p_u q_i)^2 + alpha * sum over all (u, i) of (p_u q_i)^2
    + lambda * [ sum_u (n_u + alpha n_items) |p_u|^2 + sum_i (n_i + alpha n_users) |q_i|^2 ].

Written here in NumPy, because the `implicit` package (0.7.3) has one ridge for every row and cannot scale it by the
row's frequency, which is what makes iALS a strong yardstick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from baselines.base import Baseline, Recency, first_rows, interaction_matrix
from data.density import unobserved_weight
from data.partition import PartyData

FloatArray = NDArray[np.float64]
# Numbers of a padded block of gathered rows: 2^21 * 8 bytes = 16 MB.
_BLOCK = 1 << 21


def solve_rows(matrix: sp.csr_matrix, other: FloatArray, alpha: float, ridge: float) -> FloatArray:
    """Return the rows that minimise the objective while `other` stays fixed, [n_rows, dim].

    (alpha Q'Q + sum_i w_ui q_i q_i' + lambda (sum_i w_ui + alpha n_columns) I) p_u = sum_i w_ui q_i.

    Args:
        matrix: CSR [n_rows, n_columns] of the w_ui, 1 where nothing weighs by recency.
        other: [n_columns, dim].
        alpha: weight of all pairs.
        ridge: lambda.
    """
    n_rows, n_columns = matrix.shape
    dim = other.shape[1]
    lengths = np.diff(matrix.indptr)
    order = np.argsort(-lengths, kind="stable")
    common = alpha * (other.T @ other)
    padded = np.vstack([other, np.zeros(dim)])  # the last row pads short rows and adds nothing
    solved = np.zeros((n_rows, dim))
    start = 0
    while start < n_rows and lengths[order[start]] > 0:
        longest = int(lengths[order[start]])
        stop = min(n_rows, start + max(1, _BLOCK // (longest * dim)))
        rows = order[start:stop]
        place = np.arange(longest)[None, :]
        inside = place < lengths[rows][:, None]
        pairs = np.minimum(matrix.indptr[rows][:, None] + place, len(matrix.indices) - 1)
        gathered = padded[np.where(inside, matrix.indices[pairs], n_columns)]
        weight = np.where(inside, matrix.data[pairs], 0.0)
        weighted = weight[:, :, None] * gathered
        left = np.matmul(weighted.transpose(0, 2, 1), gathered)
        left += common
        left[:, np.arange(dim), np.arange(dim)] += ridge * (weight.sum(axis=1) + alpha * n_columns)[:, None]
        solved[rows] = np.linalg.solve(left, weighted.sum(axis=1)[:, :, None])[:, :, 0]
        start = stop
    return solved


class IALS(Baseline):
    """iALS over all users.

    Args:
        dim: length of an embedding.
        alpha: weight of all pairs beside the observed ones; 0: by the data's density, see `unobserved_weight`.
        ridge: lambda.
        sweeps: times that users and then items are solved.
        seed: of the initial item embeddings.
        recency: weights in the users' own scores; the items are learned without, as FCF's are. None for none.
    """

    name = "ials"
    title = "iALS"

    def __init__(
        self,
        dim: int = 32,
        alpha: float = 0.0,
        ridge: float = 0.01,
        sweeps: int = 16,
        seed: int = 0,
        recency: Recency | None = None,
    ) -> None:
        self._dim, self._alpha, self._ridge, self._sweeps, self._seed = dim, alpha, ridge, sweeps, seed
        self._recency = recency

    def fit(self, parts: Sequence[PartyData]) -> None:
        for _ in self.sweep_by_sweep(parts):
            pass

    def sweep_by_sweep(self, parts: Sequence[PartyData]) -> Iterator[int]:
        """Fit as `fit` does, and yield the number of each sweep, after which users can be scored.

        Args:
            parts: one PartyData per party.
        """
        self._parts, self._first = parts, first_rows(parts)
        matrix = interaction_matrix(parts)
        transposed = matrix.T.tocsr()
        n_items = matrix.shape[1]
        alpha = self._alpha or unobserved_weight(matrix.nnz, *matrix.shape)
        # Standard deviation 0.1 / sqrt(dim), as in the authors' experiments: scores start near 0.
        self._q = np.random.default_rng([self._seed, 2]).normal(0, 0.1 / np.sqrt(self._dim), (n_items, self._dim))
        weighted = matrix if self._recency is None else interaction_matrix(parts, self._recency)
        p = solve_rows(matrix, self._q, alpha, self._ridge)
        for sweep in range(1, self._sweeps + 1):
            self._q = solve_rows(transposed, p, alpha, self._ridge)
            # Users are scored with the sweep's items, as in the federated models.
            p = solve_rows(matrix, self._q, alpha, self._ridge)
            self._p = p if weighted is matrix else solve_rows(weighted, self._q, alpha, self._ridge)
            yield sweep

    def scores(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        found: FloatArray = self._p[self._first[place] + rows] @ self._q.T
        return found
