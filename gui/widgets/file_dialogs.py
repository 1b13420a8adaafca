"""Dialogs for files and folders, each of which opens where it was used last."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtWidgets import QFileDialog, QWidget

from gui.preferences import Preferences


def ask_open(parent: QWidget, title: str, filters: str, place: str) -> str:
    """Return the file the person chose, "" for none. `place` names what is remembered, such as "tables"."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(_last(place)), filters)
    return _kept(place, name)


def ask_folder(parent: QWidget, title: str, place: str) -> str:
    """Return the folder the person chose, "" for none."""
    return _kept(place, QFileDialog.getExistingDirectory(parent, title, str(_last(place))))


def ask_save(parent: QWidget, title: str, name: str, filters: str, place: str) -> tuple[str, str]:
    """Return (the file to write, the filter chosen), "" for none; `name` is proposed."""
    name, chosen = QFileDialog.getSaveFileName(parent, title, str(_last(place) / name), filters)
    return _kept(place, name), chosen


def _last(place: str) -> Path:
    folder = Path(Preferences().text(f"places/{place}"))
    return folder if folder.is_absolute() and folder.is_dir() else Path.home()


def _kept(place: str, name: str) -> str:
    if name:
        path = Path(name)
        Preferences().set_text(f"places/{place}", str(path if path.is_dir() else path.parent))
    return name
