"""The built-in demo set: an invented film library, generated from a fixed seed, so the main job works with no network.

It imitates real data: item popularity follows a power law; every user has one main taste and one side taste among eight
genres, and picks popular films within them; a small part of what a user sees is plain popularity. A model that learns
tastes beats popularity by far (tests/data/test_demo.py measures it with an independent model).

And the order of a user's films means something. Tastes move: after some films the side taste becomes the main one, and
the main one the side taste. Some films are series of five, and whoever has seen a part goes on to the next one, at once
or some films later.

All titles are made up by joining word lists; a likeness to a real film is chance.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.interactions import Interactions, build

N_USERS: Final = 300
N_ITEMS: Final = 400
MIN_PER_USER: Final = 15
MAX_PER_USER: Final = 80
_SEED: Final = 20_240_607
_FIRST_DAY: Final = 1_672_531_200  # 2023-01-01 00:00 UTC
_DAYS: Final = 540
_DAY: Final = 86_400

# Share of a user's attention by taste, and the power law of popularity inside a genre. Chosen by trial so that taste is
# learnable from 15 films but not from one (figures in docs/benchmarks.md).
_MAIN_TASTE: Final = 1.0
_SIDE_TASTE: Final = 0.5
_ANY_TASTE: Final = 0.015
_SECOND_GENRE: Final = 0.15  # how much the second genre of a film counts for its fans
_POWER: Final = 1.2

# The order in time: tastes change places after so many films, from and to.
_TASTE_LASTS: Final = (8, 20)
_SERIES: Final = 4  # series in each genre
_NUMERALS: Final = ("", " II", " III", " IV", " V")  # parts of a series
_GO_ON: Final = 0.5  # chance that the next film is the next part of the series last seen
_OUT_OF_ORDER: Final = 0.25  # how likely a later part is picked otherwise, beside its first part

_GENRES: Final[dict[str, tuple[str, str]]] = {
    "Adventure": (
        "Amber Desert Distant Golden Jungle Lost Northern Painted Southern Uncharted",
        "Caravan Lighthouse Expedition Island Map Pass Raft River Summit Voyage",
    ),
    "Comedy": (
        "Accidental Borrowed Clumsy Crowded Dancing Gentle Noisy Second-Hand Upside-Down Wobbly",
        "Aunt Bakery Butler Caterer Goose Honeymoon Landlord Picnic Trombone Wedding",
    ),
    "Crime": (
        "Broken Cold Crooked Double False Hidden Missing Paper Silent Stolen",
        "Alibi Cellar Diamond Fingerprint Informant Ledger Notary Suspect Verdict Witness",
    ),
    "Documentary": (
        "Ancient Breathing Deep Everyday Forgotten Invisible Living Migrating Small Wild",
        "Bees Bridges Coral Forests Glaciers Harvest Libraries Railways Sands Workshops",
    ),
    "Drama": (
        "Autumn Bitter Empty Faded Lasting Narrow Quiet Shared Unfinished Winter",
        "Daughter Departure Farewell House Letters Orchard Piano Promise Silence Station",
    ),
    "Fantasy": (
        "Crystal Enchanted Feathered Hollow Moonlit Ninth Sleeping Thorned Whispering Woven",
        "Crown Dragon Fountain Griffin Lantern Oracle Spire Tapestry Throne Wizard",
    ),
    "Romance": (
        "Barefoot Blushing Candlelit Evening First Midsummer Paris Rainy Spring Velvet",
        "Balcony Bouquet Dance Garden Kiss Melody Stranger Sunrise Tango Waltz",
    ),
    "Sci-Fi": (
        "Antimatter Cobalt Delta Electric Frozen Orbital Parallel Quantum Solar Zero",
        "Android Colony Comet Drift Engine Frontier Horizon Nebula Probe Signal",
    ),
}


def generate() -> Interactions:
    """Generate the demo set, always the same one: 300 users, 400 items, each user 15 to 80 different items."""
    item_genre, second_genre = _item_genres()
    next_part = _next_parts(item_genre)
    activity = _activity()
    ranking = _choices(activity, item_genre, second_genre, next_part)
    user, position = np.nonzero(np.arange(MAX_PER_USER)[None, :] < activity[:, None])
    item = ranking[user, position]
    timestamp = _timestamps(activity)[user, position]

    names = tuple(_GENRES)
    genres = tuple(
        (names[a],) if b < 0 else (names[a], names[b])
        for a, b in zip(item_genre.tolist(), second_genre.tolist(), strict=True)
    )
    ids = [np.array([str(i + 1) for i in range(n)], dtype=object) for n in (N_USERS, N_ITEMS)]
    return build("demo", user, item, timestamp, ids[0], ids[1], _titles(item_genre, next_part), genres, _user_groups())


def _uniform(purpose: str, *shape: int) -> NDArray[np.float64]:
    """Return uniform numbers in (0, 1), fixed per purpose."""
    stream = rng.key(rng.FOR_DEMO, _SEED, int.from_bytes(purpose.encode(), "big"))
    counter = np.arange(int(np.prod(shape)), dtype=np.uint64)
    return rng.unit(rng.draw(np.array([stream], dtype=np.uint64), counter)).reshape(shape)


def _item_genres() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the main genre of each item (50 items per genre, mixed) and the second (-1 for two items in three)."""
    n_genres = len(_GENRES)
    main = np.argsort(_uniform("item genre", N_ITEMS), kind="stable") % n_genres
    step = 1 + np.floor(_uniform("second genre", N_ITEMS) * (n_genres - 1)).astype(np.int64)
    has_second = _uniform("has second", N_ITEMS) < 1 / 3
    return main, np.where(has_second, (main + step) % n_genres, -1)


