"""Messages as fixed-point integers for aggregators that add integers: `heu` packs them, `spu` shares them.

Numbers, ranges and rounding are those of `fl.aggregation.masking.ring`: tables of float32 in 32 bits, everything else
in 64 bits; a value beyond the range is refused in the party, by name, and a sum never wraps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.sentences import say
from fl.aggregation.masking.errors import NOTHING_SENT, RangeError, RefusedMessageError
from fl.aggregation.masking.ring import BlockSpec, RealArray, decode, encode, rounding_seed, spec_of
from fl.aggregation.masking.ring_types import RingArray
from fl.errors import of_party
from fl.settings.aggregator_costs import HEU_SLOT_BITS

# 64 bits as 24 + 24 + 16: sums over up to 64 parties stay below 2^30.
LIMB_SHIFTS = (0, 24, 48)
LIMB_MASK = np.uint64(2**24 - 1)
_SLOT_BYTES = HEU_SLOT_BITS // 8


@dataclass(frozen=True)
class Layout:
    """The form of a message, without its values.

    Attributes:
        specs: of its arrays.
        listed: whether it is a list of arrays, or one array.
    """

    specs: tuple[BlockSpec, ...]
    listed: bool


def encode_message(party: str, message: Any, table_limit: float, parties: int) -> tuple[list[RingArray], Layout]:
    """Encode a message in ring elements.

    Args:
        party: its sender, to be named in complaints.
        message: an array or a list of arrays.
        table_limit: largest absolute value in an item table.
        parties: how many parties' messages are summed at most.

    Raises:
        RangeError: a value must not be sent.
    """
    listed = isinstance(message, list)
    arrays: list[Any] = [np.asarray(array) for array in (message if listed else [message])]
    specs = tuple(spec_of(array, parties, table_limit) for array in arrays)
    seed = rounding_seed(party, arrays)
    try:
        blocks = [
            encode(array, spec, seed[:31] + bytes([place]))
            for place, (array, spec) in enumerate(zip(arrays, specs, strict=True))
        ]
    except RangeError as error:
        raise RangeError(
            of_party(party, error.message),
            NOTHING_SENT,
        ) from error
    return blocks, Layout(specs, listed)


def decode_message(totals: Sequence[RingArray], layout: Layout, summed: int) -> list[RealArray] | RealArray:
    """Return the sum of `summed` parties' messages, from the sums of their ring elements.

    Raises:
        RangeError: it is larger than that many parties can make it.
    """
    real = [decode(total, spec, summed) for total, spec in zip(totals, layout.specs, strict=True)]
    return real if layout.listed else real[0]


def common_layout(layouts: Sequence[Layout]) -> Layout:
    """Return the layout that all uploads have.

    Raises:
        RefusedMessageError: naming the upload that is odd, by its place.
    """
    shapes = [[spec.shape for spec in layout.specs] for layout in layouts]
    for place, layout in enumerate(layouts):
        if layout != layouts[0]:
            raise RefusedMessageError(
                say(
                    "aggregation.upload-shapes-upload-1",
                    "upload {place} has shapes {shapes}, upload 1 has {shapes_2}",
                    place=place + 1,
                    shapes=shapes[place],
                    shapes_2=shapes[0],
                )
            )
    return layouts[0]


# --- for homomorphic encryption: many numbers in one large one -------------------------------------------------------


def pack(blocks: Sequence[RingArray], layout: Layout) -> NDArray[np.object_]:
    """Pack 20 numbers of 32 bits, or 10 of 64, into each Python integer below 2^640: [1, n].

    An offset makes every number non-negative, so the sum over all parties of a field stays within its bits and packed
    integers can be added without one field running into the next.
    """
    parts = []
    for block, spec in zip(blocks, layout.specs, strict=True):
        raw = (block + block.dtype.type(_offset(spec))).tobytes()
        parts.append(raw + bytes(-len(raw) % _SLOT_BYTES))
    stream = b"".join(parts)
    packed = np.empty((1, len(stream) // _SLOT_BYTES), object)
    packed[0] = [
        int.from_bytes(stream[start : start + _SLOT_BYTES], "little") for start in range(0, len(stream), _SLOT_BYTES)
    ]
    return packed


def unpack(packed: NDArray[np.object_], layout: Layout, summed: int) -> list[RingArray]:
    """Return ring elements from the sum of `summed` packed messages.

    Raises:
        RangeError: it is not such a sum.
    """
    numbers = [int(number) for number in packed.ravel()]
    if any(not 0 <= number < 1 << HEU_SLOT_BITS for number in numbers):
        raise RangeError(
            say(
                "aggregation.decrypted-sum-number", "The decrypted sum has a number that no sum of packed messages has."
            )
        )
    stream = b"".join(number.to_bytes(_SLOT_BYTES, "little") for number in numbers)
    sizes = [math.prod(spec.shape) * spec.bits // 8 for spec in layout.specs]
    if len(stream) != sum(size + -size % _SLOT_BYTES for size in sizes):
        raise RangeError(
            say(
                "aggregation.decrypted-sum-numbers",
                "The decrypted sum has {n_numbers} numbers, not as many as the message.",
                n_numbers=len(numbers),
            )
        )
    blocks, start = [], 0
    for spec, size in zip(layout.specs, sizes, strict=True):
        block = np.frombuffer(stream, spec.dtype, size * 8 // spec.bits, start).reshape(spec.shape)
        blocks.append(block - spec.dtype.type(summed * _offset(spec)))
        start += size + -size % _SLOT_BYTES
    return blocks


def _offset(spec: BlockSpec) -> int:
    """Return the largest absolute value of an encoded number; parties * 2 * offset is below 2^bits."""
    return math.ceil(math.ldexp(spec.limit, spec.fraction_bits))


# --- for secret sharing: everything as int32 -------------------------------------------------------------------------


def to_limbs(blocks: Sequence[RingArray]) -> list[NDArray[np.int32]]:
    """Return ring elements as int32 arrays: 32-bit ones as they are, 64-bit ones as [3, ...] limbs of up to 24 bits.

    SecretFlow takes arrays to the SPU through JAX, which cuts 64-bit integers to 32.
    """
    limbs = []
    for block in blocks:
        if block.dtype.itemsize == 4:
            limbs.append(block.view(np.int32))
        else:
            parts = [(block >> np.uint64(shift)) & LIMB_MASK for shift in LIMB_SHIFTS]
            limbs.append(np.stack(parts).astype(np.int32))
    return limbs


def from_limbs(limbs: Sequence[NDArray[np.int32]], layout: Layout) -> list[RingArray]:
    """Return ring elements from sums of limbs over up to 64 parties."""
    blocks: list[RingArray] = []
    for limb, spec in zip(limbs, layout.specs, strict=True):
        if spec.bits == 32:
            blocks.append(np.ascontiguousarray(limb, np.int32).view(np.uint32))
        else:
            low, middle, high = np.asarray(limb).astype(np.uint64)
            blocks.append(low + (middle << np.uint64(LIMB_SHIFTS[1])) + (high << np.uint64(LIMB_SHIFTS[2])))
    return blocks
