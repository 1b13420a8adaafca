"""Settings of each job, checked in one place: the command line, the window and the engine all build these.

Pydantic gives limits and error text per field; `describe_errors` turns them into sentences.
"""

from __future__ import annotations

import re
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo

from data.errors import SettingsError
from fl.settings.aggregators import AggregatorChoice, AggregatorName, RobustRule, SpuProtocol, TamperKind, problem_of
from fl.settings.presets import with_presets

ModelName = Literal["fcf", "pfedrec", "fedrap"]
RuntimeName = Literal["simulation", "in-process"]
ProtocolName = Literal["leak-free", "published"]
ResolvedItemView = Literal["global", "fine-tuned", "personal"]
ItemView = Literal["auto", "global", "fine-tuned", "personal"]
ServerOptimizerName = Literal["fedavg", "fedadam", "fedadagrad", "fedyogi"]
DpName = Literal["none", "user", "local"]
Scope = Literal["all", "unrated"]

# The item embeddings each model's users can score with, the usual one first: `views` of the classes in `models`.
MODEL_VIEWS: dict[str, tuple[ResolvedItemView, ...]] = {
    "fcf": ("global",),
    "pfedrec": ("global", "fine-tuned"),
    "fedrap": ("personal", "global"),
}
MODEL_TITLES = {"fcf": "FCF", "pfedrec": "PFedRec", "fedrap": "FedRAP"}

MAX_PARTIES = 64
LEAST_CLIENTS = 5  # users drawn from a party; with one or two, its update is nearly a user's own
NAME_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,79}")


def is_folder_name(name: str) -> bool:
    """Whether a run can be called so: its folder has to bear the name on any system."""
    return bool(NAME_PATTERN.fullmatch(name)) and not name.endswith((" ", "."))


