"""Array files and small text files, written so that a crash leaves either the old file or the new one."""

from __future__ import annotations

import json
import os
import shutil
import stat
import struct
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file

from data.errors import StorageError, cannot_read, cannot_write
from data.json_text import json_of
from data.paths import private_folder
from data.sentences import Said, say
from fl.runs.seals import (
    RESTORE,
    damage,
    left_of,
    open_lines,
    open_object,
    open_regular,
    place_of,
    regular_bytes,
    seal_line,
    seal_object,
    seal_of,
    writes_seals,
)

# Files of a run folder that jobs beside training write or read.
ACCOUNT, AUDIT = "privacy.json", "audit.json"
INSPECTION = "inspection.json"

_FACTS, _SEAL, _USERS = "__metadata__", "seal", "users"  # in the header of a safetensors file
_PART = 2**20  # bytes read at once
_TAIL = 2**12  # bytes at the end of a file of lines, in which the last two are looked for
_CHECKED_FOR_A_LIST = 2**26  # bytes

# safetensors' names of the types that are stored here.
_TYPE_NAMES = {"b1": "BOOL", "u1": "U8", "i4": "I32", "i8": "I64", "u8": "U64", "f4": "F32", "f8": "F64"}
_TYPES = {name: kind for kind, name in _TYPE_NAMES.items()}


FREE_SPACE: Final = say("run.free-space", "Free some space.")


def write_bytes(path: Path, *content: bytes | memoryview, private: bool = True, durable: bool = True) -> None:
    """Write one part after the other, fsync and rename into place, and make the rename itself durable.

    Args:
        path: of the file; a link of that name is replaced, not followed.
        content: the parts.
        private: whether only the owner may read the file; otherwise it is as open as the person's other files.
        durable: whether to wait until it is on the disk; otherwise a crash of the machine may leave a part of it.

    Raises:
        StorageError: no space, no permission.
    """
    try:
        if private:
            private_folder(path.parent)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, private, durable) as file:
            file.writelines(content)
        if not durable:
            return
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StorageError(
            cannot_write(path, error.strerror), say("run.free-space-check", "Free some space or check permissions.")
        ) from error


