"""The dialog of all runs: what it lists, and what it asks of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from data import paths
from fl.protocol import events as ev
from fl.protocol.commands import DeleteRun, DescribeRuns, ExportRun, ImportRun, ListRuns, NoteRun, RenameRun
from fl.runs.records import RunDetail, RunInfo
from fl.settings.base import build
from fl.settings.train import TrainSettings
from gui.runs.all_runs_table import AllRunsTable
from gui.runs.export_dialog import ExportDialog
from gui.runs.rename_dialog import RenameDialog
from tests.round_records import a_round


def run(name: str, **values: Any) -> RunInfo:
    facts: dict[str, Any] = {
        "dataset": "demo", "model": "fcf", "protocol": "leak-free", "created": "2026-11-20T09:30:00Z",
        "state": "done", "rounds": 5, "epochs": 5, "parties": 2, "metrics": {"hr@10": 0.5}, "bytes": 1_500_000,
    }  # fmt: skip
    return RunInfo(name=name, **{**facts, **values})


DAMAGED = run(
    "broken", dataset="", model="", protocol="", created="", state="failed", rounds=0, epochs=0, parties=0, metrics={},
    problem="config.json of run 'broken' is damaged", bytes=500_000,
)  # fmt: skip
RUNS = (
    run("newest", note="with the new films"),
    DAMAGED,
    run("films", dataset="ml-100k", metrics={"hr@10": 0.7}),
    run("guest", private_parts=False),
    run("fresh", rounds=0, metrics={}, state="running", problem="no round was finished"),
)


def answer(stage: Any, *runs: RunInfo) -> None:
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=runs or RUNS))


@pytest.fixture
def dialog(stage: Any) -> Iterator[Any]:
    stage.window.ask_runs()
    answer(stage)
    stage.window.open_runs()
    answer(stage)
    yield stage.window.runs_dialog
    if stage.window.runs_dialog is not None:
        stage.window.runs_dialog.reject()


def shown(dialog: Any) -> list[str]:
    return [dialog.proxy.index(row, 0).data() for row in range(dialog.proxy.rowCount())]


def test_that_the_table_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    table = AllRunsTable()
    table.set_records(RUNS)
    qtmodeltester.check(table)


def test_that_all_runs_are_listed_and_a_damaged_one_is_marked(dialog: Any) -> None:
    assert shown(dialog) == ["newest", "broken", "films", "guest", "fresh"]
    assert dialog.count.text() == "5 runs · 6.5 MB on this disk · 1 of them cannot be read"
    marks = [dialog.table.index(row, 0).data(Qt.DecorationRole) is not None for row in range(5)]
    assert marks == [False, True, False, False, False]
    assert dialog.table.index(1, AllRunsTable.STATE).data() == "cannot be read"
    assert "is damaged" in dialog.table.index(1, 0).data(Qt.ToolTipRole)
    assert [dialog.table.index(row, AllRunsTable.STATE).data() for row in (0, 4)] == ["finished", "running"]


def test_that_search_looks_into_notes_and_size_sorts_by_bytes(dialog: Any, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.search, "new films")
    assert shown(dialog) == ["newest"]
    assert dialog.count.text().startswith("1 of 5 runs")
    dialog.search.clear()
    dialog.view.sortByColumn(AllRunsTable.SIZE, Qt.AscendingOrder)
    assert shown(dialog)[0] == "broken"


def test_that_the_keyboard_goes_from_the_search_to_what_it_found(dialog: Any, qtbot: QtBot) -> None:
    dialog.search.setText("no such name")
    assert not dialog.rename_button.isEnabled()
    dialog.search.setText("film")
    assert [one.name for one in dialog.chosen()] == ["newest"]
    assert dialog.rename_button.isEnabled()
    asked: list[bool] = []
    dialog.import_button.clicked.disconnect()
    dialog.import_button.clicked.connect(asked.append)
    qtbot.keyClick(dialog.search, Qt.Key_Return)
    assert asked == [], "a dialog of its own would take Enter for one of its buttons"
    assert dialog.focusWidget() is dialog.view
    qtbot.keyClick(dialog.view, Qt.Key_Down)
    assert [one.name for one in dialog.chosen()] == ["films"]


def test_that_it_opens_on_the_run_of_the_page(stage: Any) -> None:
    stage.window.ask_runs()
    answer(stage)
    stage.window.tabs.setCurrentIndex(1)
    stage.window.recommend.choose_run("films")
    stage.window.recommend.runs_button.click()
    dialog = stage.window.runs_dialog
    assert [one.name for one in dialog.chosen()] == ["films"]
    dialog.reject()
    assert stage.window.runs_dialog is None


def test_that_what_does_not_apply_cannot_be_pressed(dialog: Any) -> None:
    def usable(*names: str) -> list[bool]:
        dialog.choose(set(names))
        parts = (dialog.again_button, dialog.rename_button, dialog.export_button, dialog.delete_button, dialog.note)
        return [part.isEnabled() for part in parts]

    assert usable("films") == [True] * 5
    assert usable("broken") == [False, False, False, True, True]
    assert usable("fresh") == [True, True, False, True, True]
    assert usable("films", "newest") == [False, False, False, True, False]
    assert dialog.facts.full_text() == "2 runs chosen"


def test_that_a_note_is_kept_when_another_run_is_chosen_and_when_the_dialog_closes(stage: Any, dialog: Any) -> None:
    dialog.choose({"newest"})
    assert dialog.note.toPlainText() == "with the new films"
    dialog.note.setPlainText("best so far")
    dialog.choose({"films"})
    sent = stage.client.last(NoteRun)
    assert (sent.run, sent.note) == ("newest", "best so far")
    assert dialog.note.toPlainText() == ""
    dialog.note.setPlainText("try again")
    dialog.reject()
    sent = stage.client.last(NoteRun)
    assert (sent.run, sent.note) == ("films", "try again")


def test_that_a_new_list_does_not_take_away_what_is_being_typed(stage: Any, dialog: Any) -> None:
    dialog.choose({"films"})
    dialog.note.setPlainText("half a sen")
    stage.window.ask_runs()
    answer(stage)
    assert dialog.note.toPlainText() == "half a sen"
    assert [one.name for one in dialog.chosen()] == ["films"]


def test_that_runs_are_deleted_only_after_a_question_that_names_them(stage: Any, dialog: Any, qtbot: QtBot) -> None:
    dialog.choose({"broken", "films"})
    qtbot.mouseClick(dialog.delete_button, Qt.LeftButton)
    box = dialog.findChild(QMessageBox)
    assert "broken\nfilms" in box.informativeText()
    assert "2.0 MB" in box.informativeText()
    assert box.defaultButton().text() == "&Keep"
    box.reject()
    assert not any(isinstance(command, DeleteRun) for command in stage.client.sent)
    dialog.choose({"films"})
    dialog.note.setPlainText("soon gone")
    dialog.delete(["broken", "films"])
    assert dialog.note.toPlainText() == ""
    jobs = {command.run: command.job for command in stage.client.sent if isinstance(command, DeleteRun)}
    assert list(jobs) == ["broken", "films"]
    stage.client.receive(ev.RunDeleted(job=jobs["broken"], run="broken"))
    failed = ev.JobFailed(job=jobs["films"], error="Run 'films' is being trained.", hint="", details="")
    stage.client.receive(failed)
    assert "is being trained" in dialog.message.text()
    answer(stage, *(one for one in RUNS if one.name != "broken"))
    assert "broken" not in shown(dialog)


def test_that_a_run_gets_another_name_and_stays_chosen(stage: Any, dialog: Any, qtbot: QtBot) -> None:
    paths.private_folder(paths.runs_dir() / "taken")
    dialog.choose({"films"})
    qtbot.mouseClick(dialog.rename_button, Qt.LeftButton)
    asked = dialog.findChild(RenameDialog)
    for name, fault in (("taken", 'There is a run called "taken" already.'), ("../out", "Use letters"), ("films", "")):
        asked.edit.setText(name)
        assert asked.fault.text().startswith(fault)
        assert not asked.accept_button.isEnabled()
    asked.edit.setText("taken")
    qtbot.mouseClick(asked.free_button, Qt.LeftButton)
    assert asked.name() == "taken-2"
    qtbot.mouseClick(asked.accept_button, Qt.LeftButton)
    sent = stage.client.last(RenameRun)
    assert (sent.run, sent.name) == ("films", "taken-2")
    stage.client.receive(ev.RunRenamed(job=sent.job, old="films", new="taken-2"))
    answer(stage, run("newest"), run("taken-2"))
    assert [one.name for one in dialog.chosen()] == ["taken-2"]


def test_that_an_export_says_what_goes_along(
    stage: Any, dialog: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("gui.runs.runs_dialog.ask_save", lambda *_: (str(tmp_path / "films"), ""))
    dialog.choose({"films"})
    for private, words in ((False, "are not in it"), (True, "only to those who may see")):
        qtbot.mouseClick(dialog.export_button, Qt.LeftButton)
        asked = dialog.findChildren(ExportDialog)[-1]
        assert not asked.private()
        asked.whole.setChecked(private)
        asked.accept()
        sent = stage.client.last(ExportRun)
        assert (sent.run, sent.output, sent.private) == ("films", str(tmp_path / "films.zip"), private)
        done = ev.RunExported(job=sent.job, run="films", path=sent.output, bytes=1_000_000, private=private)
        stage.client.receive(done)
        assert words in dialog.message.text()
        assert "1.0 MB" in dialog.message.text()


def test_that_an_imported_run_is_chosen(stage: Any, dialog: Any) -> None:
    dialog.take("/somewhere/guest.zip")
    sent = stage.client.last(ImportRun)
    stage.client.receive(ev.RunImported(job=sent.job, run=run("guest-2", private_parts=False)))
    assert "without its private parts" in dialog.message.text()
    answer(stage, *RUNS, run("guest-2", private_parts=False))
    assert [one.name for one in dialog.chosen()] == ["guest-2"]


@pytest.mark.parametrize(
    "values",
    [
        {"model": "fcf", "dim": 20, "seed": 7},
        {"model": "pfedrec", "epochs": 12, "parties": 5, "protocol": "published", "aggregator": "verified"},
        {"model": "fedrap", "dp": "user", "target_epsilon": 3.0, "server_learning_rate": 0.5},
    ],
)
def test_that_the_form_takes_the_settings_of_a_run(stage: Any, dialog: Any, values: dict[str, Any]) -> None:
    settings = build(TrainSettings, {"dataset": "demo", "name": "films", **values})
    dialog.choose({"films"})
    dialog.again_button.click()
    detail = RunDetail(
        info=run("films"), settings=settings, fingerprint="", n_users=1, n_items=1, n_train=1, versions={}, machine={},
        rounds=(a_round(1, 0.4),),
    )  # fmt: skip
    job = stage.client.last(DescribeRuns).job
    stage.client.receive(ev.RunDetails(job=job, runs=(detail,), problems={}))
    assert stage.window.runs_dialog is None
    assert stage.window.tabs.currentIndex() == 0
    assert stage.window.train.form.settings == settings.model_copy(update={"name": ""})
    assert 'settings of "films"' in stage.window.train.message.text()


def test_that_a_run_without_its_private_parts_says_what_it_cannot(stage: Any) -> None:
    stage.window.ask_runs()
    answer(stage)
    for tab in (stage.window.recommend, stage.window.evaluate):
        tab.choose_run("guest")
        assert "without its private parts" in tab.missing()
    stage.window.recommend.mode.choose(1)
    assert "private" not in stage.window.recommend.why_not.text()
