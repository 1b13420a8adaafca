"""The evaluation over a real federation: equal to the sums of its parties."""

import numpy as np
import pytest

from models.evaluation import EvaluationRequest, evaluate_shared, evaluated
from models.groups import UserGroup
from tests.fl.small_rules import rules_for
from tests.models.small_data import small_parties, small_split

GROUPS = (UserGroup("activity", "few", 1, 20),)
REQUEST = EvaluationRequest("test", (5, 10), exposure=True, groups=GROUPS, replicates=30, seed=1)


@pytest.fixture
def trained(federate):
    def train(n_parties):
        model, devices = federate(n_parties, "secure" if n_parties > 1 else "plain")
        model.set_up(dict(zip(devices, small_parties(n_parties), strict=True)), rules_for())
        model.fit(epochs=2, validation_data=False)
        return model

    return train


@pytest.mark.parametrize("view", ["global", "fine-tuned"])
def test_that_figures_do_not_depend_on_what_else_is_asked(trained, view):
    model = trained(3)
    alone = model.evaluate(EvaluationRequest("test", (5, 10), ("hr", "ndcg")), view)
    found = model.evaluate(REQUEST, view)
    assert {name: found.figures[name] for name in alone.figures} == alone.figures
    assert alone.n_users == found.n_users == 8
    assert (set(alone.reach), set(found.reach)) == (set(), {5, 10})
    assert alone.intervals == {}


def test_that_popularity_over_parties_is_that_of_all_data_in_one_place(trained):
    found = trained(2).questions.evaluate_popularity(REQUEST)
    split = small_split()
    counts = np.bincount(split.items, minlength=split.n_items)
    sums = sum(evaluate_shared(counts, part, REQUEST)[0] for part in small_parties(2))
    expected = evaluated([sums], REQUEST)
    assert found.figures == pytest.approx(expected.figures, abs=1e-6)
    for name, ends in expected.intervals.items():
        assert found.intervals[name] == pytest.approx(ends, abs=1e-6), name
    assert found.groups[0].n_users == expected.groups[0].n_users


def test_that_groups_are_the_same_for_any_number_of_parties(trained):
    assert trained(1).questions.groups({}) == trained(4).questions.groups({})
