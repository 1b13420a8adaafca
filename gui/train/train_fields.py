"""The order in which the Train tab shows the settings, and their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.setting import grouped
from fl.settings.presets import preset
from fl.settings.train import TrainSettings

_SETTINGS = TrainSettings.declared()
FIELD_NAMES = list(_SETTINGS)
MAIN_NAMES = [name for name, one in _SETTINGS.items() if not one.advanced and name not in ("dataset", "model")]
ADVANCED_NAMES = [name for name, one in _SETTINGS.items() if one.advanced]
ADVANCED = grouped({name: _SETTINGS[name] for name in ADVANCED_NAMES})


def train_defaults(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the preset of the chosen model, data set and protocol."""
    dp, protocol = values.get("dp", "none"), values.get("protocol", "leak-free")
    return preset(str(values["model"]), str(values["dataset"]), str(dp), str(protocol))
