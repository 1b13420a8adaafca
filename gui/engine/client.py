"""The window's end of the engine: it starts the process, sends commands, receives events, and ends all of it.

Nothing here blocks: waiting is done by timers, the process reports through signals. The window asks with one call,
`EngineClient.ask`, and whoever asked is called back. Events of jobs that were cancelled, or that nobody asked for, stop
here and never reach a widget.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from pydantic import ValidationError
from PyQt5.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, pyqtSignal

from fl.protocol import events as ev
from fl.protocol.commands import (
    Cancel,
    Command,
    JobCommand,
    PauseTraining,
    Shutdown,
    StopAfterRound,
    UnpauseTraining,
)
from gui.engine import process_tree
from gui.engine.open_jobs import OpenJobs, Question
from gui.words.i18n import tr

log = logging.getLogger(__name__)

REPO = Path(__file__).resolve().parents[2]
KEPT_OUTPUT_LINES = 200


class EngineState(Enum):
    OFF = "off"  # not started, or ended because the window closes
    STARTING = "starting"  # process started, SecretFlow is being imported
    READY = "ready"
    SILENT = "silent"  # alive, but no heartbeat for too long
    RESTARTING = "restarting"  # being killed on purpose, a new one follows
    DEAD = "dead"  # ended by itself

    @property
    def up(self) -> bool:
        """Return whether commands sent now will be read (possibly after the warm-up)."""
        return self in (EngineState.STARTING, EngineState.READY, EngineState.SILENT)


@dataclass(frozen=True)
class Limits:
    """The window's patience, in milliseconds. Tests shorten it."""

    ask: int = 3000  # from the Cancel command to SIGTERM
    terminate: int = 3000  # from SIGTERM to SIGKILL
    silent: int = 5000  # without a heartbeat
    starting: int = 120_000  # from process start to the first event; a cold disk and no byte code take about 15 s
    shutdown: int = 4000  # from Shutdown to SIGTERM when the window closes
    check: int = 1000  # how often the heartbeat is looked at


def default_command() -> list[str]:
    return [sys.executable, "-m", "fl.engine"]


def _make(call: Callable[[], None]) -> None:
    call()


