"""Watch over the desktop's theme: the freedesktop portal says whether it is dark. GNOME, KDE and others keep it there.

Qt 5 does not ask for it. Where there is no portal, the palette the desktop came with decides (`theme.system_is_dark`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

SERVICE = "org.freedesktop.portal.Desktop"
PLACE = "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"
SETTING = ("org.freedesktop.appearance", "color-scheme")
DARK = 1  # 0: no preference, 2: light
PATIENCE_MS = 120  # the window waits for the answer


class SystemTheme(QObject):
    """The desktop's choice between dark and light, as the portal tells it.

    Signals:
        changed: the desktop became dark (True) or light (False).
    """

    changed = pyqtSignal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: QDBusConnection | None = None
        if _has_session_bus():
            bus = QDBusConnection.sessionBus()
            if bus.isConnected():
                self._bus = bus
                bus.connect(SERVICE, PLACE, INTERFACE, "SettingChanged", self._on_change)

    def dark(self) -> bool | None:
        """Return what the portal says; None where there is none, or it does not say."""
        if self._bus is None:
            return None
        question = QDBusMessage.createMethodCall(SERVICE, PLACE, INTERFACE, "Read")
        question.setArguments(list(SETTING))
        answer = self._bus.call(question, QDBus.Block, PATIENCE_MS)
        if answer.type() != QDBusMessage.ReplyMessage or not answer.arguments():
            return None
        value = _bare(answer.arguments()[0])
        return None if value == 0 else value == DARK

    @pyqtSlot(QDBusMessage)
    def _on_change(self, message: QDBusMessage) -> None:
        arguments = message.arguments()
        if len(arguments) == 3 and tuple(arguments[:2]) == SETTING:
            self.changed.emit(_bare(arguments[2]) == DARK)


def _has_session_bus() -> bool:
    """Return whether there is a session bus. Asking Qt for a bus that is not there would make it start one."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or (bool(folder) and Path(folder, "bus").exists())


def _bare(value: Any) -> Any:
    """Unwrap an answer of `Read`, which is wrapped in a variant, by some portals in two."""
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value
