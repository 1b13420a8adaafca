"""Identities, agreed keys, and keys derived from them.

Each party has an Ed25519 identity (RFC 8032) for the life of its process; the public half is pinned in a roster that
all parties hold, so the server cannot speak for a party. Who hands out the roster is trusted for it: between
organisations each party compares it with its federation file; in simulation the driver, which deals out the data
anyway, hands it out.

For each batch of messages a party makes one X25519 key (RFC 7748) per message for masks and one for the sealed channel
to each other party, and signs them. A message's keys serve nothing else, so what is rebuilt to recover from a drop-out
opens that message alone. Forward secrecy: a party forgets a message's keys, seeds and shares once it has helped to
unmask it or a later one, and all of a batch's when the next one begins; who takes over the party's process learns the
keys of the messages that were not yet sent in this batch, and none of earlier ones.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.masking.errors import RefusedMessageError

KEY_BYTES = 32


def pack(*fields: bytes | str | int) -> bytes:
    """Pack fields into one byte string that can be read back, so that no two lists of fields give the same one."""
    parts = []
    for field in fields:
        kind = b"b" if isinstance(field, bytes) else b"s" if isinstance(field, str) else b"i"
        value = field if isinstance(field, bytes) else str(field).encode()
        parts += [kind, len(value).to_bytes(8, "little"), value]
    return b"".join(parts)


def digest(*fields: bytes | str | int) -> bytes:
    """Return the SHA-256 of the packed fields."""
    return hashlib.sha256(pack(*fields)).digest()


class Identity:
    """A party's signing key."""

    def __init__(self, private: bytes | None = None) -> None:
        self._key = Ed25519PrivateKey.generate() if private is None else Ed25519PrivateKey.from_private_bytes(private)
        self.public: bytes = self._key.public_key().public_bytes_raw()

    @property
    def private(self) -> bytes:
        """The secret half, 32 bytes, to keep in a file of the party's own."""
        return self._key.private_bytes_raw()

    def sign(self, body: bytes) -> bytes:
        """Sign `body`; return 64 bytes."""
        return self._key.sign(body)


def is_signed(public: bytes, body: bytes, signature: bytes) -> bool:
    """Return whether `signature` is the signature of `body` by the holder of `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, body)
    except InvalidSignature:
        return False
    return True


def public_of(private: bytes) -> bytes:
    """Return the X25519 public key of a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def derive(private: bytes, peer: bytes, context: bytes) -> bytes:
    """Derive the 32-byte key that the owners of two X25519 keys share for `context` (HKDF-SHA256, RFC 5869).

    Raises:
        ValueError: `peer` is not a key that one can agree with (all-zero result).
    """
    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(peer))
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=context).derive(shared)


def pair_seed(context: bytes, number: int, told: bytes, own: tuple[str, bytes], other: tuple[str, bytes]) -> bytes:
    """Derive the seed of the mask that two parties share for a message.

    It depends on what the server told the party that derives it: parties that were told different things derive
    different seeds, and their masks do not cancel (against Pasquini, Francati and Ateniese, "Eluding Secure
    Aggregation in Federated Learning via Model Inconsistency", CCS 2022).

    Args:
        context: of the batch.
        number: of the message.
        told: see `Upload.told`.
        own: name and private key of one of them.
        other: name and public key of the other.
    """
    first, second = sorted((own[0], other[0]))
    return agree(own[1], other[1], pack("pair mask", context, number, told, first, second), other[0])


def agree(private: bytes, public: bytes, info: bytes, other: str) -> bytes:
    """Derive the key shared with the party `other`, see `derive`.

    Raises:
        RefusedMessageError: naming the party whose key one cannot agree with.
    """
    try:
        return derive(private, public, info)
    except ValueError as error:
        raise RefusedMessageError(
            say("masking.advertised-key-cannot", "{other} advertised a key that one cannot agree with.", other=other)
        ) from error


@dataclass(frozen=True)
class Roster:
    """The parties that take part, known to everybody before anything else.

    Attributes:
        run: names this federation, so that nothing of another one can be replayed.
        names: the parties, in order.
        keys: their Ed25519 public keys, 32 bytes each.
        threshold: how many parties must have sent their part, and must help, to unmask a sum.
    """

    run: bytes
    names: tuple[str, ...]
    keys: tuple[bytes, ...]
    threshold: int

    def __post_init__(self) -> None:
        n = len(self.names)
        if n < 2 or len(set(self.names)) != n or len(set(self.keys)) != n or len(self.keys) != n:
            raise SettingsError(
                say(
                    "masking.roster-needs-least-2",
                    "A roster needs at least 2 parties, with different names and one key each.",
                )
            )
        if any(len(key) != KEY_BYTES for key in self.keys):
            raise SettingsError(
                say("masking.public-key-bytes", "A public key has {key_bytes} bytes.", key_bytes=KEY_BYTES)
            )
        # At n/2 or below, the server could have one half of the parties believe that a party sent its update, and the
        # other half that it dropped out, and so get both of its masks.
        if not n // 2 < self.threshold <= n or self.threshold < 2:
            raise SettingsError(
                say(
                    "masking.threshold-above-half",
                    "The threshold must be above half of {n} parties, and at least 2.",
                    n=n,
                )
            )

    def place(self, name: str) -> int:
        """Return the place of a party, from 0."""
        return self.names.index(name)

    def digest(self) -> bytes:
        """Return 32 bytes that stand for the whole roster."""
        return digest("roster", self.run, self.threshold, *self.names, *self.keys)
