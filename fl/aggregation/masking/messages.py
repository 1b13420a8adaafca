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
        signature: by the party's identity.
    """

    sender: str
    batch: int
    channel_key: bytes
    mask_keys: tuple[bytes, ...]
    self_commitments: tuple[bytes, ...]
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
        )


def context_of(roster: bytes, batch: int, adverts: Sequence[Advert]) -> Context:
    """Return what a batch is bound to: every participant's keys. Parties shown different keys cannot work together."""
    return digest("batch", roster, batch, *(advert.body(roster) for advert in adverts))


def self_commitment(roster: bytes, sender: str, batch: int, number: int, seed: bytes) -> bytes:
    """Return an advert's commitment to a self-mask seed."""
    return digest("self mask", roster, sender, batch, number, seed)


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
        told: SHA-256 of everything the server sent this party that the message depends on. It goes into the masks that
            two parties share, so the messages of parties that were told different things have no readable sum.
        signature: by the party's identity.
    """

    sender: str
    context: Context
    number: int
    blocks: tuple[WireBlock, ...]
    listed: bool = True
    told: bytes = b""
    signature: bytes = b""

    def body(self) -> bytes:
        return pack(
            "upload", self.context, self.number, self.sender, int(self.listed), self.told, digest_blocks(self.blocks)
        )

    def digest(self) -> bytes:
        """SHA-256 of what is signed: stands for the whole upload."""
        return digest(self.body())


@dataclass(frozen=True)
class SurvivorList:
    """The server says whose uploads are in the sum; everybody else in the batch counts as dropped out.

    Attributes:
        uploads: (name, digest) of each upload in the sum, in the order of the roster.
    """

    context: Context
    number: int
    uploads: tuple[tuple[str, bytes], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The survivors, in the order of the roster."""
        return tuple(name for name, _ in self.uploads)

    def body(self) -> bytes:
        fields = [part for upload in self.uploads for part in upload]
        return pack("survivors", self.context, self.number, *fields)


AGREEMENT_BYTES = 64  # a signature


@dataclass(frozen=True)
class Agreement:
    """A party's signature of the one list of survivors that it was shown for a message."""

    sender: str
    signature: bytes


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
    """The sum that the server says it found, and all that it was made of, so that every party can add it up itself.

    Attributes:
        total: the sum in ring elements.
        uploads: of the survivors, in the order of the roster, as their senders signed them.
        self_seeds: (name, seed) of the survivors' own masks.
        dropped_keys: (name, private mask key) of who dropped out.
    """

    context: Context
    number: int
    total: tuple[WireBlock, ...]
    uploads: tuple[Upload, ...]
    self_seeds: tuple[tuple[str, bytes], ...]
    dropped_keys: tuple[tuple[str, bytes], ...]


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
