"""The note that a person keeps with a run: plain text in its folder, which can be edited by hand as well."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from data.errors import SettingsError
from data.sentences import say
from fl.runs.seals import regular_bytes
from fl.runs.storage import write_bytes

NOTE: Final = "note.txt"
MOST_CHARACTERS: Final = 10_000


def read_note(folder: Path) -> str:
    """Return the note of a run, "" where there is none that can be read."""
    try:
        return regular_bytes(folder / NOTE).decode("utf-8", "replace")[:MOST_CHARACTERS].strip()
    except OSError:
        return ""


def write_note(folder: Path, text: str) -> None:
    """Put a note in the place of the one that is there; an empty one takes it away.

    Raises:
        SettingsError: it is too long.
        StorageError: no space, no permission.
    """
    text = text.strip()
    if len(text) > MOST_CHARACTERS:
        raise SettingsError(
            say(
                "run.note-too-long",
                "A note may have {most} characters; this one has {n}.",
                most=MOST_CHARACTERS,
                n=len(text),
            )
        )
    if text:
        write_bytes(folder / NOTE, f"{text}\n".encode())
    else:
        (folder / NOTE).unlink(missing_ok=True)
