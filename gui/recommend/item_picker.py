"""Picking of items: a search that completes while typing, and the list of the picked ones."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QObject, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from fl.protocol.records import ItemInfo
from gui.widgets.picker_models import PickerModel
from gui.widgets.pickers import SEARCH_DELAY_MS, RecordList
from gui.widgets.tips import set_tip
from gui.widgets.widgets import ElidedLabel, IconButton, SearchField, button, delay, label, overlay_empty_text
from gui.words.i18n import tr

FOUND_HEIGHT, PICKED_HEIGHT = 104, 66


class ItemModel(PickerModel):
    """Items of a data set (fl.protocol.records.ItemInfo)."""

    def main_line(self, record: ItemInfo) -> str:
        return record.title

    def second_line(self, record: ItemInfo) -> str:
        return ", ".join(record.genres)

    def state(self, record: ItemInfo) -> str:
        return tr("%Ln users", n=record.n_users)


class _PickedList(QListWidget):
    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().sizeHint().width(), PICKED_HEIGHT)


class ItemPicker(QWidget):
    """A search field, the items found, and the items picked.

    Signals:
        search: the text to look for, after a short pause in typing.
        changed: an item was picked or taken off.
    """

    search = pyqtSignal(str)
    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picked: list[ItemInfo] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.edit = SearchField(tr("Search items by title or id"), tr("Search items to pick"))
        layout.addWidget(self.edit)
        self.model = ItemModel(self)
        self.view = RecordList(self.model, tr("Items found"), FOUND_HEIGHT)
        set_tip(self.view, tr("Enter or a click adds the item."))
        self.view.setMinimumHeight(FOUND_HEIGHT)
        layout.addWidget(self.view, 3)
        self.count = label("", "small", wrap=True)
        layout.addWidget(self.count)
        head = QHBoxLayout()
        self.picked_label = label("", "field")
        head.addWidget(self.picked_label, 1)
        self.clear_button = button(tr("Remove all"), "link")
        head.addWidget(self.clear_button)
        layout.addLayout(head)
        self.list = _PickedList()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName(tr("Picked items"))
        self.list.setMinimumHeight(PICKED_HEIGHT)
        set_tip(self.list, tr("Delete takes the chosen item off."))
        overlay_empty_text(self.list, tr("Nothing picked yet"))
        layout.addWidget(self.list, 2)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Expanding)

        self._delay = delay(self, SEARCH_DELAY_MS, lambda: self.search.emit(self.query()))
        self.edit.textChanged.connect(lambda: self._delay.start())
        self.edit.returnPressed.connect(self.pick_current)
        self.edit.installEventFilter(self)
        self.list.installEventFilter(self)
        self.view.installEventFilter(self)
        self.view.clicked.connect(lambda _: self.pick_current())
        self.clear_button.clicked.connect(self.clear)
        self._show_picked()

    def query(self) -> str:
        return self.edit.text().strip()

    def ids(self) -> list[str]:
        """Return the ids of the picked items, oldest first."""
        return [one.id for one in self.picked]

    # --- what was found -----------------------------------------------------------------------------------------

    def set_items(self, items: Sequence[ItemInfo], total: int) -> None:
        """Show the items found."""
        self.model.set_records(items)
        if items:
            self.view.select(0)
        if not total:
            self.count.setText(tr('No title contains "{0}".').format(self.query()))
        elif len(items) < total:
            self.count.setText(tr("{shown} of %Ln items; type to narrow down", n=total).format(shown=len(items)))
        else:
            self.count.setText(tr("%Ln items", n=total))

    def say(self, message: str) -> None:
        """Empty the list of found items and say why."""
        self.model.set_records(())
        self.count.setText(message)

    # --- picking ------------------------------------------------------------------------------------------------

    def pick_current(self) -> None:
        """Pick the item that is marked in the list of found ones."""
        if self._delay.isActive():  # what is marked belongs to an older text
            self._delay.stop()
            self.search.emit(self.query())
            return
        item = self.view.record()
        if item is not None:
            self.pick(item)
            self.edit.selectAll()

    def pick(self, item: ItemInfo) -> None:
        if item.id not in self.ids():
            self.picked.append(item)
            self._show_picked()
            self.list.scrollToBottom()
            self.changed.emit()

    def remove(self, item: str) -> None:
        """Take an item off, by its id."""
        left = [one for one in self.picked if one.id != item]
        if len(left) < len(self.picked):
            self.picked = left
            self._show_picked()
            self.changed.emit()

    def clear(self) -> None:
        if self.picked:
            self.picked = []
            self._show_picked()
            self.changed.emit()

    def _show_picked(self) -> None:
        self.list.clear()
        for one in self.picked:
            row = QWidget()
            layout = QHBoxLayout(row)
            layout.setContentsMargins(8, 0, 2, 0)
            layout.setSpacing(4)
            title = ElidedLabel()
            title.setText(one.title)
            layout.addWidget(title, 1)
            close = IconButton("close", tr("Take off {title}").format(title=one.title))
            close.clicked.connect(lambda _, item=one.id: QTimer.singleShot(0, lambda: self.remove(item)))
            layout.addWidget(close)
            entry = QListWidgetItem(self.list)
            entry.setData(Qt.AccessibleTextRole, one.title)
            entry.setSizeHint(QSize(10, row.sizeHint().height()))
            self.list.setItemWidget(entry, row)
        self.picked_label.setText(tr("Picked: %Ln items", n=len(self.picked)) if self.picked else tr("Picked"))
        self.clear_button.setVisible(bool(self.picked))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.KeyPress:
            return False
        if watched is self.edit:
            return self.view.moved_by(event)
        if watched is self.view and event.key() in (Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space):
            self.pick_current()
            return True
        if watched is self.list and event.key() in (Qt.Key_Delete, Qt.Key_Backspace):
            row = self.list.currentRow()
            if 0 <= row < len(self.picked):
                self.remove(self.picked[row].id)
                self.list.setCurrentRow(min(row, len(self.picked) - 1))
                return True
        return False
