"""The errors of the federation, next to the general ones of `data.errors`."""

from __future__ import annotations

from typing import Final

from data.errors import SecretRecError
from data.sentences import Said, say

RESUME_RUN: Final = say("federation.resume-run-go", "Resume the run to go on.")
STARTED_ANEW: Final = say("federation.try-again-started-anew", "Try again: it is started anew.")


def of_party(party: str, reason: str) -> Said:
    """Return what is wrong with the name of the party in front of it."""
    return say("party.failed", "{party}: {reason}", party=party, reason=reason)


class PartyError(SecretRecError):
    """A party failed, or what it wanted to send was refused. It names the party; nothing of the round was applied."""

    def __init__(self, party: str, message: str, hint: str = "") -> None:
        super().__init__(of_party(party, message), hint)
        self.party = party


class AggregationError(SecretRecError):
    """The aggregate of a round cannot be right. The round was discarded, the training state is as before it."""


class SessionError(SecretRecError):
    """SecretFlow could not be started, or died."""


class LostSessionError(SessionError):
    """A process of SecretFlow that nothing goes on without died. Nothing can be asked any more, only ended."""


class FederationError(SecretRecError):
    """A file, kit, certificate or request of a federation of organisations cannot be used as it is."""


class BrokenSessionError(SessionError):
    """A session between organisations is over: a member failed, or cannot be reached. Nothing can be asked any more.

    Attributes:
        member: whose failure it was, "" where nobody can be named.
        cause: what failed there, where it said so.
    """

    def __init__(self, member: str, message: str, hint: str = "", cause: SecretRecError | None = None) -> None:
        super().__init__(message, hint)
        self.member = member
        self.cause = cause
