"""The reading of ranked lists that another program made: a table of user, item, and rank or score.

Nothing is guessed silently. What cannot be understood is refused with file, line and field; what can be read but looks
wrong is counted, and said with its first example.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from data.cells import plain_cell
from data.errors import DataError
from data.interactions import Interactions
from data.missing import did_you_mean
from data.own.columns import choose, find_column, plain
from data.own.diagnose import records, shortened
from data.own.options import LEAVE_OUT, ImportOptions, Role
from data.own.sniff import sniff
from data.own.source import TextFormat, kind_of
from data.sentences import Said, say
from data.split import Split

Order = Literal["auto", "rank", "score", "rows"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
UNKNOWN: Final = -1  # an item that the data set does not have

# Names as `data.own.columns.plain` leaves them, the surest first.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "rank": ("rank", "ranking", "position", "place", "pos", "rang", "platz", "排名", "名次", "位次", "排序"),
    "score": (
        *("score", "prediction", "predictedscore", "predictedrating", "pred", "estimate", "est", "relevance"),
        *("similarity", "probability", "logit", "分数", "得分", "预测"),
    ),
}
_TABLE_NEEDED: Final = say(
    "lists.table-needed",
    "Write the lists as a table with a header such as user,item,rank, separated by commas, semicolons or tabs.",
)
_ROWS_AT_A_TIME: Final = 4096  # between two looks at whether the person cancelled


@dataclass(frozen=True)
class ListOptions:
    """The person's decisions about a file of lists.

    Attributes:
        user, item: the column, by name or by number from 1; "" recognises it.
        ranking: the column that orders a list, likewise.
        order: what it holds: a "rank" (smallest first) or a "score" (largest first); "rows": the file's own order, and
            no column; "auto" goes by the column's name, a rank before a score.
    """

    user: str = ""
    item: str = ""
    ranking: str = ""
    order: Order = "auto"


@dataclass(frozen=True)
class Lists:
    """The lists of a file, cleaned: known users, each item once, no train items; ordered by user, then place.

    Attributes:
        user: int32 [n], dense user id.
        item: int32 [n], dense item id, UNKNOWN for an item that the data set does not have: it keeps its place.
        place: float64 [n], what orders a list, smallest first: a rank, a score with its sign turned, or a row number.
        order: "rank", "score" or "rows".
        n_rows: rows of the file.
        notes: what was done to the file and what looks wrong in it, in sentences.
    """

    user: NDArray[np.int32]
    item: NDArray[np.int32]
    place: NDArray[np.float64]
    order: str
    n_rows: int
    notes: tuple[str, ...]

    def lengths(self, n_users: int) -> NDArray[np.int64]:
        """Return how many items each user's list has, [n_users]."""
        return np.bincount(self.user, minlength=n_users)


class _Names:
    """The ids of users or of items that a file uses: those of the data set, and strange ones.

    Attributes:
        strange: number of each id that the data set does not have: -2, -3, ... in the order of appearance.
        rows: how many rows have such an id.
        first: line of the first of them.
    """

    def __init__(self, ids: NDArray[np.object_]) -> None:
        self._known = {str(name): place for place, name in enumerate(ids)}
        self.strange: dict[str, int] = {}
        self.rows = self.first = 0

    def number(self, name: str, line: int) -> int:
        """Return the dense id of a name, or a negative number of its own."""
        found = self._known.get(name)  # nearly always, in files of many rows
        if found is not None:
            return found
        for form in (plain_cell(name), name.strip()):
            if form in self._known:
                return self._known[form]
        self.first = self.first or line
        self.rows += 1
        return self.strange.setdefault(name, -2 - len(self.strange))

    def example(self) -> tuple[str, str]:
        """Return the first strange id as a message shows it, and a question about one that may be meant, if any."""
        name = next(iter(self.strange))
        return shortened(name), did_you_mean(self._known, name)


