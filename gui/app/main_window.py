"""The window.

Header with tabs and the engine's state, and four pages.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QMimeData, Qt, QTimer, QUrl, pyqtSignal
from PyQt5.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QPaintEvent
from PyQt5.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QShortcut,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from data import paths
from fl.protocol import events as ev
from fl.protocol.commands import ListDatasets, ListRuns
from fl.protocol.datasets import all_datasets
from gui.app import crash, help_dialogs
from gui.app.compact_strip import CompactMode, CompactStrip
from gui.app.language import restart_now
from gui.app.main_menu import MainMenu
from gui.engine.client import EngineClient, EngineState
from gui.engine.log_tail import engine_log_files, last_lines
from gui.evaluate.evaluate_tab import EvaluateTab
from gui.look.icons import app_icon
from gui.look.theme import set_role, theme
from gui.preferences import Preferences
from gui.privacy.privacy_tab import PrivacyTab
from gui.recommend.recommend_tab import RecommendTab
from gui.tabs.job_panel import JobPanel
from gui.train.train_tab import TrainTab
from gui.widgets.message_bar import MessageBar
from gui.widgets.widgets import MARGIN, SPACE, IconButton, label
from gui.words.engine_texts import with_hint
from gui.words.i18n import SYSTEM, language_of, tr

log = logging.getLogger(__name__)

TRAIN, RECOMMEND, EVALUATE, PRIVACY = range(4)
DEFAULT_SIZE = (1200, 780)
SMALLEST = (980, 640)


def _dropped_file(data: QMimeData | None) -> str:
    """The one local file that is being dropped, "" for anything else."""
    urls = data.urls() if data is not None else []
    path = urls[0].toLocalFile() if len(urls) == 1 else ""
    return path if path and Path(path).is_file() else ""


class MainWindow(QMainWindow):
    """Signals:
    closed: the window is closed and the engine with everything below it has ended.
    painted: the window is on the screen for the first time.
    """

    closed = pyqtSignal()
    painted = pyqtSignal()

    def __init__(self, client: EngineClient | None = None, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.client = client or EngineClient(parent=self)
        self.preferences = preferences or Preferences()
        self._runs_job = ""
        self._first_runs = True
        self._closing = False
        self._painted = False
        self.language = language_of(self.preferences.text("window/language", SYSTEM))
        self.restart_wanted = False
        self.setWindowTitle("SecretRec")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)

        self.train = TrainTab(self.client, self.preferences)
        self.recommend = RecommendTab(self.client, self.preferences)
        self.evaluate = EvaluateTab(self.client, self.preferences)
        self.privacy = PrivacyTab(self.client, self.preferences)
        self.panels: list[JobPanel] = [self.train, self.recommend, self.evaluate, self.privacy]
        root = QWidget()
        root.setObjectName("root")
        whole = QVBoxLayout(root)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.header = self._build_header()
        whole.addWidget(self.header)
        self.banner = MessageBar(wide=True)
        self.banner.setObjectName("banner")
        self.banner.action.connect(self.client.restart)
        holder = QHBoxLayout()
        holder.setContentsMargins(MARGIN, 0, MARGIN, 0)
        holder.addWidget(self.banner)
        whole.addLayout(holder)
        self.pages = QStackedWidget()
        self.strip = CompactStrip()
        whole.addWidget(self.strip)
        self.compact = CompactMode(self, self.strip, [self.header, self.pages])
        self.strip.expand.connect(lambda: self.set_compact(False))
        self.strip.stop.connect(self.train.stop_after_round)
        self.train.progress.compact.connect(lambda: self.set_compact(True))
        self.train.shown.connect(self._show_strip)
        for panel in self.panels:
            self.pages.addWidget(panel)
            panel.state_changed.connect(self._share_engine)
        whole.addWidget(self.pages, 1)
        self.setCentralWidget(root)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)

        self.train.use_run.connect(self._use_run)
        self.train.runs_changed.connect(self.ask_runs)
        self.train.datasets_changed.connect(self._ask_datasets)
        self.recommend.go_train.connect(lambda: self.tabs.setCurrentIndex(TRAIN))
        self.evaluate.go_train.connect(lambda: self.tabs.setCurrentIndex(TRAIN))
        self.privacy.go_train.connect(lambda: self.tabs.setCurrentIndex(TRAIN))
        self.painted.connect(self.train.make_plots)
        self.train.heard.connect(self._follow_training)
        self.client.ready.connect(self._on_engine_ready)
        self.client.state_changed.connect(self._on_engine_state)
        self.client.output.connect(self.train.log.add)
        self.client.died.connect(self._on_engine_died)
        self.client.unreadable.connect(self._on_unreadable)
        self.client.ended.connect(self._on_engine_ended)
        self._add_shortcuts()
        self._restore()
        self.train.show_datasets(all_datasets())
        self._on_engine_state(self.client.state)

    # --- building -----------------------------------------------------------------------------------------------

    def _build_header(self) -> QFrame:
        header = QFrame()
        header.setObjectName("header")
        row = QHBoxLayout(header)
        row.setContentsMargins(MARGIN, 0, MARGIN - 4, 0)
        row.setSpacing(SPACE)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(26, 26))
        picture.setAccessibleName("SecretRec")
        row.addWidget(picture)
        row.addWidget(label("SecretRec", "brand"))
        row.addSpacing(MARGIN)
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(tr("Pages"))
        for text in (tr("&Train"), tr("&Recommend"), tr("E&valuate"), tr("Privac&y")):
            self.tabs.addTab(text)
        row.addWidget(self.tabs)
        row.addStretch(1)
        self.chip = label("", "chip-busy")
        row.addWidget(self.chip, 0, Qt.AlignVCenter)
        self.menu_button = IconButton("menu", tr("Menu (F10)"))
        self.menu_button.setPopupMode(QToolButton.InstantPopup)
        self.menu = self._build_menu()
        self.menu_button.setMenu(self.menu)
        row.addWidget(self.menu_button)
        return header

    def _build_menu(self) -> MainMenu:
        menu = MainMenu(theme().mode, self.preferences.text("window/language", SYSTEM), self)
        menu.theme_chosen.connect(self.set_theme)
        menu.language_chosen.connect(self.set_language)
        menu.data_folder.connect(lambda: self._open(paths.home()))
        menu.restart_engine.connect(self.client.restart)
        menu.shortcuts.connect(lambda: help_dialogs.shortcuts(self).open())
        menu.glossary.connect(lambda: help_dialogs.glossary(self).open())
        menu.about.connect(lambda: help_dialogs.about(self.chip.toolTip(), self).open())
        menu.leave.connect(self.close)
        self.addActions(menu.with_shortcuts())
        return menu

    def _add_shortcuts(self) -> None:
        for number in (TRAIN, RECOMMEND, EVALUATE, PRIVACY):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda number=number: self.tabs.setCurrentIndex(number))
        QShortcut(QKeySequence("Ctrl+M"), self).activated.connect(lambda: self.set_compact(not self.compact.on))
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(lambda: self.current().start())
        QShortcut(QKeySequence("Ctrl+."), self).activated.connect(lambda: self.current().cancel())
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self._show_log)
        QShortcut(QKeySequence("F10"), self).activated.connect(self.menu_button.showMenu)

    def _restore(self) -> None:
        geometry = self.preferences.bytes("window/geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            screen = QApplication.primaryScreen()
            room = screen.availableSize() if screen is not None else self.size()
            self.resize(min(DEFAULT_SIZE[0], room.width()), min(DEFAULT_SIZE[1], room.height()))
        tab = self.preferences.text("window/tab", "0")
        self.tabs.setCurrentIndex(int(tab) if tab in ("0", "1", "2", "3") else TRAIN)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # Rings when all is painted and handed to the display. A timer set when the window is shown rings before.
            QTimer.singleShot(0, self.painted.emit)

    def current(self) -> JobPanel:
        return self.panels[self.pages.currentIndex()]

    # --- what the engine says ------------------------------------------------------------------------------------

    def _on_engine_ready(self, event: ev.EngineReady) -> None:
        versions = ", ".join(f"{name} {version}" for name, version in event.versions.items())
        self.chip.setToolTip(tr("{versions}; %n cores", n=event.cores).format(versions=versions))

    def _follow_training(self, event: Any) -> None:
        """Tell the other tabs what they show of a training."""
        self.privacy.follow_training(event)
        if isinstance(event, ev.TrainDone):
            self.recommend.choose_run(event.run)
            self.evaluate.choose_run(event.run)

    def _show_runs(self, event: ev.Runs) -> None:
        self.recommend.show_runs(event.runs)
        self.evaluate.show_runs(event.runs)
        self.privacy.show_runs(event.runs)
        if self._first_runs:
            self._first_runs = False
            self.train.offer_interrupted(event.runs)

    def _show_datasets(self, event: ev.Datasets) -> None:
        self.train.show_datasets(event.datasets)

    def _on_no_list(self, event: ev.JobFailed) -> None:
        self.train.log.add("error", with_hint(event.error, event.hint))
        if self.client.state is EngineState.READY:
            self.banner.show_failure(event)

    # --- the engine ---------------------------------------------------------------------------------------------

    def start_engine(self) -> None:
        self.client.start()

    def ask_runs(self) -> None:
        if self.client.state.up and not self._closing:
            self._runs_job = self.client.ask(ListRuns(), self._show_runs, self._on_no_list, instead_of=self._runs_job)

    def _ask_datasets(self) -> None:
        self.client.ask(ListDatasets(), self._show_datasets, self._on_no_list)

    def _ask_lists(self) -> None:
        self._ask_datasets()
        self.ask_runs()

    def _on_engine_state(self, state: EngineState) -> None:
        if self._closing:
            return
        looks = {
            EngineState.OFF: ("chip-bad", tr("Engine not started")),
            EngineState.STARTING: ("chip-busy", tr("Starting SecretFlow…")),
            EngineState.READY: ("chip-ok", tr("Engine ready")),
            EngineState.SILENT: ("chip-bad", tr("Engine not answering")),
            EngineState.RESTARTING: ("chip-busy", tr("Restarting the engine…")),
            EngineState.DEAD: ("chip-bad", tr("Engine stopped")),
        }
        role, text = looks[state]
        set_role(self.chip, role)
        self.chip.setText(text)
        self.chip.setAccessibleName(text)
        if state is EngineState.STARTING:
            self.banner.clear()
            self._ask_lists()
            self.recommend.ask_users()
        elif state is EngineState.READY:
            self.banner.clear()
        elif state is EngineState.SILENT:
            self.banner.show_message(
                "warning",
                tr(
                    "The engine is not answering. The machine may be short of memory or very busy. You can "
                    "wait, or restart the "
                    "engine; finished rounds are on disk."
                ),
                action=tr("Restart the en&gine"),
                closable=False,
            )
        self._share_engine()

    def set_compact(self, on: bool) -> None:
        """The small view, or the whole window."""
        self.compact.set_on(on)
        self._show_strip()

    def _show_strip(self) -> None:
        """Keep the small view up to date while it is shown."""
        if not self.compact.on:
            return
        progress = self.train.progress
        hr = progress.live["hr@10"].value()
        self.strip.follow(
            progress.headline.full_text(),
            progress.time_text.text(),
            f"HR@10 {hr}" if hr != "–" else "",
            progress.bar,
            can_stop=self.train.allowed().stop,
        )

    def _on_engine_died(self, reason: str, details: str) -> None:
        self.compact.set_on(False)
        # The engine keeps its libraries' output in files: the reason stands there, if anywhere.
        for path in engine_log_files():
            details += "".join(f"\n{line}" for line in [f"--- {path}", *last_lines(path, 60)])
        self.banner.show_message(
            "error",
            tr("{0} Runs keep every finished round. Start the engine again to go on.").format(reason),
            action=tr("Start the en&gine again"),
            details=details,
            closable=False,
        )

    def _on_unreadable(self, line: str, problem: str) -> None:
        crash.report(
            tr("The engine sent a message that this window does not understand; they may be of different versions."),
            f"{problem}\n\n{line[:2000]}",
            self,
        )

    def _share_engine(self) -> None:
        """The engine does one long job at a time: tell each panel what keeps it from starting."""
        for panel in self.panels:
            others = [other.what_runs() for other in self.panels if other is not panel and other.occupies_engine()]
            panel.set_blocked_by(others[0] if others else "")

    # --- actions ------------------------------------------------------------------------------------------------

    def set_theme(self, mode: Any) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme().apply(app, mode)
            self.preferences.set_text("window/theme", mode)
            self.menu.themes[mode].setChecked(True)

    def set_language(self, choice: str) -> None:
        if choice == self.preferences.text("window/language", SYSTEM):
            return
        self.preferences.set_text("window/language", choice)
        self.preferences.save()
        # Nothing to do where the system's language is the one chosen by hand before.
        if language_of(choice) != self.language and restart_now(choice, self):
            self.restart_wanted = True
            self.close()
            self.restart_wanted = self._closing  # not when something runs and is to go on

    def _use_run(self, name: str, purpose: str) -> None:
        panel, tab = (self.recommend, RECOMMEND) if purpose == "recommend" else (self.evaluate, EVALUATE)
        panel.choose_run(name)
        self.tabs.setCurrentIndex(tab)

    def _show_log(self) -> None:
        self.tabs.setCurrentIndex(TRAIN)
        self.train.log_fold.set_open(True)
        self.train.log.search.setFocus()

    def _open(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # --- a file dropped onto the window ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if _dropped_file(event.mimeData()) and self.train.takes_files():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        path = _dropped_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.tabs.setCurrentIndex(TRAIN)
            self.train.open_import(path)

    # --- closing ------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask while something runs, naming it.

        Then the window goes at once, and `closed` follows when the engine is gone.
        """
        event.ignore()
        if self._closing:
            return
        busy = [panel.what_runs() for panel in self.panels if panel.state.busy]
        if busy and not self._sure(busy[0], len(self.train.queue)):
            return
        self.leave()

    def _sure(self, what: str, waiting: int) -> bool:
        box = QMessageBox(
            QMessageBox.NoIcon, "SecretRec", tr("{0} is running.").format(what), QMessageBox.NoButton, self
        )
        ends = tr("Closing ends it. Finished rounds are on disk, and the run can be resumed at the next start.")
        if waiting:
            ends += " " + tr("%n runs wait in the queue; they are kept and offered at the next start.", n=waiting)
        box.setInformativeText(ends)
        leave = box.addButton(tr("&End it and close"), QMessageBox.DestructiveRole)
        stay = box.addButton(tr("&Keep it running"), QMessageBox.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is leave

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

    def _on_engine_ended(self) -> None:
        self.closed.emit()
