"""A member's program beside the meeting: sessions begin and end as the server says, and failures are told and survived.

The session's process is a few lines of Python here, which say what they are told to.
"""

from __future__ import annotations

import json

import pytest

from data.sentences import recorded, say
from fl.errors import FederationError, SessionError
from fl.organisations import kit as kits
from fl.organisations import supervisor as supervisors
from fl.organisations.audit_log import audit_path
from fl.organisations.meeting_client import UnreachableError
from fl.organisations.plan import Answer, MemberState, Session
from fl.organisations.supervisor import ServerSupervisor, Supervisor

# Reads the task, then does what its session's run says.
STUB = """
import json, os, sys
task = json.loads(sys.stdin.readline())
what = task["session"]["run"]
print(json.dumps({"type": "phase", "job": "member", "text": "trains on " + task["dataset"]}), flush=True)
if what == "die":
    os.kill(os.getpid(), 9)
if what == "hang":
    sys.stdin.read()
print(json.dumps({"type": "session_end", **json.loads(what)}), flush=True)
"""


class Heard:
    """A listener that keeps what it hears."""

    def __init__(self):
        self.sentences, self.events, self.states = [], [], []

    def says(self, sentence):
        self.sentences.append(str(sentence))

    def members(self, members):
        self.states.append({member.name: member.state for member in members})

    def event(self, event):
        self.events.append(event)


class Server:
    """Answers hellos from a script: each entry is an answer, an error, or a function of the hello that gives one."""

    def __init__(self, *script):
        self.script, self.hellos = list(script), []

    def __call__(self, hello, wait):
        self.hellos.append(hello)
        if not self.script:
            return Answer()  # the member says once more that it heard of the end
        entry = self.script[0]
        answer = entry(hello) if callable(entry) else entry
        if answer is None:  # the same question again
            return Answer(session=self.last)
        self.script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        self.last = answer.session
        return answer


def session(number, what, first=0):
    return Session(number=number, key=f"key {number}", run=what, parties=("alice", "bob"), round=first)


def until(state, **answer):
    """An entry that waits until the member is in that state, and gives the answer then."""
    return lambda hello: Answer(**answer) if hello.state == state else None


END = Answer(ended="The training is finished.")


@pytest.fixture
def member(films, tmp_path, monkeypatch):
    stub = tmp_path / "stub.py"
    stub.write_text(STUB)
    monkeypatch.setattr(supervisors, "SESSION", (str(stub),))
    monkeypatch.setattr(supervisors, "_WAIT", 0.02)
    monkeypatch.setenv("SECRETREC_HOME", str(tmp_path / "home"))
    heard = Heard()
    made = Supervisor(kits.read(films.kit_of("alice")), heard, "mine", 1)
    made.heard = heard
    return made


def ended(outcome, **more):
    return json.dumps({"outcome": outcome, **more})


def log_of():
    return [json.loads(line) for line in audit_path("films", "alice").read_text().splitlines()]


def test_that_a_session_is_run_and_its_figures_are_kept(member):
    done = ended("finished", result={"run": "run", "hr@10": 0.5})
    server = Server(Answer(), Answer(session=session(1, done)), until("finished"), END)
    assert member.take_part(server) == "The training is finished."
    assert [hello.state for hello in server.hellos][:2] == ["waiting", "ready"]
    assert member.heard.events == [{"type": "phase", "job": "member", "text": "trains on mine"}]
    assert any(line["what"] == "session ended" and line["outcome"] == "finished" for line in log_of())
    assert [log_of()[0]["what"], log_of()[-1]["what"]] == ["started", "stopped"]


