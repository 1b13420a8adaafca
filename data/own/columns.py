"""The recognition of columns by name: which column of a table plays which part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from data.errors import DataError, SettingsError
from data.own.diagnose import OTHER_LINES_BEFORE
from data.own.options import LEAVE_OUT, ROLE_WORDS, ROLES, ImportOptions, Role
from data.sentences import Said, say

# Names as `plain` leaves them, the surest first: where a table has two, the earlier one wins.
_NAMES: Final[dict[Role, tuple[str, ...]]] = {
    "user": (
        *("userid", "user", "uid", "useridx", "usernum", "customerid", "customer", "custid", "reviewerid", "reviewer"),
        *("visitorid", "visitor", "memberid", "member", "accountid", "account", "clientid", "client", "buyerid"),
        *("buyer", "shopperid", "personid", "person", "playerid", "readerid", "listenerid", "profileid", "userhash"),
        *("steamid", "username", "customername", "u"),
        *("kunde", "kundennummer", "kundennr", "kundenid", "benutzer", "benutzerid", "nutzer", "nutzerid"),
        *("utilisateur", "idutilisateur", "idclient", "usuario", "idusuario", "cliente", "idcliente", "utente"),
        *("用户id", "用户编号", "用户", "会员id", "会员编号", "会员", "顾客id", "顾客", "客户id", "客户", "用户名"),
    ),
    "item": (
        *("itemid", "item", "iid", "itemidx", "itemnum", "movieid", "movie", "filmid", "film", "productid", "product"),
        *("asin", "parentasin", "sku", "skuid", "stockcode", "articleid", "article", "bookid", "isbn", "book"),
        *("trackid", "track", "songid", "song", "artistid", "artist", "albumid", "videoid", "video", "animeid"),
        *("gameid", "appid", "game", "businessid", "gmapid", "recipeid", "newsid", "poiid", "venueid", "goodsid", "i"),
        *("artikel", "artikelnummer", "artikelnr", "artikelid", "produkt", "produktnummer", "produktnr", "produktid"),
        *("produit", "idproduit", "producto", "idproducto", "prodotto", "idprodotto"),
        *("物品id", "物品编号", "物品", "商品id", "商品编号", "商品", "项目id", "项目", "电影id", "电影编号", "电影"),
        *("产品id", "产品", "图书id", "图书"),
    ),
    "rating": (
        *("rating", "ratings", "userrating", "score", "stars", "star", "overall", "bookrating", "myrating"),
        *("reviewscore", "preference", "grade", "bewertung", "sterne", "calificacion", "评分", "打分", "分数"),
    ),
    "timestamp": (
        *("timestamp", "unixreviewtime", "timestamps", "unixtime", "ts", "datetime", "time", "eventtime", "date"),
        *("ratedat", "createdat", "reviewdate", "ratingdate", "orderdate", "invoicedate", "purchasedate"),
        *("zeitstempel", "zeitpunkt", "zeit", "datum", "bestelldatum", "kaufdatum", "rechnungsdatum"),
        *("bewertungsdatum", "horodatage", "datedachat", "fecha", "fechadecompra"),
        *("时间戳", "时间", "日期", "评分时间", "购买时间"),
    ),
    "title": (
        *("title", "itemtitle", "movietitle", "filmtitle", "producttitle", "booktitle", "name", "itemname"),
        *("moviename", "productname", "artistname", "trackname", "songname", "gamename"),
        *("titel", "produktname", "artikelname", "bezeichnung", "titre", "titulo", "titolo"),
        *("标题", "片名", "名称", "商品名称", "商品名", "电影名称", "电影名", "书名", "产品名称"),
    ),
    "genres": (
        *("genres", "genre", "categories", "category", "maincategory", "itemcategory", "productcategory", "tags"),
        *("kategorie", "kategorien", "categorie", "categoria"),
        *("类型", "类别", "分类", "标签"),
    ),
}
_DATE: Final = re.compile(r"\s*\d{1,4}([./-])\d{1,2}\1\d{1,4}(\D|$)")
# A table without a header is read as user, item, rating, timestamp: the order of MovieLens, Amazon and many others.
_BY_POSITION: Final[tuple[Role, ...]] = ("user", "item", "rating", "timestamp")


def plain(name: str) -> str:
    """Return a column name without case, spaces and punctuation; RecBole's type suffix ("user_id:token") is cut off."""
    name = re.sub(r":(token|float|token_seq|float_seq)$", "", name.strip())
    return re.sub(r"[\W_]+", "", name.casefold())