class Settings(BaseModel):
    """Base of all settings: unknown keys are refused, values cannot change after they were checked."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class TrainSettings(Settings):
    """What one training run needs. Frozen into the run folder as config.json.

    What is not given comes from the preset of the model and the data set (`fl.settings.presets`). The defaults below
    are the preset of the default model; a setting that a model's method does not have is ignored.
    """

    dataset: str = Field("demo", description="Data set, by its name in the registry.")
    model: ModelName = Field("fcf", description="Recommendation model.")
    epochs: int = Field(
        50, ge=1, le=100_000, description="Communication rounds: local training, then one secure aggregation."
    )
    batch_size: int = Field(
        256, ge=1, le=1_000_000, description="Samples per local gradient step and user (positives and negatives)."
    )
    # Two are the fewest that can be masked, and the fastest: ML-100K's PFedRec round takes 0.12 s with 2, 0.16 with 4,
    # 0.26 with 8 on 2 cores (docs/benchmarks.md). More cores become more threads of each party.
    parties: int = Field(2, ge=1, le=MAX_PARTIES, description="Organisations (PYUs) among which the users are divided.")
    aggregator: AggregatorName = Field("masked", description="How item updates are summed.")
    runtime: RuntimeName = Field("simulation", description="Where the parties run.")
    protocol: ProtocolName = Field("leak-free", description="Evaluation protocol.")
    seed: int = Field(2024, ge=0, le=2**31 - 1, description="Seed of split, initial values and sampling.")
    threads: int = Field(
        0, ge=0, le=256, description="TensorFlow threads per party; 0 divides the machine's cores among the parties."
    )
    name: str = Field("", max_length=80, description="Name of the run; empty makes one from dataset, model and time.")
    dim: int = Field(32, ge=1, le=1024, description="Length of an item embedding.")
    learning_rate: float = Field(0.1, gt=0, le=100, description="Step size of the scoring function (PFedRec, FedRAP).")
    item_lr_scale: float = Field(
        80.0, gt=0, le=1e6, description="Item step size = learning rate * number of items * this (PFedRec)."
    )
    negatives: int = Field(
        4, ge=1, le=100, description="Sampled negatives per positive, redrawn every round (PFedRec, FedRAP)."
    )
    local_epochs: int = Field(
        1, ge=1, le=100, description="Passes of each client over its data per round (PFedRec, FedRAP)."
    )
    lr_decay: float = Field(1.0, gt=0, le=1, description="Factor on the learning rates after each round.")
    server_optimizer: ServerOptimizerName = Field(
        "fedadam", description="How the server turns the users' average into a step."
    )
    server_learning_rate: float = Field(
        0.1, gt=0, le=100, description="Step size of the server; 1 with fedavg is plain averaging."
    )
    averaging: Literal["uniform", "samples"] = Field(
        "uniform", description="Weight of a user in the average: the same for all, or its number of samples."
    )
    clients_per_round: float = Field(
        1.0, gt=0, le=1e9, description="Users drawn for each round: up to 1 their share, above 1 their number."
    )
    client_sampling: Literal["fixed", "poisson"] = Field(
        "fixed", description="Draw the same number of users each round, or each user independently."
    )
    min_clients_per_party: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Where users are drawn, a party with fewer of them sits the round out: what it sent would be "
        "nearly one user's own update; 0: fewer than 5.",
    )
    norm_limit: float = Field(
        0.0,
        ge=0,
        le=1e12,
        description="Guard against a broken or poisoned party: refuses an update that is longer (Euclidean norm) than "
        "this times the users in it; 0: no limit.",
    )
    round_timeout: float = Field(
        0.0,
        ge=0,
        le=1e6,
        description="How long a party may take in a round before the others go on without it until the run "
        "ends; 0: any time.",
    )
    round_retries: int = Field(
        1,
        ge=0,
        le=100,
        description="How often training tries a round again whose sum was refused as wrong, before it ends.",
    )
    upload_bits: int = Field(
        32,
        ge=8,
        le=32,
        description="Bits that a party sends for each value of its update, 8 to 32: fewer are quicker to send and "
        "less exact (aggregator masked, verified, plain).",
    )
    row_fraction: float = Field(
        1.0,
        gt=0,
        le=1,
        description="Share of the items, drawn anew each round, that parties send and the server updates; 1: all "
        "(aggregator masked, verified, plain).",
    )
    dp: DpName = Field(
        "none",
        description="Differential privacy of each user: noise on the parties' sum, or on every user's update (local).",
    )
    target_epsilon: float = Field(
        8.0,
        ge=0,
        le=1e6,
        description="Budget for differential privacy: training ends before epsilon would exceed it; 0: no limit.",
    )
    delta: float = Field(
        1e-5, gt=0, lt=0.1, description="Delta of (epsilon, delta): must be below 1 / number of users."
    )
    clip_norm: float = Field(
        1.0, gt=0, le=1e9, description="With differential privacy: largest norm of a user's item update, C."
    )
    noise_multiplier: float = Field(
        0.0,
        ge=0,
        le=1e4,
        description="Noise as a multiple of C; 0 finds the least with which all rounds stay within the privacy budget.",
    )
    dp_colluding: int = Field(
        0,
        ge=0,
        lt=MAX_PARTIES,
        description="How many parties may put their own noise together and take it off the sum: the others add so much "
        "more that epsilon holds against them too; 0: it holds for the server.",
    )
    early_stopping: int = Field(
        0, ge=0, le=100_000, description="Stop after this many rounds without better validation HR@10; 0 never."
    )
    recency_weight: float = Field(
        0.0, ge=0, le=1000, description="Extra weight of a user's newest item in the user's own scores; 0: none (FCF)."
    )
    recency_half_life: float = Field(
        3.5, gt=0, le=10_000, description="After how many newer items that extra weight is half (FCF)."
    )
    alpha: float = Field(
        0.3,
        ge=0,
        le=10,
        description="Weight of unobserved pairs, beside 1 for observed ones; 0: by how full the data are (FCF).",
    )
    reg: float = Field(0.01, gt=0, le=100, description="Regularisation, lambda in the papers (FCF).")
    item_learning_rate: float = Field(200.0, gt=0, le=1e6, description="Step size of item embeddings (FedRAP).")
    weight_decay: float = Field(0.0, ge=0, lt=1, description="L2 penalty on all parameters of a user (FedRAP).")
    distance_weight: float = Field(
        0.1, ge=0, le=100, description="Reward for personal items unlike the common ones, lambda (FedRAP)."
    )
    sparsity_weight: float = Field(0.1, ge=0, le=100, description="L1 penalty on the common items, mu (FedRAP).")
    weight_schedule: Literal["constant", "tanh"] = Field(
        "constant", description="The two weights over the rounds: constant, or rising as tanh (FedRAP)."
    )
    item_view: ItemView = Field(
        "auto",
        description="Item embeddings users score with. auto: the model's own; for PFedRec fine-tuned under the "
        "published protocol (as in the paper), else global.",
    )

    spu_protocol: SpuProtocol = Field(
        "semi2k", description="Computation on shares: SEMI2K by 2 parties or ABY3 by 3 (aggregator spu)."
    )
    robust_rule: RobustRule = Field(
        "median", description="Middle of the parties' changes in each coordinate (aggregator robust)."
    )
    trim_fraction: float = Field(
        0.25,
        gt=0,
        lt=0.5,
        description="Share of the parties that the trimmed mean leaves out at each end (aggregator robust).",
    )
    tamper_round: int = Field(
        0,
        ge=0,
        le=100_000,
        description="Demonstration: the server cheats in this round; 0 never (aggregator verified, masked).",
    )
    tamper_kind: TamperKind = Field(
        "change", description="Demonstration: how the server cheats (aggregator verified, masked)."
    )
    tensorboard: bool = Field(False, description="Also write TensorBoard event files into the run folder.")

    @model_validator(mode="before")
    @classmethod
    def _fill_in_presets(cls, values: Any) -> Any:
        return with_presets(values) if isinstance(values, dict) else values

    @field_validator("name")
    @classmethod
    def _name_is_a_folder_name(cls, value: str) -> str:
        if value and not is_folder_name(value):
            raise ValueError("use letters, digits, space, dot, dash and underscore, beginning with a letter or digit")
        return value

    @model_validator(mode="after")
    def _aggregator_can_work(self) -> TrainSettings:
        problem = problem_of(self.aggregator_choice, self.parties, self.runtime)
        if problem:
            raise ValueError(problem)
        if self.tamper_round and self.aggregator not in ("masked", "verified"):
            raise ValueError("tamper round: a cheating server is shown with the aggregators verified and masked only")
        if self.tamper_round and self.dp != "none":
            raise ValueError("tamper round: with differential privacy, the repeated round would cost its budget twice")
        if self.tamper_round > self.epochs:
            raise ValueError(f"tamper round: there are {self.epochs} epochs, and it is {self.tamper_round}")
        if self.tamper_round == 1 and self.tamper_kind in ("replay", "stale"):
            raise ValueError("tamper round: in round 1 there is nothing old to cheat with. Choose a later round")
        return self

    @model_validator(mode="after")
    def _upload_can_be_smaller(self) -> TrainSettings:
        if self.upload_bits == 32 and self.row_fraction == 1:
            return self
        if self.aggregator not in ("masked", "verified", "plain"):
            raise ValueError(
                "upload bits, row fraction: only the aggregators masked, verified and plain can sum smaller updates. "
                "Choose one of them, or 32 bits and all rows"
            )
        if self.upload_bits < 32 and self.dp != "none":
            raise ValueError(
                "upload bits: with differential privacy each party's noise would be rounded before it is summed, and "
                "epsilon would not hold. Choose 32 bits; the row fraction may stay"
            )
        if self.upload_bits < 32 and self.tamper_round == 2 and self.tamper_kind in ("replay", "stale"):
            raise ValueError(
                "tamper round: with few bits the first round is sent in 32, and the second has nothing old of its kind "
                "to cheat with. Choose a later round"
            )
        return self

    @model_validator(mode="after")
    def _model_has_what_is_asked(self) -> TrainSettings:
        title, views = MODEL_TITLES[self.model], MODEL_VIEWS[self.model]
        if self.item_view not in ("auto", *views):
            raise ValueError(
                f"{title} has no {self.item_view} items to score with. Choose auto or {' or '.join(views)}"
            )
        if self.model == "fcf" and self.averaging == "samples":
            raise ValueError(
                "averaging by samples does not apply to FCF, whose gradients are divided by the weights of the items. "
                "Choose uniform"
            )
        if self.clients_per_round > 1 and not self.clients_per_round.is_integer():
            raise ValueError(
                f"clients per round: above 1 it is a number of users, which must be whole "
                f"(got {self.clients_per_round})"
            )
        if self.dp != "none":
            self._dp_can_be_accounted()
        if self.model == "fedrap" and self.item_learning_rate * self.weight_decay >= 1:
            raise ValueError(
                "item learning rate times weight decay must be below 1, or every step turns the signs of the items"
            )
        return self

    def _dp_can_be_accounted(self) -> None:
        if self.averaging == "samples":
            raise ValueError("differential privacy bounds what each user adds, so users weigh the same. Choose uniform")
        if self.aggregator == "robust":
            raise ValueError(
                "differential privacy accounts for noise on a sum, and the robust aggregator gives none. Choose masked"
            )
        if self.clients_per_round != 1 and self.client_sampling != "poisson":
            raise ValueError(
                "with differential privacy each party draws its users in secret, each independently of the others. "
                "Choose poisson, or 1 for all users in every round"
            )
        if self.noise_multiplier == 0 and self.target_epsilon == 0:
            raise ValueError("differential privacy needs a privacy budget or a noise multiplier above 0")

    @property
    def aggregator_choice(self) -> AggregatorChoice:
        """The aggregator with what was chosen for it; what is another one's stays at its default."""
        if self.aggregator == "spu":
            return AggregatorChoice("spu", spu_protocol=self.spu_protocol)
        if self.aggregator == "robust":
            by_samples = self.averaging == "samples"
            return AggregatorChoice("robust", "semi2k", self.robust_rule, self.trim_fraction, by_samples)
        return AggregatorChoice(self.aggregator)

    @property
    def least_clients(self) -> int:
        """Fewest users of a party that take part in a round together; with differential privacy noise sees to that."""
        if self.dp != "none":
            return 1
        return self.min_clients_per_party or (1 if self.clients_per_round == 1 else LEAST_CLIENTS)

    @property
    def resolved_item_view(self) -> ResolvedItemView:
        if self.item_view != "auto":
            return self.item_view
        views = MODEL_VIEWS[self.model]
        return "fine-tuned" if self.protocol == "published" and "fine-tuned" in views else views[0]


