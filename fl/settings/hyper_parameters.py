"""From a run's settings to what its model sees. No SecretFlow here: a newcomer's recommendations do without it."""

from __future__ import annotations

from data.density import unobserved_weight
from data.split import Split
from fl.settings.train import TrainSettings
from models.base import HyperParameters


def settled(settings: TrainSettings, split: Split) -> TrainSettings:
    """The settings with what they leave to the data filled in: alpha 0 becomes the weight for the data's density."""
    if settings.alpha:
        return settings
    return settings.model_copy(update={"alpha": unobserved_weight(len(split.items), split.n_users, split.n_items)})


def hyper_parameters(settings: TrainSettings) -> HyperParameters:
    """The part of the settings a model sees."""
    return HyperParameters(
        dim=settings.dim,
        batch_size=settings.batch_size,
        learning_rate=settings.learning_rate,
        item_lr_scale=settings.item_lr_scale,
        negatives=settings.negatives,
        local_epochs=settings.local_epochs,
        seed=settings.seed,
        view=settings.resolved_item_view,
        lr_decay=settings.lr_decay,
        averaging=settings.averaging,
        alpha=settings.alpha,
        recency_weight=settings.recency_weight,
        recency_half_life=settings.recency_half_life,
        reg=settings.reg,
        item_learning_rate=settings.item_learning_rate,
        weight_decay=settings.weight_decay,
        distance_weight=settings.distance_weight,
        sparsity_weight=settings.sparsity_weight,
        weight_schedule=settings.weight_schedule,
    )
