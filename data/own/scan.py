"""The reading of a table in chunks, with memory for one chunk of text.

pyarrow parses on its own threads and encodes ids as (number, dictionary). `data.own.parquet_columns` brings the columns
of Parquet into the same form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from data.errors import DataError
from data.own import diagnose, parquet_columns
from data.own.faults import LOW_RATING, FaultError
from data.own.options import ImportOptions, Role
from data.own.report import Dropped
from data.own.source import CountingReader, TextFormat, TextStream, UndecodableError, open_unpacked
from data.own.tally import IDS, PAST, Example, Scanned, Tally
from data.sentences import join, say

_BLOCK: Final = 8 << 20  # bytes of text, some 300,000 rows; a longer record would be refused
_ROWS: Final = 1 << 18  # rows of a Parquet batch


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
    scan = Tally(options, places, text.comma)
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
    """Read the first rows of a text table, none of them ragged, as `scan_text` would read them all.

    Raises:
        FaultError: times that cannot be understood together.
    """
    scan = Tally(replace(options, bad_rows="drop"), places, text.comma)
    batch: dict[Any, Any] = {}
    for role, place in places.items():
        column = pa.array([row[place] for row in rows], pa.string())
        batch[role] = column if role in ("rating", "timestamp") else column.dictionary_encode()
    scan.take(batch)
    return scan.finish()


def _text_batches(
    stream: TextStream, text: TextFormat, places: dict[Role, int], scan: Tally
) -> Iterator[dict[Any, Any]]:
    # Columns are addressed by number, so that names that stand twice do no harm.
    names = [str(place) for place in range(text.width)]
    kinds: dict[Any, Any] = {role: pa.string() if role in ("rating", "timestamp") else IDS for role in places}
    wanted: dict[Any, int] = dict(places)
    if text.width > len(text.names):
        wanted[PAST], kinds[PAST] = text.width - 1, IDS
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
    scan = Tally(options, places, options.decimal == "comma")
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
    except (pa.ArrowException, OSError) as error:
        raise DataError(
            say("import.parquet-file-cannot-read", "the Parquet file cannot be read: {reason}.", reason=error),
            path=path,
        ) from None
    while reader.read(1 << 20):  # the rest of the file, for its checksum
        pass
    scanned.sha256 = reader.sha256
    return scanned


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
