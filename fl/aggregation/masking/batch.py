"""A party's memory of one batch of messages: its secrets, the others' shares, and the messages it sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from fl.aggregation.masking.messages import Advert, Context, SurvivorList, UnmaskShares


@dataclass
class Secrets:
    """The secrets of one message."""

    mask_key: bytes
    self_seed: bytes


@dataclass
class SentMessage:
    """A party's memory of a message it sent, until it forgets it.

    Attributes:
        upload: digest of the upload.
        values: digest of the values before they were masked, and where they are few of `told`; empty where they may be
            summed again over anybody: all of them are zero, or they are repeatable.
        survivors: the list that was signed; None before it was.
        shares: given for that list; None before they were.
        checked: whether the sum was shown to this party, where it is to check sums.
    """

    upload: bytes
    values: bytes
    survivors: SurvivorList | None = None
    shares: UnmaskShares | None = None
    checked: bool = False


@dataclass
class Batch:
    """A party's view of one batch of messages."""

    number: int
    channel_key: bytes
    secrets: dict[int, Secrets]
    adverts: dict[str, Advert] = field(default_factory=dict)
    context: Context = b""
    key_shares: dict[str, list[int]] = field(default_factory=dict)
    self_shares: dict[str, list[int]] = field(default_factory=dict)
    sent: dict[int, SentMessage] = field(default_factory=dict)
    last: int = -1

    def forget_before(self, number: int) -> None:
        """Forget every message before `number`, with its secrets."""
        for old in [n for n in self.secrets if n < number]:
            self.forget_masks(old)
            del self.secrets[old]
            self.sent.pop(old, None)

    def forget_masks(self, number: int) -> None:
        """Forget what a message's masks can be rebuilt from: its keys, its seed and everybody's shares of them."""
        self.secrets[number].mask_key = self.secrets[number].self_seed = b""
        for shares in (*self.key_shares.values(), *self.self_shares.values()):
            shares[number] = 0
