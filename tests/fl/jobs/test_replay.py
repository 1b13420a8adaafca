"""A replayed round is the round that training did: the same messages, and so the same item table."""

import numpy as np
import pytest

from data.errors import StorageError
from fl.aggregation.masking.ring import decode
from fl.audit.masked_parties import MaskedParties
from fl.federation.server import ItemServer
from fl.jobs.replay import replay
from fl.jobs.training import resume, train
from fl.protocol.commands import ResumeCommand, TrainCommand
from fl.runs.run_folder import RunFolder
from fl.runs.storage import read_arrays, round_file
from fl.settings.base import build
from fl.settings.hyper_parameters import hyper_parameters
from fl.settings.train import TrainSettings
from models.registry import MODELS


def trained(context, **changed):
    given = {"dataset": "demo", "model": "pfedrec", "dim": 4, "parties": 3, "runtime": "in-process", "threads": 1}
    train(TrainCommand(settings=build(TrainSettings, {"name": "again", "epochs": 2, **given, **changed})), context)
    return RunFolder.find(changed.get("name", "again"))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"model": "fcf"},
        {"model": "fedrap"},
        {"averaging": "samples"},
        {"clients_per_round": 0.5},
        {"upload_bits": 9, "row_fraction": 0.5},
    ],
)
def test_that_a_replayed_round_ends_with_the_item_table_of_training(context, changed):
    folder = trained(context, **changed)
    found = replay("again", context)
    given = found.round(after=2)
    sent = list(found.messages(given, context))
    specs = found.specs(sent[0])
    total = MaskedParties(3).sum([one.parts for one in sent], specs).total
    blocks = [decode(block, spec, 3) for block, spec in zip(total.blocks, specs, strict=True)]

    server, settings = ItemServer(), found.settings
    hyper = hyper_parameters(settings)
    start = MODELS[settings.model].load_local().initial_items(found.n_items, hyper)
    server.set_up(start, found.rules)
    server.take_counts(sum(np.bincount(part.items, minlength=found.n_items) for part in found.parts))
    server.load(str(folder.path / "server" / round_file(2)))
    np.testing.assert_array_equal(server.ranges(3), given.ranges)
    items, report = server.apply(blocks, 0, 3)
    assert report["problem"] == ""

    resume(ResumeCommand(run="again", epochs=3), context)
    np.testing.assert_array_equal(items, read_arrays(folder.path / "server" / round_file(3))["items"])


def test_that_a_replayed_party_adds_its_part_of_the_noise_anew(context):
    trained(context, model="fcf", epochs=1, dp="user", noise_multiplier=1000.0)
    found = replay("again", context)
    given = found.round()
    once, again = (np.array([sent.table for sent in found.messages(given, context)]) for _ in range(2))
    # A third of the variance each. The clipped updates are nothing beside so much noise, and the standard deviation of
    # n numbers is right to 1 / sqrt(2 n): six of these are allowed.
    deviation, off = 1000.0 * found.settings.clip_norm, 6 / np.sqrt(2 * once[0].size)
    for table in (*once, *again):
        assert table.std() == pytest.approx(deviation / np.sqrt(3), rel=off)
    assert once.sum(axis=0).std() == pytest.approx(deviation, rel=off)
    assert abs(np.corrcoef(once[0].ravel(), again[0].ravel())[0, 1]) < 6 / np.sqrt(once[0].size)


def test_that_a_run_without_a_round_is_not_replayed(context):
    RunFolder.create(build(TrainSettings, {"name": "again", "model": "fcf"}), {"fingerprint": ""})
    with pytest.raises(StorageError, match="no finished round"):
        replay("again", context)


def test_that_what_is_wrong_with_a_checkpoint_is_said_once_and_by_its_path(context):
    folder = trained(context, model="fcf", epochs=1)
    other = trained(context, model="fcf", epochs=1, name="other", dim=8)
    table, own = (folder.path / place / round_file(1) for place in ("server", "parties/party-1"))
    kept = table.read_bytes()
    table.write_bytes((other.path / "server" / round_file(1)).read_bytes())
    with pytest.raises(StorageError, match=f"^server/{round_file(1)} of run 'again' is damaged"):
        replay("again", context).round()
    table.write_bytes(kept)
    own.unlink()
    found = replay("again", context)
    with pytest.raises(StorageError) as refused:
        found.party(0, found.round())
    assert refused.value.message.count(str(own)) == 1
