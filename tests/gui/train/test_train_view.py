"""Looking at a training: the small view, zoom, bytes, the finished run's name and intervals, the message at the end."""

from __future__ import annotations

import math
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import RenameRun, StopAfterRound
from fl.runs.rounds import RoundRecord
from gui.runs.rename_dialog import RenameDialog
from gui.train.training_curves import BYTES, LOSS, TrainingCurves
from tests.gui.conftest import events_of, round_of
from tests.gui.train.test_train_tab import start, until_round
from tests.round_records import a_round


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    return stage.window.train


def test_that_the_small_view_follows_and_comes_back(stage: Any, tab: Any, qtbot: QtBot) -> None:
    window = stage.window
    size = window.size()
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(4))
    qtbot.mouseClick(tab.progress.compact_button, Qt.LeftButton)
    assert window.strip.isVisible()
    assert not window.pages.isVisible()
    assert window.height() < 120
    assert window.strip.headline.full_text() == "Round 5 of 12"
    stage.play("train", job, lambda event: round_of(event) == 5)
    assert window.strip.headline.full_text() == "Round 6 of 12"
    assert window.strip.bar.value() == 5
    qtbot.mouseClick(window.strip.stop_button, Qt.LeftButton)
    assert stage.client.last(StopAfterRound).target == job
    assert not window.strip.stop_button.isEnabled()
    qtbot.mouseClick(window.strip.expand_button, Qt.LeftButton)
    assert window.pages.isVisible()
    assert not window.strip.isVisible()
    assert window.size() == size


def test_that_the_keyboard_switches_the_small_view(stage: Any, tab: Any) -> None:
    stage.window.set_compact(True)
    assert stage.window.strip.isVisible()
    assert stage.window.strip.headline.full_text() == "Ready to train"
    stage.window.set_compact(False)
    assert not stage.window.strip.isVisible()


def test_that_bytes_add_up_over_the_rounds(stage: Any, tab: Any, qtbot: QtBot) -> None:
    events = stage.play("train", start(stage, tab, qtbot))
    rounds = [event.record for event in events if isinstance(event, ev.RoundDone)]
    points = tab.view.curves.bytes.points("up")
    assert points[0] == (1, rounds[0].bytes_up)
    assert points[-1] == (12, sum(record.bytes_up for record in rounds))
    assert "kB" in tab.view.curves.bytes.readout(0)


@pytest.mark.parametrize("axes_exist", [True, False])
def test_that_curves_of_a_resumed_run_begin_at_round_one(stage: Any, tab: Any, qtbot: QtBot, axes_exist: bool) -> None:
    curves = tab.view.curves if axes_exist else TrainingCurves()
    qtbot.addWidget(curves)
    earlier = [
        RoundRecord(round=1, loss=0.7, valid={"hr@10": 0.2}, seconds=1, bytes_up=10, bytes_down=100),
        RoundRecord(round=2, loss=None, valid={"hr@10": 0.3}, seconds=1, bytes_up=20, bytes_down=200),
    ]
    curves.reset(3, 3, {"hr@10": 0.25}, earlier)
    third = next(event for event in events_of("train") if isinstance(event, ev.RoundDone))
    third = third.model_copy(
        update={"record": a_round(3, 0.4, 0.3, loss=0.5, bytes_up=30, bytes_down=300), "best_round": 3}
    )
    curves.add(third)
    for plot in curves.plots():
        plot.redraw_now()
    assert curves.valid.points("hr@10") == [(1, 0.2), (2, 0.3), (3, 0.4)]
    x, y = curves.valid.axes.lines["hr@10"].getData()
    assert list(zip(x, y, strict=True)) == curves.valid.points("hr@10")
    assert curves.valid.axes.dots["hr@10"].getData() == ([3], [0.4])
    assert [line.value() for line in curves.valid.axes.references.values()] == [0.25]
    assert [point for point in curves.loss.points("loss") if point[0] != 2] == [(1, 0.7), (3, 0.5)]
    assert math.isnan(curves.loss.points("loss")[1][1]), "no loss is revealed in round 2"
    assert curves.bytes.points("up") == [(1, 10), (2, 30), (3, 60)]
    assert curves.bytes.points("down") == [(1, 100), (2, 300), (3, 600)]


def test_that_the_cards_of_the_curves_look_the_same_before_and_after_their_axes_are_made(qtbot: QtBot) -> None:
    curves = TrainingCurves()
    qtbot.addWidget(curves)
    curves.resize(800, 300)
    curves.show()
    pictures = []
    for which in (LOSS, BYTES):
        curves.switch.setCurrentIndex(which)
        pictures.append(curves.grab().toImage())
    assert [plot.axes for plot in curves.plots()] == [None, None, None]
    curves.make_plots()
    for which in (BYTES, LOSS):
        curves.switch.setCurrentIndex(which)
        assert curves.grab().toImage() == pictures.pop()
    assert None not in [plot.axes for plot in curves.plots()]


