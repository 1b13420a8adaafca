"""A run's model on disk: `server/` and `parties/<name>/`, each written and read by the process that owns it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from secretflow import PYU, reveal

from fl.federation.parties import Parties
from fl.runs.storage import round_file


class Checkpoints:
    """The saving, loading and deleting of the rounds of a federation's parties and server."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties

    def save(self, folder: Path, round_number: int) -> None:
        """Write a round.

        Raises:
            StorageError: no space, no permission.
        """
        file, parties = round_file(round_number), self._parties
        with parties.named_failures():
            own = parties.each(lambda device, worker: worker.save_model(str(party_folder(folder, device) / file)))
            reveal([parties.server.save(str(folder / "server" / file)), *own])

    def load(self, folder: Path, round_number: int, absent: Collection[str] = ()) -> None:
        """Read what `save` wrote.

        Args:
            folder: of the run.
            round_number: of the checkpoint.
            absent: parties that had dropped out by then; they go on from their own last checkpoint before it.

        Raises:
            StorageError: a file is missing, damaged or of other users.
        """
        file, parties = round_file(round_number), self._parties
        with parties.named_failures():
            own = parties.each(
                lambda device, worker: worker.load_model(
                    str(party_folder(folder, device) / file), str(device) in absent
                )
            )
            reveal([parties.server.load(str(folder / "server" / file)), *own])

    def grow(
        self, earlier: Path, round_number: int, absent: Collection[str], neighbours: Sequence[NDArray[np.int64]]
    ) -> None:
        """Go on from a round of an earlier run with fewer users and items, after they were set up with those of now.

        Args:
            earlier: folder of that run.
            round_number: of the checkpoint.
            absent: as for `load`.
            neighbours: see `fl.federation.server.ItemServer.grow`.

        Raises:
            StorageError: a file is missing, damaged or of others.
        """
        file, parties = round_file(round_number), self._parties
        with parties.named_failures():
            own = parties.each(lambda device, worker: worker.grow(str(earlier), file, str(device) in absent))
            reveal([parties.server.grow(str(earlier / "server" / file), list(neighbours)), *own])

    def prune(self, folder: Path, keep_rounds: Sequence[int]) -> None:
        """Delete all checkpoints that going back to a round of `keep_rounds` does not need."""
        keep, parties = [round_file(number) for number in keep_rounds], self._parties
        with parties.named_failures():
            own = parties.each(lambda device, worker: worker.prune(str(party_folder(folder, device)), keep))
            reveal([parties.server.prune(str(folder / "server"), keep), *own])


def party_folder(folder: Path, device: PYU) -> Path:
    """Return where a party keeps its own part of a run."""
    return folder / "parties" / str(device)
