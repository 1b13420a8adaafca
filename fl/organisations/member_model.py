"""A federation of organisations as each member's driver has it.

Every member's process makes the same calls in the same order: SecretFlow matches values by counting them. So nothing
here may depend on what only one member knows: its data, its clock, chance, or a wish of its person. What members must
agree on comes from one of them, revealed to all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secretflow import PYU, reveal
from secretflow.device import PYUObject
from secretflow.distributed.fed.global_context import get_global_context
from secretflow.distributed.fed.object import FedObject

from data.errors import SettingsError
from data.genres import Genres
from data.sentences import from_file, say
from fl.aggregation.base import CountingAggregator
from fl.federation.checkpoints import Checkpoints, party_folder
from fl.federation.new_fl_model import NewFLModel, valid_figures
from fl.federation.rules import RoundRules
from fl.organisations.member_server import MemberServerActor
from fl.organisations.member_worker import STRATEGY
from fl.runs.rounds import RoundRecord
from fl.runs.storage import round_file

MISSING = say("member.missing", "it is not in this session")
SIZES, COUNTS = "sizes", "counts"  # sums over all parties that are taken once in a run


@dataclass(frozen=True)
class Sizes:
    """The sizes of all parties' data together.

    Attributes:
        n_users: users.
        n_train: train interactions.
        n_items: items of the catalogue.
    """

    n_users: int
    n_train: int
    n_items: int


class MemberCheckpoints(Checkpoints):
    """The parts of a run, each kept by its member; parties keep the item table beside their own."""

    def save(self, folder: Path, round_number: int) -> None:
        """Write what a round's sum left to write: the rest is on disk already, before and after the sum."""
        with self._parties.named_failures():
            await_own(self._parties.each(lambda _, worker: worker.keep_items(round_number)))

    def prune(self, folder: Path, keep_rounds: Sequence[int]) -> None:
        keep, parties = [round_file(number) for number in keep_rounds], self._parties
        server = str(folder / "server")
        with parties.named_failures():
            own = parties.each(lambda device, worker: worker.prune(str(party_folder(folder, device)), keep))
            tables = parties.each(lambda _, worker: worker.prune_items(server, keep))
            await_own([parties.server.prune(server, keep), *own, *tables])


def await_own(values: Sequence[PYUObject]) -> None:
    """Wait for what of these values is made by this member; nothing is sent, and nobody else is waited for."""
    context = get_global_context(assert_none=False)
    for value in values:
        made = value.data
        if context is not None and isinstance(made, FedObject) and made.get_party() == context.get_party():
            made.get_object()


class MemberModel(NewFLModel):
    """NewFLModel with a driver in every member's process."""

    def __init__(
        self, server: PYU, device_list: Sequence[PYU], aggregator: CountingAggregator, threads: int, kit: Path
    ) -> None:
        """Start this member's part.

        Args:
            server, device_list, aggregator, threads: see NewFLModel; threads are this member's.
            kit: folder of this member's kit.
        """
        super().__init__(
            server,
            device_list,
            aggregator,
            threads=threads,
            strategy=STRATEGY,
            server_actor=MemberServerActor,
            kit=str(kit),
        )
        self.checkpoints = MemberCheckpoints(self.parties)
        self._missing = False

    def open(self, folder: Path, data: tuple[str, str, int], n_items: int, missing: bool, wish: Any) -> Sizes:
        """Make every party read its own data; return their sizes together, which are summed once in a run.

        Args:
            folder: of the run, at this member.
            data: (this member's data set, protocol, seed).
            n_items: items of the catalogue.
            missing: whether parties of the run are not in this session.
            wish: at the server, see `MemberServer.open`.
        """
        parties, self._missing = self.parties, missing
        members = [str(device) for device in parties.workers]
        with parties.named_failures():
            reveal(parties.server.open(str(folder), members, missing, wish))
            reveal(parties.each(lambda _, worker: worker.open_own(*data, str(folder))))
            self._known_sums = set(reveal(parties.server.known()))
        sizes = self._sum_once(SIZES, lambda _, worker: worker.sizes())
        with parties.named_failures():
            n_users, n_train = (round(float(value)) for value in reveal(sizes))
        return Sizes(n_users, n_train, n_items)

    def begin(self, rules: RoundRules, sizes: Sizes, labels: Genres) -> None:
        """Give every party an untrained model and the server fresh item embeddings; see NewFLModel.set_up.

        Args:
            rules: what every round is like.
            sizes: what `open` returned.
            labels: what everybody knows of each item of the catalogue.
        """
        known = self._known(rules, sizes.n_users, sizes.n_train)
        self.parties.users = dict.fromkeys(self.parties.workers, 0)  # a party's own number is its secret
        self.parties.reveal_each(lambda _, worker: worker.begin(known))
        if rules.privacy is None:
            self.questions.know_counts(self._sum_once(COUNTS, lambda _, worker: worker.item_counts()))
        self._set_up_server(sizes.n_items, labels)

    def _sum_once(self, name: str, ask: Any) -> Any:
        """Return a sum over all parties of the run at the server: an earlier session's, where there was one.

        Summed again without one of them, the difference would be what that party sent.
        """
        if name in self._known_sums:
            return self.parties.server.kept(name)
        if self._missing:
            raise SettingsError(
                say("member.sums-need-all", "A run begins with all parties of the federation, and some are missing.")
            )
        with self.parties.summing():
            return self.parties.server.keep(name, self.parties.sum(ask))

    def resume(self, folder: Path, number: int, absent: Collection[str], everybody: Sequence[str]) -> list[RoundRecord]:
        """Bring back a round that the server applied; return the records up to it, the same at all members.

        The session in which it was trained may have ended before everybody had its item table and its record. Without
        exactly those parties that are in its sum there are no validation figures: figures of the same model over other
        users would tell of the difference.

        Args:
            folder: of the run, at this member.
            number: of the round.
            absent: parties of this session that are not in its sum; they go on from their own last checkpoint before.
            everybody: the parties of the run.
        """
        parties = self.parties
        self.load_model(folder, number, absent)
        with parties.named_failures():
            report, lines = reveal([parties.server.kept_report(number), parties.server.records(number)])
            self._items = items = parties.server.items()
            reveal(parties.each(lambda device, worker: worker.take_items(items.to(device))))
        valid: dict[str, float] = {}
        if report["members"] == [str(device) for device in parties.workers] and self.privacy is None:
            with parties.summing():
                (sums,) = reveal(parties.sum(lambda device, worker: worker.validate(items.to(device))))
            valid = valid_figures(sums[0], noised=False)
        self.checkpoints.save(folder, number)
        records = [RoundRecord.model_validate(from_file(json.loads(line))) for line in lines]
        if len(records) == number:
            return records
        record = RoundRecord(
            round=number,
            loss=report["loss_sum"] / max(1, report["n_samples"]),
            valid=valid,
            seconds=0.0,
            bytes_up=report["bytes_up"],
            bytes_down=report["bytes_down"],
            dropped={name: MISSING for name in everybody if name not in report["members"]},
        )
        return [*records, record]
