"""The aggregators, each declared once: what it is called, what it needs, what it costs, and what the server learns.

Command line, window, report and docs/privacy.md say what stands here. The classes that do the work are in
`fl.aggregation`; this file is light, because settings and window read it. To add an aggregator, write its class and its
entry in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from data.errors import SettingsError
from data.sentences import Said, say
from data.setting import one_of
from fl.settings.aggregator_costs import (
    Cost,
    any_size,
    eight_bytes,
    heu_bytes,
    heu_cost,
    heu_problem,
    no_cost,
    spu_bytes,
    spu_cost,
)
from fl.settings.aggregator_words import (
    NOBODY,
    THE_SERVER,
    AggregatorChoice,
    Problem,
    always,
    heu_claim,
    masked_claim,
    plain_claim,
    quorum,
    robust_claim,
    robust_problem,
    secure_claim,
    spu_claim,
    spu_problem,
    verified_claim,
)


@dataclass(frozen=True)
class Aggregator:
    """An aggregator, as the program speaks of it and as other parts of it need to know it.

    Attributes:
        name: by which it is chosen.
        title: as a choice in a form.
        made_by: "module:class" of `fl.aggregation.base.CountingAggregator`.
        learns: what the server learns, and which collusions break it, by what was chosen and the number of parties.
        readers: who can read what one party sends.
        min_parties: with fewer it protects nothing.
        settings: names of the settings that belong to it, which are fields of AggregatorChoice.
        masks: whether a party's message is uniform noise of `fl.aggregation.masking` to the server.
        verifies: whether the parties check the sum.
        recovers: whether a sum is given out without some of the parties; see `fewest`.
        sums: whether it gives a sum, which noise of differential privacy can be accounted on.
        smaller_updates: whether it can sum updates of few bits or of a part of the rows.
        problem: why it cannot work with so many parties in a runtime.
        cost: of a round, by what was chosen, the number of parties and that of values in the item table.
        number_bytes: bytes from one party for so many counts or sums.
        table_problem: why it cannot take an item table of so many values, as a sentence, or "".
    """

    name: str
    title: str
    made_by: str
    learns: Callable[[AggregatorChoice, int], str]
    readers: Said
    min_parties: int = 2
    settings: tuple[str, ...] = ()
    masks: bool = False
    verifies: bool = False
    recovers: bool = False
    sums: bool = True
    smaller_updates: bool = False
    problem: Callable[[AggregatorChoice, int, str], Problem] = always
    cost: Callable[[AggregatorChoice, int, int], Cost] = no_cost
    number_bytes: Callable[[AggregatorChoice, int, int], int] = eight_bytes
    table_problem: Callable[[int], str] = any_size

    @property
    def is_open(self) -> bool:
        """Whether the server receives what a party sends, and so reads every party's update."""
        return self.readers is THE_SERVER

    def fewest(self, parties: int) -> int:
        """Return the fewest of so many parties whose sum it gives out."""
        return quorum(parties) if self.recovers else parties


_TABLE: Final = (
    Aggregator(
        "masked",
        "Masked (recovers from drop-outs)",
        "fl.aggregation.masked:MaskedAggregator",
        masked_claim,
        NOBODY,
        masks=True,
        recovers=True,
        smaller_updates=True,
    ),
    Aggregator(
        "verified",
        "Verified (masked, and checked by every party)",
        "fl.aggregation.verified:VerifiedAggregator",
        verified_claim,
        NOBODY,
        masks=True,
        verifies=True,
        recovers=True,
        smaller_updates=True,
    ),
    Aggregator(
        "secure",
        "Secure (SecretFlow masks)",
        "fl.aggregation.secure:GuardedSecureAggregator",
        secure_claim,
        NOBODY,
    ),
    Aggregator(
        "spu",
        "Secret shares (SecretFlow SPU)",
        "fl.aggregation.spu:SpuAggregator",
        spu_claim,
        say("readers.spu", "nobody; shares go to the computing parties, the server learns sums"),
        settings=("spu_protocol",),
        problem=spu_problem,
        cost=spu_cost,
        number_bytes=spu_bytes,
    ),
    Aggregator(
        "heu",
        "Homomorphic (SecretFlow HEU)",
        "fl.aggregation.heu:HeuAggregator",
        heu_claim,
        say("readers.heu", "party-1, which has the key, if it were sent there; the server learns sums"),
        cost=heu_cost,
        number_bytes=heu_bytes,
        table_problem=heu_problem,
    ),
    Aggregator(
        "robust",
        "Robust (outvotes poisoned parties; unmasked)",
        "fl.aggregation.robust:RobustAggregator",
        robust_claim,
        THE_SERVER,
        min_parties=3,
        settings=("robust_rule", "trim_fraction"),
        recovers=True,
        sums=False,
        problem=robust_problem,
    ),
    Aggregator(
        "plain",
        "Plain (unprotected)",
        "fl.aggregation.plain:CountingPlainAggregator",
        plain_claim,
        THE_SERVER,
        min_parties=1,
        # It could go on with any number of parties; a model of few parties is another model.
        recovers=True,
        smaller_updates=True,
    ),
)
AGGREGATORS: Final[Mapping[str, Aggregator]] = {one.name: one for one in _TABLE}
TITLES: Final = {one.name: one.title for one in _TABLE}
AggregatorName = Annotated[str, one_of(AGGREGATORS)]


def with_settings_of(setting: str) -> tuple[str, ...]:
    """Return the names of the aggregators to which a setting belongs."""
    return tuple(one.name for one in _TABLE if setting in one.settings)


WITH_SMALLER_UPDATES: Final = tuple(one.name for one in _TABLE if one.smaller_updates)


def claim_for(choice: AggregatorChoice, parties: int) -> str:
    """Return what the server learns, and which collusions break it, under the chosen aggregator."""
    return AGGREGATORS[choice.name].learns(choice, parties)


def problem_of(choice: AggregatorChoice, parties: int, runtime: str) -> Problem:
    """Return why an aggregator cannot work so."""
    found = AGGREGATORS[choice.name]
    problem = found.problem(choice, parties, runtime)
    if problem is not None or parties >= found.min_parties:
        return problem
    said = say(
        "settings.too-few-for-secure",
        "secure aggregation needs at least 2 parties: with 1, the sum is that party's own update. "
        "Raise the number of parties, or choose the plain aggregator",
    )
    return said, "parties"


def cost_of(choice: AggregatorChoice, parties: int, values: int) -> Cost:
    """Return what the chosen aggregator adds to a round with an item table of so many values."""
    return AGGREGATORS[choice.name].cost(choice, parties, values)


def check_table(name: str, values: int) -> None:
    """Refuse an aggregator that cannot take item tables of so many values.

    Raises:
        SettingsError: with what it would cost.
    """
    problem = AGGREGATORS[name].table_problem(values)
    if problem:
        raise SettingsError(
            problem, say("settings.choose-aggregator-masked", "Choose the aggregator masked, or a smaller dim.")
        )
