"""The reading of a table in chunks, with memory for one chunk of text: ids become numbers as they come.

pyarrow parses on its own threads and encodes ids as (number, dictionary); what Python sees of a row are small numbers.
`data.own.parquet_columns` brings the columns of Parquet into the same form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from data.errors import DataError
from data.own import diagnose, parquet_columns, times, values
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
    FaultError,
    bad_value,
    contrary_dates,
    doubtful_dates,
)
from data.own.options import ImportOptions, Role
from data.own.report import Dropped
from data.own.source import CountingReader, TextFormat, TextStream, UndecodableError, open_unpacked
from data.sentences import join, say

_BLOCK: Final = 8 << 20  # bytes of text, some 300,000 rows; a longer record would be refused
_ROWS: Final = 1 << 18  # rows of a Parquet batch
_IDS: Final = pa.dictionary(pa.int32(), pa.string())

_IDENTIFIERS: Final[tuple[Role, ...]] = ("user", "item", "title", "genres")
# Not a role: the field after the last delimiter of each row, which must be empty.
_PAST: Final = "past"
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
class _Scan:
    """A tally that grows while the chunks go by."""

    options: ImportOptions
    places: dict[Role, int]
    comma: bool
    columns: dict[Role, list[Any]] = field(default_factory=dict)
    keeps: list[NDArray[np.bool_]] = field(default_factory=list)
    chunks: list[times.Chunk] = field(default_factory=list)
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
        if _PAST in batch:
            self._drop(keep, ~_empty(batch[_PAST]), PAST_LAST, batch[_PAST])
        self._drop(keep, _empty(batch["user"]), NO_USER)
        self._drop(keep, _empty(batch["item"]), NO_ITEM)
        user = batch["user"]
        if "rating" in batch:
            self._take_ratings(batch["rating"], keep, user)
        if "timestamp" in batch:
            chunk = times.read(batch["timestamp"], self.options.time_format)
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
        settled = times.settle(times.joined(self.chunks), self.options.time_format)
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


def scan_text(
    path: Path, text: TextFormat, places: dict[Role, int], options: ImportOptions, reader: CountingReader
) -> Scanned:
    """Read a text table.

    Args:
        path: the file.
        text: how it is written.
        places: the column of each part.
        options: what to drop.
        reader: the open file.

    Raises:
        DataError: a row or value that is not understood, by line and column; damaged packing.
        CancelledError: the reader was told to stop.
    """
    scan = _Scan(options, places, text.comma)
    stream = TextStream(open_unpacked(reader, text.kind), text, path)  # type: ignore[arg-type]
    try:
        for batch in _text_batches(stream, text, places, scan):
            scan.take(batch)
        scanned = scan.finish()
    except FaultError as fault:
        raise _placed(fault, path, text, places) from None
    except (pa.ArrowInvalid, UndecodableError) as error:
        raise diagnose.wrong_row(path, text, str(error)) from None
    finally:
        stream.close()
    scanned.sha256 = reader.sha256
    scanned.torn, scanned.torn_line = stream.torn, stream.torn_line
    return scanned


def _placed(fault: FaultError, path: Path, text: TextFormat, places: dict[Role, int]) -> DataError:
    """Return the error of a fault in a text: its lines, and the values that are still to be looked up."""
    found = diagnose.records_of(path, text, fault.rows)
    records = [found.get(row) for row in fault.rows]
    shown = [record.fields[places[fault.role]] if record and fault.role else "" for record in records]
    line = records[0].line if records[0] else None
    return fault.error(path, text.names, places, line, shown, [record.line if record else 0 for record in records])


def scan_sample(
    rows: Sequence[Sequence[str]], text: TextFormat, places: dict[Role, int], options: ImportOptions
) -> Scanned:
    """Read the first rows of a text table, the ragged ones left out, as `scan_text` would read them all.

    Raises:
        FaultError: times that cannot be understood together.
    """
    whole = [row for row in rows if len(row) >= len(text.names)]
    scan = _Scan(replace(options, bad_rows="drop"), places, text.comma)
    batch: dict[Any, Any] = {}
    for role, place in places.items():
        column = pa.array([row[place] for row in whole], pa.string())
        batch[role] = column if role in ("rating", "timestamp") else column.dictionary_encode()
    scan.take(batch)
    return scan.finish()


def _text_batches(
    stream: TextStream, text: TextFormat, places: dict[Role, int], scan: _Scan
) -> Iterator[dict[Any, Any]]:
    # Columns are addressed by number, so that names that stand twice do no harm.
    names = [str(place) for place in range(text.width)]
    kinds: dict[Any, Any] = {role: pa.string() if role in ("rating", "timestamp") else _IDS for role in places}
    wanted: dict[Any, int] = dict(places)
    if text.width > len(text.names):
        wanted[_PAST], kinds[_PAST] = text.width - 1, _IDS
    reader = pa.csv.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=pa.csv.ReadOptions(column_names=names, skip_rows=text.skip_lines, block_size=_BLOCK),
        parse_options=pa.csv.ParseOptions(
            delimiter=text.inner_delimiter,
            quote_char='"' if text.quotes else False,
            newlines_in_values=text.quotes,
            invalid_row_handler=scan.skip,
        ),
        convert_options=pa.csv.ConvertOptions(
            include_columns=sorted({str(place) for place in wanted.values()}),
            column_types={str(place): kinds[role] for role, place in wanted.items()},
            strings_can_be_null=False,
        ),
    )
    for batch in reader:
        yield {role: batch.column(str(place)) for role, place in wanted.items()}


def scan_parquet(path: Path, places: dict[Role, int], options: ImportOptions, reader: CountingReader) -> Scanned:
    """Read a Parquet file as `scan_text` does a text; a fault is named by its row, from 1."""
    scan = _Scan(options, places, options.decimal == "comma")
    names: tuple[str, ...] = ()
    try:
        file = pa.parquet.ParquetFile(path)
        names = tuple(file.schema_arrow.names)
        asked = sorted({names[place] for place in places.values()})
        for batch in file.iter_batches(batch_size=_ROWS, columns=asked):
            while reader.share() < (scan.rows + batch.num_rows) / max(1, file.metadata.num_rows):
                if not reader.read(1 << 20):
                    break
            scan.take(
                {
                    role: parquet_columns.column(path, names[place], parquet_columns.pick(batch, names, place), role)
                    for role, place in places.items()
                }
            )
        scanned = scan.finish()
    except FaultError as fault:
        found = {row: parquet_columns.value(path, places[fault.role], row) if fault.role else "" for row in fault.rows}
        raise fault.error(path, names, places, None, [found[row] for row in fault.rows], fault.rows) from None
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise DataError(
            say("import.parquet-file-cannot-read", "the Parquet file cannot be read: {reason}.", reason=error),
            path=path,
        ) from None
    while reader.read(1 << 20):  # the rest of the file, for its checksum
        pass
    scanned.sha256 = reader.sha256
    return scanned


def _empty(ids: Any) -> NDArray[np.bool_]:
    """Return which rows of a dictionary column hold nothing but spaces, bool [n]."""
    blank = pc.equal(pc.utf8_trim_whitespace(ids.dictionary), "").to_numpy(zero_copy_only=False)
    if not blank.any():
        return np.zeros(len(ids), dtype=bool)
    empty: NDArray[np.bool_] = blank[ids.indices.to_numpy(zero_copy_only=False)]
    return empty


def _joined(chunks: list[Any]) -> tuple[NDArray[np.int32], Any]:
    """Return (int32 [n] places, pyarrow strings) of dictionary chunks, their dictionaries made one."""
    joined = pa.chunked_array(chunks, type=_IDS).unify_dictionaries()
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


def drops(path: Path, text: TextFormat | None, places: dict[Role, int], scanned: Scanned) -> list[Dropped]:
    """Return the reasons rows were dropped for while reading, with the line of the first of each where it helps.

    The doubts of `scanned` get theirs as well.
    """
    dropped = {reason: one for reason, one in scanned.examples.items() if reason != LOW_RATING}
    doubts = list(scanned.doubts.values())
    shown = _shown(path, text, places, [*dropped.values(), *(doubt.first for doubt in doubts)])
    for doubt, place in zip(doubts, shown[len(dropped) :], strict=True):
        doubt.shown = place
    where = dict(zip(dropped, shown, strict=False))
    return [Dropped(reason, count, where.get(reason, "")) for reason, count in scanned.dropped.items()]


def _shown(path: Path, text: TextFormat | None, places: dict[Role, int], examples: list[Example]) -> list[str]:
    """Return line and value of each example."""
    rows = [one.row for one in examples if one.row >= 0]
    records = diagnose.records_of(path, text, rows) if text is not None and rows else {}
    shown = []
    for one in examples:
        record, value = records.get(one.row), one.value
        if value is None and one.role:
            place = places[one.role]
            value = record.fields[place] if record else "" if text else parquet_columns.value(path, place, one.row)
        shown.append(join((_where(path, text, one, record), diagnose.shortened(value) if value else ""), ": "))
    return shown


def _where(path: Path, text: TextFormat | None, one: Example, record: diagnose.Record | None) -> str:
    line = record.line if record else None
    if text is not None and one.row < 0:
        line = diagnose.first_wrong_line(path, text)
    if line is not None:
        return say("import.line", "line {line}", line=line)
    return say("import.row-number", "row {row}", row=one.row + 1) if text is None and one.row >= 0 else ""
