"""The commands that need no SecretFlow: `datasets`, `runs`, `report`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, fields

from data.errors import CancelledError, SettingsError
from data.own.options import ImportOptions
from data.sentences import say
from fl.cli.start import JOB, given_settings
from fl.cli.terminal import Terminal
from fl.protocol.datasets import dataset_info
from fl.runs.records import RunInfo
from fl.settings.base import build
from fl.settings.of_jobs import ReportSettings


def report(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Write the report of a run."""
    from fl.jobs import catalogue

    written = catalogue.write_report(build(ReportSettings, given_settings(arguments, ReportSettings)), JOB)
    terminal.say(f"The report of run {written.settings.run} is in {written.path}.")
    for sentence in written.missing:
        terminal.say(f"Missing: {sentence}")
    terminal.finish(written.model_dump(include={"path", "missing"}))


def datasets(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the data sets, fetch one, or look at, import or remove the person's own."""
    from fl.jobs import catalogue

    if arguments.action == "list":
        found = catalogue.list_datasets(JOB).datasets
        terminal.table(
            ["name", "title", "state", "users", "items", "rows"],
            [[d.name, d.title, d.status, str(d.n_users), str(d.n_items), str(d.n_rows)] for d in found],
        )
        terminal.finish({"datasets": [d.model_dump() for d in found]})
        return
    if not arguments.target:
        what = "file" if arguments.action in ("inspect", "import") else "data set"
        raise SettingsError(
            say(
                "cli.say-themain-py-datasets",
                "Say which {what} to {action}: TheMain.py datasets {action} {value}.",
                what=what,
                action=arguments.action,
                value="FILE" if what == "file" else "NAME",
            )
        )
    if arguments.action != "fetch":
        _own_data(arguments, terminal)
        return
    info = dataset_info(arguments.target)
    print(f"{info.title}\n{info.url}\nLicence: {info.licence}", file=terminal.err)
    if not arguments.source and not arguments.yes:
        _ask(terminal)
    bar = terminal.download_bar()
    fetched = catalogue.fetch_dataset(arguments.target, arguments.source, JOB, bar, lambda: False)
    terminal.end_bar()
    terminal.say(f"{fetched.dataset.name} is ready.")
    terminal.finish({"dataset": fetched.dataset.model_dump()})


def _own_data(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Look at, import or remove the person's own data."""
    from fl.jobs import catalogue

    if arguments.action == "remove":
        removed = catalogue.remove_dataset(arguments.target, JOB)
        terminal.say(f"{removed.dataset} is removed; the file it came from was not touched.")
        terminal.finish({"removed": removed.dataset})
        return
    options = _import_options(arguments)
    if arguments.action == "inspect":
        preview = catalogue.inspect_file(arguments.target, options, JOB).preview
        terminal.table(list(preview.columns), [list(row) for row in preview.rows if len(row) == len(preview.columns)])
        terminal.say("Recognised: " + (", ".join(f"{role} = {name}" for role, name in preview.mapping.items()) or "-"))
        for note in (*preview.notes, *([preview.problem] if preview.problem else [])):
            terminal.say(note[0].upper() + note[1:])
        terminal.finish(asdict(preview))
        return
    if not arguments.name:
        raise SettingsError(say("cli.say-name-name", "Say what the data set is to be called: --name NAME."))
    bar = terminal.download_bar()
    done = catalogue.import_file(arguments.target, arguments.name, options, JOB, bar, lambda: False)
    terminal.end_bar()
    for line in done.report.lines():
        terminal.say(line)
    terminal.say(f"{done.dataset.name} is ready. Next: TheMain.py train --dataset {done.dataset.name}")
    terminal.finish({"dataset": done.dataset.model_dump(), "report": done.report.as_dict()})


def _import_options(arguments: argparse.Namespace) -> ImportOptions:
    """The import options that stand on the command line; --k-core sets both."""
    given = {field.name: getattr(arguments, field.name) for field in fields(ImportOptions) if field.name in arguments}
    if "k_core" in arguments:
        given = {"k_core_users": arguments.k_core, "k_core_items": arguments.k_core, **given}
    return ImportOptions(**given)


def _ask(terminal: Terminal) -> None:
    if not sys.stdin.isatty():
        raise SettingsError(
            say("cli.nothing-downloaded-without", "Nothing is downloaded without being asked for."),
            say("cli.add-yes-accept-licence", "Add --yes to accept the licence above."),
        )
    print("Download it under this licence? [y/N] ", end="", file=terminal.err, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise CancelledError


def runs(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the runs."""
    from fl.jobs import catalogue

    found = catalogue.list_runs(JOB).runs
    if not found:
        terminal.say("No runs yet. Train one: TheMain.py train")
    else:
        terminal.table(
            ["run", "dataset", "model", "protocol", "state", "rounds", "HR@10", "created", ""],
            [
                [
                    r.name,
                    r.dataset,
                    r.model,
                    r.protocol,
                    r.state,
                    f"{r.rounds}/{r.epochs}",
                    _hr(r),
                    r.created,
                    r.problem,
                ]
                for r in found
            ],
        )
    terminal.finish({"runs": [r.model_dump() for r in found]})


def _hr(run: RunInfo) -> str:
    return f"{run.metrics['hr@10']:.4f}" if "hr@10" in run.metrics else "-"
