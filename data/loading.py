"""The way from a run's settings to each party's data: read, split, divide. The last reads are kept for the next job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from data import registry
from data.catalogue import Catalogue, MappingReport, map_to_catalogue
from data.genres import item_labels
from data.growth import numbered
from data.interactions import Interactions
from data.partition import PartyData, assign_users, deal
from data.popularity import popularity_scores
from data.readers import read
from data.sentences import say
from data.split import Protocol, Split, leave_one_out, without


@dataclass(frozen=True)
class Loaded:
    """A data set that was read and split.

    Attributes:
        interactions: all of it.
        split: its split under a protocol.
        owner: the party whose users these all are, where the data are one organisation's own; "" where they are dealt
            out.
        assignment: int32 [n_users], the party index of each user where that is settled already, -1 for users whom no
            party has (any more) and who have nothing in `split`; None leaves it to `divide`.
        known_counts: what `counts` returns where they were summed before and must not be summed anew.
    """

    interactions: Interactions
    split: Split
    owner: str = ""
    assignment: NDArray[np.int32] | None = None
    known_counts: NDArray[np.int64] | None = None

    def placed(
        self,
        item_ids: Sequence[str],
        users: Mapping[str, int],
        party_of: Mapping[str, int],
        known_counts: NDArray[np.int64] | None = None,
    ) -> Loaded:
        """Return the same data as a run knows them that began with fewer: its numbers, its parties, without who left.

        Args:
            item_ids: items by their numbers in the run.
            users: numbers of the users of the run; the others get free ones.
            party_of: party index of the users who have a party.
            known_counts: see `Loaded`.
        """
        data = numbered(self.interactions, item_ids, users)
        assignment = np.array([party_of.get(str(user), -1) for user in data.user_ids], np.int32)
        split = without(leave_one_out(data, self.split.protocol, self.split.seed), assignment < 0)
        return replace(self, interactions=data, split=split, assignment=assignment, known_counts=known_counts)

    def divide(self, parties: Sequence[str], seed: int) -> tuple[list[PartyData], NDArray[np.int32]]:
        """Return (the data of each party that has any here, [n_users] party index of each user).

        Raises:
            SettingsError: more parties than users.
        """
        data = self.interactions
        labels = item_labels(data.genres, data.titles)
        if self.owner:
            alone = np.zeros(self.split.n_users, np.int32) if self.assignment is None else self.assignment
            own = deal(self.split, [self.owner], alone, data.user_groups, labels)
            return own, alone + parties.index(self.owner)
        assignment = assign_users(self.split.n_users, parties, seed) if self.assignment is None else self.assignment
        return deal(self.split, parties, assignment, data.user_groups, labels), assignment

    def counts(self) -> NDArray[np.int64]:
        """Return the train interactions of each item over all users, [n_items]."""
        return popularity_scores(self.split) if self.known_counts is None else self.known_counts

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


def load(name: str, protocol: Protocol, seed: int) -> Loaded:
    """Read and split a data set. The result is shared between callers: nobody may change it.

    Raises:
        UnknownNameError: there is no data set of that name.
        DataError: it was not fetched, or its files are damaged.
    """
    return _load(name, protocol, seed, registry.written(name))


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
    return _load_own(name, protocol, seed, catalogue, owner, registry.written(name))


def interactions_of(name: str, protocol: Protocol) -> Interactions:
    """Read a data set without splitting it. The result is shared between callers: nobody may change it.

    Raises:
        UnknownNameError: there is no data set of that name.
        DataError: it was not fetched, or its files are damaged.
    """
    return _read(name, protocol, registry.written(name))


# What was read is known by its files as they were then: another program may have imported or fetched them anew since.


@lru_cache(maxsize=2)
def _read(name: str, protocol: Protocol, written: registry.WrittenFiles) -> Interactions:
    registry.need_ready(name)
    return read(name, protocol)


@lru_cache(maxsize=4)
def _load(name: str, protocol: Protocol, seed: int, written: registry.WrittenFiles) -> Loaded:
    interactions = _read(name, protocol, written)
    return Loaded(interactions, leave_one_out(interactions, protocol, seed))


@lru_cache(maxsize=2)
def _load_own(
    name: str, protocol: Protocol, seed: int, catalogue: Catalogue, owner: str, written: registry.WrittenFiles
) -> tuple[Loaded, MappingReport]:
    mapped = map_to_catalogue(_read(name, protocol, written), catalogue)
    split = leave_one_out(mapped.interactions, protocol, seed)
    return Loaded(mapped.interactions, split, owner), mapped.report
