"""Nothing of a session outlives it, even what Ray leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest
import secretflow

from fl.federation import session


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
