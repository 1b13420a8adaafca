"""Readers of each format, on generated files in the official layout."""

from __future__ import annotations

import dataclasses
import os
import time
from pathlib import Path

import numpy as np
import pytest

from data import readers, registry
from data.errors import DataError
from data.interactions import Interactions
from data.registry import DatasetSpec
from data.split import leave_one_out

U_DATA = "7\t30\t5\t300\n9\t10\t1\t100\n7\t10\t4\t200\n7\t20\t3\t200\n"
FLAGS = {10: "0|1|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0", 20: "1" + "|0" * 18, 30: "0|" * 18 + "1"}
U_ITEM = "".join(
    f"{item}|{title}|01-Jan-1995||http://x/|{FLAGS[item]}\n"
    for item, title in ((10, "Léon (1994)"), (20, ""), (30, "Heat (1995)"))
)
U_USER = "7|24|M|technician|85711\n9|17|F|student|00000\n"


def spec_of(name: str, users: int, items: int, rows: int, **changes: object) -> DatasetSpec:
    changed: dict[str, object] = {"n_users": users, "n_items": items, "n_rows": rows, "distinct_counts": None}
    return dataclasses.replace(registry.spec(name), **(changed | changes))  # type: ignore[arg-type]


def ml_100k(folder: Path, data: str = U_DATA, item: str = U_ITEM, user: str | None = U_USER) -> Interactions:
    (folder / "u.data").write_text(data)
    (folder / "u.item").write_text(item, encoding="latin-1")
    if user is not None:
        (folder / "u.user").write_text(user)
    return readers.read_folder(spec_of("ml-100k", 2, 3, 4), folder)


def test_movielens_100k_by_hand(tmp_path: Path) -> None:
    data = ml_100k(tmp_path)
    # dense ids by first appearance: users 7, 9; items 30, 10, 20
    assert data.user_ids.tolist() == ["7", "9"]
    assert data.item_ids.tolist() == ["30", "10", "20"]
    # user 7 in time: item 10 and 20 (tie at 200, file order), then 30
    assert data.user.tolist() == [0, 0, 0, 1]
    assert data.item.tolist() == [1, 2, 0, 1]
    assert data.timestamp.tolist() == [200, 200, 300, 100]
    assert data.titles.tolist() == ["Heat (1995)", "Léon (1994)", "20"]  # no title: the id
    assert data.genres == (("Western",), ("Action", "Comedy"), ())  # "unknown" is no genre
    assert data.user_groups["gender"].tolist() == ["M", "F"]
    assert data.user_groups["age group"].tolist() == ["18-24", "under 18"]
    assert (data.user.dtype, data.item.dtype, data.timestamp.dtype) == (np.int32, np.int32, np.int64)


def test_that_user_groups_are_optional(tmp_path: Path) -> None:
    assert ml_100k(tmp_path, user=None).user_groups == {}


def test_that_a_user_without_a_profile_is_unknown(tmp_path: Path) -> None:
    assert ml_100k(tmp_path, user=U_USER.splitlines()[0] + "\n").user_groups["gender"].tolist() == ["M", "unknown"]


def test_that_the_fingerprint_covers_ids_rows_and_order(tmp_path: Path) -> None:
    base = ml_100k(tmp_path).fingerprint
    assert base == ml_100k(tmp_path).fingerprint
    assert len(base) == 64
    swapped_tie = "7\t30\t5\t300\n9\t10\t1\t100\n7\t20\t3\t200\n7\t10\t4\t200\n"
    for changed in (U_DATA.replace("300", "301"), U_DATA.replace("9\t10", "8\t10"), swapped_tie):
        assert ml_100k(tmp_path, data=changed, user=None).fingerprint != base
    assert ml_100k(tmp_path, data=U_DATA.replace("5\t300", "1\t300")).fingerprint == base  # the rating is not used


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"data": U_DATA.replace("9\t10\t1\t100", "9\t10\t1")},
            "u.data, line 2: 3 fields where 4 are needed; timestamp",
        ),
        (
            {"data": U_DATA.replace("7\t20", "7\ttwenty")},
            "u.data, line 4: item id is 'twenty', which is not a whole number",
        ),
        ({"data": U_DATA.replace("7\t20", "7\t99")}, "u.data, line 4: item 99 is not listed in u.item"),
        ({"data": U_DATA[:-3]}, "u.data, line 4: the last line has no line end"),
        ({"data": ""}, "u.data: the file is empty"),
        (
            {"data": U_DATA.replace("7\t20\t3\t200\n", "")},
            "u.data: 2 users, 2 items and 3 rows were found, but 2 users, 3 items",
        ),
        ({"item": U_ITEM.replace("|0|1|0", "|0|2|0", 1)}, "u.item, line 1: genre flag 'Action' is 2, above 1"),
        ({"item": U_ITEM.replace("10|L", "ten|L")}, "u.item, line 1: item id is 'ten'"),
        ({"item": U_ITEM.replace("20||", "10||")}, "u.item, line 2: item 10 is listed twice"),
        ({"item": U_ITEM.replace("|0\n", "\n", 1)}, "u.item, line 1: 23 fields where 24 are expected"),
        ({"item": ""}, "u.item: the file is empty"),
        ({"user": U_USER.replace("|17|", "|old|")}, "u.user, line 2: age is 'old'"),
        ({"user": "7|24|M\n"}, "u.user, line 1: 3 fields where 5 are needed"),
    ],
)
def test_that_a_fault_in_movielens_100k_is_named(tmp_path: Path, change: dict[str, str], words: str) -> None:
    with pytest.raises(DataError) as caught:
        ml_100k(tmp_path, **change)
    assert f"{tmp_path}/{words}" in str(caught.value)


