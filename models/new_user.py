"""A scoring function for somebody who is in nobody's training data, from a few picked items. NumPy only.

Only what belongs to the user in a model is fitted, on the machine where the items are picked; the item embeddings stay
as training left them and nothing is sent. That is what the split into shared items and private scoring functions makes
possible (Zhang et al., IJCAI 2023, section 5; for FCF the "folding in" of Hu, Koren and Volinsky, ICDM 2008).

FCF: the ridge system of `models.fcf_local`, so the vector is exactly that of a training user with this train list.
PFedRec: as many passes of local SGD as a training user had made when the items were stored, from the same start values,
with negatives drawn anew for each pass from the items that were not picked.
FedRAP: likewise on the common items, without personal ones, which take the rounds of a training to come about.

ML-100K, 40 rounds, test HR@10 in %, every third user fitted here from the user's train items: FCF 73.3, PFedRec 61.9,
FedRAP 41.9; the users' own functions have 70.5 (all users), 61.3 and 39.2 on the common items. With the newest 5 items
only: 70.2, 65.4, 41.6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.base import FloatArray, initial_scoring
from models.descriptor import HyperParameters
from models.fcf import FCFSettings
from models.fedrap import STEP_DECAY, FedRAPSettings
from models.item_table import kept
from models.pfedrec import PFedRecSettings
from models.sgd import SgdSettings

# Gradient steps of one fit at most. A step on 256 samples of length 32 takes about 25 microseconds.
MAX_STEPS = 2000
_STREAM = 3  # of the generator; 0 to 2 make initial values, see `models.base`


@dataclass(frozen=True)
class ScoringFunction:
    """A linear scoring function, score(i) = w . q_i + b, before a model's `shown_score`.

    Attributes:
        w: float32 [dim].
        b: its offset, 0 for FCF.
        logit: whether scores are logits (the affine models) or estimates of 0 and 1 (FCF).
    """

    w: FloatArray
    b: float
    logit: bool

    def scores(self, items: FloatArray) -> FloatArray:
        """Return the scores [n] of item rows [n, dim]."""
        return np.asarray(items @ self.w + np.float32(self.b), np.float32)

    def shown(self, score: FloatArray) -> NDArray[np.float64]:
        """Return what a person is shown for scores: 0..1, in the same order, as `LocalModel.shown_score` has it."""
        value = score.astype(np.float64)
        return np.asarray(1.0 / (1.0 + np.exp(-value)) if self.logit else np.clip(value, 0.0, 1.0))


def recency(n: int, hyper: HyperParameters[FCFSettings]) -> NDArray[np.float64]:
    """Return the weights of a train list in order of time, [n]: 1 + recency_weight * 2^(-age / half life).

    Age is counted in newer items.
    """
    return np.asarray(1.0 + hyper.own.recency_weight * np.exp2(-np.arange(n)[::-1] / hyper.own.recency_half_life))


def ridge_system(
    items: FloatArray, picked: NDArray[np.int64], hyper: HyperParameters[FCFSettings]
) -> NDArray[np.float64]:
    """Return A = alpha Q'Q + sum_j c_j q_j q_j' + reg (sum_j c_j + alpha n_items) I, [dim, dim].

    The c_j are the weights by recency.
    """
    rows, weight = items[picked].astype(np.float64), recency(len(picked), hyper)
    ridge = hyper.own.reg * (weight.sum() + hyper.own.alpha * len(items))
    system = hyper.own.alpha * _products(items, items.shape[1]) + (rows * weight[:, None]).T @ rows
    system.flat[:: len(system) + 1] += ridge
    return np.asarray(system)


@kept
def _products(items: FloatArray, dim: int) -> NDArray[np.float64]:
    """Return Q'Q of the first dim columns, [dim, dim], which dwarfs the rest of a system."""
    table = items[:, :dim].astype(np.float64)
    return np.asarray(table.T @ table)


def fit_ridge(
    items: FloatArray, picked: NDArray[np.int64], hyper: HyperParameters[FCFSettings], rounds: int
) -> ScoringFunction:
    """Return FCF's scoring vector for the picked items, the last of them counted as the newest."""
    right = recency(len(picked), hyper) @ items[picked].astype(np.float64)
    return ScoringFunction(
        np.linalg.solve(ridge_system(items, picked, hyper), right).astype(np.float32), 0.0, logit=False
    )


def fit_affine(
    items: FloatArray, picked: NDArray[np.int64], hyper: HyperParameters[PFedRecSettings], rounds: int
) -> ScoringFunction:
    """Return PFedRec's scoring function after the SGD passes of `rounds` rounds on the picked items."""
    return _descend(items, picked, hyper, rounds, step_decay=1.0, weight_decay=0.0)


def fit_common(
    items: FloatArray, picked: NDArray[np.int64], hyper: HyperParameters[FedRAPSettings], rounds: int
) -> ScoringFunction:
    """Return FedRAP's scoring function on the common items, with its fall of the step size in a round and its decay."""
    return _descend(items, picked, hyper, rounds, step_decay=STEP_DECAY, weight_decay=hyper.own.weight_decay)


def _descend(
    items: FloatArray,
    picked: NDArray[np.int64],
    hyper: HyperParameters[SgdSettings],
    rounds: int,
    *,
    step_decay: float,
    weight_decay: float,
) -> ScoringFunction:
    """Descend by SGD on the mean cross-entropy of the picked items and sampled others."""
    w, b = initial_scoring(hyper.dim, hyper.seed)
    others = np.setdiff1d(np.arange(len(items)), picked)
    if not len(others):  # nothing to tell the picked items from
        return ScoringFunction(w, float(b), logit=True)
    rng = np.random.default_rng([hyper.seed, _STREAM])
    steps = 0
    for round_number in range(1, rounds + 1):
        rate = hyper.own.learning_rate * hyper.decay(round_number)
        for _ in range(hyper.own.local_epochs):
            for sample, label in _batches(picked, others, hyper, rng):
                rows = items[sample]
                slope = (1.0 / (1.0 + np.exp(-(rows @ w + b))) - label) / np.float32(len(sample))
                keep = np.float32(1.0 - rate * weight_decay)
                w = keep * w - np.float32(rate) * (slope @ rows)
                b = keep * b - np.float32(rate) * slope.sum()
                rate *= step_decay
                steps += 1
        if steps >= MAX_STEPS:
            break
    return ScoringFunction(w, float(b), logit=True)


def _batches(
    picked: NDArray[np.int64], others: NDArray[np.int64], hyper: HyperParameters[SgdSettings], rng: np.random.Generator
) -> Iterator[tuple[NDArray[np.int64], FloatArray]]:
    """Yield (item ids, labels) of one pass: every picked item with `negatives` others, shuffled into batches."""
    drawn = others[rng.integers(len(others), size=len(picked) * hyper.own.negatives)]
    sample = np.concatenate([picked, drawn])
    label = np.zeros(len(sample), np.float32)
    label[: len(picked)] = 1.0
    if len(sample) > hyper.batch_size:
        order = rng.permutation(len(sample))
        sample, label = sample[order], label[order]
    for start in range(0, len(sample), hyper.batch_size):
        yield sample[start : start + hyper.batch_size], label[start : start + hyper.batch_size]


Fit = Callable[[FloatArray, NDArray[np.int64], HyperParameters[Any], int], ScoringFunction]
