"""The way from a run's settings to each party's data: read, split, divide. The last reads are kept for the next job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from data import registry
from data.catalogue import Catalogue, MappingReport, map_to_catalogue
from data.interactions import Interactions
from data.partition import PartyData, assign_users, deal
from data.popularity import popularity_scores
from data.readers import read
from data.sentences import say
from data.split import Protocol, Split, leave_one_out


@dataclass(frozen=True)
class Loaded:
    """A data set that was read and split.

    Attributes:
        interactions: all of it.
        split: its split under a protocol.
        owner: the party whose users these all are, where the data are one organisation's own; "" where they are dealt
            out.
    """

    interactions: Interactions
    split: Split
    owner: str = ""

    def divide(self, parties: Sequence[str], seed: int) -> tuple[list[PartyData], NDArray[np.int32]]:
        """Return (the data of each party that has any here, [n_users] party index of each user).

        Raises:
            SettingsError: more parties than users.
        """
        if self.owner:
            alone = np.zeros(self.split.n_users, np.int32)
            own = deal(self.split, [self.owner], alone, self.interactions.user_groups)
            return own, alone + parties.index(self.owner)
        assignment = assign_users(self.split.n_users, parties, seed)
        return deal(self.split, parties, assignment, self.interactions.user_groups), assignment

    def counts(self) -> NDArray[np.int64]:
        """Return the train interactions of each item over all users, [n_items]."""
        return popularity_scores(self.split)

    def notes(self) -> tuple[str, ...]:
        """Return what a person should know about this split, in sentences."""
        notes = []
        if self.split.n_train_only_users:
            notes.append(
                say(
                    "loading.one-train-only-user",
                    "1 user has fewer than 3 interactions and is kept for training only.",
                )
                if self.split.n_train_only_users == 1
                else say(
                    "loading.train-only-users",
                    "{users} users have fewer than 3 interactions and are kept for training only.",
                    users=self.split.n_train_only_users,
                )
            )
        if self.split.n_duplicates_dropped:
            notes.append(
                say("loading.one-duplicate-dropped", "1 repeated (user, item) row was dropped, keeping the first.")
                if self.split.n_duplicates_dropped == 1
                else say(
                    "loading.duplicates-dropped",
                    "{rows} repeated (user, item) rows were dropped, keeping the first.",
                    rows=self.split.n_duplicates_dropped,
                )
            )
        return tuple(notes)


@lru_cache(maxsize=2)
def _read(name: str, protocol: Protocol) -> Interactions:
    return read(name, protocol)


@lru_cache(maxsize=4)
def load(name: str, protocol: Protocol, seed: int) -> Loaded:
    """Read and split a data set. The result is shared between callers: nobody may change it.

    Raises:
        UnknownNameError: there is no data set of that name.
        DataError: it was not fetched, or its files are damaged.
    """
    interactions = interactions_of(name, protocol)
    return Loaded(interactions, leave_one_out(interactions, protocol, seed))


@lru_cache(maxsize=2)
def load_own(
    name: str, protocol: Protocol, seed: int, catalogue: Catalogue, owner: str
) -> tuple[Loaded, MappingReport]:
    """Read and split an organisation's own data set, its items numbered as in the catalogue of its federation.

    Args:
        name, protocol, seed: as for `load`.
        catalogue: of the federation.
        owner: the party whose data they are.

    Returns:
        (the data, what became of the file's rows).

    Raises:
        UnknownNameError: there is no data set of that name.
        DataError: it was not fetched, its files are damaged, or none of its items is in the catalogue.
    """
    mapped = map_to_catalogue(interactions_of(name, protocol), catalogue)
    split = leave_one_out(mapped.interactions, protocol, seed)
    return Loaded(mapped.interactions, split, owner), mapped.report


def interactions_of(name: str, protocol: Protocol) -> Interactions:
    """Read a data set without splitting it. The result is shared between callers: nobody may change it.

    Raises:
        UnknownNameError: there is no data set of that name.
        DataError: it was not fetched, or its files are damaged.
    """
    registry.need_ready(name)
    return _read(name, protocol)


def forget() -> None:
    """Forget what was read, because a data set was fetched again."""
    _read.cache_clear()
    load.cache_clear()
    load_own.cache_clear()
