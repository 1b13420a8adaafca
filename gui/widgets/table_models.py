"""Item models. Columns have names, numbers stay numbers, and display, sorting and the record itself are separate roles.

Delegates (gui/widgets/delegates.py) turn the numbers into text and bars; copying and exporting write them in full
precision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from gui.words import text

SortRole = Qt.UserRole + 1
RecordRole = Qt.UserRole + 2  # the record behind a row
SecondLineRole = Qt.UserRole + 3  # quiet second line of a picker entry
StateRole = Qt.UserRole + 4  # short state at the right of a picker entry
UsableRole = Qt.UserRole + 5
IntervalRole = Qt.UserRole + 6  # (low, high) of an uncertain figure, or None
RivalRole = Qt.UserRole + 7  # figures with the same value here compete


@dataclass(frozen=True)
class Column:
    """A column: its heading, what the heading means, and whether its values are numbers (right-aligned)."""

    title: str
    tip: str = ""
    numeric: bool = False


class RecordModel(QAbstractTableModel):
    """Base of all models here: a tuple of records, one a row, in a single column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.records: tuple[Any, ...] = ()

    def set_records(self, records: Sequence[Any]) -> None:
        """Show these records instead of the present ones."""
        self.beginResetModel()
        self.records = tuple(records)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 1

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record = self.records[index.row()]
        return record if role == RecordRole else self.shown(record, index.column(), role)

    def shown(self, record: Any, column: int, role: int) -> Any:
        """Return what a cell has under a role; None where it has nothing."""
        raise NotImplementedError


class RecordTable(RecordModel):
    """A table over records. Subclasses say what a column shows (`cell`) and sorts by (`sort_key`)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = self.make_columns()

    def make_columns(self) -> list[Column]:
        """Return the columns, from left to right."""
        raise NotImplementedError

    def cell(self, record: Any, column: int) -> Any:
        """Return the value that a cell shows: a str, int or float."""
        raise NotImplementedError

    def sort_key(self, record: Any, column: int) -> Any:
        """Return the value that a column is sorted by."""
        value = self.cell(record, column)
        return value.casefold() if isinstance(value, str) else value

    def tip(self, record: Any, column: int) -> str:
        """Return the tool tip of a cell: its text, which may be cut off."""
        value = self.cell(record, column)
        return value if isinstance(value, str) else ""

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.columns)

    def shown(self, record: Any, column: int, role: int) -> Any:
        match role:
            case Qt.DisplayRole:
                return self.cell(record, column)
            case Qt.ToolTipRole:
                return text.wrapped(self.tip(record, column)) or None
            case Qt.TextAlignmentRole:
                side = Qt.AlignRight if self.columns[column].numeric else Qt.AlignLeft
                return int(side | Qt.AlignVCenter)
        return self.sort_key(record, column) if role == SortRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole) -> Any:  # noqa: N802
        if orientation != Qt.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.DisplayRole:
                return column.title
            case Qt.ToolTipRole:
                return text.wrapped(column.tip) or None
            case Qt.TextAlignmentRole:
                return int((Qt.AlignRight if column.numeric else Qt.AlignLeft) | Qt.AlignVCenter)
        return None


class SortProxy(QSortFilterProxyModel):
    """A proxy that sorts by SortRole and keeps rows that contain a text in any column."""

    def __init__(self, source: RecordTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(source)
        self.setSortRole(SortRole)
        self.setFilterKeyColumn(-1)
        self.setFilterCaseSensitivity(Qt.CaseInsensitive)
        self._wanted: Callable[[Any], bool] | None = None

    def set_condition(self, wanted: Callable[[Any], bool] | None) -> None:
        """Keep only rows whose record `wanted` accepts, among those that contain the text."""
        self._wanted = wanted
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # noqa: N802
        source = self.sourceModel()
        if self._wanted is not None and isinstance(source, RecordTable) and not self._wanted(source.records[row]):
            return False
        return super().filterAcceptsRow(row, parent)


def plain_cell(value: Any) -> str:
    """Return a value for the clipboard or a file: floats with all digits that mean something."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def rows_as_text(model: Any, rows: Sequence[int]) -> list[list[str]]:
    """Return the header and the given rows of a (proxy) model, as text."""
    columns = range(model.columnCount())
    header = [str(model.headerData(column, Qt.Horizontal)) for column in columns]
    return [header] + [[plain_cell(model.index(row, column).data()) for column in columns] for row in rows]
