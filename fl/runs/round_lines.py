"""The file metrics.jsonl of a run folder: a line for each finished round, and perhaps one that a crash cut short."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from data.errors import StorageError, cannot_read, cannot_write
from data.json_text import json_of
from data.sentences import from_file, say
from fl.runs.rounds import RoundRecord
from fl.runs.storage import FREE_SPACE, append_line, write_bytes


def read(path: Path) -> list[RoundRecord]:
    """Return a record of every finished round; none where there is no file, and none of a line cut short.

    Raises:
        StorageError: another line is no record, or the file cannot be read.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(cannot_read(path, error)) from error
    records = []
    for number, line in enumerate(lines[:-1], start=1):
        try:
            value = json_of(line)
        except ValueError as error:
            raise StorageError(
                say("run.line-not-json-record", "{path}, line {number}: not a JSON record.", path=path, number=number)
            ) from error
        try:
            records.append(RoundRecord.model_validate(from_file(value)))
        except (ValidationError, ValueError) as error:
            raise StorageError(
                say(
                    "run.line-not-record-round",
                    "{path}, line {number}: not the record of a round.",
                    path=path,
                    number=number,
                )
            ) from error
    return records


def append(path: Path, record: RoundRecord) -> None:
    """Add a line, and make it durable.

    Raises:
        StorageError: no space, no permission.
    """
    try:
        append_line(path, record.line())
    except OSError as error:
        raise StorageError(cannot_write(path, error.strerror), FREE_SPACE) from error


def cut(path: Path) -> None:
    """Drop a half-written last line, before more lines are appended."""
    if path.exists():
        text = path.read_text("utf-8")
        if not text.endswith("\n"):
            write_bytes(path, text[: text.rfind("\n") + 1].encode())


def write(path: Path, records: Sequence[RoundRecord]) -> None:
    """Write lines in the place of those that are there.

    Raises:
        StorageError: no space, no permission.
    """
    write_bytes(path, "".join(record.line() for record in records).encode())
