"""A run with a finished round and the data it was trained on: every job about such a run begins here.

No SecretFlow and no TensorFlow: recommendations do without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import StorageError
from data.sentences import say
from fl.runs import kept
from fl.runs.in_run import as_in_run
from fl.runs.rounds import best_record
from fl.runs.run_folder import RunFolder
from fl.runs.storage import no_finished_round
from fl.settings.base import ProtocolName
from fl.settings.train import TrainSettings

if TYPE_CHECKING:
    from data.loading import Loaded


@dataclass(frozen=True)
class FinishedRun:
    """A run with at least one finished round.

    Attributes:
        folder: on disk.
        settings: what it was trained with.
        best_round: number of its best round by validation.
        absent: names of the parties that had dropped out by then.
    """

    folder: RunFolder
    settings: TrainSettings
    best_round: int
    absent: tuple[str, ...]

    def data(self, protocol: ProtocolName | None = None) -> Loaded:
        """Return the data set it was trained on, split by the run's own seed, and its own protocol or another.

        Raises:
            UnknownNameError: there is no such data set any more.
            DataError: it was not fetched, or its files are damaged.
            StorageError: it has other contents now.
        """
        # With pandas, which no list of a run needs.
        from data.catalogue import Catalogue
        from data.loading import load, load_own

        asked = protocol or self.settings.protocol
        member = self.folder.config().get("organisation", {}).get("member")
        if member is None:
            loaded = load(self.settings.dataset, asked, self.settings.seed)
        else:
            known = kept.known_items(self.folder.path)
            catalogue = Catalogue(tuple(known.item_ids), tuple(known.titles), known.genres)
            loaded, _ = load_own(self.settings.dataset, asked, self.settings.seed, catalogue, member)
        if asked == self.settings.protocol:  # another may read other rows of the same files
            check_fingerprint(self.folder, loaded.interactions.fingerprint)
        return as_in_run(self.folder, loaded)


def finished_run(run: str) -> FinishedRun:
    """Return the run called `run`.

    Raises:
        UnknownNameError: there is none.
        StorageError: it has no finished round, or its files are damaged.
    """
    folder = RunFolder.find(run)
    settings = folder.settings()
    best = best_record(folder.rounds())
    if best is None:
        raise StorageError(no_finished_round(run), say("run-data.resume-train-again", "Resume it, or train again."))
    return FinishedRun(folder, settings, best.round, tuple(best.dropped))


def check_fingerprint(folder: RunFolder, fingerprint: str) -> None:
    """Refuse data that a run was not trained on.

    Args:
        folder: of the run.
        fingerprint: of the data at hand.

    Raises:
        StorageError: the run has another fingerprint.
    """
    config = folder.config()
    if fingerprint != config.get("fingerprint"):
        dataset = config["settings"]["dataset"]
        raise StorageError(
            say(
                "run-data.not-run-trained",
                "Data set '{dataset}' is not the one run '{run}' was trained on (fingerprints differ).",
                dataset=dataset,
                run=folder.name,
            ),
            say("run-data.fetch-same-files-again", "Fetch the same files again, or train a new run."),
        )
