"""The words of choices, as they stand in sentences of the engine."""

from __future__ import annotations

from typing import Final

from data.sentences import Said, say

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
