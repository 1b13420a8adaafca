"""The Train tab: a form, one training at a time, the trainings that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt5.QtCore import QSize, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import ContinueCommand, FetchCommand, ResumeCommand, TakePart, TrainCommand
from fl.protocol.records import KitInfo
from fl.runs.records import RunInfo
from fl.settings.train import TrainSettings
from gui.engine.client import EngineClient, EngineState
from gui.engine.run_queue import RunQueue
from gui.preferences import Preferences
from gui.tabs.job_panel import JobPanel
from gui.tabs.state import Controls, JobState, Stop
from gui.train.dataset_jobs import DatasetJobs
from gui.train.queue_runner import QueueRunner
from gui.train.resume_offers import ResumeOffers
from gui.train.sweep_start import SweepStart
from gui.train.train_controls import TrainControls
from gui.train.train_form import TrainForm
from gui.train.training import Training, outcome
from gui.train.training_view import TrainingView
from gui.widgets.message_bar import Tone
from gui.widgets.notifier import Notifier
from gui.widgets.pages import BAR_WIDTH, page
from gui.widgets.widgets import MARGIN
from gui.words import text
from gui.words.engine_texts import said, sentence
from gui.words.i18n import tr


class TrainTab(JobPanel):
    """Puts the parts together, and moves them through the states of a job: a training, or the fetching of a data set.

    Signals:
        use_run: (run name, "recommend" or "evaluate") the person wants to go on with the finished run.
        runs_changed: a run was made or changed: the lists of runs are out of date.
        datasets_changed: a file was imported or removed: the list of data sets is out of date.
        heard: an event of a training, after this tab has shown it; other tabs follow the training by it.
        shown: something that the small view shows has changed.
    """

    use_run = pyqtSignal(str, str)
    runs_changed = pyqtSignal()
    datasets_changed = pyqtSignal()
    heard = pyqtSignal(object)
    shown = pyqtSignal()

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(client, tr("New training run"), tr("&Start training"), parent)
        self._preferences = preferences
        self.queue = RunQueue(preferences, self)
        self.training = Training(client, self)
        self.taken_part: KitInfo | None = None  # the kit of the federation whose training runs, or ran last
        self.turns = QueueRunner(self.queue, self._is_free, self)
        self.notifier = Notifier(self)
        self.train_form = TrainForm(self.side, client, self)
        self.form = self.train_form.settings_form
        self.datasets = DatasetJobs(client, self.train_form.dataset_box, self.train_form.card, self)
        self.datasets.actions.imported.connect(lambda _: self.start_button.setFocus())
        self.controls = TrainControls(self.side, self.button_row, self)
        self.sweep = SweepStart(client, self.queue, self.turns, lambda: self.form.settings, self)
        self.side.foot.addWidget(self.sweep.button)
        self.view = TrainingView(client, self.queue)
        self.progress, self.log = self.view.progress, self.view.log
        self.offers = ResumeOffers(self.view.notice, self)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        both, across = page(self.side)
        across.addWidget(self.view)
        # The scroll bar lies in the page's margin, so that cards end where those of other pages end.
        both.layout().setContentsMargins(MARGIN, MARGIN, MARGIN - BAR_WIDTH, MARGIN)
        whole.addWidget(both)
        self.form.set_values(preferences.values("train/settings"))
        self.train_form.advanced.set_open(preferences.flag("train/advanced_open"))
        self.view.log_fold.set_open(preferences.flag("train/log_open"))
        self._connect()
        self.train_form.federation.folder.setText(preferences.text("train/kit"))
        self.train_form.set_place(preferences.text("train/place"))
        client.state_changed.connect(self._on_engine)
        self.refresh()

    def _connect(self) -> None:
        training, datasets, view, controls = self.training, self.datasets, self.view, self.controls
        training.started.connect(self._on_train_started)
        training.round_done.connect(view.show_round)
        training.refused.connect(view.progress.show_refused)
        training.pause_changed.connect(self.refresh)
        training.changed.connect(self._show_training)
        self.turns.start.connect(self._train)
        self.queue.changed.connect(self.refresh)
        self.offers.resume.connect(self.resume)
        datasets.get.connect(self.fetch)
        datasets.shown.connect(self.refresh)
        datasets.actions.changed.connect(self.datasets_changed)
        datasets.actions.failed.connect(self.message.show_failure)
        controls.pause.connect(self.pause_or_go_on)
        controls.stop.connect(self.stop_after_round)
        controls.enqueue.connect(self.add_to_queue)
        view.queue_panel.start.connect(self.turns.go_on)
        view.result.use.connect(self.use_run)
        view.result.renamed.connect(self._on_renamed)
        self.train_form.changed.connect(self.refresh)

    def _on_engine(self, state: EngineState) -> None:
        if state.up:
            self.train_form.federation.read()

    def make_plots(self) -> None:
        """Have the axes of the curves ready before there is anything to draw."""
        self.view.curves.make_plots()

    # --- starting ---------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        command = self.train_form.command()
        self.taken_part = self.train_form.federation.kit if isinstance(command, TakePart) else None
        self.submit(command, self._on_done)

    def _train(self, settings: TrainSettings) -> None:
        self.taken_part = None
        self.submit(TrainCommand(settings=settings), self._on_done)

    def resume(self, run: str) -> None:
        """Go on with a run that ended before its last round."""
        if self._is_free():
            self.taken_part = None
            self.submit(ResumeCommand(run=run), self._on_done)

    def continue_with(self, run: str) -> None:
        """Train a new run that goes on from this one, on its data set as it is now."""
        if self._is_free():
            self.taken_part = None
            self.submit(ContinueCommand(run=run), self._on_done)

    def fetch(self, command: FetchCommand) -> None:
        """Download a data set, or take it from a local file or folder, as this tab's job."""
        if not self.state.busy and self.client.state.up:
            self.datasets.fetching, self.taken_part = command, None
            self.submit(command, self._on_fetched)

    def add_to_queue(self) -> None:
        """Have a training with the present settings wait for its turn."""
        if not self._queue_fault():
            self.queue.add(self.form.settings)
            self.form.set_value("name", "")  # the next one has to be called otherwise

    def take_settings(self, run: str, settings: TrainSettings) -> None:
        """Fill the form with the settings of a run, and say what is left to do."""
        self.train_form.fill(settings)
        told = tr('The form has the settings of "{run}", for a new run.').format(run=run)
        self.message.show_message("info", told)
        (self.start_button if self.start_button.isEnabled() else self.train_form.dataset_box).setFocus()

    def offer_interrupted(self, runs: Sequence[RunInfo]) -> None:
        """Offer to go on with what a crash, or the end of the program, cut short."""
        if not self.state.busy:
            self.offers.offer_interrupted(runs)

    # --- pause and stop ---------------------------------------------------------------------------------------------

    def pause_or_go_on(self) -> None:
        """Have the training wait after its round, or go on."""
        if self.state in (JobState.STARTING, JobState.RUNNING):
            self.training.pause_or_go_on(self.job)

    def stop_after_round(self) -> None:
        """End the training when its round is on disk, and keep the model."""
        if self.allowed().stop:
            self.stop_kind = Stop.AFTER_ROUND
            self._set_state(JobState.STOPPING)
            self.client.stop_after_round(self.job)

    # --- what the engine says ---------------------------------------------------------------------------------------

    def on_started(self) -> None:
        self.training.begin()
        self.offers.begin()
        if self.taken_part is not None:
            self.view.begin_training()
            self.progress.headline.setText(tr("Taking part in {0}").format(self.taken_part.federation))
        elif self.datasets.fetching is None:
            self._preferences.set_values("train/settings", self.form.choices())
            self.view.begin_training()
            if self.client.state is EngineState.STARTING:
                self.progress.sub.setText(tr("Waits until SecretFlow has started…"))
        else:
            self.view.begin_fetch(self.what_runs())
        self.on_tick()

    def on_event(self, event: object) -> None:
        if isinstance(event, ev.TrainStarted | ev.RoundDone):
            self.running()
        super().on_event(event)
        if isinstance(event, ev.Members):
            self.progress.members.show_members(event.members)
        self.training.take(event)
        self.heard.emit(event)

    def on_phase(self, event: ev.Phase) -> None:
        self.log.add("info", said(event.text))
        if self.taken_part is not None:  # whole sentences, of what becomes of the others
            self.progress.sub.setText(sentence(event.text))
        elif self.state is not JobState.STOPPING:
            self.progress.show_phase(event.text)
        if self.state is JobState.STARTING:
            self.progress.bar.setRange(0, 0)
        self.shown.emit()

    def on_progress(self, event: ev.Progress) -> None:
        # Of a download or of a preparation; rounds come as RoundDone.
        if self.state is not JobState.RUNNING or self.datasets.fetching is not None:
            self.progress.show_progress(event)
            self.shown.emit()

    def _on_train_started(self, event: ev.TrainStarted) -> None:
        self.offers.started(event.run)
        self.view.show_started(event)
        self.runs_changed.emit()

    def _show_training(self) -> None:
        """Say in the heading how far the training is, unless it says that the training stops."""
        if self.state is JobState.RUNNING:
            self.progress.headline.setText(self.training.heading())
        self.on_tick()

    @property
    def elapsed(self) -> float:
        """Seconds since the start, without those of pauses."""
        return super().elapsed - (self.training.paused_seconds() if self.datasets.fetching is None else 0.0)

    def on_tick(self) -> None:
        parts = [tr("{0} elapsed").format(text.duration(self.elapsed))]
        left = self.training.seconds_left()
        if left > 0 and self.state is JobState.RUNNING:
            parts.append(tr("{0} left").format(text.rough_duration(left)))
        self.progress.time_text.setText(" · ".join(parts))
        self.shown.emit()

    # --- ends -------------------------------------------------------------------------------------------------------

    def _on_fetched(self, event: ev.DatasetFetched) -> None:
        self.datasets.show_fetched(event.dataset)
        self.finish()
        ready, then = tr("{0} is ready").format(event.dataset.title), tr("Press Start to train on it.")
        if self.view.result.isHidden():
            self.progress.headline.setText(ready)
            self.progress.sub.setText(then)
        else:  # the card is that of a finished run
            self.message.show_message("success", f"{ready}. {then}")

    def _on_done(self, event: ev.TrainDone) -> None:
        self.training.run = event.run
        self.view.show_done(event)
        hr = event.result.get("hr@10")
        figures = tr("test HR@10 {hr}").format(hr=text.metric(hr)) if isinstance(hr, float) else ""
        self._leave_note("success", f"{outcome(event)}. {figures}".strip())
        self.finish()
        self.heard.emit(event)

    def on_cancelled(self) -> None:
        kept, last = tr("Nothing was kept."), self.training.last
        if last is not None:
            kept = tr('The {0} finished rounds of "{1}" are kept.').format(last.record.round, self.training.run)
        self.progress.show_end(tr("Cancelled"), kept)
        self._offer_to_resume(tr('"{0}" was cancelled after round {1} of {2}.'))
        self._leave_note("info", tr("Cancelled"))
        super().on_cancelled()

    def on_failed(self, event: ev.JobFailed) -> None:
        self.progress.show_end(tr("Not finished"), said(event.error))
        self._offer_to_resume(tr('"{0}" ended after round {1} of {2}.'))
        self._leave_note("error", said(event.error))
        if not self.client.state.up:
            self._hold_queue()  # with the engine gone, the person says when to go on
        super().on_failed(event)

    def _offer_to_resume(self, sentence: str) -> None:
        """Offer to go on with a training that was cut short; between organisations all members go on together."""
        if self.taken_part is None:
            self.offers.offer(self.training.cut_short(sentence))

    def _leave_note(self, tone: Tone, sentence: str) -> None:
        """Say what became of a training: to a person who looks elsewhere, and where the next one takes its place."""
        if self.datasets.fetching is not None:
            return
        name = self.training.run or tr("The training")
        self.notifier.announce(tr("SecretRec: {run}").format(run=name), sentence)
        if self.turns.more_to_come():
            self.log.add("error" if tone == "error" else "info", f"{name}: {sentence}")
            self.offers.note_last(tone, tr('Before this: "{run}": {what}').format(run=name, what=sentence))

    def on_finished(self) -> None:
        if self.training.last is not None:
            self.view.curves.end_at(self.training.last.record.round)
        self.training.end()
        fetched = self.datasets.fetching is not None
        took = tr("took {0}").format(text.duration(self.elapsed))
        self.datasets.fetching = None
        self.turns.ended()
        if not (fetched and self.view.end_fetch()):
            self.progress.time_text.setText(took)
        self.refresh()
        self.train_form.estimate.forget()
        self.runs_changed.emit()
        self.shown.emit()
        cut = self.offers.offered
        self.turns.start_next()
        self.offers.settle(cut, next_runs=self.state.busy, free=not self.blocked_by)

    def _on_renamed(self, event: ev.RunRenamed) -> None:
        if not self.state.busy and self.view.result.run == event.new:
            self.training.run = event.new
            self.view.show_renamed()
        self.runs_changed.emit()

    # --- controls -----------------------------------------------------------------------------------------------------

    def _is_free(self) -> bool:
        """Return whether a training could start now."""
        return not self.state.busy and not self.blocked_by and self.client.state.up

    def occupies_engine(self) -> bool:
        return self.state.busy and self.datasets.fetching is None

    def what_runs(self) -> str:
        if self.datasets.fetching is not None:
            return self.datasets.what_runs()
        return tr('Training "{0}"').format(self.training.run) if self.training.run else tr("Training")

    def is_valid(self) -> bool:
        return self.train_form.takes_part or super().is_valid()

    def missing(self) -> str:
        form = self.train_form
        if not form.takes_part:
            lacks = tr("Give the address of the cluster first.") if form.lacks_address else ""
            return self.datasets.missing() or form.name_fault() or lacks
        kit = form.federation.kit
        return form.federation.missing() or ("" if kit is not None and kit.is_server else self.datasets.missing())

    def _queue_fault(self) -> str:
        """Return why the present settings cannot wait in the queue, "" when they can."""
        if self.train_form.takes_part:
            return tr("A federation's training cannot wait in the queue.")
        return self.missing() or self.turns.fault(self.form.settings, self.training.run)

    def set_blocked_by(self, what: str) -> None:
        was_blocked = bool(self.blocked_by)
        super().set_blocked_by(what)
        # Also said at every change of this tab's own state, in the midst of which nothing may start.
        if was_blocked and not what:
            self.turns.start_next()

    def allowed(self) -> Controls:
        # While a training runs, the fields are for the next one, which can wait in the queue.
        found = super().allowed()
        return replace(found, inputs=True) if self.occupies_engine() else found

    def stop_control(self) -> QPushButton:
        # Space, pressed once too often after Start, must not end what was started.
        if self.taken_part is not None:
            return self.train_form.federation.choose_button
        return self.controls.pause_button if self.datasets.fetching is None else self.cancel_button

    def show_controls(self, allowed: Controls) -> None:
        training = self.occupies_engine()
        up, busy = self.client.state.up, self.state.busy
        can_ask = up and (allowed.inputs or training)
        self.controls.show_state(
            self.state,
            self.stop_kind,
            self.training.pause,
            training=training,
            takes_part=self.taken_part is not None,
            leaves=self.taken_part is not None and not self.taken_part.is_server,
            can_stop=allowed.stop,
            queue_fault=self._queue_fault() if training else "",
        )
        self.sweep.button.setVisible(not self.train_form.takes_part and self.taken_part is None)
        self.sweep.button.setEnabled(up and self.form.settings is not None and not self.datasets.missing())
        self.train_form.reset_button.setEnabled(allowed.inputs)
        self.train_form.show_name_fault(visible=not busy)
        self.train_form.set_enabled(allowed.inputs)
        self.train_form.show_estimate(wanted=not self.missing(), visible=not busy)
        self.datasets.set_enabled(can_ask=can_ask, idle=not busy)
        self.offers.set_enabled(can_ask and not busy and not self.blocked_by)
        self.view.queue_panel.set_can_start(self._is_free())
        self.view.result.set_enabled(up)
        if self.state is JobState.STOPPING:
            self.progress.headline.setText(
                tr("Cancelling") if self.stop_kind is Stop.CANCEL else tr("Stopping after this round")
            )
        self.shown.emit()

    # --- what the next start finds again ------------------------------------------------------------------------------

    def _hold_queue(self) -> None:
        self.turns.hold(put_back=self.state.busy and self.training.last is None)

    def remember(self) -> None:
        # Ending the engine ends the running job, which must not start the next one.
        self._hold_queue()
        self._preferences.set_values("train/settings", self.form.choices())
        self._preferences.set_flag("train/advanced_open", self.train_form.advanced.is_open())
        self._preferences.set_text("train/place", self.train_form.place.currentData())
        self._preferences.set_text("train/kit", self.train_form.federation.folder.text())
        self._preferences.set_flag("train/log_open", self.view.log_fold.is_open())
        self.train_form.estimate.stop()
        self.notifier.close()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(1080, 720)
