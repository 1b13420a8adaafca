"""The parts of the Train tab without a window: one training, the queue, the offers to go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.settings.train import TrainSettings
from gui.engine.run_queue import RunQueue
from gui.preferences import Preferences
from gui.train.queue_runner import QueueRunner
from gui.train.resume_offers import CutShort, ResumeOffers
from gui.train.training import Pause, Training
from gui.widgets.message_bar import MessageBar
from tests.gui.conftest import SilentClient, events_of
from tests.round_records import a_round


@pytest.fixture
def training(qtbot: QtBot) -> Training:
    """A training whose first round runs."""
    training = Training(SilentClient())
    training.take(next(event for event in events_of("train") if isinstance(event, ev.TrainStarted)))
    return training


def done(number: int, rounds: int = 12) -> ev.RoundDone:
    record = a_round(number, 0.4, 0.2)
    return ev.RoundDone(job="j", run="r", record=record, rounds=rounds, best_round=1, eta_seconds=30)


def test_that_a_training_names_its_round_from_the_first_to_the_test(training: Training) -> None:
    assert training.heading() == "Round 1 of 12"
    assert training.seconds_left() == 0, "nothing is known before a round is done"
    training.take(done(1))
    assert training.heading() == "Round 2 of 12"
    assert training.seconds_left() == 30
    training.take(done(12))
    assert training.heading() == "All 12 rounds done, testing"


def test_that_a_pause_taken_back_in_the_first_round_leaves_no_trace(training: Training) -> None:
    training.pause_or_go_on("j")
    assert training.heading() == "Pausing when this round ends"
    training.pause_or_go_on("j")
    assert training.pause is Pause.NO
    assert training.heading() == "Round 1 of 12"
    training.take(ev.TrainPaused(job="j", run="r", round=1))
    assert training.pause is Pause.NO, "the engine's answer to the pause that was taken back"


def test_that_a_training_without_a_round_cannot_go_on(training: Training) -> None:
    assert training.cut_short("{0} ended after round {1} of {2}.") is None
    training.take(done(3))
    assert training.cut_short("{0} ended after round {1} of {2}.") == CutShort(
        "demo-recorded", "demo-recorded ended after round 3 of 12."
    )
    training.begin()
    assert training.cut_short("") is None, "the next one has no round yet"


def waiting(*names: str) -> RunQueue:
    queue = RunQueue(Preferences())
    for name in names:
        queue.add(TrainSettings(name=name))
    return queue


def test_that_the_queue_starts_one_at_a_time_when_the_engine_is_free(qtbot: QtBot) -> None:
    free = False
    runner = QueueRunner(waiting("a", "b"), lambda: free)
    started: list[str] = []
    runner.start.connect(lambda settings: started.append(settings.name))
    runner.start_next()
    assert started == []
    free = True
    runner.start_next()
    assert started == ["a"]
    assert runner.more_to_come()


@pytest.mark.parametrize(("put_back", "left"), [(True, ["a", "b"]), (False, ["b"])])
def test_that_what_has_no_round_yet_waits_again_when_the_queue_is_held(
    qtbot: QtBot, put_back: bool, left: list[str]
) -> None:
    queue = waiting("a", "b")
    runner = QueueRunner(queue, lambda: True)
    runner.start_next()
    runner.hold(put_back=put_back)
    assert [settings.name for settings in queue.items()] == left
    assert not runner.more_to_come()
    runner.ended()
    runner.hold(put_back=True)
    assert [settings.name for settings in queue.items()] == left, "it is put back once"


@pytest.fixture
def offers(qtbot: QtBot) -> Callable[[], tuple[ResumeOffers, MessageBar]]:
    def make() -> tuple[ResumeOffers, MessageBar]:
        notice = MessageBar(wide=True)
        qtbot.addWidget(notice)
        return ResumeOffers(notice), notice

    return make


def test_that_a_run_cut_short_while_others_wait_is_offered_later(
    offers: Callable[[], tuple[ResumeOffers, MessageBar]],
) -> None:
    offer, notice = offers()
    asked: list[str] = []
    offer.resume.connect(asked.append)
    cut = CutShort("night", "night was cancelled.")
    offer.offer(cut)
    offer.note_last("info", "Before this: night.")
    offer.begin()
    offer.settle(cut, next_runs=True, free=True)
    assert notice.text() == "Before this: night. It can be resumed when the queue is through."
    notice.action.emit()
    assert asked == [], "nothing is offered while the next one runs"
    offer.settle(None, next_runs=False, free=True)
    assert notice.text() == "night was cancelled."
    notice.action.emit()
    assert asked == ["night"]
