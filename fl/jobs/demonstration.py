"""The verification log of a run, and the switch that makes the server cheat in one round to see whether it is caught.

A caught cheat costs its round and nothing else: parties and server go back to the round before, and train it again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from fl.aggregation.base import CountingAggregator
from fl.aggregation.masked import MaskedAggregator
from fl.aggregation.masking.errors import RangeError, VerificationError
from fl.aggregation.verified import VerifiedAggregator
from fl.errors import AggregationError
from fl.jobs.context import JobContext
from fl.protocol.events import SumChecked
from fl.runs import verification_log
from fl.runs.rounds import RoundRecord
from fl.runs.run_folder import RunFolder
from fl.settings.train import TrainSettings

LOG = verification_log.FILE


class VerificationLog:
    """A callback of training; arms the cheat, and says of each round what became of its sum."""

    def __init__(
        self, folder: RunFolder, settings: TrainSettings, aggregator: CountingAggregator, context: JobContext
    ) -> None:
        self._folder, self._settings, self._context = folder, settings, context
        self._aggregator = aggregator
        self._begun = self._armed = self._done = False

    def on_epoch_begin(self, round_number: int) -> None:
        """Arm the cheat in its round, once."""
        wanted = self._settings.tamper_round
        if not isinstance(self._aggregator, MaskedAggregator):
            return
        if not self._begun:
            # The server may have been armed by a run that failed before it cheated.
            self._begun = True
            self._aggregator.cheat(None, remember=bool(wanted))
        if not wanted or self._done:
            return
        self._armed = round_number == wanted
        # Before that, the server only remembers: some cheats put an old upload or sum in place of a new one.
        self._aggregator.cheat(self._settings.tamper_kind if self._armed else None)

    def on_epoch_end(self, record: RoundRecord) -> bool:
        """The sum of the round was taken. Never stops training."""
        if self._armed:
            self._armed, self._done = False, True
            self._tell(record.round, "unnoticed", (), "The server changed the sum and nobody noticed.")
        elif isinstance(self._aggregator, VerifiedAggregator):
            self._tell(record.round, "verified", (), "Every party found the sum to be that of the uploads.")
        return False

    def caught(self, error: AggregationError, round_number: int) -> bool:
        """Note that a round was discarded. True if it was the demonstrated cheat, and training can go on."""
        if not isinstance(error, VerificationError) and not (self._armed and isinstance(error, RangeError)):
            return False
        culprits: tuple[str, ...] = ()
        reason = error.message
        if isinstance(error, VerificationError) and isinstance(self._aggregator, VerifiedAggregator):
            try:
                verdict = self._aggregator.settle()
                culprits, reason = verdict.culprits, verdict.reason
            except AggregationError as unsettled:
                reason = f"{error.message} It could not be settled who lied: {unsettled.message}"
        self._tell(round_number, "caught", culprits, reason)
        armed, self._armed = self._armed, False
        self._done = self._done or armed
        return armed

    def _tell(
        self,
        round_number: int,
        outcome: Literal["verified", "caught", "unnoticed"],
        culprits: tuple[str, ...],
        reason: str,
    ) -> None:
        event = SumChecked(
            job=self._context.job,
            run=self._folder.name,
            round=round_number,
            outcome=outcome,
            tamper=self._settings.tamper_kind if self._armed or outcome == "unnoticed" else "",
            culprits=culprits,
            reason=reason,
        )
        verification_log.append(self._folder, event)
        self._context.emit(event)


def train_through_cheats(
    fit: Callable[[int], object], restore: Callable[[int], None], log: VerificationLog, folder: RunFolder, done: int
) -> None:
    """Train; a round that a demonstrated cheat spoiled is discarded and trained again.

    Args:
        fit: trains from the round after the given one.
        restore: puts parties and server back to the end of the given round, 0 for the start.
        log: of the run.
        folder: of the run.
        done: rounds finished before.

    Raises:
        AggregationError: a round failed that nobody had asked to be spoiled.
    """
    while True:
        try:
            fit(done)
            return
        except AggregationError as error:
            done = len(folder.rounds())
            if not log.caught(error, done + 1):
                raise
            restore(done)
