"""The labels of items, and their columns, by hand."""

import numpy as np

from data.genres import item_labels, label_columns
from data.loading import load

ITEMS = [("b", "a"), ("a",), (), ("b", "c")]  # a and b in two of four items, c in one


def test_that_every_column_has_mean_square_one_and_the_first_is_of_ones():
    root = np.sqrt(2)
    expected = [[1, root, root, 0], [1, root, 0, 0], [1, 0, 0, 0], [1, 0, root, 2]]
    found = label_columns(ITEMS, 8)
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    np.testing.assert_allclose((found**2).mean(axis=0), 1, rtol=1e-6)


def test_that_of_too_many_labels_the_most_frequent_are_taken():
    np.testing.assert_array_equal(label_columns(ITEMS, 3), label_columns(ITEMS, 8)[:, :3])
    np.testing.assert_array_equal(label_columns(ITEMS, 1), np.ones((4, 1)))


def test_that_there_are_no_columns_without_labels():
    assert label_columns([(), ()], 4).shape == (2, 0)
    assert label_columns([], 4).shape == (0, 0)


def test_that_the_year_at_the_end_of_a_title_gives_its_decade():
    titles = ["Heat (1995)", "2001 (1968) ", "1984", "Room (237)"]
    expected = ((*ITEMS[0], "1990s"), (*ITEMS[1], "1960s"), (), ("b", "c"))
    assert item_labels(ITEMS, titles) == expected


def test_that_every_party_is_told_the_labels_of_all_items():
    loaded = load("demo", "leak-free", 1)
    parts, _ = loaded.divide(["left", "right"], 1)
    expected = item_labels(loaded.interactions.genres, loaded.interactions.titles)
    assert len(expected) == loaded.split.n_items
    assert all(part.labels == expected for part in parts)
    assert any(label.endswith("0s") for labels in expected for label in labels)