class EvaluateSettings(Settings):
    """Evaluate a finished run on its test items."""

    run: str = Field(min_length=1, description="Name of the run.")
    k: tuple[int, ...] = Field((5, 10, 20), min_length=1, description="Cut-offs K of HR@K and NDCG@K.")
    batch_size: int = Field(512, ge=1, le=1_000_000, description="Users scored at a time.")
    protocol: ProtocolName | None = Field(None, description="Evaluation protocol; default: the run's own.")

    @field_validator("k")
    @classmethod
    def _k_in_range(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if any(k < 1 or k > 1000 for k in value):
            raise ValueError("every K must be between 1 and 1000")
        return tuple(sorted(set(value)))


class AuditSettings(Settings):
    """Attack a run's own messages and model, to see what they give away."""

    run: str = Field(min_length=1, description="Name of the run.")
    users: int = Field(20, ge=2, le=1000, description="Users whose own update is attacked.")
    rounds: int = Field(20, ge=1, le=1000, description="Most rounds of each training on half of the users.")
    epsilon: float = Field(
        8.0, ge=0, le=1e6, description="Privacy budget of the training with noise, to compare; 0 leaves it out."
    )


class CheatSettings(Settings):
    """Have the server cheat in a replayed round of a run, to see whether it is caught."""

    run: str = Field(min_length=1, description="Name of the run.")
    tamper_kind: TamperKind = Field("change", description="What the server does to the sum.")
    guard: Literal["verified", "masked", "plain"] = Field(
        "verified", description="How the replayed round is summed, and who checks it."
    )


class RecommendSettings(Settings):
    """Top-K items for one user of a run."""

    run: str = Field(min_length=1, description="Name of the run.")
    user: str = Field(min_length=1, description="User, by the id the data set uses.")
    top_k: int = Field(10, ge=1, le=1000, description="How many items.")
    scope: Scope = Field("unrated", description="Recommend from all items, or only from those the user has not rated.")
    batch_size: int = Field(4096, ge=1, le=10_000_000, description="Items scored at a time.")


class NewUserSettings(Settings):
    """Top-K items for somebody who is not in the data, from a few items the person picked."""

    run: str = Field(min_length=1, description="Name of the run.")
    items: tuple[str, ...] = Field(
        min_length=1,
        max_length=1000,
        description="Items a new user picked, oldest first: ids, or titles (a part is enough if only one has it).",
    )
    basket: bool = Field(
        False, description="Ask what goes with these items, instead of what a person who likes them would like."
    )
    top_k: int = Field(10, ge=1, le=1000, description="How many items.")


class RecommendAllSettings(Settings):
    """Top-K items for every user of a run, into one file."""

    run: str = Field(min_length=1, description="Name of the run.")
    output: str = Field(min_length=1, description="File to write: .csv or .jsonl.")
    top_k: int = Field(10, ge=1, le=1000, description="How many items for each user.")
    scope: Scope = Field("unrated", description="Recommend from all items, or only from those the user has not rated.")
    batch_size: int = Field(512, ge=1, le=1_000_000, description="Users scored at a time.")

    @field_validator("output")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if not value.lower().endswith((".csv", ".jsonl")):
            raise ValueError("the file name must end in .csv or .jsonl")
        return value


class ReportSettings(Settings):
    """One self-contained file about a run: settings, figures, plots, protocol, privacy."""

    run: str = Field(min_length=1, description="Name of the run.")
    output: str = Field(min_length=1, description="File to write: .html or .pdf.")

    @field_validator("output")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if not value.lower().endswith((".html", ".htm", ".pdf")):
            raise ValueError("the file name must end in .html or .pdf")
        return value


def describe_errors(error: ValidationError) -> str:
    """One sentence per bad field, e.g. "epochs: must be greater than or equal to 1 (got 0)."."""
    parts = []
    for item in error.errors():
        where = ", ".join(f"entry {p + 1}" if isinstance(p, int) else p.replace("_", " ") for p in item["loc"])
        text = item["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        text = f"must be {text}" if item["msg"].startswith("Input should be ") else text
        shown = f" (got {item['input']!r})" if where and not isinstance(item["input"], dict) else ""
        parts.append(f"{where + ': ' if where else ''}{text}{shown}.")
    return " ".join(parts)


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    """The values a field of literals allows, in order; () for other fields."""
    kinds = get_args(field.annotation) if get_origin(field.annotation) in (Union, UnionType) else (field.annotation,)
    return tuple(str(value) for kind in kinds if get_origin(kind) is Literal for value in get_args(kind))


def build(kind: type[Any], values: dict[str, Any]) -> Any:
    """`kind(**values)` with pydantic's complaint turned into a SettingsError.

    Raises:
        SettingsError: naming each field at fault.
    """
    try:
        return kind(**values)
    except ValidationError as error:
        raise SettingsError(describe_errors(error)) from error
