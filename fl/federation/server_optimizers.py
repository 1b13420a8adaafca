"""The server's step from a round's average: plain averaging, or an adaptive step.

Reddi, Charles, Zaheer, Garrett, Rush, Konecny, Kumar, McMahan, "Adaptive Federated Optimization", ICLR 2021, algorithm
2 and its case without adaptivity, FedAvg with a server learning rate. With D the average of the users' changes (for a
model that sends gradients, minus the gradient divided by its weights):

    m <- beta1 m + (1 - beta1) D
    FedAdagrad: v <- v + D^2
    FedYogi:    v <- v - (1 - beta2) D^2 sign(v - D^2)
    FedAdam:    v <- beta2 v + (1 - beta2) D^2
    items <- items + rate * m / (sqrt(v) + tau)

with m = 0 and v = tau^2 at the start, and no bias correction, as in the paper.
"""

from abc import ABC, abstractmethod
from typing import Dict, Literal  # noqa: UP035  # fl.federation.server, which SecretFlow inspects, uses these classes

import numpy as np
from numpy.typing import NDArray

from data.errors import StorageError
from data.sentences import say
from models.base import Array

ServerOptimizerName = Literal["fedavg", "fedadam", "fedadagrad", "fedyogi"]

BETA_1, BETA_2 = 0.9, 0.99  # the paper's choice in all its experiments
# Degree of adaptivity. The paper finds 1e-3 good almost everywhere; so it is for FCF: on ML-100K, rate 0.05, 40 rounds,
# validation HR@10/NDCG@10 in percent 70.9/42.0 with 1e-3 and 70.7/41.9 with 1e-8.
TAU = 1e-3


class ServerOptimizer(ABC):
    """A rule that turns the average change of a round into the server's step, and remembers what the next one needs."""

    @abstractmethod
    def step(
        self, change: NDArray[np.float64], rate: float, rows: NDArray[np.int64] | None = None
    ) -> NDArray[np.float64]:
        """Return what to add to the item embeddings.

        Args:
            change: float64 [n_items, dim], the average of the users' changes.
            rate: server learning rate of this round.
            rows: items that take part, where not all do; change is 0 in the others, and nothing of them is touched.
        """

    def state(self) -> Dict[str, Array]:  # noqa: UP006
        """Return the arrays to keep in a checkpoint; none before the first step."""
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


class FedAvg(ServerOptimizer):
    """Federated averaging, rate * average: with rate 1, the new items are the average of the users' item tables."""

    def step(
        self, change: NDArray[np.float64], rate: float, rows: NDArray[np.int64] | None = None
    ) -> NDArray[np.float64]:
        return rate * change


class Adaptive(ServerOptimizer):
    """The algorithm 2, all but its line for v. Momentum m and v are float64 [n_items, dim]."""

    def __init__(self) -> None:
        self._m: NDArray[np.float64] | None = None
        self._v: NDArray[np.float64] | None = None

    def step(
        self, change: NDArray[np.float64], rate: float, rows: NDArray[np.int64] | None = None
    ) -> NDArray[np.float64]:
        if rows is not None:
            return self._step_rows(change, rate, rows)
        m = np.zeros_like(change) if self._m is None else self._m
        v = np.full_like(change, TAU**2) if self._v is None else self._v
        self._m = BETA_1 * m + (1 - BETA_1) * change
        self._v = self._next_v(v, change**2)
        return np.asarray(rate * self._m / (np.sqrt(self._v) + TAU))

    def _step_rows(self, change: NDArray[np.float64], rate: float, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Step by algorithm 2 in some rows, as if the table had no others."""
        m = np.zeros_like(change) if self._m is None else self._m.copy()
        v = np.full_like(change, TAU**2) if self._v is None else self._v.copy()
        m[rows] = BETA_1 * m[rows] + (1 - BETA_1) * change[rows]
        v[rows] = self._next_v(v[rows], change[rows] ** 2)
        self._m, self._v = m, v
        step = np.zeros_like(change)
        step[rows] = rate * m[rows] / (np.sqrt(v[rows]) + TAU)
        return step

    @abstractmethod
    def _next_v(self, v: NDArray[np.float64], square: NDArray[np.float64]) -> NDArray[np.float64]: ...

    def state(self) -> Dict[str, Array]:  # noqa: UP006
        return {} if self._m is None or self._v is None else {"m": self._m, "v": self._v}

    def load(self, state: Dict[str, Array]) -> None:  # noqa: UP006
        if not state:
            self._m = self._v = None
            return
        if set(state) != {"m", "v"}:
            raise StorageError(
                say(
                    "federation.optimisers-state-hold-m",
                    "The server optimiser's state should hold m and v, and holds {state}.",
                    state=sorted(state),
                )
            )
        self._m, self._v = np.array(state["m"], np.float64), np.array(state["v"], np.float64)


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


OPTIMIZERS: Dict[str, type[ServerOptimizer]] = {  # noqa: UP006
    "fedavg": FedAvg,
    "fedadam": FedAdam,
    "fedadagrad": FedAdagrad,
    "fedyogi": FedYogi,
}
