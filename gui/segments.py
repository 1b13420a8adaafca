"""A row of buttons of which one is chosen: for switching between two or three views."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from gui.widgets import button


class Segments(QWidget):
    """Signals:
    chosen: another segment is chosen, by its number.
    """

    chosen = pyqtSignal(int)

    def __init__(self, texts: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for number, text in enumerate(texts):
            one = button(text, "segment")
            one.setCheckable(True)
            one.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
            place = "first" if number == 0 else "last" if number == len(texts) - 1 else "middle"
            one.setProperty("place", place)
            self._group.addButton(one, number)
            row.addWidget(one)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(lambda number, on: self.chosen.emit(number) if on else None)

    def current(self) -> int:
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        self._group.button(number).setChecked(True)

    def set_text(self, number: int, text: str) -> None:
        self._group.button(number).setText(text)

    def segment(self, number: int) -> QWidget:
        """The button of a segment."""
        return self._group.button(number)
