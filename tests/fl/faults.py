"""Parties and servers that fail on purpose, put in the place of real ones in this process."""

import os
import signal
from dataclasses import replace

import ray.exceptions

from tests.models.small_data import small_parties


class Mortal:
    """A party's worker whose process is gone as soon as one of its methods is called in a round."""

    def __init__(self, worker, method, from_round):
        self._worker, self._method, self._from_round, self._dead = worker, method, from_round, False

    def __getattr__(self, name):
        method = getattr(self._worker, name)

        def call(*args, **kwargs):
            if name == self._method and (name != "train_step" or args[1] >= self._from_round):
                self._dead = True
            if self._dead:
                raise ray.exceptions.RayActorError
            return method(*args, **kwargs)

        return call


class Refusing:
    """A server that finds something wrong with the sums of some tries, counted from 1."""

    def __init__(self, server, refused):
        self._server, self._refused, self.tries = server, refused, []

    def __getattr__(self, name):
        return getattr(self._server, name)

    def apply(self, total, size, number):
        self.tries.append(number)
        if len(self.tries) in self._refused:
            return self._server.items(), self._server.device(lambda: {"problem": "somebody cheated"})()
        return self._server.apply(total, size, number)


class Killed:
    """A party's worker whose real process gets a signal just before one of its methods is called."""

    def __init__(self, worker, method, pid, number):
        self._worker, self._method, self._pid, self._number = worker, method, pid, number

    def __getattr__(self, name):
        if name == self._method:
            os.kill(self._pid, self._number)
        return getattr(self._worker, name)


def die(federation, party, method, from_round=1):
    """The party's process is gone as soon as `method` is called in that round."""
    put_in_place(federation, party, lambda worker: Mortal(worker, method, from_round))


def kill(federation, party, method, pid, number=signal.SIGKILL):
    """The party's process is killed just before `method` is called, or gets another signal."""
    put_in_place(federation, party, lambda worker: Killed(worker, method, pid, number))


def put_in_place(federation, party, made):
    """Put something in the place of a party's worker."""
    (device,) = [device for device in federation.parties.workers if str(device) == party]
    worker = made(federation.parties.workers[device])
    for workers in (federation.parties.workers, getattr(federation.parties.aggregator, "_workers", {})):
        workers[device] = worker


class Misled:
    """A party's worker that is told other things than the server tells the other parties."""

    def __init__(self, worker, device, what):
        self._worker, self._device, self._what = worker, device, what

    def __getattr__(self, name):
        return getattr(self._worker, name)

    def train_step(self, items, number, steps, *ranges):
        if self._what == "items":
            items = self._device(lambda array: array * array.dtype.type(1.0001))(items)
        if self._what == "ranges":
            ranges = [self._device(lambda array: array * array.dtype.type(2))(array) for array in ranges]
        return self._worker.train_step(items, number + (self._what == "round"), steps, *ranges)

    def masking_mask(self, number, message, limit):
        return self._worker.masking_mask(number, message, limit * (2 if self._what == "limit" else 1))


def mislead(federation, party, what):
    """Tell a party other things from now on: "items", "round", "ranges", "limit" of the masks, or "rules"."""
    (device,) = [device for device in federation.parties.workers if str(device) == party]
    worker = federation.parties.workers[device]
    if what == "rules":
        part = small_parties(len(federation.parties.workers))[int(party.rpartition("-")[2]) - 1]
        worker.set_up(part, part, replace(federation._rules, norm_limit=1e9))
    put_in_place(federation, party, lambda worker: Misled(worker, device, what))
