"""Parties that drop out in the middle of training, refused rounds, and parties of too few users."""

import hashlib
import os
import signal
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import ray

from data.clients import ClientSampling
from data.errors import SettingsError
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.server import MaskingServer
from fl.errors import AggregationError, PartyError, SessionError
from fl.federation import dropouts
from fl.federation.new_fl_model import NewFLModel
from fl.privacy.mechanism import Privacy
from fl.runs.storage import read_arrays, round_file
from fl.settings.base import build
from fl.settings.train import TrainSettings
from models.evaluation import EvaluationRequest
from models.pfedrec_local import LocalPFedRec
from tests.fl.faults import Refusing, die, kill
from tests.fl.federation.test_new_fl_model import HYPER, Recorder
from tests.fl.small_rules import rules_for
from tests.models.small_data import small_parties

FIGURES = EvaluationRequest("test", (10,), ("hr", "ndcg"))


def set_up(federate, n_parties=4, aggregator="masked", model="pfedrec", **rules):
    federation, devices = federate(n_parties, aggregator)
    parts = small_parties(n_parties)
    federation.set_up(dict(zip(devices, parts, strict=True)), rules_for(model, **rules))
    return federation, parts


class Received:
    """A recording of what the server received under masks.

    Attributes:
        updates: what each update was before it was masked, in a digest.
        n_sums: how many sums were unmasked.
    """

    def __init__(self):
        self.updates, self.n_sums = [], 0


@pytest.fixture
def received(monkeypatch):
    seen, values = Received(), {}
    mask, take, finish = MaskingClient.mask, MaskingServer.take_upload, MaskingServer._unmasked

    def watched_mask(client, number, arrays, *more, **named):
        upload = mask(client, number, arrays, *more, **named)
        values[upload.digest()] = hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()
        return upload

    def watched_take(server, upload):
        take(server, upload)
        if len(upload.blocks) == 2:
            seen.updates.append(values[upload.digest()])

    def watched_finish(server, *more):
        seen.n_sums += 1
        return finish(server, *more)

    monkeypatch.setattr(MaskingClient, "mask", watched_mask)
    monkeypatch.setattr(MaskingServer, "take_upload", watched_take)
    monkeypatch.setattr(MaskingServer, "_unmasked", watched_finish)
    return seen


def items_of(folder, number):
    return read_arrays(folder / "server" / round_file(number))["items"]


@pytest.mark.parametrize("aggregator", ["masked", "verified", "plain"])
@pytest.mark.parametrize(
    "method", ["train_step", "masking_mask", "masking_agree", "masking_unmask", "masking_check", "validate"]
)
def test_that_training_goes_on_without_a_party_whose_process_died(federate, tmp_path, received, aggregator, method):
    if method.startswith("masking") and (aggregator == "plain" or (aggregator, method) == ("masked", "masking_check")):
        pytest.skip("it does no such thing")
    federation, parts = set_up(federate, aggregator=aggregator)
    die(federation, "party-2", method)
    recorder = Recorder()
    federation.fit(epochs=3, callbacks=[recorder], audit_log_dir=tmp_path)
    assert [record.dropped for record in recorder.records] == [{"party-2": "its process died"}] * 3
    # The sum of a round is that of the survivors; in its own round the party that died after it was still in it.
    survivors = [part for part in parts if part.party != "party-2"]
    start = LocalPFedRec.initial_items(parts[0].n_items, HYPER)
    in_it = survivors if method in ("train_step", "masking_mask") else parts
    changes = [LocalPFedRec(part, HYPER).train_round(start, 1) for part in in_it]
    expected = start + sum(c.item_update for c in changes) / sum(c.n_users for c in changes)
    np.testing.assert_allclose(items_of(tmp_path, 1), expected, atol=1e-5)
    assert federation.evaluate().n_users <= sum(part.n_users for part in survivors)
    # The server got each message once, so that no two sums have one in common: their difference would be a party's own.
    assert len(set(received.updates)) == len(received.updates)
    if aggregator != "plain":
        assert len(received.updates) == len(in_it) + 2 * len(survivors)
        assert received.n_sums == 7  # three rounds with their figures, and the evaluation


