"""LocalFCF, server optimisers and drawn users on real SecretFlow in one process."""

from dataclasses import replace

import numpy as np
import pytest

from data.clients import ClientSampling
from data.errors import StorageError
from fl.aggregation.compression import Compression
from fl.errors import AggregationError
from fl.federation.server import ItemServer
from fl.runs.storage import read_arrays, round_file
from models.evaluation import EvaluationRequest
from models.fcf_local import LocalFCF
from tests.fl.small_rules import rules_for
from tests.models.oracle_fcf import NaiveFCF
from tests.models.small_data import HYPER, hyper_of, small_parties, small_party

ADAM = {"optimizer": "fedadam", "learning_rate": 0.1}


def set_up(federate, n_parties, aggregator="plain", model="fcf", hyper=None, **rules):
    federation, devices = federate(n_parties, aggregator)
    parts = small_parties(n_parties)
    federation.set_up(dict(zip(devices, parts, strict=True)), rules_for(model, hyper, **(rules or ADAM)))
    return federation, devices, parts


def items_of(folder, number):
    return read_arrays(folder / "server" / round_file(number))["items"]


@pytest.mark.parametrize(("n_parties", "aggregator"), [(1, "plain"), (2, "secure"), (5, "secure"), (2, "plain")])
@pytest.mark.parametrize("decay", [1.0, 0.5])
def test_that_three_rounds_give_the_tables_of_the_naive_version(federate, tmp_path, n_parties, aggregator, decay):
    data = small_party()
    oracle = NaiveFCF(data, LocalFCF.initial_items(data.n_items, hyper_of("fcf")), 0.2, 0.05)
    for number in range(3):
        oracle.rate = 0.1 * decay**number
        oracle.round()
    model, devices, parts = set_up(federate, n_parties, aggregator, hyper=hyper_of("fcf", lr_decay=decay))
    history = model.fit(epochs=3, audit_log_dir=tmp_path, validation_data=False)
    np.testing.assert_allclose(items_of(tmp_path, 3), oracle.items, atol=1e-5)
    for device, part in zip(devices, parts, strict=True):
        state = read_arrays(tmp_path / "parties" / str(device) / round_file(3))
        np.testing.assert_allclose(state["scoring"], oracle.p[part.users], atol=1e-5)
    assert history["loss"][-1] == pytest.approx(oracle.mean_loss, abs=1e-5)


def test_that_the_table_starts_from_what_the_parties_know_of_the_items(federate):
    federation, devices = federate(2, "plain")
    labels = tuple(("odd",) if item % 2 else ("even", "few")[: 1 + (item < 10)] for item in range(230))
    parts = [replace(part, labels=labels) for part in small_parties(2)]
    hyper = hyper_of("fcf", item_start="genres")
    federation.set_up(dict(zip(devices, parts, strict=True)), rules_for("fcf", hyper, **ADAM))
    expected = LocalFCF.initial_items(230, hyper, labels)
    np.testing.assert_array_equal(federation.questions.item_table(), expected)
    assert (expected[:, 1:4] > 0).any(axis=0).all()


def test_that_rounds_of_drawn_users_are_those_of_the_naive_version(federate, tmp_path):
    data = small_party()
    clients = ClientSampling(4)
    oracle = NaiveFCF(data, LocalFCF.initial_items(data.n_items, hyper_of("fcf")), 0.2, 0.05)
    for number in (1, 2, 3):
        oracle.round(clients.rows(data.users, data.n_users, HYPER.seed, number))
    model, _, _ = set_up(federate, 3, **ADAM, clients=clients)
    model.fit(epochs=3, audit_log_dir=tmp_path)
    np.testing.assert_allclose(items_of(tmp_path, 3), oracle.items, atol=1e-5)


