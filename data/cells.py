"""Cells of exported tables that a spreadsheet shows as text and does not compute."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# A cell that begins with one of these is a formula to a spreadsheet, and may start programs ("CSV injection", OWASP).
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?( ?%)?|[+-]")


def safe_cells(row: Iterable[object]) -> list[str]:
    """Return a row for a CSV file or the clipboard: texts that look like a formula get an apostrophe in front.

    A spreadsheet shows what is behind the apostrophe. Numbers stay, negative ones too.
    """
    return [_safe(str(cell)) for cell in row]


def plain_cell(cell: str) -> str:
    """Return a cell of a file of ours as it was before `safe_cells`."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA_SIGNS) else cell


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(cell) else cell
