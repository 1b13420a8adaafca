"""The job `recommend`: the best items for one user, from the files of the user's own party. No SecretFlow."""

from __future__ import annotations

import time

import numpy as np

from data.partition import PartyData
from data.sentences import say
from fl.jobs.context import JobContext
from fl.jobs.new_user import RANKED, REASONS, Row, rows_of_list
from fl.jobs.own_party import OwnRun, own_run
from fl.jobs.profile import profile
from fl.protocol.commands import RecommendCommand
from fl.protocol.events import Recommendations
from fl.protocol.records import HistoryItem
from fl.runs.kept import KnownItems, OwnUsers
from fl.settings.hyper_parameters import hyper_parameters
from fl.settings.of_jobs import RecommendSettings
from models.base import LocalModel
from models.explain import by_order, strongest
from models.ranking import top_items
from models.registry import MODELS
from models.taste import taste_of


def recommend(command: RecommendCommand, context: JobContext) -> Recommendations:
    """Return the top-K items for one user with the reasons and the user's profile.

    Only the folder of the user's party is opened, and in it only what is of this user is read.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    settings = command.settings
    run = own_run(settings.run)
    party, row = run.find(settings.user)
    context.phase(say("phase.scoring-items", "scoring items for user {user}", user=settings.user))
    started = time.perf_counter()
    own, rows = run.users_of(party), np.array([row])
    local, data = run.model(own, rows), own.some(rows)
    items = best_of_user(run, local, data, 0, settings)
    seconds = time.perf_counter() - started
    history, counts = _history(run.known, own, row), run.known.counts
    about = None
    if counts is not None:
        names, genres = run.known.genre_matrix
        taste = taste_of(data, 0, genres, counts.astype(np.float64))
        times = np.array([one.timestamp for one in history], np.int64)
        about = profile(names, taste, genres, counts.astype(np.float64), times)
    return Recommendations(
        job=context.job,
        settings=settings,
        items=RANKED.validate_python(items),
        history=history,
        seconds=seconds,
        reason_kind=MODELS[run.settings.model].reason_kind,
        profile=about,
        note=run.note(),
        source=run.source,
        genres=run.known.genre_matrix[0],
    )


def best_of_user(
    run: OwnRun, local: LocalModel, data: PartyData, row: int, settings: RecommendSettings, explained: bool = True
) -> list[Row]:
    """Return the top-K items for one user.

    Args:
        run: that the user belongs to.
        local: the model of some users, this one among them, as it was in the best round.
        data: the split of the same users.
        row: of the user in them.
        settings: how many items, and from which.
        explained: with the reasons, which take about half of the time.
    """
    everything, among = settings.scope == "all", run.known.of_genre(settings.genre)
    best, score = top_items(local, data, row, run.table, settings.top_k, everything, settings.batch_size, among)
    if not explained:
        return rows_of_list(run.known, best, score)
    model, own_items = MODELS[run.settings.model], local.train_items(row)
    speaks = local.reasons(row, run.table, best)
    reasons, weights = strongest(speaks, own_items, REASONS, model.reason_kind)
    follows = by_order(model, run.table, own_items, hyper_parameters(run.settings), best, speaks, reasons)
    return rows_of_list(run.known, best, score, reasons, weights, follows)


def _history(known: KnownItems, own: OwnUsers, row: int) -> tuple[HistoryItem, ...]:
    """Return everything the user interacted with, newest first."""
    items, times = own.history(row)
    return tuple(
        HistoryItem(
            item=str(known.item_ids[item]),
            title=str(known.titles[item]),
            genres=known.genres[item],
            timestamp=int(when),
        )
        for item, when in zip(items[::-1].tolist(), times[::-1].tolist(), strict=True)
    )
