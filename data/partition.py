"""The division of users among parties: who holds whose data.

In `simulation` the driver deals these out; in `production` each party reads its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.errors import SettingsError
from data.genres import Genres
from data.sentences import Said, say
from data.split import Protocol, Split


@dataclass(frozen=True)
class PartyData:
    """Everything one party holds: the Split restricted to its users, rows in ascending dense user id.

    Attributes:
        party: party name.
        users: int32 [n], the party's dense (global) user ids, ascending. Row r of every array below is users[r].
        others as in Split, restricted to these users (indptr starts at 0).
        groups: labels of the users by kind of group, str objects [n] each, as `Interactions.user_groups`; often empty.
        labels: what everybody knows of each item, see `data.genres.item_labels`; () where it was not told.
    """

    party: str
    protocol: Protocol
    n_items: int
    users: NDArray[np.int32]
    indptr: NDArray[np.int64]
    items: NDArray[np.int32]
    valid_item: NDArray[np.int32]
    test_item: NDArray[np.int32]
    valid_candidates: NDArray[np.int32]
    test_candidates: NDArray[np.int32]
    groups: dict[str, NDArray[np.object_]] = field(default_factory=dict)
    labels: Genres = ()

    @property
    def n_users(self) -> int:
        return len(self.users)


def assign_users(n_users: int, parties: Sequence[str], seed: int) -> NDArray[np.int32]:
    """Return the party index of each user, [n_users]: a seeded shuffle dealt out evenly (sizes differ by at most one).

    Raises:
        SettingsError: no party, a party named twice, or more parties than users.
    """
    _check_parties(parties)
    if len(parties) > n_users:
        raise SettingsError(
            say(
                "partition.parties-asked-users",
                "{n_parties} parties were asked for, but the data set has only {n_users} users.",
                n_parties=len(parties),
                n_users=n_users,
            ),
            say("partition.choose-most-parties", "Choose at most {n_users} parties.", n_users=n_users),
        )
    bits = rng.keys(rng.key(rng.FOR_PARTITION, seed), np.arange(n_users))
    assignment = np.empty(n_users, dtype=np.int32)
    assignment[np.argsort(bits, kind="stable")] = np.arange(n_users) % len(parties)
    return assignment


def assign_more(assignment: NDArray[np.int32], wanting: NDArray[np.int64], n_parties: int, seed: int) -> None:
    """Give users who came later to parties, in place: a seeded shuffle, each to the party with fewest users by then.

    Args:
        assignment: [n_users] party index of each user, -1 where there is none.
        wanting: who is to get one.
        n_parties: how many parties there are.
        seed: of the shuffle.
    """
    sizes = np.bincount(assignment[assignment >= 0], minlength=n_parties)
    bits = rng.keys(rng.key(rng.FOR_PARTITION, seed), wanting)
    for user in wanting[np.argsort(bits, kind="stable")]:
        assignment[user] = party = int(np.argmin(sizes))
        sizes[party] += 1


def deal(
    split: Split,
    parties: Sequence[str],
    assignment: NDArray[np.int32],
    groups: Mapping[str, NDArray[np.object_]] | None = None,
    labels: Genres = (),
) -> list[PartyData]:
    """Deal out the split: return one PartyData per party, in the order of `parties`.

    Args:
        split: the split of all users.
        parties: party names.
        assignment: [n_users] index into `parties` (from `assign_users`); -1 for a user whom nobody gets.
        groups: `Interactions.user_groups`; each party gets the labels of its own users. None gives none.
        labels: of each item, likewise for every party.

    Raises:
        SettingsError: the assignment does not fit the split or the parties, or leaves a party without a user.
    """
    _check_parties(parties)
    if assignment.shape != (split.n_users,):
        raise SettingsError(
            say(
                "partition.assignment-covers-users",
                "The assignment covers {n_assignment} users, the data set has {n_users}.",
                n_assignment=len(assignment),
                n_users=split.n_users,
            )
        )
    if len(assignment) and not (assignment.min() >= -1 and assignment.max() < len(parties)):
        raise SettingsError(
            say(
                "partition.assignment-points-outside",
                "The assignment points outside the {n_parties} parties.",
                n_parties=len(parties),
            )
        )
    _check_nobody_empty(parties, assignment)
    everyone = PartyData(
        party="",
        protocol=split.protocol,
        n_items=split.n_items,
        users=np.arange(split.n_users, dtype=np.int32),
        indptr=split.indptr,
        items=split.items,
        valid_item=split.valid_item,
        test_item=split.test_item,
        valid_candidates=split.valid_candidates,
        test_candidates=split.test_candidates,
        groups=dict(groups or {}),
        labels=labels,
    )
    return [
        replace(take(everyone, np.flatnonzero(assignment == index)), party=party) for index, party in enumerate(parties)
    ]


def _check_parties(parties: Sequence[str]) -> None:
    if not parties:
        raise SettingsError(say("partition.least-party-needed", "At least one party is needed."))
    twice = sorted({party for party in parties if list(parties).count(party) > 1})
    if twice:
        raise SettingsError(
            say(
                "partition.party-names-differ-stands",
                "Party names must differ: {twice} stands more than once.",
                twice=", ".join(twice),
            )
        )


def _check_nobody_empty(parties: Sequence[str], assignment: NDArray[np.int32]) -> None:
    empty = np.flatnonzero(np.bincount(assignment[assignment >= 0], minlength=len(parties)) == 0)
    if len(empty):
        raise SettingsError(
            say(
                "partition.no-user-assigned",
                "No user is assigned to {empty}.",
                empty=_some([parties[i] for i in empty]),
            )
        )


def _some(parties: Sequence[str]) -> Said:
    """Return "party party-7", or "12 parties (party-7, party-9, party-11, ...)"."""
    if len(parties) == 1:
        return say("partition.one-party", "party {name}", name=parties[0])
    names = ", ".join(parties[:3]) + (", ..." if len(parties) > 3 else "")
    return say("partition.parties", "{n} parties ({names})", n=len(parties), names=names)


def take(data: PartyData, rows: NDArray[np.int64]) -> PartyData:
    """Return the users in `rows` of a party's data, in that order. Their `users` ids ascend only if `rows` does."""
    lengths = np.diff(data.indptr)[rows]
    indptr = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(lengths, out=indptr[1:])
    positions = np.arange(indptr[-1]) + np.repeat(data.indptr[rows] - indptr[:-1], lengths)
    return replace(
        data,
        users=data.users[rows],
        indptr=indptr,
        items=data.items[positions],
        valid_item=data.valid_item[rows],
        test_item=data.test_item[rows],
        valid_candidates=data.valid_candidates[rows],
        test_candidates=data.test_candidates[rows],
        groups={kind: labels[rows] for kind, labels in data.groups.items()},
    )


def by_length(data: PartyData) -> tuple[PartyData, NDArray[np.int64]]:
    """Return (the users by descending number of train items, ties in order, the row in `data` of each)."""
    rows = np.argsort(-np.diff(data.indptr), kind="stable")
    return take(data, rows), rows


def train_items(data: PartyData, row: int) -> NDArray[np.int64]:
    """Return the train items of one user of a party, [n], in order of time."""
    return data.items[data.indptr[row] : data.indptr[row + 1]].astype(np.int64)
