"""The search for presets: coordinate descent on validation figures."""

import numpy as np
import pytest

from benchmarks import tune_models
from data.errors import SettingsError
from data.partition import PartyData


def test_that_each_setting_is_tried_at_the_best_of_those_before_it():
    def measure(values):
        # Best at a = 2, and only there is b = 3 better than b = 1.
        hr = 0.5 + (values["a"] == "2") * (0.1 + 0.05 * (values["b"] == "3")) - 0.2 * (values["b"] == "5")
        return tune_models.Figures(hr, 0.2, 7)

    said = []
    search = tune_models.Search(measure, said.append)
    best = search.run({"a": 1, "b": 1}, [("a", ["1", "2"]), ("b", ["3", "5"])])
    assert search.chosen == {"a": "2", "b": "3"}
    assert best.hr == pytest.approx(0.65)
    assert said == [
        "50.0 / 20.0 at round 7  start",
        "60.0 / 20.0 at round 7  a=2  kept",
        "65.0 / 20.0 at round 7  b=3  kept",
        "40.0 / 20.0 at round 7  b=5",
    ]


def test_that_the_round_is_the_best_in_the_mean_over_seeds():
    first = [{"hr@10": 0.9, "ndcg@10": 0.1}, {"hr@10": 0.6, "ndcg@10": 0.2}, {"hr@10": 1.0, "ndcg@10": 1.0}]
    second = [{"hr@10": 0.1, "ndcg@10": 0.1}, {"hr@10": 0.6, "ndcg@10": 0.2}]
    found = tune_models.best_in_the_mean([first, second])
    assert (found.hr, found.ndcg, found.round_number) == (pytest.approx(0.6), pytest.approx(0.2), 2)


@pytest.mark.parametrize("text", ["dim", "dim=", "dim=8,", "no_such=1"])
def test_that_a_trial_that_cannot_be_read_is_refused(text):
    with pytest.raises(SettingsError, match="SETTING=VALUE"):
        tune_models.parse_trials([text])


def test_that_the_quick_search_prints_a_line_per_trial(run_benchmark):
    lines = run_benchmark("tune_models", "--quick", "--threads", 1).out.splitlines()
    assert len(lines) == 4
    assert lines[0].endswith("  start")
    assert [line.split()[6] for line in lines[1:3]] == ["dim=8", "dim=16"]
    assert "chosen: " in lines[3]


@pytest.mark.parametrize(
    ("off", "ahead", "lists", "targets"),
    [
        (0, 1, [[1, 2, 3, 4], [6, 7, 8], [9, 10, 11, 12, 13]], [5, 9, -1]),
        (0, 2, [[1, 2, 3], [6, 7], [9, 10, 11, 12, 13]], [5, 9, -1]),
        (1, 1, [[1, 2, 3], [6, 7], [9, 10, 11, 12, 13]], [4, 8, -1]),
        (1, 2, [[1, 2], [6, 7, 8], [9, 10, 11, 12, 13]], [4, -1, -1]),
    ],
)
def test_that_items_are_taken_off_the_end_and_the_next_or_the_one_behind_it_is_asked_for(off, ahead, lists, targets):
    nobody, none = np.full((3, 99), -1, np.int32), np.full(3, -1, np.int32)
    party = PartyData(
        party="alice",
        protocol="leak-free",
        n_items=20,
        users=np.arange(3, dtype=np.int32),
        indptr=np.array([0, 4, 7, 12]),
        items=np.array([1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13], np.int32),
        valid_item=np.array([5, 9, -1], np.int32),
        test_item=none,
        valid_candidates=nobody,
        test_candidates=nobody,
    )
    found = tune_models.shortened(party, off, ahead)
    assert [part.tolist() for part in np.split(found.items, found.indptr[1:-1])] == lists
    assert found.valid_item.tolist() == targets
    assert found.valid_item.dtype == np.int32
