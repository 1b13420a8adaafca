"""What the window and the engine say to each other: one JSON object per line, typed, unknown fields refused.

The window writes commands to the engine's standard input; the engine writes events to a private stream. `job` is an id
the window chooses for each command; every event that belongs to a job carries it, so that late events of a cancelled
job can be dropped. `EngineClient.ask` fills it in as it sends the command, so it may be left out where the command is
made. `Heartbeat`, `EngineReady` and `EngineLog` belong to no job.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from data.own.options import ImportOptions
from data.own.report import ImportReport, Preview
from data.sketch import DatasetSketch
from fl.settings.config import (
    AuditSettings,
    CheatSettings,
    EvaluateSettings,
    NewUserSettings,
    RecommendAllSettings,
    RecommendSettings,
    ReportSettings,
    TrainSettings,
)

ReasonKind = Literal["share", "nearness"]
UserOrder = Literal["id", "activity"]


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# --- records used inside events -----------------------------------------------------------------------------------


class DatasetInfo(Message):
    name: str
    title: str
    status: Literal["ready", "missing"]
    available: bool
    n_users: int
    n_items: int
    n_rows: int
    licence: str
    url: str


class RunInfo(Message):
    """One run folder, as the lists show it. Metrics are fractions in 0..1; None where the run has none yet."""

    name: str
    dataset: str
    model: str
    protocol: str
    created: str  # ISO 8601, UTC
    state: Literal["running", "done", "stopped", "cancelled", "failed", "interrupted"]
    rounds: int
    epochs: int
    parties: int
    best_round: int | None = None
    metrics: dict[str, float] = {}
    problem: str = ""  # why the run cannot be used, e.g. written by another version


class UserInfo(Message):
    id: str
    n_items: int  # interactions in the train set


class ItemInfo(Message):
    id: str
    title: str
    genres: tuple[str, ...]
    n_users: int  # train interactions over all users


class Reason(Message):
    """An item of the person's own that speaks for a recommended one.

    `weight` is, by the `reason_kind` of the answer: "share", the part of the score that the item adds, 0..1 (several
    can add up to more where others take away); "nearness", a cosine in the person's own item space, 0..1.
    """

    item: str
    title: str
    weight: float


class RankedItem(Message):
    rank: int  # from 1
    item: str
    title: str
    genres: tuple[str, ...]
    score: float  # probability-like, 0..1
    because: tuple[Reason, ...] = ()  # best first


class GenreShare(Message):
    """Share of a genre in a person's items, and in the train interactions of all users, 0..1 each."""

    genre: str
    share: float
    average: float


class Profile(Message):
    """What a user's items say of the user's taste."""

    n_items: int
    genres: tuple[GenreShare, ...]  # largest share first; those neither has are left out
    popularity: float  # mean popularity percentile of the items, 0..100
    average_popularity: float  # the same over the train interactions of all users
    period: Literal["", "hour", "day", "week", "month", "year"] = ""  # length of a bin of `activity`; "" without times
    activity: tuple[tuple[int, int], ...] = ()  # (begin, seconds since 1970; items), without gaps


class HistoryItem(Message):
    item: str
    title: str
    genres: tuple[str, ...]
    timestamp: int  # seconds since 1970, 0 where the data has no time


class MetricRow(Message):
    """Figures of one scorer at one K, as fractions in 0..1.

    `scorer` is "model", or the name of a baseline. With one held-out item per user, recall equals hr. `intervals` holds
    95% bootstrap intervals over users, (low, high), under the names of the fields they belong to.
    """

    scorer: str
    item_view: str  # "global", "fine-tuned" or "personal"; "" for baselines
    k: int
    hr: float
    ndcg: float
    full_hr: float  # ranked among all items not in the user's train set
    full_ndcg: float
    recall: float | None = None
    mrr: float | None = None
    full_mrr: float | None = None
    intervals: dict[str, tuple[float, float]] = {}


class GroupRow(Message):
    """Figures of one scorer at one K for one group of users, as fractions in 0..1."""

    scorer: str
    item_view: str
    kind: str  # "activity", or what the data set knows of its users: "gender", "age group"
    label: str
    n_users: int
    k: int
    hr: float
    ndcg: float
    full_hr: float
    full_ndcg: float


