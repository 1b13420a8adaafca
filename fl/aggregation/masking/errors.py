"""The errors of secure aggregation. After any of these, the round is lost and nothing else."""

from __future__ import annotations

from typing import Final

from data.sentences import say
from fl.errors import AggregationError

NOTHING_SENT: Final = say("masking.nothing-sent", "Nothing was sent.")


class RangeError(AggregationError):
    """A value is not finite, or beyond the limit of the message. Nothing was sent."""


class RefusedMessageError(AggregationError):
    """A message is not what the protocol allows at this point. It names its sender; the receiver stays as it was."""


class SummedBeforeError(RefusedMessageError):
    """A message was summed before over other parties. It is summed over those again, or never."""


class DropoutError(AggregationError):
    """Fewer parties are left than the threshold, so that the sum cannot be, and must not be, unmasked."""


class VerificationError(AggregationError):
    """The sum that the server announced is not shown to be the sum of the uploads. The round must be discarded.

    Attributes:
        culprits: who is shown to have lied: ("server",), or nobody where it cannot be shown.
    """

    def __init__(self, message: str, hint: str = "", culprits: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.culprits = culprits

    def __reduce__(self) -> tuple[type[VerificationError], tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.message, self.hint, self.culprits)
