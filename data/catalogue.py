"""The catalogue of a federation: the items that all its members mean, and a party's own data in their terms.

A catalogue is public and the same for all; a digest tells whether two are the same. A party's own file numbers its
items in its own way: `map_to_catalogue` finds each in the catalogue by its id, and says what it could not find. What
the party knows of its users, their ids, ratings and histories, stays in the process that calls it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.errors import DataError, cannot_read
from data.genres import split_genres
from data.interactions import Interactions, fingerprint
from data.own.columns import recognise
from data.sentences import Said, join, say

COLUMNS: Final = ("item", "title", "genres")
MOST_CHARACTERS: Final = 1000  # of an id, a title or an item's genres
_CONTROL: Final = re.compile(r"[\x00-\x1f]")
_EXAMPLES: Final = 3


@dataclass(frozen=True)
class Catalogue:
    """The items of a federation, in the order that all members number them.

    Attributes:
        item_ids: an id for each item, as members' files have it.
        titles: a title for each; the id where there is none.
        genres: names of genres for each, often none.
    """

    item_ids: tuple[str, ...]
    titles: tuple[str, ...]
    genres: tuple[tuple[str, ...], ...]

    @property
    def n_items(self) -> int:
        """The number of items."""
        return len(self.item_ids)

    @cached_property
    def digest(self) -> str:
        """The hex SHA-256 of ids, titles and genres in their order, whatever the file's quotes and line ends."""
        content = json.dumps([self.item_ids, self.titles, self.genres], ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(content.encode("ascii")).hexdigest()

    def as_csv(self) -> bytes:
        """Return the catalogue as a UTF-8 CSV file that `read` reads back to an equal one."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in zip(self.item_ids, self.titles, map("|".join, self.genres), strict=True):
            writer.writerow(row)
        return out.getvalue().encode()


def from_interactions(interactions: Interactions) -> Catalogue:
    """Return the items of a data set as a catalogue, in the data set's own order."""
    ids = tuple(_one_line(str(item)) for item in interactions.item_ids)
    titles = (_one_line(str(title))[:MOST_CHARACTERS] for title in interactions.titles)
    return Catalogue(
        ids,
        tuple(title or item for item, title in zip(ids, titles, strict=True)),
        tuple(split_genres("|".join(names)) for names in interactions.genres),  # as `read` would have them
    )


def read(path: Path) -> Catalogue:
    """Read a catalogue: a UTF-8 CSV file with a header, a row for each item.

    The column of the item is found by its name ("item", "movie_id", "商品编号", ...), and so are those of title and
    genres, which may be missing; genres are separated by "|", ";" or ",".

    Raises:
        DataError: the file cannot be read, has no column of the item, or a row at fault, with its line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            say("catalogue.not-utf-8", "the catalogue is not UTF-8 text (byte {place}).", place=error.start),
            say("catalogue.save-utf-8", "Save it as CSV UTF-8."),
            path=path,
        ) from error
    except OSError as error:
        raise DataError(cannot_read(path, error.strerror or error)) from error
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = next(rows, [])
        places = _places(path, names)
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for row in rows:
            if row:
                item, title, genres = _item(path, rows.line_num, row, len(names), places)
                if item in found:
                    raise DataError(
                        say("catalogue.item-twice", "item {item!r} stands more than once.", item=item[:60]),
                        say("catalogue.one-row-each", "Give each item one row."),
                        path=path,
                        line=rows.line_num,
                    )
                found[item] = (title or item, genres)
    except csv.Error as error:
        raise DataError(
            say("catalogue.no-csv", "this is no CSV row: {reason}.", reason=error), path=path, line=rows.line_num
        ) from error
    if not found:
        raise DataError(say("catalogue.empty", "the catalogue has no item."), path=path)
    titles, genres_of_all = zip(*found.values(), strict=True)
    return Catalogue(tuple(found), titles, genres_of_all)


def _places(path: Path, names: Sequence[str]) -> dict[str, int]:
    """Return the places of the columns: "item", and "title" and "genres" where they are there."""
    places = {str(role): place for role, place in recognise(names, header=True).items()}
    if "item" not in places:
        # A catalogue's own words: where nothing else is numbered, "id" is the item.
        plain = [name.strip().casefold() for name in names]
        if plain.count("id") != 1:
            raise DataError(
                say(
                    "catalogue.no-item-column",
                    "the catalogue has no column of the item; its columns are {names}.",
                    names=", ".join(name[:40] for name in names[:20]) or "-",
                ),
                say("catalogue.call-item", "The first line names the columns; call it item."),
                path=path,
                line=1,
            )
        places["item"] = plain.index("id")
    return places


def _item(
    path: Path, line: int, row: list[str], width: int, places: dict[str, int]
) -> tuple[str, str, tuple[str, ...]]:
    """Return (id, title, genres) of a row, checked."""
    if len(row) != width:
        raise DataError(
            say("catalogue.fields", "{found} fields where the header has {width}.", found=len(row), width=width),
            say("catalogue.quote-commas", "Put a title with a comma in double quotes."),
            path=path,
            line=line,
        )
    item, title, genres = (_one_line(row[places[name]]) if name in places else "" for name in COLUMNS)
    if not item:
        raise DataError(say("catalogue.no-id", "the item has no id."), path=path, line=line)
    for text in (item, title, genres):
        if len(text) > MOST_CHARACTERS or _CONTROL.search(text):
            raise DataError(
                say(
                    "catalogue.odd-text",
                    "{text!r} is longer than {most} characters, or has control characters.",
                    text=text[:60],
                    most=MOST_CHARACTERS,
                ),
                path=path,
                line=line,
            )
    return item, title, split_genres(genres)


def _one_line(text: str) -> str:
    """Return a text with single spaces in place of all white space."""
    return " ".join(text.split())


@dataclass(frozen=True)
class MappingReport:
    """The outcome of finding a party's items in the catalogue. Counts are of the party's own file.

    Attributes:
        rows, rows_kept: interactions in the file, and those of items that the catalogue has.
        users, users_kept: users in the file, and those with an interaction left.
        known: items of the file that the catalogue has.
        unknown: items that it does not have; their rows were dropped.
        unknown_examples: the first of them, with their rows: (id, rows).
        untouched: items of the catalogue that nobody in the file had.
        renamed: known items whose title in the file is another than in the catalogue.
        renamed_examples: the first of them: (id, title in the file, title in the catalogue).
    """

    rows: int
    rows_kept: int
    users: int
    users_kept: int
    known: int
    unknown: int
    unknown_examples: tuple[tuple[str, int], ...]
    untouched: int
    renamed: int
    renamed_examples: tuple[tuple[str, str, str], ...]

    def sentences(self) -> tuple[Said, ...]:
        """Return what a person should know, the first of which always applies."""
        found = [
            say(
                "catalogue.mapped",
                "{known:,} of {items:,} items in the file are in the catalogue, with {kept:,} of {rows:,} rows and "
                "{users_kept:,} of {users:,} users; nobody in the file has the other {untouched:,} items of the "
                "catalogue.",
                known=self.known,
                items=self.known + self.unknown,
                kept=self.rows_kept,
                rows=self.rows,
                users_kept=self.users_kept,
                users=self.users,
                untouched=self.untouched,
            )
        ]
        if self.unknown:
            found.append(
                say(
                    "catalogue.unknown",
                    "{unknown:,} items are not in the catalogue and their {dropped:,} rows were left out: {examples}.",
                    unknown=self.unknown,
                    dropped=self.rows - self.rows_kept,
                    examples=_some([f"{item} ({rows:,})" for item, rows in self.unknown_examples], self.unknown),
                )
            )
        if self.renamed:
            shown = [f"{item}: {own!r}, {other!r}" for item, own, other in self.renamed_examples]
            found.append(
                say(
                    "catalogue.renamed",
                    "{renamed:,} items have another title in the file than in the catalogue; if they are other items, "
                    "the file numbers them in another way and must not be used so: {examples}.",
                    renamed=self.renamed,
                    examples=_some(shown, self.renamed),
                )
            )
        return tuple(found)

    @property
    def sentence(self) -> str:
        """All of them in one."""
        return join(self.sentences())


@dataclass(frozen=True)
class Mapped:
    """A party's data in terms of the catalogue.

    Attributes:
        interactions: items numbered as in the catalogue, which gives ids, titles and genres; users in their old order.
        report: what became of the file's rows.
    """

    interactions: Interactions
    report: MappingReport


def map_to_catalogue(interactions: Interactions, catalogue: Catalogue) -> Mapped:
    """Number a party's items as the catalogue does; rows of items that it does not have are left out.

    Args:
        interactions: of the party's own file.
        catalogue: of the federation.

    Raises:
        DataError: not a single row is left.
    """
    place = {item: number for number, item in enumerate(catalogue.item_ids)}
    own_ids = [_one_line(str(item)) for item in interactions.item_ids]
    target = np.array([place.get(item, -1) for item in own_ids], np.int32)
    rows_of = np.bincount(interactions.item, minlength=interactions.n_items)
    keep = target[interactions.item] >= 0
    known, unknown = np.flatnonzero(target >= 0), np.flatnonzero(target < 0)
    if not keep.any():
        raise DataError(
            say(
                "catalogue.nothing-known",
                "none of the {items:,} items of '{dataset}' is in the federation's catalogue: it has {ours}, the "
                "catalogue {theirs}.",
                items=interactions.n_items,
                dataset=interactions.name,
                ours=_some(own_ids[:_EXAMPLES], interactions.n_items),
                theirs=_some(catalogue.item_ids[:_EXAMPLES], catalogue.n_items),
            ),
            say("catalogue.use-its-ids", "Use the catalogue's item ids in your file."),
        )
    users, user = np.unique(interactions.user[keep], return_inverse=True)
    mapped = _with_catalogue(interactions, catalogue, user.astype(np.int32), users, target, keep)
    renamed = [
        (own_ids[item], str(interactions.titles[item]), catalogue.titles[target[item]])
        for item in known
        if _differ(own_ids[item], str(interactions.titles[item]), catalogue.titles[target[item]])
    ]
    report = MappingReport(
        rows=interactions.n_rows,
        rows_kept=mapped.n_rows,
        users=interactions.n_users,
        users_kept=mapped.n_users,
        known=len(known),
        unknown=len(unknown),
        unknown_examples=tuple((own_ids[item], int(rows_of[item])) for item in unknown[:_EXAMPLES]),
        untouched=catalogue.n_items - len(np.unique(mapped.item)),
        renamed=len(renamed),
        renamed_examples=tuple(renamed[:_EXAMPLES]),
    )
    return Mapped(mapped, report)


def _with_catalogue(
    own: Interactions,
    catalogue: Catalogue,
    user: NDArray[np.int32],
    users: NDArray[np.int32],
    target: NDArray[np.int32],
    keep: NDArray[np.bool_],
) -> Interactions:
    """Return the rows of `keep`, users and items numbered anew; the order of rows stays."""
    item, time = target[own.item[keep]], own.timestamp[keep]
    nanos = None if own.nanos is None else own.nanos[keep]
    user_ids = own.user_ids[users]
    item_ids = np.array(catalogue.item_ids, dtype=object)
    return replace(
        own,
        user=user,
        item=item,
        timestamp=time,
        user_ids=user_ids,
        item_ids=item_ids,
        titles=np.array(catalogue.titles, dtype=object),
        genres=catalogue.genres,
        fingerprint=fingerprint(own.name, user_ids, item_ids, user, item, time, nanos),
        user_groups={kind: labels[users] for kind, labels in own.user_groups.items()},
        nanos=nanos,
    )


def _differ(item: str, own: str, other: str) -> bool:
    """Tell whether two titles of an item differ in more than case and spaces; one that is only the id says nothing."""
    return item not in (own, other) and own.split() != other.split() and own.casefold() != other.casefold()


def _some(examples: Sequence[str], of: int) -> str:
    shown = ", ".join(text[:80] for text in examples)
    return f"{shown}, ..." if of > len(examples) else shown
