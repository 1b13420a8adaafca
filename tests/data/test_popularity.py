from __future__ import annotations

import numpy as np

from data.popularity import popularity_scores
from data.split import leave_one_out
from tests.data.factory import interactions


def test_popularity_counts_train_rows_only() -> None:
    # user 0 trains on 0, 0 again, 1; holds out 2 and 3. user 1 trains on 0 alone (two rows: training only, with 4).
    data = interactions([(0, 0, 0), (0, 0, 1), (0, 1, 2), (0, 2, 3), (0, 3, 4), (1, 0, 0), (1, 4, 1)], n_items=6)
    leak_free = popularity_scores(leave_one_out(data, "leak-free", seed=0))
    published = popularity_scores(leave_one_out(data, "published", seed=0))
    assert leak_free.tolist() == [2, 1, 0, 0, 1, 0]
    assert published.tolist() == [3, 1, 0, 0, 1, 0]
    assert leak_free.dtype == np.int64
