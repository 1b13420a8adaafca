"""FCF against a naive version, and its promises: who is asked for and on how many threads do not matter."""

from dataclasses import replace

import numpy as np
import pytest

from data.errors import StorageError
from models import fcf_ridge
from models.clipping import Clip
from models.fcf_local import LocalFCF
from tests.models.oracle_fcf import NaiveFCF
from tests.models.small_data import hyper_of, small_party

HYPER = hyper_of("fcf")


def both(data):
    items = LocalFCF.initial_items(data.n_items, HYPER)
    return LocalFCF(data, HYPER), NaiveFCF(data, items, HYPER.own.alpha, HYPER.own.reg), items


def test_that_scoring_vectors_are_those_of_the_dense_solve():
    model, oracle, items = both(small_party())
    model.train_round(items, 1)
    expected = [oracle.solve(row) for row in range(model.n_users)]
    np.testing.assert_allclose(model.private_state()["scoring"], expected, atol=1e-5)


def test_that_a_scoring_vector_is_the_minimum_of_the_users_loss():
    _, oracle, items = both(small_party())
    for row in (0, 2, 5):
        p = oracle.solve(row)
        lowest = oracle.loss(row, p, items)
        for direction in np.eye(HYPER.dim):
            assert oracle.loss(row, p + 1e-3 * direction, items) > lowest
            assert oracle.loss(row, p - 1e-3 * direction, items) > lowest


def test_that_the_message_is_the_summed_gradient_of_the_users_losses():
    data = small_party()
    model, oracle, items = both(data)
    update = model.train_round(items, 1)
    p = [oracle.solve(row) for row in range(data.n_users)]
    expected = sum(oracle.gradient(row, p[row]) for row in range(data.n_users))
    np.testing.assert_allclose(update.item_update, expected, atol=1e-5)
    # And that gradient is one: central differences of the loss itself, at items of one user, of many, and of nobody.
    counts = np.bincount(data.items, minlength=data.n_items)
    step = 1e-5
    for item in (int(np.argmax(counts)), int(np.argmax(counts == 1)), int(np.argmin(counts))):
        for place in range(HYPER.dim):
            shifted = items.astype(np.float64)
            shifted[item, place] += step
            up = sum(oracle.loss(row, p[row], shifted) for row in range(data.n_users))
            shifted[item, place] -= 2 * step
            down = sum(oracle.loss(row, p[row], shifted) for row in range(data.n_users))
            assert update.item_update[item, place] == pytest.approx((up - down) / (2 * step), abs=1e-5)


def test_that_the_loss_is_the_mean_squared_error_of_the_observed_pairs():
    data = small_party()
    model, oracle, items = both(data)
    update = model.train_round(items, 1)
    oracle.round()
    assert (update.n_users, update.n_samples) == (data.n_users, len(data.items))
    assert update.loss_sum / update.n_samples == pytest.approx(oracle.mean_loss, abs=1e-6)


def test_that_only_the_users_drawn_contribute():
    data = small_party()
    model, oracle, items = both(data)
    rows = np.array([1, 2, 6])
    update = model.train_round(items, 1, rows)
    expected = sum(oracle.gradient(row, oracle.solve(row)) for row in rows)
    np.testing.assert_allclose(update.item_update, expected, atol=1e-5)
    assert (update.n_users, update.n_samples) == (3, int(np.diff(data.indptr)[rows].sum()))
    nobody = model.train_round(items, 1, np.zeros(0, np.int64))
    assert (nobody.n_users, nobody.n_samples, nobody.loss_sum) == (0, 0, 0.0)
    assert not nobody.item_update.any()


def test_that_more_threads_change_no_bit(monkeypatch):
    data = small_party()
    alone, _, items = both(data)
    expected, everyone = alone.train_round(items, 1), np.arange(data.n_users)
    monkeypatch.setattr("models.threads._most", 3)
    together = LocalFCF(data, HYPER)
    found = together.train_round(items, 1)
    np.testing.assert_array_equal(found.item_update, expected.item_update)
    assert found.loss_sum == expected.loss_sum
    columns = np.tile(np.array([3, 0, 9], np.int32), (data.n_users, 1))
    np.testing.assert_array_equal(together.scores(everyone, items, columns), alone.scores(everyone, items, columns))


