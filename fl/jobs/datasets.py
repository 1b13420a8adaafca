"""The jobs on data sets: list them, fetch one, look into one, remove an imported one."""

from __future__ import annotations

from pathlib import Path

from fl.jobs.context import JobContext
from fl.protocol.commands import FetchCommand, ListDatasets, PreviewDataset, RemoveDataset
from fl.protocol.datasets import all_datasets, dataset_info
from fl.protocol.events import DatasetFetched, DatasetPreview, DatasetRemoved, Datasets
from fl.runs.run_folder import RunFolder


def list_datasets(command: ListDatasets, context: JobContext) -> Datasets:
    """Return all data sets SecretRec knows, then the imported ones."""
    return Datasets(job=context.job, datasets=all_datasets())


def fetch_dataset(command: FetchCommand, context: JobContext) -> DatasetFetched:
    """Download a data set, or take it from a local zip or folder.

    Raises:
        SecretRecError: with a sentence for the person; nothing half-written is left.
    """
    from data.fetch import fetch  # pooch and requests take 0.3 s to import, and lists are asked for at start

    source = Path(command.source).expanduser() if command.source else None
    fetch(command.dataset, source, progress=context.progress_of("bytes"), cancelled=context.cancelled)
    return DatasetFetched(job=context.job, dataset=dataset_info(command.dataset))


def preview_dataset(command: PreviewDataset, context: JobContext) -> DatasetPreview:
    """Return a first look at a data set that is on this machine.

    Raises:
        SecretRecError: it is not, or its files are damaged.
    """
    from data.loading import interactions_of
    from data.preview import sketch

    seen = sketch(interactions_of(command.dataset, "leak-free"))
    return DatasetPreview(job=context.job, dataset=command.dataset, sketch=seen)


def remove_dataset(command: RemoveDataset, context: JobContext) -> DatasetRemoved:
    """Take an imported data set off this machine, and say which runs were trained on it.

    Raises:
        SecretRecError: no such data set, or not an imported one.
    """
    from data.own.store import remove

    remove(command.dataset)
    runs = tuple(info.name for info in RunFolder.all() if info.dataset == command.dataset)
    return DatasetRemoved(job=context.job, dataset=command.dataset, runs=runs)
