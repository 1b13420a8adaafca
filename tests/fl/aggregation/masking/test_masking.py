"""Masked sums: exact, hidden, recovered from drop-outs, and closed to messages that do not belong."""

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from data.errors import SettingsError
from fl.aggregation import masking
from fl.aggregation.masking import masks, shamir
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.errors import DropoutError, RangeError, RefusedMessageError
from fl.aggregation.masking.keys import Identity, pair_seed
from fl.aggregation.masking.messages import SurvivorList
from fl.aggregation.masking.ring import encode, rounding_seed
from tests.fl.aggregation.masking.conftest import Stream, build, updates


def integer_sum(parties, values, names):
    """The sum in the ring without any mask, by an own loop."""
    specs = parties.specs(values[names[0]])
    totals = [np.zeros(spec.shape, spec.dtype) for spec in specs]
    for name in names:
        seed = rounding_seed(name, values[name])
        for place, (array, spec) in enumerate(zip(values[name], specs, strict=True)):
            totals[place] += encode(array, spec, seed[:31] + bytes([place]))
    return totals


def assert_equal_blocks(blocks, expected):
    for block, right in zip(blocks, expected, strict=True):
        np.testing.assert_array_equal(block, right)


@given(st.integers(2, 8), st.integers(0, 2**32), st.floats(1e-3, 200), st.integers(1, 8))
@settings(max_examples=200, deadline=None)
def test_that_masked_sums_equal_the_plain_sum(n, seed, scale, rows):
    parties = build(n, messages=1)
    values = updates(parties.clients, seed, (rows, 3), scale)
    real, result = parties.sum(values)
    assert_equal_blocks(result.blocks, integer_sum(parties, values, list(values)))
    specs = parties.specs(values["p1"])
    for place, spec in enumerate(specs):
        plain = np.sum([arrays[place].astype(np.float64) for arrays in values.values()], axis=0)
        np.testing.assert_allclose(real[place], plain, atol=n * spec.step, rtol=2**-23)
    assert result.dropped == ()


def test_that_a_batch_gives_many_rounds_and_a_new_one_more():
    parties = build(3, messages=4)
    for number in range(12):
        if number and number % 4 == 0:
            parties.begin()
        values = updates(parties.clients, number)
        assert_equal_blocks(parties.sum(values)[1].blocks, integer_sum(parties, values, list(values)))


# --- hiding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [0.0, 1.0, -2000.0])
def test_that_an_upload_is_uniform_noise_whatever_it_holds(value):
    parties = build(4, random=Stream(f"uniform {value}"))
    values = {name: [np.full((500, 32), value, np.float32), np.full(200, value)] for name in parties.clients}
    upload = parties.uploads(values)["p2"]
    for block in upload.blocks:
        found = np.bincount(np.frombuffer(block.tobytes(), np.uint8), minlength=256)
        assert chisquare(found).pvalue > 1e-4
        assert len(np.unique(block)) > 0.999 * block.size


def test_that_an_upload_is_independent_of_the_input():
    # Same keys, two inputs: each upload is the same noise moved by the input; under fresh keys they share nothing.
    tables = [np.zeros((500, 32), np.float32), np.linspace(-9, 9, 16000, dtype=np.float32).reshape(500, 32)]
    seen = []
    for table in tables:
        parties = build(3, random=Stream(f"independent {table.max()}"))
        values = {name: [table, np.zeros(1)] for name in parties.clients}
        seen.append(parties.uploads(values)["p1"].blocks[0].astype(np.float64).ravel())
    for noise in seen:
        assert abs(np.corrcoef(noise, tables[1].ravel())[0, 1]) < 5 / np.sqrt(16000)
    assert abs(np.corrcoef(*seen)[0, 1]) < 5 / np.sqrt(16000)
    joint = np.histogram2d(*seen, bins=8)[0].ravel()
    assert chisquare(joint).pvalue > 1e-4


def test_that_equal_updates_look_different_every_round():
    parties = build(3)
    values = updates(parties.clients)
    first, second = parties.uploads(values)["p1"], parties.uploads(values)["p1"]
    assert not np.any(first.blocks[0] == second.blocks[0])


