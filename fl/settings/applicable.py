"""Which settings of a run have a meaning, given the others: forms hide the rest, reports leave it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fl.settings.config import MODEL_TITLES, TrainSettings

# Settings that mean nothing without differential privacy.
PRIVATE_NAMES = frozenset({"target_epsilon", "delta", "clip_norm", "noise_multiplier", "dp_colluding"})
# A description that ends "(FCF)." or "(PFedRec, FedRAP)." names the only models a setting has a meaning for.
ONLY_FOR = re.compile(r"\(([A-Z]\w+(?:, [A-Z]\w+)*)\)\.$")
# "(aggregator spu)." likewise names the only aggregators.
ONLY_WITH = re.compile(r"\(aggregator (\w+(?:, \w+)*)\)\.$")


def applies(name: str, values: Mapping[str, Any]) -> bool:
    """Whether a setting has a meaning.

    Args:
        name: of the setting.
        values: the settings; at least the model, the aggregator and what differential privacy is asked for.
    """
    if name in PRIVATE_NAMES and values.get("dp", "none") == "none":
        return False
    description = TrainSettings.model_fields[name].description or ""
    with_aggregator = ONLY_WITH.search(description)
    if with_aggregator is not None:
        return values["aggregator"] in with_aggregator[1].split(", ")
    found = ONLY_FOR.search(description)
    return found is None or MODEL_TITLES[values["model"]] in found[1].split(", ")
