"""What a card shows of a data set, with numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.interactions import build
from data.preview import histogram, sketch


def three_users():
    """User a: 3 rows, b: 1, c: 2; item x: 4 rows, y: 2."""
    return build(
        "small",
        np.array([0, 0, 0, 1, 2, 2]),
        np.array([0, 1, 0, 0, 0, 1]),
        np.array([30, 10, 20, 0, 50, 40]),
        np.array(["a", "b", "c"], dtype=object),
        np.array(["x", "y"], dtype=object),
        np.array(["X!", "Y!"], dtype=object),
        ((), ()),
    )


def test_that_bins_widen_with_the_values():
    made = histogram(np.array([1, 1, 2, 3, 4, 5, 7, 8, 11, 12]))
    assert made.edges == (1, 2, 3, 4, 6, 8, 12, 16)
    assert made.counts == (2, 1, 1, 2, 1, 2, 1)


@given(st.lists(st.integers(1, 5000), max_size=60))
def test_that_every_value_falls_into_one_bin(values):
    made = histogram(np.array(values, dtype=np.int64))
    naive = [sum(low <= v < high for v in values) for low, high in zip(made.edges, made.edges[1:], strict=False)]
    assert list(made.counts) == naive
    assert sum(made.counts) == len(values)


def test_that_a_sketch_counts_what_is_there():
    made = sketch(three_users(), n_rows=4)
    assert (made.n_users, made.n_items, made.n_rows) == (3, 2, 6)
    assert made.activity.counts == (1, 1, 1)
    assert dict(zip(made.popularity.edges, made.popularity.counts, strict=False)) == {1: 0, 2: 1, 3: 0, 4: 1}
    assert made.median_activity == 2
    assert made.top_tenth == pytest.approx(4 / 6), "a tenth of two items is still one item"
    assert (made.first, made.last) == (10, 50)
    assert [(row.user, row.title, row.timestamp) for row in made.rows] == [
        ("a", "Y!", 10),
        ("a", "X!", 20),
        ("a", "X!", 30),
        ("b", "X!", 0),
    ]


def test_that_data_without_time_says_so():
    timeless = three_users()
    made = sketch(
        build(
            "t", timeless.user, timeless.item, np.zeros(6, np.int64), timeless.user_ids, timeless.item_ids,
            timeless.titles, timeless.genres,
        )
    )  # fmt: skip
    assert (made.first, made.last) == (0, 0)
