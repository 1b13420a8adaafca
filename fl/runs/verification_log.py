"""The verification.jsonl of a run folder: a line for each sum that was checked, in training or in a replayed round."""

from __future__ import annotations

import json

from pydantic import ValidationError

from data.json_text import json_of
from data.sentences import for_file, from_file
from fl.runs.records import SumCheck
from fl.runs.run_folder import RunFolder
from fl.runs.storage import append_line

FILE = "verification.jsonl"


def append(folder: RunFolder, check: SumCheck) -> None:
    """Write a line. Where that fails, the run's own log says so: no round is lost over it."""
    record = json.dumps(for_file(check.model_dump()))
    try:
        append_line(folder.path / FILE, record + "\n")
    except OSError:
        folder.note(f"could not write {FILE}: {record}")


def read(folder: RunFolder) -> tuple[SumCheck, ...]:
    """Return all lines, in the order in which they were written; a line that a crash cut short is left out."""
    try:
        lines = (folder.path / FILE).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        folder.note(f"{FILE} cannot be read: {error}")
        return ()
    found = []
    for line in lines:
        try:
            found.append(SumCheck(**from_file(json_of(line))))
        except (ValueError, TypeError, ValidationError):
            folder.note(f"{FILE} has a line that cannot be read: {line[:200]}")
    return tuple(found)
