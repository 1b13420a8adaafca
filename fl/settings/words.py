"""The words of choices, as they stand in sentences of the engine."""

from __future__ import annotations

from typing import Final

from data.sentences import Said, say
from models.registry import MODELS

VIEWS: Final[dict[str, Said]] = {
    "global": say("view.global", "global"),
    "fine-tuned": say("view.fine-tuned", "fine-tuned"),
    "personal": say("view.personal", "personal"),
}
RUNTIMES: Final[dict[str, Said]] = {
    "simulation": say("runtime.simulation", "simulation"),
    "in-process": say("runtime.in-process", "in-process"),
    "cluster": say("runtime.cluster", "cluster"),
    "organisations": say("runtime.organisations", "organisations"),
}
LEAK: Final = say(
    "evaluation.leak",
    "Published protocol: held-out items leak into training, so these figures are higher than users would see.",
)


def noise_warning(model: str, dp: str) -> Said | None:
    """Return what a person should know before training a model that learns nothing under noise; None for any other.

    Args:
        model: name of a model.
        dp: kind of differential privacy, as `TrainSettings.dp`.
    """
    if dp == "none" or model not in MODELS or MODELS[model].learns_under_noise:
        return None
    return say(
        "privacy.noise-hides-all",
        "With differential privacy, {model} has so far recommended no better than a list of what is popular, at every "
        "epsilon from 1 to 8 that was tried on ML-1M: noise hides what its users' changes have in common. FCF learns "
        "under the same noise.",
        model=MODELS[model].title,
    )


def known_start(dp: str, item_start: object) -> Said | None:
    """Return what a person should know before training with noise from what is known of the items; None without.

    Args:
        dp: kind of differential privacy, as `TrainSettings.dp`.
        item_start: the model's setting of that name; None where it has none.
    """
    if dp == "none" or item_start != "genres":
        return None
    return say(
        "privacy.known-start",
        "The items start from their genres and decades, which are taken for public: epsilon does not cover them. On "
        "ML-1M this start alone has an HR@10 of 40.5 %, less than a list of what is popular (45.2 %); rounds with "
        "noise make it over 60 % at epsilon 1 and over 66 % at epsilon 8. Where genres come from the users' own rows, "
        "choose the random start.",
    )
