"""Bootstrap intervals over users, from sums alone.

The Poisson bootstrap gives every user, in every replicate, an independent Poisson(1) weight instead of drawing users
with replacement; a replicate's figure is its weighted sum over its sum of weights (Hanley and MacGibbon, "Creating
non-parametric bootstrap samples using Poisson frequencies", Computer Methods and Programs in Biomedicine 83, 2006;
Chamandy et al., "Estimating uncertainty for massive data streams", Google, 2012). No user's weight depends on another
user's, so each party weights its own users and only the B weighted sums leave it, added up like every other sum.

The weights must not be known outside the party. B sums of 0/1 hits under known weights are B equations in as many
unknowns as there are users: with 200 of them and a thousand users a server could work out who had a hit (Dinur and
Nissim, "Revealing information while preserving privacy", PODS 2003). So a party derives its weights from a secret: a
hash of its own interactions. It repeats exactly with the same data and seed, and nobody without the data has it.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.partition import PartyData

REPLICATES: Final = 200
LEVEL: Final = 0.95
PAIRED_REPLICATES: Final = 1000
_BLOCK: Final = 50  # replicates at a time: 50 * 6040 users of ML-1M * 8 bytes = 2.4 MB

# P(weight <= j) of Poisson(1), j = 0..19; what lies beyond has a probability below 1e-19, less than one step of 2^-52.
_CUMULATIVE: Final = np.cumsum(np.exp(-1.0) / np.cumprod(np.concatenate([[1.0], np.arange(1.0, 20.0)])))


def secret_key(data: PartyData, seed: int) -> int:
    """Return 64 bits that follow from the party's interactions and the seed, and that nobody else can know."""
    digest = hashlib.sha256(f"bootstrap {seed}".encode())
    for array in (data.users, data.indptr, data.items, data.valid_item, data.test_item):
        digest.update(np.ascontiguousarray(array).tobytes())
    return int.from_bytes(digest.digest()[:8], "little")


def weights(
    key: int, users: NDArray[np.signedinteger[Any]], replicates: int = REPLICATES, block: int = 0
) -> NDArray[np.uint8]:
    """Draw the Poisson(1) weight of each user in replicates block .. block + replicates - 1: uint8 [replicates, n].

    Args:
        key: from `secret_key`.
        users: [n] dense user ids; a user's weights depend on the key, the replicate and this id alone.
        replicates: how many rows.
        block: number of the first replicate.
    """
    stream = rng.keys(rng.key(rng.FOR_BOOTSTRAP, key), np.asarray(users))
    number = np.arange(block, block + replicates, dtype=np.uint64)
    uniform = rng.unit(rng.draw(stream[None, :], number[:, None]))
    return np.searchsorted(_CUMULATIVE, uniform, side="left").astype(np.uint8)


def intervals(replicated: NDArray[np.float64], level: float = LEVEL) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the (low [f], high [f]) percentile intervals of means, from replicated sums.

    Args:
        replicated: [B, 1 + f], each row the sum of weights and the weighted sums of f figures.
        level: probability that the interval is to cover, e.g. 0.95.

    Replicates without any weight say nothing and are left out; with none left, both ends are NaN.
    """
    usable = replicated[replicated[:, 0] > 0]
    if not len(usable):
        nothing = np.full(replicated.shape[1] - 1, np.nan)
        return nothing, nothing
    means = usable[:, 1:] / usable[:, :1]
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def paired_intervals(
    first: NDArray[np.float64], second: NDArray[np.float64], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return (difference [f], low [f], high [f]) of the mean figures of two scorers on the same users: second - first.

    In every replicate both get the same weights, so what is hard or easy for both at once falls out: the interval is
    that of the users' own differences (Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 8). It
    takes users' figures and therefore stays with whoever has all of them; the weights are no secret there.

    Args:
        first, second: [n, 1 + f] by user: 1 for one that was tested, else a row of zeros; then the user's figures.
        seed: of the weights.

    Only users that were tested with both count; with none, all three are NaN.
    """
    both = (first[:, 0] > 0) & (second[:, 0] > 0)
    users = np.flatnonzero(both)
    if not len(users):
        nothing = np.full(first.shape[1] - 1, np.nan)
        return nothing, nothing, nothing
    difference = np.column_stack([np.ones(len(users)), (second - first)[both, 1:]])
    replicated = [
        weights(seed, users, _BLOCK, block).astype(np.float64) @ difference
        for block in range(0, PAIRED_REPLICATES, _BLOCK)
    ]
    low, high = intervals(np.concatenate(replicated))
    return difference[:, 1:].mean(axis=0), low, high
