"""Parties and server as plain objects in this process, with every message passed by hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pytest

from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.keys import Identity, Roster
from fl.aggregation.masking.ring import TABLE_LIMIT, BlockSpec, decode, spec_of
from fl.aggregation.masking.server import MaskingServer
from fl.settings.aggregator_words import quorum


class Stream:
    """Reproducible bytes in place of the system's random ones."""

    def __init__(self, seed):
        self.seed, self.count = seed, 0

    def __call__(self, n):
        self.count += 1
        return hashlib.shake_256(f"{self.seed}/{self.count}".encode()).digest(n)


@dataclass
class Parties:
    """A federation under test. `number` counts messages of the current batch."""

    clients: dict[str, MaskingClient]
    server: MaskingServer
    batch: int = 0
    number: int = -1

    def begin(self, without=()):
        """A new batch, in which the parties `without` take no part."""
        self.batch, self.number = self.batch + 1, -1
        self.server.begin(self.batch)
        here = {name: client for name, client in self.clients.items() if name not in without}
        for client in here.values():
            self.server.take_advert(client.advertise(self.batch))
        adverts = self.server.adverts()
        for name, client in here.items():
            self.server.take_sealed(name, client.share(adverts))
        for name, client in here.items():
            client.receive(self.server.sealed_for(name))

    def specs(self, arrays, limit=TABLE_LIMIT) -> list[BlockSpec]:
        return [spec_of(array, len(self.clients), limit) for array in arrays]

    def uploads(self, values, limit=TABLE_LIMIT):
        """Every party's upload of the next message; values: name -> list of arrays."""
        self.number += 1
        specs = self.specs(next(iter(values.values())), limit)
        self.server.open(self.number, specs)
        return {name: self.clients[name].mask(self.number, arrays, specs) for name, arrays in values.items()}

    def sum(self, values, lost_before=(), lost_after=(), limit=TABLE_LIMIT):
        """The next message, with parties lost before their upload or after it: (real sums, Sum)."""
        specs = self.specs(next(iter(values.values())), limit)
        for name, upload in self.uploads(values, limit).items():
            if name not in lost_before:
                self.server.take_upload(upload)
        result = self.unmask(lost_after)
        return [decode(b, s, len(result.survivors)) for b, s in zip(result.blocks, specs, strict=True)], result

    def unmask(self, lost=()):
        """The rest of a message whose uploads the server has; the parties `lost` died in the meantime."""
        survivors = self.server.close()
        here = [name for name in survivors.names if name not in lost]
        for name in here:
            self.server.take_agreement(self.clients[name].agree(survivors))
        agreements = self.server.agreements()
        for name in here:
            self.server.take_shares(self.clients[name].unmask(self.number, agreements))
        return self.server.finish()


def build(n, threshold=None, messages=8, checks_sums=False, random=None, begin=True):
    """n parties p1 .. pn, with a batch begun."""
    names = tuple(f"p{i + 1}" for i in range(n))
    identities = [Identity(None if random is None else random(32)) for _ in names]
    keys = tuple(identity.public for identity in identities)
    roster = Roster(b"test", names, keys, quorum(n) if threshold is None else threshold)
    more = {} if random is None else {"random": random}
    clients = {
        name: MaskingClient(name, identity, roster, messages, checks_sums, **more)
        for name, identity in zip(names, identities, strict=True)
    }
    parties = Parties(clients, MaskingServer(roster, messages))
    if begin:
        parties.begin()
    return parties


@pytest.fixture
def federation():
    return build


def updates(names, seed=0, shape=(6, 3), scale=1.0):
    """name -> [table float32, totals float64], random."""
    rng = np.random.default_rng(seed)
    return {
        name: [rng.normal(0, scale, shape).astype(np.float32), rng.integers(0, 1000, 4).astype(np.float64)]
        for name in names
    }
