"""The jobs on a file of the person's own: look at it, make a data set of it."""

from __future__ import annotations

from pathlib import Path

from fl.jobs.context import JobContext
from fl.protocol.commands import ImportFile, InspectFile
from fl.protocol.datasets import dataset_info
from fl.protocol.events import FileImported, FilePreview


def inspect_file(command: InspectFile, context: JobContext) -> FilePreview:
    """Look at a file; nothing is written.

    Raises:
        SecretRecError: it is no table, or cannot be read.
    """
    from data.own.importer import inspect

    return FilePreview(job=context.job, preview=inspect(Path(command.path).expanduser(), command.options))


def import_file(command: ImportFile, context: JobContext) -> FileImported:
    """Make a data set of a file.

    Raises:
        SecretRecError: with a sentence for the person; nothing half-written is left.
    """
    from data.own import importer

    path, progress = Path(command.path), context.progress_of("bytes")
    report = importer.import_file(path, command.name, command.options, progress, context.cancelled)
    return FileImported(job=context.job, dataset=dataset_info(command.name), report=report)
