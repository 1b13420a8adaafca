"""Unforeseen errors of the window itself: one dialog for each distinct traceback, with everything a report needs.

PyQt aborts the process when an exception leaves a slot, unless sys.excepthook is replaced.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PyQt5.QtCore import PYQT_VERSION_STR, QT_VERSION_STR, QCoreApplication, QtMsgType, qInstallMessageHandler
from PyQt5.QtWidgets import QApplication, QWidget

from data import paths
from gui.widgets.message_bar import DetailsDialog
from gui.words.i18n import tr

log = logging.getLogger(__name__)
LOG_BYTES, LOG_FILES = 1_000_000, 3

_seen: set[str] = set()
_open: list[DetailsDialog] = []


def log_file() -> Path:
    """Return the window's log file."""
    return paths.logs_dir() / "window.log"


def start_logging() -> None:
    """Log to a rotating file, Qt's messages included. A read-only home does not stop the start: then there is none."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    screen = logging.StreamHandler()
    screen.setLevel(logging.WARNING)
    screen.setFormatter(formatter)
    root.addHandler(screen)
    try:
        paths.private_folder(log_file().parent)
        handler = RotatingFileHandler(log_file(), maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    except OSError as error:
        log.warning("No log file: %s", error)
    else:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    qInstallMessageHandler(_qt_message)


def _qt_message(kind: QtMsgType, context: object, message: str | None) -> None:
    level = {0: logging.DEBUG, 4: logging.INFO, 1: logging.WARNING, 2: logging.ERROR, 3: logging.CRITICAL}
    logging.getLogger("qt").log(level.get(int(kind), logging.WARNING), "%s", message)


def versions() -> str:
    """Return the versions of what the window runs on, in a line."""
    return (
        f"SecretRec on Python {platform.python_version()}, PyQt {PYQT_VERSION_STR}, Qt {QT_VERSION_STR}, "
        f"{platform.platform()}"
    )


def report(summary: str, details: str, parent: QWidget | None = None) -> bool:
    """Show a problem nobody foresaw, once for each distinct text, and return whether a dialog was opened."""
    log.error("%s\n%s", summary, details)
    if details in _seen or QApplication.instance() is None:
        return False
    _seen.add(details)
    whole = f"{details.rstrip()}\n\n{versions()}\nLog: {log_file()}"
    dialog = DetailsDialog(tr("Something went wrong"), summary, whole, parent)
    _open.append(dialog)  # nobody else keeps it alive

    def closed() -> None:
        _open.remove(dialog)
        dialog.deleteLater()

    dialog.finished.connect(closed)
    dialog.open()
    return True


def forget() -> None:
    """Forget all that was reported, so that tests do not disturb each other."""
    _seen.clear()
    for dialog in list(_open):
        dialog.close()


def install_excepthook(parent: Callable[[], QWidget | None]) -> None:
    """Turn exceptions that nobody caught into the dialog; Ctrl+C still ends the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        report(
            tr(
                "This is a mistake in SecretRec, not in what you did. The window goes on working; runs are not "
                "affected. "
                "Please send the text below to the developers.",
            ),
            "".join(traceback.format_exception(kind, error, trace)),
            parent(),
        )

    sys.excepthook = hook
