"""The installing of a data set's folder in one rename, so that it is either complete or absent.

Used by `data.fetch` (known data sets) and `data.own` (the person's own).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from data.errors import StorageError
from data.paths import datasets_dir, private_folder
from data.sentences import say


@contextlib.contextmanager
def locked(name: str) -> Iterator[None]:
    """Allow one fetch, import or removal of a data set at a time, across processes.

    Raises:
        StorageError: another one is under way.
    """
    private_folder(datasets_dir())
    lock = FileLock(datasets_dir() / f".{name}.lock", timeout=0)
    try:
        with lock:
            yield
    except Timeout:
        what = say("install.under-way", "Another fetch, import or removal of {name} is under way.", name=name)
        raise StorageError(what, say("install.wait-until-ended", "Wait until it has ended.")) from None


@contextlib.contextmanager
def workspace(name: str) -> Iterator[Path]:
    """Give a temporary folder on the same disk as the final one, removed whatever happens (KeyboardInterrupt included).

    Folders that a killed process left are removed first: the lock is held, so nobody is working in them.
    """
    prefix = f".fetch-{name}."
    for old in datasets_dir().glob(prefix + "*"):
        shutil.rmtree(old, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=prefix, dir=datasets_dir()))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def install(work: Path, target: Path) -> None:
    """Move work/files to `target`; an older version is set aside first and vanishes with the work folder.

    Raises:
        OSError: the move failed; what was there before is there again.
    """
    if target.exists() or target.is_symlink():
        target.rename(work / "replaced")
    for path in (work / "files", *(work / "files").rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    try:
        (work / "files").rename(target)
    except OSError:
        if (work / "replaced").exists():
            (work / "replaced").rename(target)
        raise
    with contextlib.suppress(OSError):  # not every file system can sync a folder; the files themselves are synced
        handle = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
