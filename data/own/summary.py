"""The report of an import: counts, quantiles, and what a person should look at before training."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.errors import DataError
from data.interactions import Interactions
from data.own.faults import LOW_RATING
from data.own.options import ROLE_WORDS, ImportOptions, Role
from data.own.report import QUANTILES, Dropped, ImportReport, in_words
from data.own.source import TextFormat
from data.own.tally import Doubt, DoubtKind, Scanned
from data.own.times import iso
from data.own.written_times import DAY
from data.sentences import Said, say
from data.split import MIN_INTERACTIONS, check_item_count, reference_order

_EVERYBODY: Final = 0.95  # an item this share of the users have is worth a word
# Ratings up to here are a scale from bad to good, and no counts; unless all are nearly the same.
_SCALE: Final = 10.0
_NARROW: Final = 2.0


@dataclass(frozen=True)
class Found:
    """Findings of an import in a file.

    Attributes:
        path: the file.
        name: the data set.
        text: how the file is written, None for Parquet.
        names: its column names.
        places: the column of each part.
        scanned: what was read.
        dropped: reasons with counts, reading and filters.
        notes: what was guessed about columns, in sentences.
        repeats: rows that repeat an earlier (user, item) and were kept.
    """

    path: Path
    name: str
    text: TextFormat | None
    names: tuple[str, ...]
    places: dict[Role, int]
    scanned: Scanned
    dropped: list[Dropped]
    notes: list[Said]
    repeats: int


def report(found: Found, interactions: Interactions, ties: int, began: float) -> ImportReport:
    """Return the report of an import.

    Args:
        found: what was found in the file.
        interactions: what is left.
        ties: users whose last two times are equal.
        began: `time.perf_counter()` at the start of the import.

    Raises:
        DataError: no user has enough items to be evaluated, or there are more items than can be numbered.
    """
    text, scanned, repeats = found.text, found.scanned, found.repeats
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
            path=found.path,
            column=found.names[found.places["user"]],
        )
    mapping = {role: found.names[place] for role, place in found.places.items()}
    has_time = scanned.seconds is not None
    known = _users_with_known_test(interactions) if repeats else 0
    counted = _Counted(different, few, repeats, ties, known)
    return ImportReport(
        name=found.name,
        source=str(found.path),
        sha256=scanned.sha256,
        size=found.path.stat().st_size,
        encoding=text.encoding if text else "",
        delimiter=text.delimiter if text else "",
        header=text is not None and text.header,
        mapping={str(role): column for role, column in mapping.items()},
        rows_read=scanned.rows_read,
        dropped=tuple(found.dropped),
        n_users=interactions.n_users,
        n_items=interactions.n_items,
        n_rows=interactions.n_rows,
        density=(interactions.n_rows - repeats) / (interactions.n_users * interactions.n_items),
        per_user=tuple(float(x) for x in np.quantile(per_user, QUANTILES)),
        per_item=tuple(float(x) for x in np.quantile(per_item, QUANTILES)),
        first_time=iso(interactions.timestamp.min()) if has_time else "",
        last_time=iso(interactions.timestamp.max()) if has_time else "",
        time_unit=scanned.time_unit,
        users_tied=ties,
        users_known=known,
        rating_low=scanned.rating_low,
        rating_high=scanned.rating_high,
        users_train_only=few,
        titles=int(np.count_nonzero(interactions.titles != interactions.item_ids)),
        warnings=tuple(_warnings(found, mapping, interactions, counted)),
        fingerprint=interactions.fingerprint,
        seconds=round(time.perf_counter() - began, 2),
    )


@dataclass(frozen=True)
class _Counted:
    different: NDArray[np.int64]  # different items of each user
    few: int  # users with too few of them to be evaluated
    repeats: int
    ties: int
    known: int


def why_gone(reason: str, options: ImportOptions) -> str:
    """Return why no row of a user was kept: a reason of `data.own.faults`, or "" for the k-core filter."""
    if reason == LOW_RATING:
        return say("import.gone-rating", "every rating is below --min-rating {least:g}", least=options.min_rating)
    if reason:
        return say("import.gone-rows", "every row was left out: {reason}", reason=reason)
    if options.k_core_users == options.k_core_items:
        return say("import.gone-core", "dropped by --k-core {k}", k=options.k_core_users)
    return say(
        "import.gone-cores",
        "dropped by --k-core-users {users} --k-core-items {items}",
        users=options.k_core_users,
        items=options.k_core_items,
    )


def _users_with_known_test(interactions: Interactions) -> int:
    """Return how many users' test item under the published protocol stands among their earlier rows as well."""
    order = reference_order(interactions)
    user, item = interactions.user[order].astype(np.int64), interactions.item[order]
    counts = np.bincount(user)
    last = np.cumsum(counts)[counts >= MIN_INTERACTIONS] - 1
    pairs, times = np.unique(user * interactions.n_items + item, return_counts=True)
    test = user[last] * interactions.n_items + item[last]
    return int(np.count_nonzero(times[np.searchsorted(pairs, test)] > 1))


