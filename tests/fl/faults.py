"""Parties and servers that fail on purpose, put in the place of real ones in this process."""

import ray.exceptions


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


def die(federation, party, method, from_round=1):
    """The party's process is gone as soon as `method` is called in that round."""
    (device,) = [device for device in federation.parties.workers if str(device) == party]
    mortal = Mortal(federation.parties.workers[device], method, from_round)
    for workers in (federation.parties.workers, getattr(federation.parties.aggregator, "_workers", {})):
        workers[device] = mortal
