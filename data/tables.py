"""The strict reading of a text table: fast when it is right, exact about file, line and field when it is not.

The happy path is pandas' C parser with fixed types. Only when that fails, or a value is out of bounds, are the lines
walked one by one to say which is at fault.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NoReturn

import numpy as np
from numpy.typing import NDArray

from data.errors import DataError, StorageError, cannot_read
from data.sentences import Said, say

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_DTYPES: Final = {"integer": np.int64, "number": np.float64, "text": str}


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in messages, what it holds, and the least and greatest value allowed."""

    name: str
    kind: Literal["integer", "number", "text"]
    low: float = -np.inf
    high: float = np.inf


def load(path: Path, ends_with_line_end: bool = False) -> bytes:
    """Return the bytes of a whole file.

    Args:
        path: file to read.
        ends_with_line_end: the official file ends with a line end, so one that does not has been cut off.

    Raises:
        DataError: missing, empty or cut off.
        StorageError: it cannot be read (permission, disk).
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(say("tables.file-missing", "the file is missing."), path=path) from None
    except OSError as error:
        raise StorageError(cannot_read(path, error.strerror)) from error
    if not content.strip():
        raise DataError(say("tables.file-empty", "the file is empty."), path=path)
    if ends_with_line_end and not content.endswith(b"\n"):
        raise DataError(
            say("tables.last-line-no-line", "the last line has no line end, so the file seems to be cut off."),
            say("tables.fetch-again", "Fetch it again."),
            path=path,
            line=content.count(b"\n") + 1,
        )
    return content


def lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (1-based number, line without its end) for every line that is not blank."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip(b" \r"):
            yield number, line.rstrip(b"\r")


def read_table(
    path: Path, separator: str, columns: Sequence[Column], header: bool = False, ends_with_line_end: bool = False
) -> dict[str, NDArray[Any]]:
    """Return the columns of a table by name: int64, float64 or str objects, each [n_rows], rows in file order.

    Args:
        path: file to read; ISO-8859-1, so that no byte is refused.
        separator: one character, or one character twice ("::").
        columns: all columns of the file, in order; the last one must not be text.
        header: whether the first line holds column names (which are then not checked).
        ends_with_line_end: as in `load`.

    Raises:
        DataError: missing, empty or cut-off file; a row with too few or too many fields, or with a field that is empty,
            not a number or out of bounds, named by file, line and field.
        StorageError: the file cannot be read.
    """
    import pandas as pd  # here: half a second, which who reads no text table does without

    content = load(path, ends_with_line_end)
    # pandas' C parser takes one-character separators: of "a::b::c" it sees columns a, "", b, "", c.
    step = len(separator)
    try:
        frame = pd.read_csv(
            io.BytesIO(content),
            sep=separator[0],
            header=None,
            names=range(step * (len(columns) - 1) + 1),
            usecols=[step * place for place in range(len(columns))],
            dtype={step * place: _DTYPES[column.kind] for place, column in enumerate(columns)},
            index_col=False,
            skiprows=1 if header else 0,
            quoting=csv.QUOTE_NONE,
            na_filter=False,
            encoding="latin-1",
            engine="c",
            low_memory=False,
        )
    except (ValueError, OverflowError) as error:  # ParserError and EmptyDataError are ValueErrors
        _fail(path, content, separator, columns, header, str(error))
    table = {column.name: frame[step * place].to_numpy() for place, column in enumerate(columns)}
    body = content.partition(b"\n")[2] if header else content
    # Exactly n - 1 separators a row on average, and no row with fewer (its last number would be missing): all rows fit.
    # Counting "::" as well as ":" leaves no room for a single ":". pandas would stop reading a field at a NUL.
    wanted = (len(columns) - 1) * len(frame)
    fits = body.count(separator.encode()) == wanted and body.count(separator[0].encode()) == step * wanted
    if not fits or b"\0" in body or not all(_within(column, table[column.name]) for column in columns):
        _fail(
            path,
            content,
            separator,
            columns,
            header,
            say("tables.rows-differ", "the rows have different numbers of fields"),
        )
    return table


def unreadable_table(reason: str) -> Said:
    """Return that a table cannot be read."""
    return say("tables.cannot-read", "the table cannot be read: {reason}.", reason=reason)


def line_of_row(content: bytes, row: int, header: bool = False) -> int:
    """Return the 1-based line number of data row `row` (from 0)."""
    for place, (number, _) in enumerate(lines(content)):
        if place == row + int(header):
            return number
    raise ValueError(f"row {row} is not in the file")


def fields_of(path: Path, number: int, line: str, separator: str, columns: Sequence[Column]) -> list[str]:
    """Return the fields of one line, checked against the columns. Raise DataError naming file, line and field."""
    fields = line.split(separator)
    if len(fields) < len(columns):
        raise DataError(
            say(
                "tables.fields-where-needed",
                "{n_fields} fields where {n_columns} are needed; {name} is missing.",
                n_fields=len(fields),
                n_columns=len(columns),
                name=columns[len(fields)].name,
            ),
            path=path,
            line=number,
        )
    if len(fields) > len(columns):
        raise DataError(
            say(
                "tables.fields-where-expected",
                "{n_fields} fields where {n_columns} are expected.",
                n_fields=len(fields),
                n_columns=len(columns),
            ),
            path=path,
            line=number,
        )
    for column, field in zip(columns, fields, strict=True):
        problem = _problem(column, field)
        if problem:
            raise DataError(
                say("tables.column-fault", "{column} {problem}.", column=column.name, problem=problem),
                path=path,
                line=number,
            )
    return fields


def _problem(column: Column, field: str) -> str:
    """Return what is wrong with a field, "" if nothing."""
    value = field.strip()
    if not value:
        return say("tables.empty-field", "is empty")
    if column.kind == "text":
        return ""
    pattern = _INTEGER if column.kind == "integer" else _NUMBER
    if not pattern.fullmatch(value):
        shown = value if len(value) <= 40 else value[:40] + "..."
        if column.kind == "integer":
            return say("tables.no-whole-number", "is {shown!r}, which is not a whole number", shown=shown)
        return say("tables.no-number", "is {shown!r}, which is not a number", shown=shown)
    number = float(value)
    if number < column.low:
        return say("tables.below", "is {value}, below {limit:g}", value=value, limit=column.low)
    if number > column.high:
        return say("tables.above", "is {value}, above {limit:g}", value=value, limit=column.high)
    return ""


def _within(column: Column, values: NDArray[Any]) -> bool:
    if column.kind == "text":
        return bool((values != "").all())
    return len(values) == 0 or (
        bool(np.isfinite(values).all()) and column.low <= values.min() and values.max() <= column.high
    )


def _fail(path: Path, content: bytes, separator: str, columns: Sequence[Column], header: bool, reason: str) -> NoReturn:
    """Walk the lines and raise the DataError of the first one at fault."""
    for place, (number, line) in enumerate(lines(content)):
        if place > 0 or not header:
            fields_of(path, number, line.decode("latin-1"), separator, columns)
    raise DataError(unreadable_table(reason), path=path)
