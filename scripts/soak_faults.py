"""Kills of a training on one machine: any of its processes, at any stage; a scenario of scripts/soak.py.

After each kill of a process the program has to say a sentence and end; nothing that it started may be left; and the
run, resumed, has to end equal, in every checkpoint file, to one that nothing happened to. Where the others go on
without a party that was killed, the run has to end well, and to say whose users its figures leave out.

    .venv/bin/python scripts/soak_faults.py --kills 8 --first 16 --seed 1     # a part of the campaign: kills 17 to 24
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
TARGETS = ("raylet", "GCS", "server", "party", "program")
AGGREGATORS = ("masked", "secure", "robust")
ROUNDS = 40  # twice as many as are done at the latest when a process is killed: some take no 30 milliseconds
KILLS = 120  # each target with each aggregator, eight times
EARLY = 4  # one kill in so many comes while all is started
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
    end: float  # of the program; of a run that went on without a party, when that was said
    lost: int  # rounds that were said to be finished and were trained again
    left: tuple[str, ...]
    equal: bool
    code: int  # the exit code of the program
    last_words: tuple[str, ...]  # of the program
    went_on: bool = False  # without a party

    @property
    def well(self) -> bool:
        """Whether all was as it must be, but for times, which depend on the machine."""
        # Nothing is to be said of a process that was killed when it had done all that the run needed of it.
        said = self.sentence is not None or self.what == "program" or self.code == 0
        return said and self.equal and not self.lost and not self.left


class Program:
    """A training in a process of its own.

    Attributes:
        lines: what it said: (time, text).
    """

    def __init__(self, home: Path, *words: str, own_group: bool = False) -> None:
        """Start it.

        Args:
            home: folder of its runs.
            words: of the command `train`.
            own_group: whether signals to this process's group, such as Ctrl+C, do not reach it.
        """
        self.lines: list[tuple[float, str]] = []
        self._changed = threading.Condition()
        self._round = 0
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "TheMain.py"), "train", *words],
            cwd=ROOT,
            env={**os.environ, "SECRETREC_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=own_group,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            with self._changed:
                self.lines.append((time.monotonic(), line.rstrip()))
                if line.startswith("Round "):
                    self._round = int(line.split()[1])
                self._changed.notify_all()
        self.process.wait()
        with self._changed:
            self._changed.notify_all()  # nobody waits for a round of a program that ended

    def wait_for_round(self, number: int, longest: float | None = LONGEST) -> None:
        """Return when that round was said to be finished; of round 0, when processes are there to be killed."""
        if not number:
            self._wait_for_processes()
            return
        with self._changed:
            if not self._changed.wait_for(lambda: self._round >= number or self.process.poll() is not None, longest):
                raise TimeoutError(f"round {number} was not reached")

    def _wait_for_processes(self) -> None:
        deadline = time.monotonic() + LONGEST
        while not any(kind_of_process(one) == "GCS" for one in psutil.Process(self.process.pid).children()):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise TimeoutError("Ray was not started")
            time.sleep(0.05)

    def rounds(self) -> int:
        """Return the last round that was said to be finished."""
        return self._round

    def end(self) -> int:
        """Return the exit code when it has ended; one that takes too long is killed."""
        try:
            return self.process.wait(LONGEST)
        finally:
            self.process.kill()
            self.process.wait()
            self._reader.join()


def words_of(aggregator: str, rounds: int = ROUNDS) -> tuple[str, ...]:
    """Return the settings of the training."""
    return (
        *("--dataset", "demo", "--model", "fcf", "--parties", "3", "--dim", "8", "--epochs", str(rounds)),
        *("--name", RUN, "--aggregator", aggregator, "--early-stopping", "0"),
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
        number: the round, or a later one, where rounds are faster than this program looks.
        delay: seconds after it.
        whole: the checkpoints of a training that nothing happened to.
    """
    program = Program(home, *words_of(aggregator))
    program.wait_for_round(number)
    time.sleep(delay)
    if program.process.poll() is not None:
        raise AssertionError(f"ended before it was killed: {program.lines[-4:]}")
    driver = psutil.Process(program.process.pid)
    family = driver.children(recursive=True)
    victims = [driver] if what == "program" else [one for one in family if kind_of_process(one) == what]
    if not victims:  # not started yet
        what, victims = "GCS", [one for one in family if kind_of_process(one) == "GCS"]
    began, number = time.monotonic(), program.rounds()
    victims[0].kill()
    code = program.end()
    end, said = time.monotonic() - began, program.rounds()
    errors = [moment - began for moment, line in program.lines if line.startswith("Error: ")]
    told = [moment - began for moment, line in program.lines if "dropped out: " in line]
    _, alive = psutil.wait_procs(family, timeout=LEFT_AFTER)
    left = tuple(sorted(_words(one)[:40] for one in alive))
    last_words = tuple(line for _, line in program.lines[-4:])
    if code == 0 and told:
        whose = any(line.startswith("These figures cover ") for _, line in program.lines)
        well = whose and said == ROUNDS
        return Killed(what, aggregator, number, told[0], told[0], 0, left, well, code, last_words, went_on=True)
    kept = (home / "runs" / RUN).exists()
    again = Program(home, *(("--resume", RUN) if kept else words_of(aggregator)))
    code_again = again.end()
    first = min((int(line.split()[1]) for _, line in again.lines if line.startswith("Round ")), default=ROUNDS + 1)
    return Killed(
        what,
        aggregator,
        number,
        errors[0] if errors else None,
        end,
        max(0, said + 1 - first),
        left,
        code_again == 0 and checkpoints(home) == whole,
        code,
        last_words,
    )


