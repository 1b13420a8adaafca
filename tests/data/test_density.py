"""The weight of unobserved pairs that follows from how full the data are."""

import pytest

from data.density import unobserved_weight


@pytest.mark.parametrize(
    ("n_rows", "n_users", "n_items", "weight"),
    [
        (100, 100, 100, 0.12),  # a hundredth filled: 1.2 * 0.1
        (2500, 100, 100, 0.6),  # a quarter: 1.2 * 0.5
        (10_000, 100, 100, 1.2),  # full
        (47_000, 8_072, 11_830, 0.027),  # as empty as Amazon-Video
        (1, 10_000, 1_000_000, 0.001),  # never so small that items without interactions are free to move
    ],
)
def test_that_the_weight_is_the_root_of_the_density(n_rows, n_users, n_items, weight):
    assert unobserved_weight(n_rows, n_users, n_items) == weight
