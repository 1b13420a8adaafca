"""The meeting decides who is in a session, from which round it goes on, and when it is over; time is a number here."""

from __future__ import annotations

import time

import pytest

from fl.organisations.meeting import GONE_SECONDS, Meeting
from fl.organisations.member_words import GO_ON, REGROUP, STOP
from fl.organisations.plan import Held, Hello, round_to_resume
from fl.settings.federation import FederationRules
from fl.settings.train import TrainSettings
from tests.fl.organisations.conftest import found

NAMES = ("alice", "bob", "carol", "dave")
RULES = FederationRules(gone_after=100, restarts=3)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    parties = {name: f"127.0.0.1:{9601 + place}" for place, name in enumerate(NAMES)}
    settings = TrainSettings(parties=4, aggregator="masked", epochs=9)
    return found(tmp_path_factory.mktemp("four") / "f", parties=parties, settings=settings, rules=RULES).file


class Theatre:
    """A meeting with members that say what they are told to, and a clock that is set by hand."""

    def __init__(self, file):
        self.now, self.sums = 1000.0, {}
        self.meeting = Meeting(file, "run", lambda: self.sums, lambda: self.now)
        self.held = {}
        self.keys = {0: ""}
        self.lives = dict.fromkeys(("server", *NAMES), "1")

    def say(self, names, state="ready", session=0, **more):
        for name in names:
            held = self.held.get(name, Held())
            hello = Hello(digest="d", life=self.lives[name], state=state, session=self.keys[session], held=held, **more)
            self.meeting.hear(name, hello)
            if self.session is not None:
                self.keys[self.session.number] = self.session.key

    def everybody(self, *without):
        return [name for name in ("server", *NAMES) if name not in without]

    def have_round(self, number, members=NAMES):
        """Let the server have a round whose sum is of these members, who have their parts of it."""
        self.sums[number] = members
        for name in members:
            before = self.held.get(name, Held())
            self.held[name] = Held(run="run", rounds=(*before.rounds, number))

    @property
    def session(self):
        return self.meeting.session


@pytest.fixture
def theatre(file):
    return Theatre(file)


def test_that_a_run_begins_when_everybody_is_there_and_never_before(theatre):
    theatre.say(theatre.everybody("dave"))
    assert theatre.session is None
    for _ in range(30):  # ten times longer than a lost member is waited for later
        theatre.now += 50
        theatre.say(theatre.everybody("dave"))
    assert theatre.session is None
    theatre.say(["dave"])
    assert theatre.session.parties == NAMES
    assert (theatre.session.round, theatre.session.missing, theatre.session.absent) == (0, (), ())


def test_that_a_member_is_told_at_once_what_its_own_word_changed(theatre):
    theatre.say(theatre.everybody("dave"))
    theatre.say(["dave"], state="waiting")
    assert theatre.meeting.answer("dave", 30).session is None
    theatre.say(["dave"])
    begun = time.monotonic()
    assert theatre.meeting.answer("dave", 30).session == theatre.session
    theatre.lives["dave"] = "2"  # its program was started anew, and knows nothing
    theatre.say(["dave"])
    assert theatre.meeting.answer("dave", 30).run == "run"
    assert time.monotonic() - begun < 10


def test_that_a_failure_of_one_ends_the_session_and_the_next_goes_on_from_the_last_round(theatre):
    theatre.say(theatre.everybody())
    first = theatre.session
    theatre.say(theatre.everybody(), "training", 1, round=2)
    theatre.have_round(2)
    theatre.say(["bob"], "failed", 1, problem="bob: no space left")
    assert theatre.session is None
    assert "no space left" in theatre.meeting.answer().problem
    theatre.now += 1
    theatre.say(theatre.everybody(), session=1)
    again = theatre.session
    assert (again.number, again.round, again.parties) == (2, 2, NAMES)
    assert again.key != first.key


def test_that_a_member_that_is_gone_ends_the_session_and_is_left_out_after_the_time_of_the_file(theatre):
    theatre.say(theatre.everybody())
    theatre.have_round(5)
    theatre.say(theatre.everybody(), "training", 1, round=5)
    theatre.now += GONE_SECONDS + 1
    theatre.say(theatre.everybody("dave"), "training", 1, round=5)
    assert theatre.session is None
    gone_since = theatre.now
    while theatre.now < gone_since + RULES.gone_after - 20:
        theatre.now += 5
        theatre.say(theatre.everybody("dave"), session=1)
        assert theatre.session is None
    theatre.now += 30
    theatre.say(theatre.everybody("dave"), session=1)
    assert theatre.session.parties == ("alice", "bob", "carol")
    assert theatre.session.missing == ("dave",)
    assert theatre.session.round == 5


def test_that_a_member_that_comes_back_is_taken_in_between_two_rounds(theatre):
    test_that_a_member_that_is_gone_ends_the_session_and_is_left_out_after_the_time_of_the_file(theatre)
    number = theatre.session.number
    theatre.say(theatre.everybody("dave"), "training", number, round=6)
    assert theatre.meeting.word() == GO_ON
    theatre.have_round(6, NAMES[:3])
    theatre.lives["dave"] = "2"
    theatre.say(["dave"])
    assert theatre.meeting.word() == REGROUP
    theatre.say(theatre.everybody("dave"), "failed", number, round=6, problem="regroup")
    theatre.now += 1
    theatre.say(theatre.everybody(), session=number, round=6)
    assert theatre.session.parties == NAMES
    assert (theatre.session.round, theatre.session.absent) == (6, ("dave",))


