"""The job `audit`: attacks against a run's own messages and model, with figures, intervals and a sentence for each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.errors import SettingsError
from data.partition import PartyData, take
from fl.aggregation import AGGREGATORS
from fl.aggregation.masked import USER_LIMIT
from fl.audit.curves import Floats, auc_interval, mean_interval
from fl.audit.membership import halves, membership_scores
from fl.audit.reconstruction import guess, masked_view, precision
from fl.config import AuditSettings, TrainSettings, build
from fl.events import AuditDone, AuditFigure
from fl.hyper_parameters import hyper_parameters
from fl.jobs.context import JobContext
from fl.jobs.loaded_run import LoadedRun, load_run
from fl.jobs.training import server_settings
from fl.privacy.settings import privacy_of
from fl.run_folder import RunFolder
from fl.session import party_names
from fl.storage import write_json
from models.base import LocalModel
from models.registry import MODELS

FILE = "audit.json"  # in the run folder
_FEWEST = 8  # users on either side, or there is nothing to say


@dataclass(frozen=True)
class _Views:
    """What a server can see of one round: guesses by message, and what is true."""

    users: list[tuple[Floats, NDArray[np.bool_]]]
    party: tuple[Floats, NDArray[np.bool_]]
    masked: tuple[Floats, NDArray[np.bool_]]


def audit(settings: AuditSettings, context: JobContext) -> AuditDone:
    """Attack a run. Nothing of the run is changed but its audit.json.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    started = time.perf_counter()
    run = load_run(settings.run, context)
    items = run.federation.model.item_table()
    parts, _ = run.data.divide(party_names(run.settings.parties), run.settings.seed)
    views = _reconstruct(run, parts, items, settings, context)
    seed, chance = run.settings.seed, 0.5
    figures = [
        _user_figure(views, seed),
        _figure("party, plain", *views.party, seed, chance, _PARTY_SENTENCE),
        _figure("party, masked", *views.masked, seed, chance, _MASKED_SENTENCE),
    ]
    figures += _membership(run, parts, settings, context)
    done = AuditDone(
        job=context.job,
        run=settings.run,
        aggregator=run.settings.aggregator,
        figures=tuple(figures),
        rounds=min(settings.rounds, run.best_round),
        seconds=time.perf_counter() - started,
    )
    write_json(RunFolder.find(settings.run).path / FILE, done.model_dump(exclude={"type", "job"}))
    return done


# --- rebuilding rated items -------------------------------------------------------------------------------------------


def _reconstruct(
    run: LoadedRun, parts: list[PartyData], items: NDArray[np.float32], settings: AuditSettings, context: JobContext
) -> _Views:
    """Replay the round after the run's best one in one party, and look at what the server would receive."""
    context.phase("replaying a round to read its messages")
    kind, part = MODELS[run.settings.model], parts[0]
    hyper = hyper_parameters(run.settings)
    local: LocalModel = kind(part, hyper)
    round_number = run.best_round + 1
    rng = np.random.default_rng([run.settings.seed, 11])
    able = np.flatnonzero(np.diff(part.indptr) >= 1)
    rows = np.sort(rng.permutation(able)[: settings.users])
    users = []
    for done, row in enumerate(rows):
        context.check_cancelled()
        context.progress(done, len(rows), "users")
        update = local.train_round(items.copy(), round_number, np.array([row]))
        truth = np.zeros(part.n_items, np.bool_)
        truth[part.items[part.indptr[row] : part.indptr[row + 1]]] = True
        users.append((guess(update.item_update, kind.message, True), truth))
    whole = kind(part, hyper).train_round(items.copy(), round_number).item_update
    counts = np.bincount(part.items, minlength=part.n_items)
    often = counts > np.median(counts)
    limit = max(USER_LIMIT * run.data.split.n_users, float(np.abs(whole).max()))
    hidden = masked_view(whole, max(2, run.settings.parties), limit)
    return _Views(users, (guess(whole, kind.message, False), often), (guess(hidden, kind.message, False), often))


