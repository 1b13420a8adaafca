"""The local step of FCF beside one iteration of the library implicit, in turns, on the same data.

    make peers                                      # once: the library, in an environment of its own
    python -m benchmarks.local_step                 # ml-100k and ml-1m, the presets' dim, all cores
    python -m benchmarks.local_step --datasets demo --repeats 3

The local step is what a party computes in a round: its users' vectors for a new item table, solved exactly, and the
items' gradient. An iteration of implicit (AlternatingLeastSquares, Cholesky) solves for the users and for the items.
All users are in one party, both use as many threads, and both run once in every turn, because the load of a machine
changes; the ratio is that of the medians. "with scores" is the step with what validation asks for after it: the vectors
that weigh by recency, and the scores of the validation items and their candidates.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import machine, save, summary, table
from data.loading import load
from data.partition import PartyData
from fl.settings.hyper_parameters import hyper_parameters, settled
from fl.settings.presets import preset
from fl.settings.train import TrainSettings
from models import threads
from models.base import LocalModel
from models.evaluation import VALIDATION, evaluate_model
from models.registry import MODELS

PEERS = Path(__file__).resolve().parent.parent / ".venv-peers" / "bin" / "python"
# BLAS inside a library that has threads of its own would only stand in their way.
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

# Runs in the other environment: one iteration for every line it hears, and its seconds as the answer.
_PEER = """
import sys, time
import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix
path, dim, threads, reg = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
with np.load(path) as arrays:
    indptr, items, n_items = arrays["indptr"], arrays["items"], int(arrays["n_items"])
users = csr_matrix((np.ones(len(items), np.float32), items, indptr), shape=(len(indptr) - 1, n_items))
als = AlternatingLeastSquares(factors=dim, regularization=reg, iterations=1, use_cg=False, num_threads=threads)
als.fit(users, show_progress=False)
X, Y, by_item = als.user_factors, als.item_factors, users.T.tocsr()
for _ in sys.stdin:
    started = time.perf_counter()
    als.solver(users, X, Y, reg, num_threads=threads)
    als.solver(by_item, Y, X, reg, num_threads=threads)
    print(time.perf_counter() - started, flush=True)
"""


@contextmanager
def implicit_iteration(data: PartyData, dim: int, n_threads: int, reg: float, python: Path) -> Iterator[Any]:
    """Give a function that runs one iteration of implicit in its own process and returns its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.npz"
        np.savez(path, indptr=data.indptr, items=data.items, n_items=data.n_items)
        with subprocess.Popen(
            [python, "-c", _PEER, path, str(dim), str(n_threads), str(reg)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **_ALONE},
        ) as process:

            def iterate() -> float:
                if process.stdin is None or process.stdout is None:
                    raise RuntimeError("implicit's process has no streams")
                process.stdin.write("\n")
                process.stdin.flush()
                return float(process.stdout.readline())

            yield iterate
            if process.stdin is not None:
                process.stdin.close()


def steps(data: PartyData, settings: TrainSettings) -> tuple[Callable[[], float], Callable[[], float]]:
    """Return two functions that run the local step, without and with scores, and return its seconds.

    Each call has an item table of its own: the last one, moved a little down the gradient.
    """
    hyper = hyper_parameters(settings)
    model: LocalModel = MODELS[settings.model].load_local()(data, hyper)
    items = [model.initial_items(data.n_items, hyper)]

    def step() -> float:
        started = time.perf_counter()
        update = model.train_round(items[-1], 1).item_update
        seconds = time.perf_counter() - started
        items[-1] = items[-1] - np.float32(0.01) * np.sign(update)
        return seconds

    def step_with_scores() -> float:
        started = time.perf_counter()
        evaluate_model(model, data, items[-1], VALIDATION)
        return time.perf_counter() - started + step()

    return step, step_with_scores


def measure(dataset: str, n_threads: int, repeats: int, python: Path) -> dict[str, Any]:
    """Measure one data set, with FCF's preset for it."""
    settings = TrainSettings(**{**preset("fcf", dataset), "dataset": dataset, "model": "fcf"})
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    settings = settled(settings, loaded.split)
    ((data,), _) = loaded.divide(["all"], settings.seed)
    threads.limit(n_threads)
    step, step_with_scores = steps(data, settings)
    seconds: dict[str, list[float]] = {"implicit": [], "step": [], "step with scores": []}
    with implicit_iteration(data, settings.dim, n_threads, 0.01, python) as iterate:
        parts = {"implicit": iterate, "step": step, "step with scores": step_with_scores}
        for turn in range(repeats + 1):
            for name, run in parts.items():
                took = run()
                if turn:  # the first warms caches up
                    seconds[name].append(took)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    return {
        "dataset": dataset,
        "dim": settings.dim,
        "threads": n_threads,
        "users": data.n_users,
        "pairs": len(data.items),
        "seconds": {name: summary(values) for name, values in seconds.items()},
        "times_implicit": {name: round(value / medians["implicit"], 2) for name, value in medians.items()},
    }


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", nargs="+", default=["ml-100k", "ml-1m"])
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--repeats", type=int, default=25)
    parser.add_argument("--python", type=Path, default=PEERS, help="a Python that has implicit (make peers)")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    if not arguments.python.exists():
        parser.error(f"{arguments.python} is missing: run 'make peers' first")
    results = [measure(name, arguments.threads, arguments.repeats, arguments.python) for name in arguments.datasets]
    rows = [
        [r["dataset"], r["dim"], name, value["median"], value["min"], value["max"], r["times_implicit"][name]]
        for r in results
        for name, value in r["seconds"].items()
    ]
    print(table(["data set", "dim", "what", "seconds (median)", "min", "max", "times implicit"], rows))
    save("local_step", {"machine": machine(), "command": " ".join(sys.argv), "results": results}, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
