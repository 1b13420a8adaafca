"""The record of a finished round: what `metrics.jsonl` holds, training tells, and everybody shows."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from data.sentences import Text, for_file
from fl.record import Record


def _finite(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _only_finite(values: object) -> object:
    if not isinstance(values, dict):
        return values
    return {name: value for name, value in values.items() if _finite(value) is not None}


# Python writes NaN into JSON, which other readers do not take: a figure that is no number counts as not known.
_Loss = Annotated[float | None, BeforeValidator(_finite)]
_Figures = Annotated[dict[str, float], BeforeValidator(_only_finite)]


class RoundRecord(Record):
    """One line of `metrics.jsonl`. Nothing in it is about one party's users.

    Attributes:
        round: its number, from 1.
        loss: mean over the round's samples: cross-entropy, for FCF squared error. None with differential privacy, which
            does not reveal it.
        valid: validation figures by name ("hr@10"), fractions in 0..1; empty when validation is off.
        seconds: wall time of the round, checkpoint included.
        bytes_up: bytes of a party's update message as the server received it (the largest party).
        bytes_down: bytes of the item embeddings sent to each party.
        epsilon: of all rounds so far, with differential privacy; else None.
        noise: standard deviation of the noise in each validation figure, with differential privacy; else 0.
        dropped: why each party that the run has lost so far is missing, by its name.
    """

    # What a later version writes besides does not make a run unreadable.
    model_config = ConfigDict(frozen=True, extra="ignore")

    round: int
    loss: _Loss
    valid: _Figures
    seconds: float
    bytes_up: int
    bytes_down: int
    epsilon: float | None = None
    noise: float = 0.0
    dropped: dict[str, Text] = Field(default={})

    def line(self) -> str:
        """Return the round's line in `metrics.jsonl`, which names epsilon and drop-outs only where there are any."""
        return json.dumps(for_file(self.model_dump(exclude_defaults=True)))


def best_record(records: Sequence[RoundRecord]) -> RoundRecord | None:
    """Return the round with the highest validation HR@10; of equal ones that with the highest NDCG@10, then the first.

    With noise the highest figure is above all the one with the luckiest noise, and few users make that noise large. So
    the last round is taken of those that are not clearly worse: less than two standard deviations of the difference of
    two figures below the highest. Rounds later than the best one have learned from more sums.

    None without rounds.
    """
    if not records:
        return None
    highest = max(records, key=lambda r: (_hr(r), r.valid.get("ndcg@10", 0.0), -r.round))
    if not highest.noise:
        return highest
    alike = [record for record in records if _hr(record) > _hr(highest) - 2.0 * math.sqrt(2.0) * highest.noise]
    return max(alike, key=lambda record: record.round)


def _hr(record: RoundRecord) -> float:
    return record.valid.get("hr@10", 0.0)


def has_converged(records: Sequence[RoundRecord], patience: int) -> bool:
    """Tell whether the last `patience` rounds brought nothing better than the one before; never with patience 0."""
    best = best_record(records)
    return best is not None and 0 < patience <= records[-1].round - best.round
