"""README, Dockerfile and licence agree with the rest of the repository."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shlex
from pathlib import Path

import pytest
import tomli

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
GUIDES = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "docs").glob("*.md"))]


def shell_lines(text: str) -> list[str]:
    """The lines of a text's blocks of shell commands."""
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


SHELL_LINES = shell_lines(README)
COMMANDS = [line for text in (README, *GUIDES) for line in shell_lines(text) if re.match(r"[^#]*TheMain\.py ", line)]


def rows_of_tables(text: str) -> list[tuple[list[str], list[str]]]:
    """The rows of a guide's tables: (header, cells)."""
    found = []
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        header, _, *rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines())
        found += [(header, row) for row in rows]
    return found


def test_that_every_promise_of_reliability_names_tests_that_are_there() -> None:
    text = (PROJECT / "docs" / "reliability.md").read_text(encoding="utf-8")
    promises = [row for header, row in rows_of_tables(text) if header[-1] == "shown by"]
    assert len(promises) > 25
    for promise in promises:
        named = re.findall(r"`(tests/[^`]*)`|\[[a-z]+\]\(([^)]+)\)", promise[-1])
        assert named, promise
        assert all((PROJECT / (test or f"docs/{guide}")).exists() for test, guide in named), promise


# --- README -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", COMMANDS)
def test_that_every_command_of_the_readme_and_the_guides_is_one_the_command_line_takes(line: str) -> None:
    from fl.cli.main import make_parser

    words = shlex.split(line, comments=True)
    words = words[words.index("TheMain.py") + 1 :]
    arguments = make_parser(words[0] if words else None).parse_args(words)
    assert arguments.command == (words[0] if words else None)


def test_that_every_make_target_the_readme_names_exists() -> None:
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"`make ([a-z]+)`", README)) | {
        line.split()[1] for line in SHELL_LINES if line[:5] == "make "
    }
    assert {"run", "test"} <= named <= set(targets)


def test_that_every_file_the_readme_points_to_exists() -> None:
    without_comments = re.sub(r"<!--.*?-->", "", README, flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)#]+)", without_comments) if "://" not in link]
    assert links
    assert [link for link in links if not (PROJECT / link).exists()] == []


def test_that_the_licence_is_apache_and_every_place_that_names_one_agrees() -> None:
    text = (PROJECT / "LICENSE").read_text(encoding="utf-8")
    assert re.match(r"\s*Apache License\s+Version 2\.0, January 2004", text)
    assert "END OF TERMS AND CONDITIONS" in text
    project = tomli.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == {"file": "LICENSE"}
    assert "](LICENSE)" in README


def test_that_the_readme_says_under_which_licence_pyqt5_is() -> None:
    (licence,) = importlib.metadata.metadata("PyQt5").get_all("License")
    version = re.search(r"GPL v(\d)", licence)
    assert version
    assert re.search(rf"PyQt5\b.*\bGPL\b[^.]*\b{version[1]}\b", " ".join(README.split()))


def test_that_continuous_integration_runs_the_same_tests() -> None:
    script = PROJECT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1].endswith("make --no-print-directory test")
