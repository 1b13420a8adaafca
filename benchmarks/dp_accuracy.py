"""Accuracy under user-level differential privacy: test HR@10 and NDCG@10 by epsilon, leak-free protocol.

    python -m benchmarks.dp_accuracy                         ML-1M, FCF and PFedRec, epsilon 1, 2, 4, 8 and none
    python -m benchmarks.dp_accuracy --datasets ml-100k --seeds 3
    python -m benchmarks.dp_accuracy --models fcf --set item_start=random epochs=20 dim=16
    python -m benchmarks.dp_accuracy --quick                 under a minute on the demo set; what the tests run

Everybody takes part in every round; the noise is the least that keeps all rounds within epsilon at delta 1e-5, the
round is chosen by noised validation figures (`docs/privacy.md`). "inf" is the model without clipping and noise, with
its own preset. `--set` changes settings of the runs with noise alone.
Test figures are exact. Writes dp_accuracy.json, .md and one .svg per data set, after every run.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
from pathlib import Path
from typing import Any

from benchmarks.plots import TITLES, Chart
from benchmarks.sweep import Sweep, accuracy, mean, seeds, trained
from data import paths

EPSILONS = (1.0, 2.0, 4.0, 8.0, math.inf)
_FIGURES = ("hr@10", "ndcg@10", "popularity_hr@10", "popularity_ndcg@10", "epsilon", "noise_multiplier", "rounds")


def main(argv: list[str] | None = None) -> int:
    given = _arguments(argv)

    def measure(dataset: str, model: str, epsilon: float, pool: Any) -> dict[str, Any]:
        values: dict[str, Any] = {"dataset": dataset, "model": model}
        private = math.isfinite(epsilon)
        if private:
            values |= {"dp": "user", "target_epsilon": epsilon, **dict(one.split("=", 1) for one in given.set)}
        if given.epochs:
            values["epochs"] = given.epochs
        runs = [trained({**values, "seed": seed}, _FIGURES, pool) for seed in seeds(given.seeds)]
        # JSON has no infinity.
        return {"dataset": dataset, "model": model, "target_epsilon": epsilon if private else None, "runs": runs}

    cases = itertools.product(given.datasets, given.models, given.epsilons)
    sweep = Sweep("dp_accuracy", "Figures in percent, delta 1e-5.", _line, _table, _charts)
    return sweep.run(Path(given.out), measure, cases)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.dp_accuracy", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--datasets", nargs="+", default=["ml-1m"])
    parser.add_argument("--models", nargs="+", default=["fcf", "pfedrec"])
    parser.add_argument("--epsilons", nargs="+", type=float, default=list(EPSILONS))
    parser.add_argument("--seeds", type=int, default=1, help="repetitions, each with a split of its own. Default: 1")
    parser.add_argument("--epochs", type=int, help="rounds; default: the presets")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="settings of the runs with noise")
    parser.add_argument("--quick", action="store_true", help="demo set, 4 rounds, FCF, epsilon 2, 8 and none")
    parser.add_argument("--out", default=str(paths.home() / "benchmarks"), help="folder of the results")
    given = parser.parse_args(argv)
    if given.quick:
        given.datasets, given.models, given.epsilons, given.epochs = ["demo"], ["fcf"], [2.0, 8.0, math.inf], 4
    return given


def _epsilon(result: dict[str, Any]) -> float:
    """Return the epsilon of a result, infinite for the model without noise."""
    return math.inf if result["target_epsilon"] is None else float(result["target_epsilon"])


def _line(result: dict[str, Any]) -> str:
    return f"{result['dataset']} {result['model']} epsilon {_epsilon(result):g}: {accuracy(result)}"


def _table(results: list[dict[str, Any]]) -> str:
    lines = [
        "| data set | model | epsilon | noise multiplier | rounds | HR@10 | NDCG@10 | popularity HR@10 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for result in results:
        private = result["target_epsilon"] is not None
        noise = f"{mean(result, 'noise_multiplier'):.2f}" if private else "-"
        lines.append(
            f"| {result['dataset']} | {TITLES.get(result['model'], result['model'])} | {_epsilon(result):g} | "
            f"{noise} | {mean(result, 'rounds'):.0f} | {100 * mean(result, 'hr@10'):.1f} | "
            f"{100 * mean(result, 'ndcg@10'):.1f} | {100 * mean(result, 'popularity_hr@10'):.1f} |"
        )
    return "\n".join(lines)


def _charts(results: list[dict[str, Any]]) -> dict[str, Chart]:
    """Return charts of HR@10 by epsilon: one for each data set, a line for each model, and popularity."""
    charts = {}
    for dataset in dict.fromkeys(result["dataset"] for result in results):
        some = [result for result in results if result["dataset"] == dataset]
        lines = {
            TITLES.get(model, model): [(_epsilon(r), 100 * mean(r, "hr@10")) for r in some if r["model"] == model]
            for model in dict.fromkeys(result["model"] for result in some)
        }
        lines["Popularity"] = [(_epsilon(r), 100 * mean(r, "popularity_hr@10")) for r in some]
        title = f"Accuracy under differential privacy, {dataset}"
        charts[dataset] = Chart(title, "epsilon (inf: no noise)", "HR@10 %", lines)
    return charts


if __name__ == "__main__":
    sys.exit(main())
