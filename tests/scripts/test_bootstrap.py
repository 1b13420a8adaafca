"""The steps of set-up one by one, with made-up machines: folders of fake Pythons, pip configurations, libraries."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import bootstrap

READELF = shutil.which("readelf")
BROKEN_SHIM = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"


def make_program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def make_python(path: Path, version: str = "3.10.13", implementation: str = "cpython") -> Path:
    """A program that answers `probe` as a Python of this version would."""
    return make_program(path, f"#!/bin/sh\nprintf '%s\\n' {path} {version} {implementation}\n")


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Hide this machine: empty $PATH, no account's home, no configuration of pip or uv, a project folder of its own."""
    for name in list(bootstrap.os.environ):
        if name.startswith(("PIP_", "UV_", "PYENV_", "SECRETREC_")) or name in ("SSL_CERT_FILE", "VIRTUAL_ENV"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(bootstrap, "home_folders", lambda: [home])
    monkeypatch.setattr(bootstrap, "USUAL_PROGRAM_FOLDERS", ())
    monkeypatch.setattr(bootstrap, "SYSTEM_PIP_FILES", ())
    monkeypatch.setattr(bootstrap, "SYSTEM_UV_FILES", ())
    monkeypatch.setattr(bootstrap, "TOOLS", home / "project" / ".tools")
    monkeypatch.setattr(bootstrap, "VENV", home / "project" / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", home / "project" / ".venv" / "stamp.json")
    (home / "project" / ".venv").mkdir(parents=True)


def found_python() -> Path | None:
    found = bootstrap.find_python()
    return found.path if found else None


# --- Python 3.10 --------------------------------------------------------------------------------------------------


def test_that_a_broken_shim_is_passed_over_for_the_next_python_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program(tmp_path / "shims" / "python3.10", BROKEN_SHIM)
    good = make_python(tmp_path / "good" / "python3.10")
    monkeypatch.setenv("PATH", f"{tmp_path / 'shims'}:{tmp_path / 'good'}")
    assert found_python() == good


def test_that_pyenv_versions_are_found_through_a_shim_folder_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program(tmp_path / "pyenv" / "shims" / "python3.10", BROKEN_SHIM)
    good = make_python(tmp_path / "pyenv" / "versions" / "3.10.13" / "bin" / "python3.10")
    monkeypatch.setenv("PATH", str(tmp_path / "pyenv" / "shims"))
    assert found_python() == good


def test_that_pyenv_versions_are_found_through_the_pyenv_program_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = make_program(tmp_path / "pyenv" / "libexec" / "pyenv", "#!/bin/sh\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pyenv").symlink_to(program)
    good = make_python(tmp_path / "pyenv" / "versions" / "3.10.13" / "bin" / "python3.10")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert found_python() == good


@pytest.mark.parametrize(
    ("variable", "relative"),
    [
        ("PYENV_ROOT", "versions/3.10.13/bin/python3.10"),
        ("UV_PYTHON_INSTALL_DIR", "cpython-3.10.13-linux-x86_64-gnu/bin/python3.10"),
        ("XDG_DATA_HOME", "uv/python/cpython-3.10.13-linux-x86_64-gnu/bin/python3.10"),
        ("HOME", ".pyenv/versions/3.10.13/bin/python3.10"),
        ("HOME", ".local/share/uv/python/cpython-3.10.13-linux-x86_64-gnu/bin/python3.10"),
    ],
)
def test_that_a_python_kept_by_pyenv_or_uv_is_found(
    variable: str, relative: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(home))
    good = make_python(home / relative)
    assert found_python() == good


def test_that_the_newest_3_10_is_taken(home: Path) -> None:
    make_python(home / ".pyenv/versions/3.10.9/bin/python3.10", "3.10.9")
    newest = make_python(home / ".pyenv/versions/3.10.13/bin/python3.10", "3.10.13")
    assert found_python() == newest


@pytest.mark.parametrize(
    "make",
    [
        lambda path: make_python(path, "3.11.7"),
        lambda path: make_python(path, "3.1.0"),
        lambda path: make_python(path, "3.10.13", "pypy"),
        lambda path: make_program(path, "#!/bin/sh\nexit 1\n"),
        lambda path: make_program(path, "no program at all"),
        lambda path: make_program(path, "#!/nowhere/python\n"),
    ],
)
def test_that_what_is_no_python_3_10_is_not_taken_for_one(
    make: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "python3.10")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found_python() is None


def test_that_a_python_named_by_the_user_comes_first_and_must_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_python(tmp_path / "path" / "python3.10")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setenv("SECRETREC_PYTHON", str(make_python(tmp_path / "mine" / "python3.10")))
    assert found_python() == tmp_path / "mine" / "python3.10"
    monkeypatch.setenv("SECRETREC_PYTHON", "/nowhere/python3.10")
    with pytest.raises(bootstrap.SetupError, match=r"^SECRETREC_PYTHON is /nowhere/python3\.10, which is not"):
        bootstrap.find_python()


def test_that_the_interpreter_behind_a_virtual_environment_is_taken() -> None:
    found = bootstrap.probe(Path(sys.executable))
    assert found is not None
    assert found.version.startswith("3.10.")
    assert Path(sys.base_prefix) in found.path.parents


def test_that_an_active_venv_of_ours_is_not_searched(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_python(home / "project" / ".venv" / "bin" / "python3.10")
    monkeypatch.setenv("PATH", str(home / "project" / ".venv" / "bin"))
    assert found_python() is None


# --- uv and where packages come from ------------------------------------------------------------------------------


def test_that_pip_settings_come_from_its_files_and_variables_override_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = home / ".config" / "pip"
    folder.mkdir()
    (folder / "pip.conf").write_text(
        "[global]\nindex-url = https://mirror.example/simple\nextra-index-url =\n    https://a.example/simple\n"
        "    https://b.example/simple\n[install]\ntrusted-host = mirror.example\n"
    )
    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple")
    assert bootstrap.pip_settings() == {
        "index-url": "https://other.example/simple",
        "extra-index-url": "https://a.example/simple https://b.example/simple",
        "trusted-host": "mirror.example",
    }
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    assert bootstrap.pip_settings() == {"index-url": "https://other.example/simple"}


def test_that_a_broken_pip_configuration_is_named(home: Path) -> None:
    (home / ".pip").mkdir()
    (home / ".pip" / "pip.conf").write_text("index-url = nothing\n")
    with pytest.raises(bootstrap.SetupError, match=r"^pip's configuration cannot be read: .*pip\.conf.*\.$"):
        bootstrap.pip_settings()


def test_that_uv_is_told_what_pip_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://a.example https://b.example")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels /more")
    monkeypatch.setenv("PIP_CERT", "/certs.pem")
    env = bootstrap.uv_environment()
    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert env["UV_INDEX"] == "https://a.example https://b.example"
    assert env["UV_FIND_LINKS"] == "/wheels,/more"
    assert env["SSL_CERT_FILE"] == "/certs.pem"


def test_that_the_lock_is_not_resolved_from_extra_indexes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://a.example")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels")
    env = bootstrap.uv_environment(extra_indexes=False)
    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert {"UV_INDEX", "UV_FIND_LINKS", "UV_INDEX_STRATEGY"}.isdisjoint(env)


def test_that_uv_s_own_configuration_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    (home / ".config" / "uv").mkdir()
    (home / ".config" / "uv" / "uv.toml").write_text("")
    assert "UV_DEFAULT_INDEX" not in bootstrap.uv_environment()
    (home / ".config" / "uv" / "uv.toml").unlink()
    monkeypatch.setenv("UV_INDEX", "https://mine.example/simple")
    env = bootstrap.uv_environment()
    assert env["UV_INDEX"] == "https://mine.example/simple"
    assert "UV_DEFAULT_INDEX" not in env


def test_that_byte_code_is_compiled_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in bootstrap.uv_environment()


def test_that_an_account_without_a_home_caches_in_the_project(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "UV_CACHE_DIR" not in bootstrap.uv_environment()
    monkeypatch.setattr(bootstrap, "writable", lambda folder: folder != home)
    assert bootstrap.uv_environment()["UV_CACHE_DIR"] == str(home / "project" / ".tools" / "cache")


@pytest.mark.parametrize(
    ("text", "usable"),
    [("echo uv 0.5.0", True), ("echo 'uv 1.0.0 (abc)'", True), ("echo uv 0.4.30", False), ("exit 127", False)],
)
def test_that_a_uv_counts_if_it_runs_and_is_new_enough(tmp_path: Path, text: str, usable: bool) -> None:
    assert bootstrap.usable_uv(make_program(tmp_path / "uv", f"#!/bin/sh\n{text}\n")) is usable


def test_that_without_pip_and_rights_the_line_to_run_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "answer", lambda command, env=None: None)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    line = "sudo apt-get update && sudo apt-get install --yes --no-install-recommends python3-venv"
    with pytest.raises(bootstrap.SetupError, match=re.escape(f"run `{line}` and try again.")):
        bootstrap.get_uv(None)


# --- .venv --------------------------------------------------------------------------------------------------------


def test_that_too_small_a_disk_is_refused_before_anything_is_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", home / "none")
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10**11, 10**11, 10**9))
    with pytest.raises(
        bootstrap.SetupError, match=r"^Set-up needs 5 GB of free disk space in .*, and there are 1\.0 GB\.$"
    ):
        bootstrap.make_venv("digest")
    assert not bootstrap.STAMP.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"state": "complete"}', "\xff"])
