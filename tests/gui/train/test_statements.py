"""What the Train tab, the small view and the header claim, held against what is so."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QRect, Qt
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from data import paths
from fl.protocol import events as ev
from fl.protocol.commands import Cancel, FetchCommand, PauseTraining, TrainCommand
from gui.app import main_window
from gui.app.main_window import MainWindow
from gui.train.training import Pause
from gui.widgets.open_path import open_path
from tests.gui.train.test_train_tab import missing_set, start, until_round


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    return stage.window.train


@pytest.mark.parametrize(
    ("aggregator", "sign"), [("masked", "shield"), ("verified", "shield"), ("plain", "warning"), ("robust", "warning")]
)
def test_that_no_shield_stands_beside_what_is_unprotected(tab: Any, aggregator: str, sign: str) -> None:
    tab.form.set_value("parties", "6")
    tab.form.set_value("aggregator", aggregator)
    assert tab.train_form.privacy_note.sign._name == sign
    assert ("unprotected" in tab.train_form.privacy_note.words.text()) == (sign == "warning")


def test_that_a_model_that_learns_nothing_under_noise_says_so_before_start(tab: Any) -> None:
    shown = tab.train_form.noise_warning
    for model, dp, visible in (("pfedrec", "none", False), ("pfedrec", "user", True), ("fcf", "user", False)):
        tab.form.set_value("model", model)
        tab.form.set_value("dp", dp)
        assert shown.isHidden() != visible
    tab.form.set_value("model", "pfedrec")
    assert "PFedRec has so far recommended no better than a list of what is popular" in shown.text()


def test_that_a_start_from_genres_is_said_to_be_public_before_start(tab: Any) -> None:
    note = tab.train_form.dp_note
    tab.form.set_value("model", "fcf")
    tab.form.set_value("item_start", "genres")
    assert note.isHidden()
    tab.form.set_value("dp", "user")
    assert "taken for public: epsilon does not cover them" in note.text()
    tab.form.set_value("item_start", "random")
    assert "taken for public" not in note.text()


def test_that_a_fetch_leaves_the_card_of_a_finished_run(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.play("train", start(stage, tab, qtbot))
    before = (tab.progress.headline.full_text(), tab.progress.sub.text(), tab.progress.time_text.text())
    record = missing_set(stage, tab)
    for ending in ("ready", "failed"):
        tab.datasets.actions.take("/data/ml-100k.zip")
        job = stage.client.last(FetchCommand).job
        assert tab.view.result.isHidden()
        if ending == "ready":
            ready = record.model_copy(update={"status": "ready"})
            stage.client.receive(ev.DatasetFetched(job=job, dataset=ready))
            assert tab.message.text() == f"{record.title} is ready. Press Start to train on it."
            tab.datasets.show_fetched(record)
        else:
            stage.client.receive(ev.JobFailed(job=job, error="Wrong checksum.", hint="", details=""))
        now = (tab.progress.headline.full_text(), tab.progress.sub.text(), tab.progress.time_text.text())
        assert now == before
        assert not tab.view.result.isHidden()
        assert tab.progress.live_row.isHidden()


def test_that_the_loss_is_told_as_the_model_has_it(stage: Any, tab: Any, qtbot: QtBot) -> None:
    every = tab.progress.live["loss"].toolTip()
    assert "FCF: squared error" in every
    assert "PFedRec: binary cross-entropy" in every
    stage.play("train", start(stage, tab, qtbot), until_round(1))
    assert "FCF" not in tab.progress.live["loss"].toolTip(), "the recorded run is PFedRec's"


def test_that_the_header_says_when_the_engine_works(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.client.receive(ev.EngineReady(versions={}, cores=2))
    assert stage.window.chip.text() == "Engine ready"
    job = start(stage, tab, qtbot)
    assert stage.window.chip.text() == "Engine at work"
    stage.play("train", job)
    assert stage.window.chip.text() == "Engine ready"


def test_that_the_small_view_names_what_its_figure_was_measured_on(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.window.set_compact(True)
    tab.start()
    job = stage.client.last(TrainCommand).job
    stage.play("train", job, until_round(2))
    assert stage.window.strip.figures.text() == f"HR@10 {tab.progress.live['hr@10'].value()}, validation"
    done = stage.play("train", job, lambda event: not until_round(2)(event))[-1]
    assert stage.window.strip.figures.text() == f"HR@10 {done.result['hr@10']:.3f}, test"


def test_that_the_clock_rests_while_the_training_pauses(
    stage: Any, tab: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    job = start(stage, tab, qtbot)
    now += 10
    stage.play("train", job, until_round(1))
    tab.pause_or_go_on()
    now += 2  # the round still runs
    stage.client.receive(ev.TrainPaused(job=job, run="demo", round=1))
    now += 300
    assert tab.elapsed == 12
    tab.pause_or_go_on()
    stage.client.receive(ev.TrainUnpaused(job=job, run="demo"))
    now += 5
    assert tab.elapsed == 17


def test_that_space_after_start_pauses_and_does_not_cancel(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.window.activateWindow()
    tab.start_button.setFocus()
    qtbot.keyClick(tab.start_button, Qt.Key_Space)
    job = stage.client.last(TrainCommand).job
    assert tab.controls.pause_button.hasFocus()
    qtbot.keyClick(tab.controls.pause_button, Qt.Key_Space)
    assert tab.training.pause is Pause.ASKED
    assert stage.client.last(PauseTraining).target == job
    assert not any(isinstance(command, Cancel) for command in stage.client.sent)


def test_that_a_name_in_use_is_told_in_its_place_with_a_free_one(stage: Any, tab: Any, qtbot: QtBot) -> None:
    for name in ("films", "films-2", "films-3"):
        (paths.runs_dir() / name).mkdir(parents=True)
    tab.form.set_value("name", "films")
    assert tab.train_form.name_note.text() == 'There is a run called "films" already. Free is "films-4".'
    assert not tab.start_button.isEnabled()
    tab.train_form.name_button.click()
    assert tab.form.value("name") == "films-4"
    assert tab.train_form.name_note.isHidden()
    assert tab.start_button.isEnabled()
    tab.form.set_value("name", "films-2")
    tab.train_form.name_button.click()
    assert tab.form.value("name") == "films-4", "not films-2-2"
    job = start(stage, tab, qtbot)
    (paths.runs_dir() / "films-4").mkdir()
    stage.play("train", job, until_round(2))
    assert tab.train_form.name_note.isHidden(), "it is this very run's"
    stage.play("train", job, lambda event: not until_round(2)(event))
    assert tab.train_form.name_note.text().endswith('Free is "films-5".')


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("clients_per_round", "1", "all"),
        ("clients_per_round", "1.0", "all"),
        ("clients_per_round", "2", ""),
        ("clients_per_round", "0.5", ""),
        ("early_stopping", "0", "off"),
        ("early_stopping", "5", "rounds"),
        ("threads", "0", "automatic"),
        ("min_clients_per_party", "0", "automatic"),
    ],
)
def test_that_a_number_that_means_something_else_has_its_word(tab: Any, name: str, value: str, word: str) -> None:
    tab.form.set_value(name, value)
    assert tab.form.editors[name].unit() == word


def test_that_a_folder_that_cannot_be_opened_is_named(
    stage: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    open_path(tmp_path, stage.window)
    (box,) = stage.window.findChildren(QMessageBox)
    assert box.informativeText() == str(tmp_path)
    assert [button.text() for button in box.buttons()][-1] == "Copy the &path"
    box.close()


def test_that_lines_of_libraries_get_no_time_of_reading(tab: Any) -> None:
    tab.log.add("", "2026-11-26 10:00:00 INFO ray: started")
    tab.log.add("info", "round 1")
    first, second = tab.log.text().splitlines()[-2:]
    assert first == "2026-11-26 10:00:00 INFO ray: started"
    assert second.endswith("  round 1")
    assert second[2] == second[5] == ":"


def test_that_the_keyboard_begins_at_the_data_set(stage: Any, tab: Any) -> None:
    assert stage.window.focusWidget() is tab.train_form.dataset_box


def test_that_the_first_window_fits_its_screen_with_its_frame(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_window, "room_around", lambda place: QRect(0, 0, 1024, 700))
    window = MainWindow()
    assert (window.width() + main_window.FRAME[0], window.height() + main_window.FRAME[1]) == (1024, 700)
    window.deleteLater()
