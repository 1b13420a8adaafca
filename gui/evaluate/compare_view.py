"""Several runs side by side: test figures, curves, settings that differ, and whether they may be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import QModelIndex, Qt
from PyQt5.QtGui import QColor, QFont, QPainter
from PyQt5.QtWidgets import QCheckBox, QGridLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from fl.protocol.events import JobFailed
from fl.protocol.records import PairedRow
from fl.runs.records import RunDetail
from gui.evaluate.compare_data import LETTERS, FigureRow, curves, figure_rows, setting_rows, tag, why_not_comparable
from gui.evaluate.compare_models import ComparisonTable, PairedDelegate, PairedTable, SettingsTable
from gui.evaluate.figure_tables import FigureTable
from gui.look.theme import colours
from gui.widgets.delegates import CellDelegate, MetricDelegate
from gui.widgets.message_bar import MessageBar
from gui.widgets.pages import VerticalScrollArea
from gui.widgets.result_table import Fact, ResultTable
from gui.widgets.save_picture import SavePicture
from gui.widgets.table_models import RecordRole
from gui.widgets.widgets import MARGIN, Card, label
from gui.words import text
from gui.words.i18n import tr

if TYPE_CHECKING:
    from gui.plots.series_plot import Legend, SeriesPlot

COMPACT_WIDTH = 720


class DifferenceDelegate(CellDelegate):
    """A cell of a setting; one that differs stands out by weight and background, beside the sign before its name."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        record = index.data(RecordRole)
        if record is not None and record.differs:
            option.font.setWeight(QFont.DemiBold)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        record = index.data(RecordRole)
        if record is not None and record.differs:
            painter.fillRect(option.rect, QColor(colours().accent_soft))
        super().paint(painter, option, index)