@contextmanager
def replacing(path: Path, private: bool, durable: bool = True) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` when all went well, and vanishes otherwise.

    Its name is one that nothing else has, so that no file of the person's beside `path` is touched.

    Args:
        path: of the file.
        private, durable: as in `write_bytes`.

    Raises:
        OSError: no space, no permission, or no such folder.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        if not private:
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def append_line(path: Path, line: str) -> None:
    """Add a line to a private text file, and make it durable.

    Raises:
        OSError: no space, no permission, or the file is a symbolic link or no regular file.
    """
    handle = open_regular(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def append_record(path: Path, line: str) -> None:
    """Add a JSON object to a private file of lines, sealed in a run, and make it durable.

    A line that a crash cut short is dropped before.

    Args:
        path: of the file.
        line: the object, without the end of the line.

    Raises:
        OSError: no space, no permission, or the file is a symbolic link or no regular file.
        StorageError: the run's config.json is damaged.
    """
    handle = open_regular(path, os.O_RDWR | os.O_CREAT)
    with os.fdopen(handle, "r+b") as file:
        end = file.seek(0, os.SEEK_END)
        last, start = b"", end
        while start > 0 and last.count(b"\n") < 2:
            start = max(0, start - _TAIL)
            file.seek(start)
            last = file.read(end - start)
        if not last.endswith(b"\n"):
            cut = last.rfind(b"\n") + 1
            file.truncate(start + cut)
            last = last[:cut]
        before = last[:-1].rpartition(b"\n")[2].decode("utf-8", "replace")
        file.seek(0, os.SEEK_END)
        file.write((seal_line(path, line, before) + "\n").encode())
        file.flush()
        os.fsync(handle)


def write_records(path: Path, lines: Sequence[str]) -> None:
    """Write JSON objects, a line each, in the place of those that are there; see `append_record`.

    Raises:
        StorageError: no space, no permission.
    """
    sealed: list[str] = []
    for line in lines:
        sealed.append(seal_line(path, line, sealed[-1] if sealed else ""))
    write_bytes(path, "".join(line + "\n" for line in sealed).encode())


def read_records(path: Path) -> list[str]:
    """Return the JSON objects of a file of lines; none where there is no file, and none of a line cut short.

    Raises:
        StorageError: a line is not as it was written, or the file cannot be read.
    """
    try:
        lines = regular_bytes(path).decode().split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(cannot_read(path, error), left_of(path)) from error
    return open_lines(path, lines[:-1])


def _umask() -> int:
    """Return the process's file mode mask, read where reading does not change it for other threads."""
    for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
        if line.startswith("Umask:"):
            return int(line.split()[1], 8)
    return 0o022


def write_arrays(path: Path, arrays: Mapping[str, NDArray[np.generic]], users: str = "", durable: bool = True) -> None:
    """Write a safetensors file: no pickles, readable by any tool. The arrays' own memory is written, without a copy.

    The format: the header's length as 8 bytes, little end first; the header, JSON padded with spaces; the arrays' bytes
    (https://github.com/huggingface/safetensors, "Format"). The library would hold two more copies of everything.

    Args:
        path: of the file.
        arrays: by name.
        users: whose file it is, see `users_in`; "" for nobody's.
        durable: as in `write_bytes`.

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
    if users:
        header[_FACTS] = {_USERS: users}
    place = place_of(path)
    if place is not None and writes_seals(place):
        header[_FACTS] = {**header.get(_FACTS, {}), _SEAL: seal_of(place, [json.dumps(header).encode(), *content])}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    write_bytes(path, struct.pack("<Q", len(text)), text, *content, durable=durable)


def check_arrays(path: Path) -> None:
    """Refuse a safetensors file that is not as it was written, or has no seal and values that are not finite.

    Raises:
        StorageError: missing, damaged or unreadable.
    """
    with _named_damage(path):
        header, behind = _header(path)
        place, facts = place_of(path), dict(header.get(_FACTS, {}))
        seal = facts.pop(_SEAL, None)
        if place is not None and seal is not None:
            bare = {**header, _FACTS: facts}
            if not facts:
                del bare[_FACTS]
            if seal != seal_of(place, _parts(path, json.dumps(bare).encode(), behind)):
                raise damage(path)
        elif place is not None and place.sealed:
            raise damage(path)
        elif seal is None:
            _check_finite(path, load_file(path))


def _check_finite(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise StorageError(
                say("run.not-finite", "{path} is damaged: {name} holds no finite numbers.", path=path, name=name),
                RESTORE,
            )


def users_in(path: Path) -> str:
    """Return whose file a safetensors file is, as `write_arrays` was told; "" where it does not say.

    Raises:
        StorageError: missing, damaged or unreadable.
    """
    with _named_damage(path):
        return str(_header(path)[0].get(_FACTS, {}).get(_USERS, ""))


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """Return the header of a safetensors file, and where its arrays begin. The library checks that both fit."""
    with safe_open(path, "np"):
        pass
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        return json_of(file.read(length).decode()), 8 + length


def _parts(path: Path, header: bytes, behind: int) -> Iterator[bytes]:
    """Yield what the seal of a safetensors file is over."""
    yield header
    with path.open("rb") as file:
        file.seek(behind)
        while part := file.read(_PART):
            yield part


def read_arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a safetensors file. Their numbers are finite: a stranger can write a seal as well.

    Raises:
        StorageError: missing, damaged or unreadable.
    """
    check_arrays(path)
    with _named_damage(path):
        arrays = dict(load_file(path))
    _check_finite(path, arrays)
    return arrays


def mapped_arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a safetensors file as they lie on disk: only what is looked at is read. They are read-only.

    The file is checked once, as long as nobody writes it. One of more than 64 MiB is not: that would take far longer
    than the list of one user that it is read for. It is checked where all of it is read, by the party that trains.

    Raises:
        StorageError: missing, damaged or unreadable.
    """
    with _named_damage(path):
        found = path.stat()
        if found.st_size <= _CHECKED_FOR_A_LIST:
            _check_once(path, found.st_mtime_ns, found.st_ino, found.st_size)
        header, behind = _header(path)
        whole = np.memmap(path, np.uint8, "r")
        return {
            name: np.ndarray(
                entry["shape"], f"<{_TYPES[entry['dtype']]}", whole.data, behind + entry["data_offsets"][0]
            )
            for name, entry in header.items()
            if name != _FACTS
        }


@lru_cache(maxsize=256)
def _check_once(path: Path, changed: int, inode: int, size: int) -> None:
    read_arrays(path)


def damaged(path: Path) -> Said:
    """Return that a file does not hold what it should."""
    return say("run.damaged", "{path} is damaged.", path=path)


def unreadable_run(run: str, reason: object) -> Said:
    """Return that a run cannot be read."""
    return say("run.cannot-read", "Run '{run}' cannot be read: {reason}", run=run, reason=reason)


def no_finished_round(run: str) -> Said:
    """Return that a run has nothing to show yet."""
    return say("run.no-finished-round", "Run '{run}' has no finished round.", run=run)


def missing(path: Path) -> Said:
    """Return that a file of a run is gone."""
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
        if not stat.S_ISREG(path.lstat().st_mode):  # the library would wait for a pipe, and follow a link
            raise OSError("it is not a file")
        yield
    except FileNotFoundError as error:
        raise StorageError(missing(path), left_of(path)) from error
    except (OSError, SafetensorError, KeyError, AttributeError, TypeError, ValueError) as error:
        # The last four: a header with a kind of number that is never stored here, or of an array that NumPy lacks.
        raise StorageError(cannot_read(path, error), left_of(path)) from error


def write_json(path: Path, value: Any, indent: int | None = 2) -> None:
    """Write JSON as `write_bytes` does, readable unless `indent` is None: long lists stand in one line."""
    text = (json.dumps(value, indent=indent, ensure_ascii=False, sort_keys=False) + "\n").encode()
    write_bytes(path, seal_object(path, text) if isinstance(value, dict) and value else text)


def read_json(path: Path) -> Any:
    """Return the value in a JSON file.

    Raises:
        StorageError: missing or not JSON.
    """
    try:
        return json_of(open_object(path, regular_bytes(path)))
    except FileNotFoundError as error:
        raise StorageError(missing(path), left_of(path)) from error
    except (OSError, ValueError) as error:
        raise StorageError(cannot_read(path, error), left_of(path)) from error


def read_object(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file.

    Raises:
        StorageError: missing, not JSON, or something else than an object.
    """
    value = read_json(path)
    if not isinstance(value, dict):
        raise StorageError(say("run.no-object", "{path} is damaged: it should hold an object.", path=path))
    return value


def checkpoints(folder: Path) -> list[Path]:
    """Return the checkpoint files in `folder`, oldest round first."""
    return sorted(folder.glob("round-*.safetensors"))


def round_file(round_number: int) -> str:
    """Return the name of a checkpoint file, the same in the server's and in every party's folder."""
    return f"round-{round_number:06d}.safetensors"


def round_of(path: Path) -> int:
    """Return the round whose file this is, a checkpoint or a full state beside it."""
    return int(path.stem.rpartition("-")[2])


def delete_file(path: Path) -> None:
    """Delete a file of a run, or whatever has its name.

    Raises:
        OSError: it cannot be deleted.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def prune_checkpoints(folder: Path, keep: Sequence[str]) -> int:
    """Delete the checkpoint files in `folder` that going back to a round of `keep` does not need; return how many.

    Where there is no file of such a round, its newest file before that round stays: a party that had dropped out by
    then goes on from it.
    """
    files = checkpoints(folder)
    needed = {max((path.name for path in files if path.name <= wanted), default="") for wanted in keep}
    old = [path for path in files if path.name not in needed]
    for path in old:
        delete_file(path)
    return len(old)
