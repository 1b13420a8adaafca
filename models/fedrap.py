"""FedRAP: a common item table that is averaged, plus a personal one that stays, added row by row.

Li, Long and Zhou, ICLR 2024. The method is told where it is computed: `models.fedrap_local`.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import model_validator

from data.sentences import refusal, say
from data.setting import setting
from models.descriptor import Model
from models.sgd import SgdSettings

STEP_DECAY: Final = 0.95  # factor of both step sizes after each step of a round, as in the authors' code


class FedRAPSettings(SgdSettings):
    """The settings FedRAP has beside its local steps."""

    item_learning_rate: float = setting(
        200.0, gt=0, le=1e6, label="Item rate", help="Step size of item embeddings.", step=10
    )
    weight_decay: float = setting(
        0.0,
        ge=0,
        lt=1,
        label="Weight decay",
        help="L2 penalty on all parameters of a user.",
        step=0.0001,
        special={0: "off"},
    )
    distance_weight: float = setting(
        0.1,
        ge=0,
        le=100,
        label="Distance weight",
        help="Reward for personal items unlike the common ones, lambda.",
        step=0.1,
    )
    sparsity_weight: float = setting(
        0.1, ge=0, le=100, label="Sparsity weight", help="L1 penalty on the common items, mu.", step=0.1
    )
    weight_schedule: Literal["constant", "tanh"] = setting(
        "constant",
        label="Both weights over time",
        help="The two weights over the rounds: constant, or rising as tanh.",
        words={"constant": "Constant", "tanh": "Rising (tanh)"},
    )

    @model_validator(mode="after")
    def _steps_keep_signs(self) -> FedRAPSettings:
        if self.item_learning_rate * self.weight_decay >= 1:
            said = say(
                "settings.decay-turns-signs",
                "item learning rate times weight decay must be below 1, or every step turns the signs of the items",
            )
            raise refusal(said, "item_learning_rate", "weight_decay")
        return self


FEDRAP = Model(
    name="fedrap",
    title="FedRAP",
    sentence="Every user adds personal items of their own to the common ones; only the common table is shared and "
    "averaged.",
    advice="Reproduces the paper of Li et al. (ICLR 2024); only to compare: it ranks worse and takes the most memory.",
    stays="an affine scoring function, and a personal item table that is added to the common one",
    loss="binary cross-entropy of the samples of the round",
    sent="one sum of what the party's users change in the common item table",
    settings=FedRAPSettings,
    local="models.fedrap_local:LocalFedRAP",
    newcomer="models.new_user:fit_common",
    views=("personal", "global"),
    message="change",
    seconds_per_sample=6.0e-8,
    # A personal row for every item a user has met, in the end nearly all of them: 2.52 GiB on ML-100K.
    bytes_per_personal_value=4 * 3.5,
)
