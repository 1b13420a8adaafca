"""Figures of lists, held against TREC's own program and against the evaluation of scores that made the lists."""

from __future__ import annotations

import numpy as np
import pytest
import pytrec_eval

from data.lists import UNKNOWN, Lists
from data.partition import deal
from data.split import leave_one_out
from models.evaluation import EvaluationRequest, evaluate, not_competing
from models.lists import list_message, list_ranks
from models.metrics import figure_names
from tests.models.small_data import small_interactions

KS = (1, 5, 10)
REQUEST = EvaluationRequest("test", KS, exposure=True)
DATA = small_interactions(n_users=40, n_items=300, seed=1)
SPLIT = leave_one_out(DATA, "leak-free", 3)
(PART,) = deal(SPLIT, ["all"], np.zeros(SPLIT.n_users, np.int32))


def lists_of(user, item, place) -> Lists:
    order = np.lexsort((place, user))
    user, item, place = (np.asarray(column)[order] for column in (user, item, place))
    return Lists(user.astype(np.int32), item.astype(np.int32), place.astype(np.float64), "rank", len(user), ())


def full_lists(score, length):
    """Lists of the `length` best of all items but the train items, as a program that obeys the protocol makes them."""
    allowed = ~not_competing(PART, np.arange(PART.n_users))
    order = np.argsort(np.where(allowed, -score, np.inf), axis=1, kind="stable")[:, :length]
    kept = np.take_along_axis(allowed, order, axis=1)
    user, place = np.nonzero(kept)
    return lists_of(user, order[kept], place + 1)


@pytest.fixture(scope="module")
def score():
    """Scores that know a little: held-out items are likely, and no two are equal."""
    values = np.random.default_rng(7).random((PART.n_users, PART.n_items))
    tested = PART.test_item >= 0
    values[tested, PART.test_item[tested]] += 0.9
    return values


def trec(ranked, relevant, metrics):
    """Mean figures over users by trec_eval: {user: {item: score}}, {user: item} -> by its own names."""
    evaluator = pytrec_eval.RelevanceEvaluator({user: {item: 1} for user, item in relevant.items()}, metrics)
    found = evaluator.evaluate(ranked)
    names = sorted({name for figures in found.values() for name in figures})
    return {name: sum(figures[name] for figures in found.values()) / len(relevant) for name in names}


@pytest.mark.parametrize("sampled", [False, True], ids=["full rank", "candidates"])
def test_that_figures_are_those_of_trec_eval(score, sampled) -> None:
    if sampled:
        has = np.nonzero(PART.test_item >= 0)[0]
        items = np.column_stack([PART.test_item[has], PART.test_candidates[has]])
        user = np.repeat(has, items.shape[1])
        lists = lists_of(user, items.ravel(), -score[user, items.ravel()])
    else:
        lists = full_lists(score, 25)
    ranked: dict[str, dict[str, float]] = {}
    for user, item, place in zip(lists.user.tolist(), lists.item.tolist(), lists.place.tolist(), strict=True):
        ranked.setdefault(f"u{user}", {})[f"i{item}"] = -place
    relevant = {f"u{user}": f"i{item}" for user, item in enumerate(PART.test_item.tolist()) if item >= 0}
    found = list_ranks(lists, PART, REQUEST)
    sums = list_message(lists, found, PART, REQUEST)[0][0]
    ours = dict(zip(REQUEST.columns, sums / sums[0], strict=True))
    prefix = "" if sampled else "full_"
    assert found.only_candidates == sampled
    for k in KS:
        # trec_eval has no cut-off for the reciprocal rank: it is given lists that end at K.
        cut = {user: dict(sorted(items.items(), key=lambda one: -one[1])[:k]) for user, items in ranked.items()}
        theirs = trec(ranked, relevant, {f"success.{k}", f"ndcg_cut.{k}"}) | trec(cut, relevant, {"recip_rank"})
        assert ours[f"{prefix}hr@{k}"] == pytest.approx(theirs[f"success_{k}"], abs=1e-12)
        assert ours[f"{prefix}ndcg@{k}"] == pytest.approx(theirs[f"ndcg_cut_{k}"], abs=1e-6)
        assert ours[f"{prefix}mrr@{k}"] == pytest.approx(theirs["recip_rank"], abs=1e-12)


def test_that_lists_of_all_items_get_the_figures_of_the_scores(score) -> None:
    """Sums, exposure, and with them coverage and the rest, to the last bit: full rank and sampled."""
    lists = full_lists(score, PART.n_items)
    found = list_ranks(lists, PART, REQUEST)
    assert not any(found.undecided(k).any() for k in KS)
    ours = list_message(lists, found, PART, REQUEST)
    theirs = evaluate([(np.arange(PART.n_users), score)], PART, REQUEST)
    for own, other in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(own, other)


def test_that_short_lists_decide_full_rank_and_not_the_candidates(score) -> None:
    found = list_ranks(full_lists(score, 10), PART, REQUEST)
    theirs = evaluate([(np.arange(PART.n_users), score)], PART, REQUEST)[0][0]
    ours = list_message(full_lists(score, 10), found, PART, REQUEST)[0][0]
    full = [REQUEST.columns.index(name) for name in figure_names(KS, ("full_",))]
    np.testing.assert_array_equal(ours[full], theirs[full])
    assert found.undecided(10).sum() == (found.tested & ~found.found & (found.n_candidates < 10)).sum() > 0


def test_ties_unknown_items_and_users_without_a_list_by_hand() -> None:
    tested = np.flatnonzero(PART.test_item >= 0)
    free = [np.setdiff1d(np.arange(PART.n_items), [*PART.items[PART.indptr[u] : PART.indptr[u + 1]], PART.test_item[u]])
            for u in range(PART.n_users)]  # fmt: skip
    tie, unknown, behind = tested[:3]
    user = [tie, tie, unknown, unknown, behind]
    item = [PART.test_item[tie], free[tie][0], UNKNOWN, PART.test_item[unknown], free[behind][0]]
    lists = lists_of(user, item, [1, 1, 1, 2, 1])
    found = list_ranks(lists, PART, REQUEST)
    assert found.full[[tie, unknown]].tolist() == [2, 2]  # what is equal is ahead; what is unknown keeps its place
    sums = dict(zip(REQUEST.columns, list_message(lists, found, PART, REQUEST)[0][0], strict=True))
    assert sums["n_users"] == len(tested)  # those without a list count, as misses
    assert (sums["full_hr@1"], sums["full_hr@5"], sums["full_mrr@5"]) == (0, 2, 1.0)
    exposure = list_message(lists, found, PART, REQUEST)[1]
    assert exposure.sum(axis=1).tolist() == [2, 4, 4]  # of the first places one is of an unknown item
