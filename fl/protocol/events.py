"""Events: what the engine tells the window, one JSON object per line on a private stream.

`EngineReady`, `Heartbeat` and `EngineLog` belong to no job; all others carry the id of theirs.
"""

from __future__ import annotations

from typing import Literal

from data.own.report import ImportReport, Preview
from data.sentences import Text
from data.sketch import DatasetSketch
from fl.protocol.event_base import Event as Event
from fl.protocol.event_base import JobEvent as JobEvent
from fl.protocol.figure_events import Compared as Compared
from fl.protocol.figure_events import Evaluated as Evaluated
from fl.protocol.figure_events import ListsEvaluated as ListsEvaluated
from fl.protocol.figure_events import RunsCompared as RunsCompared
from fl.protocol.figure_events import SeedCompared as SeedCompared
from fl.protocol.figure_events import SplitExported as SplitExported
from fl.protocol.figure_events import SweepTables as SweepTables
from fl.protocol.records import (
    DatasetInfo,
    HistoryItem,
    ItemInfo,
    KitInfo,
    MemberInfo,
    Profile,
    RankedItem,
    ReasonKind,
    Unit,
    UserInfo,
)
from fl.protocol.wire import adapter_of
from fl.runs.records import Audit, Inspection, MessageRecord, RunDetail, RunInfo, Source, SumCheck
from fl.runs.rounds import RoundRecord
from fl.settings.of_jobs import (
    NewUserSettings,
    RecommendAllSettings,
    RecommendSettings,
    ReportSettings,
)
from fl.settings.train import TrainSettings


class EngineReady(Event):
    """SecretFlow is imported: jobs start at once from now on."""

    type: Literal["engine_ready"] = "engine_ready"
    versions: dict[str, str]
    cores: int


class Heartbeat(Event):
    """The engine lives: sent every second from a side thread, whatever the job does."""

    type: Literal["heartbeat"] = "heartbeat"
    busy: bool


class EngineLog(Event):
    """A log record worth the log panel."""

    type: Literal["engine_log"] = "engine_log"
    level: str
    text: str


class Phase(JobEvent):
    """A job is doing something else now, in words: "starting SecretFlow", "reading ml-100k"."""

    type: Literal["phase"] = "phase"
    text: Text


class Progress(JobEvent):
    """The progress inside a phase, in its own unit; `total` is 0 when it is unknown."""

    type: Literal["progress"] = "progress"
    done: int
    total: int
    unit: Unit


class KitRead(JobEvent):
    """A kit can be used to take part."""

    type: Literal["kit_read"] = "kit_read"
    kit: KitInfo


class Members(JobEvent):
    """The members of the federation do something else now."""

    type: Literal["members"] = "members"
    members: tuple[MemberInfo, ...]


class TrainStarted(JobEvent):
    """The run folder exists and round 1 begins (or round first_round, on resume)."""

    type: Literal["train_started"] = "train_started"
    run: str
    settings: TrainSettings
    first_round: int
    n_users: int
    n_items: int
    n_train: int
    notes: tuple[Text, ...]  # e.g. "3 users with fewer than 3 interactions are kept for training only."
    popularity: dict[str, float]  # validation figures of the popularity baseline: "hr@10", "ndcg@10"
    earlier: tuple[RoundRecord, ...] = ()  # rounds before first_round, on resume


class RoundDone(JobEvent):
    """A round is finished, and on disk."""

    type: Literal["round_done"] = "round_done"
    run: str
    record: RoundRecord
    rounds: int  # in all
    best_round: int  # of all so far
    eta_seconds: float


class RoundRefused(JobEvent):
    """A round's sum was refused; nothing of it was applied, and the round is tried again."""

    type: Literal["round_refused"] = "round_refused"
    run: str
    round: int
    reason: Text


class TrainPaused(JobEvent):
    """Training waits between two rounds; everything up to `round` is on disk."""

    type: Literal["train_paused"] = "train_paused"
    run: str
    round: int


class TrainUnpaused(JobEvent):
    """Training goes on, or ends because it was stopped or cancelled while it paused."""

    type: Literal["train_unpaused"] = "train_unpaused"
    run: str


class AuditDone(JobEvent):
    """A run was attacked; what that achieved is in its folder as well."""

    type: Literal["audit_done"] = "audit_done"
    audit: Audit


class RoundInspected(JobEvent):
    """A round of a run was replayed for demonstration; also in the run's folder."""

    type: Literal["round_inspected"] = "round_inspected"
    inspection: Inspection


class SumChecked(JobEvent):
    """A round's sum was checked in training; also in the run's folder."""

    type: Literal["sum_checked"] = "sum_checked"
    run: str
    check: SumCheck


class CheatShown(JobEvent):
    """A cheat was tried in a round that was replayed for demonstration; the run itself is as it was."""

    type: Literal["cheat_shown"] = "cheat_shown"
    check: SumCheck
    changed: float  # share of the sum's values that differ from the true sum, 0..1
    largest: float  # largest difference, over the largest value of the true sum


class PrivacyRecord(JobEvent):
    """A run's folder tells this of its privacy. `messages` is empty before the first round."""

    type: Literal["privacy_record"] = "privacy_record"
    run: str
    settings: TrainSettings
    messages: tuple[MessageRecord, ...]
    epsilons: tuple[tuple[int, float], ...] = ()  # (round, epsilon of all rounds so far)
    epsilon: float | None = None  # by the account, which counts rounds that were sent and not finished as well
    delta: float | None = None
    noise_multiplier: float | None = None
    checks: tuple[SumCheck, ...] = ()
    audit: Audit | None = None


