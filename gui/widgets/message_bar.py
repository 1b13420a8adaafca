"""One message beside the thing it is about, and the dialog that shows its details."""

from __future__ import annotations

from typing import Literal

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from fl.protocol.events import JobFailed
from gui.look.theme import colours, set_role
from gui.widgets.widgets import MARGIN, SPACE, IconButton, IconLabel, button, copy_text, label
from gui.words.engine_texts import with_hint
from gui.words.i18n import tr

Tone = Literal["info", "warning", "error", "success"]
_BAR_ICONS = {"info": "info", "warning": "warning", "error": "warning", "success": "check"}


class MessageBar(QFrame):
    """One message beside the thing it is about: icon, sentence, and at most one action. Hidden while there is none.

    Args:
        wide: the action stands beside the sentence instead of below it.
    """

    action = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        self._details = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(SPACE)
        self._icon = IconLabel("info", lambda: colours().accent)
        layout.addWidget(self._icon, 0, Qt.AlignVCenter if wide else Qt.AlignTop)
        middle: QBoxLayout = QHBoxLayout() if wide else QVBoxLayout()
        middle.setSpacing(SPACE if wide else 4)
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextSelectableByMouse)
        middle.addWidget(self._text, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE)
        self.action_button = button("")
        self.action_button.clicked.connect(self.action)
        self.details_button = button(tr("Details…"), "link")
        self.details_button.clicked.connect(self._show_details)
        self._buttons.addWidget(self.action_button)
        self._buttons.addWidget(self.details_button)
        if not wide:
            self._buttons.addStretch(1)
        middle.addLayout(self._buttons)
        layout.addLayout(middle, 1)
        self.close_button = IconButton("close", tr("Dismiss this message"))
        self.close_button.clicked.connect(self.clear)
        layout.addWidget(self.close_button, 0, Qt.AlignVCenter if wide else Qt.AlignTop)
        self.hide()

    def show_message(
        self, tone: Tone, text: str, *, action: str = "", details: str = "", closable: bool = True
    ) -> None:
        meaning = {
            "info": lambda: colours().accent,
            "warning": lambda: colours().warning,
            "error": lambda: colours().danger,
            "success": lambda: colours().success,
        }[tone]
        set_role(self, f"bar-{tone}")
        # The sheet's rules for labels inside bars depend on the bar's role: have Qt look again.
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self._icon.show_icon(_BAR_ICONS[tone], meaning)
        self._text.setText(text)
        self._details = details
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        self.details_button.setVisible(bool(details))
        self.close_button.setVisible(closable)
        self.setAccessibleName(text)
        self.show()

    def show_failure(self, event: JobFailed, *, closable: bool = True) -> None:
        """Say why a job failed and what to do about it."""
        self.show_message("error", with_hint(event.error, event.hint), details=event.details, closable=closable)

    def clear(self) -> None:
        self._text.setText("")
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def details(self) -> str:
        return self._details

    def _show_details(self) -> None:
        dialog = DetailsDialog(tr("Details"), self._text.text(), self._details, self.window())
        dialog.setAttribute(Qt.WA_DeleteOnClose)
        dialog.open()


class DetailsDialog(QDialog):
    """A sentence, a read-only text and a Copy button."""

    def __init__(self, title: str, summary: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(680, 420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACE)
        layout.addWidget(label(summary, wrap=True))
        self.box = QPlainTextEdit(details)
        self.box.setReadOnly(True)
        self.box.setLineWrapMode(QPlainTextEdit.NoWrap)
        self.box.setProperty("role", "mono")
        self.box.setAccessibleName(title)
        layout.addWidget(self.box, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.Close)
        self.copy_button = buttons.addButton(tr("&Copy"), QDialogButtonBox.ActionRole)
        self.copy_button.clicked.connect(lambda: copy_text(f"{summary}\n\n{details}"))
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
