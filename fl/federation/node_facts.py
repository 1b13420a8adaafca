"""The facts of a node of a Ray cluster, told by itself; they are found there, with what is installed there."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any


def facts_of_this_node(packages: Sequence[str], root: str, mark: str, content: str) -> dict[str, Any]:
    """Return what this node is.

    Args:
        packages: whose versions are asked for.
        root: folder of the program on the driver's computer.
        mark: path of a file that the driver wrote.
        content: what it wrote.

    Returns:
        "python": its version.
        "packages": versions by name; "" where a package is missing.
        "root": folder of the program there, "" where it is missing.
        "program": "version", "code" and "lock" of it, see `fl.program.Program`.
        "sees": whether the driver's file can be read there, with the same content.
        "writes": whether files can be made beside it.
    """
    found = {name: _version_of(name) for name in packages}
    # In the same place as at the driver, or around the environment that Ray was started from.
    places = [place for place in (root, str(Path(sys.prefix).parent)) if (Path(place) / "fl" / "program.py").is_file()]
    program: dict[str, str] = {}
    if places:
        if places[0] not in sys.path:
            sys.path.insert(0, places[0])
        try:
            from fl.program import this_program

            program = this_program().model_dump()
        except ImportError:  # of a package that is missing there
            places = []
    try:
        sees = Path(mark).read_text("utf-8") == content
    except (OSError, UnicodeDecodeError):
        sees = False
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "packages": found,
        "root": places[0] if places else "",
        "program": program,
        "sees": sees,
        "writes": os.access(Path(mark).parent, os.W_OK | os.X_OK),
    }


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
