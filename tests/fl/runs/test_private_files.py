"""Checkpoints that train the last rounds again give the model that was saved."""

import numpy as np
import pytest

from data.errors import StorageError
from fl.runs.private_files import PrivateFiles
from models.fedrap_local import LocalFedRAP
from tests.models.small_data import small_party
from tests.models.test_fedrap import HYPER


class Saved:
    """A FedRAP party that writes a checkpoint after every round, as `fl.federation.worker` does."""

    def __init__(self, folder):
        data = small_party()
        self.folder = folder
        self.files = PrivateFiles(lambda: LocalFedRAP(data, HYPER))
        self.local = LocalFedRAP(data, HYPER)
        self.items = LocalFedRAP.initial_items(data.n_items, HYPER)

    def train(self, first, last, drawn=None, save=True):
        for number in range(first, last + 1):
            rows = None if drawn is None else np.array(drawn, np.int64)
            self.files.trained(self.local, number, self.items, rows)
            update = self.local.train_round(self.items, number, rows)
            self.items = (self.items + update.item_update / max(1, update.n_users)).astype(np.float32)
            if save:
                self.save(number)

    def path(self, number):
        return self.folder / f"round-{number:06d}.safetensors"

    def save(self, number):
        return self.files.save(self.local, self.path(number))

    def load(self, number):
        self.local = self.files.load(self.local, self.path(number))

    def state(self):
        return {name: array.copy() for name, array in self.local.private_state().items()}

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())


def assert_equal(a, b):
    assert set(a) == set(b)
    for name in a:
        np.testing.assert_array_equal(a[name], b[name], err_msg=name)


@pytest.fixture
def every_third(monkeypatch):
    monkeypatch.setattr(LocalFedRAP, "checkpoint_every", 3)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7])
def test_that_any_round_comes_back_bit_for_bit(tmp_path, every_third, number):
    one = Saved(tmp_path)
    one.train(1, number, save=True)
    expected = one.state()
    one.train(number + 1, 7)
    other = Saved(tmp_path)
    other.load(number)
    assert_equal(other.state(), expected)


def test_that_only_every_third_round_is_written_in_full(tmp_path, every_third):
    one = Saved(tmp_path)
    sizes = []
    for number in range(1, 7):
        one.train(number, number, save=False)
        sizes.append(one.save(number))
    assert [name for name in one.names() if name.startswith("base")] == [
        "base-000003.safetensors",
        "base-000006.safetensors",
    ]
    full = one.local.private_state()["rows"].nbytes
    assert sizes[5] > full
    assert sizes[4] < 3 * one.items.nbytes


def test_that_drawn_users_are_drawn_again(tmp_path, every_third):
    one = Saved(tmp_path)
    one.train(1, 1, drawn=[0, 2, 5])
    one.train(2, 2, drawn=[])
    one.train(3, 3)
    one.train(4, 5, drawn=[1])
    other = Saved(tmp_path)
    for number in (5, 2):
        other.load(number)
        if number == 5:
            assert_equal(other.state(), one.state())
    again = Saved(tmp_path / "again")
    again.train(1, 1, drawn=[0, 2, 5])
    again.train(2, 2, drawn=[])
    assert_equal(other.state(), again.state())


def test_that_a_loaded_run_goes_on_like_the_uninterrupted_one(tmp_path, every_third):
    whole = Saved(tmp_path / "whole")
    whole.train(1, 8)
    one = Saved(tmp_path / "cut")
    one.train(1, 4)
    other = Saved(tmp_path / "cut")
    other.load(4)
    other.items = one.items
    other.train(5, 8)
    assert_equal(other.state(), whole.state())
    third = Saved(tmp_path / "cut")
    third.load(8)
    assert_equal(third.state(), whole.state())


def test_that_a_full_state_is_kept_as_long_as_a_kept_round_needs_it(tmp_path, every_third):
    one = Saved(tmp_path)
    one.train(1, 8)
    one.files.prune(tmp_path, [one.path(n).name for n in (4, 7, 8)])
    assert one.names() == [
        "base-000003.safetensors",
        "base-000006.safetensors",
        "round-000004.safetensors",
        "round-000007.safetensors",
        "round-000008.safetensors",
    ]
    one.files.prune(tmp_path, [one.path(n).name for n in (7, 8)])
    assert "base-000003.safetensors" not in one.names()
    other = Saved(tmp_path)
    other.load(8)
    assert_equal(other.state(), one.state())


def test_that_a_model_nobody_saved_for_long_is_saved_in_full(tmp_path, every_third):
    one = Saved(tmp_path)
    one.train(1, 7, save=False)
    one.save(7)
    assert one.names() == ["base-000007.safetensors", "round-000007.safetensors"]
    other = Saved(tmp_path)
    other.load(7)
    assert_equal(other.state(), one.state())


def test_that_another_folder_gets_a_full_state_of_its_own(tmp_path, every_third):
    one = Saved(tmp_path / "first")
    one.train(1, 4)
    one.folder = tmp_path / "second"
    one.train(5, 5)
    assert one.names() == ["base-000005.safetensors", "round-000005.safetensors"]
    other = Saved(tmp_path / "second")
    other.load(5)
    assert_equal(other.state(), one.state())


def test_that_a_missing_full_state_is_named(tmp_path, every_third):
    one = Saved(tmp_path)
    one.train(1, 4)
    (tmp_path / "base-000003.safetensors").unlink()
    with pytest.raises(StorageError, match="base-000003"):
        Saved(tmp_path).load(4)


def test_that_the_state_of_other_users_is_refused(tmp_path, every_third):
    one = Saved(tmp_path)
    one.train(1, 3)
    data = small_party(n_users=8)
    with pytest.raises(StorageError, match="does not fit"):
        PrivateFiles(lambda: LocalFedRAP(data, HYPER)).load(LocalFedRAP(data, HYPER), one.path(3))
