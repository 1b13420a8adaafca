"""The running of a command of the command line: every failure becomes a sentence and an exit code."""

from __future__ import annotations

import argparse
import logging
import signal
import traceback
from collections.abc import Callable
from types import FrameType

from data import paths
from data.errors import CancelledError, SecretRecError, SettingsError
from fl.cli.exit_codes import CLOSED_PIPE, DONE, FAILURE, INTERRUPTED, USAGE_ERROR
from fl.cli.output import ClosedOutputError, flush_or_forget
from fl.cli.terminal import Terminal
from fl.engine.streams import divert_to_log
from fl.errors import LostSessionError, SessionError
from fl.federation import session, watch

log = logging.getLogger(__name__)


class _Ending:
    """An end that somebody else asks for by a signal: with a sentence, and all that was started is ended too.

    Attributes:
        number: of the signal that came; None before one did.
    """

    def __init__(self) -> None:
        self.number: signal.Signals | None = None
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:  # as nohup asks for
                signal.signal(number, self._end)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.number = signal.Signals(number)
        watch.ending = True
        raise KeyboardInterrupt  # what Ray waits with swallows every other exception of a signal


def run(command: Callable[[argparse.Namespace, Terminal], int | None], arguments: argparse.Namespace) -> int:
    """Run a command; return the exit code that it gives, or the one of how it ended."""
    session.prepare_environment()
    out, err, log_path = divert_to_log("command-line")
    terminal, ending = Terminal(out, err, arguments.json), _Ending()
    told: list[LostSessionError] = []

    def tell(error: LostSessionError) -> None:
        told.append(error)
        _say_error(error, terminal)

    watch.last_words = tell
    try:
        paths.check_home()
        code = command(arguments, terminal) or DONE
        if not (flush_or_forget(out) and flush_or_forget(err)):
            return CLOSED_PIPE
        return code
    except ClosedOutputError:
        for stream in (out, err):
            flush_or_forget(stream)
        return CLOSED_PIPE
    except (CancelledError, KeyboardInterrupt):
        ended = ending.number
        terminal.error(f"{f'Ended by {ended.name}.' if ended else 'Cancelled.'} {terminal.kept()}".rstrip())
        return 128 + ended if ended else INTERRUPTED
    except SecretRecError as error:
        if not (told and isinstance(error, LostSessionError)):
            _say_error(error, terminal)
        return USAGE_ERROR if isinstance(error, SettingsError) else FAILURE
    except Exception:  # the outermost frame: the whole traceback is shown and logged
        log.exception("unforeseen failure")
        terminal.error(traceback.format_exc())
        terminal.error(f"SecretRec did not foresee this. Please report it with the lines above and the log {log_path}.")
        return FAILURE
    finally:
        watch.ending = False


def _say_error(error: SecretRecError, terminal: Terminal) -> None:
    terminal.error(f"Error: {error}")
    if isinstance(error, SessionError) and terminal.kept():
        terminal.error(terminal.kept())
    terminal.finish({"error": error.message, "hint": error.hint})
    for stream in (terminal.out, terminal.err):
        flush_or_forget(stream)
