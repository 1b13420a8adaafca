"""A Ray cluster of two nodes on the loopback interface, which the tests of a module share."""

from __future__ import annotations

import pytest

from benchmarks.two_nodes import nodes


@pytest.fixture(scope="module")
def cluster():
    with nodes(north=4, south=1) as running:
        yield running
