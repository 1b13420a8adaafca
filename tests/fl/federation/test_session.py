"""Nothing of a session outlives it, even what Ray leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest
import secretflow

from fl.errors import SessionError
from fl.federation import session
from fl.federation.pool import FederationKey
from fl.settings.aggregator_words import AggregatorChoice
from tests.listening import listening


@pytest.fixture
def ray_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(session, "_ray_folder", lambda: tmp_path)
    return tmp_path


def left_behind(folder):
    """A process that, like one of Ray's, names its session's folder among its words and does not end by itself."""
    folder.mkdir()
    words = [sys.executable, "-c", "import sys; sys.stdin.read()", f"--logs-dir={folder}/logs"]
    return subprocess.Popen(words, stdin=subprocess.PIPE)


def test_that_a_closed_session_ends_what_ray_left_of_it_and_nothing_else(ray_folder, monkeypatch):
    monkeypatch.setattr(secretflow, "shutdown", lambda: None)  # a fake: Ray was never started
    own = left_behind(ray_folder / f"session_2026-11-21_10-00-00_{os.getpid()}")
    other = left_behind(ray_folder / f"session_2026-11-21_10-00-00_{os.getppid()}")
    try:
        session.Session("simulation", [], secretflow.PYU("server")).close()
        assert own.wait(timeout=20) == -9
        assert psutil.pid_exists(other.pid)
        assert other.poll() is None
    finally:
        for process in (own, other):
            process.kill()
            process.communicate()


def test_that_the_next_start_clears_what_a_killed_program_left_and_only_that(ray_folder):
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.communicate()
    dead, living = (ray_folder / f"session_2026-11-21_10-00-00_{pid}" for pid in (killed.pid, os.getppid()))
    own, other = left_behind(dead), left_behind(living)
    (ray_folder / "session_latest").symlink_to(living)
    (ray_folder / "mine").mkdir()
    try:
        session._remove_old_sessions(ray_folder)
        assert own.wait(timeout=20) == -9
        assert other.poll() is None
        assert sorted(path.name for path in ray_folder.iterdir()) == ["mine", living.name, "session_latest"]
    finally:
        for process in (own, other):
            process.kill()
            process.communicate()


def test_that_a_link_in_the_place_of_rays_folder_is_refused_and_an_open_one_is_closed(monkeypatch):
    # Whoever has an account can make a link of that name in /tmp first, to any folder of ours.
    with tempfile.TemporaryDirectory(prefix="s", dir="/tmp") as short:  # Ray's sockets have short paths
        monkeypatch.setattr(tempfile, "gettempdir", lambda: short)
        place, victim = Path(short) / f"secretrec-ray-{os.getuid()}", Path(short) / "mine"
        victim.mkdir()
        place.symlink_to(victim)
        with pytest.raises(SessionError, match="is not a folder of this user"):
            session._ray_folder()
        place.unlink()
        place.mkdir()
        place.chmod(0o777)
        assert session._ray_folder() == place
        assert place.stat().st_mode & 0o077 == 0


def test_that_parties_in_one_process_listen_nowhere():
    before = listening(os.getpid())
    running = session.start("in-process", session.party_names(2))
    try:
        assert listening(os.getpid()) == before
    finally:
        running.close()


def test_that_parties_are_started_anew_after_one_died(pool):
    key, choice = FederationKey("in-process", 2, 1), AggregatorChoice("plain")
    with pool.used():
        pool.get(key, choice)
    assert pool.is_warm(key, choice)
    with pytest.raises(SessionError), pool.used():
        raise SessionError("party-1 died")
    assert not pool.is_warm(key, choice)
