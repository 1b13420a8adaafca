"""A round's time, the start and the memory by the number of parties, each a process of its own.

    python -m benchmarks.parties                         # 1, 2, 4, 8, 16 parties, PFedRec and FCF on ml-100k
    python -m benchmarks.parties --parties 1 2 --datasets demo --models fcf

The same users are dealt to more and more parties, so a party's work shrinks and what parties cost grows. One
party alone cannot be masked: its sum is plain.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from benchmarks import speed  # sets the environment up before SecretFlow is imported
from benchmarks.measure import machine, save, table


def sweep(
    datasets: list[str], models: list[str], parties: list[int], rounds: int, runtime: str
) -> list[dict[str, Any]]:
    """Run `speed.measure` for every combination, in fresh processes."""
    results = []
    for dataset in datasets:
        for model in models:
            for n in parties:
                print(f"{model} on {dataset}, {n} parties", file=sys.stderr)
                results.append(speed.measure(speed.settings_for(dataset, model, n, runtime=runtime), rounds))
    return results


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", nargs="+", default=["ml-100k"])
    parser.add_argument("--models", nargs="+", default=["pfedrec", "fcf"], choices=speed.MODELS)
    parser.add_argument("--parties", nargs="+", type=int, default=[1, 2, 4, 8, 16])
    parser.add_argument("--runtime", default="simulation")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    results = sweep(arguments.datasets, arguments.models, arguments.parties, arguments.rounds, arguments.runtime)
    print(
        table(
            ["data set", "model", "parties", "round s (median)", "min", "max", "start s", "peak GiB", "processes"],
            [
                [
                    r["dataset"],
                    r["model"],
                    r["parties"],
                    r["round_seconds"]["median"],
                    r["round_seconds"]["min"],
                    r["round_seconds"]["max"],
                    r["start_seconds"],
                    r["peak_pss_gib"],
                    r["processes"],
                ]
                for r in results
            ],
        )
    )
    save("parties", {"machine": machine(), "command": " ".join(sys.argv), "results": results}, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