class TrainDone(JobEvent):
    """Training ended; `result` has the keys of `train --json`, `intervals` 95% intervals of some of them."""

    type: Literal["train_done"] = "train_done"
    run: str
    stopped_early: bool
    result: dict[str, float | int | str | None]
    intervals: dict[str, tuple[float, float]] = {}


class Datasets(JobEvent):
    """The data sets that SecretRec knows, then the imported ones."""

    type: Literal["datasets"] = "datasets"
    datasets: tuple[DatasetInfo, ...]


class DatasetFetched(JobEvent):
    """A data set is on this machine now."""

    type: Literal["dataset_fetched"] = "dataset_fetched"
    dataset: DatasetInfo


class FilePreview(JobEvent):
    """A look at a file of the person's: columns, recognised parts, first rows."""

    type: Literal["file_preview"] = "file_preview"
    preview: Preview


class FileImported(JobEvent):
    """A file has become a data set; the report is to be shown before training."""

    type: Literal["file_imported"] = "file_imported"
    dataset: DatasetInfo
    report: ImportReport


class DatasetRemoved(JobEvent):
    """An imported data set is gone from this machine; the file it came from is not."""

    type: Literal["dataset_removed"] = "dataset_removed"
    dataset: str
    runs: tuple[str, ...] = ()  # that were trained on it


class DatasetPreview(JobEvent):
    """A first look at a data set."""

    type: Literal["dataset_preview"] = "dataset_preview"
    dataset: str
    sketch: DatasetSketch


class TrainEstimate(JobEvent):
    """A training will take about so long and so much memory, before it starts."""

    type: Literal["train_estimate"] = "train_estimate"
    seconds: tuple[float, float]  # (low, high), of the whole run on a warm engine
    memory_bytes: int  # of all processes at their peak
    memory_free: int  # of this machine now
    from_run: str  # the own run whose rounds were measured, "" when estimated from constants


class RunRenamed(JobEvent):
    """A run has another name now."""

    type: Literal["run_renamed"] = "run_renamed"
    old: str
    new: str


class UserForgotten(JobEvent):
    """A run holds nothing of this user alone any more; `notes` say what stays."""

    type: Literal["user_forgotten"] = "user_forgotten"
    run: str
    user: str
    party: str
    notes: tuple[Text, ...] = ()


class RunNoted(JobEvent):
    """A run has another note now."""

    type: Literal["run_noted"] = "run_noted"
    run: str
    note: str


class RunDeleted(JobEvent):
    """A run is gone."""

    type: Literal["run_deleted"] = "run_deleted"
    run: str


class RunExported(JobEvent):
    """A run is in a file."""

    type: Literal["run_exported"] = "run_exported"
    run: str
    path: str
    bytes: int
    private: bool  # whether what its parties alone have went along


class RunImported(JobEvent):
    """A run came out of a file."""

    type: Literal["run_imported"] = "run_imported"
    run: RunInfo


class Runs(JobEvent):
    """All runs, newest first."""

    type: Literal["runs"] = "runs"
    runs: tuple[RunInfo, ...]


class Users(JobEvent):
    """Users of a run whose id contains the query; at most `limit`, `total` matched."""

    type: Literal["users"] = "users"
    run: str
    query: str
    total: int
    users: tuple[UserInfo, ...]


class Recommendations(JobEvent):
    """The top-K items for one user, with reasons, history and profile."""

    type: Literal["recommendations"] = "recommendations"
    settings: RecommendSettings
    items: tuple[RankedItem, ...]
    history: tuple[HistoryItem, ...]  # newest first, everything the user rated before the test item was held out
    seconds: float
    reason_kind: ReasonKind = "nearness"
    profile: Profile | None = None  # None where nobody knows how often items are taken, to compare with
    note: Text = ""  # that the run's data set is gone
    source: Source
    genres: tuple[str, ...] = ()  # of all items


class Items(JobEvent):
    """Items of a run's data set that match a query; at most `limit`, `total` matched."""

    type: Literal["items"] = "items"
    run: str
    query: str
    total: int
    items: tuple[ItemInfo, ...]


class NewRecommendations(JobEvent):
    """Items for somebody who is not in the data. `seconds` is the time of fitting and ranking."""

    type: Literal["new_recommendations"] = "new_recommendations"
    settings: NewUserSettings
    picked: tuple[ItemInfo, ...]
    items: tuple[RankedItem, ...]
    reason_kind: ReasonKind
    seconds: float
    source: Source
    genres: tuple[str, ...] = ()  # of all items


class RecommendedAll(JobEvent):
    """The lists of all users are in the file."""

    type: Literal["recommended_all"] = "recommended_all"
    settings: RecommendAllSettings
    path: str
    n_users: int
    n_rows: int
    seconds: float
    source: Source
    note: Text = ""


class RunDetails(JobEvent):
    """The answer to describe_runs, in the order asked for."""

    type: Literal["run_details"] = "run_details"
    runs: tuple[RunDetail, ...]
    problems: dict[str, Text] = {}  # why a run cannot be described, by its name


class ReportWritten(JobEvent):
    """The report of a run is in the file."""

    type: Literal["report_written"] = "report_written"
    settings: ReportSettings
    path: str
    missing: tuple[Text, ...]  # what the report could not show, a sentence each


class JobFailed(JobEvent):
    """A job ended without a result. `error` is a sentence; `details` a traceback for unforeseen ones, else ""."""

    type: Literal["job_failed"] = "job_failed"
    error: Text
    hint: Text
    details: str


class JobCancelled(JobEvent):
    """A job ended because the person wanted it to."""

    type: Literal["job_cancelled"] = "job_cancelled"


EVENTS = adapter_of(Event)
