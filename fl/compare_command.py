"""The command `compare`: progress on standard error, a table on standard output, files where asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fl import compare_output as output
from fl.compare_settings import CompareSettings
from fl.config import build
from fl.events import SeedResult

if TYPE_CHECKING:
    from fl.cli_commands import Terminal
    from fl.jobs.context import JobContext


def given(arguments: argparse.Namespace) -> dict[str, Any]:
    """The settings on the command line."""
    return {name: getattr(arguments, name) for name in CompareSettings.model_fields if hasattr(arguments, name)}


def compare(
    arguments: argparse.Namespace,
    terminal: Terminal,
    job: Callable[[Terminal], AbstractContextManager[JobContext]],
    table: Callable[[Terminal, list[str], list[list[str]]], None],
) -> None:
    """Compare models and baselines; what was finished before Ctrl+C is still written to the CSV file.

    Args:
        arguments: the parsed command line.
        terminal: where the person reads.
        job: gives a job's surroundings.
        table: prints a table.
    """
    settings: CompareSettings = build(CompareSettings, given(arguments))
    settings.check()
    _check_data(settings)
    results: list[SeedResult] = []

    def on_result(result: SeedResult) -> None:
        results.append(result)
        if arguments.csv:
            output.write_text(Path(arguments.csv), output.csv_text(results))

    with job(terminal) as context:
        from fl.jobs.compare import compare as compare_job

        found = compare_job(settings, context, on_result)
    terminal.end_bar()
    if arguments.markdown:
        output.write_text(Path(arguments.markdown), output.markdown(found))
    terminal.say(output.caption(found))
    notes = output.privacy_notes(found)
    table(terminal, list(output.HEADER), [output.cells(row, notes) for row in found.rows])
    for line in output.legend(found):
        terminal.say(line)
    if found.warning:
        terminal.say(found.warning)
    terminal.finish(found.model_dump(exclude={"type", "job"}))


def _check_data(settings: CompareSettings) -> None:
    """Read the data before SecretFlow is loaded, so that what is wrong with them is said at once."""
    from fl.loading import load
    from fl.session import party_names

    load(settings.dataset, settings.protocol, settings.first_seed).divide(
        party_names(settings.parties), settings.first_seed
    )
