"""Whole runs of set-up and make in a made-up clone, with a fake uv in place of the real one, so without a network."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

# Makes the folder a real `uv venv` would, and stands in for an install. While there is a FIFO `gate`, an install tells
# the test that it began by writing to it, then waits until it can read from the FIFO `open`. Interrupted there it says
# nothing, as uv: a shell may complain that it could not open the FIFO, or not, depending on where Ctrl+C meets it.
FAKE_UV = """\
#!/bin/sh
cd "$FAKE"
case "$1 $2" in
    "--version "*) echo "uv 99.0.0"; exit 0 ;;
    "venv "*) for folder; do :; done; mkdir -p "$folder/bin"; ln -s "$FAKE_PYTHON" "$folder/bin/python" ;;
esac
echo "$*" >> calls
echo "bytecode: ${PYTHONDONTWRITEBYTECODE-compiled}" >> settings
if [ "$1" = pip ] && [ -e gate ]; then echo waiting > gate; { read -r _ < open; } 2>/dev/null || exit 130; fi
if [ "$1" = pip ] && [ -e fail ]; then echo "error: no network" >&2; exit 2; fi
exit 0
"""


class Clone:
    """A clone of the project, as far as set-up sees it, on a machine with a Python 3.10, a shell, a uv and no more."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.fake = root.parent / "machine"
        self.venv = root / ".venv"
        (root / "scripts").mkdir(parents=True)
        shutil.copy(PROJECT / "scripts" / "bootstrap.py", root / "scripts")
        (root / "requirements.txt").write_text("uv==99.0.0 --hash=sha256:00\n")
        self.fake.mkdir()
        for name in ("mkdir", "ln"):
            (self.fake / name).symlink_to(str(shutil.which(name)))
        self.program("uv", FAKE_UV)

    def program(self, name: str, text: str) -> None:
        """Put a script on the machine's $PATH."""
        (self.fake / name).write_text(text)
        (self.fake / name).chmod(0o755)

    @property
    def env(self) -> dict[str, str]:
        ours = ("UV_", "PIP_", "PYENV_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        python = sys.executable
        return {
            **kept,
            "PATH": str(self.fake),
            "FAKE": str(self.fake),
            "FAKE_PYTHON": python,
            "SECRETREC_PYTHON": python,
        }

    def start(self, root: Path | None = None, **env: str) -> subprocess.Popen[str]:
        script = (root or self.root) / "scripts" / "bootstrap.py"
        return subprocess.Popen(
            [sys.executable, script], env={**self.env, **env}, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def setup(self, root: Path | None = None, **env: str) -> tuple[int, str]:
        """Run set-up to its end: exit code, and what it said."""
        process = self.start(root, **env)
        _, said = process.communicate()
        return process.returncode, said

    def calls(self) -> list[str]:
        """What uv was called for since the last look."""
        file = self.fake / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return [" ".join(line.split()[:2]) if line.startswith("pip") else line.split()[0] for line in lines]

    def stamp(self) -> dict[str, str]:
        text: dict[str, str] = json.loads((self.venv / ".secretrec-setup.json").read_text())
        return text

    def hold_installs(self) -> None:
        os.mkfifo(self.fake / "gate")
        os.mkfifo(self.fake / "open")

    def wait_for_install(self) -> None:
        (self.fake / "gate").read_text()

    def release_install(self) -> None:
        (self.fake / "gate").unlink()
        (self.fake / "open").write_text("go\n")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "clone")


def test_that_the_first_run_installs_with_hashes_and_byte_code_and_the_second_does_nothing(clone: Clone) -> None:
    code, said = clone.setup(PYTHONDONTWRITEBYTECODE="1")
    assert code == 0, said
    calls = (clone.fake / "calls").read_text()
    assert f"pip sync --python {clone.venv}/bin/python --require-hashes --compile-bytecode {clone.root}" in calls
    assert set((clone.fake / "settings").read_text().splitlines()) == {"bytecode: compiled"}
    assert clone.stamp()["state"] == "complete"
    assert clone.calls() == ["venv", "pip sync"]
    code, _ = clone.setup()
    assert code == 0
    assert clone.calls() == []


def test_that_a_failed_install_ends_in_one_sentence_and_is_made_anew_by_the_next_run(clone: Clone) -> None:
    (clone.fake / "fail").touch()
    code, said = clone.setup()
    assert code == 1
    assert said.splitlines()[-2:] == [
        "error: no network",
        "setup: The packages could not be installed (reason above): mend that and run the same command again.",
    ]
    assert clone.stamp() == {"state": "unfinished"}
    (clone.fake / "fail").unlink()
    (clone.venv / "half-a-package").touch()
    code, said = clone.setup()
    assert code == 0
    assert "an earlier set-up was interrupted; making .venv anew" in said
    assert not (clone.venv / "half-a-package").exists()
    assert clone.calls() == ["venv", "pip sync", "venv", "pip sync"]


def test_that_a_new_lock_changes_the_environment_in_place(clone: Clone) -> None:
    clone.setup()
    clone.calls()
    (clone.root / "requirements.txt").write_text("uv==99.0.1 --hash=sha256:00\n")
    assert clone.setup()[0] == 0
    assert clone.calls() == ["pip sync"]


def test_that_an_environment_made_by_hand_is_completed_in_place(clone: Clone) -> None:
    (clone.venv / "bin").mkdir(parents=True)
    (clone.venv / "bin" / "python").symlink_to(sys.executable)
    assert clone.setup()[0] == 0
    assert clone.calls() == ["pip sync"]


def test_that_an_environment_whose_python_is_gone_is_made_anew(clone: Clone) -> None:
    clone.setup()
    clone.calls()
    (clone.venv / "bin" / "python").unlink()
    (clone.venv / "bin" / "python").symlink_to("/nowhere/python3.10")
    assert clone.setup()[0] == 0
    assert clone.calls() == ["venv", "pip sync"]


def test_that_a_copied_folder_gets_its_own_environment(clone: Clone, tmp_path: Path) -> None:
    clone.setup()
    clone.calls()
    shutil.copytree(clone.root, tmp_path / "copy", symlinks=True)
    assert clone.setup(tmp_path / "copy")[0] == 0
    assert clone.calls() == ["venv", "pip sync"]


def test_that_two_set_ups_at_once_install_once(clone: Clone) -> None:
    clone.hold_installs()
    first = clone.start()
    clone.wait_for_install()
    second = clone.start()
    assert second.stderr is not None
    assert second.stderr.readline() == "setup: another set-up is at work in this folder; waiting for it\n"
    clone.release_install()
    first.communicate()
    second.communicate()
    assert (first.returncode, second.returncode) == (0, 0)
    assert clone.calls() == ["venv", "pip sync"]


def test_that_the_lock_is_held_until_the_install_of_a_killed_set_up_has_ended(clone: Clone) -> None:
    clone.hold_installs()
    process = clone.start()
    clone.wait_for_install()
    process.kill()
    process.wait()
    with (clone.root / ".tools" / "setup.lock").open("w") as lock:
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        clone.release_install()
        fcntl.flock(lock, fcntl.LOCK_EX)  # comes back once uv has ended
    process.communicate()
    assert clone.stamp() == {"state": "unfinished"}


def test_that_ctrl_c_is_answered_in_a_sentence_and_mended_by_the_next_run(clone: Clone) -> None:
    clone.hold_installs()
    process = clone.start()
    clone.wait_for_install()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert said.splitlines()[-1] == "setup: interrupted; run the same command again and it will mend itself"
    (clone.fake / "gate").unlink()
    assert clone.setup()[0] == 0
    assert clone.stamp()["state"] == "complete"


def test_that_a_missing_lock_file_is_named(clone: Clone) -> None:
    (clone.root / "requirements.txt").unlink()
    code, said = clone.setup()
    assert code == 1
    assert said == "setup: requirements.txt is missing: restore it with `git checkout requirements.txt`.\n"


def test_that_a_folder_in_the_way_is_named(clone: Clone) -> None:
    (clone.root / ".tools").touch()
    code, said = clone.setup()
    assert code == 1
    assert said.startswith("setup: stopped by the system: ")
    assert str(clone.root / ".tools") in said


# --- make ---------------------------------------------------------------------------------------------------------


class MakeClone(Clone):
    """A clone with the Makefile and a TheMain.py that says how it was called, where `python3` is a broken shim."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        shutil.copy(PROJECT / "Makefile", root)
        shutil.copy(PROJECT / "scripts" / "compile_loops.py", root / "scripts")
        (root / "TheMain.py").write_text("import sys\nprint('TheMain', *sys.argv[1:])\n")
        (root / "models").mkdir()
        (root / "models" / "__init__.py").touch()
        (root / "models" / "registry.py").write_text("MODELS = {}\n")
        self.program("python3", "#!/bin/sh\nexit 127\n")
        (self.fake / "python3.10").symlink_to(sys.executable)
        (self.fake / "sed").symlink_to(str(shutil.which("sed")))

    def make(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in self.env.items() if not name.startswith(("MAKE", "MFLAGS"))}
        kept = {name: value for name, value in kept.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "ARGS")}
        command = [str(shutil.which("make")), "--no-print-directory", *words]
        return subprocess.run(command, cwd=self.root, env={**kept, **env}, capture_output=True, text=True, check=False)


@pytest.fixture
def make_clone(tmp_path: Path) -> MakeClone:
    if shutil.which("make") is None:
        pytest.skip("needs make")
    return MakeClone(tmp_path / "clone")


@pytest.mark.parametrize(
    ("words", "env", "called"),
    [
        ([], {}, "TheMain train --dataset demo"),
        ([], {"DISPLAY": ":0"}, "TheMain"),
        ([], {"WAYLAND_DISPLAY": "wayland-0"}, "TheMain"),
        (["ARGS=recommend --run 'my run' --user \"1\""], {}, "TheMain recommend --run my run --user 1"),
    ],
)
def test_that_make_run_sets_up_and_opens_the_window_or_trains_where_there_is_no_display(
    make_clone: MakeClone, words: list[str], env: dict[str, str], called: str
) -> None:
    done = make_clone.make("run", *words, **env)
    assert done.returncode == 0, done.stderr
    assert done.stdout == called + "\n"
    assert make_clone.calls() == ["venv", "pip sync"]


def test_that_make_stops_where_set_up_fails(make_clone: MakeClone) -> None:
    (make_clone.fake / "fail").touch()
    done = make_clone.make("run")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "setup: The packages could not be installed" in done.stderr


def test_that_make_help_names_every_target(make_clone: MakeClone) -> None:
    shown = make_clone.make("help").stdout
    targets = ["help", "run", "test", "soak", "setup", "lint", "lock", "licences", "audit", "sbom", "peers", "clean"]
    assert [line.split()[1] for line in shown.splitlines()] == targets
