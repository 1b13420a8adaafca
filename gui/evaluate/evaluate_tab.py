"""The Evaluate tab: figures of a run beside popularity, with everything that makes them comparable."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import EvaluateCommand
from fl.protocol.records import DatasetInfo
from fl.runs.records import Evaluation, RunInfo
from fl.settings.of_jobs import EvaluateSettings
from gui.engine.client import EngineClient
from gui.evaluate.compare_panel import ComparePanel
from gui.evaluate.evaluation_view import EvaluationView
from gui.evaluate.kept_evaluations import KeptEvaluations
from gui.evaluate.lists_panel import ListsPanel
from gui.evaluate.report_export import ReportExport
from gui.evaluate.sweeps_panel import SweepsPanel
from gui.forms.forms import SettingsForm
from gui.preferences import Preferences
from gui.tabs.run_panel import RunPanel
from gui.widgets.message_bar import MessageBar
from gui.widgets.tips import set_tip
from gui.widgets.widgets import SPACE, button, label
from gui.words import text
from gui.words.i18n import tr


class EvaluateTab(RunPanel):
    """A run, the way to measure it, and the figures; comparisons of runs, and reports."""

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(client, tr("Evaluate"), tr("&Start evaluation"), parent)
        self._preferences = preferences
        self.form = SettingsForm(
            EvaluateSettings, ["run", "k", "protocol", "batch_size"], {"run": self.run_box}, parent=self
        )
        self.form.keep_quiet({"run"})
        fields = self.side.fields
        fields.addWidget(self.form.section(["run"]))
        fields.addWidget(self.run_facts)
        fields.addWidget(self.form.section(["k", "batch_size", "protocol"]))
        self.protocol_note = label("", "small", wrap=True)
        fields.addWidget(self.protocol_note)
        fields.addStretch(1)
        self.compare_button = button(tr("Co&mpare runs…"))
        self.compare_button.clicked.connect(self.open_comparison)
        self.report_button, self.report_message = button(""), MessageBar()
        more = QHBoxLayout()
        more.setSpacing(SPACE)
        more.addWidget(self.compare_button, 1)
        more.addWidget(self.report_button, 1)
        self.side.foot.insertWidget(0, self.report_message)
        self.side.foot.addLayout(more)
        self.lists_button = button(tr("&Lists from elsewhere…"))
        set_tip(self.lists_button, tr("Measure the lists of another program on the same split and candidates."))
        self.lists_button.clicked.connect(lambda: self.pages.setCurrentWidget(self.lists))
        self.sweeps_button = button(tr("S&weeps…"))
        set_tip(self.sweeps_button, tr("Trainings with several seeds and settings: mean and deviation."))
        self.sweeps_button.clicked.connect(lambda: self.pages.setCurrentWidget(self.sweeps))
        beside = QHBoxLayout()
        beside.setSpacing(SPACE)
        beside.addWidget(self.lists_button, 1)
        beside.addWidget(self.sweeps_button)
        self.side.foot.addLayout(beside)
        self.report = ReportExport(client, self.report_button, self.report_message, self)

        self.view = EvaluationView()
        self.scroll_results(self.view)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.compare = ComparePanel(client)
        self.compare.back.connect(lambda: self.pages.setCurrentIndex(0))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.compare)
        self.lists = ListsPanel(client, preferences)
        self.lists.back.connect(lambda: self.pages.setCurrentIndex(0))
        self.pages.addWidget(self.lists)
        self.sweeps = SweepsPanel(client)
        self.sweeps.back.connect(lambda: self.pages.setCurrentIndex(0))
        self.pages.addWidget(self.sweeps)
        whole.addWidget(self.pages)

        self.kept = KeptEvaluations(client, self)
        self.kept.known.connect(self._show_kept)
        self._shown: Evaluation | None = None
        self.form.changed.connect(self._on_form)
        self.run_box.picked.connect(self._on_run)
        self.form.set_values(preferences.values("evaluate/settings"))
        self.show_empty()
        self._on_form()

    # --- runs ---------------------------------------------------------------------------------------------------

    def show_runs(self, runs: Sequence[RunInfo]) -> None:
        super().show_runs(runs)
        self.compare.show_runs(runs)
        if self.sweeps.isVisible():
            self.sweeps.refresh()

    def show_datasets(self, datasets: Sequence[DatasetInfo]) -> None:
        """Show a new list of data sets where lists from elsewhere are measured."""
        self.lists.dataset_box.set_records(datasets)

    def set_blocked_by(self, what: str) -> None:
        super().set_blocked_by(what)
        self.lists.set_blocked_by(what)  # which the engine's state has changed for as well

    def start(self) -> None:
        if self.pages.currentWidget() is self.lists:  # by the keys that start what is looked at
            self.lists.start()
        else:
            super().start()

    def choose_run(self, name: str) -> None:
        super().choose_run(name)
        if not self.isVisible():
            self.pages.setCurrentIndex(0)  # whoever comes here next comes for this run

    def open_comparison(self) -> None:
        self.pages.setCurrentIndex(1)
        self.compare.open_with(self.form.value("run"))

    def _on_run(self, run: RunInfo | None) -> None:
        self.show_run_facts(run)
        usable = run is not None and self.run_box.records.usable(run)
        self.report.set_run(run.name if run is not None and usable else "")
        self._on_form()
        self._look_for_kept()

    def _on_form(self) -> None:
        run = self.run_box.record()
        chosen = self.form.value("protocol")
        protocol = chosen or (run.protocol if run is not None else "")
        note = ""
        if protocol == "published":
            note = text.published_warning()
        elif protocol == "leak-free":
            note = tr(
                "Leak-free: the held-out items are sampled as negatives like any other item the user has not rated."
            )
        if run is not None and chosen and chosen != run.protocol:
            note += " " + tr("The run was trained under the {0} protocol.").format(text.protocol_title(run.protocol))
        self.protocol_note.setText(note)
        self.protocol_note.setVisible(bool(note))
        self.refresh()
        kept = self._fitting()
        if kept is not None:
            self._show(kept, kept=True)

    # --- evaluations made before ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._look_for_kept()

    def _look_for_kept(self) -> None:
        """Look for an earlier evaluation of the chosen run, which need not be made again."""
        if self.isVisible() and not self.state.busy:
            self.kept.ask(self.form.value("run"))

    def _fitting(self) -> Evaluation | None:
        run = self.run_box.record()
        return self.kept.fitting(self.form.settings, run.protocol if run is not None else "")

    def _show_kept(self) -> None:
        """Show kept figures of the run on the left, or none: figures on the right belong to that run."""
        kept = self._fitting()
        if self.state.busy:
            return
        if kept is not None:
            self._show(kept, kept=True)
        elif self._shown is not None:
            self._shown = None
            self.stack.setCurrentIndex(0)

    def _show(self, found: Evaluation, *, kept: bool) -> None:
        same = self._shown is not None and self._shown.rows == found.rows and self._shown.settings == found.settings
        if kept and (same or self.state.busy):
            return
        self._shown = found
        self.view.show_evaluation(found, self.run_called(found.settings.run), kept=kept)
        self.stack.setCurrentIndex(1)

    # --- the job ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self.submit(EvaluateCommand(settings=self.form.settings), self._on_evaluated)

    def what_runs(self) -> str:
        return tr('Evaluating "{0}"').format(self.form.value("run"))

    def on_started(self) -> None:
        self.remember()
        self.pages.setCurrentIndex(0)
        super().on_started()

    def _on_evaluated(self, event: ev.Evaluated) -> None:
        self.finish()
        self._show(event.evaluation, kept=False)
        self._look_for_kept()
        self.compare.refresh()

    def what_it_gives(self) -> tuple[str, str]:
        return tr("Evaluation"), tr(
            "Figures come from a trained run. A first one on the demo data takes less than a minute."
        )

    def what_to_do(self) -> tuple[str, str]:
        return (
            tr("Evaluate a run"),
            tr(
                "Choose a run on the left and press Start: hit rate and NDCG on the test items, beside the popularity "
                "baseline on the same candidates."
            ),
        )

    def remember(self) -> None:
        self._preferences.set_values("evaluate/settings", self.form.values())
        self.lists.remember()
