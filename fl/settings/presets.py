"""The settings, per model and data set, of a person who gives none. Light imports: the window reads this table.

Chosen on the validation items only, leak-free protocol, seed 2024, by benchmarks/tune_models.py; figures beside a row
are HR@10 / NDCG@10 of the validation items in percent. The search of a row is done again by, for example,

    python -m benchmarks.tune_models --model pfedrec --dataset ml-100k --seeds 3 --try dim=16,64 item_lr_scale=20,160
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

DEFAULT_MODEL, DEFAULT_DATASET = "seqfcf", "demo"
# Data sets whose users' order says what comes next, as measured (docs/benchmarks.md); elsewhere the order may be
# invented or lost, and FCF, which does not look at it, comes first.
_IN_ORDER = frozenset({"demo", "ml-100k", "amazon-video"})
ANY = "*"  # a data set without a row of its own, a person's own file among them

# ML-100K without recency, secant, rounds 4 and 8: server rate 1 70.6/41.9, 70.4/42.4; 0.8 70.4/41.8, 70.5/42.2; 1.2
# 70.3/41.9, 70.6/42.3; dim 128 69.6/42.4, 70.0/42.7. With fedadam, 60 rounds: rate 0.03 71.6/42.7, 0.05 71.6/42.4, 0.1
# 72.1/42.8.
_FCF = {
    "epochs": 10,
    "dim": 32,
    "alpha": 0.3,
    "reg": 0.01,
    "server_optimizer": "secant",
    "server_learning_rate": 1.0,
    "lr_decay": 1.0,
}
_SEQFCF = {
    **_FCF,
    "epochs": 16,
    "lr_decay": 0.96,
    "sequence_weight": 1.0,
    "sequence_rate": 0.08,
    "sequence_reg": 1.5,
    "sequence_places": 40,
    "sequence_groups": 8,
}
# 60 rounds: dim 64 72.9/45.1; dim 64, alpha 0.3, reg 0.003 72.8/45.1; dim 32, alpha 0.1, reg 0.003 72.3/43.6.
# Recency: weight 0 72.8/45.1; half-life 3.5, weight 3 73.5/45.9, 10 73.5/45.9, 30 72.3/45.4; half-life 2, weight 3
# 73.5/46.0. On the stand-in file, where only the order of each user's last film is true (docs/benchmarks.md).
_FCF_ML_1M = {
    **_FCF,
    "dim": 64,
    "alpha": 0.2,
    "reg": 0.005,
    "recency_weight": 3.0,
    "recency_half_life": 2.0,
}
# FCF with any other optimiser of the server, in the place of the row's.
_FCF_WITHOUT_CURVATURE = {"epochs": 50, "server_learning_rate": 0.1}
# Zhang et al. 2023: the settings of the reference code.
_PFEDREC = {
    "epochs": 100,
    "dim": 32,
    "batch_size": 256,
    "learning_rate": 0.1,
    "item_lr_scale": 80.0,
    "negatives": 4,
    "local_epochs": 1,
    "server_optimizer": "fedavg",
    "server_learning_rate": 1.0,
    "lr_decay": 1.0,
}
# Li et al. 2024: the settings of the authors' log for ML-100K; the method is very sensitive to them. ML-100K, published
# protocol, validation: 94.4/78.5 at round 30, 99.8/88.4 at round 50. That is the leak: see docs/evaluation.md.
_FEDRAP_PAPER = {
    "epochs": 100,
    "dim": 32,
    "batch_size": 2048,
    "learning_rate": 0.5,
    "item_learning_rate": 200.0,
    "negatives": 4,
    "local_epochs": 10,
    "server_optimizer": "fedavg",
    "server_learning_rate": 1.0,
    "lr_decay": 0.97,
    "weight_decay": 1e-4,
    "distance_weight": 0.1,
    "sparsity_weight": 0.1,
    "weight_schedule": "constant",
}
# Without the leak, ML-100K, 50 rounds: the paper's settings 22.9/12.0, below popularity; its regularisers and the decay
# of its weights only harm. 60 rounds with fedadam at 0.1, dim 16, 3 local epochs, learning rate 0.1: 33.6/18.8; no
# weight decay 41.5/23.0; then learning rate 0.03 43.4/23.0, server rate 0.3 and 8 negatives 45.5/24.5; 100 rounds
# 47.6/26.2, item learning rate 500 45.7/24.1. In 60 rounds, item learning rate 50 27.0/14.6, 1 local epoch 32.6/18.0.
_FEDRAP = {
    **_FEDRAP_PAPER,
    "dim": 16,
    "learning_rate": 0.03,
    "negatives": 8,
    "local_epochs": 3,
    "server_optimizer": "fedadam",
    "server_learning_rate": 0.3,
    "weight_decay": 0.0,
    "distance_weight": 0.0,
    "sparsity_weight": 0.0,
}

PRESETS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("fcf", ANY): {**_FCF, "alpha": 0.0},  # by the data's density: data.density
    # Three held-out items of each user, 8 rounds; in brackets with one more item left out before each, as a test item
    # stands two places behind the list: reg 0.01 62.1/36.8 (58.3/33.9), 0.03 65.3/38.4 (62.4/36.5); with recency of
    # weight 10 and half-life 5 67.8/41.2 (65.2/38.7), half-life 3 68.3/42.4 (65.0/39.2).
    ("fcf", "demo"): {**_FCF, "epochs": 8, "reg": 0.03, "recency_weight": 10.0, "recency_half_life": 3.0},
    # Seed 2024, 30 rounds: alpha 0.3 28.9/21.2, 0.03 66.2/51.2, 0.01 65.5/50.7, 0.003 63.3/48.3; with 0.03, reg 0.03
    # 64.3/45.7, 0.003 63.2/49.3, server rate 0.03 64.0/49.4, 0.3 66.2/51.4.
    ("fcf", "amazon-video"): {**_FCF, "epochs": 12, "alpha": 0.03},
    # Recency, validation of seeds 2024 to 2026 in the mean: weight 0 71.7/42.4; half-life 3.5, weight 10 77.4/49.1, 20
    # 77.7/49.7, 40 77.5/49.4; half-life 2, weight 20 78.0/49.9, 40 78.0/50.3; half-life 5, weight 20 77.2/48.8.
    # For sets not tried it stays off: not every one has an order in time that means something.
    ("fcf", "ml-100k"): {**_FCF, "recency_weight": 40.0, "recency_half_life": 2.0},
    ("fcf", "ml-1m"): _FCF_ML_1M,
    ("seqfcf", ANY): {**_SEQFCF, "alpha": 0.0},  # by the data's density: data.density
    # As above: recency of weight 3 and half-life 5, steps of 0.15 that fall by 0.96 68.6/46.0 (65.0/40.8), 0.1
    # 68.8/46.4 (65.3/41.5); without recency 0.1 69.1/46.5 (65.0/41.3), 0.08 that do not fall 69.1/46.6 (65.1/41.5).
    ("seqfcf", "demo"): {
        **_SEQFCF,
        "epochs": 8,
        "reg": 0.03,
        "lr_decay": 1.0,
        "sequence_weight": 0.5,
        "sequence_nearness": 0.3,
    },
    # Without nearness, seed 2024, round 10, regularisation 1.5: weight 0 66.6/51.7, 0.5 68.8/53.4, 1 69.1/53.8, 1.5
    # 68.9/53.8; with regularisation 4 69.3/53.2 at round 8; with a fifth of it, it overfits from round 6 on. With it
    # and smaller steps the order bears a larger weight: docs/evaluation.md.
    ("seqfcf", "amazon-video"): {
        **_SEQFCF,
        "epochs": 12,
        "lr_decay": 0.95,
        "alpha": 0.03,
        "sequence_weight": 4.5,
        "sequence_nearness": 0.33,
        "sequence_rate": 0.05,
        "sequence_reg": 2.0,
        "sequence_groups": 16,
    },
    ("seqfcf", "ml-100k"): {
        **_SEQFCF,
        "epochs": 40,
        "lr_decay": 0.98,
        # docs/evaluation.md has the trials. The order sees the newest items: FCF's part need not weigh them so much.
        "recency_weight": 10.0,
        "recency_half_life": 3.5,
        "sequence_weight": 1.4,
        "sequence_nearness": 0.2,
        "sequence_dim": 64,
        "sequence_dropout": 0.5,
        "sequence_rate": 0.04,
        "sequence_places": 1000,
    },
    # On the stand-in file the order is invented but for each user's last film: validation rises with the weight, 0
    # 73.3/45.6, 0.25 86.6/62.8, 1 92.5/79.0, and the last films, which are true, would fall: 72.2/44.1, 70.6/43.3,
    # 59.8/35.2. So it is FCF here; who has the official file chooses anew. 10 places a round, for speed.
    ("seqfcf", "ml-1m"): {**_SEQFCF, **_FCF_ML_1M, "sequence_weight": 0.0, "sequence_places": 10},
    ("pfedrec", ANY): _PFEDREC,
    # Validation of seeds 2024 to 2026 in the mean: the paper's 67.1/39.5; dim 16 68.8/40.6; and item_lr_scale 160
    # 69.5/41.0; and 8 negatives 69.6/40.7. ML-1M, 40 rounds: the paper's 67.8/39.4, dim 16 68.1/39.3, so it stays.
    ("pfedrec", "ml-100k"): {**_PFEDREC, "dim": 16, "item_lr_scale": 160.0},
    ("fedrap", ANY): _FEDRAP,
}

# Under the published protocol: the settings of the papers, whose figures it is there to reproduce.
PUBLISHED: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("pfedrec", ANY): _PFEDREC,
    ("fedrap", ANY): _FEDRAP_PAPER,
    # The authors' log for ML-1M.
    ("fedrap", "ml-1m"): {
        **_FEDRAP_PAPER,
        "item_learning_rate": 1000.0,
        "distance_weight": 0.01,
        "sparsity_weight": 0.01,
    },
}

# With differential privacy, instead of the values above. Noise is the same in every value of the table whatever the
# signal, so short embeddings, few rounds of everybody and plain steps of the server win.
# By simulation with one party, validation HR@10 at the last round, epsilon 8, 20 rounds. ML-100K, FCF: dim 8, C 0.5,
# rate 10 56.3, rate 3 56.3; dim 16, rate 10, C 0.5 58.2, C 1 56.2; 10 rounds, dim 8, C 1, rate 10 58.3; without noise
# 72. ML-1M, FCF: dim 8, rate 10, C 0.5 59.6, C 1 62.1; dim 16, C 1, rate 3 56.5, 10 65.8, 20 67.0, 30 67.7. Shrinking
# noisy rows at the server (James and Stein) made it worse: 51 for 56. ML-100K, PFedRec: rate 1, C 10 43.7, C 100 46.5;
# without noise 53.9. ML-1M, PFedRec, 2 parties, noised figures of the last 3 rounds, good to about 0.5: rate 1, C 100
# 43.8; 10 rounds, rate 3, C 100 44.8, rate 5, C 30 43.7, rate 1, C 300 43.9; 12 rounds, rate 1, C 30 41.3; 6 rounds,
# rate 3, C 100 43.5. None clearly better than the row for any data set, none above popularity (45.6 of the test items).
_PRIVATE_FCF = {
    "epochs": 20,
    "dim": 16,
    "recency_weight": 0.0,
    "lr_decay": 1.0,
    "server_optimizer": "fedavg",
    "server_learning_rate": 10.0,
    "clip_norm": 0.5,
}
# Items that start from genres and decades (28 columns on ML-1M) leave little to be found through noise. By the same
# simulation, HR@10 of a train film of each user, drawn at random and held out, since of the stand-in file only the
# last film is in its true place; C 1. Epsilon 8, random start, dim 16, 20 rounds, rate 20: 76.7; from genres and
# decades 77.5, 10 rounds 78.4. Epsilon 1: genres alone, 5 rounds, rate 5 68.6; with decades 72.1, rate 20 65.0, 10
# rounds at rate 20 60.6. No gain beside the 68.6: the mean of the last two tables 68.5, C 2 at the same noise in the
# step 68.4, the 16 main directions of the genres 68.6, 3 rounds 68.2, rate 2.5 67.7, a start twice as large 66.9.
# Rates that fall by a factor each round, validation items of seed 2024, three draws of the noise. Epsilon 8: 1
# 67.3/39.6, 0.9 67.9/41.0, 0.8 67.3/40.5; 15 rounds by 0.9 67.9/41.1. Epsilon 4: 1 65.4/38.7, 0.9 65.9/39.4, 0.8
# 65.8/39.5. Epsilon 2: rate 8 1 64.3/38.9, 0.8 64.4/38.9; rate 6 0.8 64.6/39.0. Epsilon 1: 1 62.4/37.4, 0.9 62.9/37.7,
# 0.8 63.2/37.8. benchmarks.dp_variants has what else was tried.
_PRIVATE_ML1M = {
    **_PRIVATE_FCF,
    "epochs": 10,
    "dim": 28,
    "item_start": "genres",
    "server_learning_rate": 20.0,
    "lr_decay": 0.9,
    "clip_norm": 1.0,
}
_SMALL_ML1M: Sequence[tuple[float, Mapping[str, Any]]] = (
    (1.0, {"epochs": 5, "server_learning_rate": 5.0, "lr_decay": 0.8}),
    (2.0, {"epochs": 5, "server_learning_rate": 6.0, "lr_decay": 0.8}),
    (4.0, {"epochs": 8, "server_learning_rate": 12.0}),
)
# Validation items, seeds 2024 to 2026, two draws of the noise each; C 0.5, recency with half-life 2. Epsilon 8: random
# start 59.0/34.6 (seed 2024 alone); from genres and decades, 10 rounds, rate 10 with recency 5, 10, 20, 40 65.8/38.8,
# 66.8/39.8, 67.2/40.3, 66.9/40.4; rates that fall by 0.9 67.0/40.1, by 0.8 65.1/39.0; 20 rounds, rate 5 67.1/40.0. Seed
# 2024: 19 columns 65.4/40.0, 28 67.1/40.7. Epsilon 4: rate 5 63.1/37.1, 8 by 0.85 62.2/36.6. Epsilon 2: 5 rounds, rate
# 5, recency 5, 10, 20 57.0/32.6, 57.1/32.9, 56.9/32.9. Epsilon 1: rate 3, recency 5, 10, 20 51.1/28.7, 50.5/28.4,
# 49.6/27.9.
_PRIVATE_ML100K = {
    **_PRIVATE_FCF,
    "epochs": 10,
    "dim": 28,
    "item_start": "genres",
    "recency_weight": 20.0,
}
_SMALL_ML100K: Sequence[tuple[float, Mapping[str, Any]]] = (
    (1.0, {"epochs": 5, "server_learning_rate": 3.0, "recency_weight": 5.0}),
    (2.0, {"epochs": 5, "server_learning_rate": 5.0, "recency_weight": 10.0}),
    (4.0, {"server_learning_rate": 5.0}),
)
# Validation items of seed 2024, two draws of the noise, C 0.5: the random start has 39.0/21.1, 22.5/11.3, 14.8/6.7 and
# 10.7/4.7 at epsilon 8, 4, 2 and 1. From genres and decades, 19 columns, epsilon 8: 10 rounds, rate 5 58.2/33.8, 10
# 53.0/30.4; 20 rounds, rate 5 49.7/28.2; 28 columns 55.0/31.1; with recency 57.5/34.2. Epsilon 4: 5 rounds 46.7/27.4.
# Epsilon 2: 3 rounds, rate 3 42.0/23.9, 5 rounds 38.0/20.9. Epsilon 1: 5 rounds, rate 1 35.8/19.5.
_PRIVATE_DEMO = {**_PRIVATE_FCF, "epochs": 10, "dim": 19, "item_start": "genres", "server_learning_rate": 5.0}
_SMALL_DEMO: Sequence[tuple[float, Mapping[str, Any]]] = (
    (1.0, {"epochs": 5, "server_learning_rate": 1.0}),
    (2.0, {"epochs": 3, "server_learning_rate": 3.0}),
    (4.0, {"epochs": 5}),
)
# Where genres are known; those of a person's own file may come from its users, who then would have to be protected.
_WITH_GENRES = {
    "demo": (_PRIVATE_DEMO, _SMALL_DEMO),
    "ml-100k": (_PRIVATE_ML100K, _SMALL_ML100K),
    "ml-1m": (_PRIVATE_ML1M, _SMALL_ML1M),
}
# Noise in four times as many numbers would leave nothing of the order: SeqFCF is FCF alone.
_NO_ORDER = {"sequence_weight": 0.0}
PRIVATE: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("fcf", ANY): _PRIVATE_FCF,
    ("seqfcf", ANY): {**_PRIVATE_FCF, **_NO_ORDER},
    **{("fcf", dataset): row for dataset, (row, _) in _WITH_GENRES.items()},
    **{("seqfcf", dataset): {**row, **_NO_ORDER} for dataset, (row, _) in _WITH_GENRES.items()},
    ("pfedrec", ANY): {
        "epochs": 20,
        "dim": 8,
        "server_optimizer": "fedavg",
        "server_learning_rate": 1.0,
        "clip_norm": 100.0,
    },
    ("fedrap", ANY): {"epochs": 10, "dim": 8, "clip_norm": 10.0},
}

# With a budget of at most the first number, these instead: less noise a round, and smaller steps with it.
SMALL_BUDGETS: Mapping[tuple[str, str], Sequence[tuple[float, Mapping[str, Any]]]] = {
    (model, dataset): rows for model in ("fcf", "seqfcf") for dataset, (_, rows) in _WITH_GENRES.items()
}

# Every setting that some preset chooses.
PRESET_FIELDS = frozenset(
    {"model", *(name for rows in (PRESETS, PUBLISHED, PRIVATE) for row in rows.values() for name in row)}
)


def default_model(values: Mapping[str, Any]) -> str:
    """Return the model of a training whose values name none.

    It is the best one for the data set in docs/benchmarks.md: SeqFCF where the order of a user's items is known to say
    something, else FCF. With differential privacy SeqFCF has no order to go by, and under the published protocol it was
    not measured: FCF as well.
    """
    plain = values.get("dp", "none") == "none" and values.get("protocol", "leak-free") == "leak-free"
    return DEFAULT_MODEL if plain and str(values.get("dataset", DEFAULT_DATASET)) in _IN_ORDER else "fcf"


def preset(model: str, dataset: str, dp: str = "none", protocol: str = "leak-free") -> dict[str, Any]:
    """Return the row for a model and a data set, or for the model and any; {} for a model that does not exist.

    Under the published protocol the rows of `PUBLISHED` come first. With differential privacy (`dp` other than "none")
    the values of `PRIVATE` take the place of the row's.
    """
    published: Mapping[tuple[str, str], Mapping[str, Any]] = PUBLISHED if protocol == "published" else {}
    both = (table.get((model, name)) for table in (published, PRESETS) for name in (dataset, ANY))
    row = dict(next(filter(None, both), {}))
    if dp == "none":
        return row
    return {**row, **(PRIVATE.get((model, dataset)) or PRIVATE.get((model, ANY)) or {})}


def usual(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the default model for some values, and the preset of their model, data set, protocol and privacy.

    Another optimiser than the row's "secant" brings the rounds and the rate that go with it, and so does a small
    privacy budget.
    """
    start = default_model(values)
    model, dataset = values.get("model", start), values.get("dataset", DEFAULT_DATASET)
    dp, protocol = values.get("dp", "none"), values.get("protocol", "leak-free")
    row = preset(str(model), str(dataset), str(dp), str(protocol))
    if row.get("server_optimizer") == "secant" and values.get("server_optimizer", "secant") != "secant":
        row |= _FCF_WITHOUT_CURVATURE
    if dp != "none":
        row |= _for_budget(SMALL_BUDGETS.get((str(model), str(dataset)), ()), values.get("target_epsilon"))
    return {"model": start, **row}


def with_presets(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return values for `TrainSettings`: what was given, and what is usual beside it for the rest."""
    return {**usual(given), **given}


def _for_budget(small: Sequence[tuple[float, Mapping[str, Any]]], epsilon: object) -> Mapping[str, Any]:
    """Return the changes of the least budget that is not below `epsilon`, which may be no number yet."""
    try:
        wanted = float(str(epsilon))
    except ValueError:
        return {}
    return next((changes for most, changes in small if 0 < wanted <= most), {})
