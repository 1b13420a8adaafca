"""Array files and small text files, written so that a crash leaves either the old file or the new one."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file

from data.errors import StorageError, cannot_read, cannot_write
from data.sentences import Said, say

# Files of a run folder that jobs beside training write or read.
ACCOUNT, AUDIT = "privacy.json", "audit.json"

# safetensors' names of the types that are stored here.
_TYPE_NAMES = {"b1": "BOOL", "u1": "U8", "i4": "I32", "i8": "I64", "u8": "U64", "f4": "F32", "f8": "F64"}


RESTORE: Final = say("run.restore", "Restore it from a copy, or train again.")


def write_bytes(path: Path, *content: bytes | memoryview) -> None:
    """Write one part after the other, fsync and rename into place, and make the rename itself durable.

    Raises:
        StorageError: no space, no permission.
    """
    temporary = path.with_name(path.name + ".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        with suppress(OSError):  # there may be no folder to have left anything in
            temporary.unlink()
        raise StorageError(
            cannot_write(path, error.strerror), say("run.free-space-check", "Free some space or check permissions.")
        ) from error


def write_arrays(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """Write a safetensors file: no pickles, readable by any tool. The arrays' own memory is written, without a copy.

    The format: the header's length as 8 bytes, little end first; the header, JSON padded with spaces; the arrays' bytes
    (https://github.com/huggingface/safetensors, "Format"). The library would hold two more copies of everything.

    Raises:
        StorageError: no space, no permission.
    """
    header: dict[str, Any] = {}
    content: list[memoryview] = []
    end = 0
    # Wide values first, so that every array starts where its type may.
    for name, array in sorted(arrays.items(), key=lambda entry: -entry[1].dtype.itemsize):
        start, end = end, end + array.nbytes
        kind = _TYPE_NAMES[array.dtype.newbyteorder("=").str[1:]]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [start, end]}
        content.append(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    write_bytes(path, struct.pack("<Q", len(text)), text, *content)


def read_arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a safetensors file.

    Raises:
        StorageError: missing, damaged or unreadable.
    """
    with _named_damage(path):
        return dict(load_file(path))


def no_object(path: Path) -> Said:
    """Return that a JSON file holds something else than an object."""
    return say("run.no-object", "{path} is damaged: it should hold an object.", path=path)


def unreadable_run(run: str, reason: object) -> Said:
    """Return that a run cannot be read."""
    return say("run.cannot-read", "Run '{run}' cannot be read: {reason}", run=run, reason=reason)


def no_finished_round(run: str) -> Said:
    """Return that a run has nothing to show yet."""
    return say("run.no-finished-round", "Run '{run}' has no finished round.", run=run)


def _missing(path: Path) -> Said:
    return say("run.file-missing", "{path} is missing: the run folder is incomplete.", path=path)


def read_array(path: Path, name: str) -> NDArray[np.generic]:
    """Return one array of a safetensors file, without reading the others.

    Raises:
        StorageError: as `read_arrays`, and when the array is not there.
    """
    with _named_damage(path), safe_open(path, "np") as file:
        return np.asarray(file.get_tensor(name))


@contextmanager
def _named_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise StorageError(_missing(path)) from error
    except (OSError, SafetensorError) as error:
        raise StorageError(
            cannot_read(path, error),
            RESTORE,
        ) from error


def write_json(path: Path, value: Any) -> None:
    """Write readable JSON as `write_bytes` does."""
    write_bytes(path, (json.dumps(value, indent=2, ensure_ascii=False, sort_keys=False) + "\n").encode())


def read_json(path: Path) -> Any:
    """Return the value in a JSON file.

    Raises:
        StorageError: missing or not JSON.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise StorageError(_missing(path)) from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise StorageError(cannot_read(path, error)) from error


def checkpoints(folder: Path) -> list[Path]:
    """Return the checkpoint files in `folder`, oldest round first."""
    return sorted(folder.glob("round-*.safetensors"))


def round_file(round_number: int) -> str:
    """Return the name of a checkpoint file, the same in the server's and in every party's folder."""
    return f"round-{round_number:06d}.safetensors"


def prune_checkpoints(folder: Path, keep: Sequence[str]) -> int:
    """Delete the checkpoint files in `folder` that going back to a round of `keep` does not need; return how many.

    Where there is no file of such a round, its newest file before that round stays: a party that had dropped out by
    then goes on from it.
    """
    files = checkpoints(folder)
    needed = {max((path.name for path in files if path.name <= wanted), default="") for wanted in keep}
    old = [path for path in files if path.name not in needed]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