def test_that_new_rounds_leave_a_zoom_alone_until_it_is_reset(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(3))
    plot = tab.view.curves.valid
    plot.redraw_now()
    assert not plot.reset_button.isVisible()
    plot.axes.plot.setXRange(1, 2, padding=0)
    plot.axes.plot.getViewBox().sigRangeChangedManually.emit([True, True])
    stage.play("train", job, lambda event: round_of(event) in (4, 5))
    plot.redraw_now()
    assert plot.axes.plot.viewRange()[0] == pytest.approx([1, 2])
    assert plot.reset_button.isVisible()
    qtbot.mouseClick(plot.reset_button, Qt.LeftButton)
    assert plot.axes.plot.viewRange()[0][1] > 10
    assert not plot.reset_button.isVisible()


def test_that_test_figures_come_with_their_intervals(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(12))
    result = {"run": "r", "rounds": 12, "best_round": 9, "hr@10": 0.6, "popularity_hr@10": 0.4, "protocol": "leak-free"}
    stage.client.receive(
        ev.TrainDone(job=job, run="r", stopped_early=False, result=result, intervals={"hr@10": (0.55, 0.65)})
    )
    assert tab.view.result.final["hr@10"].note() == "0.550–0.650\npopularity 0.400\n+0.200 over popularity"
    assert tab.view.result.final["best"].value() == "9"
    assert "95% intervals" in tab.progress.sub.text()


def rename(stage: Any, name: str, qtbot: QtBot) -> None:
    """Type a name into the open dialog, and accept it."""
    dialog = stage.window.findChild(RenameDialog)
    dialog.edit.setText(name)
    qtbot.mouseClick(dialog.accept_button, Qt.LeftButton)


def test_that_a_finished_run_gets_another_name(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.play("train", start(stage, tab, qtbot))
    qtbot.mouseClick(tab.view.result.rename_button, Qt.LeftButton)
    rename(stage, "better name", qtbot)
    sent = stage.client.last(RenameRun)
    assert (sent.run, sent.name) == ("demo-recorded", "better name")
    stage.client.receive(ev.RunRenamed(job=sent.job, old="demo-recorded", new="better name"))
    assert tab.progress.sub.text().startswith("better name")
    qtbot.mouseClick(tab.view.result.recommend_button, Qt.LeftButton)
    assert stage.window.recommend.form.editors["run"]._wanted == "better name"


def test_that_a_name_that_is_taken_is_told_beside_it(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.play("train", start(stage, tab, qtbot))
    tab.view.result.ask_name()
    rename(stage, "taken", qtbot)
    job = stage.client.last(RenameRun).job
    stage.client.receive(ev.JobFailed(job=job, error="A run called 'taken' exists already.", hint="", details=""))
    assert "taken" in tab.view.result.message.text()
    assert tab.view.result.run == "demo-recorded"


def test_that_a_person_who_looks_elsewhere_is_told_of_the_end(
    stage: Any, tab: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts: list[Any] = []
    monkeypatch.setattr(QApplication, "alert", lambda window, *_: alerts.append(window))
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    monkeypatch.setattr(type(stage.window), "isActiveWindow", lambda self: False)
    stage.play("train", start(stage, tab, qtbot))
    assert alerts == [stage.window]
    monkeypatch.setattr(type(stage.window), "isActiveWindow", lambda self: True)
    stage.play("train", start(stage, tab, qtbot))
    assert alerts == [stage.window], "who looks at the window needs no message"


def test_that_the_tray_shows_the_result(stage: Any, tab: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda self: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, title, text, *_: told.append((title, text)))
    monkeypatch.setattr(type(stage.window), "isActiveWindow", lambda self: False)
    stage.play("train", start(stage, tab, qtbot))
    assert told[0][0] == "SecretRec: demo-recorded"
    assert told[0][1].startswith("Finished 12 rounds")
    assert "HR@10" in told[0][1]


def test_that_rounds_without_a_loss_say_why_in_the_place_of_empty_axes(qtbot: QtBot) -> None:
    curves = TrainingCurves()
    qtbot.addWidget(curves)
    curves.reset(4, 1, {}, noisy=True)
    event = ev.RoundDone(job="j", run="r", record=a_round(1, 0.4, 0.3), rounds=4, best_round=1, eta_seconds=1)
    curves.add(event.model_copy(update={"record": event.record.model_copy(update={"loss": None})}))
    for plot in curves.plots():
        plot.redraw_now()
    assert curves.loss.axes.currentWidget() is curves.loss.axes.words
    assert "there is no loss to show" in curves.loss.axes.words.text()
    assert curves.valid.axes.currentWidget() is curves.valid.axes.canvas
    curves.add(event)
    curves.loss.redraw_now()
    assert curves.loss.axes.currentWidget() is curves.loss.axes.canvas
