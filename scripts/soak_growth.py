"""A training of thousands of rounds: what grows with them; a scenario of scripts/soak.py.

    .venv/bin/python scripts/soak_growth.py --rounds 2000

Memory and open files of each kind of process are looked at five times, and the times of rounds by fifths. The first
fifth, in which everything is filled for the first time, is no yardstick: the last is held against the second.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path

import psutil
from soak_faults import Program, kind_of_process, words_of

ROUNDS = 5000
PARTS = 5
MOST_MEMORY = 30.0  # MB by which a process may be larger at the end than after the second fifth
MOST_FILES = 10  # likewise, of open files
MOST_TIME = 1.10  # times the median round of the second fifth


def look(program: Program) -> dict[str, tuple[float, int]]:
    """Return (MB of memory, open files) of the largest process of each kind."""
    top, found = psutil.Process(program.process.pid), dict[str, tuple[float, int]]()
    for process in (top, *top.children(recursive=True)):
        kind = "program" if process == top else kind_of_process(process)
        try:
            seen = process.memory_info().rss / 1e6, process.num_fds()
        except psutil.NoSuchProcess:
            continue
        if kind:
            found[kind] = max(found.get(kind, (0.0, 0)), seen)
    return found


def growth(folder: Path, seed: int, rounds: int = ROUNDS) -> None:
    """Train so many rounds, print what grew, and refuse what grew too much.

    Args:
        folder: an empty one.
        seed: of the training.
        rounds: how many.
    """
    program = Program(folder, *words_of("masked", rounds), "--seed", str(seed))
    seen = []
    for part in range(1, PARTS + 1):
        program.wait_for_round(rounds * part // PARTS - (part == PARTS), longest=None)
        seen.append(look(program))
        print(f"  round {rounds * part // PARTS:5}  " + "  ".join(f"{kind} {mb:.0f} MB {files}" for kind, (mb, files) in
                                                                  sorted(seen[-1].items())), flush=True)  # fmt: skip
    assert program.end() == 0, program.lines[-3:]
    lines = (folder / "runs" / "r" / "metrics.jsonl").read_text("utf-8").splitlines()
    seconds = [json.loads(line)["seconds"] for line in lines]
    size = max(1, rounds // PARTS)
    medians = [statistics.median(seconds[start : start + size]) for start in range(0, rounds - size + 1, size)]
    print("  median round by fifths: " + ", ".join(f"{1000 * one:.1f} ms" for one in medians), flush=True)
    faults = [
        f"{kind}: {before[0]:.0f} to {after[0]:.0f} MB, {before[1]} to {after[1]} files"
        for kind, before in seen[1].items()
        if (after := seen[-1].get(kind)) is not None
        and (after[0] - before[0] > MOST_MEMORY or after[1] - before[1] > MOST_FILES)
    ]
    if medians[-1] > MOST_TIME * medians[1]:
        faults.append(f"rounds: {1000 * medians[1]:.1f} to {1000 * medians[-1]:.1f} ms")
    assert not faults, faults


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secretrec-soak-") as place:
        growth(Path(place), given.seed, given.rounds)
