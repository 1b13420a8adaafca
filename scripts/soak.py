"""Long trials, of federations and of trainings on one machine: make soak, or .venv/bin/python scripts/soak.py.

    .venv/bin/python scripts/soak.py                       # all of them, as much as fits into about 25 minutes
    .venv/bin/python scripts/soak.py --minutes 120         # as much as fits into two hours
    .venv/bin/python scripts/soak.py kills cut --seed 7
    .venv/bin/python scripts/soak.py growth --whole        # one of them, to its end

Real programs with generated data of ML-100K's size. Each scenario must end with the figures of an undisturbed trial, to
the last digit, where the same members took part, and must not train any round more than twice. Some go on to their
end:

    cut        one party's network is cut for 20 seconds (a network namespace each, as root; else it is stopped)
    absence    one of 4 parties is gone for good, the others go on without it, and it comes back later
    disk       the disk of a training on one machine is full
    cluster    one on a Ray cluster is ended by signals and by SIGKILL (scripts/soak_cluster.py)
    tests      those that `make test` leaves out, because others show the same in less time

The others have the time that is left then, each its share, and with --whole go on to their end too. 200 kills are those
of `kills` and `faults`:

    kills      80 kills at random moments, ten a trial: of sessions, and of whole programs that are started again
    models     every model, with every aggregator and with noise, a few rounds each
    stops      a training's processes are stopped and go on, and it is sent signals (scripts/soak_stops.py)
    faults     120 kills of a training on one machine: of each of its processes (scripts/soak_faults.py)
    fuzz       100,000 changed inputs for every reader of files and messages (tests/fuzz)
    growth     5,000 rounds of one training: memory, files and times (scripts/soak_growth.py)

The exit code is 0 when all is as it must be.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402  # the program's own folder has to be known before
from soak_cluster import cluster  # noqa: E402
from soak_faults import faults  # noqa: E402
from soak_growth import growth  # noqa: E402
from soak_stops import disk, stops  # noqa: E402

from data.catalogue import from_interactions  # noqa: E402
from data.synthetic import generate  # noqa: E402
from fl.federation.session import SERVER  # noqa: E402
from fl.organisations.trial import NAMES, Trial, divide  # noqa: E402
from fl.runs.run_folder import RunFolder  # noqa: E402
from fl.settings.base import build  # noqa: E402
from fl.settings.federation import FederationRules  # noqa: E402
from fl.settings.train import TrainSettings  # noqa: E402
from models.registry import MODELS  # noqa: E402

ROUNDS = 40
ROUNDS_WITH_ABSENCE = 150  # the others train while the party that was gone starts
KILLS, TRIALS_OF_KILLS = 10, 8  # kills of a trial
CASES, CASES_AT_ONCE = 100_000, 2_000  # of fuzzing; the latter take about half a minute
MINUTES = 25.0
CUT_SECONDS = 20.0
LONGEST = 600.0  # seconds of a scenario
RULES = FederationRules(gone_after=15, connect_timeout=60, receive_timeout=60, restarts=20)
ROUNDS_OF_A_MODEL = 3
CONFIGURATIONS: tuple[dict[str, Any], ...] = (
    *({"model": model, "aggregator": "masked"} for model in MODELS),
    *({"model": model, "aggregator": "verified"} for model in MODELS),
    *({"model": model, "aggregator": "plain"} for model in MODELS),
    *({"model": model, "dp": "user", "target_epsilon": 8.0} for model in ("fcf", "pfedrec", "fedrap")),
    {"model": "fcf", "clients_per_round": 0.5, "client_sampling": "poisson"},
)


class Watch:
    """The round that the server saw last; what members show is printed."""

    def __init__(self) -> None:
        self.round = 0
        self._changed = threading.Condition()

    def hear(self, member: str, line: str) -> None:
        """Take a line that a member shows."""
        print(f"    {member:8}{line}", flush=True)
        if member == SERVER and line.startswith("Round "):
            with self._changed:
                self.round = int(line.split()[1])
                self._changed.notify_all()

    def wait_for(self, number: int) -> None:
        """Return when the server saw that round."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.round >= number, LONGEST):
                raise TimeoutError(f"round {number} was not reached")


