"""Which settings the Train tab shows, in which order and for which model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fl.settings.applicable import applies as applies
from fl.settings.config import TrainSettings
from fl.settings.presets import preset
from gui.words.i18n import mark

MAIN_NAMES = ("epochs", "batch_size", "parties", "name")
ADVANCED = {
    mark("Federation"): (
        "aggregator", "spu_protocol", "robust_rule", "trim_fraction", "runtime",
        "server_optimizer", "server_learning_rate", "lr_decay", "averaging",
        "clients_per_round", "client_sampling", "min_clients_per_party", "norm_limit", "round_timeout", "round_retries",
        "upload_bits", "row_fraction",
    ),
    mark("Differential privacy"): (
        "dp", "target_epsilon", "delta", "clip_norm", "noise_multiplier", "dp_colluding",
    ),
    mark("Model"): (
        "dim", "negatives", "learning_rate", "item_lr_scale", "item_learning_rate", "local_epochs", "alpha", "reg",
        "recency_weight", "recency_half_life",
        "weight_decay", "distance_weight", "sparsity_weight", "weight_schedule", "item_view",
    ),
    mark("Run"): ("protocol", "seed", "early_stopping", "threads", "tensorboard"),
}  # fmt: skip
PLACED = ("dataset", "model", *MAIN_NAMES, *(name for names in ADVANCED.values() for name in names))
# Settings that are newer than this page stand at the end.
OTHERS = tuple(name for name in TrainSettings.model_fields if name not in PLACED)
FIELD_NAMES = [name for name in (*PLACED, *OTHERS) if name in TrainSettings.model_fields]
ADVANCED_NAMES = [name for name in FIELD_NAMES if name not in ("dataset", "model", *MAIN_NAMES)]


def train_defaults(values: Mapping[str, Any]) -> dict[str, Any]:
    """The preset of the chosen model, data set and protocol."""
    dp, protocol = values.get("dp", "none"), values.get("protocol", "leak-free")
    return preset(str(values["model"]), str(values["dataset"]), str(dp), str(protocol))
