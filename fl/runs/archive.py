"""One file that holds a run, for a colleague or for another computer: a ZIP archive of the run's own files.

What is read of such a file was written by a stranger. So names lead nowhere but to the places that files of a run have,
links and anything encrypted are refused, the sizes are bounded before a byte is unpacked, and the run takes its place
among the others only when every file of it was read, fits the others and is as it was written.
"""

from __future__ import annotations

import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock

from data import paths
from data.errors import SettingsError, StorageError, cannot_read, cannot_write
from data.sentences import join, say
from fl.runs.archived_run import check_run
from fl.runs.extent import PARTIES
from fl.runs.forgetting import TASK
from fl.runs.names import check_name, next_free
from fl.runs.run_folder import RunFolder, now
from fl.runs.seals import CONFIG
from fl.runs.storage import FREE_SPACE, replacing
from fl.runs.upkeep import call
from fl.settings.base import is_folder_name

ASK_AGAIN: Final = say("archive.ask-again", "Ask for the file again, as `runs export` or the list of runs writes it.")
Report = Callable[[int, int], None]  # takes the bytes that are done, and all of them

# Every place that a file of a run can have: in the folder, in the server's or in a party's.
_PART = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_PLACE = re.compile(rf"(?:server/|{PARTIES}/{_PART}/)?{_PART}\.(?:json|jsonl|csv|log|txt|safetensors)")
# What shows what a party alone has, beside the parties' own folders.
_PRIVATE = ("inspection.json", "events.log")
_MOST_FILES: Final = 10_000
# Text of numbers and titles shrinks to a quarter at most, checkpoints do not shrink at all.
_MOST_GROWTH, _SMALL = 20, 2**26
_PIECE = 2**20


def is_private(place: str) -> bool:
    """Return whether a file of a run holds what a party alone has."""
    return place.startswith(f"{PARTIES}/") or place in _PRIVATE


