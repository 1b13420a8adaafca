"""The evaluation of a run at one organisation, of its own users alone: nobody else is asked, and nobody hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.interactions import Interactions
from data.partition import PartyData
from fl.jobs.context import JobContext
from fl.jobs.own_party import OwnRun, own_run
from fl.settings.base import ProtocolName
from fl.settings.train import TrainSettings
from models.base import LocalModel
from models.descriptor import View
from models.evaluation import Evaluated, EvaluationRequest, evaluate_model, evaluate_shared, evaluated
from models.groups import UserGroup, groups_of, profile


@dataclass(frozen=True)
class OwnQuestions:
    """The questions of `fl.federation.questions`, answered from an organisation's own files.

    Attributes:
        run: of the organisation.
        interactions: its own data.
        part: its users, under the protocol of the evaluation.
        local: their model, as it was in the best round.
    """

    run: OwnRun
    interactions: Interactions
    part: PartyData
    local: LocalModel

    @property
    def settings(self) -> TrainSettings:
        """The settings that the run was trained with."""
        return self.run.settings

    @property
    def best_round(self) -> int:
        """The round that is evaluated."""
        return self.run.found.best_round

    def evaluate(self, request: EvaluationRequest, view: View) -> Evaluated:
        """Return the figures of the model."""
        return self._answer(evaluate_model(self.local, self.part, self.run.table, request, view), request)

    def evaluate_popularity(self, request: EvaluationRequest) -> Evaluated:
        """Return the same for the baseline that ranks items by their number of train interactions."""
        return self._answer(evaluate_shared(self._counts(), self.part, request), request)

    def groups(self, labels: Mapping[str, Sequence[str]]) -> tuple[UserGroup, ...]:
        """Return groups of the users to report on."""
        known = {kind: list(names) for kind, names in labels.items()}
        return groups_of(profile(self.part, known), known)

    def _answer(self, message: Sequence[NDArray[np.float64]], request: EvaluationRequest) -> Evaluated:
        return evaluated(message, request, self._counts(), self.part.n_users)

    def _counts(self) -> NDArray[np.float64]:
        """Return everybody's train interactions of each item, or the own ones where the sums are nobody's to know."""
        counts = self.run.known.counts
        if counts is None:
            counts = np.bincount(self.part.items, minlength=self.part.n_items)
        return counts.astype(np.float64)


def own_questions(run: str, context: JobContext, protocol: ProtocolName | None) -> OwnQuestions:
    """Read what an organisation has of a run.

    Args:
        run: name of the run.
        context: see JobContext.
        protocol: to evaluate under; None takes the run's own.

    Raises:
        SecretRecError: no such run, no users here, other data, damaged files.
    """
    found = own_run(run)
    settings = found.settings
    context.reading(settings.dataset)
    data = found.found.data()
    users = found.users_of(data.owner)
    local = found.model(users, np.arange(len(users.roster.users)))
    asked = data if protocol in (None, settings.protocol) else found.found.data(protocol)
    (part,), _ = asked.divide([asked.owner], settings.seed)
    return OwnQuestions(found, data.interactions, part, local)
