"""The records that a run folder holds, as everybody reads them: frozen, and fields they do not know are refused."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from data.sentences import Text
from fl.record import Record
from fl.runs.rounds import RoundRecord
from fl.settings.of_jobs import EvaluateSettings
from fl.settings.train import TrainSettings


class RunInfo(Record):
    """A run folder, as the lists show it. Metrics are fractions in 0..1; None where the run has none yet."""

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
    problem: Text = ""  # why the run cannot be used, e.g. written by another version
    left_out: Text = ""  # whose users are in none of the metrics
    here_alone: bool = False  # of one organisation of several, with which nobody here can train on
    private_parts: bool = True  # False: it was passed on without what its parties alone have
    note: str = ""  # that a person keeps with it
    bytes: int = 0  # on the disk


class Source(Record):
    """The run that lists or figures are from, at the round that they are of."""

    run: str
    round: int
    protocol: str
    fingerprint: str  # of the data set that it was trained on


class MetricRow(Record):
    """The figures of one scorer at one K, as fractions in 0..1.

    `scorer` is "model", or the name of a baseline. With one held-out item per user, recall equals hr. `intervals` holds
    95% bootstrap intervals over users, (low, high), under the names of the fields they belong to. A figure that does
    not apply to lists from elsewhere is None; those of a run all apply.
    """

    scorer: str
    item_view: str  # "global", "fine-tuned" or "personal"; "" for baselines
    k: int
    hr: float | None
    ndcg: float | None
    full_hr: float | None  # ranked among all items not in the user's train set
    full_ndcg: float | None
    recall: float | None = None
    mrr: float | None = None
    full_mrr: float | None = None
    intervals: dict[str, tuple[float, float]] = {}


class GroupRow(Record):
    """The figures of one scorer at one K for one group of users, as fractions in 0..1."""

    scorer: str
    item_view: str
    kind: str  # "activity", or what the data set knows of its users: "gender", "age group"
    label: Text
    n_users: int
    k: int
    hr: float | None
    ndcg: float | None
    full_hr: float | None
    full_ndcg: float | None


class ReachRow(Record):
    """The reach of one scorer's K best for users, ranked among all items not in the user's train set."""

    scorer: str
    item_view: str
    k: int
    coverage: float  # share of all items that anybody is shown, 0..1
    novelty: float | None  # bits, see models.reach; None where nothing was recommended
    popularity_percentile: float | None  # 0..100, 50 for random lists
    gini: float | None  # of exposure, 0 even, 1 one item for all


class AuditFigure(Record):
    """A figure that one attack achieved. "auc" lies in 0..1 and is 0.5 for guessing, "precision" is a share."""

    attack: Literal["reconstruction", "membership"]
    # "user, plain", "user, with noise", "party, ...", "party, masked", "item table, ...", "tables of the order, ..."
    target: str
    measure: Literal["auc", "precision"]
    value: float
    low: float  # ends of the 95% bootstrap interval
    high: float
    chance: float  # what guessing gets
    cases: int
    sentence: Text
    epsilon: float | None = None  # of the training with noise, for "membership" of its table


AttackName = Literal["inconsistent-model", "two-sums", "survivor-lists", "item-counts"]


class ServerAttack(Record):
    """An attack of a cheating server on party-1, with the run's aggregator: what it learnt.

    outcome: "hidden": nothing; "open": the update or the counts of party-1; "absent": there is nothing to attack.
    """

    attack: AttackName
    outcome: Literal["hidden", "open", "absent"]
    correlation: float | None = None  # 0..1, of what the server read with what party-1 sent, where it read something
    sentence: Text


End = Literal["server", "every party", "the other parties"]  # of a message
MessageKind = Literal["update", "figures", "table", "ranges", "counts", "keys", "shares", "check"]


class MessageRecord(Record):
    """A kind of message that crosses a party's border in training."""

    kind: MessageKind
    name: Text
    source: End
    target: End
    shape: Text  # "1682 x 32 + 5"; "" where it has none
    bytes: int  # from one sender
    often: str  # once per "round", "run", "message" or "64 messages"
    readable_by: Text
    is_open: bool = False  # whether the server reads what one party sends


PictureKind = Literal["update", "noised", "received", "sum"]


class Heatmap(Record):
    """A crop of a table, the same rows and columns in every picture of a round."""

    # "true update of party-1" or "update of party-1 with its noise", "as the server receives it", "sum over 4 parties"
    kind: PictureKind
    what: Text
    items: tuple[int, ...]  # dense item ids of the rows
    values: tuple[tuple[float, ...], ...]  # [rows][columns]; what is masked as shares of its ring, 0..1
    low: float
    high: float


class Evaluation(Record):
    """The test figures of a run under a protocol: evaluation-<protocol>.json."""

    settings: EvaluateSettings
    protocol: str
    seed: int
    fingerprint: str
    n_users: int  # users with a test item
    best_round: int
    rows: tuple[MetricRow, ...]
    groups: tuple[GroupRow, ...] = ()
    reach: tuple[ReachRow, ...] = ()
    warning: Text  # "" or e.g. "published protocol: held-out items leak into training"


class Audit(Record):
    """The findings of attacks on a run: audit.json."""

    run: str
    aggregator: str
    figures: tuple[AuditFigure, ...]
    rounds: int  # of the trainings on half of the users
    seconds: float
    server: tuple[ServerAttack, ...] = ()

    def sentences(self) -> list[str]:
        """Return what the attacks found, each sentence once."""
        return list(dict.fromkeys([*(one.sentence for one in self.figures), *(one.sentence for one in self.server)]))


class Inspection(Record):
    """A round of a run, replayed for demonstration: inspection.json.

    "as the server receives it" is missing where that is shares or ciphertexts. With differential privacy the file has
    no pictures.
    """

    run: str
    round: int
    aggregator: str
    party: str
    claim: Text
    note: Text
    messages: tuple[MessageRecord, ...]
    pictures: tuple[Heatmap, ...]


class SumCheck(Record):
    """The outcome of checking a sum: of each round under `verified`, and of each cheat in a replayed round.

    outcome: "verified" by every party; "caught": a wrong sum, whose round is discarded; "unnoticed": in a replayed
    round the server cheated as asked, and the sum was taken. A line of verification.jsonl.
    """

    round: int
    outcome: Literal["verified", "caught", "unnoticed"]
    tamper: str = ""  # fl.settings.aggregators.TamperKind of a cheat in a replayed round
    culprits: tuple[str, ...] = ()  # "server", or names of parties
    reason: Text
    guard: str = ""  # how the sum of that replayed round was guarded


class RunDetail(Record):
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
    placement: dict[str, dict[str, str]] = {}  # on a cluster: name and address of the node of the server and each party
    rounds: tuple[RoundRecord, ...]
    result: dict[str, float | int | str | None] = {}
    intervals: dict[str, tuple[float, float]] = {}  # of figures of the result, as the training showed them
    evaluations: tuple[Evaluation, ...] = ()
    audit: dict[str, JsonValue] | None = None  # audit.json, where the run was audited
