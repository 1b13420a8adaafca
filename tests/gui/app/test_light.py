"""The window stays light: no heavy import, no display needed to be told that there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.app.app import display_problem

REPO = Path(__file__).resolve().parents[3]
HEAVY = ("tensorflow", "secretflow", "secretflow_fl", "ray", "jax", "pandas", "torch", "scipy", "matplotlib", "spu")

SHOW = f"""
import sys
from PyQt5.QtCore import QEvent, QEventLoop, QObject
import fl.cli.output
import gui.app.app
from gui.app.main_window import MainWindow
from gui.look.theme import theme

class Paints(QObject):
    plots = []
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Paint:
            self.plots.append("pyqtgraph" in sys.modules)
        return False

app = gui.app.app.make_application(["test"])
theme().apply(app, "light")
window = MainWindow()
paints = Paints()
window.installEventFilter(paints)
window.show()
while window.train.view.curves.valid.axes is None:
    app.processEvents(QEventLoop.WaitForMoreEvents)
print(paints.plots[0], "pyqtgraph" in sys.modules, sorted(set(sys.modules) & set({HEAVY!r})))
fl.cli.output.leave(0)
"""


def test_that_the_window_imports_nothing_heavy_and_is_painted_before_plots_are_made() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=REPO, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False True []"


def test_that_no_display_is_a_sentence_not_a_core_dump() -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    script = "import sys, gui.app.app; sys.exit(gui.app.app.main(['x']))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPO, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "There is no display" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("platform", ["offscreen", "minimal"])
def test_that_platforms_without_a_screen_have_no_problem(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert display_problem() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="X11 is asked on Linux only")
def test_that_a_display_nobody_serves_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":987")
    assert ":987" in display_problem()


def test_that_a_wayland_display_nobody_serves_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert "wayland-7" in display_problem()
