"""The server between organisations: it keeps what it learned on disk at once, and says when a session is to end.

No `from __future__ import annotations` here: SecretFlow counts the values a method returns by its evaluated annotation.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Dict, List, Sequence, Tuple  # noqa: UP035  # SecretFlow looks for typing.Tuple

import numpy as np
from secretflow.device import PYUObject, proxy

from fl.federation.server import ItemServer
from fl.organisations.member_words import GO_ON
from fl.organisations.round_report import REPORT, packed, report_in
from fl.runs.run_folder import RunFolder
from fl.runs.storage import read_arrays, round_file, write_arrays
from models.base import Array

SUMS = "sums.safetensors"  # in the server's folder: sizes and item counts over all parties


class MemberServer(ItemServer):
    """The item embeddings, in the server's own process."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path()
        self._members: Tuple[str, ...] = ()  # noqa: UP006
        self._missing = False
        self._wish: Callable[[], str] = _go_on
        self._report: Dict[str, object] = {}  # noqa: UP006  # of the last round

    def open(self, folder: str, members: Sequence[str], missing: bool, wish: Callable[[], str]) -> int:
        """Begin a session. Return 1.

        Args:
            folder: of the run; the server's part of it is in `server`.
            members: the parties of this session.
            missing: whether parties of the run are not among them.
            wish: returns what is to be done after a round: GO_ON, REGROUP or STOP.
        """
        self._folder, self._members, self._missing, self._wish = Path(folder) / "server", tuple(members), missing, wish
        return 1

    def known(self) -> List[str]:  # noqa: UP006
        """Return the names of the sums over all parties that an earlier session kept."""
        return sorted(self._sums())

    def keep(self, name: str, total: Array) -> Array:
        """Keep a sum over all parties under a name, and return it."""
        write_arrays(self._folder / SUMS, {**self._sums(), name: np.asarray(total, np.float64)})
        return total

    def kept(self, name: str) -> Array:
        """Return a sum that was kept."""
        return np.asarray(self._sums()[name], np.float64)

    def _sums(self) -> Dict[str, Array]:  # noqa: UP006
        path = self._folder / SUMS
        return read_arrays(path) if path.exists() else {}

    def apply(
        self,
        total: List[Array],  # noqa: UP006
        size: int,
        round_number: int = 1,
    ) -> Tuple[Array, Dict[str, object]]:  # noqa: UP006
        """See ItemServer. What the round brought is on disk before anybody hears of it."""
        items, report = super().apply(total, size, round_number)
        if not report["problem"]:
            self._report = {**report, "members": list(self._members)}
            self.save(str(self._folder / round_file(round_number)))
        return items, {**report, "order": self._wish()}

    def state(self) -> Dict[str, Array]:  # noqa: UP006
        """See ItemServer. The round's report is in the same file, so that there is both or neither."""
        return {**super().state(), REPORT: packed(self._report)}

    def kept_report(self, round_number: int) -> Dict[str, object]:  # noqa: UP006
        """Return the report of a round that was applied, with the "members" in its sum.

        Raises:
            StorageError: there is none.
        """
        return report_in(self._folder / round_file(round_number))

    def records(self, last: int) -> List[str]:  # noqa: UP006
        """Return the records of the rounds up to `last` as JSON: figures that all members know."""
        return [record.line() for record in RunFolder(self._folder.parent).rounds() if record.round <= last]

    def _problem_of(self, raw: Array, totals: object) -> str:
        if self._missing:
            # How many users the missing parties have is nobody's business: the counts can only be as many as there are.
            self._present = min(round(totals.n_users), self._rules.n_users)  # type: ignore[attr-defined]
        return super()._problem_of(raw, totals)  # type: ignore[arg-type]


def _go_on() -> str:
    return GO_ON


MemberServerActor = proxy(PYUObject)(MemberServer)
