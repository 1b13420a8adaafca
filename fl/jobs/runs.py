"""The jobs on run folders: list them, rename one, tell all of some."""

from __future__ import annotations

from data.errors import SecretRecError
from fl.jobs.context import JobContext
from fl.protocol.commands import DescribeRuns, ListRuns, RenameRun
from fl.protocol.events import RunDetails, RunRenamed, Runs
from fl.runs.run_detail import describe
from fl.runs.run_folder import RunFolder


def list_runs(command: ListRuns, context: JobContext) -> Runs:
    """Return all runs, newest first."""
    return Runs(job=context.job, runs=tuple(RunFolder.all()))


def rename_run(command: RenameRun, context: JobContext) -> RunRenamed:
    """Give a run another name.

    Raises:
        SecretRecError: no such run, it is being trained, or the name is taken or not allowed.
    """
    renamed = RunFolder.find(command.run).rename(command.name)
    return RunRenamed(job=context.job, old=command.run, new=renamed.name)


def describe_runs(command: DescribeRuns, context: JobContext) -> RunDetails:
    """Return settings, curves and figures of some runs; those that cannot be read say why in `problems`."""
    found, problems = [], {}
    for run in command.runs:
        try:
            found.append(describe(RunFolder.find(run)))
        except SecretRecError as error:
            problems[run] = error.sentence
    return RunDetails(job=context.job, runs=tuple(found), problems=problems)
