"""The command `datasets`: list them, fetch one, import a file of the person's own, remove what was imported."""

from __future__ import annotations

import argparse
from dataclasses import asdict, fields

from data import registry
from data.errors import SettingsError
from data.own.options import TIME_FORMATS, ImportOptions
from data.sentences import say
from fl.cli.arguments import add_json
from fl.cli.start import answer_to
from fl.cli.terminal import Terminal
from fl.protocol.commands import FetchCommand, ImportFile, InspectFile, ListDatasets, ListRuns, RemoveDataset


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the action, its target, and the options of an import."""
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
    parser.add_argument(
        "--yes", action="store_true", help="do not ask: accept the licence; remove it although runs were trained on it"
    )
    _add_import_arguments(parser.add_argument_group("import", "your own table as a data set; also for inspect"))
    add_json(parser)


def _add_import_arguments(group: argparse._ArgumentGroup) -> None:
    """Add an option for each field of `data.own.options.ImportOptions`, absent when not given."""
    text: dict[str, tuple[str, str]] = {
        "user": ("COLUMN", "column of the user: its name, or its number from 1. Default: recognised by its name"),
        "item": ("COLUMN", "column of the item, likewise"),
        "rating": ("COLUMN", "column of the rating, likewise; '-' leaves it out (also below)"),
        "timestamp": ("COLUMN", "column of the time, see --time-format"),
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
        "--null-ids",
        choices=["keep", "drop"],
        default=argparse.SUPPRESS,
        help="keep rows whose user or item is a word for nothing, such as NULL or NaN, or drop them. Default: keep",
    )
    group.add_argument(
        "--time-format",
        choices=[name for name in TIME_FORMATS if name],
        default=argparse.SUPPRESS,
        help="how times are written: dates by what comes first, numbers by their unit since 1970, mixed takes each "
        "value by itself, none has the order of the rows stand for the times. Default: found out",
    )
    group.add_argument(
        "--decimal",
        choices=["point", "comma"],
        default=argparse.SUPPRESS,
        help="the sign in front of a number's fraction. Default: a comma too where no comma separates columns",
    )
    group.add_argument(
        "--skip-lines",
        type=int,
        metavar="N",
        default=argparse.SUPPRESS,
        help="lines in front of the table that are no part of it. Default: found out",
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


def datasets(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the data sets, fetch one, or look at, import or remove the person's own."""
    if arguments.action == "list":
        _list(terminal)
        return
    if not arguments.target:
        what, word = ("file", "FILE") if arguments.action in ("inspect", "import") else ("data set", "NAME")
        raise SettingsError(
            say(
                "cli.say-themain-py-datasets",
                "Say which {what} to {action}: TheMain.py datasets {action} {value}.",
                what=what,
                action=arguments.action,
                value=word,
            )
        )
    actions = {"fetch": _fetch, "inspect": _inspect, "import": _import, "remove": _remove}
    actions[arguments.action](arguments, terminal)


def _list(terminal: Terminal) -> None:
    with answer_to(ListDatasets(), terminal) as answer:
        terminal.table(
            ["name", "title", "state", "users", "items", "rows"],
            [[d.name, d.title, d.status, str(d.n_users), str(d.n_items), str(d.n_rows)] for d in answer.datasets],
        )
        terminal.finish({"datasets": [d.model_dump() for d in answer.datasets]})


def _fetch(arguments: argparse.Namespace, terminal: Terminal) -> None:
    spec = registry.spec(arguments.target)
    print(f"{spec.title}\n{spec.url}\nLicence: {spec.licence}", file=terminal.err)
    if not arguments.source and not arguments.yes:
        nobody = SettingsError(
            say("cli.nothing-downloaded-without", "Nothing is downloaded without being asked for."),
            say("cli.add-yes-accept-licence", "Add --yes to accept the licence above."),
        )
        terminal.need_yes("Download it under this licence?", nobody)
    with answer_to(FetchCommand(dataset=arguments.target, source=arguments.source), terminal) as answer:
        terminal.say(f"{answer.dataset.name} is ready.")
        terminal.finish({"dataset": answer.dataset.model_dump()})


def _inspect(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with answer_to(InspectFile(path=arguments.target, options=_import_options(arguments)), terminal) as answer:
        preview = answer.preview
        terminal.table(list(preview.columns), [list(row) for row in preview.rows if len(row) == len(preview.columns)])
        terminal.say("Recognised: " + (", ".join(f"{role} = {name}" for role, name in preview.mapping.items()) or "-"))
        for note in (*preview.notes, *(text for text in (preview.problem, preview.hint) if text)):
            terminal.say(note[0].upper() + note[1:])
        terminal.finish(asdict(preview))


def _import(arguments: argparse.Namespace, terminal: Terminal) -> None:
    options = _import_options(arguments)
    if not arguments.name:
        raise SettingsError(say("cli.say-name-name", "Say what the data set is to be called: --name NAME."))
    with answer_to(ImportFile(path=arguments.target, name=arguments.name, options=options), terminal) as answer:
        for line in answer.report.lines():
            terminal.say(line)
        terminal.say(f"{answer.dataset.name} is ready. Next: TheMain.py train --dataset {answer.dataset.name}")
        terminal.finish({"dataset": answer.dataset.model_dump(), "report": answer.report.as_dict()})


def _remove(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with answer_to(ListRuns(), terminal) as listed:
        needing = [run.name for run in listed.runs if run.dataset == arguments.target]
    if needing and not arguments.yes:
        nobody = SettingsError(
            say("cli.dataset-needed", "Runs were trained on it: {runs}.", runs=", ".join(needing)),
            say("cli.add-yes-remove", "Add --yes to remove it all the same; it can be imported again."),
        )
        question = f"{', '.join(needing)} cannot be evaluated, audited or resumed without it. Remove it?"
        terminal.need_yes(question, nobody)
    with answer_to(RemoveDataset(dataset=arguments.target), terminal) as answer:
        terminal.say(f"{answer.dataset} is removed; the file it came from was not touched.")
        if answer.runs:
            terminal.say(f"Runs that were trained on it and still recommend: {', '.join(answer.runs)}.")
        terminal.finish({"removed": answer.dataset, "runs": answer.runs})


def _import_options(arguments: argparse.Namespace) -> ImportOptions:
    """Return the import options that stand on the command line; --k-core sets both."""
    given = {field.name: getattr(arguments, field.name) for field in fields(ImportOptions) if field.name in arguments}
    if "k_core" in arguments:
        given = {"k_core_users": arguments.k_core, "k_core_items": arguments.k_core, **given}
    return ImportOptions(**given)
