"""Accuracy by round for the server's optimisers of FCF, beside centralised iALS by sweep, and the bytes to get there.

    python -m benchmarks.rounds_to_quality                          every data set that was fetched, 5 seeds
    python -m benchmarks.rounds_to_quality --datasets ml-100k --seeds 2
    python -m benchmarks.rounds_to_quality --quick                  seconds on the demo set; what the tests run

Leak-free protocol, the presets but for the optimiser. What FCF computes does not depend on how its users are divided
(tests/fl/federation/test_curvature.py), so all are in one party, in this process, without SecretFlow. The optimisers:

    secant    the preset: curvature read off the sum of gradients (fl/federation/curvature.py)
    fedadam   rate 0.1
    history   nothing but the history: alpha sum p p' and the mean of p p' are fitted to the last 4 changes of items and
              gradients; damping 0.8
    summed    both matrices sent by the parties as two more sums, dim x dim, which today are never sent; damping 0.8
    ials      centralised, as in baselines/, one sweep a round

"lastfm-like" is made up (data/synthetic.py), of the size of Last.fm under this protocol. A seed's figure after R rounds
is the test figure of the round up to R that is best in the validation items, as in a run; the table has means over the
seeds. Users score as iALS does, without recency; where the preset has it, its figures stand beside. Every case is
kept in rounds_to_quality.json when it is measured, and not measured again; .md and .svg are written at the end.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baselines import registry as baselines
from baselines.ials import IALS
from benchmarks.machine import description
from benchmarks.plots import Chart
from benchmarks.sweep import seeds
from data import paths, registry
from data.loading import Loaded, load
from data.partition import PartyData
from data.split import leave_one_out
from data.synthetic import generate
from fl.federation.server_optimizers import OPTIMIZERS, Average
from fl.settings.base import build
from fl.settings.hyper_parameters import hyper_parameters, settled
from fl.settings.train import TrainSettings
from models import threads
from models.descriptor import HyperParameters
from models.evaluation import EvaluationRequest, Part, evaluate, evaluate_model, held_out
from models.fcf import FCFSettings
from models.fcf_local import LocalFCF

Table = NDArray[np.float64]
Figures = dict[str, list[float]]  # by part, [HR@10, NDCG@10] in percent

LASTFM_LIKE = "lastfm-like"
_LASTFM = (1222, 12274, 69595)  # users, items, rows of Last.fm 2K, leak-free
DATASETS = ("ml-100k", "ml-1m", LASTFM_LIKE, "amazon-video")
# How many rounds each is given.
METHODS = {"secant": 14, "fedadam": 60, "history": 16, "summed": 14, "ials": 16}
TITLES = {"secant": "secant", "fedadam": "Adam", "history": "history only", "summed": "two sums more", "ials": "iALS"}
SHOWN = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 20, 40, 60)
SHARE = 0.99  # of iALS, to reach
_REQUESTS: dict[Part, EvaluationRequest] = {
    part: EvaluationRequest(part, (10,), ("hr", "ndcg"), full=False, batch_size=1024) for part in ("valid", "test")
}


def loaded_of(dataset: str, seed: int) -> Loaded:
    """Return a data set, read or made up, and split."""
    if dataset != LASTFM_LIKE:
        return load(dataset, "leak-free", seed)
    interactions = generate(*_LASTFM, seed=1)
    return Loaded(interactions, leave_one_out(interactions, "leak-free", seed))


# --- the optimisers that are only measured --------------------------------------------------------------------------


def newton_steps(shared: Table, by_pair: Table, counts: Table, ridge: Table, gradient: Table) -> Table:
    """Return (shared + n_i by_pair + ridge_i I)^-1 gradient_i for every item i, [n_items, dim]."""
    found, dim = np.empty_like(gradient), gradient.shape[1]
    for n in np.unique(counts):
        rows = np.nonzero(counts == n)[0]  # of one count, and so of one ridge
        found[rows] = np.linalg.solve(shared + n * by_pair + ridge[rows[0]] * np.eye(dim), gradient[rows].T).T
    return found


class History:
    """The fit of both matrices to the last changes of items and gradients, by least squares over all items."""

    def __init__(self, counts: Table, weight: Table, reg: float, kept: int = 4) -> None:
        self._counts, self._weight, self._reg, self._kept = counts, weight, reg, kept
        self._last: tuple[Table, Table] | None = None
        self._pairs: list[tuple[Table, Table]] = []

    def step(self, items: Table, gradient: Table) -> Table:
        """Return the step after this gradient."""
        if self._last is not None:
            self._pairs = [*self._pairs, (items - self._last[0], gradient - self._last[1])][-self._kept :]
        self._last = (items, gradient)
        if not self._pairs:
            return -gradient / self._weight[:, None]
        ridge = self._reg * self._weight
        return -0.8 * newton_steps(*self.fit(), self._counts, ridge, gradient)

    def fit(self) -> tuple[Table, Table]:
        """Return (alpha sum p p', mean of p p' over pairs) as fitted, [dim, dim] each."""
        dim = self._pairs[0][0].shape[1]
        left, right, root = np.zeros((2 * dim, 2 * dim)), np.zeros((2 * dim, dim)), np.sqrt(self._weight)[:, None]
        for moved, bent in self._pairs:
            known = np.hstack([moved, self._counts[:, None] * moved]) / root
            left += known.T @ known
            right += known.T @ ((bent - self._reg * self._weight[:, None] * moved) / root)
        scale = 1 / np.sqrt(np.diag(left))
        scaled = left * scale[:, None] * scale
        scaled += 1e-6 * np.trace(scaled) / (2 * dim) * np.eye(2 * dim)
        found = scale[:, None] * np.linalg.solve(scaled, right * scale[:, None])
        return _lifted(found[:dim]), _lifted(found[dim:])


def _lifted(matrix: Table) -> Table:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return np.asarray((vectors * np.maximum(values, 1e-3 * max(values[-1], 0.0))) @ vectors.T)


# --- measuring ------------------------------------------------------------------------------------------------------


def fcf_by_round(method: str, settings: TrainSettings, data: PartyData, rounds: int) -> Iterator[Table]:
    """Yield the item table after each round of FCF."""
    hyper = _hyper(settings, _without_recency(settings))
    alpha, reg = hyper.own.alpha, hyper.own.reg
    local = LocalFCF(data, hyper)
    counts = np.bincount(data.items, minlength=data.n_items).astype(np.float64)
    lengths = np.diff(data.indptr).astype(np.float64)
    weight = counts + alpha * data.n_users
    optimizer = OPTIMIZERS["secant" if method == "secant" else "fedadam"](reg)
    history = History(counts, weight, reg)
    items = LocalFCF.initial_items(data.n_items, hyper).astype(np.float64)
    for number in range(1, rounds + 1):
        gradient = local.train_round(items.astype(np.float32), number).item_update.astype(np.float64)
        if method == "history":
            step = history.step(items, gradient)
        elif method == "summed":
            p = local.private_state()["scoring"].astype(np.float64)
            by_pair = (p * lengths[:, None]).T @ p / lengths.sum()
            step = -0.8 * newton_steps(alpha * p.T @ p, by_pair, counts, reg * weight, gradient)
        else:
            rate = settings.server_learning_rate
            step = optimizer.step(Average(-gradient / weight[:, None], items, weight), rate)
        items = (items + step).astype(np.float32).astype(np.float64)
        yield items


def _own(settings: TrainSettings) -> FCFSettings:
    assert isinstance(settings.own, FCFSettings)
    return settings.own


def _without_recency(settings: TrainSettings) -> FCFSettings:
    return _own(settings).model_copy(update={"recency_weight": 0.0})


def _hyper(settings: TrainSettings, own: FCFSettings) -> HyperParameters[FCFSettings]:
    return replace(hyper_parameters(settings), own=own)  # type: ignore[return-value]  # of the one type in it


def measure(dataset: str, method: str, seed: int, rounds: int) -> dict[str, Any]:
    """Return the figures of every round of a case, in percent, and where the preset has recency, those with it."""
    loaded = loaded_of(dataset, seed)
    (data,), _ = loaded.divide(["party-1"], seed)
    if method == "ials":
        made = baselines.make("ials", dataset, seed)
        assert isinstance(made, IALS)
        plain = [_figures(partial(_evaluated, made, data)) for _ in made.sweep_by_sweep([data])]
        return {"dataset": dataset, "method": method, "seed": seed, "rounds": plain}
    optimizer = "secant" if method == "secant" else "fedadam"
    given = {"dataset": dataset, "model": "fcf", "seed": seed, "server_optimizer": optimizer}
    settings = settled(build(TrainSettings, given), loaded.split)
    recency = _own(settings).recency_weight > 0 and method in OPTIMIZERS
    found: dict[str, Any] = {"dataset": dataset, "method": method, "seed": seed, "rounds": []}
    bare, full = (LocalFCF(data, _hyper(settings, own)) for own in (_without_recency(settings), _own(settings)))
    for items in fcf_by_round(method, settings, data, rounds):
        table = items.astype(np.float32)
        found["rounds"].append(_figures(lambda part, t=table: evaluate_model(bare, data, t, _REQUESTS[part])))
        if recency:
            with_it = _figures(lambda part, t=table: evaluate_model(full, data, t, _REQUESTS[part]))
            found.setdefault("with_recency", []).append(with_it)
    found["bytes"] = data.n_items * settings.row_length * 4
    return found


def _evaluated(made: IALS, data: PartyData, part: Part) -> list[Table]:
    columns = np.maximum(np.column_stack(held_out(data, part)), 0)
    batches = ((rows, np.take_along_axis(scores, columns[rows], axis=1)) for rows, scores in made.score_batches(0, 512))
    return evaluate(batches, data, _REQUESTS[part])


def _figures(sums_of: Any) -> Figures:
    found: Figures = {}
    for part in _REQUESTS:
        (sums,) = sums_of(part)
        found[part] = [round(100 * float(value / sums[0, 0]), 3) for value in sums[0, 1:]]
    return found


# --- what it comes to -----------------------------------------------------------------------------------------------


def after(rounds: Sequence[Figures], r: int) -> list[float]:
    """Return the test figures of the round up to r that validation likes best, as `fl.runs.rounds.best_record`."""
    return max(rounds[:r], key=lambda figures: tuple(figures["valid"]))["test"]


def mean_after(cases: Sequence[dict[str, Any]], r: int, which: str = "rounds") -> list[float]:
    """Return [HR@10, NDCG@10] after r rounds, the mean over the seeds."""
    return [statistics.fmean(values) for values in zip(*(after(case[which], r) for case in cases), strict=True)]


def rounds_to(cases: Sequence[dict[str, Any]], target: Sequence[float]) -> int | None:
    """Return the first number of rounds after which both figures stay at the target up to the last; None for never."""
    reached = None
    for r in range(len(cases[0]["rounds"]), 0, -1):
        if any(found < wanted for found, wanted in zip(mean_after(cases, r), target, strict=True)):
            break
        reached = r
    return reached


def markdown(results: Sequence[dict[str, Any]]) -> str:
    """Return the tables of all data sets."""
    lines = []
    for dataset in dict.fromkeys(case["dataset"] for case in results):
        cases = _by_method(results, dataset)
        n = max(len(some) for some in cases.values())
        lines += [f"### {dataset}", "", f"Test HR@10 / NDCG@10, mean of {n} seeds, after so many rounds:", ""]
        shown = [r for r in SHOWN if any(r <= len(some[0]["rounds"]) for some in cases.values())]
        lines += [f"| | {' | '.join(map(str, shown))} |", "|---" * (1 + len(shown)) + "|"]
        for method, some in cases.items():
            for which, name in (("rounds", TITLES[method]), ("with_recency", f"{TITLES[method]}, with recency")):
                if which in some[0]:
                    cells = (_cell(mean_after(some, r, which)) if r <= len(some[0][which]) else "" for r in shown)
                    lines.append(f"| {name} | {' | '.join(cells)} |")
        lines += ["", *_summary(cases), ""]
    return "\n".join(lines)


def _summary(cases: dict[str, list[dict[str, Any]]]) -> list[str]:
    if "ials" not in cases:
        return []
    central = mean_after(cases["ials"], len(cases["ials"][0]["rounds"]))
    target = [SHARE * value for value in central]
    lines = [
        f"iALS has {_cell(central)} in the end, {SHARE:.0%} of it is {_cell(target)}.",
        "",
        f"| | rounds to {SHARE:.0%} | MB up per party |",
        "|---|---|---|",
    ]
    for method, some in cases.items():
        if method != "ials":
            r = rounds_to(some, target)
            sent = "-" if r is None else f"{r * some[0]['bytes'] / 1e6:.1f}"
            lines.append(
                f"| {TITLES[method]} | {'not in ' + str(len(some[0]['rounds'])) if r is None else r} | {sent} |"
            )
    return lines


def _by_method(results: Sequence[dict[str, Any]], dataset: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for case in results:
        if case["dataset"] == dataset:
            found.setdefault(case["method"], []).append(case)
    return {method: found[method] for method in METHODS if method in found}


def _cell(figures: Sequence[float]) -> str:
    return " / ".join(f"{value:.1f}" for value in figures)


def charts(results: Sequence[dict[str, Any]]) -> dict[str, Chart]:
    """Return a plot of NDCG@10 by round for each data set, by its name."""
    found = {}
    for dataset in dict.fromkeys(case["dataset"] for case in results):
        lines = {
            TITLES[method]: [(r, mean_after(some, r)[1]) for r in SHOWN if r <= min(50, len(some[0]["rounds"]))]
            for method, some in _by_method(results, dataset).items()
            if method != "summed"  # as good as secant: it would hide it
        }
        found[dataset] = Chart(f"FCF on {dataset}: NDCG@10 by round", "rounds, or sweeps of iALS", "percent", lines)
    return found


def main(argv: list[str] | None = None) -> int:
    given = _arguments(argv)
    threads.limit(given.threads)
    folder = Path(given.out)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "rounds_to_quality.json"
    results = json.loads(kept.read_text("utf-8"))["results"] if kept.exists() else []
    for dataset in given.datasets:
        if dataset != LASTFM_LIKE and registry.status(dataset) != "ready":
            print(f"{dataset} is left out: it was not fetched.", file=sys.stderr)
            continue
        for method in given.methods:
            for seed in seeds(given.seeds):
                if any((r["dataset"], r["method"], r["seed"]) == (dataset, method, seed) for r in results):
                    continue
                results.append(measure(dataset, method, seed, given.rounds or METHODS[method]))
                kept.write_text(json.dumps({"machine": description(), "results": results}) + "\n", "utf-8")
                print(
                    f"{dataset} {method} {seed}: {_cell(after(results[-1]['rounds'], 10))}", file=sys.stderr, flush=True
                )
    text = markdown(results)
    (folder / "rounds_to_quality.md").write_text(text + "\n", "utf-8")
    for name, chart in charts(results).items():
        (folder / f"rounds-to-quality-{name}.svg").write_text(chart.svg(), "utf-8")
    print(text)
    return 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.rounds_to_quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--datasets", nargs="+", default=list(DATASETS))
    parser.add_argument("--methods", nargs="+", default=list(METHODS), choices=list(METHODS))
    parser.add_argument("--seeds", type=int, default=5, help="repetitions, each with a split of its own. Default: 5")
    parser.add_argument("--rounds", type=int, help="default: 14 to 60 by method")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="two seeds, three rounds, demo set only")
    parser.add_argument("--out", default=str(paths.home() / "benchmarks"), help="folder of the results")
    given = parser.parse_args(argv)
    if given.quick:
        given.datasets, given.seeds, given.rounds = ["demo"], 2, 3
    return given


if __name__ == "__main__":
    sys.exit(main())
