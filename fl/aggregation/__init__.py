"""How item updates are summed across parties: one file per aggregator, picked by name."""

from __future__ import annotations

from collections.abc import Sequence

from secretflow import PYU

from data.errors import UnknownNameError
from fl.aggregation.base import CountingAggregator
from fl.aggregation.masked import MaskedAggregator
from fl.aggregation.plain import CountingPlainAggregator
from fl.aggregation.secure import GuardedSecureAggregator
from fl.aggregation.verified import VerifiedAggregator

AGGREGATORS: dict[str, type[CountingAggregator]] = {
    "masked": MaskedAggregator,
    "verified": VerifiedAggregator,
    "secure": GuardedSecureAggregator,
    "plain": CountingPlainAggregator,
}


def make(name: str, server: PYU, parties: Sequence[PYU]) -> CountingAggregator:
    """The aggregator called `name`, at `server`, for `parties`.

    Raises:
        UnknownNameError: there is no such aggregator.
    """
    if name not in AGGREGATORS:
        raise UnknownNameError(f"There is no aggregator '{name}'.", f"Known are: {', '.join(AGGREGATORS)}.")
    return AGGREGATORS[name](server, parties)
