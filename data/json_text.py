"""JSON from files that somebody else may have written."""

from __future__ import annotations

import json
from typing import Any


def json_of(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: it is none, or nests deeper than a value that this program writes.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it nests too deeply") from error
