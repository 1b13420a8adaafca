"""Jobs that the engine still owes an end, and whom each of their events is handed to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PyQt5 import sip

from fl.jobs.table import FINAL
from fl.protocol import events as ev

log = logging.getLogger(__name__)


class Question:
    """One job of the engine as the window sees it: whom to call, and whether anybody still wants to hear of it."""

    def __init__(
        self,
        on_answer: Callable[[Any], None],
        on_failure: Callable[[ev.JobFailed], None] | None = None,
        on_progress: Callable[[ev.Progress], None] | None = None,
        on_event: Callable[[Any], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> None:
        self.cancelled = False
        self.forgotten = False
        self._on_answer = on_answer
        self._on_failure = on_failure
        self._on_progress = on_progress
        self._on_event = on_event
        self._on_cancelled = on_cancelled
        self._owner = getattr(on_answer, "__self__", None)

    def call_for(self, event: ev.JobEvent) -> Callable[[], None] | None:
        """Return the call that hands an event over; None where nobody wants it, or nobody is there to take it."""
        owner_is_gone = isinstance(self._owner, sip.simplewrapper) and sip.isdeleted(self._owner)
        if self.forgotten or owner_is_gone:
            return None
        match event:
            case ev.JobCancelled():
                return self._on_cancelled
            case ev.JobFailed():
                wanted: Callable[[Any], None] | None = self._on_failure
            case ev.Progress():
                wanted = self._on_progress
            case _:
                wanted = self._on_answer if isinstance(event, FINAL) else self._on_event
        return partial(wanted, event) if wanted is not None else None


class OpenJobs:
    """Jobs that were sent to the engine and have not ended."""

    def __init__(self) -> None:
        self._questions: dict[str, Question] = {}  # by job, in the order they were sent

    def __contains__(self, job: str) -> bool:
        return job in self._questions

    @property
    def waits_for_cancelled(self) -> bool:
        """Return whether a job that was cancelled has not ended."""
        return any(question.cancelled for question in self._questions.values())

    def add(self, job: str, question: Question) -> None:
        """Open a job, whose command is sent next."""
        self._questions[job] = question

    def forget(self, job: str) -> None:
        """Let nothing of this job through any more; the engine may still finish it."""
        if job in self._questions:
            self._questions[job].forgotten = True

    def cancel(self, job: str) -> bool:
        """Let only the end of this job through from now on. Return whether it was open and not cancelled before."""
        question = self._questions.get(job)
        if question is None or question.cancelled:
            return False
        question.cancelled = True
        return True

    def take(self, event: ev.JobEvent) -> Callable[[], None] | None:
        """Return the call that an event of a job leads to: none for a late one, or for one of a cancelled job.

        The end of a cancelled job counts as its cancellation, whatever the engine made of it.
        """
        question = self._questions.get(event.job)
        if question is None:
            log.info("Dropped a late %s of job %s.", type(event).__name__, event.job)
            return None
        final = isinstance(event, FINAL)
        if final:
            del self._questions[event.job]
        if question.cancelled:
            return question.call_for(ev.JobCancelled(job=event.job)) if final else None
        return question.call_for(event)

    def close(self, reason: str) -> Iterator[Callable[[], None]]:
        """End all open jobs, because nothing more will come. Yield the calls that tell those who wait for them.

        Each call is looked up when its turn comes: an earlier one may delete the widget that a later one is for.
        """
        questions, self._questions = self._questions, {}
        for job, question in questions.items():
            failed = ev.JobFailed(job=job, error=reason, hint="", details="")
            call = question.call_for(ev.JobCancelled(job=job) if question.cancelled else failed)
            if call is not None:
                yield call
