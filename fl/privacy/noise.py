"""Random numbers for privacy: from the operating system's secret randomness, never from the seed of a run.

Whoever knows the noise can take it off. The run's seed is public (it is stored in the run and shown), and statistical
generators such as PCG64 can be reconstructed from their output, which the server sees a part of; so every draw here
comes from a fresh 256-bit secret, expanded by AES-256 in counter mode (`fl.aggregation.masking.masks`), and is used
once. Runs with differential privacy therefore do not repeat bit for bit, and must not.

Numbers are float64. Mironov ("On significance of the least significant bits for differential privacy", CCS 2012) shows
that the low bits of floating-point noise can betray a value; here a value and its noise are rounded to float32 and then
to the fixed point of the masks before anything is sent, which hides most of those bits but is no proof.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fl.aggregation.masking.masks import SEED_BYTES, expand

FloatArray = NDArray[np.float64]


def fresh_seed() -> bytes:
    """Return 32 secret bytes from the operating system."""
    return secrets.token_bytes(SEED_BYTES)


class SecretNoise:
    """The secret draws of one party. Every call uses a new seed.

    Tests pass `seeds` to repeat draws; nothing else may.
    """

    def __init__(self, seeds: Callable[[], bytes] = fresh_seed) -> None:
        self._seeds = seeds

    def uniform(self, n: int) -> FloatArray:
        """Draw [n] uniform numbers in the open interval (0, 1), multiples of 2^-53 shifted by half a step."""
        bits = np.frombuffer(expand(self._seeds(), 8 * n), "<u8") >> np.uint64(11)
        return np.asarray((bits.astype(np.float64) + 0.5) * 2.0**-53)

    def gaussian(self, shape: tuple[int, ...], deviation: float) -> FloatArray:
        """Draw normal numbers with mean 0, by Box and Muller (1958); the largest value is 8.6 deviations.

        The method is exact for real uniforms, and has no rejection step, so that the time it takes says nothing of the
        values.
        """
        n = int(np.prod(shape))
        half = (n + 1) // 2
        uniform = self.uniform(2 * half)
        radius = np.sqrt(-2.0 * np.log(uniform[:half]))
        angle = 2.0 * np.pi * uniform[half:]
        drawn = np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])[:n]
        return np.asarray(deviation * drawn.reshape(shape))

    def laplace_sum(self, shape: tuple[int, ...], scale: float, terms: int) -> FloatArray:
        """Draw the sum of `terms` independent Laplace(0, scale) numbers in each cell, at once.

        Laplace is the difference of two exponentials, so the sum of m of them is that of two Gamma(m) numbers.
        """
        if terms < 1:
            return np.zeros(shape)
        n = int(np.prod(shape))
        from scipy.special import gammaincinv  # a tenth of what a party's process imports, and only for this

        drawn = gammaincinv(float(terms), self.uniform(2 * n))
        return np.asarray(scale * (drawn[:n] - drawn[n:]).reshape(shape))

    def chosen(self, n: int, probability: float) -> NDArray[np.int64]:
        """Draw some of n, each independently with this probability; return them in ascending order."""
        return np.nonzero(self.uniform(n) < probability)[0]


def as_float32(values: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Return a noised message as it is sent."""
    return np.asarray(values, np.float32)
