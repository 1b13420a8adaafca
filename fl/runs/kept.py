"""The part of its data set that a run keeps, so that it recommends without the data set and without other parties.

    items.json                           the items' ids, titles, genres and train interactions, which every party knows
    parties/<name>/users.json            the party's users: ids as the data set has them, number of train items
    parties/<name>/history.safetensors   what each of them had and when, and how it was split

A party's two files are for that party only, as its checkpoints are. Whoever holds a run folder with one party's folder
alone can recommend to that party's users.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from data.errors import StorageError, UnknownNameError
from data.genres import genre_matrix
from data.interactions import Interactions
from data.partition import PartyData, take
from data.paths import Written, changed
from data.sentences import say
from data.split import N_CANDIDATES, Protocol
from fl.runs.extent import PARTIES
from fl.runs.seals import RESTORE
from fl.runs.storage import damaged, mapped_arrays, missing, read_json, write_arrays, write_json

ITEMS, USERS, HISTORY = "items.json", "users.json", "history.safetensors"
FORGOTTEN: Final = "forgotten.json"  # of a party, see `fl.runs.forgetting`


@dataclass(frozen=True)
class KnownItems:
    """The items as every party of a run knows them.

    Attributes:
        name: of the data set.
        item_ids, titles, genres: [n_items] as in `data.interactions.Interactions`.
        counts: int64 [n_items] train interactions of each item over all parties; None where they were never summed.
    """

    name: str
    item_ids: NDArray[np.object_]
    titles: NDArray[np.object_]
    genres: tuple[tuple[str, ...], ...]
    counts: NDArray[np.int64] | None

    @property
    def n_items(self) -> int:
        return len(self.item_ids)

    @cached_property
    def genre_matrix(self) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """The genres as `data.genres.genre_matrix` has them."""
        return genre_matrix(self.genres)

    def of_genre(self, genre: str) -> NDArray[np.bool_]:
        """Return which items have a genre, [n_items]; all of them for "". Upper and lower case are alike.

        Raises:
            UnknownNameError: no item has it.
        """
        if not genre:
            return np.ones(self.n_items, np.bool_)
        names, matrix = self.genre_matrix
        found = [place for place, name in enumerate(names) if name.casefold() == genre.strip().casefold()]
        if not found:
            hint = say("kept.genres", "Genres: {genres}.", genres=", ".join(names)) if names else ""
            raise UnknownNameError(
                say("kept.no-genre", "No item of '{data}' has the genre '{genre}'.", data=self.name, genre=genre), hint
            )
        has: NDArray[np.bool_] = (matrix[:, found] > 0).any(axis=1)
        return has

    @cached_property
    def item_names(self) -> ItemNames:
        """The names by which people find items."""
        return ItemNames.of(self)


@dataclass(frozen=True)
class ItemNames:
    """The names of items as people write them, in a list that is separated by commas.

    Attributes:
        by_id, by_title: places by id, and by folded title where it is one item's alone; spaces around commas are gone.
        titles: folded, in the order of the items.
        most: names that one title or id can be cut into.
    """

    by_id: Mapping[str, int]
    by_title: Mapping[str, int]
    titles: tuple[str, ...]
    most: int

    @classmethod
    def of(cls, known: KnownItems) -> ItemNames:
        """Return the names of these items."""
        ids = {str(item): place for place, item in enumerate(known.item_ids)}
        titles = tuple(str(title).casefold() for title in known.titles)
        alike = Counter(map(_close, titles))
        return cls(
            by_id={_close(item): place for item, place in ids.items()} | ids,
            by_title={_close(title): place for place, title in enumerate(titles) if alike[_close(title)] == 1},
            titles=titles,
            most=1 + max((name.count(",") for name in (*ids, *titles)), default=0),
        )


def _close(name: str) -> str:
    """Return a name without spaces around its commas, as it comes out of a list that is separated by commas."""
    return ",".join(part.strip() for part in name.split(","))


@dataclass(frozen=True)
class Roster:
    """The users of one party.

    Attributes:
        party: its name.
        users: int32 [n] dense ids, ascending.
        user_ids: str objects [n], as the data set has them.
        n_train: int64 [n] train items of each.
    """

    party: str
    users: NDArray[np.int32]
    user_ids: NDArray[np.object_]
    n_train: NDArray[np.int64]


@dataclass(frozen=True)
class OwnUsers:
    """One party's users with what they had; only what is asked for is read from disk.

    Attributes:
        roster: who they are.
        data: their split, without candidates and groups, which only evaluation needs.
        indptr: int64 [n + 1]; user r had items[indptr[r]:indptr[r + 1]], in order of time.
        items, timestamps: int32, int64 [n_rows] as in `data.interactions.Interactions`.
    """

    roster: Roster
    data: PartyData
    indptr: NDArray[np.int64]
    items: NDArray[np.int32]
    timestamps: NDArray[np.int64]

    def history(self, row: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return (items, times) of everything that one user had, oldest first."""
        own = slice(self.indptr[row], self.indptr[row + 1])
        return self.items[own], self.timestamps[own]

    def some(self, rows: NDArray[np.int64]) -> PartyData:
        """Return the split of the users in `rows`, ascending."""
        return take(self.data, rows)


