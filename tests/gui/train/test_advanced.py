"""The folded settings: groups, the search, and what differential privacy changes."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.train.train_fields import ADVANCED, ADVANCED_NAMES


@pytest.fixture
def form(stage: Any) -> Any:
    stage.answer_lists()
    stage.window.train.train_form.advanced.set_open(True)
    return stage.window.train.train_form


def shown(form: Any) -> set[str]:
    return {name for name in ADVANCED_NAMES if form.settings_form.editors[name].isVisible()}


def test_that_the_groups_are_closed_until_they_are_asked_for(form: Any) -> None:
    assert list(form.groups) == list(ADVANCED)
    assert shown(form) == set()
    form.groups["Run"].set_open(True)
    assert {"protocol", "seed", "threads"} <= shown(form)


def test_that_the_search_finds_settings_by_their_words_and_changes_nothing(form: Any) -> None:
    before = form.settings_form.settings
    form.search.setText("seed")
    assert shown(form) == {"seed"}
    assert [heading for heading, fold in form.groups.items() if fold.isVisible()] == ["Run"]
    form.search.setText("privacy budget")
    assert shown(form) == set()
    assert form.nothing_found.isVisible()
    assert form.nothing_found.text().startswith("Without meaning while the others are as they are: Privacy budget")
    form.search.setText("no such thing")
    assert form.nothing_found.text() == "No setting has these words."
    form.settings_form.set_value("dp", "user")
    form.search.setText("budget epsilon")
    assert "target_epsilon" in shown(form)
    form.settings_form.set_value("dp", "none")
    form.search.clear()
    assert shown(form) == set()
    assert not form.nothing_found.isVisible()
    assert form.settings_form.settings == before


def test_that_what_a_key_leads_to_comes_into_view(stage: Any, qtbot: QtBot) -> None:
    stage.answer_lists()
    train = stage.window.train
    stage.window.resize(1024, 640)
    area = train.side.scroll_area
    for _ in range(4):  # what scrolls settles in steps
        QApplication.processEvents()

    def in_view(widget: QWidget) -> bool:
        top = widget.mapTo(area.viewport(), QPoint(0, 0)).y()
        return top >= 0 and top + widget.height() <= area.viewport().height()

    name, search = train.form.editors["name"], train.train_form.search
    assert not in_view(name)
    name.setFocus(Qt.ShortcutFocusReason)
    qtbot.waitUntil(lambda: in_view(name))
    train.train_form.advanced.button.click()
    assert search.hasFocus()
    qtbot.waitUntil(lambda: in_view(search))
    search.setText("seed")
    qtbot.waitUntil(lambda: in_view(train.form.editors["seed"]))
    assert in_view(search)


def test_that_a_wrong_field_opens_its_group(form: Any) -> None:
    form.search.setText("threads")
    form.settings_form.set_value("seed", "-3")
    assert "seed" in shown(form)
    assert form.search.text() == ""


def test_that_a_group_says_how_many_of_its_settings_are_changed(form: Any) -> None:
    form.settings_form.set_value("seed", "7")
    assert form.groups["Run"].button.text() == "Run · 1 changed"
    form.settings_form.reset()
    assert form.groups["Run"].button.text() == "Run"


def test_that_differential_privacy_says_what_else_it_changes(form: Any) -> None:
    fold = next(fold for heading, fold in form.groups.items() if heading == "Differential privacy")
    fold.set_open(True)
    assert not form.dp_note.isVisible()
    before = form.settings_form.settings
    form.settings_form.set_value("dp", "user")
    after = form.settings_form.settings
    assert form.dp_note.isVisible()
    assert after.server_optimizer != before.server_optimizer
    assert "Server optimiser FedAvg" in form.dp_note.text()
    assert "Clipping norm" not in form.dp_note.text(), "it stands above"