def export(folder: RunFolder, path: Path, private: bool, report: Report) -> None:
    """Write a run into one file, which only its owner can read.

    Args:
        folder: of the run.
        path: of the file; an older one is replaced when all went well.
        private: whether what parties alone have goes along: what their users had, and their users' own models.
        report: told how far it is; what it raises ends the writing and leaves no file.

    Raises:
        SettingsError: the run is being trained.
        StorageError: the run is damaged, or the file cannot be written.
    """
    with folder.lock():
        check_run(folder)
        files = [(file, place) for file, place in _files(folder.path) if private or not is_private(place)]
        total, done = sum(file.stat().st_size for file, _ in files), 0
        try:
            with replacing(path, private=True) as raw, zipfile.ZipFile(raw, "w") as archive:
                for file, place in files:
                    entry = zipfile.ZipInfo(place, (1980, 1, 1, 0, 0, 0))
                    # Numbers of checkpoints look like noise: packing them takes long and gains nothing.
                    loose = file.suffix == ".safetensors"
                    entry.compress_type = zipfile.ZIP_STORED if loose else zipfile.ZIP_DEFLATED
                    entry.external_attr = (stat.S_IFREG | 0o600) << 16
                    entry.file_size = file.stat().st_size
                    with file.open("rb") as source, archive.open(entry, "w") as target:
                        while piece := source.read(_PIECE):
                            target.write(piece)
                            done += len(piece)
                            report(done, total)
        except OSError as error:
            raise StorageError(cannot_write(path, error.strerror or error), FREE_SPACE) from error


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file that belongs to a run, and its place; the run's config.json first."""
    found = [(path, path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()]
    yield from sorted(
        ((path, place) for path, place in found if _PLACE.fullmatch(place)), key=lambda one: (one[1] != CONFIG, one[1])
    )


def unpack(path: Path, name: str, report: Report) -> RunFolder:
    """Make a run of a file that `export` wrote.

    Args:
        path: of the file.
        name: of the new run; "" takes its own name, with a number behind it where a run has that.
        report: told how far it is; what it raises ends the reading and leaves no run.

    Raises:
        SettingsError: the name is taken, or cannot be that of a run.
        StorageError: the file is none of a run, or damaged, or there is no space for what is in it.
    """
    if name:
        check_name(name)
    with _opened(path) as archive, _staging() as staging:
        entries = _checked(archive, path)
        _extract(archive, entries, staging, path, report)
        folder = RunFolder(staging)
        try:
            check_run(folder)
        except StorageError as error:
            not_whole = say("archive.not-whole", "The run in {path} is not whole.", path=path)
            raise StorageError(join((not_whole, error.sentence)), ASK_AGAIN) from error
        name = name or _free_name(folder)
        check_name(name)
        # It was trained elsewhere, by a process that means nothing here. Resuming it connects to no stranger's cluster.
        here = {"runtime": "simulation", "address": ""} if folder.settings().runtime == "cluster" else {}
        call(folder, name, {"process": None, "imported": now()}, here)
        target = paths.private_folder(paths.runs_dir()) / name
        folder.note(f"imported from a file, as {name}")
        staging.rename(target)
    return RunFolder(target)


def _free_name(folder: RunFolder) -> str:
    name = str(folder.config().get("name", ""))
    if not is_folder_name(name):
        raise SettingsError(
            say("archive.no-name", "The run in the file has no name that a folder can have."),
            say("archive.give-name", "Give it one."),
        )
    return next_free(name) if (paths.runs_dir() / name).exists() else name


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive, and tell what is wrong with it in a sentence."""
    try:
        if not path.is_file():  # a pipe would be waited for
            raise StorageError(say("archive.no-file", "There is no file {path}.", path=path))
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise _no_run(path, say("archive.damaged", "it is damaged, or no archive ({error})", error=error)) from error
    except OSError as error:
        raise StorageError(cannot_read(path, error)) from error


@contextmanager
def _staging() -> Iterator[Path]:
    """Make a folder beside the runs, which is gone at the end; what a crash left in it is gone before."""
    home = paths.home()
    staging = home / "importing"
    try:
        paths.private_folder(home)
        with FileLock(home / "importing.lock"):
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir(mode=0o700)
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise StorageError(cannot_write(staging, error.strerror or error), FREE_SPACE) from error


def _checked(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """Return what is in an archive, when all of it may be unpacked.

    Raises:
        StorageError: something is no file of a run, or is too large.
    """
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if CONFIG not in names:
        raise _no_run(path, say("archive.no-config", "it holds no {name}", name=CONFIG))
    if len(entries) > _MOST_FILES or len(set(names)) < len(names):
        raise _no_run(path, say("archive.names", "it holds too many files, or one twice"))
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        known = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        placed = _PLACE.fullmatch(entry.filename) and not entry.filename.endswith(f"/{TASK}")
        if not placed or kind not in (0, stat.S_IFREG) or entry.flag_bits & 1 or not known:
            raise _no_run(path, say("archive.odd", "{name} in it is no file of a run", name=entry.filename[:100]))
    total = sum(entry.file_size for entry in entries)
    if total > _MOST_GROWTH * path.stat().st_size + _SMALL:
        raise _no_run(path, say("archive.grows", "it would grow to {bytes} bytes", bytes=total))
    free = shutil.disk_usage(paths.home()).free
    if total > free:
        raise StorageError(
            say(
                "archive.no-space",
                "The run in {path} takes {bytes} bytes, and there are {free} left on this disk.",
                path=path,
                bytes=total,
                free=free,
            ),
            FREE_SPACE,
        )
    return entries


def _extract(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path, path: Path, report: Report
) -> None:
    total, done = sum(entry.file_size for entry in entries), 0
    for entry in entries:
        target = folder / entry.filename
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        size = 0
        with archive.open(entry) as source, target.open("xb") as file:
            target.chmod(0o600)
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > entry.file_size:
                    raise _no_run(path, say("archive.lies", "{name} in it is longer than it says", name=entry.filename))
                file.write(piece)
                report(done + size, total)
        done += size


def _no_run(path: Path, reason: str) -> StorageError:
    return StorageError(
        say("archive.no-run", "{path} is no exported run: {reason}.", path=path, reason=reason),
        ASK_AGAIN,
    )
