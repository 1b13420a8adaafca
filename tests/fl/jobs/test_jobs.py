"""The jobs on real SecretFlow in this process and the built-in demo data."""

import json
import shutil
from types import SimpleNamespace

import numpy as np
import pytest

from data import paths
from data.errors import CancelledError, DataError, SettingsError, StorageError, UnknownNameError
from fl.errors import SessionError
from fl.protocol.commands import (
    EvaluateCommand,
    ForgetUser,
    RecommendAllCommand,
    RecommendCommand,
    ResumeCommand,
    TrainCommand,
)
from fl.runs import kept
from fl.runs.run_folder import RunFolder
from fl.runs.storage import write_json
from fl.settings.of_jobs import EvaluateSettings, RecommendSettings
from fl.settings.train import TrainSettings


def settings(**values):
    return TrainSettings(**{"model": "pfedrec", "epochs": 3, "runtime": "in-process", "name": "run", **values})


def of_type(events, kind):
    return [event for event in events if event.type == kind]


def test_that_training_tells_every_phase_and_round_and_keeps_the_run(context):
    from fl.jobs.training import train

    done = train(TrainCommand(settings=settings()), context)
    phases = [event.text for event in of_type(context.events, "phase")]
    assert phases[:3] == ["reading demo", "starting SecretFlow (in-process, 2 parties)", "giving each party its users"]
    rounds = of_type(context.events, "round_done")
    assert [event.record.round for event in rounds] == [1, 2, 3]
    assert rounds[-1].eta_seconds == 0
    folder = RunFolder.find("run")
    assert folder.state() == "done"
    assert folder.result() == done.result
    assert [r.round for r in folder.rounds()] == [1, 2, 3]
    wanted = [
        "run",
        "rounds",
        "best_round",
        "hr@10",
        "ndcg@10",
        "full_hr@10",
        "full_ndcg@10",
        "popularity_hr@10",
        "popularity_ndcg@10",
        "median_round_seconds",
        "bytes_up_per_party_round",
        "protocol",
        "seed",
    ]
    assert set(wanted) <= set(done.result)
    assert all(0 <= done.result[name] <= 1 for name in wanted if "@" in name)
    started = of_type(context.events, "train_started")[0]
    assert (started.n_users, started.n_items, started.first_round) == (300, 400, 1)


def test_that_fifty_rounds_clearly_beat_popularity_on_the_demo_set(context):
    from fl.jobs.training import train

    result = train(TrainCommand(settings=settings(epochs=50)), context).result
    assert result["hr@10"] > result["popularity_hr@10"] + 0.2


def test_that_stop_keeps_the_model_and_resume_ends_with_the_figures_of_an_uninterrupted_run(context):
    from fl.jobs.training import resume, train

    whole = train(TrainCommand(settings=settings(epochs=4, name="whole")), context).result
    context.stop_requested = lambda: len(RunFolder.find("run").rounds()) == 2
    stopped = train(TrainCommand(settings=settings(epochs=4)), context)
    assert stopped.stopped_early
    assert RunFolder.find("run").state() == "stopped"
    context.stop_requested = lambda: False
    done = resume(ResumeCommand(run="run"), context)
    assert not done.stopped_early
    timing = ("run", "median_round_seconds")
    assert {k: v for k, v in done.result.items() if k not in timing} == {
        k: v for k, v in whole.items() if k not in timing
    }
    assert resume(ResumeCommand(run="run", epochs=5), context).result["rounds"] == 5
    with pytest.raises(SettingsError, match="finished 5 rounds already"):
        resume(ResumeCommand(run="run", epochs=3), context)


def test_that_cancel_keeps_finished_rounds_and_drops_an_empty_run(context):
    from fl.jobs.training import resume, train

    context.cancelled = lambda: bool(of_type(context.events, "round_done"))
    with pytest.raises(CancelledError):
        train(TrainCommand(settings=settings()), context)
    assert RunFolder.find("run").state() == "cancelled"
    context.cancelled = lambda: False
    assert resume(ResumeCommand(run="run"), context).result["rounds"] == 3
    context.cancelled = lambda: bool([e for e in of_type(context.events, "train_started") if e.run == "empty"])
    with pytest.raises(CancelledError):
        train(TrainCommand(settings=settings(name="empty")), context)
    with pytest.raises(UnknownNameError):
        RunFolder.find("empty")


def test_that_a_failing_checkpoint_ends_the_run_and_keeps_the_rounds_before(context, monkeypatch):
    from fl.jobs.training import resume, train
    from fl.runs import private_files

    write = private_files.write_arrays

    def full_after_round_one(path, arrays, *users):
        if "round-000002" in path.name:
            raise StorageError(f"Cannot write {path}: No space left on device.")
        write(path, arrays, *users)

    with monkeypatch.context() as patch:
        patch.setattr(private_files, "write_arrays", full_after_round_one)
        with pytest.raises(StorageError, match="No space left"):
            train(TrainCommand(settings=settings()), context)
    folder = RunFolder.find("run")
    assert folder.state() == "failed"
    assert len(folder.rounds()) == 1
    assert resume(ResumeCommand(run="run"), context).result["rounds"] == 3


