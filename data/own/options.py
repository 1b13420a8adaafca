"""The person's decisions about an import. They are light, because the window and the command line build them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal, get_args

from data.errors import SettingsError
from data.sentences import Said, say

Role = Literal["user", "item", "rating", "timestamp", "title", "genres"]
ROLES: Final[tuple[Role, ...]] = ("user", "item", "rating", "timestamp", "title", "genres")
ROLE_WORDS: Final[dict[Role, Said]] = {
    "user": say("role.user", "user"),
    "item": say("role.item", "item"),
    "rating": say("role.rating", "rating"),
    "timestamp": say("role.timestamp", "timestamp"),
    "title": say("role.title", "title"),
    "genres": say("role.genres", "genres"),
}
LEAVE_OUT: Final = "-"

TimeFormat = Literal[
    "",
    "none",
    "day-first",
    "month-first",
    "year-first",
    "seconds",
    "milliseconds",
    "microseconds",
    "nanoseconds",
    "mixed",
]
TIME_FORMATS: Final[tuple[TimeFormat, ...]] = get_args(TimeFormat)


@dataclass(frozen=True)
class ImportOptions:
    """Options that say how to read a file and which of its rows to keep.

    Attributes:
        user, item, rating, timestamp, title, genres: the column that plays this part: its name in the header
            (upper and lower case alike) or its number from 1. "" recognises it by its name, "-" leaves it out (not
            for user and item).
        min_rating: rows with a lower rating, or none, are dropped; None takes every row as a sign of interest.
        k_core_users, k_core_items: keep only users with at least so many different items and items with at least so
            many different users, repeated until both hold; 1 keeps all.
        duplicates: which row of a (user, item) that occurs several times is kept: the "first" or "last" in time, or
            "keep" for all.
        bad_rows: "refuse" stops at the first row that cannot be understood, "drop" leaves such rows out and counts
            them.
        delimiter: one character, "::" or "tab"; "" finds it out.
        encoding: a Python encoding name such as "gb18030"; "" finds it out.
        header: whether the first line holds column names; None finds it out.
        quotes: whether a field may stand in double quotes.
        skip_lines: lines in front of the table that are no part of it; None finds them out.
        decimal: the sign in front of a number's fraction, "point" or "comma"; "" finds it out by the delimiter.
        time_format: how times are written. "day-first", "month-first" and "year-first" are dates; "seconds" and the
            others are numbers since 1970; "mixed" takes each value by itself, a number by its size; "none" reads no
            times, so that the order of the rows stands for them; "" finds it out.
        null_ids: whether rows whose user or item is a word for nothing, such as NULL or NaN, are kept or dropped.
        title_of_set: title shown in lists; "" takes the file's name.
        replace: whether an imported data set of the same name is replaced.

    Raises:
        SettingsError: a value that cannot work.
    """

    # Read by pydantic where these options travel in a command: a misspelt field is refused.
    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}

    user: str = ""
    item: str = ""
    rating: str = ""
    timestamp: str = ""
    title: str = ""
    genres: str = ""
    min_rating: float | None = None
    k_core_users: int = 1
    k_core_items: int = 1
    duplicates: Literal["first", "last", "keep"] = "first"
    bad_rows: Literal["refuse", "drop"] = "refuse"
    delimiter: str = ""
    encoding: str = ""
    header: bool | None = None
    quotes: bool = True
    skip_lines: int | None = None
    decimal: Literal["", "point", "comma"] = ""
    time_format: TimeFormat = ""
    null_ids: Literal["keep", "drop"] = "keep"
    title_of_set: str = ""
    replace: bool = False

    def __post_init__(self) -> None:
        if self.min_rating is not None and not math.isfinite(self.min_rating):
            raise SettingsError(
                say(
                    "import.least-rating-number",
                    "The least rating must be a number, not {min_rating}.",
                    min_rating=self.min_rating,
                )
            )
        if self.min_rating is not None and self.rating == LEAVE_OUT:
            raise SettingsError(
                say("import.least-rating-needs-rating", "A least rating needs a rating column, which is left out.")
            )
        if min(self.k_core_users, self.k_core_items) < 1:
            raise SettingsError(
                say("import.k-k-core-filter", "The k of the k-core filter must be 1 or more (1 keeps all).")
            )
        if LEAVE_OUT in (self.user, self.item):
            raise SettingsError(
                say("import.user-item-column-cannot", "The user and the item column cannot be left out.")
            )
        if self.duplicates not in ("first", "last", "keep"):
            raise SettingsError(
                say(
                    "import.repeated-rows-kept-last",
                    "Repeated rows can be kept 'first', 'last' or 'keep', not {duplicates!r}.",
                    duplicates=self.duplicates,
                )
            )
        if self.bad_rows not in ("refuse", "drop"):
            raise SettingsError(
                say(
                    "import.bad-rows-refuse-drop",
                    "Bad rows can be 'refuse' or 'drop', not {bad_rows!r}.",
                    bad_rows=self.bad_rows,
                )
            )
        for name, value, allowed in (
            ("decimal", self.decimal, ("", "point", "comma")),
            ("time_format", self.time_format, TIME_FORMATS),
            ("null_ids", self.null_ids, ("keep", "drop")),
        ):
            if value not in allowed:
                raise SettingsError(
                    say(
                        "import.option-one-of",
                        "{option} can be {allowed}, not {value!r}.",
                        option=name.replace("_", "-"),
                        allowed=", ".join(filter(None, allowed)),
                        value=value,
                    )
                )
        if self.skip_lines is not None and self.skip_lines < 0:
            raise SettingsError(say("import.skip-lines-0-more", "The number of lines to skip must be 0 or more."))
        if self.delimiter and self.separator != "::" and len(self.separator) != 1:
            raise SettingsError(
                say(
                    "import.delimiter-character-tab",
                    "The delimiter must be one character, '::' or 'tab', not {delimiter!r}.",
                    delimiter=self.delimiter,
                )
            )
        if self.separator in ('"', "\n", "\r"):
            raise SettingsError(say("import.quote-line-end-cannot", "A quote or a line end cannot be the delimiter."))
        if self.encoding:
            try:
                "".encode(self.encoding)
            except (LookupError, UnicodeError):
                raise SettingsError(
                    say(
                        "import.no-text-encoding",
                        "There is no text encoding called {encoding!r}.",
                        encoding=self.encoding,
                    ),
                    say("import.examples-utf-8-utf", "Examples: utf-8, utf-16, gb18030, big5, windows-1252."),
                ) from None

    @property
    def separator(self) -> str:
        """The delimiter as it stands in the file, "" when it is to be found out."""
        return "\t" if self.delimiter.lower() in ("tab", "\\t") else self.delimiter

    def column_for(self, role: Role) -> str:
        """Return the column asked for by the person, "" when it is to be recognised."""
        asked: str = LEAVE_OUT if role == "timestamp" and self.time_format == "none" else getattr(self, role)
        return asked.strip()
