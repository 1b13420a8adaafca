"""The terms of a federation of organisations beside the settings of its training: who is waited for, and how long."""

from __future__ import annotations

from functools import partial
from typing import Final

from data.setting import setting
from fl.settings.base import MAX_PARTIES, Settings

TERMS: Final = "Federation's terms"
_terms = partial(setting, group=TERMS)
_seconds = partial(setting, group=TERMS, unit="seconds", step=10)


class FederationRules(Settings):
    """The rules by which members wait for each other. All members have the same ones: they stand in the signed file."""

    gone_after: float = _seconds(
        600.0,
        gt=0,
        le=1e6,
        label="Wait for a member that is gone",
        help="How long the others wait for a member that is gone before they go on without it; it may come back.",
    )
    connect_timeout: float = _seconds(
        60.0,
        gt=0,
        le=1e5,
        label="Wait for a connection",
        help="How long members that are there may take to connect before the session is tried again.",
    )
    receive_timeout: float = _seconds(
        120.0,
        gt=0,
        le=1e5,
        label="Wait for a message",
        help="How long a member may say nothing in training before the session ends and is tried again.",
    )
    restarts: int = _terms(
        20,
        ge=0,
        le=100_000,
        label="Restarts",
        help="How many sessions in a row may fail without a finished round before a member gives up.",
    )
    fewest_parties: int = _terms(
        0,
        ge=0,
        le=MAX_PARTIES,
        label="Fewest parties",
        help="With how few parties a session may begin; 0: with as few as the aggregator needs.",
        unit="parties",
    )
    allow_plain: bool = _terms(
        False,
        label="Allow sums without protection",
        help="Allow the plain aggregator, which shows each party's update to the server.",
    )
