"""Numba's compiler, set up for the hot loops of `models`.

Numba comes with SecretFlow. Importing it takes about a second, so only the module of hot loops that a model needs
imports it, and only when that model is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba

# What fused multiply-add and vectorised sums need; NaN and infinity keep their meaning.
_FAST = {"reassoc", "contract", "nsz", "arcp"}


def compiled(function: Callable[..., Any]) -> Any:
    """Compile the function to machine code that runs without Python's lock.

    What was compiled is kept on disk, so only the first run on a machine waits for it (some seconds).
    """
    options: dict[str, Any] = {"nogil": True, "fastmath": _FAST, "error_model": "numpy"}
    try:
        return numba.njit(cache=True, **options)(function)
    except RuntimeError:
        # Neither the program's folder nor the user's cache folder can be written: compile in every process.
        return numba.njit(**options)(function)
