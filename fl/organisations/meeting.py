"""The meeting of a federation's members at the server: who is there, which session is next, and when one is over.

Pure decisions: what members say comes in by `hear`, time by a clock, and `answer` is what everybody is told. The
server's supervisor keeps it (`fl.organisations.meeting_place` carries it), so one place decides and all do the same.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from data.sentences import join, say
from fl.errors import of_party
from fl.federation.session import SERVER
from fl.organisations.federation_file import FederationFile
from fl.organisations.member_words import GO_ON, REGROUP, STOP
from fl.organisations.plan import Answer, Held, Hello, MemberState, Session, State, round_to_resume
from fl.settings.aggregators import AGGREGATORS

log = logging.getLogger(__name__)

GONE_SECONDS: Final = 10.0  # nothing heard for so long: a member says hello every second
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds between a failed session and the next
Sums = Callable[[], Mapping[int, tuple[str, ...]]]


@dataclass
class _Member:
    """What is known of a member; times by the clock."""

    hello: Hello | None = None
    heard: float = 0.0
    away_since: float = 0.0  # since it could take part last
    life_in_session: str = ""
    told: object = None  # what it was told last


@dataclass
class Meeting:
    """The members of a federation and the session that they are in.

    Attributes:
        file: of the federation.
        run: name of the run that is trained.
        sums: tells of each round that the server has which parties are in its sum.
        clock: seconds.
        session: that runs or is to begin; None while members are waited for.
    """

    file: FederationFile
    run: str
    sums: Sums
    clock: Callable[[], float] = time.monotonic
    session: Session | None = None
    _members: dict[str, _Member] = field(default_factory=dict)
    _number: int = 0
    _failures: int = 0
    _all_needed: bool = False  # a sum that was begun with everybody can only be finished with everybody
    _next_at: float = 0.0
    _progress: int = 0
    _ended: str = ""
    _failed: bool = False
    _result: dict[str, Any] | None = None
    _stop: bool = False
    _problem: str = ""  # why the last session ended
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        now = self.clock()
        self._members = {name: _Member(away_since=now) for name in (SERVER, *self.file.parties)}

    # --- talking --------------------------------------------------------------------------------------------------

    def hear(self, name: str, hello: Hello) -> None:
        """Take what a member says."""
        with self._changed:
            member = self._members[name]
            if member.hello is None or hello.life != member.hello.life:
                member.told = None
            member.hello, member.heard = hello, self.clock()
            self._decide()

    def answer(self, name: str = SERVER, wait: float = 0.0) -> Answer:
        """Return what members are told.

        Args:
            name: who is told.
            wait: seconds at most until there is something that this member was not told before.
        """
        with self._changed:
            told = self._members[name].told
            self._changed.wait_for(lambda: _said(self._answer()) != told, wait)
            self._decide()
            answer = self._answer()
            self._members[name].told = _said(answer)
            return answer

    def word(self) -> str:
        """Return how all members are to go on after the round under way."""
        with self._changed:
            if self._stop:
                return STOP
            session = self.session
            back = session is not None and any(self._state(name) == "ready" for name in session.missing)
            return REGROUP if back else GO_ON

    def stop(self) -> None:
        """End the training after the round under way, and keep the model."""
        with self._changed:
            self._stop = True

    def finished_everywhere(self) -> bool:
        """Return whether every member that is there knows that the training ended."""
        with self._changed:
            states = {name: self._state(name) for name in self._members}
            return all(state in ("finished", "gone") for name, state in states.items() if name != SERVER)

    # --- deciding -------------------------------------------------------------------------------------------------

    def _decide(self) -> None:
        now = self.clock()
        for name, member in self._members.items():
            if self._state(name) in ("ready", "training"):
                member.away_since = now
        if not self._ended:
            if self.session is None and self._stop:
                self._end(say("meeting.stopped", "The server ended the training."), failed=False)
            elif self.session is None:
                self._call(now)
            else:
                self._watch(self.session, now)
        self._changed.notify_all()

    def _state(self, name: str) -> State:
        member = self._members[name]
        if member.hello is None or self.clock() - member.heard > GONE_SECONDS:
            return "gone"
        return member.hello.state

    def _call(self, now: float) -> None:
        """Call for a session, when everybody who is needed is there."""
        if self._failures > self.file.rules.restarts:
            self._end(
                say("meeting.too-often", "{sessions} sessions in a row failed; the last: {problem}",
                    sessions=self._failures, problem=self._problem),
                failed=True,
            )  # fmt: skip
            return
        parties = [name for name in self.file.parties if self._state(name) == "ready"]
        missing = [name for name in self.file.parties if name not in parties]
        if now < self._next_at or self._state(SERVER) != "ready" or len(parties) < self._fewest():
            return
        if missing and self._all_needed:
            return
        if any(now - self._members[name].away_since < self.file.rules.gone_after for name in missing):
            return
        held = {name: self._held(name) for name in parties}
        number, absent = round_to_resume(self.sums(), held, parties)
        if missing and number == 0:
            return  # a run begins with everybody: its sums are taken over all parties
        self._number += 1
        self.session = Session(
            number=self._number,
            key=secrets.token_hex(16),
            run=self.run,
            parties=tuple(parties),
            round=number,
            absent=absent,
            missing=tuple(missing),
        )
        self._progress = number
        for member in self._members.values():
            member.life_in_session = "" if member.hello is None else member.hello.life
        log.info("session %d of %s from round %d", self._number, ", ".join(parties), number)

    def _watch(self, session: Session, now: float) -> None:
        """End the session when a member of it failed, left or finished."""
        problems: list[str] = []
        needs_all = False
        for name in (SERVER, *session.parties):
            member, state = self._members[name], self._state(name)
            hello = member.hello
            here = hello is not None and hello.session == session.key
            if hello is not None and here:
                self._progress = max(self._progress, hello.round)
            if state == "gone":
                problems.append(of_party(name, say("meeting.gone", "it is gone")))
            elif hello is not None and hello.life != member.life_in_session:
                problems.append(of_party(name, say("meeting.new-life", "its program was started anew")))
            elif here and state == "failed" and hello is not None:
                problems.append(hello.problem)
                needs_all |= hello.needs_all
                if name == SERVER and hello.lasting:
                    self._end(hello.problem, failed=True)
        self._all_needed = needs_all or (self._all_needed and self._progress <= session.round)
        if self._state(SERVER) == "finished":
            self._end(say("meeting.finished", "The training is finished."), failed=False)
        elif problems and not self._ended:
            self._failures = 0 if self._progress > session.round else self._failures + 1
            pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** max(0, self._failures - 1))
            self._next_at, self._problem = now + pause, join(dict.fromkeys(problems), "; ")
            self.session = None

    def _end(self, why: str, failed: bool) -> None:
        self._ended, self._failed = why, failed
        server = self._members[SERVER].hello
        self._result = None if server is None else server.result
        self.session = None

    def _fewest(self) -> int:
        """Return the fewest parties with which a session may begin."""
        parties = len(self.file.parties)
        settings, rules = self.file.settings, self.file.rules
        if settings.get("dp", "none") != "none":
            return parties  # noise is accounted for with all of them
        return max(AGGREGATORS[str(settings["aggregator"])].fewest(parties), rules.fewest_parties, 2)

    def _held(self, name: str) -> Held:
        hello = self._members[name].hello
        return hello.held if hello is not None and hello.held.run == self.run else Held()

    def _answer(self) -> Answer:
        now = self.clock()
        members = []
        for name, member in self._members.items():
            state = self._state(name)
            since = member.away_since if state == "gone" else member.heard
            hello = member.hello
            members.append(
                MemberState(
                    name=name,
                    state=state,
                    round=0 if hello is None else hello.round,
                    seconds=round(now - since, 1),
                    problem="" if hello is None else hello.problem,
                )
            )
        return Answer(
            members=tuple(members),
            session=self.session,
            run=self.run,
            problem=self._problem,
            ended=self._ended,
            failed=self._failed,
            result=self._result,
        )


def _said(answer: Answer) -> object:
    """Return what of an answer is worth telling at once."""
    return answer.session, answer.ended, tuple((member.name, member.state) for member in answer.members)
