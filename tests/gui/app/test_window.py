"""The window as a whole, on a live (fake) engine and on recorded events."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PyQt5.QtCore import QEvent, QObject, QRect, QSize, Qt
from PyQt5.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import EvaluateCommand, ListRuns, ReadPrivacy, RecommendCommand, TrainCommand
from gui.app import crash, main_window
from gui.app.main_window import EVALUATE, FRAME, PRIVACY, RECOMMEND, MainWindow
from gui.engine.client import EngineClient, EngineState
from gui.engine.open_jobs import FINAL, Question
from gui.look.colours import DARK, LIGHT, Colours
from gui.look.theme import colours
from gui.preferences import Preferences
from gui.privacy.privacy_tab import PrivacyTab
from gui.tabs.job_panel import JobPanel
from gui.tabs.state import JobState
from gui.train.train_tab import TrainTab
from gui.train.training import Training
from tests.gui.conftest import events_of, round_of

PATIENCE_MS = 20_000
MakeWindow = Callable[..., MainWindow]


def test_that_training_recommending_and_evaluating_follow_each_other(live: MakeWindow, qtbot: QtBot) -> None:
    window = live()
    window.train.form.set_values({"epochs": "5", "name": "first"})
    qtbot.mouseClick(window.train.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: window.train.state is JobState.DONE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.recommend.form.value("run") == "first", timeout=PATIENCE_MS)
    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: window.recommend.allowed().start, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key_Return, Qt.ControlModifier)
    qtbot.waitUntil(lambda: window.recommend.items.model.rowCount() == 10, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key_3, Qt.ControlModifier)
    assert window.current() is window.evaluate
    qtbot.mouseClick(window.evaluate.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: window.evaluate.view.table.model.rowCount() == 9, timeout=PATIENCE_MS)


def test_that_a_deaf_engine_does_not_keep_the_window(live: MakeWindow, qtbot: QtBot) -> None:
    window = live("--ignore-cancel", "--ignore-term", "--round", "5")
    qtbot.mouseClick(window.train.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: window.train.state is JobState.RUNNING, timeout=PATIENCE_MS)
    old = window.client.pid
    qtbot.mouseClick(window.train.cancel_button, Qt.LeftButton)
    assert window.train.cancel_button.text() == "Cancelling…"
    qtbot.waitUntil(lambda: window.train.state is JobState.IDLE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.client.state is EngineState.READY, timeout=PATIENCE_MS)
    assert window.client.pid != old
    qtbot.waitUntil(lambda: window.train.allowed().start, timeout=PATIENCE_MS)
    qtbot.mouseClick(window.train.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: window.train.state is JobState.RUNNING, timeout=PATIENCE_MS)


def test_that_the_engines_death_is_explained_and_one_click_repairs_it(live: MakeWindow, qtbot: QtBot) -> None:
    window = live("--round", "0.05")
    qtbot.mouseClick(window.train.start_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: window.train.training.last is not None, timeout=PATIENCE_MS)
    os.kill(window.client.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=PATIENCE_MS)
    assert "SIGKILL" in window.banner.text()
    assert window.chip.text() == "Engine stopped"
    assert window.train.state is JobState.FAILED
    assert not window.train.start_button.isEnabled()
    assert window.train.why_not.text() == "The engine is not running."
    assert "ended after round" in window.train.view.notice.text()
    qtbot.mouseClick(window.banner.action_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: window.client.state is EngineState.READY, timeout=PATIENCE_MS)
    assert not window.banner.isVisible()
    qtbot.mouseClick(window.train.view.notice.action_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: window.train.state is JobState.RUNNING, timeout=PATIENCE_MS)


def test_that_a_mute_engine_is_reported(live: MakeWindow, qtbot: QtBot) -> None:
    window = live("--mute")
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=PATIENCE_MS)
    assert "not answering" in window.banner.text()
    assert window.chip.text() == "Engine not answering"


class Answer:
    """Stands in for the person at a modal question."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, press: str) -> None:
        self.texts: list[str] = []
        self.more = ""
        answer = self

        def run(box: QMessageBox) -> int:
            answer.texts.append(box.text())
            answer.more = box.informativeText()
            buttons = {button.text(): button for button in box.buttons()}
            monkeypatch.setattr(box, "clickedButton", lambda: buttons[press])
            return 0

        monkeypatch.setattr(QMessageBox, "exec", run)