def _words(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""


def kind_of_process(process: psutil.Process) -> str:
    """Return which one of TARGETS a process is, "" for any other."""
    first = _words(process).split(" ")[0]
    ends = {"raylet": "/raylet", "GCS": "/gcs_server"}
    inside = {"server": "ItemServer", "party": "PartyWorker"}
    return next(
        (kind for kind, end in ends.items() if first.endswith(end)),
        next((kind for kind, name in inside.items() if name in first), ""),
    )


def campaign(folder: Path, seed: int, until: float = math.inf, kills: int = KILLS, before: int = 0) -> list[Killed]:
    """Kill so often, targets and aggregators in turn, at random moments; print a line for each and return them all.

    Args:
        folder: an empty one.
        seed: of the moments.
        until: when to begin no other, by `time.monotonic`.
        kills: how often.
        before: how many of the campaign were done before, and are left out.
    """
    chance = random.Random(seed)
    whole: dict[str, dict[str, bytes]] = {}
    found: list[Killed] = []
    for number in range(before + kills):
        what, aggregator = TARGETS[number % len(TARGETS)], AGGREGATORS[number // len(TARGETS) % len(AGGREGATORS)]
        moment, delay = chance.randint(1, ROUNDS // 2), chance.random() * 0.3
        if number % EARLY == EARLY - 1:
            moment, delay = 0, chance.random() * 4
        if number < before:
            continue
        if time.monotonic() > until:
            print(
                f"  {len(found)} of {kills} kills; the next ones: scripts/soak_faults.py --first {number}", flush=True
            )
            break
        if aggregator not in whole:
            home = folder / f"whole-{aggregator}"
            assert Program(home, *words_of(aggregator)).end() == 0, aggregator
            whole[aggregator] = checkpoints(home)
        one = kill(folder / f"kill-{number}", what, aggregator, moment, delay, whole[aggregator])
        found.append(one)
        told = "-" if one.sentence is None else f"{one.sentence:.1f} s"
        end = "went on without it" if one.went_on else f"end {one.end:5.1f} s"
        print(
            f"  {one.what:8}{one.aggregator:8} round {one.round:3}  sentence {told:>7}  {end:18}  "
            f"rounds lost {one.lost}  left {len(one.left)}  {'as it must be' if one.well else f'NOT WELL: {one}'}",
            flush=True,
        )
    return found


def faults(folder: Path, seed: int, until: float = math.inf, kills: int = KILLS, before: int = 0) -> None:
    """Kill the processes of trainings on one machine; arguments as of `campaign`."""
    found = campaign(folder, seed, until, kills, before)
    for what in TARGETS:
        own = [one for one in found if one.what == what]
        said = [one.sentence for one in own if one.sentence is not None]
        ends = [one.end for one in own if not one.went_on]
        print(
            f"  {what:8}{len(own):3} kills  worst to a sentence {max(said, default=0):4.1f} s  worst to the end "
            f"{max(ends, default=0):4.1f} s  rounds lost {sum(one.lost for one in own)}  left "
            f"{sum(len(one.left) for one in own)}  as it must be {sum(one.well for one in own)}",
            flush=True,
        )
    assert all(one.well for one in found), [one for one in found if not one.well]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--first", type=int, default=0, help="how many kills of the campaign were done before")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secretrec-soak-") as place:
        faults(Path(place), given.seed, kills=given.kills, before=given.first)
