"""The readers that turn the files of a data set into `Interactions`: one per file format, picked by the registry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data import demo, registry
from data.errors import DataError
from data.interactions import Interactions, build
from data.registry import DatasetSpec
from data.sentences import Said, say
from data.split import Protocol
from data.tables import Column, fields_of, line_of_row, lines, load, read_table

# The order of the genre flags in u.item, as u.genre and the README give it; "unknown" stands for none.
_GENRES_100K: Final = (
    *(
        "unknown",
        "Action",
        "Adventure",
        "Animation",
        "Children's",
        "Comedy",
        "Crime",
        "Documentary",
        "Drama",
        "Fantasy",
    ),
    *("Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western"),
)

# The age groups of MovieLens 1M, used for both sets so that tables by age compare.
_AGE_FROM: Final = (0, 18, 25, 35, 45, 50, 56)
_AGE_LABELS: Final = ("under 18", "18-24", "25-34", "35-44", "45-49", "50-55", "56 and over")

Titles = dict[int, tuple[str, tuple[str, ...]]]
Groups = dict[str, dict[int, str]]


def read(name: str, protocol: Protocol = "leak-free") -> Interactions:
    """Read the data set called `name` from its installed files (or generate it).

    The protocol matters only for data sets in which a user can have the same item several times and users with few rows
    are left out (lastfm-2k): "published" counts rows as the papers do, "leak-free" counts different items and drops the
    repeated rows. All other data sets read the same under both.

    Raises:
        UnknownNameError: no such data set.
        DataError: not fetched yet, or the files are not as they should be (file and line).
        StorageError: a file cannot be read.
    """
    spec = registry.spec(name)
    if registry.status(name) == "damaged":
        registry.need_ready(name)
    if registry.status(name) == "missing":
        raise DataError(
            say("readers.not-machine", "{title} ({name}) is not on this machine yet.", title=spec.title, name=name),
            say(
                "readers.fetch-python-themain-py", "Fetch it first: python TheMain.py datasets fetch {name}", name=name
            ),
        )
    return read_folder(spec, registry.folder(name), protocol)


def read_folder(spec: DatasetSpec, folder: Path, protocol: Protocol = "leak-free") -> Interactions:
    """Read a data set as `read` does, from any folder with its files; `data.fetch` so checks files before keeping them.

    Raises:
        DataError: also when the counts are not the expected ones.
    """
    interactions = _READERS[spec.reader](spec, folder, protocol)
    found = (interactions.n_users, interactions.n_items, interactions.n_rows)
    expected = spec.expected_counts(protocol)
    if found != expected:
        raise DataError(
            say(
                "readers.found-expected-file-cut",
                "{found} were found, but {expected} are expected: the file is cut off or is not the official one.",
                found=_counts(found),
                expected=_counts(expected),
            ),
            say("readers.fetch-again", "Fetch the data set again."),
            path=folder / spec.required_files[0] if spec.files else None,
        )
    return interactions


def _counts(counts: tuple[int, int, int]) -> Said:
    users, items, rows = counts
    return say(
        "readers.counts", "{users:,} users, {items:,} items and {rows:,} rows", users=users, items=items, rows=rows
    )


def _read_demo(spec: DatasetSpec, folder: Path, protocol: Protocol) -> Interactions:
    return demo.generate()


def _read_imported(spec: DatasetSpec, folder: Path, protocol: Protocol) -> Interactions:
    """Read what `data.own` stored, and check it against its fingerprint."""
    from data.own import store  # here, because pyarrow takes 0.2 s to import

    return store.read(spec.name, folder)


def _read_movielens_100k(spec: DatasetSpec, folder: Path, protocol: Protocol) -> Interactions:
    """Read u.data (user, item, rating, timestamp; tabs) and u.item (ISO-8859-1, "|"-separated with 19 genre flags)."""
    users = folder / "u.user"
    return _movielens(
        spec,
        folder / "u.data",
        "\t",
        folder / "u.item",
        _titles_100k(folder / "u.item"),
        _groups(users, "|", gender_at=2, age_at=1) if users.is_file() else {},
    )


def _read_movielens_1m(spec: DatasetSpec, folder: Path, protocol: Protocol) -> Interactions:
    """Read ratings.dat (user::item::rating::timestamp) and movies.dat (ISO-8859-1, id::title::genre|genre)."""
    users = folder / "users.dat"
    return _movielens(
        spec,
        folder / "ratings.dat",
        "::",
        folder / "movies.dat",
        _titles_1m(folder / "movies.dat"),
        _groups(users, "::", gender_at=1, age_at=2) if users.is_file() else {},
    )


def _movielens(
    spec: DatasetSpec, ratings: Path, separator: str, titles_path: Path, titles: Titles, groups: Groups
) -> Interactions:
    table = read_table(
        ratings,
        separator,
        [
            Column("user id", "integer", low=1),
            Column("item id", "integer", low=1),
            Column("rating", "number", low=0.5, high=5),
            Column("timestamp", "integer", low=0),
        ],
        ends_with_line_end=True,
    )
    user, user_ids = _dense(table["user id"])
    item, item_ids = _dense(table["item id"])
    for place, number in enumerate(item_ids.tolist()):
        if number not in titles:
            row = int(np.argmax(item == place))
            raise DataError(
                say(
                    "readers.item-not-listed",
                    "item {number} is not listed in {file}.",
                    number=number,
                    file=titles_path.name,
                ),
                path=ratings,
                line=line_of_row(load(ratings), row),
            )
    return build(
        spec.name,
        user,
        item,
        table["timestamp"],
        _texts(user_ids),
        _texts(item_ids),
        _texts([titles[number][0] or number for number in item_ids.tolist()]),
        tuple(titles[number][1] for number in item_ids.tolist()),
        {
            group: _texts([labels.get(number, "unknown") for number in user_ids.tolist()])
            for group, labels in groups.items()
        },
    )


def _titles_100k(path: Path) -> Titles:
    columns = [Column("item id", "integer", low=1)]
    flags = [Column(f"genre flag {genre!r}", "integer", low=0, high=1) for genre in _GENRES_100K]
    titles: Titles = {}
    for number, raw in lines(load(path, ends_with_line_end=True)):
        fields = raw.decode("latin-1").split("|")
        if len(fields) != 5 + len(flags):
            raise DataError(
                say(
                    "readers.fields-where-expected",
                    "{n_fields} fields where {wanted} are expected.",
                    n_fields=len(fields),
                    wanted=5 + len(flags),
                ),
                path=path,
                line=number,
            )
        fields_of(path, number, fields[0], "|", columns)
        fields_of(path, number, "|".join(fields[5:]), "|", flags)
        genres = tuple(g for g, flag in zip(_GENRES_100K, fields[5:], strict=True) if int(flag) and g != "unknown")
        _add(titles, int(fields[0]), (fields[1].strip(), genres), path, number)
    return titles


def _titles_1m(path: Path) -> Titles:
    columns = [Column("item id", "integer", low=1), Column("title", "text"), Column("genres", "text")]
    titles: Titles = {}
    for number, raw in lines(load(path, ends_with_line_end=True)):
        fields = fields_of(path, number, raw.decode("latin-1"), "::", columns)
        _add(titles, int(fields[0]), (fields[1].strip(), tuple(fields[2].strip().split("|"))), path, number)
    return titles


def _add(titles: Titles, item: int, entry: tuple[str, tuple[str, ...]], path: Path, line: int) -> None:
    if item in titles:
        raise DataError(
            say("readers.item-listed-twice", "item {item} is listed twice.", item=item), path=path, line=line
        )
    titles[item] = entry


def _groups(path: Path, separator: str, gender_at: int, age_at: int) -> Groups:
    """Return gender and age group of each user from u.user or users.dat (five columns, the first is the user)."""
    columns = [Column("user id", "integer", low=1), *(Column(f"field {place}", "text") for place in range(2, 6))]
    columns[gender_at] = Column("gender", "text")
    columns[age_at] = Column("age", "integer", low=0, high=150)
    groups: Groups = {"gender": {}, "age group": {}}
    for number, raw in lines(load(path, ends_with_line_end=True)):
        fields = fields_of(path, number, raw.decode("latin-1"), separator, columns)
        user = int(fields[0])
        groups["gender"][user] = fields[gender_at].strip()
        groups["age group"][user] = _AGE_LABELS[int(np.searchsorted(_AGE_FROM, int(fields[age_at]), side="right")) - 1]
    return groups


def _read_amazon_ratings(spec: DatasetSpec, folder: Path, protocol: Protocol) -> Interactions:
    """Read lines of user,ASIN,rating,unix time without a header, from the raw or an already filtered file.

    The file has no titles: the ASIN stands in.
    """
    path = folder / spec.required_files[0]
    table = read_table(
        path,
        ",",
        [
            Column("user id", "text"),
            Column("item id", "text"),
            Column("rating", "number", low=0, high=5),
            Column("timestamp", "integer"),
        ],
    )
    return _filtered(spec, protocol, path, table["user id"], table["item id"], table["timestamp"], {})


def _read_lastfm_2k(spec: DatasetSpec, folder: Path, protocol: Protocol) -> Interactions:
    """Read user_taggedartists-timestamps.dat: user, artist, tag, time in ms, tab-separated with a header.

    It has one row per tag a user gave an artist, so (user, artist) repeats. Times before 1970 occur and are kept as
    they are. Some artists are missing in artists.dat: their id stands in for the name.
    """
    path = folder / "user_taggedartists-timestamps.dat"
    table = read_table(
        path,
        "\t",
        [
            Column("userID", "integer", low=1),
            Column("artistID", "integer", low=1),
            Column("tagID", "integer", low=0),
            Column("timestamp", "integer"),
        ],
        header=True,
    )
    # Order by the full milliseconds; `build` then orders by seconds, stably.
    order = np.argsort(table["timestamp"], kind="stable")
    seconds = table["timestamp"] // 1000
    names = _artist_names(folder / "artists.dat")
    if protocol == "leak-free":
        # The order of first appearance in the file decides the dense ids, so only rows are chosen here, not sorted.
        import pandas as pd  # here, as in `data.tables`

        pairs = pd.DataFrame({"user": table["userID"][order], "artist": table["artistID"][order]})
        kept = np.sort(order[~pairs.duplicated().to_numpy()])
    else:
        kept = np.arange(len(order))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return _filtered(
        spec, protocol, path, table["userID"][kept], table["artistID"][kept], seconds[kept], names, place[kept]
    )


def _artist_names(path: Path) -> dict[str, str]:
    """Return the name of each artist id.

    The file mixes encodings: each line is taken as UTF-8 if it is that, else as Windows-1252.

    Names only decorate, so a line that does not begin with an id is passed over rather than refused.
    """
    names: dict[str, str] = {}
    for _, raw in lines(load(path)):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
        fields = text.split("\t")
        if len(fields) > 1 and fields[0].isdecimal():  # not so in the header
            names[str(int(fields[0]))] = fields[1].strip()
    return names


def _filtered(
    spec: DatasetSpec,
    protocol: Protocol,
    path: Path,
    user: NDArray[Any],
    item: NDArray[Any],
    seconds: NDArray[np.int64],
    titles: dict[str, str],
    place: NDArray[np.int64] | None = None,
) -> Interactions:
    """Return the interactions of users with at least `spec.min_per_user` rows; `place` breaks ties in time if given."""
    dense, _ = _dense(user)
    kept = np.bincount(dense)[dense] >= spec.min_per_user
    if not kept.any():
        raise DataError(
            say("readers.no-user-rows-more", "no user has {least} rows or more.", least=spec.min_per_user), path=path
        )
    user, user_ids = _dense(user[kept])
    item, item_ids = _dense(item[kept])
    seconds = seconds[kept]
    if place is not None:
        order = np.argsort(place[kept], kind="stable")
        user, item, seconds = user[order], item[order], seconds[order]
    names = _texts(item_ids)
    return build(
        spec.name,
        user,
        item,
        seconds,
        _texts(user_ids),
        names,
        _texts([titles.get(name) or name for name in names]),
        ((),) * len(names),
    )


def _dense(values: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return (dense id of each row, the values themselves), numbered in the order of first appearance."""
    import pandas as pd  # here, as in `data.tables`

    codes, uniques = pd.factorize(values)
    return codes.astype(np.int64), np.asarray(uniques)


def _texts(values: Any) -> NDArray[np.object_]:
    return np.array([str(value) for value in values], dtype=object)


_READERS: Final[dict[str, Callable[[DatasetSpec, Path, Protocol], Interactions]]] = {
    "demo": _read_demo,
    "movielens-100k": _read_movielens_100k,
    "movielens-1m": _read_movielens_1m,
    "amazon-ratings": _read_amazon_ratings,
    "lastfm-2k": _read_lastfm_2k,
    registry.IMPORTED: _read_imported,
}
