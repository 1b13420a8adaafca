"""The engine process from the window's side: start, events, the cancel ladder, death, the end of everything."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import psutil
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import ListRuns, TrainCommand
from fl.settings.train import TrainSettings
from gui.engine.client import EngineClient, EngineState

PATIENCE_MS = 20_000
MakeClient = Callable[..., EngineClient]


def ask(client: EngineClient, command: Any) -> tuple[str, list[Any]]:
    """Ask, and return the job with a list that fills with its events; a cancellation is kept as "cancelled"."""
    heard: list[Any] = []
    take = heard.append
    job = client.ask(
        command, take, take, on_progress=take, on_event=take, on_cancelled=lambda: heard.append("cancelled")
    )
    return job, heard


def train(client: EngineClient, qtbot: QtBot, epochs: int = 1000) -> tuple[str, list[Any]]:
    """Start training and wait until rounds come."""
    client.start()
    job, heard = ask(client, TrainCommand(settings=TrainSettings(epochs=epochs)))
    qtbot.waitUntil(lambda: any(isinstance(event, ev.RoundDone) for event in heard), timeout=PATIENCE_MS)
    return job, heard


def kinds(events: list[Any]) -> list[str]:
    return [event.type for event in events]


def test_that_commands_sent_during_warm_up_are_answered_afterwards(client: MakeClient, qtbot: QtBot) -> None:
    one = client("--warm", "0.3")
    one.start()
    assert one.state is EngineState.STARTING
    _, heard = ask(one, ListRuns())
    qtbot.waitUntil(lambda: kinds(heard) == ["runs"], timeout=PATIENCE_MS)
    assert one.state is EngineState.READY


def test_that_the_engine_leads_a_session_of_its_own(client: MakeClient, qtbot: QtBot) -> None:
    one = client()
    one.start()
    qtbot.waitUntil(lambda: one.state is EngineState.READY, timeout=PATIENCE_MS)
    assert os.getsid(one.pid) == one.pid
    assert os.getsid(one.pid) != os.getsid(0)


def test_that_a_job_ends_once_and_is_then_forgotten(client: MakeClient, qtbot: QtBot) -> None:
    one = client()
    job, heard = train(one, qtbot, epochs=3)
    qtbot.waitUntil(lambda: kinds(heard)[-1] == "train_done", timeout=PATIENCE_MS)
    assert not one.is_open(job)
    assert kinds(heard).count("round_done") == 3


def test_that_stopping_after_the_round_keeps_the_model(client: MakeClient, qtbot: QtBot) -> None:
    one = client()
    job, heard = train(one, qtbot)
    one.stop_after_round(job)
    qtbot.waitUntil(lambda: isinstance(heard[-1], ev.TrainDone), timeout=PATIENCE_MS)
    assert heard[-1].stopped_early


def test_that_a_cancelled_job_says_nothing_more_but_its_end(client: MakeClient, qtbot: QtBot) -> None:
    one = client("--late")
    job, heard = train(one, qtbot)
    pid = one.pid
    one.cancel(job)
    before = len(heard)
    qtbot.waitUntil(lambda: len(heard) > before, timeout=PATIENCE_MS)
    _, after = ask(one, ListRuns())  # answered after the late rounds
    qtbot.waitUntil(lambda: kinds(after) == ["runs"], timeout=PATIENCE_MS)
    assert heard[before:] == ["cancelled"]
    assert one.pid == pid, "an engine that obeys need not be restarted"


def test_that_an_engine_deaf_to_cancel_is_terminated_and_restarted(client: MakeClient, qtbot: QtBot) -> None:
    one = client("--ignore-cancel")
    job, heard = train(one, qtbot)
    old = psutil.Process(one.pid)
    one.cancel(job)
    qtbot.waitUntil(lambda: heard[-1] == "cancelled", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: one.state is EngineState.READY, timeout=PATIENCE_MS)
    assert not old.is_running()
    assert one.pid not in (0, old.pid)


def test_that_an_engine_deaf_to_sigterm_is_killed_with_everything_below(client: MakeClient, qtbot: QtBot) -> None:
    one = client("--ignore-cancel", "--ignore-term", "--child")
    job, heard = train(one, qtbot)
    family = [psutil.Process(one.pid), *psutil.Process(one.pid).children(recursive=True)]
    assert len(family) == 2
    said: list[str] = []
    one.output.connect(lambda level, text: said.append(text))
    one.cancel(job)
    qtbot.waitUntil(lambda: heard[-1] == "cancelled", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not any(process.is_running() for process in family), timeout=PATIENCE_MS)
    assert [name for text in said for name in ("SIGTERM", "SIGKILL") if name in text] == ["SIGTERM", "SIGKILL"]
    qtbot.waitUntil(lambda: one.state is EngineState.READY, timeout=PATIENCE_MS)


def test_that_death_is_noticed_explained_and_repaired(client: MakeClient, qtbot: QtBot) -> None:
    one = client("--die-after", "2")
    with qtbot.waitSignal(one.died, timeout=PATIENCE_MS) as death:
        _, heard = train(one, qtbot)
    reason, last_words = death.args
    assert "exit code 3" in reason
    assert "MemoryError" in last_words
    assert one.state is EngineState.DEAD
    assert isinstance(heard[-1], ev.JobFailed)
    assert heard[-1].error == reason
    one.restart()
    qtbot.waitUntil(lambda: one.state is EngineState.READY, timeout=PATIENCE_MS)


def test_that_a_kill_from_outside_is_named(client: MakeClient, qtbot: QtBot) -> None:
    one = client()
    one.start()
    qtbot.waitUntil(lambda: one.state is EngineState.READY, timeout=PATIENCE_MS)
    with qtbot.waitSignal(one.died, timeout=5000) as death:  # noticed at once: milliseconds on an idle machine
        os.kill(one.pid, signal.SIGKILL)
    assert "SIGKILL" in death.args[0]
    assert "memory" in death.args[0]


def test_that_a_command_that_cannot_be_started_is_explained(client: MakeClient, qtbot: QtBot) -> None:
    one = client(command=["/no/such/program"])
    with qtbot.waitSignal(one.died, timeout=PATIENCE_MS) as death:
        one.start()
    assert "could not be started" in death.args[0]


def test_that_silence_is_told_and_taken_back(client: MakeClient, qtbot: QtBot) -> None:
    one = client("--mute")
    one.start()
    qtbot.waitUntil(lambda: one.state is EngineState.SILENT, timeout=PATIENCE_MS)
    os.kill(one.pid, 0)  # alive all the same
    one.restart()
    qtbot.waitUntil(lambda: one.state is EngineState.READY, timeout=PATIENCE_MS)


def test_that_shutdown_ends_a_stubborn_engine_and_its_children(client: MakeClient, qtbot: QtBot) -> None:
    one = client("--ignore-shutdown", "--ignore-term", "--child")
    train(one, qtbot)
    family = [psutil.Process(one.pid), *psutil.Process(one.pid).children(recursive=True)]
    with qtbot.waitSignal(one.ended, timeout=PATIENCE_MS):
        one.shutdown()
    qtbot.waitUntil(lambda: not any(process.is_running() for process in family), timeout=PATIENCE_MS)
    assert one.state is EngineState.OFF


def test_that_library_chatter_goes_to_the_log_and_broken_messages_are_reported(
    client: MakeClient, qtbot: QtBot
) -> None:
    one = client("--chatter")
    lines: list[str] = []
    broken: list[str] = []
    one.output.connect(lambda level, text: lines.append(text))
    one.unreadable.connect(lambda line, problem: broken.append(line))
    one.start()
    qtbot.waitUntil(lambda: "progress 2" in lines and "a library says hello" in lines, timeout=PATIENCE_MS)
    assert broken == []
    one._take_line('{"type": "heartbeat", "busy": false, "mood": "good"}')
    assert len(broken) == 1
