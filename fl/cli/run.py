"""The running of a command of the command line: every failure becomes a sentence and an exit code."""

from __future__ import annotations

import argparse
import logging
import traceback
from collections.abc import Callable

from data.errors import CancelledError, SecretRecError, SettingsError
from fl.cli.exit_codes import CLOSED_PIPE, DONE, FAILURE, INTERRUPTED, USAGE_ERROR
from fl.cli.output import ClosedOutputError, flush_or_forget
from fl.cli.terminal import Terminal
from fl.engine.streams import divert_to_log
from fl.federation import session

log = logging.getLogger(__name__)


def run(command: Callable[[argparse.Namespace, Terminal], int | None], arguments: argparse.Namespace) -> int:
    """Run a command; return the exit code that it gives, or the one of how it ended."""
    session.prepare_environment()
    out, err, log_path = divert_to_log("command-line")
    terminal = Terminal(out, err, arguments.json)
    try:
        code = command(arguments, terminal) or DONE
        if not (flush_or_forget(out) and flush_or_forget(err)):
            return CLOSED_PIPE
        return code
    except ClosedOutputError:
        for stream in (out, err):
            flush_or_forget(stream)
        return CLOSED_PIPE
    except (CancelledError, KeyboardInterrupt):
        terminal.error("Cancelled.")
        return INTERRUPTED
    except SecretRecError as error:
        terminal.error(f"Error: {error}")
        terminal.finish({"error": error.message, "hint": error.hint})
        return USAGE_ERROR if isinstance(error, SettingsError) else FAILURE
    except Exception:  # the outermost frame: the whole traceback is shown and logged
        log.exception("unforeseen failure")
        terminal.error(traceback.format_exc())
        terminal.error(f"SecretRec did not foresee this. Please report it with the lines above and the log {log_path}.")
        return FAILURE
