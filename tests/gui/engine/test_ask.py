"""Asking the engine: who is called back, for which events, in which order, and when nobody is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PyQt5.QtCore import QObject
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import Cancel, FetchCommand, ListDatasets, ListItems, ListRuns, TrainCommand
from fl.settings.train import TrainSettings
from gui.engine.client import EngineClient, EngineState
from tests.gui.conftest import PATIENCE_MS, SilentClient

MakeClient = Callable[..., EngineClient]


class Listener:
    """Keeps what it is called back with, as (which call, the event's type or its text)."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def asks(self, client: EngineClient, command: Any, instead_of: str = "") -> str:
        """Ask for every kind of call."""
        return client.ask(
            command,
            lambda event: self.heard.append(("answer", event.type)),
            lambda event: self.heard.append(("failure", event.error)),
            on_progress=lambda event: self.heard.append(("progress", str(event.done))),
            on_event=lambda event: self.heard.append(("event", event.type)),
            on_cancelled=lambda: self.heard.append(("cancelled", "")),
            instead_of=instead_of,
        )


class Asker(QObject):
    """An object of Qt's whose method takes the answer, and which may be deleted before it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Any] = []

    def take(self, event: Any) -> None:
        self.objectName()  # raises when the object is gone, as any use of a deleted widget does
        self.answers.append(event)


@pytest.fixture
def ready(qtbot: QtBot) -> Iterator[SilentClient]:
    """An engine client without a process, ready."""
    one = SilentClient()
    one.start()
    yield one
    one.deleteLater()


def runs(job: str) -> ev.Runs:
    return ev.Runs(job=job, runs=())


def failure(job: str) -> ev.JobFailed:
    return ev.JobFailed(job=job, error="No room.", hint="", details="")


def test_that_the_job_is_filled_in_and_each_asker_hears_of_its_own_job_alone(ready: SilentClient) -> None:
    one, other = Listener(), Listener()
    first, second = one.asks(ready, ListRuns()), other.asks(ready, ListRuns())
    assert [command.job for command in ready.sent] == [first, second]
    assert first != second
    ready.receive(runs(second))
    assert (one.heard, other.heard) == ([], [("answer", "runs")])
    ready.receive(runs(first))
    assert one.heard == [("answer", "runs")]


def test_that_nothing_is_called_from_inside_ask(ready: SilentClient) -> None:
    asker = Listener()
    asker.asks(ready, ListRuns())
    assert asker.heard == []


def test_that_calls_come_in_the_order_of_events_and_end_with_the_answer(ready: SilentClient) -> None:
    asker = Listener()
    job = asker.asks(ready, FetchCommand(dataset="demo"))
    for event in (
        ev.Phase(job=job, text="reading"),
        ev.Progress(job=job, done=1, total=2, unit="bytes"),
        ev.Progress(job=job, done=2, total=2, unit="bytes"),
    ):
        ready.receive(event)
    assert ready.is_open(job)
    ready.receive(runs(job))
    assert not ready.is_open(job)
    ready.receive(ev.Progress(job=job, done=3, total=2, unit="bytes"))
    ready.receive(runs(job))
    assert asker.heard == [("event", "phase"), ("progress", "1"), ("progress", "2"), ("answer", "runs")]


def test_that_a_failure_ends_the_job_once(ready: SilentClient) -> None:
    asker = Listener()
    job = asker.asks(ready, ListRuns())
    ready.receive(failure(job))
    ready.receive(failure(job))
    assert asker.heard == [("failure", "No room.")]


def test_that_calls_nobody_asked_for_are_left_out(ready: SilentClient) -> None:
    answers: list[Any] = []
    job = ready.ask(ListRuns(), answers.append)
    ready.receive(ev.Phase(job=job, text="reading"))
    ready.receive(ev.Progress(job=job, done=1, total=2, unit="bytes"))
    ready.receive(failure(job))
    assert answers == []
    assert not ready.is_open(job)


def test_that_whoever_is_called_may_ask_again(ready: SilentClient) -> None:
    asker = Listener()
    job = ready.ask(ListRuns(), lambda _: asker.asks(ready, ListDatasets()))
    ready.receive(runs(job))
    ready.receive(ev.Datasets(job=ready.last(ListDatasets).job, datasets=()))
    assert asker.heard == [("answer", "datasets")]


def test_that_a_cancelled_job_says_nothing_more_but_that_it_has_ended(ready: SilentClient) -> None:
    asker = Listener()
    job = asker.asks(ready, ListRuns())
    ready.cancel(job)
    assert ready.last(Cancel).target == job
    ready.receive(ev.Phase(job=job, text="reading"))
    assert asker.heard == []
    ready.receive(runs(job))  # the engine was quicker than the cancellation
    ready.receive(ev.JobCancelled(job=job))
    assert asker.heard == [("cancelled", "")]


def test_that_the_answer_to_a_question_that_was_replaced_or_forgotten_reaches_nobody(ready: SilentClient) -> None:
    asker = Listener()
    old = asker.asks(ready, ListItems(run="a", query="m"))
    new = asker.asks(ready, ListItems(run="a", query="mo"), instead_of=old)
    ready.receive(ev.Items(job=old, run="a", query="m", total=0, items=()))
    assert asker.heard == []
    ready.receive(ev.Items(job=new, run="a", query="mo", total=0, items=()))
    assert asker.heard == [("answer", "items")]
    last = asker.asks(ready, ListItems(run="a"))
    ready.forget(last)
    ready.receive(failure(last))
    assert len(asker.heard) == 1


def test_that_a_deleted_object_is_never_called(ready: SilentClient, qtbot: QtBot) -> None:
    asker, failures = Asker(), Listener()
    told: list[Any] = []
    job = ready.ask(ListRuns(), asker.take, told.append)
    other = failures.asks(ready, ListRuns())
    with qtbot.waitSignal(asker.destroyed):
        asker.deleteLater()
    ready.receive(failure(job))
    ready._be_dead("It is gone.")
    assert (asker.answers, told) == ([], [])
    assert failures.heard == [("failure", "It is gone.")]
    assert not ready.is_open(other)


def test_that_an_object_deleted_by_an_earlier_call_of_the_same_death_is_not_called(
    ready: SilentClient, qtbot: QtBot
) -> None:
    asker = Asker()
    told: list[Any] = []

    def delete(_: Any) -> None:
        with qtbot.waitSignal(asker.destroyed):
            asker.deleteLater()

    ready.ask(ListRuns(), told.append, delete)
    ready.ask(ListRuns(), asker.take, asker.take)
    ready._be_dead("It is gone.")
    assert asker.answers == []


def test_that_the_death_of_the_engine_ends_each_job_once_in_the_order_they_were_asked(ready: SilentClient) -> None:
    order: list[str] = []
    first = ready.ask(ListRuns(), print, lambda event: order.append(f"first: {event.error}"))
    cancelled = Listener()
    job = cancelled.asks(ready, TrainCommand(settings=TrainSettings()))
    ready.cancel(job)
    ready.ask(ListRuns(), print, lambda event: order.append(f"second: {event.error}"))
    ready._be_dead("It is gone.")
    assert order == ["first: It is gone.", "second: It is gone."]
    assert cancelled.heard == [("cancelled", "")]
    ready.receive(failure(first))
    ready._be_dead("It is gone again.")
    assert len(order) == 2


def test_that_asking_an_engine_that_is_not_there_fails_later_and_once(ready: SilentClient, qtbot: QtBot) -> None:
    asker = Listener()
    ready._be_dead("It is gone.")
    sent = len(ready.sent)
    asker.asks(ready, ListRuns())
    assert asker.heard == []
    qtbot.waitUntil(lambda: bool(asker.heard), timeout=PATIENCE_MS)
    assert asker.heard == [("failure", "The engine is not running.")]
    assert len(ready.sent) == sent


def test_that_a_mistake_in_a_call_does_not_lose_the_events_after_it(ready: SilentClient, qtbot: QtBot) -> None:
    asker = Listener()

    def stumble(_: Any) -> None:
        raise ZeroDivisionError

    first = ready.ask(ListRuns(), stumble)
    second = asker.asks(ready, ListRuns())
    with qtbot.captureExceptions() as mistakes:
        for job in (first, second):
            ready.receive(runs(job))
    assert [kind for kind, _, _ in mistakes] == [ZeroDivisionError]
    assert asker.heard == [("answer", "runs")]


def test_that_an_engine_that_had_to_be_killed_tells_the_jobs_behind_it(client: MakeClient, qtbot: QtBot) -> None:
    one = client("--ignore-cancel")
    training, waiting = Listener(), Listener()
    one.start()
    job = training.asks(one, TrainCommand(settings=TrainSettings(epochs=1000)))
    qtbot.waitUntil(lambda: ("event", "round_done") in training.heard, timeout=PATIENCE_MS)
    waiting.asks(one, ListRuns())  # stands behind the training
    one.cancel(job)
    qtbot.waitUntil(lambda: bool(waiting.heard), timeout=PATIENCE_MS)
    assert training.heard[-1] == ("cancelled", "")
    assert waiting.heard == [("failure", "The engine was restarted while this was running.")]
    qtbot.waitUntil(lambda: one.state is EngineState.READY, timeout=PATIENCE_MS)
    after = Listener()
    after.asks(one, ListRuns())
    qtbot.waitUntil(lambda: after.heard == [("answer", "runs")], timeout=PATIENCE_MS)
