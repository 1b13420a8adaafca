"""The way from text columns to numbers and times: fast where a whole column is plain, else value by value.

Each function returns the values and a status per row: OK, MISSING ("", "N/A", "null", ...) or BAD (not understood).
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

OK, MISSING, BAD = 0, 1, 2
Status = NDArray[np.int8]
TimeKind = Literal["number", "text"]

_MISSING: Final = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", "\\n", "unknown"})
_NUMBER: Final = r"^[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$"
# Year, month, day, and perhaps a time of day and a zone. Day-first and month-first dates are not guessed at.
_ISO: Final = re.compile(
    r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?)?"
    r"\s*(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_SPACE: Final = " \t\r\n\u00a0\u3000"


def numbers(column: Any) -> tuple[NDArray[np.float64], Status]:
    """Return (float64 [n], status [n]) of a pyarrow string or number array; values that are not OK are NaN."""
    if not pa.types.is_string(column.type):
        values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
        return values, np.where(np.isfinite(values), OK, MISSING).astype(np.int8)
    plain = _cast(column, pa.float64())
    if plain is not None:
        values = plain.to_numpy(zero_copy_only=False)
        if np.isfinite(values).all():
            return values, np.zeros(len(values), dtype=np.int8)
    trimmed = pc.fill_null(pc.utf8_trim(column, characters=_SPACE), "")
    fits = pc.match_substring_regex(trimmed, _NUMBER)
    values = pc.if_else(fits, trimmed, pa.scalar(None, pa.string())).cast(pa.float64()).to_numpy(zero_copy_only=False)
    return values, _status_of_rest(trimmed, fits.to_numpy(zero_copy_only=False))


def times(column: Any, kind: TimeKind | None) -> tuple[NDArray[np.int64], Status, TimeKind]:
    """Return timestamps as they stand: numbers of a unit still to be found, or milliseconds since 1970 from text.

    Args:
        column: pyarrow array of strings, integers, floats, dates or timestamps, [n].
        kind: what the rows before were; None for the first ones. Rows of the other kind are BAD.

    Returns:
        (int64 [n], status [n], "number" or "text"); values that are not OK are 0.
    """
    if pa.types.is_temporal(column.type):
        column = column.cast(pa.timestamp("ms", getattr(column.type, "tz", None)), safe=False).cast(pa.int64())
        return _with_nulls(column), _nulls(column), "text"
    if not pa.types.is_string(column.type):
        return _numeric_times(column)
    if kind != "text":
        plain = _cast(column, pa.int64())
        if plain is not None:
            return _with_nulls(plain), _nulls(plain), "number"
        values, status = numbers(column)
        if kind == "number" or (status == OK).any() or (status == MISSING).all():
            return np.where(status == OK, values, 0).astype(np.int64), status, "number"
    return (*_text_times(column), "text")


def _numeric_times(column: Any) -> tuple[NDArray[np.int64], Status, TimeKind]:
    values, status = numbers(column)
    if pa.types.is_integer(column.type):
        return _with_nulls(column.cast(pa.int64())), _nulls(column), "number"
    return np.where(status == OK, values, 0).astype(np.int64), status, "number"


def _text_times(column: Any) -> tuple[NDArray[np.int64], Status]:
    for zone in (None, "UTC"):
        plain = _cast(column, pa.timestamp("ms", zone))
        if plain is not None:
            return _with_nulls(plain.cast(pa.int64())), _nulls(plain)
    # Other spellings, mixed zones or odd values: each different text once.
    trimmed = pc.fill_null(pc.utf8_trim(column, characters=_SPACE), "").dictionary_encode()
    texts = trimmed.dictionary.to_pylist()
    fits = np.array([_ISO.fullmatch(text) is not None for text in texts], dtype=bool)
    cleaned = [text.replace("/", "-").replace(",", ".") if fit else None for text, fit in zip(texts, fits, strict=True)]
    parsed = pd.to_datetime(pd.Series(cleaned, dtype=object), utc=True, errors="coerce")
    good = parsed.notna().to_numpy()
    # Whole milliseconds: pandas counts nanoseconds.
    values = np.where(good, parsed.astype("int64").to_numpy() // 1_000_000, 0)
    missing = np.array([text.lower() in _MISSING for text in texts], dtype=bool)
    status = np.where(good, OK, np.where(missing, MISSING, BAD)).astype(np.int8)
    codes = trimmed.indices.to_numpy(zero_copy_only=False)
    return values[codes], status[codes]


def to_milliseconds(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], str]:
    """Return (milliseconds since 1970, name of the unit found) of numbers, the unit judged by the median size.

    Seconds reach 10^11 in the year 5138, and as milliseconds that is March 1973: data about users lies between.
    Eight-digit numbers that are all calendar days (20240131) are read as days, not as August 1970.
    """
    if not len(values):
        return values, "seconds"
    if _are_days(values):
        days = pd.to_datetime(pd.Series(values).astype(str), format="%Y%m%d", errors="coerce")
        if days.notna().all():
            return days.astype("int64").to_numpy() // 1_000_000, "days as YYYYMMDD"
    size = float(np.median(np.abs(values[:: max(1, len(values) // 100_000)])))
    if size < 1e11:
        return values * 1000, "seconds"
    if size < 1e14:
        return values, "milliseconds"
    if size < 1e17:
        return values // 1000, "microseconds"
    return values // 1_000_000, "nanoseconds"


def _are_days(values: NDArray[np.int64]) -> bool:
    if values.min() < 1900_01_01 or values.max() > 2100_12_31:
        return False
    month, day = values // 100 % 100, values % 100
    return bool(((month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)).all())


def _status_of_rest(trimmed: Any, fits: NDArray[np.bool_]) -> Status:
    status = np.zeros(len(fits), dtype=np.int8)
    rest = np.flatnonzero(~fits.astype(bool))
    if len(rest):
        encoded = trimmed.take(pa.array(rest)).dictionary_encode()
        kinds = [MISSING if text.lower() in _MISSING else BAD for text in encoded.dictionary.to_pylist()]
        status[rest] = np.array(kinds, dtype=np.int8)[encoded.indices.to_numpy(zero_copy_only=False)]
    return status


def _cast(column: Any, kind: Any) -> Any:
    """Return the column as that type, None when a value does not fit or is null."""
    if column.null_count:
        return None
    try:
        return column.cast(kind)
    except pa.ArrowInvalid:
        return None


def _with_nulls(column: Any) -> NDArray[np.int64]:
    values: NDArray[np.int64] = pc.fill_null(column, 0).to_numpy(zero_copy_only=False)
    return values


def _nulls(column: Any) -> Status:
    null: NDArray[np.bool_] = column.is_null().to_numpy(zero_copy_only=False)
    return np.where(null, MISSING, OK).astype(np.int8)
