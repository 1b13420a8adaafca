"""The commands `runs`, which lists them, and `report`, which says all about one in a file."""

from __future__ import annotations

import argparse

from fl.cli.arguments import add_json, add_settings, settings_of
from fl.cli.start import answer_to
from fl.cli.terminal import Terminal
from fl.protocol.commands import ListRuns, WriteReport
from fl.runs.records import RunInfo
from fl.settings.of_jobs import ReportSettings


def runs(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the runs."""
    with answer_to(ListRuns(), terminal) as answer:
        if answer.runs:
            terminal.table(
                ["run", "dataset", "model", "protocol", "state", "rounds", "HR@10", "created", ""],
                [_cells(run) for run in answer.runs],
            )
        else:
            terminal.say("No runs yet. Train one: TheMain.py train")
        terminal.finish({"runs": [run.model_dump() for run in answer.runs]})


def _cells(run: RunInfo) -> list[str]:
    rounds = f"{run.rounds}/{run.epochs}"
    hit_rate = f"{run.metrics['hr@10']:.4f}" if "hr@10" in run.metrics else "-"
    return [run.name, run.dataset, run.model, run.protocol, run.state, rounds, hit_rate, run.created, run.problem]


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
