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

ROUNDS = 5000  # more than are waited for


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """A federation of alice and bob; nobody's program runs yet."""
    whole, names = interactions_of("demo", "leak-free"), ("alice", "bob")
    settings = TrainSettings(model="fcf", dim=8, epochs=ROUNDS, early_stopping=0, alpha=0.1, parties=2)
    parts, known = divide(whole, names, settings.seed), catalogues.from_interactions(whole)
    made = Trial(tmp_path_factory.mktemp("trial") / "trial", names, parts, settings, FederationRules(restarts=2), known)
    yield made
    made.end()


@pytest.fixture(autouse=True)
def at_alice(trial, monkeypatch):
    """This process is alice's."""
    monkeypatch.setenv("SECRETREC_HOME", str(trial.home("alice")))


def test_that_a_kit_tells_whose_it_is_and_the_terms(trial):
    kit = ask(ReadKit(folder=str(trial.kit("alice")))).kit
    assert (kit.member, kit.is_server, kit.parties) == ("alice", False, ("alice", "bob"))
    assert (kit.settings.epochs, kit.settings.dim, kit.settings.parties) == (ROUNDS, 8, 2)
    assert set(kit.addresses) == {"alice", "bob", SERVER}
    assert ask(ReadKit(folder=str(trial.kit(SERVER)))).kit.is_server
    with pytest.raises(FederationError):
        ask(ReadKit(folder=str(trial.folder)))


def test_that_a_member_that_waits_can_be_cancelled(trial):
    wanted = threading.Event()

    def hear(event):
        wanted.set()  # it is said that the server cannot be reached

    context = JobContext("job", hear, cancelled=wanted.is_set)
    with pytest.raises(CancelledError):
        run(TakePart(kit=str(trial.kit("alice")), dataset=DATASET, threads=1), context)


@pytest.fixture(scope="module")
def left(trial):
    """What alice heard and what became of the others, see `leave_and_come_back`, and when it began."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRETREC_HOME", str(trial.home("alice")))
        began = time.time()
        try:
            return *leave_and_come_back(trial), began
        finally:
            trial.end()


def test_that_members_leave_and_come_back_and_the_server_ends_it_for_all(left):
    first, second, bob_left, codes, began = left
    assert bob_left == [INTERRUPTED]
    assert codes == {SERVER: 0, "bob": 0}

    while_lost = next(event for event in first if lost(event, "bob"))
    (bob,) = [one for one in while_lost.members if one.name == "bob"]
    assert began < bob.since <= time.time()
    back = [event for event in first[first.index(while_lost) :] if isinstance(event, Members)]
    assert [one.state for one in back[-1].members if one.name == "bob"] == ["training"]
    rounds = [event.record.round for event in first if isinstance(event, RoundDone)]
    assert rounds == sorted(rounds), "a round is trained again only where nobody was told of it"
    assert (first[-1].stopped_early, first[-1].result["rounds"]) == (True, rounds[-1])

    goes_on = [event.record.round for event in second if isinstance(event, RoundDone)]
    assert rounds[-1] <= goes_on[0] <= rounds[-1] + 2, "it goes on from what was on disk when it left"
    assert second[-1].result["rounds"] == goes_on[-1]
    assert "hr@10" in second[-1].result, "the server ended the training for all: the figures are final"
    assert RunFolder.find(second[-1].run).state() == "stopped"


def test_that_a_member_is_told_of_all_that_concerns_it(left):
    for heard, sessions in zip(left[:2], (2, 1), strict=True):
        assert {event.job for event in heard} == {"part"}
        assert sum(isinstance(event, TrainStarted) for event in heard) == sessions
        members = [event.members for event in heard if isinstance(event, Members)]
        assert {one.state for states in members for one in states} >= {"connected", "training"}
        assert {one.name for one in members[-1]} == {"alice", "bob", SERVER}


def test_that_a_member_answers_alone_from_its_own_run(trial, left):
    for other in ("bob", SERVER):
        shutil.rmtree(trial.home(other))
    folder = RunFolder.find(left[1][-1].run)
    assert [path.name for path in (folder.path / "parties").iterdir()] == ["alice"]
    users = ask(ListUsers(run=folder.name)).users
    listed = ask(RecommendCommand(settings=RecommendSettings(run=folder.name, user=users[0].id, top_k=3)))
    assert len(listed.items) == 3
    evaluation = ask(EvaluateCommand(settings=EvaluateSettings(run=folder.name, k=(10,)))).evaluation
    assert 0 < evaluation.n_users <= ask(ListUsers(run=folder.name)).total
    assert {row.scorer for row in evaluation.rows} == {"model", "popularity"}
    assert evaluation.warning.code == "evaluation.of-own-users"
    assert (folder.path / "evaluation-leak-free.json").exists()
