"""Small building blocks the tabs share: cards, labels by role, fold-outs, figures, empty states."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QEvent, QObject, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import (
    QAbstractScrollArea,
    QAction,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.icons import icon
from gui.look.theme import colours, theme
from gui.widgets.tips import set_tip

SPACE = 8  # everything is a multiple of this
MARGIN = 2 * SPACE
CHIP_WIDTH = 360  # of the words of a chip at most: two or three stand on a line
SIDE_WIDTH = 348  # of the settings column; wide enough for two number fields side by side in doubled text


def label(text: str = "", role: str = "", *, wrap: bool = False, tip: str = "") -> QLabel:
    result = QLabel(text)
    result.setTextFormat(Qt.PlainText)
    if role:
        result.setProperty("role", role)
    result.setWordWrap(wrap)
    if tip:
        set_tip(result, tip)
    return result


def quiet_words(text: str = "") -> QLabel:
    """Return a label with a sentence in the middle of the place where something else will be."""
    result = label(text, "muted", wrap=True)
    result.setAlignment(Qt.AlignCenter)
    return result


def line() -> QFrame:
    result = QFrame()
    result.setProperty("role", "line")
    return result


def button(text: str, kind: str = "", *, tip: str = "") -> QPushButton:
    result = QPushButton(text)
    if kind:
        result.setProperty("kind", kind)
    if kind == "link":
        result.setCursor(Qt.PointingHandCursor)
    if tip:
        set_tip(result, tip)
    return result


class Card(QFrame):
    """A surface with a border that groups what belongs together. `body` is its vertical layout."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(MARGIN, MARGIN - 2, MARGIN, MARGIN)
        self.body.setSpacing(SPACE)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE)
        self.title = label(title, "h3")
        if title:
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.body.addLayout(self.head)
            self.setAccessibleName(title)


class ElidedLabel(QLabel):
    """One line that shortens itself with an ellipsis instead of widening the window; the tooltip has all of it.

    Args:
        where: the ellipsis stands; in the middle of names, which often differ at their end.
    """

    def __init__(self, role: str = "", where: Qt.TextElideMode = Qt.ElideRight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full, self._where = "", where
        self.setTextFormat(Qt.PlainText)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Preferred)
        if role:
            self.setProperty("role", role)

    def setText(self, text: str | None) -> None:  # noqa: N802 (Qt's name)
        self._full = text or ""
        set_tip(self, self._full)
        self._elide()

    def full_text(self) -> str:
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(0, self.width() - self._frame())
        super().setText(self.fontMetrics().elidedText(self._full, self._where, room))

    def _frame(self) -> int:
        """Return how much wider the label is than its words: what the style sheet puts around them."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())


class Chip(ElidedLabel):
    """A short state in a pill. One with long names in it is shortened in its middle.

    Args:
        words: what it says.
        role: its colours.
        about: more, for the tooltip.
    """

    def __init__(self, words: str, role: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(role, Qt.ElideMiddle, parent)
        self.setSizePolicy(QSizePolicy.Maximum, QSizePolicy.Preferred)
        self.setText(words)
        self.setAccessibleName(words)
        set_tip(self, "\n".join(filter(None, [words, about])))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room of all words, as far as a line of chips has it."""
        words = min(self.fontMetrics().horizontalAdvance(self.full_text()), CHIP_WIDTH)
        return QSize(
            words + self._frame() + 2, super().sizeHint().height()
        )  # 2: letters may be wider than they advance

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._frame(), super().minimumSizeHint().height())


