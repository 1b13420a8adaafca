"""Telling a person who looks elsewhere that something is over."""

from __future__ import annotations

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from gui.look.icons import app_icon

SHOWN_MS = 10_000


class Notifier(QObject):
    """A notification of the desktop where there is a tray; else the window asks for attention."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None

    def announce(self, title: str, sentence: str) -> None:
        """Say it, unless the person is looking at the window."""
        window = self._window.window()
        if window.isActiveWindow():
            return
        QApplication.alert(window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            if self._tray is None:
                self._tray = QSystemTrayIcon(app_icon(), self)
                self._tray.messageClicked.connect(self._come_forward)
                self._tray.activated.connect(lambda _: self._come_forward())
            self._tray.show()
            self._tray.showMessage(title, sentence, app_icon(), SHOWN_MS)

    def close(self) -> None:
        """Take the icon out of the tray."""
        if self._tray is not None:
            self._tray.hide()

    def _come_forward(self) -> None:
        window = self._window.window()
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()
        self.close()
