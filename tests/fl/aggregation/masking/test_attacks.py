"""Attacks of a server that cheats, alone or with parties on its side: each one gets nothing, and is told by name."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chisquare

from data.errors import StorageError
from fl.aggregation.masking.checking import check_sum
from fl.aggregation.masking.errors import DropoutError, RefusedMessageError, VerificationError
from fl.aggregation.masking.ledger import Ledger
from fl.aggregation.masking.messages import Agreement, SurvivorList
from fl.aggregation.masking.server import MaskingServer
from fl.aggregation.masking.unmasking import summed
from tests.fl.aggregation.masking.conftest import build, updates


class CheatingServer(MaskingServer):
    """Takes whatever parties send, and adds up whatever it can open."""

    def take_upload(self, upload):
        self._message.uploads[upload.sender] = upload


def masked(parties, values, told):
    """Every party's upload of the next message; told: name -> digest of what the server told it."""
    parties.number += 1
    specs = parties.specs(next(iter(values.values())))
    parties.server.open(parties.number, specs)
    return {
        name: parties.clients[name].mask(parties.number, arrays, specs, told=told[name])
        for name, arrays in values.items()
    }


# --- 1: different item tables for different parties ------------------------------------------------------------------


@pytest.mark.parametrize("checks", [False, True])
def test_that_a_server_that_tells_one_party_another_item_table_reads_only_noise(checks):
    # FCF sends zeros for a table of zeros: without the binding, "the sum" would be p3's own update.
    parties = build(4, checks_sums=checks)
    parties.server.__class__ = CheatingServer
    table = np.random.default_rng(1).normal(0, 1, (500, 16)).astype(np.float32)
    values = {name: [np.zeros_like(table), np.zeros(4)] for name in parties.clients}
    values["p3"] = [table, np.array([100.0, 200.0, 3.0, 4.0])]
    told = dict.fromkeys(parties.clients, b"zeros") | {"p3": b"the item table"}
    for upload in masked(parties, values, told).values():
        parties.server.take_upload(upload)
    found = parties.unmask().blocks[0]
    counts = np.bincount(np.frombuffer(found.tobytes(), np.uint8), minlength=256)
    assert chisquare(counts).pvalue > 1e-4
    assert abs(np.corrcoef(found.astype(np.float64).ravel(), table.ravel())[0, 1]) < 5 / np.sqrt(table.size)


def test_that_an_honest_server_refuses_an_upload_of_a_party_that_was_told_other_things():
    parties = build(3)
    uploads = masked(parties, updates(parties.clients), {"p1": b"a", "p2": b"a", "p3": b"b"})
    parties.server.take_upload(uploads["p1"])
    with pytest.raises(RefusedMessageError, match="p3 was told other things than p1"):
        parties.server.take_upload(uploads["p3"])


def test_that_a_server_cannot_pass_off_what_it_told():
    # It changes the digest in the upload, to take off masks that were made for another one: the signature does not fit.
    parties = build(3)
    uploads = masked(parties, updates(parties.clients), {"p1": b"a", "p2": b"a", "p3": b"b"})
    with pytest.raises(RefusedMessageError, match="upload of p3 is not signed by it"):
        parties.server.take_upload(replace(uploads["p3"], told=b"a"))


# --- 2: the same message in two sums ---------------------------------------------------------------------------------


@pytest.mark.parametrize("checks", [False, True])
def test_that_the_same_messages_are_never_summed_again_without_one_party(checks):
    # The difference of the two sums would be the update of the party that is missing.
    parties = build(4, checks_sums=checks)
    values = updates(parties.clients)

    def sum_without(*lost):
        for name, upload in parties.uploads(values).items():
            if name not in lost:
                parties.server.take_upload(upload)
        result = parties.unmask()
        if checks:
            announcement = parties.server.announce(result)
            for name in result.survivors:
                check_sum(parties.clients[name], announcement)
        return result

    first = sum_without()
    again = sum_without()  # a round that is tried again over the same parties shows nothing new
    for one, other in zip(first.blocks, again.blocks, strict=True):
        np.testing.assert_array_equal(one, other)
    with pytest.raises(
        RefusedMessageError, match="summed over p1, p2, p3, p4 before, and the server now names p1, p2, p3"
    ):
        sum_without("p4")


