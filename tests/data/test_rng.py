"""The counter-based generator: published test vector, bounds, independence of the order of work."""

from __future__ import annotations

import numpy as np
import pytest

from data import rng

# First five outputs of splitmix64 seeded with 1234567, as published with the algorithm (rosettacode.org, "Pseudo-random
# numbers/Splitmix64").
PUBLISHED = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821]


def test_that_the_stream_is_splitmix64() -> None:
    stream = np.array([1234567], dtype=np.uint64)
    assert rng.draw(stream, np.arange(5, dtype=np.uint64)).tolist() == PUBLISHED


def test_that_draws_do_not_depend_on_their_neighbours() -> None:
    streams = rng.keys(rng.key(7, 3), np.arange(10))
    together = rng.draw(streams[:, None], np.arange(20, dtype=np.uint64)[None, :])
    for row in (9, 0, 4):
        alone = rng.draw(rng.keys(rng.key(7, 3), np.array([row])), np.array([13], dtype=np.uint64))
        assert alone[0] == together[row, 13]


def test_that_key_and_keys_agree() -> None:
    assert rng.keys(rng.key(1, 2), np.array([5, 9])).tolist() == [rng.key(1, 2, 5), rng.key(1, 2, 9)]


def test_that_keys_differ_by_every_word() -> None:
    made = {rng.key(a, b, c) for a in range(12) for b in range(12) for c in range(12)}
    assert len(made) == 12**3
    assert rng.key(1, 0) != rng.key(1) != rng.key(0, 1)


@pytest.mark.parametrize(
    ("bits", "n", "expected"),
    [(0, 10, 0), (2**64 - 1, 10, 9), (2**63, 10, 5), (2**63 - 1, 10, 4), (2**64 - 1, 1, 0), (12345, 0, 0)],
)
def test_below_by_hand(bits: int, n: int, expected: int) -> None:
    assert rng.below(np.array([bits], dtype=np.uint64), np.array([n], dtype=np.uint64)).tolist() == [expected]


def test_that_below_reaches_the_top_of_the_largest_range() -> None:
    top = rng.below(np.array([2**64 - 1], dtype=np.uint64), np.array([rng.MAX_BELOW], dtype=np.uint64))
    assert top.tolist() == [rng.MAX_BELOW - 1]


def test_that_unit_stays_inside_the_open_interval() -> None:
    values = rng.unit(np.array([0, 2**64 - 1, 2**63], dtype=np.uint64))
    assert 0 < values[0] < 1e-15
    assert 1 - 1e-15 < values[1] < 1
    assert values[2] == pytest.approx(0.5)
