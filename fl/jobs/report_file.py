"""The job `write_report`: one file that says all about a run."""

from __future__ import annotations

from pathlib import Path

from fl.jobs.context import JobContext
from fl.protocol.commands import WriteReport
from fl.protocol.events import ReportWritten
from fl.runs.run_detail import describe
from fl.runs.run_folder import RunFolder


def write_report(command: WriteReport, context: JobContext) -> ReportWritten:
    """Write one self-contained file about a run.

    Raises:
        SecretRecError: no such run, or the file cannot be written.
    """
    from report.writer import write

    settings = command.settings
    missing = write(describe(RunFolder.find(settings.run)), Path(settings.output).expanduser(), settings.language)
    return ReportWritten(job=context.job, settings=settings, path=settings.output, missing=missing)
