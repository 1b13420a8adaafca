"""The full evaluation of a party's users as one message of sums: figures, bootstrap replicates, groups, exposure.

A party computes every user's figures (a row per user), and multiplies them by a matrix of weights: a row of ones (all
users), B rows of bootstrap weights, a row per group. The product is all that may leave: sums over its users.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData
from models import bootstrap
from models.base import FloatArray, LocalModel, View
from models.evaluation import FULL, Part, held_out, not_competing
from models.groups import UserGroup
from models.metrics import figure_names, ranks, user_figures
from models.reach import top_k

# Weights of so many replicates at a time: 16 * 6040 users of ML-1M * 8 bytes = 0.8 MB.
_BLOCK = 16


@dataclass(frozen=True)
class ReportRequest:
    """The question that every party is asked; it is public.

    Attributes:
        part: "valid" or "test".
        ks: cut-offs.
        seed: of the bootstrap; each party mixes it with a secret of its own.
        groups: rows of the fairness table.
        replicates: bootstrap replicates.
        batch_size: users scored at a time.
    """

    part: Part
    ks: tuple[int, ...]
    seed: int
    groups: tuple[UserGroup, ...] = ()
    replicates: int = bootstrap.REPLICATES
    batch_size: int = 512

    @property
    def columns(self) -> list[str]:
        """The names of the columns of the sums: "n_users", then the figures."""
        return ["n_users", *figure_names(self.ks, ("", FULL))]

    @property
    def shapes(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The shape of the sums, and of the exposure with n_items left open as -1."""
        return (1 + self.replicates + len(self.groups), len(self.columns)), (len(self.ks), -1)


Batches = Iterable[tuple[NDArray[np.int64], NDArray[np.floating[Any]]]]


def report(batches: Batches, data: PartyData, request: ReportRequest) -> list[NDArray[np.float64]]:
    """Return [sums [1 + B + groups, 1 + figures], exposure [len(ks), n_items]] over users with a held-out item.

    Items compete as in `models.evaluation`: the sampled candidates, and in full rank all items but the user's train
    items. A user's K best, which make the exposure, are taken from the same items as the full rank.

    Args:
        batches: (rows [m], scores of all items [m, n_items]) pairs that cover each of the party's users once.
        data: the party's users.
        request: what is asked.
    """
    item, candidates = held_out(data, request.part)
    figures = np.zeros((data.n_users, len(request.columns)))
    exposure = np.zeros((len(request.ks), data.n_items))
    for batch_rows, batch_score in batches:
        has = item[batch_rows] >= 0
        rows, score = batch_rows[has], batch_score[has]
        if not len(rows):
            continue
        everyone = np.arange(len(rows))
        positive = score[everyone, item[rows]]
        allowed = ~not_competing(data, rows)
        for place, chosen in enumerate(top_k(score, allowed, request.ks)):
            exposure[place] += chosen.sum(axis=0)
        allowed[everyone, item[rows]] = False
        among_all = ranks(positive, score, allowed)
        sampled_score = np.take_along_axis(score, np.maximum(candidates[rows], 0), axis=1)
        sampled = ranks(positive, sampled_score, candidates[rows] >= 0)
        figures[rows] = np.column_stack(
            [np.ones(len(rows)), user_figures(sampled, request.ks), user_figures(among_all, request.ks)]
        )
    return [_weighted_sums(figures, data, request), exposure]


def report_model(
    model: LocalModel, data: PartyData, items: FloatArray, request: ReportRequest, view: View | None
) -> list[NDArray[np.float64]]:
    """Return the `report` of a model; `view` as in `LocalModel.scores`."""
    return report(model.score_batches(items, None, request.batch_size, view), data, request)


def report_shared(
    item_scores: NDArray[np.floating[Any]], data: PartyData, request: ReportRequest
) -> list[NDArray[np.float64]]:
    """Return the `report` of a scorer that gives every user the same item scores [n_items]: popularity."""

    def batches() -> Iterator[tuple[NDArray[np.int64], NDArray[np.floating[Any]]]]:
        for start in range(0, data.n_users, request.batch_size):
            rows = np.arange(start, min(data.n_users, start + request.batch_size))
            yield rows, np.broadcast_to(item_scores, (len(rows), len(item_scores)))

    return report(batches(), data, request)


def _weighted_sums(figures: NDArray[np.float64], data: PartyData, request: ReportRequest) -> NDArray[np.float64]:
    sums = np.empty(request.shapes[0])
    sums[0] = figures.sum(axis=0)
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
    """The mean figures of one group of users, fractions in 0..1."""

    group: UserGroup
    n_users: int
    figures: dict[str, float]


@dataclass(frozen=True)
class ReportFigures:
    """The figures that a person reads, from sums over all parties.

    Attributes:
        n_users: users with a held-out item.
        figures: mean of each figure over users, fractions in 0..1; "hr@10", "full_mrr@5", ...
        intervals: 95% bootstrap interval of each figure over users, (low, high).
        groups: figures by group of users.
    """

    n_users: int
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    groups: tuple[GroupFigures, ...]


def figures_of(sums: NDArray[np.float64], request: ReportRequest) -> ReportFigures:
    """Return means, intervals and groups from the summed [1 + B + groups, 1 + figures]."""
    names = request.columns[1:]
    low, high = bootstrap.intervals(sums[1 : 1 + request.replicates])
    groups = sums[1 + request.replicates :]
    return ReportFigures(
        n_users=round(float(sums[0, 0])),
        figures=_means(sums[0], names),
        intervals={name: (float(a), float(b)) for name, a, b in zip(names, low, high, strict=True)},
        groups=tuple(
            GroupFigures(group, round(float(row[0])), _means(row, names))
            for group, row in zip(request.groups, groups, strict=True)
        ),
    )


def _means(row: NDArray[np.float64], names: Sequence[str]) -> dict[str, float]:
    n = float(row[0])
    return {name: (float(value) / n if n else 0.0) for name, value in zip(names, row[1:], strict=True)}
