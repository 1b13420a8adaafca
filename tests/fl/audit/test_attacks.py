"""The attacks against oracles, and against what they must not find."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fl.aggregation.masking.ring import spec_of
from fl.audit.curves import auc, auc_interval, bootstrap, mean_interval
from fl.audit.membership import halves, membership_scores, order_scores
from fl.audit.reconstruction import guess, masked_view, precision
from models.registry import MODELS
from tests.models.oracle_seqfcf import NaiveSequence
from tests.models.small_data import hyper_of, small_party


def test_that_the_area_is_the_share_of_pairs_in_order():
    # Pairs (true, false): (3,1) right, (3,2) right, (2,1) right, (2,2) tie: 3.5 of 4.
    assert auc(np.array([3.0, 2.0, 1.0, 2.0]), np.array([True, True, False, False])) == 3.5 / 4
    with pytest.raises(ValueError, match="both"):
        auc(np.array([1.0]), np.array([True]))


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
@settings(max_examples=200, deadline=None)
def test_that_the_area_equals_counting_pairs(cases):
    scores = np.array([float(score) for score, _ in cases])
    truth = np.array([true for _, true in cases])
    if truth.all() or not truth.any():
        return
    pairs = [(a > b) + 0.5 * (a == b) for a in scores[truth] for b in scores[~truth]]
    assert auc(scores, truth) == pytest.approx(np.mean(pairs))


def test_that_intervals_hold_the_value_and_shrink_with_cases():
    rng = np.random.default_rng(0)
    value, low, high = auc_interval(rng.normal(1, 1, 200), rng.normal(0, 1, 200), 1)
    assert low < value < high
    assert value == pytest.approx(0.76, abs=0.06)  # of normal distributions one apart: Phi(1 / sqrt 2)
    assert high - low < 0.15
    mean, low, high = mean_interval(np.arange(100.0), 1)
    assert mean == 49.5
    # The standard error of the mean is 2.9: the interval is 4 of them wide.
    assert 9 < high - low < 14
    assert bootstrap(lambda rows: float(len(rows)), 7, 1) == (7.0, 7.0)


@pytest.mark.parametrize("kind", ["pfedrec", "fcf", "seqfcf"])
def test_that_one_users_plain_update_shows_the_rated_items(kind):
    party = small_party()
    hyper = hyper_of(kind)
    items = MODELS[kind].load_local().initial_items(party.n_items, hyper)
    row = int(np.argmax(np.diff(party.indptr)))
    update = MODELS[kind].load_local()(party, hyper).train_round(items, 1, np.array([row])).item_update[:, : hyper.dim]
    truth = np.zeros(party.n_items, np.bool_)
    truth[party.items[party.indptr[row] : party.indptr[row + 1]]] = True
    assert precision(guess(update, MODELS[kind].message, True), truth) > 0.9
    assert truth.mean() < 0.3  # what guessing gets


def test_that_a_masked_update_shows_nothing():
    party = small_party(n_items=2000)
    items = MODELS["fcf"].load_local().initial_items(party.n_items, hyper_of("fcf"))
    update = MODELS["fcf"].load_local()(party, hyper_of("fcf")).train_round(items, 1).item_update
    often = np.bincount(party.items, minlength=party.n_items) > 0
    seen = masked_view([update], [spec_of(update, 4, 1e4)])
    assert seen.shape == update.shape
    area = auc(guess(seen, "gradient", False), often)
    # The standard error of an area at chance with 100 true cases is about 0.03.
    assert abs(area - 0.5) < 0.12
    assert auc(guess(update, "gradient", False), often) > 0.95


def test_that_membership_is_the_mean_of_items_left_out_one_by_one():
    party = small_party()
    rng = np.random.default_rng(1)
    items = rng.normal(size=(party.n_items, 6)).astype(np.float32)
    row = int(np.argmax(np.diff(party.indptr)))
    own = party.items[party.indptr[row] : party.indptr[row + 1]]
    table = items.astype(np.float64)
    table /= np.sqrt((table**2).sum(axis=1).mean())
    naive = []
    for left_out in own:
        others = table[[i for i in own if i != left_out]]
        gram = 0.1 * table.T @ table + 0.1 * np.eye(6) + others.T @ others
        naive.append(table[left_out] @ np.linalg.solve(gram, others.sum(axis=0)))
    assert membership_scores(items, party, np.array([row]))[0] == pytest.approx(np.mean(naive))


def test_that_the_halves_cover_everybody_once():
    party = small_party()
    ((inside, outside),) = halves([party], 3)
    assert sorted([*inside, *outside]) == list(range(party.n_users))
    assert np.all(np.diff(party.indptr)[outside] >= 2)
    able = int((np.diff(party.indptr) >= 2).sum())
    assert len(outside) == able // 2


def test_that_a_list_is_as_likely_as_the_softmax_of_its_places_says():
    party, hyper = small_party(), hyper_of("seqfcf")
    items = 3 * MODELS["seqfcf"].load_local().initial_items(party.n_items, hyper)
    rows = np.flatnonzero(np.diff(party.indptr) >= 2)
    naive = NaiveSequence(party, items[:, hyper.dim :].astype(np.float64), 0.0)
    expected = []
    for row in rows:
        own, logs = naive.own(row), []
        for place in range(1, len(own)):
            scores = naive.scores(naive.table, naive.context(naive.table, own[:place]))
            logs.append(np.log(np.exp(scores[own[place]]) / np.exp(scores).sum()))
        expected.append(np.mean(logs))
    assert order_scores(items, hyper, party, rows) == pytest.approx(expected, abs=1e-5)
