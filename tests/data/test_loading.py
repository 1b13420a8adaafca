"""What is kept in memory of a data set that was read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.errors import UnknownNameError
from data.loading import interactions_of, load
from data.own.importer import import_file
from data.own.options import ImportOptions
from data.own.store import remove


def table(path: Path, rows: int) -> Path:
    path.write_text("user,item\n" + "".join(f"u{row % 5},i{row % 7}\n" for row in range(rows)), "utf-8")
    return path


def test_that_a_data_set_is_read_once_until_its_files_are_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_file(table(tmp_path / "a.csv", 20), "mine")
    first = load("mine", "leak-free", 0)
    assert load("mine", "leak-free", 0) is first
    assert first.interactions.n_rows == 20

    import_file(table(tmp_path / "b.csv", 30), "mine", ImportOptions(replace=True))
    assert load("mine", "leak-free", 0).interactions.n_rows == 30
    assert interactions_of("mine", "leak-free").n_rows == 30

    home = os.environ["SECRETREC_HOME"]
    monkeypatch.setenv("SECRETREC_HOME", str(tmp_path / "other"))
    import_file(table(tmp_path / "c.csv", 25), "mine")
    assert load("mine", "leak-free", 0).interactions.n_rows == 25
    monkeypatch.setenv("SECRETREC_HOME", home)
    assert load("mine", "leak-free", 0).interactions.n_rows == 30

    remove("mine")
    with pytest.raises(UnknownNameError):
        load("mine", "leak-free", 0)
