"""A party that has got more users and items goes on with what its first users learned."""

from dataclasses import replace

import numpy as np
import pytest

from data.partition import take
from models.registry import MODELS
from tests.models.small_data import hyper_of, small_party

MORE_ITEMS = 3


@pytest.mark.parametrize("model", ["fcf", "seqfcf", "pfedrec", "fedrap"])
def test_that_first_users_score_known_items_as_before_and_the_others_are_untrained(model):
    data, hyper, local_of = small_party(), hyper_of(model), MODELS[model].load_local()
    n = data.n_users - 2
    few = take(data, np.arange(n))
    small = local_of(few, hyper)
    items = local_of.initial_items(data.n_items, hyper)
    for number in (1, 2):
        small.train_round(items, number)
    grown = local_of(replace(data, n_items=data.n_items + MORE_ITEMS), hyper)
    grown.grow(small.private_state())
    table = local_of.initial_items(data.n_items + MORE_ITEMS, hyper)
    np.testing.assert_array_equal(table[: data.n_items], items)
    if model in ("pfedrec", "fedrap"):
        view = "global" if model == "pfedrec" else "personal"
        known = grown.scores(np.arange(n), table, view=view)[:, : data.n_items]
        np.testing.assert_allclose(known, small.scores(np.arange(n), items, view=view), rtol=1e-5, atol=1e-6)
    untrained = local_of(replace(data, n_items=data.n_items + MORE_ITEMS), hyper)
    new = np.arange(n, data.n_users)
    np.testing.assert_allclose(grown.scores(new, table), untrained.scores(new, table), rtol=1e-5, atol=1e-6)
    assert np.isfinite(grown.train_round(table, 1).item_update).all()
