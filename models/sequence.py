"""The sequence part of SeqFCF, what follows what, and its sum with FCF's scores. NumPy only.

An item's row of the model's table is [q | c | d | t | b]: FCF's embedding q [dim]; c and d, what the item adds to a
user's short and long memory; t, what it answers to; and b, how often it is met at all. With i_1, ..., i_n the items of
a user from the newest to the oldest, the user's context and the score of item j are

    h = sum_{k <= 3} s_k c(i_k) + sum_{k <= 20} l_k d(i_k),    S(j) = h . t_j + b_j,

with s_k in proportion to 0.5^k and l_k to 0.9^k, each divided by the sum over the full length. So the "transitions" of
Rendle, Freudenthaler and Schmidt-Thieme, "Factorizing Personalized Markov Chains", WWW 2010, with memories that fade as
in He and McAuley, "Fusing Similarity Models with Markov Chains" (Fossil), ICDM 2016, and no parameters of users at all.

It is trained as a softmax over all items at places of the users' own lists: `models.seqfcf_local`.

What the newest items are like needs no table of its own: with u the rows of q divided by their lengths,

    N(j) = sum_{k <= 3} s_k u(i_k) . u_j.

The parts are put on one scale for each user: with F = p . q FCF's scores, means and deviations over all items, w the
weight of the order and v the share of it that N has,

    score(j) = [F(j) + w ((1 - v) on_scale(S)(j) + v on_scale(N)(j))] / (1 + w),
    on_scale(X) = mean F + dev F (X - mean X) / dev X,

which stays an estimate of 0 and 1 as FCF's own. Each part is linear in rows of a table, so a user is one vector for
each and an offset, `Combined`, and means and deviations come from a table's mean and covariance, without scoring all
items.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models import explain
from models.base import FloatArray
from models.descriptor import HyperParameters
from models.item_table import first_columns, kept
from models.nearness import closeness_to_basket
from models.new_user import ScoringFunction, fit_ridge
from models.seqfcf import SeqFCFSettings

Hyper = HyperParameters[SeqFCFSettings]


def _fading(length: int, factor: float) -> FloatArray:
    weight = factor ** np.arange(length)
    return np.asarray(weight / weight.sum(), np.float32)


# By trial on the validation items of ML-100K: docs/evaluation.md.
MEMORIES: Final = (_fading(3, 0.5), _fading(20, 0.9))
"""The weights of a user's newest items in each memory, the newest first."""
# A row of q that is shorter is of an item whose users have nothing else, or that nobody has: FCF takes it to zero, and
# what is left of its direction is rounding. Amazon-Video: 1% of the others, and with 1e-2 the same figures.
SHORTEST: Final = np.float32(1e-3)
NOTHING: Final = -1  # fills the end of a list of items
LONGEST: Final = max(len(weight) for weight in MEMORIES)


@dataclass(frozen=True)
class Tables:
    """The order's tables of one model, views into its item table.

    Attributes:
        memories: what each item adds to each memory, [n_items, sequence_dim] each.
        answers: [n_items, sequence_dim + 1], t and b.
    """

    memories: tuple[FloatArray, ...]
    answers: FloatArray


def tables_of(items: FloatArray, hyper: Hyper) -> Tables:
    """Return the tables in an item table [n_items, row_length] whose weight of the order is above 0."""
    dim, own = hyper.dim, hyper.own.sequence_dim
    starts = [dim + own * place for place in range(len(MEMORIES))]
    return Tables(tuple(items[:, first : first + own] for first in starts), items[:, starts[-1] + own :])


