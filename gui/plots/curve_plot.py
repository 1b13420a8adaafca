"""Live curves: their values, and the frame that stands before there is anything to draw.

The axes are in a file of their own, gui/plots/curve_axes.py, because importing pyqtgraph and NumPy takes a third of a
second.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import QPointF, QSize
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.look.theme import colours, theme
from gui.plots.curve import DASHES, HEIGHT, REFERENCE_DASHES, Curve
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.widgets import SPACE, IconButton, delay, label, quiet_words
from gui.words.i18n import tr

if TYPE_CHECKING:
    from gui.plots.curve_axes import CurveAxes

CALM_ROUNDS = 100  # runs up to this length have a fixed axis
REDRAW_MS = 250  # at most four repaints a second, however fast rounds come


class _Swatch(QWidget):
    """A piece of line in the legend."""

    def __init__(self, curve: Curve, dashes: Sequence[float]) -> None:
        super().__init__()
        self._curve, self._dashes = curve, dashes
        self.setFixedSize(QSize(26, 12))
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
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


class CurvePlot(QWidget):
    """Curves over rounds with a heading, a legend, values under the mouse and optional horizontal reference lines.

    Values may be added at any rate; painting happens every REDRAW_MS at most. Its axes are made with the first value,
    or earlier by make_axes.
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
            title: the heading, "" for none.
            curves: the lines.
            empty_text: stands in the place of the axes until there is a value.
            tip: explains the heading.
            show: writes a value as people read it, also on the axis; None for four decimals.
            accessible_name: names the plot where there is no heading.
        """
        super().__init__(parent)
        self._show = show
        self._zoomed = False  # the person chose the axes: new rounds do not change them
        self.curves = list(curves)
        self._x: list[int] = []
        self._y: dict[str, list[float]] = {curve.key: [] for curve in self.curves}
        self._reference: dict[str, float] = {}
        self._best: int | None = None
        self._rounds = 0
        self._first = 1

        self._layout = layout = QVBoxLayout(self)
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

        self._name = title or accessible_name
        self._words = quiet_words(empty_text)
        self._words.setMinimumHeight(HEIGHT)
        layout.addWidget(self._words, 1)
        self.axes: CurveAxes | None = None

        self._redraw = delay(self, REDRAW_MS, self.redraw_now)
        theme().changed.connect(self._recolour)
        self.clear(0)

    def make_axes(self) -> CurveAxes:
        """Return the axes, and make them if they are not yet there; the plot looks the same until there is a value."""
        if self.axes is None:
            from gui.plots.curve_axes import CurveAxes

            self.axes = CurveAxes(self.curves, self._words, self._name, self._show, self.readout)
            self.axes.zoomed.connect(self._on_zoom)
            self.axes.reset.connect(self.show_everything)
            self._layout.addWidget(self.axes, 1)
            self.axes.show()  # Qt would do it by and by: the words would vanish for a moment
            self.axes.set_references(self._reference)
            self._recolour()
            self.redraw_now()
        return self.axes

    def say_why_empty(self, words: str) -> None:
        """Say in the place of the axes why there is no value yet, or why there will be none."""
        self._words.setText(words)

    # --- data ---------------------------------------------------------------------------------------------------

    def clear(self, rounds: int, first: int = 1) -> None:
        """Forget the curves, and let the x axis run over `rounds` rounds."""
        self._x.clear()
        for values in self._y.values():
            values.clear()
        self._rounds, self._first, self._best = rounds, first, None
        self.set_reference({})
        self._zoomed = False
        self.redraw_now()

    def set_reference(self, values: dict[str, float]) -> None:
        """Draw dashed horizontal lines, each in the colour of the curve with the same key."""
        self._reference = {key: value for key, value in values.items() if key in self._y}
        if self.axes is not None:
            self.axes.set_references(self._reference)
        self._reference_legend.setVisible(bool(self._reference))
        self._recolour()

    def add(self, round_: int, values: dict[str, float], best: int | None = None) -> None:
        """Append the values of one round.

        Args:
            round_: its number.
            values: value by key of a curve; a curve without one gets a gap.
            best: the round that is marked with a dot.
        """
        self._x.append(round_)
        for key, series in self._y.items():
            series.append(values.get(key, float("nan")))
        self._best = best
        if not self._redraw.isActive():
            self._redraw.start()

    def end_at(self, round_: int) -> None:
        """Leave no room for rounds after this one: the run is over."""
        self._rounds = round_
        self.redraw_now()

    def points(self, key: str) -> list[tuple[float, float]]:
        """Return (round, value) of every round of a curve, nan for a gap."""
        return list(zip(self._x, self._y[key], strict=True))

    def redraw_now(self) -> None:
        """Paint what has come since the last time, without waiting for the next tick."""
        self._redraw.stop()
        if self.axes is None:
            if self._x:
                self.make_axes()  # which draws
            return
        self.axes.draw(self._x, self._y, self._best)
        if not self._zoomed:
            self.show_everything()

    def _on_zoom(self) -> None:
        self._zoomed = True
        self.reset_button.show()

    def show_everything(self) -> None:
        """Fit the axes to all rounds and all values, reference lines included, with a little air."""
        self._zoomed = False
        self.reset_button.hide()
        if self.axes is None:
            return
        values = [v for series in self._y.values() for v in series if v == v] + list(self._reference.values())
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        room = max(high - low, 0.02) * 0.08
        self.axes.plot.setYRange(low - room, high + room, padding=0)
        # A long run would squeeze its first rounds into a corner: then the axis grows with the rounds.
        done = max(self._x, default=self._first)
        last = max(min(self._rounds, max(CALM_ROUNDS, done * 3 // 2)), self._first + 1)
        first = self._first
        self.axes.plot.setXRange(first, last, padding=0.02)

    # --- looks --------------------------------------------------------------------------------------------------

    def _recolour(self) -> None:
        if self.axes is not None:
            self.axes.recolour(self.font(), tr("round"))

    # --- values under the mouse ---------------------------------------------------------------------------------

    def readout(self, index: int) -> str:
        """Return what the box under the mouse says about the index-th point, as rich text."""
        c, show = colours(), self._show or "{:.4f}".format
        lines = [f"<b>{tr('Round {0}').format(self._x[index])}</b>"]
        for curve in self.curves:
            value = self._y[curve.key][index]
            if value == value:
                lines.append(f"<span style='color:{getattr(c, curve.colour)}'>●</span> {curve.name} {show(value)}")
        return "<br>".join(lines)
