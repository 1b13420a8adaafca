"""SecretFlow's own devices: real ciphertexts and real shares; and every way to sum between real processes."""

from pathlib import Path

import numpy as np
import pytest
import ray
from ray._private.ray_constants import KV_NAMESPACE_FUNCTION_TABLE
from secretflow import reveal

from data.errors import SettingsError
from fl import aggregation
from fl.aggregation.masking.errors import RangeError, RefusedMessageError
from fl.federation import session
from fl.federation.new_fl_model import NewFLModel
from fl.settings.aggregator_costs import HEU_CIPHERTEXT_BYTES
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.base import build
from fl.settings.train import TrainSettings
from tests.fl.small_rules import rules_for
from tests.models.small_data import small_parties


def put(devices, values):
    return [device(lambda x: x)(value) for device, value in zip(devices, values, strict=True)]


def functions_in_ray():
    """Return how many functions Ray's directory of processes holds, for as long as it lives."""
    return len(ray._private.worker.global_worker.gcs_client.internal_kv_keys(b"", KV_NAMESPACE_FUNCTION_TABLE, None))


def test_that_sums_under_homomorphic_encryption_are_the_plain_sums(federate):
    model, devices = federate(3, "heu")
    rng = np.random.default_rng(1)
    values = [
        [rng.normal(0, 100, (17, 4)).astype(np.float32), rng.integers(0, 2**30, 5).astype(np.float64)] for _ in devices
    ]
    total, size = model.parties.aggregator.sum_and_bytes(put(devices, values))
    table, counts = reveal(total)
    np.testing.assert_allclose(table, np.sum([v[0].astype(np.float64) for v in values], axis=0), atol=9 * 2.0**-19)
    np.testing.assert_array_equal(counts, np.sum([v[1] for v in values], axis=0))
    # 68 values of 20 in a ciphertext, 5 of 10: 4 + 1 ciphertexts.
    assert reveal(size) == 5 * HEU_CIPHERTEXT_BYTES


def test_that_the_server_of_heu_holds_ciphertexts_of_the_size_that_is_told(federate):
    model, devices = federate(2, "heu")
    heu = model.parties.aggregator._device_heu()
    keeper, server = heu.sk_keeper, heu.evaluators["server"]
    assert heu.sk_keeper_name() == "party-1"
    assert not hasattr(server, "decrypt")
    assert hasattr(keeper, "decrypt")
    from secretflow.device.device.heu import HEUMoveConfig

    number = np.empty((1, 1), object)
    number[0, 0] = 12345
    (first,) = put(devices[:1], [number])
    hidden = first.to(heu, HEUMoveConfig(heu_dest_party="server"))
    assert not hidden.is_plain
    ciphertext = hidden.serialize_to_pyu(model.parties.aggregator._device)
    assert HEU_CIPHERTEXT_BYTES - 16 < len(reveal(ciphertext)) < HEU_CIPHERTEXT_BYTES + 200  # with a header


def test_that_heu_names_what_it_refuses_and_goes_on(federate):
    model, devices = federate(2, "heu")
    aggregator = model.parties.aggregator
    with pytest.raises(RefusedMessageError, match="upload 2 has shapes"):
        aggregator.sum(put(devices, [np.ones((5, 3)), np.ones((1, 3))]))
    with pytest.raises(RangeError, match="party-2: A value of 1e\\+30 is beyond"):
        aggregator.sum(put(devices, [np.ones(3), np.full(3, 1e30)]))
    np.testing.assert_array_equal(reveal(aggregator.sum(put(devices, [np.ones(3), np.ones(3)]))), np.full(3, 2.0))
    with pytest.raises(SettingsError, match="gives sums"):
        aggregator.average([])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"aggregator": "spu", "runtime": "in-process"}, "replaces its SPU by a plain computation"),
        ({"aggregator": "spu", "spu_protocol": "aby3"}, "ABY3 computes among 3 parties"),
        ({"aggregator": "robust"}, "at least 3 parties"),
        ({"aggregator": "robust", "parties": 3, "robust_rule": "trimmed-mean"}, "leaves out 0 at each end"),
        ({"aggregator": "heu", "parties": 1}, "at least 2 parties"),
    ],
)
def test_that_what_cannot_work_is_said_before_the_start(values, sentence):
    with pytest.raises(SettingsError, match=sentence):
        build(TrainSettings, values)


@pytest.mark.engine
def test_that_sums_between_processes_are_the_plain_sums_and_a_bad_value_arrives_by_name(monkeypatch):
    running = session.start("simulation", session.party_names(3))
    try:
        plain = aggregation.make("plain", running.server, running.parties)
        model = NewFLModel(running.server, running.parties, plain)
        data = dict(zip(running.parties, small_parties(3), strict=True))
        items = {}
        choices = {
            "plain": AggregatorChoice("plain"),
            "robust": AggregatorChoice("robust"),
            "secure": AggregatorChoice("secure"),
            "masked": AggregatorChoice("masked"),
            "verified": AggregatorChoice("verified"),
            "semi2k": AggregatorChoice("spu"),
            "aby3": AggregatorChoice("spu", "aby3"),
            "heu": AggregatorChoice("heu"),
        }
        for name, choice in choices.items():
            model.use_aggregator(aggregation.make(choice, running.server, running.parties))
            model.set_up(data, rules_for())
            history = model.fit(epochs=1)
            assert np.isfinite(history["loss"]).all()
            items[name] = model.questions.item_table()
            if not name.startswith(("semi2k", "aby3")):  # SecretFlow itself hands Ray what its SPU does
                before = functions_in_ray()
                model.fit(epochs=3, initial_epoch=1)
                assert functions_in_ray() == before, name
            if name in ("verified", "semi2k"):
                with monkeypatch.context() as patch:
                    patch.setattr("fl.aggregation.fixed_point.USER_LIMIT", 1e-9)
                    model.parties.aggregator.prepare(1)
                with pytest.raises(RangeError, match=r"party-1: A value of .* is beyond"):
                    model.fit(epochs=2, initial_epoch=1)
                model.parties.aggregator.prepare(9)
                history = model.fit(epochs=2, initial_epoch=1)
                assert np.isfinite(history["loss"]).all()
        for name in ("secure", "masked", "verified", "semi2k", "aby3", "heu"):
            # Steps of fixed point for sums over 9 users: 3 parties of 256 * 9 at most each.
            np.testing.assert_allclose(items[name], items["plain"], atol=1e-4, err_msg=name)
        # A sum over all parties of the integers that count: exact.
        model.use_aggregator(aggregation.make(choices["aby3"], running.server, running.parties))
        big = put(running.parties, [np.array([2.0**31 + i, -(2.0**31)]) for i in range(3)])
        np.testing.assert_array_equal(reveal(model.parties.aggregator.sum(big)), [3 * 2.0**31 + 3, -3 * 2.0**31])
        assert not Path("spu.log").exists()
        model.close()
    finally:
        running.close()
