"""A party's memory of one batch of messages: its secrets, the others' shares, and the messages it sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from fl.aggregation.masking.messages import Advert, Context, UnmaskShares
from fl.aggregation.masking.ring_types import RingArray


@dataclass
class Secrets:
    """The secrets of one message."""

    mask_key: bytes
    self_seed: bytes
    nonce: bytes


@dataclass
class Part:
    """A party's memory of a message it sent, until it forgets it.

    Attributes:
        blocks: the message with the masks it shares with the survivors, which cancel among them; None unless kept for
            verification.
        headers: of its arrays.
        coding: SHA-256 of what the numbers in it stand for, where the server has a say in that; else empty. Parties
            that verify compare it: a sum of numbers that mean different things is none.
        survivors: as the server named them; None before it did.
        answer: the shares given for them.
    """

    blocks: tuple[RingArray, ...] | None
    headers: tuple[tuple[tuple[int, ...], str], ...] = ()
    coding: bytes = b""
    survivors: tuple[str, ...] | None = None
    answer: UnmaskShares | None = None


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
    parts: dict[int, Part] = field(default_factory=dict)
    last: int = -1

    def forget_before(self, number: int) -> None:
        """Forget every message before `number`, with its secrets."""
        for old in [n for n in self.secrets if n < number]:
            self.forget_masks(old)
            del self.secrets[old]
            self.parts.pop(old, None)

    def forget_masks(self, number: int) -> None:
        """Forget what a message's masks can be rebuilt from: its keys, its seed and everybody's shares of them."""
        self.secrets[number].mask_key = self.secrets[number].self_seed = b""
        for shares in (*self.key_shares.values(), *self.self_shares.values()):
            shares[number] = 0
