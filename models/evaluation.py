"""The evaluation of a party's users as one message of sums: figures, bootstrap replicates, groups, exposure.

A party computes every user's figures (a row per user), and multiplies them by a matrix of weights: a row of ones (all
users), B rows of bootstrap weights, a row per group. The product is all that may leave: sums over its users. The
validation of a round asks for the row of ones alone, and ranks among the sampled candidates only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData
from models import bootstrap
from models.base import FloatArray, LocalModel
from models.descriptor import View
from models.groups import UserGroup
from models.metrics import METRICS, Metric, figure_names, means, ranks, user_figures
from models.reach import Reach, reach, top_k

Part = Literal["valid", "test"]
FULL = "full_"  # prefix of the figures ranked among all items
# Weights of so many replicates at a time: 16 * 6040 users of ML-1M * 8 bytes = 0.8 MB.
_BLOCK = 16


# Scores at a time: about 19 bytes each, with what is made of them, so 160 MB (benchmarks.sizing, 2026-11-26).
_MOST_SCORES: Final = 512 * 16_384


@dataclass(frozen=True)
class EvaluationRequest:
    """The question that every party is asked; it is public.

    Attributes:
        part: "valid" or "test".
        ks: cut-offs.
        metrics: figures at each cut-off.
        full: also rank among all items but the user's train items.
        exposure: also count how often each item stands in a user's K best.
        groups: rows of the fairness table.
        replicates: bootstrap replicates; 0 gives no intervals.
        seed: of the bootstrap; each party mixes it with a secret of its own.
        batch_size: users scored at a time, at most.
    """

    part: Part = "test"
    ks: tuple[int, ...] = (10,)
    metrics: tuple[Metric, ...] = METRICS
    full: bool = True
    exposure: bool = False
    groups: tuple[UserGroup, ...] = ()
    replicates: int = 0
    seed: int = 0
    batch_size: int = 512

    @property
    def columns(self) -> list[str]:
        """The names of the columns of the sums: "n_users", then the figures."""
        return ["n_users", *figure_names(self.ks, ("", FULL) if self.full else ("",), self.metrics)]

    @property
    def all_items(self) -> bool:
        """Whether every item has to be scored, and not only the held-out one and its candidates."""
        return self.full or self.exposure

    def users_at_a_time(self, n_items: int) -> int:
        """Return how many users are scored at a time: fewer where there are very many items, to bound the memory."""
        return max(1, min(self.batch_size, _MOST_SCORES // n_items)) if self.all_items else self.batch_size

    def shapes(self, n_items: int) -> list[tuple[int, int]]:
        """Return the shapes of the arrays of the message: the sums, and the exposure where it is asked for."""
        sums = (1 + self.replicates + len(self.groups), len(self.columns))
        return [sums, *([(len(self.ks), n_items)] if self.exposure else [])]


# After each round. No more than these figures: with differential privacy each one needs noise.
VALIDATION = EvaluationRequest("valid", (10,), ("hr", "ndcg"), full=False, batch_size=4096)

Scores = NDArray[np.floating[Any]]
Batches = Iterable[tuple[NDArray[np.int64], Scores]]


def evaluate(batches: Batches, data: PartyData, request: EvaluationRequest) -> list[NDArray[np.float64]]:
    """Return a party's message: [sums [1 + B + groups, 1 + figures]], with exposure [len(ks), n_items] if asked for.

    Both are over the party's users with a held-out item. Items compete as follows: the sampled candidates, and in full
    rank all items but the user's train items. A user's K best, which make the exposure, are taken from the same items
    as the full rank.

    Args:
        batches: (rows [m], scores) pairs that cover each of the party's users once. The scores are those of all items
            [m, n_items], or, unless `request.all_items`, of the held-out item and its candidates [m, 1 + c].
        data: the party's users.
        request: what is asked.
    """
    figures, exposure = measure(batches, data, request)
    sums = weighted_sums(figures, data, request)
    return [sums, exposure] if request.exposure else [sums]


def measure(
    batches: Batches, data: PartyData, request: EvaluationRequest
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (figures of every user [n, 1 + figures], exposure [len(ks), n_items]), which no party lets out as such.

    Args:
        batches, data, request: as for `evaluate`.

    A user's row is 1, then the user's figures; zeros for one without a held-out item.
    """
    item, candidates = held_out(data, request.part)
    figures = np.zeros((data.n_users, len(request.columns)))
    exposure = np.zeros((len(request.ks), data.n_items))
    for batch_rows, batch_score in batches:
        has = item[batch_rows] >= 0
        rows, score = batch_rows[has], batch_score[has]
        if not len(rows):
            continue
        drawn = candidates[rows] >= 0
        if not request.all_items:
            ranked = [ranks(score[:, 0], score[:, 1:], drawn)]
        else:
            everyone = np.arange(len(rows))
            positive = score[everyone, item[rows]]
            ranked = [ranks(positive, np.take_along_axis(score, np.maximum(candidates[rows], 0), axis=1), drawn)]
            allowed = ~not_competing(data, rows)
            if request.exposure:
                for place, chosen in enumerate(top_k(score, allowed, request.ks)):
                    exposure[place] += chosen.sum(axis=0)
            if request.full:
                allowed[everyone, item[rows]] = False
                ranked.append(ranks(positive, score, allowed))
        own = [user_figures(rank, request.ks, request.metrics) for rank in ranked]
        figures[rows] = np.column_stack([np.ones(len(rows)), *own])
    return figures, exposure


