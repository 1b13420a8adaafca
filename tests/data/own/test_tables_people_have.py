"""Tables that people of other programs have reported: each is read as a person expects, or refused in a sentence.

The texts are in `cases/`, with invented values: 6 users, 4 items each unless said. Parquet files are made here.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from data import readers
from data.errors import DataError
from data.own.importer import import_file, inspect
from data.own.options import ImportOptions
from data.own.report import ImportReport

CASES = Path(__file__).parent / "cases"
USERS = [user for user in range(1, 7) for _ in range(4)]
ITEMS = [1, 3, 4, 6, 2, 3, 5, 6, 1, 2, 4, 5] * 2
IN_ORDER = ["1", "3", "4", "6"]  # of the first user


def read(case: str, **options: Any) -> ImportReport:
    return import_file(CASES / case, "t", ImportOptions(**options))


def refused(path: Path, **options: Any) -> DataError:
    with pytest.raises(DataError) as caught:
        import_file(path, "t", ImportOptions(**options))
    return caught.value


def items_of_first_user() -> list[str]:
    data = readers.read("t")
    return [str(item) for item in data.item_ids[data.item[data.user == 0]]]


@pytest.fixture
def parquet(tmp_path: Path) -> Any:
    def write(names: list[str], *columns: Any) -> Path:
        path = tmp_path / "t.parquet"
        pyarrow.parquet.write_table(pa.table([pa.array(column) for column in columns], names=names), path)
        return path

    return write


# --- read right all along -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "users", "items"),
    [
        ("right-bom-quoted-header.csv", ["1", "2"], IN_ORDER),
        ("right-cr-only.csv", ["1", "2"], IN_ORDER),
        ("right-leading-zeros.csv", ["001", "002"], IN_ORDER),
        ("right-newline-in-quotes.csv", ["1", "2"], ["1", "3", "4"]),
        ("right-recbole-inter.csv", ["1", "2"], IN_ORDER),
        (
            "right-19-digit-and-negative-ids.csv",
            ["-9223372036854775807", "-9223372036854775806"],
            [f"92233720368547758{place:02}" for place in (6, 4, 3, 1)],
        ),
    ],
)
def test_that_what_was_read_right_stays_so(case: str, users: list[str], items: list[str]) -> None:
    report = read(case)
    assert not report.dropped
    assert list(readers.read("t").user_ids[:2]) == users
    assert items_of_first_user() == items


def test_that_dictionaries_and_nulls_of_parquet_are_read(parquet: Any) -> None:
    names = pa.array([f"u{user}" for user in USERS]).dictionary_encode()
    assert import_file(parquet(["user_id", "item_id"], names, ITEMS), "t").n_rows == 24
    assert list(readers.read("t").user_ids[:2]) == ["u1", "u2"]
    report = import_file(parquet(["user_id", "item_id"], [*USERS[:-1], None], ITEMS), "n")
    assert [(drop.reason, drop.rows, drop.example) for drop in report.dropped] == [("no user", 1, "row 24")]


# --- columns ----------------------------------------------------------------------------------------------------------


def test_that_a_threshold_is_refused_where_two_columns_could_be_the_rating() -> None:
    error = refused(CASES / "two-rating-columns.csv", min_rating=4)
    assert (error.line, error.column) == (1, "rating")
    assert "more than one column called 'rating'" in error.reason
    assert "--rating NUMBER" in error.hint
    assert read("two-rating-columns.csv", min_rating=4, rating="4").n_rows == 24
    report = read("two-rating-columns.csv", replace=True)
    assert any("none was taken as the rating" in warning for warning in report.warnings)


def test_that_a_threshold_is_refused_where_no_column_is_a_rating() -> None:
    error = refused(CASES / "ids-with-commas.csv", min_rating=4)
    assert "no column was recognised as the rating; the columns are user_id, item_id" in error.reason


def test_that_a_number_takes_one_of_two_columns_of_a_parquet_file(parquet: Any) -> None:
    path = parquet(["user_id", "item_id", "item_id"], USERS, ITEMS, [100 + item for item in ITEMS])
    assert "more than one column called 'item_id'" in refused(path).reason
    import_file(path, "t", ImportOptions(item="2"))
    assert items_of_first_user() == IN_ORDER
    import_file(path, "t", ImportOptions(item="3", replace=True))
    assert items_of_first_user() == ["101", "103", "104", "106"]


def test_that_no_rows_are_told_as_those_of_a_csv(parquet: Any) -> None:
    error = refused(parquet(["user_id", "item_id"], pa.array([], pa.int64()), pa.array([], pa.int64())))
    assert error.reason == "there is a header but no row below it."


# --- times --------------------------------------------------------------------------------------------------------


def test_that_the_fraction_of_a_second_decides_the_order(parquet: Any) -> None:
    read("fraction-of-a-second.csv")
    assert items_of_first_user() == ["3", "4", "1"]
    times = [1_700_000_000 + (24 - place) / 100 for place in range(24)]
    report = import_file(
        parquet(["user_id", "item_id", "timestamp"], USERS, ITEMS, times), "t", ImportOptions(replace=True)
    )
    assert items_of_first_user() == IN_ORDER[::-1]
    assert not any("All timestamps are the same" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    ("case", "time"),
    [("one-row-in-milliseconds.csv", "1700000000000"), ("one-time-of-19-digits.csv", "9000000000000000000")],
)
def test_that_a_time_of_another_unit_is_refused_with_its_line(case: str, time: str) -> None:
    error = refused(CASES / case)
    assert (error.line, error.column) == (2, "timestamp")
    assert error.reason.startswith(f"'{time}' is a time outside the years 1 to 9999")
    assert "--time-format mixed" in error.hint
    assert any("outside the years" in note for note in inspect(CASES / case).notes)
    report = read(case, bad_rows="drop")
    assert [(drop.rows, drop.example) for drop in report.dropped] == [(1, f"line 2: '{time}'")]


def test_that_mixed_units_are_read_each_by_its_size() -> None:
    read("one-row-in-milliseconds.csv", time_format="mixed")
    assert items_of_first_user() == IN_ORDER
    assert readers.read("t").timestamp[0] == 1_700_000_000


def test_that_times_of_1970_are_warned_of() -> None:
    report = read("years-as-times.csv")
    (warning,) = [one for one in report.warnings if "within a day of 1 January 1970" in one]
    assert "1970-01-01T00:33:20Z" in warning
    assert warning in inspect(CASES / "years-as-times.csv").notes


def test_that_nanoseconds_are_read_from_text_and_integers(parquet: Any) -> None:
    report = read("nanoseconds.csv")
    assert (report.time_unit, report.first_time) == ("nanoseconds", "2023-11-14T22:13:20Z")
    times = [1_700_000_000_000_000_000 - place for place in range(24)]
    import_file(parquet(["user_id", "item_id", "timestamp"], USERS, ITEMS, times), "t", ImportOptions(replace=True))
    assert items_of_first_user() == IN_ORDER[::-1]


# --- ids ------------------------------------------------------------------------------------------------------------


def test_that_a_user_that_is_no_number_is_no_user(parquet: Any) -> None:
    report = import_file(parquet(["user_id", "item_id"], [float("nan"), *map(float, USERS[1:])], ITEMS), "t")
    assert [(drop.reason, drop.rows, drop.example) for drop in report.dropped] == [("no user", 1, "row 1")]
    assert list(readers.read("t").user_ids) == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(("kind", "start"), [(pa.float64(), 2.0**60), (pa.float32(), 2.0**24)])
def test_that_ids_that_have_lost_digits_are_refused(parquet: Any, kind: Any, start: float) -> None:
    import numpy as np

    users = pa.array(np.array([start + user for user in USERS], np.float64).astype(kind.to_pandas_dtype()))
    error = refused(parquet(["user_id", "item_id"], users, ITEMS))
    assert error.column == "user_id"
    assert "has lost digits" in error.reason
    assert "as text or as integers" in error.hint


def test_that_sixteen_bytes_are_a_uuid(parquet: Any) -> None:
    users = pa.array([bytes([user] * 16) for user in USERS], pa.binary(16))
    import_file(parquet(["user_id", "item_id"], users, ITEMS), "t")
    assert list(readers.read("t").user_ids) == [str(uuid.UUID(bytes=bytes([user] * 16))) for user in range(1, 7)]


def test_that_an_id_with_a_comma_is_one_item_in_a_list() -> None:
    from fl.jobs.new_user import find_items
    from fl.runs.kept import KnownItems

    read("ids-with-commas.csv")
    data = readers.read("t")
    assert items_of_first_user() == ["a,1", "a,3", "a,4", "a,6"]
    known = KnownItems(data.name, data.item_ids, data.titles, data.genres, None)
    assert list(data.item_ids[find_items(known, ["a", "1", "a", " 3"])]) == ["a,1", "a,3"]


# --- text -------------------------------------------------------------------------------------------------------------


def test_that_only_the_null_of_a_list_of_genres_is_dropped(parquet: Any) -> None:
    genres = [["a", None], ["Action, Adventure"], [], None] * 6
    import_file(parquet(["user_id", "item_id", "genres"], USERS, ITEMS, genres), "t")
    data = readers.read("t")
    assert data.genres[:2] == (("a",), ("Action, Adventure",))


def test_that_quotes_that_quote_nothing_are_kept_and_told() -> None:
    report = read("unescaped-quotes.tsv")
    assert readers.read("t").titles[0] == '"Hello" said 1'
    assert any("double quotes were read as part of the text" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    ("case", "count", "low"), [("decimal-comma-all.csv", 24, 4.5), ("decimal-comma-some.csv", 12, 4)]
)
def test_that_a_decimal_comma_is_read_and_told_where_a_semicolon_separates(case: str, count: int, low: float) -> None:
    report = read(case)
    assert (report.rating_low, report.rating_high) == (low, 4.5)
    assert f"{count} ratings are written with a decimal comma, such as 4,5 for 4.5." in report.warnings
    assert read(case, min_rating=low, replace=True).n_rows == 24


def test_that_a_line_that_names_the_separator_is_obeyed() -> None:
    report = read("sep-line.csv")
    assert (report.n_rows, report.delimiter) == (24, ";")
    assert any("Line 1 says that ';' separates" in warning for warning in report.warnings)


def test_that_lines_of_spaces_are_blank() -> None:
    report = read("blank-lines-and-spaces.csv")
    assert (report.rows_read, report.n_rows) == (24, 24)


@pytest.mark.parametrize("case", ["trailing-delimiter.csv", "trailing-delimiter-in-header-too.csv"])
def test_that_a_last_field_that_is_always_empty_is_no_field(case: str) -> None:
    assert read(case).n_rows == 24
    assert inspect(CASES / case).columns == ("user_id", "item_id", "rating", "timestamp")


def test_that_a_value_behind_the_last_column_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    lines = (CASES / "trailing-delimiter.csv").read_text().splitlines()
    path.write_text("\n".join([lines[0], *(line for line in lines[1:] for _ in range(20)), "1,5,4,1700000000,more"]))
    error = refused(path)
    assert error.line == 24 * 20 + 2
    assert "'more' is a value behind the last column" in error.reason


# --- a name that nobody thought of ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("cells", "told"), [(("7.4.2024 00:27", "22.05.2023 11:59"), True), (("A-7", "7.4"), False)])
def test_that_a_column_of_dates_with_a_strange_name_is_pointed_out(tmp_path: Path, cells: Any, told: bool) -> None:
    path = tmp_path / "t.csv"
    path.write_text("user;item;Wann\n" + "".join(f"{n};{n + 1};{cell}\n" for n, cell in enumerate(cells)), "utf-8")
    pointed = [note for note in map(str, inspect(path).notes) if "'Wann' looks like dates (7.4.2024 00:27)" in note]
    assert bool(pointed) is told
    for options in (ImportOptions(timestamp="Wann"), ImportOptions(timestamp="-"), ImportOptions(time_format="none")):
        assert not any("looks like dates" in str(note) for note in inspect(path, options).notes)


def test_that_german_names_of_times_are_known(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Kundennummer;Produktnummer;Kaufdatum\n1;2;07.04.2024\n2;2;22.05.2023\n", "utf-8")
    assert inspect(path).mapping == {"user": "Kundennummer", "item": "Produktnummer", "timestamp": "Kaufdatum"}
