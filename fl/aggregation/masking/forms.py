"""Random linear forms: a short fingerprint of arrays that adds up when the arrays do.

A form picks each value or leaves it out, by one random bit, and sums what it picked modulo 2^b. Two different arrays
give different sums with a probability of at least 1/2: fix the bits of all values but one that differs; of its two
choices at most one gives equal sums (Freivalds 1977). 64 forms with independent bits miss a difference with a
probability of at most 2^-64. Coefficients of one bit are as good as any here, since a difference of 2^(b-1) is missed
by every second coefficient modulo 2^b, too.

All 64 are had at once: each value has 8 random bytes; per byte position, values are summed into 256 bins by byte, and a
form is the sum of the 128 bins whose byte has its bit set. That takes 1.5 ms for 3706 x 32 values (measured); 64 dot
products with coefficients modulo 2^32 take 5 ms and 30 MB of coefficients.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fl.aggregation.masking import masks
from fl.aggregation.masking.keys import pack
from fl.aggregation.masking.ring_types import RingArray

N_FORMS = 64
# bincount adds in float64: 2^20 numbers below 2^32 stay below 2^53, so every sum is exact.
_CHUNK = 1 << 20
_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).T.astype(np.uint64)  # [8 forms, 256 bins]


def forms(
    messages: Sequence[Sequence[RingArray]], seed: bytes, bits: Sequence[int] | None = None
) -> list[tuple[tuple[int, ...], ...]]:
    """Return the 64 forms of `seed` of every block of every message.

    Args:
        messages: equal in number, shapes and dtypes of their blocks.
        seed: 32 bytes, unpredictable to whoever made the messages.
        bits: of each block's ring; None for rings that fill the dtype.

    Returns:
        [message][block][64] integers modulo 2^b, as the block.
    """
    found: list[list[tuple[int, ...]]] = [[] for _ in messages]
    for place, blocks in enumerate(zip(*messages, strict=True)):
        flat = [np.ascontiguousarray(block).ravel() for block in blocks]
        sums = [np.zeros(N_FORMS, np.uint64) for _ in flat]
        for number, start in enumerate(range(0, flat[0].size, _CHUNK)):
            part = [values[start : start + _CHUNK] for values in flat]
            key = hashlib.sha256(pack("forms", seed, place, number)).digest()
            picks = np.frombuffer(masks.expand(key, 8 * part[0].size), np.uint8).reshape(8, -1)
            for values, total in zip(part, sums, strict=True):
                total += _picked(picks, values)
        for message, total in zip(found, sums, strict=True):
            message.append(reduced(total, 8 * flat[0].dtype.itemsize if bits is None else bits[place]))
    return [tuple(message) for message in found]


def reduced(values: NDArray[np.uint64], bits: int) -> tuple[int, ...]:
    """Reduce values modulo 2^bits."""
    return tuple(int(value) & ((1 << bits) - 1) for value in values)


def _picked(picks: NDArray[np.uint8], values: RingArray) -> NDArray[np.uint64]:
    """Return [64] sums modulo 2^64 of the values picked by each bit of `picks` [8, n]."""
    if values.dtype.itemsize == 8:
        low, high = values & np.uint64(0xFFFFFFFF), values >> np.uint64(32)
        return _picked_exact(picks, low) + (_picked_exact(picks, high) << np.uint64(32))
    return _picked_exact(picks, values)


def _picked_exact(picks: NDArray[np.uint8], values: RingArray) -> NDArray[np.uint64]:
    weights = values.astype(np.float64)
    bins = [np.bincount(row, weights, minlength=256).astype(np.uint64) for row in picks]
    return np.concatenate([_BITS @ b for b in bins])
