"""Files that only their owner may read, and run folders that cannot lead a program outside of themselves."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data import install, paths
from data.errors import StorageError
from fl.runs.run_folder import RunFolder
from fl.runs.storage import append_line, replacing, write_bytes, write_json
from fl.settings.train import TrainSettings
from gui.preferences import Preferences

FACTS = {"fingerprint": "f", "n_users": 1, "n_items": 1, "n_train": 1, "versions": {}, "machine": {}, "claim": ""}
ROOT = Path(__file__).resolve().parents[3]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_umask():
    """The mask of most systems, under which everybody reads everything."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_that_runs_data_sets_and_logs_are_closed_to_other_accounts():
    folder = RunFolder.create(TrainSettings(name="mine"), FACTS)
    folder.note("something")
    write_bytes(folder.path / "parties" / "party-1" / "round-000001.safetensors", b"private")
    with install.locked("table"), install.workspace("table") as work:
        (work / "files").mkdir()
        (work / "files" / "rows.csv").write_text("user,item\n")
        install.install(work, paths.datasets_dir() / "table")
    for place in (paths.home(), *paths.home().rglob("*")):
        if place.suffix != ".lock":  # empty
            assert mode(place) & 0o077 == 0, place


@pytest.mark.usefixtures("open_umask")
def test_that_a_home_that_the_window_makes_is_closed_to_other_accounts(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRETREC_HOME", str(tmp_path / "above" / "home"))
    Preferences().set_text("theme", "dark")
    assert mode(paths.home()) == 0o700


@pytest.mark.usefixtures("open_umask")
def test_that_folders_of_an_earlier_version_are_closed():
    paths.runs_dir().mkdir(parents=True)
    assert mode(paths.runs_dir()) == 0o755
    RunFolder.create(TrainSettings(name="mine"), FACTS)
    assert mode(paths.runs_dir()) == 0o700


@pytest.mark.usefixtures("open_umask")
def test_that_a_log_is_private_and_an_export_is_as_open_as_the_persons_other_files(tmp_path):
    code = "from fl.engine.streams import divert_to_log; import logging; divert_to_log('x'); logging.error('said')"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    assert mode(paths.logs_dir()) == 0o700
    write_bytes(tmp_path / "report.html", b"x", private=False)
    assert mode(tmp_path / "report.html") == 0o644


LINKED = {
    "the config": lambda run, outside: ("config.json", outside / "file"),
    "the log": lambda run, outside: ("events.log", outside / "file"),
    "the rounds": lambda run, outside: ("metrics.jsonl", outside / "file"),
    "the server's folder": lambda run, outside: ("server", outside),
    "a party's folder": lambda run, outside: ("parties/party-1", outside),
}


@pytest.mark.parametrize("what", LINKED)
def test_that_a_run_folder_with_a_link_is_refused_and_nothing_outside_is_touched(what, tmp_path):
    folder = RunFolder.create(TrainSettings(name="strange"), FACTS)
    outside = tmp_path / "outside"
    outside.mkdir()
    name, target = LINKED[what](folder.path, outside)
    (outside / "file").write_text((folder.path / "config.json").read_text())
    kept = (outside / "file").read_bytes()
    place = folder.path / name
    place.unlink(missing_ok=True)
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(target)
    with pytest.raises(StorageError, match=f"{place.name} is a symbolic link; a run folder must hold its own files"):
        RunFolder.find("strange")
    assert "is a symbolic link" in folder.info().problem
    assert (outside / "file").read_bytes() == kept


def test_that_a_run_that_is_itself_a_link_is_refused(tmp_path):
    folder = RunFolder.create(TrainSettings(name="real"), FACTS)
    (paths.runs_dir() / "link").symlink_to(folder.path)
    with pytest.raises(StorageError, match="link is a symbolic link"):
        RunFolder.find("link")


def test_that_writing_replaces_a_link_and_never_follows_it(tmp_path):
    (tmp_path / "victim").write_text("mine")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="symbolic links"):
        append_line(link, "more\n")
    write_json(link, {})
    assert (tmp_path / "victim").read_text() == "mine"
    assert not link.is_symlink()


def test_that_nobody_elses_file_beside_an_output_is_touched(tmp_path):
    beside = tmp_path / "l.csv.tmp"
    beside.write_text("somebody's")

    def write_half():
        with replacing(tmp_path / "l.csv", private=False) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert [path.name for path in tmp_path.iterdir()] == ["l.csv.tmp"]
    write_bytes(tmp_path / "l.csv", b"whole", private=False)
    assert beside.read_text() == "somebody's"
    assert (tmp_path / "l.csv").read_bytes() == b"whole"
