"""A member's kit: the folder from which it takes part in a federation.

federation.toml   who takes part and on what terms, signed (fl.organisations.federation_file)
authority.pem     certificate of the federation's authority, which this kit trusts and nothing else
catalogue.csv     the items of the federation
kit.toml          which member's kit this is
member.key        the member's key, for its owner only; made here
identity.key      its identity in the masking protocol, likewise
member.pem        its certificate, taken from federation.toml for libraries that read files
next/             keys that were made to take the place of these, until they are admitted

The start-up kit that the administrator hands out has the first four and nothing secret.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import tomli_w
from cryptography import x509

from data import catalogue as catalogues
from data.catalogue import Catalogue
from data.errors import StorageError, cannot_write, fault_in
from data.paths import private_folder
from data.sentences import say
from fl.aggregation.masking.keys import Identity
from fl.errors import FederationError
from fl.organisations import certificates, federation_file
from fl.organisations.federation_file import FederationFile, Member
from fl.runs.storage import write_bytes

FEDERATION: Final = "federation.toml"
AUTHORITY: Final = "authority.pem"
CATALOGUE: Final = "catalogue.csv"
OWNER: Final = "kit.toml"
KEY: Final = "member.key"
IDENTITY: Final = "identity.key"
CERTIFICATE: Final = "member.pem"
NEXT: Final = "next"
_KIT_AGAIN: Final = say("kit.again", "Ask the administrator of the federation for the start-up kit again.")


@dataclass(frozen=True)
class StartUp:
    """A kit as far as the administrator can make it: no keys, so nothing that a session needs.

    Attributes:
        folder: of the kit.
        member: whose kit it is.
        authority: whom it trusts.
        file: the federation.
        catalogue: its items.
    """

    folder: Path
    member: str
    authority: x509.Certificate
    file: FederationFile
    catalogue: Catalogue

    @property
    def own(self) -> Member:
        """The member whose kit this is, as the federation file has it."""
        return self.file.member(self.member)

    @property
    def ca_path(self) -> Path:
        """The file of the authority's certificate, PEM."""
        return self.folder / AUTHORITY

    @property
    def key_path(self) -> Path:
        """The file of the member's key, PEM, for its owner only."""
        return self.folder / KEY

    @property
    def certificate_path(self) -> Path:
        """The file of the member's certificate, PEM."""
        return self.folder / CERTIFICATE


@dataclass(frozen=True)
class Kit(StartUp):
    """A kit with which a member can take part: admitted, with keys that fit, and nothing expired."""

    _identity: Identity

    def identity(self) -> Identity:
        """Return the member's identity in the masking protocol."""
        return self._identity


def write_start_up(
    folder: Path, member: str, authority: x509.Certificate, file: FederationFile, catalogue: Catalogue
) -> None:
    """Write what of a kit the administrator makes.

    Raises:
        StorageError: no space, no permission.
    """
    try:
        private_folder(folder)
    except OSError as error:
        raise StorageError(cannot_write(folder, error.strerror or error)) from error
    write_bytes(folder / AUTHORITY, certificates.pem(authority).encode(), private=False)
    write_bytes(folder / CATALOGUE, catalogue.as_csv(), private=False)
    write_bytes(folder / OWNER, tomli_w.dumps({"member": member, "federation": file.id}).encode(), private=False)
    file.write(folder / FEDERATION)


def read_start_up(folder: Path) -> StartUp:
    """Read what of a kit the administrator made; the member need not be admitted.

    Raises:
        FederationError: a part is missing, damaged, of another federation or another member.
    """
    if not folder.is_dir():
        raise FederationError(
            say("kit.no-folder", "There is no kit {folder}.", folder=folder),
            say("kit.no-folder-hint", "Name the folder that the administrator of the federation gave you."),
        )
    authority = federation_file.read_authority(folder / AUTHORITY)
    file = federation_file.read(folder / FEDERATION, authority)
    owner = _owner(folder / OWNER)
    if owner["federation"] != file.id:
        raise FederationError(
            say(
                "kit.other-federation",
                "{folder} is a kit of another federation than its federation.toml.",
                folder=folder,
            ),
            _KIT_AGAIN,
        )
    if all(member.name != owner["member"] for member in file.members):
        raise FederationError(
            say(
                "kit.not-a-member",
                "{member} is not a member of the federation {federation} (any more).",
                member=owner["member"],
                federation=file.name,
            ),
            say("kit.ask-administrator", "Ask the administrator of the federation."),
        )
    catalogue = catalogues.read(folder / CATALOGUE)
    check_catalogue(folder / CATALOGUE, catalogue, file)
    return StartUp(folder, owner["member"], authority, file, catalogue)


