"""Masked and verified sums in real training: faults and cheats end the round by name, and nothing but the round."""

from dataclasses import replace

import numpy as np
import pytest
from secretflow import reveal

from data.errors import SettingsError
from fl.aggregation.compression import Compression
from fl.aggregation.masking.errors import DropoutError, RangeError, RefusedMessageError, VerificationError
from fl.aggregation.masking.server import MaskingServer
from tests.fl.faults import mislead
from tests.fl.small_rules import rules_for
from tests.models.small_data import small_parties


def set_up(federate, n_parties, aggregator):
    model, devices = federate(n_parties, aggregator)
    model.set_up(dict(zip(devices, small_parties(n_parties), strict=True)), rules_for())
    return model, devices


def items_of(model):
    return model.questions.item_table()


def cheating(monkeypatch, change):
    """Makes the server change its sum, until the returned function is called."""
    honest = MaskingServer.finish

    def finish(self):
        result = honest(self)
        blocks = [block.copy() for block in result.blocks]
        change(blocks)
        return replace(result, blocks=tuple(blocks))

    monkeypatch.setattr(MaskingServer, "finish", finish)
    return lambda: monkeypatch.setattr(MaskingServer, "finish", honest)


CHEATS = {
    "a cell of the table": lambda blocks: np.add(blocks[0][:1], 1, out=blocks[0][:1]),
    "the table doubled": lambda blocks: np.multiply(blocks[0], 2, out=blocks[0]),
    "the count of samples": lambda blocks: np.add(blocks[-1][-2:], 1 << 28, out=blocks[-1][-2:]),
}


@pytest.mark.parametrize("kind", CHEATS)
def test_that_a_cheating_server_is_caught_and_training_is_unharmed(federate, monkeypatch, kind):
    model, _ = set_up(federate, 3, "verified")
    expected = set_up(federate, 3, "verified")[0]
    expected.fit(epochs=2)
    model.fit(epochs=1)
    before = items_of(model)
    stop = cheating(monkeypatch, CHEATS[kind])
    with pytest.raises(VerificationError, match="server's sum is not the sum of what the 3 parties sent"):
        model.fit(epochs=2, initial_epoch=1)
    np.testing.assert_array_equal(items_of(model), before)
    stop()
    model.fit(epochs=2, initial_epoch=1)
    assert np.isfinite(items_of(model)).all()
    assert not np.array_equal(items_of(model), before)


def test_that_the_masked_aggregator_alone_does_not_notice_a_small_cheat(federate, monkeypatch):
    # What `verified` is for: one step in one row passes every check of `masked`.
    model, _ = set_up(federate, 3, "masked")
    cheating(monkeypatch, CHEATS["a cell of the table"])
    model.fit(epochs=1)


def test_that_a_value_beyond_the_range_names_the_party_and_spoils_nothing(federate, monkeypatch):
    model, _ = set_up(federate, 3, "masked")
    model.fit(epochs=1)
    before = items_of(model)
    with monkeypatch.context() as patch:
        patch.setattr("fl.aggregation.fixed_point.USER_LIMIT", 1e-9)
        model.parties.aggregator.prepare(1)
    with pytest.raises(RangeError, match=r"party-1: A value of .* is beyond the limit of 1e-09"):
        model.fit(epochs=2, initial_epoch=1)
    np.testing.assert_array_equal(items_of(model), before)
    model.parties.aggregator.prepare(9)
    model.fit(epochs=2, initial_epoch=1)


@pytest.mark.usefixtures("any_message")
def test_that_keys_are_renewed_when_a_batch_is_used_up(federate):
    model, devices = set_up(federate, 2, "masked")
    data = [device(lambda x: x)(np.ones(3)) for device in devices]
    for _ in range(70):
        np.testing.assert_array_equal(reveal(model.parties.aggregator.sum(data)), np.full(3, 2.0))
    assert model.parties.aggregator._batch == 2


@pytest.mark.usefixtures("any_message")
@pytest.mark.parametrize("name", ["masked", "verified"])
def test_that_parties_that_send_nothing_are_recovered_from_down_to_the_threshold(federate, name):
    model, devices = set_up(federate, 7, name)
    aggregator = model.parties.aggregator
    assert aggregator.threshold == 5

    def data(more):
        return [device(lambda x: x)(np.full((4, 2), 2.0**i + more, np.float32)) for i, device in enumerate(devices)]

    np.testing.assert_allclose(reveal(aggregator.sum(data(0)[:6])), np.full((4, 2), 63.0))
    np.testing.assert_allclose(reveal(aggregator.sum(data(0.5)[2:])), np.full((4, 2), 126.5))
    with pytest.raises(DropoutError, match="missing: party-1, party-2, party-3"):
        aggregator.sum(data(0.25)[3:])
    aggregator.rebuild()
    np.testing.assert_allclose(reveal(aggregator.sum(data(0.25))), np.full((4, 2), 128.75))
    with pytest.raises(RefusedMessageError, match="same message was summed over party-1, party-2"):
        aggregator.sum(data(0)[1:])


@pytest.mark.usefixtures("any_message")
def test_that_a_message_of_another_kind_is_refused(federate):
    model, devices = set_up(federate, 3, "masked")
    data = [device(lambda x: x)(np.ones(3)) for device in devices[:2]] + [devices[2](lambda x: x)([np.ones(3)])]
    with pytest.raises(RefusedMessageError, match="party-3 sent another kind of message"):
        model.parties.aggregator.sum(data)
    with pytest.raises(SettingsError, match="one message from each party"):
        model.parties.aggregator.sum([data[0], data[0], data[1]])
    with pytest.raises(SettingsError, match="gives sums"):
        model.parties.aggregator.average(data)


def test_that_a_party_masks_only_what_it_made_itself(federate):
    # Or a server could have one party mask zeros, and read the others' sum without it.
    model, devices = set_up(federate, 3, "masked")
    with pytest.raises(RefusedMessageError, match="party-1 was given a message that it did not make"):
        model.parties.aggregator.sum([device(lambda x: x)(np.ones(3)) for device in devices])
    model.parties.aggregator.rebuild()
    model.fit(epochs=1)


@pytest.mark.parametrize("aggregator", ["masked", "verified"])
@pytest.mark.parametrize("what", ["items", "round", "ranges", "limit", "rules"])
def test_that_parties_that_were_told_different_things_have_no_sum(federate, aggregator, what):
    """Each thing that the server sends goes into the masks, so nothing is left of a sum when one party is told another.

    The honest server of these tests says so; one that cheats gets noise.
    """
    model, devices = set_up(federate, 3, aggregator)
    if what == "ranges":
        parts = dict(zip(devices, small_parties(3), strict=True))
        model.set_up(parts, rules_for(compression=Compression(12, 1.0, 3)))
    model.fit(epochs=1)
    mislead(model, "party-2", what)
    with pytest.raises(RefusedMessageError, match=r"party-\d was told other things than party-\d"):
        model.fit(epochs=2, initial_epoch=1)
