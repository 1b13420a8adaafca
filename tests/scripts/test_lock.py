"""requirements.txt says what pyproject.toml asks for, completely, and nothing about the machine it was made on."""

from __future__ import annotations

import ensurepip
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import tomli
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import bootstrap

PROJECT = Path(__file__).resolve().parents[2]
LOCK = PROJECT / "requirements.txt"


def pyproject() -> dict[str, Any]:
    return tomli.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def entries() -> list[str]:
    """The lock's entries: one requirement with its hashes each, comments dropped, lines joined."""
    text = re.sub(r"\\\n", " ", LOCK.read_text(encoding="utf-8"))
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def pins() -> dict[str, str]:
    """Version by canonical name."""
    found = {}
    for entry in entries():
        requirement = Requirement(entry.partition("--hash")[0])
        found[canonicalize_name(requirement.name)] = next(iter(requirement.specifier)).version
    return found


def installed() -> dict[str, importlib.metadata.Distribution]:
    """The packages of this environment. Not by name: Ray, once imported, has put its own psutil on the path."""
    found = importlib.metadata.distributions(path=[sysconfig.get_path("purelib")])
    return {canonicalize_name(package.metadata["Name"]): package for package in found}


def left_out() -> set[str]:
    """What pyproject.toml's overrides drop from SecretFlow's metadata."""
    return {canonicalize_name(Requirement(text).name) for text in pyproject()["tool"]["uv"]["override-dependencies"]}


def wanted() -> list[Requirement]:
    config = pyproject()
    return [Requirement(text) for text in config["project"]["dependencies"] + config["dependency-groups"]["dev"]]


def test_that_every_entry_is_one_exact_pin_with_hashes_for_linux_and_nothing_else() -> None:
    for entry in entries():
        requirement, *hashes = re.split(r" +--hash=sha256:", entry)
        assert re.fullmatch(r"[a-z0-9-]+==[0-9a-z.+]+ ; [\w'=! ]+ and sys_platform == 'linux'", requirement)
        assert hashes, requirement
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in hashes)
    assert len(pins()) == len(entries()) > 100


def test_that_the_lock_tells_nothing_of_the_machine_it_was_made_on() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert text.startswith(bootstrap.LOCK_HEADER)
    for word in (
        "://",
        "--index",
        "--extra",
        "--find",
        "--trusted",
        "file:",
        "/root",
        "/home",
        "/tmp",
        "/opt",
        str(PROJECT),
    ):
        assert word not in text


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_that_the_lock_has_what_pyproject_asks_for(requirement: Requirement) -> None:
    version = pins().get(canonicalize_name(requirement.name))
    assert version is not None, "run `make lock`"
    assert requirement.specifier.contains(version, prereleases=True), f"locked at {version}: run `make lock`"


def test_that_secretflow_and_tensorflow_are_the_versions_the_design_rests_on() -> None:
    assert pins()["secretflow"] == "1.13.0b0"
    assert pins()["tensorflow"].startswith("2.12.")


def test_that_packages_the_tensorflow_backend_never_imports_are_left_out() -> None:
    assert left_out() == {"torch", "torchvision", "torchaudio", "torchmetrics", "xgboost"}
    assert left_out().isdisjoint(pins())


def test_that_the_lock_is_complete_and_consistent() -> None:
    """Installing it looks at no dependencies, so what each package asks for must be in it, at a fitting version."""
    locked, packages = pins(), installed()
    wrong = []
    for name in locked:
        for text in packages[name].requires or []:
            needed = Requirement(text)
            other = canonicalize_name(needed.name)
            if other in left_out() or (needed.marker is not None and not needed.marker.evaluate({"extra": ""})):
                continue
            if other not in locked or not needed.specifier.contains(locked[other], prereleases=True):
                wrong.append(f"{name} asks for {needed}, locked: {locked.get(other)}")
    assert wrong == []


def test_that_this_environment_is_the_lock() -> None:
    assert {name: package.version for name, package in installed().items() if name in pins()} == pins()


def test_that_set_up_finds_the_uv_pinned_with_hashes() -> None:
    assert bootstrap.pinned_uv().startswith(f"uv=={pins()['uv']} ;")
    assert "--hash=sha256:" in bootstrap.pinned_uv()


def test_that_pip_reads_the_lock_as_pins_with_hashes() -> None:
    """`pip install --no-deps -r requirements.txt` must work, but downloads over a gigabyte: here pip only parses it.

    The pip is the one Python 3.10 brings along, which is the oldest a reader can have in a new environment.
    """
    wheels = list((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    if not wheels:
        pytest.skip("this Python comes without pip (Debian packs it separately)")
    code = """
import json, sys
sys.path.insert(0, sys.argv[1])
from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_parsed_requirement
from pip._internal.req.req_file import parse_requirements
found = [install_req_from_parsed_requirement(line) for line in parse_requirements(sys.argv[2], session=PipSession())]
print(json.dumps([[item.name, item.is_pinned, item.has_hash_options, item.match_markers()] for item in found]))
"""
    command = [sys.executable, "-I", "-c", code, str(wheels[0]), str(LOCK)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert json.loads(shown) == [[name, True, True, True] for name in pins()]


@pytest.mark.skipif(
    "SECRETREC_ONLINE_TESTS" not in os.environ, reason="downloads a gigabyte; SECRETREC_ONLINE_TESTS=1 runs it"
)
@pytest.mark.timeout(1800)
def test_that_pip_installs_the_lock_into_a_plain_environment(tmp_path: Path) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "-r", LOCK], check=True)
    subprocess.run([python, "-c", "import secretflow_fl.ml.nn, PyQt5.QtWidgets, pyqtgraph"], check=True)
