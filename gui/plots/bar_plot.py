"""Histograms with pyqtgraph, imported only when one is about to be shown."""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from data.sketch import Histogram
from gui.look.theme import colours, theme
from gui.widgets.widgets import label

MOST_TICKS = 9


def bin_name(low: int, next_low: int) -> str:
    """Return the values that a bin holds in words: "3", "4–5"."""
    return str(low) if next_low == low + 1 else f"{low}–{next_low - 1}"


class BarPlot(QWidget):
    """A histogram, for example of the number of items per user, over bins that widen with the values.

    The figures of a bar appear under the mouse.

    Args:
        title: the heading above the plot.
        axis: the name of what the bins count.
        sentence: makes a sentence of a bar, given the name of its bin and its tally.
    """

    def __init__(
        self, title: str, axis: str, sentence: Callable[[str, int], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sentence = sentence
        self._histogram = Histogram((1, 2), (0,))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(title, "h3"))
        self.widget = pg.PlotWidget()
        self.widget.setBackground(None)
        self.widget.setMinimumHeight(150)
        self.widget.setAccessibleName(title)
        layout.addWidget(self.widget, 1)
        self.plot = self.widget.getPlotItem()
        self.plot.hideButtons()
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setLabel("bottom", axis)
        self.bars = pg.BarGraphItem(x=[], height=[], width=0.86)
        self.plot.addItem(self.bars)
        self.plot.getAxis("left").setZValue(-1)  # its grid lines stay behind the bars
        self._readout = QLabel(self.widget)
        self._readout.setAttribute(Qt.WA_TransparentForMouseEvents)
        self._readout.hide()
        self.widget.scene().sigMouseMoved.connect(self._on_mouse)
        theme().changed.connect(self._recolour)
        self._recolour()

    def show_histogram(self, histogram: Histogram) -> None:
        """Draw a histogram in place of the one before."""
        self._histogram = histogram
        places = list(range(len(histogram.counts)))
        self.bars.setOpts(x=places, height=list(histogram.counts))
        step = -(-len(places) // MOST_TICKS)
        self.plot.getAxis("bottom").setTicks([[(place, str(histogram.edges[place])) for place in places[::step]]])
        self.plot.setXRange(-0.6, len(places) - 0.4, padding=0)
        self.plot.setYRange(0, max(histogram.counts, default=1) * 1.05 or 1, padding=0)

    def words(self, place: int) -> str:
        """Return the sentence about the bar at a place."""
        edges = self._histogram.edges
        return self._sentence(bin_name(edges[place], edges[place + 1]), self._histogram.counts[place])

    def _on_mouse(self, position: QPointF) -> None:
        place = round(self.plot.getViewBox().mapSceneToView(position).x())
        if not self.plot.sceneBoundingRect().contains(position) or not 0 <= place < len(self._histogram.counts):
            self._readout.hide()
            return
        self._readout.setText(self.words(place))
        self._readout.adjustSize()
        at = self.widget.mapFromScene(position)
        left = min(at.x() + 12, self.widget.width() - self._readout.width() - 4)
        self._readout.move(max(2, left), max(2, at.y() - self._readout.height() - 6))
        self._readout.show()

    def _recolour(self) -> None:
        c = colours()
        for name in ("left", "bottom"):
            self.plot.getAxis(name).setPen(pg.mkPen(c.border))
            self.plot.getAxis(name).setTextPen(pg.mkPen(c.muted))
        self.plot.showGrid(x=False, y=True, alpha=0.25)
        self.bars.setOpts(brush=pg.mkBrush(c.curve_hr), pen=pg.mkPen(None))
        self._readout.setStyleSheet(
            f"background: {c.surface}; border: 1px solid {c.border_strong}; border-radius: 6px; padding: 4px 8px;"
        )
