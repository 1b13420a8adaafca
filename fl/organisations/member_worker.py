"""A party's side of a round between organisations: it reads its own file, and keeps its own part of the run itself.

No `from __future__ import annotations` here: SecretFlow counts the values a method returns by its evaluated annotation.
"""

from pathlib import Path
from typing import List, Tuple  # noqa: UP035  # SecretFlow looks for typing.Tuple

import numpy as np
from secretflow_fl.ml.nn.fl.strategy_dispatcher import register_strategy

from data.errors import SettingsError
from data.loading import load_own
from data.partition import PartyData
from data.sentences import say
from data.split import Protocol
from fl.aggregation.compression import NO_RANGES, Part
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.keys import Roster
from fl.federation.rules import RoundRules
from fl.federation.worker import PartyWorker
from fl.organisations import kit as kits
from fl.runs.in_run import as_in_run
from fl.runs.run_folder import RunFolder
from fl.runs.storage import prune_checkpoints, round_file, write_arrays
from fl.settings.aggregator_words import quorum
from models.base import Array

STRATEGY = "secretrec_member"


def _not_opened() -> SettingsError:
    """Return the refusal of what needs this member's data before they were opened."""
    return SettingsError(say("member.not-opened", "This member's data were not opened yet."))


class MemberWorker(PartyWorker):
    """The users of one organisation, in its own process, which nobody else can look into or hand anything to."""

    def __init__(self, kit: str = "", **kwargs: object) -> None:
        """Begin in the process of the member whose kit this is.

        Args:
            kit: folder of the member's kit.
            kwargs: as for PartyWorker.
        """
        super().__init__(**kwargs)  # type: ignore[arg-type]  # SecretFlow's own, by name
        self._kit = kits.read(Path(kit))
        self._identity = self._kit.identity()
        self._own: PartyData | None = None
        self._folder: Path | None = None  # of the run
        self._items: Array | None = None

    def open_own(self, dataset: str, protocol: Protocol, seed: int, folder: str) -> int:
        """Read the member's own data set. Return 1: how many users it has is told only as a sum.

        Args:
            dataset: by its name in this member's registry.
            protocol, seed: of the split.
            folder: of the run, where this member's own part of it is kept.
        """
        loaded, _ = load_own(dataset, protocol, seed, self._kit.catalogue, self._kit.member)
        (self._own,), _ = as_in_run(RunFolder(Path(folder)), loaded).divide([self._kit.member], seed)
        self._folder = Path(folder)
        self._remember_sums_in(self._own_folder())
        return 1

    def sizes(self) -> Array:
        """Return the numbers of users and of train interactions, float64 [2], to leave the party only when masked."""
        data = self._need_own()
        return self._made(np.array([data.n_users, len(data.items)], np.float64), "sizes")

    def begin(self, rules: RoundRules) -> int:
        """Make an untrained model of the data that were opened. Return 1."""
        self.set_up(self._need_own(), self._need_own(), rules)
        return 1

    def train_step(
        self, weights: Array, cur_steps: int, train_steps: int = 1, ranges: Array = NO_RANGES, **kwargs: object
    ) -> Tuple[List[Part], str]:  # noqa: UP006
        """See PartyWorker. The users' new state is on disk before anything is sent.

        Whoever may be missing in the next session, a round whose sum is known never has to be trained again.
        """
        message, problem = super().train_step(weights, cur_steps, train_steps, ranges, **kwargs)
        if not problem:
            self.save_model(str(self._own_folder() / round_file(cur_steps)))
        return message, problem

    def take_items(self, items: Array) -> int:
        """Take the item table that a session begins with. Return the number of items."""
        self._items = items
        return len(items)

    def validate(self, items: Array) -> List[Array]:  # noqa: UP006
        """See PartyWorker."""
        self._items = items
        return super().validate(items)

    def keep_items(self, round_number: int) -> int:
        """Write the item table of a round, which all members know, beside the party's own part. Return its bytes."""
        if self._items is None or self._folder is None:
            raise SettingsError(say("member.no-items", "There is no item table of round {round}.", round=round_number))
        path = self._folder / "server" / round_file(round_number)
        # A crash may take it: the next session begins by writing it again.
        write_arrays(path, {"items": np.asarray(self._items, np.float32)}, durable=False)
        return path.stat().st_size

    def prune_items(self, folder: str, keep: List[str]) -> int:  # noqa: UP006
        """Delete the item tables of rounds that are not in `keep`. Return how many."""
        return prune_checkpoints(Path(folder), keep)

    def masking_join(self, name: str, roster: Roster, messages: int, verified: bool) -> int:
        """See MaskingParty. The roster must be of this federation's members, with their identities.

        Raises:
            RefusedMessageError: it is not.
        """
        file, known = self._kit.file, dict(zip(self._kit.file.parties, self._kit.file.roster_keys, strict=True))
        in_order = tuple(party for party in file.parties if party in roster.names)
        fewest = quorum(len(roster.names))
        if name != self._kit.member or roster.names != in_order or roster.threshold < fewest:
            raise RefusedMessageError(
                say(
                    "member.other-roster",
                    "The parties {names} with threshold {threshold} are not those of this session.",
                    names=", ".join(roster.names),
                    threshold=roster.threshold,
                )
            )
        for party, key in zip(roster.names, roster.keys, strict=True):
            if key != known[party]:
                raise RefusedMessageError(
                    say(
                        "member.other-identity",
                        "{party} shows another identity than the one that its certificate vouches for.",
                        party=party,
                    )
                )
        return super().masking_join(name, roster, messages, verified)

    def _own_folder(self) -> Path:
        if self._folder is None:
            raise _not_opened()
        return self._folder / "parties" / self._kit.member

    def _need_own(self) -> PartyData:
        if self._own is None:
            raise _not_opened()
        return self._own


register_strategy(MemberWorker, strategy_name=STRATEGY, backend="tensorflow")
