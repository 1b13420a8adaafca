"""The desktop's own choice between light and dark is followed, also while the window is open."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt5.QtWidgets import QApplication

from gui.look.system_theme import SystemTheme
from gui.look.theme import theme


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no D-Bus here")
def test_that_the_portal_is_asked_and_heard() -> None:
    theatre = Path(__file__).with_name("portal_theatre.py")
    played = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(theatre), "portal"], capture_output=True, text=True, timeout=60
    )
    assert played.stdout.split() == ["True", "False"], played.stderr


def test_that_without_a_bus_nothing_is_asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    assert SystemTheme().dark() is None


def test_that_a_change_is_followed_unless_the_person_chose(qapp: QApplication) -> None:
    theme().apply(qapp, "system")
    theme().follow(qapp, True)
    assert theme().colours.dark
    theme().follow(qapp, False)
    assert not theme().colours.dark
    theme().apply(qapp, "dark")
    theme().follow(qapp, False)
    assert theme().colours.dark
