"""The end of output when nobody reads it any more, as in `TheMain.py runs | head -1`."""

from __future__ import annotations

import os
from typing import TextIO


class ClosedOutputError(Exception):
    """Nobody reads standard output or standard error any more."""


def write_line(text: str, stream: TextIO) -> None:
    """Write a line.

    Raises:
        ClosedOutputError: nobody reads the stream any more.
    """
    try:
        print(text, file=stream)
    except BrokenPipeError:
        raise ClosedOutputError from None


def flush_or_forget(stream: TextIO) -> bool:
    """Write out what waits; where nobody reads it any more, drop it and return False.

    Otherwise Python would write it when it ends, and complain.
    """
    try:
        stream.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        return False
    return True
