"""Times as tables have them: numbers of several units, ISO text, dates with the day or the month first.

A column is gathered chunk by chunk and understood at its end, because only all of it tells whether 03/04/2024 is in
March or in April, and because the first thousands of rows may have no time at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.own.options import TimeFormat
from data.own.values import BAD, MISSING, OK, Status, is_missing, trimmed
from data.sentences import Said, say

# What a value is written as. A date with the day or the month first has two readings until the whole column is known.
NUMBER, ISO, EITHER = 1, 2, 3

NANO: Final = 1_000_000_000
DAY: Final = 86_400
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
_CLOCK: Final = (
    r"(?:[T ]+(?P<H>[0-9]{1,2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,](?P<f>[0-9]{1,9}))?)?)?"
    r"\s*(?P<p>[AaPp]\.?[Mm]\.?)?\s*(?P<z>Z|z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?$"
)
_YEAR_FIRST: Final = r"^(?P<y>[0-9]{4})[-/.年]\s?(?P<m>[0-9]{1,2})[-/.月]\s?(?P<d>[0-9]{1,2})日?" + _CLOCK
_YEAR_LAST: Final = r"^(?P<a>[0-9]{1,2})(?:[-/.]|\s+)(?P<b>[0-9]{1,2})(?:[-/.]|,?\s+)(?P<y>[0-9]{4})" + _CLOCK
# Two digits of a year: only where the person says what comes first.
_SHORT_LAST: Final = r"^(?P<a>[0-9]{1,2})[-/.](?P<b>[0-9]{1,2})[-/.](?P<y>[0-9]{2})" + _CLOCK
_SHORT_FIRST: Final = r"^(?P<y>[0-9]{2})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})" + _CLOCK
_DECIMAL: Final = r"^(?P<s>[+-]?)(?P<w>[0-9]{1,19})(?:[.,](?P<f>[0-9]*))?$"
_EXPONENT: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+]?[0-9]{1,2}")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NAMED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:[a-z]+,?\s+)?(?P<d>[0-9]{{1,2}})[-/ .]\s*{_MONTH}[-/ ,]\s*(?P<y>[0-9]{{4}})(?P<rest>.*)",
        rf"(?:[a-z]+,?\s+)?{_MONTH}\s+(?P<d>[0-9]{{1,2}})(?:,\s*|\s+)(?P<y>[0-9]{{4}})(?P<rest>.*)",
        # As Twitter and Foursquare write it: Tue Apr 03 18:00:15 +0000 2012.
        rf"[a-z]{{3}}\s+{_MONTH}\s+(?P<d>[0-9]{{1,2}})(?P<rest>\s+[0-9:]+(?:\s+(?:[+-][0-9]{{4}}|[A-Z]{{3}}))?)"
        r"\s+(?P<y>[0-9]{4})",
    )
)

Seconds = NDArray[np.int64]


@dataclass
class Chunk:
    """The times of some rows, as far as they can be told without the other rows.

    Attributes:
        kind: int8 [n], NUMBER, ISO or EITHER; 0 where `status` is not OK.
        status: int8 [n], OK, MISSING or BAD.
        whole: int64 [n]: a number without its fraction; seconds since 1970 of a date, the day first in an EITHER.
        nanos: int64 [n], the fraction in billionths, 0 or more; None when there is none.
        other: int64 [n], seconds of an EITHER with the month first; None without any. A reading that is no date is
            `_NO_DATE`.
        blunt: rows written with an exponent, such as 1.7E+09, which have lost digits.
    """

    kind: NDArray[np.int8]
    status: Status
    whole: Seconds
    nanos: Seconds | None = None
    other: Seconds | None = None
    blunt: int = 0

    def of(self, keep: NDArray[np.bool_]) -> Chunk:
        """Return some of the rows. `keep`: bool [n]."""
        if keep.all():
            return self
        nanos = None if self.nanos is None else self.nanos[keep]
        other = None if self.other is None else self.other[keep]
        return Chunk(self.kind[keep], self.status[keep], self.whole[keep], nanos, other, self.blunt)


_NO_DATE: Final = np.iinfo(np.int64).min


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


def read(column: Any, asked: TimeFormat) -> Chunk:
    """Return the times of some rows.

    Args:
        column: pyarrow array of strings, integers, floats, decimals, dates or timestamps, [n].
        asked: how the person says they are written, "" for unknown.
    """
    kind = column.type
    if pa.types.is_temporal(kind):
        return _temporal(column)
    if pa.types.is_integer(kind):
        return _integers(column)
    if pa.types.is_decimal(kind):
        column = column.cast(pa.string())
    elif pa.types.is_floating(kind):
        return _floats(column)
    elif not pa.types.is_string(column.type):
        column = column.cast(pa.string())
    return _texts(column, asked)


def _temporal(column: Any) -> Chunk:
    """Return a column of dates or timestamps of Parquet."""
    unit = getattr(column.type, "unit", "")
    missing = _is_null(column)
    if unit in ("us", "ns"):
        per = 1_000_000 if unit == "us" else NANO
        raw = _filled(column.cast(pa.int64()))
    else:
        per = 1_000
        raw = _filled(column.cast(pa.timestamp("ms", getattr(column.type, "tz", None))).cast(pa.int64()))
    part = raw % per * (NANO // per)
    return Chunk(np.where(missing, 0, ISO).astype(np.int8), _status(missing), raw // per, part if part.any() else None)


def _integers(column: Any) -> Chunk:
    missing = _is_null(column)
    fits = pc.and_kleene(pc.less_equal(column, np.iinfo(np.int64).max), True) if column.type == pa.uint64() else None
    if fits is not None and not pc.all(fits, skip_nulls=True).as_py():
        return _texts(column.cast(pa.string()), "")
    whole = _filled(column.cast(pa.int64()))
    return Chunk(np.where(missing, 0, NUMBER).astype(np.int8), _status(missing), whole)


def _floats(column: Any) -> Chunk:
    values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    missing = ~np.isfinite(values)
    huge = ~missing & (np.abs(values) >= 2.0**63)
    safe = np.where(missing | huge, 0.0, values)
    floor = np.floor(safe)
    nanos = np.minimum(np.round((safe - floor) * NANO), NANO - 1).astype(np.int64)
    status = np.where(missing, MISSING, np.where(huge, BAD, OK)).astype(np.int8)
    kind = np.where(status == OK, NUMBER, 0).astype(np.int8)
    return Chunk(kind, status, floor.astype(np.int64), nanos if nanos.any() else None)


def _texts(column: Any, asked: TimeFormat) -> Chunk:
    # One cast reads a whole chunk in the common cases.
    if not column.null_count:
        try:
            return _integers(column.cast(pa.int64()))
        except pa.ArrowInvalid:
            pass
        for zone in (None, "UTC"):
            try:
                return _temporal(column.cast(pa.timestamp("us", zone)))
            except pa.ArrowInvalid:
                pass
    return _odd_texts(column, asked)


def _odd_texts(column: Any, asked: TimeFormat) -> Chunk:
    text = trimmed(column)
    n = len(text)
    found = Chunk(np.zeros(n, np.int8), np.full(n, BAD, np.int8), np.zeros(n, np.int64))
    nanos, other = np.zeros(n, np.int64), np.full(n, _NO_DATE, np.int64)
    _take_decimals(text, found, nanos)
    _take_dates(text, found, nanos, other, _YEAR_FIRST, ISO)
    _take_dates(text, found, nanos, other, _YEAR_LAST, EITHER)
    if asked in ("day-first", "month-first"):
        _take_dates(text, found, nanos, other, _SHORT_LAST, EITHER)
    elif asked == "year-first":
        _take_dates(text, found, nanos, other, _SHORT_FIRST, ISO)
    _take_rest(text, found, nanos)
    found.nanos = nanos if nanos.any() else None
    found.other = other if (found.kind == EITHER).any() else None
    return found


def _take_decimals(text: Any, found: Chunk, nanos: Seconds) -> None:
    """Read what is a whole number or one with a fraction."""
    groups = pc.extract_regex(text, _DECIMAL)
    fits = _mask(groups.is_valid())
    if not fits.any():
        return
    rows = np.flatnonzero(fits)
    part = groups.filter(pa.array(fits))
    digits = part.field("w")
    # 19 digits may be more than 64 bits hold.
    long = _mask(pc.and_(pc.equal(pc.utf8_length(digits), 19), pc.greater(digits, str(np.iinfo(np.int64).max))))
    whole = _filled(pc.if_else(pa.array(~long), digits, "0").cast(pa.int64()))
    fraction = pc.utf8_slice_codeunits(pc.utf8_rpad(part.field("f"), 9, "0"), 0, 9)
    beyond = fraction.cast(pa.int64()).to_numpy(zero_copy_only=False)
    minus = _mask(pc.equal(part.field("s"), "-"))
    # Below zero the fraction counts up from the next lower whole number.
    carry = minus & (beyond > 0)
    found.whole[rows] = np.where(minus, -whole, whole) - carry
    nanos[rows] = np.where(carry, NANO - beyond, beyond)
    found.kind[rows] = np.where(long, 0, NUMBER)
    found.status[rows] = np.where(long, BAD, OK)


def _take_dates(text: Any, found: Chunk, nanos: Seconds, other: Seconds, pattern: str, kind: int) -> None:
    """Read the values that are still BAD and fit a pattern of dates."""
    rows = np.flatnonzero((found.status == BAD) & (found.kind == 0))
    if not len(rows):
        return
    groups = pc.extract_regex(text.take(pa.array(rows)), pattern)
    fits = _mask(groups.is_valid())
    if not fits.any():
        return
    rows = rows[fits]
    part = groups.filter(pa.array(fits))
    clock, clock_fits = _clock(part)
    year = _number(part, "y")
    if kind == ISO or pattern is _SHORT_FIRST:
        readings = [(_century(year), _number(part, "m"), _number(part, "d"))]
    else:
        first, second = _number(part, "a"), _number(part, "b")
        readings = [(_century(year), second, first), (_century(year), first, second)]
    seconds = [_seconds_of(*reading) for reading in readings]
    valid = [days != _NO_DATE for days in seconds]
    good = clock_fits & np.logical_or.reduce(valid)
    place = rows[good]
    found.kind[place] = kind
    found.status[place] = OK
    found.whole[place] = np.where(valid[0], seconds[0] + clock, _NO_DATE)[good]
    if kind == EITHER:
        other[place] = np.where(valid[1], seconds[1] + clock, _NO_DATE)[good]
    fraction = pc.utf8_slice_codeunits(pc.utf8_rpad(part.field("f"), 9, "0"), 0, 9).cast(pa.int64())
    nanos[place] = _filled(fraction)[good]


def _clock(part: Any) -> tuple[Seconds, NDArray[np.bool_]]:
    """Return (seconds of the day less the zone, whether they are a time of day)."""
    hour, minute, second = (_number(part, name) for name in "HMS")
    halves = part.field("p").dictionary_encode()
    names = np.array([text[:1].lower() for text in halves.dictionary.to_pylist()], dtype="U1")
    half = names[halves.indices.to_numpy(zero_copy_only=False)]
    fits = (hour < 25) & (minute < 60) & (second < 61) & ((half == "") | ((hour >= 1) & (hour <= 12)))
    hour = np.where(half == "p", hour % 12 + 12, np.where(half == "a", hour % 12, hour))
    fits &= (hour < 24) | ((hour == 24) & (minute == 0) & (second == 0))
    zone = part.field("z").dictionary_encode()
    shifts = np.array([_shift(text) for text in zone.dictionary.to_pylist()], dtype=np.int64)
    shift = shifts[zone.indices.to_numpy(zero_copy_only=False)]
    return hour * 3600 + minute * 60 + second - shift, fits


def _shift(zone: str) -> int:
    """Return the seconds by which a zone such as "+02:00" is before UTC."""
    if zone[:1] not in ("+", "-"):
        return 0
    digits = zone[1:].replace(":", "")
    return (1 if zone[0] == "+" else -1) * (int(digits[:2]) * 3600 + int(digits[2:]) * 60)


def _century(year: Seconds) -> Seconds:
    """Return years in full. Two digits are 1969 to 2068, as POSIX has it."""
    return np.where(year >= 100, year, np.where(year >= 69, 1900 + year, 2000 + year))


def _seconds_of(year: Seconds, month: Seconds, day: Seconds) -> Seconds:
    """Return seconds since 1970 at the beginning of days; `_NO_DATE` where there is no such day."""
    fits = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1)
    months = (np.where(fits, year, 1970) - 1970) * 12 + np.where(fits, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]")
    fits &= day <= (after - first).astype(np.int64)
    return np.where(fits, (first.astype(np.int64) + day - 1) * DAY, _NO_DATE)


def _take_rest(text: Any, found: Chunk, nanos: Seconds) -> None:
    """Read names of months and numbers with an exponent, and tell what is missing from what is not understood."""
    rows = np.flatnonzero(found.status == BAD)
    if not len(rows):
        return
    encoded = text.take(pa.array(rows)).dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    # Each different text once: named months are read in Python.
    odd = np.array([_odd_value(value) for value in encoded.dictionary.to_pylist()], dtype=np.int64)[codes]
    kind, status, whole, part, blunt = odd.T
    found.kind[rows], found.status[rows], found.whole[rows], nanos[rows] = kind, status, whole, part
    found.blunt += int(blunt.sum())


def _odd_value(value: str) -> tuple[int, int, int, int, bool]:
    """Return (kind, status, whole, billionths, whether digits are lost) of a text that is no plain number or date."""
    if is_missing(value):
        return 0, MISSING, 0, 0, False
    if _EXPONENT.fullmatch(value):
        number = float(value.replace(",", "."))
        return (NUMBER, OK, int(number), 0, True) if abs(number) < 2.0**63 else (0, BAD, 0, 0, False)
    for pattern in _NAMED:
        match = pattern.fullmatch(value)
        if match:
            month = _MONTHS.index(match["mon"].lower()) + 1
            as_iso = pa.array([f"{match['y']}-{month}-{match['d']} {match['rest'].strip(' ,')}".strip()])
            again = Chunk(np.zeros(1, np.int8), np.full(1, BAD, np.int8), np.zeros(1, np.int64))
            part = np.zeros(1, np.int64)
            _take_dates(as_iso, again, part, part.copy(), _YEAR_FIRST, ISO)
            return int(again.kind[0]), int(again.status[0]), int(again.whole[0]), int(part[0]), False
    return 0, BAD, 0, 0, False


# --- the whole column -------------------------------------------------------------------------------------------------


def joined(chunks: list[Chunk]) -> Chunk:
    """Return the rows of all chunks as one; the chunks are used up."""
    if not chunks:
        empty = np.empty(0, np.int64)
        return Chunk(empty.astype(np.int8), empty.astype(np.int8), empty)
    kind, status, whole = (
        np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in ("kind", "status", "whole")
    )
    nanos = other = None
    if any(chunk.nanos is not None for chunk in chunks):
        nanos = np.concatenate([np.zeros_like(one.whole) if one.nanos is None else one.nanos for one in chunks])
    if any(chunk.other is not None for chunk in chunks):
        other = np.concatenate(
            [np.full_like(one.whole, _NO_DATE) if one.other is None else one.other for one in chunks]
        )
    blunt = sum(chunk.blunt for chunk in chunks)
    chunks.clear()
    return Chunk(kind, status, whole, nanos, other, blunt)


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
    nowhere = ~wrong & (settled.seconds == _NO_DATE)
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
            settled.seconds[rows] = np.where(calendar == _NO_DATE, 0, calendar)
            wrong[rows[calendar == _NO_DATE]] = True
            return _AS_DAYS
    assert settled.nanos is not None
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

    Nine of ten must be days there are; the others are `_NO_DATE`.
    """
    for scale in (1, 1_000_000, 10_000):  # YYYYMMDD, with hhmmss, with hhmm
        days = values // scale
        if not 1900_01_01 <= np.median(days) <= 2100_12_31:
            continue
        clock = values % scale * (100 if scale == 10_000 else 1)
        hour, minute, second = clock // 10_000, clock // 100 % 100, clock % 100
        found = _seconds_of(days // 10_000, days // 100 % 100, days % 100)
        fits = (found != _NO_DATE) & (days >= 1900_01_01) & (days <= 2100_12_31)
        fits &= (hour < 24) & (minute < 60) & (second < 60)
        if np.count_nonzero(fits) >= 0.9 * len(values):
            return np.where(fits, found + hour * 3600 + minute * 60 + second, _NO_DATE)
    return None


def _settle_either(settled: Settled, rows: Seconds, other: Seconds, asked: TimeFormat) -> str:
    """Choose between the day and the month first, in place; return how the dates were read."""
    day_first, month_first = settled.seconds[rows], other[rows]
    only_day, only_month = month_first == _NO_DATE, day_first == _NO_DATE
    order = asked
    if order not in ("day-first", "month-first"):
        if only_day.any() and only_month.any():
            settled.contrary = int(rows[only_day.argmax()]), int(rows[only_month.argmax()])
        elif not only_day.any() and not only_month.any() and (day_first != month_first).any():
            settled.ambiguous = int(rows[(day_first != month_first).argmax()])
        order = "month-first" if only_month.any() else "day-first"
    # A date that the chosen order does not know stays `_NO_DATE`.
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


# --- pyarrow ----------------------------------------------------------------------------------------------------------


def _mask(column: Any) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = pc.fill_null(column, False).to_numpy(zero_copy_only=False).astype(bool)
    return mask


def _is_null(column: Any) -> NDArray[np.bool_]:
    return _mask(column.is_null())


def _status(missing: NDArray[np.bool_]) -> Status:
    return np.where(missing, MISSING, OK).astype(np.int8)


def _filled(column: Any) -> Seconds:
    values: Seconds = pc.fill_null(column, 0).to_numpy(zero_copy_only=False)
    return values.astype(np.int64, copy=False)


def _number(part: Any, name: str) -> Seconds:
    """Return a group of digits as numbers, 0 where it is empty."""
    text = part.field(name)
    return _filled(pc.if_else(pc.equal(text, ""), "0", text).cast(pa.int64()))
