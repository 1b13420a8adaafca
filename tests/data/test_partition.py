"""Users to parties."""

from __future__ import annotations

import numpy as np
import pytest

from data.errors import SettingsError
from data.partition import assign_users, deal
from data.split import leave_one_out
from tests.data.factory import interactions, random_interactions


@pytest.mark.parametrize(("n_users", "n_parties"), [(10, 3), (943, 4), (5, 5), (7, 1)])
def test_that_users_are_dealt_evenly(n_users: int, n_parties: int) -> None:
    assignment = assign_users(n_users, [f"p{i}" for i in range(n_parties)], seed=1)
    sizes = np.bincount(assignment, minlength=n_parties)
    assert assignment.shape == (n_users,)
    assert sizes.max() - sizes.min() <= 1
    assert sizes.min() >= 1


def test_that_the_seed_decides_the_assignment() -> None:
    one = assign_users(100, ["a", "b"], seed=1)
    assert (one == assign_users(100, ["a", "b"], seed=1)).all()
    assert (one != assign_users(100, ["a", "b"], seed=2)).any()
    assert not (np.sort(one) == one).all()  # shuffled, not cut in blocks


def test_that_more_parties_than_users_are_refused() -> None:
    with pytest.raises(SettingsError, match="3 parties were asked for, but the data set has only 2 users"):
        assign_users(2, ["a", "b", "c"], seed=0)


@pytest.mark.parametrize(
    ("parties", "words"), [([], "At least one party"), (["a", "b", "a"], "a stands more than once")]
)
def test_that_odd_party_lists_are_refused(parties: list[str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        assign_users(9, parties, seed=0)


def test_deal_by_hand() -> None:
    rows = [(0, 0, 1), (0, 1, 2), (0, 2, 3), (0, 3, 4), (1, 4, 1), (2, 3, 1), (2, 2, 2), (2, 1, 3)]
    split = leave_one_out(interactions(rows, n_items=9), "leak-free", seed=1)
    left, right = deal(split, ["left", "right"], np.array([1, 1, 0], dtype=np.int32))
    assert (left.party, right.party) == ("left", "right")
    assert left.users.tolist() == [2]
    assert left.indptr.tolist() == [0, 1]
    assert left.items.tolist() == [3]
    assert (left.valid_item.tolist(), left.test_item.tolist()) == ([2], [1])
    assert right.users.tolist() == [0, 1]
    assert right.indptr.tolist() == [0, 2, 3]
    assert right.items.tolist() == [0, 1, 4]
    assert right.valid_item.tolist() == [2, -1]
    assert (right.test_candidates == split.test_candidates[:2]).all()
    assert right.n_items == 9
    assert right.protocol == "leak-free"


@pytest.mark.parametrize("n_parties", [1, 2, 5])
def test_that_dealing_loses_and_invents_nothing(n_parties: int) -> None:
    split = leave_one_out(random_interactions(50, 300, (1, 30), seed=3), "leak-free", seed=1)
    names = [f"p{i}" for i in range(n_parties)]
    seen: dict[int, list[int]] = {}
    for party in deal(split, names, assign_users(50, names, seed=2)):
        assert (np.diff(party.users) > 0).all()
        for row, user in enumerate(party.users.tolist()):
            seen[user] = party.items[party.indptr[row] : party.indptr[row + 1]].tolist()
            assert (party.valid_candidates[row] == split.valid_candidates[user]).all()
            assert party.test_item[row] == split.test_item[user]
    assert seen == {u: split.items[split.indptr[u] : split.indptr[u + 1]].tolist() for u in range(50)}


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        ([0, 1], "covers 2 users, the data set has 3"),
        ([0, 1, 2], "outside the 2 parties"),
        ([0, -2, 1], "outside"),
        ([0] * 3, "party b"),
    ],
)
def test_that_an_assignment_that_does_not_fit_is_refused(assignment: list[int], words: str) -> None:
    split = leave_one_out(interactions([(0, 0, 1), (1, 1, 1), (2, 2, 1)]), "leak-free", seed=1)
    with pytest.raises(SettingsError, match=words):
        deal(split, ["a", "b"], np.array(assignment, dtype=np.int32))
