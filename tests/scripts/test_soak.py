"""The plan of the long trials' time; the trials themselves are run by make soak."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def soak(monkeypatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))  # as when it is run from there
    return importlib.import_module("soak")


def test_that_trials_share_the_time_that_others_leave(soak):
    def trial(share: float = 0.0) -> Any:
        return soak.Scenario(lambda folder, seed, until: None, share)

    chosen = {"to its end": trial(), "first": trial(1), "second": trial(3)}
    assert soak.time_of("to its end", chosen, 0.0, 100.0) == 100.0
    assert soak.time_of("first", chosen, 60.0, 100.0) == 70.0  # a quarter of the 40 that are left
    assert soak.time_of("second", chosen, 75.0, 100.0) == 100.0  # the first one took longer: all that is left
    assert soak.time_of("second", chosen, 130.0, 100.0) <= 130.0  # nothing is left: it begins with no second step
    assert soak.time_of("first", chosen, 60.0, float("inf")) == float("inf")  # --whole


def test_that_no_trial_that_goes_on_to_its_end_stands_behind_one_that_shares(soak):
    shares = [one.share for one in soak.SCENARIOS.values()]
    assert shares == sorted(shares, key=bool)
