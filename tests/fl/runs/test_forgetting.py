"""A user leaves the files of a party; what the others learned, also what is trained again when it is read, stays."""

import numpy as np
import pytest

from data.partition import take
from fl.runs import forgetting, kept
from fl.runs.private_files import PrivateFiles, load_rows
from fl.runs.storage import read_arrays
from models.fedrap_local import LocalFedRAP
from tests.models.small_data import small_party
from tests.models.test_fedrap import HYPER

ROW = 1


@pytest.fixture(params=[None, "some"])
def run(tmp_path, request):
    """A folder with one party of FedRAP, three rounds after its start; in some rounds not everybody took part."""
    data = small_party()
    n = data.n_users
    ids = np.array([f"user-{row}" for row in range(n)], object)
    roster = kept.Roster("party-1", data.users, ids, np.diff(data.indptr))
    own = kept.OwnUsers(roster, data, data.indptr, data.items, np.arange(len(data.items)) + 7_000_000_000)
    kept.keep_users(tmp_path, own)
    names = np.array([str(item) for item in range(data.n_items)], object)
    kept.keep_items(tmp_path, kept.KnownItems("small", names, names, ((),) * data.n_items, None))
    files, local = PrivateFiles(lambda: LocalFedRAP(data, HYPER)), LocalFedRAP(data, HYPER)
    items = LocalFedRAP.initial_items(data.n_items, HYPER)
    drawn = [None, None, None] if request.param is None else [np.arange(n - 1), np.array([0, n - 1]), None]
    place = tmp_path / "parties" / "party-1"
    for number, rows in enumerate(drawn, start=1):
        files.trained(local, number, items, rows)
        update = local.train_round(items, number, rows)
        items = (items + update.item_update / n).astype(np.float32)
        files.save(local, place / f"round-{number:06d}.safetensors")
    return tmp_path, place, data, items


def scores(place, data, items, row_in_file, n_users, row):
    local = LocalFedRAP(take(data, np.array([row])), HYPER)
    load_rows(local, place / "round-000003.safetensors", np.array([row_in_file]), n_users)
    return local.scores(np.array([0]), items)


def test_that_the_others_are_as_before_and_the_user_is_in_no_file(run):
    folder, place, data, items = run
    n = data.n_users
    before = {row: scores(place, data, items, row, n, row) for row in range(n)}
    mine = slice(*data.indptr[ROW : ROW + 2])
    times = (np.arange(len(data.items)) + 7_000_000_000)[mine].astype(np.int64).tobytes()
    assert times in (place / kept.HISTORY).read_bytes()
    forgetting.forget(folder, "fedrap", "party-1", ROW)
    left = np.delete(np.arange(n), ROW)
    for at, row in enumerate(left.tolist()):
        np.testing.assert_array_equal(scores(place, data, items, at, n - 1, row), before[row])
    own = kept.users_of(folder, "party-1")
    assert own.roster.user_ids.tolist() == [f"user-{row}" for row in left]
    np.testing.assert_array_equal(own.data.items, take(data, left).items)
    for path in place.iterdir():
        assert times not in path.read_bytes()
        assert f'"user-{ROW}"'.encode() not in path.read_bytes()
    assert forgetting.was_forgotten(folder, f"user-{ROW}")
    assert not forgetting.was_forgotten(folder, "user-0")
    assert forgetting.how_many(folder) == 1
    # Another one, in files that were written anew before.
    forgetting.forget(folder, "fedrap", "party-1", 0)
    np.testing.assert_array_equal(scores(place, data, items, 0, n - 2, int(left[1])), before[int(left[1])])


def test_that_what_a_crash_cut_short_is_finished_once(run, monkeypatch):
    folder, place, _, _ = run
    write, left = forgetting.write_arrays, [2]

    def dying(path, arrays):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write(path, arrays)

    monkeypatch.setattr(forgetting, "write_arrays", dying)
    with pytest.raises(KeyboardInterrupt):
        forgetting.forget(folder, "fedrap", "party-1", ROW)
    monkeypatch.setattr(forgetting, "write_arrays", write)
    halfway = {path.name: path.read_bytes() for path in sorted(place.glob("round-*"))[:2]}
    forgetting.finish(folder)
    assert {name: (place / name).read_bytes() for name in halfway} == halfway
    for path in place.glob("round-*"):
        assert "n_users" in read_arrays(path)
    assert not (place / "forgetting.json").exists()
    assert forgetting.was_forgotten(folder, f"user-{ROW}")
    forgetting.finish(folder)
    assert forgetting.how_many(folder) == 1


def test_that_a_damaged_checkpoint_is_deleted(run):
    folder, place, _, _ = run
    (place / "round-000001.safetensors").write_bytes(b"damaged")
    forgetting.forget(folder, "fedrap", "party-1", ROW)
    assert not (place / "round-000001.safetensors").exists()
