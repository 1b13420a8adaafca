"""A party's update may be no longer than its users can make it: checked by the party, and by a server that sees it."""

import numpy as np
import pytest

from fl.aggregation.validation import norm_problem
from fl.errors import AggregationError, PartyError
from models.base import LocalUpdate
from models.pfedrec_local import LocalPFedRec
from tests.fl.federation.test_new_fl_model import HYPER
from tests.fl.small_rules import rules_for
from tests.models.small_data import small_parties


def set_up(federate, aggregator, norm_limit):
    federation, devices = federate(3, aggregator)
    parts = dict(zip(devices, small_parties(3), strict=True))
    federation.set_up(parts, rules_for(norm_limit=norm_limit))
    return federation


def honest_norms():
    start = LocalPFedRec.initial_items(small_parties(3)[0].n_items, HYPER)
    updates = [LocalPFedRec(part, HYPER).train_round(start, 1) for part in small_parties(3)]
    return [float(np.linalg.norm(update.item_update)) / update.n_users for update in updates]


@pytest.mark.parametrize("aggregator", ["masked", "plain"])
def test_that_a_party_beyond_the_limit_is_refused_by_name_and_honest_ones_are_not(federate, monkeypatch, aggregator):
    limit = 1.01 * max(honest_norms())
    set_up(federate, aggregator, limit).fit(epochs=1)
    train = LocalPFedRec.train_round

    def longer(self, *arguments):
        update = train(self, *arguments)
        factor = 100 if self._data.party == "party-2" else 1
        return LocalUpdate(factor * update.item_update, update.n_users, update.n_samples, update.loss_sum)

    monkeypatch.setattr(LocalPFedRec, "train_round", longer)
    with pytest.raises(PartyError, match=r"party-2: the update has a norm of .* beyond the limit of .* for 3 users"):
        set_up(federate, aggregator, limit).fit(epochs=1)
    # A party that does not check itself is found by a server that sees its update.
    monkeypatch.setattr("fl.federation.worker.norm_problem", lambda *_: "")
    if aggregator == "plain":
        with pytest.raises(AggregationError, match="party-2: the update has a norm of"):
            set_up(federate, aggregator, limit).fit(epochs=1)


def test_that_the_limit_is_of_the_norm_times_the_users():
    update = np.full((3, 3), 2.0, np.float32)  # norm 6
    assert norm_problem(update, 3, 2.0) == ""
    assert "a norm of 6, beyond the limit of 5.7 for 3 users" in norm_problem(update, 3, 1.9)
    assert norm_problem(update, 3, 0.0) == ""
    assert norm_problem(np.zeros((2, 2)), 0, 1.0) == ""
    assert norm_problem(np.full((1, 1), np.nan), 1, 1e9)
