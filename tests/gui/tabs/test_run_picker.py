"""The searchable list of runs."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import ListRuns
from fl.runs.records import RunInfo
from gui.tabs.run_picker import RunTable


def run(name: str, dataset: str, hr: float | None, **values: Any) -> RunInfo:
    metrics = {} if hr is None else {"hr@10": hr}
    facts = {"model": "fcf", "protocol": "leak-free", "created": "2026-11-20T09:30:00Z", "state": "done"}
    return RunInfo(name=name, dataset=dataset, rounds=5, epochs=5, parties=2, metrics=metrics, **{**facts, **values})


RUNS = (run("newest", "demo", 0.5), run("films", "ml-100k", 0.7), run("old", "demo", None))


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.window.tabs.setCurrentIndex(1)
    stage.window.ask_runs()
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=RUNS))
    yield stage.window.recommend
    stage.window.recommend.run_box.hidePopup()


def shown(tab: Any) -> list[str]:
    popup = tab.run_box.popup()
    return [popup.proxy.index(row, 0).data() for row in range(popup.proxy.rowCount())]


def test_that_the_box_opens_a_table_with_what_tells_runs_apart(tab: Any) -> None:
    tab.run_box.showPopup()
    popup = tab.run_box.popup()
    assert popup.isVisible()
    assert shown(tab) == ["newest", "films", "old"]
    row = [popup.proxy.index(1, column).data() for column in range(5)]
    assert row[1:3] == ["MovieLens 100K", "FCF"]
    assert row[4] == "0.700"
    assert popup.count.text() == "3 runs"


def test_that_typing_narrows_down_and_enter_chooses(tab: Any, qtbot: QtBot) -> None:
    tab.run_box.showPopup()
    popup = tab.run_box.popup()
    qtbot.keyClicks(popup.search, "movielens")
    assert shown(tab) == ["films"]
    assert popup.count.text() == "1 of 3 runs"
    qtbot.keyClick(popup.search, Qt.Key_Return)
    assert not popup.isVisible()
    assert tab.form.value("run") == "films"


def test_that_arrow_keys_move_from_the_chosen_run(tab: Any, qtbot: QtBot) -> None:
    tab.choose_run("films")
    tab.run_box.showPopup()
    popup = tab.run_box.popup()
    qtbot.keyClick(popup.search, Qt.Key_Down)
    qtbot.keyClick(popup.search, Qt.Key_Return)
    assert tab.form.value("run") == "old"


def test_that_escape_leaves_the_choice_alone(tab: Any, qtbot: QtBot) -> None:
    tab.choose_run("films")
    tab.run_box.showPopup()
    qtbot.keyClick(tab.run_box.popup().search, Qt.Key_Escape)
    qtbot.waitUntil(lambda: not tab.run_box.popup().isVisible())
    assert tab.form.value("run") == "films"


def test_that_the_table_is_a_sound_model_and_says_what_is_wrong_with_a_run(qtmodeltester: ModelTester) -> None:
    model = RunTable()
    broken = run("broken", "", None, problem="It was written by another version.", state="failed")
    model.set_records((*RUNS, broken))
    qtmodeltester.check(model)
    assert model.index(3, 0).data(Qt.ToolTipRole) == "broken\nIt was written by another version."
    assert model.index(2, RunTable.HR).data() == "–"