def test_that_zeros_may_be_summed_over_anybody():
    # A party of which no user was drawn sends zeros in many rounds.
    parties = build(4)
    values = updates(parties.clients)
    values["p1"] = [np.zeros((6, 3), np.float32), np.zeros(4)]
    parties.sum(values)
    fresh = updates(parties.clients, 1) | {"p1": values["p1"]}
    assert parties.sum(fresh, lost_before={"p4"})[1].survivors == ("p1", "p2", "p3")


def test_that_the_memory_of_sums_outlives_the_process(tmp_path):
    path = tmp_path / "parties" / "p1" / "summed.jsonl"
    ledger = Ledger()
    ledger.keep_in(path)
    ledger.note(b"\x01", ("p1", "p2", "p3"))
    again = Ledger()
    again.keep_in(path)
    again.check(b"\x01", ("p1", "p2", "p3"))
    with pytest.raises(RefusedMessageError, match="summed over p1, p2, p3 before"):
        again.check(b"\x01", ("p1", "p2"))
    path.write_text(path.read_text() + '{"values": "02", "surv')  # a crash; no share was given
    cut = Ledger()
    cut.keep_in(path)
    cut.check(b"\x02", ("p1", "p2"))
    cut.note(b"\x02", ("p1", "p2"))
    assert len(path.read_text().splitlines()) == 2
    path.write_text("nonsense\n" + path.read_text())
    with pytest.raises(StorageError, match=r"summed\.jsonl, line 1: not a record"):
        Ledger().keep_in(path)


def test_that_no_share_is_given_when_the_memory_cannot_be_written(tmp_path):
    parties = build(3)
    (tmp_path / "file").write_text("")
    parties.clients["p1"]._ledger.keep_in(tmp_path / "summed.jsonl")
    parties.clients["p1"]._ledger._path = tmp_path / "file" / "summed.jsonl"
    for upload in parties.uploads(updates(parties.clients)).values():
        parties.server.take_upload(upload)
    with pytest.raises(StorageError, match="Cannot write"):
        parties.unmask()


# --- 4: different lists of survivors for different parties -----------------------------------------------------------


def lists_for(n, threshold, wanted):
    """A list for each party, so that each secret of the wanted sum would have `threshold` shares: (m n, see below)."""
    names = [f"p{i + 1}" for i in range(n)]
    inside, outside = names[:wanted], names[wanted:]
    # Whoever is wanted stands on every list; each other party on few enough that `threshold` parties give its key.
    turns = itertools.cycle(outside)
    lists = {}
    for name in names:
        filled = {*inside, name}
        while len(filled) < threshold:
            filled.add(next(turns))
        lists[name] = tuple(other for other in names if other in filled)
    return lists


@pytest.mark.parametrize(("n", "wanted"), [(10, 6), (16, 9)])
def test_that_lists_that_differ_between_parties_get_no_share(n, wanted):
    # Without signatures 10 parties gave away a sum over 6 where 7 are the threshold, and 16 one over 9 instead of 11.
    parties = build(n, messages=1)
    threshold = parties.server.roster.threshold
    lists = lists_for(n, threshold, wanted)
    # The server would have what it takes: `threshold` shares of the seed of each party in the sum, and of the key of
    # each other one.
    for place, name in enumerate(lists):
        on_it = sum(name in names for names in lists.values())
        assert (on_it if place < wanted else n - on_it) >= threshold
    uploads = parties.uploads(updates(parties.clients))
    context = parties.server.context
    shown = {
        name: SurvivorList(context, 0, tuple((other, uploads[other].digest()) for other in names))
        for name, names in lists.items()
    }
    signed = {name: parties.clients[name].agree(shown[name]) for name in parties.clients}
    given = 0
    for name, client in parties.clients.items():
        same = [signed[other] for other in parties.clients if shown[other] == shown[name]]
        with pytest.raises(RefusedMessageError, match=r"did not sign the list of survivors|fewer than the threshold"):
            client.unmask(0, list(signed.values()))
        if len(same) >= threshold:
            given += 1
            client.unmask(0, same)
    assert given < threshold


