"""A member behind the window hears another leave and come back; it leaves after a round itself, and comes back."""

from __future__ import annotations

import signal
import threading

from fl.federation.session import SERVER
from fl.jobs.context import JobContext
from fl.jobs.table import run
from fl.organisations.trial import DATASET
from fl.protocol.commands import TakePart
from fl.protocol.events import Members, RoundDone


class _Heard:
    """What a job says, and what happens then."""

    def __init__(self, react):
        self.events, self._react = [], react
        self.stop = threading.Event()

    def __call__(self, event):
        self.events.append(event)
        self._react(self, event)

    def take_part(self, trial, job):
        context = JobContext(job, self, stop_requested=self.stop.is_set)
        return run(TakePart(job=job, kit=str(trial.kit("alice")), dataset=DATASET, threads=1), context)


def lost(event, name):
    return isinstance(event, Members) and any((one.name, one.state) == (name, "lost") for one in event.members)


def leave_and_come_back(trial):
    """Take part as alice, in this process, in a trial of alice, bob and a server, of more rounds than are waited for.

    The first time, bob leaves by Ctrl+C after a round and is started again when alice has heard of it; after one more
    round alice leaves. The second time, the server is asked to stop after a round, which ends the training for all.

    Returns:
        (events of the first time with the answer, those of the second, bob's exit code when it left, all at the end).
    """
    bob_left = []

    def first(heard, event):
        if isinstance(event, RoundDone) and not bob_left:
            bob = trial.programs["bob"]
            bob.process.send_signal(signal.SIGINT)
            bob_left.append(bob.wait(30))
        elif isinstance(event, RoundDone) and any(lost(before, "bob") for before in heard.events):
            heard.stop.set()
        elif lost(event, "bob") and bob_left and trial.programs["bob"].process.poll() is not None:
            trial.start("bob")

    def second(heard, event):
        if isinstance(event, RoundDone) and not heard.stop.is_set():
            heard.stop.set()
            trial.programs[SERVER].process.send_signal(signal.SIGINT)

    for other in (SERVER, "bob"):
        trial.start(other)
    times = []
    for react in (first, second):
        heard = _Heard(react)
        heard.events.append(heard.take_part(trial, "part"))
        times.append(heard.events)
    return *times, bob_left, trial.wait(60)
