"""Times as tables have them, understood by the whole column.

A column is gathered chunk by chunk (`data.own.written_times`) and settled at its end, because only all of it tells
whether 03/04/2024 is in March or in April, and because the first thousands of rows may have no time at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.own.options import TimeFormat
from data.own.written_times import DAY, EITHER, ISO, NANO, NO_DATE, NUMBER, Chunk, Seconds, seconds_of
from data.sentences import Said, say

# Seconds of the years 1 to 9999, which is what a calendar knows.
EARLIEST, LATEST = -62_135_596_800, 253_402_300_799
_UNITS: Final[dict[str, tuple[int, Said]]] = {
    "seconds": (1, say("unit.seconds", "seconds")),
    "milliseconds": (1_000, say("unit.milliseconds", "milliseconds")),
    "microseconds": (1_000_000, say("unit.microseconds", "microseconds")),
    "nanoseconds": (NANO, say("unit.nanoseconds", "nanoseconds")),
}
# Numbers from here on are of the finer unit. Seconds reach 10^11 in the year 5138, and as milliseconds that is March
# 1973: data about users lies between.
_SIZES: Final = (("seconds", 1e11), ("milliseconds", 1e14), ("microseconds", 1e17), ("nanoseconds", np.inf))
_AS_ISO: Final = say("unit.iso", "ISO text")
_AS_DAYS: Final = say("unit.days", "days as YYYYMMDD")
_DAY_FIRST: Final = say("unit.day-first", "dates with the day first")
_MONTH_FIRST: Final = say("unit.month-first", "dates with the month first")
_MIXED: Final = say("unit.mixed", "each value by itself")


@dataclass
class Settled:
    """The times of a column, understood.

    Attributes:
        seconds: int64 [n] since 1970; 0 where `wrong`.
        nanos: int64 [n], what is beyond the second; None when nothing is.
        unit: how they were read.
        wrong: reason -> bool [n] rows whose time cannot be one among the others, disjoint.
        ambiguous: a row whose date can be read with the day or the month first, where nothing tells; else None.
        contrary: (a row that can only have the day first, one that can only have the month first), where both occur.
    """

    seconds: Seconds
    nanos: Seconds | None
    unit: str
    wrong: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    ambiguous: int | None = None
    contrary: tuple[int, int] | None = None


OTHER_KIND: Final = say("import.time-other-kind", "time written otherwise than the others")
NO_SUCH_DATE: Final = say("import.time-no-such-date", "date that does not exist when read like the others")
NO_CALENDAR: Final = say("import.time-no-calendar", "time outside the years 1 to 9999 when read like the others")


def settle(times: Chunk, asked: TimeFormat) -> Settled:
    """Understand the times of a whole column, all of which are OK by themselves.

    Args:
        times: all rows.
        asked: how they are written, "" to find it out: by the kind that most of them have, the unit of numbers by
            their median size, the order of day and month by the days after the 12th.
    """
    n = len(times.whole)
    counts = np.bincount(times.kind, minlength=4)
    if asked == "mixed":
        kind = 0
    elif asked == "":
        kind = int(counts[1:].argmax()) + 1
    else:
        kind = {"day-first": EITHER, "month-first": EITHER, "year-first": ISO}.get(asked, NUMBER)
    wrong = np.zeros(n, bool) if kind == 0 else times.kind != kind
    seconds, nanos = times.whole.copy(), np.zeros(n, np.int64) if times.nanos is None else times.nanos.copy()
    unit: str = _AS_ISO
    settled = Settled(seconds, nanos, unit)
    if kind in (0, NUMBER):
        rows = np.flatnonzero(times.kind == NUMBER)
        settled.unit = _settle_numbers(settled, rows, wrong, asked)
    if kind in (0, EITHER) and times.other is not None:
        rows = np.flatnonzero(times.kind == EITHER)
        settled.unit = _settle_either(settled, rows, times.other, asked)
    if kind == 0:
        settled.unit = _MIXED
    if wrong.any():
        settled.wrong[OTHER_KIND] = wrong
    nowhere = ~wrong & (settled.seconds == NO_DATE)
    if nowhere.any():
        settled.wrong[NO_SUCH_DATE] = nowhere
    outside = ~wrong & ~nowhere & ((settled.seconds < EARLIEST) | (settled.seconds > LATEST))
    if outside.any():
        settled.wrong[NO_CALENDAR] = outside
    settled.seconds[wrong | nowhere | outside] = 0
    settled.nanos = nanos if nanos.any() else None
    return settled


def _settle_numbers(settled: Settled, rows: Seconds, wrong: NDArray[np.bool_], asked: TimeFormat) -> str:
    """Turn numbers into seconds and billionths, in place; return how they were read."""
    values = settled.seconds[rows]
    if not len(values):
        return _UNITS["seconds"][1]
    if asked == "":
        calendar = _as_calendar(values)
        if calendar is not None:
            settled.seconds[rows] = np.where(calendar == NO_DATE, 0, calendar)
            wrong[rows[calendar == NO_DATE]] = True
            return _AS_DAYS
    assert settled.nanos is not None  # noqa: S101  # for mypy
    size = np.abs(values.astype(np.float64))
    if asked == "mixed":
        limits = [limit for _, limit in _SIZES[:-1]]
        per = np.array([_UNITS[name][0] for name, _ in _SIZES])[np.searchsorted(limits, size, side="right")]
        unit: str = _MIXED
    else:
        median = float(np.median(size[:: max(1, len(size) // 100_000)]))
        by_size = next(name for name, limit in _SIZES if median < limit)
        factor, unit = _UNITS[str(asked) or by_size]
        per = np.int64(factor)
    if np.all(per == 1):
        return unit
    settled.seconds[rows] = values // per
    settled.nanos[rows] = values % per * (NANO // per) + settled.nanos[rows] // per
    return unit


def _as_calendar(values: Seconds) -> Seconds | None:
    """Return seconds of numbers that are calendar days, 20240131 or 20240131180500; None when they are not.

    Nine of ten must be days there are; the others are `NO_DATE`.
    """
    for scale in (1, 1_000_000, 10_000):  # YYYYMMDD, with hhmmss, with hhmm
        days = values // scale
        if not 1900_01_01 <= np.median(days) <= 2100_12_31:
            continue
        clock = values % scale * (100 if scale == 10_000 else 1)
        hour, minute, second = clock // 10_000, clock // 100 % 100, clock % 100
        found = seconds_of(days // 10_000, days // 100 % 100, days % 100)
        fits = (found != NO_DATE) & (days >= 1900_01_01) & (days <= 2100_12_31)
        fits &= (hour < 24) & (minute < 60) & (second < 60)
        if np.count_nonzero(fits) >= 0.9 * len(values):
            return np.where(fits, found + hour * 3600 + minute * 60 + second, NO_DATE)
    return None


def _settle_either(settled: Settled, rows: Seconds, other: Seconds, asked: TimeFormat) -> str:
    """Choose between the day and the month first, in place; return how the dates were read."""
    day_first, month_first = settled.seconds[rows], other[rows]
    only_day, only_month = month_first == NO_DATE, day_first == NO_DATE
    order = asked
    if order not in ("day-first", "month-first"):
        if only_day.any() and only_month.any():
            settled.contrary = int(rows[only_day.argmax()]), int(rows[only_month.argmax()])
        elif not only_day.any() and not only_month.any() and (day_first != month_first).any():
            settled.ambiguous = int(rows[(day_first != month_first).argmax()])
        order = "month-first" if only_month.any() else "day-first"
    # A date that the chosen order does not know stays `NO_DATE`.
    settled.seconds[rows] = day_first if order == "day-first" else month_first
    return _DAY_FIRST if order == "day-first" else _MONTH_FIRST


def far_rows(seconds: Seconds) -> NDArray[np.bool_]:
    """Return the times that are far from all others: bool [n].

    Far is ten times the span of the middle 80 % of all times, or a year where that is more, before or after that span.
    """
    if len(seconds) < 2:
        return np.zeros(len(seconds), bool)
    sample = seconds[:: max(1, len(seconds) // 200_000)]
    low, high = np.quantile(sample, (0.1, 0.9))
    reach = max(10 * (high - low), 365.0 * DAY)
    far: NDArray[np.bool_] = (seconds < low - reach) | (seconds > high + reach)
    return far


def iso(seconds: int) -> str:
    """Return ISO 8601 in UTC, such as "2024-01-31T18:05:00Z"; the seconds are within the years 1 to 9999."""
    day, second = divmod(int(seconds), DAY)
    at = date(1970, 1, 1) + timedelta(days=day)
    return f"{at.isoformat()}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
