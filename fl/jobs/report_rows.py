"""The way from a scorer's figures to the typed rows of an event."""

from __future__ import annotations

import math
from collections.abc import Iterable

from data.interactions import Interactions
from data.sentences import say
from fl.runs.records import GroupRow, MetricRow, ReachRow
from models.evaluation import FULL, Evaluated
from models.groups import ACTIVITY, UserGroup

_INTERVALS = ("hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")


def metric_rows(scorer: str, view: str, found: Evaluated) -> Iterable[MetricRow]:
    """Yield one row per K."""
    figures, intervals = found.figures, found.intervals
    for k in found.reach:
        known = {name: intervals[f"{name}@{k}"] for name in _INTERVALS}
        yield MetricRow(
            scorer=scorer,
            item_view=view,
            k=k,
            hr=figures[f"hr@{k}"],
            ndcg=figures[f"ndcg@{k}"],
            full_hr=figures[f"{FULL}hr@{k}"],
            full_ndcg=figures[f"{FULL}ndcg@{k}"],
            recall=figures[f"hr@{k}"],
            mrr=figures[f"mrr@{k}"],
            full_mrr=figures[f"{FULL}mrr@{k}"],
            intervals={name: ends for name, ends in known.items() if not math.isnan(ends[0])},
        )


def group_rows(scorer: str, view: str, found: Evaluated) -> Iterable[GroupRow]:
    """Yield one row per group and K."""
    for entry in found.groups:
        for k in found.reach:
            yield GroupRow(
                scorer=scorer,
                item_view=view,
                kind=entry.group.kind,
                label=_label(entry.group),
                n_users=entry.n_users,
                k=k,
                hr=entry.figures[f"hr@{k}"],
                ndcg=entry.figures[f"ndcg@{k}"],
                full_hr=entry.figures[f"{FULL}hr@{k}"],
                full_ndcg=entry.figures[f"{FULL}ndcg@{k}"],
            )


def _label(group: UserGroup) -> str:
    """Return what a group is called: a sentence for a range of activity, else the data set's own word."""
    if group.kind != ACTIVITY:
        return group.label
    if group.low < group.high:
        return say("group.activity", "{low} to {high} items", low=group.low, high=group.high)
    return say("group.activity-of-one", "{high} items", high=group.high)


def reach_rows(scorer: str, view: str, found: Evaluated) -> Iterable[ReachRow]:
    """Yield one row per K."""
    for k, reach in found.reach.items():
        yield ReachRow(
            scorer=scorer,
            item_view=view,
            k=k,
            coverage=reach.coverage,
            novelty=_known(reach.novelty),
            popularity_percentile=_known(reach.popularity_percentile),
            gini=_known(reach.gini),
        )


def _known(value: float) -> float | None:
    """Return None for NaN, which JSON cannot carry."""
    return None if math.isnan(value) else value


def public_labels(interactions: Interactions) -> dict[str, list[str]]:
    """Return the labels of users that the data set knows, by kind.

    Which labels exist is public; who carries which is not.
    """
    return {
        # "under 25" comes before "25-44".
        kind: sorted({str(label) for label in labels if label}, key=lambda name: (not name.startswith("under "), name))
        for kind, labels in interactions.user_groups.items()
    }
