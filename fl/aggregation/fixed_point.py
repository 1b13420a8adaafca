"""The common base of aggregators that sum fixed-point numbers of a public range: `masked`, `spu` and `heu`.

Parties encode their messages in their workers (`fl.aggregation.masking.ring`), so precision and range are the same for
all three, and a value beyond the range is refused in the party, by name, before anything hides it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from secretflow import PYU

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.base import CountingAggregator
from fl.aggregation.masking.ring import TABLE_LIMIT, VECTOR_LIMIT
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.aggregators import AGGREGATORS

# Largest average of what users change in a value of the item table. Measured with PFedRec's settings: a party's sum
# reaches 22,000 with 3,020 users (MovieLens-1M, first round), so 7 a user. With 4 parties, the average over all users
# is left with steps of 5e-7, rounded without bias.
USER_LIMIT = 256.0


def table_limit(weight: float) -> float:
    """Return the largest absolute value of a party's item table, for tables that sum users of that weight in all.

    Args:
        weight: number of all users, or of their samples where updates are weighted by them.
    """
    return USER_LIMIT * max(1.0, weight)


class FixedPointAggregator(CountingAggregator):
    """An aggregator that works inside the parties' workers and the server's actor, which `bind` gives it."""

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        self.about = AGGREGATORS[choice.name]
        self._device = server
        self._parties = list(parties)
        self._workers: Mapping[PYU, Any] = {}
        self._server: Any = None
        self._table_limit = TABLE_LIMIT

    def bind(self, workers: Mapping[PYU, Any], server: Any) -> None:
        if set(workers) != set(self._parties):
            raise SettingsError(
                say(
                    "aggregation.aggregator-made",
                    "The aggregator was made for {parties}, not for {workers}.",
                    parties=self._parties,
                    workers=list(workers),
                )
            )
        self._workers, self._server = {party: workers[party] for party in self._parties}, server

    def prepare(self, weight: float) -> None:
        self._table_limit = table_limit(weight)

    def limit(self) -> float:
        """Return the limit of counts and sums; a party checks that of item tables when it encodes them."""
        return VECTOR_LIMIT

    def _need_workers(self) -> Mapping[PYU, Any]:
        if not self._workers:
            raise SettingsError(say("aggregation.aggregator-not-bound", "The aggregator was not bound to workers."))
        return self._workers
