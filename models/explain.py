"""The reasons for a recommendation: the user's own items that speak for it most. NumPy only.

For FCF the answer is exact. Its score is linear in the user's train items (Hu, Koren and Volinsky, "Collaborative
Filtering for Implicit Feedback Datasets", ICDM 2008, section 5): with A the matrix of the ridge system and c_j the
weight of train item j, score(i) = q_i' A^-1 sum_j c_j q_j = sum_j c_j q_i' A^-1 q_j, one summand for each train item.
For the affine models there is no such sum, and nearness in the user's own item space (`models.nearness`) stands in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.base import FloatArray
from models.descriptor import HyperParameters, Model, ReasonKind
from models.fcf import FCFSettings
from models.new_user import recency, ridge_system
from models.ranking import EVERYTHING, best_items

NOTHING = -1  # fills the end of a list of reasons


def contributions(
    items: FloatArray, history: NDArray[np.int64], hyper: HyperParameters[FCFSettings], columns: NDArray[np.int64]
) -> FloatArray:
    """Return what each train item adds to FCF's score of each item, [c, n]; rows sum to the scores.

    Args:
        items: [n_items, dim].
        history: [n] the user's train items in order of time.
        columns: [c] the items to explain.
    """
    system = ridge_system(items, history, hyper)
    weighted = items[history] * recency(len(history), hyper)[:, None]
    # A is symmetric, and fewer items are explained than a user has.
    return np.asarray(np.linalg.solve(system, items[columns].T.astype(np.float64)).T @ weighted.T, np.float32)


Contributions = Callable[[FloatArray, NDArray[np.int64], HyperParameters[Any], NDArray[np.int64]], FloatArray]


def strongest(
    weight: FloatArray, history: NDArray[np.int64], most: int, kind: ReasonKind
) -> tuple[NDArray[np.int32], FloatArray]:
    """Return the train items that speak most for each item, best first, equal ones by place in the history.

    Args:
        weight: [c, n] as from `contributions` or `nearness`.
        history: [n] item ids.
        most: reasons for an item at most.
        kind: "share" turns what train items add into fractions of their sum.

    Returns:
        (item ids int32 [c, most], weights float32 [c, most]). Only what speaks for an item is listed; NOTHING with
        weight 0 fills the rest. Shares can add up to more than 1 where other items speak against it.
    """
    if kind == "share":
        total = weight.sum(axis=1, keepdims=True)
        weight = np.where(total > 0, weight / np.where(total > 0, total, 1.0), 0.0).astype(np.float32)
    found = np.full((len(weight), most), NOTHING, np.int32)
    shown = np.zeros((len(weight), most), np.float32)
    if len(history):
        place, value = best_items(weight, EVERYTHING, most)
        found[:, : place.shape[1]] = np.where(value > 0, history[place], NOTHING)
        shown[:, : place.shape[1]] = np.maximum(value, 0)
    return found, shown


def by_order(
    model: Model,
    items: FloatArray,
    history: NDArray[np.int64],
    hyper: HyperParameters[Any],
    columns: NDArray[np.int64],
    weight: FloatArray,
    found: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Return which reasons speak more by the order than by taste: people go on from that item to this one. [c, most].

    Args:
        model: of the run.
        items: its item table.
        history: [n] the person's items in order of time.
        hyper: what the model was told.
        columns: [c] the items that were explained.
        weight: [c, n] what each item of the history adds to their scores, by which the reasons were found.
        found: [c, most] their reasons, as from `strongest`.
    """
    result = np.zeros(found.shape, np.bool_)
    if not model.contributions_of_order or not len(history):
        return result
    order = model.load_contributions_of_order()(items, history, hyper, columns)
    mostly = order > 0.5 * weight
    for place in range(found.shape[1]):
        # Of an item that stands in the history several times, the reason that was listed is not known; any will do.
        same = found[:, place, None] == history[None, :]
        result[:, place] = (same & mostly).any(axis=1)
    return result
