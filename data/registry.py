"""The data sets SecretRec knows by name. Data sets are data: one row each. Imports nothing heavy (the window uses it).

This file is a contract; the data room fills it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Status = Literal["ready", "missing"]


@dataclass(frozen=True)
class DatasetSpec:
    """One known data set.

    Attributes:
        name: what the command line and the window call it.
        title: human title.
        url: official source ("" for the built-in one).
        md5: checksum of the official archive ("" when none is published).
        archive: file name of the official archive ("" when built in).
        licence: short licence text, shown before a download.
        citation: reference to cite.
        n_users, n_items, n_rows: expected counts after reading.
        available: whether a reader exists in this version.
    """

    name: str
    title: str
    url: str
    md5: str
    archive: str
    licence: str
    citation: str
    n_users: int
    n_items: int
    n_rows: int
    builtin: bool = False
    available: bool = True


DATASETS: dict[str, DatasetSpec] = {}


def spec(name: str) -> DatasetSpec:
    """The row called `name`. Raises UnknownNameError naming the known ones."""
    raise NotImplementedError


def status(name: str) -> Status:
    """Whether the data set can be read at once (built in, or fetched before)."""
    raise NotImplementedError


def folder(name: str) -> Path:
    """Where the fetched files of `name` live."""
    raise NotImplementedError
