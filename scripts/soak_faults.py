"""Kills of a training on one machine: any of its processes, at any stage; a scenario of scripts/soak.py.

After each kill of a process the program has to say a sentence and end; nothing that it started may be left; and the
run, resumed, has to end equal, in every checkpoint file, to one that nothing happened to.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
TARGETS = ("raylet", "GCS", "server", "program")  # a lost party changes the sums that follow, so the end is another
AGGREGATORS = ("masked", "secure", "robust")
ROUNDS = 40
KILLS = 24
LONGEST = 300.0  # seconds that anything may take
LEFT_AFTER = 10.0  # seconds after the end, when nothing may be left
RUN = "r"


@dataclass(frozen=True)
class Killed:
    """A kill and what came of it; times in seconds from the kill."""

    what: str
    aggregator: str
    round: int
    sentence: float | None  # None of the program itself, which can say nothing
    end: float
    lost: int  # rounds that were said to be finished and were trained again
    left: tuple[str, ...]
    equal: bool

    @property
    def well(self) -> bool:
        """Whether all was as it must be, but for times, which depend on the machine."""
        said = self.sentence is not None or self.what == "program"
        return said and self.equal and not self.lost and not self.left


class Program:
    """A training in a process of its own.

    Attributes:
        lines: what it said: (time, text).
    """

    def __init__(self, home: Path, *words: str) -> None:
        self.lines: list[tuple[float, str]] = []
        self._changed = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "TheMain.py"), "train", *words],
            cwd=ROOT,
            env={**os.environ, "SECRETREC_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            with self._changed:
                self.lines.append((time.monotonic(), line.rstrip()))
                self._changed.notify_all()

    def wait_for_round(self, number: int) -> None:
        """Return when that round was said to be finished."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.rounds() >= number, LONGEST):
                raise TimeoutError(f"round {number} was not reached")

    def rounds(self) -> int:
        """Return the last round that was said to be finished."""
        return max((int(line.split()[1]) for _, line in self.lines if line.startswith("Round ")), default=0)

    def end(self) -> int:
        """Return the exit code when it has ended; one that takes too long is killed."""
        try:
            return self.process.wait(LONGEST)
        finally:
            self.process.kill()
            self.process.wait()
            self._reader.join()


def words_of(aggregator: str) -> tuple[str, ...]:
    """Return the settings of the training."""
    return (
        *("--dataset", "demo", "--parties", "3", "--dim", "8", "--epochs", str(ROUNDS), "--name", RUN),
        *("--aggregator", aggregator, "--early-stopping", "0"),
    )


def checkpoints(home: Path) -> dict[str, bytes]:
    """Return all array files of the run, by their place in it."""
    folder = home / "runs" / RUN
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.safetensors"))}


def kill(home: Path, what: str, aggregator: str, number: int, delay: float, whole: dict[str, bytes]) -> Killed:
    """Train, kill a process after a round, wait, and resume.

    Args:
        home: an empty folder.
        what: of TARGETS.
        aggregator: of the training.
        number: the round.
        delay: seconds after it.
        whole: the checkpoints of a training that nothing happened to.
    """
    program = Program(home, *words_of(aggregator))
    program.wait_for_round(number)
    time.sleep(delay)
    driver = psutil.Process(program.process.pid)
    family = driver.children(recursive=True)
    victim = driver if what == "program" else next(one for one in family if _is(what, one))
    began = time.monotonic()
    victim.kill()
    program.end()
    end, said = time.monotonic() - began, program.rounds()
    errors = [moment - began for moment, line in program.lines if line.startswith("Error: ")]
    _, alive = psutil.wait_procs(family, timeout=LEFT_AFTER)
    left = tuple(sorted(_words(one)[:40] for one in alive))
    again = Program(home, "--resume", RUN)
    code = again.end()
    first = min((int(line.split()[1]) for _, line in again.lines if line.startswith("Round ")), default=ROUNDS + 1)
    return Killed(
        what,
        aggregator,
        number,
        errors[0] if errors else None,
        end,
        max(0, said + 1 - first),
        left,
        code == 0 and checkpoints(home) == whole,
    )


def _words(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""


def _is(what: str, process: psutil.Process) -> bool:
    first = _words(process).split(" ")[0]
    if what == "server":
        return "ItemServer" in first
    return first.endswith({"raylet": "/raylet", "GCS": "/gcs_server"}[what])


def campaign(folder: Path, seed: int, kills: int = KILLS) -> list[Killed]:
    """Kill so often, targets and aggregators in turn, at random moments; print a line for each and return them all."""
    chance, whole, found = random.Random(seed), {}, []
    for number in range(kills):
        what, aggregator = TARGETS[number % len(TARGETS)], AGGREGATORS[number // len(TARGETS) % len(AGGREGATORS)]
        if aggregator not in whole:
            home = folder / f"whole-{aggregator}"
            assert Program(home, *words_of(aggregator)).end() == 0, aggregator
            whole[aggregator] = checkpoints(home)
        moment = chance.randint(1, ROUNDS - 5), chance.random() * 0.3
        one = kill(folder / f"kill-{number}", what, aggregator, *moment, whole[aggregator])
        found.append(one)
        told = "-" if one.sentence is None else f"{one.sentence:.1f} s"
        print(
            f"  {one.what:8}{one.aggregator:8} round {one.round:3}  sentence {told:>7}  end {one.end:5.1f} s  "
            f"rounds lost {one.lost}  left {len(one.left)}  {'equal' if one.equal else 'NOT EQUAL'}",
            flush=True,
        )
    return found


def faults(folder: Path, seed: int) -> None:
    """Kill the processes of trainings on one machine."""
    found = campaign(folder, seed)
    times = [one.sentence for one in found if one.sentence is not None]
    print(f"  {len(found)} kills: worst time to a sentence {max(times, default=0):.1f} s", flush=True)
    assert all(one.well for one in found), [one for one in found if not one.well]
