"""The federation file, federation.toml: who is in a federation and on what terms, signed by its authority.

It is TOML, for people to read. What is signed is its content as canonical JSON, so comments and the order of lines do
not matter and every value does. The authority's certificate, which each member got with its kit, checks the signature.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from pathlib import Path
from typing import Any, Final, Literal

import tomli_w
from cryptography import x509
from pydantic import Field, ValidationError

from data.errors import SettingsError, fault_in
from data.sentences import Said, say
from fl.aggregation.masking.keys import pack
from fl.errors import FederationError
from fl.federation.session import SERVER
from fl.organisations import certificates
from fl.organisations.names import check_name
from fl.program import Program
from fl.record import Record
from fl.runs.storage import write_bytes
from fl.settings.addresses import Address, address
from fl.settings.base import RuntimeName, build
from fl.settings.faults import describe_errors
from fl.settings.federation import FederationRules
from fl.settings.train import TrainSettings

FORMAT: Final = 1
# A party's own affair, or told by the members; everything else of a training stands in the file.
OWN_SETTINGS: Final = ("address", "dataset", "name", "parties", "runtime", "tensorboard", "threads")
_ASK_ADMINISTRATOR: Final = say("federation-file.ask", "Ask the administrator of the federation for the file again.")

_HEAD: Final = """\
# The federation {name}: its members and the terms of its training, as its administrator signed them.
# Any change of a value breaks the signature; the administrator changes it with TheMain.py federation.

