"""Cells that a spreadsheet must not compute."""

from __future__ import annotations

import pytest

from data.cells import safe_cells


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+Plus", "'+Plus"),
        ("-30-", "'-30-"),
        ("@home", "'@home"),
        ("\t=1", "'\t=1"),
        ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
        ("-9223372036854775807", "-9223372036854775807"),
        ("-0.5", "-0.5"),
        (-3, "-3"),
        ("+1.5e-7", "+1.5e-7"),
        ("-5 %", "-5 %"),
        ("-", "-"),
        ("Alien (1979)", "Alien (1979)"),
        ("", ""),
        (0.25, "0.25"),
    ],
)  # fmt: skip
def test_that_formulas_become_text_and_numbers_stay(cell: object, safe: str) -> None:
    assert safe_cells([cell]) == [safe]
