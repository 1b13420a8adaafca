"""Ray that is started ahead: SecretFlow takes it over, its processes have loaded what they need, and it ends whole."""

import threading

import psutil
import pytest

from fl.errors import SessionError
from fl.federation import session


@pytest.fixture
def no_other():
    yield
    assert session._ahead is None
    assert not [thread for thread in threading.enumerate() if thread.name == "ray-ahead"]


@pytest.mark.engine
def test_that_secretflow_takes_over_what_was_started_ahead(no_other):
    session.start_ahead("simulation", 2, "fcf")
    session.start_ahead("simulation", 2, "fcf")  # once is enough
    running = session.start("simulation", session.party_names(session.NAMES_AT_LEAST), 2)
    try:
        import secretflow as sf

        def loaded():  # before any task loads it
            import sys

            interesting = ("fl.federation.worker", "fl.federation.server", "models.fcf_ridge", "tensorflow")
            return [name for name in interesting if name in sys.modules]

        found = sf.reveal(running.parties[0](loaded)())
        assert found == ["fl.federation.worker", "fl.federation.server", "models.fcf_ridge"]
        names = [" ".join(process.cmdline()) for process in psutil.Process().children(recursive=True)]
        assert not [name for name in names if "agent.py" in name]
    finally:
        running.close()
    for process in psutil.Process().children(recursive=True):
        assert "raylet" not in " ".join(process.cmdline())


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
