"""Work on several threads: cut into equal spans, each row once, answers in order."""

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from models import threads


def test_that_work_is_cut_into_equal_spans():
    assert threads.equal_parts(np.array([1, 1, 1, 1, 1, 1]), 3) == [0, 2, 4, 6]
    assert threads.equal_parts(np.array([1, 9, 1, 1]), 2) == [0, 2, 4]
    assert threads.equal_parts(np.array([5]), 4) == [0, 1]
    assert threads.equal_parts(np.array([], np.int64), 4) == [0, 0]


def test_that_spans_are_answered_in_order_and_cover_each_row_once(monkeypatch):
    for most in (0, 1, 3):
        monkeypatch.setattr("models.threads._most", most)
        seen = np.zeros(7, int)

        def compute(first, last, seen=seen):
            seen[first:last] += 1
            return list(range(first, last))

        found = threads.spread(np.array([5, 1, 1, 1, 1, 1, 5]), compute)
        assert [row for span in found for row in span] == list(range(7))
        assert len(found) == max(1, most)
        assert (seen == 1).all()


def test_that_products_take_one_thread_as_their_digits_depend_on_its_number():
    with threadpool_limits(2, "blas"):
        threads.limit(3)
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
    threads.limit(0)
