"""The axes of a CurvePlot: its curves, marks and reference lines drawn with pyqtgraph.

Imported only when there is something to draw: pyqtgraph and NumPy cost a third of a second.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PyQt5.QtCore import QEvent, QObject, QSize, pyqtSignal
from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QLabel

from gui.look.theme import colours
from gui.plots.curve import DASHES, HEIGHT, MARKS, REFERENCE_DASHES, Curve
from gui.plots.plot_axes import PlotAxes
from gui.words.i18n import tr


class _RoundAxis(pg.AxisItem):
    """An axis of whole numbers: there are no ticks between two rounds."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N802, N803
        return [level for level in super().tickSpacing(minVal, maxVal, size) if level[0] >= 1] or [(1, 0)]


class _ValueAxis(pg.AxisItem):
    """An axis that writes values with their unit, where they have one."""

    def __init__(self, show: Callable[[float], str] | None) -> None:
        super().__init__("left")
        self._show = show

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        if self._show is None:
            return list(super().tickStrings(values, scale, spacing))
        return [self._show(value) if value >= 0 else "" for value in values]


class _Canvas(pg.PlotWidget):
    """A canvas that takes the room there is and asks for no more than it needs (pyqtgraph asks for 640 x 480)."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, HEIGHT)


class CurveAxes(PlotAxes):
    """Axes for curves over rounds.

    Signals:
        zoomed: the person chose what the axes show.
        reset: the person wants to see everything again.
    """

    zoomed = pyqtSignal()
    reset = pyqtSignal()

    def __init__(
        self,
        curves: Sequence[Curve],
        words: QLabel,
        name: str,
        show: Callable[[float], str] | None,
        readout: Callable[[int], str],
    ) -> None:
        """
        Args:
            curves: the lines.
            words: stand in the place of the axes until there is a value.
            name: the accessible name.
            show: writes a value on the axis; None for plain numbers.
            readout: returns the words of the box under the mouse about the index-th round, as rich text.
        """
        canvas = _Canvas(axisItems={"bottom": _RoundAxis("bottom"), "left": _ValueAxis(show)})
        canvas.setMinimumHeight(HEIGHT)
        tip = tr("Wheel: zoom. Drag: move. Double click: show everything. Values appear under the mouse.")
        super().__init__(canvas, words, name, tip, 40 if show is None else 56, readout)
        self.curves = list(curves)
        self.plot.getViewBox().sigRangeChangedManually.connect(self.zoomed)
        self.lines = {curve.key: self.plot.plot([], []) for curve in self.curves}
        self.dots = {
            curve.key: pg.ScatterPlotItem(size=9, symbol=mark)
            for curve, mark in zip(self.curves, itertools.cycle(MARKS), strict=False)
        }
        self.references: dict[str, pg.InfiniteLine] = {}
        for dots in self.dots.values():
            self.plot.addItem(dots)
        self.add_cursor()
        canvas.installEventFilter(self)

    def set_references(self, values: dict[str, float]) -> None:
        """Draw dashed horizontal lines, each in the colour of the curve with the same key."""
        for line in self.references.values():
            self.plot.removeItem(line)
        self.references = {key: pg.InfiniteLine(pos=value, angle=0, movable=False) for key, value in values.items()}
        for line in self.references.values():
            self.plot.addItem(line)

    def draw(self, rounds: Sequence[int], values: dict[str, list[float]], best: int | None) -> None:
        """Show the curves over these rounds, nan for a gap, and mark the best round."""
        self.places = [float(number) for number in rounds]
        x = np.asarray(self.places)
        # A single point makes no line: show it as a dot, or the first round seems not to have happened.
        at = [rounds.index(best)] if best in rounds else [0] if len(rounds) == 1 else []
        for key, line in self.lines.items():
            y = np.asarray(values[key])
            line.setData(x, y, connect="finite")
            spots = [i for i in at if y[i] == y[i]]  # pyqtgraph warns of places that are none
            self.dots[key].setData(x[spots], y[spots])
        self.show_plot(any(value == value for series in values.values() for value in series))

    def recolour(self, font: QFont, x_label: str) -> None:
        super().recolour(font, x_label)
        c = colours()
        dense = self.devicePixelRatioF()  # pyqtgraph's pens count device pixels
        for curve, dashes in zip(self.curves, itertools.cycle(DASHES), strict=False):
            self.lines[curve.key].setPen(curve.pen(c, dashes, 2.0 * dense))
            self.dots[curve.key].setBrush(pg.mkBrush(getattr(c, curve.colour)))
            self.dots[curve.key].setPen(pg.mkPen(c.surface, width=2))
            if curve.key in self.references:
                self.references[curve.key].setPen(curve.pen(c, REFERENCE_DASHES, 1.4 * dense))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.MouseButtonDblClick:
            self.reset.emit()
            return True
        return super().eventFilter(watched, event)
