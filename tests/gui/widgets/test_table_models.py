"""Item models without views, checked by Qt's own model tester as well."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PyQt5.QtWidgets import QStyleOptionViewItem
from pytestqt.modeltest import ModelTester

from fl.protocol.records import HistoryItem, RankedItem, UserInfo
from fl.runs.records import MetricRow, RunInfo
from gui.evaluate.figure_tables import MetricTable
from gui.recommend.item_tables import HistoryTable, RecommendationTable
from gui.widgets.delegates import CellDelegate
from gui.widgets.picker_models import DatasetModel, RunModel, UserModel
from gui.widgets.table_models import (
    RecordRole,
    SortProxy,
    SortRole,
    StateRole,
    rows_as_text,
)

ITEMS = (
    RankedItem(rank=1, item="7", title="Zebra", genres=("Drama", "War"), score=0.9123456789),
    RankedItem(rank=2, item="8", title="apple", genres=(), score=0.5),
    RankedItem(rank=10, item="9", title="Mango 芒果", genres=("Comedy",), score=0.25),
)
HISTORY = (
    HistoryItem(item="1", title="Late", genres=("Drama",), timestamp=1_700_000_500),
    HistoryItem(item="2", title="Same day", genres=(), timestamp=1_700_000_100),
    HistoryItem(item="3", title="No date", genres=(), timestamp=0),
)
ROWS = (
    MetricRow(scorer="model", item_view="global", k=10, hr=0.6, ndcg=0.35, full_hr=0.2, full_ndcg=0.1),
    MetricRow(scorer="popularity", item_view="", k=10, hr=0.4, ndcg=0.25, full_hr=0.1, full_ndcg=0.05),
)
RUN = RunInfo(
    name="r1", dataset="demo", model="pfedrec", protocol="published", created="2026-11-20T09:30:00Z", state="done",
    rounds=5, epochs=10, parties=2, metrics={"hr@10": 0.61234},
)  # fmt: skip
BROKEN = RUN.model_copy(update={"problem": "written by another version", "metrics": {}})


@pytest.mark.parametrize(
    ("model", "records"),
    [
        (RecommendationTable(), ITEMS),
        (HistoryTable(), HISTORY),
        (MetricTable(), ROWS),
        (RunModel(), (RUN, BROKEN)),
        (UserModel(), (UserInfo(id="1", n_items=3),)),
        (DatasetModel(), ()),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, QObject) else "",
)
def test_that_qt_finds_no_fault_with_the_model(qtmodeltester: ModelTester, model: Any, records: Any) -> None:
    qtmodeltester.check(model)
    model.set_records(records)
    qtmodeltester.check(model)
    assert model.rowCount() == len(records)
    model.set_records(())
    assert model.rowCount(QModelIndex()) == 0


def column(model: QAbstractItemModel, number: int) -> list[Any]:
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_that_numbers_stay_numbers_and_the_record_comes_back() -> None:
    table = RecommendationTable()
    table.set_records(ITEMS)
    assert column(table, table.SCORE) == [0.9123456789, 0.5, 0.25]
    assert column(table, table.RANK) == [1, 2, 10]
    assert table.index(1, 0).data(RecordRole) is ITEMS[1]
    assert table.index(0, table.GENRES).data(Qt.ToolTipRole) == "Drama, War"


def test_that_ranks_sort_as_numbers_and_titles_without_regard_to_case() -> None:
    table = RecommendationTable()
    table.set_records(ITEMS)
    proxy = SortProxy(table)
    proxy.sort(table.RANK, Qt.DescendingOrder)
    assert column(proxy, table.RANK) == [10, 2, 1]
    proxy.sort(table.TITLE, Qt.AscendingOrder)
    assert column(proxy, table.TITLE) == ["apple", "Mango 芒果", "Zebra"]


def test_that_the_filter_looks_into_every_column() -> None:
    table = RecommendationTable()
    table.set_records(ITEMS)
    proxy = SortProxy(table)
    proxy.setFilterFixedString("comedy")
    assert column(proxy, table.TITLE) == ["Mango 芒果"]
    proxy.setFilterFixedString("芒果")
    assert proxy.rowCount() == 1


def test_that_the_history_sorts_by_the_second_and_leaves_unknown_dates_empty() -> None:
    table = HistoryTable()
    table.set_records(HISTORY)
    assert column(table, table.DATE) == ["2023-11-14", "2023-11-14", ""]
    assert [table.index(row, table.DATE).data(SortRole) for row in range(3)] == [1_700_000_500, 1_700_000_100, 0]


def test_that_scorers_are_named_in_words() -> None:
    table = MetricTable()
    table.set_records(ROWS)
    assert column(table, table.SCORER) == ["Model, global items", "Popularity"]


def test_that_copied_rows_carry_headings_and_full_precision() -> None:
    table = RecommendationTable()
    table.set_records(ITEMS)
    assert rows_as_text(table, [0]) == [["Rank", "Title", "Genres", "Score"], ["1", "Zebra", "Drama, War", "0.912346"]]


def test_that_a_run_shows_what_it_is_and_what_is_wrong_with_it() -> None:
    runs = RunModel()
    runs.set_records((RUN, BROKEN))
    assert runs.index(0, 0).data(StateRole) == "HR@10 0.612"
    assert "published protocol" in runs.second_line(RUN)
    assert "round 5 of 10" in runs.second_line(RUN)
    assert runs.usable(RUN)
    assert runs.second_line(BROKEN) == "written by another version"
    assert not runs.usable(BROKEN)


def test_that_the_delegate_formats_floats_only() -> None:
    delegate = CellDelegate()
    locale = QStyleOptionViewItem().locale
    assert delegate.displayText(0.61234, locale) == "0.612"
    assert delegate.displayText(10, locale) == "10"
