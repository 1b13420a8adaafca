"""Tables of items: recommended ones, and those of a user's history."""

from __future__ import annotations

from typing import Any

from fl.protocol.records import HistoryItem, RankedItem
from gui.widgets.table_models import Column, RecordTable
from gui.words import text
from gui.words.i18n import tr


class RecommendationTable(RecordTable):
    """Ranked items (fl.protocol.records.RankedItem)."""

    RANK, TITLE, GENRES, SCORE = range(4)

    def make_columns(self) -> list[Column]:
        return [
            Column(tr("Rank"), numeric=True),
            Column(tr("Title")),
            Column(tr("Genres")),
            Column(
                tr("Score"),
                tr("The user's own scoring function applied to the item, 0 to 1. Compare within one user only."),
                numeric=True,
            ),
        ]

    def cell(self, record: RankedItem, column: int) -> Any:
        return (record.rank, record.title, ", ".join(record.genres), record.score)[column]


class HistoryTable(RecordTable):
    """Items that a user has rated (fl.protocol.records.HistoryItem), newest first as they come."""

    TITLE, GENRES, DATE = range(3)

    def make_columns(self) -> list[Column]:
        return [Column(tr("Title")), Column(tr("Genres")), Column(tr("Date"))]

    def cell(self, record: HistoryItem, column: int) -> Any:
        return (record.title, ", ".join(record.genres), text.date(record.timestamp))[column]

    def sort_key(self, record: HistoryItem, column: int) -> Any:
        # Several items can share a day: sort by the second.
        return record.timestamp if column == self.DATE else super().sort_key(record, column)
