"""The meeting over HTTPS, the server's side (aiohttp): certificates on both sides.

POST /hello with a `Hello` answers with an `Answer`, at once or after `wait` seconds without a change. Only TLS 1.3 with
a certificate of the federation is let in, and only a certificate that stands in the federation file is heard.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from aiohttp import web
from pydantic import ValidationError

from data.sentences import say
from fl.errors import SessionError
from fl.organisations.audit_log import AuditLog
from fl.organisations.federation_file import Member
from fl.organisations.kit import Kit
from fl.organisations.meeting import Meeting
from fl.organisations.plan import HelloRequest, Refusal
from fl.organisations.tls import listening_context, shown_by
from fl.program import differences, this_program
from fl.settings.addresses import address

log = logging.getLogger(__name__)

MOST_BYTES: Final = 256 << 10  # of a hello
_LONGEST_WAIT: Final = 5.0  # seconds that an answer may be held back
_HANDSHAKE_SECONDS: Final = 10.0
_IDLE_SECONDS: Final = 30.0
_CLOSING_SECONDS: Final = 0.5  # for answers under way


def server_context(kit: Kit, audit: AuditLog) -> ssl.SSLContext:
    """Return TLS for the meeting: whom it does not let in stands in the audit log."""
    context = listening_context(kit)

    class LoggedHandshake(ssl.SSLObject):
        def do_handshake(self) -> None:
            try:
                super().do_handshake()
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                raise
            except ssl.SSLError as error:
                audit.refused("a connection", say("meeting.no-tls", "no TLS of this federation: {reason}",
                                                  reason=error.reason or error))  # fmt: skip
                raise

    context.sslobject_class = LoggedHandshake
    return context


class MeetingPlace:
    """The listener at the server, on a thread of its own."""

    def __init__(self, kit: Kit, meeting: Meeting, audit: AuditLog) -> None:
        self._kit, self._meeting, self._audit = kit, meeting, audit
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(len(kit.file.admitted) + 4))
        self._runner: web.AppRunner | None = None
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="meeting", daemon=True)

    def open(self, listen: str = "") -> None:
        """Listen.

        Args:
            listen: "HOST:PORT"; where members meet by the federation file, if empty.

        Raises:
            SessionError: the port is taken, or the address is not this computer's.
        """
        self._thread.start()
        place = address(listen or self._kit.file.meeting)
        try:
            asyncio.run_coroutine_threadsafe(self._listen(place.host, place.port), self._loop).result()
        except OSError as error:
            raise SessionError(
                say("meeting.cannot-listen", "Members cannot meet at {place}: {reason}.", place=place,
                    reason=error.strerror or error),
                say("meeting.cannot-listen-hint", "End what has the port, or name another place."),
            ) from error  # fmt: skip

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._loop.call_soon_threadsafe(self._server.close)
        if self._runner is not None:
            asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(_HANDSHAKE_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _listen(self, host: str, port: int) -> None:
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_post("/hello", self._hello)
        self._runner = web.AppRunner(
            app, access_log=None, keepalive_timeout=_IDLE_SECONDS, shutdown_timeout=_CLOSING_SECONDS
        )
        await self._runner.setup()
        assert self._runner.server is not None  # noqa: S101  # for mypy
        self._server = await self._loop.create_server(
            self._runner.server,
            host,
            port,
            ssl=server_context(self._kit, self._audit),
            ssl_handshake_timeout=_HANDSHAKE_SECONDS,
            reuse_address=True,
        )

    async def _hello(self, request: web.Request) -> web.Response:
        member = self._who(request)
        if (request.content_length or 0) > MOST_BYTES:
            return self._refuse(member.name, 413, say("meeting.too-long", "A hello of {length:,} bytes is too long.",
                                                      length=request.content_length))  # fmt: skip
        try:
            body = HelloRequest.model_validate_json(await asyncio.wait_for(request.read(), _HANDSHAKE_SECONDS))
        except (ValidationError, asyncio.TimeoutError):
            return self._refuse(member.name, 400, say("meeting.no-hello", "This is no hello of a member."))
        problem = self._problem_of(member.name, body)
        if problem:
            return self._refuse(member.name, 409, problem)
        await asyncio.to_thread(self._meeting.hear, member.name, body.hello)
        wait = max(0.0, min(body.wait, _LONGEST_WAIT))
        answer = await asyncio.to_thread(self._meeting.answer, member.name, wait)
        return web.Response(text=answer.model_dump_json(), content_type="application/json")

    def _who(self, request: web.Request) -> Member:
        """Return the member whose certificate the connection has."""
        tls = request.transport.get_extra_info("ssl_object") if request.transport is not None else None
        shown = shown_by(tls) if tls is not None else ""
        member = self._kit.file.holder(shown)
        if member is None:
            why = say("meeting.unknown-certificate", "The certificate {shown} is not in the federation file.",
                      shown=shown[:16])  # fmt: skip
            self._audit.refused(str(request.remote), why)
            raise web.HTTPForbidden(text=Refusal(message=why).model_dump_json(), content_type="application/json")
        return member

    def _problem_of(self, name: str, body: HelloRequest) -> str:
        """Return why a member cannot take part with what it has, or ""."""
        if body.hello.digest != self._kit.file.digest:
            return say(
                "meeting.other-file",
                "{member} has another federation file than the server (revision {revision}): members, catalogue or "
                "settings differ.",
                member=name,
                revision=self._kit.file.revision,
            )
        return next(iter(differences(this_program(), body.program, name)), "")

    def _refuse(self, sender: str, status: int, why: str) -> web.Response:
        self._audit.refused(sender, why)
        return web.Response(status=status, text=Refusal(message=why).model_dump_json(), content_type="application/json")
