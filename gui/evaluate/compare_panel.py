"""The page that compares runs: the runs to tick at the left, the comparison at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import CompareRuns, DescribeRuns
from fl.runs.records import RunDetail, RunInfo
from fl.settings.compare import CompareRunsSettings
from gui.engine.client import EngineClient
from gui.evaluate.compare_data import USUAL_K, why_not_comparable
from gui.evaluate.compare_view import CompareView
from gui.evaluate.run_checks import RunChecks
from gui.widgets.message_bar import MessageBar
from gui.widgets.pages import BAR_WIDTH, SidePanel, page
from gui.widgets.widgets import MARGIN, Card, EmptyState, button, label
from gui.words.engine_texts import said
from gui.words.i18n import tr


class ComparePanel(QWidget):
    """Runs to tick, and the comparison of the ticked ones.

    Signals:
        back: the person wants to evaluate one run again.
    """

    back = pyqtSignal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self._job = self._paired_job = ""
        self.side = SidePanel(tr("Compare runs"))
        self.side.fields.addWidget(
            label(
                tr("Tick two runs or more. Each gets a letter that stands for it on the right."),
                "small",
                wrap=True,
            )
        )
        self.checks = RunChecks()
        self.side.fields.addWidget(self.checks, 1)
        self.message = MessageBar()
        self.back_button = button(tr("Back to &one run"))
        self.back_button.clicked.connect(self.back)
        self.side.foot.addWidget(self.message)
        self.side.foot.addWidget(self.back_button)
        whole, column = page(self.side)
        whole.layout().setContentsMargins(MARGIN, MARGIN, MARGIN - BAR_WIDTH, MARGIN)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, BAR_WIDTH, 0)
        card = Card()
        self.empty = EmptyState(
            tr("Compare runs"),
            tr("Tick two runs or more on the left: their figures, curves and settings stand side by side here."),
        )
        card.body.addWidget(self.empty)
        beside.addWidget(card)
        self.view = CompareView()
        self.stack.addWidget(holder)
        self.stack.addWidget(self.view)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(whole)
        self.checks.changed.connect(self._ask)

    def show_runs(self, runs: Sequence[RunInfo]) -> None:
        """Show a new list of runs.

        The ticked runs are asked for again: they may have been trained or evaluated further.
        """
        self.checks.set_runs(runs)
        self.refresh()

    def open_with(self, run: str) -> None:
        """Begin with this run ticked, unless a comparison is there already."""
        if not self.checks.runs.chosen():
            self.checks.runs.choose([run])
        self.checks.search.setFocus()

    def refresh(self) -> None:
        """Ask again: one of the runs may have been evaluated since."""
        self._ask()

    def _on_details(self, event: ev.RunDetails) -> None:
        notes = {
            run.info.name: run.info.left_out
            for run in event.runs
            # An evaluation, where there is one, asked all parties.
            if run.info.left_out and run.settings.protocol not in {one.protocol for one in run.evaluations}
        }
        if told := " ".join(f"{run}: {said(words)}" for run, words in {**event.problems, **notes}.items()):
            self.message.show_message("warning", told)
        if len(event.runs) > 1:
            self.view.show_runs(event.runs)
            self.stack.setCurrentIndex(1)
            self._ask_differences(event.runs)

    def _ask_differences(self, runs: Sequence[RunDetail]) -> None:
        """Have the engine hold the other runs against the first, user by user, where that makes sense."""
        if why_not_comparable(runs):
            return
        settings = CompareRunsSettings(runs=tuple(run.info.name for run in runs), k=(USUAL_K,))
        self._paired_job = self.client.ask(
            CompareRuns(settings=settings),
            lambda found: self.view.show_differences(found.rows),
            self.view.show_no_differences,
        )

    def _ask(self) -> None:
        self.message.clear()
        chosen = self.checks.runs.chosen()
        for job in (self._job, self._paired_job):
            self.client.forget(job)  # an answer still on its way is of another choice
        if len(chosen) < 2:
            self.stack.setCurrentIndex(0)
        elif self.client.state.up:
            self._job = self.client.ask(DescribeRuns(runs=tuple(chosen)), self._on_details, self.message.show_failure)
