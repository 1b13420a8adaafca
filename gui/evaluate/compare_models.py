"""Item models of the comparison: runs that can be ticked, settings side by side, figures side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PyQt5.QtCore import QLocale, QModelIndex, QObject, QSortFilterProxyModel, Qt, pyqtSignal
from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QStyleOptionViewItem

from fl.protocol.records import Difference, PairedRow
from fl.runs.records import RunInfo
from gui.evaluate.compare_data import LETTERS, FigureRow, SettingRow
from gui.evaluate.figure_tables import FigureTable
from gui.widgets.delegates import CellDelegate, MetricDelegate
from gui.widgets.picker_models import RunModel
from gui.widgets.table_models import Column, IntervalRole, RecordTable, SecondLineRole, UsableRole
from gui.words import text
from gui.words.i18n import tr

LetterRole = Qt.UserRole + 20  # of a ticked run, "" for others


class RunChoices(RunModel):
    """Runs of which some are ticked, in the order of their ticks.

    Signals:
        chosen_changed: other runs are ticked, or in another order.
        full: one more was wanted than can be compared.
    """

    chosen_changed = pyqtSignal()
    full = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: list[str] = []

    def chosen(self) -> list[str]:
        """Return the names of the ticked runs."""
        return list(self._chosen)

    def choose(self, names: Sequence[str]) -> None:
        """Tick exactly these runs, as far as they are there and can be used."""
        usable = {record.name for record in self.records if self.usable(record)}
        fresh = [name for name in dict.fromkeys(names) if name in usable][: len(LETTERS)]
        if fresh != self._chosen:
            self._chosen = fresh
            self._tell()

    def set_records(self, records: Sequence[RunInfo]) -> None:
        super().set_records(records)
        self.choose(self._chosen)

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        flags = super().flags(index)
        return flags | Qt.ItemIsUserCheckable if index.isValid() and index.data(UsableRole) else flags

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.CheckStateRole, LetterRole):
            name = self.records[index.row()].name
            ticked = name in self._chosen
            if role == LetterRole:
                return LETTERS[self._chosen.index(name)] if ticked else ""
            if not self.usable(self.records[index.row()]):
                return None
            return Qt.Checked if ticked else Qt.Unchecked
        return super().data(index, role)

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.EditRole) -> bool:  # noqa: N802
        if not index.isValid() or role != Qt.CheckStateRole or not index.data(UsableRole):
            return False
        name = self.records[index.row()].name
        wanted = int(value) == Qt.Checked
        if wanted == (name in self._chosen):
            return False
        if wanted and len(self._chosen) == len(LETTERS):
            self.full.emit()
            return False
        if wanted:
            self._chosen.append(name)
        else:
            self._chosen.remove(name)
        self._tell()
        return True

    def _tell(self) -> None:
        # Letters of others move up as well.
        if self.records:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.records) - 1, 0))
        self.chosen_changed.emit()


class RunSearch(QSortFilterProxyModel):
    """A proxy that keeps runs whose name, data set, model or date contains a text."""

    def __init__(self, source: RunChoices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setSourceModel(source)

    def look_for(self, words: str) -> None:
        self._words = words.casefold().split()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # noqa: N802
        index = self.sourceModel().index(row, 0, parent)
        told = f"{index.data()} {index.data(SecondLineRole)}".casefold()
        return all(word in told for word in self._words)


class SettingsTable(RecordTable):
    """Settings of several runs, a column each. What differs has a sign before its name, not only another colour."""

    NAME = 0

    def __init__(self, parent: QObject | None = None) -> None:
        self._runs: tuple[str, ...] = ()
        super().__init__(parent)

    def make_columns(self) -> list[Column]:
        return [Column(tr("Setting")), *(Column(run, run) for run in self._runs)]

    def set_rows(self, runs: Sequence[str], rows: Sequence[SettingRow]) -> None:
        """Show these rows for runs of these names."""
        self.beginResetModel()
        self._runs = tuple(runs)
        self.columns = self.make_columns()
        self.records = tuple(rows)
        self.endResetModel()

    def cell(self, record: SettingRow, column: int) -> Any:
        if column == self.NAME:
            return f"≠ {record.name}" if record.differs else record.name
        return record.values[column - 1]

    def tip(self, record: SettingRow, column: int) -> str:
        return record.tip if column == self.NAME else record.values[column - 1]


def _figure_columns() -> list[Column]:
    """Return the columns of a run and its four figures."""
    hr, ndcg = text.help_text("hr"), text.help_text("ndcg")
    return [
        Column(tr("Run")),
        Column("HR@10", hr, numeric=True),
        Column("NDCG@10", ndcg, numeric=True),
        Column(tr("Full HR"), hr, numeric=True),
        Column(tr("Full NDCG"), ndcg, numeric=True),
    ]


class PairedTable(RecordTable):
    """Differences to the first run (fl.protocol.records.PairedRow), a sign before those that are clear."""

    NAME = 0
    FIELDS = ("hr", "ndcg", "full_hr", "full_ndcg")

    def __init__(self, parent: QObject | None = None) -> None:
        self._names: dict[str, str] = {}
        super().__init__(parent)

    def make_columns(self) -> list[Column]:
        return _figure_columns()

    def set_rows(self, names: Mapping[str, str], rows: Sequence[PairedRow]) -> None:
        """Show these rows; `names` has each run's letter and name."""
        self._names = dict(names)
        self.set_records(rows)

    def difference(self, record: PairedRow, column: int) -> Difference | None:
        """Return what a cell shows, None for that of the name."""
        return None if column == self.NAME else record.metrics[self.FIELDS[column - 1]]

    def cell(self, record: PairedRow, column: int) -> Any:
        found = self.difference(record, column)
        if found is None:
            return self._names.get(record.scorer, tr("Popularity"))
        sign = ("▲ " if found.value > 0 else "▼ ") if found.is_clear else ""
        interval = tr("{low} to {high}").format(low=text.signed(found.low), high=text.signed(found.high))
        return f"{sign}{text.signed(found.value)} ({interval})"

    def sort_key(self, record: PairedRow, column: int) -> Any:
        found = self.difference(record, column)
        return super().sort_key(record, column) if found is None else found.value

    def tip(self, record: PairedRow, column: int) -> str:
        found = self.difference(record, column)
        if found is None:
            return self._names.get(record.scorer, text.help_text("popularity"))
        interval = tr("95 % interval: {0} to {1}").format(text.signed(found.low), text.signed(found.high))
        if not found.is_clear:
            return interval + ". " + tr("It holds 0: the difference may be chance.")
        return interval

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        if role == IntervalRole and index.isValid():
            found = self.difference(self.records[index.row()], index.column())
            return None if found is None else (found.low, found.high)
        return super().data(index, role)


