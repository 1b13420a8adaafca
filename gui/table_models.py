"""Item models. Columns have names, numbers stay numbers, and display, sorting and the record itself are separate roles.

Delegates (gui/delegates.py) turn the numbers into text and bars; copying and exporting write them in full precision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PyQt5.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from fl.events import DatasetInfo, HistoryItem, RankedItem, RunInfo, UserInfo
from gui import text
from gui.i18n import tr

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
    """Ranked items (fl.events.RankedItem)."""

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
    """What a user has rated (fl.events.HistoryItem), newest first as it comes."""

    TITLE, GENRES, DATE = range(3)

    def make_columns(self) -> list[Column]:
        return [Column(tr("Title")), Column(tr("Genres")), Column(tr("Date"))]

    def cell(self, record: HistoryItem, column: int) -> Any:
        return (record.title, ", ".join(record.genres), text.date(record.timestamp))[column]

    def sort_key(self, record: HistoryItem, column: int) -> Any:
        # Several items can share a day: sort by the second.
        return record.timestamp if column == self.DATE else super().sort_key(record, column)


def scorer_name(scorer: str, item_view: str) -> str:
    """The model with the items it scores with, or a baseline, in words."""
    if scorer != "model":
        names = {"popularity": tr("Popularity")}
        return names.get(scorer, scorer.replace("_", " ").capitalize())
    if item_view == "fine-tuned":
        return tr("Model, fine-tuned items")
    return tr("Model, personal items") if item_view == "personal" else tr("Model, global items")


def scorer_tip(scorer: str, item_view: str) -> str:
    if scorer == "popularity":
        return text.help_text("popularity")
    if scorer != "model":
        return ""
    if item_view == "fine-tuned":
        return tr("Every user scores with the items as their own last training left them.")
    if item_view == "personal":
        return tr("Every user scores with the shared items and the personal ones added to them.")
    return tr("Every user scores with the shared item embeddings.")


class FigureTable(RecordTable):
    """A table of figures whose records say who ranked: `scorer`, `item_view` and `k`. Subclasses name the fields."""

    SCORER = 0
    METRICS: tuple[int, ...] = ()  # columns whose best value is worth pointing out
    FIELDS: tuple[str, ...] = ()  # record attributes of the columns after the first

    def cell(self, record: Any, column: int) -> Any:
        if column == self.SCORER:
            return scorer_name(record.scorer, record.item_view)
        value = getattr(record, self.FIELDS[column - 1])
        return "–" if value is None else value

    def tip(self, record: Any, column: int) -> str:
        if column == self.SCORER:
            return scorer_tip(record.scorer, record.item_view)
        interval = self.interval(record, column)
        return tr("95 % interval: {0} to {1}").format(*map(text.metric, interval)) if interval else ""

    def interval(self, record: Any, column: int) -> tuple[float, float] | None:
        """The uncertainty of a cell, where it is known."""
        intervals: dict[str, tuple[float, float]] = getattr(record, "intervals", {})
        return intervals.get(self.FIELDS[column - 1]) if column != self.SCORER else None

    def has_values(self, column: int) -> bool:
        return any(not isinstance(self.cell(record, column), str) for record in self.records)

    def rival_key(self, record: Any) -> Any:
        """Records with the same key compete for the best value."""
        return record.k

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        if role == IntervalRole and index.isValid():
            return self.interval(self.records[index.row()], index.column())
        if role == RivalRole and index.isValid():
            return self.rival_key(self.records[index.row()])
        return super().data(index, role)


class MetricTable(FigureTable):
    """Evaluation figures (fl.events.MetricRow): one row per scorer and K."""

    K, HR, NDCG, MRR, FULL_HR, FULL_NDCG, FULL_MRR = range(1, 8)
    METRICS = (HR, NDCG, MRR, FULL_HR, FULL_NDCG, FULL_MRR)
    FIELDS = ("k", "hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")

    def make_columns(self) -> list[Column]:
        hr, ndcg, mrr = (text.help_text(name) for name in ("hr", "ndcg", "mrr"))
        return [
            Column(tr("Ranked by")),
            Column(tr("K"), tr("Length of the list that is looked at."), numeric=True),
            Column(tr("HR@K"), hr, numeric=True),
            Column(tr("NDCG@K"), ndcg, numeric=True),
            Column(tr("MRR@K"), mrr, numeric=True),
            Column(tr("Full HR"), hr, numeric=True),
            Column(tr("Full NDCG"), ndcg, numeric=True),
            Column(tr("Full MRR"), mrr, numeric=True),
        ]


class GroupTable(FigureTable):
    """Figures for groups of users (fl.events.GroupRow)."""

    GROUP, USERS, K, HR, NDCG, FULL_HR, FULL_NDCG = range(1, 8)
    METRICS = (HR, NDCG, FULL_HR, FULL_NDCG)
    FIELDS = ("label", "n_users", "k", "hr", "ndcg", "full_hr", "full_ndcg")

    def make_columns(self) -> list[Column]:
        hr, ndcg = (text.help_text(name) for name in ("hr", "ndcg"))
        return [
            Column(tr("Ranked by")),
            Column(tr("Group")),
            Column(tr("Users"), numeric=True),
            Column(tr("K"), numeric=True),
            Column(tr("HR@K"), hr, numeric=True),
            Column(tr("NDCG@K"), ndcg, numeric=True),
            Column(tr("Full HR"), hr, numeric=True),
            Column(tr("Full NDCG"), ndcg, numeric=True),
        ]

    def cell(self, record: Any, column: int) -> Any:
        if column == self.GROUP:
            return tr("{kind}: {group}").format(kind=tr(record.kind), group=record.label)
        return super().cell(record, column)

    def rival_key(self, record: Any) -> Any:
        return record.k, record.kind, record.label


class ReachTable(FigureTable):
    """What scorers show to whom (fl.events.ReachRow)."""

    K, COVERAGE, NOVELTY, PERCENTILE, GINI = range(1, 6)
    METRICS = ()
    FIELDS = ("k", "coverage", "novelty", "popularity_percentile", "gini")

    def make_columns(self) -> list[Column]:
        return [
            Column(tr("Ranked by")),
            Column(tr("K"), numeric=True),
            Column(tr("Coverage"), tr("Share of all items that anybody is shown."), numeric=True),
            Column(tr("Novelty"), tr("In bits: how rare the shown items are."), numeric=True),
            Column(
                tr("Popularity"),
                tr("Mean popularity of the shown items, as a percentile: 50 for random lists, 100 for bestsellers."),
                numeric=True,
            ),
            Column(
                tr("Gini"),
                tr("How unevenly items are shown: 0 all alike, 1 one item for everybody."),
                numeric=True,
            ),
        ]


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


class PickerModel(QAbstractListModel):
    """A list of records to pick from: a main line, a quiet second line and a short state each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.records: tuple[Any, ...] = ()

    def main_line(self, record: Any) -> str:
        raise NotImplementedError

    def second_line(self, record: Any) -> str:
        raise NotImplementedError

    def state(self, record: Any) -> str:
        return ""

    def usable(self, record: Any) -> bool:
        return True

    def set_records(self, records: Sequence[Any]) -> None:
        self.beginResetModel()
        self.records = tuple(records)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.records)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record = self.records[index.row()]
        if role in (Qt.DisplayRole, Qt.EditRole):
            return self.main_line(record)
        if role in (SecondLineRole, Qt.ToolTipRole):
            return self.second_line(record)
        if role == Qt.AccessibleTextRole:
            return ", ".join(part for part in (self.main_line(record), self.second_line(record)) if part)
        if role == StateRole:
            return self.state(record)
        if role == RecordRole:
            return record
        if role == UsableRole:
            return self.usable(record)
        return None


