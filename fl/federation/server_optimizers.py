"""The server's step from a round's average: plain averaging, an adaptive step, or one that knows the curvature.

Reddi, Charles, Zaheer, Garrett, Rush, Konecny, Kumar, McMahan, "Adaptive Federated Optimization", ICLR 2021, algorithm
2 and its case without adaptivity, FedAvg with a server learning rate. With D the average of the users' changes (for a
model that sends gradients, minus the gradient divided by its weights):

    m <- beta1 m + (1 - beta1) D
    FedAdagrad: v <- v + D^2
    FedYogi:    v <- v - (1 - beta2) D^2 sign(v - D^2)
    FedAdam:    v <- beta2 v + (1 - beta2) D^2
    items <- items + rate * m / (sqrt(v) + tau)

with m = 0 and v = tau^2 at the start, and no bias correction, as in the paper. `Secant` is `fl.federation.curvature`.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Dict  # noqa: UP035  # fl.federation.server, which SecretFlow inspects, uses these classes

import numpy as np
from numpy.typing import NDArray

from data.errors import StorageError
from data.sentences import say
from fl.federation.curvature import mean_outer_product, secants
from models.base import Array

BETA_1, BETA_2 = 0.9, 0.99  # the paper's choice in all its experiments
# Degree of adaptivity. The paper finds 1e-3 good almost everywhere; so it is for FCF: on ML-100K, rate 0.05, 40 rounds,
# validation HR@10/NDCG@10 in percent 70.9/42.0 with 1e-3 and 70.7/41.9 with 1e-8.
TAU = 1e-3


@dataclass(frozen=True)
class Average:
    """The average of a round and what it was taken of.

    Attributes:
        change: float64 [n_items, dim], the average of the users' changes.
        items: float64 [n_items, dim], the table before the step.
        weight: float64 [n_items], what the sum of each row was divided by, as far as it differs between rows.
        rows: items that take part, int64 ascending, where not all do; change is 0 in the others.
    """

    change: NDArray[np.float64]
    items: NDArray[np.float64]
    weight: NDArray[np.float64]
    rows: NDArray[np.int64] | None = None

    @property
    def expected(self) -> NDArray[np.float64]:
        """The change whose expectation over the draw of rows is the whole average, float64 [n_items, dim]."""
        return self.change if self.rows is None else self.change * (len(self.change) / len(self.rows))


class ServerOptimizer(ABC):
    """A rule that turns the average change of a round into the server's step, and remembers what the next one needs."""

    def __init__(self, reg: float = 0.0) -> None:
        """Begin without memory.

        Args:
            reg: the regularisation in a loss as `fl.federation.curvature` has it; 0 where the model has another.
        """
        self._reg = reg

    @abstractmethod
    def step(self, average: Average, rate: float) -> NDArray[np.float64]:
        """Return what to add to the item embeddings, float64 [n_items, dim]; 0 in rows that do not take part.

        Args:
            average: of the round.
            rate: server learning rate of this round.
        """

    def state(self) -> Dict[str, Array]:  # noqa: UP006
        """Return the arrays to keep in a checkpoint, each [n_items, dim]; none before the first step."""
        return {}

    def load(self, state: Dict[str, Array]) -> None:  # noqa: UP006
        """Restore what `state` returned.

        Raises:
            StorageError: it was written by another optimiser.
        """
        if state:
            raise StorageError(
                say(
                    "federation.servers-optimiser-keeps",
                    "The server's optimiser keeps no state, but the checkpoint holds {state}.",
                    state=sorted(state),
                )
            )

    def grown(self, state: Dict[str, Array], n_items: int) -> Dict[str, Array]:  # noqa: UP006
        """Return what to remember of `state` when items have come behind those it is of, and users to the sums.

        Args:
            state: what `state` returned.
            n_items: how many items there are now.
        """
        return {}


class FedAvg(ServerOptimizer):
    """Federated averaging, rate * average: with rate 1, the new items are the average of the users' item tables."""

    def step(self, average: Average, rate: float) -> NDArray[np.float64]:
        return rate * average.expected


