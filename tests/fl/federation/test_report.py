"""The report over a real federation: equal to the sums of its parties, and to what `evaluate` says."""

import numpy as np
import pytest

from models.groups import UserGroup
from models.report import ReportRequest, figures_of, report_shared
from tests.models.small_data import HYPER, small_parties, small_split

REQUEST = ReportRequest("test", (5, 10), 1, (UserGroup("activity", "few", 1, 20),), replicates=30)


@pytest.fixture
def trained(federate):
    def train(n_parties):
        model, devices = federate(n_parties, "secure" if n_parties > 1 else "plain")
        model.set_up(dict(zip(devices, small_parties(n_parties), strict=True)), "pfedrec", HYPER)
        model.fit(epochs=2, validation_data=False)
        return model

    return train


@pytest.mark.parametrize("view", ["global", "fine-tuned"])
def test_that_the_report_agrees_with_evaluate(trained, view):
    model = trained(3)
    report = model.report(REQUEST, view)
    for name, value in model.evaluate(ks=(5, 10), view=view).items():
        if name != "n_users":
            assert report.figures.figures[name] == pytest.approx(value, abs=1e-6), name
    assert report.figures.n_users == 8
    assert set(report.reach) == {5, 10}


def test_that_popularity_over_parties_is_that_of_all_data_in_one_place(trained):
    report = trained(2).report_popularity(REQUEST)
    split = small_split()
    counts = np.bincount(split.items, minlength=split.n_items)
    sums = sum(report_shared(counts, part, REQUEST)[0] for part in small_parties(2))
    expected = figures_of(sums, REQUEST)
    assert report.figures.figures == pytest.approx(expected.figures, abs=1e-6)
    for name, ends in expected.intervals.items():
        assert report.figures.intervals[name] == pytest.approx(ends, abs=1e-6), name
    assert report.figures.groups[0].n_users == expected.groups[0].n_users


def test_that_groups_are_the_same_for_any_number_of_parties(trained):
    assert trained(1).groups({}) == trained(4).groups({})
