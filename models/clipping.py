"""The bounds on what one user may contribute to a sum, for differential privacy.

A user's contribution is its whole item message, [n_items, dim], seen as one vector. It is scaled down to the bound
where its norm is larger (Abadi et al., "Deep Learning with Differential Privacy", CCS 2016; for a user's whole update:
McMahan et al., "Learning Differentially Private Recurrent Language Models", ICLR 2018), so that one user moves the sum
by at most the bound, whatever the user's data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Norm = Literal["l2", "l1"]


@dataclass(frozen=True)
class Clip:
    """The largest norm of one user's item message.

    Attributes:
        bound: above 0.
        norm: "l2", computed exactly by every model; or "l1", of which a model may take an upper bound where the exact
            value needs a dense table per user (a user may then be scaled down more than needed, never less).
    """

    bound: float
    norm: Norm = "l2"

    def __post_init__(self) -> None:
        if not (self.bound > 0 and math.isfinite(self.bound)):
            raise ValueError(f"a clipping bound must be positive and finite, not {self.bound}")

    @property
    def allowed(self) -> float:
        """A value slightly below the bound, so that rounding to float32 never ends above it."""
        return self.bound * (1.0 - 1e-5)

    def factors(self, norms: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Return what each user's message is multiplied by, [n]: 1, or bound / norm where the norm is larger.

        A norm that is not finite gives 0: such a message must not be sent at all.
        """
        norms = np.asarray(norms, np.float64)
        allowed = self.allowed
        factors = np.where(norms > allowed, allowed / np.maximum(norms, allowed), 1.0)
        return np.where(np.isfinite(norms), factors, 0.0).astype(np.float32)
