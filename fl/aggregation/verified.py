"""Masked sums that every party adds up itself: `masked`, and then `fl.aggregation.masking.checking`, by SecretFlow.

The server's actor hands out the sum as numbers only after every party accepted it; otherwise the failure of the check
travels with the values that depend on it, and nothing of the round is applied.
"""

from __future__ import annotations

from collections.abc import Sequence

from secretflow import PYU
from secretflow.device import PYUObject

from fl.aggregation.masked import MaskedAggregator


class VerifiedAggregator(MaskedAggregator):
    """A MaskedAggregator whose sums the parties check before they count."""

    def _finished(self, parties: Sequence[PYU], shares: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        announcement = self._server.masking_announce(*shares)
        accepted = [self._workers[p].masking_check(announcement.to(p)).to(self._device) for p in parties]
        total, size = self._server.masking_accept(*accepted)
        return total, size
