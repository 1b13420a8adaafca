"""Window tests: no screen, no training, a home of their own, and nothing left behind."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PyQt5 import sip
from PyQt5.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import ListDatasets, ListRuns, ListUsers
from gui.app import crash
from gui.app.main_window import MainWindow
from gui.engine.client import EngineClient, EngineState, Limits
from gui.look.theme import theme

HERE = Path(__file__).parent
FAKE_ENGINE = HERE / "fake_engine.py"
# Long enough for a loaded machine, short enough that a test of the whole ladder takes about a second.
SHORT = Limits(ask=300, terminate=300, silent=1500, starting=60_000, shutdown=600, check=100)
PATIENCE_MS = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A warning of Qt's in a window test is a failure."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # Said on machines without a login session, and by the offscreen platform of any window and any pop-up.
            item.add_marker(
                pytest.mark.qt_log_ignore(
                    "XDG_RUNTIME_DIR not set", "propagateSizeHints", "This plugin does not support"
                )
            )


def kinds(base: type) -> Iterator[type]:
    """Yield a class and all that derive from it."""
    yield base
    for derived in base.__subclasses__():
        yield from kinds(derived)


def at_work() -> list[QTimer | QThread]:
    """Timers that are active and threads that run, as far as Python knows them.

    Every object is looked at, twice a test, so only once and by its class: that takes a tenth of `isinstance`.
    """
    wanted = {*kinds(QTimer), *kinds(QThread)}
    found = [o for o in gc.get_objects() if type(o) in wanted and not sip.isdeleted(o)]
    return [
        o for o in found if (o.isActive() if isinstance(o, QTimer) else o.isRunning() and o != QThread.currentThread())
    ]


class Belongings:
    """What a test must not leave behind: threads, timers, child processes, visible windows."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._threads = set(threading.enumerate())
        self._children = set(psutil.Process().children(recursive=True))
        self._at_work = set(map(id, at_work()))

    def left(self) -> list[str]:
        """What there is more than at the beginning, a line each."""
        gone = self._children
        children = [child for child in psutil.Process().children(recursive=True) if child not in gone]
        return [
            *(f"thread {thread.name}" for thread in threading.enumerate() if thread not in self._threads),
            *(f"{o!r} of {o.parent()!r}" for o in at_work() if id(o) not in self._at_work),
            *(f"child process {child.pid} {child.name()}" for child in children),
            *(f"window {widget!r}" for widget in self._app.topLevelWidgets() if widget.isVisible()),
        ]


@pytest.fixture(autouse=True, scope="session")
def _only_what_window_tests_make() -> None:
    """Takes the millions of objects of TensorFlow and SecretFlow, which other tests may have loaded, out of what
    `at_work` looks at: none of them is Qt's, and looking at all of them twice in each test took half of the time.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a thread, a timer, a child process or a visible window."""
    if theme().mode != "light":  # only then: Qt takes long over a style sheet
        theme().apply(qapp, "light")
    belongings = Belongings(qapp)
    yield
    crash.forget()
    qapp.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.DeferredDelete)
    qapp.processEvents()
    assert belongings.left() == []


class SilentClient(EngineClient):
    """An engine client without a process: it is ready at once and keeps the commands it is given."""

    def __init__(self) -> None:
        super().__init__(["no-engine"])
        self.sent: list[Any] = []

    def start(self) -> None:
        self._set_state(EngineState.STARTING)
        self._set_state(EngineState.READY)

    def _write(self, command: Any) -> None:
        self.sent.append(command)

    def shutdown(self) -> None:
        self._closing = True
        self._ladder.stop()
        self.ended.emit()

    def last(self, kind: type[Any]) -> Any:
        return next(command for command in reversed(self.sent) if isinstance(command, kind))

    def receive(self, event: ev.Event) -> None:
        """As if the engine had written this event."""
        self._take_line(event.model_dump_json())


def events_of(name: str) -> list[Any]:
    """Recorded events of the real engine (tests/gui/record_events.py)."""
    lines = (HERE / "events" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [ev.EVENTS.validate_json(line) for line in lines]


def round_of(event: ev.Event) -> int:
    """Return the number of the round that an event is about, 0 for none."""
    number: int = getattr(getattr(event, "record", event), "round", 0)
    return number


class Stage:
    """A window on a silent client, and recorded events to play to it."""

    def __init__(self, window: MainWindow, client: SilentClient) -> None:
        self.window, self.client = window, client

    def play(self, name: str, job: str, only: Callable[[Any], bool] = lambda event: True) -> list[Any]:
        """Play a recording as the answer to `job`; returns its events."""
        events = [event for event in events_of(name) if only(event)]
        for event in events:
            if getattr(event, "job", None) is not None:
                event = event.model_copy(update={"job": job})
            self.client.receive(event)
        return events

    def answer_lists(self) -> None:
        """Data sets, runs and users as recorded."""
        for event in events_of("lists"):
            kind = {"datasets": ListDatasets, "runs": ListRuns, "users": ListUsers}[event.type]
            self.client.receive(event.model_copy(update={"job": self.client.last(kind).job}))


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    """A shown window without an engine process."""
    client = SilentClient()
    with theme().undressed(qapp):
        window = MainWindow(client)
    # A person has the plots after the first paint. Most tests need none, and they are a third of a window: they come
    # with the first round, or earlier where a test asks for the fixture `plots`.
    window.painted.disconnect(window.train.make_plots)
    window.show()
    window.start_engine()
    yield Stage(window, client)
    window.leave()
    window.deleteLater()
    client.deleteLater()


@pytest.fixture
def plots(stage: Stage) -> None:
    """Makes the plots of the stage's window, as its first paint does elsewhere."""
    stage.window.train.make_plots()


@pytest.fixture
def fake_engine() -> Callable[..., list[str]]:
    """Command line of the fake engine with the given options."""
    return lambda *options: [sys.executable, str(FAKE_ENGINE), *options]


@pytest.fixture
def client(qtbot: QtBot, fake_engine: Callable[..., list[str]]) -> Iterator[Callable[..., EngineClient]]:
    """Makes engine clients on fake engines with the given options; ends them afterwards."""
    made: list[EngineClient] = []

    def make(*options: str, command: list[str] | None = None) -> EngineClient:
        result = EngineClient(command or fake_engine(*options), SHORT)
        made.append(result)
        return result

    yield make
    for one in made:
        with qtbot.waitSignal(one.ended, timeout=PATIENCE_MS):
            one.shutdown()
        one.deleteLater()


@pytest.fixture
def live(
    qapp: QApplication, qtbot: QtBot, fake_engine: Callable[..., list[str]]
) -> Iterator[Callable[..., MainWindow]]:
    """Makes shown windows with a running fake engine, ready; closes them afterwards."""
    made: list[MainWindow] = []

    def make(*options: str) -> MainWindow:
        one = EngineClient(fake_engine(*options), SHORT)
        with theme().undressed(qapp):
            window = MainWindow(one)
        one.setParent(window)
        made.append(window)
        with qtbot.waitExposed(window, timeout=PATIENCE_MS):
            window.show()
        window.activateWindow()  # no window manager does it here
        qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
        window.train.make_plots()
        window.start_engine()
        qtbot.waitUntil(lambda: one.state is EngineState.READY, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: window.train.allowed().start, timeout=PATIENCE_MS)
        return window

    yield make
    for window in made:
        with qtbot.waitSignal(window.closed, timeout=PATIENCE_MS):
            window.leave()
        window.deleteLater()
