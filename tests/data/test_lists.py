"""Ranked lists of other programs: what is read, what is counted and said, and what is refused with its place."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from data.errors import DataError, SettingsError
from data.lists import UNKNOWN, ListOptions, read_lists
from data.split import leave_one_out
from tests.data.factory import interactions

# Each user has items 0 to 4 in this order: 0, 1, 2 to train, 3 for validation, 4 for test. Items 5 to 7 are nobody's.
DATA = interactions([(user, item, item) for user in range(3) for item in range(5)], n_items=8)
SPLIT = leave_one_out(DATA, "leak-free", 0)


@pytest.fixture
def read(tmp_path):
    """A function that reads lists from a text: (text, options of ListOptions) -> Lists."""

    def reading(text, **options):
        path = tmp_path / "lists.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_lists(path, DATA, SPLIT, ListOptions(**options))

    return reading


def listed(lists):
    """The items of each user, in the order of the list."""
    return {int(user): lists.item[lists.user == user].tolist() for user in np.unique(lists.user)}


def said(lists):
    return [note.code for note in lists.notes]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("user,item,rank\nu0,i4,2\nu0,i5,1\nu1,i6,1\n", {}),
        ("rank,user,item\n2,u0,i4\n1,u0,i5\n1,u1,i6\n", {}),
        ("userId\tmovieId\tprediction\nu0\ti4\t0.1\nu0\ti5\t0.9\nu1\ti6\t-3\n", {}),
        ("user;item;score\nu0;i4;0,1\nu0;i5;0,9\nu1;i6;1\n", {}),
        ("user,item,rank,score\nu0,i4,2,9\nu0,i5,1,1\nu1,i6,1,5\n", {}),  # a rank goes before a score
        ("user,item,rank,score\nu0,i4,1,1\nu0,i5,2,9\nu1,i6,1,5\n", {"order": "score"}),
        ("u0,i4,0.1\nu0,i5,0.9\nu1,i6,0.5\n", {"order": "score"}),  # without a header: the third column
        ("user,item\nu0,i5\nu1,i6\nu0,i4\n", {"order": "rows"}),
        (
            "who,what,when\nu0,i4,2\nu0,i5,1\nu1,i6,1\n",
            {"user": "who", "item": "2", "ranking": "when", "order": "rank"},
        ),
        (gzip.compress(b"user,item,rank\nu0,i4,2\nu0,i5,1\nu1,i6,1\n"), {}),
        ("\ufeffuser,item,rank\r\nu0,i4,2\r\nu0,i5,1\r\nu1,i6,1\r\n", {}),
        ("用户,商品,排名\nu0,i4,2\nu0,i5,1\nu1,i6,1\n", {}),
    ],
    ids=["rank", "any order of columns", "tabs", "semicolons and commas", "both", "both, score asked for",
         "no header", "rows", "named columns", "packed", "mark and line ends", "Chinese"],
)  # fmt: skip
def test_that_a_table_is_read_however_it_is_written(read, text, options) -> None:
    lists = read(text, **options)
    assert listed(lists) == {0: [5, 4], 1: [6]}
    assert lists.notes == ()


def test_that_what_looks_wrong_is_counted_and_shown_with_its_first_line(read) -> None:
    lists = read(
        "user,item,rank\n"
        "u0,i1,1\n"  # line 2: a train item
        "u0,nothing,2\n"  # line 3: unknown, keeps its place
        "u0,i4,3\n"
        "u0,i4,4\n"  # line 5: stands twice
        "somebody,i4,1\n"  # line 6: unknown
        "u2,i5,7\n"
        "u2,i4,7\n"  # of equal rank
    )
    assert listed(lists) == {0: [UNKNOWN, 4], 2: [5, 4]}
    assert lists.lengths(3).tolist() == [2, 0, 2]
    values = {note.code: note.values for note in lists.notes}
    assert values["lists.unknown-users"] == {"n": 1, "rows": 1, "first": "'somebody'", "line": 6, "meant": ""}
    assert values["lists.unknown-items"] == {"n": 1, "rows": 1, "first": "'nothing'", "line": 3, "meant": ""}
    assert values["lists.repeated"] == {"rows": 1, "line": 5}
    assert values["lists.train-items"] == {"rows": 1, "users": 1, "line": 2}
    assert values["lists.ties"] == {"users": 1}


def test_that_of_an_item_that_stands_twice_the_better_place_counts(read) -> None:
    assert listed(read("user,item,rank\nu0,i4,3\nu0,i5,2\nu0,i4,1\n")) == {0: [4, 5]}
    # Two unknown items are two items; the same one twice is one.
    lists = read("user,item,rank\nu0,x,1\nu0,y,2\nu0,x,3\nu0,i4,4\n")
    assert listed(lists) == {0: [UNKNOWN, UNKNOWN, 4]}
    assert said(lists) == ["lists.unknown-items", "lists.repeated"]


def test_that_ids_of_our_own_exports_are_found_again(tmp_path) -> None:
    """Tables for spreadsheets have an apostrophe before an id that looks like a formula."""
    data = interactions([(0, item, item) for item in range(5)], n_items=8)
    data.item_ids[4] = "=4+1"
    path = tmp_path / "lists.csv"
    path.write_text("user,rank,item,title,score\nu0,1,'=4+1,A film,0.5\n")
    assert listed(read_lists(path, data, leave_one_out(data, "leak-free", 0))) == {0: [4]}


@pytest.mark.parametrize(
    ("text", "options", "code", "place"),
    [
        ("user,item,rank\nu0,i4,first\n", {}, "lists.no-number", (2, "rank")),
        ("user,item,score\nu0,i4,0.5\nu0,i5,nan\n", {}, "lists.no-number", (3, "score")),
        ("user,item,rank\nu0,i4\n", {}, "lists.row-length", (2, "rank")),
        ("user,item,rank\nu0,i4,1\nu0,i5,2,7\n", {}, "lists.row-length", (3, "")),
        ("user,item,rank\nu0, ,1\n", {}, "lists.empty-id", (2, "item")),
        ("user,item\nu0,i4\n", {}, "lists.no-order", (1, "")),
        ("user,item,a,b\nu0,i4,1,2\n", {}, "lists.no-order", (1, "")),
        ("user,item,thing\nu0,i4,1\n", {}, "lists.rank-or-score", (1, "thing")),
        ("u0,i4,1\nu0,i5,2\n", {}, "lists.rank-or-score", (None, "column 3")),
        ("user,item,rank\nnobody,i4,1\nno-one,i4,1\n", {}, "lists.no-known-user", (2, "user")),
        ("user,item,rank\nu0,x,1\n", {}, "lists.no-known-item", (2, "item")),
        ("who,what,rank\nu0,i4,1\n", {}, "import.no-column-recognised", (1, "")),
        ("user,item,rating,timestamp\nu0,i4,5,880000000\n", {}, "lists.no-order", (1, "")),  # ratings are no lists
        ("u0 Q0 i4 1 0.5 a\nu0 Q0 i5 2 0.4 a\n", {}, "import.column-found-no-column", (1, "")),
        ("user,item,rank\n", {}, "import.header-no-row-below", (1, "")),
    ],
)
def test_that_a_bad_file_is_refused_by_line_and_field(read, text, options, code, place) -> None:
    with pytest.raises(DataError) as refused:
        read(text, **options)
    assert refused.value.reason.code == code
    assert (refused.value.line, refused.value.column) == place
    assert refused.value.path.name == "lists.csv"


def test_that_hints_name_no_option_of_an_import(read) -> None:
    with pytest.raises(DataError) as refused:
        read("u0 Q0 i4 1 0.5 a\nu0 Q0 i5 2 0.4 a\n")
    assert "--" not in refused.value.hint
    assert "user,item,rank" in refused.value.hint


def test_that_a_column_that_is_not_there_is_named(read) -> None:
    with pytest.raises(SettingsError, match="no column 'place' for the rank or score"):
        read("user,item,rank\nu0,i4,1\n", ranking="place")


def test_that_ids_that_differ_in_how_numbers_are_written_are_pointed_out(tmp_path) -> None:
    data = interactions([(0, item, item) for item in range(5)], n_items=8)
    data.user_ids[0] = "7"
    path = tmp_path / "lists.csv"
    path.write_text("user,item,rank\n7.0,i4,1\n")
    with pytest.raises(DataError) as refused:
        read_lists(path, data, leave_one_out(data, "leak-free", 0))
    assert refused.value.hint == "Did you mean '7'?"


def test_that_no_table_is_refused(tmp_path) -> None:
    for name, content in (("a.parquet", b"PAR1....PAR1"), ("empty.csv", b""), ("book.xlsx", b"PK\x03\x04....")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError) as refused:
            read_lists(tmp_path / name, DATA, SPLIT)
        assert refused.value.path.name == name
    with pytest.raises(DataError, match="there is no such file"):
        read_lists(tmp_path / "absent.csv", DATA, SPLIT)
