"""The catalogue: read, digested, and a party's own data in its terms, with nothing left out in silence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data import catalogue, demo
from data.catalogue import Catalogue, map_to_catalogue
from data.errors import DataError
from data.interactions import build
from data.split import leave_one_out

SMALL = Catalogue(("m1", "m2", "m3"), ("Alpha, Beta", "m2", "Gämma"), (("One", "Two"), (), ("One",)))


def own(rows, titles=None, groups=None):
    """Interactions of (user, item, time) rows with ids in order of appearance."""
    users, items = ([*dict.fromkeys(row[place] for row in rows)] for place in (0, 1))
    return build(
        "mine",
        np.array([users.index(row[0]) for row in rows]),
        np.array([items.index(row[1]) for row in rows]),
        np.array([row[2] for row in rows]),
        np.array(users, dtype=object),
        np.array(items, dtype=object),
        np.array([(titles or {}).get(item, item) for item in items], dtype=object),
        tuple(() for _ in items),
        groups,
    )


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def test_that_a_catalogue_reads_back_from_its_own_file(tmp_path):
    path = tmp_path / "items.csv"
    path.write_bytes(SMALL.as_csv())
    again = catalogue.read(path)
    assert again == SMALL
    assert again.digest == SMALL.digest


def test_that_a_data_sets_catalogue_reads_back_and_keeps_its_order(tmp_path):
    interactions = demo.generate()
    made = catalogue.from_interactions(interactions)
    (tmp_path / "items.csv").write_bytes(made.as_csv())
    assert catalogue.read(tmp_path / "items.csv") == made
    assert list(made.item_ids) == list(interactions.item_ids)


@pytest.mark.parametrize(
    "text",
    [
        "item,title,genres\nm1,\"Alpha, Beta\",One|Two\nm2,,\nm3,Gämma,One\n",
        "\ufefftitle,genres,movie_id\r\n\"Alpha, Beta\",One|Two,m1\r\n,,m2\r\n Gämma ,One,m3\r\n\r\n",
        "商品编号,标题,类型,price\nm1,\"Alpha,  Beta\",One;Two,3\nm2,m2,,4\nm3,Gämma,[One],5\n",
    ],
)  # fmt: skip
def test_that_files_that_say_the_same_have_the_same_digest(tmp_path, text):
    assert catalogue.read(write(tmp_path / "x.csv", text)).digest == SMALL.digest


def test_that_order_title_and_genre_change_the_digest():
    others = (
        Catalogue(("m2", "m1", "m3"), SMALL.titles, SMALL.genres),
        Catalogue(SMALL.item_ids, ("Alpha", "m2", "Gämma"), SMALL.genres),
        Catalogue(SMALL.item_ids, SMALL.titles, (("One",), (), ("One",))),
    )
    assert len({one.digest for one in (SMALL, *others)}) == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no column of the item; its columns are -"),
        ("user,rating\n1,2\n", "line 1: the catalogue has no column of the item; its columns are user, rating"),
        ("item,title\n", "the catalogue has no item"),
        ("item,title\na,A\nb,B,C\n", "line 3: 3 fields where the header has 2. Put a title with a comma in double"),
        ("item,title\na,A\n ,B\n", "line 3: the item has no id"),
        ("item,title\na,A\nb,B\na,C\n", "line 4: item 'a' stands more than once"),
        ('item,title\na,"A\nb,B\n', "this is no CSV row"),
        (f"item,title\na,{'x' * 1001}\n", "line 2: 'x+' is longer than 1000 characters"),
        ("item,title\na,x\x00y\n", "line 2: .*control characters|this is no CSV row"),
    ],
)
def test_that_a_faulty_catalogue_is_refused_with_its_place(tmp_path, text, sentence):
    with pytest.raises(DataError, match=sentence) as caught:
        catalogue.read(write(tmp_path / "x.csv", text))
    assert "x.csv" in str(caught.value)


def test_that_other_encodings_and_missing_files_are_refused(tmp_path):
    with pytest.raises(DataError, match="not UTF-8 text"):
        catalogue.read(write(tmp_path / "x.csv", "item,title\na,Gämma\n", "latin-1"))
    with pytest.raises(DataError, match="cannot be read: No such file"):
        catalogue.read(tmp_path / "y.csv")


def test_that_a_partys_data_are_numbered_as_in_the_catalogue():
    mine = own(
        [("u", "m3", 1), ("u", "x9", 2), ("u", "m1", 3), ("v", "x9", 4), ("w", "m3", 5), ("w", "x8", 6)],
        groups={"gender": np.array(["F", "M", "F"], dtype=object)},
    )
    mapped = map_to_catalogue(mine, SMALL)
    found = mapped.interactions
    assert found.user.tolist() == [0, 0, 1]
    assert found.item.tolist() == [2, 0, 2]
    assert found.timestamp.tolist() == [1, 3, 5]
    assert found.user_ids.tolist() == ["u", "w"]
    assert found.item_ids.tolist() == ["m1", "m2", "m3"]
    assert found.genres == SMALL.genres
    assert found.user_groups["gender"].tolist() == ["F", "F"]
    assert found.fingerprint != mine.fingerprint
    report = mapped.report
    assert (report.rows, report.rows_kept, report.users, report.users_kept) == (6, 3, 3, 2)
    assert (report.known, report.unknown, report.untouched) == (2, 2, 1)
    assert report.unknown_examples == (("x9", 2), ("x8", 1))
    assert [str(one) for one in report.sentences()] == [
        "2 of 4 items in the file are in the catalogue, with 3 of 6 rows and 2 of 3 users; nobody in the file has the "
        "other 1 items of the catalogue.",
        "2 items are not in the catalogue and their 3 rows were left out: x9 (2), x8 (1).",
    ]


def test_that_a_file_with_the_catalogues_own_items_stays_as_it_was():
    mine = demo.generate()
    found = map_to_catalogue(mine, catalogue.from_interactions(mine))
    assert found.interactions.fingerprint == mine.fingerprint
    assert len(found.report.sentences()) == 1
    before, after = (leave_one_out(one, "leak-free", 7) for one in (mine, found.interactions))
    assert (before.test_candidates == after.test_candidates).all()


def test_that_what_is_beyond_the_second_stays_with_its_row():
    data = own([("a", "m9", 1), ("a", "m1", 2), ("a", "m2", 2), ("a", "m3", 2)])
    finer = map_to_catalogue(replace(data, nanos=np.array([7, 1, 2, 3])), SMALL).interactions
    assert finer.nanos.tolist() == [1, 2, 3]
    assert leave_one_out(finer, "published", 1).test_item.tolist() == [2]
    assert finer.fingerprint != map_to_catalogue(data, SMALL).interactions.fingerprint


def test_that_items_with_another_title_are_told():
    mine = own([("u", "m1", 1), ("u", "m3", 2)], titles={"m1": "Omega", "m3": "gämma"})
    report = map_to_catalogue(mine, SMALL).report
    assert report.renamed_examples == (("m1", "Omega", "Alpha, Beta"),)
    assert "1 items have another title in the file than in the catalogue" in report.sentences()[1]


def test_that_a_file_of_other_items_is_refused():
    with pytest.raises(DataError, match=r"none of the 2 items of 'mine' .* it has 7, 8, the catalogue m1, m2, m3\."):
        map_to_catalogue(own([("u", "7", 1), ("u", "8", 2)]), SMALL)
