"""The order of a run's users, without TensorFlow."""

from types import SimpleNamespace

import numpy as np
import pytest

from data import loading
from fl.protocol.commands import ListUsers
from fl.runs.run_folder import RunFolder
from fl.settings.train import TrainSettings
from tests.fl.asking import ask


@pytest.fixture
def ids(monkeypatch):
    """Makes a run whose users have these ids, in the order of the file; user k has k train items."""

    def make(*names):
        split = SimpleNamespace(indptr=np.cumsum([0, *range(len(names))]))
        loaded = SimpleNamespace(split=split, interactions=SimpleNamespace(user_ids=np.array(names, object)))
        monkeypatch.setattr(loading, "load", lambda *_: loaded)
        RunFolder.create(TrainSettings(name="run"), {"fingerprint": "abc"})

    return make


def listed(query="", limit=100):
    return [user.id for user in ask(ListUsers(run="run", query=query, limit=limit)).users]


def test_that_numbers_are_ordered_by_value_and_names_by_alphabet_whatever_their_case(ids):
    ids("196", "bob", "22", "Anna", "3", "anna", "Carl", "9" * 5000)
    assert listed() == ["3", "22", "196", "9" * 5000, "Anna", "anna", "bob", "Carl"]
    assert listed(limit=2) == ["3", "22"]


def test_that_what_equals_the_query_comes_first_then_what_begins_with_it(ids):
    ids("129", "2900", "29", "1029", "290", "7")
    assert listed("29") == ["29", "290", "2900", "129", "1029"]


def test_that_each_user_keeps_its_own_count(ids):
    ids("10", "9", "100")
    assert [(user.id, user.n_items) for user in ask(ListUsers(run="run", limit=3)).users] == [
        ("9", 1),
        ("10", 0),
        ("100", 2),
    ]
