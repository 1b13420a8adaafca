"""The records that a run folder holds, as everybody reads them: frozen, and fields they do not know are refused."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from data.sentences import Text


class Record(BaseModel):
    """Values that belong together, under names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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


class MetricRow(Record):
    """The figures of one scorer at one K, as fractions in 0..1.

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


class GroupRow(Record):
    """The figures of one scorer at one K for one group of users, as fractions in 0..1."""

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
    target: str  # "user, plain", "user, with noise", "party, ...", "party, masked", "item table, without noise", ...
    measure: Literal["auc", "precision"]
    value: float
    low: float  # ends of the 95% bootstrap interval
    high: float
    chance: float  # what guessing gets
    cases: int
    sentence: Text


class MessageRecord(Record):
    """A kind of message that crosses a party's border in training."""

    name: str
    source: str
    target: str
    shape: str  # "1682 x 32 and 5"; "" where it has none
    bytes: int  # from one sender
    often: str  # once per "round", "run", "message" or "64 messages"
    readable_by: str


class Heatmap(Record):
    """A crop of a table, the same rows and columns in every picture of a round."""

    # "true update of party-1" or "update of party-1 with its noise", "as the server receives it", "sum over 4 parties"
    what: str
    items: tuple[int, ...]  # dense item ids of the rows
    values: tuple[tuple[float, ...], ...]  # [rows][columns]; what is masked as shares of its ring, 0..1
    low: float
    high: float
