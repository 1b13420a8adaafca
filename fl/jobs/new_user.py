"""The job `recommend_new`: items for somebody who is in nobody's training data. No party, no SecretFlow.

All it takes from a run is the item table of the best round and the items' titles, which every party knows anyhow. What
the person picks stays in this process.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from data.errors import UnknownNameError
from data.missing import did_you_mean
from data.sentences import say
from fl.jobs.context import JobContext
from fl.jobs.own_party import OwnRun, own_run
from fl.protocol.commands import ListItems, RecommendNewCommand
from fl.protocol.events import Items, NewRecommendations
from fl.protocol.records import ItemInfo, RankedItem
from fl.runs.kept import KnownItems
from fl.settings.hyper_parameters import hyper_parameters
from fl.settings.of_jobs import NewUserSettings
from models.base import FloatArray
from models.descriptor import ReasonKind
from models.explain import NOTHING, by_order, strongest
from models.nearness import nearness
from models.ranking import NOBODY, best_items
from models.registry import MODELS

REASONS = 5  # for an item
Row = dict[str, Any]  # a RankedItem by the names of its fields
RANKED = TypeAdapter(tuple[RankedItem, ...])


def recommend_new(command: RecommendNewCommand, context: JobContext) -> NewRecommendations:
    """Return the top-K items from a few picked ones, without the picked ones.

    As a new user, the model's scoring function is fitted to the picks (`models.new_user`), in the order they are given:
    where a run weighs recent items more, the last pick counts as the newest. As a basket, items are ranked by their
    mean cosine with the picked ones in the run's item space (`models.nearness`), and by what usually follows them where
    the model reads the order: no user is thought of.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    settings = command.settings
    run = own_run(settings.run)
    picked = find_items(run.known, settings.items)
    started = time.perf_counter()
    items, kind = best_of_picks(run, picked, settings)
    return NewRecommendations(
        job=context.job,
        settings=settings,
        picked=tuple(_info(run.known, item) for item in picked.tolist()),
        items=RANKED.validate_python(items),
        reason_kind=kind,
        seconds=time.perf_counter() - started,
        source=run.source,
        genres=run.known.genre_matrix[0],
    )


def best_of_picks(
    run: OwnRun, picked: NDArray[np.int64], settings: NewUserSettings, explained: bool = True
) -> tuple[list[Row], ReasonKind]:
    """Return the top-K items from the picked ones, without these, and what the weights of the reasons mean.

    Args:
        run: whose item table is asked.
        picked: dense item ids, oldest first.
        settings: how many items, and whether they go with the picked ones or are for who picked them.
        explained: with the reasons.
    """
    known, items = run.known, run.table
    hyper, model = hyper_parameters(run.settings), MODELS[run.settings.model]
    if settings.basket:
        score = model.load_basket()(items, picked, hyper)
        shown: NDArray[np.float64] = np.clip(score.astype(np.float64), 0.0, 1.0)
    else:
        fitted = model.load_newcomer()(items, picked, hyper, run.found.best_round)
        score = fitted.scores(items)
        shown = fitted.shown(score)
    allowed = known.of_genre(settings.genre)[None, :].copy()
    allowed[0, picked] = False
    ranked, _ = best_items(score[None, :], allowed, settings.top_k)
    best = ranked[0][ranked[0] != NOBODY].astype(np.int64)
    kind: ReasonKind = "nearness" if settings.basket else model.reason_kind
    if not explained:
        return rows_of_list(known, best, shown[best]), kind
    if kind == "share":
        weight = model.load_contributions()(items, picked, hyper, best)
    else:
        weight = nearness(items[:, : hyper.dim], picked, best)
    reasons, weights = strongest(weight, picked, REASONS, kind)
    follows = None if settings.basket else by_order(model, items, picked, hyper, best, weight, reasons)
    return rows_of_list(known, best, shown[best], reasons, weights, follows), kind