def test_that_a_blank_line_does_not_shift_line_numbers(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"line 5: item 99 is not listed"):
        ml_100k(tmp_path, data="\n" + U_DATA.replace("7\t20", "7\t99"))


def test_that_a_data_set_not_fetched_says_how(small: tuple[Path, DatasetSpec]) -> None:
    with pytest.raises(DataError, match=r"not on this machine yet.*datasets fetch ml-100k"):
        readers.read("ml-100k")


def test_that_the_demo_set_reads() -> None:
    data = readers.read("demo")
    assert (data.n_users, data.n_items) == (300, 400)


# --- MovieLens 1M -------------------------------------------------------------------------------------------------

RATINGS = "1::1193::5::978300760\n2::661::3::978302109\n1::661::3::978300700\n"
MOVIES = (
    "661::James and the Giant Peach (1996)::Animation|Children's\n"
    "1193::Café: a film (1975)::Drama\n"
    "7::Unseen (1990)::War\n"
)
USERS = "1::F::1::10::48067\n2::M::56::16::70072\n"


def ml_1m(folder: Path, ratings: str = RATINGS, movies: str = MOVIES, users: str = USERS) -> Interactions:
    (folder / "ratings.dat").write_text(ratings)
    (folder / "movies.dat").write_text(movies, encoding="latin-1")
    (folder / "users.dat").write_text(users)
    return readers.read_folder(spec_of("ml-1m", 2, 2, 3), folder)


def test_movielens_1m_by_hand(tmp_path: Path) -> None:
    data = ml_1m(tmp_path)
    assert data.item_ids.tolist() == ["1193", "661"]  # items nobody rated are no items
    assert data.item.tolist() == [1, 0, 1]
    assert data.titles.tolist() == ["Café: a film (1975)", "James and the Giant Peach (1996)"]
    assert data.genres == (("Drama",), ("Animation", "Children's"))
    assert data.user_groups["age group"].tolist() == ["under 18", "56 and over"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ratings": RATINGS.replace("2::661::3::", "2::661::")}, "ratings.dat, line 2: 3 fields where 4"),
        ({"ratings": RATINGS.replace("2::661", "2:661")}, "ratings.dat, line 2: 3 fields where 4"),
        ({"ratings": RATINGS.replace("2::661", "2::662")}, "ratings.dat, line 2: item 662 is not listed in movies.dat"),
        (
            {"movies": MOVIES.replace("::Drama", "")},
            "movies.dat, line 2: 2 fields where 3 are needed; genres is missing",
        ),
    ],
)
def test_that_a_fault_in_movielens_1m_is_named(tmp_path: Path, change: dict[str, str], words: str) -> None:
    with pytest.raises(DataError) as caught:
        ml_1m(tmp_path, **change)
    assert words in str(caught.value)


# --- Amazon -------------------------------------------------------------------------------------------------------


def amazon(folder: Path, content: str, users: int, items: int, rows: int) -> Interactions:
    (folder / "ratings_Amazon_Instant_Video.csv").write_text(content)
    return readers.read_folder(spec_of("amazon-video", users, items, rows), folder)


