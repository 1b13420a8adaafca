"""Fewer bytes in a party's update, in a way that sums under masks: few bits a value, and a part of the rows a round.

**Few bits.** A value of row i is sent as a level, an integer from -L to L that stands for level * R_i / L; L is the
largest with which the sum over all n parties fits b bits, n L < 2^(b - 1). The range R_i of a row is public and the
same for all parties, or their levels could not be summed: the server takes it from the sums of the rounds before, which
it knows anyway (`RangeKeeper`), and sends it with the items. The first round has none, so it is sent whole in 32 bits.

A value beyond its range is clipped, because with the range of 32 bits, which no honest value ever leaves, 8 bits would
leave nothing; refusing would stop training for a value slightly above last round's. What clipping and rounding take off
is not lost: the party keeps it, in private, and adds it to what it sends of that row next (error feedback: Seide et
al., "1-Bit Stochastic Gradient Descent", Interspeech 2014; Karimireddy et al., "Error Feedback Fixes SignSGD and other
Gradient Compression Schemes", ICML 2019). Rounding is stochastic, so that many parties' errors average out within a
round as well (Alistarh et al., "QSGD", NeurIPS 2017). A level beyond L is refused by the ring, never wrapped.

**Part of the rows.** In each round only k items are sent and updated, drawn by everybody from the run's public seed and
the round's number. The server multiplies their average by n_items / k, so that what it steps by is the whole average in
expectation (Konecny et al., "Federated Learning: Strategies for Improving Communication Efficiency", 2016: random mask,
subsampling). Rows that were not drawn keep their values, and the optimiser's memory of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.sentences import say
from fl.aggregation.masking import masks
from fl.aggregation.masking.packing import FULL_BITS as FULL_BITS
from fl.aggregation.masking.ring import BlockSpec, level_spec, most_levels, rounding_seed, spec_of
from models.base import FloatArray

# A row's range is this many times the largest value of its sum: one party may have all users who touched an item, and
# must be able to send more than last round; what is clipped nevertheless is sent later, in a range that grows by this
# factor. And what is left of an old sum's share in the range after a round.
HEADROOM, FADING = 1.5, 0.5
# No range is smaller than this share of the largest: a row that nobody touched so far must be able to begin.
_LEAST_SHARE = 2.0**-12
_REACH = "reach"  # in a checkpoint

Ranges = NDArray[np.float32]
NO_RANGES: Ranges = np.zeros(0, np.float32)


@dataclass(frozen=True)
class Compression:
    """The way in which updates are sent.

    Attributes:
        bits: of a value, 8 to 32; 32 sends fixed point as without compression.
        row_fraction: share of the items whose rows are sent in a round, above 0, at most 1.
        parties: how many updates are summed at most.
        seed: of the run; everybody knows it.
    """

    bits: int = FULL_BITS
    row_fraction: float = 1.0
    parties: int = 1
    seed: int = 0

    @property
    def levels(self) -> int:
        """The largest level, L."""
        return most_levels(self.bits, self.parties)

    def quantises(self, ranges: Ranges) -> bool:
        """Return whether a round with these ranges is sent in levels."""
        return self.bits < FULL_BITS and len(ranges) > 0

    def rows(self, n_items: int, round_number: int, ranges: Ranges = NO_RANGES) -> NDArray[np.int64] | None:
        """Return the items of a round, int64 [k], ascending; None for all.

        Args:
            n_items: all items.
            round_number: from 1.
            ranges: of the round; without them a run of few bits sends a round whole.
        """
        k = max(1, round(self.row_fraction * n_items))
        if k >= n_items or (self.bits < FULL_BITS and not len(ranges)):
            return None
        keys = rng.keys(rng.key(rng.FOR_ROWS, self.seed, round_number), np.arange(n_items))
        return np.sort(np.argpartition(keys, k - 1)[:k])


@dataclass(frozen=True)
class Levels:
    """A table as it is sent in few bits, with all that whoever sums it has to know of it.

    Attributes:
        values: int32 [k, dim], each from -L to L.
        bits: of a value on the wire.
    """

    values: NDArray[np.int32]
    bits: int


Part = NDArray[Any] | Levels  # of a message


def arrays_of(message: Sequence[Part]) -> list[NDArray[Any]]:
    """Return the numbers of a message's parts."""
    return [part.values if isinstance(part, Levels) else np.asarray(part) for part in message]