def is_known(name: str) -> bool:
    """Return whether the name is one that a column of interest would have."""
    return any(plain(name) in names for names in _NAMES.values())


def recognise(names: Sequence[str], header: bool) -> dict[Role, int]:
    """Return the place of the column recognised for each part, if any. A name that stands twice is not recognised."""
    if not header:
        return {role: place for place, role in enumerate(_BY_POSITION) if place < len(names)}
    plains = [plain(name) for name in names]
    found: dict[Role, int] = {}
    for role in ROLES:
        known = [name for name in _NAMES[role] if name in plains]
        if known and plains.count(known[0]) == 1:
            found[role] = plains.index(known[0])
    return found


def choose(
    path: Path, names: Sequence[str], header: bool, options: ImportOptions, line: int = 1, usual: int = 1
) -> dict[Role, int]:
    """Return the place of each part's column: the one the person named, else the one recognised.

    Args:
        path: the file, for messages.
        names: column names.
        header: whether they stand in the file.
        options: what the person asked for.
        line: line of the header.
        usual: fields that most rows have.

    Raises:
        DataError: no user or item column, or two with the same name; the message lists the columns.
        SettingsError: the person named a column that is not there, one that stands twice, or one for two parts.
    """
    recognised = recognise(names, header)
    chosen: dict[Role, int] = {}
    for role in ROLES:
        asked = options.column_for(role)
        if asked:
            if asked != LEAVE_OUT:
                chosen[role] = find_column(path, names, ROLE_WORDS[role], asked)
        elif role in recognised:
            chosen[role] = recognised[role]
    # A column the person gave to one part is not also guessed for another.
    given = {place for role, place in chosen.items() if options.column_for(role)}
    chosen = {role: place for role, place in chosen.items() if options.column_for(role) or place not in given}
    if "item" not in chosen and "title" in chosen and not options.title:
        chosen["item"] = chosen.pop("title")  # titles stand for ids; `doubts` says so
        chosen = {role: chosen[role] for role in ROLES if role in chosen}
    for role in ("user", "item"):
        if role not in chosen:
            raise _no_column(path, names, header, role, line, usual)
    for role, place in chosen.items():
        for other, same in chosen.items():
            if role != other and place == same:
                raise SettingsError(
                    say(
                        "import.column-cannot-both",
                        "Column {column!r} cannot be both {role} and {other}.",
                        column=names[place],
                        role=ROLE_WORDS[role],
                        other=ROLE_WORDS[other],
                    )
                )
    _check_wanted(path, names, header, options, chosen, line)
    return chosen


def _check_wanted(
    path: Path, names: Sequence[str], header: bool, options: ImportOptions, chosen: dict[Role, int], line: int
) -> None:
    """Raise when an option needs a column that there is not, or when the order in time hangs on a guess."""
    wanted: tuple[tuple[Role, bool], ...] = (
        ("rating", options.min_rating is not None),
        ("timestamp", options.time_format not in ("", "none") or bool(_twice(names, "timestamp", options))),
    )
    for role, is_wanted in wanted:
        if is_wanted and role not in chosen:
            raise _no_column(path, names, header, role, line)


def _twice(names: Sequence[str], role: Role, options: ImportOptions) -> list[str]:
    """Return the names that stand twice and keep the part from being recognised."""
    if options.column_for(role):
        return []
    plains = [plain(name) for name in names]
    known = next((name for name in _NAMES[role] if name in plains), "")
    return [names[plains.index(known)]] if plains.count(known) > 1 else []


