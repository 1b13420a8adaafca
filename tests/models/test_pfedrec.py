"""PFedRec against a naive version of itself, and its private state."""

from dataclasses import replace

import numpy as np
import pytest

from data.errors import StorageError
from models.base import initial_items, initial_scoring
from models.pfedrec_local import LocalPFedRec
from tests.models.oracle_pfedrec import NaivePFedRec
from tests.models.small_data import HYPER, hyper_of, small_party


def oracle_of(data, hyper):
    w0, b0 = initial_scoring(hyper.dim, hyper.seed)
    return NaivePFedRec(
        data,
        initial_items(data.n_items, hyper.dim, hyper.seed),
        w0,
        b0,
        hyper.own.learning_rate,
        hyper.own.learning_rate * data.n_items * hyper.own.item_lr_scale,
        hyper.own.negatives,
        hyper.batch_size,
        hyper.own.local_epochs,
        hyper.seed,
    )


def rounds(model, items, n):
    for number in range(1, n + 1):
        update = model.train_round(items, number)
        items = (items + update.item_update / update.n_users).astype(np.float32)
    return items, update


@pytest.mark.parametrize("protocol", ["leak-free", "published"])
@pytest.mark.parametrize("local_epochs", [1, 2])
def test_that_three_rounds_give_the_tables_of_the_naive_version(protocol, local_epochs):
    data = small_party(protocol=protocol)
    hyper = hyper_of("pfedrec", local_epochs=local_epochs)
    oracle = oracle_of(data, hyper)
    model = LocalPFedRec(data, hyper)
    items, update = rounds(model, initial_items(data.n_items, hyper.dim, hyper.seed), 3)
    for number in (1, 2, 3):
        oracle.round(number)
    np.testing.assert_allclose(items, oracle.items, atol=1e-5)
    np.testing.assert_allclose(model.private_state()["w"], [oracle.w[row] for row in range(data.n_users)], atol=1e-5)
    np.testing.assert_allclose(model.private_state()["b"], [oracle.b[row] for row in range(data.n_users)], atol=1e-5)
    assert update.loss_sum / update.n_samples == pytest.approx(oracle.loss, abs=1e-5)
    assert update.n_users == data.n_users
    assert update.n_samples == len(data.items) * (1 + hyper.own.negatives) * local_epochs


def test_that_fine_tuned_scores_are_those_of_the_users_own_tables():
    data = small_party()
    oracle, model = oracle_of(data, HYPER), LocalPFedRec(data, HYPER)
    items, _ = rounds(model, initial_items(data.n_items, HYPER.dim, HYPER.seed), 2)
    oracle.round(1)
    oracle.round(2)
    expected = np.array([oracle.tables[r] @ oracle.w[r] + oracle.b[r] for r in range(data.n_users)])
    everyone = np.arange(data.n_users)
    np.testing.assert_allclose(model.scores(everyone, items, view="fine-tuned"), expected, atol=1e-4)
    some = np.array([3, 0])
    columns = np.array([[5, 1, 2], [0, 7, 5]], np.int32)
    np.testing.assert_allclose(
        model.scores(some, items, columns, view="fine-tuned"), expected[some[:, None], columns], atol=1e-4
    )
    for rows, score in model.score_batches(items, None, 3, view="fine-tuned"):
        np.testing.assert_allclose(score, expected[rows], atol=1e-4)


def test_that_validation_scores_in_the_fine_tuned_view_are_kept_from_training():
    data = small_party()
    model = LocalPFedRec(data, replace(HYPER, view="fine-tuned"))
    items, _ = rounds(model, initial_items(data.n_items, HYPER.dim, HYPER.seed), 2)
    positive, candidates = model.validation_scores()
    columns = np.column_stack([data.valid_item, data.valid_candidates])
    again = model.scores(np.arange(data.n_users), items, columns, view="fine-tuned")
    has = data.valid_item >= 0
    np.testing.assert_allclose(positive[has], again[has, 0], atol=1e-5)
    np.testing.assert_allclose(candidates[has], again[has, 1:], atol=1e-5)


def test_that_global_scores_are_the_affine_function_of_the_global_items():
    data = small_party()
    model = LocalPFedRec(data, HYPER)
    items, _ = rounds(model, initial_items(data.n_items, HYPER.dim, HYPER.seed), 1)
    state = model.private_state()
    expected = state["w"] @ items.T + state["b"][:, None]
    np.testing.assert_allclose(model.scores(np.arange(data.n_users), items), expected, atol=1e-5)


def test_that_a_small_chunk_size_changes_nothing(monkeypatch):
    data = small_party()
    start = initial_items(data.n_items, HYPER.dim, HYPER.seed)
    whole, _ = rounds(LocalPFedRec(data, HYPER), start, 2)
    monkeypatch.setattr("models.pfedrec_local.CHUNK_BYTES", 1)
    monkeypatch.setattr("models.pfedrec_local._FEW_USERS", 1)
    one_by_one, _ = rounds(LocalPFedRec(data, HYPER), start, 2)
    np.testing.assert_allclose(whole, one_by_one, atol=1e-5)


def test_that_a_restored_model_goes_on_as_if_nothing_happened():
    data = small_party()
    start = initial_items(data.n_items, HYPER.dim, HYPER.seed)
    first = LocalPFedRec(data, HYPER)
    items, _ = rounds(first, start, 2)
    second = LocalPFedRec(data, HYPER)
    second.load_private_state(first.private_state())
    a, b = first.train_round(items, 3), second.train_round(items, 3)
    np.testing.assert_array_equal(a.item_update, b.item_update)
    assert a.loss_sum == b.loss_sum


def test_that_the_state_of_other_users_is_refused():
    model = LocalPFedRec(small_party(), HYPER)
    state = model.private_state()
    with pytest.raises(StorageError, match="does not fit"):
        model.load_private_state({**state, "w": state["w"][1:]})
    del state["b"]
    with pytest.raises(StorageError, match="does not fit"):
        model.load_private_state(state)
