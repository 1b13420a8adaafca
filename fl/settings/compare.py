"""Settings of the job `compare`. Light, because the command line reads them for its help."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import field_validator, model_validator

from data.errors import SettingsError
from data.sentences import refusal, say
from data.setting import setting
from fl.settings.aggregators import TITLES, AggregatorName
from fl.settings.base import MAX_PARTIES, RUNTIME_WORDS, ProtocolName, RuntimeName, Settings, build
from fl.settings.of_jobs import cut_offs
from fl.settings.presets import default_model
from fl.settings.train import ModelName, TrainSettings
from models.registry import MODELS

BaselineName = Literal["popularity", "item-knn", "ease", "ials", "local-only", "sasrec"]


MOST_RUNS = 6  # that are set side by side


class CompareRunsSettings(Settings):
    """Hold finished runs of the same data, protocol and seed against the first of them, user by user."""

    runs: tuple[str, ...] = setting(
        min_length=2,
        max_length=MOST_RUNS,
        label="Runs",
        help="Names of finished runs; the others are held against the first.",
    )
    k: tuple[int, ...] = setting((10,), min_length=1, label="K (cut-offs)", help="Cut-offs K.")

    @field_validator("k")
    @classmethod
    def _k_in_range(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return cut_offs(value)

    @field_validator("runs")
    @classmethod
    def _each_once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(value)) < len(value):
            raise refusal(say("settings.run-twice", "each run can be named once"), "runs")
        return value


class CompareSettings(Settings):
    """Train and evaluate several models and baselines on the same candidates, once per seed."""

    dataset: str = setting("demo", label="Data set", help="Data set, by its name in the registry.")
    models: tuple[ModelName, ...] = setting(
        (),
        label="Models",
        help=f"Federated models to train: {', '.join(MODELS)}. Not given: the one that `train` takes for the data set.",
    )
    baselines: tuple[BaselineName, ...] = setting(
        ("popularity", "ials"),
        label="Baselines",
        help=f"Recommenders without federation to set beside them: {', '.join(get_args(BaselineName))}.",
    )
    seeds: int = setting(1, ge=1, le=100, label="Seeds", help="How many times all is repeated, each with its own seed.")
    first_seed: int = setting(
        2024, ge=0, le=2**31 - 101, label="First seed", help="The first seed; the others count up from it."
    )
    k: tuple[int, ...] = setting((10,), min_length=1, label="K (cut-offs)", help="Cut-offs K.")
    parties: int = setting(
        2, ge=1, le=MAX_PARTIES, label="Parties", help="Organisations (PYUs) among which the users are divided."
    )
    aggregator: AggregatorName = setting(
        "masked", label="Aggregation", help="How item updates are summed.", words=TITLES
    )
    runtime: RuntimeName = setting(
        "simulation", label="Parties run", help="Where the parties run.", words=RUNTIME_WORDS
    )
    protocol: ProtocolName = setting("leak-free", label="Evaluation protocol", help="Evaluation protocol.")
    epochs: int | None = setting(
        None, ge=1, le=100_000, label="Epochs", help="Rounds of every model; default: each model's own."
    )
    threads: int = setting(
        0,
        ge=0,
        le=256,
        label="Threads per party",
        special={0: "automatic"},
        help="Threads per party; 0 divides the machine's cores.",
    )
    baseline_recency: bool = setting(
        False,
        label="Recency in baselines",
        help="item-knn, ials and local-only weigh a user's recent items as FCF does on this data set.",
    )
    keep_runs: bool = setting(
        False, label="Keep the runs", help="Keep the trained models as runs; else only their figures stay."
    )
    set: tuple[str, ...] = setting(
        (), label="Other settings", help="Other settings of a model, as MODEL.SETTING=VALUE."
    )

    @model_validator(mode="before")
    @classmethod
    def _default_model(cls, values: Any) -> Any:
        return {"models": (default_model(values),), **values} if isinstance(values, dict) else values

    @field_validator("k")
    @classmethod
    def _k_in_range(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return cut_offs(value)

    @field_validator("models", "baselines")
    @classmethod
    def _each_once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value))

    def seed_list(self) -> list[int]:
        """Return the seeds, one per repetition."""
        return list(range(self.first_seed, self.first_seed + self.seeds))

    def train_settings(self, model: str, seed: int, name: str = "") -> TrainSettings:
        """Return what `train` is asked for.

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
            raise SettingsError(
                say("settings.nothing-compare-give", "Nothing to compare: give --models, --baselines, or both.")
            )
        strange = sorted(set(self._own_settings()) - set(self.models))
        if strange:
            raise SettingsError(
                say(
                    "settings.names-not-among-models",
                    "--set names {strange}, which is not among the models compared.",
                    strange=", ".join(strange),
                )
            )
        for model in self.models:
            self.train_settings(model, self.first_seed)

    def _own_settings(self) -> dict[str, dict[str, str]]:
        own: dict[str, dict[str, str]] = {}
        for text in self.set:
            where, equals, value = text.partition("=")
            model, dot, setting = where.partition(".")
            setting = setting.replace("-", "_")
            if not (equals and dot and model and setting):
                raise SettingsError(
                    say(
                        "settings.write-model-setting-value",
                        "--set {text}: write MODEL.SETTING=VALUE, for example pfedrec.dim=16.",
                        text=text,
                    )
                )
            if setting in ("seed", "name", "dataset", "model", "protocol", "parties"):
                raise SettingsError(
                    say(
                        "settings.same-everything-compared",
                        "--set {text}: {setting} must be the same for everything compared.",
                        text=text,
                        setting=setting,
                    )
                )
            own.setdefault(model, {})[setting] = value
        return own