def items_of(data: Interactions, counts: NDArray[np.int64] | None) -> KnownItems:
    """Return what every party knows of a data set's items."""
    return KnownItems(data.name, data.item_ids, data.titles, data.genres, counts)


def own_users(data: Interactions, part: PartyData) -> OwnUsers:
    """Return a party's users with what they had.

    Args:
        data: the party's own data, or those of all parties where one program deals them out.
        part: the party's users; their dense ids are those of `data`.
    """
    bounds = np.searchsorted(data.user, np.arange(data.n_users + 1))
    lengths = np.diff(bounds)[part.users]
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    position = np.arange(indptr[-1]) + np.repeat(bounds[part.users] - indptr[:-1], lengths)
    roster = Roster(part.party, part.users, data.user_ids[part.users], np.diff(part.indptr))
    return OwnUsers(roster, part, indptr, data.item[position], data.timestamp[position])


# --- writing ----------------------------------------------------------------------------------------------------------


def keep_items(folder: Path, known: KnownItems) -> None:
    """Write what every party knows of the items into a run's folder.

    Raises:
        StorageError: no space, no permission.
    """
    counts = known.counts
    write_json(
        folder / ITEMS,
        {
            "dataset": known.name,
            "counts": None if counts is None else counts.tolist(),
            "ids": known.item_ids.tolist(),
            "titles": known.titles.tolist(),
            "genres": [list(names) for names in known.genres],
        },
        indent=None,
    )


def keep_users(folder: Path, own: OwnUsers) -> None:
    """Write a party's users into its own folder of a run. Who keeps them calls `keep_items` last: then all is there.

    Raises:
        StorageError: no space, no permission.
    """
    place, roster, data = folder / PARTIES / own.roster.party, own.roster, own.data
    write_arrays(
        place / HISTORY,
        {
            "indptr": own.indptr,
            "items": own.items,
            "timestamps": own.timestamps,
            "train_indptr": data.indptr,
            "train_items": data.items,
            "valid_item": data.valid_item,
            "test_item": data.test_item,
        },
    )
    write_json(
        place / USERS,
        {
            "protocol": data.protocol,
            "users": roster.users.tolist(),
            "ids": roster.user_ids.tolist(),
            "train_items": roster.n_train.tolist(),
        },
        indent=None,
    )


def keep(folder: Path, data: Interactions, parts: Sequence[PartyData], counts: NDArray[np.int64]) -> None:
    """Keep what a run needs of a data set that one program dealt out to all its parties.

    Raises:
        StorageError: no space, no permission.
    """
    for part in parts:
        keep_users(folder, own_users(data, part))
    keep_items(folder, items_of(data, counts))


# --- reading ----------------------------------------------------------------------------------------------------------


def has_kept(folder: Path) -> bool:
    """Return whether a run kept what a list needs; earlier versions kept nothing.

    Raises:
        StorageError: it did, and the file is gone, of a run that forgot users: taken from the data set again, they
            would be back.
    """
    if (folder / ITEMS).exists():
        return True
    # A run that goes on from another one is told whom that forgot before it keeps anything.
    if any(path.with_name(USERS).exists() for path in (folder / PARTIES).glob(f"*/{FORGOTTEN}")):
        raise StorageError(missing(folder / ITEMS), RESTORE)
    return False


def known_items(folder: Path) -> KnownItems:
    """Return what a run knows of the items, kept in memory for the next question.

    Raises:
        StorageError: missing or damaged.
    """
    return _known_items(folder / ITEMS, changed(folder / ITEMS))