def test_that_signatures_of_strangers_and_of_the_same_party_do_not_count_twice():
    parties = build(5)
    uploads = parties.uploads(updates(parties.clients))
    for name in ("p1", "p2", "p3", "p4"):
        parties.server.take_upload(uploads[name])
    survivors = parties.server.close()
    own = parties.clients["p1"].agree(survivors)
    second = parties.clients["p2"].agree(survivors)
    outside = Agreement("p5", parties.clients["p5"].identity.sign(survivors.body()))
    with pytest.raises(RefusedMessageError, match="2 parties signed the list of survivors, fewer than the threshold 4"):
        parties.clients["p1"].unmask(0, [own, second, second, outside])


def test_that_the_server_refuses_a_signature_of_another_list_and_gives_up_below_the_threshold():
    parties = build(4)
    for upload in parties.uploads(updates(parties.clients)).values():
        parties.server.take_upload(upload)
    survivors = parties.server.close()
    parties.server.take_agreement(parties.clients["p1"].agree(survivors))
    with pytest.raises(RefusedMessageError, match="p2 signed another list of survivors than it was shown"):
        parties.server.take_agreement(Agreement("p2", bytes(64)))
    with pytest.raises(RefusedMessageError, match="p9, who is not a survivor"):
        parties.server.take_agreement(Agreement("p9", bytes(64)))
    with pytest.raises(DropoutError, match="1 parties signed the list of survivors"):
        parties.server.agreements()


# --- 5: a drop-out in the middle of a sum ----------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["before it signs", "before it gives shares", "before it checks"])
def test_that_any_threshold_of_the_survivors_finish_the_same_sum(stage):
    parties = build(4, checks_sums=True)
    values = updates(parties.clients)
    for upload in parties.uploads(values).values():
        parties.server.take_upload(upload)
    survivors = parties.server.close()
    left = {name: client for name, client in parties.clients.items() if name != "p2"}
    for client in (left if stage == "before it signs" else parties.clients).values():
        parties.server.take_agreement(client.agree(survivors))
    agreements = parties.server.agreements()
    for client in (left if stage != "before it checks" else parties.clients).values():
        parties.server.take_shares(client.unmask(0, agreements))
    result = parties.server.finish()
    assert result.survivors == ("p1", "p2", "p3", "p4")
    announcement = parties.server.announce(result)
    for client in left.values():
        check_sum(client, announcement)
    # Asked again for everything, as by a driver that did not hear the answers, all say the same.
    assert parties.server.close() == survivors
    assert parties.server.finish() is result
    assert parties.clients["p1"].unmask(0, agreements) == parties.clients["p1"].unmask(0, agreements)


# --- 6: a party on the server's side ---------------------------------------------------------------------------------


def test_that_a_party_on_the_servers_side_cannot_make_another_sum_pass():
    # p5 helps the server to any sum it likes: it signs another upload of its own after the sum is known.
    parties = build(5, checks_sums=True)
    values = updates(parties.clients)
    uploads = parties.uploads(values)
    for upload in uploads.values():
        parties.server.take_upload(upload)
    result = parties.unmask()
    announcement = parties.server.announce(result)
    wanted = tuple(block + block.dtype.type(5) for block in uploads["p5"].blocks)
    late = replace(uploads["p5"], blocks=wanted)
    late = replace(late, signature=parties.clients["p5"].identity.sign(late.body()))
    shown = (*announcement.uploads[:4], late)
    adverts = parties.clients["p1"].adverts
    total = summed(parties.server.roster, adverts, shown, announcement.self_seeds, ())
    assert np.any(total[0] != result.blocks[0])
    for name in ("p1", "p2", "p3", "p4"):
        with pytest.raises(VerificationError, match="not those whose digests the parties signed"):
            check_sum(parties.clients[name], replace(announcement, total=total, uploads=shown))


# --- 12, 13: who is blamed -------------------------------------------------------------------------------------------


def test_that_shares_are_taken_only_from_their_sender():
    parties = build(3, begin=False)
    server, clients = parties.server, parties.clients
    server.begin(1)
    for client in clients.values():
        server.take_advert(client.advertise(1))
    packets = {name: client.share(server.adverts()) for name, client in clients.items()}
    # p2 sends p1's packets: p2 is named, and p1's own are taken afterwards.
    with pytest.raises(RefusedMessageError, match="p2 did not send shares for each other party"):
        server.take_sealed("p2", packets["p1"])
    with pytest.raises(RefusedMessageError, match="p3 did not send shares for each other party"):
        server.take_sealed("p3", ())
    for name in clients:
        server.take_sealed(name, packets[name])
