"""How each setting looks in a form: its label (with mnemonic), unit, names of its choices, step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fl.settings.config import MODEL_TITLES
from gui.words.i18n import mark


@dataclass(frozen=True)
class FieldUi:
    """What a form adds to a pydantic field: its label (with mnemonic), unit, placeholder and names for its choices."""

    label: str
    unit: str = ""
    placeholder: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    step: float = 1


FIELDS: dict[str, FieldUi] = {
    "dataset": FieldUi(mark("&Data set")),
    "model": FieldUi(mark("&Model"), choices=MODEL_TITLES),
    "epochs": FieldUi(mark("&Epochs"), unit=mark("rounds"), step=10),
    "batch_size": FieldUi(mark("&Batch size"), step=64),
    "parties": FieldUi(mark("&Parties"), unit=mark("parties")),
    "name": FieldUi(mark("&Name of the run"), placeholder=mark("automatic")),
    "aggregator": FieldUi(
        mark("Aggregation"),
        choices={
            "masked": mark("Masked (recovers from drop-outs)"),
            "verified": mark("Verified (masked, and checked by every party)"),
            "secure": mark("Secure (SecretFlow masks)"),
            "spu": mark("Secret shares (SecretFlow SPU)"),
            "heu": mark("Homomorphic (SecretFlow HEU)"),
            "robust": mark("Robust (outvotes poisoned parties; unmasked)"),
            "plain": mark("Plain (unprotected)"),
        },
    ),
    "spu_protocol": FieldUi(
        mark("SPU protocol"), choices={"semi2k": mark("SEMI2K, 2 parties"), "aby3": mark("ABY3, 3 parties")}
    ),
    "robust_rule": FieldUi(
        mark("Robust rule"), choices={"median": mark("Median"), "trimmed-mean": mark("Trimmed mean")}
    ),
    "tamper_round": FieldUi(mark("Server cheats in round")),
    "tamper_kind": FieldUi(
        mark("How it cheats"),
        choices={
            "change": mark("Changes one value"),
            "drop": mark("Leaves out an upload"),
            "repeat": mark("Counts an upload twice"),
            "replay": mark("Puts in an old upload"),
            "scale": mark("Doubles the sum"),
            "swap": mark("Puts one upload in another's place"),
            "count": mark("Adds a user"),
            "loss": mark("Alters the loss"),
            "rows": mark("Exchanges items"),
            "stale": mark("Announces an old sum"),
        },
    ),
    "trim_fraction": FieldUi(mark("Trim fraction"), step=0.05),
    "runtime": FieldUi(
        mark("Parties run"),
        choices={
            "simulation": mark("As processes (simulation)"),
            "in-process": mark("In one process (no isolation)"),
        },
    ),
    "protocol": FieldUi(
        mark("Evaluation protocol"),
        choices={
            "leak-free": mark("Leak-free (recommended)"),
            "published": mark("Published (as in papers)"),
        },
    ),
    "item_view": FieldUi(
        mark("Users score with"),
        choices={
            "auto": mark("Automatic item view"),
            "global": mark("Global items"),
            "fine-tuned": mark("Their fine-tuned items"),
            "personal": mark("Their personal items"),
        },
    ),
    "seed": FieldUi(mark("Seed")),
    "threads": FieldUi(mark("Threads per party"), unit=mark("threads")),
    "dim": FieldUi(mark("Embedding length"), unit=mark("numbers"), step=8),
    "learning_rate": FieldUi(mark("Learning rate"), step=0.05),
    "item_lr_scale": FieldUi(mark("Item rate factor"), step=10),
    "lr_decay": FieldUi(mark("Rate decay"), step=0.01),
    "server_optimizer": FieldUi(
        mark("Server optimiser"),
        choices={"fedavg": "FedAvg", "fedadam": "FedAdam", "fedadagrad": "FedAdagrad", "fedyogi": "FedYogi"},
    ),
    "server_learning_rate": FieldUi(mark("Server rate"), step=0.05),
    "averaging": FieldUi(
        mark("Weight of a user"),
        choices={
            "uniform": mark("The same for all"),
            "samples": mark("Its number of samples"),
        },
    ),
    "clients_per_round": FieldUi(mark("Users per round"), step=0.1),
    "client_sampling": FieldUi(
        mark("Drawing of users"),
        choices={
            "fixed": mark("Fixed number"),
            "poisson": mark("Each independently (Poisson)"),
        },
    ),
    "min_clients_per_party": FieldUi(mark("Fewest users of a party"), step=1),
    "norm_limit": FieldUi(mark("Norm limit per user"), step=1.0),
    "round_timeout": FieldUi(mark("Wait for a party"), unit=mark("seconds"), step=10),
    "round_retries": FieldUi(mark("Tries after a refused sum"), step=1),
    "upload_bits": FieldUi(mark("Bits of a sent value"), unit=mark("bits"), step=4),
    "row_fraction": FieldUi(mark("Share of items sent"), step=0.25),
    "dp": FieldUi(
        mark("Differential privacy"),
        choices={
            "none": mark("None"),
            "user": mark("Of each user (noise on the sum)"),
            "local": mark("Local (noise on each update)"),
        },
    ),
    "target_epsilon": FieldUi(mark("Privacy budget (epsilon)"), step=1.0),
    "delta": FieldUi(mark("Delta"), step=1e-6),
    "clip_norm": FieldUi(mark("Clipping norm (C)"), step=0.1),
    "noise_multiplier": FieldUi(mark("Noise (times C)"), step=0.1),
    "dp_colluding": FieldUi(mark("Colluding parties"), unit=mark("parties")),
    "early_stopping": FieldUi(mark("Early stopping"), unit=mark("rounds"), step=5),
    "recency_weight": FieldUi(mark("Weight of recent items"), step=1.0),
    "recency_half_life": FieldUi(mark("Half-life of that weight"), unit=mark("items"), step=0.5),
    "alpha": FieldUi(mark("Weight of unobserved"), step=0.1),
    "reg": FieldUi(mark("Regularisation"), step=0.01),
    "item_learning_rate": FieldUi(mark("Item rate"), step=10),
    "weight_decay": FieldUi(mark("Weight decay"), step=0.0001),
    "distance_weight": FieldUi(mark("Distance weight"), step=0.1),
    "sparsity_weight": FieldUi(mark("Sparsity weight"), step=0.1),
    "weight_schedule": FieldUi(
        mark("Both weights over time"),
        choices={
            "constant": mark("Constant"),
            "tanh": mark("Rising (tanh)"),
        },
    ),
    "tensorboard": FieldUi(mark("Write TensorBoard files")),
    "negatives": FieldUi(mark("Negatives per positive"), unit=mark("items")),
    "local_epochs": FieldUi(mark("Local epochs"), unit=mark("passes")),
    "run": FieldUi(mark("Trained ru&n")),
    "user": FieldUi(mark("&User")),
    "users": FieldUi(mark("Users attac&ked"), unit=mark("users"), step=5),
    "rounds": FieldUi(mark("Rounds o&f training"), unit=mark("rounds"), step=5),
    "epsilon": FieldUi(mark("Epsi&lon with noise"), step=1),
    "top_k": FieldUi(mark("Number o&f items (K)"), step=5),
    "scope": FieldUi(
        mark("R&ecommend from"),
        choices={
            "unrated": mark("Items not rated yet"),
            "all": mark("All items"),
        },
    ),
    "k": FieldUi(mark("&K (cut-offs)"), placeholder=mark("for example 5, 10, 20")),
}
AS_THE_RUN = mark("As the run was trained")


def field_ui(name: str) -> FieldUi:
    """How a field looks; a setting that is newer than this table gets its name as label, and works."""
    return FIELDS.get(name) or FieldUi(name.replace("_", " ").capitalize())
