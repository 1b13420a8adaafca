"""The layout of an imported data set on the disk: three Parquet tables and about.json, readable by any tool.

rows.parquet   user (int32), item (int32): dense ids; timestamp (int64, seconds); sorted by user, time, file order;
               nanos (int64): billionths beyond the second, only where there are any
users.parquet  user (the id in the file); place = dense id
items.parquet  item (the id in the file), title, genres; place = dense id
gone.parquet   user (the id in the file), reason: users of whom no row was kept; only where there are any
about.json     options, report, source and checksum
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet
from numpy.typing import NDArray

from data import registry
from data.errors import CHOOSE_ANOTHER_NAME, DataError, SettingsError, StorageError
from data.install import install, locked, workspace
from data.interactions import Interactions, fingerprint
from data.own.options import ImportOptions
from data.own.report import ImportReport
from data.paths import datasets_dir
from data.sentences import recorded, restored, say

_ROWS, _USERS, _ITEMS = registry.IMPORTED_FILES
_GONE: Final = "gone.parquet"
_DAMAGED: Final = say("import.again", "Import the file again.")


def write(
    folder: Path,
    interactions: Interactions,
    options: ImportOptions,
    report: ImportReport,
    title: str,
    gone: Mapping[str, str],
) -> None:
    """Write the files of an imported data set into a folder that is there. Raise OSError."""
    if gone:
        reasons = [json.dumps(recorded(reason)) for reason in gone.values()]
        _write_table(folder / _GONE, {"user": pa.array(list(gone), pa.string()), "reason": pa.array(reasons)})
    _write_table(
        folder / _ROWS,
        {
            "user": pa.array(interactions.user),
            "item": pa.array(interactions.item),
            "timestamp": pa.array(interactions.timestamp),
            **({} if interactions.nanos is None else {"nanos": pa.array(interactions.nanos)}),
        },
    )
    _write_table(folder / _USERS, {"user": pa.array(interactions.user_ids, pa.string())})
    _write_table(
        folder / _ITEMS,
        {
            "item": pa.array(interactions.item_ids, pa.string()),
            "title": pa.array(interactions.titles, pa.string()),
            "genres": pa.array(interactions.genres, pa.list_(pa.string())),
        },
    )
    about = {
        "kind": registry.IMPORTED,
        "version": registry.IMPORTED_VERSION,
        "name": interactions.name,
        "title": title,
        "n_users": interactions.n_users,
        "n_items": interactions.n_items,
        "n_rows": interactions.n_rows,
        "fingerprint": interactions.fingerprint,
        "imported": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "source": report.source,
        "sha256": report.sha256,
        "options": asdict(options),
        "report": report.as_dict(),
    }
    with (folder / registry.ABOUT).open("x", encoding="utf-8") as file:
        file.write(json.dumps(about, indent=2, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _write_table(path: Path, columns: dict[str, Any]) -> None:
    with path.open("xb") as file:
        pa.parquet.write_table(pa.table(columns), file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())


def read(name: str, folder: Path) -> Interactions:
    """Read an imported data set.

    Raises:
        DataError: a file is missing or damaged, or does not belong to the others (fingerprint).
    """
    about = registry.about_imported(name)
    if about is None:
        raise DataError(say("import.no-imported-here", "there is no imported data set here."), _DAMAGED, path=folder)
    rows, users, items = (_read_table(folder / file) for file in (_ROWS, _USERS, _ITEMS))
    try:
        user, item, time = (_numbers(rows.column(column)) for column in ("user", "item", "timestamp"))
        nanos = _numbers(rows.column("nanos")) if "nanos" in rows.column_names else None
        user_ids, item_ids, titles = _texts(users["user"]), _texts(items["item"]), _texts(items["title"])
        genres = tuple(tuple(names) for names in items["genres"].to_pylist())
    except (KeyError, TypeError) as error:
        raise DataError(
            say("import.column-missing-damaged", "a column is missing or damaged: {reason}.", reason=error),
            _DAMAGED,
            path=folder,
        ) from None
    found = fingerprint(name, user_ids, item_ids, user, item, time, nanos)
    if found != about.get("fingerprint"):
        raise DataError(
            say("import.files-changed-not-belong", "the files were changed or do not belong together."),
            _DAMAGED,
            path=folder,
        )
    return Interactions(
        name=name,
        user=user,
        item=item,
        timestamp=time,
        user_ids=user_ids,
        item_ids=item_ids,
        titles=titles,
        genres=genres,
        fingerprint=found,
        nanos=nanos,
    )


def _read_table(path: Path) -> Any:
    try:
        # Read and not mapped: a mapped file that is replaced under a running process would end it. And not by
        # `read_table`, which imports pandas, for half a second.
        with pa.parquet.ParquetFile(path, memory_map=False) as file:
            return file.read()
    except (OSError, pa.ArrowException) as error:
        raise DataError(
            say("import.file-missing-damaged", "the file is missing or damaged: {reason}.", reason=error),
            _DAMAGED,
            path=path,
        ) from None


def _numbers(column: Any) -> NDArray[Any]:
    numbers: NDArray[Any] = column.to_numpy()
    return numbers


def _texts(column: Any) -> NDArray[np.object_]:
    texts: NDArray[np.object_] = column.to_numpy()
    return texts


def remove(name: str) -> None:
    """Take an imported data set off this machine. The file it came from stays.

    Raises:
        UnknownNameError: no such data set.
        SettingsError: it is a known data set and not an imported one.
        StorageError: it cannot be removed.
    """
    spec = registry.spec(name)
    if spec.reader != registry.IMPORTED:
        raise SettingsError(
            say(
                "import.secretrecs-sets-imported",
                "{name} is one of SecretRec's own data sets; only imported ones are removed.",
                name=name,
            )
        )
    try:
        with locked(name), workspace(name) as work:
            # In one rename out of sight, so that no half of a data set is ever listed.
            registry.folder(name).rename(work / "removed")
    except OSError as error:
        raise StorageError(
            say(
                "import.not-removed",
                "{name} could not be removed from {folder}: {reason}.",
                name=name,
                folder=datasets_dir(),
                reason=error.strerror or error,
            )
        ) from error


def why_gone(name: str, user: str) -> str:
    """Return why no row of a user was kept when the file of a data set was imported; "" when that is not known."""
    try:
        table = pa.parquet.read_table(registry.folder(name) / _GONE, filters=[("user", "=", user)])
        return restored(json.loads(table["reason"][0].as_py())) if table.num_rows else ""
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return ""  # an older import, or a damaged file: the user is unknown either way


def put(
    name: str,
    interactions: Interactions,
    options: ImportOptions,
    report: ImportReport,
    title: str,
    gone: Mapping[str, str],
) -> None:
    """Install an imported data set in one rename.

    Args:
        name: the data set.
        interactions: what is kept.
        options, report: of the import.
        title: shown in lists.
        gone: id -> why, of users of whom no row was kept.

    Raises:
        SettingsError: one of that name is there and is not to be replaced.
        StorageError: no space, no permission, or another import of that name is under way.
    """
    try:
        with locked(name), workspace(name) as work:
            check_free(name, options)
            (work / "files").mkdir()
            write(work / "files", interactions, options, report, title, gone)
            install(work, datasets_dir() / name)
    except OSError as error:
        raise StorageError(
            say(
                "import.not-stored",
                "The data set {name} could not be stored in {folder}: {reason}.",
                name=name,
                folder=datasets_dir(),
                reason=error.strerror or error,
            ),
            say(
                "import.free-space-check",
                "Free some space, check the permissions, or choose another place with SECRETREC_HOME.",
            ),
        ) from error


def check_free(name: str, options: ImportOptions) -> None:
    """Raise SettingsError when the name cannot be given to a new data set."""
    registry.check_name(name)
    where = datasets_dir() / name
    if not (where.exists() or where.is_symlink()):
        return
    if registry.about_imported(name) is None and not registry.is_damaged(name):
        raise SettingsError(
            say("import.exists-not-imported", "{where} exists and is not an imported data set.", where=where),
            CHOOSE_ANOTHER_NAME,
        )
    if not options.replace:
        raise SettingsError(
            say("import.imported-data-set-called", "There is an imported data set called {name!r} already.", name=name),
            say("import.choose-name-replace", "Choose another name, or replace it: --replace."),
        )
