"""Addresses of computers and ports, as a person writes them."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final

from data.errors import SettingsError
from data.sentences import Said, say

_HOST: Final = re.compile(r"(?=.{1,253}$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.?)+")
_LOWEST_PORT: Final = 1024  # below it only root may listen
_HIGHEST_PORT: Final = 65535


@dataclass(frozen=True)
class Address:
    """The place where somebody listens.

    Attributes:
        host: name, IPv4 or IPv6 address (without brackets).
        port: TCP port.
    """

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address(text: str) -> Address:
    """Return the address that "HOST:PORT" or "[IPV6]:PORT" means.

    Raises:
        SettingsError: it is none.
    """
    host, _, port = text.rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not bare or (":" in bare and bare == host):
        raise SettingsError(
            say("members.no-address", "{text!r} is no address.", text=text[:80]),
            say("members.address-rule", "Write HOST:PORT, for example alice.example.org:9500 or [2001:db8::7]:9500."),
        )
    if not (port.isascii() and port.isdecimal() and _LOWEST_PORT <= int(port[:6]) <= _HIGHEST_PORT):
        raise SettingsError(
            say(
                "members.no-port",
                "{text!r}: the port must be a number from {lowest} to {highest}.",
                text=text[:80],
                lowest=_LOWEST_PORT,
                highest=_HIGHEST_PORT,
            )
        )
    problem = _problem_of_host(bare)
    if problem:
        raise SettingsError(problem)
    return Address(bare, int(port))


def _problem_of_host(host: str) -> Said | str:
    """Return why nobody can connect to this host, "" if somebody may."""
    number = ip_address(host)
    if number is None:
        looks_numeric = re.fullmatch(r"[0-9.]+", host) is not None
        if looks_numeric or ":" in host or not _HOST.fullmatch(host):
            return say(
                "members.no-host", "{host!r} is neither the name of a computer nor an IP address.", host=host[:80]
            )
        return ""
    if number.is_unspecified or number.is_multicast:
        return say(
            "members.host-for-nobody",
            "{host} is no address that others can connect to. Give the one they reach this member at.",
            host=host,
        )
    return ""


def ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that a host is written as, None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