def rosters(folder: Path) -> tuple[Roster, ...]:
    """Return the users of every party whose folder is here, in order of the parties' names.

    Raises:
        StorageError: missing or damaged.
    """
    found, damage = whole_rosters(folder)
    if damage is not None:
        raise damage
    return found


def whole_rosters(folder: Path) -> tuple[tuple[Roster, ...], StorageError | None]:
    """Return the users of the parties of which that is known, see `rosters`, and what is wrong at the first other."""
    found, damage = [], None
    places = [place for place in (folder / PARTIES).glob("*") if place.is_dir()]
    for place in sorted(places, key=lambda place: (len(place.name), place.name)):
        try:
            found.append(_roster(place / USERS, changed(place / USERS))[0])
        except StorageError as error:
            damage = damage or error
    return tuple(found), damage


def users_of(folder: Path, party: str) -> OwnUsers:
    """Return one party's users with what they had; no other party's files are opened.

    Raises:
        StorageError: missing or damaged.
    """
    place = folder / PARTIES / party
    roster, protocol = _roster(place / USERS, changed(place / USERS))
    arrays: dict[str, Any] = mapped_arrays(place / HISTORY)
    n = len(roster.users)
    nobody = np.broadcast_to(np.int32(-1), (n, N_CANDIDATES))
    try:
        data = PartyData(
            party=party,
            protocol=protocol,
            n_items=known_items(folder).n_items,
            users=roster.users,
            indptr=arrays["train_indptr"],
            items=arrays["train_items"],
            valid_item=arrays["valid_item"],
            test_item=arrays["test_item"],
            valid_candidates=nobody,
            test_candidates=nobody,
        )
        found = OwnUsers(roster, data, arrays["indptr"], arrays["items"], arrays["timestamps"])
    except KeyError as error:
        raise _damaged(place / HISTORY) from error
    if not (len(data.indptr) == len(found.indptr) == n + 1 and len(data.valid_item) == len(data.test_item) == n):
        raise _damaged(place / HISTORY)
    return found


@dataclass(frozen=True)
class OnDisk:
    """The state of a run on disk, by which what was read of it is known: of that folder, and until a file changes.

    Attributes:
        folder: of the run, whose name others may have in other homes.
        written: of the files that every change of the run changes, see `changed`.
    """

    folder: Path
    written: tuple[Written, ...]


def state_on_disk(folder: Path) -> OnDisk:
    """Return the state of a run on disk."""
    return OnDisk(folder, tuple(changed(folder / name) for name in ("config.json", "metrics.jsonl", ITEMS)))


@lru_cache(maxsize=4)
def _known_items(path: Path, changed: Written) -> KnownItems:
    try:
        held = _object(path)
        ids, titles, genres, counts = held["ids"], held["titles"], held["genres"], held["counts"]
        if not isinstance(genres, list) or len(genres) != len(ids) or len(titles) != len(ids):
            raise ValueError
        found = KnownItems(
            str(held["dataset"]),
            _column(ids, object),
            _column(titles, object),
            tuple(tuple(_column(names, object).tolist()) for names in genres),
            None if counts is None else _column(counts, np.int64),
        )
        if found.counts is not None and len(found.counts) != len(ids):
            raise ValueError
        return found
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _damaged(path) from error


@lru_cache(maxsize=64)
def _roster(path: Path, changed: Written) -> tuple[Roster, Protocol]:
    try:
        held = _object(path)
        users, ids = _column(held["users"], np.int32), _column(held["ids"], object)
        n_train = _column(held["train_items"], np.int64)
        if not len(users) == len(ids) == len(n_train):
            raise ValueError
        return Roster(path.parent.name, users, ids, n_train), cast("Protocol", held["protocol"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _damaged(path) from error


def _column(values: Any, kind: Any) -> NDArray[Any]:
    """Return a list of a JSON file as an array [n].

    Args:
        values: what the file has.
        kind: a type of numbers, or object for words.

    Raises:
        TypeError, ValueError, OverflowError: it is no list, or one of something else.
    """
    if not isinstance(values, list) or (kind is object and not all(isinstance(value, str) for value in values)):
        raise TypeError
    found = np.array(values, kind)
    if found.ndim != 1:
        raise TypeError
    return found


def _object(path: Path) -> Mapping[str, Any]:
    held = read_json(path)
    if not isinstance(held, dict):
        raise TypeError
    return held


def _damaged(path: Path) -> StorageError:
    return StorageError(damaged(path), RESTORE)
