"""Ray that is started ahead: SecretFlow takes it over, its processes have loaded what they need, and it ends whole."""

import os
import subprocess
import sys
import threading

import psutil
import pytest

from fl.errors import SessionError
from fl.federation import session
from tests.listening import LOOPBACK, listening


def nothing_ahead():
    return session._ahead is None and "ray-ahead" not in [thread.name for thread in threading.enumerate()]


@pytest.fixture
def no_other():
    yield
    assert nothing_ahead()


def test_that_a_fault_on_the_way_is_told_by_who_waits(monkeypatch, no_other):
    import ray

    def refuse(*words, **named):
        raise ValueError("no ports are left")

    monkeypatch.setattr(ray, "init", refuse)
    session.start_ahead("simulation", 2, "fcf")
    with pytest.raises(SessionError, match="no ports are left"):
        session.start("simulation", session.party_names(session.NAMES_AT_LEAST), 2)


def test_that_another_session_than_was_expected_starts_anew(monkeypatch, no_other):
    ended = []

    class Expected:
        names = ("somebody", "server")
        watch = None

        def end(self):
            ended.append(1)

    monkeypatch.setattr(session, "_ahead", Expected())
    monkeypatch.setattr("secretflow.init", lambda *words, **named: ended.append(named["ignore_reinit_error"]))
    ahead, watch = session._start_ray(("party-1", "party-2", "server"), 3)
    watch.end()
    assert ahead is None
    assert ended == [1, False]


def test_that_nothing_is_started_for_a_runtime_without_processes(no_other):
    session.start_ahead("in-process", 2, "fcf")
    assert session._ahead is None


# --- with Ray, last, so that none of the others meets it --------------------------------------------------------------


@pytest.fixture(scope="module")
def running():
    session.start_ahead("simulation", 2, "fcf")
    session.start_ahead("simulation", 2, "fcf")  # once is enough
    taken = session.start("simulation", session.party_names(session.NAMES_AT_LEAST), 2)
    try:
        yield taken
    finally:
        taken.close()
    assert nothing_ahead()
    for process in psutil.Process().children(recursive=True):
        assert "raylet" not in " ".join(process.cmdline())


@pytest.mark.engine
def test_that_secretflow_takes_over_what_was_started_ahead(running):
    import secretflow as sf

    def loaded():  # before any task loads it
        import sys

        interesting = ("fl.federation.worker", "fl.federation.server", "models.fcf_ridge", "tensorflow")
        return [name for name in interesting if name in sys.modules]

    found = sf.reveal(running.parties[0](loaded)())
    assert found == ["fl.federation.worker", "fl.federation.server", "models.fcf_ridge"]
    names = [" ".join(process.cmdline()) for process in psutil.Process().children(recursive=True)]
    assert not [name for name in names if "agent.py" in name]


@pytest.mark.engine
def test_that_a_simulation_listens_on_the_loopback_interface_only_and_asks_nobody_for_a_password(running):
    """Nothing crosses a network. But whoever is on the machine can reach Ray while a run is on (docs/privacy.md)."""
    import ray

    found = listening(os.getpid())
    assert len(found) > 3
    assert {ip for ip, _ in found} <= LOOPBACK
    address = ray.get_runtime_context().gcs_address
    code = f"from ray._raylet import GcsClient; print(len(GcsClient(address={address!r}).get_all_node_info()))"
    alone = {"PATH": "/usr/bin"}
    stranger = subprocess.run([sys.executable, "-c", code], env=alone, capture_output=True, text=True)
    assert stranger.stdout.strip() == "1", stranger.stderr
