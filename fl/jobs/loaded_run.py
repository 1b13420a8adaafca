"""The way of a finished run's best round back into the parties' workers, unless they still hold it."""

from __future__ import annotations

from dataclasses import dataclass

from data.loading import Loaded, load
from data.sentences import say
from fl.federation.pool import Federation, loaded_key
from fl.federation.rules import rules_of
from fl.federation.session import party_names
from fl.jobs.context import JobContext
from fl.jobs.run_data import finished_run
from fl.jobs.training import check_parties_are_here, federation_for
from fl.settings.base import ProtocolName
from fl.settings.train import TrainSettings


@dataclass(frozen=True)
class LoadedRun:
    """A run that the workers hold.

    Attributes:
        settings: what it was trained with.
        best_round: the round it holds.
        data: the data set, split by the run's own protocol.
        federation: the parties.
    """

    settings: TrainSettings
    best_round: int
    data: Loaded
    federation: Federation


def load_run(
    run: str,
    context: JobContext,
    protocol: ProtocolName | None = None,
) -> LoadedRun:
    """Make the run's parties hold its best round.

    Args:
        run: name of the run.
        context: see JobContext.
        protocol: the protocol to evaluate under; None takes the run's own.

    Raises:
        SecretRecError: no such run, nothing trained yet, other data, damaged files.
    """
    found = finished_run(run)
    folder, settings, best_round = found.folder, found.settings, found.best_round
    check_parties_are_here(settings)
    context.reading(settings.dataset)
    data = found.data()
    parties = party_names(settings.parties)
    parts, _ = data.divide(parties, settings.seed)
    federation = federation_for(settings, context)
    wanted = loaded_key(run, best_round, protocol or settings.protocol)
    if federation.loaded != wanted:
        context.phase(say("phase.loading-round-of-run", "loading round {round} of {run}", round=best_round, run=run))
        evaluation = None
        if protocol is not None and protocol != settings.protocol:
            evaluation, _ = load(settings.dataset, protocol, settings.seed).divide(parties, settings.seed)
        federation.set_up(parts, rules_of(settings), evaluation)
        federation.restore(folder, best_round)
        federation.loaded = wanted
    return LoadedRun(settings, best_round, data, federation)