class DatasetModel(PickerModel):
    """Data sets (fl.events.DatasetInfo)."""

    def main_line(self, record: DatasetInfo) -> str:
        return text.title_of(record.title)

    def second_line(self, record: DatasetInfo) -> str:
        return " · ".join(text.extent(record.n_users, record.n_items, record.n_rows))

    def state(self, record: DatasetInfo) -> str:
        if not record.available:
            return tr("not in this version")
        return tr("ready") if record.status == "ready" else tr("download")

    def usable(self, record: DatasetInfo) -> bool:
        return record.available


class RunModel(PickerModel):
    """Training runs (fl.events.RunInfo), newest first as they come."""

    def main_line(self, record: RunInfo) -> str:
        return record.name

    def second_line(self, record: RunInfo) -> str:
        if record.problem:
            return record.problem
        parts = [
            text.dataset_title(record.dataset),
            text.model_title(record.model),
            text.date_time(record.created),
            tr("round {0} of {1}").format(record.rounds, record.epochs),
        ]
        if record.protocol == "published":
            parts.append(tr("published protocol"))
        return " · ".join(parts)

    def state(self, record: RunInfo) -> str:
        if record.problem:
            return tr("cannot be used")
        if "hr@10" in record.metrics:
            return tr("HR@10 {0}").format(text.metric(record.metrics["hr@10"]))
        names = {
            "running": tr("running"),
            "stopped": tr("stopped"),
            "cancelled": tr("cancelled"),
            "failed": tr("failed"),
            "interrupted": tr("interrupted"),
        }
        return names.get(record.state, "")

    def usable(self, record: RunInfo) -> bool:
        return not record.problem and record.rounds > 0


class UserModel(PickerModel):
    """Users of a run (fl.events.UserInfo)."""

    def main_line(self, record: UserInfo) -> str:
        return record.id

    def second_line(self, record: UserInfo) -> str:
        return ""

    def state(self, record: UserInfo) -> str:
        return tr("%Ln train items", n=record.n_items)  # the history has the validation item as well


def plain_cell(value: Any) -> str:
    """A value for the clipboard or a file: floats with all digits that mean something."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def rows_as_text(model: Any, rows: Sequence[int]) -> list[list[str]]:
    """Header and the given rows of a (proxy) model, as text."""
    columns = range(model.columnCount())
    header = [str(model.headerData(column, Qt.Horizontal)) for column in columns]
    return [header] + [[plain_cell(model.index(row, column).data()) for column in columns] for row in rows]
