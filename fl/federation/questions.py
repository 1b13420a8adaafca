"""The questions that the parties can be asked about the model they hold.

They are answered with figures as sums over all parties. Lists for a user are no question to them: the user's own party
answers from its own files (`fl.jobs.own_party`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from secretflow import reveal
from secretflow.device import PYUObject

from data.sentences import say
from fl.errors import STARTED_ANEW, SessionError
from fl.federation.parties import Ask, Parties
from models.descriptor import View
from models.evaluation import Evaluated, EvaluationRequest, evaluated
from models.groups import UserGroup, groups_of


class Questions:
    """Questions about the model; none of them changes it."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._counts: PYUObject | None = None

    def item_table(self) -> NDArray[np.float32]:
        """Return the item embeddings as they are now, which every party and the server know: [n_items, dim]."""
        with self._parties.named_failures():
            return np.array(reveal(self._parties.server.items()), np.float32)

    def item_counts(self) -> PYUObject:
        """Return how many train interactions each item has over all parties, at the server: [n_items] float64.

        The counts are summed by the aggregator, so a party's own counts stay hidden; the sums are known to all parties.
        They are summed once for the data that was set up, and never over fewer parties than that: the difference of two
        sums would be a party's own counts.

        Raises:
            SessionError: they were not summed before a party was lost.
        """
        if self._counts is None:
            if not self.has_counts():
                raise SessionError(
                    say(
                        "federation.counts-of-fewer",
                        "Item counts are summed over all parties or not at all, and {lost} dropped out before.",
                        lost=", ".join(map(str, self._parties.lost)),
                    ),
                    STARTED_ANEW,
                )
            with self._parties.summing():
                self._counts = self._parties.sum(lambda _, worker: worker.item_counts())
        return self._counts

    def has_counts(self) -> bool:
        """Return whether item counts are known, or can still be summed over all parties."""
        return self._counts is not None or set(self._parties.users) == set(self._parties.workers)

    def know_counts(self, counts: PYUObject) -> None:
        """Take item counts that were summed over all parties in an earlier session, at the server."""
        self._counts = counts

    def forget(self) -> None:
        """Forget what was learned of data that the parties hold no longer."""
        self._counts = None

    def evaluate(self, request: EvaluationRequest, view: View | None) -> Evaluated:
        """Return the figures of the model, from sums over all parties.

        Args:
            request: what is asked.
            view: the item embeddings users score with; see `models.evaluation.evaluate_model`.
        """
        items = self._parties.server.items()
        return self._answer(request, lambda device, worker: worker.evaluate(items.to(device), request, view))

    def evaluate_popularity(self, request: EvaluationRequest) -> Evaluated:
        """Return the same for the baseline that ranks items by their number of train interactions."""
        counts = self.item_counts()
        return self._answer(
            request, lambda device, worker: worker.evaluate_popularity(counts.to(device), request), counts
        )

    def _answer(self, request: EvaluationRequest, ask: Ask, counts: PYUObject | None = None) -> Evaluated:
        if request.exposure and counts is None:
            counts = self.item_counts()
        with self._parties.summing():
            message, known = reveal([self._parties.sum(ask), counts if request.exposure else None])
        return evaluated(message, request, known, self._parties.n_users)

    def groups(self, labels: Mapping[str, Sequence[str]]) -> tuple[UserGroup, ...]:
        """Return groups of users to report on, from counts over all parties: by activity, and by each public label.

        Args:
            labels: known labels by kind, e.g. {"gender": ["F", "M"]}; groups of few users are left out.
        """
        known = {kind: list(names) for kind, names in labels.items()}
        with self._parties.summing():
            return groups_of(reveal(self._parties.sum(lambda _, worker: worker.profile(known))), known)
