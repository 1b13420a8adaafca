"""More tables of the kinds that people have, each made of the same rows written in another way."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from data import readers
from data.errors import DataError, SecretRecError, SettingsError
from data.missing import did_you_mean, why_no_user
from data.own import times, written_times
from data.own.importer import import_file, inspect
from data.own.options import ImportOptions
from data.own.report import ImportReport
from data.own.source import QuotedFields
from data.split import leave_one_out
from tests.data.own.conftest import ROWS, Table

START = datetime(2024, 1, 25, 18, 5, tzinfo=timezone.utc)
# A day apart, so that every way to write a time keeps the order; the 13th and later come and so do the 1st to 12th.
DAYS = [START + timedelta(days=place) for place in range(len(ROWS))]


def body(rows: list[tuple[Any, ...]], sign: str = ",") -> str:
    return "".join(sign.join(map(str, row)) + "\n" for row in rows)


def imported(path: Path, **options: Any) -> ImportReport:
    return import_file(path, "t", ImportOptions(**options))


def refused(path: Path, **options: Any) -> DataError:
    with pytest.raises(DataError) as caught:
        imported(path, **options)
    return caught.value


def stored() -> list[tuple[str, str]]:
    """(user, item) in the order of the data set."""
    data = readers.read("t")
    return list(zip(data.user_ids[data.user], data.item_ids[data.item], strict=True))


IN_FILE = [(user, item) for user, item, *_ in ROWS]

# --- headers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row", "found", "sure"),
    [
        ("userId,itemId", lambda u, i: (u, i), True, True),
        ("user_id,2024", lambda u, i: (u, i), False, True),  # a number is no name, unless user and item stand beside it
        ("user,item,2024", lambda u, i: (u, i, 3), True, True),
        ("Kundennummer,Produktname", lambda u, i: (u, i), True, True),
        ("Wer,Was", lambda u, i: (f"Frau {u}", f"Ding {i}"), True, False),
        ("who,what,points", lambda u, i: (u, i, 5 if i != "i3" else "bad"), True, True),
        ("who,what,day", lambda u, i: (u, i, "03/04/2024"), True, True),
        ("Frau u0,Ding i0", lambda u, i: (f"Frau {u}", f"Ding {i}"), False, False),
        ("u0,book", lambda u, i: (u, "book" if i == "i0" else i), False, False),
        ("1,2,5", lambda u, i: (u[1:], i[1:], 5), False, True),
    ],
    ids=[
        *("known", "number", "both", "german", "text above text", "bad cell", "dates", "repeats", "book", "numbers"),
    ],
)
def test_that_names_are_told_from_rows(
    table: Table, header: str, row: Callable[[str, str], tuple[Any, ...]], found: bool, sure: bool
) -> None:
    preview = inspect(table(header + "\n" + body([row(u, i) for u, i, *_ in ROWS])))
    assert (preview.header, preview.header_sure) == (found, sure)
    assert any("was taken for the names" in note for note in preview.notes) == (found and not sure)


def test_that_an_unsure_header_is_settled_by_the_person(table: Table) -> None:
    path = table("Wer,Was\n" + body([(f"Frau {u}", f"Ding {i}") for u, i, *_ in ROWS]))
    assert "columns are Wer, Was" in refused(path).reason
    report = imported(path, user="1", item="2")
    assert (report.n_rows, report.n_users) == (len(ROWS), 6)
    assert imported(path, header=False, replace=True).n_users == 7


def test_that_a_title_stands_for_an_item_without_a_number(table: Table) -> None:
    report = imported(table("Kundennummer,Produktname\n" + body(IN_FILE)))
    assert report.mapping == {"user": "Kundennummer", "item": "Produktname"}
    assert any("its title, 'Produktname', stands for it" in warning for warning in report.warnings)


def test_that_the_column_not_taken_is_named(table: Table) -> None:
    rows = [(u, f"p{i}", i, r) for u, i, r, _ in ROWS]
    report = imported(table("user_id,parent_asin,asin,rating\n" + body(rows)))
    assert report.mapping["item"] == "asin"
    assert "'asin' was taken as the item; 'parent_asin' could be it as well." in report.warnings


def test_that_two_columns_of_time_are_not_guessed_between(table: Table) -> None:
    path = table("user,item,date,date\n" + body([(u, i, t, -t) for u, i, _, t in ROWS]))
    assert "more than one column called 'date'" in refused(path).reason
    assert imported(path, timestamp="4").n_rows == len(ROWS)
    assert imported(path, time_format="none", replace=True).time_unit == ""


def test_that_a_format_of_times_needs_a_column_of_times(table: Table) -> None:
    assert "recognised as the timestamp" in refused(table("user,item\n" + body(IN_FILE)), time_format="mixed").reason


# --- separators, lines in front, encodings --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("Export of 2024-01-31\nuser,item,rating,timestamp\n", "'Export of 2024-01-31'"),
        ("Shop,orders\nby nobody\n\nuser,item,rating,timestamp\n", "'Shop,orders'"),
        ("Export vom Shop\nKundennummer,Produktname,Bewertung,Datum\n", "'Export vom Shop'"),
        ("# a comment, with a comma\n# user numbers are made up\n", "'# a comment, with a comma'"),
        ("% sym unweighted\n% 42 6 8\nuser,item,rating,timestamp\n", "'% sym unweighted'"),
    ],
)
def test_that_lines_in_front_are_skipped_and_told(table: Table, text: str, skipped: str) -> None:
    path = table(text + body(ROWS))
    report = imported(path)
    assert (report.n_rows, stored()) == (len(ROWS), IN_FILE)
    assert any("skipped" in warning and skipped in warning for warning in report.warnings)
    if "user," in text:  # without the header's names, nothing says that the first lines are none of the rows
        assert imported(path, skip_lines=text.index("user,") and text[: text.index("user,")].count("\n"), replace=True)


def test_that_doubtful_lines_in_front_are_not_skipped_but_the_option_is_named(table: Table) -> None:
    path = table("one\ntwo\n" + body(ROWS))
    error = refused(path)
    assert error.line == 1
    assert "only one column was found, 'one'" in error.reason
    assert "--skip-lines NUMBER" in error.hint
    assert imported(path, skip_lines=2).n_rows == len(ROWS)


def test_that_rows_one_longer_than_the_header_are_explained(table: Table) -> None:
    path = table("user item rating\n" + body([(place, u, i, r) for place, (u, i, r, _) in enumerate(ROWS)], " "))
    error = refused(path, delimiter=" ")
    assert "--skip-lines 1 --no-header" in error.hint
    assert imported(path, delimiter=" ", skip_lines=1, header=False, user="2", item="3", rating="4", timestamp="-")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line", ["sep=;\n", '"sep=;"\r\n', "SEP=;\n"])
def test_that_sep_lines_are_obeyed_in_any_encoding(table: Table, encoding: str, line: str) -> None:
    text = line + "user;item;rating;timestamp\n" + body(ROWS, ";")
    assert imported(table(text.encode(encoding))).n_rows == len(ROWS)
    assert stored() == IN_FILE


def test_that_a_packed_file_with_all_oddities_at_once_is_read(table: Table) -> None:
    text = "\ufeffsep=;\r\n\r\nUser;Item;Rating;Date;\r\n   \r\n"
    rows = [(u, i, f"{r},5", day.strftime("%d.%m.%Y"), "") for (u, i, r, _), day in zip(ROWS, DAYS, strict=True)]
    path = table(gzip.compress((text + body(rows, ";").replace("\n", "\r\n")).encode("utf-16")), "t.csv.gz")
    report = imported(path, min_rating=1.5)
    assert (report.n_rows, report.rating_high, report.time_unit) == (42, 5.5, "dates with the day first")


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sign", "options"), [(";", {}), ("\t", {}), ("|", {}), (",", {"decimal": "comma"})])
def test_that_decimal_commas_are_read(table: Table, sign: str, options: dict[str, Any]) -> None:
    rows = [(u, i, f'"{r},5"' if sign == "," else f"{r},5") for u, i, r, _ in ROWS]
    path = table(sign.join(("user", "item", "rating")) + "\n" + body(rows, sign))
    assert imported(path, **options).rating_low == 1.5
    if sign == ",":
        error = refused(path, replace=True)
        assert error.line == 2
        assert "--decimal comma" in error.hint
    elif sign == ";":
        assert "not a number" in refused(path, decimal="point", replace=True).reason


def test_that_a_number_with_both_signs_is_not_guessed_at(table: Table) -> None:
    path = table("user;item;rating\n" + body([(u, i, "1.234,5") for u, i, *_ in ROWS], ";"))
    assert "'1.234,5' is a rating that is not a number" in refused(path).reason
    assert imported(path, rating="-").n_rows == len(ROWS)


def test_that_low_ratings_count_is_said_in_plain_sight(table: Table, good: str) -> None:
    below = sum(rating < 3 for *_, rating, _ in ROWS)
    (warning,) = [one for one in imported(table(good)).warnings if "sign of interest" in one]
    assert f"{below} rows have a rating below 3 on a scale from 1 to 5" in warning
    assert not any("scale" in one for one in imported(table(good), min_rating=3, replace=True).warnings)


def test_that_counts_are_no_scale(table: Table) -> None:
    report = imported(table("user,item,rating\n" + body([(u, i, 40 * r) for u, i, r, _ in ROWS])))
    assert not any("scale" in warning for warning in report.warnings)


def test_that_ratings_that_say_nothing_are_counted(table: Table) -> None:
    rows = [(u, i, "N/A" if u == "u1" else 5, t) for u, i, _, t in ROWS]
    report = imported(table("user,item,rating,timestamp\n" + body(rows)))
    (warning,) = [one for one in report.warnings if "says nothing" in one]
    assert warning.startswith("6 rows have a rating that says nothing (line 10: 'N/A')")


# --- times ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "options", "unit", "to_the"),
    [
        ("%d/%m/%Y", {}, "dates with the day first", "day"),
        ("%d.%m.%Y %H:%M", {}, "dates with the day first", "minute"),
        ("%m/%d/%Y %I:%M %p", {}, "dates with the month first", "minute"),
        ("%m-%d-%Y", {}, "dates with the month first", "day"),
        ("%m %d, %Y", {}, "dates with the month first", "day"),
        ("%d/%m/%y", {"time_format": "day-first"}, "dates with the day first", "day"),
        ("%m/%d/%y", {"time_format": "month-first"}, "dates with the month first", "day"),
        ("%y-%m-%d", {"time_format": "year-first"}, "ISO text", "day"),
        ("%Y/%m/%d %H:%M:%S", {}, "ISO text", "minute"),
        ("%Y.%m.%d", {}, "ISO text", "day"),
        ("%Y年%m月%d日", {}, "ISO text", "day"),
        ("%d %b %Y", {}, "ISO text", "day"),
        ("%B %d, %Y", {}, "ISO text", "day"),
        ("%d-%b-%Y %H:%M:%S", {}, "ISO text", "minute"),
        ("%a %b %d %H:%M:%S +0000 %Y", {}, "ISO text", "minute"),
        ("%Y%m%d", {}, "days as YYYYMMDD", "day"),
        ("%Y%m%d%H%M%S", {}, "days as YYYYMMDD", "minute"),
        ("%Y%m%d%H%M", {}, "days as YYYYMMDD", "minute"),
    ],
)
def test_that_dates_are_read_as_they_are_written(
    table: Table, pattern: str, options: dict[str, Any], unit: str, to_the: str
) -> None:
    rows = [(u, i, day.strftime(pattern)) for (u, i, *_), day in zip(ROWS, DAYS, strict=True)]
    path = table("user\titem\tdate\n" + body(rows, "\t"))
    report = imported(path, **options)
    assert report.time_unit == unit
    expected = [day if to_the == "minute" else day.replace(hour=0, minute=0) for day in DAYS]
    assert readers.read("t").timestamp.tolist() == [int(day.timestamp()) for day in expected]


def test_that_dates_with_two_readings_are_refused_until_the_person_says(table: Table) -> None:
    rows = [(u, i, f"03/{1 + place % 9:02}/2024") for place, (u, i, *_) in enumerate(ROWS)]
    path = table("user,item,date\n" + body(rows))
    error = refused(path, bad_rows="drop")
    assert (error.line, error.column) == (2, "date")
    assert "'03/01/2024' can be read with the day or with the month first" in error.reason
    assert "--time-format day-first, month-first" in error.hint
    assert inspect(path).problem == f"row 1: {error.reason}"
    assert imported(path, time_format="day-first").first_time == "2024-01-03T00:00:00Z"
    assert imported(path, time_format="month-first", replace=True).last_time == "2024-03-09T00:00:00Z"


def test_that_first_rows_alone_do_not_decide_against_a_file(table: Table) -> None:
    dates = ["03/04/2024"] * 300 + ["31/12/2024"]
    path = table("user,item,date\n" + body([(f"u{k % 7}", f"i{k}", day) for k, day in enumerate(dates)]))
    preview = inspect(path)
    assert preview.problem == ""
    assert any("do not tell whether the day or the month" in note for note in preview.notes)
    assert imported(path).last_time == "2024-12-31T00:00:00Z"


def test_that_dates_that_contradict_each_other_are_refused_with_both_lines(table: Table) -> None:
    dates = ["01/02/2024", "13/02/2024", "02/14/2024"] * 14
    path = table("user,item,date\n" + body([(u, i, day) for (u, i, *_), day in zip(ROWS, dates, strict=True)]))
    error = refused(path)
    assert error.line == 3
    assert "'13/02/2024' can only have the day first, and '02/14/2024' (line or row 4)" in error.reason
    report = imported(path, time_format="day-first", bad_rows="drop")
    assert [(drop.rows, drop.example) for drop in report.dropped] == [(14, "line 4: '02/14/2024'")]


def test_that_a_short_year_is_asked_about(table: Table) -> None:
    error = refused(table("user,item,date\n" + body([(u, i, "31/12/23") for u, i, *_ in ROWS])))
    assert "'31/12/23' is a timestamp that is neither" in error.reason
    assert "--time-format day-first" in error.hint


@pytest.mark.parametrize(
    ("odd", "options", "reason"),
    [
        ("2024-01-31", {}, "time written otherwise than the others"),
        ("1700000000000000", {}, "time outside the years"),
        ("-70000000000000", {}, "time outside the years"),
        ("31/02/2024", {}, "timestamp that is neither a number nor a date"),
        ("99999999999999999999", {}, "timestamp that is neither a number nor a date"),
    ],
)
def test_that_one_time_unlike_the_others_is_refused_with_line_and_dropped_when_asked(
    table: Table, odd: str, options: dict[str, Any], reason: str
) -> None:
    rows = [(u, i, odd if place == 20 else t) for place, (u, i, _, t) in enumerate(ROWS)]
    path = table("user,item,time\n" + body(rows))
    error = refused(path, **options)
    assert (error.line, error.column) == (22, "time")
    assert f"'{odd}' is a {reason}" in error.reason
    report = imported(path, bad_rows="drop")
    assert [(drop.rows, drop.example) for drop in report.dropped] == [(1, f"line 22: '{odd}'")]


def test_that_a_log_of_several_kinds_of_time_is_read_value_by_value(table: Table) -> None:
    ways: tuple[Callable[[int], object], ...] = (
        lambda t: t,
        lambda t: t * 1000,
        lambda t: t * 1_000_000,
        lambda t: datetime.fromtimestamp(t, timezone.utc).isoformat(),
        lambda t: datetime.fromtimestamp(t, timezone.utc).strftime("%d %b %Y %H:%M:%S"),
    )
    rows = [(u, i, ways[place % 5](t)) for place, (u, i, _, t) in enumerate(ROWS)]
    path = table("user,item,time\n" + body(rows))
    assert "--time-format mixed" in refused(path).hint
    imported(path, time_format="mixed")
    data = readers.read("t")
    assert data.timestamp.tolist() == [t for *_, t in ROWS]


def test_that_a_first_block_without_times_decides_nothing(table: Table) -> None:
    # More than one block of the reader (8 MB) has no time at all; the times behind it are ISO text.
    long = "x" * 200
    rows = [(f"{long}{place % 50}", place % 40, "") for place in range(45_000)]
    late = [(u, i, day.isoformat()) for (u, i, *_), day in zip(ROWS, DAYS, strict=True)]
    report = imported(table("user,item,time\n" + body(rows) + body(late)))
    assert report.time_unit == "ISO text"
    assert [(drop.reason, drop.rows) for drop in report.dropped] == [("no timestamp", 45_000)]
    assert stored() == IN_FILE


def test_that_times_that_are_all_empty_are_explained(table: Table) -> None:
    path = table("user,item,time\n" + body([(u, i, "") for u, i, *_ in ROWS]))
    assert "--time-format none" in refused(path).hint
    assert imported(path, time_format="none").n_rows == len(ROWS)


def test_that_a_time_far_from_all_others_is_told_with_its_line(table: Table, good: str) -> None:
    report = imported(table(good + "u0,i1,3,0\n"), duplicates="keep")
    assert "1 row has a time far from all others (line 44: '0')." in report.warnings


def test_that_times_a_spreadsheet_has_shortened_are_told(table: Table) -> None:
    report = imported(table("user,item,time\n" + body([(u, i, "1.7E+09") for u, i, *_ in ROWS])))
    assert any("written with an exponent" in warning for warning in report.warnings)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_that_times_of_parquet_keep_what_is_beyond_the_second(table: Table, unit: str) -> None:
    start = np.datetime64("2024-01-31T18:05:00", unit)
    step = {"s": 60, "ms": 5, "us": 5, "ns": 5}[unit]
    at = start - np.arange(len(ROWS)).astype(f"timedelta64[{unit}]") * step
    columns = [pa.array([u for u, *_ in ROWS]), pa.array([i for _, i, *_ in ROWS]), pa.array(at, pa.timestamp(unit))]
    path = table.folder / "t.parquet"
    pyarrow.parquet.write_table(pa.table(columns, names=["user", "item", "time"]), path)
    imported(path)
    backwards = sorted(range(len(ROWS)), key=lambda place: (ROWS[place][0], -place))
    assert sorted(stored()) == sorted(IN_FILE)
    first = [item for user, item in stored() if user == "u0"]
    assert first == [ROWS[place][1] for place in backwards if ROWS[place][0] == "u0"]


def test_that_rows_of_one_second_keep_their_true_order_under_the_published_protocol(table: Table) -> None:
    rows = [(u, i, 1_700_000_000 + place / 1000) for place, (u, i, *_) in enumerate(ROWS)]
    imported(table("user,item,time\n" + body(rows)))
    data = readers.read("t")
    assert [data.item_ids[item] for item in leave_one_out(data, "published", 0).test_item] == [
        [i for u, i, *_ in ROWS if u == f"u{user}"][-1] for user in range(6)
    ]


@pytest.mark.parametrize("shift", [0.1, -3.5, 7])
def test_that_a_fraction_and_a_sign_are_read_exactly(shift: float) -> None:
    texts = [f"{value:.9f}" for value in (shift, shift + 0.000_000_001, -0.5, 1_700_000_000.123_456_789)]
    found = times.settle(written_times.read(pa.array(texts), "seconds"), "seconds")
    assert found.nanos is not None
    exact = [int(second) * 10**9 + int(nano) for second, nano in zip(found.seconds, found.nanos, strict=True)]
    assert exact == [int(text.replace(".", "")) for text in texts]


# --- ids ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["NULL", "NaN", "None", "n/a", "\\N", "#N/A", "<NA>", "(null)", "unknown", "undefined"]
)
def test_that_words_for_nothing_are_told_and_dropped_when_asked(table: Table, word: str) -> None:
    rows = [(word if u == "u2" else u, i, r, t) for u, i, r, t in ROWS]
    path = table("user,item,rating,timestamp\n" + body(rows))
    line = 2 + [u for u, *_ in ROWS].index("u2")
    warning = f"8 rows have a word for nothing as the user (line {line}: {word!r}), which was kept as an id."
    assert warning in imported(path).warnings
    report = imported(path, null_ids="drop", replace=True)
    assert [(drop.reason, drop.rows) for drop in report.dropped] == [("a word for nothing as the user", 8)]
    assert report.n_users == 5


@pytest.mark.parametrize(
    "ids",
    [
        [f"{place:06}" for place in range(6)],
        [f"-{2**63 + place}" for place in range(6)],
        [f"{10**30 + place}" for place in range(6)],
        [f"{place}.0" for place in range(6)],
        [f"12e{place}" for place in range(6)],
        [f"=SUM({place})" for place in range(6)],
        [f"--user{place}" for place in range(6)],
        [f"0x{place:x}" for place in range(6)],
        ["TRUE", "true", "True", "FALSE", "false", "False"],
    ],
    ids=["zeros", "below int64", "huge", "floats", "hashes", "formulas", "dashes", "hex", "booleans"],
)
def test_that_ids_are_text_and_stay_as_they_are(table: Table, ids: list[str]) -> None:
    rows = [(ids[int(u[1:])], i, r, t) for u, i, r, t in ROWS]
    report = imported(table("user,item,rating,timestamp\n" + body(rows)))
    assert list(readers.read("t").user_ids) == ids
    assert not any("shortened" in warning for warning in report.warnings)


def test_that_ids_a_spreadsheet_has_shortened_are_told(table: Table) -> None:
    rows = [(u, f"9.78014E+1{i[1:]}", r, t) for u, i, r, t in ROWS]
    report = imported(table("user,isbn,rating,timestamp\n" + body(rows)))
    assert any("42 rows have a shortened number as the item (line 2: '9.78014E+10')" in one for one in report.warnings)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([2**63 + int(u[1:]) for u, *_ in ROWS], pa.uint64()), str(2**63)),
        (pa.array([u.encode() for u, *_ in ROWS], pa.binary()), "u0"),
        (pa.array([b"\xff" + u.encode() for u, *_ in ROWS], pa.binary()), "ff7530"),
        (pa.array([int(u[1:]) for u, *_ in ROWS], pa.decimal128(5, 0)), "0"),
        (pa.array([u for u, *_ in ROWS], pa.large_string()), "u0"),
        (pa.array([pd.Timestamp(2024, 1, 1 + int(u[1:])).date() for u, *_ in ROWS]), "2024-01-01"),
        (pa.array([float(u[1:]) + 0.5 for u, *_ in ROWS]), "0.5"),
    ],
    ids=["uint64", "bytes of text", "bytes", "decimal", "large string", "date", "half"],
)
def test_that_ids_of_any_type_of_parquet_are_text(table: Table, column: Any, expected: str) -> None:
    path = table.folder / "t.parquet"
    items = pa.array([i for _, i, *_ in ROWS])
    pyarrow.parquet.write_table(pa.table([column, items], names=["user", "item"]), path)
    imported(path)
    assert readers.read("t").user_ids[0] == expected


@pytest.mark.parametrize("kind", ["list", "struct"])
def test_that_several_values_in_one_row_are_refused_by_column(table: Table, kind: str) -> None:
    items = [["a", "b"] if kind == "list" else {"id": "a"} for _ in ROWS]
    path = table.folder / "t.parquet"
    pyarrow.parquet.write_table(pa.table([pa.array([u for u, *_ in ROWS]), pa.array(items)], ["user", "item"]), path)
    error = refused(path)
    assert error.column == "item"
    assert "several values in each row" in error.reason


# --- quotes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        (b'a,"b",c\n"d ""e"" f",g\n', (0, 0)),
        (b'5" disk,b\n', (0, 0)),
        (b'a,b\n"x" y,z\nq,"v" w\n', (2, 2)),
        (b'"line\nend" on,z\n', (1, 1)),
        (b'"she said,""hi"" to all",x\n', (0, 0)),
    ],
)
def test_that_fields_that_go_on_after_their_quote_are_found(text: bytes, torn: tuple[int, int]) -> None:
    assert QuotedFields(",").torn(text) == torn


def test_that_quotes_lost_far_down_are_told_with_their_line(table: Table) -> None:
    rows = [(u, i, "plain title") for _ in range(400) for u, i, *_ in ROWS]
    rows += [("u1", "i9", "padding" * 12)] * 12_000 + [("u2", "i9", '"Hello" said 9')]
    report = imported(table("user,item,title\n" + body(rows)))
    assert any(f"the first in line {len(rows) + 1}" in warning for warning in report.warnings)
    assert imported(table("user,item,title\n" + body(rows)), quotes=False, replace=True)
    assert '"Hello" said 9' not in readers.read("t").titles  # the first title of an item counts


# --- what hangs on the order of the rows ------------------------------------------------------------------------------


def test_that_users_with_equal_last_times_are_counted(table: Table) -> None:
    rows = [(u, i, 5, 1_700_000_000 if u in ("u1", "u4") else t) for u, i, _, t in ROWS]
    path = table("user,item,rating,timestamp\n" + body(rows))
    report = imported(path)
    assert report.users_tied == 2
    assert any("2 users have equal times in the last two rows" in warning for warning in report.warnings)


def test_that_test_items_known_from_training_are_counted(table: Table) -> None:
    rows = [*ROWS, *((f"u{user}", "i0", 5, 1_800_000_000) for user in range(4))]
    path = table("user,item,rating,timestamp\n" + body(rows))
    report = imported(path, duplicates="keep")
    assert report.users_known == 4
    assert any("4 users have a last item that is among the earlier rows" in warning for warning in report.warnings)
    data = readers.read("t")
    split = leave_one_out(data, "published", 0)
    known = [split.test_item[user] in split.items[split.indptr[user] : split.indptr[user + 1]] for user in range(6)]
    assert known == [True] * 4 + [False] * 2
    assert imported(path, replace=True).users_known == 0


# --- users that are not there -----------------------------------------------------------------------------------------


def test_that_a_user_dropped_by_a_filter_is_told_so(table: Table) -> None:
    rows = [*ROWS, ("few", "i1", 5, 1_700_000_000), ("cross", "i1", 1, 1_700_000_000)]
    path = table("user,item,rating,timestamp\n" + body(rows))
    imported(path, k_core_users=3, k_core_items=3, min_rating=2)
    ids = list(readers.read("t").user_ids)
    assert why_no_user("t", ids, "few") == "The imported file has this user: dropped by --k-core 3."
    assert why_no_user("t", ids, "cross") == "The imported file has this user: every rating is below --min-rating 2."
    assert why_no_user("t", ids, "nobody") == ""


@pytest.mark.parametrize("asked", ["7.0", " 7", "07", "+7", "7,0"])
def test_that_a_user_nearly_named_is_proposed(asked: str) -> None:
    assert did_you_mean(["17", "7", "70"], asked) == "Did you mean '7'?"
    assert did_you_mean(["17", "70"], asked) == ""


@pytest.mark.parametrize(
    "options", [{"decimal": "dot"}, {"time_format": "US"}, {"null_ids": "maybe"}, {"skip_lines": -1}]
)
def test_that_an_option_that_cannot_be_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        ImportOptions(**options)


def test_that_every_hint_that_drops_rows_names_an_option_that_reads_them_where_there_is_one(table: Table) -> None:
    def hint(text: str) -> str:
        with pytest.raises(SecretRecError) as caught:
            imported(table(text))
        return caught.value.hint

    assert "--rating -" in hint("user,item,rating\n" + body([(u, i, "good") for u, i, *_ in ROWS]))
    assert "--time-format none" in hint("user,item,time\n" + body([(u, i, "soon") for u, i, *_ in ROWS]))
