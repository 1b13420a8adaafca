"""The job `recommend`: the best items for one user."""

from __future__ import annotations

import time
from functools import partial

import numpy as np

from data.genres import genre_matrix
from data.interactions import Interactions
from data.loading import find_user
from data.sentences import say
from fl.jobs.context import JobContext
from fl.jobs.loaded_run import load_run
from fl.jobs.new_user import REASONS, ranked_items
from fl.jobs.profile import profile
from fl.protocol.commands import RecommendCommand
from fl.protocol.events import Recommendations
from fl.protocol.records import HistoryItem
from models.registry import MODELS


def recommend(command: RecommendCommand, context: JobContext) -> Recommendations:
    """Return the top-K items for one user with the reasons and the user's profile, computed in the user's party.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    settings = command.settings
    run = load_run(settings.run, context, check=partial(find_user, user=settings.user))
    interactions = run.data.interactions
    user = find_user(interactions, settings.user)
    context.phase(say("phase.scoring-items", "scoring items for user {user}", user=settings.user))
    started = time.perf_counter()
    device = run.federation.devices[int(run.assignment[user])]
    best, score = run.federation.model.recommend(
        device, user, settings.top_k, settings.scope == "all", settings.batch_size
    )
    seconds = time.perf_counter() - started
    names, genres = genre_matrix(interactions.genres)
    reasons, weights, taste, counts = run.federation.model.questions.about_user(device, user, best, REASONS, genres)
    history = _history(interactions, user)
    return Recommendations(
        job=context.job,
        settings=settings,
        items=ranked_items(interactions, best, score, reasons, weights),
        history=history,
        seconds=seconds,
        reason_kind=MODELS[run.settings.model].reason_kind,
        profile=profile(names, taste, genres, counts, np.array([one.timestamp for one in history], np.int64)),
    )


def _history(interactions: Interactions, user: int) -> tuple[HistoryItem, ...]:
    """Return everything the user interacted with, newest first."""
    start, stop = np.searchsorted(interactions.user, [user, user + 1])
    return tuple(
        HistoryItem(
            item=str(interactions.item_ids[item]),
            title=str(interactions.titles[item]),
            genres=interactions.genres[item],
            timestamp=int(when),
        )
        for item, when in zip(
            interactions.item[start:stop][::-1], interactions.timestamp[start:stop][::-1], strict=True
        )
    )
