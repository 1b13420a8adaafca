"""A server that cheats is caught by every party, whatever it does to the sum, and the next round is not spoiled."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fl.aggregation.masking.cheating import tampered
from fl.aggregation.masking.checking import check_sum
from fl.aggregation.masking.errors import RefusedMessageError, VerificationError
from fl.settings.of_jobs import TamperKind
from tests.fl.aggregation.masking.conftest import build, updates

KINDS = get_args(TamperKind)


class Round:
    """One message up to the announcement, with all that a server could use to cheat."""

    def __init__(self, parties, seed=0, lost=(), died=()):
        self.parties = parties
        self.uploads = parties.uploads(updates(parties.clients, seed))
        for name, upload in self.uploads.items():
            if name not in lost:
                parties.server.take_upload(upload)
        self.sum = parties.unmask(died)
        self.parts = parties.server.parts()
        self.announcement = parties.server.announce(self.sum)
        self.survivors = [name for name in self.sum.survivors if name not in died]

    def check(self, announcement=None):
        """Have every party that is left check; raise what the first one raises."""
        for name in self.survivors:
            check_sum(self.parties.clients[name], announcement or self.announcement)
        return self.survivors

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
    parties = build(n, messages=2, checks_sums=True)
    for more in (0, 1):
        assert Round(parties, seed + more).check() == list(parties.clients)


def test_that_the_sum_of_the_survivors_is_accepted():
    parties = build(7, messages=2, checks_sums=True)
    assert set(Round(parties, lost=("p2", "p7")).check()) == {"p1", "p3", "p4", "p5", "p6"}
    assert len(Round(parties, 1).check()) == 7


def test_that_a_sum_is_accepted_whose_sender_died_after_its_upload():
    parties = build(7, messages=2, checks_sums=True)
    round_ = Round(parties, lost=("p2",), died=("p7",))
    assert round_.sum.survivors == ("p1", "p3", "p4", "p5", "p6", "p7")
    assert set(round_.check()) == {"p1", "p3", "p4", "p5", "p6"}


# What the server does to the sum: name -> function of (round, round before) to an announcement.
SUM_TAMPERS = {
    "adds 1 to a cell": lambda r, old: r.with_total(lambda b: cell(b, 4, 1)),
    "adds 2^31 to a cell": lambda r, old: r.with_total(lambda b: cell(b, 0, 2**31)),
    "moves a value to the next cell": lambda r, old: r.with_total(lambda b: cell(cell(b, 0, 5), 1, 2**32 - 5)),
    "leaves out an upload": lambda r, old: r.with_total(lambda b: b - r.parts["p2"][0]),
    "counts an upload twice": lambda r, old: r.with_total(lambda b: b + r.parts["p2"][0]),
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
    "announces other shapes": lambda r, old: r.with_total(lambda b: b[:2]),
}


@pytest.mark.parametrize("kind", SUM_TAMPERS)
def test_that_a_sum_the_server_changed_is_caught_by_everybody_and_the_next_round_is_not_spoiled(kind):
    parties = build(4, checks_sums=True)
    old = Round(parties, 1)
    old.check()
    round_ = Round(parties, 2)
    announcement = SUM_TAMPERS[kind](round_, old)
    for name in round_.survivors:
        with pytest.raises(VerificationError, match=r"what the 4 parties sent|other shapes") as caught:
            check_sum(parties.clients[name], announcement)
        assert caught.value.culprits == ("server",)
    assert len(Round(parties, 3).check()) == 4


@pytest.mark.parametrize("lost", [(), ("p2", "p7")])
@pytest.mark.parametrize("kind", KINDS)
def test_that_every_kind_of_cheat_is_caught_and_the_server_is_named(kind, lost):
    assert len(KINDS) >= 8
    parties = build(7 if lost else 4, checks_sums=True)
    old = Round(parties, 1)
    old.check()
    now = Round(parties, 2, lost)
    changed = tampered(kind, now.sum, now.parts, (old.sum, old.parts))
    assert any(not np.array_equal(a, b) for a, b in zip(changed.blocks, now.sum.blocks, strict=True))
    announcement = parties.server.announce(changed)
    for name in now.survivors:
        with pytest.raises(VerificationError, match="is not the sum of what") as caught:
            check_sum(parties.clients[name], announcement)
        assert caught.value.culprits == ("server",)
    Round(parties, 3).check()


def test_that_the_number_of_wrong_values_is_told():
    round_ = Round(build(3, checks_sums=True))
    with pytest.raises(VerificationError, match="1 of 22 values differ"):
        round_.check(round_.with_total(lambda b: cell(b, 4, 1)))


# What the server shows for the sum: name -> (function of (round, round before) to an announcement, the complaint).
def _with_upload(round_, number, upload):
    uploads = [*round_.announcement.uploads]
    uploads[number] = upload
    return replace(round_.announcement, uploads=tuple(uploads))


EVIDENCE_TAMPERS = {
    "an old upload": (lambda r, old: _with_upload(r, 1, old.announcement.uploads[1]), "digests the parties signed"),
    "a changed upload": (
        lambda r, old: _with_upload(
            r,
            1,
            replace(r.uploads["p2"], blocks=(cell(r.uploads["p2"].blocks[0].copy(), 0, 1), r.uploads["p2"].blocks[1])),
        ),
        "digests the parties signed",
    ),
    "an upload too few": (
        lambda r, old: replace(r.announcement, uploads=r.announcement.uploads[:3]),
        "digests the parties signed",
    ),
    "an upload without its signature": (
        lambda r, old: _with_upload(r, 1, replace(r.uploads["p2"], signature=bytes(64))),
        "upload of p2 is not signed by it",
    ),
    "another mask": (
        lambda r, old: replace(r.announcement, self_seeds=old.announcement.self_seeds),
        "mask of p1 is not the one it committed to",
    ),
    "no mask": (lambda r, old: replace(r.announcement, self_seeds=()), "mask of p1 is not the one it committed to"),
    "a key of nobody": (
        lambda r, old: replace(r.announcement, dropped_keys=(("p2", bytes(32)),)),
        "keys of who dropped out",
    ),
}


@pytest.mark.parametrize("kind", EVIDENCE_TAMPERS)
def test_that_uploads_and_secrets_other_than_the_parties_are_caught(kind):
    parties = build(4, checks_sums=True)
    old = Round(parties, 1)
    old.check()
    round_ = Round(parties, 2)
    make, sentence = EVIDENCE_TAMPERS[kind]
    with pytest.raises(VerificationError, match=sentence) as caught:
        round_.check(make(round_, old))
    assert caught.value.culprits == ("server",)


def test_that_the_key_of_a_party_that_dropped_out_cannot_be_another():
    parties = build(4, checks_sums=True)
    round_ = Round(parties, lost=("p4",))
    with pytest.raises(VerificationError, match="key of p4, who dropped out, is not its own"):
        round_.check(replace(round_.announcement, dropped_keys=(("p4", bytes([1] * 32)),)))


def test_that_replays_and_early_announcements_are_caught():
    parties = build(4, checks_sums=True)
    old = Round(parties, 1)
    old.check()
    round_ = Round(parties, 2)
    with pytest.raises(VerificationError, match="announced an old sum"):
        round_.check(old.announcement)
    with pytest.raises(VerificationError, match="another batch"):
        round_.check(replace(round_.announcement, context=bytes(32)))
    round_.check()
    parties.uploads(updates(parties.clients, 3))
    with pytest.raises(VerificationError, match="before unmasking it"):
        check_sum(parties.clients["p1"], replace(round_.announcement, number=2))


def test_that_a_party_goes_on_only_after_it_was_shown_the_sum():
    # A server that never shows a sum would have `verified` be `masked`.
    parties = build(3, checks_sums=True)
    round_ = Round(parties)
    with pytest.raises(RefusedMessageError, match="helped to unmask message 0, but was never shown its sum"):
        parties.uploads(updates(parties.clients, 1))
    with pytest.raises(RefusedMessageError, match="never shown its sum"):
        parties.clients["p1"].advertise(2)
    round_.check()
    Round(parties, 1).check()
