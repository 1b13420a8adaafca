"""A run that lost a party and is resumed with all of them: every way back to a round knows who was missing in it."""

import io
import json

import numpy as np
import pytest

from fl.cli.terminal import Terminal
from fl.cli.training import _show_result
from fl.errors import SessionError
from fl.federation.rules import rules_of
from fl.federation.worker import PartyWorker
from fl.jobs.evaluation import evaluate
from fl.jobs.federations import federation_for
from fl.jobs.loaded_run import load_run
from fl.jobs.own_party import own_run
from fl.jobs.training import resume, train
from fl.protocol.commands import EvaluateCommand, ResumeCommand, TrainCommand
from fl.runs.left_out import left_out
from fl.runs.run_detail import describe
from fl.runs.run_folder import RunFolder
from fl.runs.storage import read_arrays, read_records, round_file, write_records
from fl.settings.base import build
from fl.settings.of_jobs import EvaluateSettings
from fl.settings.train import TrainSettings
from models.evaluation import EvaluationRequest
from report.page import page
from tests.fl.faults import die

LOST = "party-4"
FIGURES = EvaluationRequest("test", (10,), ("hr", "ndcg"))


def make_best(folder, number):
    """Give a finished round figures that no other round reaches."""
    path = folder.path / "metrics.jsonl"
    lines = [json.loads(line) for line in read_records(path)]
    lines[number - 1]["valid"] = {"hr@10": 1.0, "ndcg@10": 1.0}
    write_records(path, [json.dumps(line) for line in lines])


@pytest.fixture(params=["fcf", "fedrap"])
def resumed(context, request):
    """A run of 6 rounds: party-4 is lost in round 3, all parties are back from round 5 on, and round 4 is the best."""
    settings = TrainSettings(model=request.param, epochs=4, parties=4, runtime="in-process", name="run")
    die(federation_for(settings, context).model, LOST, "train_step", from_round=3)
    train(TrainCommand(settings=settings), context)
    folder = RunFolder.find("run")
    assert [list(record.dropped) for record in folder.rounds()] == [[], [], [LOST], [LOST]]
    state_before = read_arrays(folder.path / "parties" / LOST / round_file(2))
    make_best(folder, 4)
    done = resume(ResumeCommand(run="run", epochs=6), context)
    return folder, done, state_before


def test_that_the_final_figures_are_those_of_a_best_round_in_the_gap(resumed, context):
    folder, done, state_before = resumed
    assert done.result["best_round"] == 4
    assert [list(record.dropped) for record in folder.rounds()] == [[], [], [LOST], [LOST], [], []]
    # The lost party's last state before that round outlives the rounds after it.
    kept = read_arrays(folder.path / "parties" / LOST / round_file(2))
    for name, array in state_before.items():
        np.testing.assert_array_equal(kept[name], array)
    context.pool.drop()
    loaded = load_run("run", context)
    found = loaded.federation.model.evaluate(FIGURES, loaded.settings.resolved_item_view)
    assert found.n_users == 300
    assert {name: done.result[name] for name in found.figures} == found.figures


def test_that_a_user_of_the_lost_party_is_answered_from_that_partys_last_state(resumed):
    folder, _, _ = resumed
    run = own_run("run")
    assert (run.found.best_round, run.found.absent) == (4, (LOST,))
    parts, _ = run.found.data().divide(["party-1", "party-2", "party-3", LOST], run.settings.seed)
    worker = PartyWorker()
    worker.set_up(parts[3], parts[3], rules_of(run.settings))
    worker.load_model(str(folder.path / "parties" / LOST / round_file(4)), absent=True)
    alone = run.model(run.users_of(LOST), np.array([2, 5]))
    expected = worker._local.scores(np.array([2, 5]), run.table)
    np.testing.assert_allclose(alone.scores(np.array([0, 1]), run.table), expected, rtol=1e-6)
    np.testing.assert_array_equal(
        alone.own_items(1, run.table), worker._local.own_items(5, run.table), err_msg="trained again, bit by bit"
    )


def test_that_figures_without_a_party_say_so_wherever_they_are_shown(context):
    settings = TrainSettings(model="fcf", dim=4, epochs=3, parties=4, runtime="in-process", name="run")
    die(federation_for(settings, context).model, LOST, "train_step", from_round=2)
    done = train(TrainCommand(settings=settings), context)
    note = left_out(done.result, None)
    assert note.startswith("These figures cover 225 users: party-4 dropped out")
    assert RunFolder.find("run").info().left_out == note
    shown = io.StringIO()
    _show_result(done, Terminal(shown, shown, as_json=False))
    assert note in shown.getvalue()
    run = describe(RunFolder.find("run"))
    html = page(run, "2026-11-26T00:00:00Z").html
    assert note in html
    assert "party-4 dropped out in round 2: its process died." in html
    answer = evaluate(EvaluateCommand(settings=build(EvaluateSettings, {"run": "run"})), context).evaluation
    assert answer.n_users == 300
    best = done.result["best_round"]
    assert (f"party-4 had dropped out by round {best}" in answer.warning) == (best > 1)
    (RunFolder.find("run").path / "result.json").unlink()
    make_best(RunFolder.find("run"), 3)
    assert "leave out the users of party-4" in RunFolder.find("run").info().left_out


def test_that_a_party_that_dies_in_the_final_evaluation_leaves_a_run_that_only_lacks_its_figures(context):
    settings = TrainSettings(model="fcf", dim=4, epochs=2, parties=3, runtime="in-process", name="run")
    die(federation_for(settings, context).model, "party-2", "evaluate")
    with pytest.raises(SessionError, match=r"died. Resume the run to go on"):
        train(TrainCommand(settings=settings), context)
    info = RunFolder.find("run").info()
    assert (info.state, info.rounds, RunFolder.find("run").result()) == ("failed", 2, None)
    done = resume(ResumeCommand(run="run"), context)
    assert (done.result["rounds"], done.result["n_test_users"]) == (2, 300)
    assert "missing_parties" not in done.result


def test_that_nobodys_counts_are_summed_after_a_drop_out(context):
    """With differential privacy items are counted when training is over: over all parties, or not at all."""
    settings = TrainSettings(epochs=2, parties=4, runtime="in-process", name="noised", dp="user")
    die(federation_for(settings, context).model, LOST, "train_step", from_round=2)
    done = train(TrainCommand(settings=settings), context)
    assert "hr@10" in done.result
    assert [key for key in done.result if key.startswith("popularity")] == []
    shown = io.StringIO()
    _show_result(done, Terminal(shown, shown, as_json=False))
    assert "there is no popularity baseline" in shown.getvalue()
