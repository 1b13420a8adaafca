"""The places where SecretRec keeps its files: `SECRETREC_HOME` moves them all; otherwise it is the platform's own."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """Return the root folder of data sets, runs and logs. It is not created here: only writers create folders."""
    override = os.environ.get("SECRETREC_HOME")
    return Path(override).expanduser() if override else user_data_path("secretrec", appauthor=False)


def datasets_dir() -> Path:
    """Return the folder of data sets."""
    return home() / "datasets"


def runs_dir() -> Path:
    """Return the folder of runs."""
    return home() / "runs"


def logs_dir() -> Path:
    """Return the folder of logs."""
    return home() / "logs"
