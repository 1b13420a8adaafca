"""The renaming and the deleting of runs."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

from data.errors import StorageError
from data.sentences import say
from fl.runs.names import check_name
from fl.runs.run_folder import METRICS, RunFolder
from fl.runs.seals import CONFIG
from fl.runs.storage import delete_file, write_json


def rename(folder: RunFolder, name: str) -> RunFolder:
    """Give a run another name, which is its folder's. Return the folder under its new name.

    Raises:
        SettingsError: the name is not one, is taken, or the run is being trained.
        StorageError: the folder cannot be renamed.
    """
    if name == folder.name:
        return folder
    check_name(name)
    target = folder.path.parent / name
    with folder.lock():
        old = folder.name
        try:
            folder.path.rename(target)
        except OSError as error:
            raise StorageError(
                say("run.cannot-renamed", "Run '{old}' cannot be renamed: {reason}.", old=old, reason=error.strerror)
            ) from error
    renamed = RunFolder(target)
    call(renamed, name, {}, {})
    renamed.note(f"renamed from {old}")
    return renamed


def call(folder: RunFolder, name: str, facts: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Write the name of a run into its files. The folder's name is the run's; what they say only repeats it.

    Args:
        folder: of the run.
        name: of the run.
        facts: put into its config.json as well.
        settings: put among its settings as well.

    Raises:
        StorageError: a file is damaged, no space, no permission.
    """
    config = {**folder.config(), "name": name, **facts}
    config["settings"] = {**config["settings"], **settings, "name": name}
    write_json(folder.path / CONFIG, config)
    result = folder.result()
    if result is not None:
        folder.write_result({**result, "run": name})


def delete(folder: RunFolder) -> None:
    """Delete a run, also a damaged one.

    Raises:
        SettingsError: it is being trained.
        StorageError: something of it cannot be deleted.
    """
    path = folder.path
    try:
        if path.is_symlink():
            path.unlink()  # what it leads to belongs to somebody else
            return
        with folder.lock():
            for name in (CONFIG, METRICS):  # without them it is no run: what a crash leaves is listed nowhere
                delete_file(path / name)
            shutil.rmtree(path)
    except OSError as error:
        raise StorageError(
            say(
                "run.cannot-delete",
                "Run '{run}' cannot be deleted: {path}: {reason}.",
                run=folder.name,
                path=error.filename or path,
                reason=error.strerror,
            ),
            say("run.cannot-delete-hint", "Check permissions of the folder, or delete it by hand."),
        ) from error
