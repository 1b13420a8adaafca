"""Table in a card, with heading, filter, copy with headers and export.

The Recommend, Evaluate and Privacy tabs show their results in it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, QObject
from PyQt5.QtGui import QKeyEvent, QKeySequence
from PyQt5.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QWidget

from data.cells import safe_cells
from gui.widgets.delegates import ROW_PADDING, TitleDelegate
from gui.widgets.file_dialogs import ask_save
from gui.widgets.message_bar import MessageBar
from gui.widgets.rows_view import rows_view
from gui.widgets.table_models import RecordRole, RecordTable, SortProxy, rows_as_text
from gui.widgets.tips import set_tip
from gui.widgets.widgets import SPACE, Card, ElidedLabel, IconButton, SearchField, copy_text, overlay_empty_text
from gui.words.i18n import tr

MIN_SHARED_WIDTH = 70

# What an export says beside a row: its name in JSON, its heading in CSV, its value.
Fact = tuple[str, str, Any]


def _nothing(record: Any) -> Sequence[Fact]:
    return ()


def _fields(record: Any) -> dict[str, Any]:
    return asdict(record) if is_dataclass(record) and not isinstance(record, type) else record.model_dump()


def source_facts(run: str, round_number: int, protocol: str, fingerprint: str) -> list[Fact]:
    """Return what lists and figures of a run are from, for exports."""
    return [
        ("run", tr("Run"), run),
        ("round", tr("Round"), round_number),
        ("protocol", tr("Protocol"), protocol),
        ("fingerprint", tr("Data fingerprint"), fingerprint),
    ]


class ResultTable(Card):
    """One record table with everything people expect of a table.

    Args:
        model: the table.
        empty_text: what stands in it while it has no rows.
        file_name: proposed for an export, without extension.
        filtering: whether it has a filter.
    """

    def __init__(
        self,
        model: RecordTable,
        *,
        empty_text: str,
        file_name: str,
        filtering: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self.model = model
        self._file_name = file_name
        self._source: Sequence[Fact] = ()
        self._about: Callable[[Any], Sequence[Fact]] = _nothing
        self.heading = ElidedLabel("h3")
        self.head.addWidget(self.heading, 1)
        self.filter = SearchField(tr("Filter"), tr("Show only rows that contain this text"))
        set_tip(self.filter, tr("Show only rows that contain this text, for example a genre."))
        if not filtering:
            self.filter.hide()
        self.copy_button = IconButton("copy", tr("Copy with column headings (Ctrl+C)"))
        self.export_button = IconButton("save", tr("Export as CSV or JSON…"))
        self.head.addWidget(self.copy_button)
        self.head.addWidget(self.export_button)
        self.body.addLayout(self.head)
        self.sub = ElidedLabel("small")
        self.body.addWidget(self.sub)
        self.tools = QHBoxLayout()  # the filter, and what a tab puts beside it
        self.tools.setSpacing(SPACE)
        self.tools.addWidget(self.filter, 1)
        self.body.addLayout(self.tools)
        self.message = MessageBar()
        self.body.addWidget(self.message)

        self.proxy = SortProxy(model, self)
        self.view = rows_view(self.proxy, tr("Result"))  # until it has a heading
        self.view.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.Fixed)
        self.set_lines(1)
        columns = self.view.horizontalHeader()
        columns.setStretchLastSection(False)
        columns.setMinimumSectionSize(40)
        self._shares: dict[int, int] = {}
        self._unwanted: set[int] = set()
        self._titles: TitleDelegate | None = None
        self._compact: tuple[int, tuple[int, ...], Callable[[Any], str] | None] = (0, (), None)
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        overlay_empty_text(self.view, empty_text)
        self.body.addWidget(self.view, 1)

        self.filter.textChanged.connect(self.proxy.setFilterFixedString)
        self.copy_button.clicked.connect(self.copy)
        self.export_button.clicked.connect(self.ask_export)
        model.modelReset.connect(self._on_reset)
        self._on_reset()

    def column_widths(self, shares: dict[int, int], fixed: dict[int, str]) -> None:
        """Give columns (by number) a share of the room in proportion, or the width of a sample or their heading."""
        self._shares = shares
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.Interactive)
        for column, sample in fixed.items():
            widest = max((sample, self.model.columns[column].title), key=self.fontMetrics().horizontalAdvance)
            # Room for the cell's margins, and beside a heading for the arrow that shows the order.
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(widest) + 24)
        self._share_width()

    def make_compact_below(
        self, width: int, hidden: Sequence[int], column: int = 0, second_line: Callable[[Any], str] | None = None
    ) -> None:
        """Hide some columns below this width; they stand as a second line in another one when that is given."""
        if second_line is not None:
            self._titles = TitleDelegate(self.view)
            self.view.setItemDelegateForColumn(column, self._titles)
        self._compact = (width, tuple(hidden), second_line)
        self._share_width()

    def set_column_wanted(self, column: int, wanted: bool) -> None:
        """Show a column, or hide it where it has nothing to say."""
        (self._unwanted.discard if wanted else self._unwanted.add)(column)
        self._share_width()

    def _share_width(self) -> None:
        header, viewport = self.view.horizontalHeader(), self.view.viewport()
        width, hidden, second_line = self._compact
        compact = viewport is not None and viewport.width() < width
        for column in range(self.model.columnCount()):
            self.view.setColumnHidden(column, column in self._unwanted or (compact and column in hidden))
        if self._titles is not None:
            self._titles.second_line = second_line if compact else None
            self.set_lines(2 if compact else 1)
        shares = {column: share for column, share in self._shares.items() if not self.view.isColumnHidden(column)}
        # A hidden section has the size 0.
        widths = {column: header.sectionSize(column) for column in range(header.count())}
        taken = sum(width for column, width in widths.items() if column not in shares)
        room = viewport.width() - taken if viewport is not None else 0
        total = sum(shares.values())
        for column, share in shares.items():
            header.resizeSection(column, max(MIN_SHARED_WIDTH, room * share // total))

    def set_lines(self, lines: int) -> None:
        """Set the height of all rows, in lines of text."""
        padding = 10 if lines > 1 else 2 * ROW_PADDING
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * lines + padding)

    def fit_rows(self, most: int) -> None:
        """Grow with the rows, up to a number of them, instead of scrolling within the card."""
        rows = min(self.model.rowCount(), most)
        height = self.view.horizontalHeader().sizeHint().height() + 4
        self.view.setMinimumHeight(height + rows * self.view.verticalHeader().defaultSectionSize())

    def set_source(self, source: Sequence[Fact], about: Callable[[Any], Sequence[Fact]] | None = None) -> None:
        """Set what an export says beside the rows.

        Args:
            source: what all rows are from, behind each.
            about: what stands in front of a record's row.
        """
        self._source, self._about = source, about or _nothing

    def set_heading(self, heading: str, sub: str = "") -> None:
        self.heading.setText(heading)
        self.sub.setText(sub)
        self.view.setAccessibleName(heading)

    def text_rows(self, *, selected_only: bool) -> list[list[str]]:
        """Return header and rows as shown (sorted, filtered); only the selected rows when there are any and that is
        wanted.
        """
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()}) if selected_only else []
        return rows_as_text(self.proxy, rows or range(self.proxy.rowCount()))

    def copy(self) -> None:
        copy_text("\n".join("\t".join(safe_cells(row)) for row in self.text_rows(selected_only=True)))

    def ask_export(self) -> None:
        filters = tr("CSV files (*.csv);;JSON files (*.json)")
        name, _ = ask_save(self, tr("Export the table"), f"{self._file_name}.csv", filters, "tables-out")
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write all rows shown to a file.

        A CSV file gets what the table says (UTF-8 with a mark, so that spreadsheets show Chinese titles right), a JSON
        file the whole records.
        """
        self.message.clear()
        try:
            if path.suffix.lower() == ".json":
                path.write_text(json.dumps(self._objects(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            else:
                with path.open("w", newline="", encoding="utf-8-sig") as file:
                    csv.writer(file).writerows(map(safe_cells, self._lines()))
        except OSError as error:
            self.message.show_message("error", tr("The table was not saved to {0}: {1}.").format(path, error.strerror))
        else:
            self.message.show_message("success", tr("Saved to {0}").format(path))

    def _records(self) -> list[Any]:
        """Return the records of the rows shown."""
        return [self.proxy.index(row, 0).data(RecordRole) for row in range(self.proxy.rowCount())]

    def _objects(self) -> list[dict[str, Any]]:
        after = {name: value for name, _, value in self._source}
        return [{name: value for name, _, value in self._about(one)} | _fields(one) | after for one in self._records()]

    def _lines(self) -> list[list[str]]:
        """Return the header and the rows shown, with what an export says beside them."""
        header, *rows = self.text_rows(selected_only=False)
        before = [self._about(one) for one in self._records()]
        after = [str(value) for _, _, value in self._source]
        titles = [title for _, title, _ in before[0]] if before else []
        return [
            [*titles, *header, *(title for _, title, _ in self._source)],
            *([*(str(value) for _, _, value in own), *row, *after] for own, row in zip(before, rows, strict=True)),
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.view.viewport() and event.type() == QEvent.Resize and self._shares:
            self._share_width()
        if (
            watched is self.view
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.KeyPress
            and event.matches(QKeySequence.Copy)
        ):
            self.copy()
            return True
        return False

    def _on_reset(self) -> None:
        some = self.model.rowCount() > 0
        for widget in (self.filter, self.copy_button, self.export_button):
            widget.setEnabled(some)
        self.message.clear()