def specs_of(message: Sequence[Part], parties: int, table_limit: float) -> list[BlockSpec]:
    """Return how the parts of a message are encoded for a sum over so many parties."""
    return [
        level_spec(part.values.shape, part.bits, parties)
        if isinstance(part, Levels)
        else spec_of(np.asarray(part), parties, table_limit)
        for part in message
    ]


def quantise(
    values: NDArray[np.floating[Any]], ranges: Ranges, levels: int, party: str
) -> tuple[NDArray[np.int32], FloatArray]:
    """Return the levels of a party's values, and what they leave out.

    Args:
        values: [k, dim], what the party wants to send.
        ranges: [k] above 0, of each row.
        levels: L.
        party: its name, which seeds the rounding with the values.

    Returns:
        (levels int32 [k, dim] in -L..L, values - what the levels stand for, float32 [k, dim]).
    """
    step = step_of(ranges, levels)
    scaled = np.clip(np.asarray(values, np.float64) / step, -levels, levels)
    whole = np.floor(scaled)
    draws = np.frombuffer(masks.expand(rounding_seed(party, [values]), 4 * scaled.size), "<u4").reshape(scaled.shape)
    whole += draws < np.ldexp(scaled - whole, 32)
    return whole.astype(np.int32), (values - whole * step).astype(np.float32)


def step_of(ranges: Ranges, levels: int) -> NDArray[np.float64]:
    """Return what one level stands for in each row, [k, 1]."""
    return np.asarray(ranges, np.float64)[:, None] / levels


def ranges_problem(ranges: Ranges, k: int) -> str:
    """Return why a party cannot send levels in these ranges, as a sentence, or ""."""
    if np.shape(ranges) != (k,) or not np.all(np.isfinite(ranges)) or not np.all(np.asarray(ranges) > 0):
        return say("update.ranges", "the server's ranges are not {k} positive numbers.", k=k)
    return ""


class RangeKeeper:
    """The server's account of how large each row's update is, from the sums it has seen.

    Attributes:
        reach: [n_items] float64, largest absolute value of a row's sum, fading; empty before the first sum.
    """

    def __init__(self) -> None:
        self.reach: NDArray[np.float64] = np.zeros(0)

    def state(self) -> dict[str, NDArray[np.float64]]:
        """Return what belongs into the server's checkpoint."""
        return {_REACH: self.reach} if len(self.reach) else {}

    def load(self, arrays: Mapping[str, Any], n_items: int) -> None:
        """Read the account from the arrays of a checkpoint, which may have been written without few bits."""
        reach = np.array(arrays.get(_REACH, ()), np.float64)
        self.reach = reach if len(reach) == n_items else np.zeros(0)

    def ranges(self, compression: Compression, n_items: int, round_number: int) -> Ranges:
        """Return the ranges of the rows of a round, [k]; empty where it is to be sent whole."""
        top = float(self.reach.max(initial=0.0))
        if compression.bits == FULL_BITS or top <= 0.0:
            return NO_RANGES
        every = np.maximum(HEADROOM * self.reach, HEADROOM * _LEAST_SHARE * top).astype(np.float32)
        rows = compression.rows(n_items, round_number, every)
        return every if rows is None else every[rows]

    def saw(self, total: NDArray[np.floating[Any]], rows: NDArray[np.int64] | None, n_items: int) -> None:
        """Take note of a round's sum.

        Args:
            total: [k, dim] over the parties.
            rows: its items; None for all.
            n_items: all items.
        """
        if not len(self.reach):
            self.reach = np.zeros(n_items)
        new = np.abs(total).max(axis=1)
        where: Any = slice(None) if rows is None else rows
        self.reach[where] = np.maximum(new, FADING * self.reach[where])
