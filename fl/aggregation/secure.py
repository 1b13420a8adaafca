"""SecretFlow's SecureAggregator, guarded against the inputs and faults that it turns into silent garbage.

Pairwise masks that cancel in the sum (Bonawitz et al., "Practical Secure Aggregation for Privacy-Preserving Machine
Learning", CCS 2017, without the part that recovers from drop-outs). What it gives: a server that follows the protocol,
and does not collude with all parties but one, learns only the sum. What it does not give: tolerance of a party that
drops out, proof that the server summed honestly, masks from a cryptographic generator (SecretFlow uses PCG64 keyed by
Diffie-Hellman). With two parties, each can subtract its own part from the sum and so learns the other's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import secretflow.distributed as sfd
from secretflow import PYU
from secretflow.device import PYUObject
from secretflow.security.aggregation import SecureAggregator

from fl.aggregation.base import CountingAggregator
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.aggregators import AGGREGATORS

# Fixed point with 30 fraction bits: a step of 1e-9 and a range of +-8.6e9 for the sum. SecretFlow's default of 18 bits
# turns every value below 3.8e-6 into 0.
FRACTION_BITS = 30


class GuardedSecureAggregator(SecureAggregator, CountingAggregator):
    """SecureAggregator with finer fixed point, equal shapes enforced, uploads measured, and masks that can be renewed.

    Callers check uploads with `fl.aggregation.validation.upload_problem(..., limit=self.limit())` in the party, before
    masking.
    """

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        self.about = AGGREGATORS[choice.name]
        self._maskers: dict[PYU, Any] = {}
        self._server: Any = None
        self._spoiled = False  # by a sum that failed
        self._parties = list(parties)
        SecureAggregator.__init__(self, server, self._parties, fxp_bits=FRACTION_BITS)

    def bind(self, workers: Mapping[PYU, Any], server: Any) -> None:
        self._server = server

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        if self._spoiled:
            self.close()
            self._spoiled = False
            SecureAggregator.__init__(self, self._device, self._parties, fxp_bits=FRACTION_BITS)
        self._check_data(data)
        self.steps = [self._maskers[datum.device].mask(datum)[0] for datum in data]
        masked = [one.to(self._device) for one in self.steps]
        total, size = self._server.sum_secretflow_masks(self._fxp_bits, *masked)
        return total, size

    def sum(self, data: Sequence[PYUObject], axis: int | None = 0) -> PYUObject:
        return CountingAggregator.sum(self, data, axis)

    def limit(self) -> float:
        # Half the range for safety: encode() multiplies by 2**FRACTION_BITS in float64 and wraps without a word.
        return float(2 ** (62 - FRACTION_BITS)) / len(self._participants)

    def rebuild(self) -> None:
        # New masks take seconds to agree on, and Ray may be dead. They are made when there is another sum: after the
        # loss of a party there is none, and a person waits to hear of it.
        self._spoiled = True

    def close(self) -> None:
        # The masker processes are not freed when the object dies, only when they are killed.
        for masker in self._maskers.values():
            sfd.kill(masker.data)
        self._maskers = {}
