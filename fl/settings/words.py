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
