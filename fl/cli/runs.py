"""The command `runs`: list them, rename, note, delete, export and import one; and `report`, all about one in a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from data.errors import SettingsError
from data.sentences import say
from fl.cli.arguments import add_json, add_settings, settings_of
from fl.cli.start import answer_to, find_run
from fl.cli.terminal import Terminal
from fl.protocol.commands import (
    DeleteRun,
    ExportRun,
    ForgetUser,
    ImportRun,
    ListRuns,
    NoteRun,
    RenameRun,
    WriteReport,
)
from fl.runs.records import RunInfo
from fl.settings.of_jobs import ReportSettings

# The words of an action behind its name, and how many there may be.
_WORDS = {
    "list": ("", 0, 0),
    "rename": ("RUN NAME", 2, 2),
    "note": ("RUN [TEXT]", 1, 2),
    "delete": ("RUN ...", 1, 1000),
    "export": ("RUN FILE", 2, 2),
    "import": ("FILE", 1, 1),
}
_ORDERS: dict[str, Callable[[RunInfo], Any]] = {
    "newest": lambda run: 0,  # as they come
    "name": lambda run: run.name.casefold(),
    "dataset": lambda run: (run.dataset, run.model),
    "model": lambda run: (run.model, run.dataset),
    "hr": lambda run: -run.metrics.get("hr@10", -1.0),
    "size": lambda run: -run.bytes,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the action, its words, and the options of each."""
    lines = [f"  runs {action} {words}".rstrip() for action, (words, _, _) in _WORDS.items()]
    parser.formatter_class, parser.epilog = argparse.RawDescriptionHelpFormatter, "\n".join(["actions:", *lines])
    parser.add_argument("action", nargs="?", choices=list(_WORDS), default="list", help="default: list")
    parser.add_argument("words", nargs="*", metavar="WORD", help="of the action, see below")
    parser.add_argument("--search", metavar="TEXT", default="", help="list: only runs in which this text stands")
    parser.add_argument("--sort", choices=list(_ORDERS), default="newest", help="list: in which order. Default: newest")
    parser.add_argument(
        "--with-private",
        action="store_true",
        help="export: with what the parties alone have, which are their users' choices and models. Default: without",
    )
    parser.add_argument("--name", default="", help="import: what the run is called here. Default: its own name")
    parser.add_argument("--yes", action="store_true", help="delete: do not ask")
    add_json(parser)