class ReachRow(Message):
    """What one scorer shows to users in their K best, ranked among all items not in the user's train set."""

    scorer: str
    item_view: str
    k: int
    coverage: float  # share of all items that anybody is shown, 0..1
    novelty: float | None  # bits, see models.reach; None where nothing was recommended
    popularity_percentile: float | None  # 0..100, 50 for random lists
    gini: float | None  # of exposure, 0 even, 1 one item for all


class Spread(Message):
    """Mean over seeds, and sample standard deviation; None with one seed."""

    mean: float
    deviation: float | None = None


class SeedResult(Message):
    """One model or baseline of a comparison, with one seed."""

    scorer: str
    kind: Literal["model", "baseline"]
    item_view: str
    seed: int
    rows: tuple[MetricRow, ...]
    reach: tuple[ReachRow, ...]
    seconds: float  # a model's median round; a baseline's whole fit
    rounds: int | None = None
    best_round: int | None = None
    bytes_up: int | None = None  # per party and round
    bytes_down: int | None = None
    run: str = ""
    privacy: str


class CompareRow(Message):
    """One model or baseline at one K, over all seeds; `seconds` as in SeedResult."""

    scorer: str
    kind: Literal["model", "baseline"]
    item_view: str
    k: int
    seeds: int
    metrics: dict[str, Spread]  # "hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr", fractions in 0..1
    reach: dict[str, Spread | None]  # "coverage", "popularity_percentile", "gini"
    seconds: Spread
    rounds: int | None
    best_rounds: tuple[int, ...]
    bytes_up: int | None
    bytes_down: int | None
    privacy: str  # what others than the user's party get to see


# --- events: engine -> window -------------------------------------------------------------------------------------


class EngineReady(Message):
    """SecretFlow is imported; jobs start at once from now on."""

    type: Literal["engine_ready"] = "engine_ready"
    versions: dict[str, str]
    cores: int


class Heartbeat(Message):
    """Sent every second from a side thread, whatever the job does."""

    type: Literal["heartbeat"] = "heartbeat"
    busy: bool


class EngineLog(Message):
    """A log record worth the log panel."""

    type: Literal["engine_log"] = "engine_log"
    level: str
    text: str


class Phase(Message):
    """What a job is doing now, in words: "starting SecretFlow", "reading ml-100k"."""

    type: Literal["phase"] = "phase"
    job: str
    text: str


class Progress(Message):
    """Progress inside a phase in its own unit; total 0 when unknown."""

    type: Literal["progress"] = "progress"
    job: str
    done: int
    total: int
    unit: str


class RoundFigures(Message):
    """One line of a run's metrics.jsonl; fields as in RoundDone."""

    round: int
    loss: float | None
    valid: dict[str, float]
    seconds: float
    bytes_up: int  # per party
    bytes_down: int
    epsilon: float | None = None  # of all rounds so far, with differential privacy
    dropped: dict[str, str] = {}  # why each party that the run has lost is missing, by its name


class TrainStarted(Message):
    """The run folder exists and round 1 begins (or round first_round, on resume)."""

    type: Literal["train_started"] = "train_started"
    job: str
    run: str
    settings: TrainSettings
    first_round: int
    n_users: int
    n_items: int
    n_train: int
    notes: tuple[str, ...]  # e.g. "3 users with fewer than 3 interactions are kept for training only."
    popularity: dict[str, float]  # validation figures of the popularity baseline: "hr@10", "ndcg@10"
    earlier: tuple[RoundFigures, ...] = ()  # rounds before first_round, on resume


class RoundDone(Message):
    """One round is finished AND on disk. Metrics are validation figures as fractions: "hr@10", "ndcg@10"."""

    type: Literal["round_done"] = "round_done"
    job: str
    run: str
    round: int  # from 1
    rounds: int
    loss: float | None  # mean over this round's samples: cross-entropy, for FCF squared error; None: not revealed
    valid: dict[str, float]
    seconds: float
    eta_seconds: float
    bytes_up: int  # per party
    bytes_down: int
    best_round: int
    epsilon: float | None = None  # of all rounds so far, with differential privacy
    dropped: dict[str, str] = {}  # why each party that the run has lost is missing, by its name


class RoundRefused(Message):
    """A round's sum was refused; nothing of it was applied, and the round is tried again."""

    type: Literal["round_refused"] = "round_refused"
    job: str
    run: str
    round: int
    reason: str  # a sentence


