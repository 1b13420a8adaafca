"""The bodies of requests and answers, as the OpenAPI page shows them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from fl.protocol.records import ReasonKind
from fl.settings.base import ProtocolName, Scope
from fl.settings.of_jobs import NewUserSettings, RecommendSettings

Purpose = Literal["new-user", "basket"]


class Picks(BaseModel):
    """Items that somebody picked who is in nobody's data. They stay in this process and are not kept."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"items": ["318", "858"], "purpose": "new-user", "k": 10}]}
    )

    items: tuple[str, ...] = Field(
        min_length=1, max_length=1000, description="Ids of items, or titles, oldest first; a part of one title will do."
    )
    purpose: Purpose = Field(
        "new-user", description="new-user: what this person would like. basket: what goes with these items."
    )
    k: int = Field(10, ge=1, le=1000, description="How many items.")
    reasons: bool = Field(True, description="Whether to say which picks speak for an item.")

    def settings(self, run: str) -> NewUserSettings:
        """Return what the job is asked for."""
        return NewUserSettings(run=run, items=self.items, basket=self.purpose == "basket", top_k=self.k)


def settings_of_user(run: str, user: str, k: int, scope: Scope) -> RecommendSettings:
    """Return what the job is asked for a user of the run."""
    return RecommendSettings(run=run, user=user, top_k=k, scope=scope)


class ReasonRecord(BaseModel):
    """An item of the person's own that speaks for a listed one."""

    item: str
    title: str
    weight: float = Field(description="As reason_kind says: share of the score that it adds, or a cosine; 0..1.")
    follows: bool = Field(description="People often go on from it to the listed item, and that speaks more than taste.")


class ItemRecord(BaseModel):
    """An item of a list."""

    rank: int
    item: str
    title: str
    genres: list[str]
    score: float = Field(description="0..1; comparable within a list.")
    because: list[ReasonRecord] = Field(description="Best first; empty where reasons were not wanted.")


class ItemList(BaseModel):
    """A list, best first."""

    run: str
    round: int = Field(description="Round of the run that the list is from.")
    protocol: ProtocolName = Field(description="By which the run's data were split.")
    fingerprint: str = Field(description="Of the data set that the run was trained on, SHA-256.")
    reason_kind: ReasonKind
    items: list[ItemRecord]


class Health(BaseModel):
    """The state of the service."""

    status: Literal["ok", "stale"] = Field(description="stale: the run changed on disk and could not be read.")
    run: str
    round: int
    problem: str = ""


class Fault(BaseModel):
    """The answer to a request that cannot be answered."""

    error: str
    hint: str = ""
