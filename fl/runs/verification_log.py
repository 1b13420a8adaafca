"""The verification.jsonl of a run folder: a line for each sum that was checked, in training or in a replayed round."""

from __future__ import annotations

import json

from pydantic import ValidationError

from data.errors import StorageError
from data.json_text import json_of
from data.sentences import for_file, from_file
from fl.runs.records import SumCheck
from fl.runs.run_folder import RunFolder
from fl.runs.storage import append_record, read_records

FILE = "verification.jsonl"


def append(folder: RunFolder, check: SumCheck) -> None:
    """Write a line. Where that fails, the run's own log says so: no round is lost over it."""
    record = json.dumps(for_file(check.model_dump()))
    try:
        append_record(folder.path / FILE, record)
    except (OSError, StorageError):
        folder.note(f"could not write {FILE}: {record}")


def read(folder: RunFolder) -> tuple[SumCheck, ...]:
    """Return all lines, in the order in which they were written; a line that a crash cut short is left out."""
    try:
        lines = read_records(folder.path / FILE)
    except StorageError as error:
        folder.note(f"{FILE} cannot be read: {error}")
        return ()
    found = []
    for line in lines:
        try:
            found.append(SumCheck(**from_file(json_of(line))))
        except (ValueError, TypeError, ValidationError):
            folder.note(f"{FILE} has a line that cannot be read: {line[:200]}")
    return tuple(found)
