"""What is kept of an item table: only while nobody can write to it, and never another table's."""

import numpy as np

from models.item_table import first_columns, is_fixed, kept
from models.nearness import closeness_to_basket
from models.new_user import ridge_system
from tests.models.small_data import hyper_of

TABLE = np.arange(12, dtype=np.float32).reshape(4, 3)


def fixed(table):
    table = table.copy()
    table.setflags(write=False)
    return table


def test_that_what_follows_is_made_once_from_a_fixed_table_and_anew_from_another():
    asked = []

    @kept
    def doubled(items, dim):
        asked.append(dim)
        return 2 * items[:, :dim]

    one, other = fixed(TABLE), fixed(TABLE + 1)
    for table, dim in ((one, 2), (one, 2), (other, 2), (other, 1), (one, 2)):
        assert np.array_equal(doubled(table, dim), 2 * table[:, :dim])
    assert asked == [2, 2, 1, 2]


def test_that_nothing_is_kept_of_a_table_that_can_change():
    table = TABLE.copy()
    assert not is_fixed(table)
    assert not is_fixed(np.frombuffer(b"x" + TABLE.tobytes(), np.float32, 12, 1).reshape(4, 3))
    hyper = hyper_of("fcf", dim=3)
    before = ridge_system(table, np.array([1]), hyper), closeness_to_basket(table, np.array([1]), hyper)
    table[2] *= -1
    table[3] *= 5
    assert not np.array_equal(before[0], ridge_system(table, np.array([1]), hyper))
    assert not np.array_equal(before[1], closeness_to_basket(table, np.array([1]), hyper))


def test_that_the_first_columns_are_a_fixed_table_of_their_own():
    items = fixed(TABLE)
    taken = first_columns(items, 2)
    assert is_fixed(taken)
    assert first_columns(items, 2) is taken
    assert np.array_equal(taken, TABLE[:, :2])
    assert not is_fixed(items[:, :2])
