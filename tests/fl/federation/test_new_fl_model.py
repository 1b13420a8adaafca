"""NewFLModel on real SecretFlow in one process: against the oracle, across partitions, resumed, with faulty parties."""

import numpy as np
import pytest

from data.errors import SettingsError, StorageError
from fl.errors import PartyError
from fl.runs.storage import round_file
from models.base import initial_items, initial_scoring
from models.evaluation import EvaluationRequest
from models.pfedrec_local import LocalPFedRec
from tests.fl.small_rules import rules_for
from tests.models.oracle_pfedrec import NaivePFedRec
from tests.models.small_data import HYPER, small_parties, small_party


class Recorder:
    """A callback that keeps the records, and can stop after a round."""

    def __init__(self, stop_after=None):
        self.records, self.begun, self.stop_after = [], [], stop_after

    def on_epoch_begin(self, round_number):
        self.begun.append(round_number)

    def on_epoch_end(self, record):
        self.records.append(record)
        return record.round == self.stop_after


def set_up(federate, n_parties, aggregator="secure", hyper=HYPER):
    model, devices = federate(n_parties, aggregator)
    parts = small_parties(n_parties)
    model.set_up(dict(zip(devices, parts, strict=True)), rules_for(hyper=hyper))
    return model, devices, parts


def items_of(model, folder, number):
    from fl.runs.storage import read_arrays

    return read_arrays(folder / "server" / round_file(number))["items"]


@pytest.mark.parametrize(
    ("n_parties", "aggregator"),
    [(1, "plain"), (2, "secure"), (5, "secure"), (2, "plain"), (5, "masked"), (4, "verified")],
)
def test_that_three_rounds_give_the_tables_of_the_naive_version(federate, tmp_path, n_parties, aggregator):
    data = small_party()
    w0, b0 = initial_scoring(HYPER.dim, HYPER.seed)
    start = initial_items(data.n_items, HYPER.dim, HYPER.seed)
    oracle = NaivePFedRec(data, start, w0, b0, 0.1, 0.1 * data.n_items, 3, 16, 1, HYPER.seed)
    model, devices, parts = set_up(federate, n_parties, aggregator)
    recorder = Recorder()
    history = model.fit(epochs=3, callbacks=[recorder], audit_log_dir=tmp_path)
    for number in (1, 2, 3):
        oracle.round(number)
    np.testing.assert_allclose(items_of(model, tmp_path, 3), oracle.items, atol=1e-5)
    from fl.runs.storage import read_arrays

    for device, part in zip(devices, parts, strict=True):
        state = read_arrays(tmp_path / "parties" / str(device) / round_file(3))
        np.testing.assert_allclose(state["w"], [oracle.w[user] for user in part.users], atol=1e-5)
    assert history["loss"][-1] == pytest.approx(oracle.loss, abs=1e-5)
    assert recorder.begun == [1, 2, 3]
    assert [record.round for record in recorder.records] == [1, 2, 3]


def test_that_figures_do_not_depend_on_the_number_of_parties(federate):
    histories, tests = [], []
    for n_parties in (2, 5):
        model, _, _ = set_up(federate, n_parties)
        histories.append(model.fit(epochs=3))
        tests.append(model.evaluate(EvaluationRequest(ks=(5, 10))).figures)
    for name, values in histories[0].items():
        assert values == pytest.approx(histories[1][name], abs=1e-6), name
    assert tests[0] == pytest.approx(tests[1], abs=1e-6)


def test_that_two_runs_with_the_same_seed_are_equal_bit_for_bit(federate, tmp_path):
    for name in ("a", "b"):
        model, _, _ = set_up(federate, 2)
        model.fit(epochs=3, audit_log_dir=tmp_path / name)
    np.testing.assert_array_equal(items_of(model, tmp_path / "a", 3), items_of(model, tmp_path / "b", 3))


def test_that_a_resumed_run_has_the_metrics_of_an_uninterrupted_one(federate, tmp_path):
    whole, _, _ = set_up(federate, 3)
    expected = whole.fit(epochs=4, audit_log_dir=tmp_path / "whole")
    first, _, _ = set_up(federate, 3)
    first.fit(epochs=2, audit_log_dir=tmp_path / "cut")
    second, _, _ = set_up(federate, 3)
    second.load_model(tmp_path / "cut", 2)
    rest = second.fit(epochs=4, initial_epoch=2, audit_log_dir=tmp_path / "cut")
    assert rest == {name: values[2:] for name, values in expected.items()}
    np.testing.assert_array_equal(items_of(whole, tmp_path / "whole", 4), items_of(second, tmp_path / "cut", 4))
    assert second.evaluate(view="fine-tuned") == whole.evaluate(view="fine-tuned")


