"""The things the window remembers between starts (size, tab, theme, last settings), in an ini file of the program."""

from __future__ import annotations

import json
import logging
from typing import Any

from PyQt5.QtCore import QByteArray, QSettings

from data import paths

log = logging.getLogger(__name__)


class Preferences:
    """A thin layer over QSettings. A folder that cannot be written to only means that nothing is remembered."""

    def __init__(self) -> None:
        folder = paths.home()
        try:
            if not folder.exists():
                paths.private_folder(folder)
        except OSError as error:
            log.warning("Window settings will not be remembered: %s", error)
        self._store = QSettings(str(folder / "window.ini"), QSettings.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        return str(self._store.value(key, default))

    def set_text(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def flag(self, key: str, default: bool = False) -> bool:
        return self.text(key, "true" if default else "false") == "true"

    def set_flag(self, key: str, value: bool) -> None:
        self.set_text(key, "true" if value else "false")

    def bytes(self, key: str) -> QByteArray:
        return QByteArray.fromBase64(self.text(key).encode())

    def set_bytes(self, key: str, value: QByteArray) -> None:
        self.set_text(key, bytes(value.toBase64()).decode())

    def values(self, key: str) -> dict[str, Any]:
        """Return a dict stored as JSON; empty when missing or damaged (a damaged file must not stop the start)."""
        try:
            found = json.loads(self.text(key, "{}"))
        except json.JSONDecodeError:
            log.warning("Ignored damaged window settings under %s.", key)
            return {}
        return found if isinstance(found, dict) else {}

    def set_values(self, key: str, value: dict[str, Any]) -> None:
        self.set_text(key, json.dumps(value))

    def save(self) -> None:
        self._store.sync()
