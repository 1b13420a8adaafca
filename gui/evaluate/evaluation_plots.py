"""The plots of an evaluation: figures by K with intervals, and groups of users side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtWidgets import QHBoxLayout, QWidget

from fl.runs.records import GroupRow, MetricRow
from gui.evaluate.figure_tables import scorer_name
from gui.plots.series_plot import BASELINE, LOOKS, Legend, Look, PlotSeries, SeriesPlot
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.message_bar import MessageBar
from gui.widgets.save_picture import SavePicture
from gui.widgets.tips import set_tip
from gui.widgets.widgets import MARGIN, SPACE, Card, ElidedLabel, clear_layout, label
from gui.words import text
from gui.words.i18n import tr


def look_of(scorer: str, number: int) -> Look:
    """Return how a scorer is drawn: baselines quiet, models and lists by their number."""
    return LOOKS[number % len(LOOKS)] if scorer in ("model", "lists") else BASELINE


def by_k(rows: Sequence[MetricRow], key: str) -> tuple[list[int], list[PlotSeries]]:
    """Return the K that were asked for, and a series for each scorer that the figure applies to."""
    ks = sorted({row.k for row in rows})
    series = []
    for number, (scorer, view) in enumerate(dict.fromkeys((row.scorer, row.item_view) for row in rows)):
        found = {row.k: row for row in rows if (row.scorer, row.item_view) == (scorer, view)}
        if all(getattr(row, key) is None for row in found.values()):
            continue
        series.append(
            PlotSeries(
                scorer_name(scorer, view),
                [getattr(found[k], key) if k in found else None for k in ks],
                look_of(scorer, number),
                [found[k].intervals.get(key) if k in found else None for k in ks],
            )
        )
    return ks, series


class ByKCard(Card):
    """A card of HR and NDCG against K, with the popularity line and interval bars; sampled or full rank."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: tuple[MetricRow, ...] = ()
        self.head.addWidget(label(tr("Figures by K"), "h3"))
        self.head.addStretch(1)
        self.ranked = ChoiceBox()
        self.ranked.addItem(tr("Among 99 others (sampled)"), "")
        self.ranked.addItem(tr("Among all items (full rank)"), "full_")
        self.ranked.setAccessibleName(tr("Ranked among"))
        set_tip(self.ranked, tr("What the held-out item is ranked among."))
        self.ranked.currentIndexChanged.connect(self._show)
        self.head.addWidget(self.ranked)
        self.message = MessageBar()
        self.save_button = SavePicture(self, "figures-by-k", self.message)
        self.head.addWidget(self.save_button)
        self.body.addLayout(self.head)
        self.body.addWidget(self.message)
        self.note = ElidedLabel("small")
        self.body.addWidget(self.note)
        self.legend = Legend(2)
        self.body.addWidget(self.legend)
        plots = QHBoxLayout()
        plots.setSpacing(MARGIN)
        at = tr("K = {0}")
        self.hr = SeriesPlot("HR@K", "K", at, tip=text.help_text("hr"))
        self.ndcg = SeriesPlot("NDCG@K", "K", at, tip=text.help_text("ndcg"))
        for plot in (self.hr, self.ndcg):
            plots.addWidget(plot, 1)
        self.body.addLayout(plots)

    def show_rows(self, rows: Sequence[MetricRow]) -> None:
        self._rows = tuple(rows)
        first = [row for row in rows if row.scorer == rows[0].scorer]
        if all(row.hr is None for row in first):  # of lists that say nothing of the candidates
            self.ranked.setCurrentIndex(1)
        elif all(row.full_hr is None for row in first):
            self.ranked.setCurrentIndex(0)
        one = len({row.k for row in rows}) == 1
        self.note.setText(
            tr("Bars: 95 % intervals over users. For a curve, ask for several K, such as 5, 10, 20.")
            if one
            else tr("Bars: 95 % intervals over users.")
        )
        self._show()

    def _show(self) -> None:
        prefix = self.ranked.currentData()
        for plot, key in ((self.hr, "hr"), (self.ndcg, "ndcg")):
            ks, series = by_k(self._rows, prefix + key)
            plot.set_data(ks, series, even=True)
            self.legend.set_series(series)


