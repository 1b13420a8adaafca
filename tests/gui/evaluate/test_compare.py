"""Comparing runs: what differs, what may be compared, and the page with a silent engine."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import CompareRuns, DescribeRuns, ListRuns, WriteReport
from fl.protocol.records import Difference, PairedRow
from fl.runs.records import RunDetail
from gui.evaluate.compare_data import LETTERS, curves, figure_rows, setting_rows, why_not_comparable
from gui.evaluate.compare_models import ComparisonTable, LetterRole, RunChoices, RunSearch, SettingsTable
from gui.widgets.widgets import ElidedLabel

RUN_DETAILS = Path(__file__).parents[2] / "report" / "conftest.py"


def load_details() -> Any:
    """The runs made by hand for the report's tests."""
    spec = importlib.util.spec_from_file_location("run_details", RUN_DETAILS)
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module.make_detail


detail = load_details()


def three() -> list[RunDetail]:
    return [detail("one"), detail("two", dim=64, learning_rate=0.05), detail("three", evaluated=False)]


# --- data ---------------------------------------------------------------------------------------------------------


def test_that_differing_settings_are_found_and_named_as_in_the_form() -> None:
    rows = {row.name: row for row in setting_rows(three())}
    assert {name for name, row in rows.items() if row.differs} == {"Embedding length", "Learning rate"}
    assert rows["Learning rate"].values == ("0.1", "0.05", "0.1")
    assert rows["Data fingerprint"].values == ("f" * 16,) * 3
    assert "Alpha" not in rows  # of FCF only


def test_that_a_setting_one_model_lacks_is_a_difference() -> None:
    rows = {row.name: row for row in setting_rows([detail("a"), detail("b", model="fcf", epochs=3)])}
    negatives = next(row for row in rows.values() if row.values[1] == "–")
    assert negatives.differs


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"settings": {"seed": 8}}, "seeds differ"),
        ({"settings": {"protocol": "published"}}, "protocols differ"),
        ({"settings": {"dataset": "ml-100k"}}, "different data sets"),
        ({"fingerprint": "e" * 64}, "fingerprints differ"),
    ],
)
def test_that_runs_with_other_candidates_are_not_comparable(changed: dict[str, Any], reason: str) -> None:
    one, other = detail("a"), detail("b", **changed.pop("settings", {})).model_copy(update=changed)
    assert [reason in sentence for sentence in why_not_comparable([one, other])] == [True]
    assert [row.rivals for row in figure_rows([one, other])] == ["A", "A", "B", "B"]


def test_that_comparable_runs_share_one_popularity_row() -> None:
    rows = figure_rows(three())
    assert why_not_comparable(three()) == []
    assert [(row.run, row.scorer, row.hr) for row in rows] == [
        ("A · one", "model", 0.624),
        ("B · two", "model", 0.624),
        ("C · three", "model", 0.624),
        ("A", "popularity", 0.416),
    ]
    assert rows[0].intervals == {"hr": (0.571, 0.677)}
    assert rows[2].intervals == {}  # not evaluated: from the result of its training
    assert rows[0].seconds == 0.5
    assert rows[0].best_round == 2


def test_that_a_run_has_the_intervals_that_its_training_showed() -> None:
    trained = detail("a", evaluated=False).model_copy(
        update={"intervals": {"hr@10": (0.5, 0.7), "full_hr@10": (0.1, 0.2)}}
    )
    model, popularity = figure_rows([trained])
    assert model.intervals == {"hr": (0.5, 0.7), "full_hr": (0.1, 0.2)}
    assert popularity.intervals == {}


def test_that_a_run_without_figures_keeps_its_row() -> None:
    rows = figure_rows([detail("a", evaluated=False, finished=False), detail("b", evaluated=False, finished=False)])
    assert [(row.run, row.hr) for row in rows] == [("A · a", None), ("B · b", None)]


def test_that_curves_of_different_lengths_share_an_axis() -> None:
    long, short = detail("long"), detail("short")
    short = short.model_copy(update={"rounds": short.rounds[:2]})
    assert curves([long, short], "hr@10") == ([1, 2, 3], [[0.4, 0.5, 0.6], [0.4, 0.5, None]])
    assert curves([long], "loss") == ([1, 2, 3], [[1.0, 0.5, pytest.approx(1 / 3)]])


# --- models -------------------------------------------------------------------------------------------------------