@pytest.mark.parametrize(
    ("model", "rules"),
    [
        ("fcf", ADAM),
        ("fcf", {"optimizer": "secant", "clients": ClientSampling(0.6, "poisson")}),
        ("fcf", {"optimizer": "secant", "compression": Compression(8, 1.0, 3, HYPER.seed)}),
        ("pfedrec", {"optimizer": "fedyogi", "learning_rate": 0.01}),
        ("pfedrec", {"clients": ClientSampling(0.5)}),
        ("fcf", {**ADAM, "clients": ClientSampling(0.4, "poisson")}),
        ("fedrap", {"optimizer": "fedavg"}),
    ],
)
def test_that_a_resumed_run_has_the_metrics_of_an_uninterrupted_one(federate, tmp_path, model, rules):
    whole, _, _ = set_up(federate, 3, "masked", model, **rules)
    expected = whole.fit(epochs=4, audit_log_dir=tmp_path / "whole")
    first, _, _ = set_up(federate, 3, "masked", model, **rules)
    first.fit(epochs=2, audit_log_dir=tmp_path / "cut")
    second, _, _ = set_up(federate, 3, "masked", model, **rules)
    second.load_model(tmp_path / "cut", 2)
    rest = second.fit(epochs=4, initial_epoch=2, audit_log_dir=tmp_path / "cut")
    assert rest == {name: values[2:] for name, values in expected.items()}
    np.testing.assert_array_equal(items_of(tmp_path / "whole", 4), items_of(tmp_path / "cut", 4))


def test_that_fedrap_rounds_are_those_of_the_naive_version(federate, tmp_path):
    from models.base import initial_items, initial_scoring
    from models.fedrap_local import initial_personal
    from tests.models.oracle_fedrap import NaiveFedRAP

    data = small_party()
    hyper = hyper_of(
        "fedrap", view="personal", item_learning_rate=3.0, weight_decay=0.01, distance_weight=0.3, sparsity_weight=0.2
    )
    start = initial_items(data.n_items, HYPER.dim, HYPER.seed)
    personal = initial_personal(data.n_items, HYPER.dim, HYPER.seed)
    oracle = NaiveFedRAP(data, hyper, start, personal, *initial_scoring(HYPER.dim, HYPER.seed))
    for number in (1, 2, 3):
        oracle.round(number)
    model, _, _ = set_up(federate, 2, model="fedrap", hyper=hyper, optimizer="fedavg")
    history = model.fit(epochs=3, audit_log_dir=tmp_path)
    np.testing.assert_allclose(items_of(tmp_path, 3), oracle.items, atol=1e-5)
    assert history["loss"][-1] == pytest.approx(oracle.loss, abs=1e-5)


@pytest.mark.parametrize("amount", [0.5, 3])
@pytest.mark.parametrize("view", ["global", "fine-tuned"])
def test_that_pfedrec_with_drawn_users_does_not_depend_on_the_partition(federate, tmp_path, amount, view):
    histories, tests = [], []
    for n_parties in (2, 5):
        model, _, _ = set_up(
            federate, n_parties, model="pfedrec", hyper=replace(HYPER, view=view), clients=ClientSampling(amount)
        )
        histories.append(model.fit(epochs=3))
        tests.append(model.evaluate(EvaluationRequest(ks=(5, 10)), view).figures)
    for name, values in histories[0].items():
        assert values == pytest.approx(histories[1][name], abs=1e-6), name
    assert tests[0] == pytest.approx(tests[1], abs=1e-6)


def test_that_weights_by_samples_average_what_the_users_changed(federate, tmp_path):
    """Three rounds of one user at a time give each user's change; the weighted run must be their weighted mean."""
    from models.base import initial_items
    from models.pfedrec_local import LocalPFedRec

    data = small_party()
    start = initial_items(data.n_items, HYPER.dim, HYPER.seed)
    alone = [LocalPFedRec(data, HYPER).train_round(start, 1, np.array([row])) for row in range(data.n_users)]
    samples = np.array([update.n_samples for update in alone])
    assert samples.tolist() == (np.diff(data.indptr) * (1 + HYPER.own.negatives)).tolist()
    expected = start + sum(n * update.item_update for n, update in zip(samples, alone, strict=True)) / samples.sum()
    hyper = replace(HYPER, averaging="samples")
    model, _, _ = set_up(federate, 2, model="pfedrec", hyper=hyper, optimizer="fedavg")
    model.fit(epochs=1, audit_log_dir=tmp_path)
    np.testing.assert_allclose(items_of(tmp_path, 1), expected, atol=1e-5)


