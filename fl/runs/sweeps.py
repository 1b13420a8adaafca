"""The sweeps on disk: a file each that says which runs belong together. What a run found is in its own folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from data import paths
from data.errors import SettingsError, StorageError, UnknownNameError, cannot_write
from data.sentences import say
from fl.runs.run_folder import RunFolder
from fl.runs.storage import damaged, read_object, write_json
from fl.settings.sweep import PlannedRun, SweepSettings
from fl.settings.train import TrainSettings

_FINISHED = ("done", "stopped")


def keep(settings: SweepSettings) -> None:
    """Write a sweep down, unless it is there already.

    Raises:
        SettingsError: one of this name has other settings, or a run of another kind has the name of one of its runs.
        StorageError: it cannot be written.
    """
    plan = settings.plan()
    path = _path(settings.name)
    if path.exists():
        if find(settings.name) != settings:
            raise SettingsError(
                say(
                    "sweep.other-settings", "A sweep called '{name}' exists and has other settings.", name=settings.name
                ),
                say(
                    "sweep.other-settings-hint", "To go on with it, give nothing but its name; else choose another one."
                ),
            )
        return
    for one in plan:
        if (paths.runs_dir() / one.settings.name).exists():
            raise SettingsError(
                say(
                    "sweep.run-exists",
                    "A run called '{run}' exists already, and is none of this sweep.",
                    run=one.settings.name,
                ),
                say("sweep.run-exists-hint", "Choose another name for the sweep."),
            )
    try:
        paths.private_folder(path.parent)
    except OSError as error:
        raise StorageError(cannot_write(path, error.strerror)) from error
    write_json(path, settings.model_dump())


def find(name: str) -> SweepSettings:
    """Return the sweep called `name`.

    Raises:
        UnknownNameError: there is none.
        StorageError: its file is damaged.
    """
    path = _path(name)
    if Path(name).name != name or not path.exists():
        known = ", ".join(sorted(one.stem for one in paths.sweeps_dir().glob("*.json")))
        raise UnknownNameError(
            say("sweep.no-sweep", "There is no sweep called '{name}'.", name=name),
            say("sweep.known", "Known sweeps: {names}.", names=known) if known else "",
        )
    try:
        return SweepSettings(**read_object(path))
    except (ValidationError, TypeError) as error:
        raise StorageError(damaged(path)) from error


def all_sweeps() -> list[SweepSettings]:
    """Return all sweeps that can be read, the newest first."""
    found = []
    for path in sorted(paths.sweeps_dir().glob("*.json"), key=lambda one: one.stat().st_mtime, reverse=True):
        try:
            found.append(find(path.stem))
        except StorageError:
            continue  # by hand, or by another version; its runs are in the list of runs
    return found


def forget(name: str) -> None:
    """Take a sweep off the list; its runs stay. Raise UnknownNameError, StorageError."""
    find(name)
    try:
        _path(name).unlink()
    except OSError as error:
        raise StorageError(cannot_write(_path(name), error.strerror)) from error


def result_of(run: PlannedRun) -> dict[str, object] | None:
    """Return the final figures of a run of a sweep, None before it has finished."""
    try:
        folder = RunFolder.find(run.settings.name)
        return folder.result() if folder.state() in _FINISHED else None
    except (StorageError, UnknownNameError):
        return None


def goes_on(settings: TrainSettings) -> bool:
    """Return whether these are the settings of a sweep's run that was begun and is not finished.

    A training with them goes on with that run, where another one would be refused for its name.
    """
    if not settings.name or not (paths.runs_dir() / settings.name).exists():
        return False
    for sweep in all_sweeps():
        if settings.name.startswith(f"{sweep.name}-"):
            for one in sweep.plan():
                if one.settings == settings:
                    return result_of(one) is None
    return False


def _path(name: str) -> Path:
    return paths.sweeps_dir() / f"{name}.json"
