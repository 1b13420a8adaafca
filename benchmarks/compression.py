"""Accuracy against bytes: test HR@10 and NDCG@10 by bits of a value and share of the items sent, leak-free protocol.

    python -m benchmarks.compression                     ML-100K, FCF and PFedRec, 12 ways each: about 20 minutes
    python -m benchmarks.compression --models fcf --seeds 3
    python -m benchmarks.compression --quick             under a minute on the demo set; what the tests run

Everything else is as in the presets; FCF has fedadam where a part of the items is sent. Bytes are those of the upload
of one party as the aggregator received it: of a usual round, and of the whole run, whose first round is sent in 32 bits
(`fl.aggregation.compression`). Writes compression.json, .md and one .svg per data set and model, after every run.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
from pathlib import Path
from typing import Any

from benchmarks.plots import TITLES, Chart
from benchmarks.sweep import Sweep, accuracy, mean, seeds, trained
from data import paths
from fl.protocol.events import Event, RoundDone
from fl.settings.presets import preset

BITS = (8, 12, 16, 32)
FRACTIONS = (0.25, 0.5, 1.0)
_FIGURES = ("hr@10", "ndcg@10", "best_round", "rounds")


def main(argv: list[str] | None = None) -> int:
    given = _arguments(argv)

    def measure(dataset: str, model: str, fraction: float, bits: int, pool: Any) -> dict[str, Any]:
        values: dict[str, Any] = {"dataset": dataset, "model": model, "upload_bits": bits, "row_fraction": fraction}
        values |= {"parties": given.parties, "aggregator": given.aggregator}
        if fraction < 1 and preset(model, dataset)["server_optimizer"] == "secant":
            values["server_optimizer"] = "fedadam"  # secant needs all rows
        if given.epochs:
            values["epochs"] = given.epochs
        runs = [_trained({**values, "seed": seed}, pool) for seed in seeds(given.seeds)]
        return {"dataset": dataset, "model": model, "bits": bits, "row_fraction": fraction, "runs": runs}

    cases = itertools.product(given.datasets, given.models, given.fractions, given.bits)
    about = f"{given.parties} parties. Figures in percent."
    return Sweep("compression", about, _line, _table, _charts).run(Path(given.out), measure, cases)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.compression", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--datasets", nargs="+", default=["ml-100k"])
    parser.add_argument("--models", nargs="+", default=["fcf", "pfedrec"])
    parser.add_argument("--bits", nargs="+", type=int, default=list(BITS))
    parser.add_argument("--fractions", nargs="+", type=float, default=list(FRACTIONS))
    parser.add_argument("--parties", type=int, default=4)
    parser.add_argument("--aggregator", default="masked")
    parser.add_argument("--seeds", type=int, default=1, help="repetitions, each with a split of its own. Default: 1")
    parser.add_argument("--epochs", type=int, help="rounds; default: the presets")
    parser.add_argument(
        "--quick", action="store_true", help="demo set, 4 rounds, FCF, 8 and 32 bits, half and all rows"
    )
    parser.add_argument("--out", default=str(paths.home() / "benchmarks"), help="folder of the results")
    given = parser.parse_args(argv)
    if given.quick:
        given.datasets, given.models, given.epochs, given.parties = ["demo"], ["fcf"], 4, 2
        given.bits, given.fractions = [8, 32], [0.5, 1.0]
    return given


def _trained(values: dict[str, Any], pool: Any) -> dict[str, Any]:
    """Return the figures of a run, and the bytes of a party in a usual round and in all."""
    sent: list[int] = []

    def hear(event: Event) -> None:
        if isinstance(event, RoundDone):
            sent.append(event.record.bytes_up)

    figures = trained(values, _FIGURES, pool, hear)
    return figures | {"bytes_round": statistics.median_high(sent), "bytes_run": sum(sent)}


def _line(result: dict[str, Any]) -> str:
    how = f"{result['bits']} bits, {result['row_fraction']:g} of the rows"
    return f"{result['dataset']} {result['model']}, {how}: {accuracy(result)}"


def _table(results: list[dict[str, Any]]) -> str:
    lines = [
        "| data set | model | rows sent | bits | kB a round | MB a run | HR@10 | NDCG@10 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r['dataset']} | {TITLES.get(r['model'], r['model'])} | {r['row_fraction']:g} | {r['bits']} | "
        f"{mean(r, 'bytes_round') / 1e3:.1f} | {mean(r, 'bytes_run') / 1e6:.2f} | "
        f"{100 * mean(r, 'hr@10'):.1f} | {100 * mean(r, 'ndcg@10'):.1f} |"
        for r in results
    ]
    return "\n".join(lines)


def _chart(dataset: str, model: str, results: list[dict[str, Any]]) -> Chart:
    """Return a chart of HR@10 by kilobytes of a round, a line for each share of rows."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for result in results:
        # Ways that send the same to a kilobyte share a place on the axis.
        point = (float(round(mean(result, "bytes_round") / 1e3)), 100 * mean(result, "hr@10"))
        lines.setdefault(f"{result['row_fraction']:g} of rows", []).append(point)
    title = f"Accuracy by bytes, {TITLES.get(model, model)}, {dataset}"
    return Chart(title, "kB that a party sends in a round", "HR@10 %", lines)


def _charts(results: list[dict[str, Any]]) -> dict[str, Chart]:
    """Return a chart for each data set and model."""
    pairs = dict.fromkeys((r["dataset"], r["model"]) for r in results)
    return {
        f"{dataset}-{model}": _chart(
            dataset, model, [r for r in results if (r["dataset"], r["model"]) == (dataset, model)]
        )
        for dataset, model in pairs
    }


if __name__ == "__main__":
    sys.exit(main())
