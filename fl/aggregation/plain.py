"""A sum of updates that the server can read: for comparison and teaching, not for privacy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from secretflow import PYU
from secretflow.device import PYUObject

from fl.aggregation.base import CountingAggregator
from fl.aggregation.masking.packing import FULL_BITS
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.aggregators import AGGREGATORS


class CountingPlainAggregator(CountingAggregator):
    """An aggregator whose server adds what it reads, with the uploads measured and checked."""

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        self.about = AGGREGATORS[choice.name]
        self._device = server
        self._norm_limit, self._by_samples = 0.0, False
        self._workers: Mapping[PYU, Any] = {}
        self._server: Any = None
        self._bits = FULL_BITS
        self._under_way: Sequence[PYUObject] = ()

    def bind(self, workers: Mapping[PYU, Any], server: Any) -> None:
        self._workers, self._server = workers, server

    def lose(self, party: PYU) -> None:
        self._workers = {other: worker for other, worker in self._workers.items() if other != party}

    def compress(self, bits: int) -> None:
        self._bits = bits

    def bound(self, norm_limit: float, by_samples: bool) -> None:
        self._norm_limit, self._by_samples = norm_limit, by_samples

    def go_on(self) -> tuple[PYUObject, PYUObject]:
        # Without the lost party's message, which is not hidden anyway.
        return self.sum_and_bytes([datum for datum in self._under_way if datum.device in self._workers])

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        self._under_way = sent = data
        if self._bits != FULL_BITS:
            sent = [self._workers[datum.device].packed_levels(datum) for datum in data]
        return self._summed([str(datum.device) for datum in data], [datum.to(self._device) for datum in sent])

    def _summed(self, names: Sequence[str], uploads: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        """Return the sum of what the parties of these names sent to the server, as `sum_and_bytes` does."""
        total, size = self._server.sum_openly(names, self._norm_limit, self._by_samples, *uploads)
        return total, size

    def limit(self) -> float:
        return float(np.finfo(np.float32).max) / 1e3

    def rebuild(self) -> None:
        """Do nothing: nothing is kept between rounds."""

    def close(self) -> None:
        """Do nothing: no process was started."""
