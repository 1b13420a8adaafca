"""The sums of item updates across parties: one file per aggregator, picked by name."""

from __future__ import annotations

from collections.abc import Sequence

from secretflow import PYU

from data.errors import UnknownNameError
from data.sentences import say
from fl.aggregation.base import CountingAggregator
from fl.aggregation.heu import HeuAggregator
from fl.aggregation.masked import MaskedAggregator
from fl.aggregation.plain import CountingPlainAggregator
from fl.aggregation.robust import RobustAggregator
from fl.aggregation.secure import GuardedSecureAggregator
from fl.aggregation.spu import SpuAggregator
from fl.aggregation.verified import VerifiedAggregator
from fl.settings.aggregators import AggregatorChoice

AGGREGATORS: dict[str, type[CountingAggregator]] = {
    "masked": MaskedAggregator,
    "verified": VerifiedAggregator,
    "secure": GuardedSecureAggregator,
    "spu": SpuAggregator,
    "heu": HeuAggregator,
    "robust": RobustAggregator,
    "plain": CountingPlainAggregator,
}


def make(choice: AggregatorChoice | str, server: PYU, parties: Sequence[PYU]) -> CountingAggregator:
    """Make the chosen aggregator, at `server`, for `parties`. A name alone takes the defaults of its other choices.

    Raises:
        UnknownNameError: there is no such aggregator.
    """
    name = choice if isinstance(choice, str) else choice.name
    if name not in AGGREGATORS:
        raise UnknownNameError(
            say("aggregation.no-aggregator", "There is no aggregator '{name}'.", name=name),
            say("aggregation.known", "Known are: {aggregators}.", aggregators=", ".join(AGGREGATORS)),
        )
    # Not every one takes the choice: most have nothing to choose.
    full = AggregatorChoice(name) if isinstance(choice, str) else choice  # type: ignore[arg-type]  # checked above
    if name == "spu":
        return SpuAggregator(server, parties, full)
    if name == "robust":
        return RobustAggregator(server, parties, full)
    return AGGREGATORS[name](server, parties)


def claim_for(choice: AggregatorChoice, n_parties: int) -> str:
    """Return what the server learns, in words, under the chosen aggregator."""
    if choice.name == "spu":
        return SpuAggregator.claim_for(n_parties, choice.spu_protocol)
    if choice.name == "robust":
        return RobustAggregator.claim_for(n_parties, choice)
    return AGGREGATORS[choice.name].claim_for(n_parties)
