"""The words on each aggregator: what the server learns, which collusions break that, and where it cannot work.

The one wording of it: command line, window, report and docs/privacy.md say these sentences.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from data.sentences import Said, join, say

SpuProtocol = Literal["semi2k", "aby3"]
RobustRule = Literal["median", "trimmed-mean"]

SPU_NODES: Final[dict[SpuProtocol, int]] = {"semi2k": 2, "aby3": 3}


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

    name: str
    spu_protocol: SpuProtocol = "semi2k"
    robust_rule: RobustRule = "median"
    trim_fraction: float = 0.25
    by_samples: bool = False


def quorum(parties: int) -> int:
    """Return a number of parties above two thirds of them.

    It is the threshold of Bonawitz et al. 2017, section 6.2, for a server that may cheat.
    """
    return 2 * parties // 3 + 1


def collusion_needed(parties: int) -> int:
    """Return how many parties a server that cheats must have on its side to read another party's masked message.

    It needs a quorum of shares of the party's own seed and a quorum of its key. Each honest party, the one itself
    included, gives one of the two kinds; a colluding one gives both: 2 * quorum - parties are enough. So are
    quorum - 1, by pretending that everybody else dropped out and taking the colluding parts off the sum.

    With fewer, nobody's message is chosen after something was known of the sum of the others, either: under `verified`
    all uploads are fixed before the first share is given (`fl.aggregation.masking.checking`).
    """
    return min(quorum(parties) - 1, 2 * quorum(parties) - parties)


def trimmed(parties: int, fraction: float) -> int:
    """Return how many parties the trimmed mean leaves out at each end."""
    return math.floor(parties * fraction + 1e-9)


# --- what the server learns, and which collusions break it ------------------------------------------------------------

NOBODY: Final = say("readers.nobody", "nobody; the server learns sums")
THE_SERVER: Final = say("readers.server", "the server")
TWO_PARTIES: Final = say(
    "aggregator.two-parties", "With two parties, each can work out the other's part by taking its own from the sum."
)


def masked_claim(choice: AggregatorChoice, parties: int) -> str:
    """Return what the server learns under masks."""
    return say(
        "aggregator.masked",
        "The server sees uniform noise from each party and learns only sums over at least {threshold} of {parties} "
        "parties. It learns one party's part only if it colludes with {colluders} of the others.",
        threshold=quorum(parties),
        parties=parties,
        colluders=collusion_needed(parties),
    )


def verified_claim(choice: AggregatorChoice, parties: int) -> str:
    """Return what the server learns under masks whose sums are checked."""
    checked = say(
        "aggregator.verified",
        "Every party adds up what the parties sent itself, counts included, and notices any other sum, whoever helps "
        "the server. What the server does with the sum afterwards is not checked.",
    )
    return join([masked_claim(choice, parties), checked])


def secure_claim(choice: AggregatorChoice, parties: int) -> str:
    """Return what the server learns under SecretFlow's masks."""
    return say(
        "aggregator.secure",
        "The server sees masked updates and learns only their sum over the parties, unless it colludes with all "
        "parties but one.",
    )


def spu_claim(choice: AggregatorChoice, parties: int) -> str:
    """Return what the server learns under secret shares."""
    if choice.spu_protocol == "semi2k":
        return say(
            "aggregator.spu-semi2k",
            "party-1 and party-2 add secret shares of every party's update and the server is shown the sum alone. "
            "Reading one party's part takes both of them together. All are taken to follow the protocol.",
        )
    return say(
        "aggregator.spu-aby3",
        "party-1, party-2 and party-3 add secret shares of every party's update and the server is shown the sum alone. "
        "Reading one party's part takes two of them together. All are taken to follow the protocol.",
    )


def heu_claim(choice: AggregatorChoice, parties: int) -> str:
    """Return what the server learns under homomorphic encryption."""
    return say(
        "aggregator.heu",
        "The server sees ciphertexts and adds them; party-1, which holds the secret key, decrypts only the sum. The "
        "server learns one party's part if it colludes with party-1, or cheats and has it decrypt a single ciphertext.",
    )


def robust_claim(choice: AggregatorChoice, parties: int) -> str:
    """Return what the server learns under votes."""
    if choice.robust_rule == "median":
        return say(
            "aggregator.robust-median",
            "The server reads every party's update in plain, to outvote poisoned ones: the median over parties bounds "
            "what fewer than {beyond} of {parties} can do.",
            beyond=(parties + 1) // 2,
            parties=parties,
        )
    return say(
        "aggregator.robust-trimmed-mean",
        "The server reads every party's update in plain, to outvote poisoned ones: the trimmed mean over parties "
        "bounds what fewer than {beyond} of {parties} can do.",
        beyond=trimmed(parties, choice.trim_fraction) + 1,
        parties=parties,
    )


def plain_claim(choice: AggregatorChoice, parties: int) -> str:
    """Return what the server learns under plain sums."""
    return say("aggregator.plain", "The server reads every party's update in plain.")


# --- where it cannot work ---------------------------------------------------------------------------------------------


# Why an aggregator cannot work, without the full stop, and the setting at fault; None where it can.
Problem = tuple[Said, str] | None


def always(choice: AggregatorChoice, parties: int, runtime: str) -> Problem:
    """Return that nothing hinders it."""
    return None


def spu_problem(choice: AggregatorChoice, parties: int, runtime: str) -> Problem:
    """Return why an SPU cannot be had with so many parties or in a runtime."""
    least, protocol = SPU_NODES[choice.spu_protocol], choice.spu_protocol.upper()
    if parties < least and choice.spu_protocol == "aby3" and parties >= 2:
        said = say(
            "settings.too-few-for-aby3",
            "the aggregator spu with {protocol} computes among {least} parties. Raise the number of parties, or choose "
            "semi2k",
            protocol=protocol,
            least=least,
        )
        return said, "spu_protocol"
    if parties < least:
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
    if runtime == "cluster":
        said = say(
            "settings.spu-on-a-cluster",
            "the links of SecretFlow's SPU are neither encrypted nor closed to others, so they stay on one computer. "
            "Choose the runtime simulation, or another aggregator",
        )
        return said, "aggregator"
    return None


def robust_problem(choice: AggregatorChoice, parties: int, runtime: str) -> Problem:
    """Return why so many parties cannot outvote each other."""
    if parties < 3:
        said = say(
            "settings.too-few-for-robust",
            "a robust aggregate needs at least 3 parties: among 2, nobody can be outvoted. Raise the number of parties",
        )
        return said, "parties"
    out = trimmed(parties, choice.trim_fraction)
    if choice.robust_rule == "trimmed-mean" and not 1 <= out < parties / 2:
        said = say(
            "settings.trim-fraction",
            "the trim fraction {fraction:g} of {parties} parties leaves out {out} at each end; it must leave out at "
            "least 1 and keep at least 1. Choose another trim fraction",
            fraction=choice.trim_fraction,
            parties=parties,
            out=out,
        )
        return said, "trim_fraction"
    return None
