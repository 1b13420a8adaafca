"""The time and memory in which a large table of the person's becomes a data set.

    python -m benchmarks.import_speed                    10 million rows
    python -m benchmarks.import_speed --rows 20000       a second; what the tests run

Writes a seeded CSV (user, item, rating, timestamp) into a temporary folder, imports it in a fresh process, reads the
data set back in another, and prints seconds and peak memory (resident set of that process) as text and one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.machine import description

ROOT = Path(__file__).resolve().parents[1]
CHUNK = 500_000


def write_csv(path: Path, rows: int, seed: int) -> None:
    """Write a table with one user per 100 rows and one item per 200, popular items far ahead, times unordered."""
    random = np.random.default_rng(seed)
    n_users, n_items = max(rows // 100, 2), max(rows // 200, 10)
    for start in range(0, rows, CHUNK):
        n = min(CHUNK, rows - start)
        frame = pd.DataFrame(
            {
                "userId": random.integers(1, n_users + 1, n),
                "itemId": (n_items * random.random(n) ** 2).astype(np.int64) + 1,
                "rating": random.integers(1, 11, n) / 2,
                "timestamp": random.integers(1_000_000_000, 1_500_000_000, n),
            }
        )
        frame.to_csv(path, mode="a", header=start == 0, index=False)


def measured(step: str, path: Path) -> dict[str, Any]:
    """Run one step in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "benchmarks.import_speed", "--step", step, "--file", str(path)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def run_step(step: str, path: Path) -> dict[str, Any]:
    """Do one step, in its own process; imports are not part of the seconds."""
    from data import readers
    from data.own.importer import import_file

    began = time.perf_counter()
    if step == "import":
        report = import_file(path, "speed")
        counts = {"users": report.n_users, "items": report.n_items, "rows": report.n_rows}
    else:
        read = readers.read("speed")
        counts = {"users": read.n_users, "items": read.n_items, "rows": read.n_rows}
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(seconds, 2), "peak_mib": round(peak), **counts}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--step", choices=["import", "read"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(run_step(arguments.step, arguments.file)))
        return 0
    with tempfile.TemporaryDirectory(prefix="secretrec-import-") as folder:
        os.environ["SECRETREC_HOME"] = str(Path(folder) / "home")
        path = Path(folder) / "table.csv"
        write_csv(path, arguments.rows, arguments.seed)
        size = path.stat().st_size
        result = {step: measured(step, path) for step in ("import", "read")}
    for step, figures in result.items():
        print(
            f"{step}: {figures['rows']:,} rows, {figures['users']:,} users, {figures['items']:,} items "
            f"in {figures['seconds']} s, peak {figures['peak_mib']:,} MiB"
        )
    print(
        json.dumps({"rows": arguments.rows, "seed": arguments.seed, "bytes": size, **result, "machine": description()})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
