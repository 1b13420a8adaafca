"""The published protocol leaks the held-out items; the leak-free one does not."""

import math

from benchmarks.leak import learns_nothing


def test_that_a_scorer_that_learns_nothing_wins_under_the_published_protocol_only():
    published = learns_nothing("demo", "published", rounds=100, seed=2024)
    honest = learns_nothing("demo", "leak-free", rounds=100, seed=2024)
    assert published["hr@10"] > 0.9
    # Chance: the rank among 100 is uniform, so HR@10 is 0.1; ties count against it. Three standard errors of 300 users.
    assert honest["hr@10"] < 0.1 + 3 * math.sqrt(0.1 * 0.9 / 300)
    assert honest["full_hr@10"] < 0.06
