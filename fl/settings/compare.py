"""Settings of the job `compare`. Light, because the command line reads them for its help."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import Field, field_validator

from data.errors import SettingsError
from fl.settings.aggregators import AggregatorName
from fl.settings.config import MAX_PARTIES, ModelName, ProtocolName, RuntimeName, Settings, TrainSettings, build

BaselineName = Literal["popularity", "item-knn", "ease", "ials", "local-only"]


class CompareSettings(Settings):
    """Train and evaluate several models and baselines on the same candidates, once per seed."""

    dataset: str = Field("demo", description="Data set, by its name in the registry.")
    models: tuple[ModelName, ...] = Field(
        ("fcf",), description=f"Federated models to train: {', '.join(get_args(ModelName))}."
    )
    baselines: tuple[BaselineName, ...] = Field(
        ("popularity", "ials"),
        description=f"Recommenders without federation to set beside them: {', '.join(get_args(BaselineName))}.",
    )
    seeds: int = Field(1, ge=1, le=100, description="How many times all is repeated, each with its own seed.")
    first_seed: int = Field(2024, ge=0, le=2**31 - 101, description="The first seed; the others count up from it.")
    k: tuple[int, ...] = Field((10,), min_length=1, description="Cut-offs K.")
    parties: int = Field(2, ge=1, le=MAX_PARTIES, description="Organisations (PYUs) among which the users are divided.")
    aggregator: AggregatorName = Field("masked", description="How item updates are summed.")
    runtime: RuntimeName = Field("simulation", description="Where the parties run.")
    protocol: ProtocolName = Field("leak-free", description="Evaluation protocol.")
    epochs: int | None = Field(None, ge=1, le=100_000, description="Rounds of every model; default: each model's own.")
    threads: int = Field(0, ge=0, le=256, description="TensorFlow threads per party; 0 divides the machine's cores.")
    keep_runs: bool = Field(False, description="Keep the trained models as runs; else only their figures stay.")
    set: tuple[str, ...] = Field((), description="Other settings of a model, as MODEL.SETTING=VALUE.")

    @field_validator("k")
    @classmethod
    def _k_in_range(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if any(k < 1 or k > 1000 for k in value):
            raise ValueError("every K must be between 1 and 1000")
        return tuple(sorted({*value}))

    @field_validator("models", "baselines")
    @classmethod
    def _each_once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value))

    def seed_list(self) -> list[int]:
        """The seeds, one per repetition."""
        return list(range(self.first_seed, self.first_seed + self.seeds))

    def train_settings(self, model: str, seed: int, name: str = "") -> TrainSettings:
        """What `train` is asked for.

        Raises:
            SettingsError: a value in `set` that the model cannot use.
        """
        shared = ("dataset", "parties", "aggregator", "runtime", "protocol", "threads")
        values: dict[str, Any] = {field: getattr(self, field) for field in shared}
        values |= {"model": model, "seed": seed, "name": name} | self._own_settings().get(model, {})
        if self.epochs is not None:
            values["epochs"] = self.epochs
        settings: TrainSettings = build(TrainSettings, values)
        return settings

    def check(self) -> None:
        """Find what is wrong with the settings of any model before hours have passed.

        Raises:
            SettingsError: saying which.
        """
        if not self.models and not self.baselines:
            raise SettingsError("Nothing to compare: give --models, --baselines, or both.")
        strange = sorted(set(self._own_settings()) - set(self.models))
        if strange:
            raise SettingsError(f"--set names {', '.join(strange)}, which is not among the models compared.")
        for model in self.models:
            self.train_settings(model, self.first_seed)

    def _own_settings(self) -> dict[str, dict[str, str]]:
        own: dict[str, dict[str, str]] = {}
        for text in self.set:
            where, equals, value = text.partition("=")
            model, dot, setting = where.partition(".")
            setting = setting.replace("-", "_")
            if not (equals and dot and model and setting):
                raise SettingsError(f"--set {text}: write MODEL.SETTING=VALUE, for example pfedrec.dim=16.")
            if setting in ("seed", "name", "dataset", "model", "protocol", "parties"):
                raise SettingsError(f"--set {text}: {setting} must be the same for everything compared.")
            own.setdefault(model, {})[setting] = value
        return own
