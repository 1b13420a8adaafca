"""The genres of a data set's items: from the text of a file, and as a matrix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Genres = Sequence[tuple[str, ...]]  # names for each item, as `data.interactions.Interactions.genres`

# Joins the elements of a list, and ends it, so that a list of one is seen to be one. No text holds this noncharacter.
LIST_SIGN: Final = "\ufdd1"
_YEAR: Final = re.compile(r"\(((?:1[89]|20)[0-9])[0-9]\)\s*$")


def genre_matrix(genres: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Return the genres of all items as a matrix; an item with several genres belongs to each in equal parts.

    Args:
        genres: names for each item, as `Interactions.genres`.

    Returns:
        (the names in alphabetical order [g], [n_items, g] rows that sum to 1, or to 0 for items without genre).
    """
    names = tuple(sorted({name for one in genres for name in one}))
    place = {name: index for index, name in enumerate(names)}
    lengths = np.array([len(set(one)) for one in genres], np.int64)
    matrix = np.zeros((len(genres), len(names)), np.float32)
    columns = np.array([place[name] for one in genres for name in dict.fromkeys(one)], np.int64)
    matrix[np.repeat(np.arange(len(genres)), lengths), columns] = np.repeat(1 / np.maximum(lengths, 1), lengths)
    return names, matrix


def item_labels(genres: Genres, titles: Iterable[object]) -> Genres:
    """Return what everybody knows of the items: their genres and, of a title that ends with a year, its decade.

    Args:
        genres: names for each item.
        titles: of each item, as "Heat (1995)", which is of the "1990s".
    """
    found = []
    for names, title in zip(genres, titles, strict=True):
        year = _YEAR.search(str(title))
        found.append((*names, f"{year[1]}0s") if year else tuple(names))
    return tuple(found)


def label_columns(labels: Genres, most: int) -> NDArray[np.float32]:
    """Return a column of ones and one for each label, of mean square 1: 1 / sqrt(share) where an item has the label.

    Args:
        labels: of each item.
        most: the most columns, at least 1; of more labels, those that most items have are taken, in alphabetical order.

    Returns:
        [n_items, at most `most`]; no columns where no item has a label.
    """
    has = genre_matrix(labels)[1] > 0
    if not has.any():
        return np.zeros((len(has), 0), np.float32)
    often = has.sum(axis=0)
    taken = np.sort(np.argsort(-often, kind="stable")[: most - 1])
    columns = has[:, taken] / np.sqrt(often[taken] / len(has))
    return np.asarray(np.concatenate([np.ones((len(has), 1)), columns], axis=1), np.float32)


@lru_cache(maxsize=10_000)  # few different ones stand in many rows
def split_genres(text: str) -> tuple[str, ...]:
    """Return genre names from "a|b", "a;b", "a, b" or "['a', 'b']"; placeholders for none are left out."""
    text = text.strip().removeprefix("[").removesuffix("]")
    separator = next((mark for mark in f"{LIST_SIGN}|;,、" if mark in text), None)
    parts = re.split(re.escape(separator), text) if separator else [text]
    names = [part.strip().strip("'\"").strip() for part in parts]
    return tuple(dict.fromkeys(name for name in names if name and name != "(no genres listed)"))
