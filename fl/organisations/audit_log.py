"""A member's audit log: what it sent to whom, when, how large and under which protection; starts, stops and refusals.

One JSON object a line, only ever added to. No values are in it: neither what was sent nor anything made of it.

    {"at": "2026-11-26T17:20:01.123Z", "what": "sent", "to": "server", "kind": "masked message", "bytes": 860412,
     "protection": "masked; signed; TLS 1.3"}
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import numpy as np

from data import paths
from data.errors import StorageError, cannot_write
from fl.aggregation.masking.messages import (
    Advert,
    Agreement,
    Announcement,
    SealedShares,
    SurvivorList,
    UnmaskShares,
    Upload,
)
from fl.aggregation.masking.packing import PackedBlock
from fl.federation.session import SERVER
from fl.organisations.wire import Failure

FILE: Final = "audit.jsonl"

_PUBLIC = "public to members"
_OPEN = "none: the plain aggregator lets the server read it"
_LINK = "signed; TLS 1.3"
# (kind, what protects its content beside the link) by class.
_KINDS: Final[dict[type, tuple[str, str]]] = {
    Upload: ("masked message", "masked"),
    Advert: ("public keys", _PUBLIC),
    SealedShares: ("shares of keys", "sealed to one member"),
    SurvivorList: ("list of survivors", _PUBLIC),
    Agreement: ("signature of the list of survivors", _PUBLIC),
    UnmaskShares: ("shares that unmask a sum", "of use only for the sum"),
    Announcement: ("sum with its uploads", "masked uploads; the sum is for members"),
    Failure: ("failure", _PUBLIC),
}


def protection_of(value: Any, sender: str) -> tuple[str, str]:
    """Return (what a value is, what protects it beside the link), for the log.

    Args:
        value: that is sent.
        sender: the member that sends it. Tables are the server's; a party sends some only where nothing masks them.
    """
    one = value[0] if isinstance(value, list | tuple) and value else value
    if type(one) in _KINDS:
        return _KINDS[type(one)]
    if isinstance(one, np.ndarray | PackedBlock):
        kind = "tables" if isinstance(value, list | tuple) else f"table {list(one.shape)}"
        return kind, _PUBLIC if sender == SERVER else _OPEN
    if isinstance(value, str):
        return ("sentence" if value else "all is well"), _PUBLIC
    if isinstance(value, int | float | bytes | dict):
        return {int: "number", float: "number", bytes: "key", dict: "report of a round"}.get(
            type(value), "flag"
        ), _PUBLIC
    return type(value).__name__, _PUBLIC


class AuditLog:
    """The audit log of one member of one federation. Nothing is sent that cannot be noted."""

    def __init__(self, path: Path) -> None:
        """Open the log.

        Args:
            path: of the file; it is made where there is none, and only its owner may read it.

        Raises:
            StorageError: it cannot be written.
        """
        self.path = path
        try:
            paths.private_folder(path.parent)
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise StorageError(cannot_write(path, error.strerror or error)) from error

    def sent(self, to: str, size: int, kind: str, protection: str) -> None:
        """Note a message.

        Args:
            to: the member it goes to.
            size: its bytes.
            kind: what it is.
            protection: what protects its content beside the link.
        """
        self._line(what="sent", to=to, kind=kind, bytes=size, protection=f"{protection}; {_LINK}")

    def refused(self, sender: str, why: str) -> None:
        """Note that something of a member was refused."""
        self._line(what="refused", sender=sender, why=str(why))

    def note(self, what: str, **about: str | int | float | Sequence[str]) -> None:
        """Note that something began, ended or changed."""
        self._line(what=what, **about)

    def _line(self, **content: object) -> None:
        moment = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = json.dumps({"at": moment, **content}, ensure_ascii=False) + "\n"
        # One write, so that lines of the supervisor and of its session do not mix.
        try:
            os.write(self._file, line.encode())
        except OSError as error:
            raise StorageError(cannot_write(self.path, error.strerror or error)) from error


def audit_path(federation: str, member: str) -> Path:
    """Return where a member keeps its audit log of a federation."""
    return paths.home() / "federations" / federation / member / FILE
