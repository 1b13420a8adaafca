"""Records inside commands and events that no run folder holds; those that it holds are in fl/runs/records.py."""

from __future__ import annotations

from typing import Literal

from data.sentences import Text
from fl.record import Record
from fl.runs.records import GroupRow, MetricRow, ReachRow
from fl.settings.federation import FederationRules
from fl.settings.of_jobs import ListsSettings
from fl.settings.sweep import SweepSettings
from fl.settings.train import TrainSettings

ReasonKind = Literal["share", "nearness"]
UserOrder = Literal["id", "activity"]
Unit = Literal["bytes", "users", "parties"]  # what progress is counted in


class DatasetInfo(Record):
    """A data set, as the lists show it."""

    name: str
    title: str
    status: Literal["ready", "missing", "damaged"]  # damaged: of an imported one, whose counts are 0 then
    n_users: int
    n_items: int
    n_rows: int
    licence: str
    url: str


class UserInfo(Record):
    """A user of a run, as the lists show it."""

    id: str
    n_items: int  # interactions in the train set


class ItemInfo(Record):
    """An item of a data set, as the lists show it."""

    id: str
    title: str
    genres: tuple[str, ...]
    n_users: int  # train interactions over all users


class Reason(Record):
    """An item of the person's own that speaks for a recommended one.

    `weight` is, by the `reason_kind` of the answer: "share", the part of the score that the item adds, 0..1 (several
    can add up to more where others take away); "nearness", a cosine in the person's own item space, 0..1.
    """

    item: str
    title: str
    weight: float
    follows: bool = False  # the recommended item often comes after this one, and that speaks more than taste


class RankedItem(Record):
    """An item of a recommended list."""

    rank: int  # from 1
    item: str
    title: str
    genres: tuple[str, ...]
    score: float  # probability-like, 0..1
    because: tuple[Reason, ...] = ()  # best first


class GenreShare(Record):
    """The share of a genre in a person's items, and in the train interactions of all users, 0..1 each."""

    genre: str
    share: float
    average: float


class Profile(Record):
    """The taste of a user, as the user's items show it."""

    n_items: int
    genres: tuple[GenreShare, ...]  # largest share first; those neither has are left out
    popularity: float  # mean popularity percentile of the items, 0..100
    average_popularity: float  # the same over the train interactions of all users
    period: Literal["", "hour", "day", "week", "month", "year"] = ""  # length of a bin of `activity`; "" without times
    activity: tuple[tuple[int, int], ...] = ()  # (begin, seconds since 1970; items), without gaps


class HistoryItem(Record):
    """An item that a user has met, and when."""

    item: str
    title: str
    genres: tuple[str, ...]
    timestamp: int  # seconds since 1970, 0 where the data has no time


class MemberInfo(Record):
    """A member of a federation of organisations, as the server sees it; or a party or the server on a cluster."""

    name: str
    state: Literal["waiting", "connected", "training", "finished", "failed", "lost"]
    round: int = 0  # its last finished one
    since: int = 0  # seconds since 1970, of the last sign of life of one that is lost
    problem: Text = ""  # what it said went wrong
    node: str = ""  # of a cluster, that it runs on


class KitInfo(Record):
    """A member's kit: who it is for, and the terms that all members signed up to."""

    folder: str
    federation: str
    member: str  # whose kit it is
    is_server: bool
    parties: tuple[str, ...]
    addresses: dict[str, str]  # by member
    n_items: int  # of the catalogue
    expires: str  # of the member's certificate, ISO 8601, UTC
    settings: TrainSettings  # the federation's; data set, name and threads are the member's own
    rules: FederationRules


class ListsEvaluation(Record):
    """The figures of lists that another program made, and of the popularity baseline beside them."""

    settings: ListsSettings
    order: str  # what orders the lists: "rank", "score" or "rows"
    fingerprint: str
    n_users: int  # users with a test item
    n_lists: int  # of them, users with a list
    n_rows: int  # of the file
    rows: tuple[MetricRow, ...]
    groups: tuple[GroupRow, ...]
    reach: tuple[ReachRow, ...]
    applies: tuple[Text, ...]  # which figures apply, and why others do not
    notes: tuple[Text, ...]  # what was done to the lists, and what looks wrong in them
    warning: Text = ""  # of the protocol


class Spread(Record):
    """The mean over seeds, and the sample standard deviation; None with one seed."""

    mean: float
    deviation: float | None = None


class SeedResult(Record):
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


class CompareRow(Record):
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


class Difference(Record):
    """The mean over users of the difference of a figure, and its 95% bootstrap interval over users."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


class PairedRow(Record):
    """One scorer held against another on the same users and candidates, at one K; its figures minus the other's."""

    scorer: str
    k: int
    metrics: dict[str, Difference]  # names as in CompareRow


class Comparison(Record):
    """The findings of `compare`."""

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
    warning: Text
    against: str = ""  # the scorer that the others are held against
    paired: tuple[PairedRow, ...] = ()


class SweepRow(Record):
    """One combination of the settings that a sweep varies, over its seeds."""

    values: dict[str, str]  # of the varied settings
    runs: tuple[str, ...]  # names, one for each seed
    finished: int  # how many of them have figures
    metrics: dict[str, Spread]  # "valid_hr@10", "hr@10", "full_hr@10", ... as in the results of runs
    intervals: dict[str, tuple[float, float]]  # Student's 95% interval of the mean over seeds; of two runs or more


class SweepTable(Record):
    """The findings of a sweep so far."""

    settings: SweepSettings
    rows: tuple[SweepRow, ...]
    best: dict[str, int]  # place of the row that is clearly the best, by metric, where there is one
    missing: tuple[TrainSettings, ...]  # runs that are to be trained, or to be gone on with