def evaluate_model(
    model: LocalModel, data: PartyData, items: FloatArray, request: EvaluationRequest, view: View | None = None
) -> list[NDArray[np.float64]]:
    """Return the message of `evaluate` for a model.

    Args:
        model: of the party's users.
        data: the same users.
        items: [n_items, dim] global item embeddings.
        request: what is asked.
        view: as in `LocalModel.scores`; None takes the model's own, as the last round left it.
    """
    columns = None if request.all_items else np.column_stack(held_out(data, request.part))
    kept = model.validation_scores() if columns is not None and request.part == "valid" and view is None else None
    if kept is not None:
        return evaluate([(np.arange(data.n_users), np.column_stack(kept))], data, request)
    return evaluate(model.score_batches(items, columns, request.users_at_a_time(len(items)), view), data, request)


def evaluate_shared(item_scores: Scores, data: PartyData, request: EvaluationRequest) -> list[NDArray[np.float64]]:
    """Return the message of `evaluate` for a scorer that gives every user the same item scores [n_items]."""
    return evaluate(shared_batches(item_scores, data, request), data, request)


def shared_batches(item_scores: Scores, data: PartyData, request: EvaluationRequest) -> Batches:
    """Yield the batches of a scorer that gives every user the same item scores [n_items]."""
    columns = np.maximum(np.column_stack(held_out(data, request.part)), 0)
    many = request.users_at_a_time(len(item_scores))
    for start in range(0, data.n_users, many):
        rows = np.arange(start, min(data.n_users, start + many))
        everything = np.broadcast_to(item_scores, (len(rows), len(item_scores)))
        yield rows, everything if request.all_items else item_scores[columns[rows]]


def held_out(data: PartyData, part: Part) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return (item [n], candidates [n, 99]) of the validation or the test part; -1 where a user has none."""
    if part == "valid":
        return data.valid_item, data.valid_candidates
    return data.test_item, data.test_candidates


def not_competing(data: PartyData, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the train items of the users in `rows`, which are not ranked in full rank: bool [m, n_items]."""
    mask = np.zeros((len(rows), data.n_items), np.bool_)
    lengths = np.diff(data.indptr)[rows]
    owner = np.repeat(np.arange(len(rows)), lengths)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    mask[owner, data.items[np.repeat(data.indptr[rows], lengths) + place]] = True
    return mask


def weighted_sums(figures: NDArray[np.float64], data: PartyData, request: EvaluationRequest) -> NDArray[np.float64]:
    """Return figures summed over users, plainly, under each bootstrap weighting and per group.

    Args:
        figures: [n, 1 + figures] of each of the party's users: 1, then its figures; zeros for a user without a
            held-out item.
        data: the party's users.
        request: what is asked.

    Returns:
        [1 + B + groups, 1 + figures].
    """
    sums = np.empty(request.shapes(data.n_items)[0])
    sums[0] = figures.sum(axis=0)
    if request.replicates:
        key = bootstrap.secret_key(data, request.seed)
        for first in range(0, request.replicates, _BLOCK):
            n = min(_BLOCK, request.replicates - first)
            weight = bootstrap.weights(key, data.users, n, first)
            sums[1 + first : 1 + first + n] = weight.astype(np.float64) @ figures
    for place, group in enumerate(request.groups, start=1 + request.replicates):
        sums[place] = figures[group.members(data)].sum(axis=0)
    return sums


@dataclass(frozen=True)
class GroupFigures:
    """Mean figures of one group of users, fractions in 0..1."""

    group: UserGroup
    n_users: int
    figures: dict[str, float]


@dataclass(frozen=True)
class Evaluated:
    """The figures of one scorer that a person reads, from sums over all parties.

    Attributes:
        n_users: users with a held-out item.
        figures: mean of each figure over users, fractions in 0..1; "hr@10", "full_mrr@5", ...
        intervals: 95% bootstrap interval of each figure over users, (low, high); empty without replicates.
        groups: figures by group of users.
        reach: what users are shown, by cut-off K; empty without exposure.
    """

    n_users: int
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    groups: tuple[GroupFigures, ...]
    reach: dict[int, Reach]


def evaluated(
    message: Sequence[NDArray[np.float64]],
    request: EvaluationRequest,
    counts: NDArray[np.float64] | None = None,
    n_users: int = 0,
) -> Evaluated:
    """Return means, intervals, groups and reach from the message summed over all parties.

    Args:
        message: of `evaluate`.
        request: what was asked.
        counts: [n_items] train interactions of each item over all parties; needed where exposure was asked for.
        n_users: all users of all parties, likewise.
    """
    sums, columns = message[0], request.columns
    groups = sums[1 + request.replicates :]
    intervals: dict[str, tuple[float, float]] = {}
    if request.replicates:
        low, high = bootstrap.intervals(sums[1 : 1 + request.replicates])
        intervals = {name: (float(a), float(b)) for name, a, b in zip(columns[1:], low, high, strict=True)}
    return Evaluated(
        n_users=round(float(sums[0, 0])),
        figures=means(sums[0], columns),
        intervals=intervals,
        groups=tuple(
            GroupFigures(group, round(float(row[0])), means(row, columns))
            for group, row in zip(request.groups, groups, strict=True)
        ),
        reach={}
        if counts is None or not request.exposure
        else {k: reach(row, counts, n_users) for k, row in zip(request.ks, message[1], strict=True)},
    )
