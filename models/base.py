"""The contract between a party's worker and a model: one object holds all users of a party as arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from data.errors import StorageError
from data.genres import Genres
from data.partition import PartyData
from data.sentences import say
from models.clipping import Clip
from models.descriptor import HyperParameters, View
from models.nearness import nearness

Array = NDArray[Any]
FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class LocalUpdate:
    """The contribution of a party to a round, before it is masked.

    Attributes:
        item_update: float32 [n_items, dim], the model's item message, a sum over the party's users that took part.
            "change": of weight * (the user's item table - the global one), weight 1 or the user's number of samples;
            "gradient": of the gradient of the user's loss by the item embeddings.
        n_users: users that took part.
        n_samples: samples they trained on.
        loss_sum: sum over samples of the loss before the step that used the sample.
    """

    item_update: FloatArray
    n_users: int
    n_samples: int
    loss_sum: float


def initial_items(n_items: int, dim: int, seed: int) -> FloatArray:
    """Draw standard normal start values, [n_items, dim], as `torch.nn.Embedding` in the reference implementations."""
    return np.random.default_rng([seed, 0]).standard_normal((n_items, dim)).astype(np.float32)


def initial_scoring(dim: int, seed: int) -> tuple[FloatArray, np.float32]:
    """Draw (w [dim], b) uniform in +-1/sqrt(dim), as `torch.nn.Linear`; every user starts from the same values."""
    bound = 1.0 / np.sqrt(dim)
    values = np.random.default_rng([seed, 1]).uniform(-bound, bound, dim + 1).astype(np.float32)
    return values[:dim], values[dim]


def check_shapes(own: Mapping[str, NDArray[np.generic]], found: Mapping[str, NDArray[np.generic]]) -> None:
    """Refuse a private state that has other arrays than a party's own.

    Raises:
        StorageError: naming both sides' shapes.
    """
    expected, shapes = ({name: array.shape for name, array in state.items()} for state in (own, found))
    if expected != shapes:
        raise misfit(expected, shapes)


def misfit(expected: Mapping[str, tuple[int, ...]], shapes: Mapping[str, tuple[int, ...]]) -> StorageError:
    """Return the refusal of a private state: the shapes that a party's own has, and those that were found."""
    return StorageError(
        say(
            "model.private-state-not-fit",
            "The private state does not fit this party's users: expected {expected}, found {shapes}.",
            expected=expected,
            shapes=shapes,
        )
    )


def taking_part(n_users: int, rows: NDArray[np.int64] | None) -> NDArray[np.bool_]:
    """Return who trains in a round, bool [n_users], given the rows of those who do; None for all."""
    result = np.full(n_users, rows is None)
    if rows is not None:
        result[rows] = True
    return result


class LocalModel(ABC):
    """The users of one party, all in one object. Rows are those of the `PartyData` it was made with.

    Attributes:
        checkpoint_every: the private state is written in full after every so many rounds. Above 1, loading trains the
            rounds since then again, so `train_round` must depend on nothing but the private state and its arguments.
        per_user: names of the arrays of the private state that have a row for each user.
        taken_over: arrays of these that `grow` fills, by name, and the array of the smaller party that each comes from.
        taken_whole: arrays beside them that `grow` takes as they are.
    """

    checkpoint_every: ClassVar[int] = 1
    per_user: ClassVar[tuple[str, ...]]
    taken_over: ClassVar[Mapping[str, str]] = {}
    taken_whole: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def __init__(self, data: PartyData, hyper: HyperParameters[Any]) -> None: ...

    @staticmethod
    @abstractmethod
    def load() -> None:
        """Import what computing needs and the rest of the program does not, so that the first round need not wait."""

    @staticmethod
    def initial_items(n_items: int, hyper: HyperParameters[Any], labels: Genres = ()) -> FloatArray:
        """Return the item table that the server starts from, [n_items, hyper.row_length].

        Args:
            n_items: items.
            hyper: settings of the model.
            labels: what everybody knows of each item, for a model that can start from it; () where it was not told.
        """
        return initial_items(n_items, hyper.row_length, hyper.seed)

    @abstractmethod
    def train_round(
        self,
        items: FloatArray,
        round_number: int,
        rows: NDArray[np.int64] | None = None,
        clip: Clip | None = None,
    ) -> LocalUpdate:
        """Train users for one round from the global item embeddings.

        Args:
            items: [n_items, dim] global item embeddings.
            round_number: from 1; with the seed it fixes negatives and order of samples.
            rows: [m] ascending rows of the users that take part; None for all. The others' state stays as it is.
            clip: bound on each user's message, its weight included, before the messages are added; None for none. What
                the users learn for themselves is not clipped.
        """

    @abstractmethod
    def scores(
        self,
        rows: NDArray[np.int64],
        items: FloatArray,
        columns: NDArray[np.int32] | None = None,
        view: View | None = None,
    ) -> FloatArray:
        """Return logits of items for users: higher is better, sigmoid gives the model's probability.

        Args:
            rows: [n] rows of the party's users.
            items: [n_items, dim] global item embeddings.
            columns: [n, c] item ids to score for each user, or None for all items.
            view: one of the views that the model declares, or None for its own (hyper.view). "global" scores `items`;
                "fine-tuned" scores them as the user changed them in the last round; "personal" adds the user's own item
                table.

        Returns:
            float32 [n, c] or [n, n_items].
        """

    def shown_score(self, score: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what a person is shown for a score: 0..1, in the same order. Here it is the sigmoid, as for logits."""
        return np.asarray(1.0 / (1.0 + np.exp(-score)))

    def score_batches(
        self, items: FloatArray, columns: NDArray[np.int32] | None, batch_size: int, view: View | None = None
    ) -> Iterator[tuple[NDArray[np.int64], FloatArray]]:
        """Yield the scores of all users, as (rows [m], what `scores` returns for them) that cover each row once.

        Args:
            columns: [n, c] item ids for every row, or None for all items.
            batch_size: most users in one pair.
        """
        n = self.n_users
        for start in range(0, n, batch_size):
            rows = np.arange(start, min(n, start + batch_size))
            yield rows, self.scores(rows, items, None if columns is None else columns[rows], view)

    @abstractmethod
    def own_items(self, row: int, items: FloatArray) -> FloatArray:
        """Return the item embeddings that one user of the party scores with in the model's own view, [n_items, dim]."""

    @abstractmethod
    def train_items(self, row: int) -> NDArray[np.int64]:
        """Return the train items of one user of the party, [n], in order of time."""

    def reasons(self, row: int, items: FloatArray, columns: NDArray[np.int64]) -> FloatArray:
        """Return [c, n], how much each of a user's n train items speaks for each item of `columns` [c].

        What the numbers are, the model declares: `models.descriptor.Model.reason_kind`.
        """
        return nearness(self.own_items(row, items), self.train_items(row), columns)

    @property
    @abstractmethod
    def n_users(self) -> int:
        """The number of users of the party."""

    @abstractmethod
    def validation_scores(self) -> tuple[FloatArray, FloatArray] | None:
        """Return (positive [n], candidates [n, 99]) logits of the validation items as of the last `train_round`.

        For models whose view exists only while a round is trained; None means: use `scores`.
        """

    @abstractmethod
    def private_state(self) -> dict[str, NDArray[np.generic]]:
        """Return all that training has learned of the party's users, as a flat dict of arrays that never leaves it."""

    @classmethod
    def state_of(
        cls, state: Mapping[str, NDArray[np.generic]], rows: NDArray[np.int64], n_users: int
    ) -> dict[str, NDArray[np.generic]]:
        """Return the private state of some users, taken from that of all users of a party.

        Args:
            state: of all users.
            rows: [m] ascending rows of the party's users.
            n_users: of the party.

        Raises:
            StorageError: the state is of another number of users.
        """
        own = {name: state[name] for name in cls.per_user if name in state}
        check_shapes({name: np.broadcast_to(0, (n_users, *array.shape[1:])) for name, array in own.items()}, own)
        return {**state, **{name: array[rows] for name, array in own.items()}}

    def grow(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take over what was learned of this party's first users while it had fewer users and items.

        The users behind them are as untrained. What follows from the item table and a user's own items, as FCF's
        vectors do, need not be taken over.

        Args:
            state: what `private_state` returned then.

        Raises:
            StorageError: the arrays do not fit.
        """
        if not self.taken_over:
            return
        own = {name: np.array(array) for name, array in self.private_state().items()}
        for name, source in self.taken_over.items():
            learned = state[source]
            check_shapes({name: own[name][: len(learned)]}, {name: learned})
            own[name][: len(learned)] = learned
        self.load_private_state({**own, **{name: state[name] for name in self.taken_whole}})

    @abstractmethod
    def load_private_state(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Restore what `private_state` returned.

        Raises:
            StorageError: the arrays do not fit this party's users.
        """
