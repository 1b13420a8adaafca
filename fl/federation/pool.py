"""The federation that is kept warm between jobs: starting SecretFlow's processes takes seconds, a round far less."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from secretflow import PYU

from data.partition import PartyData
from data.paths import changed
from fl import aggregation
from fl.aggregation.base import CountingAggregator
from fl.errors import SessionError
from fl.federation import session
from fl.federation.new_fl_model import NewFLModel
from fl.federation.rules import RoundRules
from fl.runs.run_folder import RunFolder
from fl.runs.storage import round_file
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.base import RuntimeName


@dataclass(frozen=True)
class FederationKey:
    """The properties that two jobs must share to use the same processes.

    Attributes:
        runtime: where parties run.
        parties: their number.
        threads: of each; 0 on a cluster, for its share of its node.
        address: of the cluster.
    """

    runtime: RuntimeName
    parties: int
    threads: int
    address: str = ""


def loaded_key(folder: Path, round_number: int, protocol: str) -> str:
    """Return what `Federation.loaded` is while the workers hold that round of the run in `folder`, split by `protocol`.

    It goes by the files: another run may have the name by now, and a party may have forgotten a user.
    """
    files = sorted(folder.rglob(round_file(round_number)))
    return f"{protocol} {[(str(path), changed(path)) for path in files]}"


@dataclass
class Federation:
    """Running parties.

    Attributes:
        model: NewFLModel over the parties.
        devices: the parties' PYUs, in order.
        loaded: what the workers hold now, as `loaded_key`; "" while it is anything else.
    """

    model: NewFLModel
    devices: list[PYU]
    aggregator: AggregatorChoice
    loaded: str = ""

    def set_up(
        self,
        parts: list[PartyData],
        rules: RoundRules,
        evaluation: list[PartyData] | None = None,
        counts: NDArray[np.int64] | None = None,
    ) -> None:
        """Give every party its data; see `NewFLModel.set_up`."""
        self.loaded = ""
        self.model.set_up(
            dict(zip(self.devices, parts, strict=True)),
            rules,
            None if evaluation is None else dict(zip(self.devices, evaluation, strict=True)),
            counts,
        )

    def restore(self, folder: RunFolder, round_number: int) -> None:
        """Bring a finished round of a run back, after `set_up` with the run's data.

        Parties that had dropped out by then go on from their own last checkpoint before it.

        Raises:
            StorageError: a file is missing, damaged or of other users.
        """
        self.model.load_model(folder.path, round_number, folder.absent(round_number))


class FederationPool:
    """A holder of at most one federation at a time, reused while the jobs ask for the same parties."""

    def __init__(self) -> None:
        self._session: session.Session | None = None
        self._names = 0  # for how many parties there is a session
        self._key: FederationKey | None = None
        self._federation: Federation | None = None
        self._using = False
        self._watching = ExitStack()

    @contextmanager
    def used(self) -> Iterator[None]:
        """End what goes on inside with LostSessionError when a process of the session dies that all depend on.

        After any SessionError the next job starts all processes anew. A cluster is left when it is over: nobody keeps
        processes on what others wait for.

        Raises:
            LostSessionError: one died.
        """
        if self._session is not None and self._session.watch is not None and self._session.watch.lost:
            self.drop()  # it died while nobody asked for anything
        self._using = True
        try:
            with ExitStack() as self._watching:
                self._watch()
                yield
        except SessionError:
            self.drop()
            raise
        finally:
            self._using = False
            if self._session is not None and self._session.placement is not None:
                self.drop()

    def _watch(self) -> None:
        if self._using and self._session is not None and self._session.watch is not None:
            self._watching.enter_context(self._session.watch.used())

    def is_warm(self, key: FederationKey, aggregator: AggregatorChoice) -> bool:
        """Return whether `get` would return at once."""
        return self._federation is not None and self._key == key and self._federation.aggregator == aggregator

    def get(self, key: FederationKey, aggregator: AggregatorChoice) -> Federation:
        """Return the running federation for `key`, started or restarted as needed.

        Raises:
            SessionError: SecretFlow could not be started.
        """
        if self._federation is not None and self._key == key:
            if self._federation.aggregator != aggregator:
                self._federation.model.use_aggregator(self._make_aggregator(aggregator, self._federation.devices))
                self._federation.aggregator = aggregator
            return self._federation
        self._end_federation()
        running = self._session
        # Each party of a cluster has its node, so there it is about these parties and no more.
        if running is None or key.address or running.runtime != key.runtime or self._names < key.parties:
            self.close()
            self._names = key.parties if key.address else max(session.NAMES_AT_LEAST, key.parties)
            names = session.party_names(self._names)
            self._session = running = session.start(key.runtime, names, key.parties, key.address)
            self._watch()
        devices = running.parties[: key.parties]
        threads = key.threads if running.placement is None else key.threads or running.placement.threads()
        model = NewFLModel(running.server, devices, self._make_aggregator(aggregator, devices), threads=threads)
        model.parties.placement = running.placement
        model.wait_until_ready()
        self._key, self._federation = key, Federation(model, devices, aggregator)
        return self._federation

    def drop(self) -> None:
        """Forget everything without asking the processes: for when one of them died."""
        self._federation = None
        self.close()

    def close(self) -> None:
        """End all processes."""
        if self._session is not None and self._session.watch is not None and self._session.watch.broken:
            self._federation, self._key = None, None  # nobody is there to be told that it is over
        self._end_federation()
        if self._session is not None:
            self._session.close()
            self._session = None

    def _make_aggregator(self, choice: AggregatorChoice, devices: list[PYU]) -> CountingAggregator:
        if self._session is None:
            raise RuntimeError("no session")
        return aggregation.make(choice, self._session.server, devices)

    def _end_federation(self) -> None:
        if self._federation is not None:
            self._federation.model.close()
        self._federation, self._key = None, None
