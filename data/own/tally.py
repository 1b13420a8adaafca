"""The tally of a table that is read in chunks: what is kept, what was dropped and why, and what looks wrong.

Ids become numbers as they come: what Python sees of a row are small numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.own import times, values, written_times
from data.own.faults import (
    BAD_RATING,
    BAD_ROW,
    BAD_TIME,
    LOW_RATING,
    NO_ITEM,
    NO_RATING,
    NO_TIME,
    NO_USER,
    PAST_LAST,
    VOID_ITEM,
    VOID_USER,
    bad_value,
    contrary_dates,
    doubtful_dates,
)
from data.own.options import ImportOptions, Role

IDS: Final = pa.dictionary(pa.int32(), pa.string())

_IDENTIFIERS: Final[tuple[Role, ...]] = ("user", "item", "title", "genres")
# Not a role: the field after the last delimiter of each row, which must be empty.
PAST: Final = "past"
# How a spreadsheet shows a number of many digits, which it then has lost.
_CUT_DIGITS: Final = r"^[+-]?[0-9][.,][0-9]+[eE]\+[0-9]{2}$"
_MOST_RATINGS: Final = 1_000  # different values; more are no scale
_MOST_GONE: Final = 400_000  # dropped users that are remembered by name, about


@dataclass
class Example:
    """A row that stands for others.

    Attributes:
        row: its number, from 0, among those with the right number of fields; -1 for a row that has not.
        value: what it holds, None when that is to be looked up in the file.
        role: the column of the value, "" when none.
    """

    row: int
    value: str | None = None
    role: Role | Literal[""] = ""


@dataclass
class Doubt:
    """Rows that were kept and look wrong: how many, the first of them, and how that is shown."""

    rows: int
    first: Example
    shown: str = ""


DoubtKind = Literal["void-user", "void-item", "cut-user", "cut-item", "cut-time", "far-time", "unrated"]


@dataclass
class Scanned:
    """The rows that are kept, in file order, and what was seen on the way.

    Attributes:
        user, item: int32 [n_rows], places in `user_ids` and `item_ids`.
        user_ids, item_ids: pyarrow string arrays; may hold ids that no kept row uses.
        seconds: int64 [n_rows] since 1970, None without timestamps.
        nanos: int64 [n_rows], billionths beyond the second; None when there are none.
        time_unit: how they were read.
        title, genres: (int32 [n_rows] places in a pyarrow string array, that array), None without the column.
        rows_read: rows of the file, bad ones included.
        dropped: reason -> rows.
        examples: reason -> the first of them.
        doubts: kind -> rows that were kept and look wrong.
        rating_low, rating_high: bounds of the ratings read.
        ratings: rating -> kept rows; None when they are no scale.
        commas: ratings written with a decimal comma.
        trimmed: how many different ids had spaces around them, which were taken off.
        torn, torn_line: fields whose quotes were lost, and the line of the first.
        gone_users: place in `user_ids` -> reason, of users who have rows, none of which is kept.
        sha256: of the file.
    """

    user: NDArray[np.int32]
    item: NDArray[np.int32]
    user_ids: Any
    item_ids: Any
    seconds: NDArray[np.int64] | None
    nanos: NDArray[np.int64] | None
    time_unit: str
    title: tuple[NDArray[np.int32], Any] | None
    genres: tuple[NDArray[np.int32], Any] | None
    rows_read: int
    dropped: dict[str, int]
    examples: dict[str, Example]
    doubts: dict[DoubtKind, Doubt]
    rating_low: float | None
    rating_high: float | None
    ratings: dict[float, int] | None
    commas: int
    trimmed: int
    gone_users: dict[str, str]
    torn: int = 0
    torn_line: int = 0
    sha256: str = ""


@dataclass
class Tally:
    """Tally that grows while the chunks go by; `finish` gives the result."""

    options: ImportOptions
    places: dict[Role, int]
    comma: bool
    columns: dict[Role, list[Any]] = field(default_factory=dict)
    keeps: list[NDArray[np.bool_]] = field(default_factory=list)
    chunks: list[written_times.Chunk] = field(default_factory=list)
    rows: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    examples: dict[str, Example] = field(default_factory=dict)
    doubts: dict[DoubtKind, Doubt] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    _left: list[tuple[NDArray[Any], str]] = field(default_factory=list)
    bad_rows: int = 0
    low: float = np.inf
    high: float = -np.inf
    ratings: dict[float, int] | None = field(default_factory=dict)
    commas: int = 0

    def take(self, batch: dict[Any, Any]) -> None:
        """Add one chunk: pyarrow arrays by part, ids as dictionaries.

        Raises:
            FaultError: a value that is not understood, unless bad rows are to be dropped.
        """
        n_rows = len(batch["user"])
        keep = np.ones(n_rows, dtype=bool)
        if PAST in batch:
            self._drop(keep, ~_empty(batch[PAST]), PAST_LAST, batch[PAST])
        self._drop(keep, _empty(batch["user"]), NO_USER)
        self._drop(keep, _empty(batch["item"]), NO_ITEM)
        user = batch["user"]
        if "rating" in batch:
            self._take_ratings(batch["rating"], keep, user)
        if "timestamp" in batch:
            chunk = written_times.read(batch["timestamp"], self.options.time_format)
            self._drop(keep, chunk.status == values.MISSING, NO_TIME, user=user)
            self._drop(keep, chunk.status == values.BAD, BAD_TIME, batch["timestamp"], user)
            if chunk.blunt:
                self._doubt("cut-time", chunk.blunt, Example(self.rows, "", "timestamp"))
            self.chunks.append(chunk.of(keep))
        chosen = None if keep.all() else pa.array(np.flatnonzero(keep))
        for role in _IDENTIFIERS:
            if role in batch:
                self.columns.setdefault(role, []).append(batch[role] if chosen is None else batch[role].take(chosen))
        self._note_gone(batch["user"], keep)
        self.keeps.append(keep)
        self.rows += n_rows

    def _note_gone(self, user: Any, keep: NDArray[np.bool_]) -> None:
        """Remember the users of whom this chunk keeps nothing, with the last reason."""
        if not self._left:
            return
        kept = np.unique(user.indices.to_numpy(zero_copy_only=False)[keep])
        for codes, reason in self._left:
            if len(self.gone) < _MOST_GONE:
                for name in user.dictionary.take(pa.array(np.setdiff1d(codes, kept))).to_pylist():
                    self.gone[name.strip()] = reason
        self._left.clear()

    def _take_ratings(self, column: Any, keep: NDArray[np.bool_], user: Any) -> None:
        rating, status, commas = values.numbers(column, self.comma)
        self.commas += commas
        self._drop(keep, status == values.BAD, BAD_RATING, column, user)
        least = self.options.min_rating
        missing = status == values.MISSING
        if least is not None:
            self._drop(keep, missing, NO_RATING, user=user)
        elif (missing & keep).any():
            place = int(np.argmax(missing & keep))
            first = Example(self.rows + place, str(column[place].as_py() or ""), "rating")
            self._doubt("unrated", int(np.count_nonzero(missing & keep)), first)
        read = rating[status == values.OK]
        if len(read):
            self.low, self.high = min(self.low, float(read.min())), max(self.high, float(read.max()))
        if least is not None:
            self._drop(keep, (status == values.OK) & (rating < least), LOW_RATING, user=user)
        elif self.ratings is not None:
            for value, count in zip(*np.unique(rating[keep & ~missing], return_counts=True), strict=True):
                self.ratings[float(value)] = self.ratings.get(float(value), 0) + int(count)
            if len(self.ratings) > _MOST_RATINGS:
                self.ratings = None

    def _doubt(self, kind: DoubtKind, rows: int, first: Example) -> None:
        self.doubts.setdefault(kind, Doubt(0, first)).rows += rows

    def _drop(
        self, keep: NDArray[np.bool_], wrong: NDArray[np.bool_], reason: str, column: Any = None, user: Any = None
    ) -> None:
        """Take the wrong rows out of `keep`; each row counts for its first reason only."""
        wrong = wrong & keep
        count = int(np.count_nonzero(wrong))
        if not count:
            return
        place = int(np.argmax(wrong))
        value = "" if column is None else str(column[place].as_py())
        if column is not None and self.options.bad_rows == "refuse":
            raise bad_value(self.rows + place, reason, value)
        self.examples.setdefault(reason, Example(self.rows + place, value))
        self.dropped[reason] = self.dropped.get(reason, 0) + count
        keep[wrong] = False
        if user is not None:
            self._left.append((np.unique(user.indices.to_numpy(zero_copy_only=False)[wrong]), reason))

    def skip(self, row: Any) -> str:
        """Answer pyarrow's question about a row with a wrong number of fields: "skip" or "error"."""
        if not row.text.strip():
            return "skip"  # a blank line, of spaces
        if self.options.bad_rows == "refuse":
            return "error"
        self.bad_rows += 1
        self.examples.setdefault(BAD_ROW, Example(-1, row.text))
        return "skip"

    def finish(self) -> Scanned:
        """Return everything gathered, with one dictionary for each kind of id.

        Raises:
            FaultError: times that cannot be understood together.
        """
        parts = {role: _joined(chunks) for role, chunks in self.columns.items()}
        nothing = np.empty(0, dtype=np.int32), pa.array([], pa.string())
        user, user_ids, trimmed_users = _trimmed(*parts.get("user", nothing))
        item, item_ids, trimmed_items = _trimmed(*parts.get("item", nothing))
        row_of = np.flatnonzero(np.concatenate(self.keeps)) if self.keeps else np.empty(0, np.int64)
        keep = np.ones(len(user), dtype=bool)
        self._settle_ids("user", user, user_ids, keep, row_of)
        self._settle_ids("item", item, item_ids, keep, row_of)
        settled = None
        if "timestamp" in self.places:
            settled = self._settle_times(keep, row_of)
        if self.bad_rows:
            self.dropped[BAD_ROW] = self.bad_rows
        some = slice(None) if keep.all() else keep
        left = set(user_ids.take(pa.array(np.unique(user[some]))).to_pylist()) if self.gone else set()
        return Scanned(
            user=user[some],
            item=item[some],
            user_ids=user_ids,
            item_ids=item_ids,
            seconds=settled.seconds[some] if settled else None,
            nanos=settled.nanos[some] if settled and settled.nanos is not None else None,
            time_unit=settled.unit if settled else "",
            title=(parts["title"][0][some], parts["title"][1]) if "title" in parts else None,
            genres=(parts["genres"][0][some], parts["genres"][1]) if "genres" in parts else None,
            rows_read=self.rows + self.bad_rows,
            dropped=self.dropped,
            examples=self.examples,
            doubts=self.doubts,
            rating_low=self.low if self.low <= self.high else None,
            rating_high=self.high if self.low <= self.high else None,
            ratings=self.ratings,
            commas=self.commas,
            trimmed=trimmed_users + trimmed_items,
            gone_users={name: reason for name, reason in self.gone.items() if name not in left},
        )

    def _settle_ids(
        self, role: Role, codes: NDArray[np.int32], ids: Any, keep: NDArray[np.bool_], row_of: NDArray[np.int64]
    ) -> None:
        """Drop or doubt rows whose id is a word for nothing; doubt ids that have lost digits."""
        void = np.array([values.is_missing(text) for text in ids.to_pylist()], dtype=bool)
        cut = pc.match_substring_regex(ids, _CUT_DIGITS).to_numpy(zero_copy_only=False).astype(bool)
        for kind, wrong in (("void", void), ("cut", cut)):
            rows = wrong[codes] & keep if wrong.any() else np.zeros(0, bool)
            if not rows.any():
                continue
            place = int(np.argmax(rows))
            first = Example(int(row_of[place]), str(ids[int(codes[place])].as_py()), role)
            count = int(np.count_nonzero(rows))
            if kind == "void" and self.options.null_ids == "drop":
                reason = VOID_USER if role == "user" else VOID_ITEM
                self.dropped[reason], self.examples[reason] = count, first
                keep[rows] = False
            else:
                self._doubt(f"{kind}-{role}", count, first)  # type: ignore[arg-type]

    def _settle_times(self, keep: NDArray[np.bool_], row_of: NDArray[np.int64]) -> times.Settled:
        """Understand all times together; drop those that do not fit.

        Raises:
            FaultError: dates of which nothing tells what comes first; a time unlike the others, unless bad rows are to
                be dropped.
        """
        settled = times.settle(written_times.joined(self.chunks), self.options.time_format)
        if settled.contrary:
            day, month = (int(row_of[place]) for place in settled.contrary)
            raise contrary_dates(day, month)
        if settled.ambiguous is not None:
            raise doubtful_dates(int(row_of[settled.ambiguous]))
        for reason, rows in settled.wrong.items():
            wrong = rows & keep
            if not wrong.any():
                continue
            place = int(row_of[int(np.argmax(wrong))])
            if self.options.bad_rows == "refuse":
                raise bad_value(place, reason, None)
            self.dropped[reason] = int(np.count_nonzero(wrong))
            self.examples[reason] = Example(place, None, "timestamp")
            keep[wrong] = False
        far = times.far_rows(settled.seconds[keep])
        if far.any():
            place = int(row_of[np.flatnonzero(keep)[int(np.argmax(far))]])
            self._doubt("far-time", int(np.count_nonzero(far)), Example(place, None, "timestamp"))
        return settled


