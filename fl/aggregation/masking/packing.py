"""Ring elements of b bits on the wire: b bits a value, side by side.

In memory a ring of 2^b lives in the smallest container of 8, 16, 32 or 64 bits that holds it. Adding and masking there
and taking the low b bits afterwards is the same as working modulo 2^b throughout, since 2^b divides the container's
modulus; and the low b bits of a uniform mask are uniform. Rings of 32 and 64 bits fill their container and travel as
plain arrays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.sentences import say
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.ring_types import RingArray

LEAST_BITS, FULL_BITS = 8, 32
_WHOLE = (32, 64)  # travel as arrays


@dataclass(frozen=True)
class PackedBlock:
    """An array of b-bit numbers as it travels.

    Attributes:
        shape: of the array.
        bits: b, from 8 to 31.
        data: ceil(b * size / 8) bytes, the lowest bit of the first value first.
    """

    shape: tuple[int, ...]
    bits: int
    data: bytes


WireBlock = RingArray | PackedBlock


def container(bits: int) -> np.dtype[Any]:
    """Return the dtype of b-bit ring elements in memory; little-endian on every machine."""
    return np.dtype(f"<u{next(size for size in (1, 2, 4, 8) if bits <= 8 * size)}")


def header_name(bits: int) -> str:
    """Return the name of a block of b-bit elements in a message's header."""
    return container(bits).str if bits in _WHOLE else f"u{bits}"


def bits_of(block: WireBlock) -> int:
    """Return b of a block on the wire."""
    return block.bits if isinstance(block, PackedBlock) else 8 * block.dtype.itemsize


def reduced(block: RingArray, bits: int) -> RingArray:
    """Reduce a block modulo 2^b: drop what its container has above. With nothing to drop, return the array itself."""
    return block if bits == 8 * block.dtype.itemsize else block & block.dtype.type((1 << bits) - 1)


def signed(block: RingArray, bits: int) -> NDArray[np.signedinteger[Any]]:
    """Return the numbers from -2^(b-1) to 2^(b-1) - 1 that ring elements stand for."""
    spare = 8 * block.dtype.itemsize - bits
    as_signed = (block << block.dtype.type(spare)).view(f"<i{block.dtype.itemsize}")
    return np.asarray(as_signed >> as_signed.dtype.type(spare))


def pack_block(block: RingArray, bits: int) -> WireBlock:
    """Return a block as it travels; what its container has above b bits is dropped."""
    if bits in _WHOLE:
        return block
    flat = np.ascontiguousarray(block).ravel()
    if bits == 8 * flat.dtype.itemsize:
        return PackedBlock(block.shape, bits, flat.tobytes())
    single = np.unpackbits(flat.view(np.uint8), bitorder="little").reshape(flat.size, -1)[:, :bits]
    return PackedBlock(block.shape, bits, np.packbits(single, bitorder="little").tobytes())


def unpack_block(block: WireBlock) -> RingArray:
    """Return the ring elements of a block that travelled, in their container.

    Raises:
        RefusedMessageError: it has other bytes than its shape and bits ask for.
    """
    if not isinstance(block, PackedBlock):
        return block
    size, kind = math.prod(block.shape), container(block.bits)
    if not LEAST_BITS <= block.bits < _WHOLE[0] or len(block.data) != -(-size * block.bits // 8):
        raise RefusedMessageError(
            say(
                "masking.bytes-no-values-bits",
                "{n_data} bytes are no {size} values of {bits} bits.",
                n_data=len(block.data),
                size=size,
                bits=block.bits,
            )
        )
    if block.bits == 8 * kind.itemsize:
        found: RingArray = np.frombuffer(block.data, kind).reshape(block.shape)
        return found
    single = np.unpackbits(np.frombuffer(block.data, np.uint8), count=size * block.bits, bitorder="little")
    wide = np.zeros((size, 8 * kind.itemsize), np.uint8)
    wide[:, : block.bits] = single.reshape(size, block.bits)
    unpacked: RingArray = np.packbits(wide, bitorder="little").view(kind).reshape(block.shape)
    return unpacked
