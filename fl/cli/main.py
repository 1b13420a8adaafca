"""The command line. Each command builds the same settings as the window and asks for the same jobs.

Nothing heavy is imported before a command needs it: `--help` answers in a fraction of a second.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from typing import Any

from data.errors import StorageError
from data.paths import check_home
from fl.cli.exit_codes import CLOSED_PIPE, FAILURE
from fl.cli.output import flush_or_forget
from fl.cli.table import COMMANDS, function


class Parser(argparse.ArgumentParser):
    """One that takes options only by their whole names, and says which ones are near a name that it does not know.

    argparse takes any beginning of a name for it: `compare --seed 7` trained seven times, with other seeds.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(allow_abbrev=False, **more)

    def parse_known_args(  # type: ignore[override]  # the namespace is made here, or given by the parser above
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            near = difflib.get_close_matches(unknown[0].split("=")[0], self._option_string_actions)
            hint = f" (is {' or '.join(near)} meant?)" if near else ""
            self.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
        return found, unknown


def make_parser(command: str | None) -> argparse.ArgumentParser:
    """Return the parser; only `command` gets its arguments, because making them needs the settings classes."""
    parser = Parser(
        prog="TheMain.py",
        description="SecretRec: private, federated recommendation on SecretFlow. "
        "Without a command it opens the window.",
        epilog="SECRETREC_HOME moves data sets, runs and logs. 'TheMain.py COMMAND --help' explains a command.",
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, entry in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=entry.help, description=entry.help[0].upper() + entry.help[1:] + "."
        )
        if name == command:
            function(entry.arguments)(subparser)
    return parser


def with_dashed_values(argv: list[str], parser: argparse.ArgumentParser, command: str | None) -> list[str]:
    """Return the words with values that begin with a dash tied to their options: "--user=-7" for "--user" "-7".

    argparse takes such a value for an option. A word that is an option of the command stays one.
    """
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and command in action.choices:
            parser = action.choices[command]
    options = parser._option_string_actions
    words: list[str] = []
    for word in argv:
        before = options.get(words[-1]) if words else None
        is_value = before is not None and before.nargs is None and not before.choices
        if is_value and len(word) > 1 and word[0] == "-" and word.split("=")[0] not in options:
            words[-1] += f"={word}"
        else:
            words.append(word)
    return words


def main(argv: list[str]) -> int:
    """Run a command; return the exit code: 0 done, 1 failed, 2 wrong usage or settings, 130 interrupted."""
    command = next((word for word in argv if not word.startswith("-")), None)
    parser = make_parser(command)
    try:
        arguments = parser.parse_args(with_dashed_values(argv, parser, command))
    except (SystemExit, BrokenPipeError) as leaving:
        # --help may have gone into a pipe that is closed by now.
        if not flush_or_forget(sys.stdout) or isinstance(leaving, BrokenPipeError):
            return CLOSED_PIPE
        raise
    if arguments.command is None:
        return _open_window(argv)
    from fl.cli.run import run

    return run(function(COMMANDS[arguments.command].run), arguments)


def _open_window(argv: list[str]) -> int:
    from gui.app.app import display_problem
    from gui.app.app import main as window

    problem = display_problem()
    if problem:
        print(f"SecretRec cannot open its window: {problem}", file=sys.stderr)
        print("Without a display, use the commands: TheMain.py --help", file=sys.stderr)
        return FAILURE
    try:
        check_home()
    except StorageError as error:
        print(f"Error: {error}", file=sys.stderr)
        return FAILURE
    return window(argv)