def _owner(path: Path) -> dict[str, Any]:
    try:
        found = certificates.read_toml(path)
    except ValueError:
        found = {}
    if set(found) != {"member", "federation"} or not all(isinstance(value, str) for value in found.values()):
        raise FederationError(fault_in(path, say("kit.no-owner", "it does not say whose kit this is.")), _KIT_AGAIN)
    return found


def check_catalogue(path: Path, catalogue: Catalogue, file: FederationFile) -> None:
    """Refuse a catalogue that is not the federation's.

    Raises:
        FederationError: the digests differ.
    """
    if catalogue.digest != file.catalogue.digest:
        raise FederationError(
            fault_in(
                path,
                say(
                    "kit.other-catalogue",
                    "this is not the catalogue of the federation: it has {found:,} items and digest {digest}, the "
                    "federation's has {items:,} and {wanted}.",
                    found=catalogue.n_items,
                    digest=catalogue.digest[:12],
                    items=file.catalogue.items,
                    wanted=file.catalogue.digest[:12],
                ),
            ),
            say("kit.catalogue-again", "Ask the administrator for catalogue.csv again."),
        )


def read(folder: Path, when: datetime | None = None) -> Kit:
    """Read a kit with which to take part.

    Args:
        folder: of the kit.
        when: the time, UTC; None for now.

    Raises:
        FederationError: a part is missing, damaged, open to others, of another federation or another member; the
            member is not admitted yet; its certificate expired.
        StorageError: member.pem cannot be written.
    """
    found = read_start_up(folder)
    own = found.own
    if not own.is_admitted:
        raise FederationError(
            say(
                "kit.not-admitted",
                "{member} is not admitted to the federation {federation} yet.",
                member=own.name,
                federation=found.file.name,
            ),
            say(
                "kit.not-admitted-hint",
                "Run TheMain.py federation join --kit {folder}, send the request to the "
                "administrator, and take the new federation.toml: TheMain.py federation update --kit {folder} FILE.",
                folder=folder,
            ),
        )
    key = certificates.read_key(folder / KEY)
    identity = certificates.read_identity(folder / IDENTITY)
    same_key = certificates.is_key_of(key.public_key(), own.x509)
    for path, fits in ((folder / KEY, same_key), (folder / IDENTITY, identity.public.hex() == own.identity)):
        if not fits:
            raise FederationError(
                fault_in(
                    path,
                    say("kit.other-key", "this key is not the one with which {member} was admitted.", member=own.name),
                ),
                say(
                    "kit.other-key-hint",
                    "Use the kit in which the request was made, or make new keys: TheMain.py "
                    "federation join --kit {folder} --new-keys.",
                    folder=folder,
                ),
            )
    problem = certificates.fault_of_dates(own.name, own.x509, when or certificates.now())
    if problem:
        raise FederationError(problem)
    _keep_certificate(folder / CERTIFICATE, own)
    return Kit(folder, found.member, found.authority, found.file, found.catalogue, identity)


def _keep_certificate(path: Path, own: Member) -> None:
    """Write the certificate into a file of its own, where it is not there already: the kit may be mounted read-only."""
    if not path.is_file() or path.read_text("utf-8", "replace") != own.certificate:
        write_bytes(path, own.certificate.encode(), private=False)


def update(folder: Path, new: Path) -> tuple[FederationFile, FederationFile]:
    """Take a newly signed federation file into a kit, and the keys that were admitted with it.

    Args:
        folder: of the kit.
        new: the file.

    Returns:
        (the file that was there, the new one).

    Raises:
        FederationError: the new file is not signed by this kit's authority, is of another federation, or is older.
        StorageError: it cannot be written.
    """
    before = read_start_up(folder)
    file = federation_file.read(new, before.authority)
    if file.id != before.file.id:
        raise FederationError(fault_in(new, say("kit.update-other-federation", "it is of another federation.")))
    if file.revision < before.file.revision or (
        file.revision == before.file.revision and file.digest != before.file.digest
    ):
        raise FederationError(
            fault_in(
                new,
                say(
                    "kit.update-older",
                    "its revision is {found}, and this kit has revision {own} already.",
                    found=file.revision,
                    own=before.file.revision,
                ),
            ),
            say("kit.update-newest", "Ask the administrator for the newest file."),
        )
    check_catalogue(folder / CATALOGUE, before.catalogue, file)
    take_next_keys(folder, file.member(before.member))
    file.write(folder / FEDERATION)
    return before.file, file


def take_next_keys(folder: Path, own: Member) -> None:
    """Put new keys in the place of the old ones, once the federation file has them."""
    if not own.is_admitted or not (folder / NEXT / KEY).is_file():
        return
    key = certificates.read_key(folder / NEXT / KEY)
    if certificates.is_key_of(key.public_key(), own.x509):
        for name in (KEY, IDENTITY):
            (folder / NEXT / name).replace(folder / name)
        shutil.rmtree(folder / NEXT)
