"""The built-in set: its shape, and that an independent personalised model beats popularity on it by far."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from data import demo
from data.interactions import Interactions
from data.popularity import popularity_scores
from data.split import Split, leave_one_out


def hit_rate(scores: NDArray[np.float64], positives: NDArray[np.int32], candidates: NDArray[np.int32]) -> float:
    """HR@10 of [n_users, n_items] scores, ties counted against the model."""
    hits = 0
    for user, positive in enumerate(positives):
        rank = sum(scores[user, c] >= scores[user, positive] for c in candidates[user])
        hits += rank < 10
    return hits / len(positives)


def ease(split: Split, ridge: float = 100.0) -> NDArray[np.float64]:
    """Scores of EASE (Steck, WWW 2019): a centralised, closed-form item model."""
    seen = np.zeros((split.n_users, split.n_items))
    seen[np.repeat(np.arange(split.n_users), np.diff(split.indptr)), split.items] = 1
    inverse = np.linalg.inv(seen.T @ seen + ridge * np.eye(split.n_items))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    scores: NDArray[np.float64] = seen @ weights
    return scores


def item_knn(split: Split) -> NDArray[np.float64]:
    """Scores of cosine item neighbours."""
    seen = np.zeros((split.n_users, split.n_items))
    seen[np.repeat(np.arange(split.n_users), np.diff(split.indptr)), split.items] = 1
    gram = seen.T @ seen
    norm = np.sqrt(np.maximum(np.diag(gram), 1))
    similarity = gram / norm / norm[:, None]
    np.fill_diagonal(similarity, 0)
    scores: NDArray[np.float64] = seen @ similarity
    return scores


def test_that_the_demo_set_has_the_promised_shape() -> None:
    data = demo.generate()
    per_user = np.bincount(data.user)
    assert (data.n_users, data.n_items) == (300, 400)
    assert per_user.min() >= 15
    assert per_user.max() <= 80
    assert len(np.unique(data.user.astype(np.int64) * 400 + data.item)) == data.n_rows  # no duplicates
    assert len(np.unique(data.item)) == 400  # every item occurs
    assert len(set(data.titles)) == 400
    assert len(data.genres) == 400
    assert all(1 <= len(set(g)) == len(g) <= 2 for g in data.genres)
    assert {len(v) for v in data.user_groups.values()} == {300}


def test_that_time_runs_forward_and_is_plausible() -> None:
    data = demo.generate()
    assert data.timestamp.min() >= 1_672_531_200  # 2023-01-01
    assert data.timestamp.max() < 1_672_531_200 + 541 * 86_400  # mid 2024
    for user in range(300):
        times = data.timestamp[data.user == user].tolist()
        assert all(a < b for a, b in pairwise(times))


def test_that_popularity_follows_a_power_law() -> None:
    counts = np.sort(np.bincount(demo.generate().item))[::-1]
    assert counts[:80].sum() > 0.4 * counts.sum()  # a fifth of the items has over 40 % of the interactions
    assert counts[0] > 10 * counts[-1]


def test_that_the_demo_set_never_changes() -> None:
    # Runs are comparable only with an equal fingerprint; a change of the generator must be deliberate.
    one, two = demo.generate(), demo.generate()
    assert one.fingerprint == two.fingerprint
    assert one.fingerprint == "79f19373ec784558b107501188665a04b55b3215de6c3c0fc0cb1c3acf304248"
    assert list(one.titles) == list(two.titles)


def test_that_taste_beats_popularity_by_a_wide_margin() -> None:
    split = leave_one_out(demo.generate(), "leak-free", seed=2024)
    popular = np.tile(popularity_scores(split).astype(float), (split.n_users, 1))
    for positives, candidates in (
        (split.valid_item, split.valid_candidates),
        (split.test_item, split.test_candidates),
    ):
        base = hit_rate(popular, positives, candidates)
        assert 0.25 < base < 0.50  # better than chance (0.10), yet easy to beat
        assert hit_rate(ease(split), positives, candidates) > base + 0.25
        assert hit_rate(item_knn(split), positives, candidates) > base + 0.25


def series(data: Interactions) -> list[list[int]]:
    """The items of each series, first part first."""
    base = {title.rpartition(" (")[0]: item for item, title in enumerate(data.titles)}
    firsts = [title for title in base if f"{title} II" in base]
    return [[base[title + number] for number in ("", " II", " III", " IV", " V")] for title in firsts]


def test_that_a_series_has_five_parts_one_after_the_other() -> None:
    data = demo.generate()
    found = series(data)
    assert len(found) == 8 * 4
    for parts in found:
        years = [int(data.titles[item][-5:-1]) for item in parts]
        assert all(b == a + 3 for a, b in pairwise(years))
        assert years[-1] <= 2022
        assert len({data.genres[item][0] for item in parts}) == 1


def test_that_whoever_has_seen_a_part_goes_on_to_the_next_at_once_or_later() -> None:
    data = demo.generate()
    following = {part: after for parts in series(data) for part, after in pairwise(parts)}
    could = at_once = one_later = 0
    for user in range(300):
        items = data.item[data.user == user].tolist()
        for place, now in enumerate(items[:-2]):
            if now in following and following[now] not in items[:place]:
                could += 1
                at_once += items[place + 1] == following[now]
                one_later += items[place + 2] == following[now]
    assert could > 1000
    assert 0.45 < at_once / could < 0.55
    assert 0.15 < one_later / could < 0.26  # a quarter, but for those whom another series took


def test_that_tastes_move() -> None:
    # The genres of a user's neighbouring films are alike more often than those of films far apart.
    data = demo.generate()
    near, far = [], []
    for user in range(300):
        main = [data.genres[item][0] for item in data.item[data.user == user]]
        near += [a == b for a, b in zip(main, main[3:], strict=False)]
        far += [a == b for a, b in zip(main, main[30:], strict=False)]
    assert np.mean(near) > np.mean(far) + 0.03  # ten standard errors


def test_that_it_is_ready_in_under_a_second() -> None:
    start = time.perf_counter()
    demo.generate()
    assert time.perf_counter() - start < 1.0  # measured: 0.03 s
