"""Evaluations that were made before: a run's folder keeps the newest of each protocol."""

from __future__ import annotations

from PyQt5.QtCore import QObject, pyqtSignal

from fl.protocol import events as ev
from fl.protocol.commands import DescribeRuns
from fl.runs.records import Evaluation
from fl.settings.of_jobs import EvaluateSettings
from gui.engine.client import EngineClient


class KeptEvaluations(QObject):
    """The evaluations that are kept of the chosen run.

    Signals:
        known: the engine has said what there is.
    """

    known = pyqtSignal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._job = ""
        self._run = ""
        self._found: tuple[Evaluation, ...] = ()

    def ask(self, run: str) -> None:
        """Have the engine look into a run's folder; "" forgets the findings in the last one."""
        self._client.forget(self._job)
        self._run, self._found = run, ()
        if run and self._client.state.up:
            self._job = self._client.ask(DescribeRuns(runs=(run,)), self._on_details, self._on_failed)

    def _on_details(self, event: ev.RunDetails) -> None:
        self._found = tuple(found for run in event.runs for found in run.evaluations)
        self.known.emit()

    def _on_failed(self, _: ev.JobFailed) -> None:
        # A folder that cannot be read has no evaluation to show; using the run says what is wrong with it.
        self.known.emit()

    def fitting(self, settings: EvaluateSettings | None, protocol: str) -> Evaluation | None:
        """Return the one that evaluating with these settings would repeat: same run, same K, same protocol."""
        if settings is None or settings.run != self._run:
            return None
        wanted = (settings.protocol or protocol, settings.k)
        return next((found for found in self._found if (found.protocol, found.settings.k) == wanted), None)