class CompareView(QWidget):
    """The comparison of two or more runs, scrolled as one page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs: tuple[RunDetail, ...] = ()
        self.plots: dict[str, SeriesPlot] = {}
        self.legend: Legend | None = None
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MARGIN)
        self.warning = MessageBar()
        column.addWidget(self.warning)
        self.figures = ResultTable(
            ComparisonTable(self), empty_text=tr("No figures."), file_name="comparison", filtering=False
        )
        self.figures.view.setItemDelegate(MetricDelegate(self.figures.view))
        samples = dict.fromkeys(ComparisonTable.METRICS, "0.000–0.0") | {ComparisonTable.SECONDS: "100.00"}
        self.figures.column_widths({FigureTable.SCORER: 1}, samples)
        self.figures.make_compact_below(COMPACT_WIDTH, [ComparisonTable.BEST, ComparisonTable.SECONDS])
        self.figures.view.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        column.addWidget(self.figures)
        self._differences = PairedTable(self)
        self.paired = ResultTable(self._differences, empty_text="", file_name="differences", filtering=False)
        self.paired.view.setItemDelegate(PairedDelegate(self.paired.view))
        self.paired.column_widths({PairedTable.NAME: 1}, dict.fromkeys(range(1, 5), "+0.000 – +0.0"))
        self.paired.view.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.paired.set_lines(2)
        self.paired.make_compact_below(COMPACT_WIDTH, [len(PairedTable.FIELDS)])
        column.addWidget(self.paired)
        self.curves_card = Card(tr("Curves"))
        self.curves_message = MessageBar()
        self.save_button = SavePicture(self.curves_card, "curves", self.curves_message)
        self.curves_card.head.addWidget(self.save_button)
        self.curves_card.body.addWidget(self.curves_message)
        self.curves_note = label("", "small", wrap=True)
        self.curves_card.body.addWidget(self.curves_note)
        self._curves = QGridLayout()
        self._curves.setHorizontalSpacing(MARGIN)
        self._curves.setVerticalSpacing(MARGIN)
        self.curves_card.body.addLayout(self._curves)
        column.addWidget(self.curves_card)
        self.settings = ResultTable(SettingsTable(self), empty_text="", file_name="settings", filtering=False)
        self.settings.view.setItemDelegate(DifferenceDelegate(self.settings.view))
        self.settings.view.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.settings.view.horizontalHeader().setTextElideMode(Qt.ElideMiddle)
        self.only_differences = QCheckBox(tr("&Differences only"))
        self.only_differences.setChecked(True)
        self.only_differences.toggled.connect(self._show_settings)
        self.settings.head.insertWidget(1, self.only_differences)
        column.addWidget(self.settings)
        for table in (self.figures, self.paired):  # names of runs often differ at their end only
            table.view.setTextElideMode(Qt.ElideMiddle)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(VerticalScrollArea(content))

    def show_runs(self, runs: Sequence[RunDetail]) -> None:
        """Compare these runs, in this order."""
        self.runs = tuple(runs)
        reasons = why_not_comparable(runs)
        if reasons:
            told = tr("The figures of these runs should not be held against each other.")
            self.warning.show_message("warning", " ".join([told, *reasons]), closable=False)
        else:
            self.warning.clear()
        self._show_figures(bool(reasons))
        self._await_differences(bool(reasons))
        self._show_curves()
        self._show_settings()

    def _show_figures(self, apart: bool) -> None:
        rows = figure_rows(self.runs)
        sub = tr("Bold: the best. Small: 95 % intervals.")
        if apart:
            sub = tr("Each run beside popularity on its own candidates.")
        if any(row.hr is not None and not row.intervals for row in rows):
            sub += " " + tr("Evaluate a run to have intervals where there are none.")
        self.figures.set_heading(tr("Test figures"), sub)
        self.figures.set_source((), self._source_of)
        self.figures.model.set_records(rows)
        self.figures.set_lines(2 if any(row.intervals for row in rows) else 1)
        self.figures.fit_rows(len(rows))

    def _source_of(self, row: FigureRow) -> Sequence[Fact]:
        """Return protocol and data that a row is of: those of the run, or of the first that a baseline is for."""
        run = self.runs[LETTERS.index(row.run[0])]
        return [
            ("protocol", tr("Protocol"), run.info.protocol),
            ("fingerprint", tr("Data fingerprint"), run.fingerprint),
        ]

    def _await_differences(self, apart: bool) -> None:
        """Make room for the differences, which take the engine a moment; of runs that stand apart there are none."""
        self.paired.setVisible(not apart)
        shown = self.paired.model.records
        if {row.scorer for row in shown} - {"popularity"} != {run.info.name for run in self.runs[1:]}:
            self._set_differences(())
            self.paired.set_heading(self._differences_title(), tr("Scoring all users with each run…"))

    def show_differences(self, rows: Sequence[PairedRow]) -> None:
        """Show how the other runs differ from the first."""
        self.paired.set_heading(
            self._differences_title(),
            tr("Same users and candidates. ▲ ▼: the 95 % interval excludes 0."),
        )
        self._set_differences(rows)

    def show_no_differences(self, failed: JobFailed) -> None:
        """Say why there are none."""
        self.paired.set_heading(self._differences_title())
        self.paired.message.show_failure(failed)

    def _differences_title(self) -> str:
        return tr("Differences to {run}").format(run=tag(0, self.runs[0]))

    def _set_differences(self, rows: Sequence[PairedRow]) -> None:
        self._differences.set_rows({run.info.name: tag(number, run) for number, run in enumerate(self.runs)}, rows)
        self.paired.fit_rows(len(rows))
        self.paired.view.setVisible(bool(rows))

    def _show_curves(self) -> None:
        # Only now: importing pyqtgraph costs a third of a second.
        from gui.plots.series_plot import LOOKS, Legend, PlotSeries, SeriesPlot

        if self.legend is None:
            self.legend = Legend(2)
            self._curves.addWidget(self.legend, 0, 0, 1, 2)
            round_ = tr("Round {0}")
            for key, title, tip, place in (
                ("hr@10", tr("Validation HR@10"), text.help_text("hr"), (1, 0)),
                ("ndcg@10", tr("Validation NDCG@10"), text.help_text("ndcg"), (1, 1)),
                ("loss", tr("Training loss"), text.loss_help(), (2, 0)),
            ):
                self.plots[key] = SeriesPlot(title, tr("round"), round_, tip=tip)
                self._curves.addWidget(self.plots[key], *place)
            for column in (0, 1):
                self._curves.setColumnStretch(column, 1)
        names = [tag(number, run) for number, run in enumerate(self.runs)]
        for key, plot in self.plots.items():
            rounds, lines = curves(self.runs, key)
            series = [
                PlotSeries(name, line, look, short=name[0])
                for name, line, look in zip(names, lines, LOOKS, strict=False)
                if any(value is not None for value in line)
            ]
            if series:
                plot.set_data(rounds, series)
            else:
                plot.say(tr("None of these runs has recorded this."))
        self.legend.set_series([PlotSeries(n, [], look) for n, look in zip(names, LOOKS, strict=False)])
        several = len({run.settings.model for run in self.runs}) > 1
        self.curves_note.setText(tr("The loss of different models is not the same quantity.") if several else "")
        self.curves_note.setVisible(several)

    def _show_settings(self) -> None:
        every = setting_rows(self.runs)
        differing = [row for row in every if row.differs]
        only = self.only_differences.isChecked()
        rows = differing if only else every
        model = self.settings.model
        if isinstance(model, SettingsTable):
            model.set_rows([tag(number, run) for number, run in enumerate(self.runs)], rows)
        if not differing:
            sub = tr("All settings of these runs are the same.")
        else:
            sub = tr("≠ marks what differs: {count} of {all}.").format(count=len(differing), all=len(every))
        self.settings.set_heading(tr("Settings"), sub)
        # Names of settings are longer than their values.
        self.settings.column_widths({0: 5} | dict.fromkeys(range(1, 1 + len(self.runs)), 3), {})
        self.settings.fit_rows(len(rows))
        self.settings.view.setVisible(bool(rows))
