"""The names of run folders."""

from __future__ import annotations

import itertools
import re
import tempfile
from datetime import datetime
from pathlib import Path

from data import paths
from data.errors import CHOOSE_ANOTHER_NAME, SettingsError, StorageError
from data.sentences import Said, say
from fl.settings.base import is_folder_name
from fl.settings.train import TrainSettings


def free_name(runs: Path, settings: TrainSettings) -> str:
    """Return a name that no run has, of data set, model and time.

    Args:
        runs: folder of the runs.
        settings: of the new run.
    """
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    base = f"{settings.dataset}-{settings.model}-{stamp}"
    taken = {path.name for path in runs.iterdir()}
    if base not in taken:
        return base
    number = 2 + max((int(m[1]) for m in (re.fullmatch(re.escape(base) + r"-(\d+)", t) for t in taken) if m), default=1)
    return f"{base}-{number}"


def cannot_make(runs: Path, error: OSError) -> Said:
    """Return that no folder for a run can be made."""
    return say(
        "run.cannot-make-run-folder",
        "Cannot make a run folder in {runs}: {reason}.",
        runs=runs,
        reason=error.strerror,
    )


def run_exists(name: str) -> Said:
    """Return that a run has a name already."""
    return say("run.exists", "A run called '{name}' exists already.", name=name)


def check_free(name: str) -> None:
    """Refuse a name that a run has, and a home in which none can be made, before anything slow is done.

    Raises:
        SettingsError: it is taken.
        StorageError: no space, no permission.
    """
    runs = paths.runs_dir()
    if name and (runs / name).exists():
        raise SettingsError(run_exists(name), CHOOSE_ANOTHER_NAME)
    try:
        there = next(place for place in (runs, *runs.parents) if place.exists())
        Path(tempfile.mkdtemp(prefix=".secretrec-", dir=there)).rmdir()
    except OSError as error:
        raise StorageError(cannot_make(runs, error)) from error


def check_name(name: str) -> None:
    """Refuse a name that no folder of a run can have, or that a run has.

    Raises:
        SettingsError: it is one.
        StorageError: no folder can be made.
    """
    if not is_folder_name(name):
        raise SettingsError(
            say("run.cannot-name-run", "'{name}' cannot be the name of a run.", name=name),
            say(
                "run.use-letters-digits-space",
                "Use letters, digits, space, dot, dash and underscore, beginning with a letter or digit.",
            ),
        )
    check_free(name)


def next_free(name: str) -> str:
    """Return the name with the least number behind it that no run has: "films-2" for "films"."""
    stem = re.sub(r"-[0-9]+$", "", name)
    number = 2
    while (paths.runs_dir() / f"{stem}-{number}").exists():
        number += 1
    return f"{stem}-{number}"


def free_sweep(settings: TrainSettings) -> str:
    """Return a name for a sweep of these settings: of data set and model, with a number where one is needed.

    Neither a sweep nor a run that a sweep of this name would make has it.
    """
    stem = f"{settings.dataset[:24]}-{settings.model}"
    numbers = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(
        name
        for name in numbers
        if not (paths.sweeps_dir() / f"{name}.json").exists()
        and not any(paths.runs_dir().glob(f"{name}-*-{'[0-9]' * 4}"))
    )
