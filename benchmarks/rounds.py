"""A callback of `NewFLModel.fit` that keeps every round's report."""

from __future__ import annotations

from fl.federation.new_fl_model import RoundReport


class RoundReports:
    """A callback that keeps the reports of all rounds.

    Attributes:
        reports: one per finished round.
    """

    def __init__(self) -> None:
        self.reports: list[RoundReport] = []

    def on_epoch_begin(self, round_number: int) -> None:
        """Do nothing."""

    def on_epoch_end(self, report: RoundReport) -> bool:
        """Keep the report; never stop."""
        self.reports.append(report)
        return False
