"""The command `compare`: progress on standard error, a table on standard output, files where asked for."""

from __future__ import annotations

import argparse
from pathlib import Path

from fl.cli import compare_output as output
from fl.cli.arguments import add_json, add_settings, settings_of
from fl.cli.start import answer_to, read_divided
from fl.cli.terminal import Terminal
from fl.protocol.commands import CompareCommand
from fl.protocol.events import Event, SeedCompared
from fl.protocol.records import Comparison, SeedResult
from fl.settings.compare import CompareSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of a comparison, and the files it may write."""
    add_settings(parser, CompareSettings)
    parser.add_argument("--csv", metavar="FILE", default="", help="write the figures of every seed here, as they come")
    parser.add_argument("--markdown", metavar="FILE", default="", help="write the table here")
    add_json(parser)


def compare(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Compare models and baselines; what was finished before Ctrl+C is still written to the CSV file."""
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
    if found.warning:
        terminal.say(found.warning)
    terminal.finish(found.model_dump())
