"""A curve of a plot, and the signs by which the curves of one plot are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor, QPen

from gui.look.colours import Colours

HEIGHT = 120  # pixels at least; more where there is room


@dataclass(frozen=True)
class Curve:
    """One line of a plot.

    Attributes:
        key: finds its values among those of a round.
        name: its name in the legend.
        colour: the attribute of Colours that it is drawn in.
        tip: explains its name; "" for no explanation.
    """

    key: str
    name: str
    colour: str
    tip: str = ""

    def pen(self, c: Colours, dashes: Sequence[float] = (), width: float = 2.0) -> QPen:
        """Return the pen that draws it; dashes are measured in line widths, none make a solid line."""
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
