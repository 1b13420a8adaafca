"""Accuracy under differential privacy by the number of users: test HR@10 at fixed epsilon, with and without noise.

    python -m benchmarks.dp_users                            1,000 to 100,000 users; epsilon 1, 8 and none
    python -m benchmarks.dp_users --users 1000 10000 --epsilons 2 inf --seeds 3
    python -m benchmarks.dp_users --quick                    some seconds on a few users; what the tests run

Made-up interactions (data/synthetic.py): 40 for each user, of 2,000 items in 50 clusters of taste, so the same items
and the same tastes at every size. Each run is the program's, in one process, FCF from a random start: what helps is
the users alone, nothing that is known of the items. The noise is the least that keeps all rounds within epsilon at
delta 1e-6, so it is the same whatever the number of users, while the sum grows with it. With noise, the number of
rounds and the server's rate are, of those below, what noised validation figures of the last round are best with;
each try is a run with a budget of its own. Without: the presets. Writes dp_users.json, .md and .svg.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.plots import Chart
from benchmarks.sweep import Result, Sweep, mean, seeds
from data import paths
from data.loading import Loaded
from data.split import leave_one_out
from data.synthetic import generate
from fl.settings.base import build
from fl.settings.train import TrainSettings
from models.evaluation import EvaluationRequest

_ITEMS, _EACH = 2_000, 40
_DELTA = 1e-6  # below 1 / users of every size
_TRIED = ((5, 5.0), (10, 10.0), (20, 20.0))  # rounds, rate of the server
_TEST = EvaluationRequest("test", (10,), ("hr", "ndcg"), full=False)


@lru_cache(maxsize=1)
def made(n_users: int, seed: int) -> Loaded:
    """Return made-up data of so many users, split."""
    data = generate(n_users, _ITEMS, n_users * _EACH, seed)
    return Loaded(data, leave_one_out(data, "leak-free", seed))


def trained(n_users: int, seed: int, values: dict[str, Any], pool: Any) -> dict[str, float]:
    """Train the program's FCF and return test figures of the last round, the last validation figure, and popularity."""
    from fl.jobs.context import JobContext
    from fl.jobs.training import prepare

    given = {"dataset": "synthetic", "model": "fcf", "runtime": "in-process", "parties": 2, "seed": seed, **values}
    asked: TrainSettings = build(TrainSettings, given)
    context = JobContext("benchmark", lambda event: None, pool)
    settings, _, federation, _ = prepare(asked, context, made(n_users, seed))
    history = federation.model.fit(epochs=settings.epochs)
    popularity = federation.model.questions.evaluate_popularity(_TEST).figures
    return {
        **federation.model.evaluate(_TEST, "global").figures,
        **{f"popularity_{name}": value for name, value in popularity.items()},
        "valid": history["val_hr@10"][-1],
        "rounds": settings.epochs,
        "server_learning_rate": settings.server_learning_rate,
    }


def main(argv: list[str] | None = None) -> int:
    given = _arguments(argv)

    def measure(n_users: int, epsilon: float, pool: Any) -> Result:
        private = math.isfinite(epsilon)
        noise = {"dp": "user", "target_epsilon": epsilon, "delta": _DELTA}
        tried = [{**noise, "epochs": n, "server_learning_rate": rate} for n, rate in _TRIED] if private else [{}]
        runs = [
            max((trained(n_users, seed, values, pool) for values in tried), key=lambda run: run["valid"])
            for seed in seeds(given.seeds)
        ]
        # JSON has no infinity.
        return {"users": n_users, "target_epsilon": epsilon if private else None, "runs": runs}

    cases = itertools.product(given.users, given.epsilons)
    sweep = Sweep("dp_users", "Figures in percent, delta 1e-6.", _line, _table, _charts)
    return sweep.run(Path(given.out), measure, cases)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.dp_users", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--users", nargs="+", type=int, default=[1_000, 3_000, 10_000, 30_000, 100_000])
    parser.add_argument("--epsilons", nargs="+", type=float, default=[1.0, 8.0, math.inf])
    parser.add_argument("--seeds", type=int, default=1, help="repetitions, each with data of its own. Default: 1")
    parser.add_argument("--quick", action="store_true", help="200 and 400 users, epsilon 8 and none")
    parser.add_argument("--out", default=str(paths.home() / "benchmarks"), help="folder of the results")
    given = parser.parse_args(argv)
    if given.quick:
        given.users, given.epsilons = [200, 400], [8.0, math.inf]
    return given


def _with(result: Result) -> str:
    """Return how much noise a result is with, in words."""
    return "no noise" if result["target_epsilon"] is None else f"epsilon {result['target_epsilon']:g}"


def _line(result: Result) -> str:
    return f"{result['users']} users, {_with(result)}: {100 * mean(result, 'hr@10'):.1f}"


def _table(results: list[Result]) -> str:
    lines = ["| users | noise | rounds | rate | HR@10 | NDCG@10 | popularity HR@10 |", "|---|---|---|---|---|---|---|"]
    for result in results:
        figures = (f"{100 * mean(result, name):.1f}" for name in ("hr@10", "ndcg@10", "popularity_hr@10"))
        settings = (f"{mean(result, name):g}" for name in ("rounds", "server_learning_rate"))
        lines.append("| " + " | ".join([f"{result['users']:,}", _with(result), *settings, *figures]) + " |")
    return "\n".join(lines)


def _charts(results: list[Result]) -> dict[str, Chart]:
    """Return the chart of HR@10 by the number of users: a line for each amount of noise, and popularity."""
    lines = {
        noise: [(one["users"], 100 * mean(one, "hr@10")) for one in results if _with(one) == noise]
        for noise in dict.fromkeys(map(_with, results))
    }
    lines["popularity"] = sorted({(one["users"], 100 * mean(one, "popularity_hr@10")) for one in results})
    return {"synthetic": Chart("Accuracy by the number of users, made-up data", "users", "HR@10 %", lines)}


if __name__ == "__main__":
    sys.exit(main())
