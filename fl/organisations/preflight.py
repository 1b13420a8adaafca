"""The checks before a session: what would make it fail, each said in a sentence, of this computer and of every peer."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

import psutil

from data import paths
from data.catalogue import map_to_catalogue
from data.errors import SecretRecError
from data.loading import interactions_of
from data.sentences import Text, say
from fl import program
from fl.errors import FederationError
from fl.federation.session import SERVER
from fl.organisations import certificates, kit
from fl.organisations.federation_file import Member
from fl.organisations.greeting import Answer, Greeter, greet, greet_at
from fl.organisations.kit import Kit
from fl.record import Record
from fl.settings.addresses import address

Level = Literal["good", "doubt", "fault"]

_SOON: Final = timedelta(days=30)  # a certificate that expires within this should be renewed
# Resident memory with FCF (docs/federation.md, "Sizing"): without items, with the lists that are
# ranked at a time, and in item tables of 4 bytes a value. The server has all uploads and its own history of sums.
_MEMORY: Final = 0.7 * 2**30
_TABLES_OF_A_PARTY: Final = 18
_TABLES_OF_THE_SERVER: Final = 50
_TABLES_OF_AN_UPLOAD: Final = 2
_DISK: Final = 0.2 * 2**30
_DISK_TABLES: Final = 4  # the last two rounds and the best one are kept, and one is being written
_SKEW_NOTED: Final = 5.0
_SKEW_MOST: Final = 60.0
_AT_ONCE: Final = 16
_PAUSE: Final = 1.0  # seconds between two greetings of a peer that is not there yet


class Check(Record):
    """One finding.

    Attributes:
        subject: "this computer", or the name of a peer.
        what: a word for what was looked at: "kit", "port", "clock", ...
        level: whether it is well; a doubt does not stop a session.
        sentence: what was found, and what to do where it is not well.
    """

    subject: str
    what: str
    level: Level
    sentence: Text


def check(
    folder: Path, dataset: str = "", wait: float = 0.0, tick: Callable[[], None] = lambda: None
) -> Iterator[Check]:
    """Check a kit, this computer and every peer. Peers that check at the same time find this one there.

    Args:
        folder: of the kit.
        dataset: the member's own data set, to try against the catalogue; "" leaves it out.
        wait: seconds to wait for peers that are not there yet, and for peers to ask this one.
        tick: called between two tries.

    Yields:
        findings as they come; where the kit cannot be used, only that.
    """
    try:
        found = kit.read(folder)
    except SecretRecError as error:
        yield _here("kit", "fault", error.sentence)
        return
    yield from _of_kit(found)
    yield from _of_program(found)
    yield from _of_machine(found)
    if dataset:
        yield _of_data(found, dataset)
    try:
        greeter = Greeter(found, lambda: "checking")
    except FederationError as error:
        yield _here("port", "fault", error.sentence)
        for peer, answer in _greeted(found, _peers(found)):
            yield from _of_peer(found, peer, answer)
        return
    with greeter:
        yield _here("port", "good", say("preflight.port", "Port {port} is free.", port=found.own.place.port))
        yield from _of_peers(found, greeter, wait, tick)


def _here(what: str, level: Level, sentence: str) -> Check:
    return Check(subject="this computer", what=what, level=level, sentence=sentence)


# --- this computer ----------------------------------------------------------------------------------------------------


def _of_kit(found: Kit) -> Iterator[Check]:
    file, own = found.file, found.own
    yield _here(
        "kit",
        "good",
        say(
            "preflight.kit",
            "The kit of {member} in the federation {federation} is whole: revision {revision} is signed, the keys fit, "
            "the catalogue of {items:,} items is the federation's.",
            member=found.member,
            federation=file.name,
            revision=file.revision,
            items=file.catalogue.items,
        ),
    )
    ends = own.x509.not_valid_after_utc
    if ends - certificates.now() < _SOON:
        said = say(
            "preflight.expires-soon",
            "The certificate expires soon, at {when}: ask the administrator to renew it.",
            when=certificates.moment(ends),
        )
        yield _here("certificate", "doubt", said)
    else:
        said = say("preflight.expires", "The certificate is good until {when}.", when=certificates.moment(ends))
        yield _here("certificate", "good", said)
    if own.place.host not in certificates.hosts(own.x509):
        yield _here(
            "certificate",
            "fault",
            say(
                "preflight.other-host",
                "The certificate is for {hosts}, and the address is {address}: the administrator renews it.",
                hosts=", ".join(certificates.hosts(own.x509)),
                address=own.address,
            ),
        )
    if file.invited:
        yield _here(
            "members",
            "doubt",
            say("preflight.invited", "Not admitted yet: {names}.", names=", ".join(file.invited)),
        )


def _of_program(found: Kit) -> Iterator[Check]:
    ours = program.this_program()
    different = program.differences(ours, found.file.program, say("preflight.the-file", "The federation file"))
    for sentence in different:
        yield _here("program", "fault", sentence)
    if not different:
        said = say(
            "preflight.program", "The program is version {version}, as the federation wants it.", version=ours.version
        )
        yield _here("program", "good", said)
    try:
        settings = found.file.train_settings("demo")
    except FederationError as error:
        yield _here("settings", "fault", error.sentence)
        return
    said = say(
        "preflight.settings",
        "The settings can be used: {model}, {epochs} rounds, {aggregator} aggregation, {parties} parties (digest "
        "{digest}).",
        model=settings.model,
        epochs=settings.epochs,
        aggregator=settings.aggregator,
        parties=settings.parties,
        digest=found.file.settings_digest[:12],
    )
    yield _here("settings", "good", said)


def _of_machine(found: Kit) -> Iterator[Check]:
    table = 4.0 * found.file.catalogue.items * float(found.file.settings.get("dim", 1))
    uploads = _TABLES_OF_AN_UPLOAD * len(found.file.parties)
    tables = _TABLES_OF_THE_SERVER + uploads if found.member == SERVER else _TABLES_OF_A_PARTY
    memory, disk = say("preflight.memory", "memory"), say("preflight.disk", "disk space")
    for what, words, free, needed in (
        ("memory", memory, float(psutil.virtual_memory().available), _MEMORY + tables * table),
        ("disk", disk, float(shutil.disk_usage(_existing(paths.home())).free), _DISK + _DISK_TABLES * table),
    ):
        free, needed = free / 2**30, needed / 2**30
        if free < needed:
            said = say(
                "preflight.too-little",
                "There are {free:.1f} GiB of free {what}, and a member needs about {needed:.1f} GiB beside its own "
                "data.",
                free=free,
                what=words,
                needed=needed,
            )
            yield _here(what, "fault", said)
        else:
            said = say(
                "preflight.enough",
                "There are {free:.1f} GiB of free {what}; a member needs about {needed:.1f} GiB beside its own data.",
                free=free,
                what=words,
                needed=needed,
            )
            yield _here(what, "good", said)


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())


def _of_data(found: Kit, dataset: str) -> Check:
    try:
        report = map_to_catalogue(interactions_of(dataset, "leak-free"), found.catalogue).report
    except SecretRecError as error:
        return _here("data", "fault", error.sentence)
    level: Level = "doubt" if report.unknown or report.renamed else "good"
    return _here("data", level, report.sentence)


# --- peers ------------------------------------------------------------------------------------------------------------


def _peers(found: Kit) -> list[Member]:
    return [member for member in found.file.members if member.is_admitted and member.name != found.member]


def _greeted(found: Kit, peers: Sequence[Member]) -> Iterator[tuple[Member, Answer]]:
    """Greet members, many at a time: one that does not answer takes seconds."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from zip(peers, pool.map(lambda peer: greet(found, peer.name), peers), strict=True)


