"""The settings that only some models have, as a training offers them: each belongs to the models that declare it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from data.setting import Setting, Where, declared
from models.descriptor import Model
from models.registry import MODELS

MODEL: Final = "Model"  # the group of settings under which a form shows them


@cache
def own_settings() -> dict[str, Setting]:
    """Return the settings that only some models have, by name: each belongs to the models that declare it."""
    owners: dict[str, list[Model]] = {}
    found: dict[str, Setting] = {}
    for model in MODELS.values():
        for name, one in declared(model.settings).items():
            found.setdefault(name, one)
            owners.setdefault(name, []).append(model)
    return {name: replace(one, group=MODEL, advanced=True, belongs=_of(owners[name])) for name, one in found.items()}


def _of(models: list[Model]) -> Where:
    return Where("model", tuple(model.name for model in models), ", ".join(model.title for model in models))
