"""The way from the words of a command line to a running job: settings, checks before anything slow, surroundings."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, Final

from fl.cli.terminal import Terminal
from fl.federation.session import party_names
from fl.settings.aggregators import check_table
from fl.settings.base import ProtocolName
from fl.settings.train import TrainSettings

if TYPE_CHECKING:
    from data.loading import Loaded
    from fl.federation.pool import FederationPool
    from fl.protocol.commands import JobCommand
    from fl.protocol.events import Event
    from fl.runs.run_folder import RunFolder

JOB = "cli"
_STOPPING: Final = "Stopping after this round; press Ctrl+C again to cancel."


def read_divided(dataset: str, protocol: ProtocolName, seed: int, parties: int) -> Loaded:
    """Read the data and divide it before SecretFlow is loaded, so that what is wrong with them is said at once.

    Raises:
        SecretRecError: no such data set, not fetched, damaged, or too few users for so many parties.
    """
    from data.loading import load

    loaded = load(dataset, protocol, seed)
    loaded.divide(party_names(parties), seed)
    return loaded


def read_for_run(settings: TrainSettings) -> Loaded:
    """Return the data of a run, read and divided, of a size that its aggregator takes.

    Raises:
        SecretRecError: as `read_divided`; or the item table is too large for the aggregator.
    """
    loaded = read_divided(settings.dataset, settings.protocol, settings.seed, settings.parties)
    check_table(settings.aggregator, loaded.split.n_items * settings.row_length)
    return loaded


def find_run(name: str) -> RunFolder:
    """Return the run called `name`; see `RunFolder.find`."""
    from fl.runs.run_folder import RunFolder

    return RunFolder.find(name)


def check_run(name: str) -> Loaded:
    """Return the data of the run called `name`, read and divided, as `read_for_run`."""
    return read_for_run(find_run(name).settings())


@contextmanager
def answer_to(
    command: JobCommand, terminal: Terminal, hear: Callable[[Event], None] | None = None, *, stoppable: bool = False
) -> Iterator[Any]:
    """Do the job of a command and give its answer; SecretFlow, where the job needs it, is shut down at the end.

    Args:
        command: what to do.
        terminal: where the person reads.
        hear: takes what the job says on its way, in the place of the terminal.
        stoppable: the first Ctrl+C lets the job finish its round, the second cancels it.
    """
    from fl.jobs import table
    from fl.jobs.context import JobContext

    def stop() -> None:
        context.stop_requested = lambda: True

    with _federations(terminal) if table.job_of(command).heavy else nullcontext() as pool:
        context = JobContext(JOB, hear or terminal.show, pool)
        with on_first_interrupt(stop, _STOPPING, terminal) if stoppable else nullcontext():
            answer = table.run(command, context)
        terminal.end_bar()
        yield answer


@contextmanager
def _federations(terminal: Terminal) -> Iterator[FederationPool]:
    """Load SecretFlow, and shut it down at the end."""
    print("Loading SecretFlow ...", file=terminal.err)
    from fl.federation.pool import FederationPool

    with closing(FederationPool()) as pool:
        yield pool


@contextmanager
def on_first_interrupt(stop: Callable[[], None], words: str, terminal: Terminal) -> Iterator[None]:
    """Let what goes on inside come to a good end at the first Ctrl+C; interrupt it at the second.

    Args:
        stop: asks for the good end.
        words: what the person is told then.
        terminal: where the person reads.
    """
    asked = 0
    # While libraries' code runs, any number of signals calls the handler once: the byte that each writes is counted.
    heard, written = socket.socketpair()
    heard.setblocking(False)
    written.setblocking(False)

    def interrupted(*_: object) -> None:
        nonlocal asked
        with suppress(BlockingIOError):
            asked += heard.recv(4096).count(signal.SIGINT)
        if asked > 1:
            raise KeyboardInterrupt
        # Not print: the signal may have come in the middle of one, and streams cannot be entered twice.
        os.write(terminal.err.fileno(), f"\n{words}\n".encode())
        stop()

    before = signal.signal(signal.SIGINT, interrupted)
    before_bytes = signal.set_wakeup_fd(written.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before_bytes)
        signal.signal(signal.SIGINT, before)
        heard.close()
        written.close()
