"""The choice of the rows of a table that stay, and the data set they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from data.errors import DataError
from data.genres import split_genres
from data.interactions import Interactions, fingerprint
from data.own import filters, summary
from data.own.options import ImportOptions
from data.own.report import Dropped
from data.own.tally import Scanned
from data.sentences import join, say
from data.split import MIN_INTERACTIONS


@dataclass
class Kept:
    """Rows of a table that are kept, and what went.

    Attributes:
        interactions: the rows that are kept.
        dropped: why rows were dropped by the filters.
        repeats: repeated rows that were kept.
        ties: users whose last two rows have the same time.
        gone: id -> why, of users of whom no row is left.
    """

    interactions: Interactions
    dropped: list[Dropped]
    repeats: int
    ties: int
    gone: dict[str, str]


def filter_rows(name: str, path: Path, scanned: Scanned, options: ImportOptions, go_on: Callable[[], None]) -> Kept:
    """Return what the filters keep of the rows that were read: repeated pairs and the k-core are dropped.

    Args:
        name: the data set.
        path: the file, for messages.
        scanned: what was read.
        options: the filters.
        go_on: called now and then; raises when the person has cancelled.

    Raises:
        DataError: nothing is left.
    """
    dropped: list[Dropped] = []
    user, item = scanned.user, scanned.item
    gone = {one: summary.why_gone(reason, options) for one, reason in scanned.gone_users.items()}
    order = filters.time_order(scanned.seconds, scanned.nanos)
    again = filters.repeated(user, item, order, "last" if options.duplicates == "last" else "first")
    go_on()
    keep = np.ones(len(user), dtype=bool)
    repeats = int(np.count_nonzero(again))
    if options.duplicates != "keep" and repeats:
        last = say("import.repeated-last-kept", "repeated (user, item), of which the last is kept")
        first = say("import.repeated-first-kept", "repeated (user, item), of which the first is kept")
        dropped.append(Dropped(last if options.duplicates == "last" else first, repeats))
        keep = ~again
        repeats = 0
    if max(options.k_core_users, options.k_core_items) > 1:
        core = filters.k_core(user, item, options.k_core_users, options.k_core_items, ~again)
        lost = int(np.count_nonzero(keep & ~core))
        if lost:
            users = say("import.core-users", "a user with fewer than {k} items", k=options.k_core_users)
            items = say("import.core-items", "an item with fewer than {k} users", k=options.k_core_items)
            limits = [users] * (options.k_core_users > 1) + [items] * (options.k_core_items > 1)
            dropped.append(Dropped(say("import.core", "k-core: {limits}", limits=join(limits, " or ")), lost))
        keep &= core
        outside = np.setdiff1d(user, user[keep])
        gone |= dict.fromkeys(_texts(scanned.user_ids, outside).tolist(), summary.why_gone("", options))
    if not keep.any():
        raise DataError(
            say(
                "import.no-row-left-after",
                "no row is left after the k-core filter ({k_users} items a user, {k_items} users an item).",
                k_users=options.k_core_users,
                k_items=options.k_core_items,
            ),
            say("import.choose-smaller-numbers", "Choose smaller numbers."),
            path=path,
        )
    go_on()
    interactions, ties = _interactions(name, scanned, keep, order)
    return Kept(interactions, dropped, repeats, ties, gone)


def _interactions(
    name: str, scanned: Scanned, keep: NDArray[np.bool_], order: NDArray[np.int64] | None
) -> tuple[Interactions, int]:
    """Return (the rows of `keep` by user, time and file order, users whose last two times are equal).

    Dense ids follow the first appearance in the file.
    """
    kept = np.flatnonzero(keep)
    user, used_users = pd.factorize(scanned.user[kept])
    item, used_items = pd.factorize(scanned.item[kept])
    # Sorted by time already where need be, so a stable sort by user is all that is left.
    position = np.cumsum(keep) - 1
    in_time = np.arange(len(kept)) if order is None else position[order[keep[order]]]
    in_order = in_time[np.argsort(user[in_time], kind="stable")]
    sorted_user, sorted_item = user[in_order].astype(np.int32), item[in_order].astype(np.int32)
    seconds, nanos, ties = np.zeros(len(kept), dtype=np.int64), None, 0
    if scanned.seconds is not None:
        seconds = scanned.seconds[kept][in_order]
        nanos = None if scanned.nanos is None else scanned.nanos[kept][in_order]
        ties = _tied_users(sorted_user, seconds, nanos)
    user_ids, item_ids = _texts(scanned.user_ids, used_users), _texts(scanned.item_ids, used_items)
    titles = _of_items(scanned.title, kept, item, len(used_items))
    genres = _of_items(scanned.genres, kept, item, len(used_items))
    interactions = Interactions(
        name=name,
        user=sorted_user,
        item=sorted_item,
        timestamp=seconds,
        user_ids=user_ids,
        item_ids=item_ids,
        titles=np.array([title or own for title, own in zip(titles, item_ids, strict=True)], dtype=object),
        genres=tuple(split_genres(text) for text in genres),
        fingerprint=fingerprint(name, user_ids, item_ids, sorted_user, sorted_item, seconds, nanos),
        nanos=nanos,
    )
    return interactions, ties


def _tied_users(user: NDArray[np.int32], seconds: NDArray[np.int64], nanos: NDArray[np.int64] | None) -> int:
    """Return how many users with a test item have equal times in their last two rows. Rows are by user and time."""
    counts = np.bincount(user)
    last = np.cumsum(counts)[counts >= MIN_INTERACTIONS] - 1
    tied = seconds[last] == seconds[last - 1]
    if nanos is not None:
        tied &= nanos[last] == nanos[last - 1]
    return int(np.count_nonzero(tied))


def _texts(ids: Any, used: NDArray[Any]) -> NDArray[np.object_]:
    texts: NDArray[np.object_] = ids.take(pa.array(used)).to_numpy(zero_copy_only=False)
    return texts


def _of_items(
    column: tuple[NDArray[np.int32], Any] | None, kept: NDArray[np.int64], item: NDArray[Any], n_items: int
) -> list[str]:
    """Return a text per item: the first one in the file that is not empty, "" where there is none."""
    if column is None:
        return [""] * n_items
    codes, texts = column[0][kept], [text.strip() for text in column[1].to_pylist()]
    full = np.array([bool(text) for text in texts], dtype=bool)
    rows = np.flatnonzero(full[codes])[::-1]  # backwards, so that the first row of an item is written last
    first = np.full(n_items, -1, dtype=np.int64)
    first[item[rows]] = codes[rows]
    return [texts[code] if code >= 0 else "" for code in first.tolist()]
