"""The way from the form to a sweep in the queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QWidget

from fl.protocol import events as ev
from fl.protocol.commands import KeepSweep
from fl.settings.train import TrainSettings
from gui.engine.client import EngineClient
from gui.engine.run_queue import RunQueue
from gui.train.queue_runner import QueueRunner
from gui.train.sweep_dialog import SweepDialog
from gui.widgets.widgets import button
from gui.words.i18n import tr


class SweepStart(QObject):
    """The button that opens the dialog, and what follows from it.

    Args:
        client: the engine, which writes a sweep down.
        queue: where its runs wait.
        turns: starts what waits.
        settings: returns what the form says, None while it is wrong.
        window: the dialog's parent.
    """

    def __init__(
        self,
        client: EngineClient,
        queue: RunQueue,
        turns: QueueRunner,
        settings: Callable[[], TrainSettings | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._client, self._queue, self._turns, self._settings, self._window = client, queue, turns, settings, window
        self.dialog: SweepDialog | None = None
        self.button = button(
            tr("Repeat and vary…"),
            "link",
            tip=tr("Trains with several seeds, and with several values of settings you choose."),
        )
        self.button.clicked.connect(self.open)

    def open(self) -> None:
        """Ask how often, and what to vary."""
        base = self._settings()
        if base is None:
            return
        self.dialog = SweepDialog(base, self._window.window())
        self.dialog.accept_button.clicked.connect(self._keep)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _keep(self) -> None:
        dialog = self.dialog
        if dialog is None or dialog.settings is None:
            return
        dialog.message.clear()
        self._client.ask(KeepSweep(settings=dialog.settings), self._on_kept, dialog.show_failure)

    def _on_kept(self, event: ev.SweepTables) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        self.enqueue(event.sweeps[0].missing)

    def enqueue(self, runs: Sequence[TrainSettings]) -> None:
        """Let runs wait in the queue, and begin with it where nothing else runs; those that wait already stay there."""
        waiting = self._queue.names()
        for settings in runs:
            if settings.name not in waiting:
                self._queue.add(settings)
        self._turns.start_next()
