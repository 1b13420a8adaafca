"""Evaluate a party's users and return sums only, ready to be aggregated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData
from models.base import FloatArray, LocalModel, View
from models.metrics import metric_names, metric_sums, ranks

Part = Literal["valid", "test"]
FULL = "full_"  # prefix of the figures ranked among all items


def names(ks: Sequence[int], full: bool) -> list[str]:
    """Return the names of the entries of the vector that the functions below return."""
    return metric_names(ks, ("", FULL) if full else ("",))


def held_out(data: PartyData, part: Part) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return (item [n], candidates [n, 99]) of the validation or the test part; -1 where a user has none."""
    if part == "valid":
        return data.valid_item, data.valid_candidates
    return data.test_item, data.test_candidates


def _sampled(score: FloatArray, candidates: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return ranks from scores [m, 1 + 99] of (held-out item, candidates)."""
    return ranks(score[:, 0], score[:, 1:], candidates >= 0)


def not_competing(data: PartyData, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return the train items of the users in `rows`, bool [m, n_items]: they are not ranked in full rank."""
    mask = np.zeros((len(rows), data.n_items), np.bool_)
    lengths = np.diff(data.indptr)[rows]
    owner = np.repeat(np.arange(len(rows)), lengths)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    mask[owner, data.items[np.repeat(data.indptr[rows], lengths) + place]] = True
    return mask


def _full(data: PartyData, rows: NDArray[np.int64], item: NDArray[np.int32], score: FloatArray) -> NDArray[np.int64]:
    """Return ranks from scores [m, n_items]; the users' train items and the held-out item itself do not compete."""
    counted = ~not_competing(data, rows)
    everyone = np.arange(len(rows))
    counted[everyone, item] = False
    return ranks(score[everyone, item], score, counted)


def _sums(rank: list[NDArray[np.int64]], ks: Sequence[int]) -> NDArray[np.float64]:
    return metric_sums(np.concatenate(rank) if rank else np.zeros(0, np.int64), ks)


def evaluate(
    model: LocalModel,
    data: PartyData,
    items: FloatArray,
    part: Part,
    ks: Sequence[int],
    full: bool,
    batch_size: int,
    view: View | None = None,
) -> NDArray[np.float64]:
    """Sums of the metrics over the party's users that have a held-out item, in the order of `names(ks, full)`.

    Args:
        items: [n_items, dim] global item embeddings.
        part: "valid" or "test".
        full: also rank among all items that are not in the user's train set.
        batch_size: users scored at a time.
        view: as in `LocalModel.scores`.
    """
    item, candidates = held_out(data, part)

    if full:
        # One pass over all items gives both: the sampled candidates are columns of it.
        batches = model.score_batches(items, None, batch_size, view)
    else:
        batches = model.score_batches(items, np.column_stack([item, candidates]), batch_size, view)
    return _evaluate_batches(batches, data, item, candidates, ks, full)


def evaluate_validation(
    model: LocalModel, data: PartyData, items: FloatArray, ks: Sequence[int], batch_size: int
) -> NDArray[np.float64]:
    """Validation sums after a round, ranked among the sampled candidates, in the model's own view."""
    own = model.validation_scores()
    if own is None:
        return evaluate(model, data, items, "valid", ks, False, batch_size)
    has = data.valid_item >= 0
    rank = ranks(own[0][has], own[1][has], data.valid_candidates[has] >= 0)
    return np.concatenate([[float(has.sum())], metric_sums(rank, ks)])


def evaluate_shared(
    item_scores: NDArray[np.floating[Any]], data: PartyData, part: Part, ks: Sequence[int], full: bool, batch_size: int
) -> NDArray[np.float64]:
    """As `evaluate`, for a scorer that gives every user the same item scores [n_items]: the popularity baseline."""
    item, candidates = held_out(data, part)
    score = np.asarray(item_scores, np.float32)

    def batches() -> Iterator[tuple[NDArray[np.int64], FloatArray]]:
        for start in range(0, data.n_users, batch_size):
            rows = np.arange(start, min(data.n_users, start + batch_size))
            if full:
                yield rows, np.broadcast_to(score, (len(rows), len(score)))
            else:
                yield rows, score[np.maximum(np.column_stack([item, candidates])[rows], 0)]

    return _evaluate_batches(batches(), data, item, candidates, ks, full)


def _evaluate_batches(
    batches: Iterator[tuple[NDArray[np.int64], FloatArray]],
    data: PartyData,
    item: NDArray[np.int32],
    candidates: NDArray[np.int32],
    ks: Sequence[int],
    full: bool,
) -> NDArray[np.float64]:
    sampled: list[NDArray[np.int64]] = []
    among_all: list[NDArray[np.int64]] = []
    for batch_rows, batch_score in batches:
        has = item[batch_rows] >= 0
        rows, score = batch_rows[has], batch_score[has]
        if full:
            among_all.append(_full(data, rows, item[rows], score))
            wanted = np.maximum(np.column_stack([item[rows], candidates[rows]]), 0)
            score = np.take_along_axis(score, wanted, axis=1)
        sampled.append(_sampled(score, candidates[rows]))
    n = float((item >= 0).sum())
    parts = [_sums(sampled, ks)] + ([_sums(among_all, ks)] if full else [])
    return np.concatenate([[n], *parts])