def test_that_a_damaged_stamp_counts_as_no_set_up(text: str) -> None:
    bootstrap.STAMP.write_bytes(text.encode("latin-1"))
    assert not bootstrap.ready("digest")


# --- system packages ----------------------------------------------------------------------------------------------


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A machine with apt, seen as root, where libgomp and libxcb-icccm are missing; apt's calls, all of which fail."""
    calls: list[list[str]] = []

    def install(packages: list[str]) -> bool:
        calls.append(packages)
        return False

    monkeypatch.setattr(bootstrap, "loads", lambda library: library not in ("libgomp.so.1", "libxcb-icccm.so.4"))
    monkeypatch.setattr(bootstrap, "has_cjk_font", lambda: True)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 0)
    monkeypatch.setattr(bootstrap, "apt_install", install)
    return calls


def test_that_without_root_one_line_says_what_to_run(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    bootstrap.offer_system_packages()
    assert apt == []
    assert capsys.readouterr().err == (
        "setup: system packages are missing for training and the window; install them with: sudo apt-get update && "
        "sudo apt-get install --yes --no-install-recommends libgomp1 libxcb-icccm4\n"
    )


def test_that_a_machine_without_apt_is_told_the_libraries(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(bootstrap, "has_cjk_font", lambda: False)
    bootstrap.offer_system_packages()
    assert apt == []
    assert "libgomp.so.1, libxcb-icccm.so.4, a font with Chinese characters\n" in capsys.readouterr().err


def test_that_apt_is_not_tried_again_after_it_failed(apt: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.write_stamp({"state": "complete"})
    bootstrap.offer_system_packages()
    bootstrap.offer_system_packages()
    assert apt == [["libgomp1", "libxcb-icccm4"]]
    assert capsys.readouterr().err.splitlines()[-1].startswith("setup: system packages are missing")
    assert bootstrap.read_stamp()["state"] == "complete"


def test_that_installed_system_packages_are_not_mentioned(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "loads", lambda library: True)
    bootstrap.offer_system_packages()
    assert apt == []
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(READELF is None, reason="needs readelf (package binutils)")
def test_that_every_library_the_window_links_to_is_known() -> None:
    import PyQt5

    folder = Path(PyQt5.__file__).parent
    wheel = {path.name: path for path in (folder / "Qt5" / "lib").iterdir()}
    # What every Debian has, since apt and bash need it.
    base = re.compile(r"(lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|z|resolv)|ld-linux-x86-64)\.so\.\d+")
    todo = [folder / f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Svg", "Network", "Test")]
    todo += [folder / "Qt5" / "plugins" / "platforms" / "libqxcb.so"]
    seen, outside = set(todo), set()
    while todo:
        shown = subprocess.run([str(READELF), "-d", todo.pop()], capture_output=True, text=True, check=True)
        for name in re.findall(r"\(NEEDED\).*\[(.*)\]", shown.stdout):
            if name not in wheel:
                outside.add(name)
            elif wheel[name] not in seen:
                seen.add(wheel[name])
                todo.append(wheel[name])
    assert {name for name in outside if not base.fullmatch(name)} <= set(bootstrap.QT_LIBRARIES)


# --- the script itself --------------------------------------------------------------------------------------------


def test_that_the_script_is_readable_by_python_3_8_and_needs_only_its_standard_library() -> None:
    text = Path(bootstrap.__file__).read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 8))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
