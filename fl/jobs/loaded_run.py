"""The way of a finished run's best round back into the parties' workers, unless they still hold it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.interactions import Interactions
from data.loading import Loaded
from data.sentences import say
from fl.federation.pool import Federation, loaded_key
from fl.federation.rules import rules_of
from fl.federation.session import party_names
from fl.jobs.context import JobContext
from fl.jobs.federations import federation_for
from fl.jobs.run_data import finished_run
from fl.runs.extent import check_private_parts
from fl.settings.base import ProtocolName
from fl.settings.train import TrainSettings
from models.descriptor import View
from models.evaluation import Evaluated, EvaluationRequest
from models.groups import UserGroup


@dataclass(frozen=True)
class LoadedRun:
    """A run that the workers hold.

    Attributes:
        settings: what it was trained with.
        best_round: the round it holds.
        absent: names of the parties that had dropped out by then.
        data: the data set, split by the run's own protocol.
        federation: the parties.
    """

    settings: TrainSettings
    best_round: int
    absent: tuple[str, ...]
    data: Loaded
    federation: Federation

    @property
    def interactions(self) -> Interactions:
        """The data set."""
        return self.data.interactions

    def evaluate(self, request: EvaluationRequest, view: View) -> Evaluated:
        """Return the figures of the model, from sums over all parties."""
        return self.federation.model.evaluate(request, view)

    def evaluate_popularity(self, request: EvaluationRequest) -> Evaluated:
        """Return the same for the baseline that ranks items by popularity."""
        return self.federation.model.questions.evaluate_popularity(request)

    def groups(self, labels: Mapping[str, Sequence[str]]) -> tuple[UserGroup, ...]:
        """Return groups of users to report on."""
        return self.federation.model.questions.groups(labels)


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
    check_private_parts(folder.path)
    context.reading(settings.dataset)
    data = found.data()
    parties = party_names(settings.parties)
    parts, _ = data.divide(parties, settings.seed)
    federation = federation_for(settings, context)
    wanted = loaded_key(folder.path, best_round, protocol or settings.protocol)
    if federation.loaded != wanted:
        context.phase(say("phase.loading-round-of-run", "loading round {round} of {run}", round=best_round, run=run))
        evaluation = None
        if protocol is not None and protocol != settings.protocol:
            evaluation, _ = found.data(protocol).divide(parties, settings.seed)
        federation.set_up(parts, rules_of(settings), evaluation, data.known_counts)
        federation.restore(folder, best_round)
        federation.loaded = wanted
    return LoadedRun(settings, best_round, found.absent, data, federation)