def doubts_of_values(scanned: Scanned) -> list[str]:
    """Return which values look wrong, with count, place and value of the first, in sentences."""
    found: list[str] = [_doubt(kind, doubt) for kind, doubt in scanned.doubts.items()]
    if scanned.seconds is not None and len(scanned.seconds) and int(np.abs(scanned.seconds).max()) < DAY:
        found.append(
            say(
                "import.doubt-1970",
                "All times lie within a day of 1 January 1970, from {first} to {last}: read as {unit} they are "
                "probably not what they mean.",
                first=iso(scanned.seconds.min()),
                last=iso(scanned.seconds.max()),
                unit=scanned.time_unit,
            )
        )
    if scanned.commas:
        found.append(
            say(
                "import.decimal-comma",
                "{ratings} written with a decimal comma, such as 4,5 for 4.5.",
                ratings=say("import.one-rating-is", "1 rating is")
                if scanned.commas == 1
                else say("import.ratings-are", "{n:,} ratings are", n=scanned.commas),
            )
        )
    if scanned.torn:
        found.append(
            say(
                "import.torn",
                "{fields} with a quoted part and goes on after it, the first in line {line}; the quotes were lost. "
                "Read without quotes, they stay.",
                fields=say("import.one-field-begins", "1 field begins")
                if scanned.torn == 1
                else say("import.fields-begin", "{n:,} times a field begins", n=scanned.torn),
                line=scanned.torn_line,
            )
        )
    found += _low_ratings(scanned)
    return found


def _doubt(kind: DoubtKind, doubt: Doubt) -> Said:
    rows, example = _rows_have(doubt.rows), doubt.shown
    role = ROLE_WORDS["user" if kind.endswith("user") else "item"]
    match kind:
        case "void-user" | "void-item":
            return say(
                "import.doubt-void",
                "{rows} a word for nothing as the {role} ({example}), which was kept as an id.",
                rows=rows,
                role=role,
                example=example,
            )
        case "cut-user" | "cut-item":
            return say(
                "import.doubt-cut",
                "{rows} a shortened number as the {role} ({example}): a spreadsheet has cut its digits, and different "
                "ids may have become one.",
                rows=rows,
                role=role,
                example=example,
            )
        case "cut-time":
            return say(
                "import.doubt-cut-time",
                "{rows} a time written with an exponent, as a spreadsheet shortens it: its digits are lost, and with "
                "them the order.",
                rows=rows,
            )
        case "far-time":
            return say("import.doubt-far", "{rows} a time far from all others ({example}).", rows=rows, example=example)
        case "unrated":
            return say(
                "import.doubt-unrated",
                "{rows} a rating that says nothing ({example}); such rows count as a sign of interest all the same.",
                rows=rows,
                example=example,
            )


def _low_ratings(scanned: Scanned) -> list[str]:
    """Say how many rows below the middle of the scale count as a sign of interest."""
    if not scanned.ratings or len(scanned.ratings) < 2:
        return []
    least, most = min(scanned.ratings), max(scanned.ratings)
    middle = (least + most) / 2
    low = sum(count for rating, count in scanned.ratings.items() if rating < middle)
    if most > _SCALE or most - least < _NARROW or not low:
        return []
    return [
        say(
            "import.low-ratings-count",
            "Every row counts as a sign of interest: {rows} a rating below {middle:g} on a scale from {least:g} to "
            "{most:g}. A least rating leaves such rows out.",
            rows=_rows_have(low),
            middle=middle,
            least=least,
            most=most,
        )
    ]


def _warnings(found_in: Found, mapping: dict[Role, str], interactions: Interactions, counted: _Counted) -> list[str]:
    """Return what a person should look at before training, in sentences."""
    text, scanned, repeats = found_in.text, found_in.scanned, counted.repeats
    different, few = counted.different, counted.few
    found: list[str] = list(text.notes) if text and text.header else []
    if text and not text.header:
        found.append(
            say(
                "import.by-position",
                "The file has no header, so columns were taken by position: {columns}. Check that this is right.",
                columns=in_words(mapping),
            )
        )
        found += [note for note in text.notes if getattr(note, "code", "") != "import.no-header"]
    found += found_in.notes
    found += doubts_of_values(scanned)
    if scanned.seconds is None:
        found.append(
            say(
                "import.no-timestamps",
                "There are no timestamps: the order of the rows in the file stands for the order in time.",
            )
        )
    elif interactions.nanos is None and interactions.timestamp.min() == interactions.timestamp.max():
        found.append(
            say(
                "import.same-timestamps",
                "All timestamps are the same: the order of the rows in the file stands for the order in time.",
            )
        )
    elif counted.ties:
        found.append(
            say(
                "import.ties",
                "{users} equal times in the last two rows: their test item hangs on the order of the rows in the file.",
                users=_users_have(counted.ties),
            )
        )
    if counted.known:
        found.append(
            say(
                "import.known-tests",
                "{users} a last item that is among the earlier rows as well. Under the published protocol such a test "
                "item is known from training, and figures mean nothing; under the leak-free one it counts once.",
                users=_users_have(counted.known),
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


def _rows_have(count: int) -> Said:
    return say("import.one-row-has", "1 row has") if count == 1 else say("import.rows-have", "{n:,} rows have", n=count)
