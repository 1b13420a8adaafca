"""Pausing a training between two rounds: what waits, what wakes it, and that nothing else changes."""

import threading

import pytest

from data.errors import CancelledError
from fl.jobs.pauses import Pauses
from fl.protocol.commands import TrainCommand
from fl.runs.run_folder import RunFolder
from fl.settings.train import TrainSettings

PATIENCE = 20


def waiting(pauses, job, give_up=lambda: False):
    """A thread that waits on a pause, and the event it sets when it goes on."""
    over = threading.Event()
    thread = threading.Thread(target=lambda: (pauses.wait(job, give_up), over.set()), daemon=True)
    thread.start()
    return over


def test_that_a_job_without_a_pause_does_not_wait():
    pauses = Pauses()
    pauses.ask("other")
    pauses.wait("mine", lambda: False)
    assert pauses.asked("other")
    assert not pauses.asked("mine")


def test_that_lifting_a_pause_lets_the_job_go_on_and_only_that():
    pauses = Pauses()
    pauses.ask("a")
    pauses.ask("b")
    a, b = waiting(pauses, "a"), waiting(pauses, "b")
    pauses.lift("a")
    assert a.wait(PATIENCE)
    assert not b.is_set()
    pauses.lift("b")
    assert b.wait(PATIENCE)


def test_that_a_stop_wakes_a_paused_job():
    pauses, stop = Pauses(), threading.Event()
    pauses.ask("a")
    over = waiting(pauses, "a", stop.is_set)
    pauses.wake()
    assert not over.is_set()
    stop.set()
    pauses.wake()
    assert over.wait(PATIENCE)


def train(context, **values):
    from fl.jobs.training import train as run

    settings = {"model": "fcf", "epochs": 3, "runtime": "in-process", "name": "run", **values}
    return run(TrainCommand(settings=TrainSettings(**settings)), context)


def types_after_round(context, number):
    place = next(i for i, e in enumerate(context.events) if e.type == "round_done" and e.record.round == number)
    return [event.type for event in context.events[place + 1 :]]


def test_that_a_paused_training_waits_after_its_round_and_ends_with_the_same_figures(context):
    whole = train(context, name="whole").result

    def react(event):
        if event.type == "round_done" and event.record.round == 1 and event.run == "run":
            context.pauses.ask("job")
        if event.type == "train_paused":
            assert RunFolder.find("run").rounds()[-1].round == 1, "everything so far is on disk"
            threading.Timer(0, lambda: context.pauses.lift("job")).start()

    context.on.append(react)
    context.events.clear()
    result = train(context).result
    assert types_after_round(context, 1)[:3] == ["train_paused", "train_unpaused", "round_done"]
    assert {key: result[key] for key in ("rounds", "hr@10", "ndcg@10", "full_hr@10")} == {
        key: whole[key] for key in ("rounds", "hr@10", "ndcg@10", "full_hr@10")
    }


def when_paused(context, end):
    """Ask for a pause; once the training waits, set the event `end` and wake it."""
    context.pauses.ask("job")

    def react(event):
        if event.type == "train_paused":
            end.set()
            threading.Timer(0, context.pauses.wake).start()

    context.on.append(react)


def test_that_stop_ends_a_paused_training_and_keeps_the_model(context):
    stop = threading.Event()
    context.stop_requested = stop.is_set
    when_paused(context, stop)
    done = train(context)
    assert done.stopped_early
    assert done.result["rounds"] == 1
    assert RunFolder.find("run").state() == "stopped"


def test_that_cancel_ends_a_paused_training(context):
    cancel = threading.Event()
    context.cancelled = cancel.is_set
    when_paused(context, cancel)
    with pytest.raises(CancelledError):
        train(context)
    folder = RunFolder.find("run")
    assert (folder.state(), len(folder.rounds())) == ("cancelled", 1)


def test_that_the_last_round_does_not_pause(context):
    context.pauses.ask("job")
    done = train(context, epochs=1)
    assert done.result["rounds"] == 1
    assert "train_paused" not in [event.type for event in context.events]


def test_that_a_run_cut_short_by_the_end_of_the_program_is_interrupted_not_cancelled(context, monkeypatch):
    ending = threading.Event()
    context.cancelled = context.ending = ending.is_set
    context.on.append(lambda event: ending.set() if event.type == "round_done" else None)
    with pytest.raises(CancelledError):
        train(context)
    monkeypatch.setattr("fl.runs.running._is_alive", lambda process: False)
    info = RunFolder.find("run").info()
    assert (info.state, info.rounds, info.epochs) == ("interrupted", 1, 3)


def test_that_the_finished_training_tells_its_intervals(context):
    done = train(context)
    assert {"hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10"} <= set(done.intervals)
    for name in ("hr@10", "ndcg@10"):
        low, high = done.intervals[name]
        assert low < done.result[name] < high
