"""The page of sweeps: the sweeps at the left, the table of the chosen one at the right."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import QLocale, QModelIndex, QObject, Qt, pyqtSignal
from PyQt5.QtGui import QFont, QShowEvent
from PyQt5.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QStyleOptionViewItem, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import DescribeSweeps, ForgetSweep
from fl.protocol.records import Spread, SweepRow, SweepTable
from fl.settings.train import TrainSettings
from gui.engine.client import EngineClient
from gui.widgets.delegates import CellDelegate, MetricDelegate
from gui.widgets.message_bar import MessageBar
from gui.widgets.pages import SidePanel, page
from gui.widgets.result_table import ResultTable
from gui.widgets.table_models import Column, IntervalRole, RecordTable
from gui.widgets.widgets import MARGIN, SPACE, Card, EmptyState, button, label, overlay_empty_text
from gui.words import text
from gui.words.i18n import tr

METRICS = ("valid_hr@10", "valid_ndcg@10", "hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10")
COMPACT_WIDTH = 690  # without columns for settings


def with_deviation(value: Spread | None) -> str:
    """Return "0.612 ± 0.004", without the deviation where there is one seed."""
    if value is None:
        return "–"
    shown = text.metric(value.mean)
    return shown if value.deviation is None else f"{shown} ± {text.metric(value.deviation)}"


class SweepModel(RecordTable):
    """The combinations of a sweep (fl.protocol.records.SweepRow), a column for each setting that is varied."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.sweep: SweepTable | None = None
        super().__init__(parent)

    @property
    def varied(self) -> list[str]:
        """The settings that are varied."""
        return [] if self.sweep is None else list(self.sweep.rows[0].values)

    def make_columns(self) -> list[Column]:
        declared = TrainSettings.declared()
        hr, ndcg = text.help_text("hr"), text.help_text("ndcg")
        return [
            *(Column(text.setting_title(declared[name])) for name in self.varied),
            Column(tr("Runs"), tr("How many of the runs have finished."), numeric=True),
            Column(tr("Valid. HR"), tr("HR@10 of the validation items: choose settings by these."), numeric=True),
            Column(tr("Valid. NDCG"), tr("NDCG@10 of the validation items."), numeric=True),
            Column("HR@10", hr, numeric=True),
            Column("NDCG@10", ndcg, numeric=True),
            Column(tr("Full HR"), hr, numeric=True),
            Column(tr("Full NDCG"), ndcg, numeric=True),
        ]

    def show_sweep(self, sweep: SweepTable) -> None:
        """Show the combinations of a sweep."""
        self.beginResetModel()
        self.sweep = sweep
        self.columns = self.make_columns()
        self.records = sweep.rows
        self.endResetModel()

    def cell(self, record: SweepRow, column: int) -> Any:
        place = column - len(self.varied)
        if place < 0:
            name = self.varied[column]
            return text.setting_value(TrainSettings.declared()[name], record.values[name])
        if place == 0:
            return f"{record.finished}/{len(record.runs)}"
        metric = METRICS[place - 1]
        return ("★ " if self._is_best(record, metric) else "") + with_deviation(record.metrics.get(metric))

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        place = index.column() - len(self.varied)
        if role == IntervalRole and index.isValid() and place > 0:
            found = self.records[index.row()].metrics.get(METRICS[place - 1])
            return None if found is None or found.deviation is None else (found.deviation, found.deviation)
        return super().data(index, role)

    def sort_key(self, record: SweepRow, column: int) -> Any:
        place = column - len(self.varied)
        if place > 0:
            found = record.metrics.get(METRICS[place - 1])
            return -1.0 if found is None else found.mean
        return super().sort_key(record, column)

    def tip(self, record: SweepRow, column: int) -> str:
        place = column - len(self.varied)
        if place == 0:
            return ", ".join(record.runs)
        ends = record.intervals.get(METRICS[place - 1]) if place > 0 else None
        return tr("95 % interval: {0} to {1}").format(*map(text.metric, ends)) if ends else super().tip(record, column)

    def _is_best(self, record: SweepRow, metric: str) -> bool:
        best = None if self.sweep is None else self.sweep.best.get(metric)
        return best is not None and self.sweep is not None and self.sweep.rows[best] == record


