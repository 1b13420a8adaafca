"""The format of a text table: encoding, delimiter, header, found from its beginning, or as the person says."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.errors import DataError
from data.own.columns import is_known
from data.own.options import ROLES, ImportOptions
from data.own.source import DOUBLE_COLON, Kind, TextFormat, blocks, encoding_of
from data.sentences import say

_SAMPLE_ROWS: Final = 200
_DELIMITERS: Final = ("\t", ",", ";", "|", "::")
_NUMBER: Final = re.compile(r"\s*[+-]?[0-9]+([.,][0-9]+)?\s*")
_DATE: Final = re.compile(r"\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*")


@dataclass(frozen=True)
class Sniffed:
    """The format of a table, and its first rows of data as text."""

    text: TextFormat
    rows: tuple[tuple[str, ...], ...]


def sniff(path: Path, kind: Kind, options: ImportOptions) -> Sniffed:
    """Return the format of a text table.

    Raises:
        DataError: not text, nothing but blank lines, or a header without rows.
        StorageError: it cannot be read.
    """
    encoding, doubt = (options.encoding, "") if options.encoding else encoding_of(path, kind)
    sample, whole = _sample(path, kind, encoding)
    if not sample.strip():
        raise DataError(say("import.file-blank-lines", "the file has only blank lines."), path=path, line=1)
    delimiter = options.separator or _delimiter(sample, options.quotes)
    # No field of a table with "::" is quoted: MovieLens, whose format it is, has none.
    quotes = options.quotes and delimiter != "::"
    records = _records(sample, delimiter, quotes, whole)
    if not records:
        raise DataError(
            say("import.row-cannot-read-long", "the first row cannot be read: it is too long for a table."),
            path=path,
            line=1,
        )
    header = options.header
    if header is None:
        header = _is_asked_for(records[0][2], options) or _has_header([fields for _, _, fields in records])
    first_line, last_line, first = records[0]
    data = [fields for _, _, fields in records[1:]] if header else [fields for _, _, fields in records]
    if not data:
        if header and any(is_known(name) for name in first):
            raise DataError(
                say("import.header-no-row-below", "there is a header but no row below it."), path=path, line=first_line
            )
        raise DataError(say("import.row", "there is only one row, which is no data set."), path=path, line=first_line)
    names = (
        tuple(name.strip() or f"column {k + 1}" for k, name in enumerate(first)) if header else _numbered(len(first))
    )
    notes = [doubt] if doubt else []
    if not header:
        notes.append(say("import.no-header", "The file has no header: its columns are known by their position only."))
    text = TextFormat(
        kind=kind,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        names=names,
        first_line=first_line,
        skip_lines=last_line if header else first_line - 1,
        quotes=quotes,
        notes=tuple(notes),
    )
    return Sniffed(text, tuple(tuple(fields) for fields in data[:20]))


def _numbered(n_columns: int) -> tuple[str, ...]:
    return tuple(f"column {place + 1}" for place in range(n_columns))


def _sample(path: Path, kind: Kind, encoding: str) -> tuple[str, bool]:
    """Return (the beginning of the text, whether that is all of it)."""
    chunks = blocks(path, kind)
    block = next(chunks, b"")
    whole = next(chunks, b"") == b""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    text = decoder.decode(block, final=whole)
    return text.removeprefix("\ufeff"), whole


def _records(sample: str, delimiter: str, quotes: bool, whole: bool) -> list[tuple[int, int, list[str]]]:
    """Return (first line, last line, fields) of the first records that are not blank and not cut off."""
    lines = sample.splitlines(keepends=True) if "\n" not in sample else sample.split("\n")
    if not whole and len(lines) > 1:
        lines = lines[:-1]
    lines = [line.rstrip("\r\n") for line in lines]
    if delimiter == "::":
        lines = [line.replace("::", DOUBLE_COLON) for line in lines]
    reader = csv.reader(
        (line + "\n" for line in lines),
        delimiter=DOUBLE_COLON if delimiter == "::" else delimiter,
        quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
    )
    found: list[tuple[int, int, list[str]]] = []
    begin = 1
    try:
        for fields in reader:
            if fields:
                found.append((begin, reader.line_num, fields))
            if len(found) == _SAMPLE_ROWS:
                break
            begin = reader.line_num + 1
    except csv.Error:
        pass  # the first records show the format; the reading itself tells what is wrong further down
    return found


def _delimiter(sample: str, quotes: bool) -> str:
    """Return the candidate that cuts the most rows into the same number of columns; on a tie, into the most columns."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        rows = [fields for _, _, fields in _records(sample, delimiter, quotes and delimiter != "::", False)]
        if not rows:
            continue
        width = len(rows[0])
        if width < 2:
            continue
        agree = sum(len(fields) == width for fields in rows) / len(rows)
        known = sum(is_known(name) for name in rows[0])
        score = (agree + known, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _is_asked_for(first: Sequence[str], options: ImportOptions) -> bool:
    """Return whether the person named a column that stands in the first row (a number means its place: no sign)."""
    asked = {options.column_for(role).casefold() for role in ROLES}
    return any(name.strip().casefold() in asked and not name.strip().isdecimal() for name in first if name.strip())


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row has a known column name, or text where all rows below have numbers or dates."""
    first, below = rows[0], rows[1:]
    if any(is_known(name) for name in first):
        # A data row can hold the word "book" too; then it also holds a number.
        return not any(_is_value(field) for field in first)
    if any(_is_value(field) for field in first):
        return False
    return any(
        all(_is_value(row[place]) for row in below if place < len(row)) and any(place < len(row) for row in below)
        for place in range(len(first))
    )


def _is_value(field: str) -> bool:
    return bool(_NUMBER.fullmatch(field) or _DATE.fullmatch(field))
