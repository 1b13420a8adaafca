"""The guard against leaks sees each kind of leak; without this, a guard that sees nothing would pass every test."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from PyQt5.QtCore import QThread, QTimer, qWarning
from PyQt5.QtWidgets import QApplication, QWidget

from tests.gui.conftest import Belongings

PROJECT = Path(__file__).resolve().parents[3]


def test_that_a_thread_is_seen(qapp: QApplication) -> None:
    before, end = Belongings(qapp), threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    assert before.left() == ["thread forgotten"]
    end.set()
    thread.join()
    assert before.left() == []


def test_that_a_thread_of_qt_is_seen(qapp: QApplication) -> None:
    before, thread = Belongings(qapp), QThread()
    thread.start()
    assert len(before.left()) == 1
    thread.quit()
    thread.wait()
    assert before.left() == []


def test_that_a_timer_is_seen(qapp: QApplication) -> None:
    before, timer = Belongings(qapp), QTimer()
    timer.start(1000)
    assert len(before.left()) == 1
    timer.stop()
    assert before.left() == []


def test_that_a_child_process_is_seen(qapp: QApplication) -> None:
    before = Belongings(qapp)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert [line.split()[:3] for line in before.left()] == [["child", "process", str(child.pid)]]
    child.communicate(b"\n")
    assert before.left() == []


def test_that_a_window_is_seen(qapp: QApplication) -> None:
    before, window = Belongings(qapp), QWidget()
    window.show()
    assert len(before.left()) == 1
    window.close()
    assert before.left() == []


def warns(qapp: QApplication) -> None:
    """Warn as Qt does: no test of its own, run by the one below."""
    qWarning("something is wrong")


def test_that_a_warning_of_qts_fails_a_test() -> None:
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-o", "python_functions=warns"]
    done = subprocess.run([*command, __file__], capture_output=True, text=True, cwd=PROJECT)
    assert "1 failed" in done.stdout.splitlines()[-1]
    assert "Failure: Qt messages with level WARNING or above emitted" in done.stdout
