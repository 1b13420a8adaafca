"""A party is killed in the middle of a sum: the run finishes, and no message is in two sums."""

import json

import pytest

from benchmarks.killed_in_a_sum import OpenedSum, Recording, pairs
from fl.aggregation.masking.messages import UnmaskShares


def opened(number, **plain):
    return OpenedSum((b"batch", number), plain)


def test_that_a_pair_of_sums_with_a_message_in_common_is_found():
    whole = opened(1, p1=b"a", p2=b"b", p3=b"c")
    other_values = opened(2, p1=b"d", p2=b"e")
    same_parties = opened(3, p1=b"a", p2=b"b", p3=b"c")
    without_p3 = opened(4, p1=b"a", p2=b"f")
    assert pairs([whole, other_values, same_parties]) == []
    assert pairs([whole, without_p3]) == [(whole, without_p3)]
    zeros = opened(5, p1=b"", p2=b"g"), opened(6, p1=b"", p3=b"h")
    assert pairs(zeros) == []


def test_that_a_sum_counts_as_opened_from_the_threshold_of_shares_on():
    recording = Recording(plain={b"1": b"a", b"2": b"b"}, uploads={(b"batch", 0): {"p1": b"1", "p2": b"2"}})
    share = UnmaskShares("p1", b"batch", 0, (("p1", 1), ("p2", 2)), ())
    recording.take(share)
    assert recording.opened(2) == []
    recording.take([UnmaskShares("p2", b"batch", 0, (("p1", 1), ("p2", 2)), ())])
    assert recording.opened(2) == [opened(0, p1=b"a", p2=b"b")]
    assert recording.received == {"UnmaskShares": 2}


@pytest.mark.engine
def test_that_a_run_finishes_without_a_second_sum_of_any_message(run_benchmark, tmp_path):
    words = ["--dataset", "demo", "--rounds", "3", "--round", "2", "--aggregators", "verified", "--output", tmp_path]
    run_benchmark("killed_in_a_sum", *words)
    (found,) = json.loads((tmp_path / "killed_in_a_sum.json").read_text())["results"]
    assert found["dropped"] == {"party-2": "its process died"}
    assert found["first_round_without"] == 2
    assert found["pairs"] == found["messages_opened_twice"] == 0
    assert found["rounds"] == 3
    # All four up to the update of round 2, which outlives the party; three from its validation on.
    assert found["sums_by_parties"] == {"4": 5, "3": 5}
