"""The errors of the federation, next to the general ones of `data.errors`."""

from __future__ import annotations

from data.errors import SecretRecError
from data.sentences import say


class PartyError(SecretRecError):
    """A party failed, or what it wanted to send was refused. It names the party; nothing of the round was applied."""

    def __init__(self, party: str, message: str, hint: str = "") -> None:
        super().__init__(say("party.failed", "{party}: {reason}", party=party, reason=message), hint)
        self.party = party


class AggregationError(SecretRecError):
    """The aggregate of a round cannot be right. The round was discarded, the training state is as before it."""


class SessionError(SecretRecError):
    """SecretFlow could not be started, or died."""