class SpreadDelegate(MetricDelegate):
    """A mean with its deviation below it, bold where it is clearly the best."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # noqa: N802
        CellDelegate.initStyleOption(self, option, index)
        if str(index.data()).startswith("★"):
            option.font.setWeight(QFont.DemiBold)

    def displayText(self, value: object, locale: QLocale) -> str:  # noqa: N802
        return super().displayText(value, locale).partition(" ± ")[0]

    def interval_text(self, low: float, high: float) -> str:
        return f"± {text.metric(low)}"


class SweepsPanel(QWidget):
    """Sweeps to choose from, and what the chosen one has found.

    Signals:
        back: the person wants to evaluate one run again.
        train: (tuple of TrainSettings) the runs that are missing are to be trained.
    """

    back = pyqtSignal()
    train = pyqtSignal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self._job = ""
        self.sweeps: tuple[SweepTable, ...] = ()
        self.side = SidePanel(tr("Sweeps"))
        self.side.fields.addWidget(
            label(tr("Trainings repeated with several seeds, and with several values of settings."), "small", wrap=True)
        )
        self.list = QListWidget()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName(tr("Sweeps"))
        self.list.setTextElideMode(Qt.ElideMiddle)
        overlay_empty_text(self.list, tr("No sweep yet."))
        self.side.fields.addWidget(self.list, 1)
        self.message = MessageBar()
        self.go_on_button = button(tr("&Go on with what is missing"), "primary")
        self.forget_button = button(tr("Take off this &list"), tip=tr("The runs stay."))
        self.back_button = button(tr("Back to &one run"))
        self.side.foot.addWidget(self.message)
        self.side.foot.addWidget(self.go_on_button)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.forget_button, 1)
        row.addWidget(self.back_button, 1)
        self.side.foot.addLayout(row)

        whole, column = page(self.side)
        whole.layout().setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        card = Card()
        self.empty = EmptyState(
            tr("No sweep yet"),
            tr('Under Train, "Repeat and vary…" trains with several seeds and several values of settings.'),
        )
        card.body.addWidget(self.empty)
        self.model = SweepModel(self)
        self.table = ResultTable(self.model, empty_text=tr("No figures."), file_name="sweep", filtering=False)
        self.table.view.setItemDelegate(SpreadDelegate(self.table.view))
        self.table.set_lines(2)
        self.stack.addWidget(card)
        self.stack.addWidget(self.table)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(whole)
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.go_on_button.clicked.connect(self._go_on)
        self.forget_button.clicked.connect(self._forget)
        self.back_button.clicked.connect(self.back)
        client.state_changed.connect(lambda _: self._show())
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask what the sweeps have found by now."""
        self.client.forget(self._job)
        if self.client.state.up:
            self._job = self.client.ask(DescribeSweeps(), self._on_sweeps, self.message.show_failure)

    def _on_sweeps(self, event: ev.SweepTables) -> None:
        chosen = self.chosen()
        self.sweeps = event.sweeps
        names = [one.settings.name for one in self.sweeps]
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems(names)
        if names:
            before = chosen.settings.name if chosen is not None else ""
            self.list.setCurrentRow(names.index(before) if before in names else 0)
        self.list.blockSignals(False)
        self._show()

    def chosen(self) -> SweepTable | None:
        """Return the sweep that is looked at."""
        row = self.list.currentRow()
        return self.sweeps[row] if 0 <= row < len(self.sweeps) else None

    def _show(self) -> None:
        found = self.chosen()
        up = self.client.state.up
        self.go_on_button.setEnabled(found is not None and bool(found.missing) and up)
        self.forget_button.setEnabled(found is not None and up)
        self.stack.setCurrentIndex(0 if found is None else 1)
        if found is None:
            return
        self.model.show_sweep(found)
        varied = len(self.model.varied)
        shares = dict.fromkeys(range(varied), 1)
        self.table.column_widths(
            shares or {0: 1}, {varied: "00/00"} | dict.fromkeys(range(varied + 1, varied + 7), "★ 0.000")
        )
        self.table.make_compact_below(COMPACT_WIDTH + 75 * varied, [varied + 5, varied + 6])
        last = found.settings.first_seed + found.settings.seeds - 1
        seeds = tr("seeds {first} to {last}").format(first=found.settings.first_seed, last=last)
        parts = [
            seeds if found.settings.seeds > 1 else tr("seed {0}").format(last),
            tr("mean ± standard deviation over the seeds"),
            tr("★: its 95 % interval lies above all others"),
        ]
        if found.missing:
            parts.insert(0, tr("{n} missing").format(n=len(found.missing)))
        self.table.set_heading(found.settings.name, " · ".join(parts))

    def _go_on(self) -> None:
        found = self.chosen()
        if found is not None and found.missing:
            self.train.emit(found.missing)

    def _forget(self) -> None:
        found = self.chosen()
        if found is not None:
            self.client.ask(ForgetSweep(name=found.settings.name), self._on_sweeps, self.message.show_failure)
