"""The server sums what it can read. For comparison and teaching, not for privacy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from secretflow import PYU
from secretflow.device import PYUObject
from secretflow.security.aggregation import PlainAggregator

from fl.aggregation.base import CountingAggregator, check_same_shapes, upload_bytes
from fl.aggregation.masking.keys import default_threshold


def plain_sum(*uploads: Any) -> tuple[Any, int]:
    """(sum of uploads of the same shapes, bytes of the largest)."""
    check_same_shapes(uploads)
    size = max(upload_bytes(upload) for upload in uploads)
    if isinstance(uploads[0], list):
        return [np.sum(part, axis=0) for part in zip(*uploads, strict=True)], size
    return np.sum(uploads, axis=0), size


class CountingPlainAggregator(PlainAggregator, CountingAggregator):
    """SecretFlow's PlainAggregator with the uploads measured and their shapes checked."""

    masked = False
    claim = "The server reads every party's update in plain."

    @classmethod
    def fewest(cls, n_parties: int) -> int:
        return default_threshold(n_parties)  # it could go on with any number; a model of few parties is another model

    def __init__(self, server: PYU, parties: Sequence[PYU]) -> None:
        PlainAggregator.__init__(self, server)

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        total, size = self.device(plain_sum, num_returns=2)(*[datum.to(self.device) for datum in data])
        return total, size

    def sum(self, data: Sequence[PYUObject], axis: int | None = 0) -> PYUObject:
        return CountingAggregator.sum(self, data, axis)

    def limit(self) -> float:
        return float(np.finfo(np.float32).max) / 1e3

    def rebuild(self) -> None:
        """Nothing is kept between rounds."""

    def close(self) -> None:
        """No process was started."""