def test_that_qt_finds_no_fault_with_the_models(qtmodeltester: ModelTester) -> None:
    choices = RunChoices()
    choices.set_records([run.info for run in three()])
    choices.choose(["two"])
    settings, figures = SettingsTable(), ComparisonTable()
    settings.set_rows(["A · one", "B · two"], setting_rows(three()[:2]))
    figures.set_records(figure_rows(three()))
    for model in (choices, RunSearch(choices), settings, figures):
        qtmodeltester.check(model)
    assert settings.columnCount() == 3
    assert settings.headerData(2, Qt.Horizontal) == "B · two"
    names = [settings.index(row, 0).data() for row in range(settings.rowCount())]
    assert "≠ Learning rate" in names
    assert "Parties" in names


def test_that_letters_follow_the_order_of_ticking() -> None:
    choices = RunChoices()
    choices.set_records([detail(name).info for name in "uvw"])
    for row in (2, 0):
        assert choices.setData(choices.index(row, 0), Qt.Checked, Qt.CheckStateRole)
    assert [choices.index(row, 0).data(LetterRole) for row in range(3)] == ["B", "", "A"]
    choices.setData(choices.index(2, 0), Qt.Unchecked, Qt.CheckStateRole)
    assert choices.chosen() == ["u"]
    assert choices.index(0, 0).data(LetterRole) == "A"


def test_that_no_more_runs_are_ticked_than_there_are_looks(qtbot: QtBot) -> None:
    choices = RunChoices()
    names = [f"run {number}" for number in range(len(LETTERS) + 1)]
    choices.set_records([detail(name).info for name in names])
    choices.choose(names)
    assert choices.chosen() == names[:-1]
    with qtbot.waitSignal(choices.full):
        assert not choices.setData(choices.index(len(LETTERS), 0), Qt.Checked, Qt.CheckStateRole)


def test_that_a_run_that_cannot_be_used_is_not_ticked_and_a_removed_one_is_dropped() -> None:
    choices = RunChoices()
    bad = detail("bad").info.model_copy(update={"problem": "damaged"})
    choices.set_records([bad, detail("good").info])
    assert not choices.setData(choices.index(0, 0), Qt.Checked, Qt.CheckStateRole)
    choices.choose(["good", "bad", "gone"])
    assert choices.chosen() == ["good"]
    choices.set_records([bad])
    assert choices.chosen() == []


def test_that_the_search_finds_every_word_in_name_or_particulars() -> None:
    choices = RunChoices()
    choices.set_records([detail("night").info, detail("day", model="fcf").info])
    search = RunSearch(choices)
    search.look_for("demo fcf")
    assert [search.index(row, 0).data() for row in range(search.rowCount())] == ["day"]
    search.look_for("")
    assert search.rowCount() == 2


# --- the page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def panel(stage: Any, qtbot: QtBot) -> Any:
    """The open page, with three runs and the first one ticked."""
    tab = stage.window.evaluate
    stage.window.tabs.setCurrentIndex(2)
    infos = tuple(run.info for run in three())
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=infos))
    qtbot.mouseClick(tab.compare_button, Qt.LeftButton)
    return tab.compare


def answer(stage: Any, runs: list[RunDetail], **more: Any) -> None:
    job = stage.client.last(DescribeRuns).job
    stage.client.receive(ev.RunDetails(job=job, runs=tuple(runs), **more))


def click_row(panel: Any, qtbot: QtBot, row: int) -> None:
    rect = panel.checks.view.visualRect(panel.checks.proxy.index(row, 0))
    qtbot.mouseClick(panel.checks.view.viewport(), Qt.LeftButton, pos=rect.center() - QPoint(20, 0))


