"""The Train tab on recorded events of the real engine."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from fl.protocol.commands import Cancel, FetchCommand, ListRuns, ResumeCommand, StopAfterRound, TrainCommand
from fl.protocol.records import DatasetInfo
from fl.runs.records import RunInfo
from fl.settings.train import TrainSettings
from gui.data.licence_dialog import LicenceDialog
from gui.engine.client import EngineState
from gui.tabs.state import JobState, Stop
from gui.train.train_fields import FIELD_NAMES
from gui.words.what_leaves import what_leaves
from models.registry import MODELS
from tests.gui.conftest import round_of
from tests.round_records import a_round


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    return stage.window.train


def start(stage: Any, tab: Any, qtbot: QtBot) -> str:
    """Press Start; returns the job the engine was sent."""
    qtbot.mouseClick(tab.start_button, Qt.LeftButton)
    return str(stage.client.last(TrainCommand).job)


def until_round(number: int) -> Any:
    """All events of a training up to a round."""

    def wanted(event: Any) -> bool:
        over = isinstance(event, ev.TrainDone) or getattr(event, "text", "").startswith("evaluating")
        return not over and round_of(event) <= number

    return wanted


def test_that_data_sets_are_there_before_the_engine_answers(stage: Any) -> None:
    assert stage.window.train.train_form.dataset_box.record().name == "demo"
    assert stage.window.train.start_button.isEnabled()


def test_that_a_whole_training_is_shown(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    assert tab.state is JobState.STARTING
    events = stage.play("train", job)
    done = events[-1]
    assert tab.state is JobState.DONE
    assert tab.progress.headline.full_text() == f"Finished {done.result['rounds']} rounds"
    assert tab.view.result.final["hr@10"].value() == f"{done.result['hr@10']:.3f}"
    assert f"popularity {done.result['popularity_hr@10']:.3f}" in tab.view.result.final["hr@10"].note()
    assert tab.view.result.final_row.isVisible()
    assert not tab.progress.live_row.isVisible()
    assert done.run in tab.progress.sub.text()
    rounds = [event.record for event in events if isinstance(event, ev.RoundDone)]
    tab.view.curves.valid.redraw_now()
    assert tab.view.curves.valid.points("hr@10") == [(r.round, r.valid["hr@10"]) for r in rounds]
    assert tab.view.curves.loss.points("loss") == [(r.round, r.loss) for r in rounds]
    assert tab.view.result.next_row.isVisible()


def test_that_the_command_carries_what_the_fields_say(stage: Any, tab: Any, qtbot: QtBot) -> None:
    tab.form.set_values({"epochs": "7", "batch_size": "64", "parties": "3", "name": "my run", "protocol": "published"})
    start(stage, tab, qtbot)
    settings = stage.client.last(TrainCommand).settings
    assert (settings.epochs, settings.batch_size, settings.parties, settings.name) == (7, 64, 3, "my run")
    assert settings.protocol == "published"


def test_that_preparations_are_named(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.client.receive(ev.Phase(job=job, text="starting SecretFlow"))
    assert tab.progress.headline.full_text() == "Starting SecretFlow"
    assert tab.progress.bar.maximum() == 0, "an unknown length shows as movement"


def test_that_a_running_round_is_named_with_its_figures(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    events = [event for event in stage.play("train", job, until_round(5)) if isinstance(event, ev.RoundDone)]
    last = events[-1]
    assert tab.state is JobState.RUNNING
    assert tab.progress.headline.full_text() == "Round 6 of 12"
    assert tab.progress.bar.value() == 5
    assert tab.progress.live["hr@10"].value() == f"{last.record.valid['hr@10']:.3f}"
    assert tab.progress.live["hr@10"].note().startswith("popularity 0.")
    assert tab.progress.live["best"].value() == str(last.best_round)
    assert "elapsed" in tab.progress.time_text.text()
    assert "left" in tab.progress.time_text.text()


@pytest.mark.parametrize(
    ("reach", "start_on", "stop_on", "cancel_on", "inputs_on"),
    [
        ("idle", True, False, False, True),
        ("starting", False, False, True, True),
        ("running", False, True, True, True),
        ("stopping", False, False, True, True),
        ("cancelling", False, False, False, True),
        ("done", True, False, False, True),
        ("failed", True, False, False, True),
    ],
)
def test_that_each_state_sets_every_button(
    stage: Any, tab: Any, qtbot: QtBot, reach: str, start_on: bool, stop_on: bool, cancel_on: bool, inputs_on: bool
) -> None:
    if reach != "idle":
        job = start(stage, tab, qtbot)
    if reach in ("running", "stopping", "cancelling"):
        stage.play("train", job, until_round(2))
    if reach == "stopping":
        tab.stop_after_round()
    if reach == "cancelling":
        tab.cancel()
    if reach == "done":
        stage.play("train", job)
    if reach == "failed":
        stage.client.receive(ev.JobFailed(job=job, error="No room left.", hint="Free 10 MB.", details=""))
    assert tab.start_button.isEnabled() is start_on
    assert tab.controls.stop_button.isEnabled() is stop_on
    assert tab.cancel_button.isEnabled() is cancel_on
    assert all(editor.isEnabled() is inputs_on for editor in tab.form.editors.values())
    assert tab.start_button.isVisible() is not tab.cancel_button.isVisible()


def test_that_stop_answers_at_once_and_asks_the_engine(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(2))
    qtbot.mouseClick(tab.controls.stop_button, Qt.LeftButton)
    assert tab.controls.stop_button.text() == "Stopping…"
    assert stage.client.last(StopAfterRound).target == job
    stage.play("train", job, lambda event: isinstance(event, ev.TrainDone))
    assert tab.state is JobState.DONE


def test_that_late_events_of_a_cancelled_job_change_nothing(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(3))
    qtbot.mouseClick(tab.cancel_button, Qt.LeftButton)
    assert tab.cancel_button.text() == "Cancelling…"
    assert stage.client.last(Cancel).target == job
    stage.play("train", job, lambda event: round_of(event) == 4)
    assert len(tab.view.curves.valid.points("hr@10")) == 3
    assert tab.progress.headline.full_text() == "Cancelling"
    stage.client.receive(ev.JobCancelled(job=job))
    assert tab.state is JobState.IDLE
    assert tab.progress.headline.full_text() == "Cancelled"
    stage.play("train", job, lambda event: round_of(event) == 5 or isinstance(event, ev.TrainDone))
    assert tab.progress.headline.full_text() == "Cancelled"
    assert len(tab.view.curves.valid.points("hr@10")) == 3


def test_that_a_run_that_finished_while_being_cancelled_counts_as_cancelled(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(3))
    tab.cancel()
    stage.play("train", job, lambda event: isinstance(event, ev.TrainDone))
    assert tab.state is JobState.IDLE
    assert tab.stop_kind is Stop.NONE


def test_that_a_cancelled_run_can_be_resumed(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(3))
    tab.cancel()
    stage.client.receive(ev.JobCancelled(job=job))
    assert "after round 3 of 12" in tab.view.notice.text()
    qtbot.mouseClick(tab.view.notice.action_button, Qt.LeftButton)
    assert stage.client.last(ResumeCommand).run == "demo-recorded"
    assert tab.state is JobState.STARTING
    assert not tab.view.notice.isVisible()


def test_that_the_next_run_starts_with_clean_curves(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.play("train", start(stage, tab, qtbot))
    job = start(stage, tab, qtbot)
    assert tab.view.curves.valid.points("hr@10") == []
    assert tab.progress.live["hr@10"].value() == "–"
    stage.play("train", job, until_round(2))
    assert len(tab.view.curves.valid.points("hr@10")) == 2


def test_that_a_failure_is_told_beside_the_button(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.client.receive(
        ev.JobFailed(job=job, error="The disk is full.", hint="Free 10 MB and start again.", details="Traceback: x")
    )
    assert tab.message.isVisible()
    assert tab.message.text() == "The disk is full. Free 10 MB and start again."
    assert tab.message.details() == "Traceback: x"
    assert tab.message.details_button.isVisible()
    start(stage, tab, qtbot)
    assert not tab.message.isVisible()


def test_that_a_wrong_field_keeps_start_grey_and_says_why(tab: Any) -> None:
    tab.form.set_value("epochs", "0")
    assert not tab.start_button.isEnabled()
    assert tab.why_not.text() == "Correct the marked fields first."
    tab.form.set_value("epochs", "1")
    assert tab.start_button.isEnabled()
    assert not tab.why_not.isVisible()


def test_that_a_complaint_in_the_fold_out_opens_it(tab: Any) -> None:
    assert not tab.train_form.advanced.is_open()
    tab.form.set_value("dim", "0")
    assert tab.train_form.advanced.is_open()
    assert tab.form.problems["dim"].isVisible()


def test_that_the_published_protocol_is_labelled(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.play("published", start(stage, tab, qtbot), lambda event: getattr(event, "job", "") == "published")
    assert tab.progress.protocol_warning.isVisible()
    assert "leak into training" in tab.progress.protocol_warning.text()


def test_that_what_leaves_a_party_follows_the_settings(tab: Any, qtbot: QtBot) -> None:
    assert "Only masked" in tab.train_form.privacy_note.words.text()
    assert "deals it out" in tab.train_form.privacy_note.words.text()
    assert "each can work out the other's part" in tab.train_form.privacy_note.whole
    tab.form.set_value("parties", "3")
    assert "each can work out the other's part" not in tab.train_form.privacy_note.whole
    tab.form.set_value("aggregator", "plain")
    assert "The server sees every party's item update" in tab.train_form.privacy_note.words.text()
    tab.form.set_value("runtime", "in-process")
    assert "nothing separates the parties" in tab.train_form.privacy_note.words.text()
    qtbot.mouseClick(tab.train_form.privacy_note.more_button, Qt.LeftButton)
    (box,) = tab.findChildren(QMessageBox)
    assert "The server reads every party's update in plain." in box.text()
    box.close()


@pytest.mark.parametrize(
    ("aggregator", "parties", "sentence"),
    [
        ("secure", 4, "unless it colludes with all parties but one"),
        (
            "masked",
            4,
            "sums over at least 3 of 4 parties. It learns one party's part only if it colludes with 2 of the others",
        ),
        (
            "verified",
            5,
            "sums over at least 4 of 5 parties. It learns one party's part only if it colludes with 3 of the others",
        ),
        ("verified", 2, "notices any other sum"),
        ("plain", 2, "The server reads every party's update in plain."),
        (
            "spu",
            4,
            "party-1 and party-2 add secret shares of every party's update and the server is shown the sum alone",
        ),
        ("heu", 4, "party-1, which holds the secret key, decrypts only the sum"),
        ("robust", 5, "the median over parties bounds what fewer than 3 of 5 can do"),
    ],
)
def test_that_who_can_read_is_said_per_aggregator(aggregator: Any, parties: int, sentence: str) -> None:
    assert sentence in what_leaves(TrainSettings(aggregator=aggregator, parties=parties))


def missing_set(stage: Any, tab: Any) -> DatasetInfo:
    tab.train_form.dataset_box.set_form_value("ml-100k")
    record = tab.train_form.dataset_box.record()
    assert record.status == "missing"
    return record


def test_that_a_missing_data_set_is_offered_not_fetched(stage: Any, tab: Any) -> None:
    missing_set(stage, tab)
    assert "not on this machine yet" in tab.train_form.card.message.text()
    assert not tab.start_button.isEnabled()
    assert tab.why_not.text().startswith("Get ")
    assert not any(isinstance(command, FetchCommand) for command in stage.client.sent)


@pytest.mark.parametrize("accept", [True, False])
def test_that_nothing_is_downloaded_before_the_licence_was_accepted(
    stage: Any, tab: Any, qtbot: QtBot, accept: bool
) -> None:
    record = missing_set(stage, tab)
    qtbot.mouseClick(tab.train_form.card.message.action_button, Qt.LeftButton)
    dialog = tab.findChild(QDialog)
    assert isinstance(dialog, LicenceDialog)
    assert dialog.licence.text() == record.licence
    qtbot.mouseClick(dialog.accept_button if accept else dialog.refuse_button, Qt.LeftButton)
    sent = [command for command in stage.client.sent if isinstance(command, FetchCommand)]
    assert len(sent) == accept
    if accept:
        stage.client.receive(ev.Progress(job=sent[0].job, done=2_500_000, total=5_000_000, unit="bytes"))
        assert tab.progress.sub.text() == "2.5 MB of 5.0 MB"
        assert not tab.controls.stop_button.isVisible(), "a download has no rounds"
        ready = record.model_copy(update={"status": "ready"})
        stage.client.receive(ev.DatasetFetched(job=sent[0].job, dataset=ready))
        assert tab.progress.headline.full_text().endswith("is ready")
        assert tab.start_button.isEnabled()


def test_that_a_local_file_is_taken_without_a_download(stage: Any, tab: Any) -> None:
    missing_set(stage, tab)
    tab.datasets.actions.take("/data/ml-100k.zip")
    sent = stage.client.last(FetchCommand)
    assert (sent.dataset, sent.source) == ("ml-100k", "/data/ml-100k.zip")
    stage.client.receive(ev.JobFailed(job=sent.job, error="Wrong checksum.", hint="Take the official one.", details=""))
    assert tab.message.text() == "Wrong checksum. Take the official one."


def test_that_an_interrupted_run_is_offered_at_the_start(stage: Any) -> None:
    run = RunInfo(
        name="night", dataset="demo", model="pfedrec", protocol="leak-free", created="2026-11-20T22:00:00Z",
        state="interrupted", rounds=12, epochs=100, parties=2,
    )  # fmt: skip
    stage.client.receive(ev.Runs(job=stage.client.last(ListRuns).job, runs=(run,)))
    assert stage.window.train.view.notice.text() == '"night" was interrupted after round 12 of 100.'


def test_that_many_rounds_are_painted_on_a_budget(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(1))
    tab.view.curves.valid.redraw_now()
    painted: list[int] = []
    item = tab.view.curves.valid.axes.lines["hr@10"]
    item.sigPlotChanged.connect(lambda: painted.append(1))
    for number in range(2, 202):
        stage.client.receive(
            ev.RoundDone(job=job, run="r", record=a_round(number, 0.4, 0.2), rounds=500, best_round=1, eta_seconds=1)
        )
    assert painted == []
    qtbot.waitUntil(lambda: painted == [1])
    assert len(tab.view.curves.valid.points("hr@10")) == 201


def test_that_hover_values_name_the_round(stage: Any, tab: Any, qtbot: QtBot) -> None:
    events = stage.play("train", start(stage, tab, qtbot))
    first = next(event for event in events if isinstance(event, ev.RoundDone))
    text = tab.view.curves.valid.readout(0)
    assert "Round 1" in text
    assert f"{first.record.valid['hr@10']:.4f}" in text


def test_that_the_finished_run_leads_on(stage: Any, tab: Any, qtbot: QtBot) -> None:
    stage.play("train", start(stage, tab, qtbot))
    stage.answer_lists()
    qtbot.mouseClick(tab.view.result.recommend_button, Qt.LeftButton)
    assert stage.window.current() is stage.window.recommend
    assert stage.window.recommend.form.value("run") == "demo-recorded"


def test_that_engine_silence_does_not_lose_the_run(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(2))
    stage.client._set_state(EngineState.SILENT)
    assert "not answering" in stage.window.banner.text()
    assert tab.state is JobState.RUNNING
    stage.client.receive(ev.Heartbeat(busy=True))
    assert not stage.window.banner.isVisible()


def test_that_presets_follow_model_and_data_set_and_changes_stay(tab: Any) -> None:
    tab.form.set_value("model", "pfedrec")
    assert tab.form.value("epochs") == "100"
    assert tab.form.changed_names() == ["model"]
    tab.form.set_value("epochs", "7")
    tab.form.set_value("model", "fcf")
    assert tab.form.value("epochs") == "7", "what the person chose is kept"
    assert tab.form.labels["epochs"].property("role") == "field-changed"
    tab.form.reset()
    assert tab.form.value("epochs") == "8"


def test_that_the_model_follows_data_set_and_privacy_until_one_is_chosen(tab: Any) -> None:
    def follows(name: str, value: str) -> tuple[str, str]:
        tab.form.set_value(name, value)
        return tab.form.value("model"), tab.form.value("epochs")

    assert (tab.form.value("model"), tab.form.value("epochs")) == ("seqfcf", "8")
    assert follows("dataset", "ml-1m") == ("fcf", "10")
    assert follows("dataset", "ml-100k") == ("seqfcf", "40")
    assert follows("dp", "user") == ("fcf", "10")
    assert "model" not in tab.form.changed_names()
    assert follows("dp", "none") == ("seqfcf", "40")
    assert follows("model", "pfedrec") == ("pfedrec", "100")
    assert follows("dataset", "ml-1m") == ("pfedrec", "100")
    assert follows("model", "fcf") == ("fcf", "10")


def test_that_rounds_and_rate_follow_the_optimiser_and_it_follows_the_model(tab: Any) -> None:
    def values() -> tuple[str, ...]:
        return tuple(tab.form.value(name) for name in ("server_optimizer", "server_learning_rate", "epochs"))

    usual = values()
    assert usual == ("secant", "1", "8")
    tab.form.set_value("server_optimizer", "fedadam")
    assert values() == ("fedadam", "0.1", "50")
    tab.form.set_value("server_optimizer", "secant")
    assert values() == usual
    tab.form.set_value("model", "pfedrec")
    assert values() == ("fedavg", "1", "100")
    tab.form.set_value("model", "fcf")
    assert values() == usual, "not those of the optimiser that the other model had"


def test_that_only_settings_of_the_model_are_shown(tab: Any) -> None:
    tab.train_form.advanced.set_open(True)
    tab.train_form.groups["Model"].set_open(True)
    for model, shown, hidden in (("fcf", "alpha", "negatives"), ("pfedrec", "negatives", "alpha")):
        tab.form.set_value("model", model)
        assert tab.form.editors[shown].isVisible()
        assert not tab.form.editors[hidden].isVisible()
        assert hidden not in tab.form.values()
        assert tab.form.settings.model == model


def test_that_every_setting_has_a_place() -> None:
    assert set(FIELD_NAMES) == set(TrainSettings.declared())


def test_that_an_open_choice_survives_a_hidden_field_with_a_wrong_value(tab: Any) -> None:
    tab.form.set_value("model", "pfedrec")
    tab.form.set_value("negatives", "none")
    assert not tab.start_button.isEnabled()
    tab.form.set_value("model", "fcf")
    assert tab.start_button.isEnabled(), "what does not apply cannot be wrong"


def test_that_a_start_before_the_engine_is_ready_says_what_it_waits_for(stage: Any, tab: Any) -> None:
    stage.client._set_state(EngineState.STARTING)
    tab.start()
    assert tab.progress.headline.full_text() == "Preparing"
    assert tab.progress.sub.text() == "Waits until SecretFlow has started…"


def test_that_a_model_has_a_line_of_advice_and_more_in_its_tooltip(tab: Any) -> None:
    for name, model in MODELS.items():
        tab.form.set_value("model", name)
        assert tab.train_form.model_advice.text() == model.advice
        assert tab.train_form.model_advice.toolTip().replace("\n", " ") == model.sentence