class EngineClient(QObject):
    """One engine process at a time.

    Signals:
        ready: the EngineReady of an engine that is warm.
        state_changed: an EngineState.
        output: (level, text), one line for the log panel: the engine's stderr, or its own log records.
        died: (reason, details) the engine ended by itself; details are its last words.
        unreadable: (line, problem) a line on the event stream that is not a message of this version.
        ended: after `shutdown`, everything is gone.
    """

    ready = pyqtSignal(object)
    state_changed = pyqtSignal(object)
    output = pyqtSignal(str, str)
    died = pyqtSignal(str, str)
    unreadable = pyqtSignal(str, str)
    ended = pyqtSignal()

    # What is called back is called through a signal: a mistake in it then ends in the crash dialog, as in any slot, and
    # the lines that the engine has sent after this one are still read.
    _due = pyqtSignal(object)

    def __init__(
        self, command: Sequence[str] | None = None, limits: Limits | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.command = list(command) if command is not None else default_command()
        self.limits = limits or Limits()
        self.state = EngineState.OFF
        self._process: QProcess | None = None
        self._pid = 0
        self._buffer = b""
        self._error_buffer = b""
        self._last_words: deque[str] = deque(maxlen=KEPT_OUTPUT_LINES)
        self._jobs = OpenJobs()
        self._last_sign_of_life = 0.0
        self._closing = False
        self._family: list[psutil.Process] = []
        self._due.connect(_make)

        self._watch = QTimer(self)
        self._watch.setInterval(self.limits.check)
        self._watch.timeout.connect(self._look_for_heartbeat)
        self._ladder = QTimer(self)
        self._ladder.setSingleShot(True)
        self._ladder.timeout.connect(self._climb)
        self._rung = 0

    # --- life of the process ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the process and return at once; `state_changed` tells how it goes."""
        process = QProcess(self)
        process.setWorkingDirectory(str(REPO))
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read_events)
        process.readyReadStandardError.connect(self._read_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.started.connect(self._on_started)
        self._process = process
        self._pid = 0
        self._buffer = self._error_buffer = b""
        self._last_words.clear()
        self._last_sign_of_life = time.monotonic()
        process.start(self.command[0], self.command[1:])
        if self._process is process:  # else it failed to start at once, and that was told
            self._watch.start()
            # Last: whoever hears of it may send commands, which the process buffers until it reads.
            self._set_state(EngineState.STARTING)

    def restart(self) -> None:
        """Start again after a death, or replace an engine that does not answer."""
        if self._process is None:
            self.start()
        elif self.state is not EngineState.RESTARTING:
            self._set_state(EngineState.RESTARTING)
            self._rung = 0
            self._climb()

    def shutdown(self) -> None:
        """End the engine and everything below it, politely first; `ended` follows."""
        self._closing = True
        self._watch.stop()
        if self._process is None:
            QTimer.singleShot(0, self.ended.emit)
            return
        self._family = process_tree.family(self._pid) if self._pid else []
        self._write(Shutdown())
        self._process.closeWriteChannel()
        self._rung = 0
        self._ladder.start(self.limits.shutdown)

    def kill_now(self) -> None:
        """Kill the engine as the last resort, when the event loop is about to end (signal, interpreter exit).

        This blocks for a moment at most.
        """
        self._closing = True
        self._watch.stop()
        self._ladder.stop()
        if self._process is not None and self._pid:
            family = process_tree.family(self._pid)
            process_tree.signal_group(self._pid, signal.SIGKILL)
            process_tree.kill(family)
            self._process.waitForFinished(1000)

    @property
    def pid(self) -> int:
        """Return the process id of the engine, 0 when there is none."""
        return self._pid

    # --- commands -----------------------------------------------------------------------------------------------

    def ask(
        self,
        command: JobCommand,
        on_answer: Callable[[Any], None],
        on_failure: Callable[[ev.JobFailed], None] | None = None,
        *,
        on_progress: Callable[[ev.Progress], None] | None = None,
        on_event: Callable[[Any], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        instead_of: str = "",
    ) -> str:
        """Send a command that the engine answers, and call back with what it says to it, and to nothing else.

        The calls come in the order of the engine's events, from the event loop and never from inside `ask`. Exactly one
        of `on_answer`, `on_failure` and `on_cancelled` ends the job, and none of the calls follows it. Where the engine
        dies, is restarted, or is not there to begin with, the job ends in `on_failure` with a sentence that says so.
        Only jobs that are open when the window has closed end without a call.

        Args:
            command: the command, whose `job` is filled in here.
            on_answer: takes the event that answers the command. Where it is a method of a widget or of another object
                of Qt's that has been deleted meanwhile, none of the calls is made.
            on_failure: takes the JobFailed of a job that ended without an answer.
            on_progress: takes each Progress.
            on_event: takes each other event on the way to the answer: phases, finished rounds.
            on_cancelled: called when a job that was cancelled with `cancel` has ended.
            instead_of: an earlier job of the caller's that this one replaces: it is forgotten.

        Returns:
            The id of the job, for `cancel`, `forget`, `is_open`, `stop_after_round`, `pause` and `unpause`.
        """
        self.forget(instead_of)
        job = uuid.uuid4().hex[:12]
        self._jobs.add(job, Question(on_answer, on_failure, on_progress, on_event, on_cancelled))
        if self.state.up:
            self._write(command.model_copy(update={"job": job}))
        else:
            log.warning("Command %s not sent: the engine is %s.", type(command).__name__, self.state.value)
            failed = ev.JobFailed(job=job, error=tr("The engine is not running."), hint="", details="")
            QTimer.singleShot(0, partial(self._take_job_event, failed))
        return job

    def forget(self, job: str) -> None:
        """Call nobody any more for a job; the engine may still finish it. "" is no job."""
        self._jobs.forget(job)

    def stop_after_round(self, job: str) -> None:
        """Have a training end after its round and keep the model."""
        self._tell(job, StopAfterRound(target=job))

    def pause(self, job: str) -> None:
        """Have a training wait after its round."""
        self._tell(job, PauseTraining(target=job))

    def unpause(self, job: str) -> None:
        """Let a training that waits go on."""
        self._tell(job, UnpauseTraining(target=job))

    def cancel(self, job: str) -> None:
        """Cancel a job. From now on its events are dropped, except the one that ends it: whoever asked is told then.

        The ladder: the Cancel command; after `limits.ask` SIGTERM to the engine's process group; after
        `limits.terminate` SIGKILL. An engine that had to be killed is started again.
        """
        if not self._jobs.cancel(job):
            return
        self._tell(job, Cancel(target=job))
        if not self._ladder.isActive():
            self._rung = 0
            self._ladder.start(self.limits.ask)

    def is_open(self, job: str) -> bool:
        """Return whether the engine has not ended a job."""
        return job in self._jobs

    def _tell(self, job: str, command: Command) -> None:
        """Send a command about a job, while there is one to be told of it."""
        if job in self._jobs and self.state.up:
            self._write(command)

    def _write(self, command: Command) -> None:
        if self._process is not None:
            self._process.write(command.model_dump_json().encode() + b"\n")

    # --- the ladder ---------------------------------------------------------------------------------------------

    def _climb(self) -> None:
        """Climb one rung: SIGTERM, then SIGKILL. The timer calls this, or whoever knows that asking is pointless."""
        if self._process is None or not self._pid:
            return
        if not self._closing and self.state is not EngineState.RESTARTING:
            self._set_state(EngineState.RESTARTING)
        # Before the signal: once the engine is gone, its children can no longer be found through it.
        self._family = process_tree.family(self._pid)
        if self._rung == 0:
            self._rung = 1
            self.output.emit("warning", tr("The engine did not stop in time and is being ended (SIGTERM)."))
            process_tree.signal_group(self._pid, signal.SIGTERM)
            self._ladder.start(self.limits.terminate)
        else:
            self.output.emit("warning", tr("The engine did not react and is being killed (SIGKILL)."))
            process_tree.signal_group(self._pid, signal.SIGKILL)
            process_tree.kill(self._family)

    # --- the process reports ------------------------------------------------------------------------------------

    def _on_started(self) -> None:
        if self._process is not None:
            self._pid = int(self._process.processId())

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.FailedToStart and self._process is not None:
            problem = self._process.errorString()
            self._drop_process()
            self._be_dead(tr("The engine could not be started: {0}.").format(problem))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_events()
        self._read_output()
        on_purpose = self.state is EngineState.RESTARTING
        self._ladder.stop()
        leftovers = self._family + (process_tree.family(self._pid) if self._pid else [])
        self._family = []
        process_tree.kill(leftovers)
        self._drop_process()
        if self._closing:
            self._jobs = OpenJobs()
            self._set_state(EngineState.OFF)
            self.ended.emit()
        elif on_purpose:
            self._close_jobs(tr("The engine was restarted while this was running."))
            self.start()
        else:
            self._be_dead(self._reason(code, status))

    def _reason(self, code: int, status: QProcess.ExitStatus) -> str:
        """Return why the engine ended, as a sentence."""
        if status == QProcess.CrashExit:
            # QProcess reports the signal's number as the exit code of a crash.
            name = signal.Signals(code).name if code in signal.valid_signals() else str(code)
            if code == signal.SIGKILL:
                return tr("The engine was killed ({0}), probably because the machine ran out of memory.").format(name)
            return tr("The engine was ended by signal {0}.").format(name)
        return tr("The engine ended unexpectedly (exit code {0}).").format(code)

    def _be_dead(self, reason: str) -> None:
        self._watch.stop()
        self._ladder.stop()
        details = "\n".join(self._last_words)
        self._set_state(EngineState.DEAD)
        self._close_jobs(reason)
        self.died.emit(reason, details)

    def _close_jobs(self, reason: str) -> None:
        """Tell everybody who waits for an answer that none will come."""
        for call in self._jobs.close(reason):
            self._due.emit(call)

    def _drop_process(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
            self._pid = 0

    # --- what it says -------------------------------------------------------------------------------------------

    def _read_events(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput())
        *lines, self._buffer = self._buffer.split(b"\n")
        for raw in lines:
            if raw.strip():
                self._take_line(raw.decode("utf-8", errors="replace"))

    def _take_line(self, line: str) -> None:
        if not line.lstrip().startswith("{"):
            # Chatter of a library that found its way to standard output: worth keeping, not worth alarm.
            self._keep_output(line)
            return
        try:
            event = ev.EVENTS.validate_json(line)
        except ValidationError as error:
            self.unreadable.emit(line, str(error))
            return
        self._last_sign_of_life = time.monotonic()
        match event:
            case ev.EngineReady():
                self._set_state(EngineState.READY)
                self.ready.emit(event)
            case ev.Heartbeat():
                if self.state is EngineState.SILENT:
                    self._set_state(EngineState.READY)
            case ev.EngineLog():
                self.output.emit(event.level.lower(), event.text)
            case ev.JobEvent():
                self._take_job_event(event)

    def _take_job_event(self, event: ev.JobEvent) -> None:
        call = self._jobs.take(event)
        if not self._jobs.waits_for_cancelled and not self._closing and self.state is not EngineState.RESTARTING:
            self._ladder.stop()
        if call is not None:
            self._due.emit(call)

    def _read_output(self) -> None:
        if self._process is None:
            return
        self._error_buffer += bytes(self._process.readAllStandardError())
        *lines, self._error_buffer = self._error_buffer.split(b"\n")
        for raw in lines:
            # A progress bar rewrites its line with \r: only its last state is of interest.
            text = raw.decode("utf-8", errors="replace").rstrip("\r").rsplit("\r", 1)[-1]
            if text.strip():
                self._keep_output(text)

    def _keep_output(self, text: str) -> None:
        self._last_words.append(text)
        self.output.emit("", text)

    def _look_for_heartbeat(self) -> None:
        waited = (time.monotonic() - self._last_sign_of_life) * 1000
        # Importing SecretFlow holds Python's lock for seconds on end; only afterwards is silence a sign of trouble.
        limit = self.limits.starting if self.state is EngineState.STARTING else self.limits.silent
        if self.state in (EngineState.STARTING, EngineState.READY) and waited > limit:
            self._set_state(EngineState.SILENT)

    def _set_state(self, state: EngineState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)
