"""What the parties of a federation can be asked about the model they hold: figures as sums over all of them, and lists
and reasons for one user's own eyes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from secretflow import PYU, reveal
from secretflow.device import PYUObject

from fl.federation.federated_model import FederatedModel
from models.base import View
from models.evaluation import Part, names
from models.groups import UserGroup, groups_of
from models.metrics import means
from models.reach import Reach, reach
from models.report import ReportFigures, ReportRequest, figures_of


@dataclass(frozen=True)
class Report:
    """The full evaluation of one scorer, over all parties.

    Attributes:
        figures: figures with their intervals, and by group of users.
        reach: what users are shown, by cut-off K.
    """

    figures: ReportFigures
    reach: dict[int, Reach]


class FederatedFigures(FederatedModel):
    """Questions about the model; none of them changes it."""

    def evaluate(
        self,
        part: Part = "test",
        ks: Sequence[int] = (10,),
        full: bool = True,
        batch_size: int = 512,
        view: View = "global",
    ) -> dict[str, float]:
        """Mean metrics over all users with a held-out item; only their sums over all parties are revealed.

        Args:
            part: "valid" or "test".
            ks: cut-offs.
            full: also "full_hr@K" and "full_ndcg@K", ranked among all items but the user's train items.
            batch_size: users scored at a time.
            view: the item embeddings users score with.

        Returns:
            "n_users" and the figures by name, fractions in 0..1.
        """
        return self._figures(
            lambda device, worker, items: worker.metric_sums(items, part, list(ks), full, batch_size, view), ks, full
        )

    def evaluate_popularity(
        self, part: Part = "test", ks: Sequence[int] = (10,), full: bool = True, batch_size: int = 512
    ) -> dict[str, float]:
        """As `evaluate`, for the baseline that ranks items by their number of train interactions.

        The counts are summed by the aggregator, so a party's own counts stay hidden; the sums are known to all parties.
        """
        with self._named_failures():
            counts = self._summed_counts()
        return self._figures(
            lambda device, worker, _: worker.popularity_sums(counts.to(device), part, list(ks), full, batch_size),
            ks,
            full,
        )

    def _figures(
        self, sums_of: Callable[[PYU, Any, PYUObject], PYUObject], ks: Sequence[int], full: bool
    ) -> dict[str, float]:
        with self._fresh_masks_after_failure(), self._named_failures():
            items = self._item_server.items()
            parts = [sums_of(device, worker, items.to(device)) for device, worker in self._workers.items()]
            sums: NDArray[np.float64] = reveal(self._aggregator.sum(parts, axis=0))
        return {"n_users": float(round(sums[0])), **means(sums, names(ks, full))}

    def groups(self, labels: Mapping[str, Sequence[str]]) -> tuple[UserGroup, ...]:
        """Groups of users to report on, from counts over all parties: by activity, and by each public label.

        Args:
            labels: known labels by kind, e.g. {"gender": ["F", "M"]}; groups of few users are left out.
        """
        known = {kind: list(names) for kind, names in labels.items()}
        with self._fresh_masks_after_failure(), self._named_failures():
            parts = [worker.profile(known) for worker in self._workers.values()]
            return groups_of(reveal(self._aggregator.sum(parts, axis=0)), known)

    def report(self, request: ReportRequest, view: View = "global") -> Report:
        """Everything there is to say about the model, from sums over all parties.

        Args:
            request: what is asked; see `models.report`.
            view: the item embeddings users score with.
        """

        def parts(_: PYUObject) -> list[PYUObject]:
            items = self._item_server.items()
            return [worker.report(items.to(device), request, view) for device, worker in self._workers.items()]

        return self._report(request, parts)

    def report_popularity(self, request: ReportRequest) -> Report:
        """As `report`, for the baseline that ranks items by their number of train interactions."""

        def parts(counts: PYUObject) -> list[PYUObject]:
            return [w.popularity_report(counts.to(device), request) for device, w in self._workers.items()]

        return self._report(request, parts)

    def _report(self, request: ReportRequest, parts: Callable[[PYUObject], list[PYUObject]]) -> Report:
        with self._fresh_masks_after_failure(), self._named_failures():
            counts = self._aggregator.sum([worker.item_counts() for worker in self._workers.values()], axis=0)
            total = self._aggregator.sum(parts(counts), axis=0)
            (sums, exposure), counts = reveal([total, counts])
        return Report(
            figures_of(sums, request),
            {k: reach(row, counts, self._n_users) for k, row in zip(request.ks, exposure, strict=True)},
        )

    def recommend(
        self, device: PYU, user: int, top_k: int, include_rated: bool, batch_size: int = 4096
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Top-K of a party's own user, computed in the party and shown to that user, for whom the caller stands.

        Args:
            device: the user's party.
            user: dense user id.
            top_k: how many items.
            include_rated: also items the user has interacted with.
            batch_size: items scored at a time.

        Returns:
            (item ids, scores in 0..1), best first.
        """
        with self._named_failures():
            items = self._item_server.items().to(device)
            best, score = reveal(list(self._workers[device].recommend(items, user, top_k, include_rated, batch_size)))
        return best, score

    def recommend_all(
        self, top_k: int, include_rated: bool, batch_size: int = 512
    ) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]]:
        """Top-K of every user, party by party, each computed in its party.

        Args:
            top_k: how many items for each user.
            include_rated: also items the user has interacted with.
            batch_size: users scored at a time.

        Yields:
            (dense user ids [n], item ids [n, k], scores [n, k] in 0..1) of one party, as `PartyWorker.recommend_all`.
        """
        with self._named_failures():
            items = self._item_server.items()
            lists = [
                worker.recommend_all(items.to(device), top_k, include_rated, batch_size)
                for device, worker in self._workers.items()
            ]
            for values in lists:
                users, item, score = reveal(list(values))
                yield users, item, score

    def about_user(
        self, device: PYU, user: int, shown: NDArray[np.int64], most: int, genres: NDArray[np.float32]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
        """Why a party's own user is shown items, and what the user's items say of the user's taste.

        Computed in the party, and shown to that user, for whom the caller stands. The item counts are summed by the
        aggregator as in `evaluate_popularity`.

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
        with self._named_failures():
            if self._counts is None:
                self._counts = self._summed_counts()
            items, counts = self._item_server.items().to(device), self._counts.to(device)
            own = self._workers[device].about_user(items, counts, user, shown, most, genres)
            reasons, weights, taste = reveal(list(own))
            return reasons, weights, taste, reveal(self._counts)
