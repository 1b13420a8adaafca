"""Ends of a training on a Ray cluster that somebody else runs; a scenario of scripts/soak.py.

A training is ended by signals to its program. Ten seconds later none of its processes may be left on the nodes, whose
own processes go on; and the run, resumed, has to end equal, in every checkpoint file, to one that nothing happened to.

    .venv/bin/python scripts/soak_cluster.py
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from soak_faults import ROUNDS, RUN, Program, checkpoints, words_of  # noqa: E402  # needs no path

from benchmarks.two_nodes import Cluster, nodes  # noqa: E402  # the program's own folder has to be known before

ENDS = {
    "Ctrl+C": (signal.SIGINT,),
    "Ctrl+C twice": (signal.SIGINT, signal.SIGINT),
    "SIGTERM": (signal.SIGTERM,),
    "SIGKILL": (signal.SIGKILL,),
}
BETWEEN = 0.2  # seconds between two signals


def end_once(cluster: Cluster, home: Path, numbers: tuple[int, ...], number: int, whole: dict[str, bytes]) -> bool:
    """Train, end it in a round by signals, look what is left, and resume; print a line.

    Args:
        cluster: to train on.
        home: an empty folder.
        numbers: of the signals.
        number: of the round.
        whole: the checkpoints of a training that nothing happened to.

    Returns:
        Whether all was as it must be.
    """
    where = ("--runtime", "cluster", "--address", cluster.address)
    program = Program(home, *words_of("masked"), *where)
    program.wait_for_round(number)
    began = time.monotonic()
    for each in numbers:
        program.process.send_signal(each)
        time.sleep(BETWEEN)
    code = program.end()
    end, said = time.monotonic() - began, program.rounds()
    left, live = cluster.actors_left(), all(one.poll() is None for one in cluster.nodes.values())
    again = Program(home, "--resume", RUN, "--epochs", str(ROUNDS))
    code_again = again.end()
    first = min((int(line.split()[1]) for _, line in again.lines if line.startswith("Round ")), default=ROUNDS + 1)
    lost = max(0, said + 1 - first)
    equal = code_again == 0 and checkpoints(home) == whole
    well = equal and not left and live and not lost
    print(
        f"  {' and '.join(signal.Signals(each).name for each in numbers):18} round {number:3}  exit code {code:4}  "
        f"end {end:4.1f} s  left {len(left)}  nodes {'go on' if live else 'DIED'}  rounds lost {lost}  "
        f"resumed {'equal' if equal else 'NOT EQUAL: ' + again.lines[-1][1]}",
        flush=True,
    )
    return well


def cluster(folder: Path, seed: int) -> None:
    """End trainings on two nodes in all the ways of ENDS, at random rounds."""
    chance = random.Random(seed)
    with nodes(north=4, south=1) as running:
        home = folder / "whole"
        assert Program(home, *words_of("masked"), "--runtime", "cluster", "--address", running.address).end() == 0
        whole = checkpoints(home)
        well = [
            end_once(running, folder / str(place), numbers, chance.randint(1, ROUNDS // 2), whole)
            for place, numbers in enumerate(ENDS.values())
        ]
    assert all(well)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="secretrec-soak-") as place:
        cluster(Path(place), 1)
