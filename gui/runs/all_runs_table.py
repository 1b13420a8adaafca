"""The table of all runs: what the picker's table shows, and state, size and note."""

from __future__ import annotations

from typing import Any

from fl.runs.records import RunInfo
from gui.tabs.run_picker import RunTable
from gui.widgets.picker_models import run_state
from gui.widgets.table_models import Column
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr


class AllRunsTable(RunTable):
    """Training runs (fl.runs.records.RunInfo), also those that cannot be read."""

    STATE, SIZE, NOTE = range(5, 8)

    def make_columns(self) -> list[Column]:
        return [
            *super().make_columns(),
            Column(tr("State")),
            Column(tr("Size"), tr("On this disk."), numeric=True),
            Column(tr("Note")),
        ]

    def cell(self, record: RunInfo, column: int) -> Any:
        if column == self.STATE:
            return run_state(record)
        if column == self.SIZE:
            return text.size(record.bytes)
        if column == self.DATE:
            return super().cell(record, column)[:10]  # the day; all of it stands below the table
        if column == self.NOTE:
            written = record.note
            return said(record.problem) if not record.dataset else " ".join(written.split())
        return super().cell(record, column)

    def sort_key(self, record: RunInfo, column: int) -> Any:
        if column == self.SIZE:
            return record.bytes
        return record.created if column == self.DATE else super().sort_key(record, column)

    def tip(self, record: RunInfo, column: int) -> str:
        return record.note if column == self.NOTE and record.dataset else super().tip(record, column)
