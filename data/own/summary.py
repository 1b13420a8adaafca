"""The report of an import: counts, quantiles, and what a person should look at before training."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.errors import DataError
from data.interactions import Interactions
from data.own.options import Role
from data.own.report import QUANTILES, Dropped, ImportReport
from data.own.scan import Scanned
from data.own.source import TextFormat
from data.sentences import say
from data.split import MIN_INTERACTIONS, check_item_count

_EVERYBODY: Final = 0.95  # an item this share of the users have is worth a word
_BY_POSITION: Final = "The file has no header, so columns were taken by position: {}. Check that this is right."
_NO_TIME: Final = "There are no timestamps: the order of the rows in the file stands for the order in time."


def report(
    path: Path,
    name: str,
    text: TextFormat | None,
    names: tuple[str, ...],
    places: dict[Role, int],
    scanned: Scanned,
    dropped: list[Dropped],
    repeats: int,
    interactions: Interactions,
    began: float,
) -> ImportReport:
    """Return the report of an import.

    Args:
        path: the file.
        name: the data set.
        text: how the file is written, None for Parquet.
        names: its column names.
        places: the column of each part.
        scanned: what was read.
        dropped: reasons with counts, reading and filters.
        repeats: rows that repeat an earlier (user, item) and were kept.
        interactions: what is left.
        began: `time.perf_counter()` at the start of the import.

    Raises:
        DataError: no user has enough items to be evaluated, or there are more items than can be numbered.
    """
    check_item_count(interactions.n_items)
    per_user = np.bincount(interactions.user, minlength=interactions.n_users)
    per_item = np.bincount(interactions.item, minlength=interactions.n_items)
    # Different items of each user.
    different = per_user
    if repeats:
        different = np.bincount(_pairs(interactions) // interactions.n_items, minlength=interactions.n_users)
    few = int(np.count_nonzero(different < MIN_INTERACTIONS))
    if few == interactions.n_users:
        raise DataError(
            say(
                "import.no-user-different-items",
                "no user has {min_interactions} different items or more, so nothing can be held out for evaluation.",
                min_interactions=MIN_INTERACTIONS,
            ),
            say("import.user-column-right-filter", "Is the user column right? Does a filter drop too much?"),
            path=path,
            column=names[places["user"]],
        )
    mapping = {role: names[place] for role, place in places.items()}
    has_time = scanned.time is not None
    own_titles = int(np.count_nonzero(interactions.titles != interactions.item_ids))
    return ImportReport(
        name=name,
        source=str(path),
        sha256=scanned.sha256,
        size=path.stat().st_size,
        encoding=text.encoding if text else "",
        delimiter=text.delimiter if text else "",
        header=text is not None and text.header,
        mapping={str(role): column for role, column in mapping.items()},
        rows_read=scanned.rows_read,
        dropped=tuple(dropped),
        n_users=interactions.n_users,
        n_items=interactions.n_items,
        n_rows=interactions.n_rows,
        density=(interactions.n_rows - repeats) / (interactions.n_users * interactions.n_items),
        per_user=tuple(float(x) for x in np.quantile(per_user, QUANTILES)),
        per_item=tuple(float(x) for x in np.quantile(per_item, QUANTILES)),
        first_time=_iso(interactions.timestamp.min()) if has_time else "",
        last_time=_iso(interactions.timestamp.max()) if has_time else "",
        time_unit=scanned.time_unit,
        rating_low=scanned.rating_low,
        rating_high=scanned.rating_high,
        users_train_only=few,
        titles=own_titles,
        warnings=tuple(_warnings(text, mapping, scanned, interactions, different, few, repeats)),
        fingerprint=interactions.fingerprint,
        seconds=round(time.perf_counter() - began, 2),
    )


def _warnings(
    text: TextFormat | None,
    mapping: dict[Role, str],
    scanned: Scanned,
    interactions: Interactions,
    different: NDArray[np.int64],
    few: int,
    repeats: int,
) -> list[str]:
    """Return what a person should look at before training, in sentences."""
    found = list(text.notes) if text and text.header else []
    if text and not text.header:
        found.append(_BY_POSITION.format(", ".join(f"{role} = {column}" for role, column in mapping.items())))
    if scanned.time is None:
        found.append(_NO_TIME)
    elif interactions.timestamp.min() == interactions.timestamp.max():
        found.append("All timestamps are the same: the order of the rows in the file stands for the order in time.")
    if few:
        found.append(
            f"{_number(few, 'user has', 'users have')} fewer than {MIN_INTERACTIONS} different items: "
            "used for training, never evaluated."
        )
    items = _pairs(interactions) % interactions.n_items if repeats else interactions.item
    users_of = np.bincount(items, minlength=interactions.n_items)
    top = int(users_of.argmax())
    share = users_of[top] / interactions.n_users
    if share >= _EVERYBODY:
        what = "Every user has" if share == 1 else f"{100 * share:.0f} % of the users have"
        more = int(np.count_nonzero(users_of >= _EVERYBODY * interactions.n_users)) - 1
        found.append(
            f"{what} the item {interactions.titles[top]!r}"
            + (f" (and {_number(more, 'other is', 'others are')} nearly as common)" if more else "")
            + ": it tells nothing about anybody's taste."
        )
    full = int(np.count_nonzero(different == interactions.n_items))
    if full:
        found.append(
            f"{_number(full, 'user has', 'users have')} every item, so there is nothing left to recommend to them."
        )
    if interactions.n_items < 100:
        found.append(
            f"There are only {interactions.n_items} items, so the usual ranking among 99 others is among fewer: "
            "figures are not comparable with published ones."
        )
    once = int(np.count_nonzero(users_of == 1))
    if once > interactions.n_items / 2:
        found.append(f"{once:,} of {interactions.n_items:,} items have one user only; a k-core filter would drop them.")
    if repeats:
        found.append(f"{_number(repeats, 'row repeats', 'rows repeat')} an earlier (user, item) and was kept.")
    if scanned.trimmed:
        found.append(f"{_number(scanned.trimmed, 'id', 'ids')} had spaces around, which were taken off.")
    return found


def _pairs(interactions: Interactions) -> NDArray[np.int64]:
    """Return each (user, item) once, as user * n_items + item."""
    pairs: NDArray[np.int64] = np.unique(interactions.user.astype(np.int64) * interactions.n_items + interactions.item)
    return pairs


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _iso(seconds: np.int64) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), timezone.utc).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return f"{int(seconds)} s"
