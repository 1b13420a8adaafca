"""Seals: every file of a run carries a checksum of itself, written in the same moment, that says where it belongs.

A seal is the first half of a SHA-256 over the run's id, the file's place in the run's folder and the file's content. So
a byte that changed, a file that was cut, and a file that belongs to another party, round or run are all found when the
file is read. It guards against damage, not against a forger, who can write a seal as well as anybody.

    JSON object        a last field "seal"
    JSON lines         a last field "seal" in each line, which is also over the line before
    safetensors        "seal" among the metadata in the header

Folders of format 1 have no seals: what they hold is read unchecked, but for values that are not finite. A file of
format 2 without a seal is damaged. Files outside of a run's folder have none.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from data.errors import StorageError, cannot_read
from data.json_text import json_of
from data.sentences import join, say

CONFIG: Final = "config.json"
SEALED: Final = 2  # the format whose files have seals
RESTORE: Final = say("run.restore", "Restore it from a copy, or train again.")
EVALUATE_AGAIN: Final = say("run.evaluate-run-again", "Evaluate the run again.")
_upgrading: set[Path] = set()  # folders whose files are given seals just now
_DEPTH = 3  # a party's files lie in <run>/parties/<name>/
_LENGTH = 32  # hexadecimal digits
_OF_OBJECT = re.compile(rb',(\n  | )"seal": "([0-9a-f]{32})"(\n?)\}\n\Z')
_OF_LINE = re.compile(r', "seal": "([0-9a-f]{32})"\}\Z')


class Place(NamedTuple):
    """The place of a file in a run.

    Attributes:
        root: folder of the run.
        run: id of the run; "" for its config.json, which holds the id.
        name: of the file, as a path in the folder.
        sealed: whether the file must have a seal; for a config.json its own content says so.
    """

    root: Path
    run: str
    name: str
    sealed: bool


def place_of(path: Path) -> Place | None:
    """Return where in a run a file belongs; None outside of runs.

    Raises:
        StorageError: the run's config.json is damaged.
    """
    if path.name == CONFIG:
        return Place(path.parent, "", CONFIG, False)
    for root in list(path.parents)[:_DEPTH]:
        try:
            found = (root / CONFIG).stat()
        except OSError:
            continue
        run, sealed = _facts(root / CONFIG, found.st_mtime_ns, found.st_ino)
        return Place(root, run, path.relative_to(root).as_posix(), sealed)
    return None


@contextmanager
def sealing(folder: Path) -> Iterator[None]:
    """Write seals into the files of a run of format 1, inside."""
    _upgrading.add(folder)
    try:
        yield
    finally:
        _upgrading.discard(folder)


@lru_cache(maxsize=64)
def _facts(config: Path, changed: int, inode: int) -> tuple[str, bool]:
    """Return a run's id, and whether its files have seals."""
    try:
        held = json_of(open_object(config, regular_bytes(config)))
    except (OSError, ValueError) as error:
        raise StorageError(cannot_read(config, error)) from error
    if not isinstance(held, dict):
        return "", False
    return str(held.get("id", "")), _is_sealed(held)


def _is_sealed(config: dict[str, object]) -> bool:
    return config.get("format") == SEALED  # of a later one, nobody here knows


def open_regular(path: Path, flags: int) -> int:
    """Open a file, for its owner only where it is made. What only has a file's name, such as a pipe, is refused.

    Args:
        path: of the file.
        flags: as `os.open` takes them.

    Raises:
        OSError: it cannot be opened, is a symbolic link, or no regular file.
    """
    handle = os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW, 0o600)  # nobody may be at a pipe's other end
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("it is not a file")
    return handle


def regular_bytes(path: Path) -> bytes:
    """Return what is in a file; see `open_regular`."""
    with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as file:
        return file.read()


def writes_seals(place: Place) -> bool:
    """Return whether what is written there gets a seal."""
    return place.sealed or place.root in _upgrading


def seal_of(place: Place, parts: Iterable[bytes | memoryview]) -> str:
    """Return the seal of content that is given part by part."""
    digest = hashlib.sha256(f"{place.run}\0{place.name}\0".encode())
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:_LENGTH]


# --- JSON -------------------------------------------------------------------------------------------------------------


