"""Tables of figures: one row per scorer and K, with intervals, and what competes for the best value."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import QModelIndex, Qt

from gui.widgets.table_models import Column, IntervalRole, RecordTable, RivalRole
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr


def scorer_name(scorer: str, item_view: str) -> str:
    """Return the model with the items it scores with, or a baseline, in words."""
    if scorer != "model":
        names = {"popularity": tr("Popularity"), "lists": tr("The file's lists")}
        return names.get(scorer, scorer.replace("_", " ").capitalize())
    if item_view == "fine-tuned":
        return tr("Model, fine-tuned items")
    return tr("Model, personal items") if item_view == "personal" else tr("Model, global items")


def scorer_tip(scorer: str, item_view: str) -> str:
    if scorer == "popularity":
        return text.help_text("popularity")
    if scorer != "model":
        return ""
    if item_view == "fine-tuned":
        return tr("Every user scores with the items as their own last training left them.")
    if item_view == "personal":
        return tr("Every user scores with the shared items and the personal ones added to them.")
    return tr("Every user scores with the shared item embeddings.")


class FigureTable(RecordTable):
    """A table of figures whose records say who ranked: `scorer`, `item_view` and `k`. Subclasses name the fields."""

    SCORER = 0
    METRICS: tuple[int, ...] = ()  # columns whose best value is worth pointing out
    FIELDS: tuple[str, ...] = ()  # record attributes of the columns after the first

    def cell(self, record: Any, column: int) -> Any:
        if column == self.SCORER:
            return scorer_name(record.scorer, record.item_view)
        value = getattr(record, self.FIELDS[column - 1])
        return "–" if value is None else value

    def tip(self, record: Any, column: int) -> str:
        if column == self.SCORER:
            return scorer_tip(record.scorer, record.item_view)
        interval = self.interval(record, column)
        return tr("95 % interval: {0} to {1}").format(*map(text.metric, interval)) if interval else ""

    def interval(self, record: Any, column: int) -> tuple[float, float] | None:
        """Return the interval of a cell, where it is known."""
        intervals: dict[str, tuple[float, float]] = getattr(record, "intervals", {})
        return intervals.get(self.FIELDS[column - 1]) if column != self.SCORER else None

    def has_values(self, column: int) -> bool:
        return any(not isinstance(self.cell(record, column), str) for record in self.records)

    def rival_key(self, record: Any) -> Any:
        """Return the key of a record: those with the same key compete for the best value."""
        return record.k

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        if role == IntervalRole and index.isValid():
            return self.interval(self.records[index.row()], index.column())
        if role == RivalRole and index.isValid():
            return self.rival_key(self.records[index.row()])
        return super().data(index, role)


class MetricTable(FigureTable):
    """Evaluation figures (fl.runs.records.MetricRow): one row per scorer and K."""

    K, HR, NDCG, MRR, FULL_HR, FULL_NDCG, FULL_MRR = range(1, 8)
    METRICS = (HR, NDCG, MRR, FULL_HR, FULL_NDCG, FULL_MRR)
    FIELDS = ("k", "hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")

    def make_columns(self) -> list[Column]:
        hr, ndcg, mrr = (text.help_text(name) for name in ("hr", "ndcg", "mrr"))
        return [
            Column(tr("Ranked by")),
            Column(tr("K"), tr("Length of the list that is looked at."), numeric=True),
            Column(tr("HR@K"), hr, numeric=True),
            Column(tr("NDCG@K"), ndcg, numeric=True),
            Column(tr("MRR@K"), mrr, numeric=True),
            Column(tr("Full HR"), hr, numeric=True),
            Column(tr("Full NDCG"), ndcg, numeric=True),
            Column(tr("Full MRR"), mrr, numeric=True),
        ]


class GroupTable(FigureTable):
    """Figures for groups of users (fl.runs.records.GroupRow)."""

    GROUP, USERS, K, HR, NDCG, FULL_HR, FULL_NDCG = range(1, 8)
    METRICS = (HR, NDCG, FULL_HR, FULL_NDCG)
    FIELDS = ("label", "n_users", "k", "hr", "ndcg", "full_hr", "full_ndcg")

    def make_columns(self) -> list[Column]:
        hr, ndcg = (text.help_text(name) for name in ("hr", "ndcg"))
        return [
            Column(tr("Ranked by")),
            Column(tr("Group")),
            Column(tr("Users"), numeric=True),
            Column(tr("K"), numeric=True),
            Column(tr("HR@K"), hr, numeric=True),
            Column(tr("NDCG@K"), ndcg, numeric=True),
            Column(tr("Full HR"), hr, numeric=True),
            Column(tr("Full NDCG"), ndcg, numeric=True),
        ]

    def cell(self, record: Any, column: int) -> Any:
        if column == self.GROUP:
            return tr("{kind}: {group}").format(kind=tr(record.kind), group=said(record.label))
        return super().cell(record, column)

    def rival_key(self, record: Any) -> Any:
        return record.k, record.kind, record.label


class ReachTable(FigureTable):
    """The items that scorers show to users (fl.runs.records.ReachRow)."""

    K, COVERAGE, NOVELTY, PERCENTILE, GINI = range(1, 6)
    METRICS = ()
    FIELDS = ("k", "coverage", "novelty", "popularity_percentile", "gini")

    def make_columns(self) -> list[Column]:
        return [
            Column(tr("Ranked by")),
            Column(tr("K"), numeric=True),
            Column(tr("Coverage"), tr("Share of all items that anybody is shown."), numeric=True),
            Column(tr("Novelty"), tr("In bits: how rare the shown items are."), numeric=True),
            Column(
                tr("Popularity"),
                tr("Mean popularity of the shown items, as a percentile: 50 for random lists, 100 for bestsellers."),
                numeric=True,
            ),
            Column(
                tr("Gini"),
                tr("How unevenly items are shown: 0 all alike, 1 one item for everybody."),
                numeric=True,
            ),
        ]
