"""Settings of a sweep: one training repeated with several seeds, and with several values of chosen settings. Light."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from pydantic import Field, JsonValue, field_validator

from data.errors import SettingsError
from data.sentences import say
from data.setting import setting
from fl.settings.base import Settings, build, checked_folder_name
from fl.settings.train import TrainSettings

MOST_RUNS = 200
# What a sweep gives every run itself, or what makes no difference to a run's figures.
_NOT_VARIED = ("name", "seed", "threads", "tensorboard")


@dataclass(frozen=True)
class PlannedRun:
    """A run of a sweep.

    Attributes:
        values: of the settings that are varied, as text.
        settings: of the run, its name and its seed among them.
    """

    values: dict[str, str]
    settings: TrainSettings


class SweepSettings(Settings):
    """Train with every combination of some settings, once per seed."""

    name: str = setting(
        min_length=1,
        max_length=40,
        label="&Name of the sweep",
        help="Name of the sweep; its runs' names begin with it.",
    )
    vary: tuple[str, ...] = setting(
        (),
        label="Settings to vary",
        help="Settings to vary, each as SETTING=VALUE,VALUE; every combination is trained.",
    )
    seeds: int = setting(3, ge=1, le=100, label="&Seeds", help="With how many seeds each combination is trained.")
    first_seed: int = setting(
        2024, ge=0, le=2**31 - 101, label="F&irst seed", help="The first seed; the others count up from it."
    )
    base: dict[str, JsonValue] = Field(
        default_factory=dict
    )  # settings of `train` that all runs share, as they were given

    @field_validator("name")
    @classmethod
    def _name_is_a_folder_name(cls, value: str) -> str:
        return checked_folder_name(value)

    @property
    def varied(self) -> dict[str, list[str]]:
        """The values of each setting that is varied, as text.

        Raises:
            SettingsError: an entry that cannot be understood, or that is none to vary.
        """
        found: dict[str, list[str]] = {}
        for text in self.vary:
            name, equals, values = text.partition("=")
            name = name.strip().lstrip("-").replace("-", "_")
            split = list(dict.fromkeys(value.strip() for value in values.split(",") if value.strip()))
            if not (equals and name and split):
                raise SettingsError(
                    say(
                        "settings.write-setting-values",
                        "{text}: write SETTING=VALUE,VALUE, for example dim=16,32.",
                        text=text,
                    )
                )
            if name in _NOT_VARIED or name in found:
                raise SettingsError(
                    say(
                        "settings.not-to-vary", "{name} cannot be varied, or stands twice.", name=name.replace("_", " ")
                    )
                )
            found[name] = split
        return found

    def plan(self) -> list[PlannedRun]:
        """Return all runs: the combinations in the order of their settings, for each the seeds.

        Raises:
            SettingsError: a value that a run cannot use, or too many runs.
        """
        varied = self.varied
        combinations = [dict(zip(varied, values, strict=True)) for values in itertools.product(*varied.values())]
        if len(combinations) * self.seeds > MOST_RUNS:
            raise SettingsError(
                say(
                    "settings.sweep-too-large",
                    "These are {n:,} runs; a sweep has at most {most}.",
                    n=len(combinations) * self.seeds,
                    most=MOST_RUNS,
                )
            )
        planned = []
        for number, values in enumerate(combinations, start=1):
            middle = f"-{number}" if varied else ""
            for seed in range(self.first_seed, self.first_seed + self.seeds):
                own: dict[str, Any] = {**self.base, **values, "seed": seed, "name": f"{self.name}{middle}-{seed}"}
                planned.append(PlannedRun(values, build(TrainSettings, own)))
        return planned
