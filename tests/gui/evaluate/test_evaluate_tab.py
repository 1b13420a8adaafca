"""The Evaluate tab on recorded events of the real engine."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import DescribeRuns, EvaluateCommand, ListRuns
from fl.runs.records import Evaluation, RunDetail
from fl.settings.train import TrainSettings
from gui.evaluate.figure_tables import MetricTable
from gui.tabs.state import JobState
from gui.widgets.widgets import ElidedLabel
from tests.gui.conftest import events_of


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.window.tabs.setCurrentIndex(2)
    stage.answer_lists()
    return stage.window.evaluate


def evaluate(stage: Any, tab: Any, qtbot: QtBot, name: str = "evaluate") -> Evaluation:
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job = stage.client.last(EvaluateCommand).job
    events = stage.play(name, job, lambda event: getattr(event, "job", "").startswith("evaluate"))
    return next(event.evaluation for event in events if isinstance(event, ev.Evaluated))


def test_that_the_command_carries_what_the_fields_say(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.form.set_values({"k": [20, 5], "batch_size": "100", "protocol": "published"})
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    settings = stage.client.last(EvaluateCommand).settings
    assert settings.k == (5, 20)
    assert settings.batch_size == 100
    assert settings.protocol == "published"


def test_that_model_and_popularity_stand_side_by_side(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = evaluate(stage, tab, qtbot)
    assert tab.state is JobState.DONE
    table = tab.view.table.proxy
    assert table.rowCount() == len(event.rows) == 9
    names = {table.index(row, MetricTable.SCORER).data() for row in range(table.rowCount())}
    assert names == {"Model, global items", "Model, fine-tuned items", "Popularity"}
    usual = [row for row in event.rows if row.k == 10]
    model = next(row for row in usual if row.item_view == "global")
    base = next(row for row in usual if row.scorer == "popularity")
    assert tab.view.figures[0].value() == f"{model.hr:.3f}"
    assert f"popularity {base.hr:.3f}" in tab.view.figures[0].note()
    assert not tab.view.warning.isVisible()


def test_that_seed_fingerprint_and_settings_stand_beside_the_figures(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = evaluate(stage, tab, qtbot)
    shown = [label.full_text() for label in tab.view.facts_card.findChildren(ElidedLabel)]
    assert tab.view.headline.full_text() == event.settings.run
    for fact in (event.fingerprint, str(event.seed), "5, 10, 20", "leak-free"):
        assert fact in shown


def test_that_an_export_says_what_the_figures_are_from(stage: Any, tab: Any, qtbot: QtBot, tmp_path: Path) -> None:
    found = evaluate(stage, tab, qtbot)
    for table in (tab.view.table, tab.view.groups, tab.view.reach):
        table.export(tmp_path / "out.csv")
        head, *rows = csv.reader((tmp_path / "out.csv").open(encoding="utf-8-sig"))
        assert head[-4:] == ["Run", "Round", "Protocol", "Data fingerprint"]
        wanted = [found.settings.run, str(found.best_round), found.protocol, found.fingerprint]
        assert {tuple(row[-4:]) for row in rows} == {tuple(wanted)}


def test_that_the_published_protocol_is_labelled(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.form.set_value("protocol", "published")
    assert "leak into training" in tab.protocol_note.text()
    evaluate(stage, tab, qtbot, "published")
    assert tab.view.warning.isVisible()
    assert "leak into training" in tab.view.warning.text()


def test_that_a_wrong_list_of_cut_offs_is_explained(tab: Any) -> None:
    tab.form.set_value("k", [0])
    assert tab.form.problems["k"].isVisible()
    assert not tab.start_button.isEnabled()


def test_that_cancel_ends_an_evaluation(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job = stage.client.last(EvaluateCommand).job
    qtbot.mouseClick(tab.cancel_button, Qt.LeftButton)
    stage.client.receive(ev.JobCancelled(job=job))
    assert tab.state is JobState.IDLE
    assert tab.start_button.isEnabled()


def test_that_without_runs_it_says_what_to_do(stage: Any) -> None:
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=()))
    assert stage.window.evaluate.empty.title.text() == "No trained run yet"


def kept(stage: Any, evaluation: Evaluation) -> None:
    """The engine finds this evaluation in the folder of the run that was asked about."""
    asked = stage.client.last(DescribeRuns)
    run = stage.window.evaluate.run_called(asked.runs[0])
    detail = RunDetail(
        info=run,
        settings=TrainSettings(dataset=run.dataset),
        fingerprint="",
        n_users=0,
        n_items=0,
        n_train=0,
        versions={},
        machine={},
        rounds=(),
        evaluations=(evaluation,),
    )
    stage.client.receive(ev.RunDetails(job=asked.job, runs=(detail,)))


def test_that_a_kept_evaluation_is_shown_when_its_run_is_chosen_and_leaves_with_it(stage: Any, tab: Any) -> None:
    run = tab.run_box.record()
    first, second = run.name, "second"
    tab.show_runs([run, run.model_copy(update={"name": second})])
    found = next(event.evaluation for event in events_of("evaluate") if isinstance(event, ev.Evaluated))
    found = found.model_copy(update={"settings": found.settings.model_copy(update={"run": second})})
    tab.choose_run(second)
    assert tab.stack.currentIndex() == 0
    kept(stage, found)
    assert tab.stack.currentIndex() == 1
    assert tab.view.headline.full_text() == second
    assert "as evaluated earlier" in tab.view.sub.text()
    tab.choose_run(first)
    stage.client.receive(ev.RunDetails(job=stage.client.last(DescribeRuns).job, runs=()))
    assert tab.stack.currentIndex() == 0


def test_that_a_kept_evaluation_of_other_cut_offs_is_shown_when_they_are_chosen(stage: Any, tab: Any) -> None:
    found = next(event.evaluation for event in events_of("evaluate") if isinstance(event, ev.Evaluated))
    run = tab.form.value("run")
    other = found.settings.model_copy(update={"run": run, "k": (7,)})
    kept(stage, found.model_copy(update={"settings": other}))
    assert tab.stack.currentIndex() == 0
    tab.form.set_value("k", [7])
    assert tab.stack.currentIndex() == 1


def test_that_what_is_kept_does_not_disturb_a_running_evaluation(stage: Any, tab: Any, qtbot: QtBot) -> None:
    found = next(event.evaluation for event in events_of("evaluate") if isinstance(event, ev.Evaluated))
    settings = found.settings.model_copy(update={"run": tab.form.value("run")})
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    kept(stage, found.model_copy(update={"settings": settings}))
    assert tab.stack.currentIndex() == 0
    assert tab.state is JobState.STARTING
