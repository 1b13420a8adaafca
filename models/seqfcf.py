"""SeqFCF: FCF, and beside it what usually follows the items a user touched last; both live in item tables alone.

The method is told where it is computed: `models.seqfcf_local` and `models.sequence`.
"""

from __future__ import annotations

from data.setting import setting
from models.descriptor import Block, Model
from models.fcf import FCFSettings

# Tables of an item in the sequence part: one for each memory of `models.sequence.MEMORIES`, and one of what follows.
TABLES = 3


class SeqFCFSettings(FCFSettings):
    """The settings that only SeqFCF has, beside FCF's."""

    sequence_weight: float = setting(
        0.5,
        ge=0,
        le=100,
        label="Weight of the order",
        special={0: "off"},
        help="What usually follows the user's last items counts so much beside FCF's score; 0: FCF alone.",
        step=0.25,
    )
    sequence_nearness: float = setting(
        0.3,
        ge=0,
        le=1,
        label="Share of nearness",
        special={0: "off"},
        help="This share of the order's weight goes to items that are like the user's last ones, by FCF's own table.",
        step=0.05,
    )
    sequence_dim: int = setting(
        32,
        ge=1,
        le=1024,
        label="Length, order",
        help="Length of an item's vectors in the tables of what follows what.",
        step=16,
    )
    sequence_rate: float = setting(
        0.08,
        gt=0,
        le=100,
        label="Server step, order",
        help="The server's step size in the tables of what follows what.",
        step=0.01,
    )
    sequence_reg: float = setting(
        1.5,
        ge=0,
        le=100,
        label="Regularisation, order",
        help="Regularisation of the tables of what follows what.",
        step=0.01,
    )
    sequence_dropout: float = setting(
        0.3,
        ge=0,
        le=0.9,
        label="Dropout, order",
        help="Share of a memory's values that is left out at random in training.",
        step=0.1,
    )
    sequence_places: int = setting(
        40,
        ge=1,
        le=100_000,
        label="Places a round",
        help="Places in a user's list drawn each round, to learn what stands there from what stands before.",
        unit="places",
        step=8,
    )
    sequence_groups: int = setting(
        8,
        ge=1,
        le=1000,
        label="Groups of items",
        help="Items are dealt into so many groups each round, and a user tells what stands at a place from one group.",
        unit="groups",
    )

    def blocks(self, dim: int) -> tuple[Block, ...]:
        if self.sequence_weight == 0:
            return (Block(dim),)
        return Block(dim), Block(TABLES * self.sequence_dim + 1, "fedadam", self.sequence_rate)


SEQFCF = Model(
    name="seqfcf",
    title="SeqFCF",
    sentence="FCF, and beside it tables of what usually follows what: the order of a user's items counts, and still "
    "only sums of item gradients are shared.",
    advice="Start with it where times are known: the order in which users choose counts.",
    stays="a scoring vector, solved in closed form; the order of the items is read from the user's own list",
    loss="FCF's squared error, plus the cross-entropy of what comes next",
    sent="one sum of the item gradients of the party's users, in FCF's table and in those of what follows what",
    settings=SeqFCFSettings,
    local="models.seqfcf_local:LocalSeqFCF",
    newcomer="models.sequence:fit_in_order",
    views=("global",),
    message="gradient",
    basket="models.sequence:closeness_in_order",
    contributions="models.sequence:contributions",
    contributions_of_order="models.sequence:contributions_of_order",
    seconds_per_sample=1.2e-6,
)
