"""The opening of a folder or file in the desktop's own program, or its path where there is none."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import Qt, QUrl
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QMessageBox, QWidget

from gui.widgets.widgets import copy_text
from gui.words.i18n import tr


def open_path(path: Path, parent: QWidget) -> None:
    """Open a folder or a file; where the desktop has no program for it, say so and offer the path."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return
    box = QMessageBox(
        QMessageBox.NoIcon,
        path.name,
        tr("This desktop has no program that opens it. It is here:"),
        QMessageBox.Close,
        parent,
    )
    box.setInformativeText(str(path))
    box.setTextInteractionFlags(Qt.TextSelectableByMouse)
    copy = box.addButton(tr("Copy the &path"), QMessageBox.ActionRole)
    copy.clicked.connect(lambda: copy_text(str(path)))
    box.setAttribute(Qt.WA_DeleteOnClose)
    box.open()
