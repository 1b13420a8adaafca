"""One party's checkpoints: its users' private state after every round, in full or as the way there.

FedRAP's personal rows are 200 MB on ML-100K and 2.9 GB on ML-1M: writing them took longer than a round. Training is a
pure function of (private state, item embeddings, round number, users drawn), so for a model with `checkpoint_every` = k
the state is written in full after every k rounds (`base-000010.safetensors`), and after each round only what the rounds
since then were given. Loading trains these rounds again and ends with the same numbers, bit for bit. Nothing in such a
file is new to the party: it is its own, and the item embeddings are what the server sends to everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.errors import StorageError
from data.sentences import say
from fl.runs.seals import left_of
from fl.runs.storage import (
    checkpoints,
    mapped_arrays,
    prune_checkpoints,
    read_array,
    read_arrays,
    round_of,
    users_in,
    write_arrays,
)
from models.base import Array, FloatArray, LocalModel

_BASES = "base-*.safetensors"
_BESIDE = "beside."  # prefix in a file of what is not the model's
_UNTRAINED = -1
_EVERYBODY = -1


@dataclass(frozen=True)
class _Round:
    """The givens of a round: `LocalModel.train_round`'s arguments."""

    number: int
    items: FloatArray
    rows: NDArray[np.int64] | None


class PrivateFiles:
    """A writer and reader of the checkpoints of one model, which makes the model anew to train rounds again."""

    def __init__(self, make: Callable[[], LocalModel]) -> None:
        """Take `make`, which gives an untrained model of the party's users with the run's settings.

        `beside` holds what else of the party belongs into a checkpoint: set it before `save`, read it after `load`.
        `users` says whose private state it is, see `users_of`: a file of others is refused; "" refuses nothing.
        """
        self._make = make
        self._since_base: list[_Round] = []
        self._base: int | None = _UNTRAINED  # round of the last full state; None when its file was never written
        self._folder: Path | None = None  # where that file is
        self.beside: dict[str, FloatArray] = {}
        self.users = ""

    def not_from_the_start(self) -> None:
        """Write the full state at the next `save`: the model did not begin untrained."""
        self._base, self._since_base = None, []

    def trained(self, local: LocalModel, number: int, items: FloatArray, rows: NDArray[np.int64] | None) -> None:
        """Remember what a round was given, before or after it is trained. `items` must not be changed later."""
        if local.checkpoint_every == 1 or self._base is None:
            return
        self._since_base.append(_Round(number, items, rows))
        if len(self._since_base) > local.checkpoint_every:  # nobody saves
            self._base, self._since_base = None, []

    def save(self, local: LocalModel, path: Path) -> int:
        """Write the checkpoint `path` and, when it is due, the full state beside it. Return the bytes written.

        Raises:
            StorageError: no space, no permission.
        """
        if local.checkpoint_every == 1:
            write_arrays(path, {**local.private_state(), **self._named()}, self.users)
            return path.stat().st_size
        written = 0
        elsewhere = self._base != _UNTRAINED and self._folder != path.parent.resolve()
        if self._base is None or elsewhere or len(self._since_base) >= local.checkpoint_every:
            base = _base_path(path)
            write_arrays(base, local.private_state(), self.users)
            written = base.stat().st_size
            self._base, self._folder, self._since_base = round_of(path), path.parent.resolve(), []
        drawn = [round_.rows for round_ in self._since_base]
        write_arrays(
            path,
            {
                "base": np.array([self._base], np.int64),
                "rounds": np.array([round_.number for round_ in self._since_base], np.int64),
                "items": np.array([round_.items for round_ in self._since_base], np.float32),
                "n_drawn": np.array([_EVERYBODY if rows is None else len(rows) for rows in drawn], np.int64),
                "drawn": np.concatenate([np.zeros(0, np.int64), *(rows for rows in drawn if rows is not None)]),
                **self._named(),
            },
            self.users,
        )
        return written + path.stat().st_size

    def load(self, local: LocalModel, path: Path) -> LocalModel:
        """Return the model as `save` found it; `local` itself where nothing has to be trained again.

        Raises:
            StorageError: a file is missing, damaged or of other users.
        """
        arrays = self._read(path)
        self.beside = {
            name.removeprefix(_BESIDE): np.asarray(arrays.pop(name), np.float32)
            for name in list(arrays)
            if name.startswith(_BESIDE)
        }
        if local.checkpoint_every == 1:
            local.load_private_state(arrays)
            return local
        base, rounds = _way_there(arrays)
        # Untrained where the first round starts from nothing; else it also frees the old rows before new ones are read.
        local = self._make()
        if base != _UNTRAINED:
            local.load_private_state(self._read(_base_path(path, base)))
        for round_ in rounds:
            local.train_round(round_.items, round_.number, round_.rows)
        self._base, self._folder, self._since_base = base, path.parent.resolve(), rounds
        return local

    def _read(self, path: Path) -> dict[str, Array]:
        arrays, whose = read_arrays(path), users_in(path)
        if whose and self.users and whose != self.users:
            raise StorageError(say("private-files.of-others", "{path} is of other users.", path=path), left_of(path))
        return arrays

    def _named(self) -> dict[str, FloatArray]:
        return {_BESIDE + name: array for name, array in self.beside.items()}

    def prune(self, folder: Path, keep: Sequence[str]) -> int:
        """Delete the checkpoints that are not in `keep`, and the full states that none of the kept needs.

        Returns:
            Number of files deleted.
        """
        deleted = prune_checkpoints(folder, keep)
        bases = list(folder.glob(_BASES))
        if bases:
            needed = {
                _base_path(path, int(np.asarray(read_array(path, "base"))[0]))
                for path in folder.glob("round-*.safetensors")
            }
            for path in bases:
                if path not in needed:
                    path.unlink(missing_ok=True)
                    deleted += 1
        return deleted


