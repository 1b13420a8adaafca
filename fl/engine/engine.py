"""The engine behind the window: `python -m fl.engine` reads commands and writes events, one JSON object per line.

Training jobs run on the main thread, because SecretFlow in production mode must. A reader thread takes commands, so
that stop and cancel are heard at once; lists are answered from short threads, so that they never wait for a round; a
heartbeat thread shows that the engine lives. Standard output belongs to the events alone.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, TextIO

import psutil
from pydantic import ValidationError

from data.errors import CancelledError, SecretRecError
from data.sentences import say
from fl.engine.streams import divert_to_log
from fl.federation import session
from fl.jobs.context import JobContext
from fl.jobs.pauses import Pauses
from fl.jobs.table import job_of, run
from fl.protocol.commands import (
    COMMANDS,
    Cancel,
    Command,
    JobCommand,
    PauseTraining,
    Shutdown,
    StopAfterRound,
    UnpauseTraining,
)
from fl.protocol.events import EngineLog, EngineReady, Event, Heartbeat, JobCancelled, JobFailed, Phase
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.train import TrainSettings

if TYPE_CHECKING:
    from fl.federation.pool import FederationPool

HEARTBEAT_SECONDS = 1.0
# After its input closed, a busy engine gets this long to end by itself.
SHUTDOWN_SECONDS = 5.0
WARM_PARTIES = 2

log = logging.getLogger(__name__)


class Engine:
    """An engine that takes commands from one stream and writes events to another."""

    def __init__(self, commands: TextIO, events: TextIO) -> None:
        self._commands = commands
        self._events = events
        self._write_lock = threading.Lock()
        self._jobs: queue.Queue[JobCommand | Shutdown] = queue.Queue()
        self._cancelled: set[str] = set()
        self._stop_requested: set[str] = set()
        self._pauses = Pauses()
        self._busy = False
        self._warm = False
        self._ending = False
        self._ended = threading.Event()

    def emit(self, event: Event) -> None:
        """Write one event. Any thread may call it."""
        line = event.model_dump_json() + "\n"
        try:
            with self._write_lock:
                self._events.write(line)
                self._events.flush()
        except (BrokenPipeError, ValueError):
            # The window is gone; standard input ends as well, which ends the engine.
            log.info("nobody reads events any more")

    def run(self) -> None:
        """Serve until told to end or until the command stream closes. The main thread must call it."""
        for target in (self._read_commands, self._beat):
            threading.Thread(target=target, name=target.__name__, daemon=True).start()
        # SecretFlow and Ray load while the person looks around: about 5 s that nobody waits for.
        usual = TrainSettings.declared()
        session.start_ahead("simulation", WARM_PARTIES, usual["model"].default)
        from fl.federation.pool import FederationKey, FederationPool

        pool = FederationPool()
        try:
            try:
                key = FederationKey("simulation", WARM_PARTIES, session.threads_per_party(0, WARM_PARTIES))
                pool.get(key, AggregatorChoice(usual["aggregator"].default)).model.prepare(usual["model"].default)
            except SecretRecError as error:
                # A job will meet the same fault, and say so where the person looks.
                log.warning("could not warm up: %s", error)
            self._warm = True
            names = ("secretflow", "tensorflow", "ray", "numpy", "pandas")
            self.emit(EngineReady(versions={name: version(name) for name in names}, cores=len(os.sched_getaffinity(0))))
            while not isinstance(command := self._jobs.get(), Shutdown):
                self._busy = True
                self._run_job(command, pool)
                self._busy = False
        finally:
            pool.close()
            self._ended.set()

    # --- threads --------------------------------------------------------------------------------------------------

    def _read_commands(self) -> None:
        for line in self._commands:
            try:
                command = COMMANDS.validate_json(line)
            except (ValidationError, SecretRecError) as error:  # the latter of settings that contradict each other
                log.error("not a command: %s: %s", line.strip(), error)
                self.emit(
                    EngineLog(level="ERROR", text=f"The engine was sent something it does not understand: {error}")
                )
                continue
            self._take(command)
        self._shut_down()

    def _take(self, command: Command) -> None:
        match command:
            case Shutdown():
                self._shut_down()
            case Cancel(target=target):
                self._cancelled.add(target)
                self._pauses.wake()
            case StopAfterRound(target=target):
                self._stop_requested.add(target)
                self._pauses.wake()
            case PauseTraining(target=target):
                self._pauses.ask(target)
            case UnpauseTraining(target=target):
                self._pauses.lift(target)
            case JobCommand() if job_of(command).heavy:
                if not self._warm:
                    self.emit(Phase(job=command.job, text=say("phase.starting-engine", "starting SecretFlow")))
                self._jobs.put(command)
            case JobCommand():
                name = f"{type(command).__name__} {command.job}"
                threading.Thread(target=self._run_job, args=(command,), name=name, daemon=True).start()

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT_SECONDS):
            self.emit(Heartbeat(busy=self._busy))

    def _shut_down(self) -> None:
        """Ask the main thread to end; if it cannot within a few seconds, end it and everything below it."""
        self._ending = True
        self._pauses.wake()
        self._jobs.put(Shutdown())
        if not self._ended.wait(SHUTDOWN_SECONDS):
            log.warning("still busy, ending the processes below")
            for child in psutil.Process().children(recursive=True):
                child.kill()
            os._exit(1)

    # --- jobs -----------------------------------------------------------------------------------------------------

    def _run_job(self, command: JobCommand, pool: FederationPool | None = None) -> None:
        """Do a job; whatever happens, exactly one closing event is sent."""
        job = command.job
        context = JobContext(
            job,
            self.emit,
            pool,
            cancelled=lambda: self._is_cancelled(job),
            stop_requested=lambda: job in self._stop_requested,
            ending=lambda: self._ending,
            pauses=self._pauses,
        )
        try:
            context.check_cancelled()
            event: Event = run(command, context)
        except CancelledError:
            event = JobCancelled(job=job)
        except SecretRecError as error:
            log.info("job %s failed: %s", job, error)
            event = JobFailed(job=job, error=error.message, hint=error.hint, details="")
        except Exception as error:  # nothing is hidden: the whole traceback goes to the log and to the person
            log.exception("job %s failed unexpectedly", job)
            event = JobFailed(
                job=job,
                error=say(
                    "engine.unforeseen",
                    "Something went wrong that SecretRec did not foresee: {kind}: {reason}",
                    kind=type(error).__name__,
                    reason=error,
                ),
                hint=say("engine.report-it", "Please report it with the details."),
                details=traceback.format_exc(),
            )
        self._cancelled.discard(job)
        self._stop_requested.discard(job)
        self._pauses.lift(job)
        self.emit(event)

    def _is_cancelled(self, job: str) -> bool:
        return self._ending or job in self._cancelled


class _LogToEvents(logging.Handler):
    """A handler by which warnings and errors of our own code also go to the window's log panel."""

    def __init__(self, emit: Callable[[Event], None]) -> None:
        super().__init__(logging.WARNING)
        self._emit_event = emit

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(("fl", "data", "models")):
            self._emit_event(EngineLog(level=record.levelname, text=self.format(record)))


def main() -> int:
    """Run the engine on standard input and output."""
    if os.getpid() != os.getsid(0):
        # A session of its own, so that the window can end it and all it started as one group.
        os.setsid()
    session.prepare_environment()
    events, _, _ = divert_to_log("engine")
    engine = Engine(sys.stdin, events)
    logging.getLogger().addHandler(_LogToEvents(engine.emit))
    # Ctrl+C in the terminal that started the window is the window's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    engine.run()
    return 0
