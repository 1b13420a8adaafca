"""A small process beside the program: it ends the program where Ray holds it, and no line of Python can run any more.

Ray waits for a minute for its dead directory of processes, and for some of that time holds Python's lock: no thread of
the program can see the loss then, let alone tell it. So a process of its own waits for the end of Ray's processes, of
which Linux tells it without a look in between. Where the program has not heard of a loss within some seconds, the guard
tells it in its place and ends the program. Ray may also end the program without a word, from outside of Python, when
its node is lost while it gets in touch with it: then the guard has the word. When the program is gone, so is what Ray's
node started.

    python -I -S fl/federation/guard.py PID SECONDS < LINES

PID is the program's. A line "watch PID SENTENCE" names a process of Ray's; "gone SENTENCE" is for a program that ended
together with one, so that nobody knows which was the first; "told" says that the loss is told already, "over" that the
program does the rest itself. A loss is told on the standard error. This file imports nothing of the
project, and little of Python, so that it starts at once and holds little memory.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from pathlib import Path

_LINES = 0  # the descriptor of the standard input


class Guard:
    """The watched processes, and what was heard of them."""

    def __init__(self, patience: float) -> None:
        """Begin with nothing.

        Args:
            patience: seconds in which the program must have heard of a loss.
        """
        self._patience = patience
        self._sentences: dict[int, str] = {}  # by the descriptor of a process
        self._pids: list[int] = []
        self._below: list[int] = []  # what they had started when one of them was lost
        self._told = False
        self._lost = ""
        self._ended = False  # whether one had ended before it was watched
        self._gone = ""
        self._deadline = 0.0
        self._rest = b""

    def stand(self, program: int) -> None:
        """Watch until the program says that it does the rest itself, is gone, or must be ended.

        Args:
            program: its pid.
        """
        waiting = select.poll()
        waiting.register(_LINES, select.POLLIN | select.POLLHUP)
        while not self._lost or time.monotonic() < self._deadline:
            left = 1000 * (self._deadline - time.monotonic()) if self._lost else None
            lost_before = self._lost
            # What has ended comes before what the program says, or says no more.
            for descriptor, _ in sorted(waiting.poll(left), key=lambda event: event[0] == _LINES):
                if descriptor != _LINES:
                    waiting.unregister(descriptor)
                    self._lose(descriptor)
                elif (heard := os.read(_LINES, 65536)) and b"over\n" in heard:
                    return
                elif heard:
                    for new in self._take(heard):
                        waiting.register(new, select.POLLIN)
                else:
                    if not _was_killed(program):
                        self._tell(lost_before or (self._gone if self._lost or self._ended else ""))
                    self._below = self._below or self._all_below()
                    self._end(*self._below, *self._pids)
                    return
        self._tell(self._lost)
        self._end(program, *self._below, *self._pids)

    def _take(self, heard: bytes) -> list[int]:
        """Take lines; return the descriptors of the processes that are new in them."""
        *lines, self._rest = (self._rest + heard).split(b"\n")
        new = []
        for line in lines:
            word, _, more = line.decode().partition(" ")
            self._told = self._told or word == "told"
            self._gone = more if word == "gone" else self._gone
            if word == "watch":
                pid, _, sentence = more.partition(" ")
                try:
                    descriptor = os.pidfd_open(int(pid))
                except ProcessLookupError:
                    # It has ended. Who took note of it is the program, which knows, or the one that took it over.
                    self._ended = True
                    continue
                self._pids.append(int(pid))
                self._sentences[descriptor] = sentence
                new.append(descriptor)
        return new

    def _tell(self, sentence: str) -> None:
        if sentence and not self._told:
            os.write(sys.stderr.fileno(), f"{sentence}\n".encode())

    def _lose(self, descriptor: int) -> None:
        if not self._lost:
            self._lost, self._deadline = self._sentences[descriptor], time.monotonic() + self._patience
            self._below = self._all_below()

    def _all_below(self) -> list[int]:
        """Return all that the processes that are watched have started."""
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(path.parent.name)] = int(path.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
            except OSError:
                continue  # it has ended
        found = list(self._pids)
        for one in found:
            found += [child for child, parent in parents.items() if parent == one]
        return found[len(self._pids) :]

    def _end(self, *pids: int) -> None:
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


def _was_killed(program: int) -> bool:
    """Return whether SIGKILL ended a program: Ray's node ends with it then, and is not to blame."""
    try:
        status = int(Path(f"/proc/{program}/stat").read_text("utf-8", "replace").split()[-1])
    except OSError:
        return False  # whoever started it has taken note of its end
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


if __name__ == "__main__":
    Guard(float(sys.argv[2])).stand(int(sys.argv[1]))
