"""The growth of a round's time with the interactions, to see that it is linear within bounded memory.

    python -m benchmarks.scale              # 1, 3 and 10 million interactions, up to 100,000 users, 50,000 items
    python -m benchmarks.scale --interactions 1000000 --models fcf

The data are synthetic (data/synthetic.py): power-law popularity and activity, clusters of taste. Users grow with the
interactions, so that each has about 100; items stay 50,000.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from fl.federation import session

session.prepare_environment()

from benchmarks.measure import PeakMemory, machine, save, summary, table  # noqa: E402
from benchmarks.rounds import RoundRecords  # noqa: E402
from data.partition import assign_users, deal  # noqa: E402
from data.split import leave_one_out  # noqa: E402
from data.synthetic import generate  # noqa: E402
from fl.federation.pool import FederationPool  # noqa: E402
from fl.federation.rules import RoundRules  # noqa: E402
from fl.federation.session import party_names  # noqa: E402
from fl.jobs.context import JobContext  # noqa: E402
from fl.jobs.federations import federation_for  # noqa: E402
from fl.settings.hyper_parameters import hyper_parameters, settled  # noqa: E402
from fl.settings.presets import with_presets  # noqa: E402
from fl.settings.train import TrainSettings  # noqa: E402


def measure(settings: TrainSettings, n_users: int, n_items: int, n_interactions: int, rounds: int) -> dict[str, Any]:
    """Generate, split, divide and train; measure the time of each and the peak memory of all processes."""
    with PeakMemory(every_seconds=1.0) as memory:
        started = time.perf_counter()
        interactions = generate(n_users, n_items, n_interactions, seed=settings.seed)
        generated = time.perf_counter() - started
        split = leave_one_out(interactions, settings.protocol, settings.seed)
        settings = settled(settings, split)
        names = party_names(settings.parties)
        parts = deal(split, names, assign_users(split.n_users, names, settings.seed))
        n_train = len(split.items)
        with closing(FederationPool()) as pool:
            federation = federation_for(settings, JobContext("benchmark", lambda event: None, pool))
            federation.set_up(parts, RoundRules(settings.model, hyper_parameters(settings)))
            del interactions, split, parts
            heard = RoundRecords()
            federation.model.fit(epochs=rounds + 1, callbacks=[heard])
    seconds = [record.seconds for record in heard.records[1:]]
    return {
        "model": settings.model,
        "users": n_users,
        "items": n_items,
        "interactions": n_train,
        "generate_seconds": round(generated, 1),
        "round_seconds": summary(seconds),
        "microseconds_per_interaction": round(1e6 * summary(seconds)["median"] / n_train, 3),
        "peak_pss_gib": round(memory.peak_gib, 2),
        "loss": [None if record.loss is None else round(record.loss, 4) for record in heard.records],
    }


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interactions", nargs="+", type=int, default=[1_000_000, 3_000_000, 10_000_000])
    parser.add_argument("--users-per-million", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--models", nargs="+", default=["fcf", "pfedrec"])
    parser.add_argument("--parties", type=int, default=2)
    parser.add_argument("--runtime", default="simulation")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    results = []
    for model in arguments.models:
        for n_interactions in arguments.interactions:
            settings = TrainSettings(
                **with_presets({"model": model, "parties": arguments.parties, "runtime": arguments.runtime})
            )
            n_users = max(arguments.parties, round(n_interactions / 1e6 * arguments.users_per_million))
            print(f"{model}, {n_interactions} interactions", file=sys.stderr)
            results.append(measure(settings, n_users, arguments.items, n_interactions, arguments.rounds))
    print(
        table(
            ["model", "train interactions", "users", "items", "round s (median)", "us per interaction", "peak GiB"],
            [
                [
                    r["model"],
                    r["interactions"],
                    r["users"],
                    r["items"],
                    r["round_seconds"]["median"],
                    r["microseconds_per_interaction"],
                    r["peak_pss_gib"],
                ]
                for r in results
            ],
        )
    )
    save("scale", {"machine": machine(), "command": " ".join(sys.argv), "results": results}, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
