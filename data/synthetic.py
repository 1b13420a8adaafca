"""Made-up interactions of any size, for measuring speed and memory. Benchmarks use them; a person cannot pick them.

They imitate real data: few items are very popular and few users very active (power laws), and tastes cluster: items
fall into clusters, a user mostly picks from one of them. All draws are counter-based (`data.rng`), so the same
arguments give the same interactions on every machine. Work goes by chunks of users: memory beyond the result is
bounded.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.errors import SettingsError
from data.interactions import Interactions, fingerprint
from data.sentences import say

_CHUNK_ROWS: Final = 1 << 20
_ACTIVITY_POWER: Final = 0.6  # the r-th most active user has weight (r + n_users / 100) ** -0.6
_POPULARITY_POWER: Final = 1.0  # the r-th most popular item of a cluster has weight 1 / (r + 2)
_MAIN_TASTE: Final = 0.7  # share of a user's picks from the main cluster; the others are from all items
_LARGEST_SHARE: Final = 4  # nobody has more than a quarter of all items
_TASTE_ROUNDS: Final = 8  # after so many tries for items not yet picked, any item will do
_FIRST_SECOND: Final = 1_672_531_200  # 2023-01-01 00:00 UTC
_SPAN: Final = 540 * 86_400


def generate(
    n_users: int, n_items: int, n_interactions: int, seed: int = 0, n_clusters: int = 50, min_per_user: int = 5
) -> Interactions:
    """Generate interactions of exactly the size asked for; the items of a user are all different.

    Args:
        n_users, n_items: how many; items nobody picked are among them.
        n_interactions: rows in all.
        seed: 0 or more.
        n_clusters: taste clusters, at most n_items.
        min_per_user: least rows of a user.

    Raises:
        SettingsError: the numbers do not fit together (too few rows for the users, or too many for the items).
    """
    top = max(n_items // _LARGEST_SHARE, 1)
    if min(n_users, n_items, n_clusters, min_per_user) < 1 or n_clusters > n_items or min_per_user > top:
        raise SettingsError(
            say(
                "synthetic.users-items-clusters",
                "{n_users} users, {n_items} items and {n_clusters} clusters cannot be generated.",
                n_users=n_users,
                n_items=n_items,
                n_clusters=n_clusters,
            )
        )
    if not n_users * min_per_user <= n_interactions <= n_users * top:
        raise SettingsError(
            say(
                "synthetic.interactions-not-fit-users",
                "{n_interactions} interactions do not fit {n_users} users with {min_per_user} to {top} items each.",
                n_interactions=n_interactions,
                n_users=n_users,
                min_per_user=min_per_user,
                top=top,
            )
        )
    if n_items > rng.MAX_BELOW:
        raise SettingsError(
            say("synthetic.most-items-numbered", "At most {most:,} items can be numbered.", most=rng.MAX_BELOW)
        )
    counts = _activity(n_users, n_interactions, min_per_user, top, seed)
    cluster = np.argsort(_uniform(n_items, seed, "cluster"), kind="stable") % n_clusters
    draws = _Items(cluster, n_clusters, seed)
    taste = np.minimum(_uniform(n_users, seed, "taste") * n_clusters, n_clusters - 1).astype(np.int64)

    bounds = np.concatenate([[0], np.cumsum(counts)])
    item = np.empty(n_interactions, dtype=np.int32)
    start = 0
    while start < n_users:
        stop = max(start + 1, int(np.searchsorted(bounds, bounds[start] + _CHUNK_ROWS, side="right")) - 1)
        item[bounds[start] : bounds[stop]] = _pick(draws, counts[start:stop], taste[start:stop], start, seed)
        start = stop
    user = np.repeat(np.arange(n_users, dtype=np.int32), counts)
    # Evenly spread over a user's time, in the order of the picks: ascending within each user.
    place = np.arange(n_interactions, dtype=np.int64) - bounds[user]
    time = _FIRST_SECOND + place * _SPAN // counts[user]
    ids = [np.array([str(number + 1) for number in range(n)], dtype=object) for n in (n_users, n_items)]
    name = f"synthetic-{n_users}-{n_items}-{n_interactions}-{seed}"
    return Interactions(
        name=name,
        user=user,
        item=item,
        timestamp=time,
        user_ids=ids[0],
        item_ids=ids[1],
        titles=np.array([f"Item {number + 1}" for number in range(n_items)], dtype=object),
        genres=tuple((f"Cluster {number + 1}",) for number in cluster.tolist()),
        fingerprint=fingerprint(name, ids[0], ids[1], user, item, time),
    )


class _Items:
    """A source of items in proportion to popularity, from one cluster or from all: inverse of the summed weights."""

    def __init__(self, cluster: NDArray[np.int64], n_clusters: int, seed: int) -> None:
        self.n_items = n_items = len(cluster)
        shuffled = np.argsort(_uniform(n_items, seed, "popularity"), kind="stable")
        # Items by cluster, in a random order within each: the place in its cluster is the rank of its popularity.
        self._item = shuffled[np.argsort(cluster[shuffled], kind="stable")].astype(np.int32)
        sizes = np.bincount(cluster, minlength=n_clusters)
        begin = np.cumsum(sizes) - sizes
        rank = np.arange(n_items) - np.repeat(begin, sizes)
        self._summed = np.cumsum((rank + 3.0) ** -_POPULARITY_POWER)
        self._low = np.where(begin > 0, self._summed[begin - 1], 0.0)
        self._high = self._summed[begin + sizes - 1]

    def draw(
        self, taste: NDArray[np.int64], uniform: NDArray[np.float64], main: NDArray[np.bool_]
    ) -> NDArray[np.int32]:
        """Draw an item of the cluster `taste` where `main` is set, else of all: int32 [n]."""
        low = np.where(main, self._low[taste], 0.0)
        high = np.where(main, self._high[taste], self._summed[-1])
        found = np.searchsorted(self._summed, low + uniform * (high - low), side="right")
        items: NDArray[np.int32] = self._item[np.minimum(found, len(self._item) - 1)]
        return items


def _pick(
    draws: _Items, counts: NDArray[np.int64], taste: NDArray[np.int64], first_user: int, seed: int
) -> NDArray[np.int32]:
    """Pick different items for each user of a chunk, int32 [sum of counts]: users in order, items in random order."""
    n_items = draws.n_items
    found = np.empty(0, dtype=np.int64)  # user (from 0 in the chunk) * n_items + item, ascending
    missing = counts
    for attempt in range(64):
        user = np.repeat(np.arange(len(counts)), missing)
        if not len(user):
            break
        which, uniform = (_uniform(len(user), seed, purpose, first_user, attempt) for purpose in ("which", "item"))
        if attempt < _TASTE_ROUNDS:
            item = draws.draw(taste[user], uniform, which < _MAIN_TASTE)
        else:
            item = np.minimum(uniform * n_items, n_items - 1).astype(np.int32)
        # Exactly what is missing is drawn, so nobody ever gets too many.
        found = np.unique(np.concatenate([found, user * n_items + item]))
        missing = counts - np.bincount(found // n_items, minlength=len(counts))
    order = np.lexsort((_uniform(len(found), seed, "order", first_user), found // n_items))
    items: NDArray[np.int32] = (found[order] % n_items).astype(np.int32)
    return items


def _activity(n_users: int, n_rows: int, low: int, high: int, seed: int) -> NDArray[np.int64]:
    """Return the rows of each user, int64 [n_users], low..high, n_rows in all: a power law, ranks dealt at random."""
    rank = np.argsort(np.argsort(_uniform(n_users, seed, "activity"), kind="stable"), kind="stable")
    weight = (rank + 1 + n_users / 100.0) ** -_ACTIVITY_POWER
    counts = np.full(n_users, low, dtype=np.int64)
    while (left := n_rows - int(counts.sum())) > 0:
        open_to = counts < high
        share = np.where(open_to, weight, 0.0)
        more = np.floor(left * share / share.sum()).astype(np.int64)
        if not more.any():
            # Less than one each: one row to each of the most active who may have more.
            most = np.argsort(-share, kind="stable")[: min(left, int(open_to.sum()))]
            more[most] = 1
        counts = np.minimum(counts + more, high)
    return counts


def _uniform(n: int, seed: int, purpose: str, *more: int) -> NDArray[np.float64]:
    """Return [n] uniform numbers in (0, 1), fixed by seed, purpose and further numbers."""
    stream = rng.key(rng.FOR_SYNTHETIC, seed, int.from_bytes(purpose.encode(), "big"), *more)
    return rng.unit(rng.draw(np.array([stream], dtype=np.uint64), np.arange(n, dtype=np.uint64)))
