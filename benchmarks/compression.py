"""Accuracy against bytes: test HR@10 and NDCG@10 by bits of a value and share of the items sent, leak-free protocol.

    python -m benchmarks.compression                     ML-100K, FCF and PFedRec, 12 ways each: about 20 minutes
    python -m benchmarks.compression --models fcf --seeds 3
    python -m benchmarks.compression --quick             under a minute on the demo set; what the tests run

Everything else is as in the presets. Bytes are those of the upload of one party as the aggregator received it: of a
usual round, and of the whole run, whose first round is sent in 32 bits (`fl.compression`). Writes compression.json, .md
and one .svg per data set and model, after every run.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.plots import TITLES, Chart
from data import paths
from fl import session
from fl.config import TrainSettings, build
from fl.events import RoundDone
from fl.streams import divert_to_log

BITS = (8, 12, 16, 32)
FRACTIONS = (0.25, 0.5, 1.0)
_FIGURES = ("hr@10", "ndcg@10", "best_round", "rounds")


def main(argv: list[str] | None = None) -> int:
    given = _arguments(argv)
    session.prepare_environment()
    out, err, _ = divert_to_log("compression")
    from fl.federation import FederationPool

    folder, results = Path(given.out), []
    pool = FederationPool()
    try:
        for dataset in given.datasets:
            for model in given.models:
                for fraction in given.fractions:
                    for bits in given.bits:
                        results.append(_measure(dataset, model, bits, fraction, given, pool))
                        print(_line(results[-1]), file=err, flush=True)
                        _write(folder, results, given.parties)
    finally:
        pool.close()
    print(_table(results), file=out, flush=True)
    print(f"Written: {folder / 'compression.md'}, .json and .svg", file=err, flush=True)
    return 0


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


def _measure(
    dataset: str, model: str, bits: int, fraction: float, given: argparse.Namespace, pool: Any
) -> dict[str, Any]:
    from fl.jobs.context import JobContext
    from fl.jobs.training import train
    from fl.run_folder import RunFolder

    runs = []
    for seed in range(2024, 2024 + given.seeds):
        values: dict[str, Any] = {
            "dataset": dataset,
            "model": model,
            "seed": seed,
            "runtime": "in-process",
            "parties": given.parties,
            "aggregator": given.aggregator,
            "upload_bits": bits,
            "row_fraction": fraction,
        }
        if given.epochs:
            values["epochs"] = given.epochs
        sent: list[int] = []

        def note(event: Any, sent: list[int] = sent) -> None:
            if isinstance(event, RoundDone):
                sent.append(event.bytes_up)

        result = train(build(TrainSettings, values), JobContext("benchmark", note, pool)).result
        RunFolder.find(str(result["run"])).discard()
        of_bytes = {"bytes_round": statistics.median_high(sent), "bytes_run": sum(sent)}
        runs.append({name: result.get(name) for name in _FIGURES} | of_bytes)
    return {"dataset": dataset, "model": model, "bits": bits, "row_fraction": fraction, "runs": runs}


def _mean(result: dict[str, Any], name: str) -> float:
    return statistics.fmean(float(run[name]) for run in result["runs"])


def _line(result: dict[str, Any]) -> str:
    figures = " / ".join(f"{100 * _mean(result, name):.1f}" for name in ("hr@10", "ndcg@10"))
    how = f"{result['bits']} bits, {result['row_fraction']:g} of the rows"
    return f"{result['dataset']} {result['model']}, {how}: {figures}"


def _table(results: list[dict[str, Any]]) -> str:
    lines = [
        "| data set | model | rows sent | bits | kB a round | MB a run | HR@10 | NDCG@10 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r['dataset']} | {TITLES.get(r['model'], r['model'])} | {r['row_fraction']:g} | {r['bits']} | "
        f"{_mean(r, 'bytes_round') / 1e3:.1f} | {_mean(r, 'bytes_run') / 1e6:.2f} | "
        f"{100 * _mean(r, 'hr@10'):.1f} | {100 * _mean(r, 'ndcg@10'):.1f} |"
        for r in results
    ]
    return "\n".join(lines)


def _chart(dataset: str, model: str, results: list[dict[str, Any]]) -> Chart:
    """HR@10 by kilobytes of a round, a line for each share of rows."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for result in results:
        # Ways that send the same to a kilobyte share a place on the axis.
        point = (float(round(_mean(result, "bytes_round") / 1e3)), 100 * _mean(result, "hr@10"))
        lines.setdefault(f"{result['row_fraction']:g} of rows", []).append(point)
    title = f"Accuracy by bytes, {TITLES.get(model, model)}, {dataset}"
    return Chart(title, "kB that a party sends in a round", "HR@10 %", lines)


def _write(folder: Path, results: list[dict[str, Any]], parties: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    where = machine.description()
    (folder / "compression.json").write_text(json.dumps({"machine": where, "results": results}, indent=1), "utf-8")
    head = (
        f"Measured {where['date']}, {where['processor']}, {where['cores']} cores, {parties} parties. Figures in "
        "percent.\n\n"
    )
    (folder / "compression.md").write_text(head + _table(results) + "\n", "utf-8")
    for dataset, model in dict.fromkeys((r["dataset"], r["model"]) for r in results):
        some = [r for r in results if (r["dataset"], r["model"]) == (dataset, model)]
        (folder / f"compression-{dataset}-{model}.svg").write_text(_chart(dataset, model, some).svg(), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
