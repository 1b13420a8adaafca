"""The way from a run's settings to what its model is told. No SecretFlow here: newcomers' lists do without it."""

from __future__ import annotations

from data.split import Split
from fl.settings.train import TrainSettings
from models.descriptor import HyperParameters, ModelSettings


def settled(settings: TrainSettings, split: Split) -> TrainSettings:
    """Return the settings with what they leave to the data: alpha 0 becomes the weight for the data's density."""
    own = settings.own.settled(len(split.items), split.n_users, split.n_items)
    return settings if own is settings.own else settings.model_copy(update={"own": own})


def hyper_parameters(settings: TrainSettings) -> HyperParameters[ModelSettings]:
    """Return the part of the settings a model sees."""
    return HyperParameters(
        own=settings.own,
        dim=settings.dim,
        batch_size=settings.batch_size,
        seed=settings.seed,
        view=settings.resolved_item_view,
        lr_decay=settings.lr_decay,
        averaging=settings.averaging,
    )
