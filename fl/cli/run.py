"""Runs a command of the command line: every failure becomes a sentence and an exit code."""

from __future__ import annotations

import argparse
import logging
import traceback
from collections.abc import Callable

from data.errors import CancelledError, SecretRecError, SettingsError
from fl.cli import main as cli
from fl.cli.catalogue import datasets, report, runs
from fl.cli.comparison import compare
from fl.cli.evaluation import evaluate
from fl.cli.privacy import audit, inspect_messages
from fl.cli.recommendation import recommend, recommend_all
from fl.cli.terminal import Terminal
from fl.cli.training import train
from fl.engine.streams import divert_to_log
from fl.federation import session

log = logging.getLogger(__name__)


def run(name: str, arguments: argparse.Namespace) -> int:
    """Run the command function `name`; return its exit code."""
    session.prepare_environment()
    out, err, log_path = divert_to_log("command-line")
    terminal = Terminal(out, err, arguments.json)
    try:
        commands: dict[str, Callable[[argparse.Namespace, Terminal], None]] = {
            "train": train,
            "evaluate": evaluate,
            "audit": audit,
            "inspect_messages": inspect_messages,
            "compare": compare,
            "recommend": recommend,
            "recommend_all": recommend_all,
            "report": report,
            "datasets": datasets,
            "runs": runs,
        }
        commands[name](arguments, terminal)
    except (CancelledError, KeyboardInterrupt):
        terminal.error("Cancelled.")
        return cli.INTERRUPTED
    except SecretRecError as error:
        terminal.error(f"Error: {error}")
        terminal.finish({"error": error.message, "hint": error.hint})
        return cli.USAGE_ERROR if isinstance(error, SettingsError) else cli.FAILURE
    except Exception:  # the outermost frame: the whole traceback is shown and logged
        log.exception("unforeseen failure")
        terminal.error(traceback.format_exc())
        terminal.error(f"SecretRec did not foresee this. Please report it with the lines above and the log {log_path}.")
        return cli.FAILURE
    return 0