def read_lists(
    path: Path,
    interactions: Interactions,
    split: Split,
    options: ListOptions | None = None,
    go_on: Callable[[], None] = lambda: None,
) -> Lists:
    """Read a file of lists: CSV, TSV or the like, also packed with gzip.

    Args:
        path: the file.
        interactions: the data set, whose ids the file uses.
        split: its split, for the train items.
        options: columns and order.
        go_on: called every few thousand rows; may raise to end the reading.

    Raises:
        DataError: the file is no table, its columns are not known, a value is no number, or none of its users or none
            of its items is in the data set; with line and column where one is at fault.
        SettingsError: a column that was named does not exist.
        StorageError: the file cannot be read.
    """
    options = options or ListOptions()
    path = path.expanduser().absolute()
    text, places = _table(path, options)
    at = (places["user"], places["item"])
    ranking, order = _ranking(path, text, options, set(at))
    names = (_Names(interactions.user_ids), _Names(interactions.item_ids))
    columns = (array("i"), array("i"))
    place, lines = array("d"), array("q")
    for line, fields in _rows(path, text):
        if len(lines) % _ROWS_AT_A_TIME == 0:
            go_on()
        lines.append(line)
        place.append(len(lines) if ranking is None else _number(path, text, line, ranking, fields[ranking]))
        for column, known, which in zip(columns, names, at, strict=True):
            if not fields[which].strip():
                raise DataError(
                    say("lists.empty-id", "the field is empty."), path=path, line=line, column=text.names[which]
                )
            column.append(known.number(fields[which], line))
    user, item = (np.array(column, np.int64) for column in columns)
    _check_known(path, text, interactions.name, names, at, len(lines))
    value = np.array(place, np.float64) * (-1.0 if order == "score" else 1.0)
    return _cleaned(user, item, value, np.array(lines, np.int64), split, order, names)


def _table(path: Path, options: ListOptions) -> tuple[TextFormat, dict[Role, int]]:
    """Return (how the table is written, the places of the user's and the item's column). Raise as `read_lists`."""
    kind = kind_of(path)
    if kind == "parquet":
        raise DataError(
            say("lists.parquet", "this is a Parquet file; lists are read from CSV or TSV."), _TABLE_NEEDED, path=path
        )
    asked = ImportOptions(user=options.user, item=options.item, rating=LEAVE_OUT, timestamp=LEAVE_OUT, title=LEAVE_OUT,
                          genres=LEAVE_OUT)  # fmt: skip
    try:
        text = sniff(path, kind, asked).text
        return text, choose(path, text.names, text.header, asked, text.first_line, text.usual)
    except DataError as error:
        # Other hints name options of an import, which lists do not have.
        if isinstance(error.hint, Said) and error.hint.code == "import.say-column":
            raise
        raise DataError(error.reason, _TABLE_NEEDED, error.path, error.line, error.column) from error


