"""A round of a finished run, replayed in this process for the person to look at. Nothing of the run is changed.

Only a simulation can do that: its driver has all parties' data anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import SettingsError, StorageError
from data.partition import PartyData
from fl.config import TrainSettings
from fl.hyper_parameters import hyper_parameters
from fl.jobs.context import JobContext
from fl.loading import load
from fl.messages import pack_update
from fl.run_folder import RunFolder, best_record
from fl.session import party_names
from fl.storage import read_arrays, round_file
from models.registry import MODELS


@dataclass(frozen=True)
class Replay:
    """A run whose rounds can be replayed.

    Attributes:
        folder, settings: of the run.
        best: the record of its best round, of whose item table the next round is replayed.
        parts: every party's users, in order.
        n_users, n_items: of the data set.
    """

    folder: RunFolder
    settings: TrainSettings
    best: dict[str, Any]
    parts: Sequence[PartyData]
    n_users: int
    n_items: int

    def updates(self, context: JobContext, after: int | None = None) -> list[list[NDArray[np.float32]]]:
        """Every party's message of the round that follows `after`, the best round unless given: [update, totals].

        Raises:
            StorageError: the item table of that round was not kept.
            CancelledError: the person cancelled.
        """
        round_number = self.best["round"] if after is None else after
        path = self.folder.path / "server" / round_file(round_number)
        items = np.asarray(read_arrays(path)["items"], np.float32)
        kind, hyper = MODELS[self.settings.model], hyper_parameters(self.settings)
        messages = []
        for number, part in enumerate(self.parts):
            context.check_cancelled()
            context.progress(number, len(self.parts), "parties")
            messages.append(pack_update(kind(part, hyper).train_round(items.copy(), round_number + 1)))
        return messages

    def earlier(self) -> int | None:
        """The newest round but the best one whose item table was kept."""
        rounds = [record["round"] for record in self.folder.metrics()]
        kept = [r for r in rounds if (self.folder.path / "server" / round_file(r)).exists()]
        return max((r for r in kept if r != self.best["round"]), default=None)


def replay(run: str, context: JobContext) -> Replay:
    """Read what is needed to replay rounds of a run.

    Raises:
        SecretRecError: no such run, nothing trained yet, other data, or a run of real parties.
    """
    folder = RunFolder.find(run)
    settings = folder.settings()
    best = best_record(folder.metrics())
    if best is None:
        raise StorageError(f"Run '{run}' has no finished round.", "Resume it, or train again.")
    if settings.runtime not in ("simulation", "in-process"):
        raise SettingsError("Only a simulation can be replayed: here nobody has all parties' data.")
    context.phase(f"reading {settings.dataset}")
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    if loaded.interactions.fingerprint != folder.config()["fingerprint"]:
        raise StorageError(f"Data set '{settings.dataset}' is not the one run '{run}' was trained on.")
    parts, _ = loaded.divide(party_names(settings.parties), settings.seed)
    return Replay(folder, settings, best, parts, loaded.split.n_users, loaded.split.n_items)
