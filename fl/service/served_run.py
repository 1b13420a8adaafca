"""The run that a service answers from, held in memory, and taken anew when it was trained on."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from pydantic_core import to_json

from data import paths
from data.errors import SecretRecError, StorageError, UnknownNameError
from data.partition import PartyData
from data.sentences import say
from fl.jobs.new_user import Row, best_of_picks, find_items
from fl.jobs.own_party import OwnRun, own_run
from fl.jobs.recommendation import best_of_user
from fl.protocol.records import ReasonKind
from fl.runs.kept import OnDisk, OwnUsers, state_on_disk
from fl.runs.storage import round_file
from fl.settings.of_jobs import NewUserSettings, RecommendSettings
from models.base import LocalModel
from models.registry import MODELS

log = logging.getLogger(__name__)

_SHORT_LIST: Final = 100  # items
_SMALL_TABLE: Final = 1 << 20  # numbers


@dataclass(frozen=True)
class Held:
    """One state of a run, complete: what is on disk may change meanwhile.

    Attributes:
        run: its item table and rosters.
        state: tells this state of the run from others.
        places: (party, row in it) by user.
        own: each party's users.
        whole: each party's model; empty where a user's state is so large that it is read for one user at a time.
        source: what lists of it are from, as `fl.service.answers.ItemList` declares it.
        since: seconds since 1970 when it was taken.
    """

    run: OwnRun
    state: object
    places: Mapping[str, tuple[str, int]]
    own: Mapping[str, OwnUsers]
    whole: Mapping[str, LocalModel]
    source: Mapping[str, Any]
    since: float

    @property
    def round(self) -> int:
        """The run's best round, which lists are from."""
        return self.run.found.best_round

    @property
    def is_small(self) -> bool:
        """Whether every item is scored within a fraction of a millisecond."""
        return self.run.table.size <= _SMALL_TABLE

    def model_of(self, party: str, row: int) -> tuple[LocalModel, PartyData, int]:
        """Return a model with a user of a party in it, the split of its users, and the user's row in both.

        Raises:
            StorageError: the user's state cannot be read.
        """
        own = self.own[party]
        if party in self.whole:
            return self.whole[party], own.data, row
        rows = np.array([row])
        return self.run.model(own, rows), own.some(rows), 0


def take(name: str) -> Held:
    """Read the present state of a run.

    Raises:
        SecretRecError: there is none to answer from; with a sentence.
    """
    run = own_run(name)
    if run.damage is not None:
        raise run.damage
    places = {
        str(user): (roster.party, row) for roster in run.rosters for row, user in enumerate(roster.user_ids.tolist())
    }
    own = {roster.party: run.users_of(roster.party) for roster in run.rosters}
    local = MODELS[run.settings.model].load_local()
    local.load()
    whole = {}
    if local.checkpoint_every == 1:  # where it is more, states are large
        whole = {party: run.model(users, np.arange(len(users.roster.users))) for party, users in own.items()}
    return Held(run, state_of(run), places, own, whole, run.source.model_dump(), time.time())


def state_of(run: OwnRun) -> object:
    """Return what tells one state of a run from another: also a run that was trained anew under the same name."""
    found = run.found
    return found.best_round, found.absent, paths.changed(found.folder.path / "server" / round_file(found.best_round))


class ServedRun:
    """A run to ask. `refresh` puts another state in the place of the present one while others ask.

    Lists are JSON objects, as `fl.service.answers.ItemList` declares them.

    Attributes:
        name: of the run.
        held: its present state.
        reloads: how often it was taken anew.
        problem: why the state on disk could not be taken, "" when it was.
    """

    def __init__(self, name: str) -> None:
        """Take the run as it is, and answer once, so that nobody waits for what is compiled or read first.

        Raises:
            SecretRecError: there is none to answer from.
        """
        self.name, self.reloads, self.problem = name, 0, ""
        self._refreshing = threading.Lock()
        self._seen = self._stamp()
        self.held = take(name)
        known = self.held.run.known
        for user in list(self.held.places)[:1]:
            self.for_user(RecommendSettings(run=name, user=user))
        for item in known.item_ids[:1]:
            for basket in (False, True):
                self.for_picks(NewUserSettings(run=name, items=(str(item),), basket=basket))

    def refresh(self) -> bool:
        """Take the run anew if its files have changed; return whether another state is held now.

        Lists go on from the old state where the new one cannot be read, and it is tried again the next time.
        """
        with self._refreshing:
            stamp = self._stamp()
            if stamp == self._seen:
                return False
            try:
                same = state_of(own_run(self.name)) == self.held.state
                held = self.held if same else take(self.name)
            except SecretRecError as error:
                log.warning("run %s stays as it was read before: %s", self.name, error)
                self.problem = str(error)
                return False
            self._seen, self.held, self.problem = stamp, held, ""
            if same:
                return False
            self.reloads += 1
            log.info("run %s answers from round %d now", self.name, held.round)
            return True

    def is_quick(self, settings: RecommendSettings | NewUserSettings) -> bool:
        """Return whether a list takes about a millisecond; handing it to another thread would take half of that."""
        held = self.held
        if isinstance(settings, NewUserSettings):
            closed = settings.basket or MODELS[held.run.settings.model].reason_kind == "share"  # solved, not descended
        else:
            closed = bool(held.whole)
        return closed and held.is_small and settings.top_k <= _SHORT_LIST

    def for_user(self, settings: RecommendSettings, explained: bool = True) -> bytes:
        """Return the list of a user of the run, with reasons where it is to be explained.

        Raises:
            UnknownNameError: there is no such user.
            StorageError: the user's state cannot be read.
        """
        try:
            return _list_of(self.held, settings, explained)
        except StorageError:
            if not self.refresh():  # a better round may have taken the place of this one
                raise
            return self.for_user(settings, explained)

    def for_picks(self, settings: NewUserSettings, explained: bool = True) -> bytes:
        """Return a list for a basket, or for somebody new, with reasons where it is to be explained.

        Raises:
            UnknownNameError: a name fits no item, or several.
        """
        held = self.held
        rows, kind = best_of_picks(held.run, find_items(held.run.known, settings.items), settings, explained)
        return _as_json(held, kind, rows)

    def _stamp(self) -> OnDisk:
        return state_on_disk(paths.runs_dir() / self.name)


def _list_of(held: Held, settings: RecommendSettings, explained: bool) -> bytes:
    place = held.places.get(settings.user)
    if place is None:  # with no names of others, which the sentence of the job has
        raise UnknownNameError(
            say("serve.no-user", "Run '{run}' has no user '{user}' here.", run=settings.run, user=settings.user)
        )
    local, data, at = held.model_of(*place)
    rows = best_of_user(held.run, local, data, at, settings, explained)
    return _as_json(held, MODELS[held.run.settings.model].reason_kind, rows)


def _as_json(held: Held, kind: ReasonKind, rows: list[Row]) -> bytes:
    return to_json({**held.source, "reason_kind": kind, "items": rows})
