"""Numba's compiler, set up for the hot loops of `models`.

Numba comes with SecretFlow. Importing it takes a third of a second, so only the module of hot loops that a model needs
imports it, and only when that model is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
from numba import types

# What fused multiply-add and vectorised sums need; NaN and infinity keep their meaning.
_FAST = {"reassoc", "contract", "nsz", "arcp"}

# Types of arguments, for `compiled_for`. What is only read may also be an array that cannot be written to, as those
# that come from another process are.
INT, BOOL, FLOAT32, FLOAT64 = types.int64, types.boolean, types.float32, types.float64


def read(kind: Any, dimensions: int = 1) -> Any:
    """Return the type of an array, in C order, that is only read."""
    return types.Array(kind, dimensions, "C", readonly=True)


def written(kind: Any, dimensions: int = 1) -> Any:
    """Return the type of an array, in C order, that is written to."""
    return types.Array(kind, dimensions, "C")


def compiled(function: Callable[..., Any]) -> Any:
    """Compile the function to machine code that runs without Python's lock, for the types of its first call.

    What was compiled is kept on disk, so only the first run on a machine waits for it (some seconds). Its code becomes
    part of whatever compiled function calls it. Were it called instead, then after loading from disk by other code than
    right after compiling, and sums would have other last digits in the first run than in all others.
    """
    return _compile(function, forceinline=True)


def compiled_for(*arguments: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile the decorated function as `compiled` does, but at once, for these types of arguments.

    Whoever imports the module then waits, and not the first round.
    """
    return lambda function: _compile(function, arguments)


def _compile(function: Callable[..., Any], *signature: tuple[Any, ...], **more: Any) -> Any:
    options: dict[str, Any] = {**more, "nogil": True, "fastmath": _FAST, "error_model": "numpy"}
    try:
        return numba.njit(*signature, cache=True, **options)(function)
    except RuntimeError:
        # Neither the program's folder nor the user's cache folder can be written: compile in every process.
        return numba.njit(*signature, **options)(function)
