"""Leave-one-out and candidates: worked by hand, against a loop, and by statistics with a fixed seed."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import numpy as np
import pytest

from data import rng
from data.errors import DataError
from data.interactions import Interactions
from data.split import N_CANDIDATES, Protocol, leave_one_out
from tests.data.factory import interactions, random_interactions

PROTOCOLS: tuple[Protocol, ...] = get_args(Protocol)

# user 0: a tie at time 5 (file order 3, then 1), item 2 twice; user 1: two rows only; user 2: three rows of two items
ROWS = [(0, 2, 1), (0, 3, 5), (1, 0, 4), (0, 1, 5), (0, 2, 9), (1, 4, 2), (2, 0, 1), (2, 1, 2), (2, 0, 3), (0, 0, 2)]


def train(split: object, user: int) -> list[int]:
    return split.items[split.indptr[user] : split.indptr[user + 1]].tolist()  # type: ignore[attr-defined]


def test_leak_free_by_hand() -> None:
    split = leave_one_out(interactions(ROWS, n_items=6), "leak-free", seed=0)
    # user 0 in time: 2, 0, 3, 1, (2 again, dropped) -> train 2, 0; validation 3; test 1
    assert train(split, 0) == [2, 0]
    assert (split.valid_item[0], split.test_item[0]) == (3, 1)
    # users 1 and 2 have two different items each: training only
    assert train(split, 1) == [4, 0]
    assert train(split, 2) == [0, 1]
    assert split.valid_item.tolist() == [3, -1, -1]
    assert split.test_item.tolist() == [1, -1, -1]
    assert split.n_train_only_users == 2
    assert split.n_duplicates_dropped == 2
    # user 0 leaves items 4 and 5: one candidate each
    assert sorted([split.valid_candidates[0, 0], split.test_candidates[0, 0]]) == [4, 5]
    assert (split.valid_candidates[0, 1:] == -1).all()
    assert (split.test_candidates[1:] == -1).all()


def test_published_by_hand() -> None:
    split = leave_one_out(interactions(ROWS, n_items=6), "published", seed=0)
    # user 0's tie at time 5: items 3 and 1 stand in the file in this order, the reference codes take 3 for the later
    assert train(split, 0) == [2, 0, 1]
    assert train(split, 1) == [4, 0]
    assert train(split, 2) == [0]
    assert split.valid_item.tolist() == [3, -1, 1]
    assert split.test_item.tolist() == [2, -1, 0]
    assert split.n_train_only_users == 1
    assert split.n_duplicates_dropped == 0
    # the duplicate of item 2 is in train and in test: it is no candidate either way
    assert {int(i) for i in split.valid_candidates[0]} | {int(i) for i in split.test_candidates[0]} == {4, 5, -1}


def test_that_ties_in_time_keep_the_order_of_the_file() -> None:
    split = leave_one_out(interactions([(0, 3, 7), (0, 1, 7), (0, 2, 7), (0, 0, 7)]), "leak-free", seed=0)
    assert (train(split, 0), split.valid_item[0], split.test_item[0]) == ([3, 1], 2, 0)


def test_that_the_published_protocol_takes_the_first_of_tied_rows_for_the_latest() -> None:
    split = leave_one_out(interactions([(0, 3, 7), (0, 1, 7), (0, 2, 7), (0, 0, 7)]), "published", seed=0)
    assert (train(split, 0), split.valid_item[0], split.test_item[0]) == ([0, 2], 1, 3)


def slow_split(data: Interactions, protocol: str) -> list[tuple[list[int], int, int]]:
    """The same by a plain loop over rows."""
    result = []
    for user in range(data.n_users):
        mine = data.user == user
        items = data.item[mine].tolist()
        if protocol == "leak-free":
            items = list(dict.fromkeys(items))
        else:
            times = data.timestamp[mine].tolist()
            items = [items[place] for place in sorted(range(len(items)), key=lambda p, t=times: (t[p], -p))]
        result.append((items, -1, -1) if len(items) < 3 else (items[:-2], items[-2], items[-1]))
    return result


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_against_a_plain_loop(protocol: Protocol) -> None:
    data = random_interactions(60, 40, (1, 30), seed=1, duplicates=True)
    split = leave_one_out(data, protocol, seed=5)
    for user, (items, valid, test) in enumerate(slow_split(data, protocol)):
        assert train(split, user) == items
        assert (split.valid_item[user], split.test_item[user]) == (valid, test)
    if protocol == "leak-free":
        assert split.n_duplicates_dropped == data.n_rows - len(set(zip(data.user, data.item, strict=True)))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_that_candidates_are_distinct_untouched_items(protocol: Protocol) -> None:
    data = random_interactions(80, 320, (3, 200), seed=2, duplicates=True)
    split = leave_one_out(data, protocol, seed=3)
    assert split.valid_candidates.shape == split.test_candidates.shape == (80, N_CANDIDATES)
    assert split.valid_candidates.dtype == np.int32
    for user in range(80):
        touched = set(data.item[data.user == user].tolist())
        drawn = [
            i for row in (split.valid_candidates[user], split.test_candidates[user]) for i in row.tolist() if i >= 0
        ]
        assert len(drawn) == len(set(drawn)) == min(2 * N_CANDIDATES, 320 - len(touched))
        assert not touched & set(drawn)
        assert max(drawn) < 320
        # padding only behind the items, and the two halves as even as can be
        sizes = [(row >= 0).sum() for row in (split.valid_candidates[user], split.test_candidates[user])]
        assert sizes[0] - sizes[1] in (0, 1)
        assert (split.valid_candidates[user, : sizes[0]] >= 0).all()
        assert (split.test_candidates[user, : sizes[1]] >= 0).all()


def test_that_a_user_who_touched_everything_has_no_candidates() -> None:
    split = leave_one_out(interactions([(0, i, i) for i in range(5)] + [(1, i, i) for i in range(4)]), "leak-free", 0)
    assert (split.valid_candidates[0] == -1).all()
    assert split.valid_item[0] == 3
    assert split.valid_candidates[1, 0] == 4
    assert (split.test_candidates[1] == -1).all()


def test_that_candidates_depend_on_seed_and_user_only() -> None:
    few = random_interactions(5, 400, (10, 20), seed=4)
    many_rows = [(int(u), int(i), int(t)) for u, i, t in zip(few.user, few.item, few.timestamp, strict=True)]
    more = interactions(many_rows + [(5, i, i) for i in range(30)], n_items=400)
    a, b = leave_one_out(few, "leak-free", 9), leave_one_out(more, "leak-free", 9)
    assert (a.test_candidates == b.test_candidates[:5]).all()
    assert (a.valid_candidates == leave_one_out(few, "published", 9).valid_candidates).all()
    assert (a.test_candidates != leave_one_out(few, "leak-free", 10).test_candidates).any(axis=1).all()
    assert (a.test_candidates[0] != a.test_candidates[1]).any()


def test_that_candidates_are_uniform() -> None:
    # 4000 users with the same 3 items of 203: every other item is equally likely in each half, exactly 99/200.
    rows = [(user, item, item) for user in range(4000) for item in (0, 50, 100)]
    split = leave_one_out(interactions(rows, n_items=203), "leak-free", seed=11)
    for candidates in (split.valid_candidates, split.test_candidates):
        counts = np.bincount(candidates.ravel(), minlength=203)
        assert (counts[[0, 50, 100]] == 0).all()
        counts = np.delete(counts, [0, 50, 100])
        expected = 4000 * 99 / 200
        # Each count is binomial(4000, 0.495); the counts sum to a constant, which leaves the chi-square statistic below
        # 199 degrees of freedom: mean 199, standard deviation 20. Five deviations either way.
        chi2 = ((counts - expected) ** 2 / (expected * (1 - 99 / 200))).sum() * 199 / 200
        assert 100 < chi2 < 300


def test_that_positions_within_the_candidates_are_uniform() -> None:
    # The first validation candidate must itself be uniform (Floyd's sample alone is not in a uniform order).
    rows = [(user, item, item) for user in range(20_000) for item in (0, 1, 2)]
    split = leave_one_out(interactions(rows, n_items=203), "leak-free", seed=12)
    for column in (split.valid_candidates[:, 0], split.test_candidates[:, -1]):
        counts = np.bincount(column, minlength=203)[3:]
        chi2 = ((counts - 100.0) ** 2 / 100.0).sum()  # 199 degrees of freedom
        assert 100 < chi2 < 300


def test_that_all_sets_of_a_tiny_sample_are_equally_likely() -> None:
    # 5 free items, all five drawn: validation gets 3 of them, each of the 10 subsets equally often.
    rows = [(user, item, item) for user in range(5000) for item in (0, 1, 2)]
    split = leave_one_out(interactions(rows, n_items=8), "leak-free", seed=13)
    subsets = Counter(tuple(sorted(row[:3])) for row in split.valid_candidates.tolist())
    assert len(subsets) == 10
    chi2 = sum((count - 500) ** 2 / 500 for count in subsets.values())  # 9 degrees of freedom
    assert chi2 < 28  # 0.1 % point


def test_that_no_rows_is_refused() -> None:
    with pytest.raises(DataError, match="no interactions"):
        leave_one_out(interactions([], n_users=1, n_items=3), "leak-free", 0)


def test_that_too_many_items_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rng, "MAX_BELOW", 4)
    with pytest.raises(DataError, match="5 items; at most 4"):
        leave_one_out(interactions(ROWS), "leak-free", 0)
