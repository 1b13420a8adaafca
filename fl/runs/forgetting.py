"""The forgetting of a user: a run's files of the user's party as if it had never had this user.

What is to be done is written down first. From then on the user is forgotten: whoever opens the run after a crash
finishes it, and what was done already is left as it is.

    parties/<name>/forgotten.json    who was forgotten, as keyed digests: the ids themselves are gone
    parties/<name>/forgetting.json   what is to be done; there only for a moment

A digest tells somebody who names a user that this one was forgotten. Whoever has the file can try ids.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.errors import StorageError
from fl.runs.extent import PARTIES
from fl.runs.kept import FORGOTTEN, HISTORY, USERS
from fl.runs.seals import RESTORE
from fl.runs.storage import damaged, read_arrays, read_object, write_arrays, write_json
from models.base import LocalModel
from models.registry import MODELS

TASK: Final = "forgetting.json"
_BESIDE = "beside."
_N_USERS = "n_users"  # in a checkpoint without rows of users: how many the party had when it was written anew

Arrays = Mapping[str, NDArray[Any]]


def forget(folder: Path, model: str, party: str, row: int) -> None:
    """Take a user out of all files of a party, those of all rounds.

    Args:
        folder: of the run.
        model: that it trained.
        party: of the user.
        row: of the user in the party.

    Raises:
        StorageError: a damaged list of users, no space, no permission. Once it is written down what is to be done, the
            next who opens the run finishes it.
    """
    place = folder / PARTIES / party
    users, held = read_object(place / USERS), _forgotten(place)
    read_arrays(place / HISTORY)
    digest = _digest(held["key"], str(users["ids"][row]))
    task = {"model": model, "row": row, "n_users": len(users["users"]), "key": held["key"], "digest": digest}
    write_json(place / TASK, task)
    _do(place)


def finish(folder: Path) -> None:
    """Finish what a crash left half-done in a run's folder.

    Raises:
        StorageError: no space, no permission, or what is to be done is damaged.
    """
    for path in folder.glob(f"{PARTIES}/*/{TASK}"):
        try:
            _do(path.parent)
        except (IndexError, KeyError, TypeError, ValueError) as error:
            raise StorageError(damaged(path), RESTORE) from error


def was_forgotten(folder: Path, user: str) -> bool:
    """Return whether a run forgot the user with this id.

    Raises:
        StorageError: a file is damaged.
    """
    held = [_forgotten(path.parent) for path in folder.glob(f"{PARTIES}/*/{FORGOTTEN}")]
    return any(_digest(one["key"], user) in one["users"] for one in held)


def how_many(folder: Path) -> int:
    """Return how many users a run forgot.

    Raises:
        StorageError: a file is damaged.
    """
    return sum(len(_forgotten(path.parent)["users"]) for path in folder.glob(f"{PARTIES}/*/{FORGOTTEN}"))


def take_along(earlier: Path, folder: Path) -> None:
    """Have a run know whom the one that it goes on from forgot.

    Raises:
        StorageError: no space, no permission, or a damaged file.
    """
    for path in earlier.glob(f"{PARTIES}/*/{FORGOTTEN}"):
        write_json(folder / path.relative_to(earlier), read_object(path))


def _forgotten(place: Path) -> dict[str, Any]:
    path = place / FORGOTTEN
    if not path.exists():
        return {"key": secrets.token_hex(32), "users": []}
    held = read_object(path)
    try:
        return {"key": bytes.fromhex(held["key"]).hex(), "users": [str(one) for one in held["users"]]}
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError(damaged(path), RESTORE) from error


def _digest(key: str, user: str) -> str:
    return hashlib.blake2b(user.encode(), key=bytes.fromhex(key), digest_size=16).hexdigest()


# --- the party's files ------------------------------------------------------------------------------------------------


def _do(place: Path) -> None:
    """Do what is written down in a party's folder, or what is left of it."""
    task = read_object(place / TASK)
    n_users, local = task["n_users"], MODELS[task["model"]].load_local()
    rows = np.delete(np.arange(n_users), task["row"])
    for path in sorted([*place.glob("round-*.safetensors"), *place.glob("base-*.safetensors")]):
        try:
            left = _checkpoint_without(read_arrays(path), rows, n_users, local)
        except StorageError:
            # Nobody can go on from a damaged file, and nobody can say that the user is not in it.
            path.unlink(missing_ok=True)
            continue
        if left is not None:
            write_arrays(path, left)
    history = read_arrays(place / HISTORY)
    if len(history["indptr"]) == n_users + 1:
        write_arrays(place / HISTORY, _history_of(history, rows))
    users = read_object(place / USERS)
    if len(users["users"]) == n_users:
        lists = {name: [users[name][one] for one in rows.tolist()] for name in ("users", "ids", "train_items")}
        write_json(place / USERS, {**users, **lists}, indent=None)
    # Sorted, the digests do not say who was forgotten first.
    known = {*_forgotten(place)["users"], task["digest"]}
    write_json(place / FORGOTTEN, {"key": task["key"], "users": sorted(known)})
    (place / TASK).unlink()


def _history_of(arrays: Arrays, rows: NDArray[np.int64]) -> Arrays:
    """Return the arrays of history.safetensors of some users, given all users' of the party."""
    indptr, place = _taken(arrays["indptr"], rows)
    train_indptr, train_place = _taken(arrays["train_indptr"], rows)
    return {
        "indptr": indptr,
        "items": arrays["items"][place],
        "timestamps": arrays["timestamps"][place],
        "train_indptr": train_indptr,
        "train_items": arrays["train_items"][train_place],
        "valid_item": arrays["valid_item"][rows],
        "test_item": arrays["test_item"][rows],
    }


def _taken(indptr: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (bounds of some rows' lists one after the other, where their elements are now)."""
    lengths = np.diff(indptr)[rows]
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return bounds, np.arange(bounds[-1]) + np.repeat(indptr[rows] - bounds[:-1], lengths)


def _checkpoint_without(
    arrays: Arrays, rows: NDArray[np.int64], n_users: int, local: type[LocalModel]
) -> Arrays | None:
    """Return a checkpoint of some of a party's users; None for one that has been written anew already.

    What lies beside a state is left out: what rounding kept back is a sum over the users, this one among them.

    Raises:
        StorageError: the checkpoint is of other users.
    """
    state = {name: array for name, array in arrays.items() if not name.startswith(_BESIDE)}
    if "drawn" not in state:  # the users' state in full
        if any(name in local.per_user and len(array) == len(rows) for name, array in state.items()):
            return None
        return local.state_of(state, rows, n_users)
    if _N_USERS in state and int(state[_N_USERS][0]) == len(rows):
        return None
    drawn, start = state["drawn"], 0
    counts: list[int] = []
    lists = [np.zeros(0, np.int64)]
    for count in state["n_drawn"].tolist():
        if count >= 0:
            there = np.isin(rows, drawn[start : start + count])
            lists.append(np.flatnonzero(there))
            start, count = start + count, int(there.sum())
        counts.append(count)
    again = {"n_drawn": np.array(counts, np.int64), "drawn": np.concatenate(lists), _N_USERS: np.array([len(rows)])}
    return {**state, **again}
