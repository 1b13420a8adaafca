"""A round's report in the server's checkpoint of it: JSON as an array of bytes, so that there is both or neither."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fl.runs.storage import read_array

REPORT: Final = "report"  # name of the array


def packed(report: dict[str, Any]) -> NDArray[np.uint8]:
    """Return a report as an array."""
    return np.frombuffer(json.dumps(report).encode(), np.uint8)


def report_in(path: Path) -> dict[str, Any]:
    """Return the report in a checkpoint: that of `ItemServer.apply`, and "members", the parties in the sum.

    Raises:
        StorageError: the file is missing or damaged.
    """
    report: dict[str, Any] = json.loads(np.asarray(read_array(path, REPORT), np.uint8).tobytes())
    return report
