"""A field for the path of a file: typed, chosen in a dialog, or dropped on it."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtGui import QDragEnterEvent, QDropEvent
from PyQt5.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.widgets.file_dialogs import ask_open
from gui.widgets.widgets import SPACE, button
from gui.words.i18n import tr


class FileField(QWidget):
    """A line with the path and a button that opens a dialog. Implements forms.CustomEditor.

    Args:
        title: of the dialog.
        filters: of the dialog, as Qt writes them.
        place: what the dialog remembers its folder by.

    Signals:
        changed: another path stands in the line.
    """

    changed = pyqtSignal()

    def __init__(self, title: str, filters: str, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = (title, filters, place)
        self.line = QLineEdit()
        self.line.textChanged.connect(self.changed)
        self.browse = button(tr("Choose…"))
        self.browse.clicked.connect(self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.browse)
        self.setFocusProxy(self.line)
        self.setAcceptDrops(True)
        self.line.setAcceptDrops(False)  # it would take the address as text

    def form_value(self) -> str:
        return self.line.text().strip()

    def set_form_value(self, value: Any) -> None:
        self.line.setText(str(value))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _choose(self) -> None:
        chosen = ask_open(self, *self._ask)
        if chosen:
            self.line.setText(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.line.setText(next(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()))
        event.acceptProposedAction()
