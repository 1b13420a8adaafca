"""The time of a round, with everything in it, and its cost in memory and bytes.

    python -m benchmarks.speed                                  # all models on ml-100k and ml-1m, 4 parties
    python -m benchmarks.speed --datasets demo --rounds 3 --quick

By the number of parties: benchmarks/parties.py. Where a round goes: benchmarks/profile_round.py.

A round is what `train` does per round: negative sampling, local training, masking, aggregation, distribution,
validation and checkpoint. In the same run a naive version of PFedRec (tests/models/oracle_pfedrec.py: one user after
the other, NumPy) trains some of the users, and its time per sample is given as a ratio, because the load changes. For
the same reason the processor time of a round is given beside its time on the clock: that of all processes together.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from fl.federation import session

session.prepare_environment()

from benchmarks.measure import PeakMemory, machine, processor_seconds, repeat, save, summary, table  # noqa: E402
from benchmarks.rounds import RoundRecords  # noqa: E402
from data.loading import load  # noqa: E402
from fl.federation.pool import FederationPool  # noqa: E402
from fl.federation.rules import rules_of  # noqa: E402
from fl.federation.session import party_names  # noqa: E402
from fl.jobs.context import JobContext  # noqa: E402
from fl.jobs.federations import federation_for  # noqa: E402
from fl.protocol.events import Event  # noqa: E402
from fl.settings.hyper_parameters import settled  # noqa: E402
from fl.settings.presets import preset  # noqa: E402
from fl.settings.train import TrainSettings  # noqa: E402
from models import registry  # noqa: E402

MODELS = tuple(registry.MODELS)


def measure(settings: TrainSettings, rounds: int) -> dict[str, Any]:
    """Measure one model on one data set, in fresh processes. The first round warms caches up and is not counted."""
    with closing(FederationPool()) as pool:
        return _measure(settings, rounds, JobContext("benchmark", _say, pool))


def _measure(settings: TrainSettings, rounds: int, context: JobContext) -> dict[str, Any]:
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    settings = settled(settings, loaded.split)
    parts, _ = loaded.divide(party_names(settings.parties), settings.seed)
    folder = Path(tempfile.mkdtemp(prefix="secretrec-speed-"))
    try:
        with PeakMemory() as memory:
            started = time.perf_counter()
            federation = federation_for(settings, context)
            federation.set_up(parts, rules_of(settings))
            ready = time.perf_counter() - started
            heard = RoundRecords()
            federation.model.fit(epochs=1, audit_log_dir=folder)
            before = processor_seconds()
            federation.model.fit(epochs=rounds + 1, initial_epoch=1, callbacks=[heard], audit_log_dir=folder)
            processor = (processor_seconds() - before) / rounds
            federation.model.evaluate()
            full = repeat(3, lambda: federation.model.evaluate())
    finally:
        shutil.rmtree(folder)
    return {
        "dataset": settings.dataset,
        "model": settings.model,
        "parties": settings.parties,
        "aggregator": settings.aggregator,
        "start_seconds": round(ready, 2),
        "round_seconds": summary([r.seconds for r in heard.records]),
        "round_processor_seconds": round(processor, 4),
        "full_evaluation_seconds": summary(full),
        "peak_pss_gib": round(memory.peak_gib, 2),
        "processes": memory.processes,
        "bytes_up_per_value": round(heard.records[-1].bytes_up / (loaded.split.n_items * settings.row_length), 3),
        "bytes_down_per_value": round(heard.records[-1].bytes_down / (loaded.split.n_items * settings.row_length), 3),
        "n_samples_per_round": settings.own.samples(len(loaded.split.items)),
    }


def settings_for(dataset: str, model: str, parties: int, **others: Any) -> TrainSettings:
    """Return the papers' settings, because speed is compared with their codes; for FCF, its preset.

    One party alone cannot be masked, so its sum is plain.
    """
    papers = preset(model, dataset, protocol="published")
    values = {**papers, "dataset": dataset, "model": model, "parties": parties, **others}
    if parties == 1:
        values["aggregator"] = "plain"
    return TrainSettings(**values)


def _naive_class() -> Any:
    """Return the class by its path, because some installed packages bring a package called `tests` of their own."""
    path = Path(__file__).parent.parent / "tests" / "models" / "oracle_pfedrec.py"
    spec = importlib.util.spec_from_file_location("oracle_pfedrec", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["oracle_pfedrec"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module.NaivePFedRec


def naive_seconds_per_sample(dataset: str, n_users: int = 12) -> float:
    """Return the seconds per sample of the naive PFedRec in NumPy, on a data set's first users, in this process."""
    import numpy as np

    from data.negatives import NegativeSampler
    from data.partition import take
    from models.base import initial_items, initial_scoring

    loaded = load(dataset, "leak-free", 1)
    everyone = loaded.divide(["all"], 1)[0][0]
    some = take(everyone, np.arange(min(n_users, everyone.n_users)))
    w, b = initial_scoring(32, 1)
    naive = _naive_class()(some, initial_items(some.n_items, 32, 1), w, b, 0.1, 0.1 * some.n_items * 80, 4, 256, 1, 1)
    NegativeSampler(some, 4, 1).round(1)
    seconds = repeat(1, lambda: naive.round(1))[0]
    return seconds / (len(some.items) * 5)


def _say(event: Event) -> None:
    text = getattr(event, "text", None)
    if text:
        print(f"  {text}", file=sys.stderr)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", nargs="+", default=["ml-100k", "ml-1m"])
    parser.add_argument("--models", nargs="+", default=list(MODELS), choices=MODELS)
    parser.add_argument("--parties", nargs="+", type=int, default=[4])
    parser.add_argument("--aggregator", default=TrainSettings.declared()["aggregator"].default)
    parser.add_argument("--runtime", default="simulation")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--name", default="speed", help="name of the JSON file in benchmarks/results")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    parser.add_argument("--quick", action="store_true", help="leave the naive version out")
    arguments = parser.parse_args(argv)
    results = []
    for parties in arguments.parties:
        for dataset in arguments.datasets:
            for model in arguments.models:
                settings = settings_for(
                    dataset,
                    model,
                    parties,
                    aggregator=arguments.aggregator,
                    runtime=arguments.runtime,
                    threads=arguments.threads,
                )
                print(f"{model} on {dataset}, {parties} parties", file=sys.stderr)
                result = measure(settings, arguments.rounds)
                if model == "pfedrec" and not arguments.quick:
                    naive = naive_seconds_per_sample(dataset) * result["n_samples_per_round"]
                    result["naive_numpy_round_seconds"] = round(naive, 1)
                    result["times_faster_than_naive"] = round(naive / result["round_seconds"]["median"], 1)
                results.append(result)
    print(
        table(
            [
                "data set",
                "model",
                "parties",
                "round s (median)",
                "min",
                "max",
                "processor s",
                "full evaluation s",
                "peak GiB",
                "B/value up",
                "x naive",
            ],
            [
                [
                    r["dataset"],
                    r["model"],
                    r["parties"],
                    r["round_seconds"]["median"],
                    r["round_seconds"]["min"],
                    r["round_seconds"]["max"],
                    r["round_processor_seconds"],
                    r["full_evaluation_seconds"]["median"],
                    r["peak_pss_gib"],
                    r["bytes_up_per_value"],
                    r.get("times_faster_than_naive", ""),
                ]
                for r in results
            ],
        )
    )
    path = save(
        arguments.name, {"machine": machine(), "command": " ".join(sys.argv), "results": results}, arguments.output
    )
    print(f"\nWritten to {path}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
