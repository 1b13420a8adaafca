"""The jobs of a member of a federation of organisations behind the window: read its kit, and take part in the training.

They do what `TheMain.py party` and `server` do. This process only meets the others; each session runs in a process of
its own (`fl.organisations.supervisor`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from data.errors import CancelledError
from data.sentences import say
from fl.errors import FederationError
from fl.federation.session import SERVER
from fl.jobs.context import JobContext
from fl.organisations import kit as kits
from fl.organisations.kit import Kit
from fl.organisations.plan import MemberState, State
from fl.protocol.commands import ReadKit, TakePart
from fl.protocol.events import EVENTS, JobEvent, KitRead, Members, Phase, RoundDone, TrainDone
from fl.protocol.records import KitInfo, MemberInfo
from fl.runs.rounds import best_record
from fl.runs.run_folder import RunFolder

_LONGEST_GOODBYE: Final = 3.0  # seconds
_STATES: Final[Mapping[State, Any]] = {
    "waiting": "waiting",
    "ready": "connected",
    "training": "training",
    "finished": "finished",
    "failed": "failed",
    "gone": "lost",
}


def read_kit(command: ReadKit, context: JobContext) -> KitRead:
    """Return whose kit a folder is, and the terms in it.

    Raises:
        FederationError: it is no kit, or one that cannot be used; with a sentence.
    """
    kit = kits.read(Path(command.folder).expanduser())
    file = kit.file
    info = KitInfo(
        folder=str(kit.folder),
        federation=file.name,
        member=kit.member,
        is_server=kit.member == SERVER,
        parties=file.parties,
        addresses={member.name: member.address for member in file.members if member.is_admitted},
        n_items=kit.catalogue.n_items,
        expires=kit.own.expires,
        settings=file.train_settings(file.name, runtime="organisations"),
        rules=file.rules,
    )
    return KitRead(job=context.job, kit=info)


class _LeftError(Exception):
    """The person wanted to end after the round."""


class _Teller:
    """Tells the window what goes on (`fl.organisations.supervisor.Listener`), and the member what the person wants."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._seen: set[str] = set()
        self._rounds = 0
        self._wanted_at: int | None = None  # rounds that were done when the person wanted to stop
        self.run = ""

    def says(self, sentence: str) -> None:
        self._context.emit(Phase(job=self._context.job, text=sentence))

    def members(self, members: tuple[MemberState, ...]) -> None:
        self._seen |= {member.name for member in members if member.state != "gone"}
        now = time.time()
        shown = tuple(
            MemberInfo(
                name=member.name,
                state="waiting" if member.name not in self._seen else _STATES[member.state],
                round=member.round,
                since=round(now - member.seconds) if member.state == "gone" else 0,
                problem=member.problem,
            )
            for member in members
        )
        self._context.emit(Members(job=self._context.job, members=shown))

    def event(self, event: Mapping[str, Any]) -> None:
        told = EVENTS.validate_python(event)
        assert isinstance(told, JobEvent)  # noqa: S101  # for mypy
        if isinstance(told, RoundDone):
            self.run, self._rounds = told.run, self._rounds + 1
        self._context.emit(told.model_copy(update={"job": self._context.job}))

    def stop_wanted(self) -> bool:
        """Return whether the person wants an end after the round."""
        return self._context.stop_requested()

    def check(self) -> None:
        """Go on, or not: asked about every second by the one who takes part.

        Raises:
            CancelledError: the person wants an end at once.
            _LeftError: a party is to leave, and the round under way when that was wanted is on disk.
        """
        self._context.check_cancelled()
        if self.stop_wanted():
            if self._wanted_at is None:
                self._wanted_at = self._rounds
            if self._rounds > self._wanted_at:
                raise _LeftError


def take_part(command: TakePart, context: JobContext) -> TrainDone:
    """Take part until the training ends, or the person wants an end.

    When a server stops after a round, all do, and the model is final. A party can only leave: what it has of the run
    stays with it, and the others go on without it as the federation's rules say.

    Raises:
        SecretRecError: this member cannot take part, or the training failed.
        CancelledError: the person wanted an end at once.
    """
    kit = kits.read(Path(command.kit).expanduser())
    context.phase(say("taking-part.as", "taking part in {federation} as {member}", federation=kit.file.name,
                      member=kit.member))  # fmt: skip
    teller = _Teller(context)
    is_server = kit.member == SERVER
    result = _as_server(kit, command, teller) if is_server else _as_party(kit, command, teller, context)
    if result is None:
        raise FederationError(say("taking-part.no-result", "The training ended before its first round."))
    return TrainDone(
        job=context.job, run=str(result["run"]), stopped_early=teller.stop_wanted(), result=result, intervals={}
    )


def _as_server(kit: Kit, command: TakePart, teller: _Teller) -> dict[str, Any] | None:
    from fl.organisations.supervisor import ServerSupervisor

    member = ServerSupervisor(kit, teller, command.threads)

    def check() -> None:
        if teller.stop_wanted():
            member.stop()
        try:
            teller.check()
        except _LeftError:
            return  # all members stop, the server with them

    member.member.check = check
    member.serve()
    return member.member.result


def _as_party(kit: Kit, command: TakePart, teller: _Teller, context: JobContext) -> dict[str, Any] | None:
    from data.loading import load_own
    from fl.organisations.meeting_client import MeetingClient
    from fl.organisations.supervisor import Supervisor

    settings = kit.file.train_settings(command.dataset)
    context.reading(command.dataset)
    # What is wrong with the data is said before anybody waits for this member.
    _, report = load_own(command.dataset, settings.protocol, settings.seed, kit.catalogue, kit.member)
    for sentence in report.sentences():
        teller.says(sentence)
    member, client = Supervisor(kit, teller, command.dataset, command.threads), MeetingClient(kit)
    member.check = teller.check
    try:
        member.take_part(client.say)
    except (CancelledError, _LeftError) as left:
        goodbye = threading.Thread(target=member.say_goodbye, args=(client.say,), daemon=True)
        goodbye.start()
        goodbye.join(_LONGEST_GOODBYE)  # nobody waits for a server that is gone
        if isinstance(left, CancelledError):
            raise
        return _so_far(teller.run)
    return member.result


def _so_far(run: str) -> dict[str, Any] | None:
    """Return what a party that left has of a run, and note that it stopped; None where it has no round."""
    folder = RunFolder.find(run)
    records, settings = folder.rounds(), folder.settings()
    best = best_record(records)
    if best is None:
        return None
    folder.set_state("stopped")
    return {
        "run": run,
        "dataset": settings.dataset,
        "model": settings.model,
        "rounds": len(records),
        "best_round": best.round,
        **{f"valid_{name}": value for name, value in best.valid.items()},
        "bytes_up_per_party_round": records[-1].bytes_up,
        "protocol": settings.protocol,
        "seed": settings.seed,
    }
