"""The program of a member: it meets the others, runs one session after the other, and ends when the training does.

A session of SecretFlow cannot lose a member and go on. So each runs in a process of its own
(`fl.engine.member_session`), and this one, which does nothing that can hang, starts the next from the last round that
everybody has.
"""

from __future__ import annotations

import json
import logging
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from data import paths
from data.errors import StorageError
from data.sentences import say
from fl.errors import FederationError, SessionError
from fl.federation.session import ROOT, SERVER
from fl.organisations.audit_log import AuditLog, audit_path
from fl.organisations.greeting import Greeter, listen
from fl.organisations.kit import Kit
from fl.organisations.lifeline import hold_on
from fl.organisations.meeting import Meeting
from fl.organisations.meeting_client import UnreachableError
from fl.organisations.plan import Answer, Held, Hello, MemberState, Session, SessionEnd, State
from fl.organisations.round_report import report_in
from fl.program import differences, this_program
from fl.runs.run_folder import RunFolder
from fl.runs.storage import checkpoints, round_of
from fl.settings.addresses import Address, address

log = logging.getLogger(__name__)

SESSION: Final = ("-m", "fl.engine.member_session")
_WAIT: Final = 1.0  # seconds between two hellos when nothing changes
_FIRST_WAIT: Final = 0.1  # seconds until a server that cannot be reached is tried again; ever longer, up to _WAIT
_LONGER: Final = 1.2
_LINGER: Final = 20.0  # seconds that the server stays for members to hear of the end


class Listener(Protocol):
    """Whoever shows what goes on."""

    def says(self, sentence: str) -> None:
        """Take a sentence for the person."""

    def members(self, members: tuple[MemberState, ...]) -> None:
        """Take what the members do, when it changed."""

    def event(self, event: Mapping[str, Any]) -> None:
        """Take an event of training (`fl.protocol.events`), as its JSON object."""


@dataclass
class _Running:
    """A session's process."""

    session: Session
    process: subprocess.Popen[str]
    end: SessionEnd | None = None
    round: int = 0
    ended: threading.Event = field(default_factory=threading.Event)


