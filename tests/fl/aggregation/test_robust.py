"""Median and trimmed mean against poisoned parties, by numbers worked out by hand."""

import numpy as np
import pytest

from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.open_sums import centre, robust_sum
from fl.aggregation.robust import RobustAggregator
from fl.aggregation.updates import pack_update, unpack_totals
from fl.settings.aggregator_words import AggregatorChoice
from models.base import LocalUpdate
from tests.fl.small_rules import rules_for
from tests.models.small_data import hyper_of, small_parties

NAMES = ["party-1", "party-2", "party-3", "party-4", "party-5"]
MEDIAN = AggregatorChoice("robust")
TRIMMED = AggregatorChoice("robust", robust_rule="trimmed-mean", trim_fraction=0.2)


def upload(table, n_users, n_samples=10):
    return pack_update(LocalUpdate(np.array(table, np.float32), n_users, n_samples, 0.5))


def uploads_of(means, users):
    """Uploads of one coordinate whose mean over the party's users is given."""
    return [upload([[mean * n]], n) for mean, n in zip(means, users, strict=True)]


def test_that_the_median_of_the_parties_means_stands_for_everybody():
    # Means per user 1, 2, 3, 4 and a poisoned 1000; the median is 3, for 2 + 4 + 1 + 1 + 2 = 10 users.
    total, _ = robust_sum(uploads_of([1, 2, 3, 4, 1000], [2, 4, 1, 1, 2]), NAMES, MEDIAN)
    assert total[0] == [[30.0]]
    assert unpack_totals(total[1]).n_users == 10


def test_that_the_trimmed_mean_leaves_out_the_ends():
    # A fifth of 5 parties is 1 at each end: without -1000 and 4, (1 + 2 + 3) / 3 = 2, for 10 users.
    total, _ = robust_sum(uploads_of([1, 2, 3, 4, -1000], [2, 4, 1, 1, 2]), NAMES, TRIMMED)
    assert total[0] == pytest.approx(np.array([[20.0]]))


def test_that_a_poisoned_party_moves_the_plain_sum_and_not_the_robust_one():
    rng = np.random.default_rng(0)
    honest = [rng.normal(1.0, 0.1, (50, 4)) * 20 for _ in range(4)]
    poisoned = [upload(table, 20) for table in honest] + [upload(np.full((50, 4), -1e6), 20)]
    low, high = np.min(honest, axis=0) / 20, np.max(honest, axis=0) / 20
    for choice in (MEDIAN, TRIMMED):
        mean = robust_sum(poisoned, NAMES, choice)[0][0] / 100
        # Between the smallest and the largest honest vote, in every coordinate: what the theory promises.
        assert np.all(mean >= low - 1e-5)
        assert np.all(mean <= high + 1e-5)
    assert np.all(np.sum([u[0] for u in poisoned], axis=0) < -9e5)


def test_that_a_row_a_party_did_not_touch_is_its_vote_for_no_change():
    # Only two of five parties touch the item, one of them poisoned: it does not move.
    total, _ = robust_sum(uploads_of([0, 0, 0, 1, 1000], [1] * 5), NAMES, MEDIAN)
    assert total[0] == [[0.0]]
    # Three of five touch it: it moves as the smallest of them.
    total, _ = robust_sum(uploads_of([0, 0, 1, 2, 3], [1] * 5), NAMES, MEDIAN)
    assert total[0] == [[5.0]]


def test_that_a_party_without_drawn_users_has_no_vote():
    total, _ = robust_sum([upload([[0.0]], 0), *uploads_of([1, 2, 9], [1, 1, 1])], NAMES[:4], MEDIAN)
    assert total[0] == [[6.0]]


def test_that_votes_can_be_weighted_by_samples():
    choice = AggregatorChoice("robust", by_samples=True)
    # Sums weighted with samples: 10 samples of mean 1, 20 of mean 2, 30 of mean 9. Median 2 for 60 samples.
    total, _ = robust_sum(
        [upload([[10.0]], 1, 10), upload([[40.0]], 1, 20), upload([[270.0]], 1, 30)], NAMES[:3], choice
    )
    assert total[0] == [[120.0]]


def test_that_an_upload_that_is_not_finite_names_the_party():
    bad = upload([[np.inf]], 1)
    with pytest.raises(RefusedMessageError, match="upload of party-2 has 1 values that are not finite"):
        robust_sum([upload([[1.0]], 1), bad, upload([[1.0]], 1)], NAMES[:3], MEDIAN)


def test_that_an_even_number_of_votes_has_the_mean_of_the_middle_two():
    assert centre(np.array([[1.0], [2.0], [4.0], [100.0]]), "median", 0) == [3.0]
    assert centre(np.array([[1.0], [2.0], [4.0], [100.0]]), "trimmed-mean", 1) == [3.0]


def test_that_training_withstands_a_poisoned_party(federate, monkeypatch):
    hyper = hyper_of("pfedrec", dim=4)
    honest_step = RobustAggregator.sum_and_bytes

    def poisoned(self, data):
        if self.poison:
            worst = data[1].device(lambda m: [m[0] * 0 + 1e6, m[1]] if len(m) == 2 else m)(data[1])
            data = [data[0], worst, *data[2:]]
        return honest_step(self, data)

    monkeypatch.setattr(RobustAggregator, "sum_and_bytes", poisoned)
    moved = {}
    for poison in (False, True):
        model, devices = federate(3, "robust")
        model.parties.aggregator.poison = poison
        model.set_up(dict(zip(devices, small_parties(3), strict=True)), rules_for(hyper=hyper))
        before = model.questions.item_table()
        model.fit(epochs=1)
        moved[poison] = np.abs(model.questions.item_table() - before).max()
    assert moved[True] < 10 * moved[False] + 1
