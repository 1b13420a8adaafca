"""Numba's compiler, set up for the hot loops of `models`.

Numba comes with SecretFlow. Importing it takes a third of a second, so only the module of hot loops that a model needs
imports it, and only when that model is used.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
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
    """Compile the function, which only compiled functions of the same module call, together with them.

    Its code becomes part of theirs. Were it called instead, then after loading from disk by other code than right after
    compiling, and sums would have other last digits in the first run than in all others.
    """
    return _compile(function, forceinline=True)


def compiled_for(*arguments: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile the decorated function to machine code that runs without Python's lock, for these types of arguments.

    It is compiled at once: whoever imports the module waits (some seconds), and not the first round. What was compiled
    is kept on disk, so that is the first process on a machine alone.
    """

    def compile_alone(function: Callable[..., Any]) -> Any:
        with _alone():
            return _compile(function, arguments)

    return compile_alone


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process of this machine compile at a time; the others then find on disk what it has compiled.

    Numba enters a function into its index on disk before it writes the code. A process that looks in between finds the
    code of an older program there, or of other types of arguments, and runs it.
    """
    with Path(__file__).open("rb") as file:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _compile(function: Callable[..., Any], *signature: tuple[Any, ...], **more: Any) -> Any:
    options: dict[str, Any] = {**more, "nogil": True, "fastmath": _FAST, "error_model": "numpy"}
    try:
        return numba.njit(*signature, cache=True, **options)(function)
    except RuntimeError:
        # Neither the program's folder nor the user's cache folder can be written: compile in every process.
        return numba.njit(*signature, **options)(function)
