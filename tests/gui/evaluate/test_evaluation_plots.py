"""The plots of an evaluation, from figures made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QImage
from pytestqt.qtbot import QtBot

from fl.runs.records import GroupRow, MetricRow
from gui.evaluate.evaluation_plots import ByKCard, GroupsCard, by_k
from gui.look.theme import colours, theme
from gui.plots.series_plot import LOOKS, Legend, PlotSeries, SeriesPlot
from gui.widgets.widgets import ElidedLabel


def row(scorer: str, k: int, hr: float, **more: Any) -> MetricRow:
    view = "global" if scorer == "model" else ""
    return MetricRow(scorer=scorer, item_view=view, k=k, hr=hr, ndcg=hr / 2, full_hr=hr / 4, full_ndcg=hr / 8, **more)


ROWS = (
    row("model", 10, 0.6, intervals={"hr": (0.5, 0.7)}),
    row("model", 5, 0.4),
    row("popularity", 5, 0.2),
    row("popularity", 10, 0.3),
)


def group(kind: str, label: str, scorer: str, hr: float, k: int = 10) -> GroupRow:
    return GroupRow(
        scorer=scorer,
        item_view="global" if scorer == "model" else "",
        kind=kind,
        label=label,
        n_users=10,
        k=k,
        hr=hr,
        ndcg=hr / 2,
        full_hr=hr / 4,
        full_ndcg=hr / 8,
    )


def test_that_each_scorer_is_a_line_over_the_k_in_order() -> None:
    ks, series = by_k(ROWS, "hr")
    assert ks == [5, 10]
    assert [(one.name, list(one.values)) for one in series] == [
        ("Model, global items", [0.4, 0.6]),
        ("Popularity", [0.2, 0.3]),
    ]
    assert list(series[0].intervals) == [None, (0.5, 0.7)]


def test_that_full_rank_figures_are_one_choice_away(qtbot: QtBot) -> None:
    card = ByKCard()
    qtbot.addWidget(card)
    card.show_rows(ROWS)
    assert list(card.ndcg.series[0].values) == [0.2, 0.3]
    card.ranked.setCurrentIndex(1)
    assert list(card.hr.series[0].values) == pytest.approx([0.1, 0.15])
    names = [one.full_text() for one in card.legend.findChildren(ElidedLabel)]
    assert names[-2:] == ["Model, global items", "Popularity"]


def test_that_a_single_k_says_how_to_get_a_curve(qtbot: QtBot) -> None:
    card = ByKCard()
    qtbot.addWidget(card)
    card.show_rows(ROWS[:1])
    assert "ask for several K" in card.note.full_text()
    card.show_rows(ROWS)
    assert "ask for several K" not in card.note.full_text()


def test_that_the_values_under_the_mouse_are_those_of_the_place(qtbot: QtBot) -> None:
    card = ByKCard()
    qtbot.addWidget(card)
    card.show_rows(ROWS)
    assert "<b>K = 10</b>" in card.hr.readout(1)
    assert "Model, global items 0.6000 (0.500–0.700)" in card.hr.readout(1)
    assert "Popularity 0.2000" in card.hr.readout(0)


def test_that_pointing_shows_the_values_and_leaving_hides_them(qtbot: QtBot) -> None:
    plot = SeriesPlot("a", "K", "K = {0}")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.set_data([5, 10], [PlotSeries("<b>", [0.1, 0.2], LOOKS[0])], even=True)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.axes._on_mouse(QPointF(plot.plot.sceneBoundingRect().center()))
    assert plot.axes._box.isVisible()
    assert "&lt;b&gt;" in plot.axes._box.text()
    plot.axes._on_mouse(QPointF(-5, -5))
    assert not plot.axes._box.isVisible()


def test_that_groups_stand_in_a_plot_for_each_kind(qtbot: QtBot) -> None:
    rows = [
        group("activity", "1 to 9 items", "model", 0.5),
        group("activity", "10 to 99 items", "model", 0.7),
        group("activity", "1 to 9 items", "popularity", 0.4),
        group("gender", "F", "model", 0.6),
        group("gender", "F", "model", 0.9, k=20),
    ]
    card = GroupsCard()
    qtbot.addWidget(card)
    card.show_rows(rows)
    assert list(card.plots) == ["activity", "gender"]
    activity = card.plots["activity"]
    assert activity.places == ["1–9", "10–99"]
    assert [list(one.values) for one in activity.series] == [[0.5, 0.7], [0.4, None]]
    assert list(card.plots["gender"].series[0].values) == [0.6]  # K = 10, where it was asked for
    card.figure.setCurrentIndex(3)
    assert list(activity.series[0].values) == [0.5 / 8, 0.7 / 8]
    assert card.figure.currentText() == "NDCG@10, full rank"


def test_that_looks_differ_by_more_than_colour() -> None:
    assert len({look.dashes for look in LOOKS}) == len(LOOKS)
    assert len({look.symbol for look in LOOKS}) == len(LOOKS)
    assert len({look.filling for look in LOOKS}) == len(LOOKS)


def test_that_plots_and_legends_follow_the_theme(qtbot: QtBot, qapp: Any) -> None:
    plot = SeriesPlot("a", "round", "Round {0}")
    legend = Legend(2)
    for widget in (plot, legend):
        qtbot.addWidget(widget)
    series = [PlotSeries("a", [0.1, None, 0.3], LOOKS[0])]
    plot.set_data([1, 2, 3], series)
    legend.set_series(series)
    light = plot.plot.listDataItems()[0].opts["pen"].color().name()
    theme().apply(qapp, "dark")
    assert plot.plot.listDataItems()[0].opts["pen"].color().name() != light
    plot.say("Nothing yet.")
    assert plot.axes.currentWidget() is plot.axes.words


def test_that_the_ground_of_a_plot_made_in_the_dark_is_light_in_the_light(qtbot: QtBot, qapp: Any) -> None:
    theme().apply(qapp, "dark")
    plot = SeriesPlot("a", "round", "Round {0}")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.set_data([1, 2, 3], [PlotSeries("a", [0.1, 0.2, 0.3], LOOKS[0])])
    with qtbot.waitExposed(plot):
        plot.show()
    corner = (plot.widget.width() - 2, 2)
    assert plot.widget.grab().toImage().pixelColor(*corner).name() == colours().surface
    theme().apply(qapp, "light")
    assert plot.widget.grab().toImage().pixelColor(*corner).name() == colours().surface


def test_that_a_plot_is_saved_as_a_picture_or_says_why_not(qtbot: QtBot, tmp_path: Path) -> None:
    card = ByKCard()
    qtbot.addWidget(card)
    card.show_rows(ROWS)
    card.resize(600, 300)
    card.save_button.save(tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).size() == card.size()
    assert card.message.text() == f"Saved to {tmp_path / 'a.png'}"
    card.save_button.save(tmp_path / "no folder" / "a.png")
    assert "was not saved" in card.message.text()
