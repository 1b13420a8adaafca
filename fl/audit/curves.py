"""The area under an attack's ROC curve: the chance that it ranks a true case above a false one; 0.5 is guessing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]
_LEVEL = 95.0


def auc(scores: Floats, truth: NDArray[np.bool_]) -> float:
    """Return the area under the ROC curve (Mann-Whitney U over pairs); ties count one half.

    Args:
        scores: [n] higher where the attack believes.
        truth: [n] where it should; both kinds must occur.
    """
    positives, negatives = int(truth.sum()), int((~truth).sum())
    if not positives or not negatives:
        raise ValueError("an area needs both true and false cases")
    ranks = rankdata(scores)
    return float((ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def bootstrap(
    statistic: Callable[[NDArray[np.int64]], float], n: int, seed: int, times: int = 500
) -> tuple[float, float]:
    """Return the 95% percentile interval of a statistic of n cases, drawn with replacement (Efron 1979)."""
    rng = np.random.default_rng(seed)
    drawn = [statistic(rng.integers(0, n, n)) for _ in range(times)]
    tail = (100 - _LEVEL) / 2
    return float(np.percentile(drawn, tail)), float(np.percentile(drawn, 100 - tail))


def auc_interval(members: Floats, others: Floats, seed: int) -> tuple[float, float, float]:
    """Return the (area, low, high) that separates members from others; each group is drawn by itself."""

    def area(first: Floats, second: Floats) -> float:
        truth = np.repeat([True, False], [len(first), len(second)])
        return auc(np.concatenate([first, second]), truth)

    rng = np.random.default_rng([seed, 1])

    def redrawn(rows: NDArray[np.int64]) -> float:
        return area(members[rows], others[rng.integers(0, len(others), len(others))])

    low, high = bootstrap(redrawn, len(members), seed)
    return area(members, others), low, high


def mean_interval(values: Floats, seed: int) -> tuple[float, float, float]:
    """Return (mean, low, high) over cases."""
    low, high = bootstrap(lambda rows: float(values[rows].mean()), len(values), seed)
    return float(values.mean()), low, high
