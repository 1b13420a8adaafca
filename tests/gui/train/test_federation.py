"""The Train tab of an organisation in a federation, on recorded events of a real member."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import Cancel, EstimateTraining, ReadKit, StopAfterRound, TakePart
from fl.protocol.records import MemberInfo
from gui.engine.client import EngineState
from gui.tabs.state import JobState
from gui.train.train_form import IN_A_FEDERATION
from tests.gui.conftest import events_of

KIT = next(event.kit for event in events_of("federation") if isinstance(event, ev.KitRead))


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    stage.window.train.train_form.set_place(IN_A_FEDERATION)
    return stage.window.train


def read_kit(stage: Any, tab: Any, **other: Any) -> None:
    """The person names a folder, and the engine reads the kit in it."""
    tab.train_form.federation.set_folder(KIT.folder)
    asked = stage.client.last(ReadKit)
    assert asked.folder == KIT.folder
    stage.client.receive(ev.KitRead(job=asked.job, kit=KIT.model_copy(update=other)))


def part(event: Any) -> bool:
    return not isinstance(event, ev.KitRead)


def test_that_the_terms_are_shown_and_nothing_of_them_can_be_edited(stage: Any, tab: Any) -> None:
    form = tab.train_form
    assert not tab.start_button.isEnabled()
    assert tab.why_not.text() == "Choose the folder of your kit first."
    assert not form.settings_form.editors["epochs"].isVisible()
    read_kit(stage, tab)
    assert tab.start_button.isEnabled()
    assert "You are alice in trial, with server, bob." in form.federation.facts.text()
    terms = dict(form.federation.terms())
    assert terms["Model"] == "fcf" or terms["Model"] == "FCF"
    assert (terms["Epochs"], terms["Parties"]) == ("4", "2")
    assert terms["Wait for a member that is gone"] == "600 seconds"
    assert "Data set" not in terms
    assert "Name of the run" not in terms
    assert form.dataset_box.isVisible()
    form.set_place("here")
    assert form.settings_form.editors["epochs"].isVisible()
    assert not form.federation.isVisible()


def test_that_a_kit_that_cannot_be_used_says_why(stage: Any, tab: Any) -> None:
    tab.train_form.federation.set_folder("/nowhere")
    assert tab.why_not.text() == "Reading the kit…"
    job = stage.client.last(ReadKit).job
    stage.client.receive(ev.JobFailed(job=job, error="There is no kit.", hint="Look again.", details=""))
    assert tab.train_form.federation.message.text() == "There is no kit. Look again."
    assert not tab.start_button.isEnabled()
    assert tab.why_not.text() == "Choose the folder of your kit first."


def test_that_a_whole_training_between_organisations_is_shown(stage: Any, tab: Any, qtbot: QtBot) -> None:
    read_kit(stage, tab)
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    command = stage.client.last(TakePart)
    assert (command.kit, command.dataset) == (KIT.folder, "demo")
    assert not any(isinstance(sent, EstimateTraining) and sent.settings is None for sent in stage.client.sent)
    events = stage.play("federation", command.job, part)
    done = events[-1]
    assert isinstance(done, ev.TrainDone)
    assert tab.state is JobState.DONE
    assert tab.progress.headline.full_text() == "Finished 4 rounds"
    assert tab.view.result.final["hr@10"].value() == f"{done.result['hr@10']:.3f}"
    rounds = [event.record for event in events if isinstance(event, ev.RoundDone)]
    tab.view.curves.valid.redraw_now()
    assert tab.view.curves.valid.points("hr@10") == [(r.round, r.valid["hr@10"]) for r in rounds]
    assert not tab.progress.members.isVisible(), "it is over"


def test_that_a_party_can_leave_after_the_round_or_at_once(stage: Any, tab: Any, qtbot: QtBot) -> None:
    read_kit(stage, tab)
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job = stage.client.last(TakePart).job
    assert not tab.controls.pause_button.isVisible(), "nobody can have the others wait"
    assert not tab.controls.stop_button.isEnabled()
    stage.play("federation", job, lambda event: part(event) and not isinstance(event, ev.TrainDone))
    assert tab.controls.stop_button.text() == "Leave after this r&ound"
    assert {one.name for one in tab.progress.members.members} == {"server", "alice", "bob"}
    qtbot.mouseClick(tab.controls.stop_button, Qt.LeftButton)
    assert stage.client.last(StopAfterRound).target == job
    assert tab.state is JobState.STOPPING
    qtbot.mouseClick(tab.cancel_button, Qt.LeftButton)
    assert stage.client.last(Cancel).target == job
    stage.client.receive(ev.JobCancelled(job=job))
    assert tab.state is JobState.IDLE
    assert tab.offers.offered is None, "one member alone cannot go on with it"


def test_that_a_real_member_that_left_and_came_back_was_shown_as_lost(stage: Any, tab: Any, qtbot: QtBot) -> None:
    read_kit(stage, tab)
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job, shown = stage.client.last(TakePart).job, []
    for event in events_of("leaving"):
        stage.client.receive(event.model_copy(update={"job": job}))
        if isinstance(event, ev.Members):
            shown += [words for words in tab.progress.members.words() if words.startswith("bob: ")]
            since = max((one.since for one in event.members), default=0)
            if since:
                assert shown[-1] == f"bob: lost since {datetime.fromtimestamp(since):%H:%M:%S}"
    said = [words.split(" since ")[0] for words in shown]
    assert [words for words, _ in groupby(said)][-4:] == [
        "bob: lost",
        "bob: waited for",
        "bob: connected",
        "bob: training, round 1 done",
    ]
    # Then alice left after a round.
    done = event
    assert (tab.state, done.stopped_early) == (JobState.DONE, True)
    assert not tab.progress.members.isVisible()


def test_that_a_server_has_no_data_and_ends_it_for_all(stage: Any, tab: Any, qtbot: QtBot) -> None:
    read_kit(stage, tab, member="server", is_server=True)
    assert not tab.train_form.dataset_box.isVisible()
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    command = stage.client.last(TakePart)
    assert command.dataset == ""
    assert tab.controls.stop_button.text() == "St&op after this round"


def test_that_members_are_shown_as_they_are_now(stage: Any, tab: Any, qtbot: QtBot) -> None:
    read_kit(stage, tab)
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job = stage.client.last(TakePart).job
    members = (
        MemberInfo(name="server", state="training", round=3),
        MemberInfo(name="alice", state="connected"),
        MemberInfo(name="bob", state="waiting"),
        MemberInfo(name="carol", state="lost", since=1_700_000_000),
        MemberInfo(name="dave", state="failed", problem="its disk is full"),
    )
    stage.client.receive(ev.Members(job=job, members=members))
    line = tab.progress.members
    assert line.isVisible()
    words = line.words()
    assert words[:3] == ["server: training, round 3 done", "alice: connected", "bob: waited for"]
    assert words[3].startswith("carol: lost since ")
    assert words[4] == "dave: failed"
    stage.client.receive(ev.JobCancelled(job=job))
    tab.train_form.set_place("here")
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    assert not line.isVisible(), "the next training has no members"


def test_that_what_was_chosen_is_there_again_and_is_read_when_the_engine_is_up(stage: Any, tab: Any) -> None:
    read_kit(stage, tab)
    tab.remember()
    preferences = stage.window.train._preferences
    assert preferences.text("train/place") == IN_A_FEDERATION
    assert preferences.text("train/kit") == KIT.folder
    federation = tab.train_form.federation
    federation.folder.setText("/other")
    before = len(stage.client.sent)
    tab.client.state_changed.emit(EngineState.READY)
    assert [one.folder for one in stage.client.sent[before:] if isinstance(one, ReadKit)] == ["/other"]
