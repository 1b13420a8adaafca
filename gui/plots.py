"""Live curves with pyqtgraph.

Imported only when the first plot is about to be shown: pyqtgraph costs a third of a second.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PyQt5.QtCore import QEvent, QPointF, QSize, QTimer
from PyQt5.QtGui import QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.colours import Colours
from gui.flow_layout import FlowLayout
from gui.i18n import tr
from gui.plot_axes import PlotAxes
from gui.theme import colours, theme
from gui.widgets import SPACE, IconButton, label

CALM_ROUNDS = 100  # runs up to this length have a fixed axis
HEIGHT = 120  # pixels at least; more where there is room
REDRAW_MS = 250  # at most four repaints a second, however fast rounds come


@dataclass(frozen=True)
class Curve:
    """One line of a plot: key of its values, its name, which colour of the theme it has."""

    key: str
    name: str
    colour: str  # attribute of theme.Colours
    tip: str = ""

    def pen(self, c: Colours, dashes: Sequence[float] = (), width: float = 2.0) -> QPen:
        pen = pg.mkPen(getattr(c, self.colour), width=width)
        if dashes:
            pen.setDashPattern(list(dashes))
        return pen


# Colour is never the only sign: a plot's curves differ in their dashes and in the shape of their marks too. Reference
# lines have dashes of their own.
DASHES: tuple[tuple[float, ...], ...] = ((), (6, 2, 1.5, 2), (1.5, 2))
MARKS = ("o", "d", "s")
REFERENCE_DASHES = (5, 4)


class _Swatch(QWidget):
    """The piece of line in the legend."""

    def __init__(self, curve: Curve, dashes: Sequence[float]) -> None:
        super().__init__()
        self._curve, self._dashes = curve, dashes
        self.setFixedSize(QSize(26, 12))
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        pen = self._curve.pen(colours(), self._dashes)
        pen.setCosmetic(False)
        painter.setPen(pen)
        painter.drawLine(QPointF(1, 6), QPointF(25, 6))


class _LegendEntry(QWidget):
    """A piece of line and its name."""

    def __init__(self, curve: Curve, dashes: Sequence[float]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(_Swatch(curve, dashes))
        row.addWidget(label(curve.name, "small", tip=curve.tip))


class _RoundAxis(pg.AxisItem):
    """Rounds are whole numbers: no ticks between them."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N802, N803
        return [level for level in super().tickSpacing(minVal, maxVal, size) if level[0] >= 1] or [(1, 0)]


class _ValueAxis(pg.AxisItem):
    """Values with their unit, where they have one."""

    def __init__(self, show: Callable[[float], str] | None) -> None:
        super().__init__("left")
        self._show = show

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        if self._show is None:
            return list(super().tickStrings(values, scale, spacing))
        return [self._show(value) if value >= 0 else "" for value in values]


