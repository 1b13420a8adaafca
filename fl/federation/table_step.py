"""The server's step of a whole item table: each block of its columns by its own optimiser.

Most models have one block, the item embeddings, stepped by the optimiser that the run chose. A model that puts other
tables beside them (`models.descriptor.Block`) has a rule for each.

No `from __future__ import annotations` here: `fl.federation.server`, which SecretFlow inspects, uses the class.
"""

from typing import Dict, Mapping  # noqa: UP035

import numpy as np
from numpy.typing import NDArray

from fl.federation.rules import RoundRules
from fl.federation.server_optimizers import OPTIMIZERS, Average
from models.base import Array


class TableStep:
    """The optimisers of a run's item table, and what they remember."""

    def __init__(self, rules: RoundRules) -> None:
        """Begin without memory.

        Args:
            rules: of the run.
        """
        self._rules = rules
        self._blocks = rules.hyper.own.blocks(rules.hyper.dim)
        ends = np.cumsum([block.width for block in self._blocks]).tolist()
        self._columns = [slice(end - block.width, end) for end, block in zip(ends, self._blocks, strict=True)]
        reg = rules.hyper.own.reg_of_items
        # The regularisation of FCF's loss is that of the item embeddings alone.
        self._optimizers = [
            OPTIMIZERS[block.optimizer]() if block.optimizer else OPTIMIZERS[rules.optimizer](reg)
            for block in self._blocks
        ]

    def of(
        self,
        change: NDArray[np.float64],
        items: NDArray[np.float64],
        weight: NDArray[np.float64],
        rows: NDArray[np.int64] | None,
        n_users: int,
        round_number: int,
    ) -> NDArray[np.float64]:
        """Return what to add to the item table, float64 [n_items, row_length].

        Args:
            change: [n_items, row_length], sum of the users' changes, or minus the sum of their gradients.
            items: [n_items, row_length] before the step.
            weight: [n_items], what the first block's rows are divided by; another block's all by n_users / n_items.
            rows: items that take part, ascending, where not all do.
            n_users: users in the sum.
            round_number: from 1.
        """
        step, n_items = np.empty_like(change), len(items)
        for block, columns, optimizer in zip(self._blocks, self._columns, self._optimizers, strict=True):
            own, rate = weight, self._rules.server_rate(round_number)
            if block.optimizer:
                own, rate = np.full(n_items, n_users / n_items), block.rate * self._rules.hyper.decay(round_number)
            average = Average(change[:, columns] / own[:, None], items[:, columns], own, rows)
            step[:, columns] = optimizer.step(average, rate)
        return step

    def state(self) -> Dict[str, Array]:  # noqa: UP006
        """Return the arrays to keep in a checkpoint; none before the first step."""
        return {
            _prefix(place) + name: array
            for place, optimizer in enumerate(self._optimizers)
            for name, array in optimizer.state().items()
        }

    def fits(self, arrays: Mapping[str, Array], n_items: int) -> bool:
        """Return whether what the optimisers kept in a checkpoint's arrays has the shapes of this table."""
        return all(
            array.shape == (n_items, block.width)
            for place, block in enumerate(self._blocks)
            for array in _of(arrays, place).values()
        )

    def load(self, arrays: Mapping[str, Array]) -> None:
        """Restore what `state` returned, from a checkpoint's arrays.

        Raises:
            StorageError: another optimiser wrote it.
        """
        for place, optimizer in enumerate(self._optimizers):
            optimizer.load(_of(arrays, place))

    def grow(self, arrays: Mapping[str, Array], n_items: int) -> None:
        """Take over what a checkpoint's arrays remember of a table of fewer items; see `ServerOptimizer.grown`."""
        for place, optimizer in enumerate(self._optimizers):
            optimizer.load(optimizer.grown(_of(arrays, place), n_items))


def _prefix(place: int) -> str:
    return "optimizer." if place == 0 else f"optimizer-{place}."


def _of(arrays: Mapping[str, Array], place: int) -> Dict[str, Array]:  # noqa: UP006
    prefix = _prefix(place)
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
