"""The pauses of trainings: one thread asks for one, the training's thread waits."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Pauses:
    """The jobs that were asked to pause. Any thread may call anything here."""

    def __init__(self) -> None:
        self._jobs: set[str] = set()
        self._changed = threading.Condition()

    def ask(self, job: str) -> None:
        """Have a job pause at its next safe point."""
        with self._changed:
            self._jobs.add(job)

    def lift(self, job: str) -> None:
        """Let a job go on; also forgets one that has ended."""
        with self._changed:
            self._jobs.discard(job)
            self._changed.notify_all()

    def asked(self, job: str) -> bool:
        """Return whether a job is to pause."""
        with self._changed:
            return job in self._jobs

    def wake(self) -> None:
        """Have whoever waits look again: something it gives up for may have happened. Call after it happened."""
        with self._changed:
            self._changed.notify_all()

    def wait(self, job: str, give_up: Callable[[], bool]) -> None:
        """Return once the pause of a job is lifted, or `give_up` says True (asked at each `wake`)."""
        with self._changed:
            self._changed.wait_for(lambda: job not in self._jobs or give_up())
