"""The format of a text table: encoding, delimiter, header, found from its beginning, or as the person says."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.errors import DataError
from data.own.columns import is_known, recognise
from data.own.diagnose import is_blank, shortened
from data.own.options import ROLES, ImportOptions
from data.own.source import DOUBLE_COLON, NO_ROW_BELOW, Kind, QuotedFields, TextFormat, blocks, encoding_of
from data.sentences import say

_SAMPLE_ROWS: Final = 200
_PREAMBLE: Final = 30  # lines in front of a table are looked for among so many
_DELIMITERS: Final = ("\t", ",", ";", "|", "::")
_NUMBER: Final = re.compile(r"\s*[+-]?[0-9]+([.,][0-9]+)?\s*")
_DATE: Final = re.compile(r"\s*([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}).*")
_SEP_LINE: Final = re.compile(r"\s*\"?sep=(?P<sign>.)\"?\s*", re.IGNORECASE)
_COMMENT: Final = ("#", "%", "//")


@dataclass(frozen=True)
class Sniffed:
    """The format of a table, and its first rows of data.

    Attributes:
        text: the format.
        rows: the first rows as text, each as long as there are names unless ragged.
        whole: whether these are all rows.
    """

    text: TextFormat
    rows: tuple[tuple[str, ...], ...]
    whole: bool


@dataclass(frozen=True)
class _Record:
    first_line: int
    last_line: int
    fields: list[str]


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
    lines = _lines(sample, whole)
    notes = [doubt] if doubt else []
    declared, skip = _declared(lines)
    if options.skip_lines is not None:
        skip = max(skip, options.skip_lines)
    delimiter = options.separator or declared or _delimiter(lines, skip, options.quotes)
    if declared and delimiter == declared:
        notes.append(
            say("import.sep-line", "Line 1 says that {sign} separates the columns; it was obeyed.", sign=repr(declared))
        )
    # No field of a table with "::" is quoted: MovieLens, whose format it is, has none.
    quotes = options.quotes and delimiter != "::"
    if quotes and _is_torn(lines[skip:], delimiter):
        quotes = False
        notes.append(
            say(
                "import.quotes-kept",
                "Some fields begin with a quoted part and go on after it, so double quotes were read as part of the "
                "text.",
            )
        )
    records = _records(lines, skip, delimiter, quotes)
    if not records and not any(line.strip() for line in lines[skip:]):
        raise DataError(
            say("import.nothing-behind-skipped", "no line is left behind the {n} that are skipped.", n=skip), path=path
        )
    if not records:
        raise DataError(
            say("import.row-cannot-read-long", "the first row cannot be read: it is too long for a table."),
            path=path,
            line=1,
        )
    if options.skip_lines is None:
        before = _preamble(records)
        if before:
            notes.append(_skipped(lines, skip, records[before].first_line))
            records = records[before:]
    whole = whole and len(records) < _SAMPLE_ROWS
    return _format(path, kind, options, _Style(encoding, delimiter, quotes, whole), records, notes)


@dataclass(frozen=True)
class _Style:
    encoding: str
    delimiter: str
    quotes: bool
    whole: bool


def _format(
    path: Path, kind: Kind, options: ImportOptions, style: _Style, records: list[_Record], notes: list[str]
) -> Sniffed:
    first = records[0]
    header, sure = options.header, True
    if header is None:
        header, sure = _has_header([record.fields for record in records], options)
    data = [record.fields for record in records[1:]] if header else [record.fields for record in records]
    if not data:
        if header and any(is_known(name) for name in first.fields):
            raise DataError(NO_ROW_BELOW, path=path, line=first.first_line)
        raise DataError(
            say("import.row", "there is only one row, which is no data set."), path=path, line=first.first_line
        )
    names, width = _names(first.fields, header, data)
    if not header:
        notes.append(say("import.no-header", "The file has no header: its columns are known by their position only."))
    elif not sure:
        notes.append(
            say(
                "import.maybe-no-header",
                "The first line, {line}, was taken for the names of the columns. Check that it is not a row.",
                line=shortened(style.delimiter.join(first.fields)),
            )
        )
    comma = options.decimal == "comma" or (options.decimal == "" and style.delimiter != ",")
    text = TextFormat(
        kind=kind,
        encoding=style.encoding,
        delimiter=style.delimiter,
        header=header,
        sure=sure,
        names=names,
        width=width,
        usual=Counter(len(fields) for fields in data).most_common(1)[0][0],
        first_line=first.first_line,
        skip_lines=first.last_line if header else first.first_line - 1,
        quotes=style.quotes,
        comma=comma,
        notes=tuple(notes),
    )
    rows = (fields[: len(names)] if len(fields) == width else fields for fields in data)
    return Sniffed(text, tuple(tuple(fields) for fields in rows), style.whole)


def _names(first: Sequence[str], header: bool, data: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], int]:
    """Return (names of the columns, fields of a record): a last field that is always empty is no column."""
    names = [name.strip().removeprefix("#").strip() if header else "" for name in first]
    width = Counter(len(fields) for fields in data).most_common(1)[0][0]
    empty_last = width > 2 and all(not fields[-1].strip() for fields in data if len(fields) == width)
    if empty_last and width == len(names) and not names[-1]:
        names = names[:-1]
    elif not (empty_last and width == len(names) + 1):
        width = len(names)
    return tuple(name or f"column {place + 1}" for place, name in enumerate(names)), width


def _sample(path: Path, kind: Kind, encoding: str) -> tuple[str, bool]:
    """Return (the beginning of the text, whether that is all of it)."""
    chunks = blocks(path, kind)
    block = next(chunks, b"")
    whole = next(chunks, b"") == b""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    text = decoder.decode(block, final=whole)
    return text.removeprefix("\ufeff"), whole


def _lines(sample: str, whole: bool) -> list[str]:
    """Return the lines of the sample without their ends, the one that is cut off left out."""
    lines = sample.splitlines(keepends=True) if "\n" not in sample else sample.split("\n")
    if not whole and len(lines) > 1:
        lines = lines[:-1]
    return [line.rstrip("\r\n") for line in lines]


def _declared(lines: Sequence[str]) -> tuple[str, int]:
    """Return (the delimiter that a line "sep=;" declares, lines to skip for it), as spreadsheets write and obey it."""
    match = _SEP_LINE.fullmatch(lines[0]) if lines else None
    if match is None:
        return ("\t", 1) if lines and lines[0].lower().rstrip(" ") == "sep=\t" else ("", 0)
    return match["sign"], 1


def _records(lines: Sequence[str], skip: int, delimiter: str, quotes: bool) -> list[_Record]:
    """Return the first records behind the skipped lines, blank ones left out."""
    rest = lines[skip:]
    if delimiter == "::":
        rest = [line.replace("::", DOUBLE_COLON) for line in rest]
    reader = csv.reader(
        (line + "\n" for line in rest),
        delimiter=DOUBLE_COLON if delimiter == "::" else delimiter,
        quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
    )
    found: list[_Record] = []
    begin = skip + 1
    try:
        for fields in reader:
            if not is_blank(fields):
                found.append(_Record(begin, skip + reader.line_num, fields))
            if len(found) == _SAMPLE_ROWS:
                break
            begin = skip + reader.line_num + 1
    except csv.Error:
        pass  # the first records show the format; the reading itself tells what is wrong further down
    return found


def _delimiter(lines: Sequence[str], skip: int, quotes: bool) -> str:
    """Return the candidate that cuts the most rows into the same number of columns; on a tie, into the most columns."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        rows = [record.fields for record in _records(lines, skip, delimiter, quotes and delimiter != "::")]
        if not rows:
            continue
        width, agree = Counter(len(fields) for fields in rows).most_common(1)[0]
        if width < 2:
            continue
        known = max(sum(is_known(name) for name in fields) for fields in rows[:_PREAMBLE])
        score = (agree / len(rows) + known, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _is_torn(lines: Sequence[str], delimiter: str) -> bool:
    """Return whether a field begins with a quoted part and goes on after it, so that quotes are no quoting there."""
    block = "".join(line + "\n" for line in lines).encode()
    return QuotedFields(delimiter).torn(block)[0] > 0


def _preamble(records: Sequence[_Record]) -> int:
    """Return how many records stand in front of the table, where that is certain.

    They are so many fields long as no row of the table is, and behind them comes a line that names a user or an item,
    and something else; or all of them are comments (#, %, //).
    """
    width = Counter(len(record.fields) for record in records).most_common(1)[0][0]
    first = next((place for place, record in enumerate(records) if len(record.fields) == width), 0)
    if not first or first > _PREAMBLE or width < 2:
        return 0
    if all(record.fields[0].lstrip().startswith(_COMMENT) for record in records[:first]):
        return first
    roles = set(recognise(records[first].fields, True))
    return first if len(roles) > 1 and roles & {"user", "item"} else 0


def _names_both(fields: Sequence[str]) -> bool:
    return {"user", "item"} <= set(recognise(fields, True))


def _skipped(lines: Sequence[str], begin: int, first_line: int) -> str:
    shown = next(line for line in lines[begin:] if line.strip())
    count = first_line - 1 - begin
    one = say("import.preamble-line", "1 line in front of the table was skipped: {first}.", first=shortened(shown))
    more = say(
        "import.preamble",
        "{n} lines in front of the table were skipped, the first of them: {first}.",
        n=count,
        first=shortened(shown),
    )
    return one if count == 1 else more


def _is_asked_for(first: Sequence[str], options: ImportOptions) -> bool:
    """Return whether the person named a column that stands in the first row (a number means its place: no sign)."""
    asked = {options.column_for(role).casefold() for role in ROLES}
    return any(name.strip().casefold() in asked and not name.strip().isdecimal() for name in first if name.strip())


def _has_header(rows: Sequence[Sequence[str]], options: ImportOptions) -> tuple[bool, bool]:
    """Return (whether the first row holds names, whether that is certain).

    Names are: what the person calls a column by; names of both a user and an item; a known name, or text above
    numbers or dates, in a row without numbers. A text that stands again further down in its column is no name.
    Text above nothing but text is taken for names, which is not certain.
    """
    first, below = rows[0], rows[1:]
    if _is_asked_for(first, options) or _names_both(first):
        return True, True
    if any(_is_value(field) for field in first):
        return False, True
    columns = [[row[place] for row in below if place < len(row)] for place in range(len(first))]
    if any(name.strip() and name in column for name, column in zip(first, columns, strict=True)):
        return False, False
    if any(is_known(name) for name in first):
        return True, True
    above = any(column and 2 * sum(map(_is_value, column)) > len(column) for column in columns)
    return True, above


def _is_value(field: str) -> bool:
    return bool(_NUMBER.fullmatch(field) or _DATE.fullmatch(field))
