"""A member's request to be admitted: its public keys, and proof that it has the private ones. Nothing in it is secret.

A request travels by any way that the two organisations have (e-mail, a ticket). Its code, the same on both sides, tells
the administrator on another way (by telephone) that it is the member's own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import tomli_w
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from data.errors import SettingsError, fault_in
from data.sentences import say
from fl.aggregation.masking import keys
from fl.aggregation.masking.keys import Identity, pack
from fl.errors import FederationError
from fl.organisations import certificates, kit
from fl.organisations.certificates import PublicKey
from fl.organisations.federation_file import binding_body, decoded, encoded
from fl.organisations.kit import StartUp
from fl.record import Record
from fl.runs.storage import write_bytes
from fl.settings.addresses import address

_FORMAT: Final = 1
_HEAD: Final = (
    "# Request of {member} to be admitted to a federation. Send it to the administrator: nothing in it is secret.\n\n"
)
_JOIN_AGAIN: Final = say(
    "request.join-again", "Have the member run TheMain.py federation join again and send the file."
)


class _RequestFile(Record):
    """A request as its file has it.

    Attributes:
        federation: id of the federation.
        address: "HOST:PORT" where the member listens; "" for the one at which it was invited.
        identity: hex Ed25519 public key.
        binding: base64, see `federation_file.binding_body`.
        consent: base64 signature of the member's key by the identity: they belong together on both sides.
        request: certificate signing request, PEM, whose signature proves that the member has the key.
    """

    format: Literal[1]
    federation: str
    member: str
    address: str
    identity: str
    binding: str
    consent: str
    request: str


@dataclass(frozen=True)
class JoinRequest:
    """A request that was checked: whoever made it has all its private keys.

    Attributes:
        member: who asks.
        address: "HOST:PORT" where it listens; "" for the one at which it was invited.
        key: for its certificate.
        identity: its Ed25519 public key, 32 bytes.
        binding: base64, see `federation_file.binding_body`.
    """

    member: str
    address: str
    key: PublicKey
    identity: bytes
    binding: str

    @property
    def code(self) -> str:
        """Five groups of four digits and letters that stand for keys and address, to compare by telephone."""
        stands_for = pack(self.member, self.address, certificates.public_bytes(self.key), self.identity)
        text = hashlib.sha256(stands_for).hexdigest().upper()
        return " ".join(text[place : place + 4] for place in range(0, 20, 4))


def _consent_body(federation: str, member: str, place: str, key: PublicKey) -> bytes:
    return pack("secretrec request", federation, member, place, certificates.public_bytes(key))


def join(start_up: StartUp, place: str = "", *, new_keys: bool = False) -> tuple[Path, JoinRequest]:
    """Make a member's keys in its kit, and its request beside them. Keys that wait to be admitted are used again.

    Args:
        start_up: the kit.
        place: "HOST:PORT" where the member listens; "" for the one at which it was invited.
        new_keys: whether to make new keys for a member that has some; the old ones serve until the new are admitted.

    Returns:
        (file of the request, the request).

    Raises:
        FederationError: the member has keys already, or the kit has one of two.
        SettingsError: the address is none, or is missing.
        StorageError: no space, no permission.
    """
    folder = start_up.folder
    if place:
        place = str(address(place))
    elif not start_up.own.address:
        raise SettingsError(
            say(
                "request.no-address",
                "The federation does not know yet where {member} will listen.",
                member=start_up.member,
            ),
            say("request.no-address-hint", "Say at which address the others reach it: --address HOST:PORT."),
        )
    there = [(folder / name).exists() for name in (kit.KEY, kit.IDENTITY)]
    if start_up.own.is_admitted and not new_keys:
        raise FederationError(
            say("request.admitted", "{member} is admitted already.", member=start_up.member),
            say("request.admitted-hint", "To change its keys, add --new-keys."),
        )
    keys_in = folder / kit.NEXT if new_keys and all(there) else folder
    have = [(keys_in / name).exists() for name in (kit.KEY, kit.IDENTITY)]
    if any(have) and not all(have):
        raise FederationError(
            say(
                "request.one-key",
                "{folder} has one of {names}, and not the other.",
                folder=keys_in,
                names=f"{kit.KEY}, {kit.IDENTITY}",
            ),
            say("request.one-key-hint", "Restore it from a copy, or remove the other to make both anew."),
        )
    if all(have):
        key, identity = certificates.read_key(keys_in / kit.KEY), certificates.read_identity(keys_in / kit.IDENTITY)
    else:
        key, identity = certificates.make_key(), Identity()
        certificates.write_key(keys_in / kit.KEY, key)
        certificates.write_key(keys_in / kit.IDENTITY, identity)
    path = folder / f"{start_up.member}.request.toml"
    request = write(path, start_up.file.id, start_up.member, place, key, identity)
    return path, request


def write(
    path: Path, federation: str, member: str, place: str, key: certificates.Key, identity: Identity
) -> JoinRequest:
    """Write a request.

    Args:
        path: of the file.
        federation: id of the federation.
        member: who asks.
        place: as `JoinRequest.address`.
        key: its key.
        identity: its identity.

    Raises:
        StorageError: no space, no permission.
    """
    public = key.public_key()
    asked = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, member)])
    )
    binding = encoded(certificates.sign(key, binding_body(federation, member, identity.public)))
    record = _RequestFile(
        format=_FORMAT,
        federation=federation,
        member=member,
        address=place,
        identity=identity.public.hex(),
        binding=binding,
        consent=encoded(identity.sign(_consent_body(federation, member, place, public))),
        request=asked.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode("ascii"),
    )
    text = _HEAD.format(member=member) + tomli_w.dumps(record.model_dump(), multiline_strings=True)
    write_bytes(path, text.encode(), private=False)
    return JoinRequest(member, place, public, identity.public, binding)


def read(path: Path, federation: str) -> JoinRequest:
    """Read a request, and check that whoever made it has the keys.

    Args:
        path: of the file.
        federation: id of the federation that it must be for.

    Raises:
        FederationError: it is none, is for another federation, or its signatures do not fit.
    """
    try:
        found = _RequestFile.model_validate(certificates.read_toml(path))
        asked = x509.load_pem_x509_csr(found.request.encode("utf-8"))
        key, identity, is_signed = asked.public_key(), bytes.fromhex(found.identity), asked.is_signature_valid
    except (ValueError, UnsupportedAlgorithm) as error:
        raise FederationError(
            fault_in(path, say("request.none", "this is no request to join a federation.")), _JOIN_AGAIN
        ) from error
    if found.federation != federation:
        raise FederationError(
            fault_in(
                path, say("request.other-federation", "{member} asks to join another federation.", member=found.member)
            ),
            say("request.other-federation-hint", "Give the member the start-up kit of this federation."),
        )
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise FederationError(fault_in(path, say("request.other-key", "its key is of another kind.")), _JOIN_AGAIN)
    binding, consent = decoded(found.binding), decoded(found.consent)
    proven = (
        is_signed
        and len(identity) == keys.KEY_BYTES
        and binding is not None
        and consent is not None
        and certificates.is_signed(key, binding_body(federation, found.member, identity), binding)
        and keys.is_signed(identity, _consent_body(federation, found.member, found.address, key), consent)
    )
    if not proven:
        raise FederationError(
            fault_in(path, say("request.not-signed", "its signatures do not fit: it was changed, or damaged.")),
            _JOIN_AGAIN,
        )
    return JoinRequest(found.member, found.address, key, identity, found.binding)
