"""FedRAP against a naive version that keeps every personal table in full."""

from dataclasses import replace

import numpy as np
import pytest

from data.errors import StorageError
from models.base import initial_items, initial_scoring
from models.fedrap_local import LocalFedRAP, initial_personal
from tests.models.oracle_fedrap import NaiveFedRAP
from tests.models.small_data import hyper_of, small_party

HYPER = hyper_of(
    "fedrap",
    local_epochs=2,
    view="personal",
    lr_decay=0.9,
    item_learning_rate=3.0,
    weight_decay=0.01,
    distance_weight=0.3,
    sparsity_weight=0.2,
)


def both(data, hyper=HYPER):
    items = initial_items(data.n_items, hyper.dim, hyper.seed)
    w, b = initial_scoring(hyper.dim, hyper.seed)
    oracle = NaiveFedRAP(data, hyper, items, initial_personal(data.n_items, hyper.dim, hyper.seed), w, b)
    return LocalFedRAP(data, hyper), oracle, items


def rounds(model, items, n, start=1, rows=None):
    for number in range(start, start + n):
        update = model.train_round(items, number, rows)
        total = update.n_samples if model._hyper.averaging == "samples" else update.n_users
        items = (items + update.item_update / total).astype(np.float32)
    return items, update


def scores_of(oracle):
    tables = oracle.personal + oracle.items
    return np.einsum("uid,ud->ui", tables, oracle.w) + oracle.b[:, None]


@pytest.mark.parametrize("schedule", ["constant", "tanh"])
@pytest.mark.parametrize("averaging", ["uniform", "samples"])
@pytest.mark.parametrize("protocol", ["leak-free", "published"])
def test_that_three_rounds_give_the_tables_and_scores_of_the_naive_version(schedule, averaging, protocol):
    data = small_party(protocol=protocol)
    model, oracle, items = both(
        data, replace(HYPER, own=HYPER.own.model_copy(update={"weight_schedule": schedule}), averaging=averaging)
    )
    items, update = rounds(model, items, 3)
    for number in (1, 2, 3):
        oracle.round(number)
    np.testing.assert_allclose(items, oracle.items, atol=1e-5)
    assert update.loss_sum / update.n_samples == pytest.approx(oracle.loss, abs=1e-5)
    everyone = np.arange(data.n_users)
    # Of touched and of untouched rows: the latter are not stored, and were 0.01 smaller after each of many steps.
    np.testing.assert_allclose(model.scores(everyone, items), scores_of(oracle), atol=1e-4)
    columns = np.array([[5, 1, 2], [0, 7, 5]], np.int32)
    rows = np.array([3, 0])
    np.testing.assert_allclose(model.scores(rows, items, columns), scores_of(oracle)[rows[:, None], columns], atol=1e-4)
    common = oracle.items @ oracle.w.T + oracle.b
    np.testing.assert_allclose(model.scores(everyone, items, view="global"), common.T, atol=1e-4)


def test_that_only_rows_that_were_in_a_batch_are_stored():
    data = small_party()
    model, _, items = both(data)
    rounds(model, items, 1)
    stored = model.private_state()["stored"]
    most = np.diff(data.indptr) * (1 + HYPER.own.negatives)
    assert (stored <= most).all()
    assert stored.sum() < 0.5 * data.n_users * data.n_items


def test_that_users_who_were_not_drawn_stay_as_they_are():
    data = small_party()
    model, oracle, items = both(data)
    rows = np.array([0, 2, 7])
    items, _ = rounds(model, items, 1)
    items, update = rounds(model, items, 2, 2, rows)
    oracle.round(1)
    oracle.round(2, rows)
    oracle.round(3, rows)
    assert update.n_users == 3
    np.testing.assert_allclose(items, oracle.items, atol=1e-5)
    np.testing.assert_allclose(model.scores(np.arange(data.n_users), items), scores_of(oracle), atol=1e-4)


def test_that_more_threads_change_nothing(monkeypatch):
    data = small_party()
    alone, _ = rounds(both(data)[0], both(data)[2], 2)
    monkeypatch.setattr("models.threads._most", 3)
    together, _ = rounds(both(data)[0], both(data)[2], 2)
    np.testing.assert_allclose(alone, together, atol=1e-6)


def test_that_a_restored_model_goes_on_as_if_nothing_happened():
    data = small_party()
    first, _, items = both(data)
    items, _ = rounds(first, items, 2)
    second = LocalFedRAP(data, HYPER)
    second.load_private_state({name: array.copy() for name, array in first.private_state().items()})
    everyone = np.arange(data.n_users)
    np.testing.assert_array_equal(first.scores(everyone, items), second.scores(everyone, items))
    a, b = first.train_round(items, 3), second.train_round(items, 3)
    np.testing.assert_array_equal(a.item_update, b.item_update)
    assert a.loss_sum == b.loss_sum


def test_that_the_state_of_other_users_is_refused():
    model, _, items = both(small_party())
    rounds(model, items, 1)
    state = model.private_state()
    for broken in (
        {"w": state["w"][1:]},
        {"ids": state["ids"][1:]},
        {"stored": state["stored"] + 1},
        {"ids": state["ids"] + 230},
        {"place": state["place"] - 1},
    ):
        with pytest.raises(StorageError, match="does not fit"):
            model.load_private_state({**state, **broken})
