"""The reading of a table in chunks, with memory for one chunk of text: ids become numbers as they come.

pyarrow parses on its own threads and encodes ids as (number, dictionary); what Python sees of a row are small numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from data.errors import DataError
from data.own import diagnose, values
from data.own.options import ImportOptions, Role
from data.own.report import Dropped
from data.own.source import CountingReader, TextFormat, TextStream, UndecodableError, open_unpacked
from data.sentences import join, say

_BLOCK: Final = 8 << 20  # bytes of text, some 300,000 rows; a longer record would be refused
_ROWS: Final = 1 << 18  # rows of a Parquet batch
_IDS: Final = pa.dictionary(pa.int32(), pa.string())

NO_USER: Final = say("import.no-user", "no user")
NO_ITEM: Final = say("import.no-item", "no item")
NO_TIME: Final = say("import.no-time", "no timestamp")
NO_RATING: Final = say("import.no-rating", "no rating, which the least rating needs")
LOW_RATING: Final = say("import.low-rating", "rating below the least rating")
BAD_ROW: Final = say("import.bad-row", "wrong number of fields")
BAD_TIME: Final = say("import.bad-time", "timestamp that is neither a number nor ISO text")
BAD_RATING: Final = say("import.bad-rating", "rating that is not a number")
_IDENTIFIERS: Final[tuple[Role, ...]] = ("user", "item", "title", "genres")
_ROLE_OF: Final[dict[str, Role]] = {
    NO_USER: "user",
    NO_ITEM: "item",
    NO_TIME: "timestamp",
    BAD_TIME: "timestamp",
    BAD_RATING: "rating",
}


@dataclass
class Scanned:
    """The rows that are kept, in file order, and what was seen on the way.

    Attributes:
        user, item: int32 [n_rows], places in `user_ids` and `item_ids`.
        user_ids, item_ids: pyarrow string arrays; may hold ids that no kept row uses.
        time: int64 [n_rows] milliseconds since 1970, None without timestamps.
        time_unit: how they were read.
        title, genres: (int32 [n_rows] places in a pyarrow string array, that array), None without the column.
        rows_read: rows of the file, bad ones included.
        dropped: reason -> rows.
        examples: reason -> (row, value) of the first of them; the row counts those with the right number of fields.
        rating_low, rating_high: bounds of the ratings read.
        trimmed: how many different ids had spaces around them, which were taken off.
        sha256: of the file.
    """

    user: NDArray[np.int32]
    item: NDArray[np.int32]
    user_ids: Any
    item_ids: Any
    time: NDArray[np.int64] | None
    time_unit: str
    title: tuple[NDArray[np.int32], Any] | None
    genres: tuple[NDArray[np.int32], Any] | None
    rows_read: int
    dropped: dict[str, int]
    examples: dict[str, tuple[int, str]]
    rating_low: float | None
    rating_high: float | None
    trimmed: int
    sha256: str = ""


@dataclass
class _Scan:
    """A tally that grows while the chunks go by."""

    path: Path
    options: ImportOptions
    places: dict[Role, int]
    columns: dict[Role, list[Any]] = field(default_factory=dict)
    times: list[NDArray[np.int64]] = field(default_factory=list)
    time_kind: values.TimeKind | None = None
    rows: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    examples: dict[str, tuple[int, str]] = field(default_factory=dict)
    bad_rows: int = 0
    low: float = np.inf
    high: float = -np.inf

    def take(self, batch: dict[Role, Any]) -> None:
        """Add one chunk: pyarrow arrays by part, ids as dictionaries.

        Raises:
            _FaultError: a value that is not understood, unless bad rows are to be dropped.
        """
        n_rows = len(batch["user"])
        keep = np.ones(n_rows, dtype=bool)
        self._drop(keep, _empty(batch["user"]), NO_USER)
        self._drop(keep, _empty(batch["item"]), NO_ITEM)
        if "rating" in batch:
            self._take_ratings(batch["rating"], keep)
        if "timestamp" in batch:
            time, status, self.time_kind = values.times(batch["timestamp"], self.time_kind)
            self._drop(keep, status == values.MISSING, NO_TIME)
            self._drop(keep, status == values.BAD, BAD_TIME, batch["timestamp"])
            self.times.append(time[keep])
        chosen = None if keep.all() else pa.array(np.flatnonzero(keep))
        for role in _IDENTIFIERS:
            if role in batch:
                self.columns.setdefault(role, []).append(batch[role] if chosen is None else batch[role].take(chosen))
        self.rows += n_rows

    def _take_ratings(self, column: Any, keep: NDArray[np.bool_]) -> None:
        rating, status = values.numbers(column)
        self._drop(keep, status == values.BAD, BAD_RATING, column)
        least = self.options.min_rating
        if least is not None:
            self._drop(keep, status == values.MISSING, NO_RATING)
        read = rating[status == values.OK]
        if len(read):
            self.low, self.high = min(self.low, float(read.min())), max(self.high, float(read.max()))
        if least is not None:
            self._drop(keep, (status == values.OK) & (rating < least), LOW_RATING)

    def _drop(self, keep: NDArray[np.bool_], wrong: NDArray[np.bool_], reason: str, column: Any = None) -> None:
        """Take the wrong rows out of `keep`; each row counts for its first reason only."""
        wrong = wrong & keep
        count = int(np.count_nonzero(wrong))
        if not count:
            return
        place = int(np.argmax(wrong))
        value = "" if column is None else str(column[place].as_py())
        if column is not None and self.options.bad_rows == "refuse":
            raise _FaultError(self.rows + place, reason, value)
        self.examples.setdefault(reason, (self.rows + place, value))
        self.dropped[reason] = self.dropped.get(reason, 0) + count
        keep[wrong] = False

    def skip(self, row: Any) -> str:
        """Answer pyarrow's question about a row with a wrong number of fields: "skip" or "error"."""
        if self.options.bad_rows == "refuse":
            return "error"
        self.bad_rows += 1
        self.examples.setdefault(BAD_ROW, (-1, row.text))
        return "skip"

    def finish(self) -> Scanned:
        """Return everything gathered, with one dictionary for each kind of id."""
        parts = {role: _joined(chunks) for role, chunks in self.columns.items()}
        user, user_ids, trimmed_users = _trimmed(*parts["user"])
        item, item_ids, trimmed_items = _trimmed(*parts["item"])
        time, unit = None, ""
        if "timestamp" in self.places:
            time = np.concatenate(self.times) if self.times else np.empty(0, dtype=np.int64)
            self.times.clear()
            unit = "ISO text"
            if self.time_kind == "number":
                time, unit = values.to_milliseconds(time)
        if self.bad_rows:
            self.dropped[BAD_ROW] = self.bad_rows
        return Scanned(
            user=user,
            item=item,
            user_ids=user_ids,
            item_ids=item_ids,
            time=time,
            time_unit=unit,
            title=parts.get("title"),
            genres=parts.get("genres"),
            rows_read=self.rows + self.bad_rows,
            dropped=self.dropped,
            examples=self.examples,
            rating_low=self.low if self.low <= self.high else None,
            rating_high=self.high if self.low <= self.high else None,
            trimmed=trimmed_users + trimmed_items,
        )


