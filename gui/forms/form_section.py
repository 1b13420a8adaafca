"""Part of a form: its fields in two columns under a heading."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gui.widgets.widgets import MARGIN, SIDE_WIDTH, SPACE, label

HALF_WIDTH = (SIDE_WIDTH - 2 * MARGIN - SPACE - 4) // 2  # of a section in a side panel


class Section(QWidget):
    """Cells in two columns; a hidden one leaves no hole."""

    def __init__(self, cells: Mapping[str, tuple[QWidget, bool]], heading: str = "") -> None:
        super().__init__()
        self._cells = cells
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE + 4)
        grid.setVerticalSpacing(SPACE)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 1)
        if heading:
            grid.addWidget(label(heading, "h3"), 0, 0, 1, 2)

    def arrange(self, hidden: set[str]) -> None:
        """Put the cells into their places, except those of hidden fields."""
        grid = self.layout()
        assert isinstance(grid, QGridLayout)  # noqa: S101  # for mypy
        row, column = 1, 0
        for name, (cell, wide) in self._cells.items():
            grid.removeWidget(cell)
            if name in hidden:
                cell.setParent(self)
                cell.hide()
                continue
            # Translations can be longer than half a line: then the field gets a line of its own.
            wide = wide or cell.minimumSizeHint().width() > HALF_WIDTH
            if wide and column:
                row, column = row + 1, 0
            grows = cell.sizePolicy().verticalPolicy() == QSizePolicy.Expanding
            align = Qt.Alignment() if grows else Qt.AlignTop
            grid.addWidget(cell, row, column, 1, 2 if wide else 1, align)
            # Never before it has a parent: a widget without one would become a window of its own for a moment.
            cell.show()
            row, column = (row + 1, 0) if wide or column else (row, 1)
        if self.parent() is not None:
            self.setVisible(not set(self._cells) <= hidden)
