"""Events that bring figures: of runs, of lists from elsewhere, of comparisons and of sweeps."""

from __future__ import annotations

from typing import Literal

from fl.protocol.event_base import JobEvent
from fl.protocol.records import Comparison, ListsEvaluation, PairedRow, SeedResult, SweepTable
from fl.runs.records import Evaluation
from fl.settings.compare import CompareRunsSettings
from fl.settings.of_jobs import SplitSettings


class ListsEvaluated(JobEvent):
    """Lists that another program made were measured."""

    type: Literal["lists_evaluated"] = "lists_evaluated"
    evaluation: ListsEvaluation


class SplitExported(JobEvent):
    """The split of a data set is in a folder."""

    type: Literal["split_exported"] = "split_exported"
    settings: SplitSettings
    path: str
    files: dict[str, int]  # rows of each table


class Evaluated(JobEvent):
    """Test figures of a run; also in its folder."""

    type: Literal["evaluated"] = "evaluated"
    evaluation: Evaluation


class SeedCompared(JobEvent):
    """One model or baseline of a comparison is measured with one seed."""

    type: Literal["seed_compared"] = "seed_compared"
    result: SeedResult


class SweepTables(JobEvent):
    """The findings of sweeps: of all, the newest first, or of the one that was asked about."""

    type: Literal["sweep_tables"] = "sweep_tables"
    sweeps: tuple[SweepTable, ...]


class RunsCompared(JobEvent):
    """Finished runs, and the popularity baseline, were held against the first of the runs."""

    type: Literal["runs_compared"] = "runs_compared"
    settings: CompareRunsSettings
    n_users: int  # with a test item
    rows: tuple[PairedRow, ...]


class Compared(JobEvent):
    """All models and baselines of a comparison are measured, with every seed."""

    type: Literal["compared"] = "compared"
    comparison: Comparison
