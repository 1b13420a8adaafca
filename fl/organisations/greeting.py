"""Greetings between members before a session: one line each way over mutual TLS, at the port where sessions will run.

A greeting says with which file, program and clock a member is there, so that what would make a session fail is known
before it begins. No training goes this way. The asker looks at the other's certificate itself, because TLS libraries
say little more than "verify failed"; the answerer lets TLS refuse whom the federation's authority did not sign.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Final

from cryptography import x509
from pydantic import ValidationError

from data.sentences import say
from fl.errors import FederationError
from fl.organisations import certificates, tls
from fl.organisations.federation_file import Member
from fl.organisations.kit import Kit
from fl.program import Program, this_program
from fl.record import Record
from fl.settings.addresses import Address

_MOST_BYTES: Final = 16_384
_PATIENCE: Final = 5.0  # seconds for one step of a greeting; a member far away answers in less than one
_AT_ONCE: Final = 8

log = logging.getLogger(__name__)


class Greeting(Record):
    """The words of a member about itself.

    Attributes:
        member: its name.
        federation: id of the federation.
        revision: of its federation file.
        digest: of its federation file; "" for somebody whose certificate is not of a member.
        program: that it runs.
        time: by its clock, seconds since 1970, UTC.
        state: what it is doing, for people.
        knows_you: whether the asker's certificate is one of its file's members.
    """

    member: str
    federation: str
    revision: int
    digest: str
    program: Program
    time: float
    state: str
    knows_you: bool


@dataclass(frozen=True)
class Answer:
    """The outcome of greeting a member.

    Attributes:
        fault: why there is no greeting, a sentence; "" where there is one, or where a session has the port.
        certificate: that it showed.
        greeting: what it said; None where it said nothing, because a session runs there.
        skew: seconds by which its clock is ahead of ours, as far as the way there and back lets us know.
        uncertainty: by how much that may be wrong, seconds.
    """

    fault: str = ""
    certificate: x509.Certificate | None = None
    greeting: Greeting | None = None
    skew: float = 0.0
    uncertainty: float = 0.0


# --- answering --------------------------------------------------------------------------------------------------------


def listen(place: Address, whose: str) -> socket.socket:
    """Return a socket that listens at a member's own address; where that is another machine's, at all of this one's.

    Raises:
        FederationError: the host is unknown, or the port is taken.
    """
    try:
        family, _, _, _, where = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise FederationError(unknown_host(place.host, whose, error)) from error
    anywhere = ("::" if family == socket.AF_INET6 else "", place.port)
    for here in (where, anywhere):
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(here)
            made.listen(2 * _AT_ONCE)
        except OSError as error:
            made.close()
            if error.errno == errno.EADDRNOTAVAIL and here is where:
                continue  # the address by which others reach it is a router's
            raise FederationError(
                say(
                    "greeting.port-taken",
                    "Port {port} of this computer, where {member} is to listen, cannot be used: {reason}.",
                    port=place.port,
                    member=whose,
                    reason=error.strerror,
                ),
                say("greeting.port-taken-hint", "End the other program that has it, or a session that still runs."),
            ) from error
        return made
    raise AssertionError("a loop of two always ends in a return or an error")


class Greeter:
    """A listener that answers greetings at a member's own port, in threads of its own, until it is closed."""

    def __init__(self, kit: Kit, state: Callable[[], str] = lambda: "", place: Address | None = None) -> None:
        """Listen at once.

        Args:
            kit: whose member answers.
            state: says what it is doing; called in another thread.
            place: where to listen; None for the member's address.

        Raises:
            FederationError: the port is taken.
        """
        self._kit, self._state = kit, state
        self._context = tls.listening_context(kit)
        self._listener = listen(place or kit.own.place, kit.member)
        self.asked_by: set[str] = set()  # members that greeted this one
        self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="greeting")
        self._thread = threading.Thread(target=self._accept, name="greeter", daemon=True)
        self._thread.start()

    def __enter__(self) -> Greeter:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Free the port."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self._listener.close()
        self._thread.join()
        self._workers.shutdown(wait=True)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # closed
            self._workers.submit(self._answer, connection)

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(_PATIENCE)
        try:
            with connection, self._context.wrap_socket(connection, server_side=True) as secure:
                asker = self._kit.file.holder(tls.shown_by(secure))
                if asker is not None:
                    self.asked_by.add(asker.name)
                secure.sendall(self._greeting(asker).model_dump_json().encode() + b"\n")
                with contextlib.suppress(OSError):
                    secure.unwrap()
        except (OSError, ValueError) as error:
            log.info("a greeting came to nothing: %s", error)

    def _greeting(self, asker: Member | None) -> Greeting:
        file = self._kit.file
        return Greeting(
            member=self._kit.member,
            federation=file.id,
            revision=file.revision,
            digest=file.digest if asker else "",
            program=this_program(),
            time=time.time(),
            state=self._state() if asker else "",
            knows_you=asker is not None,
        )


# --- asking -----------------------------------------------------------------------------------------------------------


def greet(kit: Kit, peer: str, *, patience: float = _PATIENCE) -> Answer:
    """Greet a member.

    Args:
        kit: of the member that asks.
        peer: whom it asks.
        patience: seconds for each step.

    Raises:
        FederationError: there is no such member.
    """
    return greet_at(kit, kit.file.member(peer), kit.file.member(peer).place, patience=patience)


