"""The taste of a user, from the user's items, computed where the items are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.partition import PartyData, train_items
from models.reach import percentiles


def genre_shares(genres: NDArray[np.float32], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each genre, 0..1, in items counted with a weight: [g].

    An item with several genres is divided among them.

    Args:
        genres: [n_items, g] rows that sum to 1, or to 0 for items without genre, which do not count.
        weight: [n_items].

    Returns:
        Shares that sum to 1, or zeros when no item that counts has a genre.
    """
    total = weight @ genres.astype(np.float64)
    whole = total.sum()
    return np.asarray(total / whole if whole > 0 else total)


def own_items(data: PartyData, row: int) -> NDArray[np.int64]:
    """Return all items of one user of a party: train items in order of time, then what is held out of training."""
    held_out = np.array([data.valid_item[row], data.test_item[row]], np.int64)
    return np.concatenate([train_items(data, row), held_out[held_out >= 0]])


def mean_percentile(items_weight: NDArray[np.float64], counts: NDArray[np.float64]) -> float:
    """Return the mean popularity percentile, 0 (least popular) to 100, of items with a weight; 50 where nothing counts.

    Args:
        items_weight: [n_items].
        counts: [n_items] train interactions of each item over all users.
    """
    whole = items_weight.sum()
    return float(items_weight @ percentiles(counts) / whole) if whole > 0 else 50.0


def taste_of(
    data: PartyData, row: int, genres: NDArray[np.float32], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return one user's genre shares, then the mean popularity percentile of the user's items: [g + 1].

    They are for the user alone.

    Args:
        data: the party's users.
        row: the user.
        genres: [n_items, g] as in `genre_shares`.
        counts: [n_items] summed over all parties.
    """
    own = np.bincount(own_items(data, row), minlength=data.n_items).astype(np.float64)
    return np.append(genre_shares(genres, own), mean_percentile(own, counts))