def test_that_amazon_keeps_users_with_five_rows(tmp_path: Path) -> None:
    many = "".join(f"AX,B{i:03},5.0,{100 - i}\n" for i in range(5))
    few = "".join(f"AY,B{i:03},1.0,{i}\n" for i in range(2, 6))  # four rows: left out, and item B005 with them
    mixed = few[: len(few) // 2] + many + few[len(few) // 2 :]
    data = amazon(tmp_path, mixed, 1, 5, 5)
    assert data.user_ids.tolist() == ["AX"]
    assert data.item_ids.tolist() == ["B000", "B001", "B002", "B003", "B004"]
    assert data.titles.tolist() == data.item_ids.tolist()
    assert data.item.tolist() == [4, 3, 2, 1, 0]  # in time
    assert amazon(tmp_path, many, 1, 5, 5).fingerprint == data.fingerprint  # raw and filtered file read the same


def test_that_amazon_without_an_active_user_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no user has 5 rows or more"):
        amazon(tmp_path, "AX,B1,5.0,10\n", 1, 1, 1)


def test_that_a_fault_in_amazon_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"line 2: rating is 'five', which is not a number"):
        amazon(tmp_path, "AX,B1,5.0,10\nAX,B2,five,11\n", 1, 1, 1)


# --- Last.fm ------------------------------------------------------------------------------------------------------

TAGS_HEADER = "userID\tartistID\ttagID\ttimestamp\r\n"
# user 2: five rows of two artists; user 5: five artists, one of them twice; user 9: four rows
TAGS = TAGS_HEADER + "".join(
    f"{row}\r\n"
    for row in (
        *("2\t50\t1\t5000", "2\t50\t2\t5000", "2\t51\t1\t6000", "2\t50\t3\t7000", "2\t51\t9\t8000"),
        *(
            "5\t51\t1\t-428720400000",
            "5\t52\t1\t9900",
            "5\t53\t1\t9100",
            "5\t54\t1\t9200",
            "5\t53\t2\t9050",
            "5\t55\t1\t9999",
        ),
        *("9\t50\t1\t1", "9\t51\t1\t1", "9\t52\t1\t1", "9\t60\t1\t1"),
    )
)
ARTISTS = (
    b"id\tname\turl\tpictureURL\r\n50\tSigur R\xc3\xb3s\thttp://x\thttp://y\r\n51\tBj\xf6rk\thttp://x\t\r\n"
    b'52\t"Weird" Band\thttp://x\r\nnonsense\r\n53\t\thttp://x\r\n'
)


def lastfm(folder: Path, protocol: str, counts: tuple[int, int, int]) -> Interactions:
    (folder / "user_taggedartists-timestamps.dat").write_bytes(TAGS.encode())
    (folder / "artists.dat").write_bytes(ARTISTS)
    return readers.read_folder(spec_of("lastfm-2k", *counts), folder, protocol)  # type: ignore[arg-type]


def test_lastfm_published_counts_rows(tmp_path: Path) -> None:
    data = lastfm(tmp_path, "published", (2, 6, 11))
    assert data.user_ids.tolist() == ["2", "5"]
    assert data.item_ids.tolist() == ["50", "51", "52", "53", "54", "55"]
    # UTF-8, Windows-1252, quotes; no name or no entry: the id
    assert data.titles.tolist() == ["Sigur Rós", "Björk", '"Weird" Band', "53", "54", "55"]
    assert data.item[:5].tolist() == [0, 0, 1, 0, 1]
    # user 5 in milliseconds: 51 (1956), 53 (9050), 53 (9100), 54, 52, 55 - all but the first in the same second
    assert data.item[5:].tolist() == [1, 3, 3, 4, 2, 5]
    assert data.timestamp[5:].tolist() == [-428720400, 9, 9, 9, 9, 9]


def test_lastfm_leak_free_counts_artists(tmp_path: Path) -> None:
    data = lastfm(tmp_path, "leak-free", (1, 5, 5))
    assert data.user_ids.tolist() == ["5"]
    assert [data.item_ids[i] for i in data.item] == ["51", "53", "54", "52", "55"]
    split = leave_one_out(data, "leak-free", seed=0)
    assert split.n_duplicates_dropped == 0


# --- the real files, where the machine has them ------------------------------------------------------------------

REAL = os.environ.get("SECRETREC_TEST_DATA")
needs_real = pytest.mark.skipif(
    not REAL, reason="SECRETREC_TEST_DATA does not point to a folder with the real data sets"
)


@needs_real
@pytest.mark.parametrize("name", ["ml-100k", "ml-1m", "amazon-video"])
def test_that_the_real_files_read_with_the_expected_counts(name: str) -> None:
    folder = Path(str(REAL)) / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    start = time.perf_counter()
    data = readers.read_folder(registry.spec(name), folder)
    split = leave_one_out(data, "leak-free", seed=1)
    assert time.perf_counter() - start < 10
    assert split.n_train_only_users == 0
    assert split.n_duplicates_dropped == 0
    if name == "ml-100k":
        kolya = int(np.flatnonzero(data.item_ids == "242")[0])
        assert data.titles[kolya] == "Kolya (1996)"
        assert any("é" in title for title in data.titles)
