"""Charts put values where they belong."""

import re

import pytest

from benchmarks.plots import Chart, _apart, _round_up


@pytest.mark.parametrize(
    ("value", "end"), [(0.19, 0.2), (0.21, 0.4), (0.9, 1.0), (1.0, 1.0), (1.2, 2.0), (38.6, 40.0), (99.0, 100.0)]
)
def test_that_an_axis_ends_at_a_round_number(value, end):
    assert _round_up(value) == pytest.approx(end)


def test_that_higher_values_stand_higher_and_places_are_evenly_spaced():
    svg = Chart("t", "x", "y", {"a": [(1, 0.0), (4, 1.0), (16, 2.0)]}).svg()
    points = re.search(r'polyline points="([^"]+)"', svg)[1].split()
    (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in (point.split(",") for point in points))
    assert x2 - x1 == pytest.approx(x3 - x2)
    assert y1 - y2 == pytest.approx(y2 - y3)
    assert y1 > y2 > y3


def test_that_names_are_escaped():
    assert "<b>" not in Chart("a <b>", "x", "y", {"<b>": [(1, 1.0)]}).svg()


def test_that_names_of_lines_that_end_together_stand_below_each_other():
    assert _apart([100.0, 40.0, 101.0, 99.0]) == [112.0, 40.0, 125.0, 99.0]
