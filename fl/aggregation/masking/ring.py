"""Real numbers as fixed-point numbers modulo 2^b, so that masks can be added that hide them perfectly.

A block of values has a public limit L: no value of any party may be larger in absolute value. With n parties, the
number of fraction bits f is the largest with n * ceil(L * 2^f) < 2^(bits - 1), so a sum over all parties never wraps.
A value beyond the limit is refused, never clipped or wrapped.

Blocks of up to 32 bits (item tables) are rounded stochastically: x * 2^f goes up with the probability of its fraction,
so the expected value of an encoded number is the number, and many parties' errors average out instead of adding up.
Blocks of 64 bits (counts, sums of metrics) are rounded to the nearest: integers below the limit stay exact.

Tables of integers (levels of `fl.aggregation.compression`, 8 to 31 bits a value) are sent as they are: their limit is
the largest level L with n * L < 2^(b - 1), so f is 0 and nothing is rounded.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.sentences import say
from fl.aggregation.masking import masks
from fl.aggregation.masking.errors import RangeError
from fl.aggregation.masking.packing import LEAST_BITS, container, header_name, reduced, signed
from fl.aggregation.masking.ring_types import RingArray

RealArray = NDArray[np.floating[Any]]

# Item tables, unless a limit is given. With 4 parties, steps of 2^-17.
TABLE_LIMIT = 2.0**11
# Counts, losses and metric sums: with 4 parties, integers up to 4e9 exact and steps of 2^-28.
VECTOR_LIMIT = 2.0**32


@dataclass(frozen=True)
class BlockSpec:
    """One array of a message, as all parties and the server know it.

    Attributes:
        shape: of the array.
        bits: of the ring, and of a value on the wire: 8 to 32, or 64.
        limit: largest absolute value a party may send.
        parties: largest number of parties whose values are summed.
        norm_limit: largest Euclidean norm of the array a party may send.
    """

    shape: tuple[int, ...]
    bits: int
    limit: float
    parties: int
    norm_limit: float = math.inf

    def __post_init__(self) -> None:
        if not (self.limit > 0 and math.isfinite(self.limit)) or self.parties < 1:
            raise RangeError(
                say(
                    "masking.block-needs-positive-limit",
                    "A block needs a positive limit and parties, not {limit} and {parties}.",
                    limit=self.limit,
                    parties=self.parties,
                )
            )
        if not (LEAST_BITS <= self.bits <= 32 or self.bits == 64):
            raise RangeError(
                say("masking.value-8-32-bits", "A value has 8 to 32 bits, or 64, not {bits}.", bits=self.bits)
            )

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype of the encoded array; little-endian on every machine."""
        return container(self.bits)

    @property
    def header(self) -> tuple[tuple[int, ...], str]:
        """The shape and kind, as everybody sees them."""
        return self.shape, header_name(self.bits)

    @property
    def fraction_bits(self) -> int:
        """The f of the module docstring; negative when the limit is so large that even integers must be rounded."""
        capacity = 2 ** (self.bits - 1) - 1
        fraction = math.frexp(capacity / (self.parties * self.limit))[1]
        while self.parties * math.ceil(math.ldexp(self.limit, fraction)) > capacity:
            fraction -= 1
        return fraction

    @property
    def step(self) -> float:
        """The distance of two neighbouring encodable values."""
        return math.ldexp(1.0, -self.fraction_bits)


def spec_of(array: NDArray[np.generic], parties: int, table_limit: float = TABLE_LIMIT) -> BlockSpec:
    """Return how an array of real numbers is encoded: tables of float32 in 32 bits, counts and sums in 64."""
    table = array.ndim >= 2 and array.dtype == np.float32
    return block_spec(array.shape, "<u4" if table else "<u8", parties, table_limit)


def block_spec(shape: tuple[int, ...], dtype: str, parties: int, table_limit: float = TABLE_LIMIT) -> BlockSpec:
    """Return the same as `spec_of` from the shape and kind of the encoded array, as the server sees it."""
    if dtype.startswith("u"):
        return level_spec(shape, int(dtype[1:]), parties)
    if dtype == "<u4":
        return BlockSpec(shape, 32, table_limit, parties)
    return BlockSpec(shape, 64, VECTOR_LIMIT, parties)


def most_levels(bits: int, parties: int) -> int:
    """Return the largest integer each party may send in a ring of 2^bits, so that no sum wraps; 0 if there is none."""
    return ((1 << (bits - 1)) - 1) // parties


def level_spec(shape: tuple[int, ...], bits: int, parties: int) -> BlockSpec:
    """Return how a table of integers is encoded.

    Raises:
        RangeError: so few bits have no room for the sum of so many parties.
    """
    return BlockSpec(shape, bits, float(most_levels(bits, parties)), parties)