"""


class Member(Record):
    """A member: the server or a party.

    Attributes:
        name: of the party, or "server".
        address: "HOST:PORT" where it listens; "" where the member will say so itself.
        fingerprint: hex SHA-256 of its certificate; "" until it is admitted, as everything below.
        expires: when its certificate does, for people.
        identity: hex Ed25519 public key of its identity in the masking protocol.
        binding: base64 signature of name and identity by the certificate's key: they belong to the same member.
        certificate: PEM.
    """

    name: str
    address: str = ""
    fingerprint: str = ""
    expires: str = ""
    identity: str = ""
    binding: str = ""
    certificate: str = ""

    @property
    def place(self) -> Address:
        """The address in parts."""
        return address(self.address)

    @property
    def is_admitted(self) -> bool:
        """Whether it has a certificate; otherwise it is only invited."""
        return bool(self.certificate)

    @property
    def x509(self) -> x509.Certificate:
        """The certificate of a member that is admitted."""
        return certificates.from_pem(self.certificate)


def binding_body(federation: str, member: str, identity: bytes) -> bytes:
    """Return what a member signs with its certificate's key, to bind name and identity to it.

    Args:
        federation: id of the federation.
        member: name of the member.
        identity: its Ed25519 public key, 32 bytes.
    """
    return pack("secretrec member", federation, member, identity)


class CatalogueMark(Record):
    """The catalogue that all members use, by its digest.

    Attributes:
        digest: `data.catalogue.Catalogue.digest`.
        items: its number of items.
    """

    digest: str
    items: int


class FederationFile(Record):
    """The content of federation.toml.

    Attributes:
        format: of the file.
        name: of the federation.
        id: names this federation for ever, whatever others are called: 32 hex digits.
        revision: counts what the administrator signed, from 1.
        signed: when, for people.
        meeting: "HOST:PORT" where members meet at the server before and between sessions.
        authority: hex SHA-256 of the authority's certificate.
        program: with which all members run.
        catalogue: which all members use.
        rules: how long members wait for each other.
        settings: of the training, flat by name; without `OWN_SETTINGS`.
        members: the server first, then the parties in order.
        signature: base64, of `body` by the authority.
    """

    format: Literal[1]
    name: str
    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    revision: int = Field(ge=1)
    signed: str
    meeting: str
    authority: str
    program: Program
    catalogue: CatalogueMark
    rules: FederationRules
    settings: dict[str, bool | int | float | str]
    members: tuple[Member, ...]
    signature: str = ""

    # --- members --------------------------------------------------------------------------------------------------

    @property
    def server(self) -> Member:
        """The server."""
        return self.members[0]

    @property
    def parties(self) -> tuple[str, ...]:
        """The names of the parties that are admitted, in order."""
        return tuple(member.name for member in self.members[1:] if member.is_admitted)

    @property
    def admitted(self) -> tuple[str, ...]:
        """The names of all members that are admitted, the server too."""
        return tuple(member.name for member in self.members if member.is_admitted)

    @property
    def invited(self) -> tuple[str, ...]:
        """The names of the members that are not admitted yet."""
        return tuple(member.name for member in self.members if not member.is_admitted)

    @property
    def roster_keys(self) -> tuple[bytes, ...]:
        """The identities of the parties that are admitted, in order: their Ed25519 public keys, 32 bytes each."""
        return tuple(bytes.fromhex(self.member(name).identity) for name in self.parties)

    def member(self, name: str) -> Member:
        """Return the member called `name`.

        Raises:
            FederationError: there is none.
        """
        for member in self.members:
            if member.name == name:
                return member
        raise FederationError(
            say(
                "federation-file.no-member",
                "The federation {federation} has no member {name!r}.",
                federation=self.name,
                name=name,
            ),
            say(
                "federation-file.members",
                "Its members are {names}.",
                names=", ".join(member.name for member in self.members),
            ),
        )

    def holder(self, fingerprint: str) -> Member | None:
        """Return the member that was admitted with the certificate of this fingerprint; None if it is nobody's."""
        return next((one for one in self.members if one.is_admitted and one.fingerprint == fingerprint), None)

    # --- terms ----------------------------------------------------------------------------------------------------

    def train_settings(
        self,
        dataset: str,
        name: str = "",
        runtime: RuntimeName = "simulation",
        threads: int = 0,
        tensorboard: bool = False,
    ) -> TrainSettings:
        """Return the settings of a member's training: the federation's, and what is the member's own affair.

        Args:
            dataset: of the member, by its name in the registry.
            name: of its run.
            runtime: where parties run.
            threads: of the member's computation.
            tensorboard: whether to write TensorBoard files.

        Raises:
            FederationError: this version of the program does not know the settings of the file.
        """
        values = {
            **self.settings,
            "dataset": dataset,
            "name": name,
            "runtime": runtime,
            "threads": threads,
            "tensorboard": tensorboard,
            "parties": len(self.parties),
        }
        try:
            settings: TrainSettings = build(TrainSettings, values)
        except SettingsError as error:
            raise FederationError(
                say(
                    "federation-file.settings",
                    "The settings of the federation {name} cannot be used: {reason}",
                    name=self.name,
                    reason=error.message,
                ),
                say("federation-file.same-version", "All members must use the version of the program that made them."),
            ) from error
        return settings

    @property
    def settings_digest(self) -> str:
        """The hex SHA-256 of settings and rules."""
        both = {"settings": self.settings, "rules": self.rules.model_dump(mode="json")}
        return hashlib.sha256(_canonical(both)).hexdigest()

    # --- as bytes -------------------------------------------------------------------------------------------------

    @property
    def body(self) -> bytes:
        """The bytes that are signed: canonical JSON of what the file says, the signature apart."""
        said = self.model_dump(mode="json", exclude_unset=True, exclude={"signature"})
        return b"secretrec federation file\n" + _canonical(said)

    @property
    def digest(self) -> str:
        """The hex SHA-256 of all that the file says: equal where members have the same file."""
        return hashlib.sha256(self.body).hexdigest()

    def sign(self, key: certificates.Key) -> FederationFile:
        """Return the file with the signature of its authority, whose key this is."""
        whole = FederationFile.model_validate(self.model_dump())  # so that every default stands in it
        return whole.model_copy(update={"signature": encoded(certificates.sign(key, whole.body))})

    def as_toml(self) -> str:
        """Return the file's text."""
        plain = self.model_dump(mode="json", exclude_unset=True)
        for member in plain["members"]:
            member["certificate"] = member.pop("certificate", "")  # last, it is long
        signature = plain.pop("signature", "")
        whole = {"signature": signature, **plain}
        return _HEAD.format(name=self.name) + tomli_w.dumps(whole, multiline_strings=True)

    def write(self, path: Path) -> None:
        """Write the file. Nothing in it is secret.

        Raises:
            StorageError: no space, no permission.
        """
        write_bytes(path, self.as_toml().encode(), private=False)