def greet_at(kit: Kit, peer: Member, place: Address, *, patience: float = _PATIENCE) -> Answer:
    """Greet a member at an address; arguments as in `greet`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # checked below, where the reason can be told
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(kit.certificate_path, kit.key_path)
    try:
        connection = socket.create_connection((place.host, place.port), timeout=patience)
    except socket.gaierror as error:
        return Answer(unknown_host(place.host, peer.name, error))
    except OSError as error:
        return Answer(_no_connection(peer.name, place, error))
    began = time.time()  # the other looks at its clock after this, and before `ended`
    try:
        with connection, context.wrap_socket(connection) as secure:
            shown = secure.getpeercert(binary_form=True)
            certificate = x509.load_der_x509_certificate(shown or b"")
            problem = fault_of_certificate(kit, peer, certificate)
            if problem:
                return Answer(problem, certificate)
            try:
                line = _line(secure)
            except TimeoutError:
                return Answer("", certificate)  # a session has the port: it waits for us to speak
            ended = time.time()
    except (OSError, ValueError) as error:
        return Answer(_no_tls(peer.name, place, error))
    try:
        greeting = Greeting.model_validate_json(line)
    except ValidationError:
        return Answer("", certificate)
    half = (ended - began) / 2
    return Answer("", certificate, greeting, greeting.time - (began + ended) / 2, half)


def _line(secure: ssl.SSLSocket) -> bytes:
    content = b""
    while not content.endswith(b"\n") and len(content) <= _MOST_BYTES:
        part = secure.recv(4096)
        if not part:
            break
        content += part
    return content


# --- why not ----------------------------------------------------------------------------------------------------------


def unknown_host(host: str, whose: str, error: OSError) -> str:
    """Return that the name of a host has no address."""
    return say(
        "greeting.unknown-host",
        "The address of {member} cannot be found: no computer is known as {host} ({reason}). Check the name, and this "
        "computer's name service.",
        member=whose,
        host=host,
        reason=error.strerror or error,
    )


def _no_connection(peer: str, place: Address, error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return say(
            "greeting.refused",
            "Nobody listens at {place}: {member} has not started yet, or listens at another port.",
            place=place,
            member=peer,
        )
    if isinstance(error, TimeoutError):
        return say(
            "greeting.silent",
            "Nothing answers at {place}: the computer of {member} is off, or a firewall drops what comes to port "
            "{port}.",
            place=place,
            member=peer,
            port=place.port,
        )
    return say(
        "greeting.unreachable",
        "{member} cannot be reached at {place}: {reason}.",
        member=peer,
        place=place,
        reason=error.strerror or error,
    )


_REFUSALS: Final = {
    "CERTIFICATE_EXPIRED": say("greeting.alert-expired", "it finds our certificate expired; compare the clocks"),
    "UNKNOWN_CA": say("greeting.alert-unknown", "it does not know the authority of our certificate"),
    "CERTIFICATE_REQUIRED": say("greeting.alert-required", "it got no certificate of ours"),
}


def _no_tls(peer: str, place: Address, error: Exception) -> str:
    word = str(getattr(error, "reason", "") or "")  # OpenSSL's name of what went wrong
    if "ALERT" in word:
        known = next((said for name, said in _REFUSALS.items() if name in word), word.replace("_", " ").lower())
        return say("greeting.refuses-us", "{member} refuses our certificate: {reason}.", member=peer, reason=known)
    if isinstance(error, TimeoutError) or word in (
        "WRONG_VERSION_NUMBER",
        "HTTP_REQUEST",
        "UNEXPECTED_EOF_WHILE_READING",
        "UNKNOWN_PROTOCOL",
        "RECORD_LAYER_FAILURE",
    ):
        return say(
            "greeting.no-tls",
            "What listens at {place} does not speak TLS: it is another program than the one of {member}.",
            place=place,
            member=peer,
        )
    return say(
        "greeting.broken-off",
        "The connection to {member} at {place} broke off: {reason}.",
        member=peer,
        place=place,
        reason=word or getattr(error, "strerror", None) or error,
    )


def fault_of_certificate(kit: Kit, peer: Member, certificate: x509.Certificate) -> str:
    """Return why a certificate that somebody showed at a member's address is not that member's, "" if it is.

    Args:
        kit: of the member that looks.
        peer: whose certificate was expected.
        certificate: that was shown.
    """
    name = certificates.common_name(certificate)
    if not certificates.issued_by(certificate, kit.authority):
        return say(
            "greeting.other-authority",
            "The certificate shown at the address of {member} is of another authority than this federation's (made out "
            "to {name!r}).",
            member=peer.name,
            name=name[:60],
        )
    if name != peer.name:
        return say(
            "greeting.other-member",
            "At the address of {member} answers {name}: two kits, or two addresses, were mixed up.",
            member=peer.name,
            name=name[:60],
        )
    problem = certificates.fault_of_dates(peer.name, certificate, certificates.now())
    if problem:
        return problem
    if certificates.fingerprint(certificate) != peer.fingerprint:
        return say(
            "greeting.other-certificate",
            "{member} shows another certificate ({shown}) than the one in federation.toml here ({wanted}): one of the "
            "two has an old federation.toml.",
            member=peer.name,
            shown=certificates.fingerprint(certificate)[:16],
            wanted=peer.fingerprint[:16],
        )
    return ""
