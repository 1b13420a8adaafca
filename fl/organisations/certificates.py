"""Keys and certificates of a federation: X.509 (RFC 5280) with ECDSA on P-256, the form that TLS libraries take.

The federation's authority, a key that its administrator keeps, signs a certificate for each member. Certificates say
who may connect; `fl.organisations.federation_file` says, signed by the same key, which of them are members now.
"""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import tomli
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from data.errors import cannot_read, fault_in
from data.sentences import say
from fl.aggregation.masking.keys import Identity
from fl.errors import FederationError
from fl.runs.storage import write_bytes
from fl.settings.addresses import Address, ip_address

Key = ec.EllipticCurvePrivateKey
PublicKey = ec.EllipticCurvePublicKey

AUTHORITY_DAYS: Final = 3650
MEMBER_DAYS: Final = 365
# A certificate is good from an hour before it was made, for members whose clocks are behind.
_BACKDATED: Final = timedelta(hours=1)
_MANY_BYTES: Final = 1 << 20  # no key, certificate or request is larger


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(timezone.utc)


# --- keys -------------------------------------------------------------------------------------------------------------


def make_key() -> Key:
    """Make a key for certificates and TLS."""
    return ec.generate_private_key(ec.SECP256R1())


def write_key(path: Path, key: Key | Identity) -> None:
    """Write a private key into a file that only its owner can read (PEM, PKCS 8).

    Raises:
        StorageError: no space, no permission.
    """
    private = key if isinstance(key, ec.EllipticCurvePrivateKey) else Ed25519PrivateKey.from_private_bytes(key.private)
    write_bytes(
        path,
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


def read_key(path: Path) -> Key:
    """Read a key for certificates and TLS.

    Raises:
        FederationError: there is none, others can read it, or it is another kind of key.
    """
    key = _read_private(path)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _no_key(path)
    return key


def read_identity(path: Path) -> Identity:
    """Read a member's identity in the masking protocol.

    Raises:
        FederationError: there is none, others can read it, or it is another kind of key.
    """
    key = _read_private(path)
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return Identity(key.private_bytes_raw())


def _read_private(path: Path) -> object:
    content = read_small(path)
    mode = path.stat().st_mode
    if stat.S_IMODE(mode) & 0o077:
        raise FederationError(
            fault_in(
                path,
                say(
                    "kit.key-open",
                    "other accounts of this computer can read this private key (mode {mode:04o}).",
                    mode=stat.S_IMODE(mode),
                ),
            ),
            say(
                "kit.key-close",
                "Close it with chmod 600; if somebody may have read it, make new keys: TheMain.py federation join "
                "--new-keys.",
            ),
        )
    try:
        return serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error


def _no_key(path: Path) -> FederationError:
    return FederationError(
        fault_in(path, say("kit.no-key", "this is no private key of the kind that a kit has.")),
        say(
            "kit.restore-key", "Restore the file from a copy, or make new keys: TheMain.py federation join --new-keys."
        ),
    )


def read_small(path: Path) -> bytes:
    """Return the content of a file of a kit.

    Raises:
        FederationError: it is not there, cannot be read, or is far too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MANY_BYTES + 1)
    except OSError as error:
        raise FederationError(cannot_read(path, error.strerror or os.strerror(error.errno or 0))) from error
    if len(content) > _MANY_BYTES:
        raise FederationError(fault_in(path, say("kit.large-file", "the file is far too large to be one of a kit.")))
    return content


def read_toml(path: Path) -> dict[str, Any]:
    """Return the table that a file of a kit is.

    Raises:
        FederationError: it is not there, cannot be read, or is far too large.
        ValueError: it is no TOML in UTF-8.
    """
    try:
        return tomli.loads(read_small(path).decode("utf-8"))
    except RecursionError as error:
        raise ValueError("it is nested more deeply than any file of a kit") from error


# --- signatures -------------------------------------------------------------------------------------------------------


def sign(key: Key, body: bytes) -> bytes:
    """Sign `body` (ECDSA with SHA-256, DER)."""
    return key.sign(body, ec.ECDSA(hashes.SHA256()))


def is_signed(key: PublicKey, body: bytes, signature: bytes) -> bool:
    """Return whether `signature` is that of `body` by the holder of the key."""
    try:
        key.verify(signature, body, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def public_bytes(key: PublicKey) -> bytes:
    """Return a public key as bytes (DER, SubjectPublicKeyInfo)."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


# --- certificates -----------------------------------------------------------------------------------------------------


def make_authority(federation: str, key: Key, days: int = AUTHORITY_DAYS) -> x509.Certificate:
    """Make the certificate with which a federation's authority signs the others."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, federation),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{federation} authority"),
        ]
    )
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    return (
        _begun(name, name, key.public_key(), days)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def issue(
    authority: x509.Certificate, key: Key, member: str, place: Address, public: PublicKey, days: int = MEMBER_DAYS
) -> x509.Certificate:
    """Issue the certificate of a member, for both ends of a connection.

    Args:
        authority: certificate of the federation's authority.
        key: its key.
        member: name of the member, which becomes the common name.
        place: where the member listens; its host stands in the certificate.
        public: the member's key.
        days: how long the certificate is good.
    """
    number = ip_address(place.host)
    host = x509.DNSName(place.host) if number is None else x509.IPAddress(number)
    organisation = authority.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    name = x509.Name([*organisation, x509.NameAttribute(NameOID.COMMON_NAME, member)])
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    return (
        _begun(name, authority.subject, public, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage(both), critical=False)
        .add_extension(x509.SubjectAlternativeName([host]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _begun(name: x509.Name, issuer: x509.Name, public: PublicKey, days: int) -> x509.CertificateBuilder:
    began = now().replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(began - _BACKDATED)
        .not_valid_after(began + timedelta(days=days))
    )


def pem(certificate: x509.Certificate) -> str:
    """Return a certificate as text."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the hex SHA-256 of a certificate."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def from_pem(text: str | bytes) -> x509.Certificate:
    """Return the one certificate in a text.

    Raises:
        ValueError: it is none, or its key is not of the kind that members have.
    """
    certificate = x509.load_pem_x509_certificate(text.encode("utf-8") if isinstance(text, str) else text)
    public_key(certificate)
    return certificate


def public_key(certificate: x509.Certificate) -> PublicKey:
    """Return the key of a certificate.

    Raises:
        ValueError: it is not of the kind that members have.
    """
    try:
        key = certificate.public_key()
    except UnsupportedAlgorithm as error:
        raise ValueError("unknown kind of key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError("not an elliptic curve key")
    return key


def is_key_of(key: PublicKey, certificate: x509.Certificate) -> bool:
    """Return whether a certificate is for this key.

    Raises:
        ValueError: its key is not of the kind that members have.
    """
    return public_bytes(key) == public_bytes(public_key(certificate))


def common_name(certificate: x509.Certificate) -> str:
    """Return the name that a certificate gives its owner, "" if none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def hosts(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the host names and IP addresses for which a certificate is good."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    return (
        *found.get_values_for_type(x509.DNSName),
        *(str(number) for number in found.get_values_for_type(x509.IPAddress)),
    )


def issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Return whether an authority signed a certificate."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def fault_of_dates(member: str, certificate: x509.Certificate, when: datetime) -> str:
    """Return what is wrong with the dates of a certificate, "" if nothing.

    Args:
        member: whose certificate it is.
        certificate: to look at.
        when: the time, UTC.
    """
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if when < begins:
        return say(
            "certificate.not-yet",
            "The certificate of {member} begins to be good at {begins}, and here it is {now}: a clock is wrong.",
            member=member,
            begins=moment(begins),
            now=moment(when),
        )
    if when > ends:
        return say(
            "certificate.expired",
            "The certificate of {member} expired at {ends}, and here it is {now}. The administrator renews it: "
            "TheMain.py federation renew.",
            member=member,
            ends=moment(ends),
            now=moment(when),
        )
    return ""


def moment(when: datetime) -> str:
    """Return a time as "2026-11-26 17:05 UTC"."""
    return when.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