class _Remembering(ServerOptimizer):
    """A rule with two tables of memory, float64 [n_items, dim] each."""

    _names: tuple[str, str]  # in a checkpoint

    def __init__(self, reg: float = 0.0) -> None:
        super().__init__(reg)
        self._tables: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None

    def state(self) -> Dict[str, Array]:  # noqa: UP006
        return {} if self._tables is None else dict(zip(self._names, self._tables, strict=True))

    def load(self, state: Dict[str, Array]) -> None:  # noqa: UP006
        if not state:
            self._tables = None
            return
        if set(state) != set(self._names):
            raise StorageError(
                say(
                    "federation.optimisers-state-hold",
                    "The server optimiser's state should hold {first} and {second}, and holds {state}.",
                    first=self._names[0],
                    second=self._names[1],
                    state=sorted(state),
                )
            )
        first, second = (np.array(state[name], np.float64) for name in self._names)
        self._tables = first, second


class Adaptive(_Remembering):
    """The algorithm 2, all but its line for v. It remembers momentum m and v."""

    _names = ("m", "v")

    def step(self, average: Average, rate: float) -> NDArray[np.float64]:
        change, step = average.expected, np.zeros_like(average.change)
        if self._tables is None:
            self._tables = np.zeros_like(change), np.full_like(change, TAU**2)
        m, v = (table.copy() for table in self._tables)
        at = slice(None) if average.rows is None else average.rows
        m[at] = BETA_1 * m[at] + (1 - BETA_1) * change[at]
        v[at] = self._next_v(v[at], change[at] ** 2)
        step[at] = rate * m[at] / (np.sqrt(v[at]) + TAU)
        self._tables = m, v
        return step

    def grown(self, state: Dict[str, Array], n_items: int) -> Dict[str, Array]:  # noqa: UP006
        # Without its v, the first step would be as large as that of an untrained table.
        starts = {"m": 0.0, "v": TAU**2}
        return {
            name: np.pad(array, [(0, n_items - len(array)), (0, 0)], constant_values=starts[name])
            for name, array in state.items()
        }

    @abstractmethod
    def _next_v(self, v: NDArray[np.float64], square: NDArray[np.float64]) -> NDArray[np.float64]: ...


class FedAdagrad(Adaptive):
    """The adaptive step whose v sums the squares of the changes."""

    def _next_v(self, v: NDArray[np.float64], square: NDArray[np.float64]) -> NDArray[np.float64]:
        return v + square


class FedYogi(Adaptive):
    """The adaptive step whose v moves by (1 - beta2) D^2 towards D^2."""

    def _next_v(self, v: NDArray[np.float64], square: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(v - (1 - BETA_2) * square * np.sign(v - square))


class FedAdam(Adaptive):
    """The adaptive step whose v is the moving average of the squares of the changes."""

    def _next_v(self, v: NDArray[np.float64], square: NDArray[np.float64]) -> NDArray[np.float64]:
        return BETA_2 * v + (1 - BETA_2) * square


class Secant(_Remembering):
    """The step that knows the curvature. It remembers the last round's items and change, and needs all rows.

    The settings refuse it where the sum does not tell the curvature: a part of the rows, noise, another loss. It
    remembers nothing when the data grow: the next gradient also changes by what has come, which is no curvature.
    """

    _names = ("items", "change")

    def step(self, average: Average, rate: float) -> NDArray[np.float64]:
        items, change = average.items, average.change
        was, had = (items, change) if self._tables is None else self._tables
        self._tables = items, change
        mean = mean_outer_product(items, change, average.weight, self._reg)
        if not mean.any():
            return rate * change
        curvature = mean + self._reg * np.eye(len(mean))
        divided = change / secants(items - was, had - change, curvature)[:, None]
        return rate * np.linalg.solve(curvature, divided.T).T


OPTIMIZERS: Dict[str, type[ServerOptimizer]] = {  # noqa: UP006
    "fedavg": FedAvg,
    "fedadam": FedAdam,
    "fedadagrad": FedAdagrad,
    "fedyogi": FedYogi,
    "secant": Secant,
}
