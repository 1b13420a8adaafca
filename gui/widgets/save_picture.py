"""A button that saves what a widget shows as a picture."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QFile, QIODevice
from PyQt5.QtWidgets import QWidget

from gui.widgets.file_dialogs import ask_save
from gui.widgets.message_bar import MessageBar
from gui.widgets.widgets import IconButton
from gui.words.i18n import tr

FORMAT = ".png"


class SavePicture(IconButton):
    """A button that saves a widget as a picture, at the sharpness of the screen.

    Args:
        target: what is saved.
        name: proposed for the file, without extension.
        message: tells whether it was saved.
    """

    def __init__(self, target: QWidget, name: str, message: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__("save", tr("Save as a picture…"), parent)
        self._target, self._file_name, self._message = target, name, message
        self.clicked.connect(self.ask)

    def ask(self) -> None:
        proposed, filters = f"{self._file_name}{FORMAT}", tr("PNG pictures (*.png)")
        name, _ = ask_save(self, tr("Save as a picture"), proposed, filters, "pictures")
        if name:
            self.save(Path(name if name.lower().endswith(FORMAT) else name + FORMAT))

    def save(self, path: Path) -> None:
        """Write the picture, and say what became of it."""
        self._message.clear()  # it is not part of the picture
        file = QFile(str(path))
        if file.open(QIODevice.WriteOnly) and self._target.grab().save(file, "PNG"):
            self._message.show_message("success", tr("Saved to {0}").format(path))
        else:
            told = tr("The picture was not saved to {path}: {reason}.")
            self._message.show_message("error", told.format(path=path, reason=file.errorString()))
        file.close()