def rows_of_list(
    known: KnownItems,
    best: NDArray[np.int64],
    score: NDArray[np.float64],
    reasons: NDArray[np.int32] | None = None,
    weights: FloatArray | None = None,
    follows: NDArray[np.bool_] | None = None,
) -> list[Row]:
    """Return items with titles, scores [k], and reasons [k, m] as from `models.explain`: `strongest`, `by_order`."""
    reasons = np.zeros((len(best), 0), np.int32) if reasons is None else reasons
    weights = np.zeros(reasons.shape, np.float32) if weights is None else weights
    after = np.zeros(reasons.shape, np.bool_) if follows is None else follows
    ids, titles = known.item_ids, known.titles
    return [
        {
            "rank": rank,
            "item": str(ids[item]),
            "title": str(titles[item]),
            "genres": known.genres[item],
            "score": value,
            "because": [
                {"item": str(ids[own]), "title": str(titles[own]), "weight": weight, "follows": one}
                for own, weight, one in zip(row, shares, ones, strict=True)
                if own != NOTHING
            ],
        }
        for rank, (item, value, row, shares, ones) in enumerate(
            zip(best.tolist(), score.tolist(), reasons.tolist(), weights.tolist(), after.tolist(), strict=True),
            start=1,
        )
    ]


def list_items(command: ListItems, context: JobContext) -> Items:
    """Return items of a run's data set that match a query, whatever its case.

    First the item with that id, then titles that begin with the query, then titles with a word that does, then the
    rest; alike, the item that more users have comes first.

    Raises:
        SecretRecError: no such run, or its data set is gone.
    """
    known, wanted = own_run(command.run).known, command.query.strip().casefold()
    counts = _counts(known)
    matching = []
    for place, (item, title) in enumerate(zip(known.item_ids, known.titles, strict=True)):
        folded = str(title).casefold()
        if str(item).casefold() == wanted:
            matching.append((0, -int(counts[place]), place))
        elif wanted in folded:
            level = 1 if folded.startswith(wanted) else 2 if f" {wanted}" in folded else 3
            matching.append((level, -int(counts[place]), place))
    matching.sort()
    found = tuple(_info(known, place) for _, _, place in matching[: command.limit])
    return Items(job=context.job, run=command.run, query=command.query, total=len(matching), items=found)


def find_items(data: KnownItems, wanted: Sequence[str]) -> NDArray[np.int64]:
    """Return the dense ids of the items a person names, in that order, each once.

    A name is an id, or a title, or a part of exactly one title, whatever its case. Titles may hold commas: names that
    follow each other and make a title or an id when joined by commas are that item.

    Raises:
        UnknownNameError: a name fits no item, or several.
    """
    known = data.item_names
    names = [name.strip() for name in wanted]
    found: list[int] = []
    at = 0
    while at < len(names):
        place = None
        for end in range(min(len(names), at + known.most), at, -1):
            name = ",".join(names[at:end])
            place = known.by_id.get(name, known.by_title.get(name.casefold()))
            if place is not None:
                break
        if place is None:
            end, place = at + 1, _by_part(names[at], data)
        found.append(place)
        at = end
    return np.array(list(dict.fromkeys(found)), np.int64)


def _by_part(name: str, data: KnownItems) -> int:
    wanted = name.casefold()
    matching = [place for place, title in enumerate(data.item_names.titles) if wanted and wanted in title]
    if len(matching) == 1:
        return matching[0]
    if not matching:
        raise UnknownNameError(
            say("new-user.no-item", "Data set '{data}' has no item '{name}'.", data=data.name, name=name),
            did_you_mean(data.item_ids, name)
            or say("new-user.give-items-id-part", "Give an item's id, or a part of its title."),
        )
    some = "; ".join(f"{data.item_ids[place]}: {data.titles[place]}" for place in matching[:5])
    more = "; ..." if len(matching) > 5 else ""
    raise UnknownNameError(
        say(
            "new-user.fits-items",
            "'{name}' fits {n_matching} items of '{data}'.",
            name=name,
            n_matching=len(matching),
            data=data.name,
        ),
        say("new-user.give-id", "Give an id: {some}{more}", some=some, more=more),
    )


def _info(known: KnownItems, place: int) -> ItemInfo:
    return ItemInfo(
        id=str(known.item_ids[place]),
        title=str(known.titles[place]),
        genres=known.genres[place],
        n_users=int(_counts(known)[place]),
    )


def _counts(known: KnownItems) -> NDArray[np.int64]:
    """Return the train interactions of each item, or zeros where nobody summed them."""
    return np.zeros(known.n_items, np.int64) if known.counts is None else known.counts
