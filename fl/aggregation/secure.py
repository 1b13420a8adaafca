"""SecretFlow's SecureAggregator, guarded against the inputs and faults that it turns into silent garbage.

Pairwise masks that cancel in the sum (Bonawitz et al., "Practical Secure Aggregation for Privacy-Preserving Machine
Learning", CCS 2017, without the part that recovers from drop-outs). What it gives: a server that follows the protocol,
and does not collude with all parties but one, learns only the sum. What it does not give: tolerance of a party that
drops out, proof that the server summed honestly, masks from a cryptographic generator (SecretFlow uses PCG64 keyed by
Diffie-Hellman). With two parties, each can subtract its own part from the sum and so learns the other's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import secretflow.distributed as sfd
from secretflow import PYU
from secretflow.device import PYUObject
from secretflow.security.aggregation import SecureAggregator
from secretflow.utils import ndarray_encoding

from fl.aggregation.base import CountingAggregator, check_same_shapes, upload_bytes
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.aggregators import AGGREGATORS

# Fixed point with 30 fraction bits: a step of 1e-9 and a range of +-8.6e9 for the sum. SecretFlow's default of 18 bits
# turns every value below 3.8e-6 into 0.
FRACTION_BITS = 30


def _sum_masked(*uploads: Any, fraction_bits: int) -> tuple[Any, int]:
    """Sum in the ring of 64 bits, where the masks cancel, and decode. Runs at the server."""
    check_same_shapes(uploads)
    size = max(upload_bytes(upload) for upload in uploads)
    if isinstance(uploads[0], list):
        return [
            ndarray_encoding.decode(np.sum(part, axis=0), fraction_bits) for part in zip(*uploads, strict=True)
        ], size
    return ndarray_encoding.decode(np.sum(uploads, axis=0), fraction_bits), size


class GuardedSecureAggregator(SecureAggregator, CountingAggregator):
    """SecureAggregator with finer fixed point, equal shapes enforced, uploads measured, and masks that can be renewed.

    Callers check uploads with `fl.aggregation.validation.upload_problem(..., limit=self.limit())` in the party, before
    masking.
    """

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        self.about = AGGREGATORS[choice.name]
        self._maskers: dict[PYU, Any] = {}
        SecureAggregator.__init__(self, server, list(parties), fxp_bits=FRACTION_BITS)

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        self._check_data(data)
        self.steps = [self._maskers[datum.device].mask(datum)[0] for datum in data]
        masked = [one.to(self._device) for one in self.steps]
        total, size = self._device(_sum_masked, num_returns=2)(*masked, fraction_bits=self._fxp_bits)
        return total, size

    def sum(self, data: Sequence[PYUObject], axis: int | None = 0) -> PYUObject:
        return CountingAggregator.sum(self, data, axis)

    def limit(self) -> float:
        # Half the range for safety: encode() multiplies by 2**FRACTION_BITS in float64 and wraps without a word.
        return float(2 ** (62 - FRACTION_BITS)) / len(self._participants)

    def rebuild(self) -> None:
        parties = list(self._maskers)
        self.close()
        SecureAggregator.__init__(self, self._device, parties, fxp_bits=FRACTION_BITS)

    def close(self) -> None:
        # The masker processes are not freed when the object dies, only when they are killed.
        for masker in self._maskers.values():
            sfd.kill(masker.data)
        self._maskers = {}