def trial(
    folder: Path, parties: int, seed: int, rounds: int = ROUNDS, chosen: Mapping[str, Any] | None = None, **more: Any
) -> Trial:
    """Return a trial of generated data."""
    whole = generate(943, 1682, 100_000, seed=3)
    names = NAMES[:parties]
    settings: TrainSettings = build(
        TrainSettings,
        {
            "model": "fcf",
            "parties": parties,
            "aggregator": "masked",
            "epochs": rounds,
            "seed": seed,
            "early_stopping": 0,
            **(chosen or {}),
        },
    )
    rules = RULES.model_copy(
        update={"allow_plain": settings.aggregator == "plain", **({"restarts": 0} if chosen else {})}
    )
    return Trial(folder, names, divide(whole, names, seed), settings, rules, from_interactions(whole), **more)


def figures(made: Trial, member: str) -> dict[int, tuple[float | None, dict[str, float], tuple[str, ...]]]:
    """Return loss, validation figures and who was missing, by round, as a member has them."""
    (run,) = (made.home(member) / "runs").iterdir()
    return {r.round: (r.loss, r.valid, tuple(sorted(r.dropped))) for r in RunFolder(run).rounds()}


def repeated(made: Trial) -> list[int]:
    """Return how many rounds each session but the first repeated, by the logs of what its members had done.

    All members' logs, because a program that was killed notes no end.
    """
    starts = [(line["at"], line["round"]) for line in made.audit(SERVER) if line["what"] == "session"]
    lines = [line for member in (SERVER, *made.parties) for line in made.audit(member)]
    ended = [(line["at"], line["round"]) for line in lines if line["what"] == "session ended"]
    return [
        max(0, max(reached for at, reached in ended if began < at < until) - start)
        for (began, _), (until, start) in pairwise(starts)
    ]


def undisturbed(folder: Path, parties: int, seed: int, rounds: int = ROUNDS) -> dict[int, Any]:
    """Return the figures of a trial that nothing happens to."""
    made = trial(folder, parties, seed, rounds)
    try:
        made.start_all()
        codes = made.wait(LONGEST)
        assert not any(codes.values()), codes
        return figures(made, SERVER)
    finally:
        made.end()


def check_ended(made: Trial, codes: dict[str, int]) -> None:
    """Refuse a trial that did not end well everywhere, with the same figures at each member."""
    assert not any(codes.values()), {name: (codes[name], made.programs[name].lines[-3:]) for name in codes}
    own = {name: figures(made, name) for name in (SERVER, *made.parties)}
    for name, found in own.items():
        assert list(found) == list(range(1, ROUNDS + 1)), (name, list(found))
        assert found == own[SERVER], name
    assert max(repeated(made), default=0) <= 1, repeated(made)


def kills(folder: Path, seed: int, until: float) -> None:
    """Kill sessions and programs at random moments, some in each trial, until the trials or the time are over.

    Args:
        folder: an empty one.
        seed: of the trials, each its own from here on.
        until: when to begin no other trial, by `time.monotonic`.
    """
    for number in range(TRIALS_OF_KILLS):
        if number and time.monotonic() > until:
            break
        trial_with_kills(folder / str(number), seed + number)
        print(f"  {(number + 1) * KILLS} of {TRIALS_OF_KILLS * KILLS} kills", flush=True)


def trial_with_kills(folder: Path, seed: int) -> None:
    """Kill so often in a trial, and refuse one that did not end with the figures of an undisturbed one."""
    chance, watch = random.Random(seed), Watch()
    reference = undisturbed(folder / "reference", 3, seed)
    made = trial(folder / "trial", 3, seed)
    try:
        made.start_all(watch.hear)
        for number in range(1, KILLS + 1):
            watch.wait_for(min(ROUNDS - 2, round(number * (ROUNDS - 4) / KILLS)))
            time.sleep(chance.random() * 0.5)
            victim = chance.choice((SERVER, *made.parties))
            program = made.programs[victim]
            sessions = psutil.Process(program.process.pid).children() if program.process.poll() is None else []
            if sessions and chance.random() < 0.6:
                print(f"  kill {number}: the session of {victim}", flush=True)
                sessions[0].kill()
            elif program.process.poll() is None:
                print(f"  kill {number}: the program of {victim}", flush=True)
                program.process.kill()
                program.wait()
                made.start(victim, watch.hear)
        check_ended(made, made.wait(LONGEST))
        assert figures(made, SERVER) == reference
    finally:
        made.end()


