"""A data set that has grown, by hand: numbers of before, what is gone, which known items a new one is like."""

import numpy as np

from data.growth import Rows, neighbours, numbered, rows_gone
from data.interactions import build
from data.partition import assign_more
from data.split import leave_one_out, without


def data_of(rows):
    """Interactions of (user, item, time), numbered by first appearance; an item's genre is its first letter."""
    users, items = (list(dict.fromkeys(row[place] for row in rows)) for place in (0, 1))
    columns = [
        np.array(column, np.int64)
        for column in zip(*((users.index(u), items.index(i), t) for u, i, t in rows), strict=True)
    ]
    names = [np.array(names, object) for names in (users, items)]
    return build("hand", *columns, *names, names[1], tuple((item[0],) for item in items))


def named(data):
    return {
        (data.user_ids[u], data.item_ids[i], int(t))
        for u, i, t in zip(data.user, data.item, data.timestamp, strict=True)
    }


def test_that_what_is_known_keeps_its_number_and_the_rest_comes_behind():
    rows = [("eve", "z9", 5), ("ann", "a1", 1), ("bob", "b1", 2), ("ann", "b1", 3), ("bob", "a1", 4), ("ann", "z9", 9)]
    found = numbered(data_of(rows), ["b1", "a1"], {"bob": 0, "ann": 2})
    assert found.item_ids.tolist() == ["b1", "a1", "z9"]
    assert found.user_ids.tolist() == ["bob", "eve", "ann"]
    assert found.genres == (("b",), ("a",), ("z",))
    assert named(found) == set(rows)
    assert found.user.tolist() == [0, 0, 1, 2, 2, 2]
    assert found.timestamp.tolist() == [2, 4, 5, 1, 3, 9]


def test_that_a_known_user_who_is_not_there_keeps_the_number_with_no_rows():
    found = numbered(data_of([("new", "a1", 1), ("ann", "a1", 2)]), ["a1"], {"gone": 0, "ann": 1})
    assert found.user_ids.tolist() == ["", "ann", "new"]
    assert found.user.tolist() == [1, 2]


def test_that_rows_gone_are_counted_with_repeats():
    def rows(*triples):
        return Rows(*(np.array(column, np.int64) for column in zip(*triples, strict=True)))

    now = rows((0, 1, 5), (0, 2, 6), (1, 1, 7))
    assert rows_gone(rows((1, 1, 7), (0, 1, 5)), now) == 0
    assert rows_gone(rows((0, 1, 5), (0, 1, 5)), now) == 1
    assert rows_gone(rows((0, 1, 4), (-1, 1, 5), (0, 2, 6)), now) == 2


def test_that_neighbours_share_the_largest_part_of_the_genres():
    genres = [("a",), ("a", "b"), ("c",), ("a", "b"), ("a", "b", "c"), ("b", "a"), ("x",), ()]
    assert [one.tolist() for one in neighbours(genres, 5)] == [[1, 3], [], []]


def test_that_newcomers_go_where_fewest_are():
    assignment = np.array([0, 0, 0, 1, -1, -1, -1, -1], np.int32)
    assign_more(assignment, np.array([4, 5, 7]), 2, seed=1)
    assert assignment[:4].tolist() == [0, 0, 0, 1]
    assert assignment[6] == -1
    assert sorted(assignment[[4, 5, 7]].tolist()) == [0, 1, 1]


def test_that_a_split_without_somebody_leaves_the_others_as_they_are():
    rows = [(user, f"a{item}", item) for user in ("ann", "bob", "eve") for item in range(4)]
    whole = leave_one_out(data_of(rows), "leak-free", 1)
    left = without(whole, np.array([False, True, False]))
    assert left.indptr.tolist() == [0, 2, 2, 4]
    assert left.items.tolist() == [0, 1, 0, 1]
    assert left.test_item.tolist() == [3, -1, 3]
    assert (left.valid_candidates[1] == -1).all()
    np.testing.assert_array_equal(left.test_candidates[[0, 2]], whole.test_candidates[[0, 2]])
