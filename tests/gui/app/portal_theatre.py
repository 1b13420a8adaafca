"""Two actors for tests/gui/app/test_system_theme.py: a portal that says "dark", later "light", and a window that
listens.

Each is a process of its own, as on a desktop: `portal_theatre.py portal` and `portal_theatre.py listen`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PyQt5.QtCore import Q_CLASSINFO, QCoreApplication, QObject, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusVariant

from gui.look.system_theme import DARK, PLACE, SERVICE, SETTING, SystemTheme


class Portal(QDBusAbstractAdaptor):
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
    SettingChanged = pyqtSignal(str, str, QDBusVariant)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setAutoRelaySignals(True)

    @pyqtSlot(str, str, result=QDBusVariant)
    def Read(self, namespace: str, key: str) -> QDBusVariant:  # noqa: N802
        # The listener has what it asked for: a moment later the person switches to light.
        QTimer.singleShot(200, lambda: self.SettingChanged.emit(*SETTING, QDBusVariant(2)))
        return QDBusVariant(DARK)


def portal(app: QCoreApplication) -> None:
    stage = QObject(app)
    Portal(stage)
    bus = QDBusConnection.sessionBus()
    bus.registerObject(PLACE, stage)
    bus.registerService(SERVICE)
    child = subprocess.Popen([sys.executable, __file__, "listen"])
    look = QTimer(app)
    look.timeout.connect(lambda: app.exit(child.returncode) if child.poll() is not None else None)
    look.start(50)


def listen(app: QCoreApplication) -> None:
    desktop = SystemTheme(app)
    print(desktop.dark(), flush=True)

    def changed(dark: bool) -> None:
        print(dark, flush=True)
        app.quit()

    desktop.changed.connect(changed)
    QTimer.singleShot(10_000, lambda: app.exit(1))


if __name__ == "__main__":
    application = QCoreApplication(sys.argv)
    (portal if sys.argv[1] == "portal" else listen)(application)
    sys.exit(application.exec())
