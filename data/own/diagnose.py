"""The search for the place where a text table is at fault. It walks in Python, slowly, only once something is wrong."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from data.errors import DataError
from data.own.source import DOUBLE_COLON, TextFormat, open_unpacked, reading
from data.sentences import say
from data.tables import unreadable_table

# A noncharacter: Unicode promises that no text contains it.
_MARK: Final = "\ufdd0"
_MARKING: Final = "secretrec-mark"
OTHER_LINES_BEFORE: Final = say(
    "import.other-lines-before", "If lines stand before the table, skip them: --skip-lines NUMBER."
)
_LOOK: Final = 200  # records that tell how long the rows of a table are


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _MARK, error.end


codecs.register_error(_MARKING, _mark)


@dataclass(frozen=True)
class Record:
    """One record of data: the line it begins in, from 1, and its fields."""

    line: int
    fields: list[str]


def records(path: Path, text: TextFormat) -> Iterator[Record]:
    """Yield all records of data, without header and blank lines. Undecodable bytes are marked, not refused.

    Raises:
        DataError: a quote that is never closed.
    """
    with _lines(path, text) as lines:
        for _ in range(text.skip_lines):
            next(lines, "")
        reader = _reader(lines, text)
        begin = text.skip_lines + 1
        try:
            for fields in reader:
                if not is_blank(fields):
                    yield Record(begin, fields)
                begin = text.skip_lines + reader.line_num + 1
        except csv.Error as error:
            if "field larger than field limit" in str(error):
                raise unclosed_quote(path, begin) from None
            raise DataError(
                say("import.row-cannot-read", "the row cannot be read: {reason}.", reason=error), path=path, line=begin
            ) from None


def is_blank(fields: list[str]) -> bool:
    """Return whether a record is a blank line, be it of spaces."""
    return not fields or (len(fields) == 1 and not fields[0].strip())


def unclosed_quote(path: Path, line: int) -> DataError:
    """Return the error about a field that begins with a quote and never ends."""
    return DataError(
        say("import.double-quote-opens-field", "a double quote opens a field here and no other closes it."),
        say(
            "import.close-double-where-belongs",
            'Close it, double it where it belongs to the text (""), or read the file without quoting (--no-quotes).',
        ),
        path=path,
        line=line,
    )


def wrong_row(path: Path, text: TextFormat, reason: str) -> DataError:
    """Return why pyarrow refused the table: the first row with a wrong number of fields, open quote or bad byte."""
    wanted = text.width
    for record in records(path, text):
        if len(record.fields) != wanted:
            if any("\n" in field for field in record.fields) and text.quotes:
                return unclosed_quote(path, record.line)
            count = len(record.fields)
            fields = say("import.one-field", "1 field") if count == 1 else say("import.fields", "{n} fields", n=count)
            few = len(record.fields) < wanted
            return DataError(
                say(
                    "import.where-expected",
                    "{fields} where {wanted} are expected: {row}.",
                    fields=fields,
                    wanted=wanted,
                    row=_shown(record.fields, text),
                ),
                _row_hint(path, text),
                path=path,
                line=record.line,
                column=text.names[len(record.fields)] if few and len(record.fields) < len(text.names) else "",
            )
    return undecodable(path, text) or DataError(unreadable_table(reason), path=path)


def undecodable(path: Path, text: TextFormat) -> DataError | None:
    """Return the error about the first byte that is not text in the file's encoding; None when all are."""
    with _lines(path, text) as lines:
        for number, line in enumerate(lines, start=1):
            if _MARK in line:
                fields: list[str] = next(_reader([line], text), [])
                place = next((place for place, field in enumerate(fields) if _MARK in field), len(text.names))
                return DataError(
                    say(
                        "import.character-not-text",
                        "character {place} is not {encoding} text.",
                        place=line.index(_MARK) + 1,
                        encoding=text.encoding,
                    ),
                    say(
                        "import.save-file-utf-8",
                        "Save the file as UTF-8, or name its encoding: --encoding NAME (such as gb18030, "
                        "windows-1252).",
                    ),
                    path=path,
                    line=number,
                    column=text.names[place] if place < len(text.names) else "",
                )
    return None


def _row_hint(path: Path, text: TextFormat) -> str:
    """Return what helps against a row of a wrong length: of an option where one would read the whole table."""
    lengths = {len(record.fields) for record, _ in zip(records(path, text), range(_LOOK), strict=False)}
    if lengths == {text.width + 1} and text.header:
        return say(
            "import.header-lacks-name",
            "Every row has one field more than the header: name it there, or skip the header (--skip-lines {lines} "
            "--no-header) and say by number which column is what.",
            lines=text.skip_lines,
        )
    if len(lengths) > 1 and text.width not in lengths:
        return OTHER_LINES_BEFORE
    return say("import.correct-row-leave-rows", "Correct the row, or leave such rows out: --bad-rows drop.")


def records_of(path: Path, text: TextFormat, rows: Iterable[int]) -> dict[int, Record]:
    """Return these records. Rows with a wrong number of fields do not count; the first is 0."""
    wanted = set(rows)
    found: dict[int, Record] = {}
    row = 0
    for record in records(path, text):
        if len(wanted) == len(found):
            break
        if len(record.fields) != text.width:
            continue
        if row in wanted:
            found[row] = record
        row += 1
    return found


def first_wrong_line(path: Path, text: TextFormat) -> int | None:
    """Return the line of the first record with a wrong number of fields."""
    return next((record.line for record in records(path, text) if len(record.fields) != text.width), None)


def shortened(value: str, limit: int = 60) -> str:
    """Return a value as a message shows it: quoted, on one line, not long."""
    value = value.replace(_MARK, "\ufffd")
    return repr(value if len(value) <= limit else value[:limit] + "...")


def _shown(fields: list[str], text: TextFormat) -> str:
    return shortened(text.delimiter.join(fields))


def _reader(lines: Iterable[str], text: TextFormat) -> Any:
    if text.delimiter == "::":
        lines = (line.replace("::", DOUBLE_COLON) for line in lines)
    return csv.reader(
        lines, delimiter=text.inner_delimiter, quoting=csv.QUOTE_MINIMAL if text.quotes else csv.QUOTE_NONE
    )


@contextmanager
def _lines(path: Path, text: TextFormat) -> Iterator[Iterator[str]]:
    with reading(path), open_unpacked(path.open("rb"), text.kind) as stream:
        yield iter(io.TextIOWrapper(stream, encoding=text.encoding, errors=_MARKING, newline=""))
