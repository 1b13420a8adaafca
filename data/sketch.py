"""The records of a first look at a data set; data.preview fills them. They import nothing, as the window uses them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Histogram:
    """A count of users (or items) by their number of interactions.

    Attributes:
        edges: n + 1 ascending whole numbers, the last one above all values; bin i holds edges[i] <= value < edges[i+1].
        counts: n tallies.
    """

    edges: tuple[int, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class PreviewRow:
    """One interaction as the file has it; `timestamp` in seconds since 1970, 0 where the data has no time."""

    user: str
    item: str
    title: str
    timestamp: int


@dataclass(frozen=True)
class DatasetSketch:
    """The figures and first rows that a card shows of a data set.

    Attributes:
        density: share of all pairs of user and item that occur, 0..1.
        activity: users by their number of interactions.
        popularity: items by their number of interactions.
        top_tenth: share of all interactions that fall on the tenth of the items chosen most, 0..1.
        median_activity: median number of interactions of a user.
        first, last: timestamps of the oldest and the newest interaction, 0 where the data has no time.
        rows: the first rows, in the order of users and, within a user, of time.
    """

    n_users: int
    n_items: int
    n_rows: int
    density: float
    activity: Histogram
    popularity: Histogram
    top_tenth: float
    median_activity: float
    first: int
    last: int
    rows: tuple[PreviewRow, ...]
