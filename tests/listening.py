"""The sockets that a program and all that it started listen on."""

from __future__ import annotations

import psutil

# The second is how a socket of both families shows the loopback address.
LOOPBACK = {"127.0.0.1", "::ffff:127.0.0.1", "::1"}


def listening(pid):
    """Return {(address, port)} of a process and of everything below it."""
    top = psutil.Process(pid)
    return sockets_of([top, *top.children(recursive=True)])


def sockets_of(processes):
    """Return {(address, port)} of all that these processes listen on."""
    found = set()
    for process in processes:
        try:
            sockets = process.net_connections("inet")
        except psutil.NoSuchProcess:  # it ended just now
            continue
        found |= {tuple(one.laddr) for one in sockets if one.status == psutil.CONN_LISTEN}
    return found