def newest_first(
    flat: NDArray[np.integer[Any]], ends: NDArray[np.int64], starts: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Return the newest items of lists, the newest first, int32 [n, LONGEST], NOTHING where a list has no more.

    Args:
        flat: lists of items in order of time, one after the other.
        ends, starts: [n]; list u is flat[starts[u]..ends[u] - 1].
    """
    place = ends[:, None] - 1 - np.arange(LONGEST)
    there = flat[np.maximum(place, 0)] if len(flat) else NOTHING
    return np.where(place >= starts[:, None], there, NOTHING).astype(np.int32)


def contexts(tables: Tables, newest: NDArray[np.int32]) -> FloatArray:
    """Return the contexts h, [n, sequence_dim], of lists as `newest_first` gives them."""
    found = np.zeros((len(newest), tables.answers.shape[1] - 1), np.float32)
    for table, weights in zip(tables.memories, MEMORIES, strict=True):
        _remember(table, newest, weights, found)
    return found


def _remember(table: FloatArray, newest: NDArray[np.int32], weights: FloatArray, found: FloatArray) -> None:
    """Add the rows of the newest items, by their weights, to what is found: [n, columns of the table]."""
    there = newest != NOTHING
    for age, weight in enumerate(weights):
        found += (weight * there[:, age, None]) * table[newest[:, age]]


def directions(q: FloatArray) -> FloatArray:
    """Return u, rows of q [n, dim] divided by their lengths; those below `SHORTEST` stay almost nothing."""
    length = np.linalg.norm(q, axis=1, keepdims=True)
    return np.asarray(q / np.maximum(length, SHORTEST), np.float32)


@kept
def _directions(items: FloatArray, dim: int) -> FloatArray:
    return directions(items[:, :dim])


def moments(table: FloatArray) -> NDArray[np.float64]:
    """Return the mean of the rows of a table [n_items, k], and below it their covariance: [1 + k, k]."""
    wide = table.astype(np.float64)
    mean = wide.mean(axis=0)
    return np.vstack([mean, (wide - mean).T @ (wide - mean) / len(wide)])


@kept
def _moments_of_taste(items: FloatArray, dim: int) -> NDArray[np.float64]:
    return moments(items[:, :dim])


@kept
def _moments_of_answers(items: FloatArray, columns: int) -> NDArray[np.float64]:
    return moments(items[:, -columns:])


@kept
def _moments_of_directions(items: FloatArray, dim: int) -> NDArray[np.float64]:
    return moments(_directions(items, dim))


@dataclass(frozen=True)
class Part:
    """A part of users' scores: vectors . rows of a table.

    Attributes:
        table: [n_items, k].
        moments: of the table, as from `moments`.
        vectors: [n, k].
        weight: beside the other parts.
    """

    table: FloatArray
    moments: NDArray[np.float64]
    vectors: FloatArray
    weight: float = 1.0

    def spread(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return mean and standard deviation over all items of each user's scores, [n] each."""
        mean, covariance, users = self.moments[0], self.moments[1:], self.vectors.astype(np.float64)
        squared = np.einsum("ud,de,ue->u", users, covariance, users, optimize=True)
        return users @ mean, np.sqrt(np.maximum(squared, 0.0))


@dataclass(frozen=True)
class Combined:
    """Users as the sum of linear functions of rows.

    Attributes:
        tables: of each part, [n_items, k].
        vectors: of each part, what its rows are multiplied with, float32 [n, k].
        scales: of each part, what its vectors were multiplied with to become these, [n].
        offset: float32 [n].
    """

    tables: tuple[FloatArray, ...]
    vectors: tuple[FloatArray, ...]
    scales: tuple[NDArray[np.float64], ...]
    offset: FloatArray

    def scores(self) -> FloatArray:
        """Return the scores of all items, [n, n_items]."""
        found = self.vectors[0] @ self.tables[0].T
        for vectors, table in zip(self.vectors[1:], self.tables[1:], strict=True):
            found += vectors @ table.T
        found += self.offset[:, None]
        return np.asarray(found, np.float32)


def parts_of_order(items: FloatArray, newest: NDArray[np.int32], hyper: Hyper) -> tuple[Part, ...]:
    """Return what follows the newest items, and what is like them, for a weight of the order above 0.

    Args:
        items: [n_items, row_length].
        newest: [n, LONGEST] of each user, as `newest_first` gives them.
        hyper: what the model was told.
    """
    tables, own = tables_of(items, hyper), hyper.own
    h = contexts(tables, newest)
    wide = np.column_stack([h, np.ones(len(h), np.float32)])
    nearness = own.sequence_weight * own.sequence_nearness
    answers = tables.answers
    follows = Part(answers, _moments_of_answers(items, answers.shape[1]), wide, own.sequence_weight - nearness)
    if nearness == 0:
        return (follows,)
    unit = _directions(items, hyper.dim)
    last = np.zeros((len(newest), hyper.dim), np.float32)
    _remember(unit, newest, MEMORIES[0], last)
    return follows, Part(unit, _moments_of_directions(items, hyper.dim), last, nearness)


def part_of_taste(items: FloatArray, vectors: FloatArray, dim: int) -> Part:
    """Return FCF's part of the scores of users whose vectors are [n, dim]."""
    return Part(first_columns(items, dim), _moments_of_taste(items, dim), vectors)


def combine(*parts: Part) -> Combined:
    """Return users as the weighted mean of parts on the scale of the first."""
    first, *others = parts
    mean_f, dev_f = first.spread()
    whole = sum(part.weight for part in parts)
    scales, offset = [np.full(len(mean_f), first.weight / whole)], np.zeros(len(mean_f))
    for part in others:
        mean, dev = part.spread()
        # Where a part's scores are all alike, it says nothing.
        scales.append(np.where(dev > 0, part.weight * dev_f / np.where(dev > 0, dev, 1.0), 0.0) / whole)
        offset += part.weight / whole * mean_f - scales[-1] * mean
    return Combined(
        tuple(part.table for part in parts),
        tuple(np.asarray(scale[:, None] * part.vectors, np.float32) for scale, part in zip(scales, parts, strict=True)),
        tuple(scales),
        np.asarray(offset, np.float32),
    )


@dataclass(frozen=True)
class ScoringInOrder(ScoringFunction):
    """A scoring function that also counts what items are like.

    Attributes:
        near: float32 [dim], what the `directions` of the items' q are multiplied with.
    """

    near: FloatArray

    def scores(self, items: FloatArray) -> FloatArray:
        return np.asarray(super().scores(items) + _directions(items, len(self.near)) @ self.near, np.float32)


def fit_in_order(items: FloatArray, picked: NDArray[np.int64], hyper: Hyper, rounds: int) -> ScoringFunction:
    """Return the scoring function of somebody who picked these items, the last of them the newest."""
    ridge = fit_ridge(first_columns(items, hyper.dim), picked, hyper, rounds)
    if hyper.own.sequence_weight == 0:
        return ridge
    found = _person(items, picked, hyper, ridge.w)
    taste, follows, *near = (vectors[0] for vectors in found.vectors)
    w = np.zeros(items.shape[1], np.float32)
    w[: hyper.dim], w[-len(follows) :] = taste, follows
    offset = float(found.offset[0])
    return ScoringInOrder(w, offset, logit=False, near=near[0]) if near else ScoringFunction(w, offset, logit=False)


def closeness_in_order(items: FloatArray, picked: NDArray[np.int64], hyper: Hyper) -> FloatArray:
    """Return how well every item goes with the picked ones, [n_items], the last of them the newest.

    It is the mean cosine of `models.nearness`, and beside it the order's parts, on one scale as in a user's scores.
    """
    cosine = closeness_to_basket(items, picked, hyper)
    if hyper.own.sequence_weight == 0:
        return cosine
    goes_with = Part(cosine[:, None], moments(cosine[:, None]), np.ones((1, 1), np.float32))
    return np.asarray(combine(goes_with, *parts_of_order(items, _newest_of(picked), hyper)).scores()[0])


def contributions(
    items: FloatArray, history: NDArray[np.int64], hyper: Hyper, columns: NDArray[np.int64]
) -> FloatArray:
    """Return what each train item adds to the score of each item, [c, n]: to FCF's, to the context and to nearness.

    Rows sum to the scores but for what no train item adds: how often the item is met at all, and the offset.

    Args:
        items: [n_items, row_length].
        history: [n] the user's train items in order of time.
        columns: [c] the items to explain.
    """
    q = first_columns(items, hyper.dim)
    of_taste = explain.contributions(q, history, hyper, columns) / np.float32(1.0 + hyper.own.sequence_weight)
    of_memories, of_nearness = _of_newest(items, history, hyper, columns)
    return of_taste + of_memories + of_nearness


def contributions_of_order(
    items: FloatArray, history: NDArray[np.int64], hyper: Hyper, columns: NDArray[np.int64]
) -> FloatArray:
    """Return the part of `contributions` that comes from the memories, [c, n]; nearness is taste."""
    return _of_newest(items, history, hyper, columns)[0]


def _of_newest(
    items: FloatArray, history: NDArray[np.int64], hyper: Hyper, columns: NDArray[np.int64]
) -> tuple[FloatArray, FloatArray]:
    """Return what each train item adds to scores by the memories, and what by nearness, [c, n] each."""
    of_memories, of_nearness = np.zeros((2, len(columns), len(history)), np.float32)
    if hyper.own.sequence_weight == 0 or not len(history):
        return of_memories, of_nearness
    person = _person(items, history, hyper, fit_ridge(first_columns(items, hyper.dim), history, hyper, 0).w)
    _, follows, *near = zip(person.tables, (float(scale[0]) for scale in person.scales), strict=True)
    for table, weights in zip(tables_of(items, hyper).memories, MEMORIES, strict=True):
        _share_out(follows[0][columns, :-1], table, weights * np.float32(follows[1]), history, of_memories)
    for unit, scale in near:
        _share_out(unit[columns], unit, MEMORIES[0] * np.float32(scale), history, of_nearness)
    return of_memories, of_nearness


def _share_out(
    answers: FloatArray, table: FloatArray, weights: FloatArray, history: NDArray[np.int64], found: FloatArray
) -> None:
    """Add, for the newest items of a history, answers [c, k] . rows of the table, by their weights, to [c, n]."""
    newest = history[::-1][: len(weights)]
    found[:, len(history) - len(newest) :] += (answers @ (weights[: len(newest), None] * table[newest]).T)[:, ::-1]


def _person(items: FloatArray, history: NDArray[np.int64], hyper: Hyper, p: FloatArray) -> Combined:
    """Return one person, of FCF's vector p [dim], as `combine` does."""
    taste = part_of_taste(items, p[None, :], hyper.dim)
    return combine(taste, *parts_of_order(items, _newest_of(history), hyper))


def _newest_of(history: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the newest items of one list, [1, LONGEST]."""
    return newest_first(history, np.array([len(history)]), np.array([0]))
