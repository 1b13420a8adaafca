"""A cheat in a replayed round: caught and named where parties check, unnoticed elsewhere, and the run is untouched."""

from typing import get_args

import pytest

from data.errors import SettingsError
from fl.jobs.cheat import show_cheat
from fl.jobs.training import train
from fl.protocol.commands import ReadPrivacy, ShowCheat, TrainCommand
from fl.protocol.events import EVENTS
from fl.runs.run_folder import RunFolder
from fl.settings.base import build
from fl.settings.of_jobs import CheatSettings, TamperKind
from fl.settings.train import TrainSettings
from tests.fl.asking import ask


def trained(context, **changed):
    given = {"dataset": "demo", "model": "fcf", "epochs": 3, "parties": 3, "runtime": "in-process", "threads": 1}
    train(TrainCommand(settings=build(TrainSettings, {**given, "name": "cheated", **changed})), context)
    return RunFolder.find("cheated")


def cheat(context, kind, guard):
    return show_cheat(
        ShowCheat(settings=build(CheatSettings, {"run": "cheated", "tamper_kind": kind, "guard": guard})), context
    )


def test_that_every_cheat_is_caught_where_parties_check_and_the_run_is_untouched(context):
    folder = trained(context)
    before = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    for kind in get_args(TamperKind):
        done = cheat(context, kind, "verified")
        assert (done.check.outcome, done.check.culprits) == ("caught", ("server",)), kind
        assert done.changed > 0, kind
        assert EVENTS.validate_json(done.model_dump_json()) == done
    after = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    assert {path.name for path in after if before.get(path) != after[path]} == {"verification.jsonl"}
    record = ask(ReadPrivacy(run="cheated"))
    assert [check.tamper for check in record.checks] == list(get_args(TamperKind))
    assert {check.guard for check in record.checks} == {"verified"}


def test_that_masks_alone_do_not_notice_a_changed_sum(context):
    trained(context)
    for guard in ("masked", "plain"):
        done = cheat(context, "scale", guard)
        assert (done.check.outcome, done.check.culprits) == ("unnoticed", ())
        # Twice the sum: the largest difference is the largest value of the table; the totals are as they were.
        assert done.largest == pytest.approx(1.0)
        assert 0 < done.changed < 1


def test_that_without_an_earlier_round_nothing_old_can_be_reused(context):
    trained(context, epochs=1)
    with pytest.raises(SettingsError, match="needs an earlier round"):
        cheat(context, "stale", "verified")


@pytest.mark.parametrize("changed", [{"dp": "user"}, {"upload_bits": 9}, {"row_fraction": 0.3}, {"parties": 2}])
def test_that_cheats_are_caught_in_the_kind_of_message_that_the_run_sent(context, changed):
    trained(context, model="pfedrec", dim=4, **changed)
    for kind in ("change", "replay", "stale"):
        done = cheat(context, kind, "verified")
        assert (done.check.outcome, done.check.culprits) == ("caught", ("server",)), kind


def test_that_a_record_has_messages_and_account(context):
    trained(context, dp="user", epochs=2, aggregator="masked")
    record = ask(ReadPrivacy(run="cheated"))
    names = [message.name for message in record.messages]
    assert names[:3] == ["item update and totals", "sums of validation figures", "item embeddings"]
    assert "keys and sealed shares" in names
    assert [number for number, _ in record.epsilons] == [1, 2]
    assert record.epsilons[-1][1] == pytest.approx(record.epsilon)
    assert record.delta == pytest.approx(record.settings.delta)
    assert record.noise_multiplier > 0
    assert record.audit is None
    assert EVENTS.validate_json(record.model_dump_json()) == record
