"""Buttons of which one is chosen, to switch between two or three views; below each other where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSize, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QBoxLayout, QButtonGroup, QSizePolicy, QWidget

from gui.widgets.widgets import button


class Segments(QWidget):
    """A row of buttons of which exactly one is chosen.

    Signals:
        chosen: another segment is chosen, by its number.
    """

    chosen = pyqtSignal(int)

    def __init__(self, texts: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._row = QBoxLayout(QBoxLayout.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for number, text in enumerate(texts):
            one = button(text, "segment")
            one.setCheckable(True)
            one.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
            place = "first" if number == 0 else "last" if number == len(texts) - 1 else "middle"
            one.setProperty("place", place)
            self._group.addButton(one, number)
            self._row.addWidget(one)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(lambda number, on: self.chosen.emit(number) if on else None)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        hints = [one.minimumSizeHint() for one in self._group.buttons()]
        return QSize(max(hint.width() for hint in hints), self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        fits = sum(one.minimumSizeHint().width() for one in self._group.buttons()) <= self.width()
        direction = QBoxLayout.LeftToRight if fits else QBoxLayout.TopToBottom
        if direction != self._row.direction():
            self._row.setDirection(direction)
            self.updateGeometry()

    def current(self) -> int:
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        self._group.button(number).setChecked(True)

    def set_text(self, number: int, text: str) -> None:
        self._group.button(number).setText(text)

    def segment(self, number: int) -> QWidget:
        """Return the button of a segment."""
        return self._group.button(number)
