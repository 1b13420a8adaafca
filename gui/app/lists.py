"""The lists that several tabs show: trained runs and data sets."""

from __future__ import annotations

from PyQt5.QtCore import QObject, pyqtSignal

from fl.protocol import events as ev
from fl.protocol.commands import ListDatasets, ListRuns
from gui.engine.client import EngineClient


class Lists(QObject):
    """Asks the engine for the lists.

    Signals:
        runs: the trained runs, the newest first.
        datasets: the data sets.
        failed: the JobFailed of a list that could not be read.
    """

    runs = pyqtSignal(object)
    datasets = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._runs_job = ""

    def ask_runs(self) -> None:
        """Ask for the runs; only the newest answer counts."""
        if self._client.state.up:
            self._runs_job = self._client.ask(ListRuns(), self._take_runs, self._fail, instead_of=self._runs_job)

    def ask_datasets(self) -> None:
        """Ask for the data sets."""
        if self._client.state.up:
            self._client.ask(ListDatasets(), self._take_datasets, self._fail)

    def _take_runs(self, event: ev.Runs) -> None:
        self.runs.emit(event.runs)

    def _take_datasets(self, event: ev.Datasets) -> None:
        self.datasets.emit(event.datasets)

    def _fail(self, event: ev.JobFailed) -> None:
        self.failed.emit(event)
