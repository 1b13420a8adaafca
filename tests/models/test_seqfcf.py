"""SeqFCF against a naive version, and its promises: parties do not matter, nothing but the order of items is new."""

from dataclasses import replace

import numpy as np
import pytest

from data.errors import SettingsError
from data.partition import take
from models import threads
from models.clipping import Clip
from models.explain import by_order, strongest
from models.fcf import FCF
from models.fcf_local import LocalFCF
from models.seqfcf import SEQFCF
from models.seqfcf_local import LocalSeqFCF
from models.sequence import (
    MEMORIES,
    contributions,
    contributions_of_order,
    fit_in_order,
    newest_first,
    tables_of,
)
from tests.models.oracle_seqfcf import LONG, SHORT, NaiveSequence
from tests.models.small_data import hyper_of, small_parties, small_party

HYPER = hyper_of("seqfcf")
DIM = HYPER.dim


def started(data, hyper=HYPER, scale=3.0):
    """A model, and a table whose scores differ clearly."""
    items = LocalSeqFCF.initial_items(data.n_items, hyper) * np.float32(scale)
    items[:, -1] = np.linspace(-1, 1, data.n_items)
    return LocalSeqFCF(data, hyper), items


def naive(data, items, hyper=HYPER):
    return NaiveSequence(data, items[:, hyper.dim :].astype(np.float64), hyper.own.sequence_reg)


def drawn(model, row, round_number, rows=None):
    """What `NaiveSequence.loss` calls drawn, for one user."""
    takes_part = np.ones(model.n_users, np.bool_) if rows is None else np.isin(np.arange(model.n_users), rows)
    places = model._draw(takes_part, round_number)
    kept = model._kept(places, round_number)
    of_item, of_user = model._groups(round_number)
    group = np.flatnonzero(of_item == of_user[row]).tolist()
    mine = np.flatnonzero(places.row == row)
    return [(int(places.pair[k] - model._data.indptr[row]), kept[k].astype(np.float64), group) for k in mine]


def test_that_memories_fade_as_said():
    for found, expected in zip(MEMORIES, (SHORT, LONG), strict=True):
        np.testing.assert_allclose(found, np.array(expected) / sum(expected), rtol=1e-6)


def test_that_the_newest_items_come_first_and_end_with_the_list():
    found = newest_first(np.array([7, 8, 9, 4]), np.array([3, 4, 3]), np.array([0, 3, 3]))
    assert found[:, :4].tolist() == [[9, 8, 7, -1], [4, -1, -1, -1], [-1, -1, -1, -1]]


@pytest.mark.parametrize("groups", [1, 3])
def test_that_the_message_is_fcfs_gradient_and_the_summed_gradient_of_the_users_losses(groups):
    data = small_party()
    hyper = hyper_of("seqfcf", sequence_groups=groups)
    model, items = started(data, hyper)
    update = model.train_round(items, 3)
    alone = LocalFCF(data, HYPER).train_round(items[:, :DIM], 3)
    np.testing.assert_array_equal(update.item_update[:, :DIM], alone.item_update)
    assert (update.n_users, update.n_samples) == (alone.n_users, alone.n_samples)

    oracle, found = naive(data, items), update.item_update[:, DIM:]
    places = [drawn(model, row, 3) for row in range(data.n_users)]
    counts = np.bincount(data.items, minlength=data.n_items)
    step = 1e-5
    for item in (int(np.argmax(counts)), int(np.argmax(counts == 1)), int(np.argmin(counts))):
        for column in range(oracle.table.shape[1]):
            up, down = oracle.table.copy(), oracle.table.copy()
            up[item, column] += step
            down[item, column] -= step
            slope = sum(oracle.loss(up, row, places[row]) - oracle.loss(down, row, places[row]) for row in range(9))
            assert found[item, column] == pytest.approx(slope / (2 * step), abs=2e-5)


def test_that_the_loss_is_fcfs_and_the_cross_entropy_of_all_places():
    data = small_party()
    hyper = hyper_of("seqfcf", sequence_dropout=0.0, sequence_places=1000, sequence_reg=0.0, sequence_groups=1)
    model, items = started(data, hyper)
    found = model.train_round(items, 1).loss_sum - LocalFCF(data, hyper).train_round(items[:, :DIM], 1).loss_sum
    oracle = naive(data, items, hyper)
    everything = [
        [(place, 1.0, range(data.n_items)) for place in range(1, len(oracle.own(row)))] for row in range(data.n_users)
    ]
    expected = sum(oracle.loss(oracle.table, row, everything[row]) for row in range(data.n_users))
    assert found == pytest.approx(expected, rel=1e-5)


