"""Federations in this process: real SecretFlow in debug mode, which runs everything at once and raises plainly."""

from __future__ import annotations

import pytest

from fl import session

session.prepare_environment()


@pytest.fixture
def federate():
    """A function that starts parties in this process: (n_parties, aggregator name) -> NewFLModel and its PYUs."""
    sessions = []

    def start(n_parties, aggregator="secure"):
        from fl import aggregation
        from fl.new_fl_model import NewFLModel

        running = session.start("in-process", session.party_names(n_parties))
        sessions.append(running)
        made = aggregation.make(aggregator, running.server, running.parties)
        return NewFLModel(running.server, running.parties, made), running.parties

    yield start
    for running in sessions:
        running.close()
