"""Settings of a training run, each declared once, in the order in which forms and help show them."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Final, Literal

from pydantic import (
    SerializeAsAny,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    field_validator,
    model_serializer,
    model_validator,
)

from data.setting import Setting, Where, declared, one_of, setting
from fl.settings.aggregator_words import AggregatorChoice, RobustRule, SpuProtocol
from fl.settings.aggregators import AGGREGATORS, WITH_SMALLER_UPDATES, AggregatorName, with_settings_of
from fl.settings.aggregators import TITLES as AGGREGATOR_TITLES
from fl.settings.base import (
    MAX_PARTIES,
    ON_A_CLUSTER,
    PROTOCOL_WORDS,
    RUNTIME_WORDS,
    ProtocolName,
    RuntimeName,
    Settings,
    checked_folder_name,
)
from fl.settings.contradictions import check_together
from fl.settings.models_own import MODEL, own_settings
from fl.settings.presets import DEFAULT_MODEL, with_presets
from models.descriptor import ModelSettings, View
from models.registry import MODELS

ModelName = Annotated[str, one_of(MODELS)]
ItemView = Literal["auto", "global", "fine-tuned", "personal"]
ServerOptimizerName = Literal["fedavg", "fedadam", "fedadagrad", "fedyogi", "secant"]
DpName = Literal["none", "user", "local"]

# Groups beside the everyday one.
FEDERATION: Final = "Federation"
PRIVACY: Final = "Differential privacy"
RUN: Final = "Run"

_federation, _privacy, _model, _run = (
    partial(setting, group=group, advanced=True) for group in (FEDERATION, PRIVACY, MODEL, RUN)
)

LEAST_CLIENTS = 5  # users drawn from a party; with one or two, its update is nearly a user's own

_PRIVATE = Where("dp", ("user", "local"))


def _with_aggregator(*names: str) -> Where:
    return Where("aggregator", names, "aggregator " + ", ".join(names))


_SMALLER_UPDATES = _with_aggregator(*WITH_SMALLER_UPDATES)


def _own(name: str) -> Where:
    """Return where a setting of an aggregator has a meaning."""
    return _with_aggregator(*with_settings_of(name))


class TrainSettings(Settings):
    """The settings of one training run, frozen into the run folder as config.json.

    Values that are not given come from the preset of the model and the data set (`fl.settings.presets`). The defaults
    below are the preset of the default model; a setting that a model's method does not have is ignored.
    """

    dataset: str = setting("demo", label="&Data set", help="Data set, by its name in the registry.")
    model: ModelName = setting(
        DEFAULT_MODEL,
        label="&Model",
        help="Recommendation model.",
        words={name: model.title for name, model in MODELS.items()},
    )
    epochs: int = setting(
        8,
        ge=1,
        le=100_000,
        label="&Epochs",
        help="Communication rounds: local training, then one secure aggregation.",
        unit="rounds",
        step=10,
    )
    batch_size: int = setting(
        256,
        ge=1,
        le=1_000_000,
        label="&Batch size",
        help="Samples per local gradient step and user (positives and negatives).",
        step=64,
    )
    # Two are the fewest that can be masked, and the fastest: ML-100K's PFedRec round takes 0.12 s with 2, 0.16 with 4,
    # 0.26 with 8 on 2 cores (docs/benchmarks.md). More cores become more threads of each party.
    parties: int = setting(
        2,
        ge=1,
        le=MAX_PARTIES,
        label="&Parties",
        help="Organisations (PYUs) among which the users are divided.",
        unit="parties",
    )
    name: str = setting(
        "",
        max_length=80,
        label="&Name of the run",
        help="Name of the run; empty makes one from dataset, model and time.",
        placeholder="automatic",
    )

    aggregator: AggregatorName = _federation(
        "masked",
        label="Aggregation",
        help="How item updates are summed.",
        words=AGGREGATOR_TITLES,
    )
    spu_protocol: SpuProtocol = _federation(
        "semi2k",
        label="SPU protocol",
        help="Computation on shares: SEMI2K by 2 parties or ABY3 by 3.",
        belongs=_own("spu_protocol"),
        words={"semi2k": "SEMI2K, 2 parties", "aby3": "ABY3, 3 parties"},
    )
    robust_rule: RobustRule = _federation(
        "median",
        label="Robust rule",
        help="Middle of the parties' changes in each coordinate.",
        belongs=_own("robust_rule"),
        words={"median": "Median", "trimmed-mean": "Trimmed mean"},
    )
    trim_fraction: float = _federation(
        0.25,
        gt=0,
        lt=0.5,
        label="Trim fraction",
        help="Share of the parties that the trimmed mean leaves out at each end.",
        belongs=_own("trim_fraction"),
        step=0.05,
    )
    runtime: RuntimeName = _federation(
        "simulation", label="Parties run", help="Where the parties run.", words={**RUNTIME_WORDS, **ON_A_CLUSTER}
    )
    address: str = _federation(
        "",
        max_length=255,
        label="Address of the cluster",
        help="HOST:PORT of a Ray cluster that runs already, as ray start --head said it.",
        belongs=Where("runtime", ("cluster",), "runtime cluster"),
        placeholder="10.0.0.5:6379",
    )
    server_optimizer: ServerOptimizerName = _federation(
        "secant",
        label="Server optimiser",
        help="How the server turns the users' average into a step. secant, for FCF, reads the curvature off the sums "
        "that the server has and needs few rounds.",
        words={
            "fedavg": "FedAvg",
            "fedadam": "FedAdam",
            "fedadagrad": "FedAdagrad",
            "fedyogi": "FedYogi",
            "secant": "Secant (knows the curvature)",
        },
    )
    server_learning_rate: float = _federation(
        1.0,
        gt=0,
        le=100,
        label="Server rate",
        help="Step size of the server; 1 with fedavg is plain averaging, with secant the whole step.",
        step=0.05,
    )
    lr_decay: float = _federation(
        1.0, gt=0, le=1, label="Rate decay", help="Factor on the learning rates after each round.", step=0.01
    )
    averaging: Literal["uniform", "samples"] = _federation(
        "uniform",
        label="Weight of a user",
        help="Weight of a user in the average: the same for all, or its number of samples.",
        words={"uniform": "The same for all", "samples": "Its number of samples"},
    )
    clients_per_round: float = _federation(
        1.0,
        gt=0,
        le=1e9,
        label="Users per round",
        help="Users drawn for each round: up to 1 their share, above 1 their number.",
        special={1: "all"},
        step=0.1,
    )
    client_sampling: Literal["fixed", "poisson"] = _federation(
        "fixed",
        label="Drawing of users",
        help="Draw the same number of users each round, or each user independently.",
        words={"fixed": "Fixed number", "poisson": "Each independently (Poisson)"},
    )
    min_clients_per_party: int = _federation(
        0,
        ge=0,
        le=1_000_000,
        label="Fewest users of a party",
        special={0: "automatic"},
        help="Where users are drawn, a party with fewer of them sits the round out: what it sent would be nearly "
        "one user's own update; 0: fewer than 5.",
    )
    norm_limit: float = _federation(
        0.0,
        ge=0,
        le=1e12,
        label="Norm limit per user",
        special={0: "none"},
        help="Guard against a broken or poisoned party: refuses an update that is longer (Euclidean norm) than "
        "this times the users in it; 0: no limit.",
    )
    round_timeout: float = _federation(
        0.0,
        ge=0,
        le=1e6,
        label="Wait for a party",
        special={0: "any time"},
        help="How long a party may take in a round before the others go on without it until the run ends; 0: any time.",
        unit="seconds",
        step=10,
    )
    round_retries: int = _federation(
        1,
        ge=0,
        le=100,
        label="Tries after a refused sum",
        help="How often training tries a round again whose sum was refused as wrong, before it ends.",
    )
    upload_bits: int = _federation(
        32,
        ge=8,
        le=32,
        label="Bits of a sent value",
        help="Bits that a party sends for each value of its update, 8 to 32: fewer are quicker to send and less exact.",
        belongs=_SMALLER_UPDATES,
        unit="bits",
        step=4,
    )
    row_fraction: float = _federation(
        1.0,
        gt=0,
        le=1,
        label="Share of items sent",
        help="Share of the items, drawn anew each round, that parties send and the server updates; 1: all.",
        belongs=_SMALLER_UPDATES,
        step=0.25,
    )

    dp: DpName = _privacy(
        "none",
        label="Differential privacy",
        help="Differential privacy of each user: noise on the parties' sum, or on every user's update (local). Genres "
        "and titles of the items are taken for public.",
        words={"none": "None", "user": "Of each user (noise on the sum)", "local": "Local (noise on each update)"},
    )
    target_epsilon: float = _privacy(
        8.0,
        ge=0,
        le=1e6,
        label="Privacy budget (epsilon)",
        special={0: "none"},
        help="Budget for differential privacy: training ends before epsilon would exceed it; 0: no limit.",
        belongs=_PRIVATE,
    )
    delta: float = _privacy(
        1e-5,
        gt=0,
        lt=0.1,
        label="Delta",
        help="Delta of (epsilon, delta): must be below 1 / number of users.",
        belongs=_PRIVATE,
        step=1e-6,
    )
    clip_norm: float = _privacy(
        1.0,
        gt=0,
        le=1e9,
        label="Clipping norm (C)",
        help="With differential privacy: largest norm of a user's item update, C.",
        belongs=_PRIVATE,
        step=0.1,
    )
    noise_multiplier: float = _privacy(
        0.0,
        ge=0,
        le=1e4,
        label="Noise (times C)",
        special={0: "automatic"},
        help="Noise as a multiple of C; 0 finds the least with which all rounds stay within the privacy budget.",
        belongs=_PRIVATE,
        step=0.1,
    )
    dp_colluding: int = _privacy(
        0,
        ge=0,
        lt=MAX_PARTIES,
        label="Colluding parties",
        special={0: "none"},
        help="How many parties may put their own noise together and take it off the sum: the others add so much "
        "more that epsilon holds against them too; 0: it holds for the server.",
        belongs=_PRIVATE,
        unit="parties",
    )

    dim: int = _model(
        32, ge=1, le=1024, label="Embedding length", help="Length of an item embedding.", unit="numbers", step=8
    )
    own: SerializeAsAny[ModelSettings] = ModelSettings()  # what only the chosen model has

    item_view: ItemView = _model(
        "auto",
        label="Users score with",
        help="Item embeddings users score with. auto: the model's own; for PFedRec fine-tuned under the published "
        "protocol (as in the paper), else global.",
        words={
            "auto": "Automatic item view",
            "global": "Global items",
            "fine-tuned": "Their fine-tuned items",
            "personal": "Their personal items",
        },
    )

    protocol: ProtocolName = _run(
        "leak-free", label="Evaluation protocol", help="Evaluation protocol.", words=PROTOCOL_WORDS
    )
    seed: int = _run(2024, ge=0, le=2**31 - 1, label="Seed", help="Seed of split, initial values and sampling.")
    early_stopping: int = _run(
        0,
        ge=0,
        le=100_000,
        label="Early stopping",
        special={0: "off"},
        help="Stop after this many rounds without better validation HR@10; 0 never.",
        unit="rounds",
        step=5,
    )
    threads: int = _run(
        0,
        ge=0,
        le=256,
        label="Threads per party",
        special={0: "automatic"},
        help="Threads per party; 0 divides the machine's cores among the parties.",
        unit="threads",
    )
    tensorboard: bool = _run(
        False, label="Write TensorBoard files", help="Also write TensorBoard event files into the run folder."
    )

    @classmethod
    def declared(cls) -> dict[str, Setting]:
        """Return the settings by name: those of every training, and those that only some models have."""
        found: dict[str, Setting] = {}
        common = declared(cls)
        for name in cls.model_fields:
            found |= {name: common[name]} if name in common else own_settings()
        return found

    def flat(self) -> dict[str, Any]:
        """Return the values by name, as `declared` has them."""
        found: dict[str, Any] = {}
        for name, value in self:
            found |= dict(value) if name == "own" else {name: value}
        return found

    @model_validator(mode="before")
    @classmethod
    def _put_own_apart(cls, values: Any) -> Any:
        """Fill in the preset, and put the model's own settings together; those of other models mean nothing to it."""
        if not isinstance(values, dict):
            return values
        given = with_presets(values)
        model, own = MODELS.get(str(given["model"])), {}
        for name in own_settings():
            if name in given:
                own[name] = given.pop(name)
        known = () if model is None else model.settings.model_fields
        return {"own": {name: value for name, value in own.items() if name in known}, **given}

    @field_validator("own", mode="before")
    @classmethod
    def _own_is_the_models(cls, value: Any, info: ValidationInfo) -> Any:
        model = MODELS.get(info.data.get("model", ""))
        return ModelSettings() if model is None else model.settings.model_validate(value)

    @model_serializer(mode="wrap")
    def _flat(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        plain: dict[str, Any] = handler(self)
        own = plain.pop("own")
        return {**plain, **own}

    @field_validator("name")
    @classmethod
    def _name_is_a_folder_name(cls, value: str) -> str:
        return checked_folder_name(value)

    @model_validator(mode="after")
    def _go_together(self) -> TrainSettings:
        check_together(self)
        return self

    @property
    def aggregator_choice(self) -> AggregatorChoice:
        """The aggregator with what was chosen for it; what is another one's stays at its default."""
        found = AGGREGATORS[self.aggregator]
        own = {name: getattr(self, name) for name in found.settings}
        # Votes are weighed by the server, sums by the parties.
        return AggregatorChoice(found.name, by_samples=not found.sums and self.averaging == "samples", **own)

    @property
    def row_length(self) -> int:
        """The numbers in an item's row of the item table, and of the message."""
        return self.own.row_length(self.dim)

    @property
    def least_clients(self) -> int:
        """The fewest users of a party that take part in a round; 1 with differential privacy, whose noise protects."""
        if self.dp != "none":
            return 1
        return self.min_clients_per_party or (1 if self.clients_per_round == 1 else LEAST_CLIENTS)

    @property
    def resolved_item_view(self) -> View:
        """The item embeddings that users score with."""
        return MODELS[self.model].usual_view(self.protocol) if self.item_view == "auto" else self.item_view
