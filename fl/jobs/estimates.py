"""An estimate of how long a training will take and how much memory, made before it starts.

Two sources. The person's own finished rounds, where there is a run with the same data, model and settings that decide
the speed: the best there is. Else constants measured on one machine (`python -m benchmarks.speed`), which can be off by
a factor of two on another: hence a range. Light imports.
"""

from __future__ import annotations

import statistics
from typing import Any, Final

import psutil

from data import registry
from fl.jobs.context import JobContext
from fl.protocol.commands import EstimateTraining
from fl.protocol.events import TrainEstimate
from fl.runs.run_folder import RunFolder
from fl.settings.aggregators import cost_of
from fl.settings.train import TrainSettings
from models.registry import MODELS

# What a round's time depends on, beside the data set. Settings that only change the figures are left out.
SPEED_SETTINGS: Final = (
    "dataset", "model", "parties", "aggregator", "runtime", "protocol", "threads", "dim", "batch_size", "negatives",
    "local_epochs", "clients_per_round", "dp",
)  # fmt: skip
_RUNS_LOOKED_AT: Final = 60  # the newest; reading a run takes about a millisecond


# Seconds of one round: fixed + per party * parties + per sample * samples * (dim / 32). Each model declares how many
# samples it makes of its users' interactions, and the seconds of a sample.
# Two cores of a busy machine, Ray simulation, masked aggregation, 4 parties, 2026-11-26, medians in seconds, ML-100K
# and ML-1M: FCF 0.13 to 0.17 and 0.63 to 0.74 (dim 64), PFedRec 0.23 to 0.25 and 0.81 to 1.09, FedRAP 0.37 (ML-100K).
# Command: python -m benchmarks.speed --quick. Very long item lists (50,000) take PFedRec longer than this says.
_SECONDS_FIXED: Final = 0.08
_SECONDS_PER_PARTY: Final = 0.03
# Other machines, other loads.
_SPREAD: Final = (0.7, 2.0)
# Reading, dealing out and the first round's warm-up; then the test figures. On a warm engine.
_START_SECONDS: Final = 2.0
_START_SECONDS_PER_ROW: Final = 2.5e-6

# Peak memory of all processes (PSS), GiB, by the same command: with 4 parties 1.24 (ML-100K) and 1.47 (ML-1M) for
# FCF, 1.23 and 1.55 for PFedRec, 1.68 (ML-100K) for FedRAP; with 2 parties 0.81, with 3 0.96 (FCF, ML-100K).
_MEMORY_FIXED: Final = 0.5e9
_MEMORY_PER_PARTY: Final = 0.19e9
_MEMORY_PER_ROW: Final = 300.0
_MEMORY_IN_PROCESS: Final = 0.5e9


def estimate_training(command: EstimateTraining, context: JobContext) -> TrainEstimate:
    """Return what a training with these settings will need on this machine.

    Raises:
        UnknownNameError: no such data set.
    """
    settings = command.settings
    spec = registry.spec(settings.dataset)
    start = _START_SECONDS + _START_SECONDS_PER_ROW * spec.n_rows
    found = _own_rounds(settings)
    if found is None:
        name, seconds = "", round_seconds(settings, spec.n_rows, spec.n_users)
        seconds += cost_of(settings.aggregator_choice, settings.parties, spec.n_items * settings.row_length).seconds
        low, high = _SPREAD[0] * seconds, _SPREAD[1] * seconds
    else:
        name, rounds = found
        low, high = _middle(rounds)
    return TrainEstimate(
        job=context.job,
        seconds=(start + settings.epochs * low, start + settings.epochs * high),
        memory_bytes=memory(settings, spec.n_rows, spec.n_users * spec.n_items),
        memory_free=int(psutil.virtual_memory().available),
        from_run=name,
    )


def round_seconds(settings: TrainSettings, n_rows: int, n_users: int) -> float:
    """Return the seconds of a round by the measured constants.

    Args:
        settings: of the run.
        n_rows: interactions of the data set.
        n_users: users of the data set.
    """
    drawn = settings.clients_per_round
    share = min(1.0, drawn if drawn <= 1 else drawn / max(1, n_users))
    samples = settings.own.samples(share * n_rows) * settings.own.passes
    per_sample = MODELS[settings.model].seconds_per_sample
    return _SECONDS_FIXED + _SECONDS_PER_PARTY * settings.parties + per_sample * samples * settings.dim / 32


def memory(settings: TrainSettings, n_rows: int, n_pairs: int) -> int:
    """Return the peak bytes of all processes of the engine.

    Args:
        settings: of the run.
        n_rows: interactions of the data set.
        n_pairs: users times items.
    """
    data = _MEMORY_PER_ROW * n_rows + MODELS[settings.model].bytes_per_personal_value * n_pairs * settings.dim
    if settings.runtime == "in-process":
        return int(_MEMORY_IN_PROCESS + data)
    return int(_MEMORY_FIXED + _MEMORY_PER_PARTY * settings.parties + data)


def _own_rounds(settings: TrainSettings) -> tuple[str, list[float]] | None:
    """Return name and seconds of the rounds of the newest run of the same speed, without its first round."""
    chosen = settings.flat()
    wanted = {name: chosen[name] for name in SPEED_SETTINGS if name in chosen}
    for info in RunFolder.all()[:_RUNS_LOOKED_AT]:
        if info.dataset != settings.dataset or info.model != settings.model or info.problem:
            continue
        folder = RunFolder.find(info.name)
        own: dict[str, Any] = folder.config()["settings"]
        if {name: own.get(name) for name in wanted} != wanted:
            continue
        seconds = [record.seconds for record in folder.rounds()[1:]]  # the first one warms caches up
        if len(seconds) >= 2:
            return info.name, seconds
    return None


def _middle(seconds: list[float]) -> tuple[float, float]:
    """Return the range that half of the rounds lie in."""
    low, _, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return low, high
