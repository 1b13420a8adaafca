"""The contract between a party's worker and a model: one object holds all users of a party as arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData

Array = NDArray[Any]
FloatArray = NDArray[np.float32]
View = Literal["global", "fine-tuned"]


@dataclass(frozen=True)
class HyperParameters:
    """What a model needs to know besides its data.

    Attributes:
        dim: length of an item embedding.
        batch_size: samples per local gradient step and user.
        learning_rate: step size of the scoring function.
        item_lr_scale: PFedRec's item step size is learning_rate * n_items * item_lr_scale.
        negatives: sampled negatives per positive, redrawn every round.
        local_epochs: passes of each client over its data per round.
        seed: seed of initial values and of sampling.
        view: the item embeddings users score with; see `LocalModel.scores`.
    """

    dim: int
    batch_size: int
    learning_rate: float
    item_lr_scale: float
    negatives: int
    local_epochs: int
    seed: int
    view: View


@dataclass(frozen=True)
class LocalUpdate:
    """What a party contributes to a round, before it is masked.

    Attributes:
        item_update: float32 [n_items, dim], sum over the party's users of (their item table - the global one).
        n_users: users that trained.
        n_samples: samples they trained on.
        loss_sum: sum over samples of the loss before the step that used the sample.
    """

    item_update: FloatArray
    n_users: int
    n_samples: int
    loss_sum: float


def initial_items(n_items: int, dim: int, seed: int) -> FloatArray:
    """[n_items, dim] standard normal start values, as `torch.nn.Embedding` in the reference implementations."""
    return np.random.default_rng([seed, 0]).standard_normal((n_items, dim)).astype(np.float32)


def initial_scoring(dim: int, seed: int) -> tuple[FloatArray, np.float32]:
    """(w [dim], b) uniform in +-1/sqrt(dim), as `torch.nn.Linear`; every user starts from the same values."""
    bound = 1.0 / np.sqrt(dim)
    values = np.random.default_rng([seed, 1]).uniform(-bound, bound, dim + 1).astype(np.float32)
    return values[:dim], values[dim]


class LocalModel(ABC):
    """All users of one party. Rows are those of the `PartyData` it was made with."""

    @abstractmethod
    def __init__(self, data: PartyData, hyper: HyperParameters) -> None: ...

    @abstractmethod
    def train_round(self, items: FloatArray, round_number: int) -> LocalUpdate:
        """Train every user for one round from the global item embeddings.

        Args:
            items: [n_items, dim] global item embeddings.
            round_number: from 1; with the seed it fixes negatives and order of samples.
        """

    @abstractmethod
    def scores(
        self,
        rows: NDArray[np.int64],
        items: FloatArray,
        columns: NDArray[np.int32] | None = None,
        view: View | None = None,
    ) -> FloatArray:
        """Logits of items for users: higher is better, sigmoid gives the model's probability.

        Args:
            rows: [n] rows of the party's users.
            items: [n_items, dim] global item embeddings.
            columns: [n, c] item ids to score for each user, or None for all items.
            view: "global" scores `items`; "fine-tuned" scores them as the user changed them in the last round.
                None takes the model's own (hyper.view).

        Returns:
            float32 [n, c] or [n, n_items].
        """

    def score_batches(
        self, items: FloatArray, columns: NDArray[np.int32] | None, batch_size: int, view: View | None = None
    ) -> Iterator[tuple[NDArray[np.int64], FloatArray]]:
        """Scores of all users, some at a time, as (rows [m], what `scores` returns for them) that cover each row once.

        Args:
            columns: [n, c] item ids for every row, or None for all items.
            batch_size: most users in one pair.
        """
        n = self.n_users
        for start in range(0, n, batch_size):
            rows = np.arange(start, min(n, start + batch_size))
            yield rows, self.scores(rows, items, None if columns is None else columns[rows], view)

    @property
    @abstractmethod
    def n_users(self) -> int:
        """Users of the party."""

    @abstractmethod
    def validation_scores(self) -> tuple[FloatArray, FloatArray] | None:
        """(positive [n], candidates [n, 99]) logits of the validation items as of the last `train_round`.

        For models whose view exists only while a round is trained; None means: use `scores`.
        """

    @abstractmethod
    def private_state(self) -> dict[str, NDArray[np.generic]]:
        """All that training has learned of the party's users, as a flat dict of arrays. Never leaves the party."""

    @abstractmethod
    def load_private_state(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Restore what `private_state` returned.

        Raises:
            StorageError: the arrays do not fit this party's users.
        """
