"""The job `export-split`: a data set's train, validation and test items and candidates, for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.errors import StorageError, cannot_write
from data.loading import Loaded, load
from data.sentences import say
from data.split import counted_rows
from fl.jobs.context import JobContext
from fl.protocol.commands import ExportSplit
from fl.protocol.events import SplitExported
from fl.runs.storage import replacing
from fl.settings.of_jobs import SplitSettings

README = "README.txt"
_WORDS = """\
The split of data set "{dataset}" as SecretRec evaluates on it.

protocol      {protocol}
seed          {seed} (of the sampled candidates)
fingerprint   {fingerprint}
              (SHA-256 of the interactions: figures are comparable only where it is equal)
users         {n_users}, of whom {n_tested} have a validation and a test item
items         {n_items}

Tables: CSV with a header, UTF-8, ids as in the data set, users in the order of the data set's file.

{tables}

Each user's last item is the test item and the last but one the validation item; users with fewer than three
interactions that count are for training only. {protocol_words}
timestamp     seconds since 1970, 0 where the data set has none

To be measured as SecretRec measures itself:
 - train on train.csv, choose on validation.csv, and look at test.csv once;
 - full rank: rank all items but a user's train items, the validation item among them;
 - sampled: rank the user's test item and the candidates of test-candidates.csv;
 - an item with the same score as the test item counts as ahead of it;
 - write lists as a table of user, item, and rank or score, and ask
   TheMain.py evaluate --lists FILE --dataset {dataset} --protocol {protocol} --seed {seed}
"""
_PROTOCOL_WORDS = {
    "leak-free": "Of a user's repeated items the first counts.\nNegatives for training: any item that is not among the "
    "user's train items.",
    "published": "Repeated items all count, and may stand in\nseveral tables. To repeat published tables, negatives "
    "for training leave out all items of the user, held-out\nones too; that leaks them.",
}
_TABLES = {
    "train.csv": "user, item, timestamp; a user's items in the order of time",
    "validation.csv": "user, item, timestamp",
    "test.csv": "user, item, timestamp",
    "validation-candidates.csv": "user, item; up to 99 items that the user never touched",
    "test-candidates.csv": "user, item; up to 99 others",
}


def export_split(command: ExportSplit, context: JobContext) -> SplitExported:
    """Write the split into a new or empty folder.

    Ids are written as they are, for programs to read: unlike in tables for spreadsheets, none gets an apostrophe.

    Raises:
        SecretRecError: no such data set, or no such place.
    """
    settings = command.settings
    folder = Path(settings.export).expanduser().absolute()
    _check_empty(folder)
    context.reading(settings.dataset)
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    files: dict[str, int] = {}
    try:
        folder.mkdir(exist_ok=True)
        for name, (header, columns) in _tables(loaded, settings).items():
            context.phase(say("phase.writing-file", "writing {file}", file=name))
            files[name] = len(columns[0])
            _write(folder / name, [header, *zip(*(column.tolist() for column in columns), strict=True)])
        with replacing(folder / README, private=False) as file:
            file.write(_readme(loaded, settings, files).encode())
    except OSError as error:
        raise StorageError(cannot_write(folder, error.strerror)) from error
    return SplitExported(job=context.job, settings=settings, path=str(folder), files=files)


def _check_empty(folder: Path) -> None:
    """Refuse a place where other files would be mixed with the split.

    Raises:
        StorageError: it is no folder, has something in it, or would be in a folder that does not exist.
    """
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise StorageError(cannot_write(folder, error.strerror)) from error
    if taken:
        raise StorageError(
            say("split.folder-taken", "{path} is there already and is no empty folder.", path=folder),
            say("split.folder-taken-hint", "Name a new folder, or empty this one."),
        )
    if not folder.parent.is_dir():
        raise StorageError(
            say("split.no-folder", "There is no folder {parent} to write into.", parent=folder.parent),
            say("split.no-folder-hint", "Make it first, or choose another place."),
        )


_Table = tuple[tuple[str, ...], tuple[NDArray[np.generic], ...]]


def _tables(loaded: Loaded, settings: SplitSettings) -> dict[str, _Table]:
    """Return (header, columns) of each table."""
    data, split = loaded.interactions, loaded.split
    rows = counted_rows(data, settings.protocol)
    user, item, time = data.user[rows], data.item[rows], data.timestamp[rows]
    ends = np.cumsum(np.bincount(user, minlength=split.n_users))
    tested = np.flatnonzero(split.test_item >= 0)
    held_out = {"validation.csv": ends[tested] - 2, "test.csv": ends[tested] - 1}
    train = np.ones(len(rows), np.bool_)
    for places in held_out.values():
        train[places] = False
    timed = ("user", "item", "timestamp")
    tables: dict[str, _Table] = {
        name: (timed, (data.user_ids[user[places]], data.item_ids[item[places]], time[places]))
        for name, places in ({"train.csv": np.flatnonzero(train)} | held_out).items()
    }
    drawn = {"validation-candidates.csv": split.valid_candidates, "test-candidates.csv": split.test_candidates}
    for name, candidates in drawn.items():
        has = candidates >= 0
        tables[name] = (timed[:2], (data.user_ids[np.nonzero(has)[0]], data.item_ids[candidates[has]]))
    return tables


def _write(path: Path, rows: Iterable[Iterable[object]]) -> None:
    with replacing(path, private=False) as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        csv.writer(file, lineterminator="\n").writerows(rows)
        file.detach()  # which writes what it still holds


def _readme(loaded: Loaded, settings: SplitSettings, files: dict[str, int]) -> str:
    def lines() -> Iterator[str]:
        for name, words in _TABLES.items():
            yield f" {name:27}{files[name]:>10,} rows: {words}"

    return _WORDS.format(
        dataset=settings.dataset,
        protocol=settings.protocol,
        seed=settings.seed,
        fingerprint=loaded.interactions.fingerprint,
        n_users=loaded.split.n_users,
        n_tested=int((loaded.split.test_item >= 0).sum()),
        n_items=loaded.split.n_items,
        protocol_words=_PROTOCOL_WORDS[settings.protocol],
        tables="\n".join(lines()),
    )