def test_that_places_are_different_and_spread_over_the_list():
    data = small_party()
    model, _ = started(data)
    longest = int(np.argmax(np.diff(data.indptr)))
    for round_number in range(1, 30):
        found = [place for place, _, _ in drawn(model, longest, round_number)]
        assert len(found) == HYPER.own.sequence_places == len(set(found))
        behind = int(np.diff(data.indptr)[longest]) - 1
        parts = [range(1 + k * behind // len(found), 1 + (k + 1) * behind // len(found)) for k in range(len(found))]
        assert all(place in part for place, part in zip(found, parts, strict=True))
    shortest = int(np.argmin(np.diff(data.indptr)))
    assert [place for place, _, _ in drawn(model, shortest, 1)] == list(range(1, np.diff(data.indptr)[shortest]))


def test_that_items_and_users_are_dealt_into_groups_anew_each_round():
    data = small_party()
    model, _ = started(data)
    of_item, of_user = model._groups(1)
    assert np.bincount(of_item).tolist() == [58, 58, 57, 57]
    assert set(of_user.tolist()) <= set(range(4))
    assert (of_item != model._groups(2)[0]).any()
    parts = [LocalSeqFCF(part, HYPER) for part in small_parties(3)]
    for part, users in zip(parts, [part.users for part in small_parties(3)], strict=True):
        np.testing.assert_array_equal(part._groups(1)[0], of_item)
        np.testing.assert_array_equal(part._groups(1)[1], of_user[users])


def test_that_so_many_values_are_left_out_as_said():
    data = small_party()
    hyper = hyper_of("seqfcf", sequence_places=1000, sequence_dim=40, sequence_dropout=0.25)
    model, _ = started(data, hyper)
    places = model._draw(np.ones(data.n_users, np.bool_), 1)
    kept = model._kept(places, 1)
    assert kept.shape == (len(places.pair), 40)
    assert np.unique(kept).tolist() == pytest.approx([0.0, 4 / 3])
    assert np.mean(kept == 0) == pytest.approx(0.25, abs=0.02)


def test_that_it_does_not_matter_who_holds_a_user_or_who_takes_part():
    data = small_party()
    model, items = started(data)
    whole = model.train_round(items, 2)
    parts = [LocalSeqFCF(part, HYPER).train_round(items, 2) for part in small_parties(3)]
    np.testing.assert_allclose(sum(part.item_update for part in parts), whole.item_update, atol=2e-5)
    assert sum(part.loss_sum for part in parts) == pytest.approx(whole.loss_sum, rel=1e-5)
    some, others = np.array([0, 4, 7]), np.array([1, 2, 3, 5, 6, 8])
    both = model.train_round(items, 2, some).item_update + model.train_round(items, 2, others).item_update
    np.testing.assert_allclose(both, whole.item_update, atol=2e-5)
    nobody = model.train_round(items, 2, np.zeros(0, np.int64))
    assert (nobody.n_users, nobody.n_samples, nobody.loss_sum) == (0, 0, 0.0)
    assert not nobody.item_update.any()


def test_that_threads_and_small_chunks_change_nothing(monkeypatch):
    data = small_party()
    model, items = started(data)
    expected = model.train_round(items, 1)
    monkeypatch.setattr("models.seqfcf_local._SCORES", 1)
    np.testing.assert_allclose(model.train_round(items, 1).item_update, expected.item_update, atol=2e-5)
    monkeypatch.setattr("models.seqfcf_local._PLACES", 10)
    several = model.train_round(items, 1).item_update
    np.testing.assert_allclose(several, expected.item_update, atol=2e-5)
    monkeypatch.setattr(threads, "_most", 2)
    np.testing.assert_array_equal(model.train_round(items, 1).item_update, several)


def expected_scores(data, items, hyper=HYPER):
    """All parts' scores of all items, standardised and added as the docstring of `models.sequence` has it."""
    oracle, w, v = naive(data, items, hyper), hyper.own.sequence_weight, hyper.own.sequence_nearness
    f = LocalFCF(data, hyper).scores(np.arange(data.n_users), items[:, :DIM]).astype(np.float64)
    s = np.array([oracle.scores(oracle.table, oracle.context(oracle.table, oracle.own(row))) for row in range(len(f))])
    near = np.array([oracle.nearness(items[:, :DIM], row) for row in range(len(f))])

    def on_scale(part):
        standard = (part - part.mean(axis=1, keepdims=True)) / part.std(axis=1, keepdims=True)
        return f.mean(axis=1, keepdims=True) + f.std(axis=1, keepdims=True) * standard

    return (f + w * ((1 - v) * on_scale(s) + v * on_scale(near))) / (1 + w)


@pytest.mark.parametrize(("recency", "nearness"), [(0.0, 0.0), (4.0, 0.0), (4.0, 0.3), (0.0, 1.0)])
def test_that_scores_are_all_parts_on_one_scale(recency, nearness):
    data = small_party()
    hyper = hyper_of("seqfcf", recency_weight=recency, sequence_weight=0.6, sequence_nearness=nearness)
    model, items = started(data, hyper)
    expected = expected_scores(data, items, hyper)
    np.testing.assert_allclose(model.scores(np.arange(data.n_users), items), expected, atol=2e-5)
    columns = np.array([[4, 0, 7], [1, 1, 2]], np.int32)
    rows = np.array([3, 0])
    np.testing.assert_allclose(model.scores(rows, items, columns), expected[rows[:, None], columns], atol=2e-5)


def test_that_it_does_not_matter_for_nearness_who_holds_a_user():
    hyper = hyper_of("seqfcf", sequence_nearness=0.4)
    data = small_party()
    model, items = started(data, hyper)
    expected = model.scores(np.arange(data.n_users), items)
    for part in small_parties(3):
        found = LocalSeqFCF(part, hyper).scores(np.arange(part.n_users), items)
        np.testing.assert_allclose(found, expected[part.users], atol=1e-6)
    # It is of scores alone: nothing else is sent, and nothing more.
    without = LocalSeqFCF(data, HYPER).train_round(items, 2)
    np.testing.assert_array_equal(model.train_round(items, 2).item_update, without.item_update)


def test_that_an_item_nobody_has_is_near_to_none():
    data = small_party()
    hyper = hyper_of("seqfcf", sequence_nearness=1.0)
    _, items = started(data, hyper)
    history = LocalSeqFCF(data, hyper).train_items(3)
    nobodys = np.setdiff1d(np.arange(data.n_items), data.items)[:2]
    scores = []
    for rounding in (items[history[-1]], -items[history[-1]]):
        items[nobodys, :DIM] = np.float32(1e-12) * rounding[:DIM]
        scores.append(fit_in_order(items, history, hyper, 0).scores(items)[nobodys])
    np.testing.assert_allclose(*scores, atol=1e-6)


def test_that_the_order_of_the_last_items_changes_the_list():
    data = small_party()
    row = int(np.argmax(np.diff(data.indptr)))
    turned = replace(data, items=data.items.copy())
    span = slice(data.indptr[row], data.indptr[row + 1])
    turned.items[span] = data.items[span][::-1]
    _, items = started(data)
    one, other = (LocalSeqFCF(each, HYPER).scores(np.array([row]), items) for each in (data, turned))
    assert not np.allclose(one, other, atol=1e-3)
    alone = [LocalFCF(each, HYPER).scores(np.array([row]), items[:, :DIM]) for each in (data, turned)]
    np.testing.assert_allclose(*alone, atol=1e-5)


def test_that_without_weight_it_is_fcf_to_the_last_bit():
    data = small_party()
    hyper = hyper_of("seqfcf", sequence_weight=0.0)
    items = LocalFCF.initial_items(data.n_items, HYPER)
    np.testing.assert_array_equal(LocalSeqFCF.initial_items(data.n_items, hyper), items)
    one, other = LocalSeqFCF(data, hyper), LocalFCF(data, HYPER)
    np.testing.assert_array_equal(one.train_round(items, 1).item_update, other.train_round(items, 1).item_update)
    everyone = np.arange(data.n_users)
    np.testing.assert_array_equal(one.scores(everyone, items), other.scores(everyone, items))


@pytest.mark.parametrize("nearness", [0.0, 0.3])
def test_that_a_newcomer_with_a_users_list_gets_the_users_scores(nearness):
    data = small_party()
    hyper = hyper_of("seqfcf", recency_weight=2.0, sequence_nearness=nearness)
    model, items = started(data, hyper)
    for row in (0, 2, 5):
        found = fit_in_order(items, model.train_items(row), hyper, 7)
        np.testing.assert_allclose(found.scores(items), model.scores(np.array([row]), items)[0], atol=2e-5)


@pytest.mark.parametrize("nearness", [0.0, 0.3])
def test_that_reasons_add_up_to_the_score_but_for_what_no_item_adds(nearness):
    data = small_party()
    hyper = hyper_of("seqfcf", sequence_nearness=nearness)
    model, items = started(data, hyper)
    row, columns = 2, np.array([3, 17, 60])
    history = model.train_items(row)
    shares = contributions(items, history, hyper, columns)
    assert shares.shape == (3, len(history))
    np.testing.assert_array_equal(shares, model.reasons(row, items, columns))
    fitted, tables = fit_in_order(items, history, hyper, 0), tables_of(items, hyper)
    rest = fitted.w[-1] * tables.answers[columns, -1] + fitted.b
    np.testing.assert_allclose(shares.sum(axis=1) + rest, fitted.scores(items[columns]), atol=2e-5)
    # Beyond the longest memory only taste speaks, and the newest item is in both memories.
    of_order = contributions_of_order(items, history, hyper, columns)
    assert len(history) > 20
    assert not of_order[:, :-20].any()
    assert of_order[:, -20:].all()


def test_that_likeness_to_the_last_items_is_taste_in_a_reason():
    data = small_party()
    _, items = started(data)
    items[:, DIM:] = 0
    history, columns = np.array([30, 31, 9]), np.array([40])
    items[40, :DIM] = items[9, :DIM]
    hyper = hyper_of("seqfcf", sequence_nearness=1.0)
    without, found = (contributions(items, history, each, columns) for each in (HYPER, hyper))
    assert found[0, 2] > without[0, 2] + 0.01
    assert not contributions_of_order(items, history, hyper, columns).any()


def test_that_a_restored_model_scores_and_goes_on_as_if_nothing_happened():
    data = small_party()
    first, items = started(data)
    first.train_round(items, 1)
    second = LocalSeqFCF(data, HYPER)
    second.load_private_state(first.private_state())
    everyone = np.arange(data.n_users)
    np.testing.assert_array_equal(first.scores(everyone, items), second.scores(everyone, items))
    later = items + np.float32(0.01)
    np.testing.assert_array_equal(first.train_round(later, 2).item_update, second.train_round(later, 2).item_update)


def test_that_one_user_alone_has_the_same_scores():
    data = small_party()
    model, items = started(data)
    row = np.array([4])
    alone = LocalSeqFCF(take(data, row), HYPER)
    np.testing.assert_allclose(alone.scores(np.array([0]), items), model.scores(row, items), atol=1e-6)


def test_that_a_bound_on_users_is_refused():
    data = small_party()
    model, items = started(data)
    with pytest.raises(SettingsError, match="does not bound"):
        model.train_round(items, 1, clip=Clip(1.0))
    # Without the order there is FCF's bound.
    alone = LocalSeqFCF(data, hyper_of("seqfcf", sequence_weight=0.0)).train_round(items[:, :DIM], 1, clip=Clip(0.1))
    fcf = LocalFCF(data, HYPER).train_round(items[:, :DIM], 1, clip=Clip(0.1))
    np.testing.assert_array_equal(alone.item_update, fcf.item_update)


def test_that_a_reason_says_whether_order_or_taste_speaks():
    data = small_party()
    _, items = started(data)
    items[:, DIM:] = 0
    items[9, DIM : DIM + 5] = 50.0  # what item 9 adds to the short memory,
    items[40, -6:-1] = 1.0  # item 40 answers to
    history = np.array([30, 31, 9])
    shares = contributions(items, history, HYPER, np.array([40, 41]))
    found, _ = strongest(shares, history, 3, "share")
    spoke = by_order(SEQFCF, items, history, HYPER, np.array([40, 41]), shares, found)
    assert (found[0, 0], spoke[0, 0]) == (9, True)
    assert not spoke[0, 1:].any()
    assert not spoke[1].any()
    assert not by_order(FCF, items[:, :DIM], history, HYPER, np.array([40, 41]), shares, found).any()
