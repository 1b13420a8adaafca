"""A user's profile: genres beside the average, activity over time, how unusual the taste is.

Imported only when the first profile is shown: pyqtgraph costs a third of a second.
"""

from __future__ import annotations

from datetime import datetime, timezone

import pyqtgraph as pg
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor, QFont
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fl.protocol.records import Profile
from gui.look.theme import colours, theme
from gui.widgets.pages import VerticalScrollArea
from gui.widgets.widgets import SPACE, label
from gui.words import text
from gui.words.i18n import tr

MOST_GENRES = 8
CLEAR_DIFFERENCE = 3.0  # percentile points; by trial, a quarter of ML-100K's users is above and below


def taste_in_words(profile: Profile) -> str:
    """Return how unusual the items are, in a sentence."""
    own, average = profile.popularity, profile.average_popularity
    if own >= average + CLEAR_DIFFERENCE:
        verdict = tr("A taste for well-known items")
    elif own <= average - CLEAR_DIFFERENCE:
        verdict = tr("An unusual taste")
    else:
        verdict = tr("A taste like most people's")
    return tr(
        "{verdict}: on average, an item of this user is better known than {own:.0f} % of all items; for all users it "
        "is {all:.0f} %."
    ).format(verdict=verdict, own=own, all=average)


class _SmallPlot(pg.PlotWidget):
    """A plot without buttons, menus and mouse, in the colours of the theme."""

    def __init__(self, name: str, axes: dict[str, pg.AxisItem] | None = None) -> None:
        super().__init__(axisItems=axes or {})
        self.setBackground(None)
        self.setAccessibleName(name)
        self.setMouseEnabled(x=False, y=False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFocusPolicy(Qt.NoFocus)
        # The page scrolls, not the plot.
        self.wheelEvent = lambda event: event.ignore()

    def recolour(self) -> None:
        c = colours()
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.85)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(c.border))
            axis.setTextPen(pg.mkPen(c.muted))
            axis.setStyle(tickFont=small, tickLength=0)


class ProfilePanel(QWidget):
    """The profile of one user's taste."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: Profile | None = None
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        self.words = label("", wrap=True)
        layout.addWidget(self.words)
        self.genre_head = QWidget()
        head = QHBoxLayout(self.genre_head)
        head.setContentsMargins(0, SPACE, 0, 0)
        head.setSpacing(6)
        head.addWidget(label(tr("Genres"), "h3", tip=tr("Share of each genre; an item with several counts in parts.")))
        head.addStretch(1)
        self._swatches = [QLabel(), QLabel()]
        for swatch, name in zip(self._swatches, (tr("this user"), tr("average")), strict=True):
            swatch.setFixedSize(12, 12)
            head.addWidget(swatch)
            head.addWidget(label(name, "small"))
        layout.addWidget(self.genre_head)
        self.genres = _SmallPlot(tr("Shares of genres"))
        self.genres.getPlotItem().getViewBox().invertY(True)
        layout.addWidget(self.genres)
        self.activity_head = label("", "h3")
        layout.addWidget(self.activity_head)
        self.activity = _SmallPlot(tr("Activity over time"))
        self.activity.setFixedHeight(130)
        layout.addWidget(self.activity)
        self.note = label(
            tr("Computed in the user's party, from all the user's items. The average is over everybody's train items."),
            "small",
            wrap=True,
        )
        layout.addWidget(self.note)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(VerticalScrollArea(inside))
        theme().changed.connect(self.redraw)

    def show_profile(self, profile: Profile) -> None:
        self._profile = profile
        self.redraw()

    def redraw(self) -> None:
        profile = self._profile
        if profile is None:
            return
        c = colours()
        self.words.setText(taste_in_words(profile))
        for swatch, colour in zip(self._swatches, (c.accent, c.border_strong), strict=True):
            swatch.setStyleSheet(f"background: {colour}; border-radius: 3px;")
        shown = profile.genres[:MOST_GENRES]
        for part in (self.genre_head, self.genres):
            part.setVisible(bool(shown))
        self.genres.clear()
        rows = list(range(len(shown)))
        for offset, colour, values in (
            (-0.19, c.accent, [one.share for one in shown]),
            (0.19, c.border_strong, [one.average for one in shown]),
        ):
            self.genres.addItem(
                pg.BarGraphItem(
                    x0=0,
                    y=[row + offset for row in rows],
                    height=0.34,
                    width=[100 * value for value in values],
                    brush=QColor(colour),
                    pen=pg.mkPen(None),
                )
            )
        names = [one.genre for one in shown]
        self.genres.getAxis("left").setTicks([list(zip(rows, names, strict=True))])
        widest = max((self.fontMetrics().horizontalAdvance(name) for name in names), default=40)
        self.genres.getAxis("left").setWidth(widest + 8)
        largest = max((100 * max(one.share, one.average) for one in shown), default=1.0)
        self.genres.setXRange(0, largest * 1.05, padding=0)
        self.genres.setYRange(-0.6, len(shown) - 0.4, padding=0)
        self.genres.setFixedHeight(30 * len(shown) + 40)
        self.genres.getAxis("bottom").setLabel(
            tr("percent"), color=c.muted, **{"font-size": f"{0.85 * self.font().pointSizeF():.1f}pt"}
        )
        self._redraw_activity(profile)
        for plot in (self.genres, self.activity):
            plot.recolour()

    def _redraw_activity(self, profile: Profile) -> None:
        bins = profile.activity
        for part in (self.activity_head, self.activity):
            part.setVisible(bool(bins))
        self.activity.clear()
        if not bins:
            return
        titles = {
            "hour": tr("Items an hour"),
            "day": tr("Items a day"),
            "week": tr("Items a week"),
            "month": tr("Items a month"),
            "year": tr("Items a year"),
        }
        self.activity_head.setText(titles.get(profile.period, ""))
        numbers = [n for _, n in bins]
        places = list(range(len(bins)))
        self.activity.addItem(
            pg.BarGraphItem(x=places, height=numbers, width=0.8, brush=QColor(colours().accent), pen=pg.mkPen(None))
        )
        ticks = sorted({0, len(bins) - 1})
        self.activity.getAxis("bottom").setTicks(
            [[(place, _moment(bins[place][0], profile.period)) for place in ticks]]
        )
        self.activity.getAxis("left").setWidth(36)
        self.activity.setXRange(-1.6, len(bins) + 0.6, padding=0)
        self.activity.setYRange(0, max(numbers) * 1.1, padding=0)


def _moment(timestamp: int, period: str) -> str:
    if period == "hour":
        return datetime.fromtimestamp(timestamp, tz=timezone.utc).strftime("%m-%d %H:00")
    return text.date(timestamp)