class TrainPaused(Message):
    """Training waits between two rounds; everything up to `round` is on disk."""

    type: Literal["train_paused"] = "train_paused"
    job: str
    run: str
    round: int


class TrainUnpaused(Message):
    """Training goes on, or ends because it was stopped or cancelled while it paused."""

    type: Literal["train_unpaused"] = "train_unpaused"
    job: str
    run: str


class AuditFigure(Message):
    """What one attack achieved. "auc" lies in 0..1 and is 0.5 for guessing, "precision" is a share."""

    attack: Literal["reconstruction", "membership"]
    target: str  # "user, plain", "user, with noise", "party, ...", "party, masked", "item table, without noise", ...
    measure: Literal["auc", "precision"]
    value: float
    low: float  # ends of the 95% bootstrap interval
    high: float
    chance: float  # what guessing gets
    cases: int
    sentence: str


class AuditDone(Message):
    """What attacks on a run achieved; also in the run folder, audit.json."""

    type: Literal["audit_done"] = "audit_done"
    job: str
    run: str
    aggregator: str
    figures: tuple[AuditFigure, ...]
    rounds: int  # of the trainings on half of the users
    seconds: float


class MessageRecord(Message):
    """One kind of message that crosses a party's border in training."""

    name: str
    source: str
    target: str
    shape: str  # "1682 x 32 and 5"; "" where it has none
    bytes: int  # from one sender
    often: str  # once per "round", "run", "message" or "64 messages"
    readable_by: str


class Heatmap(Message):
    """A crop of a table, the same rows and columns in every picture of a round."""

    # "true update of party-1" or "update of party-1 with its noise", "as the server receives it", "sum over 4 parties"
    what: str
    items: tuple[int, ...]  # dense item ids of the rows
    values: tuple[tuple[float, ...], ...]  # [rows][columns]; what is masked as shares of its ring, 0..1
    low: float
    high: float


class RoundInspected(Message):
    """One round of a run, replayed for demonstration; also in the run folder, inspection.json.

    "as the server receives it" is missing where that is shares or ciphertexts. With differential privacy the file has
    no pictures.
    """

    type: Literal["round_inspected"] = "round_inspected"
    job: str
    run: str
    round: int
    aggregator: str
    party: str
    claim: str
    note: str
    messages: tuple[MessageRecord, ...]
    pictures: tuple[Heatmap, ...]


class SumChecked(Message):
    """What became of a round's sum: one for each round under `verified`, and one for each demonstrated cheat.

    outcome: "verified" by every party; "caught": a wrong sum, the round is discarded and, if the cheat was asked for,
    trained again; "unnoticed": the server cheated as asked and `masked` took the sum. A line of verification.jsonl.
    """

    type: Literal["sum_checked"] = "sum_checked"
    job: str
    run: str
    round: int
    outcome: Literal["verified", "caught", "unnoticed"]
    tamper: str = ""  # fl.settings.aggregators.TamperKind of a demonstrated cheat
    culprits: tuple[str, ...] = ()  # "server", or names of parties
    reason: str  # a sentence
    guard: str = ""  # of a cheat in a replayed round, which never was in training: how that round's sum was guarded


class CheatShown(Message):
    """What became of a cheat in a round that was replayed for demonstration; the run itself is as it was."""

    type: Literal["cheat_shown"] = "cheat_shown"
    job: str
    check: SumChecked  # as in verification.jsonl
    changed: float  # share of the sum's values that differ from the true sum, 0..1
    largest: float  # largest difference, over the largest value of the true sum


class PrivacyRecord(Message):
    """What a run's folder tells of its privacy. `messages` is empty before the first round."""

    type: Literal["privacy_record"] = "privacy_record"
    job: str
    run: str
    settings: TrainSettings
    claim: str
    messages: tuple[MessageRecord, ...]
    epsilons: tuple[tuple[int, float], ...] = ()  # (round, epsilon of all rounds so far)
    epsilon: float | None = None  # by the account, which counts rounds that were sent and not finished as well
    delta: float | None = None
    noise_multiplier: float | None = None
    checks: tuple[SumChecked, ...] = ()
    audit: AuditDone | None = None


