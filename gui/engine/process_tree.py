"""Finding and ending everything the engine started. The engine leads its own session, so its pid names the family."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

import psutil


def leads_own_group(pid: int) -> bool:
    """Return whether `pid` called setsid or setpgid already: only then does signalling its group spare our own."""
    try:
        return os.getpgid(pid) == pid
    except ProcessLookupError:
        return False


def signal_group(pid: int, number: int) -> None:
    """Send a signal to the group `pid` leads, or to `pid` alone while it has not made its group yet."""
    with suppress(ProcessLookupError):
        if leads_own_group(pid):
            os.killpg(pid, number)
        else:
            os.kill(pid, number)


def family(pid: int) -> list[psutil.Process]:
    """Return every living process that descends from `pid` or is in the session `pid` leads, `pid` itself left out.

    The session also finds those whose parent has died already; the descendants also find those with a session of
    their own.
    """
    found: dict[int, psutil.Process] = {}
    with suppress(psutil.NoSuchProcess):
        found.update((child.pid, child) for child in psutil.Process(pid).children(recursive=True))
    for other in psutil.pids():
        # The engine's session only: before it has called setsid, "its session" is our own.
        with suppress(ProcessLookupError, PermissionError, psutil.NoSuchProcess):
            if other != pid and other not in found and os.getsid(other) == pid:
                found[other] = psutil.Process(other)
    return list(found.values())


def kill(processes: list[psutil.Process]) -> None:
    """Send SIGKILL to those that still live. psutil compares start times, so a reused pid is never hit."""
    for process in processes:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            process.send_signal(signal.SIGKILL)
