"""The check of all files of a run before it is passed on, or taken from a stranger: each reads, and fits the others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.errors import StorageError
from data.sentences import say
from fl.runs import kept
from fl.runs.extent import PARTIES
from fl.runs.kept import OwnUsers
from fl.runs.run_detail import describe
from fl.runs.run_folder import RunFolder
from fl.runs.seals import RESTORE
from fl.runs.storage import checkpoints, damaged, read_array, read_arrays, read_json, read_records


def check_run(folder: RunFolder) -> None:
    """Read every file of a run.

    Raises:
        StorageError: one is damaged, or does not fit the others; or nothing was trained yet.
    """
    folder.check_format()
    detail = describe(folder)
    if detail.info.problem:
        raise StorageError(
            say(
                "archive.nothing",
                "Run '{run}' cannot be passed on: {reason}.",
                run=folder.name,
                reason=detail.info.problem,
            )
        )
    for path in sorted(folder.path.rglob("*.json")):
        read_json(path)
    for path in sorted(folder.path.rglob("*.jsonl")):
        read_records(path)
    for path in sorted(folder.path.rglob("*.safetensors")):
        read_arrays(path)
    row = detail.settings.row_length
    for path in checkpoints(folder.path / "server"):
        if np.shape(read_array(path, "items")) != (detail.n_items, row):
            raise _misfit(path)
    if kept.has_kept(folder.path):
        _check_kept(folder.path, detail.n_items)


def _check_kept(folder: Path, n_items: int) -> None:
    """Refuse what a run kept of its data set where items or users are meant that it does not have."""
    if kept.known_items(folder).n_items != n_items:
        raise _misfit(folder / kept.ITEMS)
    for roster in kept.rosters(folder):
        if not _fits(kept.users_of(folder, roster.party), n_items):
            raise _misfit(folder / PARTIES / roster.party / kept.HISTORY)


def _fits(own: OwnUsers, n_items: int) -> bool:
    """Return whether a party's users have items that there are, each list from where the one before ends."""
    data = own.data
    chosen = (own.items, data.items, data.valid_item, data.test_item)
    return (
        _are_bounds(own.indptr, len(own.items))
        and _are_bounds(data.indptr, len(data.items))
        and len(own.timestamps) == len(own.items)
        and all(
            array.ndim == 1 and (not len(array) or (array.min() >= -1 and array.max() < n_items)) for array in chosen
        )
        and all(not len(array) or array.min() >= 0 for array in chosen[:2])
    )


def _are_bounds(indptr: NDArray[np.int64], length: int) -> bool:
    return indptr.ndim == 1 and indptr[0] == 0 and indptr[-1] == length and bool((np.diff(indptr) >= 0).all())


def _misfit(path: Path) -> StorageError:
    return StorageError(damaged(path), RESTORE)
