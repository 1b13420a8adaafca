"""Item models. Columns have names, numbers stay numbers, and display, sorting and the record itself are separate roles.

Delegates (gui/widgets/delegates.py) turn the numbers into text and bars; copying and exporting write them in full
precision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from fl.protocol.records import HistoryItem, RankedItem
from gui.words import text
from gui.words.i18n import tr

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


class RecordTable(QAbstractTableModel):
    """A table over a tuple of records. Subclasses say what a column shows (`cell`) and sorts by (`sort_key`)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.records: tuple[Any, ...] = ()
        self.columns = self.make_columns()

    def make_columns(self) -> list[Column]:
        raise NotImplementedError

    def cell(self, record: Any, column: int) -> Any:
        """The value: a str, int or float."""
        raise NotImplementedError

    def sort_key(self, record: Any, column: int) -> Any:
        value = self.cell(record, column)
        return value.casefold() if isinstance(value, str) else value

    def tip(self, record: Any, column: int) -> str:
        value = self.cell(record, column)
        return value if isinstance(value, str) else ""

    def set_records(self, records: Sequence[Any]) -> None:
        self.beginResetModel()
        self.records = tuple(records)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self.records[index.row()], index.column()
        match role:
            case Qt.DisplayRole:
                return self.cell(record, column)
            case Qt.ToolTipRole:
                return self.tip(record, column) or None
            case Qt.TextAlignmentRole:
                side = Qt.AlignRight if self.columns[column].numeric else Qt.AlignLeft
                return int(side | Qt.AlignVCenter)
        if role == SortRole:
            return self.sort_key(record, column)
        if role == RecordRole:
            return record
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole) -> Any:  # noqa: N802
        if orientation != Qt.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.DisplayRole:
                return column.title
            case Qt.ToolTipRole:
                return column.tip or None
            case Qt.TextAlignmentRole:
                return int((Qt.AlignRight if column.numeric else Qt.AlignLeft) | Qt.AlignVCenter)
        return None


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
    """What a user has rated (fl.protocol.records.HistoryItem), newest first as it comes."""

    TITLE, GENRES, DATE = range(3)

    def make_columns(self) -> list[Column]:
        return [Column(tr("Title")), Column(tr("Genres")), Column(tr("Date"))]

    def cell(self, record: HistoryItem, column: int) -> Any:
        return (record.title, ", ".join(record.genres), text.date(record.timestamp))[column]

    def sort_key(self, record: HistoryItem, column: int) -> Any:
        # Several items can share a day: sort by the second.
        return record.timestamp if column == self.DATE else super().sort_key(record, column)


class SortProxy(QSortFilterProxyModel):
    """Sorts by SortRole and keeps rows that contain a text in any column."""

    def __init__(self, source: RecordTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(source)
        self.setSortRole(SortRole)
        self.setFilterKeyColumn(-1)
        self.setFilterCaseSensitivity(Qt.CaseInsensitive)
        self._wanted: Callable[[Any], bool] | None = None

    def set_condition(self, wanted: Callable[[Any], bool] | None) -> None:
        """Keep only rows whose record this says True of, beside those that contain the text."""
        self._wanted = wanted
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # noqa: N802
        source = self.sourceModel()
        if self._wanted is not None and isinstance(source, RecordTable) and not self._wanted(source.records[row]):
            return False
        return super().filterAcceptsRow(row, parent)


def plain_cell(value: Any) -> str:
    """A value for the clipboard or a file: floats with all digits that mean something."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def rows_as_text(model: Any, rows: Sequence[int]) -> list[list[str]]:
    """Header and the given rows of a (proxy) model, as text."""
    columns = range(model.columnCount())
    header = [str(model.headerData(column, Qt.Horizontal)) for column in columns]
    return [header] + [[plain_cell(model.index(row, column).data()) for column in columns] for row in rows]
