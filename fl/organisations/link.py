"""The link between members: SecretFlow's brpc link, with TLS that is really on, and every message signed and checked.

SecretFlow gives its link certificates, but does not switch TLS on, and unpickles whatever comes. A certificate also
shows only that its holder belongs to the federation, not which member it is. So each message carries a signature by the
member's identity, the one that stands in the federation file and that the masking protocol uses as well: it is bound to
the federation file, the session, the number of the value, who sends it and who is meant. What is not signed so, is too
long, or names anything but the classes of the protocol is refused (`fl.organisations.wire`), and the session ends.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import socket
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, TimeoutError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import SecretRecError
from data.sentences import say
from fl.aggregation.masking.keys import Identity, is_signed, pack
from fl.errors import BrokenSessionError, FederationError, SessionError, of_party
from fl.organisations.audit_log import AuditLog, protection_of
from fl.organisations.greeting import listen
from fl.organisations.kit import Kit
from fl.organisations.plan import Session
from fl.organisations.wire import SIGNATURE_BYTES, Failure, RefusedBytesError, decode, encode
from fl.settings.addresses import Address, address

log = logging.getLogger(__name__)

# How often a member tries to connect while others start, milliseconds.
_RETRY_MS = 100
_LIBSPU = "spu.libspu"
_MOST_BESIDE_TABLES = 32 << 20  # keys, shares, figures of an evaluation


@dataclass(frozen=True)
class LinkTerms:
    """The terms on which a member talks to the others in one session.

    Attributes:
        member: whose link it is.
        addresses: "HOST:PORT" of every member of the session by name, in an order that is the same for all; this
            member's own is where it listens.
        keys: Ed25519 public key of each, 32 bytes.
        session: names the session in one federation, so that nothing of another one counts.
        files: paths of the authority's certificate, this member's certificate and its key, PEM; None for no TLS.
        connect_seconds: how long members may take to connect.
        receive_seconds: how long one may say nothing while another waits for it.
        most_bytes: of a message.
    """

    member: str
    addresses: Mapping[str, str]
    keys: Mapping[str, bytes]
    session: bytes
    files: tuple[Path, Path, Path] | None
    connect_seconds: float
    receive_seconds: float
    most_bytes: int


def terms_of(kit: Kit, session: Session, listen: str = "") -> LinkTerms:
    """Return what the member needs to talk to the others of a session.

    Args:
        kit: of the member.
        session: that was called for.
        listen: "HOST:PORT" where this member listens, if it is not where the others reach it.
    """
    file = kit.file
    members = [file.server, *(file.member(name) for name in session.parties)]
    addresses = {member.name: member.address for member in members}
    rules, values = file.rules, kit.catalogue.n_items * int(file.settings["dim"])
    return LinkTerms(
        member=kit.member,
        addresses={**addresses, kit.member: listen or addresses[kit.member]},
        keys={member.name: bytes.fromhex(member.identity) for member in members},
        session=pack(file.digest, session.key, session.number, *session.parties),
        files=(kit.ca_path, kit.certificate_path, kit.key_path),
        connect_seconds=rules.connect_timeout,
        receive_seconds=rules.receive_timeout,
        # The largest message shows the sum and every party's upload of it, with 8 bytes a value.
        most_bytes=_MOST_BESIDE_TABLES + 8 * values * (len(session.parties) + 1),
    )


class Connecting:
    """A link that is being made in the background, while SecretFlow is imported.

    A refused connection costs 3 seconds: so often brpc looks whether a peer is there that refused. One that is taken
    and then broken off is tried again at once. So a member's port should be held, by a socket that listens and answers
    nothing, until brpc listens there itself.
    """

    def __init__(self, terms: LinkTerms, held_port: int = -1) -> None:
        """Begin.

        Args:
            terms: of the link.
            held_port: file descriptor of a socket that listens where this member listens; -1 for none.
        """
        self.terms, self._held_port = terms, held_port
        self._libspu = _libspu_link()
        self._made: Future[Any] = Future()
        threading.Thread(target=self._make, name="link", daemon=True).start()

    def result(self) -> Any:
        """Return the link (spu.libspu.link.Context).

        Raises:
            SessionError: the port is taken, or not everybody connected in time.
        """
        try:
            # libspu itself waits for a member that was refused as long as for any message.
            return self._made.result(self.terms.connect_seconds)
        except TimeoutError as error:
            raise _not_connected(self.terms, "no answer") from error
        except RuntimeError as error:  # how libspu tells of anything
            raise _not_connected(self.terms, str(error)) from error

    def _make(self) -> None:
        try:
            self._connect(self.terms)
        except BaseException as error:
            self._made.set_exception(error)
            if not isinstance(error, RuntimeError | SessionError):
                raise

    def _connect(self, terms: LinkTerms) -> None:
        description = self._libspu.Desc()
        for name, place in terms.addresses.items():
            description.add_party(name, place if name != terms.member else _own_place(terms, self._held_port))
        if terms.files is not None:
            authority, certificate, key = map(str, terms.files)
            description.enable_ssl = True
            for side in (description.server_ssl_opts, description.client_ssl_opts):
                side.cert.certificate_path = certificate
                side.cert.private_key_path = key
                side.verify.ca_file_path = authority
                side.verify.verify_depth = 1
        description.connect_retry_interval_ms = _RETRY_MS
        description.connect_retry_times = max(1, round(terms.connect_seconds * 1000 / _RETRY_MS))
        description.recv_timeout_ms = round(terms.receive_seconds * 1000)
        description.http_timeout_ms = round(terms.receive_seconds * 1000)
        self._made.set_result(self._libspu.create_brpc(description, list(terms.addresses).index(terms.member)))


class SignedLink:
    """The link of a session as SecretFlow uses it (`SenderReceiverProxy`): values by number, to and from members.

    Attributes:
        sent_bytes, received_bytes: of all messages so far.
    """

    def __init__(self, connecting: Connecting, identity: Identity, audit: AuditLog) -> None:
        self._connecting, self._terms, self._identity, self._audit = connecting, connecting.terms, identity, audit
        self._ranks = {name: rank for rank, name in enumerate(self._terms.addresses)}
        self._link: Any = None
        self._arrived: dict[tuple[str, int], Any] = {}
        self.sent_bytes = self.received_bytes = 0

    @property
    def addresses(self) -> Mapping[str, str]:
        """The addresses of all members of the session, by name."""
        return self._terms.addresses

    def concurrent(self) -> bool:
        """Return whether several threads may use it at once."""
        return False

    def start(self) -> None:
        """Wait until everybody is connected."""
        self._link = self._connecting.result()

    def send(self, dest_party: str, data: Any, seq_id: int) -> bool:
        """Send a value; a failure travels as a sentence."""
        value = _told(data, self._terms.member)
        parts = encode(seq_id, value)
        signature = self._identity.sign(self._body(self._terms.member, dest_party, parts))
        message = b"".join([signature, *parts])
        self._link.send_async(self._ranks[dest_party], message)
        self.sent_bytes += len(message)
        self._audit.sent(dest_party, len(message), *protection_of(value, self._terms.member))
        return True

    def recv(self, src_party: str, seq_id: int) -> Any:
        """Return the value of that number, once it is there.

        Raises:
            RefusedBytesError: what came is no message of that member in this session.
            RuntimeError: nothing came in time.
        """
        while (src_party, seq_id) not in self._arrived:
            number, value = self._next(src_party)
            self._arrived[src_party, number] = value
        value = self._arrived.pop((src_party, seq_id))
        return _raised(value, src_party) if isinstance(value, Failure) else value

    def stop(self) -> None:
        """End the link once all that was sent has arrived."""
        if self._link is not None:
            self._link.stop_link()
            self._link = None

    def _next(self, sender: str) -> tuple[int, Any]:
        try:
            message = memoryview(self._link.recv(self._ranks[sender]))
        except RuntimeError as error:  # how libspu tells of anything
            log.warning("nothing from %s: %s", sender, error)
            raise BrokenSessionError(
                sender,
                say(
                    "link.silent",
                    "Nothing came from {sender} for {seconds:g} seconds, or the connection broke.",
                    sender=sender,
                    seconds=self._terms.receive_seconds,
                ),
            ) from error
        self.received_bytes += len(message)
        signature, body = bytes(message[:SIGNATURE_BYTES]), message[SIGNATURE_BYTES:]
        try:
            if not is_signed(self._terms.keys[sender], self._body(sender, self._terms.member, [body]), signature):
                raise RefusedBytesError(
                    sender,
                    say("link.not-signed", "A message that came as {sender}'s is not signed by it in this session.",
                        sender=sender)
                )  # fmt: skip
            return decode(body, sender, self._terms.most_bytes)
        except RefusedBytesError as error:
            self._audit.refused(sender, error.sentence)
            raise

    def _body(self, sender: str, recipient: str, parts: list[Any]) -> bytes:
        """Return what is signed of a message."""
        digest = hashlib.sha256()
        for part in parts:
            digest.update(part)
        return pack("secretrec link", self._terms.session, sender, recipient, digest.digest())


def use(connecting: Connecting, identity: Identity, audit: AuditLog) -> SignedLink:
    """Make the link of SecretFlow's next production session the one that is connecting. Return it."""
    from secretflow.distributed.fed import api

    link = SignedLink(connecting, identity, audit)
    # SecretFlow makes its link by this name, and offers no other way to give it one.
    api.BrpcLinkProxy = lambda *_, **__: link
    return link