@pytest.mark.parametrize("clip", [Clip(1.0), Clip(1.0, "l1")])
def test_that_small_chunks_change_nothing(monkeypatch, clip):
    data = small_party()
    whole, _, items = both(data)
    expected = whole.train_round(items, 1, None, clip)
    monkeypatch.setattr("models.fcf_local.CHUNK_BYTES", 1)
    found = LocalFCF(data, HYPER).train_round(items, 1, None, clip)
    np.testing.assert_allclose(found.item_update, expected.item_update, atol=1e-5)


@pytest.mark.parametrize("dim", [1, 2, 3, 4, 5, 8, 19, 32])
def test_that_systems_of_every_size_are_solved(dim):
    """Four rows of a system and eight of a user's items go together; what is left over is done as well."""
    data, hyper = small_party(), hyper_of("fcf", dim=dim)
    items = LocalFCF.initial_items(data.n_items, replace(HYPER, dim=dim, seed=4))
    oracle = NaiveFCF(data, items, hyper.own.alpha, hyper.own.reg)
    expected = np.array([oracle.solve(row) for row in range(data.n_users)]) @ items.T
    found = LocalFCF(data, hyper).scores(np.arange(data.n_users), items)
    np.testing.assert_allclose(found, expected, atol=2e-6)


def test_that_longer_histories_than_are_gathered_at_once_are_whole(monkeypatch):
    data = small_party(n_users=5, n_items=700)
    lengths = [1, 64, 65, 200, 0]
    rng = np.random.default_rng(2)
    train = [rng.choice(700, n, replace=False).astype(np.int32) for n in lengths]
    data = replace(data, indptr=np.concatenate([[0], np.cumsum(lengths)]), items=np.concatenate(train))
    hyper = hyper_of("fcf", recency_weight=3.0, recency_half_life=100.0)
    items = LocalFCF.initial_items(data.n_items, replace(hyper, seed=4))
    model = LocalFCF(data, hyper)
    found = model.scores(np.arange(data.n_users), items)
    for row, own in enumerate(train):
        weight = 1.0 + 3.0 * 0.5 ** (np.arange(len(own))[::-1] / 100.0)
        system = hyper.own.alpha * items.T @ items + (items[own] * weight[:, None]).T @ items[own]
        system = system + hyper.own.reg * (weight.sum() + hyper.own.alpha * data.n_items) * np.eye(hyper.dim)
        np.testing.assert_allclose(found[row], items @ np.linalg.solve(system, weight @ items[own]), atol=1e-5)


def test_that_users_are_solved_only_when_they_are_asked_for(monkeypatch):
    data = small_party()
    model, _, items = both(data)
    asked = []
    solve = fcf_ridge.solve_users
    monkeypatch.setattr(
        fcf_ridge, "solve_users", lambda users, *more: asked.append(users.tolist()) or solve(users, *more)
    )
    model.train_round(items, 1, np.array([1, 4]))
    model.scores(np.array([4, 2]), items)
    model.scores(np.array([4, 2]), items.copy())
    assert asked == [[1, 4], [2]]
    later = items + np.float32(0.5)
    model.train_round(later, 2)
    model.train_round(later, 3)
    assert asked[2:] == [list(range(data.n_users))]


def test_that_vectors_for_scores_bring_those_for_training_with_them(monkeypatch):
    data, hyper = small_party(), hyper_of("fcf", recency_weight=4.0)
    items = LocalFCF.initial_items(data.n_items, replace(hyper, seed=4))
    expected = LocalFCF(data, hyper).train_round(items, 1).item_update
    model = LocalFCF(data, hyper)
    model.scores(np.arange(data.n_users), items)
    monkeypatch.setattr(fcf_ridge, "solve_users", None)
    np.testing.assert_array_equal(model.train_round(items, 1).item_update, expected)


@pytest.mark.parametrize("shift", [0, 1, 2, 4])
def test_that_it_does_not_matter_where_in_memory_a_table_begins(shift):
    """One that was read from a message may begin at any byte, and is known already when the training asks for it."""
    data, hyper = small_party(), hyper_of("fcf", dim=24, recency_weight=4.0)
    items = LocalFCF.initial_items(data.n_items, hyper)
    read = np.frombuffer(memoryview(b"x" * shift + items.tobytes())[shift:], np.float32).reshape(items.shape)
    alone, model, everyone = LocalFCF(data, hyper), LocalFCF(data, hyper), np.arange(data.n_users)
    for rows in (everyone[:3], everyone[3:]):
        np.testing.assert_array_equal(model.scores(rows, read), alone.scores(rows, items))
    np.testing.assert_array_equal(model.train_round(read, 2).item_update, alone.train_round(items, 2).item_update)