@pytest.mark.parametrize("at", ["round 2", "the last round", "the final figures"])
def test_that_training_ends_when_somebody_deletes_the_folder_and_leaves_none(context, monkeypatch, at):
    from fl.jobs import training

    figures = training.final_figures

    def delete(moment):
        if moment == at:
            shutil.rmtree(RunFolder.find("run").path)

    def deleted_meanwhile(*args):
        found = figures(*args)
        delete("the final figures")
        return found

    monkeypatch.setattr(training, "final_figures", deleted_meanwhile)
    moments = {2: "round 2", 3: "the last round"}
    context.on.append(lambda event: event.type == "round_done" and delete(moments.get(event.record.round)))
    with pytest.raises(StorageError, match="The folder of run 'run' was deleted: it ends here"):
        training.train(TrainCommand(settings=settings()), context)
    assert list(paths.runs_dir().iterdir()) == []
    assert len(of_type(context.events, "round_done")) == (2 if at == "round 2" else 3)


def test_that_figures_of_a_run_that_was_deleted_meanwhile_make_no_folder_of_it_again(context, monkeypatch):
    from fl.jobs import evaluation
    from fl.jobs.training import train

    train(TrainCommand(settings=settings()), context)
    folder, write = RunFolder.find("run"), RunFolder.write_evaluation

    def deleted_meanwhile(folder, found):
        shutil.rmtree(folder.path)
        write(folder, found)

    monkeypatch.setattr(RunFolder, "write_evaluation", deleted_meanwhile)
    assert evaluation.evaluate(EvaluateCommand(settings=EvaluateSettings(run="run")), context).evaluation.rows
    assert not folder.path.exists()


def test_that_parties_that_hold_a_run_read_it_again_only_when_its_files_changed(context):
    from fl.jobs.evaluation import evaluate
    from fl.jobs.forgetting import forget_user
    from fl.jobs.training import train

    def evaluated():
        context.events.clear()
        found = evaluate(EvaluateCommand(settings=EvaluateSettings(run="run")), context).evaluation
        return found.n_users, any("loading round" in event.text for event in of_type(context.events, "phase"))

    train(TrainCommand(settings=settings()), context)
    assert evaluated() == (300, False)  # they have it from the training
    forget_user(ForgetUser(run="run", user="17"), context)
    assert evaluated() == (299, True)
    assert evaluated() == (299, False)


def test_that_a_refused_resume_leaves_the_number_of_rounds(context, monkeypatch):
    from fl.jobs import training

    training.train(TrainCommand(settings=settings()), context)
    before = (RunFolder.find("run").path / "config.json").read_bytes()
    with pytest.raises(SettingsError, match="finished 3 rounds already; epochs cannot be 2"):
        training.resume(ResumeCommand(run="run", epochs=2), context)
    load = training.load
    monkeypatch.setattr(training, "load", lambda *args: pytest.fail("what is refused is read"))
    with RunFolder.find("run").lock(), pytest.raises(SettingsError, match="is being trained"):
        training.resume(ResumeCommand(run="run", epochs=900), context)

    def gone(*args):
        raise DataError("demo was damaged")

    monkeypatch.setattr(training, "load", gone)
    with pytest.raises(DataError):
        training.resume(ResumeCommand(run="run", epochs=900), context)
    monkeypatch.setattr(training, "load", load)

    def no_parties(*args, **named):
        raise SessionError("SecretFlow could not be started.")

    with monkeypatch.context() as patch:
        patch.setattr(training, "federation_for", no_parties)
        with pytest.raises(SessionError):
            training.resume(ResumeCommand(run="run", epochs=900), context)
    assert (RunFolder.find("run").path / "config.json").read_bytes() == before


def test_that_recommendations_have_titles_and_leave_out_what_was_rated(context):
    from fl.jobs.recommendation import recommend
    from fl.jobs.training import train

    train(TrainCommand(settings=settings()), context)
    answer = recommend(RecommendCommand(settings=RecommendSettings(run="run", user="7", top_k=5)), context)
    assert [item.rank for item in answer.items] == [1, 2, 3, 4, 5]
    assert [item.score for item in answer.items] == sorted((i.score for i in answer.items), reverse=True)
    rated = {item.item for item in answer.history}
    assert not rated & {item.item for item in answer.items}
    assert all(item.title and item.genres for item in answer.items)
    times = [item.timestamp for item in answer.history]
    assert times == sorted(times, reverse=True)
    everything = recommend(
        RecommendCommand(settings=RecommendSettings(run="run", user="7", top_k=1000, scope="all")), context
    )
    assert len(everything.items) == 400
    small = recommend(RecommendCommand(settings=RecommendSettings(run="run", user="7", top_k=5, batch_size=7)), context)
    assert [i.item for i in small.items] == [i.item for i in answer.items]
    with pytest.raises(UnknownNameError, match=r"no user 'x'\. It has 300 users, for example 1, 2, 3, 4, 5\."):
        recommend(RecommendCommand(settings=RecommendSettings(run="run", user="x")), context)