class Figure(QWidget):
    """A small title, a big value, and a quiet line below it."""

    def __init__(self, title: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        self._title = ElidedLabel("small")
        self._title.setText(title)
        self._value = label("–", "number")
        self._note = label("", "small", wrap=True)
        for part in (self._title, self._value, self._note):
            layout.addWidget(part)
        layout.addStretch(1)
        set_tip(self, tip)
        set_tip(self._title, tip or title)
        self._name()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        set_tip(self._title, self.toolTip() or title)
        self._name()

    def set_tip(self, tip: str) -> None:
        set_tip(self, tip)
        set_tip(self._title, tip)

    def set(self, value: str, note: str = "") -> None:
        self._value.setText(value)
        self._note.setText(note)
        self._name()

    def value(self) -> str:
        return self._value.text()

    def note(self) -> str:
        return self._note.text()

    def _name(self) -> None:
        note = self._note.text().replace("\n", ", ")
        self.setAccessibleName(f"{self._title.full_text()}: {self._value.text()} {note}".strip())


class IconLabel(QLabel):
    """An icon that follows the theme."""

    def __init__(self, name: str, meaning: Callable[[], str], size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._meaning, self._size = name, meaning, size
        self.setFixedSize(QSize(size, size))
        theme().changed.connect(self._draw)
        self._draw()

    def show_icon(self, name: str, meaning: Callable[[], str]) -> None:
        self._name, self._meaning = name, meaning
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icon(self._name, self._meaning(), self._size).pixmap(QSize(self._size, self._size)))


class IconButton(QToolButton):
    """An icon-only button. The text is its accessible name and its tooltip."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(text)
        set_tip(self, text)
        self.setIconSize(QSize(18, 18))
        theme().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self.setIcon(icon(self._name, colours().muted))


class SearchField(QLineEdit):
    """A line with a magnifying glass and a button that clears it. The name is its accessible name."""

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.LeadingPosition)
        theme().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._glass.setIcon(icon("search", colours().muted))


def copy_text(text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None:
        clipboard.setText(text)


class FoldOut(QWidget):
    """A heading that shows and hides what is below it."""

    toggled = pyqtSignal(bool)

    def __init__(self, text: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE)
        self.button = QToolButton()
        self.button.setProperty("kind", "fold")
        self.button.setText(text)
        self.button.setToolButtonStyle(Qt.ToolButtonTextBesideIcon)
        self.button.setCheckable(True)
        self.button.setAccessibleName(text.replace("&", ""))
        self.head.addWidget(self.button)
        self.head.addStretch(1)
        layout.addLayout(self.head)
        layout.addWidget(content)
        content.hide()
        self.button.toggled.connect(self._toggle)
        theme().changed.connect(self._draw)
        self._draw()

    def set_open(self, is_open: bool) -> None:
        self.button.setChecked(is_open)

    def is_open(self) -> bool:
        return self.button.isChecked()

    def _toggle(self, is_open: bool) -> None:
        self.content.setVisible(is_open)
        self._draw()
        self.toggled.emit(is_open)

    def _draw(self) -> None:
        self.button.setIcon(icon("chevron-down" if self.button.isChecked() else "chevron-right", colours().accent, 16))


class EmptyState(QWidget):
    """The words of an empty area: what it is for and what to do next."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(6)
        layout.addStretch(1)
        self.title = label(title, "h2", wrap=True)
        self.text = label(text, "muted", wrap=True)
        for part in (self.title, self.text):
            part.setAlignment(Qt.AlignCenter)
            layout.addWidget(part)
        self.button = button("")
        self.button.hide()
        layout.addSpacing(4)
        layout.addWidget(self.button, 0, Qt.AlignCenter)
        layout.addStretch(2)

    def say(self, title: str, text: str, action: str = "") -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))


def overlay_empty_text(view: QAbstractScrollArea, text: str) -> None:
    """Paint a quiet sentence in the middle of an item view while its model has no rows."""
    _EmptyTextPainter(view, text)


class _EmptyTextPainter(QWidget):
    def __init__(self, view: QAbstractScrollArea, text: str) -> None:
        viewport = view.viewport()
        assert viewport is not None  # noqa: S101  # for mypy
        super().__init__(viewport)
        self._view, self._text = view, text
        self.setAttribute(Qt.WA_TransparentForMouseEvents)
        viewport.installEventFilter(self)
        self.resize(viewport.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Resize:
            self.resize(self.parentWidget().size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        model = self._view.model()  # type: ignore[attr-defined]
        if model is None or model.rowCount() == 0:
            painter = QPainter(self)
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), Qt.AlignCenter | Qt.TextWordWrap, self._text)


def delay(parent: QObject, milliseconds: int, then: Callable[[], object]) -> QTimer:
    """Return a timer that calls `then` once, when so much time has passed since it was last started."""
    result = QTimer(parent)
    result.setSingleShot(True)
    result.setInterval(milliseconds)
    result.timeout.connect(then)
    return result


def clear_layout(layout: QLayout) -> None:
    """Remove and delete every widget of a layout; none of them is seen any more."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            clear_layout(inner)