class TrainDone(Message):
    """Training ended; `result` has the keys of `train --json`, `intervals` 95% intervals of some of them."""

    type: Literal["train_done"] = "train_done"
    job: str
    run: str
    stopped_early: bool
    result: dict[str, float | int | str | None]
    intervals: dict[str, tuple[float, float]] = {}


class Datasets(Message):
    type: Literal["datasets"] = "datasets"
    job: str
    datasets: tuple[DatasetInfo, ...]


class DatasetFetched(Message):
    type: Literal["dataset_fetched"] = "dataset_fetched"
    job: str
    dataset: DatasetInfo


class FilePreview(Message):
    """A look at a file of the person's: columns, recognised parts, first rows."""

    type: Literal["file_preview"] = "file_preview"
    job: str
    preview: Preview


class FileImported(Message):
    """A file has become a data set; the report is to be shown before training."""

    type: Literal["file_imported"] = "file_imported"
    job: str
    dataset: DatasetInfo
    report: ImportReport


class DatasetRemoved(Message):
    """An imported data set is gone from this machine; the file it came from is not."""

    type: Literal["dataset_removed"] = "dataset_removed"
    job: str
    dataset: str


class DatasetPreview(Message):
    """A first look at a data set."""

    type: Literal["dataset_preview"] = "dataset_preview"
    job: str
    dataset: str
    sketch: DatasetSketch


class TrainEstimate(Message):
    """How long a training will take and how much memory, before it starts."""

    type: Literal["train_estimate"] = "train_estimate"
    job: str
    seconds: tuple[float, float]  # (low, high), of the whole run on a warm engine
    memory_bytes: int  # of all processes at their peak
    memory_free: int  # of this machine now
    from_run: str  # the own run whose rounds were measured, "" when estimated from constants


class RunRenamed(Message):
    type: Literal["run_renamed"] = "run_renamed"
    job: str
    old: str
    new: str


class Runs(Message):
    """All runs, newest first."""

    type: Literal["runs"] = "runs"
    job: str
    runs: tuple[RunInfo, ...]


class Users(Message):
    """Users of a run whose id contains the query; at most `limit`, `total` matched."""

    type: Literal["users"] = "users"
    job: str
    run: str
    query: str
    total: int
    users: tuple[UserInfo, ...]


class Recommendations(Message):
    type: Literal["recommendations"] = "recommendations"
    job: str
    settings: RecommendSettings
    items: tuple[RankedItem, ...]
    history: tuple[HistoryItem, ...]  # newest first, everything the user rated before the test item was held out
    seconds: float
    reason_kind: ReasonKind = "nearness"
    profile: Profile | None = None


class Items(Message):
    """Items of a run's data set that match a query; at most `limit`, `total` matched."""

    type: Literal["items"] = "items"
    job: str
    run: str
    query: str
    total: int
    items: tuple[ItemInfo, ...]


class NewRecommendations(Message):
    """Items for somebody who is not in the data. `seconds` is the time of fitting and ranking."""

    type: Literal["new_recommendations"] = "new_recommendations"
    job: str
    settings: NewUserSettings
    picked: tuple[ItemInfo, ...]
    items: tuple[RankedItem, ...]
    reason_kind: ReasonKind
    seconds: float


class RecommendedAll(Message):
    """The lists of all users are in the file."""

    type: Literal["recommended_all"] = "recommended_all"
    job: str
    settings: RecommendAllSettings
    path: str
    n_users: int
    n_rows: int
    seconds: float


class Evaluation(Message):
    type: Literal["evaluation"] = "evaluation"
    job: str
    settings: EvaluateSettings
    protocol: str
    seed: int
    fingerprint: str
    n_users: int  # users with a test item
    best_round: int
    rows: tuple[MetricRow, ...]
    groups: tuple[GroupRow, ...] = ()
    reach: tuple[ReachRow, ...] = ()
    warning: str  # "" or e.g. "published protocol: held-out items leak into training"


class RunDetail(Message):
    """All that a run folder tells of a run, without the model itself.

    `evaluations` are the newest of each protocol, of the run's present best round; `result` has the scalars of
    result.json. What an older version did not record is empty.
    """

    info: RunInfo
    settings: TrainSettings
    fingerprint: str
    n_users: int
    n_items: int
    n_train: int
    versions: dict[str, str]
    machine: dict[str, str]  # where it was trained
    claim: str  # what the server learns under the run's aggregator
    rounds: tuple[RoundFigures, ...]
    result: dict[str, float | int | str | None] = {}
    evaluations: tuple[Evaluation, ...] = ()
    audit: dict[str, JsonValue] | None = None  # audit.json, where the run was audited


