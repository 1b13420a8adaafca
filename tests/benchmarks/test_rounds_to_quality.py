"""The benchmark of accuracy by round: its quick form, and what it makes of its figures."""

import json

import numpy as np

from benchmarks.rounds_to_quality import METHODS, History, after, newton_steps, rounds_to


def test_that_the_quick_benchmark_writes_a_table_and_a_plot_and_measures_nothing_twice(run_benchmark, tmp_path):
    run_benchmark("rounds_to_quality", "--quick", "--methods", "secant", "ials", "--out", tmp_path)
    kept = tmp_path / "rounds_to_quality.json"
    found = json.loads(kept.read_text("utf-8"))["results"]
    assert [(case["method"], case["seed"]) for case in found] == [
        (method, seed) for method in ("secant", "ials") for seed in (2024, 2025)
    ]
    assert [len(case["rounds"]) for case in found] == [3, 3, 16, 16]
    assert all(0 < figure < 100 for case in found for rounds in case["rounds"] for figure in rounds["test"])
    assert "| secant |" in (tmp_path / "rounds_to_quality.md").read_text("utf-8")
    assert "<svg" in (tmp_path / "rounds-to-quality-demo.svg").read_text("utf-8")
    before = kept.read_bytes()
    assert "demo" not in run_benchmark("rounds_to_quality", "--quick", "--methods", "ials", "--out", tmp_path).err
    assert kept.read_bytes() == before
    assert set(METHODS) == {"secant", "fedadam", "history", "summed", "ials"}


def figures(valid, test):
    return {"valid": [valid, 0.0], "test": [test, test / 2]}


def test_that_validation_picks_the_round_and_a_target_counts_once_it_is_kept():
    rounds = [figures(1, 50), figures(3, 40), figures(2, 90), figures(4, 60)]
    assert [after(rounds, r)[0] for r in (1, 2, 3, 4)] == [50, 40, 40, 60]
    cases = [{"rounds": rounds}, {"rounds": [figures(r, 60) for r in range(4)]}]
    # Means 55, 50, 50, 60; NDCG half of it.
    assert rounds_to(cases, [50, 25]) == 1
    assert rounds_to(cases, [55, 27.5]) == 4
    assert rounds_to(cases, [61, 30]) is None


def test_that_the_history_of_a_quadratic_tells_both_of_its_matrices():
    rng = np.random.default_rng(7)
    shared, by_pair = (half @ half.T for half in rng.normal(size=(2, 3, 3)))
    counts, target, reg = rng.integers(0, 30, 200).astype(np.float64), rng.normal(size=(200, 3)), 0.1
    weight = counts + 40.0

    def gradient(items):
        moved = items - target
        return moved @ shared + counts[:, None] * (moved @ by_pair) + reg * weight[:, None] * moved

    history, items = History(counts, weight, reg), rng.normal(size=(200, 3))
    for _ in range(3):
        items = items + history.step(items, gradient(items))
    for found, wanted in zip(history.fit(), (shared, by_pair), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-3)
    step = newton_steps(shared, by_pair, counts, reg * weight, gradient(items))
    np.testing.assert_allclose(items - step, target, atol=1e-9)
