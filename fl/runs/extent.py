"""The extent of a run's folder: how much of the disk it takes, and whether the parties' private parts are in it."""

from __future__ import annotations

import os
from pathlib import Path

from data.errors import StorageError
from data.sentences import say

PARTIES = "parties"


def disk_use(folder: Path) -> int:
    """Return the bytes of all files in a run's folder; what cannot be looked at counts as nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).lstat().st_size
            except OSError:
                continue  # deleted in this moment
    return total


def has_private_parts(folder: Path) -> bool:
    """Return whether the folder of any party is in that of the run."""
    return any((folder / PARTIES).glob("*/"))


def check_private_parts(folder: Path) -> None:
    """Refuse a run that was passed on without its private parts, for what takes them.

    Raises:
        StorageError: no party's folder is here.
    """
    if not has_private_parts(folder):
        raise StorageError(
            say("run.no-private-parts", "Run '{run}' is here without its private parts.", run=folder.name),
            say(
                "run.no-private-parts-hint",
                "What its users had and their own models stayed where it was trained. Here are its figures, its report "
                "and lists for new users and baskets.",
            ),
        )