def seal_object(path: Path, text: bytes) -> bytes:
    """Return a file's JSON object, as it will be written, with its seal; unchanged outside of runs and of format 1.

    Args:
        path: of the file.
        text: ends with "}" and the end of a line; the object is not empty.
    """
    place = place_of(path)
    if place is None or not (writes_seals(place) or (place.name == CONFIG and _is_sealed(json_of(text.decode())))):
        return text
    in_lines = text.endswith(b"\n}\n")
    body, comma, end = (text[:-3], b",\n  ", b"\n}\n") if in_lines else (text[:-2], b", ", b"}\n")
    return body + comma + f'"seal": "{seal_of(place, [text])}"'.encode() + end


def open_object(path: Path, text: bytes) -> str:
    """Return a file's JSON without its seal, which is right.

    Raises:
        StorageError: it is wrong or missing.
        ValueError: the bytes are no UTF-8, or of a config.json no JSON.
    """
    place, found = place_of(path), _OF_OBJECT.search(text)
    if found is None:
        if text == b"{}\n":
            return text.decode()  # nothing to believe
        if place is not None and (place.sealed or (place.name == CONFIG and _config_is_sealed(text))):
            raise damage(path)
        return text.decode()
    whole = text[: found.start()] + found[3] + b"}\n"
    if place is not None and seal_of(place, [whole]) != found[2].decode():
        raise damage(path)
    return whole.decode()


def _config_is_sealed(text: bytes) -> bool:
    held = json_of(text.decode())
    return isinstance(held, dict) and _is_sealed(held)


def seal_line(path: Path, line: str, before: str) -> str:
    """Return a line's JSON object with its seal; unchanged outside of runs and of format 1.

    Args:
        path: of the file.
        line: a JSON object, without the end of the line.
        before: the line before it, with its seal; "" for the first.
    """
    place = place_of(path)
    if place is None or not writes_seals(place):
        return line
    return f'{line[:-1]}, "seal": "{seal_line_of(place, line, before)}"}}'


def open_lines(path: Path, lines: list[str]) -> list[str]:
    """Return lines without their seals, which are right.

    Raises:
        StorageError: one is wrong or missing, or a line before it is.
    """
    place, before, opened = place_of(path), "", []
    for number, line in enumerate(lines, start=1):
        found = _OF_LINE.search(line)
        bare = line if found is None else line[: found.start()] + "}"
        if place is not None:
            wrong = place.sealed if found is None else seal_line_of(place, bare, before) != found[1]
            if wrong:
                raise damage(path, number)
        opened.append(bare)
        before = line
    return opened


def seal_line_of(place: Place, line: str, before: str) -> str:
    """Return the seal of a line that follows the line `before`."""
    return seal_of(place, [before.encode(), b"\n", line.encode()])


# --- what is said -----------------------------------------------------------------------------------------------------


def damage(path: Path, line: int = 0) -> StorageError:
    """Return the error that a file of a run is not as it was written, with what can still be done.

    Args:
        path: of the file.
        line: number of the line at fault, from 1; 0 where it is not one line.
    """
    root = next((folder for folder in list(path.parents)[:_DEPTH] if (folder / CONFIG).exists()), path.parent)
    name = path.relative_to(root).as_posix()
    if line:
        told = say(
            "run.line-not-as-written",
            "{name}, line {line}, of run '{run}' is damaged: it is not as it was written.",
            name=name,
            line=line,
            run=root.name,
        )
    else:
        told = say(
            "run.not-as-written",
            "{name} of run '{run}' is damaged: it is not as it was written.",
            name=name,
            run=root.name,
        )
    return StorageError(told, what_is_left(root, name))


def left_of(path: Path) -> str:
    """Return what can still be done where a file is damaged or missing, see `what_is_left`; "" outside of runs."""
    root = next((folder for folder in list(path.parents)[:_DEPTH] if (folder / CONFIG).exists()), None)
    return "" if root is None else what_is_left(root, path.relative_to(root).as_posix())


def what_is_left(root: Path, name: str) -> str:
    """Return what can still be done with a run of which one file is damaged or missing.

    Args:
        root: folder of the run.
        name: of the file, as a path in it.
    """
    said = []
    owner, _, file = name.rpartition("/")
    if file.startswith("round-"):
        others = sorted(
            int(path.stem.rpartition("-")[2])
            for path in (root / owner).glob("round-*.safetensors")
            if path.name != file
        )
        if others:
            said.append(
                say(
                    "run.other-rounds",
                    "Other rounds are kept ({rounds}): resuming the run goes on from the newest that is whole.",
                    rounds=", ".join(map(str, others)),
                )
            )
    if owner.startswith("parties/"):
        said.append(say("run.other-parties", "Users of the other parties still get their lists."))
    if name.startswith("evaluation-"):
        return EVALUATE_AGAIN
    return join((*said, RESTORE))
