"""The baselines by name, with their settings per data set."""

from __future__ import annotations

from collections.abc import Callable

from baselines.base import Baseline, Recency
from baselines.ease import EASE
from baselines.ials import IALS
from baselines.item_knn import ItemKNN
from baselines.local_only import LocalOnly
from baselines.popularity import Popularity
from baselines.sasrec import SASRec
from data.errors import UnknownNameError

NAMES = ("popularity", "item-knn", "ease", "ials", "local-only", "sasrec")

# Chosen on validation items only, by benchmarks/tune_baselines.py, seed 2024. HR@10 / NDCG@10 of validation items:
# ml-100k 71.5 / 42.6 (the best, ridge 0.003, has 71.8 / 42.2); demo 71.0 / 47.2. ml-1m 72.1 / 44.6, with the
# dim of FCF's preset there.
# EASE with lambda 300 and item-kNN with 100 neighbours are the best, or within 0.5 of it, on both sets.
# amazon-video: iALS 66.7 / 51.7 with alpha 0.03; 63.9 / 46.6 with 0.1, 59.4 / 45.5 with 0.3 at its best ridge.
_ALS_DEFAULT = {"ridge": 0.01}  # alpha by the data's density
_ALS = {
    "demo": {"ridge": 0.03, "alpha": 0.3},
    "ml-100k": {"ridge": 0.01, "alpha": 0.3},
    "ml-1m": {"dim": 64, "ridge": 0.003, "alpha": 0.3},
    "amazon-video": {"ridge": 0.01, "alpha": 0.03},
}

# Its authors look at the last 50 items of sparse data and at the last 200 of MovieLens-1M. Validation items, seed 2024:
# ml-100k 77.4 / 50.8 (78.7 / 49.3 without the weight of items, with steps of 0.002 77.0 / 49.6); amazon-video
# 65.8 / 51.0; dropout is the authors' for sparse data there, and nothing else was tried.
_SASREC: dict[str, dict[str, float]] = {"amazon-video": {"length": 20, "dropout": 0.5, "batch": 64}}


def make(name: str, dataset: str, seed: int, recency: Recency | None = None) -> Baseline:
    """Return the baseline called `name`, with its settings for `dataset`.

    Args:
        name: one of `NAMES`.
        dataset: by its name in the registry.
        seed: of what is random in it.
        recency: how item-kNN and iALS, in one place and per party, weigh recent items; None: not at all.

    Raises:
        UnknownNameError: there is no such baseline.
    """
    als = _ALS.get(dataset, _ALS_DEFAULT)
    makers: dict[str, Callable[[], Baseline]] = {
        "popularity": Popularity,
        "item-knn": lambda: ItemKNN(recency=recency),
        "ease": EASE,
        "ials": lambda: IALS(**als, seed=seed, recency=recency),  # type: ignore[arg-type]  # mypy cannot match keys
        "local-only": lambda: LocalOnly(**als, seed=seed, recency=recency),
        "sasrec": lambda: SASRec(**_SASREC.get(dataset, {}), seed=seed),  # type: ignore[arg-type]
    }
    if name not in makers:
        raise UnknownNameError(f"There is no baseline '{name}'.", f"Known are: {', '.join(NAMES)}.")
    return makers[name]()
