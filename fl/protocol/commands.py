"""Commands: what the window asks of the engine, one JSON object per line on the engine's standard input.

`job` is an id the window chooses for each command that starts a job; every event that belongs to the job carries it, so
that late events of a cancelled job can be dropped. `EngineClient.ask` fills it in as it sends the command, so it may be
left out where the command is made.
"""

from __future__ import annotations

from typing import Literal

from data.own.options import ImportOptions
from fl.protocol.records import UserOrder
from fl.protocol.wire import adapter_of
from fl.record import Record
from fl.settings.compare import CompareRunsSettings, CompareSettings
from fl.settings.of_jobs import (
    AuditSettings,
    CheatSettings,
    EvaluateSettings,
    ListsSettings,
    NewUserSettings,
    RecommendAllSettings,
    RecommendSettings,
    ReportSettings,
    SplitSettings,
)
from fl.settings.sweep import SweepSettings
from fl.settings.train import TrainSettings


class Command(Record):
    """Something that the window wants. The literal `type` of each class tells them apart."""


class JobCommand(Command):
    """A command that starts a job. `fl.jobs.table` says who does it, and which event answers it."""

    job: str = ""


class TrainCommand(JobCommand):
    """Train a new run."""

    type: Literal["train"] = "train"
    settings: TrainSettings


class ReadKit(JobCommand):
    """Read a member's kit of a federation of organisations."""

    type: Literal["read_kit"] = "read_kit"
    folder: str


class TakePart(JobCommand):
    """Take part in a federation's training, as the member whose kit it is. A server has no data set of its own."""

    type: Literal["take_part"] = "take_part"
    kit: str
    dataset: str = ""
    threads: int = 0


class ResumeCommand(JobCommand):
    """Go on with an interrupted, stopped or cancelled run from its last checkpoint."""

    type: Literal["resume"] = "resume"
    run: str
    epochs: int | None = None  # train to this round instead of the one that the run was made for
    address: str = ""  # of the cluster to go on on; "" for the one that the run was trained on


class ContinueCommand(JobCommand):
    """Train a new run that goes on from the last round of another one, on a data set that has grown since."""

    type: Literal["continue"] = "continue"
    run: str
    name: str = ""  # of the new run; "" makes one up
    dataset: str = ""  # the grown data set, where it has another name
    epochs: int | None = None  # how many rounds; None takes as many as the other run was made for


class ForgetUser(JobCommand):
    """Delete what a run holds of one user alone."""

    type: Literal["forget_user"] = "forget_user"
    run: str
    user: str


class EvaluateCommand(JobCommand):
    """Measure a run on the test items."""

    type: Literal["evaluate"] = "evaluate"
    settings: EvaluateSettings


class EvaluateLists(JobCommand):
    """Measure ranked lists that another program made."""

    type: Literal["evaluate_lists"] = "evaluate_lists"
    settings: ListsSettings


class ExportSplit(JobCommand):
    """Write the split of a data set for other programs."""

    type: Literal["export_split"] = "export_split"
    settings: SplitSettings


class CompareCommand(JobCommand):
    """Train and evaluate models and baselines side by side, over several seeds."""

    type: Literal["compare"] = "compare"
    settings: CompareSettings


class CompareRuns(JobCommand):
    """Hold finished runs against the first of them, user by user."""

    type: Literal["compare_runs"] = "compare_runs"
    settings: CompareRunsSettings


class KeepSweep(JobCommand):
    """Write a sweep down, so that its runs can be trained."""

    type: Literal["keep_sweep"] = "keep_sweep"
    settings: SweepSettings


class SweepCommand(JobCommand):
    """Train what is missing of a sweep that was written down."""

    type: Literal["sweep"] = "sweep"
    name: str


class DescribeSweeps(JobCommand):
    """Read what all sweeps have found."""

    type: Literal["describe_sweeps"] = "describe_sweeps"


class ForgetSweep(JobCommand):
    """Take a sweep off the list; its runs stay."""

    type: Literal["forget_sweep"] = "forget_sweep"
    name: str


class AuditCommand(JobCommand):
    """Attack a run."""

    type: Literal["audit"] = "audit"
    settings: AuditSettings


class InspectRound(JobCommand):
    """Show one round's messages of a run, a party's true update among them."""

    type: Literal["inspect_round"] = "inspect_round"
    run: str


class ShowCheat(JobCommand):
    """Have the server cheat in a replayed round of a run."""

    type: Literal["show_cheat"] = "show_cheat"
    settings: CheatSettings


