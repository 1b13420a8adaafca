"""A callback of `NewFLModel.fit` that keeps every round's record."""

from __future__ import annotations

from fl.runs.rounds import RoundRecord


class RoundRecords:
    """A callback that keeps the records of all rounds.

    Attributes:
        records: one per finished round.
    """

    def __init__(self) -> None:
        self.records: list[RoundRecord] = []

    def on_epoch_begin(self, round_number: int) -> None:
        """Do nothing."""

    def on_epoch_end(self, record: RoundRecord) -> bool:
        """Keep the record; never stop."""
        self.records.append(record)
        return False
