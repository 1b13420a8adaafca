"""The things a job is given by whoever runs it: where to report, whether to stop, and the warm federation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.errors import CancelledError
from data.sentences import say
from fl.jobs.pauses import Pauses
from fl.protocol.events import Event, Phase, Progress, TrainPaused, TrainUnpaused
from fl.protocol.records import Unit

if TYPE_CHECKING:
    from fl.federation.pool import FederationPool


def _never() -> bool:
    return False


@dataclass
class JobContext:
    """The surroundings of one job.

    Attributes:
        job: its id, carried by all of its events.
        emit: takes each event.
        warm: the running federation, which heavy jobs are given.
        cancelled: asked often; True makes the job raise CancelledError at the next safe point.
        stop_requested: asked after each round; True ends training and keeps the model.
        ending: True while the whole program ends: what is cut short by that is interrupted, not cancelled.
        pauses: asked after each round; a paused training waits there.
    """

    job: str
    emit: Callable[[Event], None]
    warm: FederationPool | None = None
    cancelled: Callable[[], bool] = field(default=_never)
    stop_requested: Callable[[], bool] = field(default=_never)
    ending: Callable[[], bool] = field(default=_never)
    pauses: Pauses = field(default_factory=Pauses)

    @property
    def pool(self) -> FederationPool:
        """The running federation. Only heavy jobs may ask for it (`fl.jobs.table`)."""
        assert self.warm is not None, f"job {self.job} was not given a federation"  # noqa: S101  # the table says so
        return self.warm

    def drop_federation(self) -> None:
        """Forget the running federation, of which something died; between organisations there is none to forget."""
        if self.warm is not None:
            self.warm.drop()

    def phase(self, text: str) -> None:
        """Say what is being done now, a sentence of `data.sentences`; a safe point to cancel.

        Raises:
            CancelledError: the person cancelled.
        """
        self.check_cancelled()
        self.emit(Phase(job=self.job, text=text))

    def reading(self, dataset: str) -> None:
        """Say that a data set is being read; a safe point to cancel."""
        self.phase(say("phase.reading", "reading {dataset}", dataset=dataset))

    def finding_noise(self) -> None:
        """Say that the noise for a privacy budget is being found; a safe point to cancel."""
        self.phase(say("phase.finding-noise", "finding the noise for the privacy budget"))

    def loading_round(self, number: int) -> None:
        """Say that a finished round is being loaded; a safe point to cancel."""
        self.phase(say("phase.loading-round", "loading round {round}", round=number))

    def progress(self, done: int, total: int, unit: Unit) -> None:
        """Report progress inside a phase."""
        self.emit(Progress(job=self.job, done=done, total=total, unit=unit))

    def progress_of(self, unit: Unit) -> Callable[[int, int], None]:
        """Return a callback of (done, total) that reports progress in this unit."""
        return lambda done, total: self.progress(done, total, unit)

    def wait_while_paused(self, run: str, round_number: int) -> None:
        """Wait between two rounds while the person wants a pause. It ends early when they stop or cancel instead.

        Args:
            run: name of the run.
            round_number: the last finished round.
        """
        if not self.pauses.asked(self.job) or self.cancelled() or self.stop_requested():
            return
        self.emit(TrainPaused(job=self.job, run=run, round=round_number))
        self.pauses.wait(self.job, lambda: self.cancelled() or self.stop_requested())
        self.emit(TrainUnpaused(job=self.job, run=run))

    def check_cancelled(self) -> None:
        """Raise CancelledError when the person cancelled."""
        if self.cancelled():
            raise CancelledError
