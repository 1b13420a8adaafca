"""Choosing a data set, a run, a user: combo boxes and lists over the picker models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import QEvent, QItemSelectionModel, QObject, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QHelpEvent, QKeyEvent, QPaintEvent
from PyQt5.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from fl.protocol.records import DatasetInfo, UserInfo, UserOrder
from fl.runs.records import RunInfo
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.delegates import PickerDelegate
from gui.widgets.picker_models import DatasetModel, PickerModel, RunModel, UserModel
from gui.widgets.table_models import RecordRole
from gui.widgets.widgets import IconButton, SearchField, delay, label
from gui.words import text
from gui.words.i18n import tr

SEARCH_DELAY_MS = 200  # after the last key, before the engine is asked
USERS_HEIGHT = 70


class RecordBox(ChoiceBox):
    """A combo box over records with a `name`, whose list has two lines per entry. Implements forms.CustomEditor.

    The chosen name survives a refresh of the list, and may be set before the list has arrived.
    """

    changed = pyqtSignal()
    picked = pyqtSignal(object)  # record or None

    def __init__(self, model: PickerModel, empty_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""
        self._empty_text = empty_text
        self.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(9)
        view = QListView()
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        self.setView(view)
        self.records = model
        self.setModel(model)
        self.setItemDelegate(PickerDelegate(self))
        self.setPlaceholderText(empty_text)
        self.setCurrentIndex(-1)
        self.currentIndexChanged.connect(self._on_index)

    def record(self) -> Any:
        return self.currentData(RecordRole)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the box as Qt does, with a name that is too long shortened in its middle and not cut off."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.CC_ComboBox, option)
        room = self.style().subControlRect(QStyle.CC_ComboBox, option, QStyle.SC_ComboBoxEditField, self).width()
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.ElideMiddle, room - 2)
        painter.drawControl(QStyle.CE_ComboBoxLabel, option)

    def event(self, event: QEvent) -> bool:
        """Tell the whole name before what the field is for, where the mouse rests."""
        if event.type() == QEvent.ToolTip and isinstance(event, QHelpEvent):
            words = "\n".join(filter(None, [text.wrapped(self.currentText()), self.toolTip()]))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def set_records(self, records: Sequence[Any]) -> None:
        """Show a new list, keeping the choice where it is still there."""
        keep = self._wanted
        self.blockSignals(True)
        self.records.set_records(records)
        names = [record.name for record in records]
        usable = [i for i, record in enumerate(records) if self.records.usable(record)]
        index = names.index(keep) if keep in names else (usable[0] if usable else -1)
        self.setCurrentIndex(index)
        self.blockSignals(False)
        if index >= 0:
            self._wanted = names[index]
        self.setEnabled(self.isEnabled())
        self.changed.emit()
        self.picked.emit(self.record())

    def choose_later(self, name: str) -> None:
        """Choose a record that may only come with the next list."""
        self.set_form_value(name)

    def form_value(self) -> str:
        record = self.record()
        return record.name if record is not None else ""

    def set_form_value(self, value: Any) -> None:
        self._wanted = str(value)
        for row, record in enumerate(self.records.records):
            if record.name == value:
                self.setCurrentIndex(row)

    def _on_index(self, index: int) -> None:
        record = self.record()
        if record is not None:
            self._wanted = record.name
        self.changed.emit()
        self.picked.emit(record)


class DatasetBox(RecordBox):
    """A box of data sets with their state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(DatasetModel(), tr("No data set known"), parent)

    def record(self) -> DatasetInfo | None:
        return super().record()  # type: ignore[no-any-return]