def _told(value: Any, member: str) -> Any:
    """Return what is sent in the place of a value: a failure as a sentence, not as an exception with all it holds."""
    from secretflow.distributed.fed.exception import FedLocalError, FedRemoteError

    if not isinstance(value, FedRemoteError):
        return value
    cause: Any = value
    while isinstance(cause, FedRemoteError | FedLocalError) and cause.cause() is not None:
        cause = cause.cause()
    if isinstance(cause, SecretRecError):
        return Failure(member, cause.message, cause.hint, type(cause).__name__)
    # What nobody foresaw may quote data: the others learn its kind, and the member's own log has the rest.
    log.error("unforeseen failure, told to the others by its kind only", exc_info=cause)
    reason = say("link.unforeseen", "it failed ({kind}); its log says why.", kind=type(cause).__name__)
    return Failure(member, reason, "", type(cause).__name__)


def _raised(failure: Failure, sender: str) -> Any:
    """Return what SecretFlow takes for the failure of another member, and we for the end of the session."""
    from secretflow.distributed.fed.exception import FedRemoteError

    class MemberFailedError(FedRemoteError, BrokenSessionError):
        def __init__(self) -> None:
            cause = SecretRecError(failure.reason, failure.hint)
            BrokenSessionError.__init__(self, sender, of_party(sender, failure.reason), failure.hint, cause)
            FedRemoteError.__init__(self, sender, cause)

        __str__ = BrokenSessionError.__str__

    return MemberFailedError()