def test_that_scores_are_products_with_vectors_solved_for_the_items_at_hand():
    data = small_party()
    model, oracle, items = both(data)
    model.train_round(items, 1)
    oracle.items = 2.0 * items.astype(np.float64) + 0.05  # other items than those trained on
    expected = np.array([oracle.solve(row) for row in range(data.n_users)]) @ oracle.items.T
    later = oracle.items.astype(np.float32)
    everyone = np.arange(data.n_users)
    np.testing.assert_allclose(model.scores(everyone, later), expected, atol=1e-5)
    columns = np.array([[4, 0, 7], [1, 1, 2]], np.int32)
    rows = np.array([3, 0])
    np.testing.assert_allclose(model.scores(rows, later, columns), expected[rows[:, None], columns], atol=1e-5)


def test_that_a_restored_model_scores_and_goes_on_as_if_nothing_happened():
    data = small_party()
    first, _, items = both(data)
    first.train_round(items, 1)
    second = LocalFCF(data, HYPER)
    second.load_private_state(first.private_state())
    everyone = np.arange(data.n_users)
    np.testing.assert_array_equal(first.scores(everyone, items), second.scores(everyone, items))
    later = items + np.float32(0.01)
    np.testing.assert_array_equal(first.train_round(later, 2).item_update, second.train_round(later, 2).item_update)


def test_that_the_state_of_other_users_is_refused():
    model, _, _ = both(small_party())
    state = model.private_state()
    with pytest.raises(StorageError, match="does not fit"):
        model.load_private_state({**state, "scoring": state["scoring"][1:]})


def test_that_the_state_of_an_older_program_is_taken():
    """It held the vectors of the pairs' own weights beside those for scores."""
    data = small_party()
    model, _, items = both(data)
    expected = model.scores(np.arange(data.n_users), items)
    state, other = model.private_state(), LocalFCF(data, HYPER)
    other.load_private_state({"p": state["scoring"], **state})
    np.testing.assert_array_equal(other.scores(np.arange(data.n_users), items), expected)


def test_that_recency_weighs_the_newest_items_more_in_scores_and_nowhere_else():
    data = small_party()
    items = LocalFCF.initial_items(data.n_items, HYPER)
    recent = hyper_of("fcf", recency_weight=4.0, recency_half_life=2.0)
    model, same = LocalFCF(data, recent), LocalFCF(data, HYPER)
    # What is sent does not depend on it.
    np.testing.assert_array_equal(model.train_round(items, 1).item_update, same.train_round(items, 1).item_update)
    expected = []
    for row in range(data.n_users):
        own = data.items[data.indptr[row] : data.indptr[row + 1]]
        system = HYPER.own.alpha * items.T @ items
        right, total = np.zeros(HYPER.dim), 0.0
        for age, item in enumerate(own[::-1]):  # the last item is the newest
            weight = 1.0 + 4.0 * 0.5 ** (age / 2.0)
            system = system + weight * np.outer(items[item], items[item])
            right += weight * items[item]
            total += weight
        system = system + HYPER.own.reg * (total + HYPER.own.alpha * data.n_items) * np.eye(HYPER.dim)
        expected.append(items @ np.linalg.solve(system, right))
    np.testing.assert_allclose(model.scores(np.arange(data.n_users), items), expected, atol=1e-5)
    restored = LocalFCF(data, recent)
    restored.load_private_state(model.private_state())
    everyone = np.arange(data.n_users)
    np.testing.assert_array_equal(restored.scores(everyone, items), model.scores(everyone, items))


def test_that_items_start_from_their_genres_where_that_is_asked_for_and_they_have_any():
    genres = [("b", "a"), ("a",), (), ("b", "c")]
    random = LocalFCF.initial_items(4, HYPER, genres)
    asked = hyper_of("fcf", item_start="genres")
    found = LocalFCF.initial_items(4, asked, genres)
    root = 0.1 * np.sqrt(2)
    np.testing.assert_allclose(
        found[:, :4], [[0.1, root, root, 0], [0.1, root, 0, 0], [0.1, 0, 0, 0], [0.1, 0, root, 0.2]], rtol=1e-6
    )
    np.testing.assert_array_equal(found[:, 4:], random[:, 4:])
    for unknown in ((), ((),) * 4):
        np.testing.assert_array_equal(LocalFCF.initial_items(4, asked, unknown), random)
