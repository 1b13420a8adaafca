"""The records by which members agree on a session: what each tells the server, and what the server answers.

A session is one uninterrupted piece of a run. Who is in it, which round it goes on from and which names it has are
decided in one place, at the server, and told to everybody before anything of SecretFlow starts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from data.sentences import Text
from fl.program import Program
from fl.record import Record

State = Literal["waiting", "ready", "training", "finished", "failed", "gone"]
_ROUNDS = 4096  # more rounds than anybody keeps


class Held(Record):
    """The parts of a run that a member has on disk.

    Attributes:
        run: its name; "" for none.
        rounds: rounds of which it has its own part.
    """

    run: str = Field(default="", max_length=100)
    rounds: tuple[int, ...] = Field(default=(), max_length=_ROUNDS)


class Hello(Record):
    """The words of a member to the server, again and again.

    Attributes:
        digest: of the member's federation file.
        life: random, new for each start of the member's program.
        state: of the member.
        session: key of the session it trains in, or trained in last; "" for none.
        round: its last finished round.
        held: what it has on disk.
        problem: why it failed.
        lasting: whether it would fail again in the same way.
        needs_all: whether it can go on only with the parties of the session before.
        result: the final figures, from the server's own supervisor only.
    """

    digest: str = Field(max_length=64)
    life: str = Field(max_length=64)
    state: State
    session: str = Field(default="", max_length=64)
    round: int = 0
    held: Held = Held()
    problem: Text = ""
    lasting: bool = False
    needs_all: bool = False
    result: dict[str, Any] | None = None


class Session(Record):
    """A session that the server called for.

    Attributes:
        number: counts the sessions of the server's program, from 1.
        key: random hex: names the session for ever.
        run: name of the run.
        parties: who is in it, in the order of the federation file.
        round: that it goes on from; 0 begins the run.
        absent: parties of the session that are not in that round's sum.
        missing: parties of the federation that are not in the session.
    """

    number: int
    key: str
    run: str
    parties: tuple[str, ...]
    round: int = 0
    absent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class SessionEnd(Record):
    """The last thing that a session's process says: how its part ended.

    Attributes:
        type: tells it from the events of training.
        outcome: "finished" with the run, "regroup" as planned, "broken" by another member or the network, or "failed"
            here.
        member: whose failure broke it, where that is known.
        problem: what went wrong.
        hint: what to do about it.
        lasting: whether it would go wrong again in the same way.
        needs_all: whether it would unless the parties of the session before are all there.
        result: the run's final figures.
    """

    type: Literal["session_end"] = "session_end"
    outcome: Literal["finished", "regroup", "broken", "failed"]
    member: str = ""
    problem: Text = ""
    hint: Text = ""
    lasting: bool = False
    needs_all: bool = False
    result: dict[str, Any] | None = None


class MemberState(Record):
    """A member as the server sees it.

    Attributes:
        name: of the member.
        state: what it does; "gone" while nothing is heard of it.
        round: its last finished round.
        seconds: since when it is gone, or else since it was heard of.
        problem: what it said went wrong.
    """

    name: str
    state: State
    round: int
    seconds: float
    problem: Text = ""


class Answer(Record):
    """The server's answer to a member.

    Attributes:
        members: all members, as the server sees them.
        session: that runs, or is to begin; None while members are waited for.
        run: name of the run.
        problem: why the last session ended before the training did.
        ended: why there will be no more sessions, "" while there may be.
        failed: whether that is a failure.
        result: the final figures of the run, once there are any.
    """

    members: tuple[MemberState, ...] = ()
    session: Session | None = None
    run: str = ""
    problem: Text = ""
    ended: Text = ""
    failed: bool = False
    result: dict[str, Any] | None = None


class Refusal(Record):
    """The server's answer to what it does not accept: a sentence."""

    message: str


class HelloRequest(Record):
    """The body that a member posts.

    Attributes:
        hello: see there.
        program: that the member runs.
        wait: seconds that the answer may be held back for a change.
    """

    hello: Hello
    program: Program
    wait: float = 0.0


def round_to_resume(
    sums: Mapping[int, Collection[str]], held: Mapping[str, Held], parties: Sequence[str]
) -> tuple[int, tuple[str, ...]]:
    """Return (the newest round from which these parties can go on, those of them that are not in its sum).

    A party that is in a round's sum needs its own part of that round. One that is not goes on from its own last part
    before.

    Args:
        sums: the parties in the sum of each round that the server has.
        held: what each party has of the run.
        parties: of the session.
    """
    for number in sorted(sums, reverse=True):
        absent = tuple(party for party in parties if party not in sums[number])
        if all(party in absent or number in held[party].rounds for party in parties):
            return number, absent
    return 0, ()
