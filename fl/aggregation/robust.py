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

from secretflow import PYU
from secretflow.device import PYUObject

from fl.aggregation.base import CountingAggregator
from fl.aggregation.plain import CountingPlainAggregator
from fl.settings.aggregator_words import AggregatorChoice


class RobustAggregator(CountingPlainAggregator):
    """An aggregator with one vote per party and coordinate, which gives the middle of the votes."""

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        super().__init__(server, parties, choice)
        self._choice = choice

    def compress(self, bits: int) -> None:
        CountingAggregator.compress(self, bits)  # votes are compared as real numbers

    def _summed(self, names: Sequence[str], uploads: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        total, size = self._server.sum_robustly(names, self._choice, *uploads)
        return total, size
