"""The guess, from the item embeddings alone, whether a known person's data were used to train them.

Membership inference (Shokri et al., IEEE S&P 2017) on users of a recommender, in the setting of Zhang et al. (CCS 2021)
with the attacker knowing the person's items. Items that a member has together were pulled together in training; so when
all but one of a person's items are known, the embeddings of a model that was trained on that person predict the last
one a little better. The score is the mean of that over the person's items.

SeqFCF's tables of the order say more: they make what a member chose next more likely than what others did.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from data.partition import PartyData
from fl.audit.curves import Floats
from models.base import FloatArray
from models.sequence import Hyper, contexts, newest_first, tables_of

_ALPHA, _RIDGE = 0.1, 0.1
_MOST_ITEMS = 200  # of a person; the newest, the rest say the same


def membership_scores(items: FloatArray, data: PartyData, rows: NDArray[np.int64]) -> Floats:
    """Return how well each person's items are predicted from the person's other items, [n]; higher for members.

    For each person, a scoring vector is fitted by ridge regression with weight 1 on own items and alpha on all (as in
    iALS), and every own item is scored as if it had been left out, in closed form.

    Args:
        items: [n_items, dim] trained item embeddings.
        data: whose train items are known.
        rows: [n] rows of `data`, each with 2 train items or more.
    """
    table = np.asarray(items, np.float64)
    table = table / max(float(np.sqrt((table**2).sum(axis=1).mean())), 1e-12)
    everything = _ALPHA * table.T @ table + _RIDGE * np.eye(table.shape[1])
    scores = np.empty(len(rows))
    for place, row in enumerate(rows):
        own = table[data.items[data.indptr[row] : data.indptr[row + 1]][-_MOST_ITEMS:]]
        inverse = np.linalg.inv(everything + own.T @ own)
        leverage = np.einsum("nd,de,ne->n", own, inverse, own)
        fitted = own @ (inverse @ own.sum(axis=0))
        scores[place] = float(np.mean((fitted - leverage) / np.maximum(1 - leverage, 1e-6)))
    return scores


def order_scores(items: FloatArray, hyper: Hyper, data: PartyData, rows: NDArray[np.int64]) -> Floats:
    """Return the mean log-likelihood of each next item in each person's list, [n]; higher for members.

    Args:
        items: [n_items, row_length] trained table of SeqFCF with a weight of the order above 0.
        hyper: what the model was told.
        data: whose train items are known, in order of time.
        rows: [n] rows of `data`, each with 2 train items or more.
    """
    tables, found = tables_of(items, hyper), np.empty(len(rows))
    for place, row in enumerate(rows):
        start, end = data.indptr[row], data.indptr[row + 1]
        ends = np.arange(max(start + 1, end - _MOST_ITEMS), end)
        h = contexts(tables, newest_first(data.items, ends, np.full(len(ends), start)))
        score = (h @ tables.answers[:, :-1].T + tables.answers[:, -1]).astype(np.float64)
        found[place] = np.mean(score[np.arange(len(ends)), data.items[ends]] - logsumexp(score, axis=1))
    return found


def halves(parts: list[PartyData], seed: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return, for each party, (rows of users to train on, rows kept out), both ascending; every second user, shuffled.

    Users with fewer than 2 train items are always trained on: nothing can be asked about them.
    """
    rng = np.random.default_rng([seed, 7])
    split = []
    for part in parts:
        lengths = np.diff(part.indptr)
        able = rng.permutation(np.flatnonzero(lengths >= 2))
        out = np.sort(able[: len(able) // 2])
        split.append((np.setdiff1d(np.arange(part.n_users), out), out))
    return split
