"""The process that trains a run, as its config.json records it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import psutil


def this_process() -> dict[str, Any]:
    """Return how to know this process again: by its pid and when it started."""
    return {"pid": os.getpid(), "started": psutil.Process().create_time()}


def state_in(config: Mapping[str, Any]) -> str:
    """Return a run's state; "interrupted" when it says running but the process that ran it is gone.

    Args:
        config: what its config.json holds.
    """
    state = str(config["state"])
    return "interrupted" if state == "running" and not _is_alive(config.get("process")) else state


def _is_alive(process: Any) -> bool:
    """Return whether the recorded process still runs: a pid alone may have been given to another one since."""
    if not isinstance(process, dict):
        return False
    try:
        return abs(psutil.Process(int(process["pid"])).create_time() - float(process["started"])) < 1.0
    except (psutil.NoSuchProcess, KeyError, TypeError, ValueError, OverflowError):
        return False