@pytest.mark.parametrize("model", ["fcf", "pfedrec"])
def test_that_recommendations_come_with_reasons_from_the_history_and_a_profile(context, model):
    from data.loading import load
    from fl.jobs.recommendation import recommend
    from fl.jobs.training import train

    train(TrainCommand(settings=settings(model=model)), context)
    answer = recommend(RecommendCommand(settings=RecommendSettings(run="run", user="7", top_k=5)), context)
    assert answer.reason_kind == ("share" if model == "fcf" else "nearness")
    history = {item.item for item in answer.history}
    for item in answer.items:
        weights = [reason.weight for reason in item.because]
        assert weights
        assert weights == sorted(weights, reverse=True)
        assert min(weights) > 0
        assert {reason.item for reason in item.because} <= history
    profile = answer.profile
    assert profile.n_items == len(answer.history)
    assert sum(n for _, n in profile.activity) == len(answer.history)
    assert sum(one.share for one in profile.genres) == pytest.approx(1)
    assert sum(one.average for one in profile.genres) == pytest.approx(1, abs=1e-4)
    # By hand: an item with two genres counts half for each.
    first = profile.genres[0]
    by_hand = sum(1 / len(one.genres) for one in answer.history if first.genre in one.genres)
    assert first.share == pytest.approx(by_hand / len(answer.history))
    # Popularity: the share of items with fewer train interactions, ties half, in the mean over what was taken.
    counts = np.bincount(load("demo", "leak-free", 2024).split.items, minlength=400)
    place = [100 * ((counts < n).sum() + (counts <= n).sum()) / 800 for n in counts]
    assert profile.average_popularity == pytest.approx(np.average(place, weights=counts))
    ids = load("demo", "leak-free", 2024).interactions.item_ids.tolist()
    assert profile.popularity == pytest.approx(np.mean([place[ids.index(one.item)] for one in answer.history]))


def test_that_evaluation_gives_the_figures_of_training_and_warns_of_the_leak(context):
    from fl.jobs.evaluation import evaluate
    from fl.jobs.training import train

    result = train(TrainCommand(settings=settings()), context).result
    answer = evaluate(EvaluateCommand(settings=EvaluateSettings(run="run", k=(5, 10))), context).evaluation
    rows = {(row.scorer, row.item_view, row.k): row for row in answer.rows}
    assert rows["model", "global", 10].hr == pytest.approx(result["hr@10"])
    assert rows["model", "fine-tuned", 10].ndcg == pytest.approx(result["ndcg@10_fine_tuned"])
    assert rows["popularity", "", 10].full_hr == pytest.approx(result["popularity_full_hr@10"])
    assert rows["model", "global", 5].hr <= rows["model", "global", 10].hr
    assert answer.warning == ""
    assert [kept.rows for kept in RunFolder.find("run").evaluations()] == [answer.rows]  # for reports
    assert (
        "leak"
        in evaluate(
            EvaluateCommand(settings=EvaluateSettings(run="run", protocol="published")), context
        ).evaluation.warning
    )
    assert (
        evaluate(EvaluateCommand(settings=EvaluateSettings(run="run", k=(5, 10))), context).evaluation.rows
        == answer.rows
    )


def test_that_age_groups_come_from_young_to_old():
    from fl.jobs.report_rows import public_labels

    data = SimpleNamespace(user_groups={"age group": ["45 and over", "", "25-44", "under 25", "25-44"]})
    assert public_labels(data) == {"age group": ["under 25", "25-44", "45 and over"]}


def test_that_changed_data_are_noticed(context):
    from fl.jobs.recommendation import recommend
    from fl.jobs.training import resume, train

    train(TrainCommand(settings=settings()), context)
    path = RunFolder.find("run").path / "config.json"
    config = RunFolder.find("run").config()
    write_json(path, {**config, "fingerprint": "another"})
    with pytest.raises(StorageError, match="is not the one run 'run' was trained on"):
        resume(ResumeCommand(run="run"), context)
    # What the run kept is of the data it was trained on; a run of an earlier version has nothing else than the data.
    asked = RecommendCommand(settings=RecommendSettings(run="run", user="1"))
    assert recommend(asked, context).items
    (path.parent / kept.ITEMS).unlink()
    with pytest.raises(StorageError, match="is not the one run 'run' was trained on"):
        recommend(asked, context)


