"""The commands `runs`, which lists them, and `report`, which says all about one in a file."""

from __future__ import annotations

import argparse

from fl.cli.arguments import add_json, add_settings, settings_of
from fl.cli.start import answer_to
from fl.cli.terminal import Terminal
from fl.protocol.commands import ForgetUser, ListRuns, WriteReport
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
