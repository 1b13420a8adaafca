"""The sockets that a program and all that it started listen on."""

from __future__ import annotations

import psutil

# The second is how a socket of both families shows the loopback address.
LOOPBACK = {"127.0.0.1", "::ffff:127.0.0.1", "::1"}


def listening(pid):
    """Return {(address, port)} of a process and of everything below it."""
    top = psutil.Process(pid)
    found = set()
    for process in (top, *top.children(recursive=True)):
        try:
            sockets = process.net_connections("inet")
        except psutil.NoSuchProcess:  # it ended just now
            continue
        found |= {tuple(one.laddr) for one in sockets if one.status == psutil.CONN_LISTEN}
    return found
