"""The picture of what leaves a party: parties, server, parties again, with the messages on the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt5.QtWidgets import QSizePolicy, QWidget

from fl.runs.records import MessageRecord
from gui.look.theme import colours, theme
from gui.privacy import words as words
from gui.words.engine_texts import said
from gui.words.i18n import tr

BOX, GAP, PAD, MOST_PARTIES = 96, 6, 8, 4
_WRAP = int(Qt.AlignHCenter | Qt.AlignBottom | Qt.TextWordWrap)
_BELOW = int(Qt.AlignHCenter | Qt.AlignTop | Qt.TextWordWrap)


def _of(messages: Sequence[MessageRecord], target: str, often: str = "round") -> MessageRecord | None:
    """Return the largest message of each round to somebody."""
    found = [one for one in messages if one.target == target and one.often == often]
    return max(found, key=lambda one: one.bytes, default=None)


class PrivacyDiagram(QWidget):
    """A diagram that is drawn for a width, and grows in height where words need more lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: tuple[MessageRecord, ...] = ()
        self._parties = 0
        policy = QSizePolicy(QSizePolicy.Preferred, QSizePolicy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("What leaves a party, as a diagram"))
        theme().changed.connect(self.update)

    def show_messages(self, messages: Sequence[MessageRecord], parties: int) -> None:
        self._messages, self._parties = tuple(messages), parties
        lines = [f"{said(m.name)}: {words.end(m.source)} → {words.end(m.target)}. {self._below(m)}" for m in messages]
        self.setAccessibleDescription("\n".join(lines))
        self.updateGeometry()
        self.update()

    # --- size ---------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(600, self.heightForWidth(600))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(3 * BOX + 160, self.heightForWidth(max(self.width(), 3 * BOX + 160)))

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        half = self._half_of_boxes()
        return self._middle(width) + max(half, self._label_heights(width)[1] + PAD) + self._peer_height(width) + 2

    def _half_of_boxes(self) -> int:
        return (self._shown() * (self._box_height() + GAP) - GAP) // 2 + 1

    def _middle(self, width: int) -> int:
        """Return where the arrows are."""
        return max(self._half_of_boxes(), self._label_heights(width)[0] + PAD)

    def _shown(self) -> int:
        return min(max(self._parties, 2), MOST_PARTIES) + (self._parties > MOST_PARTIES)

    def _box_height(self) -> int:
        return self.fontMetrics().height() + 10

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    def _span(self, width: int) -> int:
        """Return the room of an arrow and its words."""
        return max(60, (width - 3 * BOX) // 2 - 2 * PAD)

    def _height_of(self, said: str, width: int, *, small: bool) -> int:
        metrics = QFontMetrics(self._small()) if small else self.fontMetrics()
        return metrics.boundingRect(QRect(0, 0, width, 1000), int(Qt.TextWordWrap), said).height()

    def _label_heights(self, width: int) -> tuple[int, int]:
        shown = [m for m in (_of(self._messages, "server"), _of(self._messages, "every party")) if m is not None]
        room = self._span(width)
        above = [self._height_of(self._above(m), room, small=False) for m in shown]
        below = [self._height_of(self._below(m), room, small=True) for m in shown]
        return max(above, default=20) + 6, max(below, default=20) + 6

    def _peer_line(self) -> str:
        """Return the messages between parties, in one line below the picture."""
        peers = [m for m in self._messages if m.kind in ("keys", "shares", "check")]
        if not peers:
            return ""
        listed = ", ".join(f"{said(m.name)} ({words.size_and_pace(m)})" for m in peers)
        return tr("Beside these, by way of the server: {messages}.").format(messages=listed)

    def _peer_height(self, width: int) -> int:
        line = self._peer_line()
        return self._height_of(line, width, small=True) + PAD if line else 0

    @staticmethod
    def _above(message: MessageRecord) -> str:
        return said(message.name)

    @staticmethod
    def _below(message: MessageRecord) -> str:
        shape = f"{said(message.shape)}\n" if message.shape else ""
        return f"{shape}{words.size_and_pace(message)}\n{words.read_by(message)}"

    # --- drawing ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        peers = self._peer_height(self.width())
        height = self.height() - peers
        middle = self._middle(self.width())
        left, centre, right = 0, (self.width() - BOX) // 2, self.width() - BOX
        if self.layoutDirection() == Qt.RightToLeft:
            left, right = right, left
        for x in (left, right):
            self._draw_parties(painter, x, middle)
        self._draw_box(painter, QRect(centre, middle - 26, BOX, 52), tr("Server"), strong=True)
        up, down = _of(self._messages, "server"), _of(self._messages, "every party")
        if up is not None:
            c = colours()
            colour = c.danger if up.is_open else c.success
            self._draw_arrow(painter, left + BOX, centre, middle, up, colour, dashed=not up.is_open)
        if down is not None:
            self._draw_arrow(painter, centre + BOX, right, middle, down, colours().muted, dashed=False)
        if peers:
            painter.setFont(self._small())
            painter.setPen(QColor(colours().muted))
            painter.drawText(QRect(0, height + PAD // 2, self.width(), peers), int(Qt.TextWordWrap), self._peer_line())

    def _draw_parties(self, painter: QPainter, x: int, middle: int) -> None:
        names = [f"party-{number + 1}" for number in range(min(self._parties, MOST_PARTIES))]
        if self._parties > MOST_PARTIES:
            names[-1:] = ["…", f"party-{self._parties}"]
        step = self._box_height() + GAP
        top = middle - (len(names) * step - GAP) // 2
        for number, name in enumerate(names):
            self._draw_box(painter, QRect(x, top + number * step, BOX, step - GAP), name, strong=False)

    def _draw_box(self, painter: QPainter, place: QRect, name: str, *, strong: bool) -> None:
        c = colours()
        painter.setFont(self.font())
        painter.setPen(QPen(QColor(c.accent if strong else c.border_strong), 1.5))
        painter.setBrush(QColor(c.accent_soft if strong else c.surface_alt))
        painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QColor(c.text))
        painter.drawText(place, int(Qt.AlignCenter), name)

    def _draw_arrow(
        self, painter: QPainter, start: int, end: int, y: int, message: MessageRecord, colour: str, *, dashed: bool
    ) -> None:
        pen = QPen(QColor(colour), 2.5)
        if dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(start + PAD, y), QPointF(end - PAD - 8, y))
        painter.setPen(Qt.NoPen)
        painter.setBrush(QColor(colour))
        tip = end - PAD
        painter.drawPolygon(QPolygonF([QPointF(tip, y), QPointF(tip - 11, y - 6), QPointF(tip - 11, y + 6)]))
        room = QRect(start + PAD, 0, end - start - 2 * PAD, y - 5)
        painter.setFont(self.font())
        painter.setPen(QColor(colours().text))
        painter.drawText(room, _WRAP, self._above(message))
        painter.setFont(self._small())
        painter.setPen(QColor(colours().muted))
        painter.drawText(QRect(room.left(), y + 7, room.width(), 1000), _BELOW, self._below(message))
