"""Results of an evaluation: headline figures, plots, tables, and how they were made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fl.protocol.records import ListsEvaluation
from fl.runs.records import Evaluation, MetricRow, RunInfo
from gui.evaluate.figure_tables import FigureTable, GroupTable, MetricTable, ReachTable
from gui.widgets.delegates import MetricDelegate
from gui.widgets.message_bar import MessageBar
from gui.widgets.pages import ScrolledColumn
from gui.widgets.result_table import Fact, ResultTable, source_facts
from gui.widgets.widgets import MARGIN, SPACE, Card, ElidedLabel, Figure, clear_layout, label
from gui.words import text
from gui.words.engine_texts import sentence
from gui.words.i18n import tr

if TYPE_CHECKING:
    from gui.evaluate.evaluation_plots import ByKCard, GroupsCard

USUAL_K = 10
COMPACT_WIDTH = 720
MOST_ROWS = 12  # of the table of groups


def usual_k(rows: Sequence[MetricRow]) -> int:
    """Return the K whose figures stand at the top: the usual one, else the smallest; 0 without rows."""
    cut_offs = {row.k for row in rows}
    return USUAL_K if USUAL_K in cut_offs else min(cut_offs, default=0)


class EvaluationView(ScrolledColumn):
    """The figures of one run, scrolled as one page. `head` is the line of the run's name, for buttons beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_k: ByKCard | None = None
        self.fairness: GroupsCard | None = None
        self._build()

    def _build(self) -> None:
        summary = Card()
        self.headline = ElidedLabel("h1", Qt.ElideMiddle)
        self.sub = label("", "muted", wrap=True)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE)
        self.head.addWidget(self.headline, 1)
        summary.body.addLayout(self.head)
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
        self.summary = summary
        self.column.addWidget(summary)
        self._plots_place = QVBoxLayout()
        self.column.addLayout(self._plots_place)
        self._groups_place = QVBoxLayout()
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
            if table is not self.groups:
                table.view.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        # On small screens the least asked-for columns make room for the names; copying and exporting have all.
        self.table.make_compact_below(COMPACT_WIDTH, [MetricTable.MRR, MetricTable.FULL_MRR])
        self.groups.make_compact_below(COMPACT_WIDTH, [GroupTable.FULL_HR, GroupTable.FULL_NDCG])
        self.facts_card = Card(tr("How these figures were made"))
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(MARGIN)
        self.facts.setVerticalSpacing(6)
        self.facts_card.body.addLayout(self.facts)
        self.column.addWidget(self.table)
        self.column.addLayout(self._groups_place)
        for card in (self.groups, self.reach, self.facts_card):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def show_evaluation(self, found: Evaluation, run: RunInfo | None, *, kept: bool = False) -> None:
        """Show an evaluation.

        Args:
            run: its run's entry in the list, where it is still there.
            kept: it was made earlier.
        """
        self.headline.setText(found.settings.run)
        parts = [tr("{0} protocol").format(text.protocol_title(found.protocol))]
        if run is not None:
            parts = [text.model_title(run.model), text.dataset_title(run.dataset), *parts]
        parts.append(tr("%Ln users tested, each on one held-out item", n=found.n_users))
        if kept:
            parts.append(tr("as evaluated earlier"))
        self.sub.setText(" · ".join(parts))
        k = usual_k(found.rows)
        models = [row for row in found.rows if row.scorer == "model" and row.k == k]
        usual = models[0] if models else None  # the model's own view comes first
        published = found.protocol == "published"
        model = next((row for row in models if published and row.item_view == "fine-tuned"), usual)
        self.show_figures(found.rows, model)
        if found.warning:
            self.warning.show_message("warning", sentence(found.warning), closable=False)
        else:
            self.warning.clear()
        self.show_rows(found)
        self._show_facts(found, run)

    def show_rows(self, found: Evaluation | ListsEvaluation) -> None:
        """Show plots and tables."""
        self._show_plots(found)
        self._show_tables(found)

    def _show_plots(self, found: Evaluation | ListsEvaluation) -> None:
        if self.by_k is None or self.fairness is None:
            # Only now: importing pyqtgraph costs a third of a second.
            from gui.evaluate.evaluation_plots import ByKCard, GroupsCard

            self.by_k, self.fairness = ByKCard(), GroupsCard()
            self._plots_place.addWidget(self.by_k)
            self._groups_place.addWidget(self.fairness)
        self.by_k.setVisible(bool(found.rows))
        self.by_k.show_rows(found.rows)
        self.fairness.setVisible(bool(found.groups))
        self.fairness.show_rows(found.groups)

    def _show_tables(self, found: Evaluation | ListsEvaluation) -> None:
        headings = (
            (
                self.table,
                # What competes stands together: by K first.
                tuple(sorted(found.rows, key=lambda row: row.k)),
                tr("Figures"),
                tr(
                    "HR (with one held-out item also Recall), NDCG, MRR: among 99 others. Full: among all items. "
                    "Small: 95 % intervals."
                ),
            ),
            (
                self.groups,
                found.groups,
                tr("By group of users"),
                tr("Does everybody get good recommendations?"),
            ),
            (self.reach, found.reach, tr("What is shown"), tr("How much of the catalogue, and how popular.")),
        )
        source: Sequence[Fact] = ()  # lists from elsewhere are of no run
        if isinstance(found, Evaluation):
            source = source_facts(found.settings.run, found.best_round, found.protocol, found.fingerprint)
        for table, records, heading, sub in headings:
            table.setVisible(bool(records))
            table.set_source(source)
            table.set_heading(heading, sub)
            table.model.set_records(records)
            model = table.model
            assert isinstance(model, FigureTable)  # noqa: S101  # for mypy
            for column in model.METRICS:
                table.set_column_wanted(column, model.has_values(column))
            table.set_lines(2 if any(getattr(record, "intervals", None) for record in records) else 1)
            # Many groups scroll within their card: the headings of the columns stay in sight.
            table.fit_rows(min(len(records), MOST_ROWS) if table is self.groups else len(records))

    def show_figures(self, rows: Sequence[MetricRow], model: MetricRow | None) -> None:
        """Show the figures of one row of the usual K, beside popularity."""
        k = usual_k(rows)
        base = next((row for row in rows if row.scorer == "popularity" and row.k == k), None)
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
                if rival is not None:
                    note = tr("popularity {0}\n{1}").format(text.metric(rival), text.beside_popularity(value - rival))
            figure.set_title(name)
            figure.set(text.metric(value), note)

    def _show_facts(self, found: Evaluation, run: RunInfo | None) -> None:
        facts = [
            (tr("Protocol"), text.protocol_title(found.protocol)),
            (tr("Best round"), str(found.best_round)),
            (tr("Seed"), str(found.seed)),
            (tr("Users tested"), text.number(found.n_users)),
            (tr("K"), ", ".join(str(k) for k in found.settings.k)),
            (tr("Batch size"), text.number(found.settings.batch_size)),
            (tr("Data fingerprint"), found.fingerprint),
        ]
        if run is not None:
            facts[:0] = [
                (tr("Data set"), text.dataset_title(run.dataset)),
                (tr("Model"), text.model_title(run.model)),
                (tr("Trained"), text.date_time(run.created)),
                (tr("Parties"), str(run.parties)),
            ]
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show (name, value) pairs below the tables."""
        clear_layout(self.facts)
        for column in range(self.facts.columnCount()):
            self.facts.setColumnStretch(column, 0)
        per_column = (len(facts) + 2) // 3
        for i, (name, value) in enumerate(facts):
            column, row = 2 * (i // per_column), i % per_column
            self.facts.addWidget(label(name, "small", wrap=True), row, column)
            shown = ElidedLabel()
            shown.setText(value)
            self.facts.addWidget(shown, row, column + 1)
            # Room for long values where they are.
            needed = shown.fontMetrics().horizontalAdvance(value)
            self.facts.setColumnStretch(column + 1, max(self.facts.columnStretch(column + 1), needed))
