"""The Evaluate tab: how good is a run, beside popularity, with everything that makes the figures comparable."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from fl import events as ev
from fl.config import EvaluateSettings
from gui import text
from gui.delegates import MetricDelegate
from gui.engine_client import EngineClient
from gui.engine_texts import progress, sentence
from gui.forms import SettingsForm
from gui.i18n import tr
from gui.job_panel import JobPanel
from gui.pickers import RunBox
from gui.preferences import Preferences
from gui.result_table import ResultTable
from gui.table_models import FigureTable, GroupTable, MetricTable, ReachTable
from gui.widgets import (
    BAR_WIDTH,
    MARGIN,
    SPACE,
    Card,
    ElidedLabel,
    EmptyState,
    Figure,
    MessageBar,
    VerticalScrollArea,
    clear_layout,
    label,
    page,
)

USUAL_K = 10
COMPACT_WIDTH = 720


class EvaluateTab(JobPanel):
    """Signals:
    go_train: there is no run yet and the person wants to make one.
    """

    go_train = pyqtSignal()

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(
            client,
            tr("Evaluate"),
            tr("&Start evaluation"),
            parent,
        )
        self._preferences = preferences
        self._runs_known = False
        self.run_box = RunBox()
        self.form = SettingsForm(
            EvaluateSettings, ["run", "k", "protocol", "batch_size"], {"run": self.run_box}, parent=self
        )
        self.form.keep_quiet({"run"})
        self.run_facts = label("", "small", wrap=True)
        fields = self.side.fields
        fields.addWidget(self.form.section(["run"]))
        fields.addWidget(self.run_facts)
        fields.addWidget(self.form.section(["k", "batch_size", "protocol"]))
        self.protocol_note = label("", "small", wrap=True)
        fields.addWidget(self.protocol_note)
        fields.addStretch(1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Working"))
        self.phase = label("", "small", wrap=True)
        self.side.foot.insertWidget(0, self.phase)
        self.side.foot.insertWidget(1, self.bar)
        self.bar.hide()
        self.phase.hide()

        self._page, column = page(self.side)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.empty = EmptyState("", "")
        self.empty.button.clicked.connect(self.go_train)
        empty_card = Card()
        empty_card.body.addWidget(self.empty)
        # The results scroll; their bar lies in the page's margin, so that cards end where those of other pages end.
        self._page.layout().setContentsMargins(MARGIN, MARGIN, MARGIN - BAR_WIDTH, MARGIN)
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, BAR_WIDTH, 0)
        beside.addWidget(empty_card)
        self.stack.addWidget(holder)
        self.stack.addWidget(self._build_result())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(300)
        self._slow.timeout.connect(self._show_waiting)
        self.form.changed.connect(self._on_form)
        self.run_box.picked.connect(self._on_run)
        self.form.set_values(preferences.values("evaluate/settings"))
        self._show_empty()
        self._on_form()

    def _build_result(self) -> QWidget:
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MARGIN)
        summary = Card()
        self.headline = label("", "h1", wrap=True)
        self.sub = label("", "muted", wrap=True)
        summary.body.addWidget(self.headline)
        summary.body.addWidget(self.sub)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        hr, ndcg = text.help_text("hr"), text.help_text("ndcg")
        self.figures = [Figure("HR", hr), Figure("NDCG", ndcg), Figure("HR", hr), Figure("NDCG", ndcg)]
        for figure in self.figures:
            row.addWidget(figure, 1)
        summary.body.addSpacing(2)
        summary.body.addLayout(row)
        self.warning = MessageBar()
        summary.body.addWidget(self.warning)
        column.addWidget(summary)
        self.table = ResultTable(
            MetricTable(self), empty_text=tr("No figures."), file_name="evaluation", filtering=False
        )
        self.groups = ResultTable(GroupTable(self), empty_text="", file_name="groups", filtering=False)
        self.reach = ResultTable(ReachTable(self), empty_text="", file_name="reach", filtering=False)
        for table, samples in (
            (self.table, {MetricTable.K: "100"} | dict.fromkeys(MetricTable.METRICS, "0.000–0.0")),
            (
                self.groups,
                {GroupTable.USERS: "10,000", GroupTable.K: "100"} | dict.fromkeys(GroupTable.METRICS, "0.000"),
            ),
            (self.reach, {ReachTable.K: "100"} | dict.fromkeys(range(2, 6), "100.000")),
        ):
            table.view.setItemDelegate(MetricDelegate(table.view))
            table.column_widths(
                {FigureTable.SCORER: 1} | ({GroupTable.GROUP: 1} if table is self.groups else {}), samples
            )
            table.view.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        # On small screens the least asked-for columns make room for the names; copying and exporting have all.
        self.table.make_compact_below(COMPACT_WIDTH, [MetricTable.MRR, MetricTable.FULL_MRR])
        self.groups.make_compact_below(COMPACT_WIDTH, [GroupTable.FULL_HR, GroupTable.FULL_NDCG])
        self.facts_card = Card(tr("How these figures were made"))
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(MARGIN)
        self.facts.setVerticalSpacing(6)
        self.facts_card.body.addLayout(self.facts)
        for card in (self.table, self.facts_card, self.groups, self.reach):
            column.addWidget(card)
        column.addStretch(1)
        return VerticalScrollArea(result)

    # --- runs ---------------------------------------------------------------------------------------------------

    def show_runs(self, runs: Sequence[ev.RunInfo]) -> None:
        self._runs_known = True
        self.run_box.set_records(runs)
        self._show_empty()

    def choose_run(self, name: str) -> None:
        self.run_box.set_form_value(name)

    def _on_run(self, run: ev.RunInfo | None) -> None:
        facts = self.run_box.records.second_line(run) if run is not None else ""
        self.run_facts.setText(facts)
        self.run_facts.setVisible(bool(facts))
        self._on_form()

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

    # --- the job ------------------------------------------------------------------------------------------------

    def command(self, job: str) -> ev.EvaluateCommand:
        return ev.EvaluateCommand(job=job, settings=self.form.settings)

    def what_runs(self) -> str:
        return tr('Evaluating "{0}"').format(self.form.value("run"))

    def missing(self) -> str:
        run = self.run_box.record()
        if run is None:
            return tr("Train a run first.") if self._runs_known else tr("Waiting for the list of runs.")
        if run.problem:
            return tr("This run cannot be used: {0}").format(run.problem)
        if run.rounds == 0:
            return tr("This run has not finished a round yet.")
        return ""

    def on_started(self) -> None:
        self._preferences.set_values("evaluate/settings", self.form.values())
        self.bar.setRange(0, 0)
        self.phase.setText("")
        self._slow.start()

    def on_phase(self, event: ev.Phase) -> None:
        self.phase.setText(sentence(event.text))
        self.phase.setVisible(self.bar.isVisible())

    def on_progress(self, event: ev.Progress) -> None:
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)
        if event.total:
            self.phase.setText(progress(event))

    def on_evaluation(self, event: ev.Evaluation) -> None:
        self.finish()
        run = next((record for record in self.run_box.records.records if record.name == event.settings.run), None)
        self.headline.setText(event.settings.run)
        parts = [tr("{0} protocol").format(text.protocol_title(event.protocol))]
        if run is not None:
            parts = [text.model_title(run.model), text.dataset_title(run.dataset), *parts]
        parts.append(tr("%Ln users tested, each on one held-out item", n=event.n_users))
        self.sub.setText(" · ".join(parts))
        self._show_figures(event)
        if event.protocol == "published":
            self.warning.show_message("warning", text.published_warning(), closable=False)
        elif event.warning:
            self.warning.show_message("warning", sentence(event.warning), closable=False)
        else:
            self.warning.clear()
        self._show_tables(event)
        self._show_facts(event, run)
        self.stack.setCurrentIndex(1)

    def _show_tables(self, event: ev.Evaluation) -> None:
        headings = (
            (
                self.table,
                # What competes stands together: by K first.
                tuple(sorted(event.rows, key=lambda row: row.k)),
                tr("Figures"),
                tr("HR, NDCG, MRR: the held-out item among 99 others. Full: among all items. Small: 95 % intervals."),
            ),
            (
                self.groups,
                event.groups,
                tr("By group of users"),
                tr("Does everybody get good recommendations?"),
            ),
            (self.reach, event.reach, tr("What is shown"), tr("How much of the catalogue, and how popular.")),
        )
        for table, records, heading, sub in headings:
            table.setVisible(bool(records))
            table.set_heading(heading, sub)
            table.model.set_records(records)
            model = table.model
            assert isinstance(model, FigureTable)
            for column in model.METRICS:
                table.set_column_wanted(column, model.has_values(column))
            table.set_lines(2 if any(getattr(record, "intervals", None) for record in records) else 1)
            table.fit_rows(len(records))

    def _show_figures(self, event: ev.Evaluation) -> None:
        """The figures of the usual K, in the view users of this protocol score with, beside popularity."""
        cut_offs = {row.k for row in event.rows}
        k = USUAL_K if USUAL_K in cut_offs else min(cut_offs, default=0)
        models = [row for row in event.rows if row.scorer == "model" and row.k == k]
        usual = models[0] if models else None  # the model's own view comes first
        published = event.protocol == "published"
        model = next((row for row in models if published and row.item_view == "fine-tuned"), usual)
        base = next((row for row in event.rows if row.scorer == "popularity" and row.k == k), None)
        names = (
            f"HR@{k}",
            f"NDCG@{k}",
            tr("HR@{0}, full rank").format(k),
            tr("NDCG@{0}, full rank").format(k),
        )
        keys = ("hr", "ndcg", "full_hr", "full_ndcg")
        for figure, name, key in zip(self.figures, names, keys, strict=True):
            value = getattr(model, key) if model is not None else None
            note = ""
            if base is not None and value is not None:
                rival = getattr(base, key)
                note = tr("popularity {0}\n{1}").format(text.metric(rival), text.signed(value - rival))
            figure.set_title(name)
            figure.set(text.metric(value), note)

    def _show_facts(self, event: ev.Evaluation, run: ev.RunInfo | None) -> None:
        clear_layout(self.facts)
        facts = [
            (tr("Protocol"), text.protocol_title(event.protocol)),
            (tr("Best round"), str(event.best_round)),
            (tr("Seed"), str(event.seed)),
            (tr("Users tested"), text.number(event.n_users)),
            (tr("K"), ", ".join(str(k) for k in event.settings.k)),
            (tr("Batch size"), text.number(event.settings.batch_size)),
            (tr("Data fingerprint"), event.fingerprint),
        ]
        if run is not None:
            facts[:0] = [
                (tr("Data set"), text.dataset_title(run.dataset)),
                (tr("Model"), text.model_title(run.model)),
                (tr("Trained"), text.date_time(run.created)),
                (tr("Parties"), str(run.parties)),
            ]
        per_column = (len(facts) + 2) // 3
        for i, (name, value) in enumerate(facts):
            column, row = 2 * (i // per_column), i % per_column
            self.facts.addWidget(label(name, "small"), row, column)
            shown = ElidedLabel()
            shown.setText(value)
            self.facts.addWidget(shown, row, column + 1)
            self.facts.setColumnStretch(column + 1, 1)

    def on_finished(self) -> None:
        self._slow.stop()
        self.bar.hide()
        self.phase.hide()

    def _show_waiting(self) -> None:
        if self.state.busy:
            self.bar.show()
            self.phase.setVisible(bool(self.phase.text()))

    def _show_empty(self) -> None:
        if not self._runs_known:
            self.empty.say(tr("Evaluation"), tr("The list of trained runs appears as soon as the engine is up."))
        elif not self.run_box.records.records:
            self.empty.say(
                tr("No trained run yet"),
                tr("Figures come from a trained run. A first one on the demo data takes about a minute."),
                tr("Go to Train"),
            )
        else:
            self.empty.say(
                tr("Evaluate a run"),
                tr(
                    "Choose a run on the left and press Evaluate: hit rate and NDCG on the test items, beside "
                    "the popularity "
                    "baseline on the same candidates."
                ),
            )

    def remember(self) -> None:
        self._preferences.set_values("evaluate/settings", self.form.values())
