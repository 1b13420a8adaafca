"""The order of a run's users, without TensorFlow."""

import numpy as np
import pytest

from fl.protocol.commands import ListUsers
from fl.runs import kept
from fl.runs.run_folder import RunFolder
from fl.runs.storage import round_file, write_arrays, write_json
from fl.settings.train import TrainSettings
from tests.fl.asking import ask
from tests.models.small_data import small_interactions
from tests.round_records import a_round


@pytest.fixture
def ids():
    """Makes a run of two parties whose users have these ids, in the order of the file; user k has k train items."""

    def make(*names):
        folder = RunFolder.create(TrainSettings(name="run"), {"fingerprint": "abc"})
        items = kept.items_of(small_interactions(), None)
        table = np.zeros((items.n_items, folder.settings().row_length), np.float32)
        write_arrays(folder.path / "server" / round_file(1), {"items": table})
        folder.add_round(a_round(1))
        for first, party in ((0, "party-1"), (1, "party-2")):
            users = np.arange(first, len(names), 2, dtype=np.int32)
            write_users(folder.path / kept.PARTIES / party, users, names)
        kept.keep_items(folder.path, items)

    return make


def write_users(place, users, names):
    held = {"users": users.tolist(), "ids": [names[user] for user in users], "train_items": users.tolist()}
    write_json(place / kept.USERS, {"protocol": "leak-free", **held})


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
