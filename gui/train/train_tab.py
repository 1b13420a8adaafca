"""The Train tab: what happens to a training between Start and its end, and which one comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QPushButton, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import ResumeCommand, TrainCommand
from fl.runs.records import RunInfo
from fl.settings.train import TrainSettings
from gui.engine.client import EngineClient
from gui.preferences import Preferences
from gui.tabs.state import Controls, JobState, Stop
from gui.train.cut_short import CutShort, later
from gui.train.epsilon import round_line
from gui.train.train_controls import Pause
from gui.train.train_panel import TrainPanel
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr


class TrainTab(TrainPanel):
    """Moves the parts through the states of a training, and from one training in the queue to the next.

    Signals:
        heard: an event of a training, after this tab has shown it; other tabs follow the training by it.
    """

    heard = pyqtSignal(object)

    _previous: tuple[str, str] = ("", "")  # (tone, sentence) of the run before this one

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        self._resumable = ""  # run the message bar on the right offers to go on with
        self._offer = CutShort("", "")  # what the job that ends leaves to go on with
        self._cut_short: list[CutShort] = []  # runs to offer when the queue is through, the newest last
        self._last_round: ev.RoundDone | None = None
        self._eta_seconds = 0.0
        self._from_queue: TrainSettings | None = None  # what runs now, where it waited before
        self.pause_state = Pause.NO
        super().__init__(client, preferences, parent)
        self.notice.action.connect(self.resume)
        self.queue_panel.start.connect(self.start_queue)
        self.queue.changed.connect(self.refresh)
        self.controls.pause.connect(self.pause_or_go_on)
        self.controls.stop.connect(self.stop_after_round)
        self.controls.enqueue.connect(self.add_to_queue)
        self.train_form.changed.connect(self._on_form)
        self._on_form()

    # --- starting -----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self.submit(TrainCommand(settings=self.form.settings), self.on_done)

    def resume(self) -> None:
        """Go on with the run the notice is about."""
        if self._resumable and not self.state.busy and self.client.state.up and not self.blocked_by:
            self.submit(ResumeCommand(run=self._resumable), self.on_done)

    def occupies_engine(self) -> bool:
        return self.state.busy and self._fetching is None

    def what_runs(self) -> str:
        if self._fetching is not None:
            return tr("Getting {0}").format(text.dataset_title(self._fetching.dataset))
        if self._run:
            return tr('Training "{0}"').format(self._run)
        return tr("Training")

    def missing(self) -> str:
        dataset = self.dataset_box.record()
        if dataset is None:
            return tr("Waiting for the list of data sets.")
        if dataset.status != "ready":
            return tr("Get {0} first: download it, or take it from a file or folder.").format(dataset.title)
        return ""

    # --- the queue ------------------------------------------------------------------------------------------------

    def add_to_queue(self) -> None:
        if self._queue_fault() == "":
            self.queue.add(self.form.settings)
            self.form.set_value("name", "")  # the next one has to be called otherwise

    def _queue_fault(self) -> str:
        """Why the present settings cannot wait in the queue, "" when they can."""
        if self.missing():
            return self.missing()
        if self.form.settings is None:
            return tr("Correct the marked fields first.")
        name = self.form.settings.name
        if name and (name in self.queue.names() or name == self._run):
            return tr('"{run}" is taken: give the next run another name.').format(run=name)
        return ""

    def start_queue(self) -> None:
        self.queue.hold(False)
        self._start_next()

    def _start_next(self) -> None:
        """Start what waits, when nothing else keeps the engine busy."""
        if self.state.busy or self.blocked_by or not self.client.state.up:
            return
        settings: TrainSettings | None = self.queue.take()
        if settings is not None:
            self._from_queue = settings
            self.submit(TrainCommand(settings=settings), self.on_done)

    def _hold_queue(self) -> None:
        """Nothing starts by itself any more; what has only just left the queue, and has no round yet, goes back."""
        if self.state.busy and self._from_queue is not None and self._last_round is None:
            self.queue.put_back(self._from_queue)
            self._from_queue = None
        self.queue.hold(len(self.queue) > 0)

    def remember(self) -> None:
        # Ending the engine ends the running job, which must not start the next one.
        self._hold_queue()
        super().remember()

    def set_blocked_by(self, what: str) -> None:
        was_blocked = bool(self.blocked_by)
        super().set_blocked_by(what)
        # Also said at every change of this tab's own state, in the midst of which nothing may start.
        if was_blocked and not what:
            self._start_next()

    # --- pause and stop -------------------------------------------------------------------------------------------

    def pause_or_go_on(self) -> None:
        if self.state is not JobState.RUNNING:
            return
        if self.pause_state is Pause.NO:
            self.pause_state = Pause.ASKED
            self.client.pause(self.job)
        else:
            # A pause that has not begun is taken back at once; of one that has, the engine says when it is over.
            self.client.unpause(self.job)
            if self.pause_state is Pause.ASKED:
                self.pause_state = Pause.NO
        self._show_round_headline()
        self.refresh()

    def on_paused(self, event: ev.TrainPaused) -> None:
        if self.pause_state is Pause.ASKED:
            self.pause_state = Pause.PAUSED
        self._show_round_headline()
        self.on_tick()
        self.refresh()

    def on_unpaused(self, event: ev.TrainUnpaused) -> None:
        self.pause_state = Pause.NO
        self._show_round_headline()
        self.refresh()

    def stop_after_round(self) -> None:
        if self.allowed().stop:
            self.stop_kind = Stop.AFTER_ROUND
            self._set_state(JobState.STOPPING)
            self.client.stop_after_round(self.job)

    # --- what the engine says ---------------------------------------------------------------------------------------

    def on_started(self) -> None:
        self._eta_seconds = 0.0
        self._last_round = None
        self._run = ""
        self._offer = CutShort("", "")
        self.pause_state = Pause.NO
        self.notice.clear()
        self.result.forget()
        training = self._fetching is None
        self.progress.begin(tr("Preparing") if training else self.what_runs(), training=training)
        if training:
            self._preferences.set_values("train/settings", self.form.choices())
            self.curves.reset(0, 1, {})
        self.on_tick()

    def on_event(self, event: Any) -> None:
        match event:
            case ev.TrainStarted():
                self.on_train_started(event)
            case ev.RoundDone():
                self.on_round(event)
            case ev.RoundRefused():
                self.progress.show_refused(event)
            case ev.TrainPaused():
                self.on_paused(event)
            case ev.TrainUnpaused():
                self.on_unpaused(event)
            case _:
                super().on_event(event)
        self.heard.emit(event)

    def on_phase(self, event: ev.Phase) -> None:
        self.log.add("info", said(event.text))
        if self.state is not JobState.STOPPING:
            self.progress.show_phase(event.text)
        if self.state is JobState.STARTING:
            self.progress.bar.setRange(0, 0)
        self.shown.emit()

    def on_progress(self, event: ev.Progress) -> None:
        """Progress of a download or of a preparation; rounds come as RoundDone."""
        if self.state is not JobState.RUNNING or self._fetching is not None:
            self.progress.show_progress(event)
            self.shown.emit()

    def on_train_started(self, event: ev.TrainStarted) -> None:
        self._run = event.run
        self._cut_short = [cut for cut in self._cut_short if cut.run != event.run]
        self.curves.reset(event.settings.epochs, event.first_round, dict(event.popularity), event.earlier)
        self.progress.show_started(event)
        self.running()
        self.runs_changed.emit()
        self.shown.emit()

    def on_round(self, event: ev.RoundDone) -> None:
        self.running()
        self._last_round = event
        self._eta_seconds = event.eta_seconds
        self.progress.show_round(event)
        self._show_round_headline()
        self.log.add("info", self._round_line(event))
        self.curves.add(event)
        self.on_tick()

    def _show_round_headline(self) -> None:
        event = self._last_round
        if self.state is JobState.STOPPING or self.state is not JobState.RUNNING:
            return
        headline = self.progress.headline
        if event is not None and event.record.round == event.rounds:
            headline.setText(tr("All {0} rounds done, testing").format(event.rounds))
        elif self.pause_state is Pause.PAUSED and event is not None:
            headline.setText(
                tr("Paused after round {round} of {rounds}").format(round=event.record.round, rounds=event.rounds)
            )
        elif self.pause_state is Pause.ASKED:
            headline.setText(tr("Pausing when this round ends"))
        elif event is not None:
            self.progress.show_round_begun(event.record.round + 1, event.rounds)
        self.shown.emit()

    def _round_line(self, event: ev.RoundDone) -> str:
        record = event.record
        figures = ", ".join(f"{key.upper()} {text.metric(value)}" for key, value in record.valid.items())
        if record.loss is None:
            return round_line(event, figures)
        return tr("{0}: round {1} of {2}, loss {3:.4f}, validation {4}, {5:.2f} s").format(
            event.run, record.round, event.rounds, record.loss, figures, record.seconds
        )

    def on_done(self, event: ev.TrainDone) -> None:
        self._run = event.run
        rounds = event.result.get("rounds")
        headline = (
            tr("Stopped after round {0}; the model is kept").format(rounds)
            if event.stopped_early
            else tr("Finished {0} rounds").format(rounds)
        )
        self.progress.headline.setText(headline)
        self.progress.bar.setRange(0, 1)
        self.progress.bar.setValue(1)
        self.progress.live_row.hide()
        self.result.show_done(event)
        self.progress.sub.setText(self.result.sentence())
        if event.result.get("protocol") == "published":
            self.progress.protocol_warning.show_message("warning", text.published_warning(), closable=False)
        hr = event.result.get("hr@10")
        figures = tr("test HR@10 {hr}").format(hr=text.metric(hr)) if isinstance(hr, float) else ""
        self._leave_note("success", event.run, f"{headline}. {figures}".strip())
        self.finish()
        self.heard.emit(event)

    def on_cancelled(self) -> None:
        run, last, was_training = self._run, self._last_round, self._fetching is None
        self.progress.rest()
        self.progress.headline.setText(tr("Cancelled"))
        if last is not None:
            self.progress.sub.setText(tr('The {0} finished rounds of "{1}" are kept.').format(last.record.round, run))
            self._offer_resume(
                run, tr('"{0}" was cancelled after round {1} of {2}.').format(run, last.record.round, last.rounds)
            )
        else:
            self.progress.sub.setText(tr("Nothing was kept."))
        if was_training:
            self._leave_note("info", run, tr("Cancelled"))
        super().on_cancelled()

    def on_failed(self, event: ev.JobFailed) -> None:
        run, last = self._run, self._last_round
        self.progress.rest()
        self.progress.headline.setText(tr("Not finished"))
        self.progress.sub.setText(said(event.error))
        if last is not None:
            self._offer_resume(
                run, tr('"{0}" ended after round {1} of {2}.').format(run, last.record.round, last.rounds)
            )
        if self._fetching is None:
            self._leave_note("error", run, said(event.error))
        if not self.client.state.up:
            self._hold_queue()  # with the engine gone, the person says when to go on
        super().on_failed(event)

    def _leave_note(self, tone: str, run: str, sentence: str) -> None:
        """Say what became of a run whose place on the screen the next one takes; tell a person who looks elsewhere."""
        name = run or tr("The training")
        self.notifier.announce(tr("SecretRec: {run}").format(run=name), sentence)
        if len(self.queue) and not self.queue.held:
            self.log.add("error" if tone == "error" else "info", f"{name}: {sentence}")
            self._previous = (tone, tr('Before this: "{run}": {what}').format(run=name, what=sentence))
        else:
            self._previous = ("", "")

    def on_finished(self) -> None:
        if self._last_round is not None:
            self.curves.end_at(self._last_round.record.round)
        self._fetching = None
        self._from_queue = None
        self.pause_state = Pause.NO
        self.progress.time_text.setText(tr("took {0}").format(text.duration(self.elapsed)))
        self.refresh()
        self.estimate.forget()
        self.runs_changed.emit()
        self.shown.emit()
        previous, self._previous = self._previous, ("", "")
        offer = self._offer
        self._start_next()
        if previous[1] and self.state.busy:
            self._resumable = ""
            if offer.run:
                self._cut_short.append(offer)
                previous = (previous[0], f"{previous[1]} {later()}")
            self.notice.show_message(previous[0], previous[1])  # type: ignore[arg-type]
        elif self._cut_short and not offer.run and not self.state.busy and not self.blocked_by:
            self._offer_resume(*self._cut_short.pop())

    # --- going on with a run ----------------------------------------------------------------------------------------

    def offer_interrupted(self, runs: Sequence[RunInfo]) -> None:
        """At the start: the newest run that a crash, or the end of the program, cut short can go on."""
        if self.state.busy or self.notice.isVisible():
            return
        for run in runs:
            if run.state == "interrupted" and run.rounds > 0 and not run.problem:
                sentence = tr('"{0}" was interrupted after round {1} of {2}.')
                self._offer_resume(run.name, sentence.format(run.name, run.rounds, run.epochs))
                return

    def _offer_resume(self, run: str, sentence: str) -> None:
        self._resumable = run
        self._offer = CutShort(run, sentence)
        self.notice.show_message("info", sentence, action=tr("Resume &it"))

    # --- controls and standing texts ----------------------------------------------------------------------------

    def on_tick(self) -> None:
        parts = [tr("{0} elapsed").format(text.duration(self.elapsed))]
        if self._eta_seconds > 0 and self.state is JobState.RUNNING and self.pause_state is not Pause.PAUSED:
            parts.append(tr("{0} left").format(text.rough_duration(self._eta_seconds)))
        self.progress.time_text.setText(" · ".join(parts))
        self.shown.emit()

    def allowed(self) -> Controls:
        # While a training runs, the fields are for the next one, which can wait in the queue.
        found = super().allowed()
        return replace(found, inputs=True) if self.occupies_engine() else found

    def show_controls(self, allowed: Controls) -> None:
        training = self.occupies_engine()
        self.controls.show_state(
            self.state,
            self.stop_kind,
            self.pause_state,
            training=training,
            can_stop=allowed.stop,
            queue_fault=self._queue_fault() if training else "",
        )
        can_ask = self.client.state.up and (allowed.inputs or training)
        self.train_form.reset_button.setEnabled(allowed.inputs)
        self.card.set_enabled(can_ask)
        self.card.message.action_button.setEnabled(can_ask and not self.state.busy)
        self.card.take_button.setEnabled(can_ask and not self.state.busy)
        self.notice.action_button.setEnabled(can_ask and not self.state.busy and not self.blocked_by)
        self.queue_panel.set_can_start(self.client.state.up and not self.state.busy and not self.blocked_by)
        self.result.set_enabled(self.client.state.up)
        if self.state is JobState.STOPPING:
            self.progress.headline.setText(
                tr("Cancelling") if self.stop_kind is Stop.CANCEL else tr("Stopping after this round")
            )
        self.shown.emit()

    def _on_form(self) -> None:
        if self.form.settings is not None:  # else the last sentence stands: a typing error changes nothing about it
            self.privacy_note.show_settings(self.form.settings)
        self.refresh()

    def refresh(self) -> None:
        super().refresh()
        self.estimate.follow(self.form.settings if not self.missing() else None)
        self.estimate.setVisible(not self.state.busy)

    def stop_control(self) -> QPushButton:
        return self.controls.stop_button if self._fetching is None else self.cancel_button
