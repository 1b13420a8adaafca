"""A sum of updates that the server can read: for comparison and teaching, not for privacy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from secretflow import PYU
from secretflow.device import PYUObject
from secretflow.security.aggregation import PlainAggregator

from data.sentences import say
from fl.aggregation.base import CountingAggregator, check_same_shapes, upload_bytes
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.packing import FULL_BITS, PackedBlock, signed, unpack_block
from fl.aggregation.updates import N_TOTALS, unpack_totals
from fl.aggregation.validation import norm_problem
from fl.errors import AggregationError, of_party
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.aggregators import AGGREGATORS


def plain_sum(*uploads: Any) -> tuple[Any, int]:
    """Return (sum of uploads of the same shapes, bytes of the largest)."""
    check_same_shapes(uploads)
    size = max(upload_bytes(upload) for upload in uploads)
    if isinstance(uploads[0], list):
        return [np.sum([_real(block) for block in part], axis=0) for part in zip(*uploads, strict=True)], size
    return np.sum(uploads, axis=0), size


def _real(block: Any) -> Any:
    """Return an array of an upload as numbers."""
    return signed(unpack_block(block), block.bits).astype(np.int64) if isinstance(block, PackedBlock) else block


def check_finite(uploads: Sequence[Any], names: Sequence[str]) -> None:
    """Refuse uploads with values that are not finite.

    Raises:
        RefusedMessageError: naming the party whose upload it is.
    """
    for name, upload in zip(names, uploads, strict=True):
        for block in upload if isinstance(upload, list) else [upload]:
            bad = 0 if isinstance(block, PackedBlock) else int(np.size(block) - np.isfinite(block).sum())
            if bad:
                raise RefusedMessageError(
                    say(
                        "aggregation.upload-values-not-finite",
                        "The upload of {name} has {bad} values that are not finite.",
                        name=name,
                        bad=bad,
                    )
                )


def checked_sum(*uploads: Any, names: Sequence[str], norm_limit: float, by_samples: bool) -> tuple[Any, int]:
    """Return `plain_sum` of item updates that keep the norm limit.

    Raises:
        AggregationError: naming whose update is not, or is not finite.
    """
    check_finite(uploads, names)
    for name, upload in zip(names, uploads, strict=True):
        # The update message is the only list of a table and the totals of a round. One of few bits is bounded by the
        # ranges of its rows instead: what a party kept back before may make it longer than its users of this round.
        is_update = isinstance(upload, list) and len(upload) == 2 and upload[1].shape == (N_TOTALS,)
        if is_update and not isinstance(upload[0], PackedBlock):
            totals = unpack_totals(upload[1])
            problem = norm_problem(upload[0], totals.n_samples if by_samples else totals.n_users, norm_limit)
            if problem:
                raise AggregationError(of_party(name, problem))
    return plain_sum(*uploads)


class CountingPlainAggregator(PlainAggregator, CountingAggregator):
    """SecretFlow's PlainAggregator with the uploads measured and their shapes checked."""

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        self.about = AGGREGATORS[choice.name]
        PlainAggregator.__init__(self, server)
        self._norm_limit, self._by_samples = 0.0, False
        self._workers: Mapping[PYU, Any] = {}
        self._bits = FULL_BITS
        self._under_way: Sequence[PYUObject] = ()

    def bind(self, workers: Mapping[PYU, Any], server: Any) -> None:
        self._workers = workers

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
        total, size = self.device(checked_sum, num_returns=2)(
            *[datum.to(self.device) for datum in sent],
            names=[str(datum.device) for datum in data],
            norm_limit=self._norm_limit,
            by_samples=self._by_samples,
        )
        return total, size

    def sum(self, data: Sequence[PYUObject], axis: int | None = 0) -> PYUObject:
        return CountingAggregator.sum(self, data, axis)

    def limit(self) -> float:
        return float(np.finfo(np.float32).max) / 1e3

    def rebuild(self) -> None:
        """Do nothing: nothing is kept between rounds."""

    def close(self) -> None:
        """Do nothing: no process was started."""
