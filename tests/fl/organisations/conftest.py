"""Two small federations with all keys, made once; tests copy what they change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.catalogue import Catalogue
from fl.organisations import administration
from fl.organisations.administration import Administration
from fl.settings.train import TrainSettings

CATALOGUE = Catalogue(("a", "b", "c"), ("Alpha", "Beta", "Gamma"), (("One",), (), ("One", "Two")))
PARTIES = {"alice": "127.0.0.1:9501", "bob": "localhost:9502"}


def found(folder: Path, *, with_keys: bool = True, **changes) -> Administration:
    """Found a federation of alice and bob."""
    given = {
        "name": "films",
        "parties": PARTIES,
        "server": "127.0.0.1:9500",
        "meeting": "127.0.0.1:9510",
        "catalogue": CATALOGUE,
        "settings": TrainSettings(epochs=3),
    }
    return administration.new_federation(folder, **{**given, **changes}, with_keys=with_keys)


@pytest.fixture(scope="session")
def _originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("federations")
    found(folder / "films")
    found(folder / "other")
    return folder


@pytest.fixture
def films(_originals: Path, tmp_path: Path) -> Administration:
    """A federation of alice and bob, with all keys, to change at will."""
    shutil.copytree(_originals / "films", tmp_path / "films")
    return Administration.read(tmp_path / "films")


@pytest.fixture
def other(_originals: Path) -> Administration:
    """Another federation with the same names; not to be changed."""
    return Administration.read(_originals / "other")