def users_of(users: NDArray[np.int32]) -> str:
    """Return a short digest of a party's users, by which their files are told from those of others.

    Args:
        users: dense ids, ascending.
    """
    return hashlib.sha256(np.ascontiguousarray(users, "<i4").tobytes()).hexdigest()[:16]


def load_rows(local: LocalModel, path: Path, rows: NDArray[np.int64], n_users: int) -> None:
    """Bring some users of a party back to where `PrivateFiles.save` found the party, reading only their part of a file.

    What a user learns depends on no other user, so these users end with the same numbers as with the whole party.

    Args:
        local: an untrained model of these users alone.
        path: the party's file of a round.
        rows: [m] ascending rows of these users in the party.
        n_users: of the party.

    Raises:
        StorageError: a file is missing, damaged or of other users.
    """
    arrays = {name: array for name, array in mapped_arrays(path).items() if not name.startswith(_BESIDE)}
    if local.checkpoint_every == 1:
        local.load_private_state(local.state_of(arrays, rows, n_users))
        return
    base, rounds = _way_there(arrays)
    if base != _UNTRAINED:
        local.load_private_state(local.state_of(mapped_arrays(_base_path(path, base)), rows, n_users))
    for round_ in rounds:
        drawn = None if round_.rows is None else np.flatnonzero(np.isin(rows, round_.rows))
        local.train_round(round_.items, round_.number, drawn)


def file_of_round(folder: Path, name: str, *, absent: bool) -> Path | None:
    """Return a party's file to go back to a round with.

    Args:
        folder: the party's.
        name: of the file of that round, see `fl.runs.storage.round_file`.
        absent: the party had dropped out by then: its newest file before that round is taken.

    Returns:
        The file, which may be missing; None where an absent party had not finished a round: it starts anew.
    """
    if not absent:
        return folder / name
    return max((old for old in checkpoints(folder) if old.name <= name), default=None)


def _way_there(arrays: dict[str, Array]) -> tuple[int, list[_Round]]:
    """Return the round of the full state that a file goes on from, and the rounds to train again.

    Raises:
        StorageError: the file holds something else.
    """
    if not {"base", "rounds", "items", "n_drawn", "drawn"} <= set(arrays):
        raise StorageError(
            say("run.written-version-program", "It was written by another version of the program."),
            say("run.train-run-again", "Train the run again."),
        )
    return int(np.asarray(arrays["base"])[0]), _rounds(arrays)


def _base_path(path: Path, number: int | None = None) -> Path:
    return path.with_name(f"base-{round_of(path) if number is None else number:06d}.safetensors")


def _rounds(arrays: dict[str, NDArray[np.generic]]) -> list[_Round]:
    numbers, counts = (np.asarray(arrays[name], np.int64).tolist() for name in ("rounds", "n_drawn"))
    drawn, start, rounds = np.asarray(arrays["drawn"], np.int64), 0, []
    for place, (number, count) in enumerate(zip(numbers, counts, strict=True)):
        rows = None
        if count != _EVERYBODY:
            rows = drawn[start : start + count]
            start += count
        rounds.append(_Round(number, np.asarray(arrays["items"][place], np.float32), rows))
    return rounds
