"""The jobs on data sets and on lists of runs: no SecretFlow, nothing heavy until asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from data.errors import SecretRecError
from data.own.options import ImportOptions
from fl.protocol.datasets import all_datasets, dataset_info
from fl.protocol.events import (
    DatasetFetched,
    DatasetPreview,
    DatasetRemoved,
    Datasets,
    FileImported,
    FilePreview,
    PrivacyRecord,
    ReportWritten,
    RunDetails,
    RunRenamed,
    Runs,
    TrainEstimate,
    Users,
)
from fl.protocol.records import UserInfo, UserOrder
from fl.runs.run_folder import RunFolder
from fl.settings.of_jobs import ReportSettings
from fl.settings.train import TrainSettings

MOST_DIGITS = 100


def list_datasets(job: str) -> Datasets:
    """All data sets SecretRec knows, then the imported ones."""
    return Datasets(job=job, datasets=all_datasets())


def list_runs(job: str) -> Runs:
    """All runs, newest first."""
    return Runs(job=job, runs=tuple(RunFolder.all()))


def list_users(run: str, query: str, limit: int, job: str, order: UserOrder = "id") -> Users:
    """Users of a run whose id contains `query`: the one that equals it first, then those that begin with it.

    Within these by id: whole numbers by their value, then other ids by alphabet, upper and lower case alike.
    Ordered by "activity", the users with most train items come first instead. Only a program that reads all users'
    data can tell, as in simulation.

    Raises:
        SecretRecError: no such run, or its data set is gone.
    """
    import numpy as np

    from data.loading import load

    settings = RunFolder.find(run).settings()
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    lengths = np.diff(loaded.split.indptr)
    ids = [str(user) for user in loaded.interactions.user_ids]
    matching = [place for place, user in enumerate(ids) if query in user]
    if order == "activity":
        matching.sort(key=lambda place: -int(lengths[place]))
    else:
        matching.sort(key=lambda place: (ids[place] != query, not ids[place].startswith(query), _by_id(ids[place])))
    users = tuple(UserInfo(id=ids[place], n_items=int(lengths[place])) for place in matching[:limit])
    return Users(job=job, run=run, query=query, total=len(matching), users=users)


def _by_id(user: str) -> tuple[bool, int, str, str]:
    """Sorts 2 before 10, "anna" beside "Anna", and numbers before names."""
    is_number = user.isascii() and user.isdecimal()
    # Python refuses to convert thousands of digits; that long, an id is a name.
    is_number = is_number and len(user) <= MOST_DIGITS
    return (not is_number, int(user) if is_number else 0, user.casefold(), user)


def fetch_dataset(
    name: str, source: str, job: str, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> DatasetFetched:
    """Download a data set, or take it from a local zip or folder.

    Raises:
        SecretRecError: with a sentence for the person; nothing half-written is left.
    """
    from data.fetch import fetch  # pooch and requests take 0.3 s to import, and lists are asked for at start
    from data.loading import forget

    fetch(name, Path(source).expanduser() if source else None, progress=progress, cancelled=cancelled)
    forget()
    return DatasetFetched(job=job, dataset=dataset_info(name))


def inspect_file(path: str, options: ImportOptions, job: str) -> FilePreview:
    """Look at a file of the person's; nothing is written.

    Raises:
        SecretRecError: it is no table, or cannot be read.
    """
    from data.own.importer import inspect

    return FilePreview(job=job, preview=inspect(Path(path).expanduser(), options))


def import_file(
    path: str,
    name: str,
    options: ImportOptions,
    job: str,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> FileImported:
    """Make a data set called `name` of a file.

    Raises:
        SecretRecError: with a sentence for the person; nothing half-written is left.
    """
    from data.loading import forget
    from data.own.importer import import_file as run_import

    report = run_import(Path(path), name, options, progress, cancelled)
    forget()
    return FileImported(job=job, dataset=dataset_info(name), report=report)


def remove_dataset(name: str, job: str) -> DatasetRemoved:
    """Take an imported data set off this machine.

    Raises:
        SecretRecError: no such data set, or not an imported one.
    """
    from data.loading import forget
    from data.own.store import remove

    remove(name)
    forget()
    return DatasetRemoved(job=job, dataset=name)


def preview_dataset(name: str, job: str) -> DatasetPreview:
    """A first look at a data set that is on this machine.

    Raises:
        SecretRecError: it is not, or its files are damaged.
    """
    from data.loading import interactions_of
    from data.preview import sketch

    return DatasetPreview(job=job, dataset=name, sketch=sketch(interactions_of(name, "leak-free")))


def estimate_training(settings: TrainSettings, job: str) -> TrainEstimate:
    """How long a run with these settings will take here, and how much memory.

    Raises:
        UnknownNameError: no such data set.
    """
    from fl.jobs.estimates import estimate

    made = estimate(settings)
    return TrainEstimate(
        job=job,
        seconds=made.seconds,
        memory_bytes=made.memory_bytes,
        memory_free=made.memory_free,
        from_run=made.from_run,
    )


def rename_run(run: str, name: str, job: str) -> RunRenamed:
    """Give a run another name.

    Raises:
        SecretRecError: no such run, it is being trained, or the name is taken or not allowed.
    """
    return RunRenamed(job=job, old=run, new=RunFolder.find(run).rename(name).name)


def describe_runs(runs: Sequence[str], job: str) -> RunDetails:
    """Settings, curves and figures of some runs; those that cannot be read say why in `problems`."""
    from fl.runs.run_detail import describe

    found, problems = [], {}
    for run in runs:
        try:
            found.append(describe(RunFolder.find(run)))
        except SecretRecError as error:
            problems[run] = str(error)
    return RunDetails(job=job, runs=tuple(found), problems=problems)


def write_report(settings: ReportSettings, job: str) -> ReportWritten:
    """One self-contained file about a run.

    Raises:
        SecretRecError: no such run, or the file cannot be written.
    """
    from fl.runs.run_detail import describe
    from report.writer import write

    missing = write(describe(RunFolder.find(settings.run)), Path(settings.output).expanduser())
    return ReportWritten(job=job, settings=settings, path=settings.output, missing=missing)


def read_privacy(run: str, job: str) -> PrivacyRecord:
    """What a run's folder tells of its privacy.

    Raises:
        SecretRecError: no such run, or its files are damaged.
    """
    from fl.jobs.privacy_record import read

    return read(RunFolder.find(run), job)