def test_that_all_masks_but_one_leave_the_upload_hidden():
    # What a server learns that colludes with all other parties but one: still a difference of noise.
    parties = build(4, random=Stream("collusion"))
    values = {name: [np.ones((400, 32), np.float32), np.zeros(1)] for name in parties.clients}
    upload = parties.uploads(values)["p1"]
    blocks = [block.copy() for block in upload.blocks]
    for colluder in ("p3", "p4"):
        parties.clients[colluder]._apply_pair(blocks, 0, "p1", b"")
    found = np.bincount(np.frombuffer(blocks[0].tobytes(), np.uint8), minlength=256)
    assert chisquare(found).pvalue > 1e-4


# --- drop-outs -------------------------------------------------------------------------------------------------------


def patterns(n):
    names = [f"p{i + 1}" for i in range(n)]
    return [set(lost) for k in range(n + 1) for lost in itertools.combinations(names, k)]


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_that_every_pattern_of_drop_outs_is_recovered_or_fails_cleanly(n):
    parties = build(n, messages=1)
    threshold = parties.server.roster.threshold
    for seed, lost in enumerate(patterns(n)):
        values = updates(parties.clients, seed)
        survivors = [name for name in parties.clients if name not in lost]
        if len(survivors) >= threshold:
            _, result = parties.sum(values, lost_before=lost)
            assert_equal_blocks(result.blocks, integer_sum(parties, values, survivors))
            assert set(result.dropped) == lost
            assert set(result.survivors) == set(survivors)
        else:
            with pytest.raises(DropoutError, match="fewer than the threshold"):
                parties.sum(values, lost_before=lost)
        parties.begin()


@pytest.mark.parametrize("n", [4, 5, 6])
def test_that_parties_lost_after_their_upload_stay_in_the_sum(n):
    parties = build(n, messages=1)
    threshold = parties.server.roster.threshold
    cases = [(a, b) for a in patterns(n) for b in patterns(n) if not a & b and len(a | b) <= 2]
    for seed, (before, after) in enumerate(cases):
        values = updates(parties.clients, seed)
        survivors = [name for name in parties.clients if name not in before]
        if n - len(before | after) >= threshold:
            _, result = parties.sum(values, before, after)
            assert_equal_blocks(result.blocks, integer_sum(parties, values, survivors))
        else:
            with pytest.raises(DropoutError):
                parties.sum(values, before, after)
        parties.begin()


def test_that_a_party_missing_from_a_batch_is_no_drop_out():
    parties = build(5, begin=False)
    parties.begin(without=("p2",))
    values = updates([name for name in parties.clients if name != "p2"])
    _, result = parties.sum(values)
    assert result.dropped == ()
    assert_equal_blocks(result.blocks, integer_sum(parties, values, list(values)))
    with pytest.raises(DropoutError, match="3 parties sent keys"):
        parties.begin(without=("p1", "p2"))


def test_that_one_failed_round_does_not_spoil_the_next():
    parties = build(4)
    values = updates(parties.clients)
    with pytest.raises(DropoutError, match=r"missing: p1, p2\. The round is given up"):
        parties.sum(values, lost_before={"p1", "p2"})
    assert_equal_blocks(parties.sum(values)[1].blocks, integer_sum(parties, values, list(values)))
    bad = {**values, "p3": [np.full((6, 3), np.nan, np.float32), np.zeros(4)]}
    with pytest.raises(RangeError, match="18 of 18 values are not finite"):
        parties.sum(bad)
    assert_equal_blocks(parties.sum(values)[1].blocks, integer_sum(parties, values, list(values)))


def unmask_with_a_liar(parties):
    """Close a message and have everybody help to unmask it, p1 with wrong shares that it signs."""
    survivors = parties.server.close()
    for name in survivors.names:
        parties.server.take_agreement(parties.clients[name].agree(survivors))
    for name in survivors.names:
        shares = parties.clients[name].unmask(parties.number, parties.server.agreements())
        if name == "p1":
            lies = tuple((other, (share + 1)) for other, share in shares.self_shares)
            shares = replace(shares, self_shares=lies)
            shares = replace(shares, signature=parties.clients[name].identity.sign(shares.body()))
        parties.server.take_shares(shares)


