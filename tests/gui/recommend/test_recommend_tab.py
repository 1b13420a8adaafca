"""The Recommend tab on recorded events of the real engine."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import ContinueCommand, ForgetUser, ListRuns, ListUsers, RecommendAllCommand, RecommendCommand
from fl.protocol.records import HistoryItem, Reason, UserInfo
from fl.runs.records import Source
from gui.recommend.item_tables import HistoryTable, RecommendationTable
from gui.tabs.state import JobState


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.window.tabs.setCurrentIndex(1)
    stage.answer_lists()
    stage.answer_lists()  # the users were asked for when the runs had come
    return stage.window.recommend


SOURCE = Source(run="demo-recorded", round=11, protocol="leak-free", fingerprint="feed")


def recommend(stage: Any, tab: Any, qtbot: QtBot) -> ev.Recommendations:
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job = stage.client.last(RecommendCommand).job
    events = stage.play("recommend", job, lambda event: event.job == "recommend")
    return next(event for event in events if isinstance(event, ev.Recommendations))


def test_that_without_runs_it_says_what_to_do(stage: Any, qtbot: QtBot) -> None:
    stage.window.tabs.setCurrentIndex(1)
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=()))
    tab = stage.window.recommend
    assert tab.empty.title.text() == "No trained run yet"
    assert tab.why_not.text() == "Train a run first."
    assert not tab.form.problems["run"].isVisible(), "nothing picked yet is not a mistake"
    qtbot.mouseClick(tab.empty.button, Qt.LeftButton)
    assert stage.window.current() is stage.window.train


def test_that_users_are_listed_and_one_is_chosen(stage: Any, tab: Any) -> None:
    assert tab.users.model.rowCount() == 20
    assert tab.users.record() is not None
    assert tab.start_button.isEnabled()
    assert "138 users" in tab.users.count.text()


def test_that_typing_searches_after_a_pause_and_old_answers_are_ignored(stage: Any, tab: Any, qtbot: QtBot) -> None:
    old = stage.client.last(ListUsers).job
    qtbot.keyClicks(tab.users.edit, "42")
    assert stage.client.last(ListUsers).job == old, "not with every key"
    qtbot.waitUntil(lambda: stage.client.last(ListUsers).job != old)
    command = stage.client.last(ListUsers)
    assert (command.run, command.query) == ("demo-recorded", "42")
    stage.client.receive(
        ev.Users(job=old, run="demo-recorded", query="", total=1, users=(UserInfo(id="stale", n_items=1),))
    )
    found = (UserInfo(id="142", n_items=9), UserInfo(id="42", n_items=5))
    stage.client.receive(ev.Users(job=command.job, run="demo-recorded", query="42", total=2, users=found))
    assert tab.form.value("user") == "42", "the id as typed comes first"


def test_that_no_match_is_said(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.users.edit.setText("zz")
    qtbot.waitUntil(lambda: stage.client.last(ListUsers).query == "zz")
    job = stage.client.last(ListUsers).job
    stage.client.receive(ev.Users(job=job, run="demo-recorded", query="zz", total=0, users=()))
    assert tab.users.count.text() == 'No user id contains "zz".'
    assert tab.why_not.text() == "Choose a user."


def test_that_arrow_keys_in_the_search_field_move_the_choice(tab: Any, qtbot: QtBot) -> None:
    first = tab.form.value("user")
    qtbot.keyClick(tab.users.edit, Qt.Key_Down)
    assert tab.form.value("user") != first
    qtbot.keyClick(tab.users.edit, Qt.Key_Up)
    assert tab.form.value("user") == first


def test_that_enter_in_the_search_field_recommends(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(tab.users.edit, Qt.Key_Return)
    assert stage.client.last(RecommendCommand).settings.user == tab.form.value("user")


def test_that_items_and_history_are_shown_side_by_side(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = recommend(stage, tab, qtbot)
    assert tab.state is JobState.DONE
    items, history = tab.items.proxy, tab.history.proxy
    assert items.rowCount() == len(event.items)
    assert items.index(0, RecommendationTable.TITLE).data() == event.items[0].title
    assert items.index(0, RecommendationTable.SCORE).data() == event.items[0].score
    assert history.index(0, HistoryTable.TITLE).data() == event.history[0].title
    assert history.rowCount() == len(event.history)
    assert tab.items.heading.full_text() == "Top 10 for user 1"
    assert "demo-recorded" in tab.items.sub.full_text()


def test_that_a_date_column_without_dates_is_hidden(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    command = stage.client.last(RecommendCommand)
    history = (HistoryItem(item="1", title="A", genres=(), timestamp=0),)
    stage.client.receive(
        ev.Recommendations(
            job=command.job, settings=command.settings, items=(), history=history, seconds=0.1, source=SOURCE
        )
    )
    assert tab.history.view.isColumnHidden(HistoryTable.DATE)


def test_that_copying_brings_headings(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = recommend(stage, tab, qtbot)
    tab.items.view.selectRow(1)
    qtbot.keyClick(tab.items.view, Qt.Key_C, Qt.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "Rank\tTitle\tGenres\tScore"
    assert len(lines) == 2
    assert lines[1].split("\t")[1] == event.items[1].title


def test_that_an_export_holds_every_row_and_failure_is_told(stage: Any, tab: Any, qtbot: QtBot, tmp_path: Path) -> None:
    event = recommend(stage, tab, qtbot)
    path = tmp_path / "out.csv"
    tab.items.export(path)
    rows = list(csv.reader(path.open(encoding="utf-8-sig")))
    assert len(rows) == 1 + len(event.items)
    head, first = rows[:2]
    assert head == [
        "User", "Item", "Rank", "Title", "Genres", "Score", "Run", "Round", "Protocol", "Data fingerprint",
    ]  # fmt: skip
    assert first[:4] == ["1", event.items[0].item, "1", event.items[0].title]
    assert first[6:] == ["demo-recorded", str(event.source.round), "leak-free", event.source.fingerprint]
    assert "Saved to" in tab.items.message.text()
    tab.items.export(tmp_path / "no" / "such" / "folder.csv")
    assert "was not saved" in tab.items.message.text()


def test_that_an_unknown_user_is_a_sentence_by_the_button(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    job = stage.client.last(RecommendCommand).job
    stage.play("recommend", job, lambda event: event.job == "unknown")
    assert "no user 'nobody'" in tab.message.text()
    assert tab.state is JobState.FAILED
    assert tab.start_button.isEnabled()


def test_that_users_that_cannot_be_read_are_explained_in_their_place(stage: Any, tab: Any) -> None:
    job = stage.client.last(ListUsers).job
    tab.ask_users()
    job = stage.client.last(ListUsers).job
    stage.client.receive(ev.JobFailed(job=job, error="The data set is gone.", hint="Fetch it again.", details=""))
    assert tab.users.count.text() == "The data set is gone. Fetch it again."
    assert not tab.message.isVisible()


def test_that_it_waits_for_no_training_and_nothing_waits_for_it(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.window.train.start()
    assert tab.start_button.isEnabled()
    assert recommend(stage, tab, qtbot).items
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    assert tab.state is JobState.STARTING
    assert not stage.window.train.blocked_by


def test_that_a_list_without_its_data_set_says_so(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = recommend(stage, tab, qtbot)
    assert not tab.message.isVisible()
    tab._on_recommendations(event.model_copy(update={"note": "The data set is gone."}))
    assert tab.message.text() == "The data set is gone."
    recommend(stage, tab, qtbot)
    assert not tab.message.isVisible()


def test_that_a_run_that_cannot_be_used_says_why(stage: Any, tab: Any) -> None:
    run = tab.run_box.record().model_copy(update={"problem": "It was written by another version."})
    stage.window.ask_runs()
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=(run,)))
    assert "another version" in tab.why_not.text()
    assert not tab.start_button.isEnabled()


def test_that_the_choice_survives_a_new_list(stage: Any, tab: Any) -> None:
    run = tab.run_box.record()
    newer = run.model_copy(update={"name": "newer"})
    stage.window.ask_runs()
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=(newer, run)))
    assert tab.form.value("run") == run.name


def test_that_lists_for_all_users_go_to_a_file_with_progress(stage: Any, tab: Any) -> None:
    tab.form.set_value("top_k", "5")
    tab.recommend_all("/home/you/all.csv")
    command = stage.client.last(RecommendAllCommand)
    assert (command.settings.output, command.settings.top_k) == ("/home/you/all.csv", 5)
    assert tab.cancel_button.isVisible()
    stage.client.receive(ev.Progress(job=command.job, done=100, total=300, unit="users"))
    assert tab.phase.text() == "100 of 300 users"
    stage.client.receive(
        ev.RecommendedAll(
            job=command.job,
            settings=command.settings,
            path="/home/you/all.csv",
            n_users=300,
            n_rows=1500,
            seconds=1.0,
            source=SOURCE,
        )
    )
    assert tab.message.text() == "1,500 rows for 300 users saved to /home/you/all.csv"
    assert tab.state is JobState.DONE


def test_that_users_come_when_the_chosen_run_has_its_first_round(stage: Any, tab: Any) -> None:
    run = tab.run_box.record()
    young = run.model_copy(update={"name": "young", "rounds": 0, "metrics": {}})
    for rounds, asked in ((0, "demo-recorded"), (5, "young")):
        stage.window.ask_runs()
        job = stage.client.last(ListRuns).job
        stage.client.receive(ev.Runs(job=job, runs=(young.model_copy(update={"rounds": rounds}),)))
        tab.choose_run("young")
        assert stage.client.last(ListUsers).run == asked


def test_that_the_chosen_row_says_why(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = recommend(stage, tab, qtbot)
    why = tab.results.why
    assert why.heading.full_text() == f"Why {event.items[0].title}?", "the first row is chosen"
    tab.items.view.selectRow(2)
    assert why.heading.full_text() == f"Why {event.items[2].title}?"
    titles = [why.grid.itemAtPosition(row, 0).widget().full_text() for row in range(3)]
    assert titles == [reason.title for reason in event.items[2].because[:3]]
    number = why.grid.itemAtPosition(0, 2).widget().text()
    assert number == f"{event.items[2].because[0].weight:.2f}"


def test_that_shares_of_a_score_are_percentages_and_no_reason_is_explained(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = recommend(stage, tab, qtbot)
    why = tab.results.why
    item = event.items[0].model_copy(update={"because": (Reason(item="1", title="A", weight=0.414),)})
    why.show_reasons(item, "share")
    assert why.grid.itemAtPosition(0, 2).widget().text() == "41 %"
    why.show_reasons(item.model_copy(update={"because": ()}), "share")
    assert "liked in general" in why.note.text()


def test_that_a_genre_asks_for_its_best_items(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = recommend(stage, tab, qtbot)
    offered = [tab.results.genre.itemText(place) for place in range(tab.results.genre.count())]
    assert offered == ["All genres", *event.genres]
    tab.results.genre.setCurrentText("Crime")
    asked = stage.client.last(RecommendCommand)
    assert (asked.settings.user, asked.settings.genre) == (event.settings.user, "Crime")
    some = event.model_copy(update={"job": asked.job, "settings": asked.settings, "items": event.items[:3]})
    stage.client.receive(some)
    assert tab.items.heading.full_text() == "Top 3 for user 1: Crime"
    assert tab.results.genre.currentText() == "Crime"
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)  # another list is of the genre as well
    assert stage.client.last(RecommendCommand).settings.genre == "Crime"
    stage.client.receive(event.model_copy(update={"job": stage.client.last(RecommendCommand).job}))
    tab.choose_run("demo-published")
    tab._on_run(tab.run_box.record())
    assert tab.results.wanted_genre() == ""


def test_that_recommend_with_it_shows_a_list_at_once(stage: Any, tab: Any) -> None:
    stage.window._use_run(tab.run_box.form_value(), "recommend")
    asked = stage.client.last(RecommendCommand)
    assert asked.settings.user == tab.users.record().id


def test_that_the_list_of_a_run_that_is_not_listed_yet_comes_with_its_users(stage: Any, tab: Any) -> None:
    info = tab.run_box.record().model_copy(update={"name": "just-trained"})
    stage.window._use_run("just-trained", "recommend")
    assert not any(isinstance(one, RecommendCommand) for one in stage.client.sent)
    stage.window.ask_runs()
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=(info,)))
    asked = stage.client.last(ListUsers)
    assert asked.run == "just-trained"
    users = (UserInfo(id="8", n_items=3), UserInfo(id="9", n_items=3))
    stage.client.receive(ev.Users(job=asked.job, run="just-trained", query="", total=2, users=users))
    settings = stage.client.last(RecommendCommand).settings
    assert (settings.run, settings.user) == ("just-trained", "8")


def test_that_an_export_to_json_holds_whole_records(stage: Any, tab: Any, qtbot: QtBot, tmp_path: Path) -> None:
    event = recommend(stage, tab, qtbot)
    path = tmp_path / "out.json"
    tab.items.export(path)
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert [row["item"] for row in rows] == [item.item for item in event.items]
    assert (rows[0]["user"], rows[0]["run"], rows[0]["round"]) == ("1", "demo-recorded", event.source.round)
    assert rows[0]["because"][0]["title"] == event.items[0].because[0].title


def test_that_the_profile_tells_taste_genres_and_activity(stage: Any, tab: Any, qtbot: QtBot) -> None:
    event = recommend(stage, tab, qtbot)
    qtbot.mouseClick(tab.results.views.segment(1), Qt.LeftButton)
    panel = tab.results.profile_panel()
    assert panel.isVisible()
    assert f"{event.profile.popularity:.0f} %" in panel.words.text()
    own, average = panel.genres.getPlotItem().items[:2]
    shown = event.profile.genres[: len(own.opts["width"])]
    assert own.opts["width"] == [100 * one.share for one in shown]
    assert average.opts["width"] == [100 * one.average for one in shown]
    assert sum(panel.activity.getPlotItem().items[0].opts["height"]) == event.profile.n_items
    far = event.profile.model_copy(update={"popularity": 40.0, "activity": (), "genres": ()})
    panel.show_profile(far)
    assert panel.words.text().startswith("An unusual taste")
    assert not panel.activity.isVisible()
    assert not panel.genres.isVisible()


def test_that_the_most_active_users_come_first_when_asked_for(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.users.busiest, Qt.LeftButton)
    command = stage.client.last(ListUsers)
    assert command.order == "activity"
    found = (UserInfo(id="7", n_items=99), UserInfo(id="1", n_items=5))
    stage.client.receive(ev.Users(job=command.job, run="demo-recorded", query="", total=2, users=found))
    assert tab.form.value("user") == "7"


def test_that_another_run_takes_the_list_and_the_search_of_the_last_one_off(stage: Any, tab: Any, qtbot: QtBot) -> None:
    recommend(stage, tab, qtbot)
    tab.users.edit.setText("42")
    assert tab.stack.currentIndex() == 1
    other = tab.run_box.records.records[0].model_copy(update={"name": "another"})
    tab.show_runs((other, *tab.run_box.records.records))
    tab.choose_run("another")
    assert tab.stack.currentIndex() == 0, "the list was the other run's"
    assert tab.users.query() == ""
    command = stage.client.last(ListUsers)
    assert (command.run, command.query) == ("another", "")


def test_that_a_user_is_forgotten_only_after_the_person_says_so(stage: Any, tab: Any, qtbot: QtBot) -> None:
    user = tab.users.record().id
    for answer in ("&Keep", "&Forget"):
        qtbot.mouseClick(tab.run_links.forget_button, Qt.LeftButton)
        boxes = [box for box in tab.run_links.findChildren(QMessageBox) if box.isVisible()]
        assert user in boxes[0].text()
        assert not any(isinstance(one, ForgetUser) for one in stage.client.sent)
        next(one for one in boxes[0].buttons() if one.text() == answer).click()
    command = stage.client.last(ForgetUser)
    assert (command.run, command.user) == ("demo-recorded", user)
    stage.client.receive(
        ev.UserForgotten(job=command.job, run=command.run, user=user, party="party-1", notes=("The rest stays.",))
    )
    assert f'"demo-recorded" has forgotten user {user}. The rest stays.' in tab.message.text()
    assert stage.client.last(ListUsers).job != command.job


def test_that_a_new_training_goes_on_from_the_chosen_run(stage: Any, tab: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.run_links.update_button, Qt.LeftButton)
    assert stage.window.current() is stage.window.train
    assert stage.client.last(ContinueCommand).run == "demo-recorded"


def test_that_a_narrow_list_gives_its_room_to_the_titles(stage: Any, tab: Any, qtbot: QtBot) -> None:
    recommend(stage, tab, qtbot)
    view = tab.items.view
    widths = []
    for width in (1280, 1024):
        stage.window.resize(width, 700)
        QApplication.processEvents()
        widths.append((view.columnWidth(RecommendationTable.TITLE), view.columnWidth(RecommendationTable.SCORE)))
    (wide_title, wide_score), (title, score) = widths
    assert title > score, "the bars have gone"
    assert wide_score > score
    assert wide_title > title > 100


def test_that_the_focus_stays_with_the_job_that_a_dialog_started(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.all_button.setFocus()
    dialog = QDialog(stage.window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    tab.recommend_all("/home/you/all.csv")
    assert stage.window.focusWidget() is tab.cancel_button
    tab.finish()
    assert stage.window.focusWidget() is tab.start_button
    dialog.close()
