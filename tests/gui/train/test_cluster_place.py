"""The Train tab where parties run on a Ray cluster."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import EstimateTraining, TrainCommand
from fl.protocol.records import MemberInfo
from gui.train.train_form import ON_A_CLUSTER
from gui.widgets.widgets import Chip


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    stage.window.train.train_form.set_place(ON_A_CLUSTER)
    return stage.window.train


def test_that_the_address_is_asked_for_and_goes_with_the_training(stage: Any, tab: Any, qtbot: QtBot) -> None:
    form = tab.train_form
    assert form.settings_form.editors["address"].isVisible()
    assert not tab.start_button.isEnabled()
    assert tab.why_not.text() == "Give the address of the cluster first."
    assert not form.privacy_note.isVisible(), "it would be of another place"
    form.settings_form.editors["address"].setText("10.0.0.5")
    assert "HOST:PORT" in form.settings_form.problems["address"].text()
    assert tab.why_not.text() == "Correct the marked fields first."
    form.settings_form.editors["address"].setText("10.0.0.5:6379")
    assert tab.start_button.isEnabled()
    assert "One organisation's cluster" in form.privacy_note.words.text()
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    settings = stage.client.last(TrainCommand).settings
    assert (settings.runtime, settings.address) == ("cluster", "10.0.0.5:6379")
    assert not [one for one in stage.client.sent if isinstance(one, EstimateTraining) and one.settings.address]


def test_that_the_place_and_the_setting_follow_each_other(tab: Any) -> None:
    form, settings = tab.train_form, tab.train_form.settings_form
    form.set_place("here")
    assert settings.value("runtime") == "simulation"
    assert not settings.editors["address"].isVisible()
    settings.set_value("runtime", "cluster")
    assert form.place.currentData() == ON_A_CLUSTER
    settings.reset()
    assert form.place.currentData() == "here"
    settings.set_value("runtime", "in-process")
    assert form.place.currentData() == "here"


def test_that_who_runs_on_which_node_is_shown_and_who_is_lost(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.form.set_value("address", "10.0.0.5:6379")
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job = stage.client.last(TrainCommand).job
    members = (
        MemberInfo(name="server", state="training", round=3, node="north (10.0.0.5)"),
        MemberInfo(name="party-2", state="lost", since=1_700_000_000, node="south (10.0.0.6)", problem="it was lost"),
    )
    stage.client.receive(ev.Members(job=job, members=members))
    first, second = tab.progress.members.words()
    assert first == "server on north (10.0.0.5): training, round 3 done"
    assert second.startswith("party-2 on south (10.0.0.6): lost since ")


def test_that_a_sign_with_a_long_name_is_shortened_in_its_middle(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.form.set_value("address", "10.0.0.5:6379")
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    members = (
        MemberInfo(name="server", state="training", round=3, node="north"),
        MemberInfo(name="party-" + "long" * 20, state="failed", node="south", problem="it was lost"),
    )
    stage.client.receive(ev.Members(job=stage.client.last(TrainCommand).job, members=members))
    qtbot.waitUntil(lambda: len(tab.progress.members.findChildren(Chip)) == 2)
    short, long = tab.progress.members.findChildren(Chip)
    qtbot.waitUntil(lambda: "…" in long.text())
    assert short.text() == short.full_text()
    assert long.text().startswith("party-long")
    assert long.text().endswith("on south: failed")
    assert long.toolTip().split("\n")[-1] == "it was lost"
    assert "long" * 20 in long.toolTip()