def doubts(names: Sequence[str], header: bool, options: ImportOptions, chosen: dict[Role, int]) -> list[Said]:
    """Return what was guessed about columns, in sentences: of two that fit, one was taken, or none."""
    if not header:
        return []
    found = []
    for role in ROLES[:4]:
        twice = _twice(names, role, options)
        if twice:
            found.append(
                say(
                    "import.two-of-one-name",
                    "More than one column is called {name!r}, so none was taken as the {role}. Say by number which one "
                    "it is.",
                    name=twice[0],
                    role=ROLE_WORDS[role],
                )
            )
        if role not in chosen or options.column_for(role):
            continue
        others = [
            name for place, name in enumerate(names) if plain(name) in _NAMES[role] and place not in chosen.values()
        ]
        if others:
            found.append(
                say(
                    "import.other-column-fits",
                    "{column!r} was taken as the {role}; {others} could be it as well.",
                    column=names[chosen[role]],
                    role=ROLE_WORDS[role],
                    others=", ".join(map(repr, others)),
                )
            )
    if "item" in chosen and not options.item and plain(names[chosen["item"]]) in _NAMES["title"]:
        found.append(
            say(
                "import.titles-as-items",
                "No column names the item, so its title, {column!r}, stands for it: two items of one title are one.",
                column=names[chosen["item"]],
            )
        )
    return found


def unnamed_times(names: Sequence[str], rows: Sequence[Sequence[str]], chosen: dict[Role, int]) -> list[Said]:
    """Return which column looks like the times that no column is named for, in a sentence; nothing where none does.

    Args:
        names: column names.
        rows: the first rows.
        chosen: the place of each part's column.
    """
    for place, name in enumerate(names):
        cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
        if place not in chosen.values() and cells and all(map(_DATE.match, cells)):
            return [
                say(
                    "import.unnamed-times",
                    "No column was taken as the times, so the order of the rows counts; {column!r} looks like dates "
                    "({example}). Choose it as the time if it is.",
                    column=name,
                    example=cells[0],
                )
            ]
    return []


def find_column(path: Path, names: Sequence[str], part: str, asked: str) -> int:
    """Return the place of the column that the person named: by its name, else by its number from 1.

    Args:
        path: the file, for messages.
        names: column names.
        part: what the column is for, in a word.
        asked: what the person wrote.

    Raises:
        SettingsError: there is no such column, or more than one.
    """
    exact = [place for place, name in enumerate(names) if name == asked]
    alike = exact or [place for place, name in enumerate(names) if name.strip().casefold() == asked.casefold()]
    if len(alike) > 1:
        numbers = " and ".join(str(place + 1) for place in alike)
        raise SettingsError(
            say(
                "import.more-column-columns",
                "{path} has more than one column called {asked!r} (columns {numbers}).",
                path=path,
                asked=asked,
                numbers=numbers,
            ),
            say("import.give-number-right", "Give the number of the right one."),
        )
    if alike:
        return alike[0]
    if asked.isdecimal() and 1 <= int(asked) <= len(names):
        return int(asked) - 1
    raise SettingsError(
        say(
            "import.no-column",
            "{path} has no column {asked!r} for the {role}.",
            path=path,
            asked=asked,
            role=part,
        ),
        say("import.columns", "Its columns are {names}.", names=_list(names)),
    )


def _no_column(path: Path, names: Sequence[str], header: bool, role: Role, line: int, usual: int = 1) -> DataError:
    plains = [plain(name) for name in names]
    twice = sorted({names[plains.index(name)] for name in plains if plains.count(name) > 1 and name in _NAMES[role]})
    if twice:
        return DataError(
            say("import.header-more-column", "the header has more than one column called {twice!r}.", twice=twice[0]),
            say(
                "import.say-number-number-counting",
                "Say by number which one is the {role}: --{option} NUMBER (counting from 1).",
                role=ROLE_WORDS[role],
                option=role,
            ),
            path=path,
            line=line,
            column=twice[0],
        )
    if len(names) == 1:
        return DataError(
            say(
                "import.column-found-no-column",
                "only one column was found, {column!r}, so there is no {role} column.",
                column=names[0][:60],
                role=ROLE_WORDS[role],
            ),
            OTHER_LINES_BEFORE
            if usual > 1
            else say(
                "import.columns-separated",
                "If the columns are separated by another character, name it: --delimiter CHARACTER.",
            ),
            path=path,
            line=line,
        )
    return DataError(
        say(
            "import.no-column-recognised",
            "no column was recognised as the {role}; the columns are {names}.",
            role=ROLE_WORDS[role],
            names=_list(names),
        ),
        say("import.say-column", "Say which one it is: --{option} COLUMN.", option=role),
        path=path,
        line=line if header else None,
    )


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:20])
    if len(names) <= 20:
        return shown
    return say("import.names-and-more", "{names} and {more} more", names=shown, more=len(names) - 20)
