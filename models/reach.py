"""The reach of recommendations: coverage, novelty, popularity and evenness of what users are shown.

All four follow from two vectors summed over all parties: how often each item stands in a user's K best (exposure), and
how many train interactions each item has (counts). No list of any user is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Reach:
    """The figures of the items in users' K best, each item counted as often as it is shown.

    Attributes:
        coverage: share of all items shown to at least one user, 0..1.
        novelty: mean of -log2(share of users who have the item in their train set), in bits; higher means less known.
            (Vargas and Castells, "Rank and relevance in novelty and diversity metrics", RecSys 2011.) An item that
            nobody has in training counts as had by one.
        popularity_percentile: mean percentile of the items when all are sorted by train interactions, 0 (least popular)
            to 100; items with equal counts share the middle of their places. Random lists get 50.
        gini: Gini coefficient of exposure over all items: 0 when all are shown equally often, near 1 when one takes it
            all.
    """

    coverage: float
    novelty: float
    popularity_percentile: float
    gini: float


def top_k(score: NDArray[np.floating[Any]], allowed: NDArray[np.bool_], ks: tuple[int, ...]) -> list[NDArray[np.bool_]]:
    """Return which items are a user's K best, bool [n, n_items] for each K.

    Equal scores go to the lower item id, as in the lists that users are shown. Items that are not allowed, or whose
    score is not a number, are never among them, even if fewer than K are left.

    Args:
        score: [n, n_items].
        allowed: [n, n_items].
        ks: cut-offs, 1 or more each.
    """
    value = np.where(allowed & ~np.isnan(score), score, -np.inf)
    n_items = value.shape[1]
    usable = allowed & ~np.isnan(score)
    places = sorted({n_items - min(k, n_items) for k in ks})
    parted = np.partition(value, places, axis=1)
    found = []
    for k in ks:
        limit = parted[:, n_items - min(k, n_items)][:, None]
        above = value > limit
        tied = (value == limit) & usable
        room = min(k, n_items) - above.sum(axis=1, keepdims=True)
        found.append(above | (tied & (np.cumsum(tied, axis=1) <= room)))
    return found


def reach(exposure: NDArray[np.float64], counts: NDArray[np.float64], n_users: int) -> Reach:
    """Return the figures from sums over all parties.

    Args:
        exposure: [n_items], in how many users' K best each item is.
        counts: [n_items], train interactions of each item.
        n_users: number of all users.

    Without any exposure, coverage is 0 and the others are NaN.
    """
    shown = float(exposure.sum())
    if shown <= 0:
        return Reach(0.0, float("nan"), float("nan"), float("nan"))
    information = -np.log2(np.maximum(counts, 1.0) / max(1, n_users))
    return Reach(
        coverage=float((exposure > 0).mean()),
        novelty=float(exposure @ information / shown),
        popularity_percentile=float(exposure @ percentiles(counts) / shown),
        gini=gini(exposure),
    )


def percentiles(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 100 * (items with fewer interactions + half of those with as many) / number of items: [n_items]."""
    ordered = np.sort(counts)
    below = np.searchsorted(ordered, counts, side="left")
    not_above = np.searchsorted(ordered, counts, side="right")
    result: NDArray[np.float64] = 50.0 * (below + not_above) / len(counts)
    return result


def gini(amounts: NDArray[np.float64]) -> float:
    """Return the Gini coefficient of amounts of at least 0: half the mean absolute difference divided by the mean."""
    ordered = np.sort(amounts)
    n = len(ordered)
    total = float(ordered.sum())
    if total <= 0:
        return float("nan")
    return float((2.0 * np.arange(1, n + 1) - n - 1) @ ordered / (n * total))
