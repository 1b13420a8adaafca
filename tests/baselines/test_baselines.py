"""Baselines against naive versions and figures worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from baselines import base
from baselines.base import Recency, interaction_matrix
from baselines.ease import EASE
from baselines.ials import IALS, solve_rows
from baselines.item_knn import ItemKNN
from baselines.local_only import LocalOnly
from baselines.popularity import Popularity
from baselines.registry import NAMES, make
from baselines.sasrec import SASRec, _last_items, _windows
from data.errors import SettingsError, UnknownNameError
from data.partition import PartyData
from models.fcf_local import LocalFCF
from tests.models.small_data import hyper_of, small_parties, small_party


def party(lists, n_items):
    """A party whose users have these train items and no held-out ones."""
    n = len(lists)
    nothing = np.full(n, -1, np.int32)
    return PartyData(
        party="p",
        protocol="published",
        n_items=n_items,
        users=np.arange(n, dtype=np.int32),
        indptr=np.concatenate([[0], np.cumsum([len(items) for items in lists])]),
        items=np.array([item for items in lists for item in items], np.int32),
        valid_item=nothing,
        test_item=nothing,
        valid_candidates=np.full((n, 99), -1, np.int32),
        test_candidates=np.full((n, 99), -1, np.int32),
    )


HAND = [[0, 1], [0, 1, 2], [2], [3]]


def scores(baseline, parts):
    return np.concatenate([baseline.scores(place, np.arange(part.n_users)) for place, part in enumerate(parts)])


def test_that_the_matrix_counts_a_repeated_pair_once():
    matrix = interaction_matrix([party([[2, 2, 0]], 3), party([[1]], 3)])
    assert matrix.toarray().tolist() == [[1, 0, 1], [0, 1, 0]]


def test_that_popularity_counts_train_items():
    part = party(HAND, 5)
    baseline = Popularity()
    baseline.fit([part])
    assert scores(baseline, [part]).tolist() == [[2, 2, 2, 1, 0]] * 4


def test_that_item_knn_sums_cosines():
    part = party(HAND, 4)
    baseline = ItemKNN(neighbours=2)
    baseline.fit([part])
    # cos(0, 1) = 2 / sqrt(2 * 2) = 1; cos(0, 2) = cos(1, 2) = 1 / 2; item 3 has no neighbour.
    np.testing.assert_allclose(
        scores(baseline, [part]), [[1, 1, 1, 0], [1.5, 1.5, 1, 0], [0.5, 0.5, 0, 0], [0, 0, 0, 0]], atol=1e-12
    )


def test_that_item_knn_keeps_the_nearest_only():
    part = party(HAND, 4)
    baseline = ItemKNN(neighbours=1)
    baseline.fit([part])
    # The neighbour of item 2 is item 0 (a tie with 1, lower id); 2 is nobody's nearest.
    np.testing.assert_allclose(scores(baseline, [part])[2], [0, 0, 0, 0], atol=1e-12)
    np.testing.assert_allclose(scores(baseline, [part])[0], [1, 1, 0.5, 0], atol=1e-12)


def test_that_ease_solves_the_constrained_regression():
    part = small_party(n_items=230)
    baseline = EASE(ridge=5.0)
    baseline.fit([part])
    x = interaction_matrix([part]).toarray()
    weights = np.zeros((230, 230))
    for item in range(230):  # ridge regression of each item on all others
        others = np.delete(np.arange(230), item)
        design = x[:, others]
        weights[others, item] = np.linalg.solve(design.T @ design + 5.0 * np.eye(229), design.T @ x[:, item])
    np.testing.assert_allclose(scores(baseline, [part]), x @ weights, atol=1e-9)


def test_that_ease_refuses_what_does_not_fit_into_memory(monkeypatch):
    monkeypatch.setattr(base.os, "sysconf", lambda name: 4096 if name == "SC_PAGE_SIZE" else 1000)
    with pytest.raises(SettingsError, match=r"EASE with 4 items needs about 0\.1 GiB .* Leave it out of --baselines"):
        EASE().fit([party(HAND, 4)])


def test_that_ials_rows_solve_their_normal_equations():
    rng = np.random.default_rng(0)
    dense = (rng.random((20, 12)) < 0.3).astype(float)
    dense[4] = 0
    q = rng.normal(size=(12, 3))
    found = solve_rows(sp.csr_matrix(dense), q, alpha=0.2, ridge=0.05)
    for row in range(20):
        n = dense[row].sum()
        left = 0.2 * q.T @ q + (q * dense[row][:, None]).T @ q + 0.05 * (n + 0.2 * 12) * np.eye(3)
        np.testing.assert_allclose(found[row], np.linalg.solve(left, dense[row] @ q), atol=1e-10)


def test_that_ials_blocks_change_nothing(monkeypatch):
    rng = np.random.default_rng(1)
    matrix = sp.csr_matrix((rng.random((50, 40)) < 0.2).astype(float))
    q = rng.normal(size=(40, 4))
    whole = solve_rows(matrix, q, 0.1, 0.1)
    monkeypatch.setattr("baselines.ials._BLOCK", 60)
    np.testing.assert_allclose(solve_rows(matrix, q, 0.1, 0.1), whole, atol=1e-12)


def objective(x, p, q, alpha, ridge):
    score = p @ q.T
    rows = ridge * ((x.sum(axis=1) + alpha * x.shape[1]) * (p**2).sum(axis=1)).sum()
    columns = ridge * ((x.sum(axis=0) + alpha * x.shape[0]) * (q**2).sum(axis=1)).sum()
    return (x * (1 - score) ** 2).sum() + alpha * (score**2).sum() + rows + columns


def test_that_every_ials_sweep_lowers_the_objective():
    part = small_party()
    x = interaction_matrix([part]).toarray()
    values = []
    for sweeps in (1, 2, 4, 8):
        baseline = IALS(dim=4, sweeps=sweeps, seed=3)
        baseline.fit([part])
        values.append(objective(x, baseline._p, baseline._q, 0.3, 0.01))
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("name", ["popularity", "item-knn", "ease", "ials"])
def test_that_the_partition_changes_no_score(name):
    together, apart = make(name, "demo", 1), make(name, "demo", 1)
    whole, parts = small_parties(1), small_parties(3)
    together.fit(whole)
    apart.fit(parts)
    expected = scores(together, whole)
    for place, part in enumerate(parts):
        np.testing.assert_allclose(
            apart.scores(place, np.arange(part.n_users)),
            expected[np.searchsorted(whole[0].users, part.users)],
            atol=1e-6,
        )


def test_that_local_only_learns_from_its_own_party_alone():
    parts = small_parties(3)
    baseline = LocalOnly(seed=4)
    baseline.fit(parts)
    alone = IALS(seed=4)
    alone.fit([parts[1]])
    np.testing.assert_allclose(baseline.scores(1, np.arange(3)), alone.scores(0, np.arange(3)))


@pytest.mark.parametrize("name", NAMES)
def test_that_batches_cover_every_user_once(name):
    parts = small_parties(2)
    baseline = make(name, "demo", 1)
    baseline.fit(parts)
    rows = np.concatenate([rows for rows, _ in baseline.score_batches(1, 2)])
    assert rows.tolist() == list(range(parts[1].n_users))


def test_that_an_unknown_baseline_is_named():
    with pytest.raises(UnknownNameError, match=r"no baseline 'svd'\. Known are: popularity, item-knn"):
        make("svd", "demo", 1)


def test_that_recency_weighs_pairs_by_age_and_a_repeated_one_as_its_newer():
    matrix = interaction_matrix([party([[2, 0, 2], [1]], 3)], Recency(weight=4.0, half_life=1.0))
    assert matrix.toarray().tolist() == [[1 + 2, 0, 1 + 4], [0, 1 + 4, 0]]


def test_that_item_knn_counts_recent_items_more_in_a_users_own_scores():
    part = party(HAND, 4)
    plain, recent = ItemKNN(neighbours=4), ItemKNN(neighbours=4, recency=Recency(3.0, 1.0))
    plain.fit([part])
    recent.fit([part])
    cosine = np.array([[0, 1, 0.5, 0], [1, 0, 0.5, 0], [0.5, 0.5, 0, 0], [0, 0, 0, 0]])
    np.testing.assert_allclose(scores(plain, [part]), interaction_matrix([part]).toarray() @ cosine, atol=1e-12)
    weights = np.array([[2.5, 4, 0, 0], [1.75, 2.5, 4, 0], [0, 0, 4, 0], [0, 0, 0, 4]])
    np.testing.assert_allclose(scores(recent, [part]), weights @ cosine, atol=1e-12)


def test_that_ials_weighs_users_as_fcf_does_and_items_not_at_all():
    part = small_party()
    recency = Recency(4.0, 2.0)
    plain, recent = IALS(dim=5, alpha=0.2, seed=1), IALS(dim=5, alpha=0.2, seed=1, recency=recency)
    plain.fit([part])
    recent.fit([part])
    np.testing.assert_array_equal(plain._q, recent._q)
    items = recent._q.astype(np.float32)
    hyper = hyper_of("fcf", dim=5, alpha=0.2, reg=0.01, recency_weight=4.0, recency_half_life=2.0)
    fcf = LocalFCF(part, hyper).scores(np.arange(part.n_users), items)
    np.testing.assert_allclose(scores(recent, [part]), fcf, atol=1e-4)


def test_that_sasrec_learns_what_comes_next():
    # Everybody walks the same circle of 20 items, from different places: only the order says what comes next.
    lists = [[(start + step) % 20 for step in range(9)] for start in range(20) for _ in range(3)]
    everybody = party(lists, 20)
    next_item = np.array([(items[-1] + 1) % 20 for items in lists], np.int32)
    others = np.array([np.delete(np.arange(20), item) for item in next_item], np.int32)
    parts = [replace(everybody, valid_item=next_item, valid_candidates=others)]
    baseline = SASRec(dim=16, length=6, dropout=0.1, epochs=25, batch=16, rate=0.01, seed=3)
    baseline.fit(parts)
    allowed = np.ones((60, 20), np.bool_)
    for row, items in enumerate(lists):
        allowed[row, items] = False
    best = np.argmax(np.where(allowed, scores(baseline, parts), -np.inf), axis=1)
    assert np.mean(best == next_item) > 0.9


def test_that_windows_cover_a_list_and_last_items_are_right_aligned():
    part = party([[4, 5, 6, 7, 8], [1], [2, 3]], 9)
    assert _windows(part, 3).tolist() == [[6, 7, 8, 9], [0, 0, 5, 6], [0, 0, 3, 4]]
    assert _last_items(part, 3).tolist() == [[7, 8, 9], [0, 0, 2], [0, 3, 4]]
