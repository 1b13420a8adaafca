"""Settings of the HTTP service for a party's own application."""

from __future__ import annotations

import ipaddress

from pydantic import model_validator
from typing_extensions import Self

from data.sentences import refusal, say
from data.setting import setting
from fl.settings.base import Settings

LOCALHOST = "localhost"
_ELSEWHERE = "Beyond this computer"  # group of settings
_LIMITS = "Limits"  # group of settings


class ServeSettings(Settings):
    """Answer an own application over HTTP from a finished run."""

    run: str = setting(min_length=1, label="Run", help="Name of the run to answer from.")
    host: str = setting(
        "127.0.0.1",
        min_length=1,
        label="Address",
        help="Address of this computer to listen at; another than loopback needs a token, a certificate and its key.",
    )
    port: int = setting(8765, ge=0, le=65535, label="Port", help="Port to listen at; 0 takes a free one.")
    token_file: str = setting(
        "",
        label="Token",
        group=_ELSEWHERE,
        help="File with the token that applications send as 'Authorization: Bearer TOKEN'; for your account only.",
    )
    certificate: str = setting(
        "", label="Certificate", group=_ELSEWHERE, help="File with the certificate for TLS, and its chain (PEM)."
    )
    key: str = setting("", label="Key", group=_ELSEWHERE, help="File with the certificate's private key (PEM).")
    timeout: float = setting(
        10.0,
        gt=0,
        le=3600,
        label="Time-out",
        group=_LIMITS,
        unit="seconds",
        help="Seconds until a request that was not received, or not answered, is given up.",
    )
    connections: int = setting(
        256, ge=1, le=100_000, label="Connections", group=_LIMITS, help="Connections at a time; more are turned away."
    )

    @property
    def is_local(self) -> bool:
        """Whether only programs of this computer can reach the service."""
        if self.host == LOCALHOST:
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @model_validator(mode="after")
    def _key_has_certificate(self) -> Self:
        if bool(self.certificate) != bool(self.key):
            raise refusal(say("serve.pair", "a certificate and its key are given together"), "certificate", "key")
        return self

    @model_validator(mode="after")
    def _elsewhere_is_protected(self) -> Self:
        if not self.is_local and not (self.token_file and self.certificate):
            raise refusal(
                say(
                    "serve.open-to-others",
                    "at {host} other computers could read everybody's lists: that needs a token (--token-file) and "
                    "TLS (--certificate, --key)",
                    host=self.host,
                ),
                "host",
            )
        return self