@pytest.mark.parametrize("aggregator", ["masked", "verified"])
@pytest.mark.parametrize("method", ["masking_agree", "masking_unmask"])
def test_that_figures_and_counts_are_finished_or_not_summed_at_all(federate, received, aggregator, method):
    federation, _ = set_up(federate, aggregator=aggregator)
    federation.fit(epochs=1, validation_data=False)
    sums = received.n_sums
    die(federation, "party-2", method)
    with pytest.raises(SessionError, match="A process of a party or the server died"):
        federation.questions.evaluate_popularity(FIGURES)
    assert received.n_sums == sums
    federation.fit(epochs=2, initial_epoch=1)
    with pytest.raises(SessionError, match="summed over all parties or not at all, and party-2 dropped out"):
        federation.questions.evaluate_popularity(FIGURES)


@pytest.mark.parametrize("aggregator", ["masked", "plain"])
def test_that_counts_from_before_a_drop_out_are_used_again(federate, aggregator):
    federation, _ = set_up(federate, aggregator=aggregator)
    before = federation.questions.evaluate_popularity(FIGURES)
    die(federation, "party-2", "train_step")
    federation.fit(epochs=1)
    after = federation.questions.evaluate_popularity(replace(FIGURES, ks=(5,)))
    assert 0 < after.n_users < before.n_users


def test_that_a_party_that_dies_later_leaves_a_run_that_can_be_resumed(federate, tmp_path):
    federation, _ = set_up(federate)
    die(federation, "party-3", "train_step", from_round=3)
    recorder = Recorder()
    federation.fit(epochs=4, callbacks=[recorder], audit_log_dir=tmp_path)
    assert [sorted(record.dropped) for record in recorder.records] == [[], [], ["party-3"], ["party-3"]]
    files = sorted(path.name for path in (tmp_path / "parties" / "party-3").glob("round-*"))
    assert files == [round_file(1), round_file(2)]
    again, _ = set_up(federate)
    again.load_model(tmp_path, 4, absent=["party-3"])
    assert len(again.fit(epochs=5, initial_epoch=4, audit_log_dir=tmp_path)["loss"]) == 1
    assert len(list((tmp_path / "parties" / "party-3").glob("round-*"))) == 3


@pytest.mark.parametrize("aggregator", ["masked", "verified"])
def test_that_a_resumed_run_never_sums_a_round_again_over_other_parties(federate, tmp_path, aggregator):
    """Its sum was known, but a crash lost its checkpoint: with the missing party back, the two would differ by it."""
    federation, _ = set_up(federate, aggregator=aggregator)
    federation.fit(epochs=1, audit_log_dir=tmp_path)
    die(federation, "party-3", "train_step", from_round=2)
    federation.fit(epochs=2, initial_epoch=1)  # without a folder: nothing is saved
    again, _ = set_up(federate, aggregator=aggregator)
    again.load_model(tmp_path, 1)
    with pytest.raises(RefusedMessageError, match="summed over party-1, party-2, party-4 before"):
        again.fit(epochs=2, initial_epoch=1)


@pytest.mark.parametrize(("aggregator", "n_parties"), [("secure", 4), ("masked", 3), ("plain", 2)])
def test_that_below_the_threshold_training_stops_with_a_sentence_and_the_last_checkpoint(
    federate, tmp_path, aggregator, n_parties
):
    federation, _ = set_up(federate, n_parties, aggregator)
    federation.fit(epochs=1, audit_log_dir=tmp_path)
    die(federation, "party-2", "train_step", from_round=2)
    with pytest.raises(SessionError, match=rf"party-2 dropped out: its process died. .* needs {n_parties}"):
        federation.fit(epochs=3, initial_epoch=1, audit_log_dir=tmp_path)
    assert (tmp_path / "server" / round_file(1)).exists()
    assert not (tmp_path / "server" / round_file(2)).exists()


@pytest.mark.parametrize("method", ["masking_mask", "masking_unmask"])
def test_that_noised_messages_are_never_summed_over_two_sets_of_parties(federate, received, method):
    federation, _ = set_up(federate, privacy=Privacy("user", 1.0, 1.0, 1e-5, helpers=3))
    die(federation, "party-2", method)
    federation.fit(epochs=1)
    assert len(set(received.updates)) == len(received.updates) == (3 if method == "masking_mask" else 4)
    assert received.n_sums == 2


def test_that_noise_is_enough_and_the_divisor_right_without_a_party(federate, tmp_path):
    privacy = Privacy("user", 1.0, 1e-6, 1e-5, helpers=3)
    federation, parts = set_up(federate, model="pfedrec", privacy=privacy)
    die(federation, "party-2", "train_step")
    federation.fit(epochs=1, audit_log_dir=tmp_path)
    survivors = [part for part in parts if part.party != "party-2"]
    start = LocalPFedRec.initial_items(parts[0].n_items, HYPER)
    changes = sum(LocalPFedRec(part, HYPER).train_round(start, 1, None, privacy.clip).item_update for part in survivors)
    expected = start + changes / sum(part.n_users for part in survivors)
    np.testing.assert_allclose(items_of(tmp_path, 1), expected, atol=3e-4)


