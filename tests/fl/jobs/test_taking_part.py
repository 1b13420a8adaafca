"""A member behind the window takes part in a real federation on loopback, and then answers alone from its own run."""

import shutil
import threading
import time

import pytest

from data import catalogue as catalogues
from data.errors import CancelledError
from data.loading import interactions_of
from fl.cli.exit_codes import INTERRUPTED
from fl.errors import FederationError
from fl.federation.session import SERVER
from fl.jobs.context import JobContext
from fl.jobs.table import run
from fl.organisations.trial import DATASET, Trial, divide
from fl.protocol.commands import EvaluateCommand, ListUsers, ReadKit, RecommendCommand, TakePart
from fl.protocol.events import Members, RoundDone, TrainStarted
from fl.runs.run_folder import RunFolder
from fl.settings.federation import FederationRules
from fl.settings.of_jobs import EvaluateSettings, RecommendSettings
from fl.settings.train import TrainSettings
from tests.fl.asking import ask
from tests.fl.jobs.leaving import leave_and_come_back, lost

ROUNDS = 3


def founded(folder, rounds):
    """A federation of alice and bob; nobody's program runs yet."""
    whole = interactions_of("demo", "leak-free")
    settings = TrainSettings(model="fcf", dim=8, epochs=rounds, early_stopping=0, alpha=0.1, parties=2)
    parts = divide(whole, ["alice", "bob"], settings.seed)
    return Trial(
        folder / "trial",
        ("alice", "bob"),
        parts,
        settings,
        FederationRules(restarts=2),
        catalogues.from_interactions(whole),
    )


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    made = founded(tmp_path_factory.mktemp("trial"), ROUNDS)
    yield made
    made.end()


def test_that_a_kit_tells_whose_it_is_and_the_terms(trial):
    kit = ask(ReadKit(folder=str(trial.kit("alice")))).kit
    assert (kit.member, kit.is_server, kit.parties) == ("alice", False, ("alice", "bob"))
    assert (kit.settings.epochs, kit.settings.dim, kit.settings.parties) == (ROUNDS, 8, 2)
    assert set(kit.addresses) == {"alice", "bob", SERVER}
    assert ask(ReadKit(folder=str(trial.kit(SERVER)))).kit.is_server
    with pytest.raises(FederationError):
        ask(ReadKit(folder=str(trial.folder)))


def test_that_a_member_that_waits_can_be_cancelled(trial, monkeypatch):
    monkeypatch.setenv("SECRETREC_HOME", str(trial.home("alice")))
    wanted = threading.Event()

    def hear(event):
        wanted.set()  # it is said that the server cannot be reached

    context = JobContext("job", hear, cancelled=wanted.is_set)
    with pytest.raises(CancelledError):
        run(TakePart(kit=str(trial.kit("alice")), dataset=DATASET, threads=1), context)


def test_that_a_member_trains_with_the_others_and_then_answers_alone(trial, monkeypatch):
    monkeypatch.setenv("SECRETREC_HOME", str(trial.home("alice")))
    for other in (SERVER, "bob"):
        trial.start(other)
    heard = []
    done = run(TakePart(kit=str(trial.kit("alice")), dataset=DATASET, threads=1), JobContext("job", heard.append))
    assert all(code == 0 for code in trial.wait(60).values())
    assert {event.job for event in heard} == {"job"}
    assert (done.stopped_early, done.result["rounds"]) == (False, ROUNDS)
    assert [event.record.round for event in heard if isinstance(event, RoundDone)] == list(range(1, ROUNDS + 1))
    assert sum(isinstance(event, TrainStarted) for event in heard) == 1
    members = [event.members for event in heard if isinstance(event, Members)]
    assert {one.state for states in members for one in states} >= {"connected", "training"}
    assert {one.name for one in members[-1]} == {"alice", "bob", SERVER}

    # Nobody else is there any more, and nothing but the own folder.
    shutil.rmtree(trial.home("bob"))
    shutil.rmtree(trial.home(SERVER))
    folder = RunFolder.find(done.run)
    assert [path.name for path in (folder.path / "parties").iterdir()] == ["alice"]
    users = ask(ListUsers(run=done.run)).users
    listed = ask(RecommendCommand(settings=RecommendSettings(run=done.run, user=users[0].id, top_k=3)))
    assert len(listed.items) == 3
    evaluation = ask(EvaluateCommand(settings=EvaluateSettings(run=done.run, k=(10,)))).evaluation
    assert 0 < evaluation.n_users <= ask(ListUsers(run=done.run)).total
    assert {row.scorer for row in evaluation.rows} == {"model", "popularity"}
    assert evaluation.warning.code == "evaluation.of-own-users"
    assert (folder.path / "evaluation-leak-free.json").exists()


def test_that_members_leave_and_come_back_and_the_server_ends_it_for_all(tmp_path, monkeypatch):
    made = founded(tmp_path, 5000)
    monkeypatch.setenv("SECRETREC_HOME", str(made.home("alice")))
    began = time.time()
    try:
        first, second, bob_left, codes = leave_and_come_back(made)
    finally:
        made.end()
    assert bob_left == [INTERRUPTED]
    assert codes == {SERVER: 0, "bob": 0}

    while_lost = next(event for event in first if lost(event, "bob"))
    (bob,) = [one for one in while_lost.members if one.name == "bob"]
    assert began < bob.since <= time.time()
    back = [event for event in first[first.index(while_lost) :] if isinstance(event, Members)]
    assert [one.state for one in back[-1].members if one.name == "bob"] == ["training"]
    rounds = [event.record.round for event in first if isinstance(event, RoundDone)]
    assert rounds == sorted(rounds), "a round is trained again only where nobody was told of it"
    left = first[-1]
    assert (left.stopped_early, left.result["rounds"]) == (True, rounds[-1])

    goes_on = [event.record.round for event in second if isinstance(event, RoundDone)]
    assert rounds[-1] <= goes_on[0] <= rounds[-1] + 2, "it goes on from what was on disk when it left"
    assert second[-1].result["rounds"] == goes_on[-1]
    assert "hr@10" in second[-1].result, "the server ended the training for all: the figures are final"
    assert RunFolder.find(second[-1].run).state() == "stopped"
