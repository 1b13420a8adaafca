"""A server that cheats is caught, whatever it does to the sum, and the next round is not spoiled by it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fl.aggregation.masking.errors import RefusedMessageError, VerificationError
from fl.aggregation.masking.messages import UnmaskRequest
from tests.fl.aggregation.masking.conftest import build, updates


class Round:
    """One message up to the announcement, with all that a server could use to cheat."""

    def __init__(self, parties, seed=0, lost=()):
        self.parties = parties
        self.uploads = parties.uploads(updates(parties.clients, seed))
        for name, upload in self.uploads.items():
            if name not in lost:
                parties.server.take_upload(upload)
        request = parties.server.close()
        for name in request.survivors:
            parties.server.take_shares(parties.clients[name].unmask(request))
        self.announcement = parties.server.announce(parties.number, parties.server.finish())
        self.survivors = request.survivors

    def check(self, announcement=None, confirmations=lambda c: c, forms=lambda f: f, announcements=None):
        """The rest of the round; returns what each party accepts. The hooks change what the server passes on."""
        shown = announcements or dict.fromkeys(self.survivors, announcement or self.announcement)
        who = self.parties.verifiers
        given = confirmations([who[name].confirm(shown[name]) for name in self.survivors])
        values = forms([who[name].forms(given) for name in self.survivors])
        return {name: who[name].check(values) for name in self.survivors}

    def with_total(self, change, place=0):
        """The announcement with one block replaced by change(block)."""
        blocks = [block.copy() for block in self.announcement.total]
        blocks[place] = change(blocks[place])
        return replace(self.announcement, total=tuple(blocks))


def cell(block, place, amount):
    flat = block.ravel()
    flat[place : place + 1] += block.dtype.type(amount)
    return flat.reshape(block.shape)


@given(st.integers(2, 6), st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_that_an_honest_sum_is_accepted_by_everybody(n, seed):
    parties = build(n, messages=2, keep_parts=True)
    for more in (0, 1):
        round_ = Round(parties, seed + more)
        for blocks in round_.check().values():
            assert blocks == round_.announcement.total


def test_that_the_sum_of_the_survivors_is_accepted():
    parties = build(7, messages=2, keep_parts=True)
    assert set(Round(parties, lost=("p2", "p7")).check()) == {"p1", "p3", "p4", "p5", "p6"}
    Round(parties).check()


# What the server does to the sum: name -> function of (round, round before) to an announcement.
SUM_TAMPERS = {
    "adds 1 to a cell": lambda r, old: r.with_total(lambda b: cell(b, 4, 1)),
    "adds 2^31 to a cell": lambda r, old: r.with_total(lambda b: cell(b, 0, 2**31)),
    "moves a value to the next cell": lambda r, old: r.with_total(lambda b: cell(cell(b, 0, 5), 1, 2**32 - 5)),
    "leaves out an upload": lambda r, old: r.with_total(lambda b: b - r.parties.clients["p2"].part(1).blocks[0]),
    "counts an upload twice": lambda r, old: r.with_total(lambda b: b + r.parties.clients["p2"].part(1).blocks[0]),
    "puts an old upload in place of a new one": lambda r, old: r.with_total(
        lambda b: b - r.uploads["p2"].blocks[0] + old.uploads["p2"].blocks[0]
    ),
    "exchanges two parties' uploads of two rounds": lambda r, old: r.with_total(
        lambda b: (
            b
            - r.uploads["p2"].blocks[0]
            - r.uploads["p3"].blocks[0]
            + old.uploads["p3"].blocks[0]
            + old.uploads["p2"].blocks[0]
        )
    ),
    "doubles the sum": lambda r, old: r.with_total(lambda b: b * np.uint32(2)),
    "adds a constant": lambda r, old: r.with_total(lambda b: b + np.uint32(77)),
    "replaces the sum by zeros": lambda r, old: r.with_total(np.zeros_like),
    "announces the old sum as new": lambda r, old: replace(r.announcement, total=old.announcement.total),
    "exchanges rows": lambda r, old: r.with_total(lambda b: b[::-1].copy()),
    "alters the counts": lambda r, old: r.with_total(lambda b: cell(b, 0, 2**28), place=1),
    "alters the last bit of the loss": lambda r, old: r.with_total(lambda b: cell(b, 3, 1), place=1),
    "adds 2^63 to a count": lambda r, old: r.with_total(lambda b: cell(b, 1, 2**63), place=1),
}


@pytest.mark.parametrize("kind", SUM_TAMPERS)
def test_that_a_sum_the_server_changed_is_caught_and_the_next_round_is_not_spoiled(kind):
    parties = build(4, keep_parts=True)
    old = Round(parties, 1)
    old.check()
    round_ = Round(parties, 2)
    with pytest.raises(VerificationError, match="server's sum is not the sum of what the 4 parties sent"):
        round_.check(SUM_TAMPERS[kind](round_, old))
    after = Round(parties, 3)
    assert after.check()["p1"] == after.announcement.total


def test_that_every_party_catches_it():
    round_ = Round(build(4, keep_parts=True))
    who, bad = round_.parties.verifiers, round_.with_total(lambda b: cell(b, 0, 1))
    confirmations = [who[name].confirm(bad) for name in round_.survivors]
    forms = [who[name].forms(confirmations) for name in round_.survivors]
    for name in round_.survivors:
        with pytest.raises(VerificationError, match="is not the sum"):
            who[name].check(forms)


def test_that_different_sums_to_different_parties_are_caught_before_any_form_is_given():
    round_ = Round(build(4, keep_parts=True))
    shown = dict.fromkeys(round_.survivors, round_.announcement)
    shown["p3"] = round_.with_total(lambda b: cell(b, 0, 1))
    who = round_.parties.verifiers
    confirmations = [who[name].confirm(shown[name]) for name in round_.survivors]
    for name in round_.survivors:
        with pytest.raises(VerificationError, match="tells different parties different things"):
            who[name].forms(confirmations)


def test_that_a_second_sum_to_the_same_party_is_caught():
    round_ = Round(build(3, keep_parts=True))
    verifier = round_.parties.verifiers["p1"]
    assert verifier.confirm(round_.announcement) == verifier.confirm(round_.announcement)
    with pytest.raises(VerificationError, match="two different sums to p1"):
        verifier.confirm(round_.with_total(lambda b: cell(b, 0, 1)))


def test_that_a_party_declared_lost_by_the_server_notices():
    parties = build(5, keep_parts=True)
    for upload in parties.uploads(updates(parties.clients)).values():
        parties.server.take_upload(upload)
    lie = UnmaskRequest(parties.server.context, 0, ("p1", "p2", "p3", "p4"))
    with pytest.raises(RefusedMessageError, match="counts p5 as dropped out, though it sent its part"):
        parties.clients["p5"].unmask(lie)


def without(number):
    return lambda messages: [m for i, m in enumerate(messages) if i != number]


def changed(number, make):
    return lambda messages: [make(m) if i == number else m for i, m in enumerate(messages)]


MESSAGE_TAMPERS = {
    "withholds a confirmation": ({"confirmations": without(1)}, "confirmation of p2 is missing"),
    "forges a nonce": ({"confirmations": changed(1, lambda c: replace(c, nonce=bytes(32)))}, "p2 is not signed"),
    "forges a signature": (
        {"confirmations": changed(2, lambda c: replace(c, signature=bytes(64)))},
        "p3 is not signed",
    ),
    "repeats a confirmation": ({"confirmations": lambda c: [*c, c[0]]}, "second confirmation came from p1"),
    "lets a party speak for another": (
        {"confirmations": changed(1, lambda c: replace(c, sender="p3"))},
        "p3 is not signed|second confirmation",
    ),
    "lets a stranger speak": ({"forms": changed(1, lambda f: replace(f, sender="p9"))}, "p9, who is not a survivor"),
    "withholds forms": ({"forms": without(3)}, "forms of p4 is missing"),
    "forges forms": (
        {"forms": changed(0, lambda f: replace(f, values=tuple((0,) * 64 for _ in f.values)))},
        "forms of p1 is not signed by it: a forgery",
    ),
}


@pytest.mark.parametrize("kind", MESSAGE_TAMPERS)
def test_that_changed_messages_between_parties_are_caught(kind):
    parties = build(4, keep_parts=True)
    hooks, sentence = MESSAGE_TAMPERS[kind]
    with pytest.raises(VerificationError, match=sentence):
        Round(parties, 1).check(**hooks)
    after = Round(parties, 2)
    assert after.check()["p1"] == after.announcement.total


def test_that_replays_of_announcement_confirmation_and_forms_are_caught():
    parties = build(4, keep_parts=True)
    kept = {}
    old = Round(parties, 1)
    old.check(confirmations=lambda c: kept.setdefault("confirmations", c), forms=lambda f: kept.setdefault("forms", f))
    for hooks, sentence in [
        ({"announcement": old.announcement}, "announced an old sum"),
        ({"confirmations": lambda c: [kept["confirmations"][0], *c[1:]]}, "confirmation of p1 is of another message"),
        ({"forms": lambda f: [kept["forms"][0], *f[1:]]}, "forms of p1 is of another message"),
    ]:
        with pytest.raises(VerificationError, match=sentence):
            Round(parties, 2).check(**hooks)
    parties.begin()
    with pytest.raises(VerificationError):
        Round(parties, 2).check(old.announcement)


def test_that_a_nonce_other_than_the_committed_one_is_caught():
    # A party that colludes with the server would choose its nonce last; it cannot.
    parties = build(3, keep_parts=True)
    round_ = Round(parties)

    def grind(confirmations):
        first = replace(confirmations[0], nonce=bytes(32))
        return [replace(first, signature=parties.clients["p1"].identity.sign(first.body())), *confirmations[1:]]

    with pytest.raises(VerificationError, match="nonce of p1 is not the one it committed to"):
        round_.check(confirmations=grind)


def test_that_a_sum_over_other_survivors_or_shapes_is_caught():
    parties = build(4, keep_parts=True)
    round_ = Round(parties)
    with pytest.raises(VerificationError, match="over p1, p2, p3, but unmasked one over p1, p2, p3, p4"):
        round_.check(replace(round_.announcement, survivors=("p1", "p2", "p3")))
    with pytest.raises(VerificationError, match="with arrays"):
        round_.check(round_.with_total(lambda b: b[:2]))
    with pytest.raises(VerificationError, match="another batch"):
        round_.check(replace(round_.announcement, context=bytes(32)))
    round_.check()


def test_that_a_sum_announced_before_unmasking_is_refused():
    parties = build(3, keep_parts=True)
    first = Round(parties, 1)
    first.check()
    parties.uploads(updates(parties.clients))
    early = replace(first.announcement, number=1)
    with pytest.raises(VerificationError, match="before unmasking it"):
        parties.verifiers["p1"].confirm(early)