def _of_peers(found: Kit, greeter: Greeter, wait: float, tick: Callable[[], None]) -> Iterator[Check]:
    """Greet all peers until each has answered and has asked, or the time is up."""
    ends = time.monotonic() + wait
    open_, faults = {peer.name: peer for peer in _peers(found)}, {}
    unheard = set(open_)
    while True:
        for peer, answer in _greeted(found, list(open_.values())):
            if answer.fault:
                faults[peer.name] = answer
            else:
                del open_[peer.name]
                yield from _of_peer(found, peer, answer)
                if answer.greeting is None:
                    unheard.discard(peer.name)  # who trains does not check
        unheard -= greeter.asked_by
        if time.monotonic() >= ends or (not open_ and not unheard):
            break
        tick()
        time.sleep(min(_PAUSE, max(0.0, ends - time.monotonic())))
    for name, peer in open_.items():
        yield from _of_peer(found, peer, faults[name])
    if found.member != SERVER:
        yield _of_meeting(found)


def _of_peer(found: Kit, peer: Member, answer: Answer) -> Iterator[Check]:
    if answer.fault:
        yield Check(subject=peer.name, what="connection", level="fault", sentence=answer.fault)
        return
    greeting = answer.greeting
    if greeting is None:
        said = say(
            "preflight.in-session",
            "{member} is at {address} with the right certificate, and does not greet: a session has the port.",
            member=peer.name,
            address=peer.address,
        )
        yield Check(subject=peer.name, what="connection", level="good", sentence=said)
        return
    if not greeting.knows_you:
        said = say(
            "preflight.not-known",
            "{member} does not know our certificate: it has revision {theirs} of federation.toml, here is revision "
            "{ours}. Take the newest on both sides: TheMain.py federation update.",
            member=peer.name,
            theirs=greeting.revision,
            ours=found.file.revision,
        )
        yield Check(subject=peer.name, what="federation file", level="fault", sentence=said)
        return
    said = say(
        "preflight.connected",
        "{member} answers at {address}, and its certificate is the one in federation.toml.",
        member=peer.name,
        address=peer.address,
    )
    yield Check(subject=peer.name, what="connection", level="good", sentence=said)
    if greeting.digest != found.file.digest:
        said = say(
            "preflight.other-file",
            "{member} has revision {theirs} of federation.toml, here is revision {ours}: take the newest on both "
            "sides.",
            member=peer.name,
            theirs=greeting.revision,
            ours=found.file.revision,
        )
        yield Check(subject=peer.name, what="federation file", level="fault", sentence=said)
    for sentence in program.differences(program.this_program(), greeting.program, peer.name):
        yield Check(subject=peer.name, what="program", level="fault", sentence=sentence)
    yield _of_clock(peer, answer)


