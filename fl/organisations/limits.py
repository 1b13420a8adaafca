"""The settings that a federation of organisations cannot have, refused when it is founded."""

from __future__ import annotations

from typing import Final

from data.errors import SettingsError
from data.sentences import say
from fl.settings.federation import FederationRules
from fl.settings.train import TrainSettings

_PROTECTED: Final = ("masked", "verified")  # they work in the members' own processes
_PLAIN: Final = "plain"


def check_settings(settings: TrainSettings, rules: FederationRules) -> None:
    """Refuse settings with which organisations cannot train together.

    Args:
        settings: of the training.
        rules: of the federation.

    Raises:
        SettingsError: with the sentence.
    """
    if settings.aggregator == _PLAIN and not rules.allow_plain:
        raise SettingsError(
            say("limits.plain", "With the plain aggregator the server reads every party's update."),
            say("limits.plain-hint", "Choose masked or verified; or, if all agree, add --allow-plain."),
        )
    if settings.aggregator not in (*_PROTECTED, _PLAIN):
        raise SettingsError(
            say("limits.aggregator", "The aggregator {name} does not work between organisations.",
                name=settings.aggregator),
            say("limits.aggregator-hint", "Choose masked or verified."),
        )  # fmt: skip
    if settings.round_timeout:
        raise SettingsError(
            say("limits.round-timeout", "A round has no time limit of its own between organisations."),
            say("limits.round-timeout-hint", "Set how long members wait for each other: --receive-timeout."),
        )
    if settings.clients_per_round != 1 and settings.client_sampling == "fixed":
        raise SettingsError(
            say(
                "limits.fixed-draw",
                "A fixed number of users cannot be drawn between organisations: nobody knows how many each party has.",
            ),
            say("limits.fixed-draw-hint", "Draw each user by chance: --client-sampling poisson."),
        )
