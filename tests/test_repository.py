"""README, Dockerfile and licence agree with the rest of the repository."""

from __future__ import annotations

import fnmatch
import importlib.metadata
import json
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


# --- Dockerfile ---------------------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """Name and argument of each instruction, comments dropped and lines joined."""
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"\\\n\s*", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    return [(name, argument) for name, argument in lines]


def arguments(name: str) -> list[str]:
    return [argument for found, argument in instructions() if found == name]


def ignored_by_docker(path: str) -> bool:
    patterns = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [pattern for pattern in patterns if pattern and not pattern.startswith("#")]
    return any(fnmatch.fnmatch(path, pattern.replace("**/", "*")) for pattern in patterns)


def test_that_the_dockerfile_has_only_known_instructions_and_begins_with_a_pinned_python_3_10() -> None:
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "CMD"}
    assert {name for name, _ in instructions()} == known
    assert instructions()[0][0] == "FROM"
    assert [bool(re.fullmatch(r"python:3\.10-slim-[a-z]+", base)) for base in arguments("FROM")] == [True]


def test_that_the_image_is_set_up_by_the_same_script_before_the_rest_is_copied() -> None:
    names = [f"{name} {argument}" for name, argument in instructions()]
    setup = next(i for i, text in enumerate(names) if text.startswith("RUN python scripts/bootstrap.py"))
    assert names[setup - 2 : setup] == ["COPY requirements.txt ./", "COPY scripts/ scripts/"]
    assert names.index("COPY . .") > setup
    assert "rm -rf" in names[setup]
    assert "/var/lib/apt/lists" in names[setup]


def test_that_everything_the_dockerfile_copies_exists_and_is_not_ignored() -> None:
    for argument in arguments("COPY"):
        for source in argument.split()[:-1]:
            assert (PROJECT / source).exists(), source
            assert source == "." or not ignored_by_docker(source.rstrip("/")), source


def test_that_the_container_runs_as_an_ordinary_user_who_owns_only_the_data() -> None:
    user = arguments("USER")[-1]
    assert user not in ("root", "0")
    assert any(f" {user} && " in run and f"--owner={user} /data" in run for run in arguments("RUN"))
    assert [name for name, _ in instructions()].index("USER") < [name for name, _ in instructions()].index("CMD")


def test_that_the_container_keeps_its_files_in_the_volume_and_starts_the_demo_training() -> None:
    assert "SECRETREC_HOME=/data" in arguments("ENV")[-1]
    assert json.loads(arguments("VOLUME")[-1]) == ["/data"]
    assert json.loads(arguments("CMD")[-1]) == ["python", "TheMain.py", "train", "--dataset", "demo"]


@pytest.mark.parametrize("path", [".git", ".venv", "runs", "datasets", "uv.lock", "fl/__pycache__"])
def test_that_what_has_no_place_in_an_image_is_ignored(path: str) -> None:
    assert ignored_by_docker(path)