@pytest.mark.parametrize("model", ["pfedrec", "fcf", "fedrap"])
def test_that_a_refused_round_leaves_no_trace(federate, tmp_path, model):
    whole, _ = set_up(federate, model=model)
    expected = whole.fit(epochs=3, audit_log_dir=tmp_path / "whole")
    federation, _ = set_up(federate, model=model)
    server = federation.parties.server = Refusing(
        federation.parties.server, {1, 3, 4}
    )  # once in round 1, twice in round 2
    history = federation.fit(epochs=3, audit_log_dir=tmp_path / "refused", retries=2)
    assert server.tries == [1, 1, 2, 2, 2, 3]
    assert history == expected
    np.testing.assert_array_equal(items_of(tmp_path / "whole", 3), items_of(tmp_path / "refused", 3))


def test_that_a_round_is_not_tried_for_ever(federate):
    federation, _ = set_up(federate)
    federation.parties.server = Refusing(federation.parties.server, {1, 2, 3})
    with pytest.raises(AggregationError, match="Round 1: the aggregate is wrong: somebody cheated"):
        federation.fit(epochs=1, retries=2)


def test_that_every_try_of_a_round_is_paid_for(federate, tmp_path):
    federation, _ = set_up(federate, privacy=Privacy("user", 1.0, 2.0, 1e-5, helpers=3))
    federation.parties.server = Refusing(federation.parties.server, {1, 2})
    history = federation.fit(epochs=1, audit_log_dir=tmp_path, retries=5)
    from fl.privacy.accountant import Accountant

    assert history["epsilon"] == [Accountant(Privacy("user", 1.0, 2.0, 1e-5)).epsilon(3)]


def test_that_what_a_party_refuses_is_not_tried_again(federate, monkeypatch):
    federation, _ = set_up(federate)
    asked = []
    monkeypatch.setattr("fl.federation.worker.upload_problem", lambda *_: asked.append(1) or "the update is no good.")
    with pytest.raises(PartyError, match="party-1: the update is no good"):
        federation.fit(epochs=1, retries=5)
    assert len(asked) == 4  # each party once


def test_that_a_party_with_too_few_drawn_users_sits_the_round_out(federate, tmp_path):
    parts = small_parties(3)
    everyone = sum(part.n_users for part in parts)
    clients = ClientSampling(4, "fixed", minimum=2)
    start = LocalPFedRec.initial_items(parts[0].n_items, HYPER)
    drawn = [replace(clients, minimum=1).rows(part.users, everyone, HYPER.seed, 1) for part in parts]
    assert sorted(len(rows) for rows in drawn)[0] < 2  # the case is there
    changes = [
        LocalPFedRec(part, HYPER).train_round(start, 1, rows)
        for part, rows in zip(parts, drawn, strict=True)
        if len(rows) >= 2
    ]
    federation, _ = set_up(federate, 3, clients=clients)
    federation.fit(epochs=1, audit_log_dir=tmp_path)
    expected = start + sum(c.item_update for c in changes) / sum(c.n_users for c in changes)
    np.testing.assert_allclose(items_of(tmp_path, 1), expected, atol=1e-5)


def test_that_a_draw_that_leaves_a_party_out_of_most_rounds_is_refused():
    from data.loading import load
    from fl.jobs.training import check_clients

    demo = load("demo", "leak-free", 2024)  # 300 users, 2 parties
    with pytest.raises(SettingsError, match=r"party-1 has 150 users, of whom 3 take part .* fewer than 5"):
        check_clients(build(TrainSettings, {"clients_per_round": 0.02}), demo)
    check_clients(build(TrainSettings, {"clients_per_round": 0.02, "min_clients_per_party": 1}), demo)
    check_clients(build(TrainSettings, {}), demo)
    with pytest.raises(SettingsError, match="fewer than 151"):
        check_clients(build(TrainSettings, {"min_clients_per_party": 151}), demo)


def test_that_waiting_counts_no_time_in_which_this_process_was_stopped(monkeypatch):
    """A piece of the time counts as long as it was meant to be, however long it took by the clock."""
    references = {str(number): ray.ObjectRef(bytes([number]) * 28) for number in (1, 2)}
    values = {name: SimpleNamespace(data=reference) for name, reference in references.items()}
    asked = []

    def wait(pending, num_returns, timeout, fetch_local):
        asked.append(timeout)
        ready = [references["1"]] if len(asked) == 3 else []
        return ready, [one for one in pending if one not in ready]

    monkeypatch.setattr(dropouts.ray, "wait", wait)
    assert dropouts._late(values, 4.5) == {"2"}
    assert sum(asked) == 4.5
    assert max(asked) <= 1
    assert dropouts._late(values, 0) == set()


