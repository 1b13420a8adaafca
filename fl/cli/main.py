"""The command line. Each command builds the same settings as the window and runs the same job functions.

Nothing heavy is imported before a command needs it: `--help` answers in a fraction of a second.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.setting import Setting
    from fl.settings.base import Settings

USAGE_ERROR, FAILURE, INTERRUPTED = 2, 1, 130


@dataclass(frozen=True)
class CommandLine:
    """One command: its help line, its arguments, and what it does.

    Attributes:
        help: one line.
        arguments: adds the command's arguments to its parser.
        run: name of the function in `fl.cli.run`.
    """

    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: str


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line of standard output")


def _setting_arguments(parser: argparse.ArgumentParser, kind: type[Settings], skip: tuple[str, ...] = ()) -> None:
    """An option per setting of a class, so that the command line and the window offer the same: the everyday ones
    first, the others in their groups.

    Values stay text here: the settings class checks them and explains what is wrong.
    """
    from data.setting import EVERYDAY, grouped
    from fl.settings.presets import PRESET_FIELDS
    from fl.settings.train import TrainSettings

    chosen = PRESET_FIELDS if kind is TrainSettings else frozenset()
    for group, settings in grouped(kind.declared()).items():
        place = parser if group == EVERYDAY else parser.add_argument_group(group.lower())
        for setting in settings:
            if setting.name not in skip:
                _setting_argument(place, setting, _help(setting, setting.name in chosen))


def _setting_argument(place: argparse._ActionsContainer, setting: Setting, text: str) -> None:
    if setting.annotation is bool:
        place.add_argument(setting.flag, action="store_true", default=argparse.SUPPRESS, help=text)
        return
    choices = setting.choices
    place.add_argument(
        setting.flag,
        default=argparse.SUPPRESS,
        required=setting.required,
        metavar="{" + ",".join(choices) + "}" if choices else setting.name.upper(),
        nargs=_word_count(setting),
        help=text,
    )


def _help(setting: Setting, by_preset: bool) -> str:
    """What a setting is, where it has a meaning, and its default."""
    from data.setting import Where

    text, where, default = setting.help, setting.belongs, setting.default
    if isinstance(where, Where) and where.words:
        text = f"{text.removesuffix('.')} ({where.words})."
    if by_preset:
        return f"{text} Default: chosen for model and data set."
    if setting.annotation is bool or default in ("", None):
        return text
    return f"{text} Default: {' '.join(map(str, default)) if isinstance(default, tuple) else default}."


def _word_count(setting: Setting) -> str | None:
    """How many words an option takes: one, one or more, or any number where an empty list makes sense."""
    if not setting.is_list:
        return None
    return "*" if not setting.default or setting.name in ("models", "baselines") else "+"


def _train(parser: argparse.ArgumentParser) -> None:
    from fl.settings.train import TrainSettings

    _setting_arguments(parser, TrainSettings)
    parser.add_argument(
        "--resume", metavar="RUN", help="go on with this run instead; only --epochs may be given beside it"
    )
    _json(parser)


def _evaluate(parser: argparse.ArgumentParser) -> None:
    from fl.settings.of_jobs import EvaluateSettings

    _setting_arguments(parser, EvaluateSettings)
    _json(parser)


def _report(parser: argparse.ArgumentParser) -> None:
    from fl.settings.of_jobs import ReportSettings

    _setting_arguments(parser, ReportSettings)
    _json(parser)


def _audit(parser: argparse.ArgumentParser) -> None:
    from fl.settings.of_jobs import AuditSettings

    _setting_arguments(parser, AuditSettings)
    _json(parser)


def _inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", required=True, metavar="RUN", help="Name of the run.")
    _json(parser)


def _recommend_all(parser: argparse.ArgumentParser) -> None:
    from fl.settings.of_jobs import RecommendAllSettings

    _setting_arguments(parser, RecommendAllSettings)
    _json(parser)


def _recommend(parser: argparse.ArgumentParser) -> None:
    from fl.settings.of_jobs import RecommendSettings

    _setting_arguments(parser, RecommendSettings, skip=("user",))
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--user", default=argparse.SUPPRESS, help="a user of the data set, by the id it uses")
    who.add_argument(
        "--items",
        default=argparse.SUPPRESS,
        help="somebody new: comma-separated items this person picked, oldest first; ids, or parts of titles",
    )
    parser.add_argument(
        "--basket",
        action="store_true",
        default=argparse.SUPPRESS,
        help="with --items: what goes with these items, instead of what a person who picked them would like",
    )
    _json(parser)


def _datasets(parser: argparse.ArgumentParser) -> None:
    actions = ["list", "fetch", "inspect", "import", "remove"]
    parser.add_argument("action", nargs="?", choices=actions, default="list", help="default: list")
    parser.add_argument(
        "target",
        nargs="?",
        metavar="NAME|FILE",
        help="data set to fetch, or imported one to remove; or the table (CSV, TSV, Parquet) to inspect or import",
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar="PATH",
        default="",
        help="take it from a local zip or folder in the official layout",
    )
    parser.add_argument("--yes", action="store_true", help="accept the licence without being asked")
    _import_arguments(parser.add_argument_group("import", "your own table as a data set; also for inspect"))
    _json(parser)


def _compare(parser: argparse.ArgumentParser) -> None:
    from fl.settings.compare import CompareSettings

    _setting_arguments(parser, CompareSettings)
    parser.add_argument("--csv", metavar="FILE", default="", help="write the figures of every seed here, as they come")
    parser.add_argument("--markdown", metavar="FILE", default="", help="write the table here")
    _json(parser)


def _import_arguments(group: argparse._ArgumentGroup) -> None:
    """An option for each field of `data.own.options.ImportOptions`, absent when not given."""
    text: dict[str, tuple[str, str]] = {
        "user": ("COLUMN", "column of the user: its name, or its number from 1. Default: recognised by its name"),
        "item": ("COLUMN", "column of the item, likewise"),
        "rating": ("COLUMN", "column of the rating, likewise; '-' leaves it out (also below)"),
        "timestamp": ("COLUMN", "column of the time: seconds, milliseconds or ISO text"),
        "title": ("COLUMN", "column of the item's title"),
        "genres": ("COLUMN", "column of the item's genres, separated by | ; or ,"),
        "delimiter": ("CHARACTER", "what separates columns: a character, '::' or 'tab'. Default: found out"),
        "encoding": ("NAME", "text encoding, such as utf-8 or gb18030. Default: found out"),
    }
    group.add_argument("--name", help="what the imported data set is called")
    for name, (metavar, explanation) in text.items():
        group.add_argument(f"--{name}", metavar=metavar, default=argparse.SUPPRESS, help=explanation)
    group.add_argument(
        "--min-rating", type=float, metavar="X", default=argparse.SUPPRESS, help="drop rows with a lower rating or none"
    )
    group.add_argument(
        "--k-core",
        type=int,
        metavar="K",
        default=argparse.SUPPRESS,
        help="keep only users with K items or more and items with K users or more, repeated until both hold",
    )
    for kind in ("users", "items"):
        group.add_argument(
            f"--k-core-{kind}", type=int, metavar="K", default=argparse.SUPPRESS, help=f"the same for {kind} alone"
        )
    group.add_argument(
        "--duplicates",
        choices=["first", "last", "keep"],
        default=argparse.SUPPRESS,
        help="which row of a repeated (user, item) is kept. Default: first",
    )
    group.add_argument(
        "--bad-rows",
        choices=["refuse", "drop"],
        default=argparse.SUPPRESS,
        help="stop at a row that cannot be understood, or drop and count such rows. Default: refuse",
    )
    group.add_argument(
        "--no-header",
        dest="header",
        action="store_const",
        const=False,
        default=argparse.SUPPRESS,
        help="the first line holds data, not column names. Default: found out",
    )
    group.add_argument(
        "--header",
        action="store_const",
        const=True,
        default=argparse.SUPPRESS,
        help="the first line holds column names. Default: found out",
    )
    group.add_argument(
        "--no-quotes",
        dest="quotes",
        action="store_const",
        const=False,
        default=argparse.SUPPRESS,
        help="double quotes are ordinary characters",
    )
    group.add_argument("--replace", action="store_true", default=argparse.SUPPRESS, help="replace one of that name")


COMMANDS: dict[str, CommandLine] = {
    "train": CommandLine("train a recommender across parties, or --resume a run", _train, "train"),
    "evaluate": CommandLine("HR@K and NDCG@K of a run, with the popularity baseline", _evaluate, "evaluate"),
    "audit": CommandLine("attack a run's own messages and model, to see what they give away", _audit, "audit"),
    "inspect": CommandLine(
        "what leaves a party: one round's messages of a run, for demonstration", _inspect, "inspect_messages"
    ),
    "compare": CommandLine("models and baselines side by side, over several seeds", _compare, "compare"),
    "recommend": CommandLine(
        "top-K items with titles for one user of a run, or for somebody new", _recommend, "recommend"
    ),
    "recommend-all": CommandLine(
        "top-K items for every user of a run, into a CSV or JSON-lines file", _recommend_all, "recommend_all"
    ),
    "report": CommandLine("one HTML or PDF file that says all about a run", _report, "report"),
    "datasets": CommandLine("list the data sets, fetch one, or import your own file", _datasets, "datasets"),
    "runs": CommandLine("list the training runs", _json, "runs"),
}


def make_parser(command: str | None) -> argparse.ArgumentParser:
    """The parser; only `command` gets its arguments, because making them needs the settings classes."""
    parser = argparse.ArgumentParser(
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
            entry.arguments(subparser)
    return parser


def main(argv: list[str]) -> int:
    """Run a command; return the exit code: 0 done, 1 failed, 2 wrong usage or settings, 130 interrupted."""
    command = next((word for word in argv if not word.startswith("-")), None)
    arguments = make_parser(command).parse_args(argv)
    if arguments.command is None:
        return _open_window(argv)
    from fl.cli.run import run

    return run(COMMANDS[arguments.command].run, arguments)


def _open_window(argv: list[str]) -> int:
    from gui.app.app import display_problem, leave_process
    from gui.app.app import main as window

    problem = display_problem()
    if problem:
        print(f"SecretRec cannot open its window: {problem}", file=sys.stderr)
        print("Without a display, use the commands: TheMain.py --help", file=sys.stderr)
        return FAILURE
    return int(leave_process(window(argv)))
