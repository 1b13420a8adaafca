"""The Dockerfile and compose.yaml: sound by their own linters, and by this project's rules."""

from __future__ import annotations

import fnmatch
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.paths import HOME
from fl.cli.main import make_parser
from fl.federation.session import SERVER

PROJECT = Path(__file__).resolve().parents[1]
COMPOSE = PROJECT / "compose.yaml"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
DATA = "/data"


def check(*command: str | Path) -> None:
    done = subprocess.run([str(word) for word in command], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# --- Dockerfile -------------------------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """Name and argument of each instruction, comments dropped and lines joined."""
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"\\\n\s*", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    return [(name, argument) for name, argument in lines]


def arguments(name: str) -> list[str]:
    return [argument for found, argument in instructions() if found == name]


def place(beginning: str) -> int:
    """Which instruction begins so."""
    (found,) = [i for i, words in enumerate(instructions()) if " ".join(words).startswith(beginning)]
    return found


def ignored_by_docker(path: str) -> bool:
    patterns = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [pattern for pattern in patterns if pattern and not pattern.startswith("#")]
    return any(fnmatch.fnmatch(path, pattern.replace("**/", "*")) for pattern in patterns)


def test_that_hadolint_finds_nothing_in_the_dockerfile() -> None:
    check(Path(sys.executable).with_name("hadolint"), "Dockerfile")


def test_that_the_image_rests_on_a_pinned_python_3_10() -> None:
    assert [bool(re.fullmatch(r"python:3\.10-slim-[a-z]+", base)) for base in arguments("FROM")] == [True]


def test_that_the_image_is_set_up_by_the_same_script_before_the_rest_is_copied() -> None:
    setup = place("RUN python scripts/bootstrap.py")
    assert instructions()[setup - 2 : setup] == [("COPY", "requirements.txt ./"), ("COPY", "scripts/ scripts/")]
    assert place("COPY . .") > setup
    assert "rm -rf" in instructions()[setup][1]
    assert "/var/lib/apt/lists" in instructions()[setup][1]


def test_that_everything_the_dockerfile_copies_and_compiles_exists_and_is_not_ignored() -> None:
    (compiled,) = [argument.split("-q ")[1] for argument in arguments("RUN") if "compileall" in argument]
    for source in (*(word for argument in arguments("COPY") for word in argument.split()[:-1]), *compiled.split()):
        assert (PROJECT / source).exists(), source
        assert source == "." or not ignored_by_docker(source.rstrip("/")), source


def test_that_the_loops_are_compiled_as_the_user_into_the_folder_where_the_program_looks_for_them() -> None:
    (folder,) = re.findall(r"NUMBA_CACHE_DIR=(\S+)", arguments("ENV")[0])
    (user,) = re.findall(r"useradd .* (\w+) &&", " ".join(arguments("RUN")))
    assert folder.startswith(f"/home/{user}/")
    assert place("ENV") < place("RUN find models -name '*.py' -exec touch") < place("USER")
    assert place("USER") < place("RUN python scripts/compile_loops.py")


def test_that_the_container_runs_as_an_ordinary_user_who_owns_only_the_data() -> None:
    (number,) = arguments("USER")
    assert int(number) > 0
    assert any(f"--uid {number} secretrec && " in run and "--owner=secretrec /data" in run for run in arguments("RUN"))
    assert place("USER") < place("CMD")


def test_that_the_container_keeps_its_files_in_the_volume_and_starts_the_demo_training() -> None:
    assert f"{HOME}={DATA}" in arguments("ENV")[-1]
    assert json.loads(arguments("VOLUME")[-1]) == [DATA]
    assert json.loads(arguments("CMD")[-1]) == ["python", "TheMain.py", "train", "--dataset", "demo"]


@pytest.mark.parametrize("path", [".git", ".venv", "runs", "datasets", "uv.lock", "fl/__pycache__"])
def test_that_what_has_no_place_in_an_image_is_ignored(path: str) -> None:
    assert ignored_by_docker(path)


# --- compose.yaml -----------------------------------------------------------------------------------------------------


def test_that_compose_is_valid_by_the_schema_of_the_compose_specification() -> None:
    check(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE)


def test_that_there_is_a_server_and_three_parties() -> None:
    assert list(SERVICES) == [SERVER, "alice", "bob", "carol"]


@pytest.mark.parametrize("name", SERVICES)
def test_that_a_member_starts_by_a_command_that_the_command_line_takes(name: str) -> None:
    python, program, *words = SERVICES[name]["command"]
    assert (python, program) == ("python", "TheMain.py")
    asked = make_parser(words[0]).parse_args(words)
    assert asked.command == ("server" if name == SERVER else "party")
    assert asked.kit.name == name
    assert asked.kit.is_relative_to(DATA)


def test_that_no_two_members_share_a_volume_or_a_port() -> None:
    for name, service in SERVICES.items():
        assert service["volumes"] == [f"{name}:{DATA}"]
        assert not {"volumes_from", "network_mode", "pid", "ipc", "links"} & set(service)
    ports = [port for service in SERVICES.values() for port in service["ports"]]
    assert len(set(ports)) == len(ports)
    assert all(re.fullmatch(r"(\d+):\1", port) for port in ports), "the file names the port at which all reach a member"


def test_that_members_have_no_secret_in_their_environment_and_no_more_rights_than_they_need() -> None:
    whole = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    assert not {"secrets", "configs", "include"} & set(whole)
    for service in SERVICES.values():
        assert not {"environment", "env_file", "secrets", "configs", "privileged", "cap_add", "user"} & set(service)
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_that_a_member_whose_training_ended_is_not_started_again() -> None:
    """A server that is started anew founds the next run."""
    assert all(re.fullmatch(r"on-failure:\d+", service["restart"]) for service in SERVICES.values())
