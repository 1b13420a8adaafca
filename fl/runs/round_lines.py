"""The file metrics.jsonl of a run folder: a line for each finished round, and perhaps one that a crash cut short."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from data.errors import StorageError, cannot_write
from data.json_text import json_of
from data.sentences import from_file, say
from fl.runs.rounds import RoundRecord
from fl.runs.storage import FREE_SPACE, append_record, read_records, write_records


def read(path: Path) -> list[RoundRecord]:
    """Return a record of every finished round; none where there is no file, and none of a line cut short.

    Raises:
        StorageError: another line is not as it was written or no record of the round that comes next, or the file
            cannot be read.
    """
    records: list[RoundRecord] = []
    for number, line in enumerate(read_records(path), start=1):
        try:
            value = json_of(line)
        except ValueError as error:
            raise StorageError(
                say("run.line-not-json-record", "{path}, line {number}: not a JSON record.", path=path, number=number)
            ) from error
        try:
            record = RoundRecord.model_validate(from_file(value))
            if type(value["round"]) is not int or record.round != number:
                raise ValueError("it is not of the round that comes next")
            records.append(record)
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
        append_record(path, record.line())
    except OSError as error:
        raise StorageError(cannot_write(path, error.strerror or error), FREE_SPACE) from error


def write(path: Path, records: Sequence[RoundRecord]) -> None:
    """Write lines in the place of those that are there.

    Raises:
        StorageError: no space, no permission.
    """
    write_records(path, [record.line() for record in records])
