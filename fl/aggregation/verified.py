"""Masked sums that every party checks: `masked`, and then `fl.aggregation.masking.verification`, carried by SecretFlow.

Confirmations and forms go from party to party directly. The server's actor hands out the sum as numbers only after
every party accepted it; otherwise the failure of the check travels with the values that depend on it, and nothing of
the round is applied.
"""

from __future__ import annotations

from collections.abc import Sequence

from secretflow import reveal
from secretflow.device import PYUObject

from data.sentences import say
from fl.aggregation.masked import MaskedAggregator
from fl.aggregation.masking.errors import VerificationError
from fl.aggregation.masking.settling import Verdict


class VerifiedAggregator(MaskedAggregator):
    """A MaskedAggregator whose sums the parties check before they count."""

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        announcement = self._server.masking_announce(*self._unmasked(data))
        parties = [datum.device for datum in data]
        confirmations = [self._workers[p].masking_confirm(announcement.to(p)) for p in parties]
        forms = [self._workers[p].masking_forms(*(c.to(p) for c in confirmations)) for p in parties]
        sent = [self._workers[p].masking_check(*(f.to(p) for f in forms)).to(self._device) for p in parties]
        total, size = self._server.masking_accept(*sent)
        return total, size

    def settle(self) -> Verdict:
        """Tell who lied, after a failed check.

        Raises:
            VerificationError: there is nothing to settle, or the parties do not agree.
        """
        transcript = self._server.masking_transcript()
        found = reveal([self._workers[p].masking_settle(transcript.to(p)) for p in self._parties])
        verdicts = [verdict for verdict in found if verdict is not None]
        if not verdicts:
            raise VerificationError(
                say(
                    "aggregation.nothing-settle-no-partys",
                    "There is nothing to settle: no party's check of the forms failed.",
                )
            )
        if any(verdict.culprits != verdicts[0].culprits for verdict in verdicts):
            raise VerificationError(
                say(
                    "aggregation.parties-not-agree-lied",
                    "The parties do not agree on who lied: they were shown different transcripts.",
                )
            )
        verdict: Verdict = verdicts[0]
        return verdict
