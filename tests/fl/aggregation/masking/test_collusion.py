"""Parties on the server's side, and parties among themselves: how many it takes to read one honest party's message."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import chisquare

from fl.aggregation.masking import shamir
from fl.aggregation.masking.checking import check_sum
from fl.aggregation.masking.errors import DropoutError, RefusedMessageError
from fl.aggregation.masking.keys import public_of
from fl.aggregation.masking.messages import Agreement, SurvivorList
from fl.aggregation.masking.ring import decode, encode, rounding_seed
from fl.aggregation.masking.unmasking import opened
from fl.settings.aggregator_words import collusion_needed
from tests.fl.aggregation.masking.conftest import build, updates

VICTIM = "p1"


def list_of(uploads, context, names):
    return SurvivorList(context, 0, tuple((name, uploads[name].digest()) for name in names))


def signed(parties, name, survivors):
    """The signature of a colluding party, which signs whatever the server likes."""
    return Agreement(name, parties.clients[name].identity.sign(survivors.body()))


def two_lists_read(n, colluding):
    """Whether a server with so many parties gets `threshold` shares of both secrets of one honest party's upload.

    Half of the honest parties are told that the victim is in the sum, and give shares of its own mask; the others that
    it dropped out, and give shares of its key.
    """
    parties = build(n, messages=1)
    threshold = parties.server.roster.threshold
    names = list(parties.clients)
    colluders, honest = names[n - colluding :], names[: n - colluding]
    uploads = parties.uploads(updates(parties.clients))
    whole = list_of(uploads, parties.server.context, names)
    rest = list_of(uploads, parties.server.context, [name for name in names if name != VICTIM])
    halves = {True: honest[: (len(honest) + 1) // 2], False: honest[(len(honest) + 1) // 2 :]}
    place = parties.server.roster.place
    seeds, keys = {}, {}
    for name in colluders:
        batch = parties.clients[name]._batch
        seeds[place(name) + 1], keys[place(name) + 1] = batch.self_shares[VICTIM][0], batch.key_shares[VICTIM][0]
    for inside, half in halves.items():
        survivors = whole if inside else rest
        try:
            agreements = [parties.clients[name].agree(survivors) for name in half]
            agreements += [signed(parties, name, survivors) for name in colluders]
            for name in half:
                shares = parties.clients[name].unmask(0, agreements)
                if inside:
                    seeds[place(name) + 1] = dict(shares.self_shares)[VICTIM]
                else:
                    keys[place(name) + 1] = dict(shares.key_shares)[VICTIM]
        except (RefusedMessageError, DropoutError):
            continue
    if min(len(seeds), len(keys)) < threshold:
        return False
    advert = next(iter(parties.clients.values())).adverts[VICTIM]
    key = shamir.combine(dict(itertools.islice(keys.items(), threshold)), threshold)
    assert key is not None
    assert public_of(key) == advert.mask_keys[0]
    return True


def alone_in_a_sum(n, colluding):
    """What a server reads that calls all honest parties but one drop-outs, and takes its own parties' part off."""
    parties = build(n, messages=1)
    values = updates(parties.clients)
    inside = [VICTIM, *list(parties.clients)[n - colluding :]]
    uploads = parties.uploads(values)
    survivors = list_of(uploads, parties.server.context, inside)
    for name in inside:
        parties.server.take_upload(uploads[name])
    agreements = [parties.clients[VICTIM].agree(survivors), *(signed(parties, name, survivors) for name in inside[1:])]
    parties.clients[VICTIM].unmask(0, agreements)
    return parties, values, inside


@pytest.mark.parametrize("n", [2, 3, 4, 5, 8, 10])
def test_that_a_server_with_fewer_parties_than_said_reads_no_message(n):
    for colluding in range(collusion_needed(n)):
        assert not two_lists_read(n, colluding)
        with pytest.raises((RefusedMessageError, DropoutError)):
            alone_in_a_sum(n, colluding)


@pytest.mark.parametrize("n", [3, 4, 5, 8, 10])
def test_that_a_server_with_as_many_parties_as_said_reads_one(n):
    needed = collusion_needed(n)
    if needed < n - 1 and two_lists_read(n, needed):
        return
    parties, values, inside = alone_in_a_sum(n, needed)
    survivors = parties.server.close()
    for name in inside:
        parties.server.take_agreement(parties.clients[name].agree(survivors))
    for name in inside:
        parties.server.take_shares(parties.clients[name].unmask(0, parties.server.agreements()))
    specs = parties.specs(values[VICTIM])
    total = parties.server.finish()
    rest = np.sum([values[name][0].astype(np.float64) for name in inside[1:]], axis=0)
    np.testing.assert_allclose(decode(total.blocks[0], specs[0], len(inside)) - rest, values[VICTIM][0], atol=1e-3)


@pytest.mark.parametrize(("n", "honest"), [(3, 1), (4, 1), (4, 2), (5, 2)])
def test_that_parties_among_themselves_read_the_last_one_only(n, honest):
    """Under `verified` parties see all uploads without their own masks: all but one take the rest off the last one."""
    parties = build(n, checks_sums=True)
    rng = np.random.default_rng(3)
    values = {name: [rng.normal(0, 1, (200, 16)).astype(np.float32), np.zeros(4)] for name in parties.clients}
    keys = {name: client._batch.secrets[0].mask_key for name, client in parties.clients.items()}
    _, result = parties.sum(values)
    announcement = parties.server.announce(result)
    colluders = list(parties.clients)[honest:]
    for name in colluders:
        check_sum(parties.clients[name], announcement)
    upload = next(u for u in announcement.uploads if u.sender == VICTIM)
    client = parties.clients[VICTIM]
    own = dict(announcement.self_seeds)[VICTIM]
    blocks = [block.copy() for block in opened(parties.server.roster, client.adverts[VICTIM], upload, own, ())]
    for name in colluders:  # they kept their keys of the message, which an honest party forgets
        parties.clients[name]._batch.secrets[0].mask_key = keys[name]
        parties.clients[name]._apply_pair(blocks, 0, VICTIM, b"")
    specs = parties.specs(values[VICTIM])
    seed = rounding_seed(VICTIM, values[VICTIM])
    true = encode(values[VICTIM][0], specs[0], seed[:31] + bytes([0]))
    if honest == 1:
        np.testing.assert_array_equal(blocks[0], true)
    else:
        counts = np.bincount(np.frombuffer(blocks[0].tobytes(), np.uint8), minlength=256)
        assert chisquare(counts).pvalue > 1e-4
        assert abs(np.corrcoef(blocks[0].ravel().astype(np.float64), true.ravel().astype(np.int32))[0, 1]) < 0.1