def cut(folder: Path, seed: int) -> None:
    """Cut a party off for a while."""
    reference, watch = undisturbed(folder / "reference", 3, seed), Watch()
    with networks((SERVER, *NAMES[:3])) as (hosts, prefix, disconnect):
        made = trial(folder / "trial", 3, seed, hosts=hosts, prefix=prefix)
        try:
            made.start_all(watch.hear)
            watch.wait_for(ROUNDS // 3)
            print(f"  bob is cut off for {CUT_SECONDS:g} seconds", flush=True)
            with disconnect(made, "bob"):
                time.sleep(CUT_SECONDS)
            check_ended(made, made.wait(LONGEST))
            assert figures(made, SERVER) == reference
        finally:
            made.end()


def absence(folder: Path, seed: int) -> None:
    """Lose a party for good, go on without it, and take it back."""
    watch = Watch()
    reference = undisturbed(folder / "reference", 4, seed, ROUNDS_WITH_ABSENCE)
    made = trial(folder / "trial", 4, seed, ROUNDS_WITH_ABSENCE)
    try:
        made.start_all(watch.hear)
        watch.wait_for(10)
        made.programs["dave"].process.kill()
        made.programs["dave"].wait()
        gone_at = watch.round
        print(f"  dave is gone after round {gone_at}", flush=True)
        watch.wait_for(gone_at + 3)
        print("  dave comes back", flush=True)
        made.start("dave", watch.hear)
        codes = made.wait(LONGEST)
        assert not any(codes.values()), codes
        found = figures(made, SERVER)
        assert list(found) == list(range(1, ROUNDS_WITH_ABSENCE + 1))
        without = [number for number, (_, _, missing) in found.items() if missing == ("dave",)]
        assert without, "the others did not go on"
        assert without == list(range(without[0], without[-1] + 1)), without
        assert without[-1] < ROUNDS_WITH_ABSENCE, "dave was not taken back"
        for number in range(1, without[0]):
            assert found[number] == reference[number], number
    finally:
        made.end()


def models(folder: Path, seed: int, until: float) -> None:
    """Train every configuration, a few rounds, or as many as there is time for; which is the first depends on the seed.

    Args:
        folder: an empty one.
        seed: of the trials.
        until: when to begin no other, by `time.monotonic`.
    """
    for place in range(len(CONFIGURATIONS)):
        if time.monotonic() > until:
            print(
                f"  {place} of {len(CONFIGURATIONS)} configurations; with another --seed it begins elsewhere",
                flush=True,
            )
            break
        chosen = CONFIGURATIONS[(place + 7 * seed) % len(CONFIGURATIONS)]
        words = ", ".join(f"{name} {value}" for name, value in chosen.items())
        began = time.monotonic()
        made = trial(folder / str(place), 2, seed, ROUNDS_OF_A_MODEL, chosen)
        try:
            made.start_all()
            codes = made.wait(LONGEST)
            assert not any(codes.values()), (words, {name: made.programs[name].lines[-3:] for name in codes})
            own = [figures(made, name) for name in (SERVER, *made.parties)]
            assert list(own[0]) == list(range(1, ROUNDS_OF_A_MODEL + 1)), words
            assert all(found == own[0] for found in own), words
        finally:
            made.end()
        print(f"  {words}: {time.monotonic() - began:.0f} s", flush=True)


@contextlib.contextmanager
def networks(members: tuple[str, ...]) -> Iterator[tuple[Any, Any, Callable[[Trial, str], Any]]]:
    """Give each member a network namespace of its own on one bridge, where this account may make them.

    Yields:
        (hosts, prefix) for `Trial`, and a context in which a member is cut off.
    """

    def run(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True)

    tag = f"sr{os.getpid() % 10000}"
    if (
        os.geteuid() != 0
        or shutil.which("ip") is None
        or subprocess.run(["ip", "link", "add", tag, "type", "bridge"], capture_output=True, check=False).returncode
    ):
        print("  no network namespaces here: the party's programs are stopped instead", flush=True)
        yield None, lambda member: (), stopped
        return
    made: list[str] = []
    try:
        run("ip", "link", "set", tag, "up")
        hosts = {}
        for place, member in enumerate(members):
            name, host = f"{tag}-{place}", f"10.213.77.{place + 1}"
            run("ip", "netns", "add", name)
            made.append(name)
            run("ip", "link", "add", f"{name}a", "type", "veth", "peer", "name", "eth0", "netns", name)
            run("ip", "link", "set", f"{name}a", "master", tag, "up")
            inside = ("ip", "-n", name)
            run(*inside, "addr", "add", f"{host}/24", "dev", "eth0")
            run(*inside, "link", "set", "eth0", "up")
            run(*inside, "link", "set", "lo", "up")
            hosts[member] = host

        @contextlib.contextmanager
        def down(made: Trial, member: str) -> Iterator[None]:
            link = f"{tag}-{members.index(member)}a"
            run("ip", "link", "set", link, "down")
            try:
                yield
            finally:
                run("ip", "link", "set", link, "up")

        yield hosts, lambda member: ("ip", "netns", "exec", f"{tag}-{members.index(member)}"), down
    finally:
        for name in made:
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", tag], capture_output=True, check=False)


@contextlib.contextmanager
def stopped(made: Trial, member: str) -> Iterator[None]:
    """Stop a member's programs for a while."""
    top = psutil.Process(made.programs[member].process.pid)
    family = [top, *top.children(recursive=True)]
    for process in family:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)