def _of_clock(peer: Member, answer: Answer) -> Check:
    """Return how far a peer's clock is from ours; what the way there and back leaves open is not held against it."""
    apart = max(0.0, abs(answer.skew) - answer.uncertainty)
    if apart < _SKEW_NOTED:
        said = say("preflight.clock", "The clock of {member} agrees with ours.", member=peer.name)
        return Check(subject=peer.name, what="clock", level="good", sentence=said)
    ahead = answer.skew > 0
    said = (
        say(
            "preflight.clock-ahead",
            "The clock of {member} is {seconds:.0f} seconds ahead of ours: set both by the network (NTP).",
            member=peer.name,
            seconds=apart,
        )
        if ahead
        else say(
            "preflight.clock-behind",
            "The clock of {member} is {seconds:.0f} seconds behind ours: set both by the network (NTP).",
            member=peer.name,
            seconds=apart,
        )
    )
    return Check(subject=peer.name, what="clock", level="fault" if apart > _SKEW_MOST else "doubt", sentence=said)


def _of_meeting(found: Kit) -> Check:
    """Return whether the server's meeting place can be reached."""
    server = found.file.server
    answer = greet_at(found, server, address(found.file.meeting))
    if answer.fault:
        return Check(subject=SERVER, what="meeting place", level="doubt", sentence=answer.fault)
    said = say("preflight.meeting", "The meeting place {address} can be reached.", address=found.file.meeting)
    return Check(subject=SERVER, what="meeting place", level="good", sentence=said)
