"""The job `evaluate-lists`: figures of ranked lists that another program made, beside popularity. No SecretFlow."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from data.lists import ListOptions, Lists, read_lists
from data.loading import load
from data.partition import PartyData
from data.sentences import Said, say
from fl.jobs.context import JobContext
from fl.jobs.report_rows import group_rows, metric_rows, public_labels, reach_rows
from fl.protocol.commands import EvaluateLists
from fl.protocol.events import ListsEvaluated
from fl.protocol.records import ListsEvaluation
from fl.runs.records import GroupRow, MetricRow
from fl.settings.of_jobs import ListsSettings
from fl.settings.words import LEAK
from models.bootstrap import REPLICATES
from models.evaluation import EvaluationRequest, evaluate_shared, evaluated
from models.groups import groups_of, profile
from models.lists import ListRanks, list_message, list_ranks

LISTS = "lists"  # the scorer, in rows of figures
_ENOUGH = 20  # lists, to say that all of them being alike is no accident
_SAMPLED = ("hr", "ndcg", "mrr", "recall")
_FULL = ("full_hr", "full_ndcg", "full_mrr")


def evaluate_lists(command: EvaluateLists, context: JobContext) -> ListsEvaluated:
    """Measure a file of lists on the test items.

    Raises:
        SecretRecError: no such data set, or the file cannot be understood, with line and field.
    """
    settings = command.settings
    context.reading(settings.dataset)
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    (part,), _ = loaded.divide(("everyone",), settings.seed)
    context.phase(say("phase.reading-lists", "reading the lists"))
    options = ListOptions(settings.user, settings.item, settings.ranking, settings.order)
    path = Path(settings.lists)
    lists = read_lists(path, loaded.interactions, loaded.split, options, context.check_cancelled)
    context.phase(say("phase.measuring-lists", "measuring the lists"))
    labels = public_labels(loaded.interactions)
    request = EvaluationRequest(
        "test",
        settings.k,
        exposure=True,
        groups=groups_of(profile(part, labels), labels),
        replicates=REPLICATES,
        seed=settings.seed,
    )
    found = list_ranks(lists, part, request)
    counts = loaded.counts().astype(np.float64)
    own = evaluated(list_message(lists, found, part, request), request, counts, part.n_users)
    base = evaluated(evaluate_shared(counts, part, request), request, counts, part.n_users)
    undecided = {k: int(found.undecided(k).sum()) for k in settings.k}
    rows = [_of_list(row, undecided, found.only_candidates) for row in metric_rows(LISTS, "", own)]
    groups = [_of_list(row, undecided, found.only_candidates) for row in group_rows(LISTS, "", own)]
    evaluation = ListsEvaluation(
        settings=settings,
        order=lists.order,
        fingerprint=loaded.interactions.fingerprint,
        n_users=own.n_users,
        n_lists=int((found.tested & (found.length > 0)).sum()),
        n_rows=lists.n_rows,
        rows=(*rows, *metric_rows("popularity", "", base)),
        groups=(*groups, *group_rows("popularity", "", base)),
        reach=(*(() if found.only_candidates else reach_rows(LISTS, "", own)), *reach_rows("popularity", "", base)),
        applies=tuple(_applies(found, undecided)),
        notes=(*lists.notes, *_doubts(lists, found, part, settings)),
        warning=LEAK if settings.protocol == "published" else "",
    )
    return ListsEvaluated(job=context.job, evaluation=evaluation)


_Row = TypeVar("_Row", MetricRow, GroupRow)


def _of_list(row: _Row, undecided: dict[int, int], only_candidates: bool) -> _Row:
    """Return a row without the figures that do not apply to the lists."""
    gone = {*(_SAMPLED if undecided[row.k] else ()), *(_FULL if only_candidates else ())}
    changes: dict[str, Any] = dict.fromkeys(gone & set(type(row).model_fields))
    if isinstance(row, MetricRow):
        changes["intervals"] = {name: ends for name, ends in row.intervals.items() if name not in gone}
    return row.model_copy(update=changes)


def _applies(found: ListRanks, undecided: dict[int, int]) -> list[Said]:
    """Return in sentences which figures apply."""
    sentences = []
    if found.only_candidates:
        sentences.append(
            say(
                "lists.only-candidates",
                "The lists rank the held-out item among the sampled candidates and nothing else, so sampled figures "
                "apply; full rank, coverage and the like do not.",
            )
        )
    else:
        sentences.append(
            say("lists.full-applies", "The lists are drawn from the whole catalogue, so full rank applies.")
        )
    open_at = [k for k, users in undecided.items() if users]
    if open_at:
        sentences.append(
            say(
                "lists.sampled-unknown",
                "Sampled figures do not apply at K = {ks}. Lists that end before they tell how the held-out item "
                "stands among its candidates: {users:,}. Longer lists would tell, or lists of the candidates alone, "
                "which the exported split has.",
                ks=", ".join(map(str, open_at)),
                users=max(undecided.values()),
            )
        )
    elif not found.only_candidates:
        sentences.append(
            say(
                "lists.sampled-applies",
                "Every list tells how the held-out item stands among its candidates, so sampled figures apply too.",
            )
        )
    return sentences


def _doubts(lists: Lists, found: ListRanks, part: PartyData, settings: ListsSettings) -> list[Said]:
    """Return what looks wrong in the lists as answers to this data set."""
    listed = found.tested & (found.length > 0)
    n_lists, doubts = int(listed.sum()), []
    without = int((found.tested & ~listed).sum())
    if without:
        doubts.append(
            say(
                "lists.users-without",
                "Users without a list: {n:,} of {users:,}. Each counts as a miss.",
                n=without,
                users=int(found.tested.sum()),
            )
        )
    k = max(settings.k)
    short = listed & (found.length < k)
    if short.any():
        doubts.append(
            say(
                "lists.short",
                "Lists of fewer than K = {k} items: {n:,}; the shortest has {least:,}. A held-out item behind the end "
                "of a list counts as a miss.",
                k=k,
                n=int(short.sum()),
                least=int(found.length[short].min()),
            )
        )
    if n_lists >= _ENOUGH and not found.found.any():
        doubts.append(
            say(
                "lists.nothing-held-out",
                "No list holds its user's held-out item. A program that leaves out everything a user has ever rated "
                "leaves out the answers as well; lists that are made here have them where they are from all items.",
            )
        )
    longest = int(found.length.max()) if len(found.length) else 0
    everywhere = bool((found.found == listed).all()) and 2 * longest < part.n_items
    if n_lists >= _ENOUGH and everywhere and not found.only_candidates:
        doubts.append(
            say(
                "lists.all-held-out",
                "Every list holds its user's held-out item. Lists of candidates that were drawn elsewhere, or with "
                "another seed, look so; full-rank figures of them are far too high.",
            )
        )
    return doubts
