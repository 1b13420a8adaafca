"""The engine's state: a word in the header, and a banner where there is something to do about it."""

from __future__ import annotations

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QLabel, QWidget

from fl.protocol import events as ev
from gui.app import crash
from gui.engine.client import EngineClient, EngineState
from gui.engine.log_tail import engine_log_files, last_lines
from gui.look.theme import set_role
from gui.widgets.message_bar import MessageBar
from gui.widgets.tips import set_tip
from gui.words.i18n import tr

SHOWN_LINES = 60  # of each of the engine's log files, after it died


class EngineStatus(QObject):
    """Keeps the chip and the banner in step with the engine.

    Args:
        client: the engine's client.
        chip: the label in the header.
        window: the parent of dialogs.
    """

    def __init__(self, client: EngineClient, chip: QLabel, window: QWidget) -> None:
        super().__init__(window)
        self._client, self._chip, self._window = client, chip, window
        self._versions = ""
        self.banner = MessageBar(wide=True)
        self.banner.setObjectName("banner")
        self.banner.action.connect(client.restart)
        client.ready.connect(self._show_versions)
        client.died.connect(self._show_death)
        client.unreadable.connect(self._report_unreadable)

    def show_state(self, state: EngineState, busy: bool = False) -> None:
        """Say how the engine is. `busy`: it does a long job, for which others wait."""
        role, words = {
            EngineState.OFF: ("chip-bad", tr("Engine not started")),
            EngineState.STARTING: ("chip-busy", tr("Starting SecretFlow…")),
            EngineState.READY: ("chip-busy", tr("Engine at work")) if busy else ("chip-ok", tr("Engine ready")),
            EngineState.SILENT: ("chip-bad", tr("Engine not answering")),
            EngineState.RESTARTING: ("chip-busy", tr("Restarting the engine…")),
            EngineState.DEAD: ("chip-bad", tr("Engine stopped")),
        }[state]
        set_role(self._chip, role)
        self._chip.setText(words)
        self._chip.setAccessibleName(words)
        if state in (EngineState.STARTING, EngineState.READY):
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

    def versions(self) -> str:
        """Return what the engine said of itself, "" while it has not."""
        return self._versions

    def _show_versions(self, event: ev.EngineReady) -> None:
        versions = ", ".join(f"{name} {version}" for name, version in event.versions.items())
        self._versions = tr("{versions}; %n cores", n=event.cores).format(versions=versions)
        set_tip(self._chip, self._versions)

    def _show_death(self, reason: str, details: str) -> None:
        # The engine keeps its libraries' output in files: the reason stands there, if anywhere.
        for path in engine_log_files():
            details += "".join(f"\n{line}" for line in [f"--- {path}", *last_lines(path, SHOWN_LINES)])
        self.banner.show_message(
            "error",
            tr("{0} Runs keep every finished round. Start the engine again to go on.").format(reason),
            action=tr("Start the en&gine again"),
            details=details,
            closable=False,
        )

    def _report_unreadable(self, line: str, problem: str) -> None:
        crash.report(
            tr("The engine sent a message that this window does not understand; they may be of different versions."),
            f"{problem}\n\n{line[:2000]}",
            self._window,
        )
