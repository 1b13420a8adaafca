"""The ranking metrics of leave-one-out evaluation: one held-out item per user, ranked among candidates.

HR@K is 1 when the held-out item is among the K best, else 0. NDCG@K is 1 / log2(rank + 1) when rank <= K, else 0 (one
relevant item, so the ideal DCG is 1; He et al., "Neural Collaborative Filtering", WWW 2017, section 4.1). MRR@K is
1 / rank when rank <= K, else 0 (Voorhees, "The TREC-8 question answering track report", 1999, cut off at K). Recall@K
is the share of a user's relevant items among the K best: with one held-out item it IS HR@K.

Ties count against the model: a candidate with the same score is ranked before the held-out item, so a scorer that gives
every item the same score gets 0. A score that is not a number (NaN) counts against the model as well.

Only sums over users may leave a party, never figures of single users.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

Metric = Literal["hr", "ndcg", "mrr"]
METRICS: Final[tuple[Metric, ...]] = ("hr", "ndcg", "mrr")


def ranks(
    positive: NDArray[np.floating[Any]], candidates: NDArray[np.floating[Any]], counted: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """Return the rank, from 1, of each user's held-out item among its candidates.

    Args:
        positive: [n], score of the held-out item.
        candidates: [n, c], scores of the others; the held-out item itself must not be among them.
        counted: [n, c], False where a candidate is padding or masked; None counts all.

    Returns:
        [n], 1 + number of counted candidates that do not score strictly lower.
    """
    ahead = ~(candidates < positive[:, None])
    if counted is not None:
        ahead &= counted
    rank: NDArray[np.int64] = 1 + ahead.sum(axis=1, dtype=np.int64)
    return rank


def figure_names(ks: Sequence[int], prefixes: Sequence[str] = ("",), metrics: Sequence[Metric] = METRICS) -> list[str]:
    """Return the names of the columns of `user_figures`, "hr@K", "ndcg@K", ..., for one prefix after the other."""
    return [f"{prefix}{metric}@{k}" for prefix in prefixes for k in ks for metric in metrics]


def user_figures(
    rank: NDArray[np.int64], ks: Sequence[int], metrics: Sequence[Metric] = METRICS
) -> NDArray[np.float64]:
    """Return each user's own figures, in the order of `figure_names`: [n, len(metrics) * len(ks)].

    They stay in the party: sum them first.

    Args:
        rank: [n], ranks from 1.
        ks: cut-offs; one above the number of candidates is hit by every rank.
        metrics: which figures.
    """
    of_rank = {"hr": np.ones(len(rank)), "ndcg": 1.0 / np.log2(rank + 1.0), "mrr": 1.0 / rank}
    values = np.stack([of_rank[metric] for metric in metrics], axis=1)
    return np.concatenate([np.where((rank <= k)[:, None], values, 0.0) for k in ks], axis=1)


def means(sums: NDArray[np.float64], names: Sequence[str]) -> dict[str, float]:
    """Return means over users as fractions in 0..1, from sums that begin with the number of users.

    A sum over no users gives 0.0 for every metric.
    """
    n = float(sums[0])
    return {name: (float(value) / n if n else 0.0) for name, value in zip(names[1:], sums[1:], strict=True)}
