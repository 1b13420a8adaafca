"""Groups of users for the fairness table, made so that only counts over all parties are needed.

Activity quarters need limits that all parties share. Each party counts its users by activity in fixed public bins (an
eighth of an octave wide, so single numbers up to 11); the counts are summed over the parties and the limits are read
off the sum. A party's own counts stay hidden, and the limits are as coarse as the bins.

A group of fewer than `SMALLEST_GROUP` users is left out of the table: its figures would be those of a few people. When
so few are left out of a kind that the table's total minus the other rows would show them, the next smallest group goes
too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData

SMALLEST_GROUP: Final = 10
ACTIVITY: Final = "activity"

# Upper ends (inclusive) of the activity bins: 1, 2, 3, ... then steps of 2^(1/8), up to 2^20 train items.
ACTIVITY_BINS: Final[NDArray[np.int64]] = np.unique(np.floor(2.0 ** (np.arange(8 * 20 + 1) / 8)).astype(np.int64))


@dataclass(frozen=True)
class UserGroup:
    """A row of the fairness table.

    Attributes:
        kind: "activity", or a name in `PartyData.groups`.
        label: what the person reads, e.g. "12 to 34 items" or "F".
        low, high: for activity, the train items of its users, both ends included.
    """

    kind: str
    label: str
    low: int = 0
    high: int = 0

    def members(self, data: PartyData) -> NDArray[np.bool_]:
        """Return which of the party's users belong to it, bool [n]. Without such labels in the data, nobody does."""
        if self.kind == ACTIVITY:
            length = np.diff(data.indptr)
            return (length >= self.low) & (length <= self.high)
        labels = data.groups.get(self.kind)
        return np.zeros(data.n_users, np.bool_) if labels is None else np.asarray(labels == self.label, np.bool_)


def profile(data: PartyData, labels: Mapping[str, Sequence[str]]) -> NDArray[np.float64]:
    """Count the party's users with a test item in each activity bin and under each label: [bins + labels].

    Args:
        data: the party's users.
        labels: public labels of each kind of group, the same for all parties.
    """
    tested = data.test_item >= 0
    bins = np.searchsorted(ACTIVITY_BINS, np.diff(data.indptr)[tested]).clip(max=len(ACTIVITY_BINS) - 1)
    counts = [np.bincount(bins, minlength=len(ACTIVITY_BINS)).astype(np.float64)]
    for kind, known in labels.items():
        counts.append(
            np.array([float((UserGroup(kind, label).members(data) & tested).sum()) for label in known], np.float64)
        )
    return np.concatenate(counts)


def profile_size(labels: Mapping[str, Sequence[str]]) -> int:
    """Return the length of what `profile` returns."""
    return len(ACTIVITY_BINS) + sum(len(known) for known in labels.values())


def groups_of(summed: NDArray[np.float64], labels: Mapping[str, Sequence[str]]) -> tuple[UserGroup, ...]:
    """Return the groups to report, from summed profiles: up to four of activity, then those of each label.

    Args:
        summed: [bins + labels].
        labels: as for `profile`.
    """
    counts = np.rint(summed)
    histogram = counts[: len(ACTIVITY_BINS)]
    n_users = int(histogram.sum())
    found = _large_enough(activity_quarters(histogram), n_users)
    place = len(ACTIVITY_BINS)
    for kind, known in labels.items():
        sizes = counts[place : place + len(known)]
        groups = [(UserGroup(kind, label), int(size)) for label, size in zip(known, sizes, strict=True)]
        found += _large_enough(groups, n_users)
        place += len(known)
    return tuple(found)


def _large_enough(groups: list[tuple[UserGroup, int]], n_users: int) -> list[UserGroup]:
    """Return those of one kind's groups that may be shown, in their order; their users do not overlap."""
    shown = [(group, size) for group, size in groups if size >= SMALLEST_GROUP]
    while shown and 0 < n_users - sum(size for _, size in shown) < SMALLEST_GROUP:
        shown.remove(min(shown, key=lambda entry: entry[1]))
    return [group for group, _ in shown]


def activity_quarters(histogram: NDArray[np.float64]) -> list[tuple[UserGroup, int]]:
    """Divide users by number of train items into up to four groups of about equal size, least active first.

    Return each group with its size.

    A limit is the end of the first bin at which a quarter (half, three quarters) of the users is reached. Fewer groups
    come out where many users share a bin.

    Args:
        histogram: [bins] users per activity bin, over all parties.
    """
    total = np.cumsum(histogram)
    used = np.flatnonzero(histogram)
    if not len(used):
        return []
    ends = {int(np.searchsorted(total, total[-1] * quarter / 4)) for quarter in (1, 2, 3)} | {int(used[-1])}
    groups: list[tuple[UserGroup, int]] = []
    first = int(used[0])
    for end in sorted(ends):
        size = int(total[end] - (total[first - 1] if first else 0))
        # The lower edge of a bin is one more than the upper end of the bin below it.
        low = int(ACTIVITY_BINS[first - 1]) + 1 if first else 1
        high = int(ACTIVITY_BINS[end])
        label = f"{low} to {high} items" if low < high else f"{high} items"
        groups.append((UserGroup(ACTIVITY, label, low, high), size))
        first = end + 1
    return groups
