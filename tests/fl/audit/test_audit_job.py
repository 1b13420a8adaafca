"""The audit of a run, through the job: what it finds, where it is kept, and that the run is untouched."""

import json

import numpy as np
import pytest

from fl.jobs.audit import audit
from fl.jobs.training import train
from fl.protocol.commands import AuditCommand, TrainCommand
from fl.protocol.events import EVENTS
from fl.runs.run_folder import RunFolder
from fl.runs.storage import AUDIT
from fl.settings.base import build
from fl.settings.of_jobs import AuditSettings
from fl.settings.train import TrainSettings


def test_that_an_audit_finds_what_is_open_and_not_what_is_masked(context):
    given = {"dataset": "demo", "model": "fcf", "epochs": 4, "parties": 3, "runtime": "in-process", "name": "audited"}
    train(TrainCommand(settings=build(TrainSettings, {**given, "threads": 1})), context)
    folder = RunFolder.find("audited").path
    before = {path: path.read_bytes() for path in folder.rglob("*.safetensors")}
    event = audit(AuditCommand(settings=build(AuditSettings, {"run": "audited", "users": 8, "rounds": 4})), context)
    done = event.audit
    found = {figure.target: figure for figure in done.figures}
    assert found["user, plain"].value > 0.6 > 3 * found["user, plain"].chance
    assert found["party, plain"].value > 0.7
    assert abs(found["party, masked"].value - 0.5) < 0.15
    plain, noisy = found["item table, without noise"], found["item table, with noise, epsilon 8"]
    for figure in done.figures:
        assert 0 <= figure.low <= figure.value <= figure.high <= 1
        assert figure.sentence.endswith(".")
    assert plain.value > noisy.low
    assert np.isfinite(plain.value)
    stored = json.loads((folder / AUDIT).read_text())
    assert [row["value"] for row in stored["figures"]] == [figure.value for figure in done.figures]
    assert EVENTS.validate_json(event.model_dump_json()) == event
    assert before == {path: path.read_bytes() for path in folder.rglob("*.safetensors")}


def test_that_the_order_of_a_seqfcf_run_is_attacked_too_and_gives_members_away(context):
    given = {"dataset": "demo", "model": "seqfcf", "epochs": 3, "parties": 2, "runtime": "in-process", "threads": 1}
    train(TrainCommand(settings=build(TrainSettings, {**given, "name": "ordered"})), context)
    done = audit(AuditCommand(settings=build(AuditSettings, {"run": "ordered", "users": 8})), context).audit
    found = {figure.target: figure for figure in done.figures if figure.attack == "membership"}
    assert list(found) == [
        "item table, without noise",
        "tables of the order, without noise",
        "item table, with noise, epsilon 8",  # noise leaves no order
    ]
    by_order = found["tables of the order, without noise"]
    assert by_order.low > 0.6
    assert by_order.cases == found["item table, without noise"].cases
    assert "From the tables of the order after" in str(by_order.sentence)
    assert found["item table, without noise"].low > 0.55  # of FCF's columns alone


@pytest.mark.parametrize(
    "changed",
    [
        {"dp": "user", "target_epsilon": 0.5},
        {"dp": "local", "noise_multiplier": 3.0, "target_epsilon": 0.0},
        {"upload_bits": 8, "row_fraction": 0.5, "server_optimizer": "fedadam"},
        {"aggregator": "robust"},
        {"model": "pfedrec", "dim": 4, "averaging": "samples", "norm_limit": 5000.0},
    ],
)
def test_that_any_kind_of_run_can_be_audited_with_what_its_parties_really_send(context, changed):
    given = {"dataset": "demo", "model": "fcf", "epochs": 2, "parties": 3, "runtime": "in-process", "name": "audited"}
    train(TrainCommand(settings=build(TrainSettings, {**given, "threads": 1, **changed})), context)
    done = audit(
        AuditCommand(settings=build(AuditSettings, {"run": "audited", "users": 6, "rounds": 1})), context
    ).audit
    found = {figure.target: figure for figure in done.figures}
    noisy = "dp" in changed
    user, party = (found[f"{whose}, {'with noise' if noisy else 'plain'}"] for whose in ("user", "party"))
    assert len(found) == 5
    assert abs(found["party, masked"].value - 0.5) < 0.15
    # What the server receives is masked only where the run's aggregator masks.
    assert ("as the server receives it" in found["party, masked"].sentence) == (changed.get("aggregator") != "robust")
    if noisy:
        # Noise of so small an epsilon leaves nothing to be read: guessing is inside the interval, or just outside.
        assert user.value < user.chance + 0.2
        assert "with noise" in user.sentence
    else:
        assert user.value > 0.5 > 2 * user.chance
        assert party.value > 0.6
