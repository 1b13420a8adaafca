"""The limits of what a client may send: how large, how slowly, and with which token."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol  # httptools would lose a body with "Upgrade: h2c"

from data.sentences import Said, say

MOST_BODY_BYTES: Final = 64 * 1024
MOST_HEAD_BYTES: Final = 16 * 1024
OPEN_PATHS: Final = ("/health", "/docs", "/openapi.json", "/static-offline-docs")  # they tell nothing of anybody

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Refuse = Callable[[int, Said, dict[str, str]], Any]


class Gate:
    """Turns away, before anything of a request is read, what the service does not take.

    The whole body is received here, within its limits of size and time, so that what stands behind never waits.
    """

    def __init__(
        self,
        app: Application,
        refuse: Refuse,
        answered: Callable[[str, int, float], None],
        token: bytes,
        seconds: float,
    ) -> None:
        """Guard an application.

        Args:
            app: the ASGI application.
            refuse: makes the answer of (status, sentence, headers).
            answered: is told (what was asked, status, seconds) of every request.
            token: that requests must bear; empty for none.
            seconds: within which a body must have come.
        """
        self._inside, self._refuse, self._answered, self._token, self._seconds = app, refuse, answered, token, seconds

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        started = time.perf_counter()

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = scope.get("route")  # of a question that there is
                what = "other" if route is None or message["status"] == 405 else f"{scope['method']} {route.path}"
                self._answered(what, message["status"], time.perf_counter() - started)
            await send(message)

        await self._take(scope, receive, counted)

    async def _take(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        refused = self._token_fault(scope["path"], headers.get(b"authorization", b""))
        if refused is None and _has_body(headers):
            try:
                receive = _once(await asyncio.wait_for(_whole(receive, headers), self._seconds), receive)
            except _TooLargeError:
                refused = self._refuse(
                    413, say("serve.too-large", "The body is larger than {most} bytes.", most=MOST_BODY_BYTES), {}
                )
            except asyncio.TimeoutError:
                refused = self._refuse(
                    408, say("serve.too-slow", "The body did not come within {seconds} s.", seconds=self._seconds), {}
                )
        if refused is not None:
            refused.headers["connection"] = "close"  # what else it sends is not read
            await refused(scope, receive, send)
        else:
            await self._inside(scope, receive, send)

    def _token_fault(self, path: str, given: bytes) -> Any:
        if not self._token or any(path == one or path.startswith(one + "/") for one in OPEN_PATHS):
            return None
        kind, _, token = given.partition(b" ")
        if kind.lower() == b"bearer" and hmac.compare_digest(token.strip(), self._token):
            return None
        sentence = say("serve.token", "This needs the header 'Authorization: Bearer TOKEN' with the service's token.")
        return self._refuse(401, sentence, {"www-authenticate": "Bearer"})


class _TooLargeError(Exception):
    """A body is larger than the service takes."""


def _has_body(headers: dict[bytes, bytes]) -> bool:
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"


async def _whole(receive: Receive, headers: dict[bytes, bytes]) -> bytes:
    length = headers.get(b"content-length", b"")
    if length.isdigit() and (len(length) > 18 or int(length) > MOST_BODY_BYTES):
        raise _TooLargeError
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MOST_BODY_BYTES:
            raise _TooLargeError
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


def _once(body: bytes, then: Receive) -> Receive:
    """Return what a body that is here already is received by, and all that comes behind it."""
    sent = False

    async def ready() -> Message:
        nonlocal sent
        if sent:
            return await then()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return ready


class PatientProtocol(H11Protocol):
    """uvicorn's protocol with an end to patience: a connection on which no whole head comes in time is closed.

    uvicorn itself waits for ever for the rest of a head, and so a few hundred idle clients could keep all others out.
    """

    seconds = 10.0
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_asked():
            self._stop_waiting()
        elif self._waiting is None:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_asked(self) -> bool:
        """Return whether a request is under way."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self._waiting = self.loop.call_later(self.seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if not self._is_asked():
            self.transport.close()
