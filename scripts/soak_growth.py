"""A training of thousands of rounds: what grows with them; a scenario of scripts/soak.py.

    .venv/bin/python scripts/soak_growth.py --rounds 2000

Memory, open files and the processor's time of each kind of process are looked at five times. The first fifth, in which
everything is filled for the first time, is no yardstick: the last is held against the second. A round's time by the
clock is printed too, but not judged: on a machine that does other work beside, it says more of that.
"""

from __future__ import annotations

import argparse
import json
import math
import signal
import statistics
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psutil
from soak_faults import Program, kind_of_process, words_of

ROUNDS = 5000
FIRST, FEWEST = 25, 200  # rounds: after which one is timed, and that are trained whatever the time
PARTS = 5
MOST_MEMORY = 30.0  # MB by which a process may be larger at the end than after the second fifth
MOST_FILES = 10  # likewise, of open files
MOST_TIME = 1.10  # times the processor's time of a round in the second fifth


@dataclass(frozen=True)
class Seen:
    """A look at the processes of one kind: the largest one's MB of memory and open files, and all their seconds."""

    mb: float = 0.0
    files: int = 0
    seconds: float = 0.0


def look(program: Program) -> dict[str, Seen]:
    """Return what is seen of each kind of process, by kind."""
    top, found = psutil.Process(program.process.pid), dict[str, Seen]()
    for process in (top, *top.children(recursive=True)):
        try:
            kind = "program" if process == top else kind_of_process(process) or "others"
            mb, files, times = process.memory_info().rss / 1e6, process.num_fds(), process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        so_far = found.get(kind, Seen())
        found[kind] = Seen(max(so_far.mb, mb), max(so_far.files, files), so_far.seconds + times.user + times.system)
    return found


def growth(folder: Path, seed: int, until: float = math.inf, rounds: int = ROUNDS) -> None:
    """Train so many rounds, or as many as there is time for; print what grew, and refuse what grew too much.

    Args:
        folder: an empty one.
        seed: of the training.
        until: when to end, by `time.monotonic`.
        rounds: how many.
    """
    planned, program = rounds, Program(folder, *words_of("masked", rounds), "--seed", str(seed))
    if until < math.inf:
        program.wait_for_round(FIRST, longest=None)
        began = time.monotonic()
        program.wait_for_round(2 * FIRST, longest=None)
        left = (until - time.monotonic()) / (time.monotonic() - began) * FIRST
        rounds = min(rounds, max(FEWEST, 2 * FIRST + round(left)))
    seen, at = [], []
    for part in range(1, PARTS + 1):
        program.wait_for_round(rounds * part // PARTS - (part == PARTS), longest=None)
        seen.append(look(program))
        at.append(program.rounds())
        said = (f"{kind} {one.mb:.0f} MB {one.files}" for kind, one in sorted(seen[-1].items()) if kind != "others")
        print(f"  round {at[-1]:5}  {'  '.join(said)}", flush=True)
    if rounds < planned:
        program.process.send_signal(signal.SIGINT)  # the time is up
    assert program.end() == 0, program.lines[-3:]
    lines = (folder / "runs" / "r" / "metrics.jsonl").read_text("utf-8").splitlines()
    seconds = [json.loads(line)["seconds"] for line in lines]
    size = max(1, len(seconds) // PARTS)
    medians = [statistics.median(seconds[part * size : (part + 1) * size]) for part in range(PARTS)]
    print("  median round by fifths: " + ", ".join(f"{1000 * one:.1f} ms" for one in medians), flush=True)
    # Of the fifths after the first: the processor's milliseconds for a round.
    spent = {
        kind: [
            1000 * (after[kind].seconds - before[kind].seconds) / (end - start)
            for (start, before), (end, after) in pairwise(zip(at, seen, strict=True))
        ]
        for kind in set.intersection(*map(set, seen))
    }
    for kind, times in sorted(spent.items()):
        print(f"  processor, ms a round: {kind:8}" + ", ".join(f"{one:.1f}" for one in times), flush=True)
    faults = [
        f"{kind}: {before.mb:.0f} to {after.mb:.0f} MB, {before.files} to {after.files} files"
        for kind, before in seen[1].items()
        if kind != "others"
        and (after := seen[-1].get(kind)) is not None
        and (after.mb - before.mb > MOST_MEMORY or after.files - before.files > MOST_FILES)
    ]
    first, last = (sum(times[place] for times in spent.values()) for place in (0, -1))
    if last > MOST_TIME * first:
        faults.append(f"the processor's time for a round: {first:.1f} to {last:.1f} ms")
    assert not faults, faults


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secretrec-soak-") as place:
        growth(Path(place), given.seed, rounds=given.rounds)