class RunBox(RecordBox):
    """A box of training runs, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(RunModel(), tr("No run yet"), parent)

    def record(self) -> RunInfo | None:
        return super().record()  # type: ignore[no-any-return]


class RecordList(QListView):
    """A list of records below a search field, which keeps the keyboard.

    It asks for little height and takes what there is: on a small screen the rest of the form must stay in view.
    """

    def __init__(self, model: PickerModel, name: str, height: int) -> None:
        super().__init__()
        self._height = height
        self.setProperty("role", "framed")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(PickerDelegate(self))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().sizeHint().width(), self._height)

    def record(self) -> Any:
        """Return the chosen record, or None."""
        index = self.currentIndex()
        return index.data(RecordRole) if index.isValid() else None

    def select(self, row: int) -> None:
        """Choose a row and bring it into view."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.ClearAndSelect)
        self.scrollTo(index)

    def moved_by(self, event: QKeyEvent) -> bool:
        """Choose the next row for Down, the one before for Up.

        Return whether the key was one of them, with rows to choose from.
        """
        step = {int(Qt.Key_Down): 1, int(Qt.Key_Up): -1}.get(event.key())
        rows = self.model().rowCount()
        if step is None or not rows:
            return False
        self.select(min(max(self.currentIndex().row() + step, 0), rows - 1))
        return True


class UserPicker(QWidget):
    """A search field over a list of users. Implements forms.CustomEditor.

    Signals:
        search: the text to look for, after a short pause in typing.
        changed: another user is chosen.
        activated: Enter or double click: go.
    """

    search = pyqtSignal(str)
    changed = pyqtSignal()
    activated = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.edit = SearchField(tr("Search by id"), tr("Search users by id"))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.edit, 1)
        self.dice = IconButton("dice", tr("Pick a user at random"))
        row.addWidget(self.dice)
        self.busiest = IconButton("most-active", tr("Most active users first"))
        self.busiest.setCheckable(True)
        row.addWidget(self.busiest)
        layout.addLayout(row)
        self.model = UserModel(self)
        self.view = RecordList(self.model, tr("Users"), USERS_HEIGHT)
        layout.addWidget(self.view, 1)
        self.count = label("", "small", wrap=True)
        layout.addWidget(self.count)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Expanding)
        self._wanted = ""
        self._delay = delay(self, SEARCH_DELAY_MS, lambda: self.search.emit(self.query()))
        self.edit.textChanged.connect(lambda: self._delay.start())
        self.busiest.toggled.connect(lambda: self.search.emit(self.query()))
        self.edit.returnPressed.connect(self.activated)
        self.edit.installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.activated.connect(lambda _: self.activated.emit())

    def order(self) -> UserOrder:
        return "activity" if self.busiest.isChecked() else "id"

    def query(self) -> str:
        return self.edit.text().strip()

    def set_users(self, users: Sequence[UserInfo], total: int) -> None:
        """Show the users found. The chosen one stays while it is among them; else the first is chosen."""
        self.model.set_records(users)
        ids = [user.id for user in users]
        if ids:
            # An exactly typed id wins over "first of those that contain it".
            keep = self.query() if self.query() in ids else self._wanted
            # Who asks for the most active wants to see them, not where the one chosen before stands.
            row = ids.index(keep) if keep in ids and self.order() == "id" else 0
            self.view.select(row)
        if not total:
            self.count.setText(tr('No user id contains "{query}".').format(query=self.query()) if self.query() else "")
        elif len(users) < total:
            self.count.setText(
                tr("{shown} of {total} users; type to narrow down").format(
                    shown=text.number(len(users)), total=text.number(total)
                )
            )
        else:
            self.count.setText(tr("%Ln users", n=total))
        self.changed.emit()

    def say(self, message: str) -> None:
        """Empty the list and say why."""
        self.model.set_records(())
        self.count.setText(message)
        self.changed.emit()

    def forget(self) -> None:
        """Empty the list and what was searched for: other users come."""
        self.edit.blockSignals(True)
        self.edit.clear()
        self.edit.blockSignals(False)
        self._delay.stop()
        self._wanted = ""
        self.say("")

    def record(self) -> UserInfo | None:
        return self.view.record()  # type: ignore[no-any-return]

    def pick_row(self, row: int) -> None:
        self.view.select(row)

    def form_value(self) -> str:
        record = self.record()
        return record.id if record is not None else ""

    def set_form_value(self, value: Any) -> None:
        self._wanted = str(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Move through the list below with Up and Down in the search field."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.KeyPress:
            return self.view.moved_by(event)
        return False

    def _on_current(self) -> None:
        record = self.record()
        if record is not None:
            self._wanted = record.id
        self.changed.emit()
