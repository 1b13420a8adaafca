"""The way from the settings of a run to its mechanism."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from data.errors import SettingsError, StorageError
from data.sentences import Said, say
from fl.privacy.accountant import Accountant, multiplier_for
from fl.privacy.mechanism import Privacy
from fl.runs.storage import ACCOUNT, read_object
from fl.settings.train import TrainSettings


def privacy_of(settings: TrainSettings, n_users: int, helpers: int, multiplier: float | None = None) -> Privacy | None:
    """Return the mechanism, with the noise found for the budget where the person gave none; None without privacy.

    Args:
        settings: of the run.
        n_users: of all parties.
        helpers: fewest parties whose sum is given out.
        multiplier: the noise that a resumed run began with.

    Raises:
        SettingsError: the budget cannot be kept, delta promises nothing for so many users, or so many parties may
            collude that nobody else would add noise.
    """
    if settings.dp == "none":
        return None
    if settings.delta >= 1.0 / n_users:
        raise SettingsError(
            say(
                "privacy.delta-below-1-users",
                "Delta is {delta:g}, but must be below 1 / {n_users} users = {n_users_2:.2g}: a "
                "mechanism that publishes one user in full would pass otherwise.",
                delta=settings.delta,
                n_users=n_users,
                n_users_2=1 / n_users,
            )
        )
    if settings.dp_colluding >= helpers:
        raise SettingsError(
            say(
                "privacy.aggregator-gives-sums",
                "The aggregator gives out sums of {helpers} parties; if {dp_colluding} of them collude, "
                "nobody is left to add noise.",
                helpers=helpers,
                dp_colluding=settings.dp_colluding,
            ),
            say(
                "privacy.count-most-colluding",
                "Count with at most {helpers} colluding parties, or use more parties.",
                helpers=helpers - 1,
            ),
        )
    amount = settings.clients_per_round
    privacy = Privacy(
        method=settings.dp,
        clip_norm=settings.clip_norm,
        noise_multiplier=multiplier or settings.noise_multiplier or 1.0,
        delta=settings.delta,
        target_epsilon=settings.target_epsilon or math.inf,
        sampling=min(1.0, amount if amount <= 1 else amount / n_users),
        helpers=helpers - settings.dp_colluding,
        colluding=settings.dp_colluding,
    )
    if not (multiplier or settings.noise_multiplier):
        found = multiplier_for(privacy, settings.target_epsilon, settings.epochs)
        privacy = replace(privacy, noise_multiplier=found)
    first = Accountant(privacy).epsilon(1)
    if first > privacy.target_epsilon:
        raise SettingsError(
            say(
                "privacy.round-alone-costs-epsilon",
                "One round alone costs epsilon {first:.3g}, more than the privacy budget of {target_epsilon:g}.",
                first=first,
                target_epsilon=privacy.target_epsilon,
            ),
            say("privacy.raise-noise-multiplier-0", "Raise the noise multiplier, or set it to 0 to have it found."),
        )
    return privacy


def stored_multiplier(folder: Path) -> float | None:
    """Return the noise multiplier that a run began with, or None before its first round.

    Raises:
        StorageError: the account is damaged.
    """
    path = folder / ACCOUNT
    if not path.exists():
        return None
    found = read_object(path).get("noise_multiplier")
    if not isinstance(found, int | float):
        raise StorageError(damaged_account(path))
    return float(found)


def damaged_account(path: Path) -> Said:
    """Return that a file is not the account of its run."""
    return say(
        "privacy.damaged-hold-account-run", "{path} is damaged: it should hold the account of this run.", path=path
    )