def rounding_seed(party: str, blocks: Sequence[NDArray[np.generic]]) -> bytes:
    """Return the 32-byte seed of a party's stochastic rounding.

    It depends on the party and on what is rounded, not on time: equal runs give equal sums, also when resumed, while a
    value that changes from round to round is rounded by fresh draws. It need not be secret.
    """
    state = hashlib.sha256(b"secretrec rounding" + len(party).to_bytes(4, "little") + party.encode())
    for block in blocks:
        state.update(np.ascontiguousarray(block).data)
    return state.digest()


def encode(values: RealArray, spec: BlockSpec, seed: bytes = bytes(32)) -> RingArray:
    """Encode `values` as fixed-point ring elements.

    Args:
        values: array of `spec.shape`, finite, at most `spec.limit` in absolute value.
        spec: of the block.
        seed: of the stochastic rounding (not for 64 bits).

    Returns:
        Array of `spec.shape` and `spec.dtype`.

    Raises:
        RangeError: naming what is wrong with the values.
    """
    check(values, spec)
    scaled = np.ldexp(np.asarray(values, np.float64), spec.fraction_bits)
    if spec.bits == 64:
        rounded: RingArray = np.rint(scaled).astype(np.int64).view(np.uint64)
        return rounded
    whole = np.floor(scaled)
    scaled -= whole
    # scaled is the exact fraction, so integers (in steps) are never moved, and the draw has 32 bits.
    draws = np.frombuffer(masks.expand(seed, 4 * scaled.size), "<u4").reshape(spec.shape)
    whole += draws < np.ldexp(scaled, 32)
    encoded: RingArray = whole.astype(np.int64).astype(spec.dtype)
    return reduced(encoded, spec.bits)


def check(values: RealArray, spec: BlockSpec) -> None:
    """Refuse what must not be encoded.

    Raises:
        RangeError: wrong shape, not real numbers, not finite, beyond the limit or the norm limit.
    """
    if values.shape != spec.shape:
        raise RangeError(
            say(
                "masking.array-shape-expected",
                "The array has shape {shape}, expected {shape_2}.",
                shape=values.shape,
                shape_2=spec.shape,
            )
        )
    if values.dtype.kind not in "fiu":
        raise RangeError(
            say(
                "masking.array-dtype-expected-real",
                "The array has dtype {dtype}, expected real numbers.",
                dtype=values.dtype,
            )
        )
    if not values.size:
        return
    largest = max(float(values.max()), -float(values.min()))  # NaN and infinities survive max and min
    if not math.isfinite(largest):
        bad = int(values.size - np.isfinite(values).sum())
        raise RangeError(
            say("masking.values-not-finite", "{bad} of {size} values are not finite.", bad=bad, size=values.size)
        )
    if largest > spec.limit:
        raise RangeError(
            say(
                "masking.value-beyond-limit",
                "A value of {largest:.6g} is beyond the limit of {limit:.6g}.",
                largest=largest,
                limit=spec.limit,
            )
        )
    if math.isfinite(spec.norm_limit):
        norm = float(np.linalg.norm(np.asarray(values, np.float64).ravel()))
        if norm > spec.norm_limit:
            raise RangeError(
                say(
                    "masking.norm-beyond-limit",
                    "The norm of {norm:.6g} is beyond the limit of {norm_limit:.6g}.",
                    norm=norm,
                    norm_limit=spec.norm_limit,
                )
            )


def decode(total: RingArray, spec: BlockSpec, summed: int) -> RealArray:
    """Return the real sum of `summed` parties' values, from the sum of their ring elements.

    Returns:
        float32 for a 32-bit block, float64 for others.

    Raises:
        RangeError: it is larger than that many parties can make it, so it is not a sum of encoded values (masks that
            did not cancel leave uniform noise, of which every second value or so is out of range).
    """
    if total.shape != spec.shape or total.dtype != spec.dtype:
        raise RangeError(
            say(
                "masking.sum-expected",
                "The sum is {dtype} {shape}, expected {dtype_2} {shape_2}.",
                dtype=total.dtype,
                shape=total.shape,
                dtype_2=spec.dtype,
                shape_2=spec.shape,
            )
        )
    numbers = signed(total, spec.bits)
    bound = summed * math.ceil(math.ldexp(spec.limit, spec.fraction_bits))
    if numbers.size and max(int(numbers.max()), -int(numbers.min())) > bound:
        raise RangeError(
            say(
                "masking.sum-value-beyond-parties",
                "The sum has a value beyond what {summed} parties can send: masks did not cancel.",
                summed=summed,
            )
        )
    real = np.ldexp(numbers.astype(np.float64), -spec.fraction_bits)
    return real.astype(np.float32) if spec.bits == 32 else real
