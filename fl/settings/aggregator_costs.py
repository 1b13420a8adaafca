"""The cost of an aggregator in a round: seconds, bytes, and the sentence that tells of them before the start."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import Final

from data.sentences import say
from fl.settings.aggregator_words import SPU_NODES, AggregatorChoice, SpuProtocol


@dataclass(frozen=True)
class Cost:
    """The estimated cost of an aggregator in a round beside what `masked` takes.

    Attributes:
        seconds: of wall time.
        bytes_up: what the party that sends most sends.
        sentence: the same, to be told before the start.
    """

    seconds: float
    bytes_up: int
    sentence: str


# HEU with OU-2048: a ciphertext holds 640 bits, 20 values of 32 bits. Measured for a ciphertext on one core (AMD EPYC):
# 14 us to encode, 111 us to encrypt, 2 us to add, 210 us to decrypt, 272 bytes; the rest is moving it about.
HEU_SLOT_BITS: Final = 640
HEU_CIPHERTEXT_BYTES: Final = 272
_HEU_ENCRYPT, _HEU_ADD, _HEU_DECRYPT, _HEU_ROUND = 125e-6, 10e-6, 230e-6, 0.3
# 62,500 items of length 32: about a minute a round, and 27 MB from each party.
HEU_MAX_VALUES: Final = 2_000_000


def no_cost(choice: AggregatorChoice, parties: int, values: int) -> Cost:
    """Return that a round takes what it takes with `masked`."""
    return Cost(0.0, 0, "")


def heu_cost(choice: AggregatorChoice, parties: int, values: int) -> Cost:
    """Return the cost of an item table: parties encrypt side by side, one party decrypts."""
    ciphertexts = math.ceil(values * 32 / HEU_SLOT_BITS)
    cores = min(parties, len(os.sched_getaffinity(0)))
    each = _HEU_ENCRYPT * parties / cores + _HEU_ADD * parties + _HEU_DECRYPT
    seconds, size = _HEU_ROUND + ciphertexts * each, ciphertexts * HEU_CIPHERTEXT_BYTES
    sentence = say(
        "aggregator.heu-cost",
        "Homomorphic encryption adds about {seconds:.1f} s to a round and sends {megabytes:.1f} MB from each party, "
        "{times:.1f} times the plain update.",
        seconds=seconds,
        megabytes=size / 1e6,
        times=size / max(1, values * 4),
    )
    return Cost(seconds, size, sentence)


def any_size(values: int) -> str:
    """Refuse no item table, whatever its size."""
    return ""


def heu_problem(values: int) -> str:
    """Return why homomorphic encryption cannot take an item table of so many values, as a sentence, or ""."""
    if values <= HEU_MAX_VALUES:
        return ""
    cost = heu_cost(AggregatorChoice("heu"), 2, values)
    return say(
        "settings.table-too-large",
        "Homomorphic encryption of {values:,} values would take about {seconds:.0f} s and {size:.0f} MB from each "
        "party every round; at most {most:,} values are taken.",
        values=values,
        seconds=cost.seconds,
        size=cost.bytes_up / 1e6,
        most=HEU_MAX_VALUES,
    )


def spu_shares(protocol: SpuProtocol, parties: int) -> int:
    """Return how many ring elements leave the party that sends most, for each value: ABY3 shares are pairs."""
    nodes = SPU_NODES[protocol]
    sent_to = nodes if parties > nodes else nodes - 1
    return sent_to * (2 if protocol == "aby3" else 1)


def spu_cost(choice: AggregatorChoice, parties: int, values: int) -> Cost:
    """Return what the shares of an item table take."""
    shares = spu_shares(choice.spu_protocol, parties)
    size = shares * values * 4
    sentence = say(
        "aggregator.spu-cost",
        "The SPU sends {megabytes:.1f} MB of shares from a party in a round, {times} times the plain update.",
        megabytes=size / 1e6,
        times=shares,
    )
    return Cost(0.0, size, sentence)


def eight_bytes(choice: AggregatorChoice, parties: int, numbers: int) -> int:
    """Return the bytes of numbers of 64 bits."""
    return 8 * numbers


def spu_bytes(choice: AggregatorChoice, parties: int, numbers: int) -> int:
    """Return the bytes of all shares of numbers from the party that sends most."""
    return 3 * 4 * numbers * spu_shares(choice.spu_protocol, parties)  # three limbs of 32 bits


def heu_bytes(choice: AggregatorChoice, parties: int, numbers: int) -> int:
    """Return the bytes of the ciphertexts of numbers."""
    return HEU_CIPHERTEXT_BYTES * math.ceil(numbers * 64 / HEU_SLOT_BITS)