class _Canvas(pg.PlotWidget):
    """Takes the room there is, and asks for no more than it needs (pyqtgraph asks for 640 x 480)."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, HEIGHT)


class CurvePlot(QWidget):
    """Curves over rounds with a heading, a legend, values under the mouse and optional horizontal reference lines.

    Values may be added at any rate; painting happens every REDRAW_MS at most.
    """

    def __init__(
        self,
        title: str,
        curves: Sequence[Curve],
        empty_text: str,
        *,
        tip: str = "",
        show: Callable[[float], str] | None = None,
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            title: heading, "" for none.
            curves: the lines.
            empty_text: stands in the place of the axes until there is a value.
            tip: explains the heading.
            show: a value as people read it, also on the axis; None for four decimals.
            accessible_name: where there is no heading.
        """
        super().__init__(parent)
        self._show = show or "{:.4f}".format
        self._zoomed = False  # the person chose the axes: new rounds do not change them
        self.curves = list(curves)
        self._y: dict[str, list[float]] = {curve.key: [] for curve in self.curves}
        self._reference: dict[str, float] = {}
        self._best: int | None = None
        self._rounds = 0
        self._first = 1

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label(title, "h3", tip=tip))
        head.addStretch(1)
        self.reset_button = IconButton("expand", tr("Show everything"))
        self.reset_button.setIconSize(QSize(14, 14))
        self.reset_button.setProperty("kind", "tiny")
        self.reset_button.clicked.connect(self.show_everything)
        self.reset_button.hide()
        head.addWidget(self.reset_button)
        legend = FlowLayout(6, 0)
        if len(self.curves) > 1:
            for curve, dashes in zip(self.curves, itertools.cycle(DASHES), strict=False):
                legend.addWidget(_LegendEntry(curve, dashes))
        self._reference_legend = _LegendEntry(Curve("", tr("popularity"), "muted"), REFERENCE_DASHES)
        self._reference_legend.hide()
        legend.addWidget(self._reference_legend)
        head.addLayout(legend)
        layout.addLayout(head)

        self.widget = _Canvas(axisItems={"bottom": _RoundAxis("bottom"), "left": _ValueAxis(show)})
        self.widget.setMinimumHeight(HEIGHT)
        self.axes = PlotAxes(
            self.widget,
            title or accessible_name,
            tr("Wheel: zoom. Drag: move. Double click: show everything. Values appear under the mouse."),
            40 if show is None else 56,
            self.readout,
        )
        self.axes.words.setText(empty_text)
        layout.addWidget(self.axes, 1)
        self.plot = self.axes.plot
        self.plot.getViewBox().sigRangeChangedManually.connect(self._on_zoom)
        self._items = {curve.key: self.plot.plot([], []) for curve in self.curves}
        self._dots = {
            curve.key: pg.ScatterPlotItem(size=9, symbol=mark)
            for curve, mark in zip(self.curves, itertools.cycle(MARKS), strict=False)
        }
        self._lines: dict[str, pg.InfiniteLine] = {}
        for dots in self._dots.values():
            self.plot.addItem(dots)
        self.axes.add_cursor()
        self.widget.installEventFilter(self)
        self.widget.viewport().installEventFilter(self)

        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW_MS)
        self._redraw.timeout.connect(self.redraw_now)
        theme().changed.connect(self._recolour)
        self._recolour()
        self.clear(0)

    # --- data ---------------------------------------------------------------------------------------------------

    def clear(self, rounds: int, first: int = 1) -> None:
        """Forget the curves; the x axis runs over `rounds` rounds."""
        self.axes.x.clear()
        for values in self._y.values():
            values.clear()
        self._rounds, self._first, self._best = rounds, first, None
        self.set_reference({})
        self._zoomed = False
        self.redraw_now()

    def set_reference(self, values: dict[str, float]) -> None:
        """Dashed horizontal lines in the colour of the curve with the same key."""
        for line in self._lines.values():
            self.plot.removeItem(line)
        self._lines.clear()
        self._reference = {key: value for key, value in values.items() if key in self._y}
        for key, value in self._reference.items():
            self._lines[key] = pg.InfiniteLine(pos=value, angle=0, movable=False)
            self.plot.addItem(self._lines[key])
        self._reference_legend.setVisible(bool(self._reference))
        self._recolour()

    def add(self, round_: int, values: dict[str, float], best: int | None = None) -> None:
        """Append the values of one round; curves without a value get a gap. `best` is marked with a dot."""
        self.axes.x.append(round_)
        for key, series in self._y.items():
            series.append(values.get(key, float("nan")))
        self._best = best
        if not self._redraw.isActive():
            self._redraw.start()

    def end_at(self, round_: int) -> None:
        """The run is over after this round: no room for more."""
        self._rounds = round_
        self.redraw_now()

    def points(self, key: str) -> list[tuple[float, float]]:
        return list(zip(self.axes.x, self._y[key], strict=True))

    def redraw_now(self) -> None:
        self._redraw.stop()
        x = np.asarray(self.axes.x)
        for curve in self.curves:
            y = np.asarray(self._y[curve.key])
            # A single point makes no line: show it as a dot, or the first round seems not to have happened.
            self._items[curve.key].setData(x, y, connect="finite")
            at = [self.axes.x.index(self._best)] if self._best in self.axes.x else [0] if len(x) == 1 else []
            self._dots[curve.key].setData([x[i] for i in at], [y[i] for i in at])
        self.axes.show_plot(bool(self.axes.x))
        if not self._zoomed:
            self.show_everything()

    def _on_zoom(self) -> None:
        self._zoomed = True
        self.reset_button.show()

    def show_everything(self) -> None:
        """Axes that hold all rounds and all values, reference lines included, with a little air."""
        self._zoomed = False
        self.reset_button.hide()
        values = [v for series in self._y.values() for v in series if v == v] + list(self._reference.values())
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        room = max(high - low, 0.02) * 0.08
        self.plot.setYRange(low - room, high + room, padding=0)
        # A long run would squeeze its first rounds into a corner: then the axis grows with the rounds.
        done = max((int(x) for x in self.axes.x), default=self._first)
        last = max(min(self._rounds, max(CALM_ROUNDS, done * 3 // 2)), self._first + 1)
        first = self._first
        self.plot.setXRange(first, last, padding=0.02)

    # --- looks --------------------------------------------------------------------------------------------------

    def _recolour(self) -> None:
        c = colours()
        dense = self.devicePixelRatioF()  # pyqtgraph's pens count device pixels
        self.axes.recolour(self.font(), tr("round"))
        for curve, dashes in zip(self.curves, itertools.cycle(DASHES), strict=False):
            self._items[curve.key].setPen(curve.pen(c, dashes, 2.0 * dense))
            self._dots[curve.key].setBrush(pg.mkBrush(getattr(c, curve.colour)))
            self._dots[curve.key].setPen(pg.mkPen(c.surface, width=2))
            if curve.key in self._lines:
                self._lines[curve.key].setPen(curve.pen(c, REFERENCE_DASHES, 1.4 * dense))

    # --- values under the mouse ---------------------------------------------------------------------------------

    def readout(self, index: int) -> str:
        """What the box under the mouse says about the index-th point."""
        c = colours()
        lines = [f"<b>{tr('Round {0}').format(int(self.axes.x[index]))}</b>"]
        for curve in self.curves:
            value = self._y[curve.key][index]
            if value == value:
                lines.append(
                    f"<span style='color:{getattr(c, curve.colour)}'>●</span> {curve.name} {self._show(value)}"
                )
        return "<br>".join(lines)

    def eventFilter(self, watched: object, event: QEvent | None) -> bool:  # noqa: N802
        if event is not None and event.type() == QEvent.MouseButtonDblClick:
            self.show_everything()
            return True
        return False
