"""The verification log of a training run: what became of each round's sum, where the parties check it."""

from __future__ import annotations

from typing import Literal

from data.sentences import say
from fl.aggregation.base import CountingAggregator
from fl.aggregation.masking.errors import VerificationError
from fl.aggregation.verified import VerifiedAggregator
from fl.errors import AggregationError
from fl.jobs.context import JobContext
from fl.protocol.events import SumChecked
from fl.runs import verification_log
from fl.runs.records import SumCheck
from fl.runs.rounds import RoundRecord
from fl.runs.run_folder import RunFolder


class VerificationLog:
    """A callback of training that writes a line per checked sum, and tells whoever asked for the run."""

    def __init__(self, folder: RunFolder, aggregator: CountingAggregator, context: JobContext) -> None:
        self._folder, self._aggregator, self._context = folder, aggregator, context

    def on_epoch_begin(self, round_number: int) -> None:
        """Do nothing: there is a sum to tell of only at the end of a round."""

    def on_epoch_end(self, record: RoundRecord) -> bool:
        """Note that the round's sum was accepted by every party. Never stops training."""
        if isinstance(self._aggregator, VerifiedAggregator):
            self._tell(
                record.round,
                "verified",
                (),
                say("check.verified", "Every party found the sum to be that of the uploads."),
            )
        return False

    def refused(self, error: AggregationError, round_number: int) -> None:
        """Note who lied when the parties refused a sum; other errors leave no line."""
        if isinstance(self._aggregator, VerifiedAggregator) and isinstance(error, VerificationError):
            self._tell(round_number, "caught", error.culprits, error.message)

    def _tell(
        self, round_number: int, outcome: Literal["verified", "caught"], culprits: tuple[str, ...], reason: str
    ) -> None:
        check = SumCheck(round=round_number, outcome=outcome, culprits=culprits, reason=reason)
        verification_log.append(self._folder, check)
        self._context.emit(SumChecked(job=self._context.job, run=self._folder.name, check=check))
