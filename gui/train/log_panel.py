"""The log of what the engine and its libraries say, with a search. Lines are added in batches; 1000 are kept."""

from __future__ import annotations

from datetime import datetime

from PyQt5.QtCore import QSize, QTimer
from PyQt5.QtGui import QColor, QTextCharFormat, QTextCursor
from PyQt5.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from gui.look.theme import colours, theme
from gui.widgets.widgets import SPACE, IconButton, SearchField, copy_text, label
from gui.words.i18n import tr

HEIGHT = 112  # pixels at least; more where there is room
MAX_LINES = 1000
FLUSH_MS = 200  # a library can print thousands of lines a second


class _Box(QPlainTextEdit):
    """A text that takes the room there is and asks for no more than a few lines need."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(super().sizeHint().width(), HEIGHT)


class LogPanel(QWidget):
    """A read-only text with a search field. Warnings and errors are coloured and carry their level as a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        self.search = SearchField(tr("Search the log"), tr("Search the log"))
        self.search.setMaximumWidth(260)
        self.found = label("", "small")
        self.copy_button = IconButton("copy", tr("Copy the whole log"))
        head.addWidget(self.search, 1)
        head.addWidget(self.found)
        head.addStretch(1)
        head.addWidget(self.copy_button)
        layout.addLayout(head)
        self.box = _Box()
        self.box.setReadOnly(True)
        self.box.setMaximumBlockCount(MAX_LINES)
        self.box.setLineWrapMode(QPlainTextEdit.NoWrap)
        self.box.setAccessibleName(tr("Log"))
        self.box.setProperty("role", "mono")
        self.box.setMinimumHeight(HEIGHT)
        layout.addWidget(self.box, 1)

        self._pending: list[tuple[str, str]] = []
        self._flush_timer = QTimer(self)
        self._flush_timer.setSingleShot(True)
        self._flush_timer.setInterval(FLUSH_MS)
        self._flush_timer.timeout.connect(self.flush)
        self.search.textChanged.connect(self._mark)
        self.search.returnPressed.connect(self._next)
        self.copy_button.clicked.connect(lambda: copy_text(self.text()))
        theme().changed.connect(self._recolour)

    def add(self, level: str, text: str) -> None:
        """Note one or more lines. `level` is "" for plain output, or the name of a log level in lower case."""
        # What libraries have written has stamps of its own, or none: when it is read here says nothing.
        stamp = datetime.now().strftime("%H:%M:%S  ") if level else ""
        word = f"{level.upper()}: " if level in ("warning", "error", "critical") else ""
        self._pending += [(level, f"{stamp}{word}{line}") for line in text.splitlines() or [""]]
        # Beyond the cap they would be thrown away again at once.
        del self._pending[:-MAX_LINES]
        if not self._flush_timer.isActive():
            self._flush_timer.start()

    def flush(self) -> None:
        """Show what has come in since the last time, staying at the end if that is where the reader is."""
        self._flush_timer.stop()
        bar = self.box.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 2
        cursor = QTextCursor(self.box.document())
        cursor.beginEditBlock()
        for level, line in self._pending:
            cursor.movePosition(QTextCursor.End)
            if not self.box.document().isEmpty():
                cursor.insertBlock()
            cursor.insertText(line, self._format(level))
        cursor.endEditBlock()
        self._pending.clear()
        if at_end:
            bar.setValue(bar.maximum())
        if self.search.text():
            self._mark()

    def text(self) -> str:
        """Return all lines that are kept."""
        self.flush()
        return self.box.toPlainText()

    def _format(self, level: str) -> QTextCharFormat:
        c = colours()
        colour = {"warning": c.warning, "error": c.danger, "critical": c.danger, "": c.muted, "debug": c.muted}
        result = QTextCharFormat()
        result.setForeground(QColor(colour.get(level, c.text)))
        return result

    def _mark(self) -> None:
        """Highlight every place where the searched text stands."""
        wanted = self.search.text()
        marks: list[QTextEdit.ExtraSelection] = []
        if wanted:
            cursor = self.box.document().find(wanted)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(QColor(colours().warning_soft))
                mark.format.setForeground(QColor(colours().warning))
                marks.append(mark)
                cursor = self.box.document().find(wanted, cursor)
        self.box.setExtraSelections(marks)
        self.found.setText(tr("%n found", n=len(marks)) if wanted else "")

    def _next(self) -> None:
        if not self.box.find(self.search.text()):
            self.box.moveCursor(QTextCursor.Start)
            self.box.find(self.search.text())

    def _recolour(self) -> None:
        # Colours are part of the text: write all lines anew, telling their level by its word.
        lines = self.box.toPlainText().splitlines()
        self.box.clear()
        for line in lines:
            level = next((name for name in ("warning", "error", "critical") if f"{name.upper()}: " in line), "")
            self._pending.append((level, line))
        self.flush()