def test_that_a_sum_that_was_begun_with_everybody_waits_for_everybody(theatre):
    theatre.say(theatre.everybody())
    theatre.have_round(1)
    theatre.say(theatre.everybody(), "training", 1, round=1)
    theatre.say(["alice"], "failed", 1, round=1, problem="alice: summed before", needs_all=True)
    for _ in range(30):
        theatre.now += 9
        theatre.say(theatre.everybody("dave"), session=1, round=1)
    assert theatre.session is None
    theatre.say(["dave"], session=1, round=1)
    assert theatre.session.parties == NAMES
    theatre.say(theatre.everybody(), "training", 2, round=2)  # now it is finished
    theatre.have_round(2)
    theatre.say(["dave"], "gone", 2, round=2)
    for _ in range(13):
        theatre.now += 9
        theatre.say(theatre.everybody("dave"), session=2, round=2)
    assert theatre.session.missing == ("dave",)


def test_that_too_few_parties_wait_for_ever(theatre):
    theatre.say(theatre.everybody())
    theatre.have_round(1)
    theatre.say(theatre.everybody(), "training", 1)
    theatre.now += 10 * RULES.gone_after
    theatre.say(theatre.everybody("carol", "dave"))
    theatre.now += 2 * RULES.gone_after
    theatre.say(theatre.everybody("carol", "dave"))
    assert theatre.session is None  # masked sums of 4 need 3


def test_that_a_program_that_was_started_anew_ends_the_session(theatre):
    theatre.say(theatre.everybody())
    theatre.say(theatre.everybody(), "training", 1)
    theatre.lives["alice"] = "2"
    theatre.say(["alice"])
    assert theatre.session is None
    assert "started anew" in theatre.meeting.answer().problem


def test_that_a_member_that_does_not_know_the_run_yet_is_waited_for(theatre):
    theatre.have_round(3)
    theatre.say(theatre.everybody("carol"))
    theatre.say(["carol"], "waiting")
    assert theatre.session is None
    theatre.say(["carol"])
    assert theatre.session.round == 3


def test_that_pauses_grow_and_the_training_fails_after_too_many_sessions_without_a_round(theatre):
    pauses = []
    for number in range(1, RULES.restarts + 2):
        ended = theatre.now
        while theatre.session is None:
            theatre.say(theatre.everybody(), session=number - 1)
            theatre.now += 0.1
        pauses.append(theatre.now - ended)
        theatre.say(theatre.everybody(), "training", number)
        theatre.say(["carol"], "failed", number, problem="carol: again")
    assert pauses == sorted(pauses)
    assert pauses[-1] == pytest.approx(0.5 * 2 ** (RULES.restarts - 1), abs=0.3)
    theatre.say(theatre.everybody(), session=number)
    answer = theatre.meeting.answer()
    assert answer.failed
    assert "carol: again" in answer.ended


def test_that_a_round_in_between_forgives_the_failures_before(theatre):
    for number in range(1, 3 * RULES.restarts):
        theatre.have_round(number)
        theatre.now += 60
        theatre.say(theatre.everybody(), session=number - 1)
        theatre.say(theatre.everybody(), "training", number, round=number + 1)
        theatre.say(["carol"], "failed", number, round=number + 1, problem="carol: again")
    assert not theatre.meeting.answer().ended


def test_that_the_end_of_the_servers_session_is_the_end_with_its_figures(theatre):
    theatre.say(theatre.everybody())
    theatre.say(theatre.everybody("server"), "training", 1)
    theatre.say(["server"], "finished", 1, result={"run": "run", "hr@10": 0.5})
    answer = theatre.meeting.answer()
    assert answer.ended
    assert not answer.failed
    assert answer.result == {"run": "run", "hr@10": 0.5}
    assert not theatre.meeting.finished_everywhere()
    theatre.say(NAMES, "finished", 1)
    assert theatre.meeting.finished_everywhere()


def test_that_the_servers_wish_to_stop_comes_before_everything(theatre):
    theatre.say(theatre.everybody())
    theatre.meeting.stop()
    assert theatre.meeting.word() == STOP
    assert not theatre.meeting.answer().ended  # the round under way is finished first


def test_that_a_training_that_waits_ends_at_once(theatre):
    theatre.say(["server"])
    theatre.meeting.stop()
    assert "The server ended the training" in theatre.meeting.answer().ended


def test_that_the_newest_round_with_all_parts_is_resumed():
    sums = {4: ("alice", "bob"), 5: ("alice", "bob"), 6: ("alice",)}
    whole = {"alice": Held(rounds=(4, 5, 6)), "bob": Held(rounds=(4, 5))}
    assert round_to_resume(sums, whole, ["alice", "bob"]) == (6, ("bob",))
    lost = {"alice": Held(rounds=(4, 5)), "bob": Held(rounds=(4, 5))}  # a disk brought back from a copy
    assert round_to_resume(sums, lost, ["alice", "bob"]) == (5, ())
    assert round_to_resume(sums, {"alice": Held(), "bob": Held()}, ["alice", "bob"]) == (0, ())
