"""A round of a finished run, replayed in this process for the person to look at. Nothing of the run is changed.

Only a simulation can do that: its driver has all parties' data anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data.errors import StorageError
from data.partition import PartyData
from data.sentences import say
from fl.aggregation.compression import RangeKeeper, specs_of
from fl.aggregation.fixed_point import table_limit
from fl.aggregation.masking.ring import VECTOR_LIMIT, BlockSpec
from fl.audit.replayed_party import ReplayedParty, ReplayedRound, Sent
from fl.federation.rules import RoundRules, rules_of
from fl.federation.session import party_names
from fl.jobs.context import JobContext
from fl.jobs.run_data import finished_run
from fl.privacy.settings import privacy_of, stored_multiplier
from fl.runs.extent import check_private_parts
from fl.runs.run_folder import RunFolder
from fl.runs.seals import RESTORE
from fl.runs.storage import read_arrays, round_file
from fl.settings.aggregators import AGGREGATORS
from fl.settings.train import TrainSettings


@dataclass(frozen=True)
class Replay:
    """A run whose rounds can be replayed.

    Attributes:
        folder, settings: of the run.
        rules: of its rounds, with its differential privacy.
        best_round: by validation, after which the next one is replayed.
        parts: every party's users, in order.
        n_users, n_items: of the data set.
    """

    folder: RunFolder
    settings: TrainSettings
    rules: RoundRules
    best_round: int
    parts: list[PartyData]
    n_users: int
    n_items: int

    def round(self, after: int | None = None) -> ReplayedRound:
        """Return what the server sends before the round that follows `after`, the best round unless given.

        Raises:
            StorageError: the item table of that round was not kept, or is not one of this run.
        """
        number = (self.best_round if after is None else after) + 1
        path = self.folder.path / "server" / round_file(number - 1)
        arrays = read_arrays(path)
        shape, found = (self.n_items, self.settings.row_length), np.shape(arrays.get("items", ()))
        if found != shape:
            raise StorageError(
                say(
                    "replay.not-fit-items-expected",
                    "{path} does not fit: its items are {found}, expected {shape}.",
                    path=path,
                    found=found,
                    shape=shape,
                ),
                RESTORE,
            )
        compression, keeper = self.rules.compression, RangeKeeper()
        keeper.load(arrays, self.n_items)
        ranges = keeper.ranges(compression, self.n_items, number)
        rows = compression.rows(self.n_items, number, ranges)
        return ReplayedRound(
            number,
            np.asarray(arrays["items"], np.float32),
            ranges,
            np.arange(self.n_items) if rows is None else rows,
            compression.levels,
        )

    def party(self, place: int, given: ReplayedRound) -> ReplayedParty:
        """Return a party as it was before a round.

        Raises:
            StorageError: its checkpoint of the round before was not kept.
        """
        part, before = self.parts[place], given.number - 1
        party = ReplayedParty(part, self.rules)
        path = self.folder.path / "parties" / part.party / round_file(before)
        party.load_model(str(path), absent=part.party in self.folder.absent(before))
        return party

    def messages(self, given: ReplayedRound, context: JobContext) -> Iterator[Sent]:
        """Yield every party's `update` message, in order. One party is in memory at a time.

        Raises:
            SecretRecError: a checkpoint was not kept, or a party refuses to send.
            CancelledError: the person cancelled.
        """
        for place in range(len(self.parts)):
            context.check_cancelled()
            context.progress(place, len(self.parts), "parties")
            yield self.party(place, given).message(given)

    @property
    def weight(self) -> int:
        """The sum of all users' weights: their number, or that of their samples."""
        if self.settings.averaging == "samples":
            return int(self.settings.own.samples(sum(len(part.items) for part in self.parts)))
        return self.n_users

    def specs(self, sent: Sent) -> list[BlockSpec]:
        """Return how `masked` and `verified` encode such a message, whatever the run's aggregator."""
        return specs_of(sent.parts, max(2, len(self.parts)), table_limit(self.weight))

    def earlier(self) -> int | None:
        """Return the newest round but the best one whose item table was kept."""
        kept = [r.round for r in self.folder.rounds() if (self.folder.path / "server" / round_file(r.round)).exists()]
        return max((r for r in kept if r != self.best_round), default=None)


def replay(run: str, context: JobContext) -> Replay:
    """Read what is needed to replay rounds of a run.

    Raises:
        SecretRecError: no such run, nothing trained yet, or other data.
    """
    found = finished_run(run)
    check_private_parts(found.folder.path)
    settings = found.settings
    context.reading(settings.dataset)
    loaded = found.data()
    parts, _ = loaded.divide(party_names(settings.parties), settings.seed)
    n_users, n_items = sum(part.n_users for part in parts), loaded.split.n_items
    helpers = AGGREGATORS[settings.aggregator].fewest(settings.parties)
    privacy = privacy_of(settings, n_users, helpers, stored_multiplier(found.folder.path))
    numbers = 1 + max(int(part.users.max()) for part in parts)
    rules = replace(rules_of(settings, privacy), n_users=n_users, n_numbers=numbers, limit=VECTOR_LIMIT)
    return Replay(found.folder, settings, rules, found.best_round, parts, n_users, n_items)