class PairedDelegate(MetricDelegate):
    """A difference with its interval below it, bold where it is clear."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # noqa: N802
        CellDelegate.initStyleOption(self, option, index)
        interval = index.data(IntervalRole)
        if interval is not None and (interval[0] > 0 or interval[1] < 0):
            option.font.setWeight(QFont.DemiBold)

    def displayText(self, value: object, locale: QLocale) -> str:  # noqa: N802
        return super().displayText(value, locale).partition(" (")[0]  # the interval stands below

    def interval_text(self, low: float, high: float) -> str:
        return f"{text.signed(low)} – {text.signed(high)}"


class ComparisonTable(FigureTable):
    """Test figures of several runs (gui.evaluate.compare_data.FigureRow)."""

    HR, NDCG, FULL_HR, FULL_NDCG, BEST, SECONDS = range(1, 7)
    METRICS = (HR, NDCG, FULL_HR, FULL_NDCG)
    FIELDS = ("hr", "ndcg", "full_hr", "full_ndcg", "best_round", "seconds")

    def make_columns(self) -> list[Column]:
        return [
            *_figure_columns(),
            Column(tr("Best round"), tr("The round that the validation items picked."), numeric=True),
            Column(tr("s a round"), tr("Median seconds of a round, on the machine it was trained on."), numeric=True),
        ]

    def cell(self, record: FigureRow, column: int) -> Any:
        if column == self.SCORER:
            if record.scorer == "model":
                return record.run
            return tr("Popularity") if record.rivals == "all" else tr("Popularity for {run}").format(run=record.run)
        if column == self.BEST and record.best_round is None:
            return ""
        if column == self.SECONDS and record.seconds is None:
            return ""
        return super().cell(record, column)

    def tip(self, record: FigureRow, column: int) -> str:
        return record.run if column == self.SCORER else super().tip(record, column)

    def rival_key(self, record: FigureRow) -> Any:
        return record.rivals
