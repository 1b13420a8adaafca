"""From a good file to a data set: what is recognised, what is kept, and what the report says."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import threading
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

from data import fetch, readers, registry
from data.errors import CancelledError, DataError, SettingsError, StorageError, UnknownNameError
from data.install import locked
from data.own import times, written_times
from data.own.columns import recognise
from data.own.filters import k_core, repeated
from data.own.importer import import_file, inspect
from data.own.options import ImportOptions
from data.own.store import remove
from data.split import leave_one_out
from tests.data.own.conftest import ROWS, Table

SECOND = 1_700_000_000


def triples(name: str) -> list[tuple[str, str, int]]:
    """(user, item, seconds) of a data set, sorted."""
    read = readers.read(name)
    users, items = read.user_ids[read.user], read.item_ids[read.item]
    return sorted(zip(users, items, read.timestamp.tolist(), strict=True))


# --- recognising --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("userId,movieId,rating,timestamp", {"user": 0, "item": 1, "rating": 2, "timestamp": 3}),
        ("USER_ID,ITEM ID,Stars,Date", {"user": 0, "item": 1, "rating": 2, "timestamp": 3}),
        ("asin,reviewerID,overall,unixReviewTime", {"user": 1, "item": 0, "rating": 2, "timestamp": 3}),
        ("user_id:token,item_id:token,rating:float", {"user": 0, "item": 1, "rating": 2}),
        ("InvoiceNo,StockCode,Description,Customer ID", {"user": 3, "item": 1}),
        ("uid,product,category", {"user": 0, "item": 1, "genres": 2}),
        ("username,user_id,item", {"user": 1, "item": 2}),
        ("用户,商品,评分,时间", {"user": 0, "item": 1, "rating": 2, "timestamp": 3}),
        ("a,b,c", {}),
    ],
)  # fmt: skip
def test_that_columns_are_recognised_by_their_names(header: str, expected: dict[str, int]) -> None:
    assert recognise(header.split(","), header=True) == expected


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "::"])
@pytest.mark.parametrize("header", [True, False])
def test_that_delimiter_and_header_are_found_out(table: Table, delimiter: str, header: bool) -> None:
    head = [delimiter.join(["user", "item", "rating", "timestamp"])] if header else []
    path = table("\n".join(head + [delimiter.join(map(str, row)) for row in ROWS]))
    preview = inspect(path)
    assert (preview.delimiter, preview.header, preview.encoding) == (delimiter, header, "utf-8")
    assert preview.rows[0] == tuple(map(str, ROWS[0]))
    assert not preview.problem
    report = import_file(path, "mine")
    assert triples("mine") == sorted((u, i, t) for u, i, _, t in ROWS)
    assert any("by position" in warning for warning in report.warnings) != header
    assert report.mapping["timestamp"] == ("timestamp" if header else "column 4")


def test_that_the_preview_of_a_table_has_its_rows_and_says_nothing_was_written(
    table: Table, good: str, own_home: Path
) -> None:
    path = table(good)
    preview = inspect(path)
    assert preview.mapping == {name: name for name in ("user", "item", "rating", "timestamp")}
    assert preview.size == len(good)
    assert len(preview.rows) == 20
    assert not own_home.exists()


def test_that_the_person_can_map_columns_by_name_and_by_number(table: Table) -> None:
    rows = [(i, u, t) for u, i, _, t in ROWS]
    path = table(table.of(["Thing", "who", "3"], rows))
    import_file(path, "mine", ImportOptions(user="WHO", item="1", timestamp="3"))
    assert triples("mine") == sorted((u, i, t) for u, i, _, t in ROWS)


def test_that_a_recognised_column_can_be_left_out(table: Table, good: str) -> None:
    report = import_file(table(good), "mine", ImportOptions(timestamp="-"))
    assert report.mapping == {"user": "user", "item": "item", "rating": "rating"}
    assert set(readers.read("mine").timestamp) == {0}
    assert any("order of the rows in the file" in warning for warning in report.warnings)


# --- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        (lambda t: str(t), "seconds"),
        (lambda t: f"{t}.5", "seconds"),
        (lambda t: f" {t} ", "seconds"),
        (lambda t: str(t * 1000 + 7), "milliseconds"),
        (lambda t: str(t * 1_000_000), "microseconds"),
        (lambda t: str(t * 1_000_000_000), "nanoseconds"),
        (lambda t: pd.Timestamp(t, unit="s").strftime("%Y-%m-%d %H:%M:%S"), "ISO text"),
        (lambda t: pd.Timestamp(t, unit="s").strftime("%Y-%m-%dT%H:%M:%SZ"), "ISO text"),
        (lambda t: pd.Timestamp(t + 7200, unit="s").strftime("%Y-%m-%dT%H:%M:%S+02:00"), "ISO text"),
        (lambda t: pd.Timestamp(t, unit="s").strftime("%Y/%m/%d %H:%M:%S"), "ISO text"),
        (lambda t: pd.Timestamp(t, unit="s").isoformat() + ("" if t % 2 else "Z"), "ISO text"),
    ],
    ids=["s", "s.5", "spaces", "ms", "us", "ns", "iso", "isoZ", "iso+02", "slashes", "mixed zones"],
)
def test_that_times_are_understood_in_seconds_and_finer_and_as_iso_text(table: Table, written, unit: str) -> None:  # type: ignore[no-untyped-def]
    rows = [(u, i, written(t)) for u, i, _, t in ROWS]
    report = import_file(table(table.of(["user", "item", "time"], rows)), "mine")
    assert report.time_unit == unit
    assert triples("mine") == sorted((u, i, t) for u, i, _, t in ROWS)


def test_that_days_and_years_before_1970_are_understood(table: Table) -> None:
    rows = [(u, i, f"1969-12-{10 + int(i[1:])}") for u, i, *_ in ROWS]
    report = import_file(table(table.of(["user", "item", "date"], rows)), "mine")
    assert (report.first_time, report.last_time) == ("1969-12-10T00:00:00Z", "1969-12-17T00:00:00Z")
    days = times.settle(written_times.read(pa.array(["20240131", "20240229"]), ""), "")
    assert days.unit == "days as YYYYMMDD"
    assert days.seconds.tolist() == [1_706_659_200, 1_709_164_800]
    unlikely = times.settle(written_times.read(pa.array(["20240131", "20240230"]), ""), "")
    assert unlikely.unit == "seconds"  # there is no 30 February


def test_that_milliseconds_decide_the_order_within_a_second(table: Table) -> None:
    rows = [("a", item, SECOND * 1000 + ms) for item, ms in (("late", 900), ("early", 100), ("mid", 500))]
    rows += [("b", item, SECOND * 1000) for item in ("late", "early", "mid")]
    import_file(table(table.of(["user", "item", "time"], rows)), "mine")
    read = readers.read("mine")
    assert list(read.item_ids[read.item]) == ["early", "mid", "late", "late", "early", "mid"]


def test_that_rows_below_the_threshold_are_dropped_and_counted(table: Table, good: str) -> None:
    report = import_file(table(good), "mine", ImportOptions(min_rating=3))
    kept = [(u, i, t) for u, i, r, t in ROWS if r >= 3]
    assert triples("mine") == sorted(kept)
    assert [drop.rows for drop in report.dropped] == [len(ROWS) - len(kept)]
    assert (report.rating_low, report.rating_high) == (1, 5)


def test_that_titles_and_genres_are_taken_from_the_first_row_that_has_them(table: Table) -> None:
    rows = [
        (u, i, "" if u == "u0" else f"Title {i}, {u}", "a| b |a" if i == "i1" else "['c', 'd']") for u, i, *_ in ROWS
    ]
    report = import_file(table(table.of(["user", "item", "title", "genres"], [*rows, ("u0", "i9", " ", "")])), "mine")
    read = readers.read("mine")
    titles = dict(zip(read.item_ids, read.titles, strict=True))
    assert titles["i2"] == "Title i2, u1"
    assert titles["i9"] == "i9"
    assert report.titles == 8
    genres = dict(zip(read.item_ids, read.genres, strict=True))
    assert (genres["i1"], genres["i2"], genres["i9"]) == (("a", "b"), ("c", "d"), ())


def test_that_spaces_around_ids_are_taken_off_and_told(table: Table) -> None:
    rows = [(f" {u}" if k % 2 else u, f"{i} ", r) for k, (u, i, r, _) in enumerate(ROWS)]
    report = import_file(table(table.of(["user", "item", "rating"], rows)), "mine")
    assert (report.n_users, report.n_items, report.n_rows) == (6, 8, len(ROWS))
    assert any("spaces around" in warning for warning in report.warnings)


# --- repeated rows and k-core ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("keep", "time"), [("first", 5), ("last", 900), ("keep", None)])
def test_that_of_repeated_pairs_the_first_or_last_in_time_is_kept(table: Table, keep: str, time: int | None) -> None:
    rows = [("u1", "i1", 500), ("u1", "i1", 5), *[(u, i, 50) for u, i, *_ in ROWS if (u, i) != ("u1", "i1")]]
    rows.append(("u1", "i1", 900))
    report = import_file(table(table.of(["user", "item", "time"], rows)), "mine", ImportOptions(duplicates=keep))  # type: ignore[arg-type]
    times = [t for u, i, t in triples("mine") if (u, i) == ("u1", "i1")]
    assert times == ([time] if time else [5, 500, 900])
    assert report.n_rows == len(rows) - (2 if time else 0)
    assert report.density == pytest.approx(len(ROWS) / 48)


def naive_core(pairs: set[tuple[int, int]], k_users: int, k_items: int) -> set[tuple[int, int]]:
    """One user or item removed at a time, until nobody is below."""
    while True:
        users, items = [u for u, _ in pairs], [i for _, i in pairs]
        wrong = next((("u", u) for u in users if users.count(u) < k_users), None)
        wrong = wrong or next((("i", i) for i in items if items.count(i) < k_items), None)
        if wrong is None:
            return pairs
        pairs = {(u, i) for u, i in pairs if (u if wrong[0] == "u" else i) != wrong[1]}


@pytest.mark.parametrize("seed", range(20))
def test_that_the_k_core_is_that_of_removing_one_at_a_time(seed: int) -> None:
    random.seed(seed)
    rows = [(random.randrange(12), random.randrange(10)) for _ in range(70)]
    k_users, k_items = random.choice([(1, 3), (3, 1), (3, 3), (4, 5), (9, 9)])
    user, item = (np.array(column, dtype=np.int32) for column in zip(*rows, strict=True))
    core = k_core(user, item, k_users, k_items, ~repeated(user, item, None, "first"))
    expected = naive_core(set(rows), k_users, k_items)
    assert {row for row, kept in zip(rows, core, strict=True) if kept} == expected


def test_that_the_report_names_only_the_sides_of_the_k_core_asked_for(table: Table, good: str) -> None:
    report = import_file(table(good), "mine", ImportOptions(k_core_users=7))
    assert [(drop.reason, drop.rows) for drop in report.dropped] == [("k-core: a user with fewer than 7 items", 18)]


def test_that_a_k_core_without_anybody_is_refused(table: Table, good: str) -> None:
    with pytest.raises(DataError, match="no row is left after the k-core"):
        import_file(table(good), "mine", ImportOptions(k_core_users=100))


# --- the data set ---------------------------------------------------------------------------------------------------


def test_that_the_report_has_the_figures_worked_out_by_hand(table: Table, good: str) -> None:
    report = import_file(table(good), "mine", ImportOptions(title_of_set="My table"))
    # Users 1, 3 and 5 have 6 of 8 items, the others all 8; items 1, 3, 5 and 7 lack one, two, one and two users.
    assert (report.rows_read, report.n_users, report.n_items, report.n_rows) == (42, 6, 8, 42)
    assert report.density == 42 / 48
    assert report.per_user == (6, 6, 7, 8, 8, 8)
    assert report.per_item == (4, 4.75, 5.5, 6, 6, 6)
    assert report.users_train_only == 0
    assert (report.first_time, report.last_time) == ("2023-11-14T22:13:20Z", "2023-11-14T22:14:34Z")
    assert any("42 rows read" in line for line in report.lines())
    assert registry.spec("mine").title == "My table"


def test_that_users_with_few_items_are_counted(table: Table, good: str) -> None:
    report = import_file(table(good + "x,i1,1,1700000000\nx,i2,1,1700000000\ny,i2,1,1700000000\n"), "mine")
    assert report.users_train_only == 2
    assert any(warning.startswith("2 users have fewer than 3 different items") for warning in report.warnings)
    assert leave_one_out(readers.read("mine"), "leak-free", 0).n_train_only_users == 2


def test_that_an_imported_set_is_listed_read_and_removed_like_the_others(
    table: Table, good: str, own_home: Path
) -> None:
    path = table(good)
    assert list(registry.all_specs()) == list(registry.DATASETS)
    report = import_file(path, "Mine-1.0")
    assert list(registry.all_specs()) == [*registry.DATASETS, "Mine-1.0"]
    assert registry.status("Mine-1.0") == "ready"
    assert registry.spec("Mine-1.0").expected_counts("leak-free") == (6, 8, 42)
    read = readers.read("Mine-1.0", "published")
    assert read.fingerprint == report.fingerprint
    assert (np.diff(read.user) >= 0).all()
    assert path.read_text() == good
    with pytest.raises(SettingsError, match="import its file again"):
        fetch.fetch("Mine-1.0")
    with pytest.raises(SettingsError, match="only imported ones"):
        remove("demo")
    remove("Mine-1.0")
    assert sorted(p.name for p in (own_home / "datasets").iterdir() if not p.name.endswith(".lock")) == []
    with pytest.raises(UnknownNameError):
        remove("Mine-1.0")


def test_that_the_data_set_needs_neither_the_file_nor_pickles(table: Table, good: str, own_home: Path) -> None:
    path = table(good)
    import_file(path, "mine")
    path.unlink()
    folder = own_home / "datasets" / "mine"
    assert sorted(p.name for p in folder.iterdir()) == ["about.json", "items.parquet", "rows.parquet", "users.parquet"]
    assert list(pd.read_parquet(folder / "items.parquet").columns) == ["item", "title", "genres"]
    about = json.loads((folder / "about.json").read_text())
    assert about["source"] == str(path)
    assert about["options"] == dataclasses.asdict(ImportOptions())
    assert readers.read("mine").n_rows == len(ROWS)


def test_that_a_data_set_whose_files_were_changed_is_refused(table: Table, good: str, own_home: Path) -> None:
    import_file(table(good), "mine")
    import_file(table(good), "other", ImportOptions(min_rating=2))
    folder = own_home / "datasets"
    (folder / "mine" / "rows.parquet").write_bytes((folder / "other" / "rows.parquet").read_bytes())
    with pytest.raises(DataError, match="do not belong together"):
        readers.read("mine")
    (folder / "mine" / "rows.parquet").write_bytes(b"PAR1")
    with pytest.raises(DataError, match="missing or damaged"):
        readers.read("mine")


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "\xff", '{"kind": "imported", "version": 9}', '{"kind": "imported", "version": 1}', "gone", "pipe"],
)
@pytest.mark.timeout(60)
def test_that_a_damaged_import_is_listed_and_can_be_removed_or_replaced(
    table: Table, good: str, own_home: Path, damage: str
) -> None:
    path, folder = table(good), own_home / "datasets" / "mine"
    import_file(path, "mine")
    if damage == "gone":
        (folder / "items.parquet").unlink()
    elif damage == "pipe":
        (folder / "about.json").unlink()
        os.mkfifo(folder / "about.json")
    else:
        (folder / "about.json").write_bytes(damage.encode("latin-1"))
    assert registry.all_specs()["mine"].reader == registry.IMPORTED
    assert registry.status("mine") == "damaged"
    for read in (readers.read, registry.need_ready):
        with pytest.raises(DataError, match=r"missing or damaged\. Import the file again .*or remove"):
            read("mine")
    with pytest.raises(SettingsError, match="replace it"):
        import_file(path, "mine")
    import_file(path, "mine", ImportOptions(replace=True))
    assert registry.status("mine") == "ready"
    (folder / "about.json").unlink()
    remove("mine")
    assert "mine" not in registry.all_specs()
    (folder / "sub").mkdir(parents=True)
    assert "mine" not in registry.all_specs()  # a folder of anybody's


def test_that_parquet_is_read_with_numbers_times_and_lists(table: Table) -> None:
    frame = pd.DataFrame(ROWS, columns=["user", "item", "rating", "timestamp"])
    frame["user"] = frame["user"].str[1:].astype(float)  # what pandas makes of whole numbers with a gap
    frame["timestamp"] = pd.to_datetime(frame["timestamp"], unit="s")
    frame["genres"] = [["x", "y"]] * len(frame)
    frame.loc[len(frame)] = [np.nan, "i1", 3.0, pd.Timestamp(0), ["x"]]
    path = table.folder / "table.parquet"
    frame.to_parquet(path, index=False)
    preview = inspect(path)
    assert (preview.kind, preview.columns) == ("parquet", ("user", "item", "rating", "timestamp", "genres"))
    report = import_file(path, "mine", ImportOptions(min_rating=2))
    assert triples("mine") == sorted((u[1:], i, t) for u, i, r, t in ROWS if r >= 2)
    assert report.dropped[0].reason == "no user"
    assert readers.read("mine").genres[0] == ("x", "y")


def test_that_the_same_rows_give_the_same_data_set_from_any_format(table: Table, good: str) -> None:
    frame = pd.DataFrame(ROWS, columns=["user", "item", "rating", "timestamp"])
    frame.to_parquet(table.folder / "t.parquet")
    paths = [table(good), table(good.replace(",", "\t"), "t.tsv"), table.folder / "t.parquet"]
    found = {import_file(path, "mine", ImportOptions(replace=True)).fingerprint for path in paths}
    assert len(found) == 1


def test_that_a_cancel_leaves_nothing(table: Table, good: str, own_home: Path) -> None:
    path = table(good * 1)
    for calls in range(1, 6):
        left = iter(range(calls))
        with pytest.raises(CancelledError):
            import_file(path, "mine", cancelled=lambda left=left: next(left, None) is None)  # type: ignore[misc]
        assert not (own_home / "datasets" / "mine").exists()


def test_that_progress_ends_at_the_size_of_the_file(table: Table, good: str) -> None:
    path = table(good)
    seen: list[tuple[int, int]] = []
    import_file(path, "mine", progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(good), len(good))
    assert seen == sorted(seen)


def test_that_two_imports_of_one_name_do_not_meet(table: Table, good: str) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with locked("mine"):
            held.set()
            done.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(20)
    try:
        with pytest.raises(StorageError, match="import or removal of mine is under way"):
            import_file(table(good), "mine")
    finally:
        done.set()
        thread.join()


def test_that_a_full_disk_leaves_nothing(
    table: Table, good: str, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.own.store.os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        import_file(table(good), "mine")
    assert [p.name for p in (own_home / "datasets").iterdir()] == [".mine.lock"]


# Any text but what cannot stand in a file (surrogates, zero bytes); ids are stripped of spaces on import.
odd_text = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=12)
odd_id = odd_text.map(str.strip).filter(bool)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    users=st.lists(odd_id, min_size=2, max_size=5, unique=True),
    items=st.lists(st.tuples(odd_id, odd_text), min_size=3, max_size=6, unique_by=lambda pair: pair[0]),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-16", "gb18030"]),
)
def test_that_odd_ids_and_titles_survive_writing_importing_and_reading(
    table: Table, users: list[str], items: list[tuple[str, str]], delimiter: str, encoding: str
) -> None:
    rows = [(user, item, title) for user in users for item, title in items]
    path = table(table.of(["user", "item", "title"], rows, delimiter, quote_all=True).encode(encoding))
    options = ImportOptions(delimiter=delimiter, encoding=encoding, header=True, replace=True)
    import_file(path, "odd", options)
    read = readers.read("odd")
    assert list(read.user_ids) == users
    assert list(read.item_ids) == [item for item, _ in items]
    assert list(read.titles) == [title.strip() or item for item, title in items]
    assert read.n_rows == len(rows)
