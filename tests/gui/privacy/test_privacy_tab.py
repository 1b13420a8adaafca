"""The Privacy tab on recorded events of the real engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import AuditCommand, InspectRound, ListRuns, ReadPrivacy, ShowCheat, TrainCommand
from fl.runs.records import AuditFigure
from gui.app.main_window import PRIVACY, TRAIN
from gui.privacy import words as words
from gui.privacy.privacy_tab import AUDIT, CHEATING, CHEATS, EPSILON, ROUND
from gui.privacy.tables import AuditTable, CheckTable, MessageTable
from gui.tabs.state import JobState
from gui.words.i18n import FOLDER
from scripts import translations
from tests.gui.conftest import events_of

CHECKED, NOISED = "demo-checked", "demo-noised"


def answer(stage: Any, recorded: str, job: str) -> Any:
    """Play what the engine said to one job; returns its last event."""
    found = [event for event in events_of("privacy") if getattr(event, "job", "") == recorded]
    for event in found:
        stage.client.receive(event.model_copy(update={"job": job}))
    return found[-1]


@pytest.fixture
def tab(stage: Any) -> Any:
    """The tab with two runs, the record of the first one shown."""
    stage.answer_lists()
    known = next(event for event in events_of("lists") if event.type == "runs").runs[0]
    runs = tuple(known.model_copy(update={"name": name, "model": "fcf", "parties": 4}) for name in (CHECKED, NOISED))
    stage.window.ask_runs()
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=runs))
    stage.window.tabs.setCurrentIndex(PRIVACY)
    answer(stage, "record", stage.client.last(ReadPrivacy).job)
    return stage.window.privacy


def shown_words(widget: Any) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_that_nothing_is_asked_before_somebody_looks(stage: Any) -> None:
    stage.answer_lists()
    assert not [command for command in stage.client.sent if isinstance(command, ReadPrivacy)]
    stage.window.tabs.setCurrentIndex(PRIVACY)
    assert stage.client.last(ReadPrivacy).run == "demo-recorded"


def test_that_without_runs_it_says_what_to_do(stage: Any, qtbot: QtBot) -> None:
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=()))
    stage.window.tabs.setCurrentIndex(PRIVACY)
    assert stage.window.privacy.empty.title.text() == "No trained run yet"
    qtbot.mouseClick(stage.window.privacy.empty.button, Qt.LeftButton)
    assert stage.window.tabs.currentIndex() == TRAIN


def test_that_the_claim_has_the_numbers_of_the_run(tab: Any) -> None:
    assert "sums over at least 3 of 4 parties" in tab.claim.text()
    assert "colludes with 2 of the others" in tab.claim.text()
    assert "notices any other sum" in tab.claim.text()


def test_that_every_message_stands_in_the_table_and_the_diagram(tab: Any) -> None:
    record = next(event for event in events_of("privacy") if event.type == "privacy_record")
    proxy = tab.messages.table.proxy
    assert proxy.rowCount() == len(record.messages) == 7
    first = [proxy.index(0, column).data() for column in range(7)]
    assert first[MessageTable.NAME] == "item update and totals"
    assert first[MessageTable.SHAPE] == "400 x 32 + 5"
    assert first[MessageTable.READERS] == "nobody; the server learns sums"
    for message in record.messages:
        assert message.name in tab.messages.diagram.accessibleDescription()


def test_that_an_open_message_is_drawn_otherwise_than_a_hidden_one(tab: Any, stage: Any) -> None:
    def drawn() -> QImage:
        return tab.messages.diagram.grab().toImage()

    hidden = drawn()
    record = tab.shown
    plain = record.settings.model_copy(update={"aggregator": "plain"})
    opened = tuple(one.model_copy(update={"is_open": True}) if one.kind == "update" else one for one in record.messages)
    tab._show(record.model_copy(update={"settings": plain, "messages": opened}))
    assert drawn() != hidden
    assert "The server reads every party's update in plain." in tab.claim.text()
    assert "Solid red" in tab.messages.legend.text()


def test_that_a_true_update_is_shown_only_when_asked_for(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.segments.choose(ROUND)
    assert tab.round.pictures == []
    assert "no party of a real federation would show" in shown_words(tab.round)
    qtbot.mouseClick(tab.round.show_button, Qt.LeftButton)
    assert tab.state is JobState.STARTING
    found = answer(stage, "round", stage.client.last(InspectRound).job).inspection
    assert tab.state is JobState.DONE
    true, received, total = tab.round.pictures
    assert [view.heading.text() for view in (true, received, total)] == [
        "True update of party-1",
        "As the server receives it",
        "Sum over 4 parties",
    ]
    np.testing.assert_array_equal(true.image.image, np.array(found.pictures[0].values))
    assert tuple(received.image.levels) == (0.0, 1.0)
    assert true.image.levels[0] == -true.image.levels[1]
    assert f"item {found.pictures[0].items[3]}, dimension 2" in true.value_at(3, 1)
    assert "≥" in true.scale.accessibleName()
    assert "demonstration" in tab.round.note.text()
    # Another run begins without pictures.
    tab.run_box.set_form_value(NOISED)
    answer(stage, "record-noised", stage.client.last(ReadPrivacy).job)
    assert not any(view.isVisible() for view in tab.round.pictures)
    assert tab.round.show_button.isVisible()


def test_that_a_long_value_is_whole_where_pictures_are_narrow_and_does_not_move_them(
    stage: Any, tab: Any, qtbot: QtBot
) -> None:
    stage.window.resize(1024, 700)
    tab.segments.choose(ROUND)
    qtbot.mouseClick(tab.round.show_button, Qt.LeftButton)
    answer(stage, "round", stage.client.last(InspectRound).job)
    view = tab.round.pictures[0]
    QApplication.processEvents()
    place = view.widget.geometry()
    view.readout.setText("item 12454, dimension 32: -0.0001234")
    QApplication.processEvents()
    assert view.readout.wordWrap()
    assert view.readout.heightForWidth(view.readout.width()) <= view.readout.height()
    assert view.widget.geometry() == place


def test_that_of_a_run_with_noise_the_update_is_shown_with_its_noise(stage: Any, tab: Any, qtbot: QtBot) -> None:
    assert tab.round.show_button.text() == "Sho&w a party's true update"
    tab.run_box.set_form_value(NOISED)
    answer(stage, "record-noised", stage.client.last(ReadPrivacy).job)
    tab.segments.choose(ROUND)
    assert tab.round.show_button.text() == "Sho&w a party's update with its noise"
    assert "with new noise" in shown_words(tab.round)
    qtbot.mouseClick(tab.round.show_button, Qt.LeftButton)
    answer(stage, "round-noised", stage.client.last(InspectRound).job)
    assert tab.state is JobState.DONE
    assert [view.heading.text() for view in tab.round.pictures] == [
        "Update of party-1 with its noise",
        "As the server receives it",
        "Sum over 4 parties",
    ]
    assert "not counted in epsilon" in tab.round.note.text()


def test_that_a_cheat_is_caught_and_named_and_stands_in_the_log(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.segments.choose(CHEATING)
    rows = tab.cheat.log.proxy.rowCount()
    assert rows == 4  # the rounds of the training
    tab.cheat.kind.setCurrentIndex(tab.cheat.kind.findData("drop"))
    qtbot.mouseClick(tab.cheat.button, Qt.LeftButton)
    settings = stage.client.last(ShowCheat).settings
    assert (settings.run, settings.tamper_kind, settings.guard) == (CHECKED, "drop", "verified")
    answer(stage, "caught", stage.client.last(ShowCheat).job)
    assert "Caught." in tab.cheat.outcome.text()
    assert "Named: server." in tab.cheat.outcome.text()
    proxy = tab.cheat.log.proxy
    assert proxy.rowCount() == rows + 1
    newest = [proxy.index(0, column).data() for column in range(5)]
    assert newest[CheckTable.OUTCOME] == "Caught"
    assert newest[CheckTable.CHEAT] == "Leaves out an upload · replayed, verified"
    assert newest[CheckTable.NAMED] == "server"


def test_that_masks_alone_are_said_to_notice_nothing(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.segments.choose(CHEATING)
    tab.cheat.guard.setCurrentIndex(tab.cheat.guard.findData("masked"))
    qtbot.mouseClick(tab.cheat.button, Qt.LeftButton)
    assert stage.client.last(ShowCheat).settings.guard == "masked"
    answer(stage, "unnoticed", stage.client.last(ShowCheat).job)
    assert tab.cheat.outcome.text().startswith("Nobody noticed.")
    assert "at most 1 times" in tab.cheat.outcome.text()


def test_that_rounds_of_the_shown_run_are_followed_while_it_trains(stage: Any, tab: Any) -> None:
    before = tab.cheat.log.proxy.rowCount()
    stage.window.train.start()
    job = stage.client.last(TrainCommand).job
    checked = next(event for event in events_of("privacy") if event.type == "sum_checked")
    stage.client.receive(checked.model_copy(update={"job": job}))
    assert tab.cheat.log.proxy.rowCount() == before + 1
    stage.client.receive(checked.model_copy(update={"job": job, "run": "another"}))
    assert tab.cheat.log.proxy.rowCount() == before + 1


def test_that_epsilon_stands_with_delta_curve_and_limits(stage: Any, tab: Any) -> None:
    tab.segments.choose(EPSILON)
    assert "no differential privacy" in tab.budget.words.text()
    assert not tab.budget.not_covered.isVisible()
    tab.run_box.set_form_value(NOISED)
    record = answer(stage, "record-noised", stage.client.last(ReadPrivacy).job)
    assert tab.budget.epsilon.value() == f"{record.epsilon:.2f}"
    assert tab.budget.delta.value() == "1.0e-05"
    assert tab.budget.plot.points("epsilon") == [pytest.approx(point) for point in record.epsilons]
    assert "test figures" in shown_words(tab.budget.not_covered)


def test_that_an_audit_shows_figures_intervals_and_a_sentence_each(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.form.set_values({"users": "7", "rounds": "3", "epsilon": "4"})
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    settings = stage.client.last(AuditCommand).settings
    assert (settings.run, settings.users, settings.rounds, settings.epsilon) == (CHECKED, 7, 3, 4.0)
    assert tab.segments.current() == AUDIT
    assert stage.window.evaluate.why_not.text().startswith(f'Auditing "{CHECKED}" is running.')
    found = answer(stage, "audit", stage.client.last(AuditCommand).job).audit
    proxy = tab.audit.table.proxy
    assert proxy.rowCount() == len(found.figures) == 5
    assert proxy.index(0, AuditTable.FOUND).data() == found.figures[0].value
    assert proxy.index(2, AuditTable.INTERVAL).data() == f"{found.figures[2].low:.3f}–{found.figures[2].high:.3f}"
    said = shown_words(tab.audit.card)
    for figure in found.figures:
        assert words.verdict(figure) in said
    assert "a low figure is no proof" in said
    server = shown_words(tab.audit.server_card)
    assert "Two sums: hidden" in server
    assert all(one.sentence in server for one in found.server)
    assert len(found.server) == 4


def test_that_the_attacks_of_a_cheating_server_can_be_switched_off(stage: Any, tab: Any, qtbot: QtBot) -> None:
    for name in CHEATS:
        tab.form.editors[name].setChecked(False)
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    settings = stage.client.last(AuditCommand).settings
    assert not any(getattr(settings, name) for name in CHEATS)


def test_that_an_audit_can_be_cancelled(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job = stage.client.last(AuditCommand).job
    assert not tab.cheat.button.isEnabled()
    qtbot.mouseClick(tab.cancel_button, Qt.LeftButton)
    stage.client.receive(ev.JobCancelled(job=job))
    assert tab.state is JobState.IDLE
    assert tab.cheat.button.isEnabled()


@pytest.mark.parametrize(
    ("low", "high", "begins"),
    [
        (0.45, 0.55, "The attack fails: no better than guessing."),
        (0.6, 0.7, "The attack works"),
        (0.3, 0.4, "The attack fails: worse"),
    ],
)
def test_that_the_sentence_follows_the_interval(low: float, high: float, begins: str) -> None:
    given = {"attack": "membership", "target": "item table, without noise", "measure": "auc", "cases": 9}
    figure = AuditFigure(**given, value=(low + high) / 2, low=low, high=high, chance=0.5, sentence="")
    assert words.verdict(figure).startswith(begins)


def test_that_what_the_engine_says_of_messages_has_a_translation() -> None:
    known = translations.read_ts(FOLDER / "secretrec_zh_CN.ts")
    for record in (event for event in events_of("privacy") if event.type == "privacy_record"):
        for one in record.messages:
            for told in (one.name, one.readable_by):
                assert known[translations.ENGINE, told.code].finished, told
            for word in (words.ENDS[one.source], words.ENDS[one.target], words.PACES[one.often]):
                assert known[translations.CONTEXT, word].finished, word


def test_that_a_help_mark_explains_by_key(stage: Any, tab: Any, qtbot: QtBot, qapp: QApplication) -> None:
    from gui.privacy.help import HelpMark

    for mark in tab.findChildren(HelpMark):
        assert mark.accessibleName().startswith("What is this? ")
        assert len(mark.accessibleDescription()) > 40