@pytest.mark.parametrize(
    ("values", "error", "text"),
    [
        ({"dataset": "movielens"}, UnknownNameError, "'movielens'"),
        ({"dataset": "ml-100k"}, DataError, "not been fetched"),
    ],
)
def test_that_what_cannot_start_leaves_no_run(context, values, error, text):
    from fl.jobs.training import train

    with pytest.raises(error, match=text):
        train(TrainCommand(settings=settings(**values)), context)
    assert not paths.runs_dir().exists()


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_that_lists_of_all_users_are_those_of_each_user(context, tmp_path, suffix):
    import csv

    from fl.jobs.recommendation import recommend
    from fl.jobs.recommendation_of_all import recommend_all
    from fl.jobs.training import train
    from fl.settings.of_jobs import RecommendAllSettings

    train(TrainCommand(settings=settings()), context)
    path = tmp_path / f"all.{suffix}"
    done = recommend_all(
        RecommendAllCommand(settings=RecommendAllSettings(run="run", output=str(path), top_k=3)), context
    )
    assert (done.n_users, done.n_rows, done.path) == (300, 900, str(path))
    if suffix == "csv":
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        lists = {user: [r["item"] for r in rows if r["user"] == user] for user in ("1", "42", "300")}
        sources = [{name: row[name] for name in ("run", "round", "protocol", "fingerprint")} for row in rows]
    else:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        lists = {line["user"]: [item["item"] for item in line["items"]] for line in lines}
        sources = [{name: str(line[name]) for name in ("run", "round", "protocol", "fingerprint")} for line in lines]
    config = RunFolder.find("run").config()
    assert {tuple(one.values()) for one in sources} == {
        ("run", str(done.source.round), "leak-free", config["fingerprint"])
    }
    for user in ("1", "42", "300"):
        answer = recommend(RecommendCommand(settings=RecommendSettings(run="run", user=user, top_k=3)), context)
        assert lists[user] == [item.item for item in answer.items]
    assert [path.name for path in tmp_path.iterdir()] == [path.name]


def test_that_a_cancelled_batch_leaves_no_file(context, tmp_path):
    from fl.jobs.recommendation_of_all import recommend_all
    from fl.jobs.training import train
    from fl.settings.of_jobs import RecommendAllSettings

    train(TrainCommand(settings=settings()), context)
    context.cancelled = lambda: any(e.text == "scoring all users" for e in of_type(context.events, "phase"))
    with pytest.raises(CancelledError):
        recommend_all(
            RecommendAllCommand(settings=RecommendAllSettings(run="run", output=str(tmp_path / "x.csv"))), context
        )
    assert list(tmp_path.iterdir()) == []
    context.cancelled = lambda: False
    with pytest.raises(StorageError, match=r"Cannot write .*nowhere"):
        recommend_all(
            RecommendAllCommand(settings=RecommendAllSettings(run="run", output=str(tmp_path / "nowhere" / "x.csv"))),
            context,
        )


def test_that_a_batch_with_no_place_for_its_file_is_refused_before_the_run_is_read(context, tmp_path):
    from fl.jobs.recommendation_of_all import recommend_all
    from fl.settings.of_jobs import RecommendAllSettings

    folder = tmp_path / "lists.csv"
    folder.mkdir()
    for output, sentence in ((folder, "it is a folder"), (tmp_path / "nowhere" / "x.csv", "there is no folder")):
        with pytest.raises(StorageError, match=sentence):
            recommend_all(
                RecommendAllCommand(settings=RecommendAllSettings(run="no such run", output=str(output))), context
            )


def test_that_training_ends_when_validation_has_not_improved_for_the_given_rounds(context):
    from fl.jobs.training import train

    done = train(TrainCommand(settings=settings(epochs=200, early_stopping=2)), context)
    records = RunFolder.find("run").rounds()
    assert done.stopped_early
    assert done.result["rounds"] == len(records) < 200
    assert len(records) == done.result["best_round"] + 2
    # It ended by itself, as it was told to: nobody stopped it.
    assert RunFolder.find("run").state() == "done"


def test_that_a_run_that_stopped_early_is_not_trained_on_by_resume(context):
    from fl.jobs.training import resume, train

    done = train(TrainCommand(settings=settings(epochs=200, early_stopping=2)), context)
    again = resume(ResumeCommand(run="run"), context)
    assert again.result == done.result
    # Only where the person asks for more rounds.
    assert (
        resume(ResumeCommand(run="run", epochs=done.result["rounds"] + 30), context).result["rounds"]
        > done.result["rounds"]
    )
