"""Base of the Recommend, Evaluate and Privacy tabs.

They share a trained run to choose, a bar while an answer takes long, and an empty state that says what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from fl.protocol import events as ev
from fl.runs.records import RunInfo
from gui.engine.client import EngineClient
from gui.tabs.job_panel import JobPanel
from gui.tabs.run_picker import RunPicker
from gui.widgets.pages import BAR_WIDTH, page
from gui.widgets.widgets import MARGIN, Card, EmptyState, button, delay, label
from gui.words.engine_texts import progress, said, sentence
from gui.words.i18n import tr

SLOW_MS = 300  # a quick answer should not flash a progress bar


class RunPanel(JobPanel):
    """A tab about a trained run.

    Signals:
        go_train: there is no run yet and the person wants to make one.
        all_runs: the person wants to see all runs.
    """

    go_train = pyqtSignal()
    all_runs = pyqtSignal()

    def __init__(self, client: EngineClient, title: str, start_text: str, parent: QWidget | None = None) -> None:
        super().__init__(client, title, start_text, parent)
        self.runs_known = False
        self.run_box = RunPicker()
        self.run_facts = label("", "small", wrap=True)
        self.runs_button = button(
            tr("All runs…"), "link", tip=tr("Search, note, rename, delete, export and import runs.")
        )
        self.runs_button.clicked.connect(self.all_runs)
        self.side.head.addWidget(self.runs_button)
        self.side.head.addSpacing(BAR_WIDTH)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Working"))
        self.bar.hide()
        self.phase = label("", "small", wrap=True)
        self.phase.hide()
        self.side.foot.insertWidget(0, self.phase)
        self.side.foot.insertWidget(1, self.bar)
        self.page: QWidget
        self.column: QVBoxLayout
        self.page, self.column = page(self.side)
        self.stack = QStackedWidget()
        self.column.addWidget(self.stack, 1)
        self.empty = EmptyState("", "")
        self.empty.button.clicked.connect(self.go_train)
        self.empty_card = Card()
        self.empty_card.body.addWidget(self.empty)
        self._slow = delay(self, SLOW_MS, self.show_waiting)

    def scroll_results(self, results: QWidget) -> None:
        """Lay out results that scroll, behind the empty state.

        Their bar lies in the page's margin, so that cards end where those of other pages end.
        """
        self.page.layout().setContentsMargins(MARGIN, MARGIN, MARGIN - BAR_WIDTH, MARGIN)
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, BAR_WIDTH, 0)
        beside.addWidget(self.empty_card)
        self.stack.addWidget(holder)
        self.stack.addWidget(results)

    # --- for subclasses -----------------------------------------------------------------------------------------

    def what_it_gives(self) -> tuple[str, str]:
        """Return the heading while nothing is known of runs, and the sentence while there is none."""
        raise NotImplementedError

    def what_to_do(self) -> tuple[str, str]:
        """Return heading and sentence of the empty state while there are runs."""
        raise NotImplementedError

    # --- runs ---------------------------------------------------------------------------------------------------

    def show_runs(self, runs: Sequence[RunInfo]) -> None:
        self.runs_known = True
        self.run_box.set_records(runs)
        self.show_empty()

    def choose_run(self, name: str) -> None:
        self.run_box.set_form_value(name)

    def run_called(self, name: str) -> RunInfo | None:
        return next((record for record in self.run_box.records.records if record.name == name), None)

    def show_run_facts(self, run: RunInfo | None) -> None:
        facts = self.run_box.records.second_line(run) if run is not None else ""
        self.run_facts.setText(facts)
        self.run_facts.setVisible(bool(facts))

    def missing(self) -> str:
        run = self.run_box.record()
        if run is None:
            return tr("Train a run first.") if self.runs_known else tr("Waiting for the list of runs.")
        if run.problem:
            return tr("This run cannot be used: {0}").format(said(run.problem))
        if run.rounds == 0:
            return tr("This run has not finished a round yet.")
        return "" if run.private_parts else self.without_private_parts()

    def without_private_parts(self) -> str:
        """Return why a run that came without its private parts cannot be asked; "" where it can."""
        return tr("This run came without its private parts, which are needed here.")

    def show_empty(self) -> None:
        heading, nothing_yet = self.what_it_gives()
        if not self.runs_known:
            self.empty.say(heading, tr("The list of trained runs appears as soon as the engine is up."))
        elif not self.run_box.records.records:
            self.empty.say(tr("No trained run yet"), nothing_yet, tr("Go to Train"))
        else:
            self.empty.say(*self.what_to_do())

    # --- waiting ------------------------------------------------------------------------------------------------

    def on_started(self) -> None:
        self.bar.setRange(0, 0)
        self.phase.setText("")
        self._slow.start()

    def on_phase(self, event: ev.Phase) -> None:
        self.phase.setText(sentence(event.text))
        self.phase.setVisible(not self.bar.isHidden())

    def on_progress(self, event: ev.Progress) -> None:
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)
        if event.total:
            self.phase.setText(progress(event))
        self.show_waiting()

    def on_finished(self) -> None:
        self._slow.stop()
        self.bar.hide()
        self.phase.hide()

    def show_waiting(self) -> None:
        if self.state.busy:
            self.bar.show()
            self.phase.setVisible(bool(self.phase.text()))
