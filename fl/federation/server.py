"""The server: it holds the item embeddings and applies each round's aggregate. It never sees anything else.

The sum of a round becomes an average, and the average a step of the server's optimiser
(`fl.federation.server_optimizers`).

No `from __future__ import annotations` here: SecretFlow counts the values a method returns by its evaluated
`Tuple[...]` annotation.
"""

from pathlib import Path
from typing import Dict, List, Sequence, Tuple  # noqa: UP035  # SecretFlow looks for typing.Tuple

import numpy as np
from numpy.typing import NDArray
from secretflow.device import PYUObject, proxy

from data.errors import StorageError
from data.sentences import Said, say
from fl.aggregation.compression import FULL_BITS, NO_RANGES, RangeKeeper, Ranges, step_of
from fl.aggregation.server_side import MaskingHub
from fl.aggregation.updates import RoundTotals, unpack_totals
from fl.federation.rules import RoundRules
from fl.federation.table_step import TableStep
from fl.runs.storage import prune_checkpoints, read_arrays, write_arrays
from models.base import Array
from models.threads import one_for_products


class ItemServer(MaskingHub):
    """The item table [n_items, row_length] float32, and the server's optimiser."""

    def __init__(self) -> None:
        one_for_products()
        self._items = np.zeros((0, 0), np.float32)
        self._rules: RoundRules
        self._users: Dict[str, int] = {}  # noqa: UP006  # by party, once a party was lost
        self._left: Tuple[str, ...] = ()  # noqa: UP006  # parties
        self._present = 0  # users of the parties in the sum of the round
        self._step: TableStep
        self._counts: NDArray[np.float64] = np.zeros(0)
        self._keeper = RangeKeeper()
        self._ranges: Ranges = NO_RANGES  # of the round under way

    def set_up(self, items: Array, rules: RoundRules) -> int:
        """Take start values and what every round is like. Return the number of all parties' users.

        Args:
            items: [n_items, row_length] start values.
            rules: of the run.
        """
        self._items = np.array(items, np.float32)
        self._rules, self._present = rules, rules.n_users
        self._users, self._left, self._summed = {}, (), ()
        self._step = TableStep(rules)
        self._keeper, self._ranges = RangeKeeper(), NO_RANGES
        return rules.n_users

    def expect(self, users: Dict[str, int], left: Sequence[str]) -> int:  # noqa: UP006
        """Expect from now on that only these parties are left. Return their number.

        Args:
            users: number of users of each party of the run.
            left: names of the parties.
        """
        self._users, self._left = users, tuple(left)
        return len(left)

    def take_counts(self, counts: Array) -> int:
        """Take the summed item counts [n_items], which gradients are divided by. Return the number of items."""
        self._counts = np.asarray(counts, np.float64)
        return len(self._counts)

    def items(self) -> Array:
        """Return the current item embeddings."""
        return self._items

    def ranges(self, round_number: int) -> Array:
        """Return the ranges of the rows of the next round, float32 [k]; empty where it is sent in 32 bits.

        See `fl.aggregation.compression`.
        """
        self._ranges = self._keeper.ranges(self._rules.compression, len(self._items), round_number)
        return self._ranges

    def apply(self, total: List[Array], size: int, round_number: int = 1) -> Tuple[Array, Dict[str, object]]:  # noqa: UP006
        """Take the aggregate of a round: average it, and let the optimiser step.

        Args:
            total: [sum of item messages, or of their levels; sum of totals].
            size: bytes of the largest upload.
            round_number: from 1.

        Returns:
            (new item embeddings, report). The report has "problem": "" or why the aggregate cannot be right, in which
            case the embeddings are unchanged; and "n_users", "n_samples", "loss_sum", "bytes_up", "bytes_down".
        """
        # A party that died after its upload is in the sum, but not left.
        over, self._summed = self._summed or self._left, ()
        self._present = sum(self._users[name] for name in over) if self._users else self._rules.n_users
        message, raw = np.asarray(total[0], np.float64), np.asarray(total[1], np.float64)
        totals = unpack_totals(raw)
        report: Dict[str, object] = {  # noqa: UP006
            "problem": self._problem_of(raw, totals),
            "n_users": totals.n_users,
            "n_samples": totals.n_samples,
            "loss_sum": totals.loss_sum,
            "bytes_up": int(size),
            "bytes_down": self._items.nbytes + self._ranges.nbytes,
        }
        # A round that nobody was drawn for leaves everything as it is, the optimiser's momentum too.
        if not report["problem"] and (totals.n_users > 0 or self._rules.privacy is not None):
            rows = self._rules.compression.rows(len(self._items), round_number, self._ranges)
            whole, items = self._whole(message, rows), np.asarray(self._items, np.float64)
            if self._rules.message == "gradient":
                whole = -whole
            step = self._step.of(whole, items, self._weight(totals), rows, totals.n_users, round_number)
            self._items = (items + step).astype(np.float32)
        return self._items, report

    def _whole(self, message: NDArray[np.float64], rows: NDArray[np.int64] | None) -> NDArray[np.float64]:
        """Return real numbers, [n_items, row_length], from what was summed; zeros in rows that were not sent."""
        compression, n_items = self._rules.compression, len(self._items)
        if compression.quantises(self._ranges):
            message = message * step_of(self._ranges, compression.levels)
        if compression.bits < FULL_BITS:
            self._keeper.saw(message, rows, n_items)
        if rows is None:
            return message
        whole = np.zeros(self._items.shape)
        whole[rows] = message
        return whole

    def _weight(self, totals: RoundTotals) -> NDArray[np.float64]:
        """Return what the sum of each row is divided by for the users' average, [n_items], above 0."""
        rules, unobserved, n_items = self._rules, self._rules.hyper.own.unobserved_weight, len(self._items)
        if rules.privacy is not None:
            # By a number that everybody knows, not by how many took part: with noise, nobody is told. For gradients by
            # the weight of an item that nobody has, because the items' counts are not revealed either.
            expected = rules.privacy.sampling * self._present
            return np.full(n_items, expected if rules.message == "change" else unobserved * expected)
        if rules.message == "change":
            return np.full(n_items, float(max(1, totals.n_samples if rules.by_samples else totals.n_users)))
        # The loss gives item i the weight n_i + alpha n_users; a draw of users has its share of it on average. An item
        # that nobody has and that nothing else moves (alpha 0) keeps its row.
        weight = (self._counts + unobserved * rules.n_users) * (totals.n_users / rules.n_users)
        return np.asarray(np.maximum(weight, 1e-12))

    def _problem_of(self, raw: NDArray[np.float64], totals: RoundTotals) -> str:
        """Return why an aggregate cannot be right, or "".

        Masks that do not cancel leave values of about 1e13 everywhere; the counts show it for certain.
        """
        if self._rules.privacy is not None:
            empty = np.all(np.abs(raw) <= 1e-3)
            return "" if empty else say("sum.counts-not-empty", "its counts are not empty: masks did not cancel")
        counts = raw[:-1]
        if not np.all(np.isfinite(raw)) or np.any(np.abs(counts - np.round(counts)) > 1e-3) or totals.n_samples < 0:
            return say("sum.no-counts", "its counts are no counts: masks did not cancel")
        clients = self._rules.clients
        if not clients.plausible(totals.n_users, self._rules.numbers, self._present):
            if clients.everyone(self._rules.numbers):
                wanted = str(self._present)
            elif clients.method == "fixed" and self._present == self._rules.numbers:
                wanted = str(clients.expected(self._rules.numbers))
            else:
                wanted = say("sum.at-most", "at most {users}", users=self._present)
            return say(
                "sum.wrong-users",
                "it counts {users} users instead of {wanted}: masks did not cancel",
                users=totals.n_users,
                wanted=wanted,
            )
        return ""

    def save(self, path: str) -> int:
        """Write the item embeddings and the optimiser's state. Return the file's size in bytes."""
        write_arrays(Path(path), self.state())
        return Path(path).stat().st_size

    def state(self) -> Dict[str, Array]:  # noqa: UP006
        """Return the arrays of a checkpoint."""
        return {"items": self._items, **self._step.state(), **self._keeper.state()}

    def load(self, path: str) -> int:
        """Read what `save` wrote. Return the number of items.

        Raises:
            StorageError: missing, damaged, or written with another optimiser or size.
        """
        arrays = read_arrays(Path(path))
        items = np.array(arrays.pop("items", np.zeros(0)), np.float32)
        if items.shape != self._items.shape or not self._step.fits(arrays, len(items)):
            raise StorageError(_not_fitting(path, items.shape, self._items.shape))
        self._step.load(arrays)
        self._items = items
        self._keeper.load(arrays, len(items))
        return len(items)

    def grow(self, path: str, neighbours: List[Array]) -> int:  # noqa: UP006
        """Go on from a checkpoint of a table of fewer items, after `set_up`. Return how many it had.

        They keep their rows, and stand first. A new item starts from the mean row of its neighbours; without any, it
        has the row that `set_up` gave it.

        Args:
            path: of the checkpoint.
            neighbours: the known items that each new one is like, int64 each; see `data.growth.neighbours`.

        Raises:
            StorageError: missing, damaged, or of a table that this one does not go on from.
        """
        arrays = read_arrays(Path(path))
        items = np.array(arrays.pop("items", np.zeros(0)), np.float32)
        known = len(self._items) - len(neighbours)
        if items.shape != (known, self._items.shape[1]) or not self._step.fits(arrays, known):
            raise StorageError(_not_fitting(path, items.shape, (known, self._items.shape[1])))
        self._step.grow(arrays, len(self._items))
        self._items[:known] = items
        for item, alike in enumerate(neighbours, start=known):
            if len(alike):
                self._items[item] = items[alike].mean(axis=0)
        return known

    def prune(self, folder: str, keep: List[str]) -> int:  # noqa: UP006
        """Delete checkpoints in the server's folder whose file name is not in `keep`. Return how many."""
        return prune_checkpoints(Path(folder), keep)


def _not_fitting(path: str, found: Tuple[int, ...], expected: Tuple[int, ...]) -> Said:  # noqa: UP006
    return say(
        "federation.not-fit-items-expected",
        "{path} does not fit: its items are {shape}, expected {shape_2}.",
        path=path,
        shape=found,
        shape_2=expected,
    )


ServerActor = proxy(PYUObject)(ItemServer)