def _libspu_link() -> Any:
    """Return the module `spu.libspu.link`, without the rest of `spu`, which imports JAX first: seconds."""
    if _LIBSPU not in sys.modules:
        package = importlib.util.find_spec("spu")
        folder = Path(next(iter(package.submodule_search_locations or []), "") if package is not None else "")
        spec = importlib.util.spec_from_file_location(_LIBSPU, folder / "libspu.so")
        if spec is None or spec.loader is None:
            raise RuntimeError("libspu is not installed")
        sys.modules[_LIBSPU] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[_LIBSPU].link


def _own_place(terms: LinkTerms, held_port: int) -> str:
    """Return where this member listens: at its address, or everywhere where that is a router's. Its port is free then.

    Raises:
        SessionError: the port is taken.
    """
    try:
        own = address(terms.addresses[terms.member])
        with socket.socket(fileno=held_port) if held_port >= 0 else listen(own, terms.member) as held:
            host, port = held.getsockname()[:2]
    except FederationError as error:
        raise SessionError(error.message, error.hint) from error
    return str(Address(host, port))


def _not_connected(terms: LinkTerms, reason: str) -> SessionError:
    last = next((line.strip() for line in reason.splitlines() if line.strip()), "unknown")  # a stack follows
    return SessionError(
        say(
            "link.not-connected",
            "The members did not all connect within {seconds:g} seconds: {reason}",
            seconds=terms.connect_seconds,
            reason=last,
        ),
        say("link.not-connected-hint", "TheMain.py federation check says who cannot reach whom."),
    )
