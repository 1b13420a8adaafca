"""A new user or a basket in the Recommend tab, on recorded events of the real engine."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import ListItems, RecommendNewCommand
from gui.recommend.item_picker import ItemModel
from gui.recommend.item_tables import RecommendationTable
from tests.gui.conftest import events_of

RECORDED = {event.job: event for event in events_of("newcomer")}


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.window.tabs.setCurrentIndex(1)
    stage.answer_lists()
    stage.answer_lists()
    tab = stage.window.recommend
    tab.mode.choose(1)
    answer_items(stage)
    return tab


def answer_items(stage: Any) -> ev.Items:
    event: ev.Items = RECORDED["items"].model_copy(update={"job": stage.client.last(ListItems).job})
    stage.client.receive(event)
    return event


def answer(stage: Any, name: str = "person") -> ev.NewRecommendations:
    command = stage.client.last(RecommendNewCommand)
    event: ev.NewRecommendations = RECORDED[name].model_copy(update={"job": command.job})
    stage.client.receive(event)
    return event


def commands(stage: Any) -> list[Any]:
    return [command for command in stage.client.sent if isinstance(command, RecommendNewCommand)]


def pick(stage: Any, tab: Any, qtbot: QtBot) -> RecommendNewCommand:
    """Pick the marked item; the command that follows by itself."""
    before = len(commands(stage))
    qtbot.keyClick(tab.newcomer.picker.edit, Qt.Key_Return)
    qtbot.waitUntil(lambda: len(commands(stage)) > before)
    return commands(stage)[-1]


def test_that_the_mode_shows_items_in_the_place_of_users(stage: Any, tab: Any) -> None:
    assert tab.newcomer.isVisible()
    assert not tab.users.isVisible()
    assert not tab.start_button.isVisible(), "the list follows by itself"
    assert not tab.all_button.isVisible()
    assert not tab.form.editors["scope"].isVisible()
    assert tab.form.editors["top_k"].isVisible()
    assert tab.empty.title.text() == "Pick some items"
    assert tab.newcomer.picker.model.rowCount() == len(RECORDED["items"].items)
    tab.mode.choose(0)
    assert tab.users.isVisible()
    assert tab.start_button.isVisible()
    assert tab.form.editors["scope"].isVisible()
    assert not tab.newcomer.isVisible()


def test_that_a_pick_asks_at_once_and_the_list_follows_each(stage: Any, tab: Any, qtbot: QtBot) -> None:
    found = RECORDED["items"].items
    command = pick(stage, tab, qtbot)
    assert command.settings.items == (found[0].id,)
    assert (command.settings.run, command.settings.top_k, command.settings.basket) == ("demo-recorded", 10, False)
    event = answer(stage)
    assert tab.stack.currentIndex() == 1
    assert tab.items.proxy.index(0, RecommendationTable.TITLE).data() == event.items[0].title
    assert tab.items.heading.full_text() == "For a new user with 2 items"
    assert "on this machine" in tab.items.sub.full_text()
    assert not tab.results.person.isVisible(), "somebody new has no history here"
    qtbot.keyClick(tab.newcomer.picker.edit, Qt.Key_Down)
    assert pick(stage, tab, qtbot).settings.items == (found[0].id, found[1].id)


def test_that_an_answer_to_older_picks_is_not_shown(stage: Any, tab: Any, qtbot: QtBot) -> None:
    old = pick(stage, tab, qtbot)
    qtbot.keyClick(tab.newcomer.picker.edit, Qt.Key_Down)
    pick(stage, tab, qtbot)
    stage.client.receive(RECORDED["person"].model_copy(update={"job": old.job}))
    assert tab.stack.currentIndex() == 0
    answer(stage)
    assert tab.stack.currentIndex() == 1


def test_that_a_basket_is_asked_for_and_named(stage: Any, tab: Any, qtbot: QtBot) -> None:
    pick(stage, tab, qtbot)
    answer(stage)
    before = len(commands(stage))
    tab.newcomer.kind.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(commands(stage)) > before)
    assert commands(stage)[-1].settings.basket
    answer(stage, "basket")
    assert tab.items.heading.full_text() == "What goes with these 2 items"


def test_that_items_can_be_taken_off_until_nothing_is_left(stage: Any, tab: Any, qtbot: QtBot) -> None:
    picker = tab.newcomer.picker
    pick(stage, tab, qtbot)
    qtbot.keyClick(picker.edit, Qt.Key_Return)
    assert len(picker.picked) == 1, "each once"
    qtbot.keyClick(picker.edit, Qt.Key_Down)
    pick(stage, tab, qtbot)
    answer(stage)
    picker.list.setCurrentRow(0)
    before = len(commands(stage))
    qtbot.keyClick(picker.list, Qt.Key_Delete)
    qtbot.waitUntil(lambda: len(commands(stage)) > before)
    assert commands(stage)[-1].settings.items == (RECORDED["items"].items[1].id,)
    qtbot.mouseClick(picker.clear_button, Qt.LeftButton)
    assert picker.picked == []
    assert tab.stack.currentIndex() == 0
    assert not picker.clear_button.isVisible()


def test_that_typing_searches_and_enter_waits_for_what_was_typed(stage: Any, tab: Any, qtbot: QtBot) -> None:
    picker = tab.newcomer.picker
    old = stage.client.last(ListItems).job
    qtbot.keyClicks(picker.edit, "moon")
    qtbot.keyClick(picker.edit, Qt.Key_Return)
    assert picker.picked == [], "the list still shows what was found for an older text"
    assert stage.client.last(ListItems).query == "moon"
    stage.client.receive(RECORDED["items"].model_copy(update={"job": old, "items": ()}))
    assert picker.model.rowCount() > 0, "an old answer is dropped"
    job = stage.client.last(ListItems).job
    stage.client.receive(ev.Items(job=job, run="demo-recorded", query="moon", total=0, items=()))
    assert picker.count.text() == 'No title contains "moon".'


def test_that_another_number_of_items_asks_again(stage: Any, tab: Any, qtbot: QtBot) -> None:
    pick(stage, tab, qtbot)
    before = len(commands(stage))
    tab.form.set_value("top_k", "25")
    qtbot.waitUntil(lambda: len(commands(stage)) > before)
    assert commands(stage)[-1].settings.top_k == 25


def test_that_training_does_not_keep_a_newcomer_waiting(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.window.train.start()
    pick(stage, tab, qtbot)
    answer(stage)
    assert tab.stack.currentIndex() == 1


def test_that_failures_are_told_where_they_belong(stage: Any, tab: Any, qtbot: QtBot) -> None:
    command = pick(stage, tab, qtbot)
    stage.client.receive(RECORDED["gone"].model_copy(update={"job": command.job}))
    assert "has no item 'no such item'" in tab.message.text()
    tab.newcomer.ask_items()
    job = stage.client.last(ListItems).job
    stage.client.receive(ev.JobFailed(job=job, error="The data set is gone.", hint="Fetch it.", details=""))
    assert tab.newcomer.picker.count.text() == "The data set is gone. Fetch it."


def test_that_the_item_model_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = ItemModel()
    model.set_records(RECORDED["items"].items)
    qtmodeltester.check(model)
    assert model.index(0, 0).data() == RECORDED["items"].items[0].title


@pytest.mark.parametrize("key", [Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space])
def test_that_a_key_picks_in_the_list_of_found_items(stage: Any, tab: Any, qtbot: QtBot, key: Qt.Key) -> None:
    picker = tab.newcomer.picker
    qtbot.keyClick(picker.view, Qt.Key_Down)
    marked = picker.view.record()
    qtbot.keyClick(picker.view, key)
    assert picker.ids() == [marked.id]
