"""The first rows of a file that is about to be imported."""

from __future__ import annotations

from typing import Any

from data.own.report import Preview
from gui.widgets.table_models import Column, RecordTable
from gui.words.i18n import mark, tr

ROLE_NAMES = {
    "user": mark("User"),
    "item": mark("Item"),
    "rating": mark("Rating"),
    "timestamp": mark("Time"),
    "title": mark("Title"),
    "genres": mark("Genres"),
}


class PreviewTable(RecordTable):
    """The first rows of the file, as text; headings name the file's column and the part it plays."""

    def make_columns(self) -> list[Column]:
        return []

    def show_preview(self, preview: Preview) -> None:
        roles = {column: tr(ROLE_NAMES[role]) for role, column in preview.mapping.items()}
        self.beginResetModel()
        self.columns = [Column(f"{name}\n{roles[name]}" if name in roles else f"{name}\n–") for name in preview.columns]
        width = len(self.columns)
        self.records = tuple((*row, *[""] * (width - len(row)))[:width] for row in preview.rows)
        self.endResetModel()

    def cell(self, record: Any, column: int) -> str:
        return str(record[column])
