"""Counter-based random numbers: every draw is a pure function of (what it is for, seed, ..., user, draw index).

No generator object carries state, so the numbers of a user do not depend on which party holds the user, on the order of
work, on the number of threads or on the NumPy version. That makes candidates and negatives independent of the
partition.

The generator is SplitMix64: output `i` of a stream is `mix(key + (i + 1) * GAMMA)`. Source: Steele, Lea and Flood,
"Fast splittable pseudorandom number generators", OOPSLA 2014; the mixing constants are David Stafford's variant 13, as
in Vigna's public-domain splitmix64.c. Good for sampling, not for cryptography: nothing here may serve as a mask or key.

Arrays are worked on in place; callers pass chunks that fit the processor's cache (`CHUNK` numbers).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

GAMMA: Final = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLY_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MULTIPLY_2: Final = np.uint64(0x94D049BB133111EB)
_MASK: Final = (1 << 64) - 1

# 2^15 numbers of 8 bytes: an array and its scratch copy stay in the second-level cache (256 KB and up).
CHUNK: Final = 1 << 15

# `below` multiplies a 40-bit random number by n in 64 bits, so n must stay under 2^24.
MAX_BELOW: Final = 1 << 24

# One number per purpose, so that no two purposes share a stream.
FOR_CANDIDATES: Final = 1
FOR_NEGATIVES: Final = 2
FOR_SHUFFLE: Final = 3
FOR_PARTITION: Final = 4
FOR_DEMO: Final = 5
FOR_CLIENTS: Final = 6
FOR_ROWS: Final = 7
FOR_PLACES: Final = 8
FOR_DROPOUT: Final = 9
FOR_GROUPS: Final = 10
FOR_BOOTSTRAP: Final = 11
FOR_SYNTHETIC: Final = 20


def mix(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Apply SplitMix64's output function, a bijection of the 64-bit numbers, in place, and return the array."""
    scratch = np.empty_like(z)
    np.right_shift(z, np.uint64(30), out=scratch)
    z ^= scratch
    z *= _MULTIPLY_1
    np.right_shift(z, np.uint64(27), out=scratch)
    z ^= scratch
    z *= _MULTIPLY_2
    np.right_shift(z, np.uint64(31), out=scratch)
    z ^= scratch
    return z


def key(*words: int) -> int:
    """Return a 64-bit stream key from integers: purpose, seed, round, ... Distinct last words never collide."""
    state = np.zeros(1, dtype=np.uint64)
    for word in words:
        state ^= np.array([word & _MASK], dtype=np.uint64)
        state += GAMMA
        mix(state)
    return int(state[0])


def keys(prefix: int, words: NDArray[np.signedinteger[Any]]) -> NDArray[np.uint64]:
    """Return `key(..., word)` for each word of an array, uint64 [n]; `prefix` is the key of the words before."""
    state = words.astype(np.uint64)
    state ^= np.array([prefix & _MASK], dtype=np.uint64)
    state += GAMMA
    return mix(state)


def draw(stream: NDArray[np.uint64], index: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return output number `index` (from 0) of each stream key, in a new uint64 array, uniform on 64 bits.

    The arrays broadcast.
    """
    state = (index + np.uint64(1)) * GAMMA
    state = state + stream
    return mix(state)


def below(bits: NDArray[np.uint64], n: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Turn 64 random bits into uniform integers in [0, n), in place: `(bits >> 24) * n >> 40`.

    The probability of a value differs from 1/n by less than 2**-40, which no sample drawn here can show (Lemire,
    "Fast random integer generation in an interval", 2019, without the rejection step). n must be in 1..2**24; n = 0
    gives 0.
    """
    bits >>= np.uint64(24)
    bits *= n
    bits >>= np.uint64(40)
    return bits


def unit(bits: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Turn 64 random bits into uniform float64 in the open interval (0, 1): the upper 52, centred in their cell."""
    return ((bits >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
