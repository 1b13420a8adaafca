"""The names of run folders."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from data.sentences import Said, say
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
