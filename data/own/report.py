"""The findings of an import, in numbers and in sentences. They are light, because the window shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final

from data.own.options import ROLE_WORDS
from data.sentences import Said, Text, join, say

QUANTILES: Final = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)


def in_words(mapping: Mapping[Any, str]) -> str:
    """Return which column plays which part, as "user = userId, item = movieId"."""
    return join(
        (
            say("report.column", "{role} = {column}", role=ROLE_WORDS[role], column=column)
            for role, column in mapping.items()
        ),
        ", ",
    )


@dataclass(frozen=True)
class Preview:
    """A look at a file before it is imported.

    Attributes:
        path: the file.
        size: its bytes on the disk.
        kind: "text" or "parquet".
        compressed: whether it is packed with gzip.
        encoding, delimiter: of a text file as found ("" for Parquet); the delimiter of a tab-separated file is a tab.
        header: whether the first line holds the column names. If not, columns are called "column 1", "column 2", ...
        header_sure: whether that is certain.
        columns: column names in the order of the file.
        mapping: the column recognised for each part (user, item, rating, timestamp, title, genres), where one was.
        places: the same by the column's place, from 0, which tells columns of one name apart.
        rows: the first rows as text, each as long as `columns` unless the row is ragged.
        notes: guesses worth a look, in sentences.
        problem: why the file cannot be imported without help ("" when it can), e.g. no column was recognised as user.
        hint: what helps, where `problem` does not say it.
    """

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}

    path: str
    size: int
    kind: str
    compressed: bool
    encoding: str
    delimiter: str
    header: bool
    header_sure: bool
    columns: tuple[str, ...]
    mapping: dict[str, str]
    places: dict[str, int]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[Text, ...]
    problem: Text
    hint: Text


@dataclass(frozen=True)
class Dropped:
    """Rows left out for one reason; `example` tells line and value of the first one ("" where that says nothing)."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}

    reason: Text
    rows: int
    example: Text = ""


@dataclass(frozen=True)
class ImportReport:
    """A report of what was read, what was dropped and why, and what is left.

    Attributes:
        name: the data set.
        source: the file, unchanged.
        sha256: of the file.
        size: bytes of the file.
        encoding, delimiter, header: as it was read ("" and False for Parquet).
        mapping: column used for each part.
        rows_read: rows in the file, header and blank lines not counted.
        dropped: reasons with counts; `rows_read` minus their sum is `n_rows`.
        n_users, n_items, n_rows: what is left.
        density: share of all (user, item) pairs that occur, 0..1.
        per_user, per_item: rows of a user (users of an item) at the quantiles 0, 25, 50, 75, 95, 100 %.
        first_time, last_time: ISO 8601 UTC, "" without timestamps.
        time_unit: how timestamps were read: "seconds", "milliseconds", "ISO text", ..., "" without.
        users_tied: users whose last two times are equal, so that their test item hangs on the order of the rows.
        users_known: users whose test item under the published protocol is among their earlier rows as well.
        rating_low, rating_high: least and greatest rating read, None without ratings.
        users_train_only: users with fewer than 3 different items: trained on, never evaluated.
        titles: items with a title of their own.
        warnings: what to check before training, in sentences.
        fingerprint: of the resulting Interactions.
        seconds: how long the import took.
    """

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}

    name: str
    source: str
    sha256: str
    size: int
    encoding: str
    delimiter: str
    header: bool
    mapping: dict[str, str]
    rows_read: int
    dropped: tuple[Dropped, ...]
    n_users: int
    n_items: int
    n_rows: int
    density: float
    per_user: tuple[float, ...]
    per_item: tuple[float, ...]
    first_time: str
    last_time: str
    time_unit: Text
    users_tied: int
    users_known: int
    rating_low: float | None
    rating_high: float | None
    users_train_only: int
    titles: int
    warnings: tuple[Text, ...]
    fingerprint: str
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, ready for JSON."""
        return asdict(self)

    def facts(self) -> list[Said]:
        """Return what the import found and did, a sentence each."""
        found = in_words(self.mapping)
        text = [
            say("report.read", "{rows:,} rows read from {source}.", rows=self.rows_read, source=self.source),
            say("report.columns", "Columns: {columns}.", columns=found),
        ]
        for drop in self.dropped:
            dropped = say("report.dropped", "Dropped {rows:,} rows: {reason}", rows=drop.rows, reason=drop.reason)
            example = say("report.example", "{dropped} (for example {example}).", dropped=dropped, example=drop.example)
            text.append(example if drop.example else say("report.no-example", "{dropped}.", dropped=dropped))
        text.append(
            say(
                "report.kept",
                "Kept {rows:,} rows: {users:,} users, {items:,} items, density {density:.3g} %.",
                rows=self.n_rows,
                users=self.n_users,
                items=self.n_items,
                density=100 * self.density,
            )
        )
        for what, values in (
            (say("report.per-user", "Rows per user"), self.per_user),
            (say("report.per-item", "Users per item"), self.per_item),
        ):
            low, quarter, median, three, high, top = values
            text.append(
                say(
                    "report.quantiles",
                    "{what}: least {low:,.10g}, 25 % have at most {quarter:,.10g}, median {median:,.10g}, "
                    "75 % {three:,.10g}, 95 % {high:,.10g}, most {top:,.10g}.",
                    what=what,
                    low=low,
                    quarter=quarter,
                    median=median,
                    three=three,
                    high=high,
                    top=top,
                )
            )
        if self.first_time:
            text.append(
                say(
                    "report.time",
                    "Time: {first} to {last} (read as {unit}).",
                    first=self.first_time,
                    last=self.last_time,
                    unit=self.time_unit,
                )
            )
        return text

    def lines(self) -> list[str]:
        """Return the report for a terminal, one fact a line, and what to check below."""
        return [*self.facts(), *(f"Check: {warning}" for warning in self.warnings)]
