"""The start and the end of the program with a window: checks, application object, theme, log."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QLibraryInfo, QSocketNotifier, Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QApplication

from gui.app import crash
from gui.app.language import replace_process
from gui.app.main_window import MainWindow
from gui.engine.client import EngineClient
from gui.look.icons import app_icon
from gui.look.system_theme import SystemTheme
from gui.look.theme import theme
from gui.preferences import Preferences
from gui.words import i18n

NEEDS_NO_SCREEN = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
XCB_PACKAGES = (
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 "
    "libxcb-xkb1 libxkbcommon-x11-0 libgl1 libegl1 libdbus-1-3"
)


# Connections made by display_problem, open until Qt has its own: a bare X server (xvfb-run) resets itself when its
# last client leaves, and refuses whoever connects meanwhile.
_probes: list[tuple[ctypes.CDLL, int]] = []


def display_problem() -> str:
    """Return why no window can be shown, as one or two sentences, or "".

    It has to be asked before QApplication is made: without a display Qt does not raise, it aborts the process.
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if sys.platform != "linux" or platform in NEEDS_NO_SCREEN:
        return ""
    display, wayland = os.environ.get("DISPLAY", ""), os.environ.get("WAYLAND_DISPLAY", "")
    if not display and not wayland:
        return (
            "There is no display to show the window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "Use the commands instead (see --help), connect with ssh -X, or run under xvfb-run."
        )
    if platform.startswith("wayland") or not display:
        return _wayland_problem(wayland)
    return _xcb_library_problem() or _x_server_problem(display)


def _wayland_problem(name: str) -> str:
    if not name:
        return "QT_QPA_PLATFORM asks for Wayland, but WAYLAND_DISPLAY is not set."
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError as error:
            return f"The Wayland display {name} cannot be reached ({error.strerror or error})."
    return ""


def _xcb_library_problem() -> str:
    """Return which system library Qt's X11 plugin lacks, or "". Wheels do not bring them; loading names the first."""
    plugin = Path(QLibraryInfo.location(QLibraryInfo.PluginsPath)) / "platforms" / "libqxcb.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        missing = str(error).split(":")[0]
        return (
            f"The window needs a system library that is missing: {missing}. "
            f"On Debian or Ubuntu: apt install {XCB_PACKAGES}"
        )
    return ""


def _x_server_problem(display: str) -> str:
    """Return why the X server lets nobody in, or "", after a connection like the one that Qt is going to make."""
    if _probes:
        return ""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return (
            f"The display {display} cannot be opened: nothing answers there, or it does not let this user in. "
            "Use the commands instead (see --help), or run under xvfb-run."
        )
    _probes.append((xcb, connection))
    return ""


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the application object, after setting what must be set before it exists."""
    QCoreApplication.setAttribute(Qt.AA_EnableHighDpiScaling)
    QCoreApplication.setAttribute(Qt.AA_UseHighDpiPixmaps)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    if not os.environ.get("DISPLAY") and os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "wayland")
    app = QApplication(list(argv))
    while _probes:
        xcb, connection = _probes.pop()
        xcb.xcb_disconnect(connection)
    app.setApplicationName("SecretRec")
    app.setDesktopFileName("secretrec")
    app.setWindowIcon(app_icon())
    # The window hides at once when it is closed; the program ends when the engine has.
    app.setQuitOnLastWindowClosed(False)
    return app


class _Signals:
    """A way for Ctrl+C and SIGTERM to end the window as usual: Python only handles signals while it runs Python."""

    def __init__(self, window: MainWindow) -> None:
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: window.leave())
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Read)  # type: ignore[arg-type]
        self._notifier.activated.connect(self._woken)

    def _woken(self) -> None:
        self._read.recv(64)

    def close(self) -> None:
        """Give the signals back to Python's and the system's own handling."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        self._read.close()
        self._write.close()


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed, and return the exit code."""
    problem = display_problem()
    if problem:
        print(problem, file=sys.stderr)
        return 2
    app = make_application(sys.argv if argv is None else argv)
    crash.start_logging()
    preferences = Preferences()
    i18n.install(app, preferences.text("window/language", i18n.SYSTEM))
    mode = preferences.text("window/theme", "system")
    theme().apply(app, mode if mode in ("system", "light", "dark") else "system")  # type: ignore[arg-type]
    desktop = SystemTheme(app)
    dark = desktop.dark()
    if dark is not None:
        theme().follow(app, dark)
    desktop.changed.connect(lambda dark: theme().follow(app, dark))
    client = EngineClient()
    with theme().undressed(app):
        window = MainWindow(client, preferences)
    crash.install_excepthook(lambda: window)
    window.closed.connect(app.quit)
    signals = _Signals(window)
    window.show()
    window.start_engine()
    code = int(app.exec())
    signals.close()
    client.kill_now()
    if window.restart_wanted:
        replace_process()
    return code
