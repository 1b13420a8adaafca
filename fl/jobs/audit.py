"""The job `audit`: attacks against a run's own messages and model, with figures, intervals and a sentence for each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data.errors import SettingsError
from data.partition import PartyData, take
from data.sentences import Said, say
from fl.audit.curves import Floats, auc_interval, mean_interval
from fl.audit.membership import halves, membership_scores, order_scores
from fl.audit.reconstruction import guess, masked_view, precision
from fl.federation.rules import rules_of
from fl.jobs.context import JobContext
from fl.jobs.federations import federation_for
from fl.jobs.replay import Replay, replay
from fl.jobs.server_attacks import attack
from fl.privacy.settings import privacy_of
from fl.protocol.commands import AuditCommand
from fl.protocol.events import AuditDone
from fl.runs.records import Audit, AuditFigure
from fl.runs.storage import AUDIT
from fl.settings.aggregators import AGGREGATORS
from fl.settings.base import build
from fl.settings.of_jobs import AuditSettings
from fl.settings.presets import preset
from fl.settings.train import TrainSettings
from models.registry import MODELS

_FEWEST = 8  # users on either side, or there is nothing to say


@dataclass(frozen=True)
class _Views:
    """The view that a server has of one round: guesses by message, and what is true."""

    users: list[tuple[Floats, NDArray[np.bool_]]]
    party: tuple[Floats, NDArray[np.bool_]]
    masked: tuple[Floats, NDArray[np.bool_]]


def audit(command: AuditCommand, context: JobContext) -> AuditDone:
    """Attack a run. Nothing of the run is changed but its audit.json.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    settings = command.settings
    started = time.perf_counter()
    run = replay(settings.run, context)
    views = _reconstruct(run, settings, context)
    server = attack(run, settings, context)
    figures = [_user_figure(views, run), *_party_figures(views, run), *_membership(run, settings, context)]
    found = Audit(
        run=settings.run,
        aggregator=run.settings.aggregator,
        figures=tuple(figures),
        rounds=_rounds(run, settings),
        seconds=time.perf_counter() - started,
        server=server,
    )
    run.folder.write_object(AUDIT, found.model_dump())
    return AuditDone(job=context.job, audit=found)


def _rounds(run: Replay, settings: AuditSettings) -> int:
    """Return the rounds of each training on half of the users."""
    return min(settings.rounds, run.best_round)


# --- rebuilding rated items -------------------------------------------------------------------------------------------


def _reconstruct(run: Replay, settings: AuditSettings, context: JobContext) -> _Views:
    """Replay the round after the run's best one in one party, and look at what the server would receive."""
    context.phase(say("phase.replaying-to-read", "replaying a round to read its messages"))
    given, part, kind = run.round(), run.parts[0], MODELS[run.settings.model].message
    party = run.party(0, given)
    sent = party.message(given)
    party.rollback()  # the attacked users have not trained this round yet
    dim = run.settings.dim
    whole = given.real(sent.table)[:, :dim]
    counts = np.bincount(part.items, minlength=part.n_items)[given.rows]
    often = counts > np.median(counts)
    hidden = masked_view([sent.table, sent.totals], run.specs(sent))[:, :dim]

    users = []
    rows = _attacked(part, given.rows, settings.users, run.settings.seed)
    for done, row in enumerate(rows):
        context.check_cancelled()
        context.progress(done, len(rows), "users")
        seen = given.real(party.message_of_user(given, int(row)).table)[:, :dim]
        users.append((guess(seen, kind, True), _rated(part, int(row))[given.rows]))
    return _Views(users, (guess(whole, kind, False), often), (guess(hidden, kind, False), often))


def _attacked(part: PartyData, items: NDArray[np.int64], most: int, seed: int) -> NDArray[np.int64]:
    """Return rows of at most so many users who rated some of the items, in order.

    Raises:
        SettingsError: nobody did.
    """
    is_sent = np.zeros(part.n_items, np.bool_)
    is_sent[items] = True
    before = np.concatenate([[0], np.cumsum(is_sent[part.items])])  # sent items among the first so many rated ones
    able = np.flatnonzero(before[part.indptr[1:]] > before[part.indptr[:-1]])
    if not len(able):
        raise SettingsError(
            say(
                "audit.no-user-rated-item",
                "No user of {party} rated an item whose row is sent: there is nothing to rebuild.",
                party=part.party,
            )
        )
    return np.sort(np.random.default_rng([seed, 11]).permutation(able)[:most])


