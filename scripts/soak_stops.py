"""A training whose processes are stopped and go on, that is sent signals, and whose disk is full; for scripts/soak.py.

    .venv/bin/python scripts/soak_stops.py            # all of it; --seconds 5 stops the whole program for less

Stopped and gone on with, a training must end well, without having lost a party, equal in every checkpoint file to one
that nothing happened to. After a signal that ends it, and on a full disk, it must say a sentence, leave no process, and
end equal when it is resumed (once there is space again).
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
from soak_faults import LEFT_AFTER, ROUNDS, RUN, TARGETS, Program, checkpoints, kind_of_process, words_of

WORDS = (*words_of("masked"), "--round-timeout", "30")  # less than the whole program is stopped for
ALL = "all"
SECONDS_ALL = 60.0  # for which a whole program is stopped, as by a laptop that sleeps
SECONDS_ONE = 8.0  # for which one of its processes is; Ray takes a raylet for dead that is silent for half a minute
SIGNALS = ((signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129))  # with what the program's exit code must be
MB_OF_DISK = 8


def undisturbed(home: Path) -> dict[str, bytes]:
    """Return the checkpoints of a training that nothing happens to."""
    assert Program(home, *WORDS).end() == 0
    return checkpoints(home)


def stop(home: Path, what: str, number: int, seconds: float, whole: dict[str, bytes]) -> None:
    """Stop a process, or all, after a round; let it go on; and refuse what did not end as it must.

    Args:
        home: an empty folder.
        what: a process of `soak_faults.TARGETS`, or ALL.
        number: the round.
        seconds: how long.
        whole: the checkpoints of a training that nothing happened to.
    """
    program = Program(home, *WORDS)
    program.wait_for_round(number)
    driver = psutil.Process(program.process.pid)
    family = [driver, *driver.children(recursive=True)]
    victims = [driver] if what == "program" else [one for one in family if what in (ALL, kind_of_process(one))]
    victims = victims if what == ALL else victims[:1]
    for process in victims:
        process.send_signal(signal.SIGSTOP)
    try:
        time.sleep(seconds)
    finally:
        for process in victims:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)
    code = program.end()
    lost = [line for _, line in program.lines if "dropped out" in line]
    well = code == 0 and not lost and checkpoints(home) == whole
    print(
        f"  {what:8} stopped for {seconds:g} s in round {number + 1:2}  exit code {code}  parties lost {len(lost)}  "
        f"{'equal' if well else f'NOT WELL: {program.lines[-4:]}'}",
        flush=True,
    )
    assert well


def end_by(home: Path, number: signal.Signals, code: int, round_number: int, whole: dict[str, bytes]) -> None:
    """Send a signal to the program's whole group, as a terminal does, and resume what it left; refuse what is amiss."""
    program = Program(home, *WORDS, own_group=True)
    program.wait_for_round(round_number)
    family = psutil.Process(program.process.pid).children(recursive=True)
    began = time.monotonic()
    os.killpg(program.process.pid, number)
    found, took = program.end(), time.monotonic() - began
    _, alive = psutil.wait_procs(family, timeout=LEFT_AFTER)
    said = any("Stopping after this round" in line or f"Ended by {number.name}" in line for _, line in program.lines)
    resumed = Program(home, "--resume", RUN).end()
    well = found == code and said and not alive and resumed == 0 and checkpoints(home) == whole
    print(
        f"  {number.name} after round {round_number:2}  exit code {found}  end {took:4.1f} s  left {len(alive)}  "
        f"{'resumed equal' if well else f'NOT WELL: {program.lines[-4:]}'}",
        flush=True,
    )
    assert well


def stops(folder: Path, seed: int, until: float = math.inf, seconds: float = SECONDS_ALL) -> None:
    """Stop each kind of process and the whole program, and end the program by signals.

    Args:
        folder: an empty one.
        seed: of the moments.
        until: when to begin with no other, by `time.monotonic`.
        seconds: for which the whole program is stopped.
    """
    # What is started in the background, or under nohup, ignores these, and so would the programs that get them here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    chance, whole = random.Random(seed), undisturbed(folder / "whole")
    trials: list[Callable[[], None]] = []
    for what in (ALL, *TARGETS):
        length = seconds if what == ALL else SECONDS_ONE
        trials.append(partial(stop, folder / what, what, chance.randint(1, ROUNDS // 2), length, whole))
    for number, code in SIGNALS:
        trials.append(partial(end_by, folder / number.name, number, code, chance.randint(1, ROUNDS // 2), whole))
    for place, trial in enumerate(trials):
        if time.monotonic() > until:
            print(f"  {place} of {len(trials)}; all of them: scripts/soak_stops.py", flush=True)
            return
        trial()


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[bool]:
    """Make a folder a small disk of its own, where this account may; yield whether it is one."""
    place.mkdir()
    words = ("mount", "-t", "tmpfs", "-o", f"size={MB_OF_DISK}m,mode=700", "tmpfs", str(place))
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(("umount", "-l", str(place)), check=True)


def fill(path: Path) -> None:
    """Write a file until the disk is full, to the last byte."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for size in (2**16, 2**10, 1):
            with contextlib.suppress(OSError):
                while file.write(bytes(size)) == size:
                    pass


def disk(folder: Path, seed: int, until: float = math.inf, times: int = 3) -> None:
    """Fill the disk while a run is trained, make space, and resume.

    Args:
        folder: an empty one.
        seed: of the moments.
        until: when to begin no other, by `time.monotonic`.
        times: how often.
    """
    chance, whole = random.Random(seed), undisturbed(folder / "whole")
    for number in range(1, times + 1):
        if time.monotonic() > until:
            return
        with small_disk(folder / f"disk-{number}") as made:
            if not made:
                print("  no disk can be mounted here: only root may. What a full disk does is tested in tests/fl/jobs")
                return
            home, moment = folder / f"disk-{number}" / "home", chance.randint(1, ROUNDS // 2)
            program = Program(home, *WORDS)
            program.wait_for_round(moment)
            time.sleep(chance.random() * 0.3)
            fill(home / "filler")
            code = program.end()
            told = [line for _, line in program.lines if line.startswith("Error: ") and "No space left" in line]
            (home / "filler").unlink()
            resumed = Program(home, "--resume", RUN).end()
            well = code == 1 and told and resumed == 0 and checkpoints(home) == whole
            print(
                f"  disk full after round {moment:2}  exit code {code}  "
                f"{'a sentence, resumed equal' if well else f'NOT WELL: {program.lines[-4:]}'}",
                flush=True,
            )
            assert well


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=SECONDS_ALL, help="for which the whole program is stopped")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secretrec-soak-") as made:
        (Path(made) / "stops").mkdir()
        stops(Path(made) / "stops", given.seed, seconds=given.seconds)
        (Path(made) / "disk").mkdir()
        disk(Path(made) / "disk", given.seed)
