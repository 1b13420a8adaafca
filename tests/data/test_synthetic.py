from __future__ import annotations

import numpy as np
import pytest

from data.errors import SettingsError
from data.synthetic import generate


def test_that_the_size_is_exactly_what_was_asked_for() -> None:
    for users, items, rows in ((50, 40, 400), (300, 1000, 9_000), (40, 60, 600), (2, 8, 4)):
        made = generate(users, items, rows, seed=1, n_clusters=4, min_per_user=2)
        assert (made.n_users, made.n_items, made.n_rows) == (users, items, rows)
        pairs = made.user.astype(np.int64) * items + made.item
        assert len(np.unique(pairs)) == rows
        assert np.bincount(made.user, minlength=users).min() >= 2
        assert made.item.min() >= 0
        assert made.item.max() < items


def test_that_rows_are_sorted_by_user_and_time() -> None:
    made = generate(100, 200, 3_000, n_clusters=5)
    assert (np.diff(made.user) >= 0).all()
    assert (np.diff(made.timestamp)[np.diff(made.user) == 0] > 0).all()


def test_that_the_seed_decides() -> None:
    first, same, other = (generate(80, 100, 1_000, seed, 5).fingerprint for seed in (1, 1, 2))
    assert first == same != other


def test_that_chunks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.synthetic._CHUNK_ROWS", 300)
    made = generate(100, 400, 3_000, n_clusters=5)
    assert np.bincount(made.user).sum() == 3_000
    assert len(np.unique(made.user.astype(np.int64) * 400 + made.item)) == 3_000


def test_that_popularity_and_activity_are_skewed_and_tastes_cluster() -> None:
    made = generate(2_000, 1_000, 60_000, seed=3, n_clusters=10)
    popularity = np.sort(np.bincount(made.item, minlength=1_000))[::-1]
    assert popularity[:100].sum() > 0.3 * 60_000  # a tenth of the items would have 10 % if all were alike
    activity = np.sort(np.bincount(made.user))
    assert activity[-1] > 4 * np.median(activity)
    cluster = np.array([int(names[0].split()[1]) - 1 for names in made.genres])
    counts = np.zeros((2_000, 10))
    np.add.at(counts, (made.user, cluster[made.item]), 1)
    # 0.7 from the main cluster, and a tenth of the others; less what the cluster has no more of.
    assert (counts.max(axis=1) / counts.sum(axis=1)).mean() > 0.5


@pytest.mark.parametrize("size", [(0, 10, 10), (10, 100, 49), (10, 100, 251), (10, 12, 100)])
def test_that_numbers_that_do_not_fit_are_refused(size: tuple[int, int, int]) -> None:
    with pytest.raises(SettingsError):
        generate(*size, n_clusters=2)
