"""Who lied about a sum is settled from the signed uploads: the server, or a party, and nobody where all agree."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from fl.aggregation.masking.cheating import tampered
from fl.aggregation.masking.errors import VerificationError
from fl.aggregation.masking.server import Sum
from fl.aggregation.masking.settling import Transcript, parts_of, settle
from fl.settings.of_jobs import TamperKind
from tests.fl.aggregation.masking.conftest import build as build_parties
from tests.fl.aggregation.masking.test_verification import Round

KINDS = get_args(TamperKind)


def disputed(kind, lost=()):
    """A round whose sum the server changed, up to the forms: (round, the changed announcement, everybody's forms)."""
    parties = build_parties(7 if lost else 4, keep_parts=True)
    old = Round(parties, 1)
    old_sum = (_sum(old), parties.server.transcript)
    old.check()
    now = Round(parties, 2, lost)
    changed = tampered(kind, _sum(now), parties.server.transcript, old_sum)
    announcement = replace(now.announcement, total=changed.blocks)
    who = parties.verifiers
    confirmations = [who[name].confirm(announcement) for name in now.survivors]
    return now, announcement, [who[name].forms(confirmations) for name in now.survivors]


def _sum(round_):
    return Sum(round_.announcement.total, (32, 64), round_.survivors, ())


@pytest.mark.parametrize("lost", [(), ("p2", "p7")])
@pytest.mark.parametrize("kind", KINDS)
def test_that_every_kind_of_cheat_is_caught_and_the_server_is_named(kind, lost):
    assert len(KINDS) >= 8
    now, announcement, given = disputed(kind, lost)
    assert any(not np.array_equal(a, b) for a, b in zip(announcement.total, now.announcement.total, strict=True))
    for name in now.survivors:
        verifier = now.parties.verifiers[name]
        with pytest.raises(VerificationError, match="is not the sum of what"):
            verifier.check(given)
        verdict = verifier.settle(now.parties.server.transcript)
        assert verdict.culprits == ("server",)
        assert "another sum than that of the signed uploads" in verdict.reason
    Round(now.parties, 3).check()


def test_that_the_parts_of_a_transcript_are_what_the_parties_kept():
    parties = build_parties(7, keep_parts=True)
    Round(parties, 1, lost=("p1", "p4"))
    for name, blocks in parts_of(parties.server.transcript).items():
        for block, kept in zip(blocks, parties.clients[name].part(0).blocks, strict=True):
            np.testing.assert_array_equal(block, kept)


def test_that_a_party_that_lies_about_its_forms_is_named_and_not_the_server():
    parties = build_parties(4, keep_parts=True)
    now = Round(parties, 1)
    who = parties.verifiers
    confirmations = [who[name].confirm(now.announcement) for name in now.survivors]
    given = [who[name].forms(confirmations) for name in now.survivors]
    lie = replace(given[1], values=((0,) * 64, *given[1].values[1:]))
    given[1] = replace(lie, signature=parties.clients["p2"].identity.sign(lie.body()))
    with pytest.raises(VerificationError, match="is not the sum of what"):
        who["p1"].check(given)
    assert who["p1"].settle(parties.server.transcript).culprits == ("p2",)


def other_seed(transcript):
    return replace(transcript, self_seeds=((transcript.self_seeds[0][0], bytes(32)), *transcript.self_seeds[1:]))


def other_upload(transcript):
    first = transcript.uploads[0]
    changed = replace(first, blocks=tuple(block + block.dtype.type(1) for block in first.blocks))
    return replace(transcript, uploads=(changed, *transcript.uploads[1:]))


INVENTIONS = {
    "an upload is missing": (lambda t: replace(t, uploads=t.uploads[1:]), "uploads are missing"),
    "an upload is changed": (other_upload, "upload of p1 is not signed by it"),
    "a mask is invented": (other_seed, "mask of p1 is not the one it committed to"),
    "keys are exchanged": (lambda t: replace(t, mask_keys=t.mask_keys[::-1][:1]), "keys are not the parties'"),
}


@pytest.mark.parametrize("how", INVENTIONS)
def test_that_a_server_that_invents_a_transcript_is_named(how):
    invent, sentence = INVENTIONS[how]
    now, _, given = disputed("change")
    verifier = now.parties.verifiers["p1"]
    with pytest.raises(VerificationError):
        verifier.check(given)
    verdict = verifier.settle(invent(now.parties.server.transcript))
    assert verdict.culprits == ("server",)
    assert sentence in verdict.reason


def test_that_nobody_is_named_when_all_agree():
    parties = build_parties(3, keep_parts=True)
    now = Round(parties, 1)
    who = parties.verifiers
    confirmations = [who[name].confirm(now.announcement) for name in now.survivors]
    given = {f.sender: f for f in (who[name].forms(confirmations) for name in now.survivors)}
    client, seed = parties.clients["p1"], who["p1"]._check.seed
    with pytest.raises(VerificationError, match="nothing to settle"):
        who["p1"].settle(parties.server.transcript)
    shown = (client.roster, 1, client.adverts, now.survivors, now.announcement.total, seed, given)
    assert settle(*shown, parties.server.transcript).culprits == ()
    assert isinstance(parties.server.transcript, Transcript)
