"""The sums of item updates across parties: one file per aggregator, picked by name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from data.errors import UnknownNameError
from data.sentences import say
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.aggregators import AGGREGATORS

if TYPE_CHECKING:
    from secretflow import PYU

    from fl.aggregation.base import CountingAggregator


def make(choice: AggregatorChoice | str, server: PYU, parties: Sequence[PYU]) -> CountingAggregator:
    """Return the chosen aggregator, at `server`, for `parties`.

    Args:
        choice: a name alone takes the defaults of what else can be chosen.
        server: where the sums are.
        parties: whose uploads are summed.

    Raises:
        UnknownNameError: there is no such aggregator.
    """
    chosen = AggregatorChoice(choice) if isinstance(choice, str) else choice
    if chosen.name not in AGGREGATORS:
        raise UnknownNameError(
            say("aggregation.no-aggregator", "There is no aggregator '{name}'.", name=chosen.name),
            say("aggregation.known", "Known are: {aggregators}.", aggregators=", ".join(AGGREGATORS)),
        )
    module, _, name = AGGREGATORS[chosen.name].made_by.partition(":")
    kind: type[CountingAggregator] = getattr(import_module(module), name)
    return kind(server, parties, chosen)
