"""Which settings the Train tab shows, in which order and for which model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fl.config import MODEL_TITLES, TrainSettings
from fl.presets import preset
from gui.epsilon import PRIVATE_NAMES
from gui.i18n import mark

MAIN_NAMES = ("epochs", "batch_size", "parties", "name")
ADVANCED = {
    mark("Federation"): (
        "aggregator", "spu_protocol", "robust_rule", "trim_fraction", "runtime",
        "server_optimizer", "server_learning_rate", "lr_decay", "averaging",
        "clients_per_round", "client_sampling", "min_clients_per_party", "norm_limit", "round_timeout", "round_retries",
    ),
    mark("Differential privacy"): (
        "dp", "target_epsilon", "delta", "clip_norm", "noise_multiplier",
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
# A description that ends "(FCF)." or "(PFedRec, FedRAP)." names the only models a setting has a meaning for.
ONLY_FOR = re.compile(r"\(([A-Z]\w+(?:, [A-Z]\w+)*)\)\.$")
# "(aggregator spu)." likewise names the only aggregators.
ONLY_WITH = re.compile(r"\(aggregator (\w+(?:, \w+)*)\)\.$")


def train_defaults(values: Mapping[str, Any]) -> dict[str, Any]:
    """The preset of the chosen model, data set and protocol."""
    dp, protocol = values.get("dp", "none"), values.get("protocol", "leak-free")
    return preset(str(values["model"]), str(values["dataset"]), str(dp), str(protocol))


def applies(name: str, values: Mapping[str, Any]) -> bool:
    """Whether a setting has a meaning for the chosen model and aggregator."""
    if name in PRIVATE_NAMES and values.get("dp", "none") == "none":
        return False
    description = TrainSettings.model_fields[name].description or ""
    with_aggregator = ONLY_WITH.search(description)
    if with_aggregator is not None:
        return values["aggregator"] in with_aggregator[1].split(", ")
    found = ONLY_FOR.search(description)
    return found is None or MODEL_TITLES[values["model"]] in found[1].split(", ")