class GroupsCard(Card):
    """A card with one figure for each group of users and scorer, to see whether everybody gets good recommendations."""

    METRICS = (("hr", "HR"), ("ndcg", "NDCG"), ("full_hr", "HR"), ("full_ndcg", "NDCG"))

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: tuple[GroupRow, ...] = ()
        self.head.addWidget(label(tr("Fairness: groups of users"), "h3"))
        self.head.addStretch(1)
        self.figure = ChoiceBox()
        self.figure.setAccessibleName(tr("Figure"))
        self.head.addWidget(self.figure)
        self.message = MessageBar()
        self.save_button = SavePicture(self, "groups", self.message)
        self.head.addWidget(self.save_button)
        self.body.addLayout(self.head)
        self.body.addWidget(self.message)
        self.body.addWidget(
            label(
                tr("Bars of equal height: everybody is served alike. Activity: quarters by number of train items."),
                "small",
                wrap=True,
            )
        )
        self.legend = Legend(2, bars=True)
        self.body.addWidget(self.legend)
        self._row = QHBoxLayout()
        self._row.setSpacing(SPACE)
        self.body.addLayout(self._row)
        self.plots: dict[str, SeriesPlot] = {}
        self.figure.currentIndexChanged.connect(self._show)

    def show_rows(self, rows: Sequence[GroupRow]) -> None:
        """Show the groups, at the middle one of the K asked for."""
        ks = sorted({row.k for row in rows})
        k = 10 if 10 in ks else ks[len(ks) // 2] if ks else 0
        self._rows = tuple(row for row in rows if row.k == k)
        chosen = self.figure.currentIndex()
        first = [row for row in self._rows if row.scorer == self._rows[0].scorer]
        known = [
            place for place, (key, _) in enumerate(self.METRICS) if any(getattr(row, key) is not None for row in first)
        ]
        if known and chosen not in known:
            chosen = known[0]
        self.figure.blockSignals(True)
        self.figure.clear()
        for key, name in self.METRICS:
            full = key.startswith("full_")
            self.figure.addItem(tr("{figure}, full rank").format(figure=f"{name}@{k}") if full else f"{name}@{k}", key)
        self.figure.setCurrentIndex(max(0, chosen))
        self.figure.blockSignals(False)
        clear_layout(self._row)
        self.plots = {}
        for kind in dict.fromkeys(row.kind for row in self._rows):
            groups = len({row.label for row in self._rows if row.kind == kind})
            self.plots[kind] = SeriesPlot(tr(kind).capitalize(), "", "{0}", bars=True)
            self._row.addWidget(self.plots[kind], 1 + groups)
        self._show()

    def _show(self) -> None:
        key = self.figure.currentData()
        top = max((value for row in self._rows if (value := getattr(row, key)) is not None), default=0.0)
        for kind, plot in self.plots.items():
            rows = [row for row in self._rows if row.kind == kind]
            labels = list(dict.fromkeys(row.label for row in rows))
            series = []
            for number, (scorer, view) in enumerate(dict.fromkeys((row.scorer, row.item_view) for row in rows)):
                found = {row.label: row for row in rows if (row.scorer, row.item_view) == (scorer, view)}
                values = [getattr(found[one], key) if one in found else None for one in labels]
                if any(value is not None for value in values):
                    series.append(PlotSeries(scorer_name(scorer, view), values, look_of(scorer, number)))
            plot.top = top
            plot.set_data([short(one) for one in labels], series)
            self.legend.set_series(series)


def short(group: str) -> str:
    """Return a group's label for an axis, where room is scarce: "35 to 53 items" is 35–53."""
    return group.removesuffix(" items").replace(" to ", "–").replace(" and over", "+").replace("under ", "<")
