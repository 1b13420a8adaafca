"""The end of a program when whoever started it is gone: a trial's members must not go on without it."""

from __future__ import annotations

import os
import sys
import threading
from typing import Final

LIFELINE: Final = "SECRETREC_LIFELINE"  # in the environment of a program that is to hold on to its standard input


def hold_on() -> None:
    """Leave the program when its standard input closes, where whoever started it asked for that."""

    def wait() -> None:
        sys.stdin.read()
        os._exit(1)  # its session's process sees its own input close, and leaves too

    if os.environ.get(LIFELINE):
        threading.Thread(target=wait, name="lifeline", daemon=True).start()
