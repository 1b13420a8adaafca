"""The notes of a training: what a person should know before the first round."""

from __future__ import annotations

from collections.abc import Sequence

from data.sentences import say
from fl.privacy.accountant import epsilon_of_a_party
from fl.privacy.mechanism import Privacy
from fl.settings.aggregators import cost_of
from fl.settings.train import TrainSettings
from fl.settings.words import known_start, noise_warning

NO_BASELINE = say(
    "training.no-baseline",
    "With differential privacy, the popularity baseline is measured when training is over: it takes exact counts of "
    "every item.",
)
NOT_COVERED = say(
    "training.not-covered",
    "Epsilon does not cover exact facts of the data in the run's config.json (fingerprint, number of ratings, and "
    "FCF's alpha, which follows from it), a refusal, which tells a party's own noised value, nor rounding in floating "
    "point.",
)


def notes_of(
    settings: TrainSettings, n_items: int, of_data: Sequence[str], privacy: Privacy | None = None
) -> tuple[str, ...]:
    """Return what the person should know before the first round: of the split, the aggregator's cost, the noise."""
    cost = cost_of(settings.aggregator_choice, settings.parties, n_items * settings.row_length).sentence
    notes = [*of_data, *([cost] if cost else [])]
    if settings.dp != "none":
        start = known_start(settings.dp, getattr(settings.own, "item_start", None))
        warnings = (noise_warning(settings.model, settings.dp), start)
        notes.extend([*filter(None, warnings), NO_BASELINE, NOT_COVERED])
    if privacy is not None and (seen := epsilon_of_a_party(privacy, settings.epochs)) is not None:
        notes.append(
            say(
                "training.epsilon-of-a-party",
                "Epsilon counts for the server and for whoever sees the items. A party can take its own noise off a "
                "sum: for it, epsilon is {epsilon:.3g} after the last round.",
                epsilon=seen,
            )
        )
    return tuple(notes)