class RunDetails(Message):
    """Answers describe_runs, in the order asked for."""

    type: Literal["run_details"] = "run_details"
    job: str
    runs: tuple[RunDetail, ...]
    problems: dict[str, str] = {}  # why a run cannot be described, by its name


class ReportWritten(Message):
    """The report of a run is in the file."""

    type: Literal["report_written"] = "report_written"
    job: str
    settings: ReportSettings
    path: str
    missing: tuple[str, ...]  # what the report could not show, a sentence each


class Comparison(Message):
    """What `compare` found. Not sent to the window yet."""

    type: Literal["comparison"] = "comparison"
    job: str
    dataset: str
    protocol: str
    parties: int
    aggregator: str
    runtime: str
    seeds: tuple[int, ...]
    fingerprint: str
    n_users: int  # users with a test item
    rows: tuple[CompareRow, ...]
    results: tuple[SeedResult, ...]
    warning: str


class JobFailed(Message):
    """A job ended without a result. `error` is a sentence; `details` a traceback for unforeseen ones, else ""."""

    type: Literal["job_failed"] = "job_failed"
    job: str
    error: str
    hint: str
    details: str


class JobCancelled(Message):
    type: Literal["job_cancelled"] = "job_cancelled"
    job: str


Event = Annotated[
    EngineReady
    | Heartbeat
    | EngineLog
    | Phase
    | Progress
    | TrainStarted
    | RoundDone
    | RoundRefused
    | SumChecked
    | CheatShown
    | PrivacyRecord
    | AuditDone
    | RoundInspected
    | TrainPaused
    | TrainUnpaused
    | TrainDone
    | Datasets
    | DatasetFetched
    | FilePreview
    | FileImported
    | DatasetRemoved
    | DatasetPreview
    | TrainEstimate
    | RunRenamed
    | Runs
    | Users
    | Recommendations
    | Items
    | NewRecommendations
    | RecommendedAll
    | Evaluation
    | RunDetails
    | ReportWritten
    | JobFailed
    | JobCancelled,
    Field(discriminator="type"),
]


# --- commands: window -> engine -----------------------------------------------------------------------------------


class TrainCommand(Message):
    """Train a new run. The engine answers phase..., train_started, round_done..., train_done."""

    type: Literal["train"] = "train"
    job: str = ""
    settings: TrainSettings


class ResumeCommand(Message):
    """Go on with an interrupted, stopped or cancelled run from its last checkpoint. Answers like TrainCommand."""

    type: Literal["resume"] = "resume"
    job: str = ""
    run: str


class EvaluateCommand(Message):
    type: Literal["evaluate"] = "evaluate"
    job: str = ""
    settings: EvaluateSettings


class AuditCommand(Message):
    """Attack a run. Answered by phases, progress (unit "users") and audit_done."""

    type: Literal["audit"] = "audit"
    job: str = ""
    settings: AuditSettings


class InspectRound(Message):
    """Show one round's messages of a run, a party's true update among them. Answered by round_inspected."""

    type: Literal["inspect_round"] = "inspect_round"
    job: str = ""
    run: str


class ShowCheat(Message):
    """Have the server cheat in a replayed round of a run. Answered by cheat_shown."""

    type: Literal["show_cheat"] = "show_cheat"
    job: str = ""
    settings: CheatSettings


class ReadPrivacy(Message):
    """What is known of a run's privacy? Answered by privacy_record, also while a job runs."""

    type: Literal["read_privacy"] = "read_privacy"
    job: str = ""
    run: str


class RecommendCommand(Message):
    type: Literal["recommend"] = "recommend"
    job: str = ""
    settings: RecommendSettings


class RecommendAllCommand(Message):
    """Top-K items of every user into one file. Answered by progress... (unit "users") and recommended_all."""

    type: Literal["recommend_all"] = "recommend_all"
    job: str = ""
    settings: RecommendAllSettings


class RecommendNewCommand(Message):
    """Top-K items from a few picked ones. Answered at once by new_recommendations, also while a job runs."""

    type: Literal["recommend_new"] = "recommend_new"
    job: str = ""
    settings: NewUserSettings


