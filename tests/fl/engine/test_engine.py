"""The engine process, spoken to as the window does: real SecretFlow, real Ray, JSON lines."""

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from fl.protocol.events import EVENTS
from tests.listening import LOOPBACK, listening

ROOT = Path(__file__).resolve().parents[3]


class EngineProcess:
    """A running engine, its events in a queue."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fl.engine"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.events = queue.Queue()
        self.seen = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.events.put(EVENTS.validate_json(line))

    def send(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def wait(self, kind, job=None, timeout=180):
        """The next event of a kind (and job); everything before it goes to `seen`."""
        while True:
            event = self.events.get(timeout=timeout)
            self.seen.append(event)
            if event.type == kind and (job is None or event.job == job):
                return event
            if event.type == "job_failed" and event.job == job:
                raise AssertionError(f"{event.error} {event.hint} {event.details}")

    def close(self):
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.stdin.close()
        code = self.process.wait(timeout=60)
        self.reader.join(timeout=10)
        self.process.stdout.close()
        _, alive = psutil.wait_procs(children, timeout=20)
        return code, alive


@pytest.fixture
def engine():
    running = EngineProcess()
    yield running
    if running.process.poll() is None:
        for child in psutil.Process(running.process.pid).children(recursive=True):
            child.kill()
        running.process.kill()
        running.process.wait()


@pytest.mark.engine
def test_that_a_whole_session_with_the_real_engine_works(engine):
    settings = {"model": "pfedrec", "epochs": 100_000, "name": "mine"}
    engine.send(type="list_datasets", job="lists")
    assert engine.wait("datasets", "lists").datasets[0].name == "demo"
    engine.send(type="train", job="first", settings=settings)
    # Training waits for SecretFlow; lists do not.
    engine.send(type="list_runs", job="runs")
    assert engine.wait("runs", "runs").runs == ()
    assert not [event for event in engine.seen if event.type == "engine_ready"]
    engine.wait("engine_ready")
    assert next(event.text for event in engine.seen if event.type == "phase") == "starting SecretFlow"

    assert engine.wait("train_started", "first").run == "mine"
    engine.wait("round_done", "first")
    assert {ip for ip, _ in listening(engine.process.pid)} <= LOOPBACK  # Ray's; the engine itself speaks over pipes
    engine.send(type="stop_after_round", target="first")
    done = engine.wait("train_done", "first")
    assert done.stopped_early
    assert done.result["rounds"] < 100_000

    engine.send(type="train", job="second", settings={**settings, "name": "other"})
    engine.wait("round_done", "second")
    engine.send(type="recommend", job="meanwhile", settings={"run": "mine", "user": "29"})
    during = engine.wait("recommendations", "meanwhile")  # a list waits for no training
    engine.send(type="cancel", target="second")
    engine.wait("job_cancelled", "second")

    engine.send(type="recommend", job="third", settings={"run": "mine", "user": "nobody"})
    failed = engine.wait("job_failed")
    assert (failed.job, failed.error) == ("third", "Run 'mine' has no user 'nobody'.")
    engine.send(type="list_users", job="users", run="mine", query="29", limit=2)
    assert [user.id for user in engine.wait("users", "users").users] == ["29", "290"]
    engine.send(type="recommend", job="fourth", settings={"run": "mine", "user": "29"})
    assert engine.wait("recommendations", "fourth").items == during.items
    assert len(during.items) == 10
    engine.send(type="evaluate", job="fifth", settings={"run": "mine"})
    assert engine.wait("evaluated", "fifth").evaluation.n_users == 300

    engine.process.stdin.write("this is not a command\n")
    engine.send(type="import_file", job="none", path="/x.csv", name="x", options={"k_core_users": 0})
    engine.send(type="list_runs", job="last")
    states = {run.name: run.state for run in engine.wait("runs", "last").runs}
    assert states == {"mine": "stopped", "other": "cancelled"}
    told = [event.text for event in engine.seen if event.type == "engine_log" and "does not understand" in event.text]
    assert len(told) == 2
    assert told[1].endswith("The k of the k-core filter must be 1 or more (1 keeps all).")

    code, alive = engine.close()
    assert code == 0
    assert alive == []


@pytest.mark.engine
def test_that_a_killed_engine_leaves_an_interrupted_run_that_loses_at_most_one_round(engine):
    from fl.runs.run_folder import RunFolder

    engine.send(type="train", job="j", settings={"model": "pfedrec", "epochs": 100_000, "name": "mine"})
    last = None
    for _ in range(3):
        last = engine.wait("round_done", "j")
    family = [psutil.Process(engine.process.pid), *psutil.Process(engine.process.pid).children(recursive=True)]
    # The parties' processes are called ray::something; Ray's own agents, which hold nothing, take up to a minute.
    parties = [process for process in family[1:] if "ray::" in " ".join(process.cmdline())]
    assert len(parties) >= 2
    engine.process.kill()
    engine.process.wait()
    _, alive = psutil.wait_procs(parties, timeout=30)
    assert alive == []
    folder = RunFolder.find("mine")
    assert folder.state() == "interrupted"
    assert len(folder.rounds()) >= last.record.round
    engine.process.stdout.close()
