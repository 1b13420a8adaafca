"""The base of all plots: axes in the colours of the theme, words in their place while there is nothing to draw, and
the values under the mouse.

Imported only when a plot is about to be shown: pyqtgraph costs a third of a second.
"""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PyQt5.QtCore import QEvent, QObject, QPointF, Qt
from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QLabel, QStackedWidget

from gui.look.theme import colours, theme
from gui.widgets.tips import set_tip

pg.setConfigOptions(antialias=True)

NEAR, EDGE = 14, 4  # pixels between the mouse and the box of values, and between that and the plot's edge


class PlotAxes(QStackedWidget):
    """A pyqtgraph plot, or a sentence instead of it.

    It is a widget and no layout, because QStackedLayout shows its first page as soon as it has one: without a parent
    that page was a window of its own for a moment, and took the keyboard from the main window.

    Args:
        canvas: the plot.
        words: the sentence.
        name: the accessible name of the plot.
        tip: explains what the mouse does.
        left: the width of the left axis in pixels.
        readout: returns the words of the box under the mouse about the index-th place, as rich text.
    """

    def __init__(
        self, canvas: pg.PlotWidget, words: QLabel, name: str, tip: str, left: int, readout: Callable[[int], str]
    ) -> None:
        super().__init__()
        self.places: list[float] = []  # places that have values
        self.cursor_wanted = True
        self._text_at = readout
        self.canvas = canvas
        # The palette's base colour shows through: a brush of pyqtgraph's leaves a seam at fractional sizes.
        canvas.setBackground(None)
        canvas.setAccessibleName(name)
        set_tip(canvas, tip)
        self.words = words
        # Axes without a curve would only show invented numbers: until there is one, the words stand in its place.
        self.addWidget(self.words)
        self.addWidget(canvas)
        self.plot = canvas.getPlotItem()
        self.plot.hideButtons()
        self.plot.setMenuEnabled(False)
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setStyle(tickLength=-4, tickTextOffset=6)
        self.plot.getAxis("left").setWidth(left)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._box = QLabel(canvas)
        self._box.setAttribute(Qt.WA_TransparentForMouseEvents)
        self._box.setTextFormat(Qt.RichText)
        self._box.hide()
        canvas.viewport().installEventFilter(self)
        canvas.scene().sigMouseMoved.connect(self._on_mouse)
        theme().changed.connect(self._forget_background)

    def show_plot(self, some: bool) -> None:
        """Show the plot, or the words."""
        self.setCurrentWidget(self.canvas if some else self.words)

    def clear(self) -> None:
        """Take everything out of the plot."""
        self.plot.clear()
        self.add_cursor()

    def add_cursor(self) -> None:
        """Add the upright line at the place whose values are shown, above what is in the plot already."""
        self.plot.addItem(self._cursor, ignoreBounds=True)
        self.hide_readout()

    def recolour(self, font: QFont, x_label: str) -> None:
        """Give axes, grid and box the colours of the theme, and labels a size a little below the font's."""
        c = colours()
        small = QFont(font)
        small.setPointSizeF(small.pointSizeF() * 0.85)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(pg.mkPen(c.border))
            axis.setTextPen(pg.mkPen(c.muted))
            axis.setStyle(tickFont=small)
        if x_label:
            size = f"{small.pointSizeF():.1f}pt"
            self.plot.getAxis("bottom").setLabel(x_label, color=c.muted, **{"font-size": size})
        self.plot.showGrid(x=False, y=True, alpha=0.25)
        self._cursor.setPen(pg.mkPen(c.muted, width=1))
        self._box.setStyleSheet(
            f"background: {c.surface}; border: 1px solid {c.border_strong}; border-radius: 6px; padding: 5px 8px;"
        )

    def _forget_background(self) -> None:
        # pyqtgraph has Qt keep a picture of the ground, which Qt does not make anew for another palette.
        self.canvas.resetCachedContent()
        self.canvas.viewport().update()

    # --- values under the mouse ---------------------------------------------------------------------------------

    def _on_mouse(self, position: QPointF) -> None:
        if not self.places or not self.plot.sceneBoundingRect().contains(position):
            self.hide_readout()
            return
        wanted = self.plot.getViewBox().mapSceneToView(position).x()
        nearest = min(range(len(self.places)), key=lambda i: abs(self.places[i] - wanted))
        self._cursor.setPos(self.places[nearest])
        self._cursor.setVisible(self.cursor_wanted)
        self._box.setText(self._text_at(nearest))
        self._box.adjustSize()
        # Beside the mouse, on the side where there is room.
        at = self.canvas.mapFromScene(position)
        left = at.x() + NEAR
        if left + self._box.width() > self.canvas.width() - EDGE:
            left = at.x() - NEAR - self._box.width()
        top = min(max(EDGE, at.y() - self._box.height() // 2), self.canvas.height() - self._box.height() - EDGE)
        self._box.move(max(2, left), max(0, top))
        self._box.show()
        self._box.raise_()

    def hide_readout(self) -> None:
        """Hide the values under the mouse."""
        self._cursor.hide()
        self._box.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Leave:
            self.hide_readout()
        return False
