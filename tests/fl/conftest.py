"""Federations in this process: real SecretFlow in debug mode, which runs everything at once and raises plainly."""

from __future__ import annotations

import pytest

from fl.federation import session, watch

session.prepare_environment()


@pytest.fixture
def federate():
    """A function that starts parties in this process: (n_parties, aggregator name) -> NewFLModel and its PYUs."""
    sessions = []

    def start(n_parties, aggregator="secure"):
        from fl import aggregation
        from fl.federation.new_fl_model import NewFLModel

        running = session.start("in-process", session.party_names(n_parties))
        sessions.append(running)
        made = aggregation.make(aggregator, running.server, running.parties)
        return NewFLModel(running.server, running.parties, made), running.parties

    yield start
    for running in sessions:
        running.close()


@pytest.fixture
def pool():
    """Warm parties for jobs; ended afterwards."""
    from fl.federation.pool import FederationPool

    made = FederationPool()
    yield made
    made.close()


@pytest.fixture
def context(pool):
    """A job context in this process. Its events are in `context.events`; put into `context.on` who is told of each."""
    from fl.jobs.context import JobContext

    events, on = [], []

    def emit(event):
        events.append(event)
        for react in on:
            react(event)

    made = JobContext("job", emit, pool)
    made.events, made.on = events, on
    return made


@pytest.fixture
def own_process(monkeypatch):
    """Puts back what a command of the command line changes of its process for good."""
    import signal

    monkeypatch.setattr(watch, "last_words", watch.last_words)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def command_line(own_process, monkeypatch, capsys):
    """Run a command as TheMain.py would, in this process, whose streams stay where they are.

    Returns what `subprocess.run` returns: returncode, stdout, stderr.
    """
    import io
    import sys
    from subprocess import CompletedProcess

    from fl.cli.main import main

    monkeypatch.setattr("fl.cli.run.divert_to_log", lambda name: (sys.stdout, sys.stderr, None))
    monkeypatch.setattr("sys.stdin", io.StringIO())

    def command(*words):
        try:
            code = main(list(words))
        except SystemExit as leaving:  # the parser's way to refuse words, and to end after --help
            code = leaving.code
        said = capsys.readouterr()
        return CompletedProcess(words, code, said.out, said.err)

    yield command
    session.end_ahead()  # of a training that was refused
