"""One party of a finished run, in this process, that trains the next round again: what it sends is what it would have.

It is the party's worker itself, with the party's own checkpoint, so private state, clipping, noise, sampling, rounding
and the check of norms are those of training. Noise, and the draw of users with differential privacy, are new: the real
ones came from secret randomness that nobody kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData
from fl.aggregation.compression import Part, Ranges, arrays_of, step_of
from fl.aggregation.party_side import Told
from fl.errors import PartyError
from fl.federation.rules import RoundRules
from fl.federation.worker import PartyWorker
from models import threads
from models.base import FloatArray


@dataclass(frozen=True)
class ReplayedRound:
    """The things that the server sends before a round.

    Attributes:
        number: from 1.
        items: [n_items, dim] item embeddings.
        ranges: of the rows, see `fl.aggregation.compression`.
        rows: int64 [k], ascending: the items whose rows are sent.
        levels: the largest level of a value, where there are ranges.
    """

    number: int
    items: FloatArray
    ranges: Ranges
    rows: NDArray[np.int64]
    levels: int

    def real(self, table: NDArray[Any]) -> NDArray[np.float64]:
        """Return the real numbers, [k, dim], of what a party sends for these rows, or of a sum of it."""
        values = np.asarray(table, np.float64)
        return values * step_of(self.ranges, self.levels) if len(self.ranges) else values


@dataclass(frozen=True)
class Sent:
    """A party's `update` message, as it goes to the aggregator.

    Attributes:
        parts: of the message: [k, dim] float32 numbers, or levels; and the totals, see `fl.aggregation.updates`.
    """

    parts: tuple[Part, Part]

    @property
    def table(self) -> NDArray[Any]:
        """The numbers or levels of the items, [k, dim]."""
        return arrays_of(self.parts)[0]

    @property
    def totals(self) -> NDArray[Any]:
        """The totals."""
        return arrays_of(self.parts)[1]


class ReplayedParty(PartyWorker):
    """A party of a finished run that trains a round again, in this process."""

    def __init__(self, part: PartyData, rules: RoundRules) -> None:
        """Make the party untrained.

        Args:
            part: its users.
            rules: of the run, with its differential privacy, its number of users and a limit.
        """
        super().__init__(threads=threads.most())
        self.set_up(part, part, rules)

    def message(self, given: ReplayedRound) -> Sent:
        """Return the message of all users that take part in the round.

        Raises:
            PartyError: the party refuses to send it.
        """
        return self._sent(*self.train_step(given.items, given.number, ranges=given.ranges))

    def message_of_user(self, given: ReplayedRound, row: int) -> Sent:
        """Return what the party would send if this user were its only one.

        Nothing of it is remembered but what the user trained: each user can be asked once.

        Raises:
            PartyError: the party refuses to send it.
        """
        self._kept_back = self._nothing_kept()
        return self._sent(*self._message(given.items.copy(), given.number, np.array([row]), given.ranges, 1))

    def memory(self) -> dict[bytes, Told]:
        """Return what the party remembers of how it made its last messages, which their masks depend on."""
        return dict(self._told)

    def _sent(self, message: list[Part], problem: str) -> Sent:
        if problem:
            raise PartyError(self._need_data().party, problem)
        table, totals = message
        return Sent((table, totals))
