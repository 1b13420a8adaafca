"""A federation on one computer: every member a program of its own, with its own folder, keys and file.

It is a way to see a federation in a minute, and what tests and benchmarks use. What is between members is as it is
between computers; but one person has all the keys and all the data.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from data import catalogue as catalogues
from data import paths
from data.interactions import Interactions, build
from data.loading import interactions_of
from data.own.importer import import_file
from data.own.options import LEAVE_OUT, ImportOptions
from data.partition import assign_users
from data.paths import private_folder
from data.sentences import say
from fl.errors import SessionError
from fl.federation.session import ROOT, SERVER
from fl.organisations import administration, audit_log
from fl.organisations.lifeline import LIFELINE
from fl.settings.federation import FederationRules
from fl.settings.train import TrainSettings

NAMES: Final = ("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi")
DATASET: Final = "mine"  # each party's name for its data
_FEDERATION: Final = "trial"
_LOOPBACK: Final = "127.0.0.1"
_PORTS: Final = range(20_000, 32_768)  # above those of Ray's processes, below those that Linux gives to who connects


@dataclass
class MemberProgram:
    """A member's program that was started.

    Attributes:
        name: of the member.
        process: that runs `TheMain.py party` or `server`.
        lines: what it showed so far.
        answer: the object that it printed last.
    """

    name: str
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    _readers: list[threading.Thread] = field(default_factory=list)

    def follow(self, hear: Callable[[str, str], None] | None) -> None:
        """Read what it prints, on threads of their own.

        Args:
            hear: is told (member, line) of each line of progress.
        """

        def errors() -> None:
            assert self.process.stderr is not None  # noqa: S101  # for mypy
            for line in self.process.stderr:
                self.lines.append(line.rstrip("\n"))
                if hear is not None:
                    hear(self.name, self.lines[-1])

        def results() -> None:
            assert self.process.stdout is not None  # noqa: S101  # for mypy
            for line in self.process.stdout:
                with contextlib.suppress(ValueError):
                    self.answer = json.loads(line)

        self._readers = [threading.Thread(target=target, daemon=True) for target in (errors, results)]
        for reader in self._readers:
            reader.start()

    def wait(self, seconds: float | None = None) -> int:
        """Return the exit code, once the program ended and all it said was read.

        Raises:
            subprocess.TimeoutExpired: it did not end in time.
        """
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join()
        return code


class Trial:
    """Members of one federation on the loopback interface.

    Attributes:
        folder: with the administrator's part in `federation`, and each member's own folder.
        parties: their names.
        programs: that were started last, by member.
    """

    def __init__(
        self,
        folder: Path,
        parties: Sequence[str],
        parts: Sequence[Interactions],
        settings: TrainSettings,
        rules: FederationRules | None = None,
        catalogue: catalogues.Catalogue | None = None,
        threads: int = 1,
        hosts: Mapping[str, str] | None = None,
        prefix: Callable[[str], Sequence[str]] = lambda member: (),
    ) -> None:
        """Found the federation, and give each party its own file.

        Args:
            folder: an empty one, or one that is not there yet.
            parties: their names.
            parts: the data of each.
            settings: of the training.
            rules: how members wait for each other.
            catalogue: of the federation; None takes the items of the first part.
            threads: of each member.
            hosts: where each member listens; None for the loopback interface.
            prefix: words in front of the command that starts a member, for example to enter a network of its own.
        """
        self._prefix, place = prefix, hosts or dict.fromkeys((SERVER, *parties), _LOOPBACK)
        self.folder, self.parties, self._threads = folder, tuple(parties), threads
        private_folder(folder)
        ports = free_ports(len(parties) + 2)
        self.ports = dict(zip((SERVER, "meeting", *parties), ports, strict=True))
        made = administration.new_federation(
            folder / "federation",
            _FEDERATION,
            {name: f"{place[name]}:{self.ports[name]}" for name in parties},
            f"{place[SERVER]}:{self.ports[SERVER]}",
            catalogue or catalogues.from_interactions(parts[0]),
            settings,
            rules,
            meeting=f"{place[SERVER]}:{self.ports['meeting']}",
            with_keys=True,
        )
        self.file = made.file
        for name, part in zip(parties, parts, strict=True):
            self._give(name, part)
        self.programs: dict[str, MemberProgram] = {}

    def _give(self, party: str, part: Interactions) -> None:
        """Write a party's file, and import it at the party."""
        private_folder(self.home(party))
        path = self.home(party) / "own.parquet"
        columns = {
            "user": pa.array(part.user_ids[part.user], pa.string()),
            "item": pa.array(part.item_ids[part.item], pa.string()),
            "timestamp": pa.array(part.timestamp),
        }
        pa.parquet.write_table(pa.table(columns), path)
        options = ImportOptions(
            duplicates="keep", timestamp="timestamp" if part.timestamp.any() else LEAVE_OUT, time_format="seconds"
        )
        before = os.environ.get(paths.HOME)
        os.environ[paths.HOME] = str(self.home(party))
        try:
            import_file(path, DATASET, options)
        finally:
            if before is None:
                del os.environ[paths.HOME]
            else:
                os.environ[paths.HOME] = before

    def home(self, member: str) -> Path:
        """Return the member's own folder: its SECRETREC_HOME."""
        return self.folder / "members" / member

    def kit(self, member: str) -> Path:
        """Return the member's kit."""
        return self.folder / "federation" / administration.KITS / member

    def audit(self, member: str) -> list[dict[str, Any]]:
        """Return the lines of the member's audit log."""
        path = self.home(member) / "federations" / self.file.name / member / audit_log.FILE
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    def command(self, member: str) -> list[str]:
        """Return the words that start a member's program."""
        words = ["server"] if member == SERVER else ["party", "--dataset", DATASET]
        return [*words, "--kit", str(self.kit(member)), "--threads", str(self._threads), "--json"]

    def start(self, member: str, hear: Callable[[str, str], None] | None = None) -> MemberProgram:
        """Start a member's program, for the first time or again."""
        process = subprocess.Popen(  # noqa: S603  # our own program
            [*self._prefix(member), sys.executable, str(ROOT / "TheMain.py"), *self.command(member)],
            env={**os.environ, paths.HOME: str(self.home(member)), LIFELINE: "1"},
            stdin=subprocess.PIPE,  # it closes with this process, however that ends
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        program = MemberProgram(member, process)
        program.follow(hear)
        self.programs[member] = program
        return program

    def start_all(self, hear: Callable[[str, str], None] | None = None) -> None:
        """Start all members."""
        for member in (SERVER, *self.parties):
            self.start(member, hear)

    def wait(self, seconds: float | None = None) -> dict[str, int]:
        """Return every program's exit code, once all ended.

        Raises:
            subprocess.TimeoutExpired: one did not end in time.
        """
        return {name: program.wait(seconds) for name, program in self.programs.items()}

    def end(self) -> None:
        """End what still runs. A member's session ends with its program."""
        for program in self.programs.values():
            if program.process.poll() is None:
                program.process.kill()
        for program in self.programs.values():
            program.wait()

    def result(self) -> dict[str, Any]:
        """Return the final figures, as the server has them.

        Raises:
            SessionError: the training failed; with what the server said.
        """
        program = self.programs[SERVER]
        if program.process.returncode != 0 or "run" not in program.answer:
            reason = program.answer.get("error") or (program.lines or ["?"])[-1]
            raise SessionError(say("trial.failed", "The trial failed: {reason}", reason=reason))
        return program.answer


@contextlib.contextmanager
def trial_of(
    dataset: str, settings: TrainSettings, folder: Path, rules: FederationRules | None = None
) -> Iterator[Trial]:
    """Give a trial on a data set, dealt out to as many parties as the settings say; its programs end with it.

    Args:
        dataset: by its name.
        settings: of the training.
        folder: of the trial.
        rules: how members wait for each other.
    """
    parties = names_of(settings.parties)
    whole = interactions_of(dataset, settings.protocol)
    parts = divide(whole, parties, settings.seed)
    trial = Trial(folder, parties, parts, settings, rules, catalogues.from_interactions(whole))
    try:
        yield trial
    finally:
        trial.end()


def names_of(parties: int) -> list[str]:
    """Return names for so many parties."""
    return [NAMES[place] if place < len(NAMES) else f"party-{place + 1}" for place in range(parties)]


def divide(whole: Interactions, parties: Sequence[str], seed: int) -> list[Interactions]:
    """Return each party's own data, all with the items of the whole; users as a simulation divides them."""
    assignment = assign_users(whole.n_users, parties, seed)
    parts = []
    for place in range(len(parties)):
        users = np.flatnonzero(assignment == place)
        rows = np.flatnonzero(assignment[whole.user] == place)
        parts.append(
            build(
                DATASET,
                np.searchsorted(users, whole.user[rows]),
                whole.item[rows],
                whole.timestamp[rows],
                whole.user_ids[users],
                whole.item_ids,
                whole.titles,
                whole.genres,
            )
        )
    return parts


def free_ports(number: int) -> list[int]:
    """Return ports of the loopback interface that nobody has now, nor gets unasked before a member listens there."""
    found: list[int] = []
    with contextlib.ExitStack() as stack:
        for port in random.SystemRandom().sample(_PORTS, len(_PORTS)):
            with contextlib.suppress(OSError):
                stack.enter_context(socket.socket()).bind((_LOOPBACK, port))
                found.append(port)
            if len(found) == number:
                return found
    raise SessionError(say("trial.no-ports", "No ports are free on this computer."))
