"""FCF: a private scoring vector for every user, solved in closed form; only the items' gradient is shared.

Ammad-ud-din et al. 2019, with the weights of iALS. The method is told where it is computed: `models.fcf_local`.
"""

from __future__ import annotations

from typing import Literal

from data.density import unobserved_weight
from data.setting import setting
from models.descriptor import Model, ModelSettings


class FCFSettings(ModelSettings):
    """The settings that only FCF has."""

    alpha: float = setting(
        0.3,
        ge=0,
        le=10,
        label="Weight of unobserved",
        special={0: "automatic"},
        help="Weight of unobserved pairs, beside 1 for observed ones; 0: by how full the data are.",
        step=0.1,
    )
    reg: float = setting(
        0.03, gt=0, le=100, label="Regularisation", help="Regularisation, lambda in the papers.", step=0.01
    )
    item_start: Literal["random", "genres"] = setting(
        "random",
        label="Start of the items",
        help="The item table before the first round: small random values, or, where they are known, genres and decades "
        "of the items. They are taken for public, so epsilon does not cover them; alone they rank worse than what is "
        "popular.",
        words={"random": "Random", "genres": "Genres"},
    )
    recency_weight: float = setting(
        0.0,
        ge=0,
        le=1000,
        label="Weight of recent items",
        special={0: "off"},
        help="Extra weight of a user's newest item in the user's own scores; 0: none.",
    )
    recency_half_life: float = setting(
        3.5,
        gt=0,
        le=10_000,
        label="Half-life of that weight",
        help="After how many newer items that extra weight is half.",
        unit="items",
        step=0.5,
    )

    def settled(self, n_rows: int, n_users: int, n_items: int) -> FCFSettings:
        if self.alpha:
            return self
        return self.model_copy(update={"alpha": unobserved_weight(n_rows, n_users, n_items)})

    @property
    def unobserved_weight(self) -> float:
        return self.alpha

    @property
    def reg_of_items(self) -> float:
        return self.reg


FCF = Model(
    name="fcf",
    title="FCF",
    sentence="Every user has a scoring vector of their own, solved exactly each round; only the sum of the users' item "
    "gradients is shared.",
    advice="Start with it where times are unknown, or with differential privacy: it needs few rounds and ranks well.",
    stays="a scoring vector, solved in closed form",
    loss="squared error on the pairs of users and items that there are",
    sent="one sum of the item gradients of the party's users",
    settings=FCFSettings,
    local="models.fcf_local:LocalFCF",
    newcomer="models.new_user:fit_ridge",
    views=("global",),
    message="gradient",
    contributions="models.explain:contributions",
    seconds_per_sample=2.8e-7,
)
