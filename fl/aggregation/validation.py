"""Checks of an upload, made by the party before it is masked: after masking nobody could see what is wrong with it.

SecretFlow's SecureAggregator turns a NaN or an overflow into silent garbage of about 1e13 in the aggregate, so it must
never see one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.sentences import say


def upload_problem(
    arrays: Sequence[NDArray[np.generic]], shapes: Sequence[tuple[int, ...]], dtype: np.dtype[np.generic], limit: float
) -> str:
    """Return what is wrong with an upload, as a sentence, or "".

    Args:
        arrays: the arrays to be sent.
        shapes: the shapes they must have.
        dtype: the dtype all must have.
        limit: largest absolute value allowed (the aggregator's range divided by the number of parties).
    """
    found = [array.shape for array in arrays]
    if found != list(shapes):
        return say(
            "update.shapes", "the update has shapes {found}, expected {wanted}.", found=found, wanted=list(shapes)
        )
    for array in arrays:
        if array.dtype != dtype:
            return say(
                "update.dtype", "the update has dtype {found}, expected {wanted}.", found=array.dtype, wanted=dtype
            )
        if not np.all(np.isfinite(array)):
            bad = int(np.size(array) - np.isfinite(array).sum())
            return say(
                "update.bad-values",
                "the update has {bad} values that are not finite: training diverged; lower the learning rate.",
                bad=bad,
            )
        largest = float(np.max(np.abs(array), initial=0.0))
        if largest > limit:
            return say(
                "update.beyond-range",
                "the update has a value of {largest:.3g}, beyond the aggregator's range of {limit:.3g}: training "
                "diverged; lower the learning rate.",
                largest=largest,
                limit=limit,
            )
    return ""


def norm_problem(update: NDArray[np.floating[Any]], weight: float, norm_limit: float) -> str:
    """Return why an item update is longer than so many users can make it, as a sentence, or "".

    A bound on the sum: a party that sends more than all its users together may has a user, or itself, out of line.
    Masked sums are checked by the party alone, since the server cannot see a party's part.

    Args:
        update: [n_items, dim] sum over a party's users.
        weight: users in it; where users weigh by their samples, samples.
        norm_limit: largest Euclidean norm of one user's part (of one sample's); 0 for no limit.
    """
    if norm_limit <= 0:
        return ""
    norm = float(np.linalg.norm(np.asarray(update, np.float64).ravel()))
    allowed = norm_limit * weight
    # Not `norm > allowed`: a NaN must not pass.
    if norm <= allowed * (1.0 + 1e-6):
        return ""
    return say(
        "update.norm",
        "the update has a norm of {norm:.3g}, beyond the limit of {allowed:.3g} for {weight:g} users or samples.",
        norm=norm,
        allowed=allowed,
        weight=weight,
    )