class FetchCommand(Message):
    """Download a data set, or take it from a local zip or folder when `source` is not empty."""

    type: Literal["fetch"] = "fetch"
    job: str = ""
    dataset: str
    source: str = ""


class InspectFile(Message):
    """Look at a file of the person's before an import. Answered by file_preview."""

    type: Literal["inspect_file"] = "inspect_file"
    job: str = ""
    path: str
    options: ImportOptions = ImportOptions()


class ImportFile(Message):
    """Make a data set called `name` of a file. Answered by progress (bytes) and file_imported."""

    type: Literal["import_file"] = "import_file"
    job: str = ""
    path: str
    name: str
    options: ImportOptions = ImportOptions()


class RemoveDataset(Message):
    """Take an imported data set off this machine. Answered by dataset_removed."""

    type: Literal["remove_dataset"] = "remove_dataset"
    job: str = ""
    dataset: str


class PreviewDataset(Message):
    """A first look at a data set. Answered by dataset_preview."""

    type: Literal["preview_dataset"] = "preview_dataset"
    job: str = ""
    dataset: str


class EstimateTraining(Message):
    """How long, how much memory? Answered by train_estimate."""

    type: Literal["estimate_training"] = "estimate_training"
    job: str = ""
    settings: TrainSettings


class RenameRun(Message):
    """Give a finished run another name. Answered by run_renamed."""

    type: Literal["rename_run"] = "rename_run"
    job: str = ""
    run: str
    name: str


class DescribeRuns(Message):
    """Settings, curves and figures of some runs. Answered by run_details."""

    type: Literal["describe_runs"] = "describe_runs"
    job: str = ""
    runs: tuple[str, ...]


class WriteReport(Message):
    """One file that says all about a run. Answered by report_written."""

    type: Literal["write_report"] = "write_report"
    job: str = ""
    settings: ReportSettings


class ListDatasets(Message):
    type: Literal["list_datasets"] = "list_datasets"
    job: str = ""


class ListRuns(Message):
    type: Literal["list_runs"] = "list_runs"
    job: str = ""


class ListUsers(Message):
    type: Literal["list_users"] = "list_users"
    job: str = ""
    run: str
    query: str = ""
    limit: int = 200
    order: UserOrder = "id"  # "activity": most train items first; only where one process has all users' data


class ListItems(Message):
    """Items of a run's data set whose id is, or whose title contains, the query. Answered by items."""

    type: Literal["list_items"] = "list_items"
    job: str = ""
    run: str
    query: str = ""
    limit: int = 50


class StopAfterRound(Message):
    """End training `target` after the current round and keep the model. Answered by its train_done."""

    type: Literal["stop_after_round"] = "stop_after_round"
    target: str


class PauseTraining(Message):
    """Have training `target` wait after the current round. Answered by train_paused."""

    type: Literal["pause"] = "pause"
    target: str


class UnpauseTraining(Message):
    """Let paused training `target` go on. Answered by train_unpaused where it was waiting already."""

    type: Literal["unpause"] = "unpause"
    target: str


class Cancel(Message):
    """End job `target` at its next safe point. Answered by its job_cancelled; the window kills a deaf engine."""

    type: Literal["cancel"] = "cancel"
    target: str


class Shutdown(Message):
    """End the engine. Closing its standard input does the same."""

    type: Literal["shutdown"] = "shutdown"


Command = Annotated[
    TrainCommand
    | ResumeCommand
    | EvaluateCommand
    | AuditCommand
    | InspectRound
    | ShowCheat
    | ReadPrivacy
    | RecommendCommand
    | RecommendAllCommand
    | RecommendNewCommand
    | FetchCommand
    | InspectFile
    | ImportFile
    | RemoveDataset
    | PreviewDataset
    | EstimateTraining
    | RenameRun
    | DescribeRuns
    | WriteReport
    | ListDatasets
    | ListRuns
    | ListUsers
    | ListItems
    | StopAfterRound
    | PauseTraining
    | UnpauseTraining
    | Cancel
    | Shutdown,
    Field(discriminator="type"),
]

EVENTS: TypeAdapter[Event] = TypeAdapter(Event)
COMMANDS: TypeAdapter[Command] = TypeAdapter(Command)
