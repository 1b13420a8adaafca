"""The number of threads a party's process computes with. It is said before the first computation."""

from __future__ import annotations

_most = 0


def limit(threads: int) -> None:
    """Use `threads` from now on; 0 leaves it to TensorFlow. What TensorFlow began with, it keeps."""
    global _most
    _most = threads


def most() -> int:
    """Return what `limit` was last told."""
    return _most
