"""What the server runs: it holds the item embeddings and applies each round's aggregate. It never sees anything else.

No `from __future__ import annotations` here: SecretFlow counts the values a method returns by its evaluated
`Tuple[...]` annotation.
"""

from pathlib import Path
from typing import Dict, List, Tuple  # noqa: UP035  # SecretFlow looks for typing.Tuple

import numpy as np
from secretflow.device import PYUObject, proxy

from fl.messages import unpack_totals
from fl.storage import read_arrays, write_arrays
from fl.worker import prune_folder
from models.base import Array


class ItemServer:
    """Item embeddings [n_items, dim] float32 and the server's optimiser, uniform averaging over clients."""

    def __init__(self) -> None:
        self._items = np.zeros((0, 0), np.float32)
        self._n_users = 0

    def set_up(self, items: Array, n_users: int) -> int:
        """Take start values and the number of users that take part in every round. Returns n_users."""
        self._items = np.array(items, np.float32)
        self._n_users = n_users
        return n_users

    def items(self) -> Array:
        """The current item embeddings."""
        return self._items

    def apply(self, total: List[Array], size: int) -> Tuple[Array, Dict[str, object]]:  # noqa: UP006
        """Take the aggregate of a round: items += sum of all users' changes / number of users.

        Args:
            total: [sum of item updates, sum of totals].
            size: bytes of the largest upload.

        Returns:
            (new item embeddings, report). The report has "problem": "" or why the aggregate cannot be right, in which
            case the embeddings are unchanged; and "n_users", "n_samples", "loss_sum", "bytes_up", "bytes_down".
        """
        change, totals = np.asarray(total[0]), unpack_totals(np.asarray(total[1]))
        report: Dict[str, object] = {  # noqa: UP006
            "problem": "",
            "n_users": totals.n_users,
            "n_samples": totals.n_samples,
            "loss_sum": totals.loss_sum,
            "bytes_up": int(size),
            "bytes_down": self._items.nbytes,
        }
        if totals.n_users != self._n_users or not np.isfinite(totals.loss_sum):
            # Masks that do not cancel leave values of about 1e13 everywhere; the count of users shows it for certain.
            report["problem"] = f"it counts {totals.n_users} users instead of {self._n_users}: masks did not cancel"
            return self._items, report
        self._items = (self._items + change / self._n_users).astype(np.float32)
        return self._items, report

    def save(self, path: str) -> int:
        """Write the item embeddings. Returns the file's size in bytes."""
        write_arrays(Path(path), {"items": self._items})
        return Path(path).stat().st_size

    def load(self, path: str) -> int:
        """Read what `save` wrote. Returns the number of items."""
        self._items = np.array(read_arrays(Path(path))["items"], np.float32)
        return len(self._items)

    def prune(self, folder: str, keep: List[str]) -> int:  # noqa: UP006
        """Delete checkpoints in the server's folder whose file name is not in `keep`. Returns how many."""
        return prune_folder(Path(folder), keep)


ServerActor = proxy(PYUObject)(ItemServer)