class ReadPrivacy(JobCommand):
    """Read what a run's folder tells of its privacy."""

    type: Literal["read_privacy"] = "read_privacy"
    run: str


class RecommendCommand(JobCommand):
    """Recommend items to one user of a run."""

    type: Literal["recommend"] = "recommend"
    settings: RecommendSettings


class RecommendAllCommand(JobCommand):
    """Write the top-K items of every user of a run into one file."""

    type: Literal["recommend_all"] = "recommend_all"
    settings: RecommendAllSettings


class RecommendNewCommand(JobCommand):
    """Recommend items to somebody new, from a few picked ones."""

    type: Literal["recommend_new"] = "recommend_new"
    settings: NewUserSettings


class FetchCommand(JobCommand):
    """Download a data set, or take it from a local zip or folder when `source` is not empty."""

    type: Literal["fetch"] = "fetch"
    dataset: str
    source: str = ""


class InspectFile(JobCommand):
    """Look at a file of the person's before an import."""

    type: Literal["inspect_file"] = "inspect_file"
    path: str
    options: ImportOptions = ImportOptions()


class ImportFile(JobCommand):
    """Make a data set called `name` of a file."""

    type: Literal["import_file"] = "import_file"
    path: str
    name: str
    options: ImportOptions = ImportOptions()


class RemoveDataset(JobCommand):
    """Take an imported data set off this machine."""

    type: Literal["remove_dataset"] = "remove_dataset"
    dataset: str


class PreviewDataset(JobCommand):
    """Take a first look at a data set."""

    type: Literal["preview_dataset"] = "preview_dataset"
    dataset: str


class EstimateTraining(JobCommand):
    """Estimate how long a training takes, and how much memory."""

    type: Literal["estimate_training"] = "estimate_training"
    settings: TrainSettings


class RenameRun(JobCommand):
    """Give a finished run another name."""

    type: Literal["rename_run"] = "rename_run"
    run: str
    name: str


class NoteRun(JobCommand):
    """Keep a note with a run, in the place of the one that is there."""

    type: Literal["note_run"] = "note_run"
    run: str
    note: str


class DeleteRun(JobCommand):
    """Delete a run."""

    type: Literal["delete_run"] = "delete_run"
    run: str


class ExportRun(JobCommand):
    """Write a run into one file, with what its parties alone have or without."""

    type: Literal["export_run"] = "export_run"
    run: str
    output: str
    private: bool = False


class ImportRun(JobCommand):
    """Make a run of a file that another computer wrote."""

    type: Literal["import_run"] = "import_run"
    path: str
    name: str = ""  # "" takes the run's own


class DescribeRuns(JobCommand):
    """Read settings, curves and figures of some runs."""

    type: Literal["describe_runs"] = "describe_runs"
    runs: tuple[str, ...]


class WriteReport(JobCommand):
    """Write one file that says all about a run."""

    type: Literal["write_report"] = "write_report"
    settings: ReportSettings


class ListDatasets(JobCommand):
    """List the data sets that SecretRec knows, and the imported ones."""

    type: Literal["list_datasets"] = "list_datasets"


class ListRuns(JobCommand):
    """List the runs."""

    type: Literal["list_runs"] = "list_runs"


class ListUsers(JobCommand):
    """List the users of a run whose id contains the query."""

    type: Literal["list_users"] = "list_users"
    run: str
    query: str = ""
    limit: int = 200
    order: UserOrder = "id"  # "activity": most train items first; only where one process has all users' data


class ListItems(JobCommand):
    """List the items of a run's data set whose id is, or whose title contains, the query."""

    type: Literal["list_items"] = "list_items"
    run: str
    query: str = ""
    limit: int = 50


class StopAfterRound(Command):
    """End training `target` after the current round and keep the model. Its train_done follows."""

    type: Literal["stop_after_round"] = "stop_after_round"
    target: str


class PauseTraining(Command):
    """Have training `target` wait after the current round. Its train_paused follows."""

    type: Literal["pause"] = "pause"
    target: str


class UnpauseTraining(Command):
    """Let paused training `target` go on. Its train_unpaused follows where it was waiting already."""

    type: Literal["unpause"] = "unpause"
    target: str


class Cancel(Command):
    """End job `target` at its next safe point. Its job_cancelled follows; the window kills a deaf engine."""

    type: Literal["cancel"] = "cancel"
    target: str


class Shutdown(Command):
    """End the engine. Closing its standard input does the same."""

    type: Literal["shutdown"] = "shutdown"


COMMANDS = adapter_of(Command)
