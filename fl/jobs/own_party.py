"""A finished run as a single party answers from it: the item table, and what that party has of its own users.

No other party takes part, and no SecretFlow: the item table is known to every party, and all that a list takes beside
it lies in the party's own folder. So a list needs no federation, no data set and nobody else's machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data import paths, registry
from data.errors import DataError, StorageError, UnknownNameError
from data.missing import why_no_user
from data.sentences import Said, say
from fl.federation.session import party_names
from fl.jobs.run_data import FinishedRun, finished_run
from fl.runs import forgetting, kept
from fl.runs.extent import PARTIES, check_private_parts, has_private_parts
from fl.runs.kept import KnownItems, OwnUsers, Roster
from fl.runs.private_files import file_of_round, load_rows
from fl.runs.records import Source
from fl.runs.seals import RESTORE, left_of
from fl.runs.storage import damaged, read_arrays, round_file
from fl.settings.hyper_parameters import hyper_parameters
from fl.settings.train import TrainSettings
from models.base import FloatArray, LocalModel
from models.registry import MODELS

_EXAMPLES = 5  # of users, where one is not found


@dataclass(frozen=True)
class OwnRun:
    """A run whose parties' users can be asked about, each party's by itself.

    Attributes:
        found: the run.
        known: its items.
        table: float32 [n_items, dim] item embeddings of the best round.
        rosters: the users of every party whose folder is here.
        read: users of parties of an older run, in a folder that nothing can be kept in.
        damage: what is wrong with the list of users of a party that is not among the rosters; None where all are whole.
    """

    found: FinishedRun
    known: KnownItems
    table: FloatArray
    rosters: tuple[Roster, ...]
    read: Mapping[str, OwnUsers] = field(default_factory=dict)
    damage: StorageError | None = None

    @property
    def settings(self) -> TrainSettings:
        return self.found.settings

    def check_users(self, everybody: bool = False) -> None:
        """Refuse a question about users of a run that was passed on without them, or that lost them.

        Args:
            everybody: whether the question is about the users of all parties.

        Raises:
            StorageError: it was; or a party's list of users is damaged.
        """
        if self.damage is not None and (everybody or not self.rosters):
            raise self.damage
        if not self.rosters:
            check_private_parts(self.found.folder.path)

    def find(self, user: str) -> tuple[str, int]:
        """Return (party, row in it) of the user whose id in the data set is `user`.

        Raises:
            UnknownNameError: there is no such user in any party that is here.
            StorageError: the run was passed on without its users; or the user may be of a party whose list is damaged.
        """
        self.check_users()
        for roster in self.rosters:
            rows = np.flatnonzero(roster.user_ids == user)
            if len(rows):
                return roster.party, int(rows[0])
        self.check_users(everybody=True)
        path = self.found.folder.path
        if forgetting.was_forgotten(path, user):
            raise UnknownNameError(
                say("own-party.forgotten", "Run '{run}' has forgotten user '{user}'.", run=path.name, user=user),
                say("own-party.forgotten-hint", "Nothing of this user is left to recommend from."),
            )
        first = sorted((int(dense), str(name)) for one in self.rosters for dense, name in _first_of(one))
        raise UnknownNameError(
            say("own-party.no-user", "Run '{run}' has no user '{user}'.", run=self.found.folder.name, user=user),
            why_no_user(self.known.name, (name for one in self.rosters for name in one.user_ids), user)
            or say(
                "own-party.users-example",
                "It has {n_users} users, for example {some}.",
                n_users=sum(len(one.users) for one in self.rosters),
                some=", ".join(name for _, name in first[:_EXAMPLES]),
            ),
        )

    def users_of(self, party: str) -> OwnUsers:
        """Return a party's users with what they had. No other party's files are opened.

        Raises:
            StorageError: a file is missing or damaged.
        """
        return self.read[party] if party in self.read else kept.users_of(self.found.folder.path, party)

    def model(self, own: OwnUsers, rows: NDArray[np.int64]) -> LocalModel:
        """Return the model of some of a party's users as it was in the best round.

        It is the very class that trained them, so that what it says is what the party's worker would say.

        Args:
            own: the party's users.
            rows: [m] which of them, ascending; row r of the model is rows[r].

        Raises:
            StorageError: the party's file is missing, damaged or of other users.
        """
        party = own.roster.party
        local = MODELS[self.settings.model].load_local()(own.some(rows), hyper_parameters(self.settings))
        folder = self.found.folder.path / PARTIES / party
        path = file_of_round(folder, round_file(self.found.best_round), absent=party in self.found.absent)
        if path is not None:
            load_rows(local, path, rows, len(own.roster.users))
        return local

    @property
    def source(self) -> Source:
        """The source of lists of this run."""
        folder, protocol = self.found.folder, self.settings.protocol
        fingerprint = str(folder.config().get("fingerprint", ""))
        return Source(run=folder.name, round=self.found.best_round, protocol=protocol, fingerprint=fingerprint)

    def note(self) -> Said | str:
        """Return that the data set is not here any more, which changes nothing of the answer; "" while it is."""
        dataset = self.settings.dataset
        try:
            here = registry.status(dataset) == "ready"
        except UnknownNameError:
            here = False
        if here:
            return ""
        return say(
            "own-party.data-gone",
            "Data set '{dataset}' is not on this machine any more; the run answers from what it kept of it.",
            dataset=dataset,
        )


def own_run(run: str) -> OwnRun:
    """Return a finished run to ask about its users. A run of an earlier version gets now what it needs of its data set.

    One that was passed on without its private parts has no users to ask about; its item table is there.

    Raises:
        UnknownNameError: there is no such run.
        StorageError: it has no finished round, or its files are damaged.
        DataError: it kept nothing of its data set, which is gone.
    """
    folder = paths.runs_dir() / run
    found = _finished(kept.state_on_disk(folder))
    table = _item_table(found)
    if not kept.has_kept(folder) and not has_private_parts(folder):  # of an earlier version, which kept no items
        data = found.data()
        return OwnRun(found, kept.items_of(data.interactions, data.counts()), table, ())
    read = {} if kept.has_kept(folder) else _keep_now(found)
    if read:
        data = found.data()
        known = kept.items_of(data.interactions, data.counts())
        return OwnRun(found, known, table, tuple(own.roster for own in read.values()), read)
    rosters, damage = kept.whole_rosters(folder)
    if not rosters and damage is None and found.settings.runtime == "organisations":
        raise DataError(
            say("own-party.server", "Run '{run}' has no users here: this is the server's part of it.", run=run),
            say("own-party.server-hint", "Each organisation has its users' part, and asks for their lists there."),
        )
    known = kept.known_items(folder)
    if len(table) != known.n_items:
        raise StorageError(damaged(folder / kept.ITEMS), RESTORE)
    return OwnRun(found, known, table, rosters, damage=damage)


@lru_cache(maxsize=4)
def _finished(state: kept.OnDisk) -> FinishedRun:
    return finished_run(state.folder.name)


def _item_table(found: FinishedRun) -> FloatArray:
    """Return the item embeddings of a run's best round, [n_items, dim], kept in memory for the next question.

    Raises:
        StorageError: the file is missing or damaged.
    """
    path = found.folder.path / "server" / round_file(found.best_round)
    table = _read_table(path, paths.changed(path))
    if table.shape[1:] != (found.settings.row_length,):
        raise StorageError(damaged(path), left_of(path))
    return table


def _first_of(roster: Roster) -> zip[tuple[np.int32, str]]:
    return zip(roster.users[:_EXAMPLES], roster.user_ids[:_EXAMPLES], strict=True)


@lru_cache(maxsize=2)
def _read_table(path: Path, changed: paths.Written) -> FloatArray:
    table = np.asarray(read_arrays(path).get("items", np.zeros(0)), np.float32)
    table.setflags(write=False)  # it is everybody's who asks, and what follows from it is kept
    return table


def _keep_now(found: FinishedRun) -> dict[str, OwnUsers]:
    """Keep for a run of an earlier version what it needs of its data set.

    Returns:
        Nothing; or, where the folder cannot be written, the users of every party.

    Raises:
        DataError: the data set cannot be read.
    """
    try:
        data = found.data()
    except (DataError, UnknownNameError) as error:
        raise DataError(
            say(
                "own-party.nothing-kept",
                "Run '{run}' was made by an earlier version, which kept nothing of its data set, and that cannot be "
                "read: {reason}",
                run=found.folder.name,
                reason=error.message,
            ),
            error.hint,
        ) from error
    parts, _ = data.divide(party_names(found.settings.parties), found.settings.seed)
    try:
        kept.keep(found.folder.path, data.interactions, parts, data.counts())
    except StorageError:
        return {part.party: kept.own_users(data.interactions, part) for part in parts}
    return {}
