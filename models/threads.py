"""The threads a party's process computes with: how many, said before the first computation; and work on them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

T = TypeVar("T")

_most = 0


def limit(threads: int) -> None:
    """Use `threads` from now on, by `spread`; 0 is one thread. NumPy's products take one, see `one_for_products`."""
    global _most
    _most = threads
    one_for_products()


def one_for_products() -> None:
    """Let NumPy's matrix products use one thread from now on, in the whole process.

    The last digits of a product depend on the number of threads that share it, and a thread that finds the others busy
    works alone: so the same run could end with other figures.
    """
    threadpool_limits(1, "blas")


def most() -> int:
    """Return what `limit` was last told."""
    return _most


def equal_parts(work: NDArray[np.integer[Any]], n: int) -> list[int]:
    """Cut rows into at most n spans of about equal work: limits from 0 to the number of rows, ascending.

    Args:
        work: [rows] of each, in any unit.
        n: at least 1.
    """
    total = np.cumsum(work)
    # One more: a span ends behind the row with which its share is reached.
    inner = np.searchsorted(total, total[-1] * np.arange(1, n) / n) + 1 if len(total) else []
    return [0, *sorted({int(limit) for limit in inner if 0 < limit < len(work)}), len(work)]


def spread(work: NDArray[np.integer[Any]], compute: Callable[[int, int], T]) -> list[T]:
    """Return what `compute(first, last)` returns for spans of rows of about equal work, in the order of the rows.

    The spans are computed side by side, so `compute` must let go of Python's lock, as compiled code does, and write
    nothing but its own rows.
    """
    bounds = equal_parts(work, max(1, most()))
    if len(bounds) == 2:
        return [compute(*bounds)]
    with ThreadPoolExecutor(len(bounds) - 1) as pool:
        return list(pool.map(compute, bounds[:-1], bounds[1:]))
