"""Tables to import: written here, small, and with a known answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

ROWS = [(f"u{user}", f"i{item}", 1 + (user + item) % 5, 1_700_000_000 + 10 * item + user)
        for user in range(6) for item in range(8) if (user * item) % 4 != 3]  # fmt: skip


class Table:
    """Writes a table and returns its path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, content: str | bytes, name: str = "table.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def of(
        self, header: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str = ",", quote_all: bool = False
    ) -> str:
        """The text of a table, quoted where need be. (Python's writer leaves a lone carriage return unquoted.)"""
        text = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n", quoting=quoting)
        writer.writerows([header, *rows])
        return text.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


@pytest.fixture
def good(table: Table) -> str:
    """A table of 6 users, 8 items and 42 rows without a fault; line 2 is its first row of data."""
    return table.of(["user", "item", "rating", "timestamp"], ROWS)