@pytest.mark.parametrize("clients", [ClientSampling(0.5), ClientSampling(0.5, "poisson")])
def test_that_masks_that_do_not_cancel_are_noticed_when_users_are_drawn(federate, clients):
    model, devices, _ = set_up(federate, 2, "secure", **ADAM, clients=clients)
    model.fit(epochs=1)
    model.parties.aggregator._maskers[devices[0]].mask(model.parties.workers[devices[0]].item_counts())
    with pytest.raises(AggregationError, match="Round 2: the aggregate is wrong"):
        model.fit(epochs=2, initial_epoch=1)


def server_with(model="pfedrec", hyper=None, n_items=3, **rules):
    server = ItemServer()
    own = replace(hyper or hyper_of(model), dim=2)
    server.set_up(np.ones((n_items, own.row_length), np.float32), rules_for(model, own, n_users=4, **rules))
    return server


def totals(n_users, n_samples=8, loss=1.0):
    return np.array([0, n_users, 0, n_samples, loss])


@pytest.mark.parametrize(
    ("clients", "bad"),
    [
        (ClientSampling(), totals(3)),
        (ClientSampling(0.5), totals(3)),
        (ClientSampling(0.5, "poisson"), totals(5)),
        (ClientSampling(0.5, "poisson"), totals(-1)),
        (ClientSampling(0.5, "poisson"), totals(2.4)),
        (ClientSampling(0.5, "poisson"), totals(2, -8)),
        (ClientSampling(), totals(4, 8, np.nan)),
    ],
)
def test_that_a_count_that_cannot_be_changes_nothing(clients, bad):
    server = server_with(clients=clients)
    items, report = server.apply([np.full((3, 2), 5.0), bad], 10)
    assert "masks did not cancel" in report["problem"]
    np.testing.assert_array_equal(items, np.ones((3, 2)))


def test_that_averages_and_gradients_become_the_step_worked_out_by_hand():
    uniform = server_with()
    assert uniform.apply([np.full((3, 2), 2.0), totals(4)], 10)[0][0, 0] == 1.5  # 1 + 2 / 4 users
    by_samples = server_with(hyper=replace(HYPER, averaging="samples"))
    assert by_samples.apply([np.full((3, 2), 2.0), totals(4)], 10)[0][0, 0] == 1.25  # 1 + 2 / 8 samples
    # Half of the users were drawn; row weights (n_i + 0.5 * 4 users) / 2 = 1, 1.5, 2; rate 0.1 * 0.5 in round 2.
    hyper = hyper_of("fcf", lr_decay=0.5, alpha=0.5)
    server = server_with("fcf", hyper, learning_rate=0.1, clients=ClientSampling(2))
    server.take_counts(np.array([0, 1, 2]))
    items, _ = server.apply([np.full((3, 2), 3.0), totals(2)], 10, 2)
    np.testing.assert_allclose(items[:, 0], [1 - 0.05 * 3, 1 - 0.05 * 2, 1 - 0.05 * 1.5], rtol=1e-6)


