"""The figures that a finished training leaves: on the test items, at the round that validation picked."""

from __future__ import annotations

import math
import statistics
from typing import Any

from data.errors import StorageError
from data.loading import Loaded
from data.sentences import say
from fl.federation.pool import Federation, loaded_key
from fl.privacy.budget import FILE as ACCOUNT
from fl.runs.rounds import best_record
from fl.runs.run_folder import RunFolder
from fl.runs.storage import read_json
from fl.settings.train import TrainSettings
from models.registry import MODELS
from models.report import ReportRequest


def final_figures(folder: RunFolder, settings: TrainSettings, federation: Federation, loaded: Loaded) -> dict[str, Any]:
    """The keys of `train --json`: test figures at the round that validation picked. Fractions in 0..1."""
    records = folder.rounds()
    best = best_record(records)
    if best is None:
        raise StorageError(say("common.run-no-finished-round", "Run '{run}' has no finished round.", run=folder.name))
    model = federation.model
    if best.round != records[-1].round:
        federation.restore(folder, best.round)
    views = MODELS[settings.model].views
    by_view = {view: model.evaluate("test", view=view) for view in views}
    popularity = model.evaluate_popularity("test")
    own = by_view[settings.resolved_item_view]
    federation.loaded = loaded_key(folder.name, best.round, settings.protocol)
    return {
        "run": folder.name,
        "dataset": settings.dataset,
        "model": settings.model,
        "rounds": len(records),
        "best_round": best.round,
        "item_view": settings.resolved_item_view,
        **{name: value for name, value in own.items() if name != "n_users"},
        **{
            f"{name}_{view.replace('-', '_')}": value
            for view in views
            for name, value in by_view[view].items()
            if name != "n_users"
        },
        **{f"popularity_{name}": value for name, value in popularity.items() if name != "n_users"},
        **{f"valid_{name}": value for name, value in best.valid.items()},
        "n_test_users": int(own["n_users"]),
        "median_round_seconds": statistics.median(r.seconds for r in records),
        "bytes_up_per_party_round": records[-1].bytes_up,
        "bytes_down_per_party_round": records[-1].bytes_down,
        "parties": settings.parties,
        "aggregator": settings.aggregator,
        "runtime": settings.runtime,
        "protocol": settings.protocol,
        "seed": settings.seed,
        **_privacy_figures(folder, settings),
        "fingerprint": loaded.interactions.fingerprint,
    }


def final_intervals(settings: TrainSettings, federation: Federation) -> dict[str, tuple[float, float]]:
    """95% bootstrap intervals over users of the test figures that `final_figures` left the workers at.

    Not part of the result on disk: every party draws with a secret of its own, so they differ a little each time.
    """
    request = ReportRequest("test", (10,), settings.seed)
    found = federation.model.report(request, settings.resolved_item_view).figures.intervals
    return {name: ends for name, ends in found.items() if not math.isnan(ends[0])}


def _privacy_figures(folder: RunFolder, settings: TrainSettings) -> dict[str, Any]:
    """What the run's account says, for its result; without differential privacy only that there was none."""
    if settings.dp == "none":
        return {"dp": "none"}
    account = read_json(folder.path / ACCOUNT)
    return {
        "dp": settings.dp,
        "epsilon": account["epsilon"],
        "delta": account["delta"],
        "epsilon_of_a_party": account["epsilon_of_a_party"],
        "noise_multiplier": account["noise_multiplier"],
        "clip_norm": account["clip_norm"],
    }
