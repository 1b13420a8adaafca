"""The program, as members of a federation and nodes of a cluster compare it: its version, its files, its lock file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import tomli

from data.errors import cannot_read
from data.sentences import say
from fl.errors import FederationError
from fl.record import Record

_ROOT: Final = Path(__file__).resolve().parents[1]
# What members run together; the window and the reports may differ.
_SHARED: Final = ("data", "models", "fl")


class Program(Record):
    """A state of the program. Members whose programs differ need not compute the same.

    Attributes:
        version: as in pyproject.toml.
        code: hex SHA-256 of the files that members run together.
        lock: hex SHA-256 of requirements.txt.
    """

    version: str
    code: str
    lock: str


@cache
def this_program() -> Program:
    """Return the state of the program that runs here.

    Raises:
        FederationError: its own files cannot be read.
    """
    try:
        project = tomli.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        lock = hashlib.sha256((_ROOT / "requirements.txt").read_bytes()).hexdigest()
        code = hashlib.sha256()
        for package in _SHARED:
            for path in sorted((_ROOT / package).rglob("*.py")):
                content = path.read_bytes()
                code.update(f"{path.relative_to(_ROOT).as_posix()}\n{len(content)}\n".encode())
                code.update(content)
    except (OSError, tomli.TOMLDecodeError) as error:
        raise FederationError(
            cannot_read(_ROOT, error),
            say("program.install-again", "The program's own files are damaged: install it again."),
        ) from error
    return Program(version=project["project"]["version"], code=code.hexdigest(), lock=lock)


def differences(ours: Program, theirs: Program, whose: str) -> tuple[str, ...]:
    """Return in what a program differs from ours, a sentence each.

    Args:
        ours: that runs here.
        theirs: the other.
        whose: the other's owner, in a sentence.
    """
    found: list[str] = []
    if theirs.version != ours.version:
        found.append(
            say(
                "program.other-version",
                "{whose} has version {theirs} of the program, here runs {ours}.",
                whose=whose,
                theirs=theirs.version,
                ours=ours.version,
            )
        )
    elif theirs.code != ours.code:
        found.append(
            say(
                "program.other-code",
                "{whose} has version {version} of the program too, but its files differ from those here.",
                whose=whose,
                version=ours.version,
            )
        )
    if theirs.lock != ours.lock:
        found.append(
            say(
                "program.other-lock",
                "{whose} has another lock file (requirements.txt {theirs}, here {ours}), so libraries may differ.",
                whose=whose,
                theirs=theirs.lock[:12],
                ours=ours.lock[:12],
            )
        )
    return tuple(found)