def test_that_each_block_of_a_table_is_stepped_by_its_own_optimiser(tmp_path):
    hyper = hyper_of("seqfcf", alpha=0.5, lr_decay=0.5, sequence_dim=1, sequence_rate=0.2)  # 2 columns, and 3 * 1 + 1
    server = server_with("seqfcf", hyper, optimizer="fedavg", learning_rate=0.1)
    server.take_counts(np.array([0, 1, 2]))
    items, _ = server.apply([np.full((3, 6), 3.0), totals(4)], 10, 2)
    # Row weights n_i + 0.5 * 4 users are 2, 3, 4; rate 0.1 * 0.5 in round 2.
    np.testing.assert_allclose(items[:, :2].T, [[1 - 0.05 * 3 / w for w in (2, 3, 4)]] * 2, rtol=1e-6)
    # FedAdam's first step on -3 / (4 users / 3 items), whatever the row: rate * 0.1 * D / (0.1 * |D| + tau), nearly.
    first = 0.2 * 0.5 * 0.1 * 2.25 / (np.sqrt(0.99 * 1e-6 + 0.01 * 2.25**2) + 1e-3)
    np.testing.assert_allclose(items[:, 2:], np.full((3, 4), 1 - first), rtol=1e-6)
    # And its memory is its own, in the checkpoint too.
    server.save(str(tmp_path / "a"))
    other = server_with("seqfcf", hyper, optimizer="fedavg", learning_rate=0.1)
    other.take_counts(np.array([0, 1, 2]))
    other.load(str(tmp_path / "a"))
    ones = [np.ones((3, 6)), totals(4)]
    np.testing.assert_array_equal(other.apply(ones, 10, 3)[0], server.apply(ones, 10, 3)[0])
    assert sorted(read_arrays(tmp_path / "a")) == ["items", "optimizer-1.m", "optimizer-1.v"]


def test_that_rounds_of_both_parts_do_not_depend_on_the_parties(federate, tmp_path):
    tables = []
    for n_parties in (1, 3):
        folder = tmp_path / str(n_parties)
        model, _, _ = set_up(federate, n_parties, "secure" if n_parties > 1 else "plain", "seqfcf", hyper_of("seqfcf"))
        model.fit(epochs=3, audit_log_dir=folder)
        tables.append(items_of(folder, 3))
    assert tables[0].shape[1] == hyper_of("seqfcf").row_length == 6 + 3 * 5 + 1
    np.testing.assert_allclose(*tables, atol=1e-4)
    # FCF's columns are those of FCF alone.
    alone, _, _ = set_up(federate, 1, "plain", "fcf", hyper_of("fcf"))
    alone.fit(epochs=3, audit_log_dir=tmp_path / "fcf")
    np.testing.assert_allclose(items_of(tmp_path / "fcf", 3), tables[0][:, :6], atol=1e-6)


def test_that_a_run_of_both_parts_goes_on_as_if_it_had_never_stopped(federate, tmp_path):
    model, _, _ = set_up(federate, 2, "plain", "seqfcf", hyper_of("seqfcf"))
    model.fit(epochs=4, audit_log_dir=tmp_path / "whole")
    model, _, _ = set_up(federate, 2, "plain", "seqfcf", hyper_of("seqfcf"))
    model.fit(epochs=2, audit_log_dir=tmp_path / "parts")
    model, _, _ = set_up(federate, 2, "plain", "seqfcf", hyper_of("seqfcf"))
    model.checkpoints.load(tmp_path / "parts", 2)
    model.fit(epochs=4, initial_epoch=2, audit_log_dir=tmp_path / "parts")
    np.testing.assert_array_equal(items_of(tmp_path / "parts", 4), items_of(tmp_path / "whole", 4))


def test_that_a_round_without_users_changes_nothing():
    server = server_with(optimizer="fedadam", clients=ClientSampling(0.1, "poisson"))
    server.apply([np.full((3, 2), 2.0), totals(4)], 10)
    before = server.items().copy()
    items, report = server.apply([np.zeros((3, 2)), totals(0, 0, 0.0)], 10)
    assert report["problem"] == ""
    np.testing.assert_array_equal(items, before)


def test_that_a_checkpoint_of_another_optimiser_or_size_is_refused(tmp_path):
    server = server_with(optimizer="fedadam")
    server.apply([np.full((3, 2), 2.0), totals(4)], 10)
    server.save(str(tmp_path / "a"))
    with pytest.raises(StorageError, match="keeps no state"):
        server_with().load(str(tmp_path / "a"))
    other = server_with(optimizer="fedadam", n_items=4)
    with pytest.raises(StorageError, match=r"its items are \(3, 2\), expected \(4, 2\)"):
        other.load(str(tmp_path / "a"))
