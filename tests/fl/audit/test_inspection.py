"""What a person is shown of a round: the true update, noise in its place at the server, and the right sum."""

import json

import numpy as np
import pytest

from fl.aggregation.masking.ring import decode, spec_of
from fl.audit.masked_parties import MaskedParties, protocol_bytes
from fl.jobs.inspection import COLUMNS, ROWS, inspect_round
from fl.jobs.training import train
from fl.protocol.commands import InspectRound, TrainCommand
from fl.protocol.events import EVENTS
from fl.runs.run_folder import RunFolder
from fl.runs.storage import INSPECTION, read_json
from fl.settings.base import build
from fl.settings.train import TrainSettings


def test_that_a_masked_round_sums_and_hides():
    rng = np.random.default_rng(0)
    tables = [rng.normal(0, 1, (300, 20)).astype(np.float32) for _ in range(3)]
    spec = spec_of(tables[0], 3, 100.0)
    found = MaskedParties(3).sum([[table] for table in tables], [spec])
    np.testing.assert_allclose(decode(found.total.blocks[0], spec, 3), np.sum(tables, axis=0), atol=1e-5)
    sent = found.uploads[0].blocks[0].astype(np.float64) / 2.0**32
    assert abs(sent.mean() - 0.5) < 6 / np.sqrt(12 * sent.size)
    assert abs(np.corrcoef(sent.ravel(), tables[0].ravel())[0, 1]) < 6 / np.sqrt(sent.size)
    of_keys, of_shares = protocol_bytes(3)
    assert of_keys > 32
    assert of_shares == found.share_bytes > 64


@pytest.mark.parametrize("aggregator", ["verified", "plain"])
def test_that_a_round_is_shown_as_it_was_asked_for(context, aggregator):
    given = {"dataset": "demo", "model": "fcf", "epochs": 2, "parties": 3, "runtime": "in-process", "threads": 1}
    train(TrainCommand(settings=build(TrainSettings, {**given, "name": "shown", "aggregator": aggregator})), context)
    event = inspect_round(InspectRound(run="shown"), context)
    done = event.inspection
    true, received, total = (np.array(picture.values) for picture in done.pictures)
    assert true.shape == received.shape == total.shape == (ROWS, COLUMNS)
    assert done.pictures[0].items == done.pictures[2].items
    if aggregator == "plain":
        np.testing.assert_array_equal(true, received)
    else:
        assert 0 <= received.min() < 0.02 < 0.98 < received.max() < 1
        assert abs(np.corrcoef(true.ravel(), received.ravel())[0, 1]) < 6 / np.sqrt(true.size)
    # One party's part of the sum is seen in it: not noise, and not the sum itself.
    assert np.corrcoef(true.ravel(), total.ravel())[0, 1] > 0.2
    names = [message.name for message in done.messages]
    assert names[:3] == ["item update and totals", "sums of validation figures", "item embeddings"]
    assert ("check of the sum" in names) == (aggregator == "verified")
    assert (done.messages[0].readable_by == "the server") == (aggregator == "plain")
    assert EVENTS.validate_json(event.model_dump_json()) == event
    stored = json.loads((RunFolder.find("shown").path / INSPECTION).read_text())
    assert stored["messages"][0]["bytes"] == RunFolder.find("shown").rounds()[-1].bytes_up


def test_that_a_round_of_few_bits_is_shown_in_real_numbers(context):
    given = {"dataset": "demo", "model": "fcf", "epochs": 2, "parties": 3, "runtime": "in-process", "threads": 1}
    smaller = {"upload_bits": 10, "row_fraction": 0.5, "server_optimizer": "fedadam"}
    train(TrainCommand(settings=build(TrainSettings, {**given, "name": "small", **smaller})), context)
    done = inspect_round(InspectRound(run="small"), context).inspection
    true, received, total = (np.array(picture.values) for picture in done.pictures)
    assert 0 <= received.min() < 0.02 < 0.98 < received.max() < 1
    np.testing.assert_allclose(received * 2**10, np.round(received * 2**10), atol=1e-2)  # shown to 6 digits
    assert np.corrcoef(true.ravel(), total.ravel())[0, 1] > 0.2
    assert not np.allclose(true, np.round(true))
    # Half of the items have a row in the message.
    assert len(set(done.pictures[0].items)) == ROWS


def test_that_of_a_round_with_noise_nothing_without_noise_is_shown_or_kept(context):
    given = {"dataset": "demo", "model": "fcf", "epochs": 1, "parties": 2, "runtime": "in-process", "threads": 1}
    train(TrainCommand(settings=build(TrainSettings, {**given, "name": "noisy", "dp": "user"})), context)
    folder = RunFolder.find("noisy")
    private = read_json(folder.path / "privacy.json")
    once, again = (inspect_round(InspectRound(run="noisy"), context).inspection for _ in range(2))
    assert [picture.what for picture in once.pictures] == [
        "update of party-1 with its noise",
        "as the server receives it",
        "sum over 2 parties",
    ]
    assert "drawn anew" in once.note
    assert once.pictures[0].values != again.pictures[0].values
    assert read_json(folder.path / INSPECTION)["pictures"] == []
    assert read_json(folder.path / "privacy.json") == private