def _next_parts(item_genre: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the next part of the series of each item, [N_ITEMS]; -1 for last parts and films without a series."""
    found = np.full(N_ITEMS, -1, np.int64)
    for genre in range(len(_GENRES)):
        members = np.flatnonzero(item_genre == genre)
        mixed = members[np.argsort(_uniform(f"series {genre}", len(members)), kind="stable")]
        series = mixed[: _SERIES * len(_NUMERALS)].reshape(_SERIES, len(_NUMERALS))
        found[series[:, :-1]] = series[:, 1:]
    return found


def _popularity(item_genre: NDArray[np.int64], next_part: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return weights by a power law within each genre: the r-th most popular film of a genre has weight 1 / r.

    Later parts of a series have that of the first, times `_OUT_OF_ORDER`.
    """
    order = _uniform("popularity", N_ITEMS)
    popularity = np.empty(N_ITEMS)
    for genre in range(len(_GENRES)):
        members = np.flatnonzero(item_genre == genre)
        rank = np.argsort(np.argsort(order[members], kind="stable"), kind="stable") + 1
        popularity[members] = rank**-_POWER
    part = np.setdiff1d(np.flatnonzero(next_part >= 0), next_part)  # first parts
    of_first = popularity[part]
    for _ in _NUMERALS[1:]:
        part = next_part[part]
        popularity[part] = _OUT_OF_ORDER * of_first
    return popularity


def _choices(
    activity: NDArray[np.int64],
    item_genre: NDArray[np.int64],
    second_genre: NDArray[np.int64],
    next_part: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return what the users see, one film after the other, [N_USERS, MAX_PER_USER]; behind a user's activity, nothing.

    A film is the next part of the series that was last seen, or drawn in proportion to popularity times the liking of
    its genres at that time; never one seen before.
    """
    n_genres = len(_GENRES)
    popularity = _popularity(item_genre, next_part)
    main = np.floor(_uniform("main taste", N_USERS) * n_genres).astype(np.int64)
    side = (main + 1 + np.floor(_uniform("side taste", N_USERS) * (n_genres - 1)).astype(np.int64)) % n_genres
    shortest, longest = _TASTE_LASTS
    lasts = shortest + np.floor(_uniform("taste lasts", N_USERS, MAX_PER_USER) * (longest - shortest + 1))
    changes = np.zeros((N_USERS, MAX_PER_USER + 1), np.int64)
    at = np.minimum(np.cumsum(lasts, axis=1).astype(np.int64), MAX_PER_USER)
    changes[np.arange(N_USERS)[:, None], at] = 1
    turned = np.cumsum(changes, axis=1) % 2 == 1
    weight = np.stack([_liking(main, side, item_genre, second_genre), _liking(side, main, item_genre, second_genre)])
    weight *= popularity
    which, goes_on = _uniform("choice", N_USERS, MAX_PER_USER), _uniform("go on", N_USERS, MAX_PER_USER) < _GO_ON

    chosen, waiting = np.full((N_USERS, MAX_PER_USER), -1, np.int64), np.full(N_USERS, -1, np.int64)
    for position in range(int(activity.max())):
        user = np.flatnonzero(activity > position)
        total = np.cumsum(weight[turned[user, position].astype(np.int64), user], axis=1)
        drawn = np.argmax(total > (which[user, position] * total[:, -1])[:, None], axis=1)
        goes = goes_on[user, position] & (waiting[user] >= 0)
        film = np.where(goes, waiting[user], drawn)
        chosen[user, position] = film
        weight[:, user, film] = 0.0  # seen
        following = np.where(next_part[film] >= 0, next_part[film], waiting[user])
        waiting[user] = np.where(weight[0, user, following] > 0, following, -1)
    return chosen


def _liking(
    main: NDArray[np.int64], side: NDArray[np.int64], item_genre: NDArray[np.int64], second_genre: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return how much each user likes the genres of each item, [N_USERS, N_ITEMS], with these tastes [N_USERS]."""
    taste = np.full((N_USERS, len(_GENRES)), _ANY_TASTE)
    taste[np.arange(N_USERS), side] = _SIDE_TASTE
    taste[np.arange(N_USERS), main] = _MAIN_TASTE
    liking: NDArray[np.float64] = taste[:, item_genre]
    has_second = second_genre >= 0
    liking[:, has_second] = np.maximum(liking[:, has_second], _SECOND_GENRE * taste[:, second_genre[has_second]])
    return liking


def _activity() -> NDArray[np.int64]:
    """Return the number of interactions of each user, [N_USERS], 15 to 80, more users with few (log-uniform)."""
    spread = np.log((MAX_PER_USER + 1) / MIN_PER_USER)
    count: NDArray[np.float64] = MIN_PER_USER * np.exp(_uniform("activity", N_USERS) * spread)
    return count.astype(np.int64)


def _timestamps(activity: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ascending seconds, [N_USERS, MAX_PER_USER]: evenings on the days from a user's joining to the end."""
    joined = np.floor(_uniform("joined", N_USERS) * (_DAYS - 2 * MAX_PER_USER)).astype(np.int64)
    gap = (_DAYS - joined) // activity  # at least 2 days, at most one film per gap
    position = np.arange(MAX_PER_USER)[None, :]
    day = joined[:, None] + position * gap[:, None] + np.floor(_uniform("day", N_USERS, MAX_PER_USER) * gap[:, None])
    second = 17 * 3600 + np.floor(_uniform("second", N_USERS, MAX_PER_USER) * 6 * 3600)  # 17:00 to 23:00 UTC
    seconds: NDArray[np.int64] = (_FIRST_DAY + day * _DAY + second).astype(np.int64)
    return seconds


def _titles(item_genre: NDArray[np.int64], next_part: NDArray[np.int64]) -> NDArray[np.object_]:
    """Invent titles, all different, from the word lists of the main genre and a year; parts of a series have one."""
    titles = np.empty(N_ITEMS, dtype=object)
    years = 1960 + np.floor(_uniform("year", N_ITEMS) * 63).astype(int)
    later = np.isin(np.arange(N_ITEMS), next_part[next_part >= 0])
    for genre, (adjectives, nouns) in enumerate(_GENRES.values()):
        pairs = [f"The {a} {n}" if n[-1] != "s" else f"{a} {n}" for a in adjectives.split() for n in nouns.split()]
        members = np.flatnonzero((item_genre == genre) & ~later)
        shuffled = np.argsort(_uniform(f"title {genre}", len(pairs)), kind="stable")[: len(members)]
        for item, pair in zip(members.tolist(), shuffled.tolist(), strict=True):
            year = int(years[item]) if next_part[item] < 0 else min(int(years[item]), 2010)
            titles[item] = f"{pairs[pair]} ({year})"
            for number in _NUMERALS[1:]:
                if next_part[item] < 0:
                    break
                item, year = int(next_part[item]), year + 3
                titles[item] = f"{pairs[pair]}{number} ({year})"
    return titles


def _user_groups() -> dict[str, NDArray[np.object_]]:
    """Invent groups that are independent of taste, so that tables by group have something to show."""
    gender = np.array(["F", "M"], dtype=object)[(_uniform("gender", N_USERS) < 0.5).astype(int)]
    bands = np.array(["under 25", "25-44", "45 and over"], dtype=object)
    age = bands[np.searchsorted([0.3, 0.75], _uniform("age", N_USERS))]
    return {"gender": gender, "age group": age}