def _empty(ids: Any) -> NDArray[np.bool_]:
    """Return which rows of a dictionary column hold nothing but spaces, bool [n]."""
    blank = pc.equal(pc.utf8_trim_whitespace(ids.dictionary), "").to_numpy(zero_copy_only=False)
    if not blank.any():
        return np.zeros(len(ids), dtype=bool)
    empty: NDArray[np.bool_] = blank[ids.indices.to_numpy(zero_copy_only=False)]
    return empty


def _joined(chunks: list[Any]) -> tuple[NDArray[np.int32], Any]:
    """Return (int32 [n] places, pyarrow strings) of dictionary chunks, their dictionaries made one."""
    joined = pa.chunked_array(chunks, type=IDS).unify_dictionaries()
    chunks.clear()
    if not joined.num_chunks:
        return np.empty(0, dtype=np.int32), pa.array([], pa.string())
    codes = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in joined.chunks])
    return codes.astype(np.int32, copy=False), joined.chunk(0).dictionary


def _trimmed(codes: NDArray[np.int32], ids: Any) -> tuple[NDArray[np.int32], Any, int]:
    """Return (places, ids without spaces around them, how many had spaces); ids that become alike are one."""
    bare = pc.utf8_trim_whitespace(ids)
    changed = int(pc.sum(pc.not_equal(bare, ids)).as_py() or 0)
    if not changed:
        return codes, ids, 0
    encoded = bare.dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False)[codes], encoded.dictionary, changed
