"""The jobs on run folders: list them, tell all of some, rename, note, delete, export and import one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from data.errors import SecretRecError
from fl.jobs.context import JobContext
from fl.protocol.commands import DeleteRun, DescribeRuns, ExportRun, ImportRun, ListRuns, NoteRun, RenameRun
from fl.protocol.events import RunDeleted, RunDetails, RunExported, RunImported, RunNoted, RunRenamed, Runs
from fl.runs import upkeep
from fl.runs.notes import read_note, write_note
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
    renamed = upkeep.rename(RunFolder.find(command.run), command.name)
    return RunRenamed(job=context.job, old=command.run, new=renamed.name)


def note_run(command: NoteRun, context: JobContext) -> RunNoted:
    """Keep a note with a run, also with a damaged one.

    Raises:
        SecretRecError: no such run, the note is too long, or it cannot be written.
    """
    folder = RunFolder.locate(command.run)
    write_note(folder.path, command.note)
    return RunNoted(job=context.job, run=command.run, note=read_note(folder.path))


def delete_run(command: DeleteRun, context: JobContext) -> RunDeleted:
    """Delete a run, also a damaged one.

    Raises:
        SecretRecError: no such run, it is being trained, or it cannot be deleted.
    """
    upkeep.delete(RunFolder.locate(command.run))
    return RunDeleted(job=context.job, run=command.run)


def export_run(command: ExportRun, context: JobContext) -> RunExported:
    """Write a run into one file.

    Raises:
        SecretRecError: no such run, it is being trained, nothing was trained yet, or the file cannot be written.
        CancelledError: the person cancelled; no file is left.
    """
    from fl.runs.archive import export  # zipfile and what checks a run, which no list of runs needs

    folder, path = RunFolder.find(command.run), Path(command.output).expanduser()
    export(folder, path, command.private, _reported(context))
    return RunExported(
        job=context.job,
        run=command.run,
        path=str(path.resolve()),
        bytes=path.stat().st_size,
        private=command.private,
    )


def import_run(command: ImportRun, context: JobContext) -> RunImported:
    """Make a run of a file that another computer wrote.

    Raises:
        SecretRecError: it is no exported run, or damaged, or the name is taken.
        CancelledError: the person cancelled; no run is left.
    """
    from fl.runs.archive import unpack

    folder = unpack(Path(command.path).expanduser(), command.name, _reported(context))
    return RunImported(job=context.job, run=folder.info())


def _reported(context: JobContext) -> Callable[[int, int], None]:
    """Return a callback of (done, total) that reports bytes, and raises CancelledError when the person cancelled."""

    def report(done: int, total: int) -> None:
        context.check_cancelled()
        context.progress(done, total, "bytes")

    return report


def describe_runs(command: DescribeRuns, context: JobContext) -> RunDetails:
    """Return settings, curves and figures of some runs; those that cannot be read say why in `problems`."""
    found, problems = [], {}
    for run in command.runs:
        try:
            found.append(describe(RunFolder.find(run)))
        except SecretRecError as error:
            problems[run] = error.sentence
    return RunDetails(job=context.job, runs=tuple(found), problems=problems)
