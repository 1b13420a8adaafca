"""A look inside a data set before training: how much, how active the users are, how popular the items, first rows."""

from __future__ import annotations

from typing import Any

from PyQt5.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from data import registry
from fl.protocol import events as ev
from fl.protocol.records import DatasetInfo
from gui.widgets.message_bar import MessageBar
from gui.widgets.table_models import Column, RecordTable
from gui.widgets.widgets import MARGIN, SPACE, Figure, label
from gui.words import text
from gui.words.i18n import tr


class RowTable(RecordTable):
    """The first interactions (data.sketch.PreviewRow)."""

    FIELDS = ("user", "item", "title", "timestamp")

    def make_columns(self) -> list[Column]:
        return [Column(tr("User")), Column(tr("Item")), Column(tr("Title")), Column(tr("Time"))]

    def cell(self, record: Any, column: int) -> str:
        if column == len(self.FIELDS) - 1:
            return text.date(record.timestamp)
        return str(getattr(record, self.FIELDS[column]))


class PreviewDialog(QDialog):
    """Dialog with figures, charts and first rows of a data set. Opened empty; `show_preview` fills it."""

    def __init__(self, dataset: DatasetInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dataset = dataset
        self.setWindowTitle(text.title_of(dataset.title))
        self.resize(840, 600)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACE + 2)
        layout.addWidget(label(text.title_of(dataset.title), "h2"))
        licence = label(text.licence_of(dataset.licence), "small", wrap=True)
        layout.addWidget(licence)
        licence.setVisible(bool(dataset.licence))
        spec = registry.DATASETS.get(dataset.name)
        if spec is not None and spec.citation:
            layout.addWidget(label(tr("To cite: {0}").format(spec.citation), "small", wrap=True))
        self.message = MessageBar()
        layout.addWidget(self.message)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Reading the data set"))
        layout.addWidget(self.bar)
        self.content = QWidget()
        inner = QVBoxLayout(self.content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE + 2)
        row = QHBoxLayout()
        self.figures = {
            "users": Figure(tr("Users")),
            "items": Figure(tr("Items")),
            "rows": Figure(tr("Interactions")),
            "density": Figure(tr("Density"), tr("Share of all pairs of user and item that occur.")),
            "median": Figure(tr("Median user"), tr("Half of the users have at most so many interactions.")),
            "top": Figure(
                tr("Top tenth"), tr("Share of the interactions that fall on the tenth of the items chosen most.")
            ),
        }
        for figure in self.figures.values():
            row.addWidget(figure, 1)
        inner.addLayout(row)
        self.charts = QHBoxLayout()
        self.charts.setSpacing(MARGIN)
        inner.addLayout(self.charts, 1)
        self.rows_title = label(tr("First rows"), "h3")
        inner.addWidget(self.rows_title)
        self.table = RowTable(self)
        view = QTableView()
        view.setModel(self.table)
        view.setShowGrid(False)
        view.setSelectionMode(QAbstractItemView.NoSelection)
        view.verticalHeader().hide()
        view.horizontalHeader().setStretchLastSection(False)
        view.setMinimumHeight(120)
        view.setAccessibleName(tr("First rows"))
        self.view = view
        inner.addWidget(view, 1)
        self.content.hide()
        layout.addWidget(self.content, 1)
        layout.addStretch(0)
        buttons = QDialogButtonBox(QDialogButtonBox.Close)
        buttons.button(QDialogButtonBox.Close).setText(tr("&Close"))
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def show_preview(self, event: ev.DatasetPreview) -> None:
        """Show what the engine found in the data set."""
        from gui.plots.bar_plot import BarPlot

        sketch = event.sketch
        self.bar.hide()
        values = {
            "users": text.number(sketch.n_users),
            "items": text.number(sketch.n_items),
            "rows": text.number(sketch.n_rows),
            "density": f"{100 * sketch.density:.3g} %",
            "median": f"{sketch.median_activity:g}",
            "top": f"{100 * sketch.top_tenth:.0f} %",
        }
        for key, value in values.items():
            self.figures[key].set(value)
        if sketch.first:
            span = tr("from {first} to {last}").format(first=text.date(sketch.first), last=text.date(sketch.last))
            self.figures["rows"].set(values["rows"], span)
        self.activity = BarPlot(
            tr("Activity of users"),
            tr("interactions of a user"),
            lambda name, tally: tr("{users} users have {count} interactions").format(
                users=text.number(tally), count=name
            ),
            self.content,
        )
        self.popularity = BarPlot(
            tr("Popularity of items"),
            tr("interactions of an item"),
            lambda name, tally: tr("{items} items have {count} interactions").format(
                items=text.number(tally), count=name
            ),
            self.content,
        )
        for plot, histogram in ((self.activity, sketch.activity), (self.popularity, sketch.popularity)):
            plot.show_histogram(histogram)
            self.charts.addWidget(plot, 1)
        self.table.set_records(sketch.rows)
        header = self.view.horizontalHeader()
        for column, mode in enumerate(
            (
                QHeaderView.ResizeToContents,
                QHeaderView.ResizeToContents,
                QHeaderView.Stretch,
                QHeaderView.ResizeToContents,
            )
        ):
            header.setSectionResizeMode(column, mode)
        self.content.show()

    def show_failure(self, event: ev.JobFailed) -> None:
        """Say why the engine could not look."""
        self.bar.hide()
        self.message.show_failure(event, closable=False)