def fuzz(folder: Path, seed: int, until: float) -> None:
    """Give every reader many changed inputs, some thousands at a time.

    Args:
        folder: not used: the tests make their own.
        seed: of the first thousands; the next ones count up.
        until: when to begin no others, by `time.monotonic`.
    """
    for done in itertools.count(1):
        drawn = {"SECRETREC_FUZZ_CASES": str(CASES_AT_ONCE), "SECRETREC_FUZZ_SEED": str(1000 * seed + done)}
        run_tests("-s", "tests/fuzz", **drawn)
        print(f"  {done * CASES_AT_ONCE:,} cases", flush=True)
        if done * CASES_AT_ONCE >= CASES or time.monotonic() > until:
            break


def tests(folder: Path, seed: int) -> None:
    """Run what `make test` leaves out."""
    run_tests("-m", "campaign", "tests")


def run_tests(*words: str, **variables: str) -> None:
    """Run tests in a program of its own."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *words]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=True)


@dataclass(frozen=True)
class Scenario:
    """A scenario, and what it has of the time.

    Attributes:
        run: takes an empty folder, the seed, and when to end by `time.monotonic`.
        share: of the time that is left by the scenarios that go on to their end; 0 of such a one.
    """

    run: Callable[[Path, int, float], None]
    share: float = 0.0


def _to_its_end(run: Callable[[Path, int], None]) -> Scenario:
    """Return a scenario that takes as long as it takes."""
    return Scenario(lambda folder, seed, until: run(folder, seed))


SCENARIOS: dict[str, Scenario] = {
    "cut": _to_its_end(cut),
    "absence": _to_its_end(absence),
    "disk": _to_its_end(disk),
    "cluster": _to_its_end(cluster),
    "tests": _to_its_end(tests),
    "kills": Scenario(kills, 2),
    "models": Scenario(models, 2),
    "stops": Scenario(stops, 3),
    "faults": Scenario(faults, 4),
    "fuzz": Scenario(fuzz, 2),
    "growth": Scenario(growth, 2),  # the last, because it can tell to the second how long it goes on
}


def time_of(name: str, chosen: Mapping[str, Scenario], now: float, end: float) -> float:
    """Return when a scenario has to end; the whole trial's end for one that goes on to its own.

    Args:
        name: the scenario.
        chosen: all scenarios of this trial, in their order.
        now, end: of the whole trial.
    """
    later = list(chosen.values())[list(chosen).index(name) :]
    own, all_shares = later[0].share, sum(one.share for one in later)
    return now + (end - now) * own / all_shares if own else end


def main(argv: list[str] | None = None) -> int:
    """Run scenarios; return 0 when all went as it must."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help="; ".join(SCENARIOS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, help=f"for all scenarios together, about. Default: {MINUTES:g}"
    )
    parser.add_argument("--whole", action="store_true", help="each scenario to its end, however long it takes")
    arguments = parser.parse_args(argv)
    unknown = [name for name in arguments.scenarios if name not in SCENARIOS]
    if unknown:
        parser.error(f"no scenario {unknown[0]}; there are {', '.join(SCENARIOS)}")
    chosen = {name: one for name, one in SCENARIOS.items() if name in (arguments.scenarios or SCENARIOS)}
    started, failed = time.monotonic(), 0
    end = math.inf if arguments.whole else started + arguments.minutes * 60
    for name, one in chosen.items():
        began = time.monotonic()
        until = time_of(name, chosen, began, end)
        limit = f", {max(0.0, until - began):.0f} s" if one.share and not arguments.whole else ""
        print(f"{name}, seed {arguments.seed}{limit}", flush=True)
        with tempfile.TemporaryDirectory(prefix="secretrec-soak-") as folder:
            try:
                one.run(Path(folder), arguments.seed, until)
                print(f"{name}: as it must be, {time.monotonic() - began:.0f} s", flush=True)
            except (AssertionError, TimeoutError, subprocess.SubprocessError) as error:
                failed += 1
                print(f"{name}: FAILED: {error!r}", flush=True)
    print(f"all: {(time.monotonic() - started) / 60:.1f} minutes, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
