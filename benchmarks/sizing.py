"""The size of a member between organisations: memory, disk, bytes and seconds by the size of the item table.

    python -m benchmarks.sizing                                   # four catalogues, two parties
    python -m benchmarks.sizing --sizes 100000x8 --parties 2 4 8 16 --users 200
    python -m benchmarks.sizing --sizes 500x8 --users 200 --rounds 3

Real programs with real certificates on one computer (`fl.organisations.trial`), with generated data of 20 rows a user;
memory is the resident one of a member's program and session together, at its largest. Bytes are those of its audit log.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.distributed import resident, sent_between
from benchmarks.measure import machine, save, summary, table
from data.catalogue import from_interactions
from data.synthetic import generate
from fl.federation.session import SERVER
from fl.organisations.trial import Trial, divide, names_of
from fl.runs.run_folder import RunFolder
from fl.settings.base import build
from fl.settings.train import TrainSettings

ROWS = 20  # of a user


def measure(size: tuple[int, int], parties: int, users: int, rounds: int, model: str) -> dict[str, Any]:
    """Return what a training took at a party and at the server."""
    n_items, dim = size
    whole = generate(users * parties, n_items, users * parties * ROWS, seed=3)
    given = {"dataset": "mine", "model": model, "parties": parties, "epochs": rounds, "dim": dim, "early_stopping": 0}
    settings: TrainSettings = build(TrainSettings, {**given, "aggregator": "masked"})
    names, told = names_of(parties), []

    def hear(member: str, line: str) -> None:
        if member == SERVER and line.startswith("Round "):
            told.append(time.time())

    with tempfile.TemporaryDirectory() as folder:
        parts = divide(whole, names, settings.seed)
        made = Trial(Path(folder) / "trial", names, parts, settings, catalogue=from_interactions(whole))
        largest = {SERVER: 0.0, names[0]: 0.0}
        try:
            made.start_all(hear)
            while any(program.process.poll() is None for program in made.programs.values()):
                for member in largest:
                    largest[member] = max(largest[member], resident(made.programs[member].process.pid))
                time.sleep(0.1)
            made.wait()
            made.result()
            (run,) = (made.home(names[0]) / "runs").iterdir()
            seconds = [record.seconds for record in RunFolder(run).rounds()[1:]]
            disk = sum(path.stat().st_size for path in run.rglob("*") if path.is_file())
            each = len(told) - 1
            sent = {name: sent_between(made, name, told[0], told[-1]) / each for name in largest}
        finally:
            made.end()
    return {
        "items": n_items,
        "dim": dim,
        "parties": parties,
        "users_of_a_party": users,
        "party_mib": 1024 * largest[names[0]],
        "server_mib": 1024 * largest[SERVER],
        "run_folder_mib": disk / 2**20,
        "party_bytes_a_round": sent[names[0]],
        "server_bytes_a_round": sent[SERVER],
        "round_seconds": summary(seconds),
    }


def _size(text: str) -> tuple[int, int]:
    n_items, _, dim = text.partition("x")
    return int(n_items), int(dim)


def main(argv: list[str] | None = None) -> int:
    """Measure, print a table and the constants, write a JSON file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sizes = [(2_000, 16), (20_000, 32), (100_000, 8), (100_000, 32)]
    parser.add_argument("--sizes", nargs="+", type=_size, default=sizes, metavar="ITEMSxDIM")
    parser.add_argument("--parties", nargs="+", type=int, default=[2])
    parser.add_argument("--users", type=int, default=2_000, help="of each party")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--model", default="fcf")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    given = parser.parse_args(argv)
    results = []
    for size, parties in product(given.sizes, given.parties):
        print(f"{size[0]} items x {size[1]}, {parties} parties", file=sys.stderr)
        results.append(measure(size, parties, given.users, given.rounds, given.model))
    header = ["items", "dim", "parties", "party MiB", "server MiB", "run folder MiB"]
    header += ["party B a round", "server B", "round s"]
    names = ("party_mib", "server_mib", "run_folder_mib", "party_bytes_a_round", "server_bytes_a_round")
    rows = [
        [*map(one.get, header[:3]), *(round(one[name]) for name in names), one["round_seconds"]["median"]]
        for one in results
    ]
    print(table(header, rows))
    constants = {}
    # Constants by least squares; lists of all items are made for many users at a time.
    if len(given.sizes) > 3 and len(given.parties) == 1:
        of = np.array([[1, one["items"], one["items"] * one["dim"]] for one in results])
        for name in names[:3]:
            (base, item, value), *_ = np.linalg.lstsq(of, np.array([one[name] for one in results]), rcond=None)
            constants[name] = {"mib": base, "bytes_an_item": item * 2**20, "bytes_a_value": value * 2**20}
            each = f"{item * 2**20:.0f} bytes an item + {value * 2**20:.0f} a value"
            print(f"{name.replace('_', ' ')}: {base:.0f} MiB + {each}")
    result = {"machine": machine(), "command": " ".join(sys.argv), "results": results, "constants": constants}
    save("sizing", result, given.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
