"""The questions that the parties can be asked about the model they hold.

They are answered with figures as sums over all parties, and with lists and reasons for one user's own eyes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from secretflow import PYU, reveal
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
        return evaluated(message, request, known, sum(self._parties.users.values()))

    def groups(self, labels: Mapping[str, Sequence[str]]) -> tuple[UserGroup, ...]:
        """Return groups of users to report on, from counts over all parties: by activity, and by each public label.

        Args:
            labels: known labels by kind, e.g. {"gender": ["F", "M"]}; groups of few users are left out.
        """
        known = {kind: list(names) for kind, names in labels.items()}
        with self._parties.summing():
            return groups_of(reveal(self._parties.sum(lambda _, worker: worker.profile(known))), known)

    def recommend(
        self, device: PYU, user: int, top_k: int, include_rated: bool, batch_size: int = 4096
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the top-K of a party's own user, computed in the party and shown to that user.

        The caller stands for the user.

        Args:
            device: the user's party.
            user: dense user id.
            top_k: how many items.
            include_rated: also items the user has interacted with.
            batch_size: items scored at a time.

        Returns:
            (item ids, scores in 0..1), best first.
        """
        with self._parties.named_failures():
            items = self._parties.server.items().to(device)
            worker = self._parties.workers[device]
            best, score = reveal(list(worker.recommend(items, user, top_k, include_rated, batch_size)))
        return best, score

    def recommend_all(
        self, top_k: int, include_rated: bool, batch_size: int = 512
    ) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]]:
        """Yield the top-K of every user, party by party, each computed in its party.

        Args:
            top_k: how many items for each user.
            include_rated: also items the user has interacted with.
            batch_size: users scored at a time.

        Yields:
            (dense user ids [n], item ids [n, k], scores [n, k] in 0..1) of one party, as `PartyWorker.recommend_all`.
        """
        with self._parties.named_failures():
            items = self._parties.server.items()
            lists = [
                worker.recommend_all(items.to(device), top_k, include_rated, batch_size)
                for device, worker in self._parties.workers.items()
            ]
            for values in lists:
                users, item, score = reveal(list(values))
                yield users, item, score

    def about_user(
        self, device: PYU, user: int, shown: NDArray[np.int64], most: int, genres: NDArray[np.float32]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
        """Return why a party's own user is shown items, and what the user's items say of the user's taste.

        Computed in the party, and shown to that user, for whom the caller stands.

        Args:
            device: the user's party.
            user: dense user id.
            shown: [k] the items to explain.
            most: reasons for an item at most.
            genres: [n_items, g], see `models.taste.genre_shares`.

        Returns:
            (reasons [k, most] and their weights as `models.explain.strongest`, [g + 1] as `models.taste.taste_of`,
            [n_items] train interactions of each item over all parties).
        """
        counts = self.item_counts()
        with self._parties.named_failures():
            items, worker = self._parties.server.items().to(device), self._parties.workers[device]
            own = worker.about_user(items, counts.to(device), user, shown, most, genres)
            reasons, weights, taste = reveal(list(own))
            return reasons, weights, taste, reveal(counts)
