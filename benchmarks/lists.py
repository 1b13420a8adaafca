"""The time until a list is there: one user's, by the command and in a warm program, and everybody's.

    python -m benchmarks.lists                                # all models on ml-1m, 4 parties
    python -m benchmarks.lists --dataset ml-100k --models fcf
    python -m benchmarks.lists --runs mine other              # of runs that there are

Cold is the command `recommend` with everything it starts; warm is the same job asked of a running process, a user who
was not asked for before each time. `recommend-all` is a command as well. The runs are trained for a few rounds first,
which is not measured: what a list costs does not depend on how good it is, but with FedRAP on how many rounds the best
one is behind the last that was written in full, here up to 7. On a busy machine the processor's time says more than
the clock. The data set must have been fetched.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import machine, repeat, save, summary, table
from fl.jobs.context import JobContext
from fl.jobs.own_party import own_run
from fl.jobs.table import run
from fl.protocol.commands import RecommendCommand
from fl.runs.run_folder import RunFolder
from fl.settings.of_jobs import RecommendSettings
from models.registry import MODELS

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7


def command(*words: str) -> None:
    """Run a command of the program to its end."""
    subprocess.run([sys.executable, str(ROOT / "TheMain.py"), *words], check=True, capture_output=True, cwd=ROOT)


def train(dataset: str, model: str, parties: int) -> str:
    """Train a run for a few rounds; return its name."""
    name = f"lists {dataset} {model} {os.getpid()}"
    words = ["--dataset", dataset, "--model", model, "--parties", str(parties), "--epochs", str(ROUNDS)]
    command("train", *words, "--early-stopping", "0", "--name", name)
    return name


def measure(name: str, repeats: int) -> dict[str, Any]:
    """Measure the lists of a run."""
    found = own_run(name)
    users = [str(user) for roster in found.rosters for user in roster.user_ids[: 4 * repeats]]
    one = users[0]
    command("recommend", "--run", name, "--user", one)  # files are in the machine's memory then
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cold = repeat(repeats, lambda: command("recommend", "--run", name, "--user", one))
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    warm, warm_processor = zip(*(_warm_seconds(name, user) for user in users), strict=True)
    with tempfile.TemporaryDirectory() as folder:
        everybody = repeat(2, lambda: command("recommend-all", "--run", name, "--output", f"{folder}/all.csv"))
    size = sum(path.stat().st_size for path in found.found.folder.path.rglob("*") if path.name in KEPT)
    return {
        "dataset": found.settings.dataset,
        "model": found.settings.model,
        "parties": found.settings.parties,
        "best_round": found.found.best_round,
        "cold_command_seconds": summary(cold),
        "cold_processor_seconds": round((now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime) / repeats, 3),
        "warm_first_seconds": round(warm[0], 4),
        "warm_seconds": summary(warm[1:]),
        "warm_processor_seconds": summary(warm_processor[1:]),
        "all_users_command_seconds": summary(everybody),
        "kept_megabytes": round(size / 1e6, 1),
    }


KEPT = ("items.json", "users.json", "history.safetensors")


def _warm_seconds(name: str, user: str) -> tuple[float, float]:
    """Return the seconds until a list is there, and those that the processor worked at it."""
    asked = RecommendCommand(settings=RecommendSettings(run=name, user=user))
    started, worked = time.perf_counter(), time.process_time()
    run(asked, JobContext("benchmark", lambda event: None))
    return time.perf_counter() - started, time.process_time() - worked


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", default="ml-1m")
    parser.add_argument("--models", nargs="+", default=list(MODELS), choices=list(MODELS))
    parser.add_argument("--parties", type=int, default=4)
    parser.add_argument("--runs", nargs="+", default=[], help="measure these instead, which stay")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    results = [measure(name, arguments.repeats) for name in arguments.runs]
    for model in arguments.models if not arguments.runs else ():
        name = train(arguments.dataset, model, arguments.parties)
        try:
            results.append(measure(name, arguments.repeats))
        finally:
            RunFolder.find(name).discard()
    rows = [
        [
            one["model"],
            one["cold_command_seconds"]["median"],
            one["cold_command_seconds"]["min"],
            one["cold_processor_seconds"],
            round(1000 * one["warm_seconds"]["median"], 1),
            round(1000 * one["warm_seconds"]["min"], 1),
            round(1000 * one["warm_processor_seconds"]["median"], 1),
            one["all_users_command_seconds"]["median"],
            one["kept_megabytes"],
        ]
        for one in results
    ]
    header = ["model", "cold s (median)", "min", "processor s", "warm ms (median)", "min", "processor ms"]
    header += ["all users, command s", "kept MB"]
    print(table(header, rows))
    save("lists", {"machine": machine(), "command": " ".join(sys.argv), "results": results}, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