class _FaultError(Exception):
    """A value that is not understood, named by its row."""

    def __init__(self, row: int, reason: str, value: str) -> None:
        super().__init__(reason)
        self.row, self.reason, self.value = row, reason, value

    def error(self, path: Path, names: tuple[str, ...], places: dict[Role, int], line: int | None) -> DataError:
        """Return the error for the person."""
        fault = say(
            "import.bad-value", "{value} is a {reason}.", value=diagnose.shortened(self.value), reason=self.reason
        )
        if line is None:
            fault = say("import.bad-value-in-row", "row {row}: {fault}", row=self.row + 1, fault=fault)
        hint = say("import.correct-it", "Correct it, or leave such rows out: --bad-rows drop.")
        if self.reason == BAD_TIME:
            hint = say(
                "import.correct-time",
                "Seconds, milliseconds or ISO text such as 2024-01-31T18:05:00 are understood. {hint}",
                hint=hint,
            )
        return DataError(
            fault,
            hint,
            path=path,
            line=line,
            column=names[places[_ROLE_OF[self.reason]]],
        )


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
    scan = _Scan(path, options, places)
    stream = TextStream(open_unpacked(reader, text.kind), text, path)  # type: ignore[arg-type]
    try:
        for batch in _text_batches(stream, text, places, scan):
            scan.take(batch)
    except _FaultError as fault:
        line = diagnose.lines_of(path, text, [fault.row]).get(fault.row)
        raise fault.error(path, text.names, places, line) from None
    except (pa.ArrowInvalid, UndecodableError) as error:
        raise diagnose.wrong_row(path, text, str(error)) from None
    finally:
        stream.close()
    scanned = scan.finish()
    scanned.sha256 = reader.sha256
    return scanned


