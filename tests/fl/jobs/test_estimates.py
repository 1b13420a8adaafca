"""What a training will need: from constants, and from the person's own rounds where there are any."""

import pytest

from data import registry
from fl.jobs.estimates import memory, round_seconds
from fl.protocol.commands import EstimateTraining
from fl.runs.run_folder import RunFolder
from fl.settings.train import TrainSettings
from models.registry import MODELS
from tests.fl.asking import ask
from tests.round_records import a_round

FACTS = {"fingerprint": "abc", "versions": {}}


def finished(name, seconds, **values):
    """A run on disk whose rounds took the given seconds."""
    folder = RunFolder.create(TrainSettings(name=name, **values), FACTS)
    for number, value in enumerate(seconds, start=1):
        folder.add_round(a_round(number, seconds=value))
    folder.set_state("done")


def estimate(**values):
    return ask(EstimateTraining(settings=TrainSettings(**values)))


def test_that_a_round_costs_what_its_samples_cost():
    settings = TrainSettings(model="pfedrec", parties=2, dim=64, negatives=3, local_epochs=2)
    expected = 0.08 + 2 * 0.03 + 1.5e-7 * 1000 * 4 * 2 * 2
    assert round_seconds(settings, 1000, 50) == pytest.approx(expected)


@pytest.mark.parametrize(("drawn", "share"), [(0.5, 0.5), (1.0, 1.0), (10, 0.2), (100, 1.0)])
def test_that_fewer_users_in_a_round_cost_less(drawn, share):
    settings = TrainSettings(model="fcf", parties=2, dim=32, clients_per_round=drawn)
    assert round_seconds(settings, 10**6, 50) == pytest.approx(0.08 + 2 * 0.03 + 2.8e-7 * share * 10**6)


def test_that_without_own_runs_the_time_is_a_range():
    made = estimate(epochs=50)
    low, high = made.seconds
    assert made.from_run == ""
    assert 0 < low < high
    assert made.memory_free > 0


def test_that_own_rounds_win_and_the_first_one_does_not_count():
    finished("mine", [9.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    made = estimate(epochs=100)
    assert made.from_run == "mine"
    low, high = made.seconds
    assert high - low == pytest.approx(100 * (4.0 - 2.0)), "quartiles of 1, 2, 3, 4, 5"


@pytest.mark.parametrize(
    "other", [{"model": "pfedrec"}, {"dim": 64}, {"parties": 4}, {"aggregator": "verified"}, {"runtime": "in-process"}]
)
def test_that_runs_of_another_speed_say_nothing(other):
    finished("other", [1.0, 1.0, 1.0], **other)
    assert estimate().from_run == ""


def test_that_settings_without_a_say_in_the_speed_do_not_matter():
    finished("other", [1.0, 1.0, 1.0], seed=7, epochs=3, reg=0.5)
    assert estimate().from_run == "other"


def test_that_more_parties_and_more_rows_need_more_memory():
    two, four = TrainSettings(parties=2), TrainSettings(parties=4)
    assert memory(two, 10**5, 10**6) < memory(four, 10**5, 10**6) < memory(four, 10**7, 10**6)
    assert memory(TrainSettings(runtime="in-process"), 10**5, 10**6) < memory(two, 10**5, 10**6)


def test_that_personal_items_need_memory_for_every_pair():
    fcf, fedrap = TrainSettings(model="fcf", dim=32), TrainSettings(model="fedrap", dim=32)
    assert memory(fcf, 10**5, 10**6) == memory(fcf, 10**5, 10**8)
    extra = memory(fedrap, 10**5, 10**7) - memory(fcf, 10**5, 10**7)
    assert extra >= 10**7 * 32 * 4, "at least the table itself"


@pytest.mark.parametrize(
    ("model", "dataset", "dim", "measured"),
    [
        ("fcf", "demo", 32, (0.14,)),
        ("fcf", "ml-100k", 32, (0.13, 0.17)),
        ("fcf", "ml-1m", 64, (0.63, 0.74)),
        ("pfedrec", "ml-100k", 32, (0.23, 0.25)),
        ("pfedrec", "ml-1m", 32, (0.81, 1.09)),
        ("fedrap", "ml-100k", 32, (0.37,)),
    ],
)
def test_that_the_range_holds_what_was_measured(model, dataset, dim, measured):
    low, high = estimate(model=model, dataset=dataset, dim=dim, epochs=1000).seconds
    for seconds in measured:
        assert low <= 1000 * seconds + 5 <= high + 5


def test_that_every_data_set_and_model_has_an_estimate():
    for name in registry.DATASETS:
        for model in MODELS:
            low, high = estimate(dataset=name, model=model).seconds
            assert 0 < low < high