def test_that_a_party_that_sends_wrong_shares_does_not_spoil_the_sum():
    parties = build(5)
    values = updates(parties.clients)
    for upload in parties.uploads(values).values():
        if upload.sender != "p5":
            parties.server.take_upload(upload)
    unmask_with_a_liar(parties)
    # 4 survivors at threshold 4: nothing to spare, so it fails, and nothing wrong comes out.
    with pytest.raises(DropoutError, match="too many are wrong"):
        parties.server.finish()
    values = updates(parties.clients, 1)
    for upload in parties.uploads(values).values():
        parties.server.take_upload(upload)
    unmask_with_a_liar(parties)
    result = parties.server.finish()
    assert result.misfits == ("p1",)
    assert_equal_blocks(result.blocks, integer_sum(parties, values, list(values)))


def test_that_a_bad_share_marks_its_giver_even_where_the_dealer_lied_and_so_nobody_is_told():
    # p1 dealt p2 a wrong share of its own mask. p2 hands on what it got, and is the one whose share does not fit.
    parties = build(5)
    parties.clients["p2"]._batch.self_shares["p1"][0] += 1
    values = updates(parties.clients)
    result = parties.sum(values)[1]
    assert result.misfits == ("p2",)
    assert_equal_blocks(result.blocks, integer_sum(parties, values, list(values)))
    root = Path(masking.__file__).parents[3]
    readers = [
        path.relative_to(root).parts
        for room in ("fl", "gui", "report", "benchmarks")
        for path in (root / room).rglob("*.py")
        if "misfits" in path.read_text(encoding="utf-8")
    ]
    assert {parts[:3] for parts in readers} == {("fl", "aggregation", "masking")}


# --- the double mask -------------------------------------------------------------------------------------------------


def test_that_a_late_upload_stays_hidden():
    parties = build(4, random=Stream("late"))
    values = {name: [np.ones((400, 32), np.float32), np.zeros(1)] for name in parties.clients}
    uploads = parties.uploads(values)
    for name in ("p1", "p2", "p3"):
        parties.server.take_upload(uploads[name])
    parties.unmask()
    agreements, context = parties.server.agreements(), parties.server.context
    shares = [parties.clients[name].unmask(0, agreements) for name in ("p1", "p2", "p3")]
    with pytest.raises(RefusedMessageError, match="upload of p4 came late"):
        parties.server.take_upload(uploads["p4"])
    # The server now has p4's upload and p4's key, so it can take off all pair masks: the self mask still hides it.
    assert all(name != "p4" for s in shares for name, _ in s.self_shares)
    place = parties.server.roster.place
    key = shamir.combine({place(s.sender) + 1: dict(s.key_shares)["p4"] for s in shares}, 3)
    blocks = [block.copy() for block in uploads["p4"].blocks]
    for other in ("p1", "p2", "p3"):
        public = parties.clients[other].adverts[other].mask_keys[0]
        masks.apply(blocks, pair_seed(context, 0, b"", ("p4", key), (other, public)), -masks.pair_sign(3, place(other)))
    # Taking off the self mask as well shows that the pair masks were indeed taken off.
    shown = [block.copy() for block in blocks]
    masks.apply(shown, parties.clients["p4"]._batch.secrets[0].self_seed, -1)
    assert set(np.unique(shown[0])) == {2**17}
    found = np.bincount(np.frombuffer(blocks[0].tobytes(), np.uint8), minlength=256)
    assert chisquare(found).pvalue > 1e-4


def test_that_a_party_gives_either_the_self_mask_or_the_key_of_another_never_both():
    parties = build(5)
    for upload in parties.uploads(updates(parties.clients)).values():
        parties.server.take_upload(upload)
    survivors = parties.server.close()
    parties.unmask()
    client = parties.clients["p1"]
    answer = client.unmask(0, parties.server.agreements())
    assert {name for name, _ in answer.self_shares} == set(survivors.names)
    assert answer.key_shares == ()
    assert client.unmask(0, parties.server.agreements()) == answer  # asking again gives nothing new
    with pytest.raises(RefusedMessageError, match="answering both could expose a party"):
        client.agree(replace(survivors, uploads=survivors.uploads[:4]))


