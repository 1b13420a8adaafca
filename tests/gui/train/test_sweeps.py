"""Sweeps in the window: the dialog, the queue they fill, and the page with their table."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import DescribeSweeps, ForgetSweep, KeepSweep, TrainCommand
from fl.protocol.records import Spread, SweepRow, SweepTable
from fl.settings.sweep import SweepSettings
from fl.settings.train import TrainSettings
from gui.evaluate.sweeps_panel import METRICS


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    return stage.window.train


@pytest.fixture
def dialog(tab: Any, qtbot: QtBot) -> Any:
    """The open dialog, closed again at the end."""
    qtbot.mouseClick(tab.sweep.button, Qt.LeftButton)
    opened = tab.sweep.dialog
    yield opened
    if tab.sweep.dialog is opened:
        opened.reject()


def vary(dialog: Any, row: int, name: str, values: str) -> None:
    box, line = dialog.rows[row]
    box.setCurrentIndex(box.findData(name))
    line.setText(values)


def table_of(settings: SweepSettings, finished: int = 0, best: dict[str, int] | None = None) -> SweepTable:
    """The table of a sweep of which so many combinations have finished."""
    rows: dict[str, SweepRow] = {}
    plan = settings.plan()
    for number, values in enumerate(dict.fromkeys(tuple(one.values.items()) for one in plan)):
        runs = tuple(one.settings.name for one in plan if tuple(one.values.items()) == values)
        done = number < finished
        metrics = {name: Spread(mean=0.5 + number / 100, deviation=0.004) for name in METRICS} if done else {}
        rows[str(number)] = SweepRow(
            values=dict(values), runs=runs, finished=len(runs) if done else 0, metrics=metrics, intervals={}
        )
    waiting = {name for row in rows.values() if not row.finished for name in row.runs}
    missing = tuple(one.settings for one in plan if one.settings.name in waiting)
    return SweepTable(settings=settings, rows=tuple(rows.values()), best=best or {}, missing=missing)


def test_that_the_dialog_counts_runs_and_says_what_is_wrong(dialog: Any) -> None:
    assert dialog.form.value("name") == "demo-seqfcf"
    assert dialog.count.text() == "3 runs"
    dialog.form.set_values({"name": ""})
    assert not dialog.accept_button.isEnabled()
    assert dialog.form.problems["name"].text() == ""
    assert dialog.count.text() == "Give the sweep a name."
    dialog.form.set_values({"name": "rates", "seeds": "2"})
    assert dialog.count.text() == "2 runs"
    vary(dialog, 0, "dim", "16, 32")
    vary(dialog, 1, "server_optimizer", "fedadam, secant")
    assert dialog.count.text() == "8 runs"
    assert dialog.accept_button.isEnabled()
    vary(dialog, 0, "dim", "16, many")
    assert "dim" in dialog.count.text()
    assert not dialog.accept_button.isEnabled()
    dialog.form.set_values({"name": "a/b"})
    assert dialog.settings is None


def test_that_the_runs_of_a_sweep_wait_and_the_first_begins(stage: Any, tab: Any, dialog: Any, qtbot: QtBot) -> None:
    dialog.form.set_values({"name": "rates", "seeds": "2"})
    vary(dialog, 0, "dim", "16,32")
    qtbot.keyClick(dialog.form.editors["name"], Qt.Key_Return)
    command = stage.client.last(KeepSweep)
    assert command.settings.base["dataset"] == "demo"
    assert command.settings.vary == ("dim=16,32",)
    stage.client.receive(ev.SweepTables(job=command.job, sweeps=(table_of(command.settings),)))
    assert not dialog.isVisible()
    sent = stage.client.last(TrainCommand).settings
    assert (sent.name, sent.dim, sent.seed) == ("rates-1-2024", 16, 2024)
    assert [one.name for one in tab.queue.items()] == ["rates-1-2025", "rates-2-2024", "rates-2-2025"]
    # What waits already is not put there twice.
    tab.sweep.enqueue(table_of(command.settings).missing[1:])
    assert len(tab.queue) == 3


def test_that_a_refused_sweep_is_told_in_the_dialog(stage: Any, dialog: Any, qtbot: QtBot) -> None:
    dialog.form.set_values({"name": "rates"})
    qtbot.mouseClick(dialog.accept_button, Qt.LeftButton)
    job = stage.client.last(KeepSweep).job
    stage.client.receive(ev.JobFailed(job=job, error="It exists.", hint="Choose another.", details=""))
    assert dialog.isVisible()
    assert dialog.message.text() == "It exists. Choose another."


@pytest.fixture
def page(stage: Any, qtbot: QtBot) -> Any:
    """The page of sweeps, as a person reaches it."""
    stage.answer_lists()
    stage.window.tabs.setCurrentIndex(2)
    qtbot.mouseClick(stage.window.evaluate.sweeps_button, Qt.LeftButton)
    return stage.window.evaluate.sweeps


def answer(stage: Any, *tables: SweepTable) -> None:
    stage.client.receive(ev.SweepTables(job=stage.client.last(DescribeSweeps).job, sweeps=tables))


def test_that_the_table_has_means_deviations_and_marks_the_best(stage: Any, page: Any, qtbot: QtBot) -> None:
    assert page.stack.currentIndex() == 0
    settings = SweepSettings(name="rates", vary=("dim=16,32",), seeds=3, base={"dataset": "demo"})
    answer(stage, table_of(settings, 2, {"hr@10": 1}), table_of(SweepSettings(name="other", base={"dataset": "demo"})))
    model = page.table.model
    assert [column.title for column in model.columns][:3] == ["Embedding length", "Runs", "Valid. HR"]
    shown = [[model.cell(row, column) for column in (0, 1, 2, 4)] for row in model.records]
    assert shown == [["16", "3/3", "0.500 ± 0.004", "0.500 ± 0.004"], ["32", "3/3", "0.510 ± 0.004", "★ 0.510 ± 0.004"]]
    assert not page.go_on_button.isEnabled()
    page.list.setCurrentRow(1)
    assert model.columns[0].title == "Runs"
    assert "3 missing" in page.table.sub.full_text()
    # Another answer keeps what is looked at.
    page.refresh()
    answer(stage, table_of(settings, 1), table_of(SweepSettings(name="other", base={"dataset": "demo"})))
    assert page.chosen().settings.name == "other"


def test_that_what_is_missing_goes_into_the_queue(stage: Any, page: Any, qtbot: QtBot) -> None:
    settings = SweepSettings(name="rates", vary=("dim=16,32",), seeds=1, base={"dataset": "demo"})
    answer(stage, table_of(settings, 1))
    qtbot.mouseClick(page.go_on_button, Qt.LeftButton)
    assert stage.window.tabs.currentIndex() == 0
    assert stage.client.last(TrainCommand).settings.name == "rates-2-2024"


def test_that_a_sweep_can_be_taken_off_the_list(stage: Any, page: Any, qtbot: QtBot) -> None:
    answer(stage, table_of(SweepSettings(name="rates", base={"dataset": "demo"})))
    qtbot.mouseClick(page.forget_button, Qt.LeftButton)
    command = stage.client.last(ForgetSweep)
    assert command.name == "rates"
    stage.client.receive(ev.SweepTables(job=command.job, sweeps=()))
    assert page.stack.currentIndex() == 0
    assert not page.forget_button.isEnabled()


def test_that_choices_stand_in_words_in_the_table(stage: Any, page: Any) -> None:
    answer(stage, table_of(SweepSettings(name="sums", vary=("aggregator=plain,masked",), base={"dataset": "demo"})))
    shown = [page.table.model.cell(row, 0) for row in page.table.model.records]
    assert shown == [TrainSettings.declared()["aggregator"].words[value] for value in ("plain", "masked")]
