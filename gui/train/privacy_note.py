"""The note that says what leaves a party with the present settings: in short beside Start, in full on request."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from fl.settings.train import TrainSettings
from gui.look.theme import colours
from gui.widgets.tips import set_tip
from gui.widgets.widgets import SPACE, IconLabel, button, label
from gui.words import what_leaves
from gui.words.i18n import tr


class PrivacyNote(QFrame):
    """A shield, two sentences, and a button that leads to the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.whole = ""  # what exactly
        set_tip(self, tr("What a party sends while training with these settings."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self.sign = IconLabel("shield", lambda: colours().success, 18)
        row.addWidget(self.sign, 0, Qt.AlignTop)
        inside = QVBoxLayout()
        inside.setSpacing(0)
        self.words = label("", "small", wrap=True)
        self.more_button = button(tr("What exactly?"), "link")
        self.more_button.clicked.connect(self._explain)
        inside.addWidget(self.words)
        inside.addWidget(self.more_button, 0, Qt.AlignLeft)
        row.addLayout(inside, 1)

    def show_settings(self, settings: TrainSettings) -> None:
        """Say what leaves a party with these settings."""
        unprotected = what_leaves.is_open(settings)
        self.sign.show_icon(
            "warning" if unprotected else "shield",
            (lambda: colours().warning) if unprotected else (lambda: colours().success),
        )
        self.words.setText(what_leaves.what_leaves_in_short(settings))
        self.whole = what_leaves.what_leaves(settings)
        set_tip(self.words, self.whole)

    def _explain(self) -> None:
        box = QMessageBox(
            QMessageBox.NoIcon,
            tr("What leaves a party"),
            self.whole.replace("\n", "\n\n"),
            QMessageBox.Close,
            self.parentWidget(),
        )
        box.setAttribute(Qt.WA_DeleteOnClose)
        box.open()
