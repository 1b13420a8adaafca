"""A party's way to the meeting at the server: HTTPS with certificates on both sides.

Apart from the listener, so that a party's program need not load what only the server needs.
"""

from __future__ import annotations

import contextlib
import http.client
import ssl
from typing import Any, Final

from pydantic import ValidationError

from data.errors import SecretRecError
from data.sentences import say
from fl.errors import FederationError, SessionError
from fl.organisations.federation_file import Member
from fl.organisations.kit import Kit
from fl.organisations.plan import Answer, Hello, HelloRequest, Refusal
from fl.organisations.tls import shown_by
from fl.program import this_program
from fl.settings.addresses import address

_MOST_BYTES: Final = 1 << 20  # of an answer
_PATIENCE: Final = 10.0  # seconds beside those that the answer may be held back


class UnreachableError(SessionError):
    """The meeting cannot be reached now; it may later."""


def client_context(kit: Kit) -> ssl.SSLContext:
    """Return TLS for whoever connects. Whose certificate it is, `reached` checks against the federation file."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False  # an address may change its name; the fingerprint is the member
    context.load_verify_locations(kit.ca_path)
    context.load_cert_chain(kit.certificate_path, kit.key_path)
    return context


class MeetingClient:
    """A party's way to the meeting."""

    def __init__(self, kit: Kit) -> None:
        self._kit, self._context = kit, client_context(kit)
        self._connection: http.client.HTTPSConnection | None = None

    def say(self, hello: Hello, wait: float) -> Answer:
        """Tell the server, and return its answer.

        Args:
            hello: what to tell.
            wait: seconds that the answer may be held back for a change.

        Raises:
            UnreachableError: nobody answers, or not in time.
            FederationError: the server refuses this member, or is not the federation's.
        """
        request = HelloRequest(hello=hello, program=this_program(), wait=wait)
        try:
            connection = self._connected(wait)
            connection.request("POST", "/hello", request.model_dump_json(), {"Content-Type": "application/json"})
            response = connection.getresponse()
            content = response.read(_MOST_BYTES)
        except (http.client.RemoteDisconnected, ssl.SSLEOFError, ConnectionResetError) as error:
            self.close()
            raise UnreachableError(
                say("meeting.closed", "The server at {place} closed the connection without a word: it is ending, or it "
                    "does not accept the certificate of {member}.", place=self._kit.file.meeting,
                    member=self._kit.member),
            ) from error  # fmt: skip
        except ssl.SSLError as error:
            self.close()
            raise _tls_fault(self._kit, error) from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise UnreachableError(
                say("meeting.unreachable", "The server cannot be reached at {place}: {reason}.",
                    place=self._kit.file.meeting, reason=getattr(error, "strerror", None) or error or "no answer"),
            ) from error  # fmt: skip
        try:
            if response.status == http.HTTPStatus.OK:
                return Answer.model_validate_json(content)
            refusal = Refusal.model_validate_json(content)
        except ValidationError as error:
            self.close()
            raise UnreachableError(
                say("meeting.strange-answer", "What answers at {place} is not the server of this federation's program.",
                    place=self._kit.file.meeting)
            ) from error  # fmt: skip
        raise FederationError(
            say("meeting.refused", "The server refuses {member}: {reason}", member=self._kit.member,
                reason=refusal.message),
            say("meeting.refused-hint", "Bring file and program up to date: TheMain.py federation check --kit {kit}.",
                kit=self._kit.folder),
        )  # fmt: skip

    def close(self) -> None:
        """Give the connection up."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.close()
            self._connection = None

    def _connected(self, wait: float) -> http.client.HTTPSConnection:
        if self._connection is None:
            place = address(self._kit.file.meeting)
            made = http.client.HTTPSConnection(place.host, place.port, timeout=wait + _PATIENCE, context=self._context)
            made.connect()
            self._connection = made
            check_reached(made.sock, self._kit.file.server)
        return self._connection


def check_reached(connection: Any, member: Member) -> None:
    """Refuse a TLS connection whose other end does not show the certificate of that member.

    Raises:
        FederationError: it does not.
    """
    shown = shown_by(connection)
    if shown != member.fingerprint:
        raise FederationError(
            say("meeting.other-member", "{member} was to be reached, but another certificate answers ({shown}).",
                member=member.name, shown=shown[:16]),
            say("meeting.other-member-hint", "Check the address of {member} in federation.toml.", member=member.name),
        )  # fmt: skip


def _tls_fault(kit: Kit, error: ssl.SSLError) -> SecretRecError:
    reason = getattr(error, "verify_message", "") or error.reason or str(error)
    return FederationError(
        say("meeting.tls", "No TLS between {member} and the server at {place}: {reason}.", member=kit.member,
            place=kit.file.meeting, reason=reason),
        say("meeting.tls-hint", "TheMain.py federation check --kit {kit} says which certificate is at fault.",
            kit=kit.folder),
    )  # fmt: skip
