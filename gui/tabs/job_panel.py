"""Base of the four tabs: one job at a time, one state that sets every control, failures told beside the button."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PyQt5.QtCore import QTimer, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import JobCommand
from gui.engine.client import EngineClient, EngineState
from gui.forms.forms import SettingsForm
from gui.tabs.state import Controls, JobState, Stop, controls
from gui.widgets.message_bar import MessageBar
from gui.widgets.pages import SidePanel
from gui.widgets.widgets import SPACE, button, label
from gui.words.i18n import tr

TICK_MS = 1000


class JobPanel(QWidget):
    """A tab with a form, a start button and a result.

    Signals:
        state_changed: the panel's state changed; the window tells the others whether the engine is free.
    """

    state_changed = pyqtSignal()
    light = False  # whether the engine does its jobs at once, whatever else it does: they wait for nobody, nor others

    def __init__(self, client: EngineClient, title: str, start_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self.job = ""
        self.state = JobState.IDLE
        self.stop_kind = Stop.NONE
        self.blocked_by = ""  # what another panel is doing, "" when the engine is free
        self.started_at = 0.0
        self.form: SettingsForm  # set by the subclass

        self.side = SidePanel(title)
        self.message = MessageBar()
        self.why_not = label("", "small", wrap=True)
        self.start_button = button(start_text, "primary")
        self.cancel_button = button(tr("&Cancel"), "danger")
        self.start_button.clicked.connect(self.start)
        self.cancel_button.clicked.connect(self.cancel)
        self.button_row = QHBoxLayout()
        self.button_row.setSpacing(SPACE)
        self.button_row.addWidget(self.cancel_button)
        self.side.foot.addWidget(self.message)
        self.side.foot.addWidget(self.why_not)
        self.side.foot.addWidget(self.start_button)
        self.side.foot.addLayout(self.button_row)

        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self.on_tick)

    # --- for subclasses -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Submit the command of the start button. Called only while the form is valid."""
        raise NotImplementedError

    def what_runs(self) -> str:
        """Return the running job in words, for "... is running"."""
        raise NotImplementedError

    def occupies_engine(self) -> bool:
        """Return whether other panels' jobs have to wait for this one's."""
        return self.state.busy and not self.light

    def is_valid(self) -> bool:
        """Return whether the fields hold settings that can be run."""
        return self.form.settings is not None

    def missing(self) -> str:
        """Return why Start cannot be pressed although the engine is there; "" when it can."""
        return ""

    def on_started(self) -> None:
        """Show that the command is about to be sent."""

    def on_finished(self) -> None:
        """Show that the job has ended; `state` says how."""

    def on_tick(self) -> None:
        """Do what is due every second while a job runs."""

    def show_controls(self, allowed: Controls) -> None:
        """Set further controls of the subclass."""

    def stop_control(self) -> QPushButton:
        """Return the milder of the buttons that end a job."""
        return self.cancel_button

    def remember(self) -> None:
        """Store what the next start should find again."""

    # --- actions ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        if self.allowed().start:
            self.begin()

    def submit(self, command: JobCommand, on_answer: Callable[[Any], None]) -> None:
        """Send a command as this panel's job. `on_answer` takes the answer, and calls `finish`."""
        self.message.clear()
        self.started_at = time.monotonic()
        self.stop_kind = Stop.NONE
        self._set_state(JobState.STARTING)
        self.on_started()
        self.job = self.client.ask(
            command,
            on_answer,
            self.on_failed,
            on_progress=self.on_progress,
            on_event=self.on_event,
            on_cancelled=self.on_cancelled,
        )
        self._ticker.start()

    def cancel(self) -> None:
        if self.allowed().cancel:
            self.stop_kind = Stop.CANCEL
            # First the screen, then the engine: the button answers even when the engine does not.
            self._set_state(JobState.STOPPING)
            self.client.cancel(self.job)

    # --- events -------------------------------------------------------------------------------------------------

    def running(self) -> None:
        """Note that the job is past its preparations."""
        if self.state is JobState.STARTING:
            self._set_state(JobState.RUNNING)

    def finish(self) -> None:
        self._end(JobState.DONE)

    def on_event(self, event: Any) -> None:
        """Show what the job says on its way, in words or in figures."""
        if isinstance(event, ev.Phase):
            self.on_phase(event)

    def on_phase(self, event: ev.Phase) -> None:
        """Show in words what the job is doing."""

    def on_progress(self, event: ev.Progress) -> None:
        """Show how far a phase of the job is."""

    def on_failed(self, event: ev.JobFailed) -> None:
        self._end(JobState.FAILED)
        if self.client.state.up:  # else the window says, for all panels, that the engine is gone
            self.message.show_failure(event)

    def on_cancelled(self) -> None:
        self._end(JobState.IDLE)

    def _end(self, state: JobState) -> None:
        self.job = ""
        self.stop_kind = Stop.NONE
        self._ticker.stop()
        self._set_state(state)
        self.on_finished()

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.started_at

    # --- controls -----------------------------------------------------------------------------------------------

    def set_blocked_by(self, what: str) -> None:
        self.blocked_by = "" if self.light else what
        self.refresh()

    def allowed(self) -> Controls:
        return controls(
            self.state,
            self.stop_kind,
            engine_up=self.client.state.up,
            valid=self.is_valid() and not self.missing(),
            engine_free=not self.blocked_by,
        )

    def _set_state(self, state: JobState) -> None:
        was_busy = self.state.busy
        # Start and Cancel take each other's place and fields turn grey; the keyboard focus must not wander off.
        focus = self.window().focusWidget()  # also while a file dialog, whose answer starts the job, has the keyboard
        place = self.side if state.busy else self.side.foot_widget
        had_focus = focus is not None and place.isAncestorOf(focus)
        self.state = state
        self.refresh()
        if had_focus and was_busy != state.busy:
            milder = self.stop_control()
            (self.start_button if not state.busy else milder if milder.isEnabled() else self.cancel_button).setFocus()
        self.state_changed.emit()

    def refresh(self) -> None:
        """Set every control from the state. Nothing else enables or disables a control."""
        allowed = self.allowed()
        self.start_button.setEnabled(allowed.start)
        self.start_button.setVisible(not self.state.busy)
        self.cancel_button.setEnabled(allowed.cancel)
        self.cancel_button.setVisible(self.state.busy)
        cancelling = self.state is JobState.STOPPING and self.stop_kind is Stop.CANCEL
        self.cancel_button.setText(tr("Cancelling…") if cancelling else tr("&Cancel"))
        self.form.set_enabled(allowed.inputs)
        reason = "" if allowed.start or self.state.busy else self._why_not()
        self.why_not.setText(reason)
        self.why_not.setVisible(bool(reason))
        self.show_controls(allowed)

    def _why_not(self) -> str:
        """Return why the start button is grey, as a sentence."""
        if self.client.state is EngineState.RESTARTING:
            return tr("The engine is being restarted.")
        if not self.client.state.up:
            return tr("The engine is not running.")
        if self.blocked_by:
            return tr("{0} is running. This can start when it has ended.").format(self.blocked_by)
        if self.missing():
            return self.missing()
        if not self.is_valid():
            return tr("Correct the marked fields first.")
        return ""