def test_that_a_callback_can_stop_training(federate):
    model, _, _ = set_up(federate, 2)
    assert len(model.fit(epochs=10, callbacks=[Recorder(stop_after=2)])["loss"]) == 2


def test_that_only_the_rounds_to_keep_are_kept(federate, tmp_path):
    model, _, _ = set_up(federate, 2)
    model.fit(epochs=5, audit_log_dir=tmp_path)
    model.checkpoints.prune(tmp_path, [2, 4, 5])
    for folder in (tmp_path / "server", tmp_path / "parties" / "party-1", tmp_path / "parties" / "party-2"):
        assert sorted(path.name for path in folder.iterdir()) == [round_file(n) for n in (2, 4, 5)]


def test_that_popularity_counts_are_summed_over_parties(federate):
    figures = [
        set_up(federate, n)[0].questions.evaluate_popularity(EvaluationRequest(ks=(5, 20))).figures for n in (2, 5)
    ]
    assert figures[0] == pytest.approx(figures[1], abs=1e-6)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
def test_that_a_bad_update_names_its_party_and_spoils_nothing(federate, tmp_path, monkeypatch, bad):
    expected = set_up(federate, 3)[0].fit(epochs=2)
    model, _, _ = set_up(federate, 3)
    model.fit(epochs=1, audit_log_dir=tmp_path)
    honest = LocalPFedRec.train_round

    def poisoned(self, items, number, rows=None, clip=None):
        update = honest(self, items, number, rows, clip)
        if self._data.party == "party-2":
            update.item_update[3, 2] = bad
        return update

    with monkeypatch.context() as patch:
        patch.setattr(LocalPFedRec, "train_round", poisoned)
        with pytest.raises(PartyError, match=r"party-2: the update has .*: training diverged; lower the learning rate"):
            model.fit(epochs=2, initial_epoch=1)
    # The users' own state of the failed round is put back by the checkpoint, as `resume` does; masks are new already.
    model.load_model(tmp_path, 1)
    assert model.fit(epochs=2, initial_epoch=1) == {name: values[1:] for name, values in expected.items()}


def test_that_masks_that_do_not_cancel_are_noticed(federate):
    from fl.errors import AggregationError

    model, devices, _ = set_up(federate, 2)
    model.fit(epochs=1)
    # One party draws one mask more than the other: SecretFlow would return garbage for ever, without a word.
    model.parties.aggregator._maskers[devices[0]].mask(model.parties.workers[devices[0]].item_counts())
    with pytest.raises(AggregationError, match="Round 2: the aggregate is wrong"):
        model.fit(epochs=2, initial_epoch=1)
    assert model.evaluate().n_users > 0  # masks are new: the next aggregate is right


def test_that_wrong_use_is_explained(federate, tmp_path):
    model, devices = federate(2)
    with pytest.raises(SettingsError, match="set_up"):
        model.fit(epochs=1)
    parts = small_parties(2)
    with pytest.raises(SettingsError, match="the parties are"):
        model.set_up({devices[0]: parts[0]}, rules_for())
    model.set_up(dict(zip(devices, parts, strict=True)), rules_for())
    with pytest.raises(SettingsError, match="no labels"):
        model.fit(y=[1])
    with pytest.raises(SettingsError, match="together with the data"):
        model.fit(batch_size=3)
    with pytest.raises(StorageError, match="is missing"):
        model.load_model(tmp_path, 1)


def test_that_fit_takes_data_batch_size_and_seed_like_secretflow(federate):
    model, devices, parts = set_up(federate, 2)
    first = model.fit(dict(zip(devices, parts, strict=True)), batch_size=32, random_seed=9, epochs=2)
    other, devices, parts = set_up(federate, 2)
    from dataclasses import replace

    other.set_up(dict(zip(devices, parts, strict=True)), rules_for(hyper=replace(HYPER, batch_size=32, seed=9)))
    assert other.fit(epochs=2) == first


def test_that_a_checkpoint_of_other_users_is_refused(federate, tmp_path):
    model, _, _ = set_up(federate, 2)
    model.fit(epochs=1, audit_log_dir=tmp_path)
    a, b = tmp_path / "parties" / "party-1" / round_file(1), tmp_path / "parties" / "party-2" / round_file(1)
    a.write_bytes(b.read_bytes())
    with pytest.raises(StorageError, match=r"party-1.*is of other users"):
        model.load_model(tmp_path, 1)
    a.write_bytes(b"not an array file")
    with pytest.raises(StorageError, match=r"party-1.*cannot be read"):
        model.load_model(tmp_path, 1)
