"""The strict table reader: every fault is named by file, line and field."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from data.errors import DataError, StorageError
from data.tables import Column, read_table

COLUMNS = [
    Column("user id", "integer", low=1),
    Column("item id", "text"),
    Column("rating", "number", low=0, high=5),
    Column("timestamp", "integer", low=0),
]


def table(tmp_path: Path, content: bytes, separator: str = "\t", **options: bool) -> dict[str, np.ndarray]:
    path = tmp_path / "t.data"
    path.write_bytes(content)
    return read_table(path, separator, COLUMNS, **options)


def test_a_table_by_hand(tmp_path: Path) -> None:
    made = table(tmp_path, b'1\tA"1\t3\t10\n22\tNA\t4.5\t11\n')
    assert made["user id"].tolist() == [1, 22]
    assert made["item id"].tolist() == ['A"1', "NA"]  # quotes and "NA" are text like any other
    assert made["rating"].tolist() == [3.0, 4.5]
    assert made["timestamp"].tolist() == [10, 11]
    assert made["user id"].dtype == np.int64


def test_two_character_separators(tmp_path: Path) -> None:
    made = table(tmp_path, b"1::A::3::10\n2::B::4::11\n", "::")
    assert made["item id"].tolist() == ["A", "B"]
    assert made["timestamp"].tolist() == [10, 11]


@pytest.mark.parametrize(
    "content", [b"h\th\th\th\r\n1\tA\t3\t10\r\n", b"h\th\th\th\n\n1\tA\t3\t10", b"h\n1\tA\t3\t10\n\n"]
)
def test_header_blank_lines_and_line_ends(tmp_path: Path, content: bytes) -> None:
    made = table(tmp_path, content, header=True)
    assert made["item id"].tolist() == ["A"]
    assert made["timestamp"].tolist() == [10]


GOOD = b"1\tA\t3\t10\n"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b"2\tB\t3\n", "3 fields where 4 are needed; timestamp is missing"),
        (b"2\n", "1 fields where 4 are needed; item id is missing"),
        (b"2\tB\t3\t10\t7\n", "5 fields where 4 are expected"),
        (b"2\tB\t3\t\n", "timestamp is empty"),
        (b"2\t\t3\t10\n", "item id is empty"),
        (b"\tB\t3\t10\n", "user id is empty"),
        (b"x\tB\t3\t10\n", "user id is 'x', which is not a whole number"),
        (b"2.5\tB\t3\t10\n", "user id is '2.5', which is not a whole number"),
        (b"0\tB\t3\t10\n", "user id is 0, below 1"),
        (b"2\tB\tN/A\t10\n", "rating is 'N/A', which is not a number"),
        (b"2\tB\tnan\t10\n", "rating is 'nan', which is not a number"),
        (b"2\tB\t6\t10\n", "rating is 6, above 5"),
        (b"2\tB\t3\t1998-01-01\n", "timestamp is '1998-01-01', which is not a whole number"),
        (b"2\tB\t3\t-1\n", "timestamp is -1, below 0"),
        (b"2\tB\t3\t99999999999999999999\n", "not a whole number"),
        (b"2\tB\t3\t1\x000\n", "timestamp is '1\\x000'"),
        (b"2 B 3 10\n", "1 fields where 4 are needed"),
    ],
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_that_a_bad_row_is_named_by_line_and_field(tmp_path: Path, bad: bytes, words: str, place: str) -> None:
    before, after = {"first": (0, 3), "middle": (2, 2), "last": (3, 0)}[place]
    with pytest.raises(DataError) as caught:
        table(tmp_path, GOOD * before + bad + GOOD * after)
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 't.data'}, line {before + 1}: ")
    assert (caught.value.path, caught.value.line) == (tmp_path / "t.data", before + 1)


def test_that_lines_are_counted_with_header_and_blank_lines(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 5: rating"):
        table(tmp_path, b"u\ti\tr\tt\n" + GOOD + b"\n" + GOOD + b"1\tA\tbad\t10\n", header=True)


def test_that_missing_and_extra_fields_do_not_cancel_out(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2: 3 fields"):
        table(tmp_path, GOOD + b"1\tA\t3\n" + b"1\tA\t3\t10\t11\n")


def test_that_a_single_colon_is_no_separator(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2: 3 fields where 4 are needed"):
        table(tmp_path, b"1::A::3::10\n1::A:x:3::10\n", "::")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \r\n"])
def test_that_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DataError, match="file is empty"):
        table(tmp_path, content)


def test_that_a_cut_off_last_line_is_refused_where_the_official_file_ends_with_a_line_end(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2: the last line has no line end"):
        table(tmp_path, GOOD + b"1\tA\t3\t1", ends_with_line_end=True)


def test_that_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="file is missing"):
        read_table(tmp_path / "none", "\t", COLUMNS)
    with pytest.raises(StorageError, match="cannot be read"):
        read_table(tmp_path, "\t", COLUMNS)  # a folder


def test_that_a_fault_in_a_large_file_is_found_quickly(tmp_path: Path) -> None:
    start = time.process_time()
    with pytest.raises(DataError, match="line 200001: "):
        table(tmp_path, GOOD * 200_000 + b"1\tA\tx\t10\n")
    assert time.process_time() - start < 10  # measured: 0.9 s