@pytest.mark.engine
def test_that_a_killed_and_a_stalled_process_are_gone_on_without(monkeypatch, tmp_path):
    """Real processes: one is killed, one is stopped so that it never answers."""
    import psutil

    from fl import aggregation
    from fl.federation import session

    before = signal.getsignal(signal.SIGTERM)
    running = session.start("simulation", session.party_names(4))
    try:
        assert signal.getsignal(signal.SIGTERM) is before  # Ray's would end the program without a word
        made = aggregation.make("masked", running.server, running.parties)
        model = NewFLModel(running.server, running.parties, made)
        model.set_up(dict(zip(running.parties, small_parties(4), strict=True)), rules_for("fcf"))
        model.fit(epochs=1, audit_log_dir=tmp_path)
        workers = [p for p in psutil.Process().children(recursive=True) if "PartyWorker" in " ".join(p.cmdline())]
        assert len(workers) == 4
        os.kill(workers[0].pid, signal.SIGKILL)
        recorder = Recorder()
        model.fit(epochs=2, initial_epoch=1, callbacks=[recorder], audit_log_dir=tmp_path, round_timeout=30)
        assert list(recorder.records[0].dropped.values()) == ["its process died"]
        (server,) = [p for p in psutil.Process().children(recursive=True) if "ItemServer" in " ".join(p.cmdline())]
        os.kill(server.pid, signal.SIGSTOP)
        for again in (False, True):
            if again:
                model._items = (
                    None  # as after going back to a round: parties wait for the server's items, not it for them
                )
            with pytest.raises(SessionError, match=r"The server did not answer within 2 seconds"):
                model.fit(epochs=3, initial_epoch=2, audit_log_dir=tmp_path, round_timeout=2)
        os.kill(server.pid, signal.SIGCONT)
        model.parties.reveal_each(lambda _, worker: worker.ready())  # what was begun before is over
        alive = [p for p in workers[1:] if p.is_running()]
        os.kill(alive[0].pid, signal.SIGSTOP)
        with pytest.raises(SessionError, match=r"did not answer within 3 seconds.* 2 of 4 parties are left.* needs 3"):
            model.fit(epochs=3, initial_epoch=2, audit_log_dir=tmp_path, round_timeout=3)
        assert (tmp_path / "server" / round_file(2)).exists()
    finally:
        running.close()


@pytest.mark.engine
@pytest.mark.parametrize(
    ("aggregator", "method", "number"),
    [
        ("masked", "masking_unmask", signal.SIGSTOP),
        pytest.param("verified", "masking_check", signal.SIGKILL, marks=pytest.mark.campaign),
        pytest.param("masked", "masking_mask", signal.SIGKILL, marks=pytest.mark.campaign),
        pytest.param("masked", "masking_unmask", signal.SIGKILL, marks=pytest.mark.campaign),
        pytest.param("verified", "masking_agree", signal.SIGKILL, marks=pytest.mark.campaign),
    ],
)
def test_that_a_process_killed_or_stopped_in_the_middle_of_a_sum_does_not_cost_a_second_one(
    tmp_path, aggregator, method, number
):
    from fl import aggregation
    from fl.federation import session

    running = session.start("simulation", session.party_names(4))
    try:
        made = aggregation.make(aggregator, running.server, running.parties)
        model = NewFLModel(running.server, running.parties, made)
        parts = small_parties(4)
        model.set_up(dict(zip(running.parties, parts, strict=True)), rules_for("pfedrec"))
        model.fit(epochs=1, audit_log_dir=tmp_path)
        victim = running.parties[1]
        actor = model.parties.workers[victim].data._actor_id.hex()
        kill(model, str(victim), method, ray._private.state.actors(actor)["Pid"], number)
        recorder, why = Recorder(), "its process died"
        if number == signal.SIGSTOP:
            why = "it did not answer within 4 seconds"
        model.fit(epochs=2, initial_epoch=1, callbacks=[recorder], audit_log_dir=tmp_path, round_timeout=4)
        assert recorder.records[0].dropped == {str(victim): why}
        assert model.parties.aggregator._number == 4  # messages of two rounds with their figures, each summed once
    finally:
        running.close()