def test_that_ticking_a_second_run_asks_for_both_and_shows_them(stage: Any, panel: Any, qtbot: QtBot) -> None:
    assert panel.checks.runs.chosen() == ["one"]
    assert panel.stack.currentIndex() == 0
    click_row(panel, qtbot, 1)
    assert stage.client.last(DescribeRuns).runs == ("one", "two")
    answer(stage, three()[:2])
    view = panel.view
    assert panel.stack.currentIndex() == 1
    assert not view.warning.isVisible()
    assert view.figures.model.rowCount() == 3
    assert list(view.plots["loss"].series[0].values) == [1.0, 0.5, pytest.approx(1 / 3)]
    names = [view.settings.model.index(row, 0).data() for row in range(view.settings.model.rowCount())]
    assert names == ["≠ Embedding length", "≠ Learning rate"]
    qtbot.mouseClick(view.only_differences, Qt.LeftButton, pos=QPoint(8, view.only_differences.height() // 2))
    assert view.settings.model.rowCount() > 10
    click_row(panel, qtbot, 1)
    assert panel.stack.currentIndex() == 0


def test_that_differences_to_the_first_run_are_asked_for_and_marked_where_they_are_clear(
    stage: Any, panel: Any, qtbot: QtBot
) -> None:
    click_row(panel, qtbot, 1)
    answer(stage, three()[:2])
    command = stage.client.last(CompareRuns)
    assert (command.settings.runs, command.settings.k) == (("one", "two"), (10,))
    table = panel.view.paired
    assert "Scoring all users" in table.sub.full_text()
    names = ("hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")
    clear, unclear = Difference(value=0.02, low=0.004, high=0.036), Difference(value=-0.01, low=-0.03, high=0.01)
    worse = Difference(value=-0.2, low=-0.3, high=-0.1)
    rows = (
        PairedRow(scorer="two", k=10, metrics=dict.fromkeys(names, unclear) | {"hr": clear}),
        PairedRow(scorer="popularity", k=10, metrics=dict.fromkeys(names, worse)),
    )
    stage.client.receive(ev.RunsCompared(job=command.job, settings=command.settings, n_users=300, rows=rows))
    shown = [[table.proxy.index(row, column).data() for column in range(3)] for row in range(2)]
    assert shown == [
        ["B · two", "▲ +0.020 (+0.004 to +0.036)", "−0.010 (−0.030 to +0.010)"],
        ["Popularity", "▼ −0.200 (−0.300 to −0.100)", "▼ −0.200 (−0.300 to −0.100)"],
    ]
    assert table.heading.full_text() == "Differences to A · one"
    assert "may be chance" in table.model.tip(rows[0], 2)
    assert "may be chance" not in table.model.tip(rows[0], 1)
    # Asked again for the same runs, as when another run ends: the table stays until the new answer.
    panel.refresh()
    answer(stage, three()[:2])
    assert table.proxy.rowCount() == 2


def test_that_differences_of_runs_that_stand_apart_are_not_asked_for(stage: Any, panel: Any, qtbot: QtBot) -> None:
    click_row(panel, qtbot, 1)
    answer(stage, [detail("one"), detail("two", seed=8)])
    assert not panel.view.paired.isVisible()
    assert not any(isinstance(command, CompareRuns) for command in stage.client.sent)


def test_that_a_failure_to_find_differences_is_told_beside_them(stage: Any, panel: Any, qtbot: QtBot) -> None:
    click_row(panel, qtbot, 1)
    answer(stage, three()[:2])
    job = stage.client.last(CompareRuns).job
    stage.client.receive(ev.JobFailed(job=job, error="The data are gone.", hint="Fetch them.", details=""))
    assert panel.view.paired.message.text() == "The data are gone. Fetch them."


def test_that_exported_figures_say_protocol_and_data(panel: Any, tmp_path: Path) -> None:
    runs = three()
    panel.view.show_runs(runs)
    panel.view.figures.export(tmp_path / "out.json")
    rows = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert {(row["protocol"], row["fingerprint"]) for row in rows} == {(runs[0].info.protocol, runs[0].fingerprint)}
    assert len(rows) == 4  # one for each run, and popularity


def test_that_long_names_are_shortened_in_the_middle(panel: Any, qtbot: QtBot) -> None:
    names = [f"{'a-name-that-goes-on-' * 3}{end}" for end in ("first", "second")]
    panel.view.show_runs([detail(name) for name in names])
    panel.stack.setCurrentIndex(1)
    keys = panel.view.legend.findChildren(ElidedLabel)
    qtbot.waitUntil(lambda: all("…" in key.text() for key in keys))
    assert [key.text()[-5:] for key in keys] == ["first", "econd"]
    assert [key.toolTip()[-6:] for key in keys] == ["-first", "second"]
    view = panel.view
    elided = [view.figures.view, view.paired.view, view.settings.view.horizontalHeader()]
    assert {part.textElideMode() for part in elided} == {Qt.ElideMiddle}


def test_that_space_ticks_the_current_run(stage: Any, panel: Any, qtbot: QtBot) -> None:
    panel.checks.view.setCurrentIndex(panel.checks.proxy.index(2, 0))
    panel.checks.view.setFocus()
    qtbot.keyClick(panel.checks.view, Qt.Key_Space)
    assert panel.checks.runs.chosen() == ["one", "three"]


def test_that_runs_that_do_not_compare_carry_a_warning(stage: Any, panel: Any, qtbot: QtBot) -> None:
    click_row(panel, qtbot, 1)
    answer(stage, [detail("one"), detail("two", seed=8)])
    assert panel.view.warning.isVisible()
    assert "seeds differ" in panel.view.warning.text()
    assert panel.view.figures.model.rowCount() == 4


def test_that_an_answer_to_an_earlier_choice_is_dropped(stage: Any, panel: Any, qtbot: QtBot) -> None:
    click_row(panel, qtbot, 1)
    first = stage.client.last(DescribeRuns).job
    click_row(panel, qtbot, 2)
    stage.client.receive(ev.RunDetails(job=first, runs=tuple(three()[:2])))
    assert panel.stack.currentIndex() == 0
    answer(stage, three())
    assert [run.info.name for run in panel.view.runs] == ["one", "two", "three"]
    assert "Evaluate a run to have intervals" in panel.view.figures.sub.full_text()


def test_that_a_run_that_cannot_be_read_is_named(stage: Any, panel: Any, qtbot: QtBot) -> None:
    click_row(panel, qtbot, 1)
    answer(stage, three()[:1], problems={"two": "There is no run called 'two'."})
    assert "There is no run called 'two'." in panel.message.text()
    assert panel.stack.currentIndex() == 0
    click_row(panel, qtbot, 2)
    job = stage.client.last(DescribeRuns).job
    stage.client.receive(ev.JobFailed(job=job, error="The disk is gone.", hint="Buy one.", details=""))
    assert panel.message.text() == "The disk is gone. Buy one."
    assert stage.window.evaluate.message.text() == ""


def test_that_the_way_back_and_evaluating_leave_the_comparison(stage: Any, panel: Any, qtbot: QtBot) -> None:
    tab = stage.window.evaluate
    assert tab.pages.currentWidget() is panel
    qtbot.mouseClick(panel.back_button, Qt.LeftButton)
    assert tab.pages.currentIndex() == 0
    tab.open_comparison()
    tab.start()
    assert tab.pages.currentIndex() == 0


# --- the report ---------------------------------------------------------------------------------------------------


def test_that_a_report_is_asked_for_and_its_end_is_told(stage: Any, panel: Any, qtbot: QtBot, tmp_path: Path) -> None:
    tab = stage.window.evaluate
    qtbot.mouseClick(panel.back_button, Qt.LeftButton)
    assert tab.report_button.isEnabled()
    tab.report.write(tmp_path / "r.pdf")
    command = stage.client.last(WriteReport)
    assert command.settings.run == tab.form.value("run")
    assert command.settings.output == str(tmp_path / "r.pdf")
    assert not tab.report_button.isEnabled()
    written = ev.ReportWritten(job=command.job, settings=command.settings, path=command.settings.output, missing=())
    stage.client.receive(written)
    assert tab.report_button.isEnabled()
    assert tab.report_message.text() == f"Saved to {tmp_path / 'r.pdf'}"
    assert tab.report_message.action_button.isVisible()
    tab.report.write(tmp_path / "r.pdf")
    job = stage.client.last(WriteReport).job
    stage.client.receive(written.model_copy(update={"job": job, "missing": ("Figures: none.",)}))
    assert "what is missing" in tab.report_message.text()
    tab.report.write(tmp_path / "r.pdf")
    job = stage.client.last(WriteReport).job
    stage.client.receive(ev.JobFailed(job=job, error="Cannot write x.", hint="", details=""))
    assert tab.report_message.text() == "Cannot write x."
    assert tab.report_button.isEnabled()


def test_that_without_a_run_there_is_no_report(stage: Any) -> None:
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=()))
    assert not stage.window.evaluate.report_button.isEnabled()


def test_that_the_real_engines_details_are_compared(stage: Any, panel: Any, qtbot: QtBot) -> None:
    click_row(panel, qtbot, 1)
    stage.play("details", stage.client.last(DescribeRuns).job)
    view = panel.view
    assert [run.info.name for run in view.runs] == ["demo-recorded", "demo-published"]
    assert "protocols differ" in view.warning.text()
    assert "no such run" in panel.message.text()
    rows = [view.figures.model.index(row, 0).data() for row in range(view.figures.model.rowCount())]
    assert rows == ["A · demo-recorded", "Popularity for A", "B · demo-published", "Popularity for B"]
    assert len(view.runs[0].rounds) == 12
    assert view.runs[0].evaluations[0].n_users == 300
    assert "≠ Evaluation protocol" in [
        view.settings.model.index(row, 0).data() for row in range(view.settings.model.rowCount())
    ]
