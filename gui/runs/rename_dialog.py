"""The question for another name of a run: as wide as names are, and it says at once which ones cannot be."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from data import paths
from fl.runs.names import next_free
from fl.settings.base import is_folder_name
from gui.widgets.widgets import MARGIN, SPACE, ElidedLabel, button, label
from gui.words.i18n import tr

WIDTH = 520


class RenameDialog(QDialog):
    """Asks for a name. It is `name()` when the dialog was accepted."""

    def __init__(self, run: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.setWindowTitle(tr("Rename the run"))
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACE)
        present = ElidedLabel("small", Qt.ElideMiddle)
        present.setText(tr("Present name: {name}").format(name=run))
        layout.addWidget(present)
        caption = label(tr("&New name"), "field")
        self.edit = QLineEdit(run)
        self.edit.setMaxLength(80)
        self.edit.setAccessibleName(tr("New name"))
        self.edit.selectAll()
        caption.setBuddy(self.edit)
        layout.addWidget(caption)
        layout.addWidget(self.edit)
        self.fault = label("", "error", wrap=True)
        layout.addWidget(self.fault)
        self.free_button = button("", "link")
        self.free_button.clicked.connect(lambda: self.edit.setText(next_free(self.name())))
        layout.addWidget(self.free_button, 0, Qt.AlignLeft)
        buttons = QDialogButtonBox()
        self.accept_button = button(tr("&Rename"), "primary")
        buttons.addButton(self.accept_button, QDialogButtonBox.AcceptRole)
        buttons.addButton(button(tr("&Cancel")), QDialogButtonBox.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.edit.textChanged.connect(self._check)
        self._check()

    def name(self) -> str:
        """Return what was typed."""
        return self.edit.text().strip()

    def _check(self) -> None:
        name = self.name()
        taken = name != self._run and is_folder_name(name) and (paths.runs_dir() / name).exists()
        fault = ""
        if taken:
            fault = tr('There is a run called "{run}" already.').format(run=name)
            self.free_button.setText(tr("Call it {name}").format(name=next_free(name)))
        elif name and not is_folder_name(name):
            fault = tr("Use letters, digits, space, dot, dash and underscore, beginning with a letter or digit.")
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.free_button.setVisible(taken)
        self.accept_button.setEnabled(bool(name) and not fault and name != self._run)
