"""Small data sets for the tests of this room."""

from __future__ import annotations

import dataclasses
import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data import registry
from data.interactions import Interactions, build
from data.registry import DatasetSpec


def interactions(rows: Sequence[tuple[int, int, int]], n_users: int | None = None, n_items: int = 0) -> Interactions:
    """From (user, item, time) rows in file order; ids are dense already. `n_items` adds items nobody touched."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    n_users = n_users if n_users is not None else int(table[:, 0].max()) + 1
    n_items = max([n_items, *(table[:, 1] + 1)])
    user_ids = np.array([f"u{i}" for i in range(n_users)], dtype=object)
    item_ids = np.array([f"i{i}" for i in range(n_items)], dtype=object)
    return build("made", table[:, 0], table[:, 1], table[:, 2], user_ids, item_ids, item_ids, ((),) * n_items)


def random_interactions(
    n_users: int, n_items: int, per_user: tuple[int, int], seed: int, duplicates: bool = False
) -> Interactions:
    """Random users; the number of interactions of each is in `per_user` (both ends included)."""
    generator = np.random.default_rng(seed)
    rows = []
    for user in range(n_users):
        count = int(generator.integers(per_user[0], per_user[1] + 1))
        items = generator.choice(n_items, size=count, replace=duplicates)
        times = generator.integers(0, 30, size=count)  # many ties
        rows += [(user, int(i), int(t)) for i, t in zip(items, times, strict=True)]
    return interactions(rows, n_users, n_items)


def write_ml_100k(folder: Path, n_users: int = 12, n_items: int = 30, seed: int = 0) -> DatasetSpec:
    """Generated files in the layout of ml-100k; returns the registry row that expects exactly them."""
    generator = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(u, i) for u in range(1, n_users + 1) for i in generator.choice(n_items, size=10, replace=False) + 1]
    rows += [(1, i) for i in range(1, n_items + 1) if (1, i) not in rows]  # every item occurs
    order = generator.permutation(len(rows))
    ratings = [f"{rows[k][0]}\t{rows[k][1]}\t{k % 5 + 1}\t{880_000_000 + int(k) // 3}\n" for k in order]
    (folder / "u.data").write_text("".join(ratings))
    flags = [["1" if (item + genre) % 7 == 0 else "0" for genre in range(19)] for item in range(n_items)]
    titles = [f"Café {item} (1990)" for item in range(n_items)]
    items = [f"{k + 1}|{titles[k]}|01-Jan-1990||http://x/|{'|'.join(flags[k])}\n" for k in range(n_items)]
    (folder / "u.item").write_text("".join(items), encoding="latin-1")
    users = [f"{u}|{u * 5}|{'MF'[u % 2]}|writer|9{u:04}\n" for u in range(1, n_users + 1)]
    (folder / "u.user").write_text("".join(users))
    (folder / "README").write_text("Generated.\n")
    row = registry.spec("ml-100k")
    return dataclasses.replace(row, n_users=n_users, n_items=n_items, n_rows=len(rows), md5="")


def zip_of(folder: Path, target: Path, top: str = "ml-100k") -> Path:
    """The files of a folder as a zip with them below `top`, like the official archives."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        for path in sorted(folder.iterdir()):
            container.write(path, f"{top}/{path.name}" if top else path.name)
        container.writestr(f"{top}/mku.sh", "not wanted")
    return target


def md5_of(path: Path) -> str:
    return hashlib.md5(path.read_bytes()).hexdigest()
