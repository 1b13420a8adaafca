"""The threat tables of docs/privacy.md: every cell has its word and names tests, and every test is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("\n## Who learns what\n")[2].partition("\n## ")[0]
ATTACKERS = (
    "server, honest but curious",
    "server, cheating",
    "cheating server with k parties",
    "k parties, without the server",
    "another account of the machine",
    "a stranger's run folder",
    "the network",
)
AGGREGATORS = ("secure", "spu", "heu", "robust", "plain")


def tables():
    """The rows of each table, cells without their bars; the first row of a table is its heading."""
    found: list[list[list[str]]] = [[]]
    for line in SECTION.splitlines():
        if not line.startswith("|"):
            found.append([])
        elif not set(line) <= set("|-"):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return [table for table in found if table]


def named():
    """The tests by number."""
    found: dict[int, list[str]] = {}
    number = 0
    for line in SECTION.splitlines():
        begin = re.match(r"(\d+)\. ", line)
        number = int(begin[1]) if begin else number
        tests = re.findall(r"`(tests/[^`]+::[^`]+)`", line)
        if tests:
            found.setdefault(number, []).extend(tests)
    return found


@cache
def defined_in(path):
    return {node.name for node in ast.parse((ROOT / path).read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


CELLS = [(row[0], column, cell) for table in tables() for row in table[1:] for column, cell in enumerate(row[1:], 1)]


def test_that_every_attacker_and_every_other_aggregator_has_a_row():
    threats, others = tables()
    assert all(row[0].startswith(name) for row, name in zip(threats[1:], ATTACKERS, strict=True))
    assert [row[0].strip("`") for row in others[1:]] == list(AGGREGATORS)
    for asset in ("one user's ratings", "a party's counts", "a party's update", "the model"):
        assert asset in threats[0]
    assert len({len(row) for row in threats}) == len({len(row) for row in others}) == 1


@pytest.mark.parametrize(("row", "column", "cell"), CELLS, ids=[f"{row}-{column}" for row, column, _ in CELLS])
def test_that_a_cell_has_its_word_and_existing_tests(row, column, cell):
    word = re.match(r"(hidden up to (the same k|k = [^\[]+)|hidden|open)\b", cell)
    assert word, cell
    numbers = re.findall(r"\[([\d, ]+)\]$", cell)
    assert len(numbers) == 1, cell
    for number in numbers[0].split(","):
        for test in named()[int(number)]:
            path, _, name = test.partition("::")
            assert name in defined_in(path), test


def test_that_every_test_of_the_list_is_asked_for():
    used = {int(n) for *_, cell in CELLS for n in re.findall(r"\d+", cell.rpartition("[")[2])}
    assert used == set(named())
