"""The end of output when nobody reads it any more, as in `TheMain.py runs | head -1`, and the end of the program."""

from __future__ import annotations

import logging
import os
import sys
from typing import NoReturn, TextIO


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


def leave(code: int) -> NoReturn:
    """End the program here and now; what it had to write is written, and what it started is ended.

    The interpreter's own end walks over all objects. With PyQt5, which deletes each and with it the objects below, over
    which it walks next, one end in thirty was a segmentation fault (SIGSEGV in QtCore's cleanup_on_exit, PyQt 5.15).
    With Ray it takes some seconds once Ray's directory of processes has died.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        flush_or_forget(stream)
    os._exit(code)
