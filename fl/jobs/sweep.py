"""The job `sweep`: the runs of a sweep that are missing, one after the other, and the table of what all have found."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from scipy.special import stdtrit

from data.sentences import say
from fl.jobs.context import JobContext
from fl.protocol.commands import DescribeSweeps, ForgetSweep, KeepSweep, SweepCommand, TrainCommand
from fl.protocol.events import SweepTables
from fl.protocol.records import Spread, SweepRow, SweepTable
from fl.runs import sweeps
from fl.settings.sweep import PlannedRun, SweepSettings

METRICS = ("valid_hr@10", "valid_ndcg@10", "hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10")
_LEVEL = 0.95


def sweep(command: SweepCommand, context: JobContext) -> SweepTables:
    """Train the runs of a sweep that are missing, and go on with those that were cut short.

    Raises:
        SecretRecError: with a sentence for the person. What was finished is kept, so asking again goes on.
    """
    from fl.jobs.training import train  # with SecretFlow, which the other jobs here do without

    settings = sweeps.find(command.name)
    plan = settings.plan()
    for number, one in enumerate(plan, start=1):
        if sweeps.result_of(one) is None:
            context.phase(
                say(
                    "phase.sweep-run",
                    "run {number} of {runs}: {run}",
                    number=number,
                    runs=len(plan),
                    run=one.settings.name,
                )
            )
            train(TrainCommand(job=context.job, settings=one.settings), context)
    return SweepTables(job=context.job, sweeps=(table(settings),))


def keep_sweep(command: KeepSweep, context: JobContext) -> SweepTables:
    """Write a sweep down, so that its runs can be trained in whatever order, and return its table.

    Raises:
        SettingsError: a value that a run cannot use, or a name that is taken.
    """
    sweeps.keep(command.settings)
    return SweepTables(job=context.job, sweeps=(table(command.settings),))


def describe_sweeps(command: DescribeSweeps, context: JobContext) -> SweepTables:
    """Return the tables of all sweeps, the newest first."""
    return SweepTables(job=context.job, sweeps=tuple(table(one) for one in sweeps.all_sweeps()))


def forget_sweep(command: ForgetSweep, context: JobContext) -> SweepTables:
    """Take a sweep off the list, and return the others. Its runs stay."""
    sweeps.forget(command.name)
    return describe_sweeps(DescribeSweeps(job=command.job), context)


def table(settings: SweepSettings) -> SweepTable:
    """Return what the runs of a sweep have found: mean and deviation over the seeds, and what is clearly the best."""
    plan = settings.plan()
    results = [(one, sweeps.result_of(one)) for one in plan]
    combinations: dict[tuple[str, ...], list[tuple[PlannedRun, dict[str, object] | None]]] = {}
    for one, result in results:
        combinations.setdefault(tuple(one.values.values()), []).append((one, result))
    rows = []
    for members in combinations.values():
        finished = [result for _, result in members if result is not None]
        metrics, intervals = {}, {}
        for name in METRICS:
            values = [float(result[name]) for result in finished if isinstance(result.get(name), int | float)]  # type: ignore[arg-type]
            if values:
                metrics[name] = spread(values)
                ends = interval(values)
                if ends is not None:
                    intervals[name] = ends
        rows.append(
            SweepRow(
                values=members[0][0].values,
                runs=tuple(one.settings.name for one, _ in members),
                finished=len(finished),
                metrics=metrics,
                intervals=intervals,
            )
        )
    best = {name: place for name in METRICS if (place := clearly_best(rows, name)) is not None}
    return SweepTable(
        settings=settings,
        rows=tuple(rows),
        best=best,
        missing=tuple(one.settings for one, result in results if result is None),
    )


def spread(values: Sequence[float]) -> Spread:
    """Return the mean, and the sample standard deviation where there are at least two values."""
    return Spread(mean=statistics.fmean(values), deviation=statistics.stdev(values) if len(values) > 1 else None)


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Return Student's 95% interval of the mean over seeds, None of fewer than two values."""
    n = len(values)
    if n < 2:
        return None
    half = float(stdtrit(n - 1, (1 + _LEVEL) / 2)) * statistics.stdev(values) / math.sqrt(n)
    mean = statistics.fmean(values)
    return mean - half, mean + half


def clearly_best(rows: Sequence[SweepRow], name: str) -> int | None:
    """Return the row whose interval lies above all others', if there is one; every row must have an interval."""
    if len(rows) < 2 or not all(name in row.intervals for row in rows):
        return None
    place = max(range(len(rows)), key=lambda one: rows[one].metrics[name].mean)
    others = (row.intervals[name][1] for number, row in enumerate(rows) if number != place)
    return place if rows[place].intervals[name][0] > max(others) else None
