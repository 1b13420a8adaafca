"""Choice of a trained run: a box that opens a searchable table with data set, model, date and HR."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import QEvent, QObject, QPoint, Qt
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QVBoxLayout, QWidget

from fl.runs.records import RunInfo
from gui.look.icons import icon
from gui.look.theme import colours
from gui.widgets.pickers import RunBox
from gui.widgets.rows_view import rows_view
from gui.widgets.table_models import Column, RecordRole, RecordTable, SortProxy
from gui.widgets.widgets import SPACE, SearchField, label
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr

POPUP_WIDTH, MOST_ROWS = 640, 8


class RunTable(RecordTable):
    """Training runs (fl.runs.records.RunInfo)."""

    NAME, DATASET, MODEL, DATE, HR = range(5)

    def make_columns(self) -> list[Column]:
        return [
            Column(tr("Run")),
            Column(tr("Data set")),
            Column(tr("Model")),
            Column(tr("Trained")),
            Column(
                tr("HR@10"), tr("Of the held-out test items; of the validation items while there are no test figures.")
            ),
        ]

    def cell(self, record: RunInfo, column: int) -> Any:
        if column == self.HR:
            value = record.metrics.get("hr@10", record.metrics.get("valid_hr@10"))
            return "–" if value is None else text.metric(value) + (" *" if record.left_out else "")
        return (
            record.name,
            text.dataset_title(record.dataset),
            text.model_title(record.model),
            text.date_time(record.created),
        )[column]

    def tip(self, record: RunInfo, column: int) -> str:
        return "\n".join(filter(None, [super().tip(record, column), said(record.problem), said(record.left_out)]))

    def shown(self, record: RunInfo, column: int, role: int) -> Any:
        if role == Qt.DecorationRole:  # a mark on what cannot be read
            return icon("warning", colours().warning) if column == self.NAME and not record.dataset else None
        return super().shown(record, column, role)


class RunPopup(QFrame):
    """The searchable table below the box. Enter or a click chooses, Escape closes."""

    def __init__(self, box: RunPicker) -> None:
        # Not the box: the style sheet would take the table for a combo box's own list.
        super().__init__(box.window(), Qt.Popup)
        self._box = box
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        self.search = SearchField(tr("Search runs by name, data set, model or date"), tr("Search runs"))
        layout.addWidget(self.search)
        self.table = RunTable(self)
        self.proxy = SortProxy(self.table, self)
        self.view = rows_view(self.proxy, tr("Trained runs"))
        self.view.setTextElideMode(Qt.ElideMiddle)
        self.view.setSelectionMode(QAbstractItemView.SingleSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setSectionResizeMode(RunTable.NAME, QHeaderView.Stretch)
        layout.addWidget(self.view)
        self.count = label("", "small")
        layout.addWidget(self.count)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.view.installEventFilter(self)
        self.view.clicked.connect(lambda _: self._choose())

    def open_below(self, box: QWidget) -> None:
        self.table.set_records(self._box.records.records)
        self.search.clear()
        self._filter()
        rows = min(MOST_ROWS, max(2, len(self.table.records)))
        row_height = self.view.itemDelegate().sizeHint(self._option(), self.proxy.index(0, 0)).height()
        self.view.verticalHeader().setDefaultSectionSize(row_height)
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + rows * row_height + SPACE)
        self.adjustSize()
        self.resize(max(box.width(), POPUP_WIDTH), self.sizeHint().height())
        corner = box.mapToGlobal(QPoint(0, box.height() + 2))
        screen = QApplication.screenAt(corner) or QApplication.primaryScreen()
        if screen is not None:
            room = screen.availableGeometry()
            corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
            if corner.y() + self.height() > room.bottom():
                corner.setY(max(room.top(), room.bottom() - self.height()))
        self.move(corner)
        self.show()
        self.view.scrollTo(self.view.currentIndex())
        self.search.setFocus()

    def _option(self) -> Any:
        return self.view.viewOptions()

    def _filter(self) -> None:
        self.proxy.setFilterFixedString(self.search.text().strip())
        total, shown = len(self.table.records), self.proxy.rowCount()
        self.count.setText(
            tr("{shown} of %Ln runs", n=total).format(shown=text.number(shown))
            if shown < total
            else tr("%Ln runs", n=total)
        )
        names = [self.proxy.index(row, 0).data() for row in range(shown)]
        current = self._box.form_value()
        if names:
            self.view.selectRow(names.index(current) if current in names else 0)

    def _choose(self) -> None:
        index = self.view.currentIndex()
        record = index.data(RecordRole) if index.isValid() else None
        self._box.hidePopup()
        if record is not None:
            self._box.set_form_value(record.name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.KeyPress:
            if event.key() in (Qt.Key_Return, Qt.Key_Enter):
                self._choose()
                return True
            step = {int(Qt.Key_Down): 1, int(Qt.Key_Up): -1}.get(event.key())
            if watched is self.search and step is not None and self.proxy.rowCount():
                row = min(max(self.view.currentIndex().row() + step, 0), self.proxy.rowCount() - 1)
                self.view.selectRow(row)
                return True
        return False


class RunPicker(RunBox):
    """A run box whose list can be searched and sorted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._popup: RunPopup | None = None

    def popup(self) -> RunPopup:
        """Return the table that the box opens."""
        if self._popup is None:
            self._popup = RunPopup(self)
        return self._popup

    def showPopup(self) -> None:  # noqa: N802
        if self.records.records:
            self.popup().open_below(self)

    def hidePopup(self) -> None:  # noqa: N802
        if self._popup is not None:
            self._popup.hide()
        super().hidePopup()
