"""The figures that a finished training leaves: on the test items, at the round that validation picked."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace
from typing import Any

from data.errors import StorageError
from fl.federation.pool import Federation, loaded_key
from fl.runs.in_run import CONTINUES
from fl.runs.rounds import best_record
from fl.runs.run_folder import RunFolder
from fl.runs.storage import ACCOUNT, no_finished_round, read_object
from fl.settings.train import TrainSettings
from models.bootstrap import REPLICATES
from models.evaluation import EvaluationRequest
from models.registry import MODELS

_TEST = EvaluationRequest("test", (10,), ("hr", "ndcg"))


def final_figures(
    folder: RunFolder, settings: TrainSettings, federation: Federation, fingerprint: str
) -> tuple[dict[str, Any], dict[str, tuple[float, float]]]:
    """Return the test figures at the round that validation picked, and 95% bootstrap intervals of them over users.

    The figures have the keys of `train --json` and are fractions in 0..1. The intervals are no part of the result:
    every party draws with a secret of its own, so they differ a little each time.
    """
    records = folder.rounds()
    best = best_record(records)
    if best is None:
        raise StorageError(no_finished_round(folder.name))
    model, own_view = federation.model, settings.resolved_item_view
    if best.round != records[-1].round:
        federation.restore(folder, best.round)
    with_intervals = replace(_TEST, replicates=REPLICATES, seed=settings.seed)
    by_view = {
        view: model.evaluate(with_intervals if view == own_view else _TEST, view)
        for view in MODELS[settings.model].views
    }
    # With differential privacy nobody counted items before, and without a party nobody may.
    known = model.questions.has_counts()
    popularity = model.questions.evaluate_popularity(_TEST).figures if known else {}
    own = by_view[own_view]
    federation.loaded = loaded_key(folder.path, best.round, settings.protocol)
    result = {
        "run": folder.name,
        "dataset": settings.dataset,
        "model": settings.model,
        "rounds": len(records),
        "best_round": best.round,
        "item_view": own_view,
        **own.figures,
        **{
            f"{name}_{view.replace('-', '_')}": value
            for view, found in by_view.items()
            for name, value in found.figures.items()
        },
        **{f"before_{name}": value for name, value in folder.config().get(CONTINUES, {}).get("before", {}).items()},
        **{f"popularity_{name}": value for name, value in popularity.items()},
        **{f"valid_{name}": value for name, value in best.valid.items()},
        "n_test_users": own.n_users,
        # Whose users are in none of these figures.
        **({"missing_parties": ", ".join(sorted(map(str, model.parties.lost)))} if model.parties.lost else {}),
        "median_round_seconds": statistics.median(r.seconds for r in records),
        "bytes_up_per_party_round": records[-1].bytes_up,
        "bytes_down_per_party_round": records[-1].bytes_down,
        "parties": settings.parties,
        "aggregator": settings.aggregator,
        "runtime": settings.runtime,
        "protocol": settings.protocol,
        "seed": settings.seed,
        **_privacy_figures(folder, settings),
        "fingerprint": fingerprint,
    }
    return result, {name: ends for name, ends in own.intervals.items() if not math.isnan(ends[0])}


def _privacy_figures(folder: RunFolder, settings: TrainSettings) -> dict[str, Any]:
    """Return what the run's account says, for its result; without differential privacy only that there was none."""
    if settings.dp == "none":
        return {"dp": "none"}
    account = read_object(folder.path / ACCOUNT)
    return {
        "dp": settings.dp,
        "epsilon": account["epsilon"],
        "delta": account["delta"],
        "epsilon_of_a_party": account["epsilon_of_a_party"],
        "noise_multiplier": account["noise_multiplier"],
        "clip_norm": account["clip_norm"],
    }
