"""Importing an own file: recorded answers of the real engine, no file is read here."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QMimeData, QPoint, Qt, QUrl
from PyQt5.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QWheelEvent
from PyQt5.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from data.own.faults import contrary_dates
from data.own.options import LEAVE_OUT, TIME_FORMATS
from fl.protocol import events as ev
from fl.protocol.commands import Cancel, ImportFile, InspectFile, ListDatasets
from gui.data.import_dialog import Step
from gui.data.import_form import proposed_name
from gui.widgets.file_dialogs import ask_open
from tests.gui.conftest import events_of


@pytest.fixture
def dialog(stage: Any) -> Any:
    """The dialog after a look at the file."""
    stage.answer_lists()
    stage.window.train.datasets.actions.open_import("/home/you/watched films.csv")
    stage.play("import", stage.client.last(InspectFile).job, lambda event: event.job == "inspect")
    return stage.window.train.datasets.actions.importer


def finish(stage: Any, dialog: Any, qtbot: QtBot) -> ev.FileImported:
    qtbot.mouseClick(dialog.import_button, Qt.LeftButton)
    job = stage.client.last(ImportFile).job
    events = stage.play("import", job, lambda event: event.job == "import")
    return next(event for event in events if isinstance(event, ev.FileImported))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/data/My films (2024).csv", "My-films-2024"),
        ("/data/ratings.csv.gz", "ratings"),
        ("/data/ml-100k.csv", "my-ml-100k"),
        ("/data/流浪.csv", "my-data"),
    ],
)
def test_that_a_name_is_proposed_that_is_allowed(path: str, name: str) -> None:
    assert proposed_name(path) == name


def test_that_columns_and_first_rows_are_shown(dialog: Any) -> None:
    assert dialog.step is Step.CHOOSING
    assert dialog.form.role_boxes["user"].currentText() == "userId (recognised)"
    assert dialog.form.role_boxes["genres"].currentText() == "(none found)"
    assert next(column.title for column in dialog.form.view.preview.columns) == "userId\nUser"
    assert dialog.form.view.preview.rowCount() > 3
    assert dialog.import_button.isEnabled()
    assert dialog.focusWidget() is dialog.import_button, "not the one that closes it"


def test_that_another_column_is_looked_at_again(stage: Any, dialog: Any) -> None:
    box = dialog.form.role_boxes["rating"]
    box.setCurrentIndex(box.findData(LEAVE_OUT))
    command = stage.client.last(InspectFile)
    assert command.options.rating == LEAVE_OUT
    assert not dialog.import_button.isEnabled(), "until the answer is there"
    stage.play("import", command.job, lambda event: event.job == "inspect")
    assert dialog.form.role_boxes["rating"].currentData() == LEAVE_OUT
    assert dialog.import_button.isEnabled()


def test_that_a_column_can_be_chosen_while_a_number_is_wrong(stage: Any, dialog: Any) -> None:
    dialog.form.k_users.setText("abc")
    box = dialog.form.role_boxes["rating"]
    box.setCurrentIndex(box.findData(LEAVE_OUT))
    command = stage.client.last(InspectFile)
    assert command.options.rating == LEAVE_OUT
    stage.play("import", command.job, lambda event: event.job == "inspect")
    assert "must be" not in dialog.message.text()
    assert dialog.reason.text().startswith("The least items of a user must be a whole number")
    dialog.form.k_users.setText("1")
    assert dialog.reason.text() == ""
    assert dialog.import_button.isEnabled()


def looked_at(stage: Any, **changes: Any) -> None:
    """Answer the last look at the file with the recorded preview, changed."""
    recorded = next(event for event in events_of("import") if isinstance(event, ev.FilePreview))
    preview = dataclasses.replace(recorded.preview, **changes)
    stage.client.receive(ev.FilePreview(job=stage.client.last(InspectFile).job, preview=preview))


def test_that_the_first_row_is_names_or_data_as_the_person_says(stage: Any, dialog: Any, qtbot: QtBot) -> None:
    assert dialog.form.header.isChecked()
    assert dialog.form.header_doubt.isHidden()
    assert dialog.form.reading_options().header is None, "the person has said nothing yet"
    dialog.form.header.click()
    assert stage.client.last(InspectFile).options.header is False
    looked_at(stage, header=False, header_sure=False)
    assert not dialog.form.header.isChecked()
    assert not dialog.form.header_doubt.isHidden()
    assert dialog.form.header_doubt.text() == "possibly no header, check"


def test_that_a_way_to_write_times_is_asked_for(stage: Any, dialog: Any) -> None:
    box = dialog.form.time_format
    assert {box.itemData(place) for place in range(box.count())} == set(TIME_FORMATS)
    box.setCurrentIndex(box.findData("month-first"))
    assert stage.client.last(InspectFile).options.time_format == "month-first"
    looked_at(
        stage, problem="dates such as X", hint=contrary_dates(0, 1).error(Path("f"), (), {}, 1, ["", ""], [1, 2]).hint
    )
    assert dialog.message.text().startswith("Dates such as X Say what comes first")
    assert "--" not in dialog.message.text()
    assert not dialog.import_button.isEnabled()


def test_that_a_click_on_a_column_says_what_it_is(stage: Any, dialog: Any) -> None:
    assert dialog.form.view.preview.columns[3].title == "when\n–"
    menu = dialog.form.view.menu_for(3)
    assert [action.text() for action in menu.actions()] == [
        "User",
        "Item",
        "Rating",
        "Time",
        "Title",
        "Genres",
        "none of these",
    ]
    menu.actions()[3].trigger()
    assert stage.client.last(InspectFile).options.timestamp == "when"
    # The column of ratings becomes the item: it is no rating any more.
    dialog.form.view.menu_for(2).actions()[1].trigger()
    options = stage.client.last(InspectFile).options
    assert (options.item, options.rating) == ("stars", LEAVE_OUT)
    assert not dialog.form.view.menu_for(0).actions()[6].isEnabled(), "a user there must be"


def test_that_columns_of_one_name_are_told_apart_by_their_number(stage: Any, dialog: Any) -> None:
    dialog.form.reading_changed.emit()
    looked_at(
        stage,
        columns=("userId", "movie", "stars", "stars"),
        mapping={"user": "userId", "item": "movie"},
        places={"user": 0, "item": 1},
    )
    box = dialog.form.role_boxes["rating"]
    assert [box.itemText(place) for place in (4, 5)] == ["stars (column 3)", "stars (column 4)"]
    dialog.form.view.menu_for(3).actions()[2].trigger()
    assert stage.client.last(InspectFile).options.rating == "4"


def test_that_a_least_rating_without_ratings_is_explained(stage: Any, dialog: Any) -> None:
    dialog.form.min_rating.setText("3,5")
    assert dialog.form.options().min_rating == 3.5
    dialog.form.reading_changed.emit()
    looked_at(stage, mapping={"user": "userId", "item": "movie"}, places={"user": 0, "item": 1})
    assert dialog.reason.text().startswith("A least rating needs a column of ratings")


def test_that_no_letter_means_two_things_in_the_dialog(stage: Any, dialog: Any) -> None:
    dialog.form.reading.set_open(True)
    texts = [widget.text() for widget in dialog.findChildren(QAbstractButton)]
    texts += [one.text() for one in dialog.findChildren(QLabel) if one.buddy() is not None]
    keys = [QKeySequence.mnemonic(text).toString() for text in {*texts} if QKeySequence.mnemonic(text).toString()]
    assert len(keys) > 10
    assert sorted(keys) == sorted(set(keys))


def test_that_the_wheel_changes_no_setting_even_in_focus(stage: Any, dialog: Any) -> None:
    for box in (*stage.window.findChildren(QComboBox), *dialog.findChildren(QComboBox)):
        if box.count() < 2:
            continue
        box.setFocus()
        before = box.currentIndex()
        for turn in (120, -120):
            middle = box.rect().center()
            wheel = QWheelEvent(
                middle,
                box.mapToGlobal(middle),
                QPoint(),
                QPoint(0, turn),
                Qt.NoButton,
                Qt.NoModifier,
                Qt.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(box, wheel)
        assert box.currentIndex() == before, box.accessibleName()


def test_that_a_file_dialog_opens_where_it_was_used_last(stage: Any, tmp_path: Path, monkeypatch: Any) -> None:
    asked: list[str] = []
    answers = iter([str(tmp_path / "films.csv"), "", ""])

    def ask(parent: Any, title: str, folder: str, filters: str) -> tuple[str, str]:
        asked.append(folder)
        return next(answers), filters

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    for _ in range(2):
        ask_open(stage.window, "", "", "tables")
    ask_open(stage.window, "", "", "archives")
    assert asked == [str(Path.home()), str(tmp_path), str(Path.home())]


def test_that_import_carries_the_choices_and_shows_the_report(stage: Any, dialog: Any, qtbot: QtBot) -> None:
    dialog.form.min_rating.setText("3")
    dialog.form.k_users.setText("2")
    event = finish(stage, dialog, qtbot)
    command = stage.client.last(ImportFile)
    assert command.name == "watched-films"
    assert (command.options.min_rating, command.options.k_core_users) == (3.0, 2)
    assert dialog.step is Step.DONE
    assert dialog.report.figures["n_users"].value() == str(event.report.n_users)
    assert "rows read" in dialog.report.report_text.text()
    assert not dialog.import_button.isVisible()


def test_that_training_on_it_chooses_the_new_set(stage: Any, dialog: Any, qtbot: QtBot) -> None:
    event = finish(stage, dialog, qtbot)
    qtbot.mouseClick(dialog.train_button, Qt.LeftButton)
    assert stage.window.train.datasets.actions.importer is None
    known = tuple(stage.window.train.train_form.dataset_box.records.records)
    job = stage.client.last(ListDatasets).job
    stage.client.receive(ev.Datasets(job=job, datasets=(*known, event.dataset)))
    assert stage.window.train.form.settings.dataset == event.dataset.name
    assert stage.window.train.focusWidget() is stage.window.train.start_button


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "a/b", "'a/b' cannot be the name of a data set."),
        ("name", "demo", "'demo' is the name of a data set SecretRec knows."),
        ("min_rating", "good", 'The least rating must be a number, and "good" is not one.'),
        ("k_users", "-1", 'The least items of a user must be a whole number, and "-1" is not one.'),
        ("k_items", "0", "The k of the k-core filter must be 1 or more (1 keeps all)."),
    ],
)
def test_that_a_wrong_choice_is_explained_beside_the_button(dialog: Any, field: str, value: str, sentence: str) -> None:
    getattr(dialog.form, field).setText(value)
    assert dialog.reason.text().startswith(sentence)
    assert not dialog.import_button.isEnabled()


def test_that_a_file_that_cannot_be_read_is_explained(stage: Any) -> None:
    stage.answer_lists()
    stage.window.train.datasets.actions.open_import("/home/you/gone.csv")
    dialog = stage.window.train.datasets.actions.importer
    stage.play("import", stage.client.last(InspectFile).job, lambda event: event.job == "missing")
    assert "gone.csv" in dialog.message.text()
    assert not dialog.import_button.isEnabled()
    QApplication.processEvents()
    assert dialog.message.height() <= dialog.message.sizeHint().height(), "the message does not fill the dialog"


def test_that_a_failed_import_can_be_tried_again(stage: Any, dialog: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.import_button, Qt.LeftButton)
    job = stage.client.last(ImportFile).job
    stage.client.receive(ev.JobFailed(job=job, error="Line 7: no user.", hint="", details=""))
    assert dialog.message.text() == "Line 7: no user."
    dialog.form.bad_rows.setCurrentIndex(1)
    assert dialog.import_button.isEnabled()


def test_that_closing_during_an_import_cancels_it(stage: Any, dialog: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.import_button, Qt.LeftButton)
    job = stage.client.last(ImportFile).job
    qtbot.mouseClick(dialog.close_button, Qt.LeftButton)
    assert stage.client.last(Cancel).target == job
    assert stage.window.train.datasets.actions.importer is None


def test_that_a_file_can_be_dropped_onto_the_window(stage: Any, tmp_path: Path) -> None:
    stage.answer_lists()
    stage.window.tabs.setCurrentIndex(2)
    file = tmp_path / "dropped.csv"
    file.write_text("user,item\n1,2\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    stage.window.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), Qt.CopyAction, data, Qt.LeftButton, Qt.NoModifier))
    assert stage.window.drop_sign.isVisible()
    stage.window.dragLeaveEvent(QDragLeaveEvent())
    assert not stage.window.drop_sign.isVisible()
    stage.window.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), Qt.CopyAction, data, Qt.LeftButton, Qt.NoModifier))
    stage.window.dropEvent(QDropEvent(QPoint(5, 5), Qt.CopyAction, data, Qt.LeftButton, Qt.NoModifier))
    assert stage.client.last(InspectFile).path == str(file)
    assert stage.window.current() is stage.window.train
    assert not stage.window.drop_sign.isVisible()
