"""The order in which the Train tab shows the settings, and their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.setting import grouped
from fl.settings.presets import usual
from fl.settings.train import TrainSettings

_SETTINGS = TrainSettings.declared()
FIELD_NAMES = list(_SETTINGS)
MAIN_NAMES = [name for name, one in _SETTINGS.items() if not one.advanced and name not in ("dataset", "model")]
PLACE_NAMES = ["address"]  # below the choice of where parties run
ADVANCED_NAMES = [name for name, one in _SETTINGS.items() if one.advanced and name not in PLACE_NAMES]
ADVANCED_SETTINGS = [_SETTINGS[name] for name in ADVANCED_NAMES]
ADVANCED = grouped({one.name: one for one in ADVANCED_SETTINGS})


def train_defaults(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is usual for the chosen model, data set, protocol, privacy and optimiser."""
    return usual(values)