def runs(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the runs, or do something with one."""
    words, fewest, most = _WORDS[arguments.action]
    if not fewest <= len(arguments.words) <= most:
        raise SettingsError(
            say(
                "cli.runs-words",
                "This takes other words: TheMain.py runs {action} {words}.",
                action=arguments.action,
                words=words,
            )
        )
    actions = {
        "list": _list,
        "rename": _rename,
        "note": _note,
        "delete": _delete,
        "export": _export,
        "import": _import,
    }
    actions[arguments.action](arguments, terminal)


def _list(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with answer_to(ListRuns(), terminal) as answer:
        wanted = arguments.search.casefold()
        found = [run for run in answer.runs if wanted in "\n".join([*_cells(run), run.note]).casefold()]
        found.sort(key=_ORDERS[arguments.sort])
        if found:
            terminal.table(
                ["run", "dataset", "model", "protocol", "state", "rounds", "HR@10", "created", "size", ""],
                [_cells(run) for run in found],
            )
            terminal.say(f"Runs: {len(found)} of {len(answer.runs)}, {_size(sum(run.bytes for run in found))}")
        elif answer.runs:
            terminal.say(f"No run has '{arguments.search}' in it.")
        else:
            terminal.say("No runs yet. Train one: TheMain.py train")
        terminal.finish({"runs": [run.model_dump() for run in found]})


def _cells(run: RunInfo) -> list[str]:
    if not run.dataset:
        return [run.name, "-", "-", "-", "cannot be read", "-", "-", "-", _size(run.bytes), run.problem]
    rounds = f"{run.rounds}/{run.epochs}"
    hit_rate = f"{run.metrics['hr@10']:.4f}" if "hr@10" in run.metrics else "-"
    private, note = "" if run.private_parts else "without private parts", next(iter(run.note.splitlines()), "")
    remarks = [run.problem, run.left_out, private, note]
    return [
        run.name,
        run.dataset,
        run.model,
        run.protocol,
        run.state,
        rounds,
        hit_rate,
        run.created,
        _size(run.bytes),
        "; ".join(filter(None, remarks)),
    ]


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def _rename(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with answer_to(RenameRun(run=arguments.words[0], name=arguments.words[1]), terminal) as answer:
        terminal.say(f"Run {answer.old} is called {answer.new} now.")
        terminal.finish({"old": answer.old, "new": answer.new})


def _note(arguments: argparse.Namespace, terminal: Terminal) -> None:
    run = arguments.words[0]
    if len(arguments.words) == 1:
        note = find_run(run).info().note
        terminal.say(note or f"Run {run} has no note.")
        terminal.finish({"run": run, "note": note})
        return
    with answer_to(NoteRun(run=run, note=arguments.words[1]), terminal) as answer:
        terminal.say(f"Run {run} has the note." if answer.note else f"Run {run} has no note any more.")
        terminal.finish({"run": run, "note": answer.note})


def _delete(arguments: argparse.Namespace, terminal: Terminal) -> None:
    from fl.runs.run_folder import RunFolder

    names = list(dict.fromkeys(arguments.words))
    total = sum(RunFolder.locate(name).info().bytes for name in names)
    if not arguments.yes:
        nobody = SettingsError(
            say("cli.nothing-deleted", "Nothing is deleted without being asked for."),
            say("cli.add-yes-delete", "Add --yes to delete the runs."),
        )
        terminal.need_yes(f"Delete {', '.join(names)} ({_size(total)}) for good?", nobody)
    for name in names:
        with answer_to(DeleteRun(run=name), terminal) as answer:
            terminal.say(f"Run {answer.run} is deleted.")
    terminal.finish({"deleted": names})


def _export(arguments: argparse.Namespace, terminal: Terminal) -> None:
    run, output = arguments.words
    with answer_to(ExportRun(run=run, output=output, private=arguments.with_private), terminal) as answer:
        terminal.say(f"Run {run} is in {answer.path} ({_size(answer.bytes)}).")
        if answer.private:
            terminal.say(
                "It holds what its users had, their ids and their own models: give it only to those who may see these."
            )
        else:
            terminal.say(
                "What its users had, their ids and their own models are not in it. The items with their titles and "
                "counts are, and the item table, which can give something away: TheMain.py audit."
            )
        terminal.finish(answer.model_dump(include={"run", "path", "bytes", "private"}))


def _import(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with answer_to(ImportRun(path=arguments.words[0], name=arguments.name), terminal) as answer:
        terminal.say(f"Run {answer.run.name} is here.")
        if not answer.run.private_parts:
            terminal.say("It came without its private parts: figures, report, and lists for new users and baskets.")
        terminal.finish({"run": answer.run.model_dump()})


def add_forget_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the run and the user."""
    parser.add_argument("--run", required=True, help="name of the run")
    parser.add_argument("--user", required=True, help="who is to be forgotten, by the id that the data set uses")
    add_json(parser)


def forget(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Have a run forget a user."""
    with answer_to(ForgetUser(run=arguments.run, user=arguments.user), terminal) as answer:
        terminal.say(f"Run {answer.run} has forgotten user {answer.user}: {answer.party} holds nothing of this user.")
        for note in answer.notes:
            terminal.say(note)
        terminal.finish(answer.model_dump(include={"run", "user", "party", "notes"}))


def add_report_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of a report."""
    add_settings(parser, ReportSettings)
    add_json(parser)


def report(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Write the report of a run."""
    with answer_to(WriteReport(settings=settings_of(arguments, ReportSettings)), terminal) as written:
        terminal.say(f"The report of run {written.settings.run} is in {written.path}.")
        for sentence in written.missing:
            terminal.say(f"Missing: {sentence}")
        terminal.finish(written.model_dump(include={"path", "missing"}))
