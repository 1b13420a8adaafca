"""Each test has its own SECRETREC_HOME; a test that leaves a thread behind fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import registry
from data.registry import DatasetSpec
from tests.data.factory import write_ml_100k


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("SECRETREC_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, DatasetSpec]:
    """A generated set in the official layout of ml-100k, and a registry whose ml-100k is that set."""
    folder = tmp_path / "official" / "ml-100k"
    row = write_ml_100k(folder)
    monkeypatch.setitem(registry.DATASETS, "ml-100k", row)
    return folder, row
