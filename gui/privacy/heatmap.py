"""Heatmaps with pyqtgraph: one crop of a table, its colour scale with numbers. Imported only when one is shown."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PyQt5.QtCore import QPointF, QRect, QSize, Qt
from PyQt5.QtGui import QColor, QImage, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fl.runs.records import Heatmap
from gui.look.theme import colours, theme
from gui.widgets.widgets import label
from gui.words.i18n import tr

# Both are made for people who do not tell red from green (Kovesi 2015; Nunez et al. 2018), and come with pyqtgraph.
DIVERGING, SEQUENTIAL = "CET-CBD1", "cividis"
# Updates have few large values: the scale ends here, and what lies beyond has the colour of its end.
PERCENTILE = 98.0


def limit_of(*tables: NDArray[np.float64]) -> float:
    """Return a symmetric, positive end of the scale that most values of the tables lie within."""
    sizes = np.abs(np.concatenate([table.ravel() for table in tables]))
    return float(np.percentile(sizes, PERCENTILE)) or float(sizes.max(initial=0.0)) or 1.0


class ColourScale(QWidget):
    """The colours of a heatmap with three numbers below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: NDArray[np.uint8] = np.zeros((1, 3), np.uint8)
        self._marks: tuple[str, ...] = ()
        theme().changed.connect(self.update)

    def show_scale(self, table: NDArray[np.uint8], marks: tuple[str, ...]) -> None:
        self._table, self._marks = np.ascontiguousarray(table[:, :3]), marks
        self.setAccessibleName(tr("Colour scale: {numbers}").format(numbers=", ".join(marks)))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(100, 16 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.SmoothPixmapTransform)
        n = len(self._table)
        pixels = self._table.tobytes()  # the image only refers to them
        image = QImage(pixels, n, 1, 3 * n, QImage.Format_RGB888)
        painter.drawImage(QRect(0, 2, self.width(), 9), image)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        painter.setPen(QColor(colours().muted))
        below = QRect(0, 13, self.width(), self.height() - 13)
        for mark, side in zip(self._marks, (Qt.AlignLeft, Qt.AlignHCenter, Qt.AlignRight), strict=False):
            painter.drawText(below, int(side | Qt.AlignTop), mark)


class HeatmapView(QWidget):
    """A crop with its scale and the value under the mouse. `heading` and `words` are labels to be placed above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Heatmap | None = None
        self._values: NDArray[np.float64] = np.zeros((0, 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.heading = label("", "h3", wrap=True)
        self.words = label("", "small", wrap=True)
        self.widget = pg.PlotWidget()
        self.widget.setBackground(None)
        self.widget.setMinimumHeight(190)
        # As high as there is room, and not as pyqtgraph would like it: the scale below it stays in view.
        self.widget.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Ignored)
        self.plot = self.widget.getPlotItem()
        self.plot.hideButtons()
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.invertY(True)  # the first item on top
        self.image = pg.ImageItem(axisOrder="row-major")
        self.plot.addItem(self.image)
        self.plot.setLabel("bottom", tr("dimension"))
        self.plot.setLabel("left", tr("item"))
        self.plot.getAxis("left").setWidth(46)
        # The label of the first row is higher than the row: without room above, its upper half is cut off.
        self.plot.setContentsMargins(0, self.fontMetrics().height() // 2, 0, 0)
        self.scale = ColourScale()
        # Room for two lines from the start: three pictures beside each other leave little width for a long number, and
        # the pictures must not move under the mouse.
        self.readout = label("", "small", wrap=True)
        self.readout.setMinimumHeight(2 * self.readout.fontMetrics().lineSpacing())
        for part in (self.heading, self.words, self.readout):
            part.setAlignment(Qt.AlignLeft | Qt.AlignTop)
        layout.addWidget(self.widget, 1)
        layout.addWidget(self.scale)
        layout.addWidget(self.readout)
        self.widget.scene().sigMouseMoved.connect(self._on_mouse)
        theme().changed.connect(self._recolour)
        self._recolour()

    def show_picture(self, picture: Heatmap, heading: str, words: str, limit: float | None) -> None:
        """Show a crop.

        Args:
            picture: the values.
            heading: what it is.
            words: a sentence about it.
            limit: end of a scale around zero; None for a scale from 0 to 1.
        """
        self._picture, self._values = picture, np.array(picture.values, np.float64)
        self.heading.setText(heading)
        self.words.setText(words)
        self.widget.setAccessibleName(heading)
        self.widget.setAccessibleDescription(words)
        name, low, high = (SEQUENTIAL, 0.0, 1.0) if limit is None else (DIVERGING, -limit, limit)
        table = pg.colormap.get(name).getLookupTable(nPts=256)
        self.image.setImage(self._values, autoLevels=False)
        self.image.setLookupTable(table)
        self.image.setLevels((low, high))
        # Ends hold what lies beyond as well.
        beyond = limit is not None and bool(np.abs(self._values).max(initial=0.0) > limit)
        middle = (low + high) / 2
        ends = ("≤ ", "≥ ") if beyond else ("", "")
        self.scale.show_scale(table, (f"{ends[0]}{low:.2g}", f"{middle:.2g}", f"{ends[1]}{high:.2g}"))
        rows, columns = self._values.shape
        step = max(1, rows // 5)
        self.plot.getAxis("left").setTicks([[(row + 0.5, str(picture.items[row])) for row in range(0, rows, step)]])
        self.plot.getAxis("bottom").setTicks([[(c + 0.5, str(c + 1)) for c in range(7, columns, 8)]])
        self.plot.setXRange(0, columns, padding=0)
        self.plot.setYRange(0, rows, padding=0)
        self.readout.setText(tr("Values appear under the mouse."))

    def value_at(self, row: int, column: int) -> str:
        """Return the words about a cell."""
        assert self._picture is not None  # noqa: S101  # for mypy
        return tr("item {item}, dimension {dimension}: {value}").format(
            item=self._picture.items[row], dimension=column + 1, value=f"{self._values[row, column]:.4g}"
        )

    def _on_mouse(self, position: QPointF) -> None:
        at = self.plot.getViewBox().mapSceneToView(position)
        row, column = int(np.floor(at.y())), int(np.floor(at.x()))
        rows, columns = self._values.shape
        if 0 <= row < rows and 0 <= column < columns:
            self.readout.setText(self.value_at(row, column))

    def _recolour(self) -> None:
        self.widget.resetCachedContent()  # Qt does not make the ground anew for another palette
        c = colours()
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setPen(pg.mkPen(c.border))
            axis.setTextPen(pg.mkPen(c.muted))
