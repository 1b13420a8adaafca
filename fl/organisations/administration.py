"""The administrator's folder of a federation, and what an administrator does with it.

authority.key     signs certificates and federation.toml; for its owner only: who has it can admit anybody
authority.pem     its certificate
federation.toml   as last signed
catalogue.csv     the items
kits/NAME/        each member's start-up kit, to hand out; with keys only in a trial

The administrator takes no part in training and sees none of it. A change concerns one member: the others keep their
keys and certificates, and take the newly signed federation.toml.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509

from data import catalogue as catalogues
from data.catalogue import Catalogue
from data.errors import SettingsError, StorageError, cannot_write
from data.paths import private_folder
from data.sentences import say
from fl.errors import FederationError
from fl.federation.session import SERVER
from fl.organisations import certificates, federation_file, kit, requests
from fl.organisations.federation_file import FORMAT, OWN_SETTINGS, CatalogueMark, FederationFile, Member
from fl.organisations.limits import check_settings
from fl.organisations.names import check_name, check_party_name
from fl.organisations.requests import JoinRequest
from fl.program import this_program
from fl.runs.storage import write_bytes
from fl.settings.addresses import Address, address
from fl.settings.base import MAX_PARTIES
from fl.settings.federation import FederationRules
from fl.settings.train import TrainSettings

AUTHORITY_KEY: Final = "authority.key"
KITS: Final = "kits"
LONGEST_DAYS: Final = 825


def new_federation(
    folder: Path,
    name: str,
    parties: Mapping[str, str],
    server: str,
    catalogue: Catalogue,
    settings: TrainSettings,
    rules: FederationRules | None = None,
    *,
    meeting: str = "",
    with_keys: bool | Sequence[str] = False,
) -> Administration:
    """Found a federation: make its authority, its federation file and a start-up kit for each member.

    Args:
        folder: of the administrator; it must not be there yet, or be empty.
        name: of the federation.
        parties: "HOST:PORT" of each party, by name; "" where the party will say so when it joins.
        server: "HOST:PORT" of the server.
        catalogue: the items of all members.
        settings: of the training; what is each member's own affair in them is left out.
        rules: how members wait for each other; None for the usual ones.
        meeting: "HOST:PORT" where members meet at the server; "" for the server's host and its next free port.
        with_keys: make these members' keys here too: then their kits are complete. True makes all, for a trial.

    Raises:
        SettingsError: a name or an address cannot be one, or stands twice; organisations cannot train so.
        StorageError: the folder is not empty, or cannot be written.
    """
    check_name(name)
    addresses = {SERVER: server, **{check_party_name(party): place for party, place in parties.items()}}
    met = meeting or _next_port(addresses)
    _check_members(addresses, met)
    check_settings(settings, rules or FederationRules())
    keys_of = tuple(addresses) if with_keys is True else with_keys or ()
    for member in keys_of:
        if not addresses.get(member):
            raise SettingsError(
                say(
                    "federation.keys-address",
                    "To make the keys of {member} here, name it among the members with its address: NAME=HOST:PORT.",
                    member=member,
                )
            )
    if len(parties) < 2:
        raise SettingsError(say("federation.two-parties", "A federation needs at least 2 parties."))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StorageError(
            say("federation.folder-there", "{folder} is there already.", folder=folder),
            say("federation.folder-hint", "Choose another name, or another folder with --folder."),
        )
    key = certificates.make_key()
    authority = certificates.make_authority(name, key)
    members = [Member(name=member, address=place and str(address(place))) for member, place in addresses.items()]
    file = FederationFile(
        format=FORMAT,
        name=name,
        id=secrets.token_hex(16),
        revision=1,
        signed=certificates.moment(certificates.now()),
        meeting=str(address(met)),
        authority=certificates.fingerprint(authority),
        program=this_program(),
        catalogue=CatalogueMark(digest=catalogue.digest, items=catalogue.n_items),
        rules=rules or FederationRules(),
        settings=_shared(settings),
        members=tuple(members),
    ).sign(key)
    try:
        private_folder(folder)
    except OSError as error:
        raise StorageError(cannot_write(folder, error.strerror or error)) from error
    certificates.write_key(folder / AUTHORITY_KEY, key)
    write_bytes(folder / kit.AUTHORITY, certificates.pem(authority).encode(), private=False)
    write_bytes(folder / kit.CATALOGUE, catalogue.as_csv(), private=False)
    made = Administration(folder, key, authority, file, catalogue)
    made.write()
    if keys_of:
        made = made.admit(requests.join(kit.read_start_up(made.kit_of(member)))[1] for member in keys_of)
    return made


def _next_port(addresses: Mapping[str, str]) -> str:
    """Return the address after the server's that no member has."""
    taken = {address(place) for place in addresses.values() if place}
    met = address(addresses[SERVER])
    while met in taken:
        met = Address(met.host, met.port + 1)
    return str(met)


