"""Several trainings wait for their turn; one can pause. On recorded events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import PauseTraining, ResumeCommand, StopAfterRound, TrainCommand, UnpauseTraining
from fl.settings.train import TrainSettings
from gui.engine.client import EngineState
from gui.engine.run_queue import KEY, RunQueue
from gui.preferences import Preferences
from gui.tabs.state import JobState
from tests.gui.conftest import events_of
from tests.gui.train.test_train_tab import start, until_round

PATIENCE_MS = 20_000


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    return stage.window.train


def running(stage: Any, tab: Any, qtbot: QtBot) -> str:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(3))
    return job


def enqueue(tab: Any, qtbot: QtBot, name: str, **values: str) -> None:
    tab.form.set_values({"name": name, **values})
    qtbot.mouseClick(tab.controls.queue_button, Qt.LeftButton)


def waiting(tab: Any) -> list[str]:
    return [settings.name for settings in tab.queue.items()]


def trained(stage: Any) -> list[str]:
    return [command.settings.name for command in stage.client.sent if isinstance(command, TrainCommand)]


# --- the queue --------------------------------------------------------------------------------------------------------


def test_that_start_while_running_waits_and_follows(stage: Any, tab: Any, qtbot: QtBot) -> None:
    assert not tab.controls.queue_button.isVisible(), "nothing runs, nothing to wait for"
    job = running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second", epochs="7")
    enqueue(tab, qtbot, "third")
    assert tab.view.queue_panel.isVisible()
    assert tab.view.queue_panel.list.count() == 2
    assert "second" in tab.view.queue_panel.list.item(0).text()
    assert "7 rounds" in tab.view.queue_panel.list.item(0).text()
    assert len(trained(stage)) == 1
    stage.play("train", job)
    assert trained(stage)[1:] == ["second"]
    assert stage.client.last(TrainCommand).settings.epochs == 7
    assert tab.state is JobState.STARTING
    assert waiting(tab) == ["third"]
    assert 'Before this: "demo-recorded": Finished' in tab.view.notice.text()


def test_that_the_next_starts_after_a_failure_and_the_failure_is_told(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second")
    stage.client.receive(ev.JobFailed(job=job, error="The disk is full.", hint="", details=""))
    assert trained(stage)[1:] == ["second"]
    assert "The disk is full." in tab.view.notice.text()
    assert not tab.view.notice.action_button.isVisible()


def test_that_a_cancelled_run_is_offered_again_when_the_queue_is_through(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second")
    tab.cancel()
    stage.client.receive(ev.JobCancelled(job=job))
    assert trained(stage)[1:] == ["second"]
    assert "It can be resumed when the queue is through." in tab.view.notice.text()
    assert not tab.view.notice.action_button.isVisible(), "the engine is busy with the next one"
    # A name of its own, else it would be taken for the cancelled run going on.
    for event in events_of("train"):
        changed = {"job": tab.job, "run": "second"}
        known = {key: value for key, value in changed.items() if key in type(event).model_fields}
        stage.client.receive(event.model_copy(update=known))
    assert tab.view.result.run == "second"
    assert '"demo-recorded" was cancelled after round 3 of 12.' in tab.view.notice.text()
    qtbot.mouseClick(tab.view.notice.action_button, Qt.LeftButton)
    assert stage.client.last(ResumeCommand).run == "demo-recorded"
    # Offered once: what is cancelled now is what is offered next.
    stage.client.receive(ev.JobCancelled(job=tab.job))
    assert not tab.view.notice.isVisible()


def test_that_waiting_runs_can_be_moved_and_removed(stage: Any, tab: Any, qtbot: QtBot) -> None:
    running(stage, tab, qtbot)
    for name in ("a", "b", "c"):
        enqueue(tab, qtbot, name)
    panel = tab.view.queue_panel
    panel.list.setCurrentRow(2)
    qtbot.mouseClick(panel.up_button, Qt.LeftButton)
    qtbot.mouseClick(panel.up_button, Qt.LeftButton)
    assert waiting(tab) == ["c", "a", "b"]
    assert not panel.up_button.isEnabled()
    qtbot.mouseClick(panel.down_button, Qt.LeftButton)
    assert waiting(tab) == ["a", "c", "b"]
    qtbot.mouseClick(panel.remove_button, Qt.LeftButton)
    assert waiting(tab) == ["a", "b"]
    panel.queue.remove(0)
    panel.queue.remove(0)
    assert not panel.isVisible()


def test_that_a_name_waits_only_once(stage: Any, tab: Any, qtbot: QtBot) -> None:
    running(stage, tab, qtbot)
    enqueue(tab, qtbot, "twice")
    assert tab.form.value("name") == "", "the next one needs another name"
    tab.form.set_value("name", "twice")
    assert not tab.controls.queue_button.isEnabled()
    assert tab.controls.queue_note.text() == '"twice" is taken: give the next run another name.'
    tab.form.set_value("name", "")
    assert tab.controls.queue_button.isEnabled()
    assert not tab.controls.queue_note.isVisible()


def test_that_wrong_settings_cannot_wait(stage: Any, tab: Any, qtbot: QtBot) -> None:
    running(stage, tab, qtbot)
    tab.form.set_value("epochs", "0")
    assert not tab.controls.queue_button.isEnabled()
    assert tab.controls.queue_note.text() == "Correct the marked fields first."


def test_that_the_queue_waits_for_another_page(
    stage: Any, tab: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second")
    evaluate = stage.window.evaluate
    monkeypatch.setattr(evaluate, "occupies_engine", lambda: True)
    monkeypatch.setattr(evaluate, "what_runs", lambda: "An evaluation")
    stage.play("train", job)
    assert len(trained(stage)) == 1
    monkeypatch.setattr(evaluate, "occupies_engine", lambda: False)
    evaluate.state_changed.emit()
    assert trained(stage)[1:] == ["second"]


def test_that_a_dead_engine_holds_the_queue_until_the_person_goes_on(stage: Any, tab: Any, qtbot: QtBot) -> None:
    running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second")
    stage.client._be_dead("The engine was killed.")
    assert tab.queue.held
    assert tab.view.queue_panel.start_button.isVisible()
    assert not tab.view.queue_panel.start_button.isEnabled()
    stage.client._set_state(EngineState.STARTING)
    stage.client._set_state(EngineState.READY)
    assert len(trained(stage)) == 1
    qtbot.mouseClick(tab.view.queue_panel.start_button, Qt.LeftButton)
    assert trained(stage)[1:] == ["second"]


def test_that_the_queue_is_kept_and_offered_at_the_next_start(qtbot: QtBot) -> None:
    first = RunQueue(Preferences())
    first.add(TrainSettings(name="a", epochs=3))
    first.add(TrainSettings(name="b", model="pfedrec"))
    again = RunQueue(Preferences())
    assert again.items() == first.items()
    assert again.held
    assert again.take() is None, "nothing starts by itself"
    again.hold(False)
    taken = again.take()
    assert taken is not None
    assert taken.name == "a"
    assert [settings.name for settings in RunQueue(Preferences()).items()] == ["b"]


def test_that_a_damaged_entry_does_not_stop_the_start(qtbot: QtBot) -> None:
    preferences = Preferences()
    preferences.set_values(KEY, {"runs": [{"epochs": -1}, "what", TrainSettings(name="good").model_dump()]})
    assert [settings.name for settings in RunQueue(preferences).items()] == ["good"]


def test_that_closing_names_what_runs_and_what_waits(
    stage: Any, tab: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second")
    told: list[str] = []

    def answer(box: QMessageBox) -> int:
        told.append(box.informativeText())
        keep = next(b for b in box.findChildren(QAbstractButton) if "Keep" in b.text())
        keep.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    stage.window.close()
    assert "1 run waits in the queue; it is kept" in told[0] or "1 runs wait in the queue" in told[0]
    assert stage.window.isVisible()
    assert [settings.name for settings in RunQueue(Preferences()).items()] == ["second"]


def test_that_closing_starts_nothing_and_keeps_what_waits(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second")
    stage.window.leave()
    stage.client.receive(ev.JobCancelled(job=job))
    assert len(trained(stage)) == 1
    assert [settings.name for settings in RunQueue(Preferences()).items()] == ["second"]


def test_that_what_just_left_the_queue_is_not_lost_by_closing(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second")
    enqueue(tab, qtbot, "third")
    stage.play("train", job)
    assert trained(stage)[1:] == ["second"]
    assert tab.state is JobState.STARTING
    stage.window.leave()
    assert [settings.name for settings in RunQueue(Preferences()).items()] == ["second", "third"]


def test_that_what_just_left_the_queue_is_not_lost_with_the_engine(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = running(stage, tab, qtbot)
    enqueue(tab, qtbot, "second")
    stage.play("train", job)
    stage.client._be_dead("The engine was killed.")
    assert waiting(tab) == ["second"]
    assert tab.queue.held


# --- pause ------------------------------------------------------------------------------------------------------------


def test_that_pause_answers_at_once_and_waits_for_the_round(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = running(stage, tab, qtbot)
    qtbot.mouseClick(tab.controls.pause_button, Qt.LeftButton)
    assert stage.client.last(PauseTraining).target == job
    assert tab.progress.headline.full_text() == "Pausing when this round ends"
    stage.client.receive(ev.TrainPaused(job=job, run="demo-recorded", round=4))
    assert tab.progress.headline.full_text() == "Paused after round 3 of 12"
    assert "left" not in tab.progress.time_text.text()
    assert tab.controls.stop_button.isEnabled()
    assert tab.cancel_button.isEnabled()
    qtbot.mouseClick(tab.controls.pause_button, Qt.LeftButton)
    assert stage.client.last(UnpauseTraining).target == job
    stage.client.receive(ev.TrainUnpaused(job=job, run="demo-recorded"))
    assert tab.progress.headline.full_text() == "Round 4 of 12"


def test_that_a_pause_can_be_taken_back_before_it_begins(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = running(stage, tab, qtbot)
    tab.pause_or_go_on()
    tab.pause_or_go_on()
    assert stage.client.last(UnpauseTraining).target == job
    assert tab.progress.headline.full_text() == "Round 4 of 12"


def test_that_stop_works_while_paused(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = running(stage, tab, qtbot)
    tab.pause_or_go_on()
    stage.client.receive(ev.TrainPaused(job=job, run="demo-recorded", round=3))
    qtbot.mouseClick(tab.controls.stop_button, Qt.LeftButton)
    assert stage.client.last(StopAfterRound).target == job
    assert not tab.controls.pause_button.isEnabled()
    stage.client.receive(ev.TrainUnpaused(job=job, run="demo-recorded"))
    assert tab.progress.headline.full_text() == "Stopping after this round"
    stage.play("train", job, lambda event: isinstance(event, ev.TrainDone))
    assert tab.state is JobState.DONE


def test_that_a_live_training_pauses_goes_on_and_hands_over_to_the_next(live: Callable[..., Any], qtbot: QtBot) -> None:
    tab = live().train
    tab.form.set_values({"epochs": "40", "name": "first"})
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: tab.state is JobState.RUNNING, timeout=PATIENCE_MS)
    enqueue(tab, qtbot, "second", epochs="2")
    qtbot.mouseClick(tab.controls.pause_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: tab.progress.headline.full_text().startswith("Paused after round"), timeout=PATIENCE_MS)
    paused_at = tab.training.last.record.round
    qtbot.mouseClick(tab.controls.pause_button, Qt.LeftButton)
    qtbot.waitUntil(
        lambda: tab.training.last is None or tab.training.last.record.round > paused_at, timeout=PATIENCE_MS
    )
    tab.stop_after_round()
    qtbot.waitUntil(lambda: tab.view.result.run == "second", timeout=PATIENCE_MS)
    assert len(tab.queue) == 0


def test_that_a_training_can_pause_from_its_start_to_its_end(stage: Any, tab: Any, qtbot: QtBot) -> None:
    assert not tab.controls.pause_button.isVisible()
    job = start(stage, tab, qtbot)
    assert tab.controls.pause_button.isEnabled(), "it has the keyboard from the first moment"
    stage.play("train", job)
    assert not tab.controls.pause_button.isVisible()
