"""The aggregators by name, without SecretFlow: what each needs, what it costs, and what is chosen for it.

`fl.aggregation` has the aggregators themselves. Light, because the window and the settings read this.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import Literal

from data.errors import SettingsError
from data.sentences import Said, say

AggregatorName = Literal["masked", "verified", "secure", "spu", "heu", "robust", "plain"]
SpuProtocol = Literal["semi2k", "aby3"]
TamperKind = Literal["change", "drop", "repeat", "replay", "scale", "swap", "count", "loss", "rows", "stale"]
RobustRule = Literal["median", "trimmed-mean"]

# What each way of cheating does, as a choice.
TAMPER_WORDS: dict[str, str] = {
    "change": "Changes one value",
    "drop": "Leaves out an upload",
    "repeat": "Counts an upload twice",
    "replay": "Puts in an old upload",
    "scale": "Doubles the sum",
    "swap": "Puts one upload in another's place",
    "count": "Adds a user",
    "loss": "Alters the loss",
    "rows": "Exchanges items",
    "stale": "Announces an old sum",
}

MIN_PARTIES: dict[str, int] = {
    "masked": 2,
    "verified": 2,
    "secure": 2,
    "spu": 2,
    "heu": 2,
    "robust": 3,
    "plain": 1,
}
SPU_NODES: dict[SpuProtocol, int] = {"semi2k": 2, "aby3": 3}

# HEU with OU-2048: a ciphertext holds 640 bits, 20 values of 32 bits. Measured for a ciphertext on one core (AMD EPYC):
# 14 us to encode, 111 us to encrypt, 2 us to add, 210 us to decrypt, 272 bytes; the rest is moving it about.
HEU_SLOT_BITS = 640
HEU_CIPHERTEXT_BYTES = 272
_HEU_ENCRYPT, _HEU_ADD, _HEU_DECRYPT, _HEU_ROUND = 125e-6, 10e-6, 230e-6, 0.3
# 62,500 items of length 32: about a minute a round, and 27 MB from each party.
HEU_MAX_VALUES = 2_000_000


@dataclass(frozen=True)
class AggregatorChoice:
    """An aggregator and what was chosen for it.

    Attributes:
        name: of the aggregator.
        spu_protocol: of `spu`.
        robust_rule: of `robust`.
        trim_fraction: share of the parties that `robust` leaves out at each end, for the trimmed mean.
        by_samples: whether users' changes are weighted with their number of samples, which `robust` must know.
    """

    name: AggregatorName
    spu_protocol: SpuProtocol = "semi2k"
    robust_rule: RobustRule = "median"
    trim_fraction: float = 0.25
    by_samples: bool = False


@dataclass(frozen=True)
class Cost:
    """What an aggregator adds to a round, estimated: wall seconds, and bytes sent by the party that sends most."""

    seconds: float
    bytes_up: int


def trimmed(parties: int, fraction: float) -> int:
    """How many parties the trimmed mean leaves out at each end."""
    return math.floor(parties * fraction + 1e-9)


def problem_of(choice: AggregatorChoice, parties: int, runtime: str) -> tuple[Said, str] | None:
    """Return why an aggregator cannot work so, without the full stop, and the setting at fault; None where it can."""
    if choice.name == "spu":
        least = SPU_NODES[choice.spu_protocol]
        if parties < least:
            protocol = choice.spu_protocol.upper()
            if choice.spu_protocol == "aby3" and parties >= 2:
                said = say(
                    "settings.too-few-for-aby3",
                    "the aggregator spu with {protocol} computes among {least} parties. Raise the number of parties, "
                    "or choose semi2k",
                    protocol=protocol,
                    least=least,
                )
                return said, "spu_protocol"
            said = say(
                "settings.too-few-for-spu",
                "the aggregator spu with {protocol} computes among {least} parties. Raise the number of parties",
                protocol=protocol,
                least=least,
            )
            return said, "parties"
        if runtime == "in-process":
            said = say(
                "settings.spu-in-process",
                "in one process SecretFlow replaces its SPU by a plain computation. Choose the runtime simulation, or "
                "another aggregator",
            )
            return said, "runtime"
    if choice.name == "robust":
        if parties < MIN_PARTIES["robust"]:
            said = say(
                "settings.too-few-for-robust",
                "a robust aggregate needs at least 3 parties: among 2, nobody can be outvoted. Raise the number of "
                "parties",
            )
            return said, "parties"
        if choice.robust_rule == "trimmed-mean":
            out = trimmed(parties, choice.trim_fraction)
            if out < 1 or 2 * out >= parties:
                said = say(
                    "settings.trim-fraction",
                    "the trim fraction {fraction:g} of {parties} parties leaves out {out} at each end; it must leave "
                    "out at least 1 and keep at least 1. Choose another trim fraction",
                    fraction=choice.trim_fraction,
                    parties=parties,
                    out=out,
                )
                return said, "trim_fraction"
    if parties < MIN_PARTIES[choice.name]:
        said = say(
            "settings.too-few-for-secure",
            "secure aggregation needs at least 2 parties: with 1, the sum is that party's own update. "
            "Raise the number of parties, or choose the plain aggregator",
        )
        return said, "parties"
    return None


def table_problem_of(name: str, values: int) -> str:
    """Return why an aggregator cannot take item tables of so many values, a sentence, or ""."""
    if name == "heu" and values > HEU_MAX_VALUES:
        seconds, size = heu_cost(values, 2).seconds, heu_cost(values, 2).bytes_up / 1e6
        return say(
            "settings.table-too-large",
            "Homomorphic encryption of {values:,} values would take about {seconds:.0f} s and {size:.0f} MB from each "
            "party every round; at most {most:,} values are taken.",
            values=values,
            seconds=seconds,
            size=size,
            most=HEU_MAX_VALUES,
        )
    return ""


def check_table(name: str, values: int) -> None:
    """Refuse an aggregator that cannot take item tables of so many values.

    Raises:
        SettingsError: with what it would cost.
    """
    problem = table_problem_of(name, values)
    if problem:
        raise SettingsError(
            problem, say("settings.choose-aggregator-masked", "Choose the aggregator masked, or a smaller dim.")
        )


def heu_cost(values: int, parties: int) -> Cost:
    """Of one item table of `values` values by `heu`: parties encrypt side by side, one party decrypts."""
    ciphertexts = math.ceil(values * 32 / HEU_SLOT_BITS)
    cores = min(parties, len(os.sched_getaffinity(0)))
    each = _HEU_ENCRYPT * parties / cores + _HEU_ADD * parties + _HEU_DECRYPT
    return Cost(_HEU_ROUND + ciphertexts * each, ciphertexts * HEU_CIPHERTEXT_BYTES)


def added_seconds(name: str, values: int, parties: int) -> float:
    """Seconds that a costly aggregator adds to a round, beside what `masked` takes."""
    return heu_cost(values, parties).seconds if name == "heu" else 0.0


def spu_shares(protocol: SpuProtocol, parties: int) -> int:
    """How many ring elements leave the party that sends most, for each value: ABY3 shares are pairs."""
    nodes = SPU_NODES[protocol]
    sent_to = nodes if parties > nodes else nodes - 1
    return sent_to * (2 if protocol == "aby3" else 1)


def cost_sentence(choice: AggregatorChoice, parties: int, values: int) -> str:
    """What a costly aggregator adds to a round with a table of `values` values, to be told before start; or ""."""
    if choice.name == "heu":
        cost = heu_cost(values, parties)
        return (
            f"Homomorphic encryption adds about {cost.seconds:.1f} s to a round and sends {cost.bytes_up / 1e6:.1f} MB "
            f"from each party, {cost.bytes_up / max(1, values * 4):.1f} times the plain update."
        )
    if choice.name == "spu":
        shares = spu_shares(choice.spu_protocol, parties)
        return (
            f"The SPU sends {shares * values * 4 / 1e6:.1f} MB of shares from a party in a round, {shares} times the "
            "plain update."
        )
    return ""
