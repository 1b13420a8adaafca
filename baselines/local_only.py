"""Learning without federation: every party trains iALS on its own users and recommends to them alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baselines.base import Baseline
from baselines.ials import IALS
from data.partition import PartyData


class LocalOnly(Baseline):
    """iALS per party: federation has to beat it to be worth the effort.

    Args:
        settings: those of `IALS`, by name.
    """

    name = "local-only"
    title = "Local only (iALS)"
    sees = "Each party alone: nobody else sees anything, and nobody else helps."

    def __init__(self, **settings: Any) -> None:
        self._settings = settings

    def fit(self, parts: Sequence[PartyData]) -> None:
        self._parts = parts
        self._models = [IALS(**self._settings) for _ in parts]
        for model, part in zip(self._models, parts, strict=True):
            model.fit([part])

    def scores(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        return self._models[place].scores(0, rows)
