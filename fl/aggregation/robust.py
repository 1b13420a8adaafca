"""Sums that a minority of poisoned parties cannot bend far: coordinate-wise median and trimmed mean.

Yin, Chen, Ramchandran and Bartlett, "Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates", ICML
2018, algorithm 1. Each party has one vote per coordinate: the mean change of its users. The median, or the mean without
the largest and smallest votes, stands for all users. The price: to compare the parties, the server reads every one's
update, as with `plain`.

A row that a party's users did not touch is that party's vote for no change. Were it left out instead, a poisoned party
would have an item to itself wherever few others touch it. So an item that fewer than half of the parties touch does not
move under the median; with parties of many users, which draw negatives everywhere, there are few such items.

Sums other than the rounds' updates (validation figures, item counts) are plain sums: a party can lie in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from secretflow import PYU
from secretflow.device import PYUObject

from fl.aggregation.base import CountingAggregator, upload_bytes
from fl.aggregation.plain import CountingPlainAggregator, check_finite, plain_sum
from fl.aggregation.updates import N_TOTALS, unpack_totals
from fl.settings.aggregator_words import AggregatorChoice, RobustRule, trimmed


def centre(votes: NDArray[np.floating[Any]], rule: RobustRule, trim: int) -> NDArray[np.float64]:
    """Return the middle of the votes, for each coordinate.

    Args:
        votes: [parties, ...].
        rule: "median", or "trimmed-mean": the mean without the `trim` largest and `trim` smallest.
        trim: for the trimmed mean, below half of the parties.
    """
    if rule == "median":
        return np.asarray(np.median(votes, axis=0), np.float64)
    return np.asarray(np.sort(votes, axis=0)[trim : len(votes) - trim].mean(axis=0), np.float64)


def robust_sum(uploads: Sequence[Any], names: Sequence[str], choice: AggregatorChoice) -> tuple[Any, int]:
    """Return (what a sum over honest parties could be, bytes of the largest upload).

    Args:
        uploads: `update` messages of `fl.aggregation.updates`; anything else is summed plainly.
        names: of the parties, in the same order.
        choice: the rule.

    Raises:
        RefusedMessageError: naming the party whose upload is not finite.
        ValueError: shapes differ.
    """
    check_finite(uploads, names)
    total, size = plain_sum(*uploads)
    if not (isinstance(total, list) and len(total) == 2 and np.shape(total[1]) == (N_TOTALS,)):
        return total, size
    totals = [unpack_totals(upload[1]) for upload in uploads]
    weights = [each.n_samples if choice.by_samples else each.n_users for each in totals]
    # A party of whose users none was drawn for this round has no vote.
    votes = [np.asarray(u[0], np.float64) / w for u, w in zip(uploads, weights, strict=True) if w > 0]
    if votes:
        trim = min(trimmed(len(uploads), choice.trim_fraction), (len(votes) - 1) // 2)
        total[0] = (centre(np.stack(votes), choice.robust_rule, trim) * sum(w for w in weights if w > 0)).astype(
            np.float32
        )
    return total, max(upload_bytes(upload) for upload in uploads)


class RobustAggregator(CountingPlainAggregator):
    """An aggregator with one vote per party and coordinate, which gives the middle of the votes."""

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        super().__init__(server, parties, choice)
        self._choice = choice

    def compress(self, bits: int) -> None:
        CountingAggregator.compress(self, bits)  # votes are compared as real numbers

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        names, choice, self._under_way = [str(datum.device) for datum in data], self._choice, data

        def work(*uploads: Any) -> tuple[Any, int]:
            return robust_sum(uploads, names, choice)

        total, size = self.device(work, num_returns=2)(*[datum.to(self.device) for datum in data])
        return total, size
