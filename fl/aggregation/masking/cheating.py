"""A server that cheats, for demonstrations and tests: it changes one sum after unmasking, in a way chosen by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from data.sentences import say
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.packing import reduced
from fl.aggregation.masking.ring_types import RingArray
from fl.aggregation.masking.uploads import Sum
from fl.settings.of_jobs import TamperKind

Parts = Mapping[str, tuple[RingArray, ...]]

# A count in ring elements: more than any other step that would do, and the one of 4 parties.
_ONE_COUNT = 1 << 28


def tampered(kind: TamperKind, honest: Sum, parts: Parts, before: tuple[Sum, Parts] | None) -> Sum:
    """Return the sum as a cheating server announces it.

    Args:
        kind: what it does.
        honest: the true sum.
        parts: the messages it is made of, see `MaskingServer.parts`.
        before: sum and messages of an earlier round, for those kinds that reuse one.

    Raises:
        RefusedMessageError: there is no earlier round to take something from.
    """
    blocks = [block.copy() for block in honest.blocks]
    first, second = list(parts.values())[:2]
    if kind == "change":
        _add(blocks[0], 1, cell=0)
    elif kind == "drop":
        blocks = [block - part for block, part in zip(blocks, first, strict=True)]
    elif kind == "repeat":
        blocks = [block + part for block, part in zip(blocks, first, strict=True)]
    elif kind == "swap":
        blocks = [block - one + two for block, one, two in zip(blocks, first, second, strict=True)]
    elif kind == "scale":
        blocks[0] = blocks[0] * blocks[0].dtype.type(2)
    elif kind == "rows":
        blocks[0] = np.roll(blocks[0], 1, axis=0)
    elif kind == "count":
        _add(blocks[-1], _ONE_COUNT, cell=1)
    elif kind == "loss":
        _add(blocks[-1], 1, cell=-1)
    elif before is None or not _alike(before[0], honest):
        raise RefusedMessageError(
            say(
                "masking.needs-earlier-round-choose",
                "To {kind}, the server needs an earlier round: choose a later one.",
                kind=kind,
            )
        )
    elif kind == "stale":
        blocks = [block.copy() for block in before[0].blocks]
    else:  # replay
        old = next(iter(before[1].values()))
        blocks = [block - part + more for block, part, more in zip(blocks, first, old, strict=True)]
    return replace(honest, blocks=tuple(reduced(b, bits) for b, bits in zip(blocks, honest.bits, strict=True)))


def _alike(one: Sum, other: Sum) -> bool:
    return one.bits == other.bits and [b.shape for b in one.blocks] == [b.shape for b in other.blocks]


def _add(block: RingArray, amount: int, cell: int) -> None:
    block.reshape(-1)[cell : cell + 1 or None] += block.dtype.type(amount)
