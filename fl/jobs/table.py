"""The table of all jobs. The engine, the command line and the window go by it, so a new job is a line here.

Nothing that a job computes with is imported before the job is run: the window reads this table as well.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from fl.protocol import commands as asked
from fl.protocol import events as ev

if TYPE_CHECKING:
    from fl.jobs.context import JobContext

    Handler = Callable[[asked.JobCommand, JobContext], ev.JobEvent]


@dataclass(frozen=True)
class Job:
    """A thing that can be asked for, who does it, and what the answer is.

    Attributes:
        command: the class of the commands that start the job.
        answer: the class of the event that ends it when all goes well.
        handler: "module:function" below `fl.jobs`; the function takes the command and a JobContext and returns the
            answer.
        heavy: whether it needs SecretFlow. Heavy jobs run one after the other on the main thread; light ones run at
            once, each on a thread of its own.
    """

    command: type[asked.JobCommand]
    answer: type[ev.JobEvent]
    handler: str
    heavy: bool = False


JOBS: tuple[Job, ...] = (
    Job(asked.TrainCommand, ev.TrainDone, "training:train", heavy=True),
    Job(asked.ResumeCommand, ev.TrainDone, "training:resume", heavy=True),
    Job(asked.ReadKit, ev.KitRead, "taking_part:read_kit"),
    Job(asked.TakePart, ev.TrainDone, "taking_part:take_part"),
    Job(asked.ContinueCommand, ev.TrainDone, "continuing:continue_run", heavy=True),
    Job(asked.EvaluateCommand, ev.Evaluated, "evaluation:evaluate", heavy=True),
    Job(asked.EvaluateLists, ev.ListsEvaluated, "lists:evaluate_lists"),
    Job(asked.ExportSplit, ev.SplitExported, "split_export:export_split"),
    Job(asked.SweepCommand, ev.SweepTables, "sweep:sweep", heavy=True),
    Job(asked.KeepSweep, ev.SweepTables, "sweep:keep_sweep"),
    Job(asked.DescribeSweeps, ev.SweepTables, "sweep:describe_sweeps"),
    Job(asked.ForgetSweep, ev.SweepTables, "sweep:forget_sweep"),
    Job(asked.CompareRuns, ev.RunsCompared, "paired:compare_runs"),
    Job(asked.CompareCommand, ev.Compared, "compare:compare", heavy=True),
    Job(asked.AuditCommand, ev.AuditDone, "audit:audit", heavy=True),
    Job(asked.InspectRound, ev.RoundInspected, "inspection:inspect_round", heavy=True),
    Job(asked.ShowCheat, ev.CheatShown, "cheat:show_cheat", heavy=True),
    Job(asked.RecommendCommand, ev.Recommendations, "recommendation:recommend"),
    Job(asked.RecommendAllCommand, ev.RecommendedAll, "recommendation_of_all:recommend_all"),
    Job(asked.RecommendNewCommand, ev.NewRecommendations, "new_user:recommend_new"),
    Job(asked.ListItems, ev.Items, "new_user:list_items"),
    Job(asked.ListUsers, ev.Users, "users:list_users"),
    Job(asked.ListDatasets, ev.Datasets, "datasets:list_datasets"),
    Job(asked.FetchCommand, ev.DatasetFetched, "datasets:fetch_dataset"),
    Job(asked.PreviewDataset, ev.DatasetPreview, "datasets:preview_dataset"),
    Job(asked.RemoveDataset, ev.DatasetRemoved, "datasets:remove_dataset"),
    Job(asked.InspectFile, ev.FilePreview, "own_files:inspect_file"),
    Job(asked.ImportFile, ev.FileImported, "own_files:import_file"),
    Job(asked.EstimateTraining, ev.TrainEstimate, "estimates:estimate_training"),
    Job(asked.ListRuns, ev.Runs, "runs:list_runs"),
    Job(asked.RenameRun, ev.RunRenamed, "runs:rename_run"),
    Job(asked.ForgetUser, ev.UserForgotten, "forgetting:forget_user"),
    Job(asked.NoteRun, ev.RunNoted, "runs:note_run"),
    Job(asked.DeleteRun, ev.RunDeleted, "runs:delete_run"),
    Job(asked.ExportRun, ev.RunExported, "runs:export_run"),
    Job(asked.ImportRun, ev.RunImported, "runs:import_run"),
    Job(asked.DescribeRuns, ev.RunDetails, "runs:describe_runs"),
    Job(asked.ReadPrivacy, ev.PrivacyRecord, "privacy_record:read_privacy"),
    Job(asked.WriteReport, ev.ReportWritten, "report_file:write_report"),
)

# Every job ends with exactly one of these; all else that it says is about its way there.
FINAL: tuple[type[ev.JobEvent], ...] = (*dict.fromkeys(job.answer for job in JOBS), ev.JobFailed, ev.JobCancelled)

_BY_COMMAND = {job.command: job for job in JOBS}


def job_of(command: asked.JobCommand) -> Job:
    """Return the job that a command starts."""
    return _BY_COMMAND[type(command)]


def handler_of(job: Job) -> Handler:
    """Return the function that does a job, imported now if it has not been needed before."""
    module, function = job.handler.split(":")
    return cast("Handler", getattr(import_module(f"fl.jobs.{module}"), function))


def run(command: asked.JobCommand, context: JobContext) -> ev.JobEvent:
    """Do what a command asks for, in this thread, and return the answer.

    Raises:
        SecretRecError: with a sentence for the person.
        CancelledError: the person cancelled the job.
    """
    with nullcontext() if context.warm is None else context.warm.used():
        return handler_of(job_of(command))(command, context)
