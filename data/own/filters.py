"""The choice of the rows of a table of (user, item, time) that stay: repeated pairs and the k-core."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def time_order(seconds: NDArray[np.int64] | None, nanos: NDArray[np.int64] | None) -> NDArray[np.int64] | None:
    """Return the order of the rows in time, ties in the order of the file; None when the file is in that order.

    Args:
        seconds: [n_rows], None without times.
        nanos: [n_rows] billionths beyond the second, None without any.
    """
    if seconds is None:
        return None
    later, same = seconds[1:] > seconds[:-1], seconds[1:] == seconds[:-1]
    if bool((later | (same & (True if nanos is None else nanos[1:] >= nanos[:-1]))).all()):
        return None
    # Stable, both of them.
    order: NDArray[np.int64] = np.argsort(seconds, kind="stable") if nanos is None else np.lexsort((nanos, seconds))
    return order


def repeated(
    user: NDArray[np.int32], item: NDArray[np.int32], order: NDArray[np.int64] | None, keep: Literal["first", "last"]
) -> NDArray[np.bool_]:
    """Return the rows whose (user, item) has another row that is kept, the first or last in `order`: bool [n_rows]."""
    pair = user.astype(np.int64) * (int(item.max(initial=0)) + 1) + item
    if order is None:
        return np.asarray(pd.Series(pair, copy=False).duplicated(keep=keep).to_numpy())
    again = np.empty(len(pair), dtype=bool)
    again[order] = pd.Series(pair[order], copy=False).duplicated(keep=keep).to_numpy()
    return again


def k_core(
    user: NDArray[np.int32],
    item: NDArray[np.int32],
    k_users: int,
    k_items: int,
    distinct: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Return the rows of the largest part where users have k_users items and items k_items users: bool [n_rows].

    Users and items below are removed in turn until none is left below; the result does not depend on the order
    (Seidman, "Network structure and minimum degree", Social Networks 5(3), 1983, for bipartite graphs).

    Args:
        user, item: [n_rows].
        k_users: least number of different items of a user.
        k_items: least number of different users of an item.
        distinct: rows that count, where a (user, item) occurs several times: one of each pair; None counts all.
    """
    n_users, n_items = int(user.max(initial=-1)) + 1, int(item.max(initial=-1)) + 1
    good_user, good_item = np.ones(n_users, dtype=bool), np.ones(n_items, dtype=bool)
    # Only rows that may still go are looked at again, so late rounds of the loop are cheap.
    users, items = (user, item) if distinct is None else (user[distinct], item[distinct])
    while True:
        per_user, per_item = np.bincount(users, minlength=n_users), np.bincount(items, minlength=n_items)
        good_user &= per_user >= k_users
        good_item &= per_item >= k_items
        stays = good_user[users] & good_item[items]
        if stays.all():
            break
        users, items = users[stays], items[stays]
    core: NDArray[np.bool_] = good_user[user] & good_item[item]
    return core
