"""The command `compare`: progress on standard error, a table on standard output, files where asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from data.errors import SettingsError
from data.sentences import say
from fl.cli import compare_output as output
from fl.cli.arguments import add_json, add_settings, given_settings, settings_of
from fl.cli.start import answer_to, find_run, read_divided
from fl.cli.terminal import Terminal
from fl.protocol.commands import CompareCommand, CompareRuns
from fl.protocol.events import Event, SeedCompared
from fl.protocol.records import Comparison, PairedRow, SeedResult
from fl.settings.compare import CompareRunsSettings, CompareSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of a comparison, and the files it may write."""
    parser.add_argument(
        "--runs",
        nargs="+",
        metavar="RUN",
        help="hold these finished runs against the first of them, user by user; train nothing",
    )
    add_settings(parser, CompareSettings)
    parser.add_argument("--csv", metavar="FILE", default="", help="write the figures of every seed here, as they come")
    parser.add_argument("--markdown", metavar="FILE", default="", help="write the table here")
    add_json(parser)


def compare(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Compare models and baselines; what was finished before Ctrl+C is still written to the CSV file."""
    if arguments.runs:
        _compare_runs(arguments, terminal)
        return
    settings = settings_of(arguments, CompareSettings)
    settings.check()
    read_divided(settings.dataset, settings.protocol, settings.first_seed, settings.parties)
    results: list[SeedResult] = []

    def hear(event: Event) -> None:
        terminal.show(event)
        if isinstance(event, SeedCompared):
            results.append(event.result)
            if arguments.csv:
                output.write_text(Path(arguments.csv), output.csv_text(results))

    with answer_to(CompareCommand(settings=settings), terminal, hear) as answer:
        found: Comparison = answer.comparison
    if arguments.markdown:
        output.write_text(Path(arguments.markdown), output.markdown(found))
    terminal.say(output.caption(found))
    notes = output.privacy_notes(found)
    terminal.table(list(output.HEADER), [output.cells(row, notes) for row in found.rows])
    for line in output.legend(found):
        terminal.say(line)
    if found.paired:
        terminal.say()
        _show_paired(found.paired, found.against, terminal)
    if found.warning:
        terminal.say(found.warning)
    terminal.finish(found.model_dump())


def _compare_runs(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Hold finished runs against the first of them.

    Raises:
        SettingsError: an option stands there that is for training.
    """
    strange = [name for name in given_settings(arguments, CompareSettings) if name != "k"]
    if strange or arguments.csv or arguments.markdown:
        option = strange[0].replace("_", "-") if strange else "csv" if arguments.csv else "markdown"
        raise SettingsError(
            say("cli.runs-are-trained", "--runs compares runs as they are: drop --{option}.", option=option)
        )
    for run in arguments.runs:
        find_run(run)
    settings = settings_of(arguments, CompareRunsSettings)
    with answer_to(CompareRuns(settings=settings), terminal) as found:
        _show_paired(found.rows, settings.runs[0], terminal)
        terminal.say(f"{found.n_users} users.")
        terminal.finish(found.model_dump(exclude={"job", "type"}))


def _show_paired(rows: Sequence[PairedRow], against: str, terminal: Terminal) -> None:
    """Show differences, marked where they are clear."""
    terminal.say(
        f"Difference to {against} on the same users and candidates, in points of a percent, with 95% intervals over "
        "users (paired bootstrap); * where the interval excludes 0"
    )
    terminal.table(
        ["", "K", *(name.replace("full_", "full ").upper().replace("FULL", "full") for name in output.PAIRED)],
        [[row.scorer, str(row.k), *(output.difference(row.metrics[name]) for name in output.PAIRED)] for row in rows],
    )
