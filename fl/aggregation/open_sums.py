"""The sums that the server makes of whole messages at once: of messages that it can read, and of SecretFlow's masks.

They run inside the server's actor (`fl.aggregation.server_side`). Handed to Ray as functions instead, each sum would
leave a copy of its function in Ray's directory of processes for as long as that lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from secretflow.utils import ndarray_encoding

from data.sentences import say
from fl.aggregation.base import check_same_shapes, upload_bytes
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.packing import PackedBlock, signed, unpack_block
from fl.aggregation.updates import N_TOTALS, unpack_totals
from fl.aggregation.validation import norm_problem
from fl.errors import AggregationError, of_party
from fl.settings.aggregator_words import AggregatorChoice, RobustRule, trimmed


def plain_sum(uploads: Sequence[Any]) -> tuple[Any, int]:
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


def checked_sum(uploads: Sequence[Any], names: Sequence[str], norm_limit: float, by_samples: bool) -> tuple[Any, int]:
    """Return `plain_sum` of item updates that keep the norm limit.

    Args:
        uploads: of the parties.
        names: theirs, in the same order.
        norm_limit, by_samples: see `fl.aggregation.base.CountingAggregator.bound`.

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
    return plain_sum(uploads)


def centre(votes: NDArray[np.floating[Any]], rule: RobustRule, trim: int) -> NDArray[np.float64]:
    """Return the middle of the votes, for each coordinate.

    Args:
        votes: [parties, ...].
        rule: "median", or "trimmed-mean": the mean without the `trim` largest and `trim` smallest.
        trim: for the trimmed mean, below half of the parties.
    """
    if rule == "median":
        return np.asarray(np.median(votes, axis=0), np.float64)
    return np.asarray(np.sort(votes, axis=0)[trim : len(votes) - trim].mean(axis=0), np.float64)


def robust_sum(uploads: Sequence[Any], names: Sequence[str], choice: AggregatorChoice) -> tuple[Any, int]:
    """Return (what a sum over honest parties could be, bytes of the largest upload); see `fl.aggregation.robust`.

    Args:
        uploads: `update` messages of `fl.aggregation.updates`; anything else is summed plainly.
        names: of the parties, in the same order.
        choice: the rule.

    Raises:
        RefusedMessageError: naming the party whose upload is not finite.
        ValueError: shapes differ.
    """
    check_finite(uploads, names)
    total, size = plain_sum(uploads)
    if not (isinstance(total, list) and len(total) == 2 and np.shape(total[1]) == (N_TOTALS,)):
        return total, size
    totals = [unpack_totals(upload[1]) for upload in uploads]
    weights = [each.n_samples if choice.by_samples else each.n_users for each in totals]
    # A party of whose users none was drawn for this round has no vote.
    votes = [np.asarray(u[0], np.float64) / w for u, w in zip(uploads, weights, strict=True) if w > 0]
    if votes:
        trim = min(trimmed(len(uploads), choice.trim_fraction), (len(votes) - 1) // 2)
        total[0] = (centre(np.stack(votes), choice.robust_rule, trim) * sum(w for w in weights if w > 0)).astype(
            np.float32
        )
    return total, size


def unmasked_sum(uploads: Sequence[Any], fraction_bits: int) -> tuple[Any, int]:
    """Return (sum in the ring of 64 bits, where SecretFlow's masks cancel, decoded; bytes of the largest upload)."""
    check_same_shapes(uploads)
    size = max(upload_bytes(upload) for upload in uploads)
    if isinstance(uploads[0], list):
        return [
            ndarray_encoding.decode(np.sum(part, axis=0), fraction_bits) for part in zip(*uploads, strict=True)
        ], size
    return ndarray_encoding.decode(np.sum(uploads, axis=0), fraction_bits), size
