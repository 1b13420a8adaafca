"""Training negatives: exclusion, uniformity, and that the partition does not matter."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from data import rng
from data.errors import DataError
from data.negatives import NegativeSampler, shuffle_keys
from data.partition import PartyData, assign_users, deal
from data.split import Protocol, Split, leave_one_out
from tests.data.factory import interactions, random_interactions

PROTOCOLS: tuple[Protocol, ...] = get_args(Protocol)


def one_party(split: Split) -> PartyData:
    return deal(split, ["all"], np.zeros(split.n_users, dtype=np.int32))[0]


def sampler(data: PartyData, negatives: int = 4, seed: int = 1, table: bool | None = None) -> NegativeSampler:
    made = NegativeSampler(data, negatives, seed)
    if table is not None:
        made._use_table = table
    return made


@pytest.mark.parametrize("table", [True, False])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_that_excluded_items_are_never_drawn_and_all_others_are(protocol: Protocol, table: bool) -> None:
    data = random_interactions(40, 30, (3, 25), seed=1, duplicates=True)
    split = leave_one_out(data, protocol, seed=2)
    party = one_party(split)
    draws = sampler(party, table=table)
    drawn = np.concatenate([draws.round(r) for r in range(150)], axis=1)
    assert drawn.dtype == np.int32
    for user in range(40):
        rows = slice(split.indptr[user], split.indptr[user + 1])
        excluded = set(split.items[rows].tolist())
        if protocol == "published":
            excluded |= {int(split.valid_item[user]), int(split.test_item[user])}
        assert set(drawn[rows].ravel().tolist()) == set(range(30)) - (excluded - {-1})


def test_that_held_out_items_are_drawn_under_leak_free_only() -> None:
    data = interactions([(0, i, i) for i in range(6)], n_items=10)
    for protocol, expected in (("leak-free", {4, 5, 6, 7, 8, 9}), ("published", {6, 7, 8, 9})):
        party = one_party(leave_one_out(data, protocol, seed=0))  # type: ignore[arg-type]
        made = NegativeSampler(party, 50, seed=3)
        assert set(made.round(0).ravel().tolist()) == expected
        assert made.n_allowed.tolist() == [len(expected)]


@pytest.mark.parametrize("table", [True, False])
def test_that_draws_are_uniform(table: bool) -> None:
    data = interactions([(0, i, i) for i in (3, 4, 10, 11, 19, 27, 30)], n_items=31)
    party = one_party(leave_one_out(data, "published", seed=0))
    drawn = sampler(party, negatives=4000, table=table).round(7).ravel()  # 5 train items x 4000
    counts = np.delete(np.bincount(drawn, minlength=31), [3, 4, 10, 11, 19, 27, 30])
    assert counts.sum() == 20_000
    chi2 = ((counts - 20_000 / 24) ** 2 / (20_000 / 24)).sum()
    assert 6 < chi2 < 50  # 23 degrees of freedom: 0.05 % either side


def test_that_successive_draws_are_independent() -> None:
    # Pairs of neighbouring draws, and the same draw in neighbouring rounds: each cell of 10 x 10 equally likely.
    data = interactions([(0, 0, 0)], n_items=11)
    draws = NegativeSampler(one_party(leave_one_out(data, "leak-free", seed=0)), 20_000, seed=5)
    first, second = draws.round(0)[0] - 1, draws.round(1)[0] - 1
    for a, b in ((first[:-1], first[1:]), (first, second)):
        counts = np.bincount(a * 10 + b, minlength=100)
        chi2 = ((counts - len(a) / 100) ** 2 / (len(a) / 100)).sum()
        assert 50 < chi2 < 160  # 99 degrees of freedom


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_that_table_and_search_agree(protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> None:
    split = leave_one_out(random_interactions(70, 50, (1, 50), seed=6, duplicates=True), protocol, seed=2)
    party = one_party(split)
    expected = sampler(party, table=False).round(3, 1)
    assert (sampler(party, table=True).round(3, 1) == expected).all()
    monkeypatch.setattr("data.negatives._TABLE_ENTRIES", 110)  # two users a block
    monkeypatch.setattr(rng, "CHUNK", 64)  # eight interactions a chunk: users are cut across chunks
    assert (sampler(party, table=True).round(3, 1) == expected).all()
    assert (sampler(party, table=False).round(3, 1) == expected).all()


def test_that_the_method_is_chosen_by_density() -> None:
    dense = one_party(leave_one_out(random_interactions(10, 50, (20, 30), seed=1), "leak-free", 0))
    sparse = one_party(leave_one_out(random_interactions(10, 5000, (5, 6), seed=1), "leak-free", 0))
    assert NegativeSampler(dense, 4, 0)._use_table
    assert not NegativeSampler(sparse, 4, 0)._use_table


@pytest.mark.parametrize("n_parties", [2, 5])
def test_that_the_partition_does_not_matter(n_parties: int) -> None:
    split = leave_one_out(random_interactions(40, 60, (1, 40), seed=7), "leak-free", seed=2)
    whole = NegativeSampler(one_party(split), 4, seed=8).round(5, 2)
    names = [f"p{i}" for i in range(n_parties)]
    for party in deal(split, names, assign_users(40, names, seed=9)):
        part = NegativeSampler(party, 4, seed=8).round(5, 2)
        for row, user in enumerate(party.users):
            mine = part[party.indptr[row] : party.indptr[row + 1]]
            assert (mine == whole[split.indptr[user] : split.indptr[user + 1]]).all()


def test_that_rounds_epochs_seeds_and_users_differ_and_repeat() -> None:
    rows = [(user, item, item) for user in range(2) for item in range(50)]
    party = one_party(leave_one_out(interactions(rows, n_items=500), "leak-free", seed=2))
    base = NegativeSampler(party, 4, seed=1)
    first = base.round(0)
    half = len(first) // 2
    assert (first == NegativeSampler(party, 4, seed=1).round(0)).all()
    others = [base.round(1), base.round(0, 1), NegativeSampler(party, 4, seed=2).round(0)]
    for other in others:
        assert (first != other).mean() > 0.9
    assert (first[:half] != first[half:]).mean() > 0.9


def test_that_a_user_who_touched_everything_gets_minus_one() -> None:
    rows = [(0, i, i) for i in range(4)] + [(1, 0, 0)] + [(2, i, i) for i in range(4)]
    party = one_party(leave_one_out(interactions(rows), "published", seed=0))
    for table in (True, False):
        drawn = sampler(party, table=table).round(0)
        assert (drawn[:2] == -1).all()
        assert (drawn[3:] == -1).all()
        assert set(drawn[2].tolist()) <= {1, 2, 3}


@pytest.mark.parametrize("table", [True, False])
def test_that_everybody_having_everything_is_all_minus_one(table: bool) -> None:
    rows = [(u, i, i) for u in range(3) for i in range(3)]
    party = one_party(leave_one_out(interactions(rows), "published", seed=0))
    assert (sampler(party, table=table).round(0) == -1).all()


def test_that_too_many_items_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    party = one_party(leave_one_out(interactions([(0, 0, 0)], n_items=9), "leak-free", seed=0))
    monkeypatch.setattr(rng, "MAX_BELOW", 4)
    with pytest.raises(DataError, match="at most 4"):
        NegativeSampler(party, 4, seed=0)


def test_that_a_user_without_train_items_is_possible() -> None:
    # In production a party may hold a user whose rows were all filtered; the arrays then have an empty row.
    party = PartyData(
        "p", "leak-free", 5, np.array([0, 1], np.int32), np.array([0, 0, 1]), np.array([2], np.int32),
        *(np.array([-1, -1], np.int32),) * 2, *(np.full((2, 99), -1, np.int32),) * 2,
    )  # fmt: skip
    assert NegativeSampler(party, 3, seed=0).round(0).shape == (1, 3)


def test_shuffle_keys_order_each_user_the_same_in_every_partition() -> None:
    users = np.repeat(np.arange(30), 20)
    index = np.tile(np.arange(20), 30)
    keys = shuffle_keys(1, 2, 0, users, index)
    assert keys.dtype == np.uint64
    assert len(np.unique(keys)) == 600
    some = np.isin(users, [3, 17])
    assert (shuffle_keys(1, 2, 0, users[some], index[some]) == keys[some]).all()
    for other in (
        shuffle_keys(2, 2, 0, users, index),
        shuffle_keys(1, 3, 0, users, index),
        shuffle_keys(1, 2, 1, users, index),
    ):
        assert (other != keys).all()


def test_that_shuffles_are_uniform_permutations() -> None:
    users = np.repeat(np.arange(12_000), 3)
    keys = shuffle_keys(4, 0, 0, users, np.tile(np.arange(3), 12_000)).reshape(-1, 3)
    orders = np.argsort(keys, axis=1) @ [9, 3, 1]
    counts = np.unique(orders, return_counts=True)[1]
    assert len(counts) == 6
    assert ((counts - 2000.0) ** 2 / 2000).sum() < 20.5  # 5 degrees of freedom, 0.1 % point


def test_that_shuffle_keys_of_chunks_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    users, index = np.repeat(np.arange(4), 5), np.tile(np.arange(5), 4)
    whole = shuffle_keys(1, 1, 1, users, index)
    monkeypatch.setattr(rng, "CHUNK", 3)
    assert (shuffle_keys(1, 1, 1, users, index) == whole).all()