def _rows(path: Path, text: TextFormat) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields) of each row.

    Raises:
        DataError: a row of another length.
    """
    for record in records(path, text):
        n = len(record.fields)
        if n < len(text.names) or n > max(text.width, len(text.names)):
            raise DataError(
                say(
                    "lists.row-length",
                    "this row has {n} fields, and {wanted} are needed: {row}.",
                    n=n,
                    wanted=len(text.names),
                    row=shortened(text.delimiter.join(record.fields)),
                ),
                path=path,
                line=record.line,
                column=text.names[n] if n < len(text.names) else "",
            )
        yield record.line, record.fields


def _ranking(path: Path, text: TextFormat, options: ListOptions, taken: set[int]) -> tuple[int | None, str]:
    """Return (the column that orders the lists, None for the rows' own order; what it holds).

    Raises:
        DataError: there is none, or it may hold ranks as well as scores.
        SettingsError: the column that was named does not exist.
    """
    if options.order == "rows":
        return None, "rows"
    kinds = ("rank", "score") if options.order == "auto" else (options.order,)
    left = [place for place in range(len(text.names)) if place not in taken]
    if options.ranking:
        left = [find_column(path, text.names, say("role.ranking", "rank or score"), options.ranking)]
    for kind in kinds:
        for name in _NAMES[kind] if text.header else ():
            known = [place for place in left if plain(text.names[place]) == name]
            if known:
                return known[0], kind
    if len(left) == 1 and options.order != "auto":
        return left[0], options.order
    if len(left) == 1:
        raise DataError(
            say("lists.rank-or-score", "it is not known whether this column holds ranks or scores."),
            say("lists.rank-or-score-hint", "Say so: --order rank (smallest first) or --order score (largest first)."),
            path=path,
            line=text.first_line if text.header else None,
            column=text.names[left[0]],
        )
    raise DataError(
        say(
            "lists.no-order",
            "no column is known to hold a rank or a score; the columns are {names}.",
            names=", ".join(name[:40] for name in text.names[:20]),
        ),
        say(
            "lists.no-order-hint",
            "Say which one it is and what it holds: --ranking COLUMN --order rank (smallest first) or --order score "
            "(largest first). Where the rows stand in order: --order rows.",
        ),
        path=path,
        line=text.first_line if text.header else None,
    )


def _number(path: Path, text: TextFormat, line: int, at: int, field: str) -> float:
    try:
        value = float(field.replace(",", ".") if text.comma else field)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise DataError(
            say("lists.no-number", "{value} is not a number.", value=shortened(field)),
            say("lists.no-number-hint", "Correct the row, or name another column: --ranking COLUMN."),
            path=path,
            line=line,
            column=text.names[at],
        )
    return value


def _check_known(
    path: Path, text: TextFormat, dataset: str, names: tuple[_Names, _Names], at: tuple[int, int], n_rows: int
) -> None:
    """Refuse a file whose users, or whose items, are all of another data set."""
    for known, which, none_known in zip(
        names,
        at,
        (
            say("lists.no-known-user", "none of its users is in data set '{dataset}'.", dataset=dataset),
            say("lists.no-known-item", "none of its items is in data set '{dataset}'.", dataset=dataset),
        ),
        strict=True,
    ):
        if known.rows == n_rows:
            first, meant = known.example()
            raise DataError(
                none_known,
                meant
                or say(
                    "lists.none-known-hint",
                    "The first is {first}. Lists have to use the ids of the data set; choose the right data set, or "
                    "the right column.",
                    first=first,
                ),
                path=path,
                line=known.first,
                column=text.names[which],
            )


def _cleaned(
    user: NDArray[np.int64],
    item: NDArray[np.int64],
    place: NDArray[np.float64],
    line: NDArray[np.int64],
    split: Split,
    order: str,
    names: tuple[_Names, _Names],
) -> Lists:
    """Return the lists without rows of strange users, repeated items and train items, and what is to be said of it."""
    n_rows = len(user)
    notes = _strange_notes(names)
    here = user >= 0
    user, item, place, line = user[here], item[here], place[here], line[here]
    at = np.lexsort((line, place, user))
    user, item, place, line = user[at], item[at], place[at], line[at]

    pair = user * (split.n_items + len(names[1].strange) + 2) + item  # strange items are -2, -3, ...
    first = np.zeros(len(pair), np.bool_)
    first[np.unique(pair, return_index=True)[1]] = True
    if not first.all():
        notes.append(
            say(
                "lists.repeated",
                "Items that stand twice in a user's list (rows: {rows:,}); the better place counts. The first is in "
                "line {line}.",
                rows=int((~first).sum()),
                line=int(line[~first].min()),
            )
        )
    owner = np.repeat(np.arange(split.n_users, dtype=np.int64), np.diff(split.indptr))
    trained = np.isin(user * split.n_items + item, owner * split.n_items + split.items) & (item >= 0)
    if (trained & first).any():
        notes.append(
            say(
                "lists.train-items",
                "Train items in the lists (rows: {rows:,}; users: {users:,}), the first in line {line}. They do not "
                "compete and were taken out; what is behind them moves up.",
                rows=int((trained & first).sum()),
                users=len(np.unique(user[trained])),
                line=int(line[trained & first].min()),
            )
        )
    kept = first & ~trained
    user, item, place = user[kept], item[kept], place[kept]
    level = (user[1:] == user[:-1]) & (place[1:] == place[:-1])
    if level.any():
        notes.append(
            say(
                "lists.ties",
                "Lists with items of equal rank or score: {users:,}. Such an item counts as ahead of the held-out one.",
                users=len(np.unique(user[1:][level])),
            )
        )
    return Lists(user.astype(np.int32), np.maximum(item, UNKNOWN).astype(np.int32), place, order, n_rows, tuple(notes))


def _strange_notes(names: tuple[_Names, _Names]) -> list[Said]:
    notes = []
    users, items = names
    if users.rows:
        first, meant = users.example()
        notes.append(
            say(
                "lists.unknown-users",
                "Users that the data set does not have: {n:,} (rows: {rows:,}). They were left out. The first is "
                "{first} in line {line}. {meant}",
                n=len(users.strange),
                rows=users.rows,
                first=first,
                line=users.first,
                meant=meant,
            )
        )
    if items.rows:
        first, meant = items.example()
        notes.append(
            say(
                "lists.unknown-items",
                "Items that the data set does not have: {n:,} (rows: {rows:,}). Each keeps its place in its list. The "
                "first is {first} in line {line}. {meant}",
                n=len(items.strange),
                rows=items.rows,
                first=first,
                line=items.first,
                meant=meant,
            )
        )
    return notes
