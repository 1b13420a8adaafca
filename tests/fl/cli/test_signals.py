"""Signals to a command: two quick ones are two, and an end from outside has its sentence."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from io import StringIO

import pytest

from fl.cli import run as runs
from fl.cli.main import main
from fl.cli.start import on_first_interrupt
from fl.cli.terminal import Terminal
from fl.federation.watch import ProcessWatch
from fl.protocol.events import RoundDone
from tests.round_records import a_round


class Err(StringIO):
    def fileno(self):
        return self.to


@pytest.fixture
def terminal(tmp_path):
    err = Err()
    with (tmp_path / "err").open("wb") as file:
        err.to = file.fileno()
        yield Terminal(StringIO(), err, False)


def interrupt_twice():
    """Leave what two signals leave while a library's code runs: a byte each, and one call of the handler."""
    written = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(written)
    os.write(written, bytes([signal.SIGINT]))
    os.kill(os.getpid(), signal.SIGINT)


def test_that_two_interrupts_at_once_are_two(terminal):
    with pytest.raises(KeyboardInterrupt), on_first_interrupt(lambda: None, "Stopping.", terminal):
        interrupt_twice()


def test_that_one_interrupt_lets_the_round_finish(terminal):
    stop = threading.Event()
    with on_first_interrupt(stop.set, "Stopping.", terminal):
        assert not stop.is_set()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.is_set()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_that_an_end_from_outside_has_its_sentence(own_process, monkeypatch, number, code):
    out, err = StringIO(), StringIO()
    monkeypatch.setattr(runs, "divert_to_log", lambda name: (out, err, None))
    broken = []

    def command(_, terminal):
        terminal.show(RoundDone(job="j", run="r", record=a_round(3), rounds=9, best_round=3, eta_seconds=1.0))
        try:
            signal.raise_signal(number)
        finally:
            broken.append(ProcessWatch().broken)

    assert runs.run(command, argparse.Namespace(json=False)) == code
    # Ray's processes may have had the signal too, and are not waited for; afterwards all is as it was.
    assert [*broken, ProcessWatch().broken] == [True, False]
    kept = "Run r keeps its 3 finished rounds. To go on: TheMain.py train --resume 'r'"
    assert f"Ended by {number.name}. {kept}" in err.getvalue()


def test_that_a_home_that_can_hold_nothing_is_refused_with_a_sentence(own_process, monkeypatch):
    out, err = StringIO(), StringIO()
    monkeypatch.setattr(runs, "divert_to_log", lambda name: (out, err, None))
    monkeypatch.setenv("SECRETREC_HOME", "/tmp/" + "x" * 300)
    assert runs.run(lambda *_: None, argparse.Namespace(json=False)) == 1
    assert "cannot be read: File name too long" in err.getvalue()


def test_that_the_window_refuses_a_home_that_can_hold_nothing_with_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr("gui.app.app.display_problem", lambda: "")
    monkeypatch.setattr("gui.app.app.main", lambda _: pytest.fail("it opens"))
    monkeypatch.setenv("SECRETREC_HOME", "/tmp/" + "x" * 300)
    assert main([]) == 1
    assert "cannot be read: File name too long" in capsys.readouterr().err