_PARTY_SENTENCE = (
    "From one party's unprotected update, the items that its users rate more than the median are told from the others "
    "with an area of {value:.2f} ({low:.2f} to {high:.2f}); 0.50 is guessing."
)
_MASKED_SENTENCE = (
    "From the same update under masks, as the server receives it, the area is {value:.2f} ({low:.2f} to {high:.2f}): "
    "0.50 is guessing."
)


def _user_figure(views: _Views, seed: int) -> AuditFigure:
    found = np.array([precision(scores, truth) for scores, truth in views.users])
    by_chance = float(np.mean([truth.mean() for _, truth in views.users]))
    value, low, high = mean_interval(found, seed)
    return AuditFigure(
        attack="reconstruction",
        target="user, plain",
        measure="precision",
        value=value,
        low=low,
        high=high,
        chance=by_chance,
        cases=len(found),
        sentence=f"From one user's unprotected update, {100 * value:.0f} % ({100 * low:.0f} to {100 * high:.0f}) of "
        f"the items named as rated are right; guessing gets {100 * by_chance:.1f} % right.",
    )


def _figure(
    target: str, scores: Floats, truth: NDArray[np.bool_], seed: int, chance: float, sentence: str
) -> AuditFigure:
    value, low, high = auc_interval(scores[truth], scores[~truth], seed)
    return AuditFigure(
        attack="reconstruction",
        target=target,
        measure="auc",
        value=value,
        low=low,
        high=high,
        chance=chance,
        cases=len(scores),
        sentence=sentence.format(value=value, low=low, high=high),
    )


# --- membership -------------------------------------------------------------------------------------------------------


def _membership(
    run: LoadedRun, parts: list[PartyData], settings: AuditSettings, context: JobContext
) -> list[AuditFigure]:
    """Train on every second user, with the run's noise or none and with noise, and tell the two halves apart."""
    split = halves(parts, run.settings.seed)
    if sum(len(out) for _, out in split) < _FEWEST:
        raise SettingsError(f"Membership needs at least {2 * _FEWEST} users with 2 items or more.")
    inside = [take(part, rows) for part, (rows, _) in zip(parts, split, strict=True)]
    rounds = min(settings.rounds, run.best_round)
    shared = {"epochs": rounds, "clients_per_round": 1.0, "tamper_round": 0, "noise_multiplier": 0.0}
    variants = {"without noise": {**shared, "dp": "none"}}
    if settings.epsilon:
        with_noise = {"dp": "user", "target_epsilon": settings.epsilon}
        variants[f"with noise, epsilon {settings.epsilon:g}"] = {**shared, **with_noise}
    figures = []
    for name, changed in variants.items():
        context.phase(f"training {rounds} rounds on half of the users ({name})")
        replay: TrainSettings = build(TrainSettings, {**run.settings.model_dump(), **changed})
        table = _trained(run, replay, inside, context.check_cancelled)
        member, other = (
            np.concatenate(
                [
                    membership_scores(table, part, rows[side][np.diff(part.indptr)[rows[side]] >= 2])
                    for part, rows in zip(parts, split, strict=True)
                ]
            )
            for side in (0, 1)
        )
        value, low, high = auc_interval(member, other, run.settings.seed)
        figures.append(
            AuditFigure(
                attack="membership",
                target=f"item table, {name}",
                measure="auc",
                value=value,
                low=low,
                high=high,
                chance=0.5,
                cases=len(member) + len(other),
                sentence=f"From item embeddings after {rounds} rounds ({name}), users who were trained on are told "
                f"from those who were not with an area of {value:.2f} ({low:.2f} to {high:.2f}); 0.50 is guessing.",
            )
        )
    run.federation.loaded = ""  # the workers hold half of the users now
    return figures


def _trained(
    run: LoadedRun, settings: TrainSettings, parts: list[PartyData], check: Callable[[], None]
) -> NDArray[np.float32]:
    """Item embeddings after training on some of the users."""
    n_users = sum(part.n_users for part in parts)
    privacy = privacy_of(settings, n_users, AGGREGATORS[settings.aggregator].fewest(settings.parties))
    federation = run.federation
    federation.set_up(parts, settings.model, hyper_parameters(settings), server=server_settings(settings, privacy))
    for number in range(settings.epochs):
        check()
        federation.model.fit(epochs=number + 1, initial_epoch=number, validation_data=False)
    return federation.model.item_table()
