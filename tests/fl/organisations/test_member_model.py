"""Sessions of a run between organisations, one after the other, in one process: each goes on from what is kept."""

from __future__ import annotations

import pytest

from data.catalogue import from_interactions
from data.errors import SettingsError
from data.loading import interactions_of
from fl import aggregation
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.keys import Identity, Roster
from fl.federation import session
from fl.federation.rules import rules_of
from fl.organisations import kit as kits
from fl.organisations.member_model import COUNTS, SIZES, MemberModel
from fl.organisations.member_words import GO_ON
from fl.organisations.member_worker import MemberWorker
from fl.runs import round_lines
from fl.runs.run_folder import FORMAT
from fl.runs.storage import write_json
from fl.settings.train import TrainSettings
from tests.fl.organisations.conftest import found

READ = kits.read
PARTIES = ("alice", "bob", "carol", "dave")
COMMON = {"dataset": "demo", "parties": 4, "aggregator": "masked", "epochs": 9, "early_stopping": 0}
SETTINGS = TrainSettings(**COMMON)


@pytest.fixture(scope="module")
def admin(tmp_path_factory):
    parties = {name: f"127.0.0.1:{9701 + place}" for place, name in enumerate(PARTIES)}
    catalogue = from_interactions(interactions_of("demo", "leak-free"))
    return found(tmp_path_factory.mktemp("four") / "f", parties=parties, settings=SETTINGS, catalogue=catalogue)


class Lines:
    """A callback that keeps the records where a run folder has them."""

    def __init__(self, folder):
        self.path = folder / "metrics.jsonl"

    def on_epoch_begin(self, number):
        pass

    def on_epoch_end(self, record):
        round_lines.append(self.path, record)
        return False

    def replace(self, records):
        round_lines.write(self.path, records)


@pytest.fixture
def run(admin, tmp_path, monkeypatch):
    """A function that trains one session: (parties, from round, to round, folder name) -> the model and its records."""
    sessions = []

    def train(parties, first, last, folder="run", absent=(), **settings):
        place = tmp_path / folder
        (place / "server").mkdir(parents=True, exist_ok=True)
        write_json(place / "config.json", {"format": FORMAT, "id": folder, "organisation": {}})
        each = iter([READ(admin.kit_of(name)) for name in parties])
        monkeypatch.setattr("fl.organisations.member_worker.kits.read", lambda _: next(each))
        # All members have one folder here, where the server's part must not be replaced by the parties' copies.
        monkeypatch.setattr(MemberWorker, "keep_items", lambda self, number: 1)
        running = session.start("in-process", parties)
        sessions.append(running)
        made = aggregation.make("masked", running.server, running.parties)
        model = MemberModel(running.server, running.parties, made, 1, admin.folder)
        missing = set(parties) != set(PARTIES)
        sizes = model.open(place, ("demo", "leak-free", SETTINGS.seed), 400, missing, lambda: GO_ON)
        chosen = TrainSettings(**COMMON, **settings)
        own = chosen.own.settled(sizes.n_train, sizes.n_users, sizes.n_items)
        model.begin(rules_of(chosen.model_copy(update={"own": own})), sizes, ())
        lines = Lines(place)
        lines.replace(model.resume(place, first, absent, PARTIES) if first else [])
        model.fit(epochs=last, initial_epoch=first, audit_log_dir=place, callbacks=[lines])
        return model, round_lines.read(lines.path)

    yield train
    for each in sessions:
        each.close()


def figures(records):
    return [(record.round, record.loss, record.valid) for record in records]


@pytest.mark.parametrize("chosen", [{}, {"model": "pfedrec", "upload_bits": 12}, {"model": "fedrap", "dim": 4}])
def test_that_a_run_in_three_sessions_has_the_figures_of_one(run, chosen):
    _, whole = run(PARTIES, 0, 5, "whole", **chosen)
    run(PARTIES, 0, 2, **chosen)
    run(PARTIES, 2, 4, **chosen)
    _, parts = run(PARTIES, 4, 5, **chosen)
    assert figures(parts) == figures(whole)


def test_that_a_round_without_its_record_is_finished_by_the_next_session(run, tmp_path):
    _, whole = run(PARTIES, 0, 4, "whole")
    run(PARTIES, 0, 3)
    records = round_lines.read(tmp_path / "run" / "metrics.jsonl")
    round_lines.write(tmp_path / "run" / "metrics.jsonl", records[:2])  # the server died before it had the third
    _, found = run(PARTIES, 3, 4)
    assert figures(found) == figures(whole)


def test_that_others_go_on_without_a_party_and_it_comes_back_with_its_own_last_state(run, tmp_path):
    _, whole = run(PARTIES, 0, 2)
    model, without = run(PARTIES[:3], 2, 4)
    assert figures(without[:2]) == figures(whole)
    assert [set(record.dropped) for record in without] == [set(), set(), set(), set()]  # the driver says who is missing
    assert model.parties.n_users == 4 * 300  # of the run, as they were summed once
    model, again = run(PARTIES, 4, 5, absent=("dave",))
    assert [record.round for record in again] == [1, 2, 3, 4, 5]
    assert again[4].valid
    kept = sorted(path.name for path in (tmp_path / "run" / "parties" / "dave").glob("round-*"))
    assert kept == ["round-000001.safetensors", "round-000002.safetensors", "round-000005.safetensors"]


def test_that_the_record_of_a_round_says_who_was_not_in_its_sum_and_has_no_figures_of_others(run, tmp_path):
    run(PARTIES, 0, 1)
    _, before = run(PARTIES[:3], 1, 2)
    round_lines.write(tmp_path / "run" / "metrics.jsonl", before[:1])
    _, found = run(PARTIES, 2, 3, absent=("dave",))
    assert set(found[1].dropped) == {"dave"}
    assert found[1].valid == {}
    assert found[1].loss == before[1].loss


def test_that_sums_are_taken_once_and_never_without_a_party(run):
    model, _ = run(PARTIES, 0, 1)
    assert set(model._known_sums) == set()
    again, _ = run(PARTIES[:3], 1, 2)
    assert again._known_sums == {SIZES, COUNTS}
    with pytest.raises(SettingsError, match="A run begins with all parties"):
        run(PARTIES[:3], 0, 1, "another")


@pytest.mark.parametrize("wrong", ["identity", "threshold", "names"])
def test_that_a_member_joins_no_roster_but_its_federations(admin, wrong):
    worker = MemberWorker(kit=str(admin.kit_of("alice")))
    file = admin.file
    names, keys, threshold = file.parties, list(file.roster_keys), 3
    if wrong == "identity":
        keys[1] = Identity().public
    elif wrong == "names":
        names = ("alice", "bob", "carol", "mallory")
    else:
        names, keys, threshold = names[:3], keys[:3], 2
    with pytest.raises(RefusedMessageError, match="another identity" if wrong == "identity" else "not those of this"):
        worker.masking_join("alice", Roster(b"r" * 32, names, tuple(keys), threshold), 64, False)
