"""The window: a header with tabs and the engine's state, four pages, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QMimeData, QRect, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
)
from PyQt5.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QShortcut,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from data import paths
from fl.protocol import events as ev
from fl.protocol.datasets import all_datasets
from fl.runs.records import RunDetail, RunInfo
from fl.settings.train import TrainSettings
from gui.app import help_dialogs
from gui.app.closing import may_close
from gui.app.compact_strip import CompactMode, CompactStrip
from gui.app.engine_status import EngineStatus
from gui.app.header import Header
from gui.app.language import restart_now
from gui.app.lists import Lists
from gui.app.main_menu import MainMenu
from gui.engine.client import EngineClient, EngineState
from gui.evaluate.evaluate_tab import EvaluateTab
from gui.look.icons import app_icon
from gui.look.theme import theme
from gui.preferences import Preferences
from gui.privacy.privacy_tab import PrivacyTab
from gui.recommend.recommend_tab import RecommendTab
from gui.runs.runs_dialog import RunsDialog
from gui.tabs.job_panel import JobPanel
from gui.tabs.run_panel import RunPanel
from gui.train.train_tab import TrainTab
from gui.widgets.open_path import open_path
from gui.widgets.widgets import MARGIN, label
from gui.words.engine_texts import with_hint
from gui.words.i18n import SYSTEM, language_of, tr

TRAIN, RECOMMEND, EVALUATE, PRIVACY = range(4)
DEFAULT_SIZE = (1200, 780)
SMALLEST = (980, 640)
FRAME = (16, 48)  # of the desktop's window frame, at most


def _dropped_file(data: QMimeData) -> str:
    """Return the one local file that is being dropped, "" for anything else."""
    urls = data.urls()
    path = urls[0].toLocalFile() if len(urls) == 1 else ""
    return path if path and Path(path).is_file() else ""


def room_around(place: QRect) -> QRect:
    """Return the room of the screen that a place is on, of the main screen where it is on none."""
    screen = QApplication.screenAt(place.center()) or QApplication.primaryScreen()
    return QRect(0, 0, *DEFAULT_SIZE) if screen is None else screen.availableGeometry()


class MainWindow(QMainWindow):
    """Puts the parts together.

    Signals:
        closed: the window is closed and the engine with everything below it has ended.
        painted: the window is on the screen for the first time.
    """

    closed = pyqtSignal()
    painted = pyqtSignal()

    def __init__(self, client: EngineClient | None = None, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.client = client or EngineClient(parent=self)
        self.preferences = preferences or Preferences()
        self._first_runs = True
        self._runs: tuple[RunInfo, ...] = ()
        self._closing = False
        self._painted = False
        self.language = language_of(self.preferences.text("window/language", SYSTEM))
        self.restart_wanted = False
        self.setWindowTitle("SecretRec")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.drop_sign = label(tr("Drop the file to import it"), "drop")
        self.drop_sign.setParent(self)
        self.drop_sign.setAlignment(Qt.AlignCenter)
        self.drop_sign.setAttribute(Qt.WA_TransparentForMouseEvents)
        self.drop_sign.hide()

        self.train = TrainTab(self.client, self.preferences)
        self.recommend = RecommendTab(self.client, self.preferences)
        self.evaluate = EvaluateTab(self.client, self.preferences)
        self.privacy = PrivacyTab(self.client, self.preferences)
        self.panels: list[JobPanel] = [self.train, self.recommend, self.evaluate, self.privacy]
        self.menu = MainMenu(theme().mode, self.preferences.text("window/language", SYSTEM), self)
        self.addActions(self.menu.with_shortcuts())
        self.header = Header([tr("&Train"), tr("&Recommend"), tr("E&valuate"), tr("Privac&y")], self.menu)
        self.tabs, self.chip = self.header.tabs, self.header.chip
        self.status = EngineStatus(self.client, self.chip, self)
        self.banner = self.status.banner
        self.lists = Lists(self.client, self)
        self.strip = CompactStrip()
        self.pages = QStackedWidget()
        for panel in self.panels:
            self.pages.addWidget(panel)
        self.setCentralWidget(self._lay_out())
        for tab in (self.recommend, self.evaluate, self.privacy):
            self.setTabOrder(tab.run_box, tab.runs_button)  # the keyboard begins at the run
        self.compact = CompactMode(self, self.strip, [self.header, self.pages])
        self._connect()
        self._add_shortcuts()
        self._restore()
        self.train.train_form.dataset_box.setFocus()  # where the keyboard begins; the pages' names are a Shift+Tab away
        self.train.datasets.show_list(all_datasets())
        self.runs_dialog: RunsDialog | None = None
        self._on_engine_state(self.client.state)

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> QWidget:
        root = QWidget()
        root.setObjectName("root")
        whole = QVBoxLayout(root)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        holder = QHBoxLayout()
        holder.setContentsMargins(MARGIN, 0, MARGIN, 0)
        holder.addWidget(self.banner)
        whole.addLayout(holder)
        whole.addWidget(self.strip)
        whole.addWidget(self.pages, 1)
        return root

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        for panel in self.panels:
            panel.state_changed.connect(self._share_engine)
        self.recommend.run_links.train_on.connect(self._train_on)
        for tab in (self.recommend, self.evaluate, self.privacy):
            tab.go_train.connect(lambda: self.tabs.setCurrentIndex(TRAIN))
            tab.all_runs.connect(self.open_runs)
        train = self.train
        train.use_run.connect(self._use_run)
        train.runs_changed.connect(self.ask_runs)
        train.datasets_changed.connect(self.lists.ask_datasets)
        train.heard.connect(self._follow_training)
        train.shown.connect(self._show_strip)
        train.progress.compact.connect(lambda: self.set_compact(True))
        self.strip.expand.connect(lambda: self.set_compact(False))
        self.strip.stop.connect(train.stop_after_round)
        self.painted.connect(train.make_plots)
        self.lists.runs.connect(self._show_runs)
        self.lists.datasets.connect(train.datasets.show_list)
        self.lists.datasets.connect(self.evaluate.show_datasets)
        self.evaluate.sweeps.train.connect(self._train_missing)
        self.lists.failed.connect(self._on_no_list)
        self.client.state_changed.connect(self._on_engine_state)
        self.client.output.connect(train.log.add)
        self.client.died.connect(lambda: self.compact.set_on(False))
        self.client.ended.connect(self.closed)
        menu = self.menu
        menu.theme_chosen.connect(self.set_theme)
        menu.language_chosen.connect(self.set_language)
        menu.runs.connect(self.open_runs)
        menu.data_folder.connect(self._open_home)
        menu.restart_engine.connect(self.client.restart)
        menu.shortcuts.connect(lambda: help_dialogs.shortcuts(self).open())
        menu.glossary.connect(lambda: help_dialogs.glossary(self).open())
        menu.about.connect(lambda: help_dialogs.about(self.status.versions(), self).open())
        menu.leave.connect(self.close)

    def _add_shortcuts(self) -> None:
        """Give the keys of gui/app/help_dialogs.py their meaning."""
        actions: dict[str, Callable[[], object]] = {
            "Ctrl+M": lambda: self.set_compact(not self.compact.on),
            "Ctrl+Return": lambda: self.current().start(),
            "Ctrl+.": lambda: self.current().cancel(),
            "Ctrl+L": self._show_log,
            "F10": self.header.menu_button.showMenu,
        }
        for keys, action in actions.items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for number in range(len(self.panels)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda number=number: self.tabs.setCurrentIndex(number))

    def _restore(self) -> None:
        geometry = self.preferences.bytes("window/geometry")
        placed = not geometry.isEmpty() and self.restoreGeometry(geometry)
        if not placed:
            self.resize(*DEFAULT_SIZE)
        if not self.isMaximized():
            self._fit_screen(placed)
        tab = self.preferences.text("window/tab", "0")
        self.tabs.setCurrentIndex(int(tab) if tab in ("0", "1", "2", "3") else TRAIN)

    def _fit_screen(self, placed: bool) -> None:
        """Be no larger than the screen, which may be another one than last time, and stand inside it where it has a
        place.
        """
        room = room_around(self.geometry() if placed else QRect())
        # The frame is drawn around it; how wide it will be is not known before it is shown.
        size = self.size().boundedTo(room.size() - QSize(*FRAME))
        self.resize(size)
        if placed and not room.contains(self.geometry()):
            free = room.size() - size - QSize(*FRAME)
            self.move(
                room.left() + min(max(self.x() - room.left(), 0), free.width()),
                room.top() + min(max(self.y() - room.top(), 0), free.height()),
            )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # Rings when all is painted and handed to the display. A timer set when the window is shown rings before.
            QTimer.singleShot(0, self.painted.emit)

    def current(self) -> JobPanel:
        """Return the tab that is shown."""
        return self.panels[self.pages.currentIndex()]

    # --- what all tabs show -----------------------------------------------------------------------------------------

    def ask_runs(self) -> None:
        """Bring the lists of runs up to date."""
        if not self._closing:
            self.lists.ask_runs()

    def _show_runs(self, runs: tuple[RunInfo, ...]) -> None:
        for tab in (self.recommend, self.evaluate, self.privacy):
            tab.show_runs(runs)
        self._runs = self.train.datasets.actions.runs = runs
        if self.runs_dialog is not None:
            self.runs_dialog.show_runs(runs)
        if self._first_runs:
            self._first_runs = False
            self.train.offer_interrupted(runs)

    def _on_no_list(self, event: ev.JobFailed) -> None:
        self.train.log.add("error", with_hint(event.error, event.hint))
        if self.client.state is EngineState.READY:
            self.banner.show_failure(event)

    def _follow_training(self, event: Any) -> None:
        """Tell the other tabs what they show of a training."""
        self.privacy.follow_training(event)
        if isinstance(event, ev.TrainDone):
            self.recommend.choose_run(event.run)
            self.evaluate.choose_run(event.run)

    def _use_run(self, name: str, purpose: str) -> None:
        if purpose == "recommend":
            self.recommend.show_list_of(name)
        else:
            self.evaluate.choose_run(name)
        self.tabs.setCurrentIndex(RECOMMEND if purpose == "recommend" else EVALUATE)

    def _train_on(self, run: str) -> None:
        self.tabs.setCurrentIndex(TRAIN)
        self.train.continue_with(run)

    # --- all runs ---------------------------------------------------------------------------------------------------

    def open_runs(self) -> None:
        """Open the dialog of all runs, on the one that the page shows."""
        if self.runs_dialog is not None:
            return
        dialog = self.runs_dialog = RunsDialog(self.client, self)
        dialog.show_runs(self._runs)
        page = self.current()
        if isinstance(page, RunPanel):
            dialog.choose({page.run_box.form_value()})
        dialog.changed.connect(self.ask_runs)
        dialog.again.connect(self._train_again)
        dialog.finished.connect(self._on_runs_closed)
        dialog.open()
        self.ask_runs()

    def _on_runs_closed(self) -> None:
        self.runs_dialog = None

    def _train_again(self, run: RunDetail) -> None:
        """Fill the form with the settings of a run. Nothing starts before the person says so."""
        self.tabs.setCurrentIndex(TRAIN)
        self.train.take_settings(run.info.name, run.settings)

    def _train_missing(self, runs: tuple[TrainSettings, ...]) -> None:
        """Let what is missing of a sweep wait in the queue."""
        self.tabs.setCurrentIndex(TRAIN)
        self.train.sweep.enqueue(runs)

    # --- the engine -------------------------------------------------------------------------------------------------

    def start_engine(self) -> None:
        """Start the engine's process."""
        self.client.start()

    def _on_engine_state(self, state: EngineState) -> None:
        if self._closing:
            return
        if state is EngineState.STARTING:
            self.lists.ask_datasets()
            self.ask_runs()
            self.recommend.ask_users()
        self._share_engine()

    def _share_engine(self) -> None:
        """Tell each panel what keeps it from starting, because the engine does one long job at a time."""
        for panel in self.panels:
            others = [other.what_runs() for other in self.panels if other is not panel and other.occupies_engine()]
            panel.set_blocked_by(others[0] if others else "")
        self.status.show_state(self.client.state, any(panel.occupies_engine() for panel in self.panels))

    # --- how the window looks ---------------------------------------------------------------------------------------

    def set_compact(self, on: bool) -> None:
        """Show the small view, or the whole window."""
        self.compact.set_on(on)
        self._show_strip()

    def _show_strip(self) -> None:
        if self.compact.on:
            self.strip.follow(self.train.progress, self.train.view.figure(), can_stop=self.train.allowed().stop)

    def set_theme(self, mode: Any) -> None:
        """Give the window the light or the dark look, or that of the system."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme().apply(app, mode)
            self.preferences.set_text("window/theme", mode)
            self.menu.themes[mode].setChecked(True)

    def set_language(self, choice: str) -> None:
        """Choose the language of the next start, and offer to start again at once."""
        if choice == self.preferences.text("window/language", SYSTEM):
            return
        self.preferences.set_text("window/language", choice)
        self.preferences.save()
        # Nothing to do where the system's language is the one chosen by hand before.
        if language_of(choice) != self.language and restart_now(choice, self):
            self.restart_wanted = True
            self.close()
            self.restart_wanted = self._closing  # not when something runs and is to go on

    def _open_home(self) -> None:
        paths.private_folder(paths.home())
        open_path(paths.home(), self)

    def _show_log(self) -> None:
        self.tabs.setCurrentIndex(TRAIN)
        self.train.view.log_fold.set_open(True)
        self.train.log.search.setFocus()

    # --- a file dropped onto the window -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if _dropped_file(event.mimeData()) and self.train.datasets.takes_files():
            event.acceptProposedAction()
            self.drop_sign.setGeometry(self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))
            self.drop_sign.raise_()
            self.drop_sign.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.drop_sign.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.drop_sign.hide()
        path = _dropped_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.tabs.setCurrentIndex(TRAIN)
            self.train.datasets.actions.open_import(path)

    # --- closing ----------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask while something runs, naming it.

        Then the window goes at once, and `closed` follows when the engine is gone.
        """
        event.ignore()
        if self._closing:
            return
        busy = [panel.what_runs() for panel in self.panels if panel.state.busy]
        if not busy or may_close(busy[0], len(self.train.queue), self, trains=self.train.state.busy):
            self.leave()

    def leave(self) -> None:
        """Close without asking (also for SIGTERM)."""
        if self._closing:
            return
        self._closing = True
        self.compact.set_on(False)  # its size is not the one to remember
        self.preferences.set_bytes("window/geometry", self.saveGeometry())
        self.preferences.set_text("window/tab", str(self.tabs.currentIndex()))
        for panel in self.panels:
            panel.remember()
        self.preferences.save()
        self.hide()
        self.client.shutdown()
