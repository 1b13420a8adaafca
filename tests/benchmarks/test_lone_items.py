"""Items that one party or one user alone has, and what FCF's sum says of such a user."""

import json

import numpy as np

from benchmarks.lone_items import what_is_left
from data.popularity import popularity_scores
from models.fcf_local import LocalFCF
from tests.models.small_data import hyper_of, small_parties


def test_that_lone_items_are_counted_and_the_user_of_one_is_read(run_benchmark, tmp_path):
    run_benchmark("lone_items", "--datasets", "demo", "--parties", "2", "8", "--rounds", "2", "--output", tmp_path)
    found = json.loads((tmp_path / "lone_items.json").read_text())
    few, many = found["counted"]
    # Among more parties, an item of several users is with one party alone less often; one of one user always is.
    assert few["of_one_party"] >= many["of_one_party"] >= many["of_one_user"] == few["of_one_user"]
    (read,) = found["read"]
    assert read["items_of_one_user"] == few["of_one_user"]
    assert (read["cosine_median"] is None) == (read["items_of_one_user"] == 0)


def test_that_the_vector_of_a_user_who_alone_has_an_item_stands_in_fcfs_sum():
    (party,) = small_parties(1)
    rng = np.random.default_rng(4)
    items = rng.normal(0, 0.3, (party.n_items, 6)).astype(np.float32)
    local = LocalFCF(party, hyper_of("fcf"))
    total = local.train_round(items.copy(), 1).item_update.astype(np.float64)
    counts = popularity_scores(party)
    assert (counts == 0).sum() > 30  # their rows tell what all users add
    left = what_is_left(total, items.astype(np.float64), counts, hyper_of("fcf").own.reg_of_items)
    for item in np.flatnonzero(counts == 1):
        (place,) = np.flatnonzero(party.items == item)
        vector = local._p.vectors[np.searchsorted(party.indptr, place, side="right") - 1]
        assert abs(np.dot(left[item], vector)) > 0.999 * np.linalg.norm(left[item]) * np.linalg.norm(vector)
