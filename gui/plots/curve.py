"""A curve of a plot, and how the curves of one plot are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor, QPen

from gui.look.colours import Colours

HEIGHT = 120  # pixels at least; more where there is room


@dataclass(frozen=True)
class Curve:
    """One line of a plot: key of its values, its name, which colour of the theme it has."""

    key: str
    name: str
    colour: str  # attribute of theme.Colours
    tip: str = ""

    def pen(self, c: Colours, dashes: Sequence[float] = (), width: float = 2.0) -> QPen:
        pen = QPen(QColor(getattr(c, self.colour)), width)
        pen.setCosmetic(True)  # the same width at every scale of the axes
        if width > 4:
            pen.setCapStyle(Qt.RoundCap)  # a curve is drawn piece by piece: square ends would stick out
        if dashes:
            pen.setDashPattern(list(dashes))
        return pen


# Colour is never the only sign: a plot's curves differ in their dashes and in the shape of their marks too. Reference
# lines have dashes of their own.
DASHES: tuple[tuple[float, ...], ...] = ((), (6, 2, 1.5, 2), (1.5, 2))
MARKS = ("o", "d", "s")
REFERENCE_DASHES = (5, 4)