def _rated(part: PartyData, row: int) -> NDArray[np.bool_]:
    """Return whether a user rated each item, [n_items]."""
    truth = np.zeros(part.n_items, np.bool_)
    truth[part.items[part.indptr[row] : part.indptr[row + 1]]] = True
    return truth


def _user_figure(views: _Views, run: Replay) -> AuditFigure:
    found = np.array([precision(scores, truth) for scores, truth in views.users])
    by_chance = float(np.mean([truth.mean() for _, truth in views.users]))
    value, low, high = mean_interval(found, run.settings.seed)
    plain = run.rules.privacy is None
    unprotected = say("audit.users-update", "one user's unprotected update")
    noised = say("audit.users-noised", "one user's update with noise, in a party of that user alone")
    return AuditFigure(
        attack="reconstruction",
        target="user, plain" if plain else "user, with noise",
        measure="precision",
        value=value,
        low=low,
        high=high,
        chance=by_chance,
        cases=len(found),
        sentence=say(
            "audit.user",
            "From {whose}, {value:.0f} % ({low:.0f} to {high:.0f}) of the items named as rated are right; guessing "
            "gets {chance:.1f} % right.",
            whose=unprotected if plain else noised,
            value=100 * value,
            low=100 * low,
            high=100 * high,
            chance=100 * by_chance,
        ),
    )


def _party_figures(views: _Views, run: Replay) -> list[AuditFigure]:
    """Return figures of a party's update as it is, and as the server receives it, or would receive it, under masks."""
    (scores, truth), (masked_scores, masked_truth) = views.party, views.masked
    value, low, high = auc_interval(scores[truth], scores[~truth], run.settings.seed)
    plain = run.rules.privacy is None
    unprotected = say("audit.partys-update", "one party's unprotected update")
    noised = say("audit.partys-noised", "one party's update with its noise, before it is masked")
    sentence = say(
        "audit.party",
        "From {whose}, the items that its users rate more than the median are told from the others with an area of "
        "{value:.2f} ({low:.2f} to {high:.2f}); 0.50 is guessing.",
        whose=unprotected if plain else noised,
        value=value,
        low=low,
        high=high,
    )
    target = "party, plain" if plain else "party, with noise"
    figures = [_area("reconstruction", target, (value, low, high), len(scores), sentence)]
    value, low, high = auc_interval(masked_scores[masked_truth], masked_scores[~masked_truth], run.settings.seed)
    as_received = say("audit.as-received", "as the server receives it")
    as_masked = say("audit.as-masked", "as `masked` would send it")
    sentence = say(
        "audit.party-masked",
        "From the same update under masks, {received}, the area is {value:.2f} ({low:.2f} to {high:.2f}): 0.50 is "
        "guessing.",
        received=as_received if AGGREGATORS[run.settings.aggregator].masks else as_masked,
        value=value,
        low=low,
        high=high,
    )
    figures.append(_area("reconstruction", "party, masked", (value, low, high), len(masked_scores), sentence))
    return figures


def _area(
    attack: Literal["reconstruction", "membership"],
    target: str,
    interval: tuple[float, float, float],
    cases: int,
    sentence: Said,
    epsilon: float | None = None,
) -> AuditFigure:
    """Return a figure that is an area under the curve. `interval`: value, low and high end."""
    value, low, high = interval
    return AuditFigure(
        attack=attack,
        target=target,
        measure="auc",
        value=value,
        low=low,
        high=high,
        chance=0.5,
        cases=cases,
        sentence=sentence,
        epsilon=epsilon,
    )


# --- membership -------------------------------------------------------------------------------------------------------


