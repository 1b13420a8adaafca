"""Dialogs to look things up: keyboard shortcuts, the meaning of words, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.app import crash
from gui.privacy.help import TERMS
from gui.widgets.pages import VerticalScrollArea
from gui.widgets.widgets import MARGIN, SPACE, label
from gui.words import text
from gui.words.i18n import tr

WIDTH = 620
LIBRARIES = ("pyqtgraph", "pydantic", "pandas", "numpy")  # what the window itself uses


class HelpDialog(QDialog):
    """Words and their meanings below each other, with room to scroll."""

    def __init__(self, title: str, rows: Sequence[tuple[str, str]], before: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WA_DeleteOnClose)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setSpacing(SPACE + 4)
        if before:
            inside.addWidget(_paragraph(before))
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(SPACE + 2)
        grid.setColumnStretch(1, 1)
        for row, (word, meaning) in enumerate(rows):
            name = label(word, "h3")
            grid.addWidget(name, row, 0, Qt.AlignTop | Qt.AlignLeft)
            grid.addWidget(_paragraph(meaning), row, 1)
        inside.addLayout(grid)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        area = VerticalScrollArea(content)
        area.setFocusPolicy(Qt.StrongFocus)  # so that the arrow keys scroll
        area.setAccessibleName(title)
        layout.addWidget(area, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        room = (
            content.heightForWidth(WIDTH - 3 * MARGIN) if content.hasHeightForWidth() else content.sizeHint().height()
        )
        self.resize(WIDTH, min(room + 110, 560))
        buttons.button(QDialogButtonBox.Close).setFocus()


def _paragraph(words: str) -> QLabel:
    result = label(words, wrap=True)
    result.setTextInteractionFlags(Qt.TextSelectableByMouse)
    return result


def shortcuts(parent: QWidget) -> HelpDialog:
    """Return the dialog of keyboard shortcuts."""
    rows = [
        ("Ctrl+1, 2, 3, 4", tr("Train, Recommend, Evaluate, Privacy")),
        ("Ctrl+Enter", tr("Start what the page is for")),
        ("Ctrl+.", tr("Cancel it")),
        ("Ctrl+L", tr("Show the log")),
        ("Ctrl+R", tr("All runs")),
        ("Ctrl+M", tr("Small view, and back")),
        ("Ctrl+C", tr("Copy table rows with their headings")),
        ("Alt", tr("With an underlined letter: go to that field, or press that button")),
        ("Tab, Shift+Tab", tr("Next or previous control")),
        ("F1, Shift+F1", tr("These shortcuts; what the words mean")),
        ("F10", tr("Menu")),
        ("Ctrl+Q", tr("Quit")),
    ]
    return HelpDialog(tr("Keyboard shortcuts"), rows, parent=parent)


def glossary(parent: QWidget) -> HelpDialog:
    """Return the dialog that says what the words mean."""
    rows = [
        (tr("Party"), text.help_text("party")),
        (tr("Client"), tr("One user. A party trains for all its clients; what they chose never leaves it.")),
        (tr("Round"), text.help_text("round")),
        (
            tr("Item embedding"),
            tr("A short list of numbers for each item, learnt by all parties together. It is what is shared."),
        ),
        (
            tr("Scoring function"),
            tr("Turns an item embedding into this user's score. Every user has one, and it stays with the party."),
        ),
        (
            tr("Secure aggregation"),
            tr(
                "Parties add random masks that cancel out in the sum, so that the server learns the sum of their "
                "updates and not the update of one party."
            ),
        ),
        ("HR@K", text.help_text("hr")),
        ("NDCG@K", text.help_text("ndcg")),
        ("MRR@K", text.help_text("mrr")),
        (
            tr("Held-out item"),
            tr(
                "The last item a user chose is kept for the test, the last but one for validation. Training never "
                "counts them as chosen."
            ),
        ),
        (tr("Popularity"), text.help_text("popularity")),
        (tr("Epsilon"), tr(TERMS["epsilon"])),
        (tr("Audit"), tr(TERMS["audit"])),
        (tr("Training loss"), text.loss_help()),
    ]
    return HelpDialog(tr("What the words mean"), rows, parent=parent)


def about(engine: str, parent: QWidget) -> HelpDialog:
    """Return the dialog about this program.

    Args:
        engine: the versions that the engine told, "" while it has not.
        parent: the window.
    """
    rows = [
        (
            tr("Licence"),
            tr(
                "SecretRec's own files are licensed under Apache-2.0. The window uses PyQt5, which is licensed under "
                "GPL-3 or a commercial licence: whatever is passed on together with PyQt5 must as a whole be offered "
                "under GPL-3."
            ),
        ),
        (
            tr("Built with"),
            tr("SecretFlow and Ray (Apache-2.0), TensorFlow (Apache-2.0), Qt (LGPL-3), pyqtgraph and pydantic (MIT)."),
        ),
        (tr("Versions"), "\n".join([crash.versions(), ", ".join(_versions())])),
    ]
    if engine:
        rows.append((tr("Engine"), engine))
    return HelpDialog(
        tr("About SecretRec"), rows, tr("Private, federated recommendation on SecretFlow."), parent=parent
    )


def _versions() -> list[str]:
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue  # installed in another way, or an engine without it
    return found
