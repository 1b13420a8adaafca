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
from data.sentences import Said, say
from data.split import MIN_INTERACTIONS, check_item_count

_EVERYBODY: Final = 0.95  # an item this share of the users have is worth a word


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
        found.append(
            say(
                "import.by-position",
                "The file has no header, so columns were taken by position: {columns}. Check that this is right.",
                columns=", ".join(f"{role} = {column}" for role, column in mapping.items()),
            )
        )
    if scanned.time is None:
        found.append(
            say(
                "import.no-timestamps",
                "There are no timestamps: the order of the rows in the file stands for the order in time.",
            )
        )
    elif interactions.timestamp.min() == interactions.timestamp.max():
        found.append(
            say(
                "import.same-timestamps",
                "All timestamps are the same: the order of the rows in the file stands for the order in time.",
            )
        )
    if few:
        found.append(
            say(
                "import.few-items",
                "{users} fewer than {least} different items: used for training, never evaluated.",
                users=_users_have(few),
                least=MIN_INTERACTIONS,
            )
        )
    items = _pairs(interactions) % interactions.n_items if repeats else interactions.item
    users_of = np.bincount(items, minlength=interactions.n_items)
    top = int(users_of.argmax())
    if users_of[top] >= _EVERYBODY * interactions.n_users:
        found.append(_everybodys(interactions.titles[top], users_of, interactions.n_users))
    full = int(np.count_nonzero(different == interactions.n_items))
    if full:
        found.append(
            say(
                "import.every-item",
                "{users} every item, so there is nothing left to recommend to them.",
                users=_users_have(full),
            )
        )
    if interactions.n_items < 100:
        found.append(
            say(
                "import.few-items-in-all",
                "There are only {items} items, so the usual ranking among 99 others is among fewer: figures are not "
                "comparable with published ones.",
                items=interactions.n_items,
            )
        )
    once = int(np.count_nonzero(users_of == 1))
    if once > interactions.n_items / 2:
        found.append(
            say(
                "import.one-user-only",
                "{once:,} of {items:,} items have one user only; a k-core filter would drop them.",
                once=once,
                items=interactions.n_items,
            )
        )
    if repeats:
        one = say("import.one-repeat", "1 row repeats an earlier (user, item) and was kept.")
        many = say("import.repeats", "{rows:,} rows repeat an earlier (user, item) and was kept.", rows=repeats)
        found.append(one if repeats == 1 else many)
    if scanned.trimmed:
        one = say("import.one-trimmed", "1 id had spaces around, which were taken off.")
        many = say("import.trimmed", "{ids:,} ids had spaces around, which were taken off.", ids=scanned.trimmed)
        found.append(one if scanned.trimmed == 1 else many)
    return found


def _pairs(interactions: Interactions) -> NDArray[np.int64]:
    """Return each (user, item) once, as user * n_items + item."""
    pairs: NDArray[np.int64] = np.unique(interactions.user.astype(np.int64) * interactions.n_items + interactions.item)
    return pairs


def _everybodys(title: str, users_of: NDArray[np.int64], n_users: int) -> Said:
    """Return that (nearly) all users have the item of this title. `users_of`: [n_items] users of each item."""
    share = users_of.max() / n_users
    who = say("import.every-user", "Every user has")
    if share < 1:
        who = say("import.most-users", "{percent:.0f} % of the users have", percent=100 * share)
    more = int(np.count_nonzero(users_of >= _EVERYBODY * n_users)) - 1
    if not more:
        return say(
            "import.everybodys",
            "{who} the item {title!r}: it tells nothing about anybody's taste.",
            who=who,
            title=title,
        )
    one = say("import.one-other", "1 other is")
    return say(
        "import.everybodys-and-others",
        "{who} the item {title!r} (and {others} nearly as common): it tells nothing about anybody's taste.",
        who=who,
        title=title,
        others=one if more == 1 else say("import.others", "{n:,} others are", n=more),
    )


def _users_have(count: int) -> Said:
    return (
        say("import.one-user-has", "1 user has")
        if count == 1
        else say("import.users-have", "{n:,} users have", n=count)
    )


def _iso(seconds: np.int64) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), timezone.utc).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return f"{int(seconds)} s"
