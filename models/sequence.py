"""The sequence part of SeqFCF, what follows what, and its sum with FCF's scores. NumPy only.

An item's row of the model's table is [q | c | d | t | b]: FCF's embedding q [dim]; c and d, what the item adds to a
user's short and long memory; t, what it answers to; and b, how often it is met at all. With i_1, ..., i_n the items of
a user from the newest to the oldest, the user's context and the score of item j are

    h = sum_{k <= 3} s_k c(i_k) + sum_{k <= 20} l_k d(i_k),    S(j) = h . t_j + b_j,

with s_k in proportion to 0.5^k and l_k to 0.9^k, each divided by the sum over the full length. So the "transitions" of
Rendle, Freudenthaler and Schmidt-Thieme, "Factorizing Personalized Markov Chains", WWW 2010, with memories that fade as
in He and McAuley, "Fusing Similarity Models with Markov Chains" (Fossil), ICDM 2016, and no parameters of users at all.

It is trained as a softmax over all items at places of the users' own lists: `models.seqfcf_local`.

Both parts are put on one scale for each user: with F = p . q FCF's scores, and means and deviations over all items,

    score(j) = [F(j) + w (mean F + dev F (S(j) - mean S) / dev S)] / (1 + w),

which stays an estimate of 0 and 1 as FCF's own. It is linear in the item's row, so a user is one vector and an offset,
`Combined`, and means and deviations come from the table's mean and covariance, without scoring all items.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models import explain
from models.base import FloatArray
from models.descriptor import HyperParameters
from models.item_table import first_columns
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
NOTHING: Final = -1  # fills the end of a list of items
LONGEST: Final = max(len(weight) for weight in MEMORIES)


@dataclass(frozen=True)
class Tables:
    """The tables of one model, views into its item table.

    Attributes:
        q: [n_items, dim].
        memories: what each item adds to each memory, [n_items, sequence_dim] each.
        answers: [n_items, sequence_dim + 1], t and b.
    """

    q: FloatArray
    memories: tuple[FloatArray, ...]
    answers: FloatArray


def tables_of(items: FloatArray, hyper: Hyper) -> Tables:
    """Return the tables in an item table [n_items, row_length] whose weight of the order is above 0."""
    dim, own = hyper.dim, hyper.own.sequence_dim
    starts = [dim + own * place for place in range(len(MEMORIES))]
    return Tables(
        items[:, :dim], tuple(items[:, first : first + own] for first in starts), items[:, starts[-1] + own :]
    )


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
    there = newest != NOTHING
    for table, weights in zip(tables.memories, MEMORIES, strict=True):
        for age, weight in enumerate(weights):
            found += (weight * there[:, age, None]) * table[newest[:, age]]
    return found


@dataclass(frozen=True)
class Combined:
    """Users as linear functions of item rows; columns of memories have no part in it.

    Attributes:
        left: float32 [n, dim], what q is multiplied with.
        right: float32 [n, sequence_dim + 1], what t and b are.
        offset: float32 [n].
    """

    left: FloatArray
    right: FloatArray
    offset: FloatArray

    def scores(self, tables: Tables) -> FloatArray:
        """Return the scores of all items, [n, n_items]."""
        found = self.left @ tables.q.T
        found += self.right @ tables.answers.T
        found += self.offset[:, None]
        return np.asarray(found, np.float32)


def combine(tables: Tables, p: FloatArray, h: FloatArray, weight: float) -> Combined:
    """Return users as the sum of both parts.

    Args:
        tables: of the model.
        p: [n, dim] FCF's vectors for scores.
        h: [n, sequence_dim] contexts.
        weight: w, of the sequence part.
    """
    wide = np.column_stack([h, np.ones(len(h), np.float32)])
    mean_f, dev_f = _spread(tables.q, p)
    mean_s, dev_s = _spread(tables.answers, wide)
    # Where every item is met alike, the order says nothing.
    scale = np.where(dev_s > 0, weight * dev_f / np.where(dev_s > 0, dev_s, 1.0), 0.0)
    whole = 1.0 + weight
    return Combined(
        np.asarray(p / whole, np.float32),
        np.asarray(scale[:, None] * wide / whole, np.float32),
        np.asarray((weight * mean_f - scale * mean_s) / whole, np.float32),
    )


def _spread(table: FloatArray, vectors: FloatArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation over all items of vectors . rows, [n] each."""
    wide, users = table.astype(np.float64), vectors.astype(np.float64)
    mean = wide.mean(axis=0)
    covariance = (wide - mean).T @ (wide - mean) / len(wide)
    squared = np.einsum("ud,de,ue->u", users, covariance, users, optimize=True)
    return users @ mean, np.sqrt(np.maximum(squared, 0.0))