def _membership(run: Replay, settings: AuditSettings, context: JobContext) -> list[AuditFigure]:
    """Train on every second user, without noise and with noise, and tell the two halves apart."""
    seed, parts = run.settings.seed, run.parts
    split = halves(parts, seed)
    if sum(len(out) for _, out in split) < _FEWEST:
        raise SettingsError(
            say(
                "audit.membership-needs-least",
                "Membership needs at least {fewest} users with 2 items or more.",
                fewest=2 * _FEWEST,
            )
        )
    inside = [take(part, rows) for part, (rows, _) in zip(parts, split, strict=True)]
    rounds, figures = _rounds(run, settings), []
    for name, changed in _variants(run.settings, rounds, settings.epsilon).items():
        context.phase(
            say(
                "phase.training-half",
                "training {rounds} rounds on half of the users ({noise})",
                rounds=rounds,
                noise=name,
            )
        )
        asked: TrainSettings = build(TrainSettings, {**run.settings.model_dump(), **changed})
        table = _trained(asked, inside, context)
        noised = settings.epsilon if changed["dp"] != "none" else None
        (value, low, high), cases = _told_apart(partial(membership_scores, table[:, : asked.dim]), parts, split, seed)
        sentence = say(
            "audit.membership",
            "From item embeddings after {rounds} rounds ({noise}), users who were trained on are told from those who "
            "were not with an area of {value:.2f} ({low:.2f} to {high:.2f}); 0.50 is guessing.",
            rounds=rounds,
            noise=name,
            value=value,
            low=low,
            high=high,
        )
        figures.append(_area("membership", f"item table, {name}", (value, low, high), cases, sentence, noised))
        if asked.row_length == asked.dim:
            continue
        (value, low, high), cases = _told_apart(partial(order_scores, table, rules_of(asked).hyper), parts, split, seed)
        sentence = say(
            "audit.membership-by-order",
            "From the tables of the order after {rounds} rounds ({noise}), users who were trained on are told from "
            "those who were not with an area of {value:.2f} ({low:.2f} to {high:.2f}); 0.50 is guessing.",
            rounds=rounds,
            noise=name,
            value=value,
            low=low,
            high=high,
        )
        figures.append(_area("membership", f"tables of the order, {name}", (value, low, high), cases, sentence, noised))
    return figures


def _told_apart(
    scores: Callable[[PartyData, NDArray[np.int64]], Floats],
    parts: list[PartyData],
    split: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
    seed: int,
) -> tuple[tuple[float, float, float], int]:
    """Return (area, low and high end of telling the first half of the users from the second, how many they are)."""
    member, other = (
        np.concatenate(
            [
                scores(part, rows[side][np.diff(part.indptr)[rows[side]] >= 2])
                for part, rows in zip(parts, split, strict=True)
            ]
        )
        for side in (0, 1)
    )
    return auc_interval(member, other, seed), len(member) + len(other)


def _variants(settings: TrainSettings, rounds: int, epsilon: float) -> dict[Said, dict[str, object]]:
    """Return what to change in a run's settings, by the name of the training."""
    shared: dict[str, object] = {
        "epochs": rounds,
        "clients_per_round": 1.0,
        "noise_multiplier": 0.0,
        "dp_colluding": 0,
    }
    variants: dict[Said, dict[str, object]] = {say("noise.none", "without noise"): {**shared, "dp": "none"}}
    if epsilon:
        # Noise is added to whole sums of equal users, in 32 bits.
        summed: dict[str, object] = {"averaging": "uniform", "upload_bits": 32}
        if not AGGREGATORS[settings.aggregator].sums:
            summed["aggregator"] = "masked"
        usual = preset(settings.model, settings.dataset, "user")
        if settings.server_optimizer == "secant":  # which noise would blind
            summed |= {name: usual[name] for name in ("server_optimizer", "server_learning_rate")}
        if settings.row_length > settings.dim:  # tables that noise would drown
            summed["sequence_weight"] = usual["sequence_weight"]
        with_noise = {"dp": "user", "target_epsilon": epsilon}
        variants[say("noise.some", "with noise, epsilon {epsilon:g}", epsilon=epsilon)] = {
            **shared,
            **summed,
            **with_noise,
        }
    return variants


def _trained(settings: TrainSettings, parts: list[PartyData], context: JobContext) -> NDArray[np.float32]:
    """Return the item embeddings after training on some of the users."""
    n_users = sum(part.n_users for part in parts)
    privacy = privacy_of(settings, n_users, AGGREGATORS[settings.aggregator].fewest(settings.parties))
    federation = federation_for(settings, context)
    federation.set_up(parts, rules_of(settings, privacy))
    for number in range(settings.epochs):
        context.check_cancelled()
        federation.model.fit(epochs=number + 1, initial_epoch=number, validation_data=False)
    return federation.model.questions.item_table()