def _text_batches(
    stream: TextStream, text: TextFormat, places: dict[Role, int], scan: _Scan
) -> Iterator[dict[Role, Any]]:
    # Columns are addressed by number, so that names that stand twice do no harm.
    names = [str(place) for place in range(len(text.names))]
    kinds = {role: pa.string() if role in ("rating", "timestamp") else _IDS for role in places}
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
            include_columns=sorted({str(place) for place in places.values()}),
            column_types={str(place): kinds[role] for role, place in places.items()},
            strings_can_be_null=False,
        ),
    )
    for batch in reader:
        yield {role: batch.column(str(place)) for role, place in places.items()}


def scan_parquet(path: Path, places: dict[Role, int], options: ImportOptions, reader: CountingReader) -> Scanned:
    """Read a Parquet file as `scan_text` does a text; a fault is named by its row, from 1."""
    scan = _Scan(path, options, places)
    try:
        file = pa.parquet.ParquetFile(path)
        names = tuple(file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=_ROWS, columns=[names[place] for place in places.values()]):
            while reader.share() < (scan.rows + batch.num_rows) / max(1, file.metadata.num_rows):
                if not reader.read(1 << 20):
                    break
            scan.take({role: _as_text(batch.column(names[place]), role) for role, place in places.items()})
    except _FaultError as fault:
        raise fault.error(path, names, places, None) from None
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise DataError(
            say("import.parquet-file-cannot-read", "the Parquet file cannot be read: {reason}.", reason=error),
            path=path,
        ) from None
    while reader.read(1 << 20):  # the rest of the file, for its checksum
        pass
    scanned = scan.finish()
    scanned.sha256 = reader.sha256
    return scanned


def _as_text(column: Any, role: Role) -> Any:
    """Return a Parquet column in the form the text reader would give: ids as dictionaries of strings."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_large_string(column.type):
        column = column.cast(pa.string())
    if role in ("rating", "timestamp"):
        return column
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), "|")
    if pa.types.is_floating(column.type):
        # A whole-number column with gaps: pandas writes it as floats.
        whole = column.cast(pa.int64(), safe=False)
        column = whole if pc.all(pc.equal(whole.cast(column.type), column)).as_py() else column
    return pc.fill_null(column.cast(pa.string()), "").dictionary_encode()


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


def drops(path: Path, text: TextFormat | None, scanned: Scanned) -> list[Dropped]:
    """Return the reasons rows were dropped for while reading, with the line of the first of each where it helps."""
    wanted = [row for reason, (row, _) in scanned.examples.items() if row >= 0 and reason != LOW_RATING]
    lines = diagnose.lines_of(path, text, wanted) if text is not None and wanted else {}
    found = []
    for reason, rows in scanned.dropped.items():
        row, value = scanned.examples[reason]
        where = ""
        if row in lines:
            where = say("import.line", "line {line}", line=lines[row])
        elif row >= 0 and text is None:
            where = say("import.row-number", "row {row}", row=row + 1)
        shown = diagnose.shortened(value) if value else ""
        found.append(Dropped(reason, rows, join((where, shown), ": ")))
    return found
