"""A first look at a data set before anything is trained on it: who is how active, what is how popular, first rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.interactions import Interactions
from data.sketch import DatasetSketch, Histogram, PreviewRow


def histogram(values: NDArray[np.int64]) -> Histogram:
    """Count whole numbers from 1 on in bins that widen with the values: 1, 2, 3, 4-5, 6-7, 8-11, 12-15, 16-23, ...

    Counts of interactions range over several powers of ten; bins of equal width would put nearly all into the first.

    Args:
        values: [n], each at least 1; may be empty.
    """
    top = int(values.max(initial=1))
    edges = [1]
    while edges[-1] <= top:
        power = 1 << (edges[-1].bit_length() - 1)
        edges.append(edges[-1] + max(1, power // 2))
    counts, _ = np.histogram(values, bins=np.array(edges) - 0.5)
    return Histogram(tuple(edges), tuple(int(count) for count in counts))


def sketch(interactions: Interactions, n_rows: int = 12) -> DatasetSketch:
    """Draw a first sketch of a data set, in O(rows); nothing is kept of it.

    Args:
        interactions: the data set, read.
        n_rows: how many of the first rows are shown.
    """
    per_user = np.bincount(interactions.user, minlength=interactions.n_users).astype(np.int64)
    per_item = np.bincount(interactions.item, minlength=interactions.n_items).astype(np.int64)
    most = np.sort(per_item)[::-1][: max(1, interactions.n_items // 10)]
    times = interactions.timestamp[interactions.timestamp > 0]
    pairs = interactions.n_users * interactions.n_items
    return DatasetSketch(
        n_users=interactions.n_users,
        n_items=interactions.n_items,
        n_rows=interactions.n_rows,
        density=min(1.0, interactions.n_rows / pairs) if pairs else 0.0,
        activity=histogram(per_user[per_user > 0]),
        popularity=histogram(per_item[per_item > 0]),
        top_tenth=float(most.sum() / interactions.n_rows) if interactions.n_rows else 0.0,
        median_activity=float(np.median(per_user)) if len(per_user) else 0.0,
        first=int(times.min(initial=np.iinfo(np.int64).max)) if len(times) else 0,
        last=int(times.max(initial=0)),
        rows=tuple(
            PreviewRow(
                user=str(interactions.user_ids[user]),
                item=str(interactions.item_ids[item]),
                title=str(interactions.titles[item]),
                timestamp=int(time),
            )
            for user, item, time in zip(
                interactions.user[:n_rows], interactions.item[:n_rows], interactions.timestamp[:n_rows], strict=True
            )
        ),
    )
