"""Generated forms: editors from the settings, sentences for wrong values, names for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QWheelEvent
from PyQt5.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from fl.settings.of_jobs import EvaluateSettings
from fl.settings.train import TrainSettings
from gui.forms.forms import SettingsForm
from gui.forms.number_edit import NumberEdit
from gui.train.train_fields import train_defaults

PLAIN = [name for name in TrainSettings.declared() if name != "dataset"]


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[SettingsForm]:
    """All training settings, shown."""
    result = SettingsForm(TrainSettings, PLAIN, defaults=train_defaults)
    widget = result.section(PLAIN)
    qtbot.addWidget(widget)
    widget.show()
    yield result
    widget.close()


def test_that_a_fresh_form_holds_the_defaults(form: SettingsForm) -> None:
    assert form.errors() == {}
    assert form.settings == TrainSettings()
    assert form.changed_names() == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("epochs", "0", "Epochs must be at least 1."),
        ("epochs", "many", 'Epochs must be a whole number, and "many" is not one.'),
        ("epochs", "1.5", 'Epochs must be a whole number, and "1.5" is not one.'),
        ("epochs", "", "Epochs is missing: enter a whole number."),
        ("batch_size", "0", "Batch size must be at least 1."),
        ("parties", "1000", "Parties can be at most 64."),
        ("learning_rate", "0", "Learning rate must be greater than 0."),
        ("learning_rate", "fast", 'Learning rate must be a number, and "fast" is not one.'),
        ("learning_rate", "", "Learning rate is missing: enter a number."),
        ("name", "x" * 100, "Name of the run can have at most 80 characters."),
        (
            "name",
            "a/b",
            "Use letters, digits, space, dot, dash and underscore, beginning with a letter or digit.",
        ),
    ],
)
def test_that_a_wrong_value_is_explained_below_its_field(
    form: SettingsForm, name: str, value: str, sentence: str
) -> None:
    form.set_value("model", "pfedrec")  # it has a learning rate
    form.set_value(name, value)
    assert form.settings is None
    assert form.problems[name].text() == sentence
    assert form.problems[name].isVisible()
    assert form.editors[name].property("bad")
    form.set_value(name, "3")
    assert form.settings is not None
    assert not form.problems[name].isVisible()


def test_that_what_was_typed_is_never_changed(form: SettingsForm, qtbot: QtBot) -> None:
    editor = form.editors["epochs"]
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "0x")
    qtbot.keyClick(editor, Qt.Key_Tab)
    assert form.value("epochs") == "0x"


def test_that_a_wrong_combination_is_explained_where_it_can_be_mended(form: SettingsForm) -> None:
    form.set_value("parties", "1")
    assert form.settings is None
    assert "at least 2 parties" in form.problems["parties"].text()
    form.set_value("aggregator", "plain")
    assert form.settings.parties == 1


@pytest.mark.parametrize(
    ("start", "key", "expected"),
    [
        ("50", Qt.Key_Up, "60"),
        ("50", Qt.Key_Down, "40"),
        ("1", Qt.Key_Up, "10"),
        ("55", Qt.Key_Down, "50"),
        ("10", Qt.Key_Down, "1"),
        ("100000", Qt.Key_Up, "100000"),
        ("abc", Qt.Key_Up, "abc"),
    ],
)
def test_that_arrows_step_within_the_limits(
    form: SettingsForm, qtbot: QtBot, start: str, key: Qt.Key, expected: str
) -> None:
    form.set_value("epochs", start)
    qtbot.keyClick(form.editors["epochs"], key)
    assert form.value("epochs") == expected


def test_that_changed_values_are_marked_and_can_be_reset(form: SettingsForm) -> None:
    form.set_value("dim", "64")
    form.set_value("protocol", "published")
    assert form.changed_names() == ["dim", "protocol"]
    assert form.labels["dim"].property("role") == "field-changed"
    form.reset()
    assert form.changed_names() == []
    assert form.labels["dim"].property("role") == "field"


def test_that_scrolling_over_an_unfocused_field_does_not_change_it(form: SettingsForm) -> None:
    for name in ("epochs", "protocol"):
        editor = form.editors[name]
        editor.clearFocus()
        before = form.value(name)
        middle = editor.rect().center()
        wheel = QWheelEvent(
            middle, editor.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.NoButton, Qt.NoModifier,
            Qt.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(editor, wheel)
        assert form.value(name) == before


def test_that_every_editor_has_a_name_an_explanation_and_a_buddy(form: SettingsForm) -> None:
    for name, editor in form.editors.items():
        assert editor.accessibleName()
        assert "&" not in editor.accessibleName()
        assert editor.toolTip(), name
        assert form.labels[name].buddy() is editor


def test_that_editors_fit_their_fields(form: SettingsForm) -> None:
    assert isinstance(form.editors["epochs"], NumberEdit)
    assert isinstance(form.editors["aggregator"], QComboBox)
    assert isinstance(form.editors["name"], QLineEdit)


def test_that_a_list_of_cut_offs_is_read_however_it_is_separated(qtbot: QtBot) -> None:
    form = SettingsForm(EvaluateSettings, ["run", "k", "protocol", "batch_size"])
    widget = form.section(["run", "k", "protocol", "batch_size"])
    qtbot.addWidget(widget)
    form.set_value("run", "a run")
    for text in ("5, 10,20", "20 10;5", "5,,10 20,"):
        form.set_value("k", text)
        assert form.settings.k == (5, 10, 20)
    form.set_value("k", "5, ten")
    assert 'K (cut-offs) must be a whole number, and "ten" is not one.' in form.problems["k"].text()
    form.set_value("k", "0")
    assert form.problems["k"].text() == "Every K must be between 1 and 1000."
    form.set_value("k", "")
    assert form.problems["k"].text() == "K (cut-offs) is missing."


def test_that_settings_of_another_version_do_not_stop_the_start(form: SettingsForm) -> None:
    form.set_values({"epochs": "7", "warp": "9", "aggregator": "quantum", "seed": None})
    assert form.settings.epochs == 7
    assert form.settings.aggregator == "masked"
