"""The way from text columns to numbers: fast where a whole column is plain, else value by value.

A status per row says OK, MISSING ("", "N/A", "null", ...) or BAD (not understood).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

OK, MISSING, BAD = 0, 1, 2
Status = NDArray[np.int8]

_MISSING: Final = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", "\\n", "unknown"}
    | {"nat", "<na>", "(null)", "undefined"}
)
_NUMBER: Final = r"^[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$"
_COMMA: Final = r"^[+-]?([0-9]{1,18},[0-9]*|,[0-9]+)([eE][+-]?[0-9]{1,2})?$"
_SPACE: Final = " \t\r\n\u00a0\u3000"


def is_missing(text: str) -> bool:
    """Return whether a text without spaces around it is a word for nothing, such as "" or "N/A"."""
    return text.lower() in _MISSING


def trimmed(column: Any) -> Any:
    """Return a pyarrow string column without spaces around its values and without nulls, which become ""."""
    return pc.fill_null(pc.utf8_trim(column, characters=_SPACE), "")


def numbers(column: Any, comma: bool = False) -> tuple[NDArray[np.float64], Status, int]:
    """Return the numbers of a column.

    Args:
        column: pyarrow string or number array, [n].
        comma: whether a comma may stand in front of the fraction, as in 4,5; a point always may.

    Returns:
        (float64 [n], status [n], how many were written with a comma); values that are not OK are NaN.
    """
    if not pa.types.is_string(column.type):
        values = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        return values, np.where(np.isfinite(values), OK, MISSING).astype(np.int8), 0
    if not column.null_count:
        try:
            values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:
            pass
        else:
            if np.isfinite(values).all():
                return values, np.zeros(len(values), dtype=np.int8), 0
    text = trimmed(column)
    n_commas = 0
    if comma:
        with_comma = pc.match_substring_regex(text, _COMMA)
        n_commas = int(pc.sum(with_comma).as_py() or 0)
        text = pc.if_else(with_comma, pc.replace_substring(text, ",", "."), text)
    fits = pc.match_substring_regex(text, _NUMBER)
    values = pc.if_else(fits, text, pa.scalar(None, pa.string())).cast(pa.float64()).to_numpy(zero_copy_only=False)
    return values, _status_of_rest(text, fits.to_numpy(zero_copy_only=False)), n_commas


def _status_of_rest(text: Any, fits: NDArray[np.bool_]) -> Status:
    status = np.zeros(len(fits), dtype=np.int8)
    rest = np.flatnonzero(~fits.astype(bool))
    if len(rest):
        encoded = text.take(pa.array(rest)).dictionary_encode()
        kinds = [MISSING if is_missing(value) else BAD for value in encoded.dictionary.to_pylist()]
        status[rest] = np.array(kinds, dtype=np.int8)[encoded.indices.to_numpy(zero_copy_only=False)]
    return status
