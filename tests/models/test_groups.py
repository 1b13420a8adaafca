"""Groups of users from counts over all parties."""

import numpy as np
import pytest

from models.groups import ACTIVITY_BINS, UserGroup, activity_quarters, groups_of, profile, profile_size
from tests.models.small_data import small_parties, small_party


def histogram(lengths):
    return np.bincount(np.searchsorted(ACTIVITY_BINS, lengths), minlength=len(ACTIVITY_BINS)).astype(float)


def test_that_small_activities_have_a_bin_each():
    assert ACTIVITY_BINS[:8].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (np.diff(ACTIVITY_BINS) > 0).all()


def test_that_quarters_split_users_evenly():
    found = activity_quarters(histogram(np.repeat([1, 2, 3, 4], 25)))
    assert [(g.low, g.high, n) for g, n in found] == [(1, 1, 25), (2, 2, 25), (3, 3, 25), (4, 4, 25)]
    assert found[0][0].label == "1 items"


def test_that_quarters_cover_every_user_once():
    lengths = np.random.default_rng(1).geometric(0.02, 500)
    found = activity_quarters(histogram(lengths))
    inside = [(lengths >= g.low) & (lengths <= g.high) for g, _ in found]
    assert (np.sum(inside, axis=0) == 1).all()
    assert [int(mask.sum()) for mask in inside] == [n for _, n in found]
    # A bin is an eighth of an octave wide, so quarters are a little uneven.
    assert all(90 <= n <= 160 for _, n in found)


def test_that_users_of_one_activity_make_one_group():
    assert [(g.low, g.high, n) for g, n in activity_quarters(histogram(np.full(30, 3)))] == [(3, 3, 30)]


def test_that_no_users_make_no_groups():
    assert activity_quarters(np.zeros(len(ACTIVITY_BINS))) == []


def labelled(n_parties):
    parts = small_parties(n_parties, n_users=40)
    for part in parts:
        part.groups["gender"] = np.array(["F" if user % 3 else "M" for user in part.users], dtype=object)
    return parts


LABELS = {"gender": ["F", "M", "unknown"]}


@pytest.mark.parametrize("n_parties", [1, 4])
def test_that_profiles_add_up_to_the_counts(n_parties):
    parts = labelled(n_parties)
    summed = np.sum([profile(part, LABELS) for part in parts], axis=0)
    assert len(summed) == profile_size(LABELS)
    # User 0 has 2 interactions and no test item; of 1..39, every third is M.
    assert summed[-3:].tolist() == [26, 13, 0]
    assert summed[: len(ACTIVITY_BINS)].sum() == 39
    found = groups_of(summed, LABELS)
    assert [g.label for g in found if g.kind == "gender"] == ["F", "M"]


def shown(sizes, n_users):
    summed = np.zeros(len(ACTIVITY_BINS) + len(sizes))
    summed[5] = n_users
    summed[len(ACTIVITY_BINS) :] = sizes
    labels = {"age": [f"band {i}" for i in range(len(sizes))]}
    return [g.label for g in groups_of(summed, labels) if g.kind == "age"]


def test_that_groups_of_few_users_are_left_out():
    assert shown([50, 12, 30, 5, 6], 103) == ["band 0", "band 1", "band 2"]


def test_that_a_left_out_group_cannot_be_had_by_subtraction():
    # 5 users would be total minus the two rows shown, so the next smallest goes as well.
    assert shown([50, 12, 5], 67) == ["band 0"]


def test_that_users_without_a_label_count_as_left_out():
    assert shown([50, 12], 65) == ["band 0"]


def test_that_data_without_labels_has_no_members():
    assert not UserGroup("gender", "F").members(small_party()).any()