def test_that_a_party_refuses_to_unmask_without_itself_or_below_the_threshold():
    parties = build(5)
    uploads = parties.uploads(updates(parties.clients))
    client, context = parties.clients["p1"], parties.server.context

    def of(*names, number=0):
        return SurvivorList(context, number, tuple((n, uploads[n].digest() if n in uploads else b"") for n in names))

    with pytest.raises(RefusedMessageError, match="counts p1 as dropped out, though it sent its part"):
        client.agree(of("p2", "p3", "p4", "p5"))
    with pytest.raises(DropoutError, match="3 parties are left, fewer than the threshold 4"):
        client.agree(of("p1", "p2", "p3"))
    for strange in (("p1", "p2", "p3", "p4", "p9"), ("p2", "p1", "p3", "p4"), ("p1", "p1", "p2", "p3", "p4")):
        with pytest.raises(RefusedMessageError, match="are not parties of this batch"):
            client.agree(of(*strange))
    with pytest.raises(RefusedMessageError, match="not open: a replay"):
        client.agree(of("p1", "p2", "p3", "p4", number=1))
    forged = replace(of("p1", "p2", "p3", "p4"), uploads=(("p1", bytes(32)), *of("p2", "p3", "p4").uploads))
    with pytest.raises(RefusedMessageError, match="another upload of p1 than it sent"):
        client.agree(forged)
    with pytest.raises(RefusedMessageError, match="whose survivors were not named"):
        client.unmask(0, ())


def test_that_secrets_are_forgotten_after_use():
    parties = build(3)
    parties.sum(updates(parties.clients))
    batch = parties.clients["p1"]._batch
    assert batch.channel_key == b""
    assert (batch.secrets[0].mask_key, batch.secrets[0].self_seed) == (b"", b"")
    assert all(shares[0] == 0 for shares in (*batch.key_shares.values(), *batch.self_shares.values()))
    assert batch.secrets[1].mask_key != b""
    parties.sum(updates(parties.clients))
    assert 0 not in batch.secrets
    assert 0 not in batch.sent


# --- messages that do not belong ------------------------------------------------------------------------------------


@pytest.fixture
def open_round():
    parties = build(4)
    old = parties.uploads(updates(parties.clients, 1))
    uploads = parties.uploads(updates(parties.clients, 2))
    parties.server.take_upload(uploads["p1"])
    return parties, old, uploads


def resigned(parties, upload, name, **changes):
    changed = replace(upload, **changes)
    return replace(changed, signature=parties.clients[name].identity.sign(changed.body()))


BAD = {
    "duplicate": (lambda p, old, new: new["p1"], "A second upload of p1"),
    "replayed": (lambda p, old, new: old["p2"], "upload of p2 is message 0 .*: a replay"),
    "replayed under a new number": (lambda p, old, new: replace(old["p2"], number=1), "upload of p2 is not signed"),
    "of another batch": (lambda p, old, new: resigned(p, new["p2"], "p2", context=bytes(32)), "p2 .* a replay"),
    "from a stranger": (lambda p, old, new: replace(new["p2"], sender="p9"), "p9, who is not on the roster"),
    "of wrong shape": (
        lambda p, old, new: resigned(p, new["p2"], "p2", blocks=(new["p2"].blocks[0][:1], new["p2"].blocks[1])),
        r"upload of p2 has arrays .*\(1, 3\)",
    ),
    "of wrong dtype": (
        lambda p, old, new: resigned(
            p, new["p2"], "p2", blocks=(new["p2"].blocks[0].astype("<u8"), new["p2"].blocks[1])
        ),
        "upload of p2 has arrays",
    ),
    "with an array too few": (
        lambda p, old, new: resigned(p, new["p2"], "p2", blocks=new["p2"].blocks[:1]),
        "upload of p2 has arrays",
    ),
    "changed on its way": (
        lambda p, old, new: replace(new["p2"], blocks=(new["p2"].blocks[0] + np.uint32(1), new["p2"].blocks[1])),
        "upload of p2 is not signed by it",
    ),
    "signed by another": (
        lambda p, old, new: resigned(p, new["p2"], "p3", blocks=new["p2"].blocks),
        "upload of p2 is not signed by it",
    ),
    "under another name": (lambda p, old, new: replace(new["p2"], sender="p3"), "upload of p3 is not signed by it"),
}


