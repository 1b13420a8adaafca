"""The settings of models whose users take steps of SGD on their items and on sampled negatives."""

from __future__ import annotations

from data.setting import setting
from models.descriptor import ModelSettings


class SgdSettings(ModelSettings):
    """The settings of a user's local steps."""

    negatives: int = setting(
        4,
        ge=1,
        le=100,
        label="Negatives per positive",
        help="Sampled negatives per positive, redrawn every round.",
        unit="items",
    )
    learning_rate: float = setting(
        0.1, gt=0, le=100, label="Learning rate", help="Step size of the scoring function.", step=0.05
    )
    local_epochs: int = setting(
        1, ge=1, le=100, label="Local epochs", help="Passes of each client over its data per round.", unit="passes"
    )

    def samples(self, n_rows: float) -> float:
        return n_rows * (1 + self.negatives)

    @property
    def passes(self) -> int:
        return self.local_epochs
