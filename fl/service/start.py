"""The start of the service: the checks before it listens, the port, TLS, and the server's loop."""

from __future__ import annotations

import gc
import secrets
import socket
import ssl
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import uvicorn

from data.errors import SettingsError, cannot_read, fault_in
from data.sentences import say
from fl.service.app import make_app
from fl.service.limits import MOST_HEAD_BYTES, PatientProtocol
from fl.service.served_run import ServedRun
from fl.settings.serve import ServeSettings

_SHORTEST_TOKEN: Final = 20  # characters
_SWITCH_SECONDS: Final = 0.0005  # how long a computing thread keeps Python from the one that answers; usual is 0.005
_LAST_WORDS_SECONDS: Final = 5  # for requests under way when the service ends


def serve(settings: ServeSettings, ready: Callable[[str], None]) -> None:
    """Answer requests until the program is told to end.

    Args:
        settings: what to answer from, and where.
        ready: is told the address once requests are taken.

    Raises:
        SettingsError: the token, certificate or address cannot be used.
        SecretRecError: the run cannot be answered from.
    """
    token = read_token(settings.token_file)
    check_certificate(settings)
    place = listen(settings.host, settings.port)
    with place:
        served = ServedRun(settings.run)
        app = make_app(served, token=token, is_local=settings.is_local, seconds=settings.timeout)
        protocol = type("Protocol", (PatientProtocol,), {"seconds": settings.timeout})
        config = uvicorn.Config(
            app,
            http=protocol,
            ws="none",
            loop="asyncio",
            log_config=None,
            access_log=False,  # its lines would hold users' ids
            server_header=False,
            ssl_certfile=settings.certificate or None,
            ssl_keyfile=settings.key or None,
            limit_concurrency=settings.connections,
            h11_max_incomplete_event_size=MOST_HEAD_BYTES,
            timeout_graceful_shutdown=_LAST_WORDS_SECONDS,
        )
        sys.setswitchinterval(_SWITCH_SECONDS)
        gc.freeze()  # what was read so far stays: looking through it for waste would take a tenth of a second
        server = _Server(config)
        server.ready = lambda: ready(address_of(place, bool(settings.certificate)))
        server.run([place])


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it has begun."""

    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready()


def address_of(place: socket.socket, tls: bool) -> str:
    """Return the address of a listening socket as a browser takes it."""
    host, port = place.getsockname()[:2]
    return f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to an address.

    Raises:
        SettingsError: no such address here, or the port is taken.
    """
    try:
        family, kind, number, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, number)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(where)
        except OSError:
            made.close()
            raise
    except OSError as error:
        raise SettingsError(
            say("serve.no-place", "Cannot listen at {host}, port {port}: {reason}.", host=host, port=port,
                reason=error.strerror or error),
            say("serve.choose-place", "Choose another with --host or --port; --port 0 takes a free one."),
        ) from error  # fmt: skip
    made.set_inheritable(True)
    return made


def read_token(path: str) -> str:
    """Return the token in a file, "" where no file is given.

    Raises:
        SettingsError: it cannot be read, others can read it, or it is too short to be secret.
    """
    if not path:
        return ""
    file = Path(path).expanduser()
    try:
        mode, token = file.stat().st_mode, file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(cannot_read(file, getattr(error, "strerror", None) or "it is not plain text")) from error
    if stat.S_IMODE(mode) & 0o077:
        raise SettingsError(
            fault_in(file, say("serve.token-open", "other accounts of this computer can read this token.")),
            say("serve.token-close", "Close it with chmod 600."),
        )
    if len(token) < _SHORTEST_TOKEN or any(letter.isspace() for letter in token):
        raise SettingsError(
            fault_in(
                file,
                say("serve.token-weak", "a token is one word of at least {n} characters.", n=_SHORTEST_TOKEN),
            ),
            say("serve.token-example", "For example {example}", example=secrets.token_urlsafe(32)),
        )
    return token


def check_certificate(settings: ServeSettings) -> None:
    """Refuse a certificate that TLS cannot use.

    Raises:
        SettingsError: a file is missing or damaged, or they do not belong together.
    """
    if not settings.certificate:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            settings.certificate,
            settings.key,
            password=lambda: "",  # never ask at the terminal
        )
    except OSError as error:  # SSLError is one
        raise SettingsError(
            say("serve.no-certificate", "{certificate} and {key} cannot be used for TLS: {reason}.",
                certificate=settings.certificate, key=settings.key, reason=error.strerror or error)
        ) from error  # fmt: skip
