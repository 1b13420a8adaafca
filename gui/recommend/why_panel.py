"""Reasons for a recommended item: the person's own items that speak for it, with bars."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent
from PyQt5.QtWidgets import QGridLayout, QWidget

from fl.protocol.records import RankedItem, ReasonKind
from gui.look.theme import colours, theme
from gui.widgets.widgets import SPACE, Card, ElidedLabel, clear_layout, label
from gui.words.i18n import tr

MOST_REASONS = 3


class Bar(QWidget):
    """A share of 1 as a bar; the number stands beside it."""

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = min(1.0, max(0.0, share))
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(90, 8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(Qt.NoPen)
        c = colours()
        whole = QRectF(0, self.height() / 2 - 3.5, self.width(), 7)
        painter.setBrush(QColor(c.surface_alt))
        painter.drawRoundedRect(whole, 3.5, 3.5)
        if self._share > 0:
            whole.setWidth(max(7.0, whole.width() * self._share))
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(whole, 3.5, 3.5)


class WhyPanel(Card):
    """The reasons for one recommended item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading = ElidedLabel("h3")
        self.body.addWidget(self.heading)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(SPACE)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(0, 3)
        self.grid.setColumnStretch(1, 2)
        self.body.addLayout(self.grid)
        self.note = label("", "small", wrap=True)
        self.body.addWidget(self.note)
        self.show_nothing()

    def show_nothing(self) -> None:
        self.heading.setText(tr("Why this item?"))
        clear_layout(self.grid)
        self.note.setText(tr("Choose an item in the list to see which of the person's items speak for it."))

    def show_reasons(self, item: RankedItem, kind: ReasonKind, basket: bool = False) -> None:
        """Show the first reasons of an item, largest first."""
        self.heading.setText(tr("Why {title}?").format(title=item.title))
        clear_layout(self.grid)
        for row, reason in enumerate(item.because[:MOST_REASONS]):
            title = ElidedLabel()
            title.setText(tr("after {title}").format(title=reason.title) if reason.follows else reason.title)
            self.grid.addWidget(title, row, 0)
            bar = Bar(reason.weight)
            self.grid.addWidget(bar, row, 1)
            shown = f"{100 * reason.weight:.0f} %" if kind == "share" else f"{reason.weight:.2f}"
            number = label(shown)
            number.setAlignment(Qt.AlignRight | Qt.AlignVCenter)
            number.setAccessibleName(f"{reason.title}: {shown}")
            self.grid.addWidget(number, row, 2)
        self.note.setText(self._note(item, kind, basket))

    def _note(self, item: RankedItem, kind: ReasonKind, basket: bool) -> str:
        if not item.because:
            return tr("None of the person's items speaks for it: it is liked in general.")
        if any(reason.follows for reason in item.because[:MOST_REASONS]):
            return tr(
                "What each item adds to the score. After an item: people go on from it to this one. Items that take "
                "away are not shown, so shares may pass 100 %."
            )
        if kind == "share":
            return tr("What each item adds to the score. Items that take away are not shown, so shares may pass 100 %.")
        if basket:
            return tr("Nearness of the picked items in the run's item space: 1 is the same direction, 0 unrelated.")
        return tr("Nearness in the person's own item space: 1 is the same direction, 0 unrelated.")