def _shared(settings: TrainSettings) -> dict[str, bool | int | float | str]:
    """Return the settings that all members share."""
    return {name: value for name, value in settings.model_dump(mode="json").items() if name not in OWN_SETTINGS}


def _check_members(addresses: Mapping[str, str], meeting: str) -> None:
    """Refuse addresses that are none or stand twice.

    Raises:
        SettingsError: naming them.
    """
    if len(addresses) - 1 > MAX_PARTIES:
        raise SettingsError(
            say("federation.many-parties", "A federation has at most {most} parties.", most=MAX_PARTIES)
        )
    owners: dict[Address, str] = {address(meeting): say("federation.meeting", "the meeting place")}
    for member, text in addresses.items():
        if not text:
            continue
        place = address(text)
        if place in owners:
            raise SettingsError(
                say(
                    "federation.same-address",
                    "{member} and {other} have the same address {place}.",
                    member=member,
                    other=owners[place],
                    place=place,
                ),
                say("federation.same-address-hint", "Give each an address, or at least a port, of its own."),
            )
        owners[place] = member


@dataclass(frozen=True)
class Administration:
    """An administrator's folder. What changes the federation writes the folder and returns it as it is then.

    Attributes:
        folder: on disk.
        key: of the authority.
        authority: its certificate.
        file: the federation as last signed.
        catalogue: its items.
    """

    folder: Path
    key: certificates.Key
    authority: x509.Certificate
    file: FederationFile
    catalogue: Catalogue

    @classmethod
    def read(cls, folder: Path) -> Administration:
        """Read an administrator's folder.

        Raises:
            FederationError: it is none, or a part of it is damaged or does not belong to the others.
        """
        if not (folder / AUTHORITY_KEY).is_file():
            raise FederationError(
                say("federation.no-folder", "{folder} is no administrator's folder of a federation.", folder=folder),
                say("federation.no-folder-hint", "Name the folder that TheMain.py federation new made."),
            )
        authority = federation_file.read_authority(folder / kit.AUTHORITY)
        key = certificates.read_key(folder / AUTHORITY_KEY)
        if not certificates.is_key_of(key.public_key(), authority):
            raise FederationError(
                say(
                    "federation.other-key",
                    "{key} is not the key of {authority}.",
                    key=folder / AUTHORITY_KEY,
                    authority=folder / kit.AUTHORITY,
                ),
                say("federation.restore", "Restore the folder from a copy."),
            )
        file = federation_file.read(folder / kit.FEDERATION, authority)
        catalogue = catalogues.read(folder / kit.CATALOGUE)
        kit.check_catalogue(folder / kit.CATALOGUE, catalogue, file)
        return cls(folder, key, authority, file, catalogue)

    def kit_of(self, member: str) -> Path:
        """Return the folder of a member's start-up kit here."""
        return self.folder / KITS / member

    def write(self) -> None:
        """Write the federation file, here and into the kits here.

        Raises:
            StorageError: no space, no permission.
        """
        for member in self.file.members:
            kit.write_start_up(self.kit_of(member.name), member.name, self.authority, self.file, self.catalogue)
        self.file.write(self.folder / kit.FEDERATION)

    def admit(
        self, asked: Iterable[JoinRequest], days: int = certificates.MEMBER_DAYS, *, replace: bool = False
    ) -> Administration:
        """Admit members: sign a certificate for each.

        Args:
            asked: their requests.
            days: how long the certificates are good.
            replace: whether a member that is admitted already gets the new keys of its request.

        Raises:
            FederationError: a request is of nobody who was invited, of somebody who is admitted, or with the keys of
                another member.
            SettingsError: the days are out of range, or an address is taken.
        """
        members = {member.name: member for member in self.file.members}
        for request in asked:
            invited = members.get(request.member)
            if invited is None:
                raise FederationError(
                    say(
                        "federation.not-invited",
                        "{member} is not invited to the federation {federation}.",
                        member=request.member,
                        federation=self.file.name,
                    ),
                    say("federation.invite", "Invite it first: TheMain.py federation add."),
                )
            if invited.is_admitted and not replace:
                raise FederationError(
                    say(
                        "federation.admitted",
                        "{member} is admitted already, with other keys or the same.",
                        member=request.member,
                    ),
                    say(
                        "federation.admitted-hint",
                        "If it made new keys and you asked it on another way, add --replace.",
                    ),
                )
            others = [member for member in members.values() if member.is_admitted and member is not invited]
            if any(
                member.identity == request.identity.hex() or certificates.is_key_of(request.key, member.x509)
                for member in others
            ):
                raise FederationError(
                    say(
                        "federation.keys-taken",
                        "The request of {member} has the keys of another member.",
                        member=request.member,
                    )
                )
            joined = invited.model_copy(
                update={
                    "address": request.address or invited.address,
                    "identity": request.identity.hex(),
                    "binding": request.binding,
                }
            )
            members[request.member] = joined.model_copy(update=self._certified(joined, request.key, days))
        _check_members({member.name: member.address for member in members.values()}, self.file.meeting)
        return self._signed(tuple(members.values()))

    def add(self, name: str, place: str = "") -> Administration:
        """Invite a party, and make its start-up kit.

        Args:
            name: of the party.
            place: "HOST:PORT" where it will listen; "" where it will say so when it joins.

        Raises:
            SettingsError: name or address cannot be one, or is taken.
        """
        check_party_name(name)
        addresses = {member.name: member.address for member in self.file.members}
        if name in addresses:
            raise SettingsError(
                say("federation.name-taken", "There is a member {name!r} already.", name=name),
                say(
                    "federation.name-taken-hint",
                    "Choose another name; to give it another address, renew it with --address.",
                ),
            )
        _check_members({**addresses, name: place}, self.file.meeting)
        return self._signed((*self.file.members, Member(name=name, address=place and str(address(place)))))

    def remove(self, names: Sequence[str]) -> Administration:
        """Take parties out of the federation; nobody else's keys or certificates change.

        Raises:
            FederationError: there is no such member, it is the server, or fewer than 2 parties would be left.
        """
        gone = {self.file.member(name).name for name in names}
        left = tuple(member for member in self.file.members if member.name not in gone)
        if SERVER in gone or len(left) < 3:
            raise FederationError(say("federation.keep-two", "A federation keeps its server and at least 2 parties."))
        return self._signed(left)

    def renew(self, names: Sequence[str] = (), days: int = certificates.MEMBER_DAYS, place: str = "") -> Administration:
        """Sign the federation file anew, for this version of the program, and certificates of members with it.

        Args:
            names: members who get a new certificate of the key they have.
            days: how long it is good.
            place: the new "HOST:PORT" of the one member; "" keeps it.

        Raises:
            FederationError: there is no such member, or it is not admitted yet.
            SettingsError: the days or the address are out of range.
        """
        members = {member.name: member for member in self.file.members}
        for name in names:
            member = self.file.member(name)
            if place:
                member = member.model_copy(update={"address": str(address(place))})
            if member.is_admitted:
                key = certificates.public_key(member.x509)
                member = member.model_copy(update=self._certified(member, key, days))
            elif not place:
                raise FederationError(
                    say(
                        "federation.not-admitted",
                        "{member} is not admitted yet, so it has no certificate to renew.",
                        member=name,
                    )
                )
            members[name] = member
        _check_members({member.name: member.address for member in members.values()}, self.file.meeting)
        return self._signed(tuple(members.values()))

    def _certified(self, member: Member, key: certificates.PublicKey, days: int) -> dict[str, str]:
        if not 1 <= days <= LONGEST_DAYS:
            raise SettingsError(
                say(
                    "federation.days",
                    "A certificate is good for 1 to {most} days (got {days}).",
                    most=LONGEST_DAYS,
                    days=days,
                )
            )
        certificate = certificates.issue(self.authority, self.key, member.name, member.place, key, days)
        return {
            "certificate": certificates.pem(certificate),
            "fingerprint": certificates.fingerprint(certificate),
            "expires": certificates.moment(certificate.not_valid_after_utc),
        }

    def _signed(self, members: tuple[Member, ...]) -> Administration:
        """Sign the next revision of the federation file, and write it."""
        file = self.file.model_copy(
            update={
                "members": members,
                "revision": self.file.revision + 1,
                "signed": certificates.moment(certificates.now()),
                "program": this_program(),
            }
        ).sign(self.key)
        made = Administration(self.folder, self.key, self.authority, file, self.catalogue)
        made.write()
        # Where this folder also holds a member's keys, its kit is complete again.
        for member in file.members:
            kit.take_next_keys(self.kit_of(member.name), member)
        return made
