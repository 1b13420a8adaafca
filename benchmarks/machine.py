"""The place and date of a measurement, which go with every result."""

from __future__ import annotations

import platform
from datetime import datetime, timezone
from importlib.metadata import version

from fl.runs.machine import machine

_PACKAGES = ("secretflow", "tensorflow", "numpy", "scipy", "pandas", "ray")


def description() -> dict[str, str]:
    """Return date (UTC), processor, cores, memory, system and versions."""
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        **machine(),
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
    }
