"""The data set's card: state, licence, a look inside, removal. And what a training will need."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from data.preview import sketch
from data.registry import DATASETS
from fl.protocol import events as ev
from fl.protocol.commands import EstimateTraining, ListDatasets, PreviewDataset, RemoveDataset
from gui.data import dataset_card
from gui.plots.bar_plot import bin_name
from gui.train.estimate_line import time_words
from gui.words import text


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    return stage.window.train


def small_sketch() -> Any:
    from data.interactions import build

    return sketch(
        build(
            "demo", np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([86_400, 172_800, 0]),
            np.array(["u1", "u2"], dtype=object), np.array(["i1", "i2"], dtype=object),
            np.array(["First", "Second"], dtype=object), ((), ()),
        )
    )  # fmt: skip


def test_that_the_card_says_size_licence_and_state(tab: Any) -> None:
    assert tab.train_form.card.chip.text() == "ready"
    assert "300 users" in tab.train_form.card.counts.text()
    assert DATASETS["demo"].licence in tab.train_form.card.licence.full_text()
    assert DATASETS["demo"].licence in text.OWN_LICENCES, "said in the language of the window"
    assert not tab.train_form.card.remove_button.isVisible(), "the demo set is built in"
    tab.train_form.dataset_box.set_form_value("ml-100k")
    assert tab.train_form.card.chip.text() == "not here yet"
    assert not tab.train_form.card.look_button.isVisible()
    assert tab.train_form.card.take_button.isVisible()


def test_that_a_look_inside_shows_histograms_and_first_rows(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.train_form.card.look_button, Qt.LeftButton)
    dialog = tab.datasets.actions.preview
    assert dialog.bar.isVisible()
    sent = stage.client.last(PreviewDataset)
    assert sent.dataset == "demo"
    stage.client.receive(ev.DatasetPreview(job=sent.job, dataset="demo", sketch=small_sketch()))
    assert dialog.content.isVisible()
    assert not dialog.bar.isVisible()
    assert dialog.figures["rows"].value() == "3"
    assert dialog.figures["density"].value() == "75 %"
    assert dialog.activity.words(0) == "1 users have 1 interactions"
    assert dialog.table.rowCount() == 3
    assert dialog.table.index(0, 2).data() == "First"
    assert dialog.table.index(0, 3).data() == "1970-01-02"
    dialog.reject()
    assert tab.datasets.actions.preview is None


def test_that_a_look_that_fails_says_why(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.train_form.card.look_button, Qt.LeftButton)
    job = stage.client.last(PreviewDataset).job
    stage.client.receive(ev.JobFailed(job=job, error="The files are damaged.", hint="Fetch again.", details=""))
    assert tab.datasets.actions.preview.message.text() == "The files are damaged. Fetch again."
    tab.datasets.actions.preview.reject()


def test_that_bins_are_named_by_what_they_hold() -> None:
    assert [bin_name(3, 4), bin_name(4, 6), bin_name(96, 128)] == ["3", "4–5", "96–127"]


@pytest.mark.parametrize("sure", [True, False])
def test_that_an_imported_set_is_removed_only_after_a_question(
    stage: Any, tab: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    monkeypatch.setattr(dataset_card, "is_imported", lambda name: True)
    tab.datasets.show_list(tab.train_form.dataset_box.records.records)
    qtbot.mouseClick(tab.train_form.card.remove_button, Qt.LeftButton)
    (box,) = tab.findChildren(QMessageBox)
    assert not any(isinstance(command, RemoveDataset) for command in stage.client.sent)
    wanted = "Remove" if sure else "Keep"
    next(b for b in box.findChildren(QAbstractButton) if wanted in b.text()).click()
    sent = [command for command in stage.client.sent if isinstance(command, RemoveDataset)]
    assert len(sent) == sure
    if sure:
        asked = len([c for c in stage.client.sent if isinstance(c, ListDatasets)])
        stage.client.receive(ev.DatasetRemoved(job=sent[0].job, dataset="demo"))
        assert len([c for c in stage.client.sent if isinstance(c, ListDatasets)]) == asked + 1


# --- time and memory --------------------------------------------------------------------------------------------------


def answer(stage: Any, **values: Any) -> None:
    sent = stage.client.last(EstimateTraining)
    given = {"seconds": (100.0, 130.0), "memory_bytes": 2_600_000_000, "memory_free": 9_000_000_000, "from_run": ""}
    stage.client.receive(ev.TrainEstimate(job=sent.job, **{**given, **values}))


def test_that_time_and_memory_are_said_before_the_start(stage: Any, tab: Any) -> None:
    tab.train_form.estimate.ask()
    answer(stage)
    assert tab.train_form.estimate.words.text() == "Takes about 2 min, 2.6 GB of memory (a rough estimate)."
    assert not tab.train_form.estimate.warning.isVisible()


def test_that_own_runs_are_named_as_the_source(stage: Any, tab: Any) -> None:
    tab.train_form.estimate.ask()
    answer(stage, from_run="mine", seconds=(20.0, 25.0))
    assert "as your last such run" in tab.train_form.estimate.words.text()
    assert '"mine"' in tab.train_form.estimate.words.toolTip()


def test_that_too_little_memory_is_a_warning(stage: Any, tab: Any) -> None:
    tab.train_form.estimate.ask()
    answer(stage, memory_free=1_000_000_000)
    assert tab.train_form.estimate.warning.isVisible()
    assert "1.0 GB" in tab.train_form.estimate.warning.text()


def test_that_an_estimate_of_other_settings_is_not_shown(stage: Any, tab: Any) -> None:
    tab.train_form.estimate.ask()
    old = stage.client.last(EstimateTraining).job
    tab.form.set_value("epochs", "77")
    stage.client.receive(ev.TrainEstimate(job=old, seconds=(1.0, 2.0), memory_bytes=1, memory_free=2, from_run=""))
    assert tab.train_form.estimate.words.text() == ""
    tab.train_form.estimate.ask()
    assert stage.client.last(EstimateTraining).settings.epochs == 77


def test_that_a_name_changes_nothing_about_the_estimate(stage: Any, tab: Any) -> None:
    tab.train_form.estimate.ask()
    answer(stage)
    said = tab.train_form.estimate.words.text()
    tab.form.set_value("name", "another")
    assert tab.train_form.estimate.words.text() == said


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(100, 130, "about 2 min"), (20, 150, "about 20 s to about 2 min"), (3, 5, "a few seconds")],
)
def test_that_a_span_is_a_range_only_where_its_ends_differ(low: float, high: float, words: str) -> None:
    assert time_words(low, high) == words
