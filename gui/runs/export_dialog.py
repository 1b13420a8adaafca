"""The question before a run goes into a file: with what its parties alone have, or without."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from gui.widgets.widgets import MARGIN, SPACE, ElidedLabel, button, label
from gui.words.i18n import tr

WIDTH = 560


class ExportDialog(QDialog):
    """Asks which parts go along, and says in plain words what they are."""

    def __init__(self, run: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export a run"))
        self.setAttribute(Qt.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACE)
        heading = ElidedLabel("h2", Qt.ElideMiddle)
        heading.setText(run)
        layout.addWidget(heading)
        self.without = self._choice(
            layout,
            tr("&Without private parts"),
            tr(
                "Settings, figures, notes, the items with their titles and counts, and the item table. Whoever gets it "
                "can read and compare the run, and have lists for new users and baskets. What users had, their ids and "
                "their own models stay here; what the item table alone gives away, the audit tells."
            ),
        )
        self.whole = self._choice(
            layout,
            tr("With &private parts"),
            tr(
                "Also what every user had, their ids and their own models: all that is needed to recommend to them and "
                "to train on. Give it only to those who may see these."
            ),
        )
        self.without.setChecked(True)
        buttons = QDialogButtonBox()
        buttons.addButton(button(tr("Choose a &file…"), "primary"), QDialogButtonBox.AcceptRole)
        buttons.addButton(button(tr("&Cancel")), QDialogButtonBox.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        # A dialog's own size hint forgets how high wrapped text is at this width.
        self.setMinimumWidth(WIDTH)
        self.resize(WIDTH, layout.heightForWidth(WIDTH))

    def private(self) -> bool:
        """Return whether what parties alone have is to go along."""
        return self.whole.isChecked()

    def _choice(self, layout: QVBoxLayout, words: str, meaning: str) -> QRadioButton:
        choice = QRadioButton(words)
        choice.setAccessibleDescription(meaning)
        layout.addWidget(choice)
        below = label(meaning, "small", wrap=True)
        below.setContentsMargins(3 * SPACE, 0, 0, SPACE)
        layout.addWidget(below)
        return choice