class Supervisor:
    """A member's program.

    Attributes:
        kit: of the member.
        result: the final figures, once there are any.
        check: asked about every second whether to go on; what it raises ends the part taken.
    """

    def __init__(self, kit: Kit, listener: Listener, dataset: str = "", threads: int = 0, listen: str = "") -> None:
        """Prepare to take part.

        Args:
            kit: of the member.
            listener: is told what goes on.
            dataset: the member's own data set; "" for the server.
            threads: of training; 0 for all cores.
            listen: "HOST:PORT" where the link of this member listens, if not at its address.

        Raises:
            FederationError: the program here is not the federation's.
            StorageError: the audit log cannot be written.
        """
        self.kit = kit
        self.result: dict[str, Any] | None = None
        self.check: Callable[[], None] = lambda: None
        self._listener, self._dataset, self._threads, self._listen = listener, dataset, threads, listen
        for problem in differences(this_program(), kit.file.program, kit.file.name):
            raise FederationError(
                problem,
                say(
                    "member.same-program", "All members must run the same program: install the version that was agreed."
                ),
            )
        self.audit = AuditLog(audit_path(kit.file.name, kit.member))
        self._life = secrets.token_hex(8)
        self._state: State = "waiting"
        self._last = ""  # key of the session that ran last
        self._round = 0
        self._problem, self._lasting, self._needs_all = "", False, False
        self._run = ""
        self._running: _Running | None = None
        self._shown: object = None
        self._unreachable, self._retry_after = "", _FIRST_WAIT
        self._greeter: Greeter | None = None

    # --- the loop -------------------------------------------------------------------------------------------------

    def take_part(self, talk: Callable[[Hello, float], Answer]) -> str:
        """Run sessions until the training ends; return why it did.

        Args:
            talk: tells the server, and returns its answer.

        Raises:
            SecretRecError: this member cannot go on, or the training failed.
        """
        hold_on()
        self.audit.note("started", member=self.kit.member, program=this_program().version)
        try:
            while True:
                self.check()
                self._look_after_session()
                self._answer_greetings(self._running is None)
                answer = self._told(talk)
                if answer is None:
                    continue
                self._show(answer)
                if self._lasting:
                    raise SessionError(self._problem)
                if answer.ended:
                    return self._leave(talk, answer)
                self._follow(answer)
        finally:
            self._end_session()
            self._answer_greetings(False)
            self.audit.note("stopped", member=self.kit.member)

    def say_goodbye(self, talk: Callable[[Hello, float], Answer]) -> None:
        """Tell the server that this member leaves, if it can be told."""
        self._state = "gone"
        try:
            talk(self._hello(), 0.0)
        except (UnreachableError, FederationError):
            log.info("nobody to say goodbye to")

    def tell_session(self, word: str) -> None:
        """Hand the session's process a word of `fl.organisations.member_words`."""
        if self._running is not None:
            self._write(self._running, word)

    def _told(self, talk: Callable[[Hello, float], Answer]) -> Answer | None:
        try:
            answer = talk(self._hello(), _WAIT)
        except UnreachableError as error:
            if error.message != self._unreachable:
                self._unreachable = error.message
                self._listener.says(error.message)
                self.audit.note("unreachable", why=str(error.message))
            threading.Event().wait(self._retry_after)
            self._retry_after = min(_WAIT, _LONGER * self._retry_after)
            return None
        self._retry_after = _FIRST_WAIT
        if self._unreachable:
            self._unreachable = ""
            self._listener.says(say("member.reached", "The server can be reached again."))
        self._run = answer.run
        return answer

    def _follow(self, answer: Answer) -> None:
        """Start or end a session as the server says."""
        session, running = answer.session, self._running
        if running is not None:
            if session is None or session.key != running.session.key:
                self._over(answer.problem)
        elif session is None or session.key != self._last:
            # Also after a session that was finished here, but broke at the server before it had the figures. And not
            # before the first answer: without the run's name nobody knows what this member has of it.
            self._state = "ready"
            mine = session is not None and self.kit.member in (SERVER, *session.parties)
            if session is not None and mine:
                self._start(session)

    def _leave(self, talk: Callable[[Hello, float], Answer], answer: Answer) -> str:
        self.result, told = answer.result, self._state == "finished"
        if self._running is not None:  # the server has the last figures a moment before the others
            self._running.ended.wait(_WAIT * 5)
            self._look_after_session()
        self._end_session()
        self._keep_result(answer)
        self._state = "finished"
        if not told:  # the server waits to hear it from everybody, and is gone soon after
            self._told(talk)
        self.audit.note("ended", why=str(answer.ended))
        if answer.failed:
            raise SessionError(answer.ended)
        return answer.ended

    def _keep_result(self, answer: Answer) -> None:
        """Write the final figures where the session ended before this member had them: they are the same for all."""
        if answer.result is None or not self._run or not (paths.runs_dir() / self._run).is_dir():
            return
        folder = RunFolder.find(self._run)
        if folder.result() is None:
            own = folder.config()
            folder.write_result(
                {**answer.result, "dataset": own["settings"]["dataset"], "fingerprint": own["fingerprint"]}
            )
            folder.set_state("done")

    def _answer_greetings(self, on: bool) -> None:
        """Answer checks of other members at the port where sessions run, while none does."""
        if self._greeter is not None and not on:
            self._greeter.close()
            self._greeter = None
        elif self._greeter is None and on:
            try:
                self._greeter = Greeter(self.kit, lambda: self._state, self._place())
            except FederationError as error:
                log.info("no greetings: %s", error)  # the session itself will say so if it cannot listen

    def _place(self) -> Address:
        return address(self._listen) if self._listen else self.kit.own.place

    # --- the session's process ------------------------------------------------------------------------------------

    def _start(self, session: Session) -> None:
        self._answer_greetings(False)
        held: socket.socket | None = None
        with suppress(FederationError):  # the session itself will say that it cannot listen
            held = listen(self._place(), self.kit.member)  # see `fl.organisations.link.Connecting`
        task = {
            "kit": str(self.kit.folder.resolve()),
            "dataset": self._dataset,
            "threads": self._threads,
            "listen": self._listen,
            "session": session.model_dump(mode="json"),
            "held_port": -1 if held is None else held.fileno(),
        }
        # In a session of its own: a Ctrl+C of the person is for this program, which ends it in order.
        process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, *SESSION],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            pass_fds=() if held is None else (held.fileno(),),
        )
        if held is not None:
            held.close()  # the session's process has it now
        self._running = running = _Running(session, process, round=session.round)
        self._write(running, json.dumps(task))
        self._state, self._last, self._problem, self._round = "training", session.key, "", session.round
        threading.Thread(target=self._read, args=(running,), daemon=True).start()
        self.audit.note("session", number=session.number, run=session.run, parties=session.parties, round=session.round)
        self._listener.says(
            say("member.session", "Session {number}: {parties} go on from round {round}.", number=session.number,
                parties=", ".join(session.parties), round=session.round)
            if session.round
            else say("member.first-session", "Session {number}: {parties} begin.", number=session.number,
                     parties=", ".join(session.parties))
        )  # fmt: skip

    def _read(self, running: _Running) -> None:
        """Take what a session's process says, on a thread of its own."""
        assert running.process.stdout is not None  # noqa: S101  # for mypy
        for line in running.process.stdout:
            event = json.loads(line)
            if event["type"] == "session_end":
                running.end = SessionEnd.model_validate(event)
                continue
            if event["type"] == "round_done":
                running.round = event["record"]["round"]
            self._listener.event(event)
        running.process.wait()
        running.ended.set()

    def _look_after_session(self) -> None:
        """Take over how a session's process ended, if it did."""
        running = self._running
        if running is None:
            return
        self._round = running.round
        if not running.ended.is_set():
            return
        self._running, end = None, running.end
        if end is None:
            end = SessionEnd(
                outcome="broken",
                problem=say("member.process-died", "{member}: the process of the session died ({code}).",
                            member=self.kit.member, code=running.process.returncode),
            )  # fmt: skip
        self._note_end(running, end.outcome, end.problem)
        if end.outcome == "finished":
            self._state, self.result = "finished", end.result
            return
        self._state, self._problem, self._lasting = "failed", end.problem, end.lasting
        self._needs_all = end.needs_all
        if end.outcome != "regroup":
            self._listener.says(end.problem)

    def _over(self, why: str) -> None:
        """End a session that is over for the others."""
        running = self._running
        self._end_session()
        if running is not None:
            self._note_end(running, "broken", why)
            reason = why or say("member.over-unknown", "the others go on in another one.")
            number = running.session.number
            self._listener.says(say("member.over", "Session {number} is over: {why}", number=number, why=reason))
        self._state = "ready"

    def _note_end(self, running: _Running, outcome: str, why: str) -> None:
        number = running.session.number
        self.audit.note("session ended", number=number, round=running.round, outcome=outcome, why=str(why))

    def _end_session(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.process.kill()  # what it keeps is on disk at all times
            running.process.wait()

    @staticmethod
    def _write(running: _Running, line: str) -> None:
        assert running.process.stdin is not None  # noqa: S101  # for mypy
        try:
            running.process.stdin.write(line + "\n")
            running.process.stdin.flush()
        except OSError:
            log.info("the session's process is gone")

    # --- what is told ---------------------------------------------------------------------------------------------

    def _hello(self) -> Hello:
        return Hello(
            digest=self.kit.file.digest,
            life=self._life,
            state=self._state,
            session=self._last,
            round=self._round,
            held=self._held() if self._running is None else Held(),
            problem=self._problem,
            lasting=self._lasting,
            needs_all=self._needs_all,
            result=self.result if self.kit.member == SERVER else None,
        )

    def _held(self) -> Held:
        """Return what a party has of the run. The meeting looks into the server's own folder itself."""
        own = paths.runs_dir() / self._run / "parties" / self.kit.member
        if not self._run or not own.is_dir():
            return Held()
        return Held(run=self._run, rounds=tuple(map(round_of, checkpoints(own))))

    def _show(self, answer: Answer) -> None:
        shown = tuple((member.name, member.state, member.problem) for member in answer.members)
        if shown != self._shown:
            self._shown = shown
            self._listener.members(answer.members)


class ServerSupervisor:
    """The server's program: a Supervisor, and the meeting of all members."""

    def __init__(self, kit: Kit, listener: Listener, threads: int = 0, listen: str = "") -> None:
        """Prepare; see Supervisor.

        Raises:
            FederationError: this is not the server's kit, or the program here is not the federation's.
        """
        if kit.member != SERVER:
            raise FederationError(
                say("member.no-server-kit", "The kit {kit} is that of {member}, not the server's.", kit=kit.folder,
                    member=kit.member),
                say("member.no-server-kit-hint", "A party runs TheMain.py party --kit {kit} --dataset NAME.",
                    kit=kit.folder),
            )  # fmt: skip
        from fl.organisations.meeting_place import MeetingPlace  # not at parties, which need no HTTP server

        self.member = Supervisor(kit, listener, threads=threads, listen=listen)
        self.meeting = Meeting(kit.file, run_to_train(kit), self._sums)
        self._place = MeetingPlace(kit, self.meeting, self.member.audit)
        self._word = ""

    def serve(self, listen_meeting: str = "") -> str:
        """Train the run with the members that come; return why it ended.

        Raises:
            SecretRecError: the training failed, or members cannot meet here.
        """
        self._place.open(listen_meeting)
        try:
            return self.member.take_part(self._talk)
        finally:
            waited = threading.Event()
            for _ in range(round(_LINGER / 0.1) if self.meeting.answer().ended else 0):
                if self.meeting.finished_everywhere():
                    break
                waited.wait(0.1)
            self._place.close()

    def stop(self) -> None:
        """Stop after the round under way; the model is kept."""
        self.meeting.stop()

    def _talk(self, hello: Hello, wait: float) -> Answer:
        self.meeting.hear(SERVER, hello)
        word = self.meeting.word()
        if word != self._word:
            self._word = word
            self.member.tell_session(word)
        return self.meeting.answer(SERVER, min(wait, 0.2))

    def _sums(self) -> Mapping[int, tuple[str, ...]]:
        folder = paths.runs_dir() / self.meeting.run / "server"
        return {round_of(path): tuple(report_in(path)["members"]) for path in checkpoints(folder)}


def run_to_train(kit: Kit) -> str:
    """Return the name of the run that a server goes on with: the newest of this federation that is not finished."""
    for info in RunFolder.all():
        try:
            config = RunFolder(paths.runs_dir() / info.name).config()
        except StorageError:
            continue
        of = config.get("organisation", {})
        unfinished = config.get("state") in ("running", "failed")
        if unfinished and of.get("digest") == kit.file.digest and of.get("member") == kit.member:
            return info.name
    return f"{kit.file.name}-{secrets.token_hex(3)}"