def read(path: Path, authority: x509.Certificate) -> FederationFile:
    """Read a federation file and check it.

    Args:
        path: of the file.
        authority: certificate of the federation's authority.

    Raises:
        FederationError: it is none, is not signed by that authority, or contradicts itself.
    """
    try:
        plain = certificates.read_toml(path)
    except ValueError as error:
        raise _fault(path, say("federation-file.no-toml", "this is no TOML file: {reason}.", reason=error)) from error
    if plain.get("format") != FORMAT:
        raise _fault(
            path,
            say(
                "federation-file.format",
                "this is no federation file of format {wanted}, the one that this version of the program reads.",
                wanted=FORMAT,
            ),
            say("federation-file.update-program", "Use the version of the program that the administrator uses."),
        )
    try:
        file = FederationFile.model_validate(plain)
    except ValidationError as error:
        raise _fault(path, describe_errors(error)) from error
    if file.authority != certificates.fingerprint(authority):
        raise _fault(
            path,
            say(
                "federation-file.other-authority",
                "it is of the federation {name} with authority {found}, and this kit trusts the authority {wanted}.",
                name=file.name,
                found=file.authority[:16],
                wanted=certificates.fingerprint(authority)[:16],
            ),
            say("federation-file.other-authority-hint", "Use the file of this kit's own federation."),
        )
    if not _is_signed(file, authority):
        said = say(
            "federation-file.not-signed", "the signature does not fit: the file was changed after it was signed."
        )
        raise _fault(path, said)
    for problem in _contradictions(file, authority):
        raise _fault(path, problem)
    return file


def _fault(path: Path, reason: str, hint: str = _ASK_ADMINISTRATOR) -> FederationError:
    return FederationError(fault_in(path, reason), hint)


def _is_signed(file: FederationFile, authority: x509.Certificate) -> bool:
    signature = decoded(file.signature)
    return signature is not None and certificates.is_signed(certificates.public_key(authority), file.body, signature)


def _contradictions(file: FederationFile, authority: x509.Certificate) -> list[str]:
    """Return what cannot be in a file, though it is signed: sentences."""
    names = [member.name for member in file.members]
    if names[:1] != [SERVER] or len(set(names)) != len(names):
        return [say("federation-file.names", "its members are not one server and parties with different names.")]
    try:
        check_name(file.name)
        for member in file.members:
            check_name(member.name)
        for place in (file.meeting, *(member.address for member in file.members if member.address)):
            address(place)
    except SettingsError as error:  # names become folders; a signature does not make them safe
        return [error.sentence]
    found: list[str] = []
    admitted = [member for member in file.members if member.is_admitted]
    if any(not member.address for member in admitted):
        found.append(say("federation-file.no-address", "a member of it has no address."))
    for values in zip(*((member.fingerprint, member.identity) for member in admitted), strict=True):
        if len(set(values)) != len(values):
            found.append(say("federation-file.shared-key", "two of its members have the same key."))
    return found + [problem for member in admitted if (problem := _fault_of_member(file, member, authority))]


def _fault_of_member(file: FederationFile, member: Member, authority: x509.Certificate) -> Said | str:
    try:
        certificate, identity = member.x509, bytes.fromhex(member.identity)
    except ValueError:
        return say(
            "federation-file.damaged-member", "the certificate or identity of {name} is damaged.", name=member.name
        )
    if member.fingerprint != certificates.fingerprint(certificate):
        return say(
            "federation-file.fingerprint", "the fingerprint of {name} is not that of its certificate.", name=member.name
        )
    if certificates.common_name(certificate) != member.name:
        return say(
            "federation-file.other-name",
            "the certificate of {name} is made out to {other!r}.",
            name=member.name,
            other=certificates.common_name(certificate),
        )
    if not certificates.issued_by(certificate, authority):
        return say(
            "federation-file.other-issuer", "the certificate of {name} is not of this federation.", name=member.name
        )
    binding = decoded(member.binding)
    key = certificates.public_key(certificate)
    if binding is None or not certificates.is_signed(key, binding_body(file.id, member.name, identity), binding):
        return say(
            "federation-file.binding",
            "{name} did not sign its identity with the key of its certificate.",
            name=member.name,
        )
    return ""


def read_authority(path: Path) -> x509.Certificate:
    """Read the certificate of a federation's authority.

    Raises:
        FederationError: it is none.
    """
    try:
        return certificates.from_pem(certificates.read_small(path))
    except ValueError as error:
        raise FederationError(
            fault_in(path, say("federation-file.no-authority", "this is no certificate of an authority.")),
            say("federation-file.kit-again", "Ask the administrator for the start-up kit again."),
        ) from error


def encoded(content: bytes) -> str:
    """Return bytes as base64 text."""
    return base64.b64encode(content).decode("ascii")


def decoded(text: str) -> bytes | None:
    """Return the bytes of a base64 text, None where it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")
