"""The window with the real engine, by mouse and keyboard, on the demo data set. Slow: SecretFlow starts."""

from __future__ import annotations

from typing import Any

import psutil
import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app.main_window import PRIVACY, MainWindow
from gui.engine import process_tree
from gui.engine.client import EngineClient, EngineState
from gui.tabs.state import JobState

STARTING_MS, WORKING_MS = 180_000, 120_000


@pytest.fixture
def window(qtbot: QtBot) -> Any:
    """The window on the real engine, ready."""
    client = EngineClient()
    window = MainWindow(client)
    client.setParent(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.train.make_plots()
    window.start_engine()
    qtbot.waitUntil(lambda: client.state is EngineState.READY, timeout=STARTING_MS)
    yield window
    if client.pid:
        with qtbot.waitSignal(window.closed, timeout=WORKING_MS):
            window.leave()
    window.deleteLater()


@pytest.mark.engine
def test_that_a_person_trains_recommends_evaluates_cancels_and_leaves_no_process(window: Any, qtbot: QtBot) -> None:
    train, recommend, evaluate = window.train, window.recommend, window.evaluate

    # A short run, typed and clicked.
    epochs = train.form.editors["epochs"]
    epochs.setFocus()
    epochs.selectAll()
    qtbot.keyClicks(epochs, "4")
    name = train.form.editors["name"]
    name.setFocus()
    qtbot.keyClicks(name, "clicked")
    qtbot.mouseClick(train.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: train.state in (JobState.DONE, JobState.FAILED), timeout=STARTING_MS)
    assert train.message.text() == ""
    assert train.progress.headline.full_text() == "Finished 4 rounds"
    assert len(train.view.curves.valid.points("hr@10")) == 4

    # Its recommendations.
    qtbot.mouseClick(train.view.result.recommend_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: recommend.allowed().start, timeout=WORKING_MS)
    qtbot.keyClicks(recommend.users.edit, "42")
    qtbot.waitUntil(lambda: recommend.form.value("user") == "42", timeout=WORKING_MS)
    qtbot.keyClick(recommend.users.edit, Qt.Key_Return)
    qtbot.waitUntil(lambda: recommend.items.model.rowCount() == 10, timeout=WORKING_MS)
    assert recommend.history.model.rowCount() > 0
    assert recommend.items.model.records[0].because
    recommend.results.views.choose(1)
    assert recommend.results.profile_panel().words.text()

    # Somebody new: two items found by typing, and a list that follows each.
    recommend.mode.choose(1)
    picker = recommend.newcomer.picker
    qtbot.waitUntil(lambda: picker.model.rowCount() > 1, timeout=WORKING_MS)
    qtbot.keyClicks(picker.edit, "the")
    qtbot.waitUntil(lambda: all("the" in one.title.casefold() for one in picker.model.records), timeout=WORKING_MS)
    for number in (1, 2):
        qtbot.keyClick(picker.edit, Qt.Key_Return)
        heading = f"For a new user with {number} "
        qtbot.waitUntil(lambda: recommend.items.heading.full_text().startswith(heading), timeout=WORKING_MS)  # noqa: B023
        qtbot.keyClick(picker.edit, Qt.Key_Down)
    assert not {one.item for one in recommend.items.model.records} & set(picker.ids())
    recommend.mode.choose(0)

    # Its figures.
    qtbot.keyClick(window, Qt.Key_3, Qt.ControlModifier)
    qtbot.keyClick(window, Qt.Key_Return, Qt.ControlModifier)
    qtbot.waitUntil(lambda: evaluate.view.table.model.rowCount() >= 2, timeout=WORKING_MS)
    assert evaluate.view.headline.text() == "clicked"

    # Its privacy: the messages, a round, a cheat caught, an audit.
    privacy = window.privacy
    qtbot.waitUntil(lambda: evaluate.state is JobState.DONE, timeout=WORKING_MS)
    window.tabs.setCurrentIndex(PRIVACY)
    qtbot.waitUntil(lambda: privacy.shown is not None, timeout=WORKING_MS)
    assert privacy.shown.run == "clicked"
    assert privacy.messages.table.model.rowCount() >= 5
    privacy.segments.choose(1)
    qtbot.mouseClick(privacy.round.show_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: privacy.state is JobState.DONE, timeout=WORKING_MS)
    assert len(privacy.round.pictures) == 3
    privacy.segments.choose(2)
    qtbot.mouseClick(privacy.cheat.button, Qt.LeftButton)
    qtbot.waitUntil(lambda: privacy.state is JobState.DONE, timeout=WORKING_MS)
    assert "Named: server." in privacy.cheat.outcome.text()
    privacy.form.set_values({"users": "4", "rounds": "2"})
    qtbot.mouseClick(privacy.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: privacy.state is JobState.DONE, timeout=WORKING_MS)
    assert privacy.audit.table.model.rowCount() == 6  # three of messages, and members by taste, by order, with noise
    assert privacy.message.text() == ""

    # A long run, stopped after a round; another, cancelled.
    qtbot.keyClick(window, Qt.Key_1, Qt.ControlModifier)
    train.form.set_values({"epochs": "5000", "name": "stopped"})
    qtbot.mouseClick(train.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: len(train.view.curves.valid.points("hr@10")) >= 2, timeout=STARTING_MS)
    qtbot.mouseClick(train.controls.stop_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: train.state is JobState.DONE, timeout=WORKING_MS)
    assert train.progress.headline.full_text().startswith("Stopped after round")
    train.form.set_values({"name": "cancelled"})
    qtbot.mouseClick(train.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: len(train.view.curves.valid.points("hr@10")) >= 2, timeout=STARTING_MS)
    qtbot.mouseClick(train.cancel_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: train.state is JobState.IDLE, timeout=WORKING_MS)
    assert "was cancelled after round" in train.view.notice.text()
    train.form.set_values({"name": "another"})

    # A third, while the window is closed: no process is left.
    qtbot.waitUntil(lambda: train.allowed().start, timeout=STARTING_MS)
    train.start()
    qtbot.waitUntil(lambda: train.state is JobState.RUNNING, timeout=STARTING_MS)
    pid = window.client.pid
    family = [psutil.Process(pid), *process_tree.family(pid)]
    assert len(family) > 3
    with qtbot.waitSignal(window.closed, timeout=WORKING_MS):
        window.leave()
    qtbot.waitUntil(lambda: not any(process.is_running() for process in family), timeout=WORKING_MS)
