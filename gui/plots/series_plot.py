"""A plot of finished figures: lines or bars of several series, told apart by colour, dashes and symbol.

Imported only when a plot is about to be shown, because pyqtgraph costs a third of a second. Live curves are in
gui/plots/curve_plot.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pyqtgraph as pg
from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PyQt5.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols

from gui.look.theme import colours, theme
from gui.plots.plot_axes import PlotAxes
from gui.widgets.widgets import SPACE, ElidedLabel, clear_layout, label, quiet_words
from gui.words.i18n import tr

HEIGHT = 220
DODGE = 0.07  # of a step: interval bars of several series beside each other
MOST_SYMBOLS = 12  # of a line; more would hide it
BARS_WIDTH = 0.74  # of a step, for all bars of a label together


@dataclass(frozen=True)
class Look:
    """The signs by which a series is known.

    Attributes:
        colour: the attribute of Colours that it is drawn in.
        dashes: of its line, measured in line widths; none make a solid line.
        symbol: of its points, by pyqtgraph's name.
        filling: how opaque its bars are, 0 to 1. (Hatched bars would be stretched with the axes.)
    """

    colour: str
    dashes: tuple[float, ...]
    symbol: str
    filling: float

    def fill(self) -> QColor:
        """Return the colour that fills a bar."""
        colour = QColor(getattr(colours(), self.colour))
        colour.setAlphaF(self.filling)
        return colour

    def pen(self, width: float = 2.0) -> QPen:
        """Return the pen that draws the line."""
        pen: QPen = pg.mkPen(getattr(colours(), self.colour), width=width)
        if self.dashes:
            pen.setDashPattern(list(self.dashes))
        return pen


LOOKS = (
    Look("curve_hr", (), "o", 1.0),
    Look("curve_ndcg", (5, 3), "s", 0.3),
    Look("curve_loss", (1.5, 2.5), "t", 0.65),
    Look("curve_4", (7, 3, 1.5, 3), "d", 0.15),
    Look("curve_5", (3, 2), "x", 0.8),
    Look("curve_6", (9, 4), "star", 0.45),
)
BASELINE = Look("muted", (4, 3), "+", 0.0)


@dataclass(frozen=True)
class PlotSeries:
    """One line, or one kind of bar.

    Attributes:
        name: its name in the legend.
        values: one for each place on the x axis; None leaves a gap.
        look: its colour and its other signs.
        intervals: (low, high) of each value, or None; there may be fewer of them than values.
        short: its name among the values under the mouse; "" for `name`.
    """

    name: str
    values: Sequence[float | None]
    look: Look
    intervals: Sequence[tuple[float, float] | None] = ()
    short: str = ""


class _Canvas(pg.PlotWidget):
    """A canvas that takes no more room than a plot needs (pyqtgraph asks for 640 x 480) and lets the page scroll."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class SeriesPlot(QWidget):
    """A titled plot. Places on the x axis are numbers (rounds), or evenly spaced labels (K, groups).

    Args:
        title: the heading, which is its accessible name too.
        x_label: the label of the x axis.
        x_name: names a place on the x axis among the values under the mouse: "K = {0}".
        bars: draw bars from zero instead of lines.
    """

    def __init__(
        self, title: str, x_label: str, x_name: str, *, tip: str = "", bars: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._x_label, self._x_name, self._bars = x_label, x_name, bars
        self.top = 0.0  # the axis reaches at least this value, for plots that stand beside each other
        self.places: list[float | str] = []
        self.series: list[PlotSeries] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        self.heading = label(title, "h3", tip=tip)
        layout.addWidget(self.heading)
        self.widget = _Canvas()
        self.widget.setFixedHeight(HEIGHT)
        self.widget.setMouseEnabled(x=False, y=False)
        hint = tr("Values appear under the mouse.")
        self.axes = PlotAxes(self.widget, quiet_words(), title, hint, 42, self.readout)
        self.axes.cursor_wanted = not bars
        layout.addWidget(self.axes, 1)
        self.plot = self.axes.plot
        theme().changed.connect(self.redraw)

    def set_title(self, title: str) -> None:
        """Give the plot another heading."""
        self.heading.setText(title)
        self.widget.setAccessibleName(title)

    def set_data(self, places: Sequence[float | str], series: Sequence[PlotSeries], *, even: bool = False) -> None:
        """Show these series.

        Args:
            places: the places on the x axis.
            series: one line, or one kind of bar, each.
            even: space the places evenly and label each.
        """
        self.places, self.series = list(places), list(series)
        labelled = even or self._bars or any(isinstance(place, str) for place in places)
        numbers = [float(i) for i in range(len(places))] if labelled else [float(place) for place in places]
        ticks = [[(x, str(place)) for x, place in zip(numbers, self.places, strict=True)]] if labelled else None
        self.axes.places = numbers
        self.plot.getAxis("bottom").setTicks(ticks)
        self.redraw()

    def say(self, words: str) -> None:
        """Show words in the place of axes without a line."""
        self.places, self.series, self.axes.places = [], [], []
        self.axes.words.setText(words)
        self.axes.show_plot(False)

    # --- drawing ------------------------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw everything anew, for example in the colours of another theme."""
        self.axes.clear()
        self.axes.recolour(self.font(), self._x_label)
        if not self.series:
            return
        for number, one in enumerate(self.series):
            (self._draw_bars if self._bars else self._draw_line)(number, one)
        self._fit()
        self.axes.show_plot(True)

    def _draw_line(self, number: int, one: PlotSeries) -> None:
        c = colours()
        dense = self.devicePixelRatioF()  # pyqtgraph's pens count device pixels
        dodge = (number - (len(self.series) - 1) / 2) * DODGE if any(one.intervals) else 0.0
        x = np.asarray(self.axes.places) + dodge
        y = np.asarray([math.nan if value is None else value for value in one.values], dtype=float)
        self.plot.plot(x, y, pen=one.look.pen(2.0 * dense), connect="finite")
        colour = getattr(c, one.look.colour)
        bars = [(i, ends) for i, ends in enumerate(one.intervals) if ends is not None and one.values[i] is not None]
        if bars:
            at = [i for i, _ in bars]
            self.plot.addItem(
                pg.ErrorBarItem(
                    x=x[at],
                    y=y[at],
                    bottom=y[at] - np.asarray([ends[0] for _, ends in bars]),
                    top=np.asarray([ends[1] for _, ends in bars]) - y[at],
                    beam=0.06,
                    pen=pg.mkPen(colour, width=1.4 * dense),
                )
            )
        known = np.flatnonzero(np.isfinite(y))
        shown = known[:: math.ceil(len(known) / MOST_SYMBOLS) or 1]
        dots = pg.ScatterPlotItem(x[shown], y[shown], symbol=one.look.symbol, size=9)
        dots.setBrush(pg.mkBrush(colour))
        dots.setPen(pg.mkPen(c.surface, width=1))
        self.plot.addItem(dots)

    def _draw_bars(self, number: int, one: PlotSeries) -> None:
        width = BARS_WIDTH / len(self.series)
        x = np.asarray(self.axes.places) + (number - (len(self.series) - 1) / 2) * width
        known = [i for i, value in enumerate(one.values) if value is not None]
        colour = QColor(getattr(colours(), one.look.colour))
        self.plot.addItem(
            pg.BarGraphItem(
                x=x[known],
                height=[one.values[i] for i in known],
                width=width * 0.86,
                pen=pg.mkPen(colour, width=1.5 * self.devicePixelRatioF()),
                brush=one.look.fill(),
            )
        )

    def _fit(self) -> None:
        """Fit the axes to all values and intervals, with a little air."""
        values = [v for one in self.series for v in one.values if v is not None]
        values += [end for one in self.series for ends in one.intervals if ends is not None for end in ends]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        low, high = (0.0 if self._bars else low), max(high, self.top)
        room = max(high - low, 0.02) * 0.08
        self.plot.setYRange(low if self._bars else low - room, high + room, padding=0)
        air = 0.5 if self.axes.places and self.axes.places[-1] - self.axes.places[0] < 20 else 0.0
        if self.axes.places:
            self.plot.setXRange(self.axes.places[0] - air, self.axes.places[-1] + air, padding=0.0 if air else 0.02)

    # --- values under the mouse ---------------------------------------------------------------------------------

    def readout(self, index: int) -> str:
        """Return what the box under the mouse says about the index-th place, as rich text."""
        lines = [f"<b>{escape(self._x_name.format(self.places[index]))}</b>"]
        for one in self.series:
            value = one.values[index] if index < len(one.values) else None
            if value is not None:
                ends = one.intervals[index] if index < len(one.intervals) else None
                more = f" ({ends[0]:.3f}–{ends[1]:.3f})" if ends is not None else ""
                colour = getattr(colours(), one.look.colour)
                name = escape(one.short or one.name)
                lines.append(f"<span style='color:{colour}'>●</span> {name} {value:.4f}{more}")
        return "<br>".join(lines)


class Legend(QWidget):
    """The names of series, each beside a piece of its line.

    Args:
        columns: the number of names in a row.
        bars: whether the series are bars.
    """

    def __init__(self, columns: int, *, bars: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns, self._bars = columns, bars
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)

    def set_series(self, series: Sequence[PlotSeries]) -> None:
        """Name these series."""
        clear_layout(self._grid)
        for number, one in enumerate(series):
            row, column = number // self._columns, 2 * (number % self._columns)
            self._grid.addWidget(_Swatch(one.look, self._bars), row, column)
            name = ElidedLabel("small", Qt.ElideMiddle)
            name.setText(one.name)
            self._grid.addWidget(name, row, column + 1)
            self._grid.setColumnStretch(column + 1, 1)


class _Swatch(QWidget):
    """A piece of a line with its symbol, or a small bar."""

    def __init__(self, look: Look, bars: bool) -> None:
        super().__init__()
        self._look, self._bars = look, bars
        self.setFixedSize(QSize(36, 14))
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        colour = QColor(getattr(colours(), self._look.colour))
        if self._bars:
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(self._look.fill())
            painter.drawRect(QRectF(8, 2, 20, 10))
            return
        pen = self._look.pen()
        pen.setCosmetic(False)
        painter.setPen(pen)
        painter.drawLine(QPointF(1, 7), QPointF(35, 7))
        painter.translate(18, 7)
        painter.scale(8, 8)
        painter.setPen(Qt.NoPen)
        painter.setBrush(colour)
        painter.drawPath(Symbols[self._look.symbol])
