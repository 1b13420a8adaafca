"""The reasons why rows of a table cannot be used, and the errors that name the first of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from data.errors import DataError
from data.own.diagnose import shortened
from data.own.options import Role
from data.own.times import NO_CALENDAR, NO_SUCH_DATE, OTHER_KIND
from data.sentences import Said, join, say

NO_USER: Final = say("import.no-user", "no user")
NO_ITEM: Final = say("import.no-item", "no item")
VOID_USER: Final = say("import.void-user", "a word for nothing as the user")
VOID_ITEM: Final = say("import.void-item", "a word for nothing as the item")
NO_TIME: Final = say("import.no-time", "no timestamp")
NO_RATING: Final = say("import.no-rating", "no rating, which the least rating needs")
LOW_RATING: Final = say("import.low-rating", "rating below the least rating")
BAD_ROW: Final = say("import.bad-row", "wrong number of fields")
PAST_LAST: Final = say("import.past-last", "value behind the last column")
BAD_TIME: Final = say("import.bad-time", "timestamp that is neither a number nor a date")
BAD_RATING: Final = say("import.bad-rating", "rating that is not a number")

_ROLE_OF: Final[dict[str, Role]] = {
    BAD_TIME: "timestamp",
    OTHER_KIND: "timestamp",
    NO_CALENDAR: "timestamp",
    NO_SUCH_DATE: "timestamp",
    BAD_RATING: "rating",
}
_CORRECT: Final = say("import.correct-it", "Correct it, or leave such rows out: --bad-rows drop.")
_COMMA: Final = re.compile(r"[+-]?[0-9]+,[0-9]+")
_SHORT_DATE: Final = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}(\s.*)?")


class FaultError(Exception):
    """A fault in a row that was read: which row, and what to say about it once its place is known.

    Attributes:
        rows: the row at fault, from 0, and others that the sentence names.
        role: the column at fault, "" for none.
    """

    def __init__(
        self, rows: Sequence[int], role: Role | Literal[""], reason: str, value: str | None, hint: str
    ) -> None:
        super().__init__(reason)
        self.rows, self.role, self._reason, self._value, self._hint = list(rows), role, reason, value, hint

    def error(
        self,
        path: Path,
        names: tuple[str, ...],
        places: dict[Role, int],
        line: int | None,
        shown: Sequence[str],
        where: Sequence[int],
    ) -> DataError:
        """Return the error for the person.

        Args:
            path: the file.
            names: its columns.
            places: the column of each part.
            line: of the first row, None in a Parquet file.
            shown: values of `rows` in the column at fault.
            where: line of each of `rows`, or its number from 0 in a Parquet file.
        """
        value = shortened(self._value if self._value is not None else shown[0])
        if len(self.rows) > 1:
            fault = say(
                "import.contrary-dates",
                "{first} can only have the day first, and {second} (line or row {other}) only the month first.",
                first=value,
                second=shortened(shown[1]),
                other=where[1] if line is not None else where[1] + 1,
            )
        elif self._reason == _DOUBTFUL:
            fault = say(
                "import.doubtful-dates",
                "dates such as {value} can be read with the day or with the month first, and no date in the file "
                "tells which.",
                value=value,
            )
        else:
            fault = say("import.bad-value", "{value} is a {reason}.", value=value, reason=self._reason)
        if line is None:
            fault = say("import.bad-value-in-row", "row {row}: {fault}", row=self.rows[0] + 1, fault=fault)
        hint = self._hint
        if self._value is not None and self._reason == BAD_RATING and _COMMA.fullmatch(self._value.strip()):
            hint = say(
                "import.say-decimal-comma",
                "If a comma stands in front of the fraction of numbers, say so: --decimal comma.",
            )
        elif self._value is not None and self._reason == BAD_TIME and _SHORT_DATE.fullmatch(self._value.strip()):
            hint = _WHICH_FIRST
        return DataError(
            fault, hint, path=path, line=line, column=names[places[self.role]] if self.role in places else ""
        )


_DOUBTFUL: Final = "doubtful"
_WHICH_FIRST: Final = say(
    "import.say-which-first",
    "Say how dates are written: --time-format day-first, month-first or year-first; with none, the order of the rows "
    "stands for the order in time.",
)


def bad_value(row: int, reason: str, value: str | None) -> FaultError:
    """Return the fault of a value that is not understood; None as the value has it looked up in the file."""
    hint: Said | str = _CORRECT
    if reason == BAD_RATING:
        hint = say(
            "import.correct-rating",
            "Correct it, leave out the column of ratings (--rating -), or leave such rows out: --bad-rows drop.",
        )
    elif reason == BAD_TIME:
        hint = say(
            "import.correct-time",
            "Numbers since 1970, dates, and ISO text such as 2024-01-31T18:05:00 are understood. Correct it, read no "
            "times (--time-format none), or leave such rows out: --bad-rows drop.",
        )
    elif reason in (OTHER_KIND, NO_CALENDAR):
        hint = say(
            "import.say-mixed-times",
            "If times are written in several ways, have each read by itself, numbers by their size: --time-format "
            "mixed. Or leave such rows out: --bad-rows drop.",
        )
    elif reason == NO_SUCH_DATE:
        hint = _WHICH_FIRST
    elif reason == PAST_LAST:
        hint = say(
            "import.name-last-column",
            "Name that column in the header, or leave such rows out: --bad-rows drop.",
        )
    return FaultError([row], _ROLE_OF.get(reason, ""), reason, value, hint)


def doubtful_dates(row: int) -> FaultError:
    """Return the fault of dates that have two readings, such as 03/04/2024."""
    return FaultError([row], "timestamp", _DOUBTFUL, None, _WHICH_FIRST)


def contrary_dates(day_first: int, month_first: int) -> FaultError:
    """Return the fault of dates in one column of which one can only have the day and one only the month first."""
    hint = join(
        (
            _WHICH_FIRST,
            say("import.drop-other-dates", "With --bad-rows drop as well, the others are left out."),
        )
    )
    return FaultError([day_first, month_first], "timestamp", "", None, hint)