@pytest.mark.parametrize("kind", BAD)
def test_that_a_bad_upload_is_refused_by_name_and_the_round_goes_on(open_round, kind):
    parties, old, uploads = open_round
    make, sentence = BAD[kind]
    with pytest.raises(RefusedMessageError, match=sentence):
        parties.server.take_upload(make(parties, old, uploads))
    for name in ("p2", "p3", "p4"):
        parties.server.take_upload(uploads[name])
    values = updates(parties.clients, 2)
    assert_equal_blocks(parties.unmask().blocks, integer_sum(parties, values, list(values)))


def test_that_an_upload_after_the_round_is_refused(open_round):
    parties, _, uploads = open_round
    for name in ("p2", "p3"):
        parties.server.take_upload(uploads[name])
    parties.unmask()
    with pytest.raises(RefusedMessageError, match="came late"):
        parties.server.take_upload(uploads["p4"])


def test_that_a_number_is_used_once():
    parties = build(3, messages=2)
    values = updates(parties.clients)
    parties.sum(values)
    client, specs = parties.clients["p1"], parties.specs(values["p1"])
    with pytest.raises(RefusedMessageError, match="Message 0 was asked for after message 0 of 2"):
        client.mask(0, values["p1"], specs)
    client.mask(1, values["p1"], specs)
    with pytest.raises(RefusedMessageError, match="no keys are left"):
        client.mask(2, values["p1"], specs)


def test_that_keys_of_others_old_keys_and_exchanged_keys_are_refused():
    parties = build(3, begin=False)
    server, clients = parties.server, parties.clients
    server.begin(1)
    adverts = {name: client.advertise(1) for name, client in clients.items()}
    server.take_advert(adverts["p1"])
    with pytest.raises(RefusedMessageError, match="Keys of p1 came twice"):
        server.take_advert(adverts["p1"])
    with pytest.raises(RefusedMessageError, match="keys of p2 are not signed by it"):
        server.take_advert(replace(adverts["p2"], channel_key=adverts["p3"].channel_key))
    with pytest.raises(RefusedMessageError, match="p9, who is not on the roster"):
        server.take_advert(replace(adverts["p2"], sender="p9"))
    with pytest.raises(RefusedMessageError, match="keys of p2 are not signed by it"):
        clients["p1"].share([adverts["p1"], replace(adverts["p2"], mask_keys=adverts["p3"].mask_keys), adverts["p3"]])
    with pytest.raises(DropoutError, match="2 parties sent keys"):
        clients["p1"].share([adverts["p1"], adverts["p2"]])
    new = {name: client.advertise(2) for name, client in clients.items()}
    with pytest.raises(RefusedMessageError, match="keys of p2 are of batch 1, not 2: a replay"):
        clients["p1"].share([new["p1"], adverts["p2"], new["p3"]])
    with pytest.raises(RefusedMessageError, match="Batch 2 was asked for after batch 2: a replay"):
        clients["p1"].advertise(2)


def test_that_shares_changed_on_their_way_are_refused():
    parties = build(3, begin=False)
    clients = parties.clients
    adverts = [client.advertise(1) for client in clients.values()]
    packets = {name: client.share(adverts) for name, client in clients.items()}
    mine = [p for sent in packets.values() for p in sent if p.recipient == "p1"]
    with pytest.raises(RefusedMessageError, match="Shares from p2 were changed"):
        clients["p1"].receive([replace(mine[0], sealed=bytes(len(mine[0].sealed))), mine[1]])
    with pytest.raises(RefusedMessageError, match="Shares from p3 were changed"):
        clients["p1"].receive([mine[0], replace(mine[1], sealed=mine[0].sealed)])
    with pytest.raises(RefusedMessageError, match="Shares are missing from p3"):
        clients["p1"].receive(mine[:1])
    with pytest.raises(RefusedMessageError, match="not expected"):
        clients["p1"].receive([mine[0], replace(mine[1], recipient="p2")])
    clients["p1"].receive(mine)
    with pytest.raises(RefusedMessageError, match="received already"):
        clients["p1"].receive(mine)


def test_that_a_client_needs_its_own_place_on_the_roster():
    parties = build(2)
    with pytest.raises(SettingsError, match="does not have p1 with its own key"):
        MaskingClient("p1", Identity(), parties.server.roster)