def test_that_closing_while_running_asks_and_names_what_runs(
    stage: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = stage.window
    window.train.start()
    stage.play("train", stage.client.last(TrainCommand).job, lambda event: round_of(event) <= 2
               and not isinstance(event, ev.TrainDone))  # fmt: skip
    stay = Answer(monkeypatch, "&Keep it running")
    window.close()
    assert stay.texts == ['Training "demo-recorded" is running.']
    assert "can be resumed" in stay.more
    assert window.isVisible()
    leave = Answer(monkeypatch, "&End it and close")
    window.close()
    assert len(leave.texts) == 1
    assert not window.isVisible()


def test_that_what_cannot_be_resumed_is_not_said_to_be(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.answer_lists()
    stage.window.evaluate.start()
    stay = Answer(monkeypatch, "&Keep it running")
    stage.window.close()
    assert stay.more == "Closing ends it."


def test_that_closing_an_idle_window_asks_nothing(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Answer(monkeypatch, "&Keep it running")
    stage.window.close()
    assert asked.texts == []
    assert not stage.window.isVisible()


def test_that_the_window_remembers(stage: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = stage.window
    monkeypatch.setattr(main_window, "room_around", lambda place: QRect(0, 0, 1280, 800))
    window.resize(1100, 720)
    window.tabs.setCurrentIndex(2)
    window.train.form.set_values({"epochs": "33", "aggregator": "plain"})
    window.train.train_form.advanced.set_open(True)
    window.evaluate.form.set_value("k", [3, 7])
    window.set_theme("dark")
    window.close()
    again = Preferences()
    other = MainWindow(type(stage.client)(), again)
    assert other.tabs.currentIndex() == 2
    assert other.train.form.settings.epochs == 33
    assert other.train.form.value("aggregator") == "plain"
    assert other.train.train_form.advanced.is_open()
    assert other.evaluate.form.value("k") == ["3", "7"]
    assert again.text("window/theme") == "dark"
    assert (other.width(), other.height()) == (1100, 720)
    other.deleteLater()


def test_that_an_unreadable_message_is_reported_once(stage: Any) -> None:
    stage.client._take_line('{"type": "weather", "rain": true}')
    stage.client._take_line('{"type": "weather", "rain": true}')
    assert len(crash._open) == 1
    assert "weather" in crash._open[0].box.toPlainText()
    assert "PyQt" in crash._open[0].box.toPlainText()


def test_that_every_event_has_its_place() -> None:
    """An event of the protocol either ends its job or is followed: a new one that is neither fails here, not at a
    person's desk.
    """
    kinds = {*ev.Event.__subclasses__(), *ev.JobEvent.__subclasses__()} - {ev.JobEvent}
    kinds -= {ev.SeedCompared}  # of `compare`, which only the command line asks for
    followers: tuple[Any, ...] = (
        EngineClient._take_line,
        Question.call_for,
        JobPanel.on_event,
        Training.take,
        TrainTab.on_event,
        PrivacyTab.follow_training,
    )
    known = {kind.__name__ for kind in FINAL}.union(*(one.__code__.co_names for one in followers))
    for kind in kinds:
        assert kind.__name__ in known, f"nobody follows {kind.__name__}"


def test_that_a_failed_list_is_told(stage: Any) -> None:
    stage.window.ask_runs()
    job = stage.client.last(ListRuns).job
    stage.client.receive(ev.JobFailed(job=job, error="The runs folder cannot be read.", hint="", details=""))
    assert "runs folder" in stage.window.banner.text()


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two #rrggbb colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("c", [LIGHT, DARK], ids=["light", "dark"])
def test_that_text_is_readable_in_both_themes(c: Colours) -> None:
    for text, ground in [
        (c.text, c.surface), (c.text, c.window), (c.muted, c.surface), (c.muted, c.window), (c.muted, c.surface_alt),
        (c.accent, c.surface), (c.on_accent, c.accent), (c.success, c.success_soft), (c.warning, c.warning_soft),
        (c.danger, c.danger_soft), (c.danger, c.surface), (c.text, c.accent_soft), (c.accent, c.accent_soft),
    ]:  # fmt: skip
        assert contrast(text, ground) >= 4.5, (text, ground)
    for curve in (c.curve_hr, c.curve_ndcg, c.curve_loss):
        assert contrast(curve, c.surface) >= 3


def test_that_the_theme_can_be_changed_while_a_run_is_shown(stage: Any, qtbot: QtBot) -> None:
    window = stage.window
    window.train.start()
    stage.play("train", stage.client.last(TrainCommand).job)
    window.set_theme("dark")
    assert colours() is DARK
    window.grab()
    window.set_theme("light")
    assert colours() is LIGHT


def shown_controls(window: MainWindow) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.TabFocus and isinstance(widget, QAbstractButton | QLineEdit)
    ]


def test_that_every_control_has_a_name_for_screen_readers(stage: Any) -> None:
    stage.answer_lists()
    for index in range(3):
        stage.window.tabs.setCurrentIndex(index)
        for control in shown_controls(stage.window):
            own_text = control.text() if isinstance(control, QAbstractButton) else ""
            inside_a_number_field = control.objectName() == "qt_spinbox_lineedit"
            assert own_text or control.accessibleName() or inside_a_number_field, control


@pytest.mark.parametrize("running", [False, True])
def test_that_mnemonics_do_not_clash_on_a_page(stage: Any, running: bool) -> None:
    stage.answer_lists()
    stage.window.train.train_form.advanced.set_open(True)
    if running:
        for panel in stage.window.panels:
            stage.answer_lists()
            stage.window.tabs.setCurrentIndex(stage.window.panels.index(panel))
            panel._set_state(JobState.RUNNING)
    for index in range(3):
        stage.window.tabs.setCurrentIndex(index)
        texts = [stage.window.tabs.tabText(i) for i in range(3)]
        for widget in stage.window.findChildren(QWidget):
            if widget.isVisible() and hasattr(widget, "text") and callable(widget.text):
                text = widget.text()
                has_target = isinstance(widget, QAbstractButton) or getattr(widget, "buddy", lambda: None)()
                if isinstance(text, str) and "&" in text and has_target:
                    texts.append(text)
        letters = [text[text.index("&") + 1].lower() for text in texts]
        doubled = {text for text in texts if letters.count(text[text.index("&") + 1].lower()) > 1}
        assert not doubled


@pytest.mark.parametrize("size", [(1024, 700), (1280, 800)])
def test_that_the_pages_fit(stage: Any, size: tuple[int, int]) -> None:
    stage.answer_lists()
    window = stage.window
    window.train.start()
    stage.play("train", stage.client.last(TrainCommand).job)
    window.resize(*size)
    for index in range(3):
        window.tabs.setCurrentIndex(index)
        QApplication.processEvents()
        assert (window.width(), window.height()) == size
        hint = window.minimumSizeHint()
        assert hint.width() <= size[0]
        assert hint.height() <= size[1]


class ShownWindows(QObject):
    """Notes every window that is shown, for however short."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.seen: list[QWidget] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        shown = event is not None and event.type() == QEvent.Show
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


@pytest.fixture
def shown_windows(qapp: QApplication) -> Iterator[ShownWindows]:
    watcher = ShownWindows(qapp)
    yield watcher
    qapp.removeEventFilter(watcher)


def play_everything(stage: Any) -> None:
    """Lists, a training, recommendations, an evaluation and a run's privacy, each in its tab."""
    window, client = stage.window, stage.client
    stage.answer_lists()
    window.train.train_form.advanced.set_open(True)
    window.train.start()
    stage.play("train", client.last(TrainCommand).job)
    stage.answer_lists()
    window.tabs.setCurrentIndex(RECOMMEND)
    window.recommend.start()
    stage.play("recommend", client.last(RecommendCommand).job, lambda event: event.job == "recommend")
    window.tabs.setCurrentIndex(EVALUATE)
    window.evaluate.start()
    stage.play("evaluate", client.last(EvaluateCommand).job, lambda event: getattr(event, "job", "") == "evaluate")
    window.tabs.setCurrentIndex(PRIVACY)
    record = next(event for event in events_of("privacy") if getattr(event, "job", "") == "record-noised")
    client.receive(record.model_copy(update={"job": client.last(ReadPrivacy).job}))
    for view in range(window.privacy.views.count()):
        window.privacy.segments.choose(view)


def test_that_nothing_flashes_up_as_a_window_of_its_own(shown_windows: ShownWindows, stage: Any) -> None:
    """A widget that is shown before it has a parent is a window for a moment, and takes the keyboard."""
    play_everything(stage)
    assert [type(window) for window in shown_windows.seen] == [MainWindow]
    made = [window for window in QApplication.topLevelWindows() if window.isVisible()]
    assert [window.title() for window in made] == ["SecretRec"]
    assert [w for w in QApplication.topLevelWidgets() if w is not stage.window and w.windowHandle() is not None] == []


def test_that_the_keyboard_stays_with_the_window_while_results_come(stage: Any, qtbot: QtBot) -> None:
    stage.window.activateWindow()  # no window manager does it here
    qtbot.waitUntil(stage.window.isActiveWindow, timeout=PATIENCE_MS)
    play_everything(stage)
    assert stage.window.isActiveWindow()
    qtbot.keyClick(stage.window, Qt.Key_1, Qt.ControlModifier)
    assert stage.window.current() is stage.window.train


def test_that_a_window_of_a_larger_screen_fits_the_one_it_opens_on(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    window, room = stage.window, QRect(0, 0, 1280, 800)
    monkeypatch.setattr(main_window, "room_around", lambda place: room)
    window.setGeometry(900, 700, 3000, 2000)
    window.preferences.set_bytes("window/geometry", window.saveGeometry())
    window._restore()
    assert window.size() == room.size() - QSize(*FRAME)
    assert window.pos() == room.topLeft()
