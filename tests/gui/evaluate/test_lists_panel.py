"""The page that measures lists of another program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QMimeData, QPoint, Qt, QUrl
from PyQt5.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from data.errors import DataError
from data.lists import read_lists
from data.loading import load
from fl.protocol import events as ev
from fl.protocol.commands import EvaluateLists, ExportSplit
from gui.evaluate.figure_tables import MetricTable
from gui.tabs.state import JobState
from gui.widgets.message_bar import MessageBar
from tests.fl.asking import ask


@pytest.fixture
def panel(stage: Any, qtbot: QtBot) -> Any:
    """The page, as a person reaches it: by the button below the fields of Evaluate."""
    stage.window.tabs.setCurrentIndex(2)
    stage.answer_lists()
    tab = stage.window.evaluate
    qtbot.mouseClick(tab.lists_button, Qt.LeftButton)
    assert tab.pages.currentWidget() is tab.lists
    tab.lists.form.set_values({"dataset": "demo"})
    return tab.lists


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A file with the test item first in everybody's list, and one row that is wrong."""
    data = load("demo", "leak-free", 2024)
    path = tmp_path / "theirs.csv"
    lines = [
        f"{data.interactions.user_ids[u]},{data.interactions.item_ids[i]},1" for u, i in enumerate(data.split.test_item)
    ]
    path.write_text("user,item,rank\n" + "\n".join([*lines, "ghost,1,1"]) + "\n")
    return path


def measure(panel: Any, stage: Any, qtbot: QtBot, path: Path) -> Any:
    """Have the page measure a file, the engine's answer being the true one."""
    panel.form.set_values({"lists": str(path)})
    qtbot.mouseClick(panel.start_button, Qt.LeftButton)
    command = stage.client.last(EvaluateLists)
    answer = ask(command)
    stage.client.receive(answer.model_copy(update={"job": command.job}))
    return answer.evaluation


def test_that_figures_and_findings_are_shown(panel: Any, stage: Any, qtbot: QtBot, lists: Path) -> None:
    found = measure(panel, stage, qtbot, lists)
    assert panel.state is JobState.DONE
    view = panel.view
    assert view.headline.full_text() == "theirs.csv"
    assert [figure.value() for figure in view.figures] == ["1.000", "1.000", "–", "–"]
    told = "\n".join(bar.text() for bar in view.findChildren(MessageBar) if bar.isVisibleTo(view))
    assert "sampled figures apply" in told
    assert "Users that the data set does not have: 1 (rows: 1)" in told
    assert "fewer than K = 20 items: 300" in told
    table = view.table.proxy
    assert {table.index(row, MetricTable.SCORER).data() for row in range(table.rowCount())} == {
        "The file's lists",
        "Popularity",
    }
    assert found.n_lists == 300


def test_that_the_command_carries_what_the_fields_say(panel: Any, stage: Any, qtbot: QtBot) -> None:
    panel.form.set_values({"lists": "a.csv", "k": [10], "order": "score", "ranking": "weight", "seed": "7"})
    qtbot.mouseClick(panel.start_button, Qt.LeftButton)
    settings = stage.client.last(EvaluateLists).settings
    assert (settings.lists, settings.k, settings.order, settings.ranking, settings.seed) == (
        "a.csv", (10,), "score", "weight", 7,
    )  # fmt: skip


def test_that_nothing_starts_without_a_file(panel: Any) -> None:
    assert not panel.start_button.isEnabled()
    assert panel.why_not.text() == "Choose a file of lists."


def test_that_a_refusal_speaks_of_the_fields_and_not_of_options(
    panel: Any, stage: Any, qtbot: QtBot, lists: Path
) -> None:
    lists.write_text("user,item,thing\n1,2,3\n")
    panel.form.set_values({"lists": str(lists)})
    qtbot.mouseClick(panel.start_button, Qt.LeftButton)
    data = load("demo", "leak-free", 2024)
    with pytest.raises(DataError) as refused:
        read_lists(lists, data.interactions, data.split)
    job = stage.client.last(EvaluateLists).job
    stage.client.receive(ev.JobFailed(job=job, error=refused.value.message, hint=refused.value.hint, details=""))
    assert "line 1, column 'thing'" in panel.message.text()
    assert 'under "Lists are ordered by"' in panel.message.text()
    assert "--order" not in panel.message.text()


def test_that_a_file_can_be_dropped_on_its_field(panel: Any, lists: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(lists))])
    panel.file.dropEvent(QDropEvent(QPoint(1, 1), Qt.CopyAction, data, Qt.LeftButton, Qt.NoModifier))
    assert panel.form.settings.lists == str(lists)


def test_that_the_split_is_written_into_a_folder_of_its_own(
    panel: Any, stage: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.evaluate.lists_panel.ask_folder", lambda *words: str(tmp_path))
    qtbot.mouseClick(panel.export_button, Qt.LeftButton)
    command = stage.client.last(ExportSplit)
    assert command.settings.export == str(tmp_path / "split-demo-leak-free-2024")
    stage.client.receive(ask(command).model_copy(update={"job": command.job}))
    assert (tmp_path / "split-demo-leak-free-2024" / "README.txt").is_file()
    assert "split-demo-leak-free-2024" in panel.export_message.text()


def test_that_the_way_back_leads_to_one_run(panel: Any, stage: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.back_button, Qt.LeftButton)
    assert stage.window.evaluate.pages.currentIndex() == 0
