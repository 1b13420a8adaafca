"""Every test runs in a home of its own, without a screen. Importing this file loads no Qt, TensorFlow or SecretFlow."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

# Before anything imports Qt or TensorFlow. `QT_QPA_PLATFORM=xcb pytest ...` shows the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
# A job in the background, or under nohup, begins with these ignored, and so would every program that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

XDG_FOLDERS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
}


def redirect_qsettings(folder: Path) -> None:
    """Send QSettings to `folder`, if Qt is in use: it reads $XDG_CONFIG_HOME only once per process."""
    core = sys.modules.get("PyQt5.QtCore")
    if core is not None:
        for file_format in (core.QSettings.NativeFormat, core.QSettings.IniFormat):
            core.QSettings.setPath(file_format, core.QSettings.UserScope, str(folder / "user"))
            core.QSettings.setPath(file_format, core.QSettings.SystemScope, str(folder / "system"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home folder, which the test and every process it starts take for the user's.

    Its path is short: Ray puts sockets below such folders, and the path of a socket may have 107 characters.
    """
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("SECRETREC_HOME", str(folder / "secretrec"))
    for name, relative in XDG_FOLDERS.items():
        (folder / relative).mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(name, str(folder / relative))
    redirect_qsettings(folder / ".config")
    return folder