def test_that_a_session_that_breaks_is_told_and_the_next_is_run(member):
    why = recorded(say("link.silent", "Nothing came from {sender} for {seconds:g} seconds, or the connection broke.",
                       sender="bob", seconds=2))  # fmt: skip
    server = Server(
        Answer(session=session(1, ended("broken", member="bob", problem=why))),
        until("failed"),
        until("ready"),
        Answer(session=session(2, "die", 3)),
        until("failed"),
        until("ready"),
        Answer(session=session(3, ended("finished"), 4)),
        until("finished"),
        END,
    )
    member.take_part(server)
    told = {(hello.session, hello.problem) for hello in server.hellos if hello.state == "failed"}
    assert told == {
        ("key 1", "Nothing came from bob for 2 seconds, or the connection broke."),
        ("key 2", "alice: the process of the session died (-9)."),
    }
    assert "Session 3: alice, bob go on from round 4." in member.heard.sentences


def test_that_a_session_that_is_over_for_the_others_is_ended_here(member):
    server = Server(
        Answer(session=session(1, "hang")),
        until("training", problem="bob: it is gone"),
        until("ready"),
        END,
    )
    member.take_part(server)
    assert "Session 1 is over: bob: it is gone" in member.heard.sentences
    assert [line["outcome"] for line in log_of() if line["what"] == "session ended"] == ["broken"]


def test_that_what_would_fail_again_ends_the_program_after_it_is_told(member):
    what = ended("failed", problem="The disk is full.", lasting=True)
    server = Server(Answer(session=session(1, what)), until("failed"))
    with pytest.raises(SessionError, match="The disk is full"):
        member.take_part(server)
    assert server.hellos[-1].lasting


def test_that_a_server_that_cannot_be_reached_is_said_once_and_waited_for(member):
    gone = UnreachableError("The server cannot be reached.")
    server = Server(gone, gone, gone, Answer(), END)
    member.take_part(server)
    assert member.heard.sentences == ["The server cannot be reached.", "The server can be reached again."]


def test_that_a_failed_training_fails_here_too(member):
    server = Server(Answer(ended="21 sessions in a row failed.", failed=True), Answer())
    with pytest.raises(SessionError, match="21 sessions in a row failed"):
        member.take_part(server)


def test_that_states_are_shown_when_they_change(member):
    def states(state):
        return Answer(members=(MemberState(name="bob", state=state, round=0, seconds=0.0),))

    member.take_part(Server(states("gone"), states("gone"), states("ready"), END))
    assert member.heard.states[:2] == [{"bob": "gone"}, {"bob": "ready"}]


def test_that_a_goodbye_is_told(member):
    server = Server(Answer())
    member.say_goodbye(server)
    assert [hello.state for hello in server.hellos] == ["gone"]


def test_that_another_program_takes_no_part(films, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRETREC_HOME", str(tmp_path))
    newer = supervisors.this_program().model_copy(update={"version": "99"})
    monkeypatch.setattr(supervisors, "this_program", lambda: newer)
    with pytest.raises(FederationError, match="version"):
        Supervisor(kits.read(films.kit_of("alice")), Heard(), "mine")


def test_that_only_the_servers_kit_serves(films, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRETREC_HOME", str(tmp_path))
    with pytest.raises(FederationError, match="is that of alice, not the server's"):
        ServerSupervisor(kits.read(films.kit_of("alice")), Heard())


def test_that_a_session_that_was_finished_here_only_is_run_again(member):
    finished = ended("finished")
    server = Server(
        Answer(session=session(1, finished)),
        until("finished"),  # the server's own part broke at the last moment
        until("ready"),
        Answer(session=session(2, finished)),
        until("finished", session=session(2, finished)),
        END,
    )
    member.take_part(server)
    assert [line["number"] for line in log_of() if line["what"] == "session"] == [1, 2]


def test_that_a_server_that_was_started_anew_may_count_its_sessions_anew(member):
    again = Session(number=1, key="another", run=ended("finished"), parties=("alice", "bob"), round=2)
    server = Server(
        Answer(session=session(1, "hang")), until("training"), Answer(session=again), until("finished"), END
    )
    member.take_part(server)
    assert [line["round"] for line in log_of() if line["what"] == "session"] == [0, 2]