def fit_in_order(items: FloatArray, picked: NDArray[np.int64], hyper: Hyper, rounds: int) -> ScoringFunction:
    """Return the scoring function of somebody who picked these items, the last of them the newest."""
    q = first_columns(items, hyper.dim)
    ridge = fit_ridge(q, picked, hyper, rounds)
    if hyper.own.sequence_weight == 0:
        return ridge
    tables = tables_of(items, hyper)
    found = combine(tables, ridge.w[None, :], _context_of(tables, picked), hyper.own.sequence_weight)
    w = np.zeros(items.shape[1], np.float32)
    w[: hyper.dim], w[-found.right.shape[1] :] = found.left[0], found.right[0]
    return ScoringFunction(w, float(found.offset[0]), logit=False)


def closeness_in_order(items: FloatArray, picked: NDArray[np.int64], hyper: Hyper) -> FloatArray:
    """Return how well every item goes with the picked ones, [n_items], the last of them the newest.

    It is the mean cosine of `models.nearness`, and beside it what usually follows, on one scale as a user's scores are.
    """
    cosine = closeness_to_basket(items, picked, hyper)
    if hyper.own.sequence_weight == 0:
        return cosine
    tables, weight = tables_of(items, hyper), hyper.own.sequence_weight
    follows = tables.answers[:, :-1] @ _context_of(tables, picked)[0] + tables.answers[:, -1]
    deviation = float(follows.std())
    scaled = (follows - follows.mean()) / deviation if deviation > 0 else np.zeros_like(follows)
    return np.asarray((cosine + weight * (cosine.mean() + cosine.std() * scaled)) / (1.0 + weight), np.float32)


def contributions(
    items: FloatArray, history: NDArray[np.int64], hyper: Hyper, columns: NDArray[np.int64]
) -> FloatArray:
    """Return what each train item adds to the score of each item, [c, n]: its part in FCF's score, and in the context.

    Rows sum to the scores but for what no train item adds: how often the item is met at all, and the offset.

    Args:
        items: [n_items, row_length].
        history: [n] the user's train items in order of time.
        columns: [c] the items to explain.
    """
    q = first_columns(items, hyper.dim)
    of_taste = explain.contributions(q, history, hyper, columns) / np.float32(1.0 + hyper.own.sequence_weight)
    return of_taste + contributions_of_order(items, history, hyper, columns)


def contributions_of_order(
    items: FloatArray, history: NDArray[np.int64], hyper: Hyper, columns: NDArray[np.int64]
) -> FloatArray:
    """Return the part of `contributions` that comes from the memories, [c, n]."""
    found = np.zeros((len(columns), len(history)), np.float32)
    if hyper.own.sequence_weight == 0 or not len(history):
        return found
    tables = tables_of(items, hyper)
    p = fit_ridge(first_columns(items, hyper.dim), history, hyper, 0).w[None, :]
    person = combine(tables, p, _context_of(tables, history), hyper.own.sequence_weight)
    scale, answers = person.right[0, -1], tables.answers[columns, :-1]
    for table, weights in zip(tables.memories, MEMORIES, strict=True):
        newest = history[::-1][: len(weights)]
        added = scale * (answers @ (weights[: len(newest), None] * table[newest]).T)
        found[:, len(history) - len(newest) :] += added[:, ::-1]
    return found


def _context_of(tables: Tables, history: NDArray[np.int64]) -> FloatArray:
    """Return the context of one list, [1, sequence_dim]."""
    return contexts(tables, newest_first(history, np.array([len(history)]), np.array([0])))
