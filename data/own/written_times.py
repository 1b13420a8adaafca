"""The ways in which times are written: numbers, ISO text, dates with the day or the month first, names of months.

A chunk of a column is read as far as it can be without the others; `data.own.times` understands the whole column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.own.options import TimeFormat
from data.own.values import BAD, MISSING, OK, Status, is_missing, trimmed

# What a value is written as. A date with the day or the month first has two readings until the whole column is known.
NUMBER, ISO, EITHER = 1, 2, 3

NANO: Final = 1_000_000_000
DAY: Final = 86_400
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
            `NO_DATE`.
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


NO_DATE: Final = np.iinfo(np.int64).min


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
    nanos, other = np.zeros(n, np.int64), np.full(n, NO_DATE, np.int64)
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
    beyond = _billionths(part)
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
    if kind == ISO:
        readings = [(_century(year), _number(part, "m"), _number(part, "d"))]
    else:
        first, second = _number(part, "a"), _number(part, "b")
        readings = [(_century(year), second, first), (_century(year), first, second)]
    seconds = [seconds_of(*reading) for reading in readings]
    valid = [days != NO_DATE for days in seconds]
    good = clock_fits & np.logical_or.reduce(valid)
    place = rows[good]
    found.kind[place] = kind
    found.status[place] = OK
    found.whole[place] = np.where(valid[0], seconds[0] + clock, NO_DATE)[good]
    if kind == EITHER:
        other[place] = np.where(valid[1], seconds[1] + clock, NO_DATE)[good]
    nanos[place] = _billionths(part)[good]


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


def seconds_of(year: Seconds, month: Seconds, day: Seconds) -> Seconds:
    """Return seconds since 1970 at the beginning of days; `NO_DATE` where there is no such day."""
    fits = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1)
    months = (np.where(fits, year, 1970) - 1970) * 12 + np.where(fits, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]")
    fits &= day <= (after - first).astype(np.int64)
    return np.where(fits, (first.astype(np.int64) + day - 1) * DAY, NO_DATE)


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
        other = np.concatenate([np.full_like(one.whole, NO_DATE) if one.other is None else one.other for one in chunks])
    blunt = sum(chunk.blunt for chunk in chunks)
    chunks.clear()
    return Chunk(kind, status, whole, nanos, other, blunt)


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


def _billionths(part: Any) -> Seconds:
    """Return the digits behind the point, "f", as billionths; 0 without any."""
    return _filled(pc.utf8_slice_codeunits(pc.utf8_rpad(part.field("f"), 9, "0"), 0, 9).cast(pa.int64()))


def _number(part: Any, name: str) -> Seconds:
    """Return a group of digits as numbers, 0 where it is empty."""
    text = part.field(name)
    return _filled(pc.if_else(pc.equal(text, ""), "0", text).cast(pa.int64()))
