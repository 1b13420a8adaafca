"""The command `compare`: progress on standard error, a table on standard output, files where asked for."""

from __future__ import annotations

import argparse
from pathlib import Path

from fl.cli import compare_output as output
from fl.cli.start import federation_job, given_settings, read_divided
from fl.cli.terminal import Terminal
from fl.protocol.records import SeedResult
from fl.settings.base import build
from fl.settings.compare import CompareSettings


def compare(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Compare models and baselines; what was finished before Ctrl+C is still written to the CSV file."""
    settings: CompareSettings = build(CompareSettings, given_settings(arguments, CompareSettings))
    settings.check()
    read_divided(settings.dataset, settings.protocol, settings.first_seed, settings.parties)
    results: list[SeedResult] = []

    def on_result(result: SeedResult) -> None:
        results.append(result)
        if arguments.csv:
            output.write_text(Path(arguments.csv), output.csv_text(results))

    with federation_job(terminal) as context:
        from fl.jobs.compare import compare as compare_job

        found = compare_job(settings, context, on_result)
    terminal.end_bar()
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
