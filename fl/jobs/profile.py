"""The profile of a user: what the user's items say of the user's taste, as the window shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fl.protocol.records import GenreShare, Profile
from models.taste import genre_shares, mean_percentile

Unit = Literal["hour", "day", "week", "month", "year"]
# Seconds; a month is a twelfth of a year.
_UNITS: tuple[tuple[Unit, int], ...] = (
    ("hour", 3600),
    ("day", 86_400),
    ("week", 7 * 86_400),
    ("month", 2_629_746),
    ("year", 31_556_952),
)
MOST_BINS = 40


def profile(
    names: Sequence[str],
    taste: NDArray[np.float64],
    genres: NDArray[np.float32],
    counts: NDArray[np.float64],
    times: NDArray[np.int64],
) -> Profile:
    """Return a user's profile beside the average.

    Args:
        names: [g] of the genres.
        taste: [g + 1] as `models.taste.taste_of`, computed in the user's party.
        genres: [n_items, g] as in `models.taste.genre_shares`.
        counts: [n_items] train interactions over all users: the average is over these, so active users weigh more.
        times: [n] when the user had the items, seconds since 1970; 0 where the data has no times.
    """
    average = genre_shares(genres, counts)
    shares = [
        GenreShare(genre=name, share=float(own), average=float(all_))
        for name, own, all_ in zip(names, taste[:-1], average, strict=True)
        if own > 0 or all_ > 0
    ]
    unit, bins = activity(times)
    return Profile(
        n_items=len(times),
        genres=tuple(sorted(shares, key=lambda one: (-one.share, -one.average, one.genre))),
        popularity=float(taste[-1]),
        average_popularity=mean_percentile(counts, counts),
        period=unit or "",
        activity=bins,
    )


def activity(times: NDArray[np.int64]) -> tuple[Unit | None, tuple[tuple[int, int], ...]]:
    """Count items over time in the shortest unit that needs no more than MOST_BINS bins.

    Return (length of a bin, (begin, items) of each bin from the first item to the last); (None, ()) without times.
    """
    known = times[times > 0]
    if not len(known):
        return None, ()
    for unit, seconds in _UNITS:
        first = int(known.min()) // seconds
        if int(known.max()) // seconds - first < MOST_BINS or unit == _UNITS[-1][0]:
            number = np.bincount(known // seconds - first)
            return unit, tuple(((first + place) * seconds, int(n)) for place, n in enumerate(number))
    raise AssertionError("unreachable: the last unit returns")
