"""The places where SecretRec keeps its files: `SECRETREC_HOME` moves them all; otherwise it is the platform's own."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from platformdirs import user_data_path

from data.errors import StorageError, cannot_read

HOME = "SECRETREC_HOME"  # of the environment
Written = tuple[int, int]  # see `changed`


def home() -> Path:
    """Return the root folder of data sets, runs and logs. It is not created here: only writers create folders."""
    override = os.environ.get(HOME)
    return Path(override).expanduser() if override else user_data_path("secretrec", appauthor=False)


def check_home() -> None:
    """Refuse a home that no file can be in, such as one of a name that is too long.

    Raises:
        StorageError: with the reason.
    """
    try:
        home().stat()
    except FileNotFoundError:
        return  # it will be made
    except OSError as error:
        raise StorageError(cannot_read(home(), error.strerror)) from error


def datasets_dir() -> Path:
    """Return the folder of data sets."""
    return home() / "datasets"


def runs_dir() -> Path:
    """Return the folder of runs."""
    return home() / "runs"


def sweeps_dir() -> Path:
    """Return where the files of sweeps live."""
    return home() / "sweeps"


def logs_dir() -> Path:
    """Return the folder of logs."""
    return home() / "logs"


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner may enter, with those above it, and return it. One that is there is closed.

    Raises:
        OSError: it cannot be made.
    """
    for place in (*reversed(folder.parents), folder):
        if not place.exists():
            place.mkdir(mode=0o700, exist_ok=True)
    found = folder.stat()
    if found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)
    return folder


def changed(path: Path) -> Written:
    """Return when a file was last written, in nanoseconds, and its inode, by which what was read of it is known.

    The time alone goes in steps of milliseconds, in which a file can be written twice. Zeros for no file.
    """
    if not path.exists():
        return 0, 0
    found = path.stat()
    return found.st_mtime_ns, found.st_ino
