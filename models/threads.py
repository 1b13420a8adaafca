"""How many threads a party's process computes with. Said before the first computation; nothing heavy is imported."""

from __future__ import annotations

_most = 0


def limit(threads: int) -> None:
    """Use `threads` from now on; 0 leaves it to TensorFlow. What TensorFlow began with, it keeps."""
    global _most
    _most = threads


def most() -> int:
    """What `limit` was last told."""
    return _most
