"""The messages by which parties and server mask, unmask and verify, all in one place.

Signed messages have `body()`, the bytes that are signed: a name, the context (roster and batch) and every field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from fl.aggregation.masking.keys import digest, pack
from fl.aggregation.masking.packing import PackedBlock, WireBlock

Context = bytes  # 32 bytes: of the roster before the keys of a batch are known, of roster, batch and keys after it


def digest_blocks(blocks: Sequence[WireBlock]) -> bytes:
    """Return the SHA-256 of arrays with their dtypes and shapes."""
    state = hashlib.sha256(pack("blocks", len(blocks)))
    for block in blocks:
        if isinstance(block, PackedBlock):
            state.update(pack(f"u{block.bits}", str(block.shape), len(block.data)))
            state.update(block.data)
            continue
        state.update(pack(block.dtype.str, str(block.shape), block.nbytes))
        state.update(np.ascontiguousarray(block).data)
    return state.digest()


@dataclass(frozen=True)
class Advert:
    """A party's public keys of one batch, to everybody.

    Attributes:
        sender: name of the party.
        batch: number of the batch, from 1.
        channel_key: X25519 key that other parties seal shares to.
        mask_keys: one X25519 key per message of the batch.
        self_commitments: SHA-256 of the self-mask seed of each message.
        nonce_commitments: SHA-256 of the nonce for verifying each message.
        signature: by the party's identity.
    """

    sender: str
    batch: int
    channel_key: bytes
    mask_keys: tuple[bytes, ...]
    self_commitments: tuple[bytes, ...]
    nonce_commitments: tuple[bytes, ...]
    signature: bytes = b""

    def body(self, roster: bytes) -> bytes:
        return pack(
            "advert",
            roster,
            self.sender,
            self.batch,
            self.channel_key,
            b"".join(self.mask_keys),
            b"".join(self.self_commitments),
            b"".join(self.nonce_commitments),
        )


def context_of(roster: bytes, batch: int, adverts: Sequence[Advert]) -> Context:
    """Return what a batch is bound to: every participant's keys. Parties shown different keys cannot work together."""
    return digest("batch", roster, batch, *(advert.body(roster) for advert in adverts))


def self_commitment(roster: bytes, sender: str, batch: int, number: int, seed: bytes) -> bytes:
    """Return an advert's commitment to a self-mask seed."""
    return digest("self mask", roster, sender, batch, number, seed)


def nonce_commitment(roster: bytes, sender: str, batch: int, number: int, nonce: bytes) -> bytes:
    """Return an advert's commitment to a nonce."""
    return digest("nonce", roster, sender, batch, number, nonce)


@dataclass(frozen=True)
class SealedShares:
    """A party's shares of all its secrets of a batch for one other party, who alone can open them (AES-256-GCM)."""

    sender: str
    recipient: str
    context: Context
    sealed: bytes


@dataclass(frozen=True)
class Upload:
    """A party's masked message.

    Attributes:
        number: of the message in its batch, from 0; each is used once.
        blocks: arrays of ring elements, uniform noise to everybody else; packed where they have fewer than 32 bits.
        listed: whether the message is a list of arrays, or one array.
        signature: over number, context and SHA-256 of the blocks.
    """

    sender: str
    context: Context
    number: int
    blocks: tuple[WireBlock, ...]
    listed: bool = True
    signature: bytes = b""

    def body(self) -> bytes:
        return pack("upload", self.context, self.number, self.sender, int(self.listed), digest_blocks(self.blocks))


@dataclass(frozen=True)
class UnmaskRequest:
    """The server says whose uploads are in the sum; everybody else in the batch counts as dropped out."""

    context: Context
    number: int
    survivors: tuple[str, ...]


@dataclass(frozen=True)
class UnmaskShares:
    """A party's shares of the survivors' self masks and of the drop-outs' mask keys: never both for one party."""

    sender: str
    context: Context
    number: int
    self_shares: tuple[tuple[str, int], ...]
    key_shares: tuple[tuple[str, int], ...]
    signature: bytes = b""

    def body(self) -> bytes:
        fields: list[str | int] = [len(self.self_shares)]
        for name, share in (*self.self_shares, *self.key_shares):
            fields += [name, share]
        return pack("unmask", self.context, self.number, self.sender, *fields)


@dataclass(frozen=True)
class Announcement:
    """The server commits to the sum of the survivors' messages, in ring elements, before anybody can know the check."""

    context: Context
    number: int
    survivors: tuple[str, ...]
    total: tuple[WireBlock, ...]


@dataclass(frozen=True)
class Confirmation:
    """A party says which sum it was shown, and opens its nonce.

    Attributes:
        total_digest: SHA-256 of the announced sum.
        nonce: 32 bytes, committed to in the advert.
        coding: SHA-256 of what the server told this party about the encoding of its message; see `Part`.
    """

    sender: str
    context: Context
    number: int
    survivors: tuple[str, ...]
    total_digest: bytes
    nonce: bytes
    coding: bytes = b""
    signature: bytes = b""

    def body(self) -> bytes:
        return pack(
            "confirmation",
            self.context,
            self.number,
            self.sender,
            len(self.survivors),
            *self.survivors,
            self.total_digest,
            self.nonce,
            self.coding,
        )


@dataclass(frozen=True)
class Forms:
    """The values of the random linear forms at a party's own part.

    Attributes:
        seed_digest: of the joint seed, so that a disagreement shows before values are compared.
        values: [blocks][64] numbers modulo 2^b, as the block.
    """

    sender: str
    context: Context
    number: int
    seed_digest: bytes
    values: tuple[tuple[int, ...], ...]
    signature: bytes = b""

    def body(self) -> bytes:
        flat = [value for block in self.values for value in block]
        return pack("forms", self.context, self.number, self.sender, self.seed_digest, len(self.values), *flat)


def wire_bytes(message: Any) -> int:
    """Return the bytes of a message's content, without the framing of whatever carries it."""
    if isinstance(message, np.ndarray):
        return message.nbytes
    if isinstance(message, (bytes, str)):
        return len(message)
    if isinstance(message, int):
        return max(1, (message.bit_length() + 7) // 8)
    if is_dataclass(message):
        return sum(wire_bytes(getattr(message, field.name)) for field in fields(message))
    return sum(wire_bytes(part) for part in message)
