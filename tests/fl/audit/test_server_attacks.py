"""The attacks of a cheating server in an audit: nothing under masks, everything where the protection is taken away."""

import numpy as np
import pytest

from fl.aggregation.compression import FULL_BITS, Levels
from fl.aggregation.masking import client as masking_client
from fl.aggregation.masking.keys import digest
from fl.aggregation.masking.ledger import Ledger
from fl.aggregation.party_side import MaskingParty
from fl.audit.cheating_server import Made, MaskedAttacks, Refusal
from fl.jobs.audit import audit
from fl.jobs.training import train
from fl.protocol.commands import AuditCommand, TrainCommand
from fl.settings.base import build
from fl.settings.of_jobs import AuditSettings
from fl.settings.train import TrainSettings

LIMIT = 1e5


class Party(MaskingParty):
    """A party that makes messages of what it is told."""

    def message(self, parts, *told):
        return self._made(parts, "update", *told)

    def counts(self, counts):
        return self._made(counts, "counts")

    def memory(self):
        return dict(self._told)


def made(n, bits=FULL_BITS):
    """The messages of n parties, of which those of a table of zeros are zeros, as FCF's are."""
    found = []
    for place in range(n):
        rng, party = np.random.default_rng(place), Party()
        table, totals = rng.normal(0, 1, (40, 6)).astype(np.float32), rng.integers(1, 99, 5).astype(np.float32)
        if bits != FULL_BITS:
            table = Levels(rng.integers(-9, 10, (40, 6)).astype(np.float32), bits)
        zeros = Levels(np.zeros((40, 6), np.float32), bits) if bits != FULL_BITS else np.zeros((40, 6), np.float32)
        update = party.message([table, totals], "the item table")
        misled = party.message([zeros, totals * 0], "zeros")
        counts = party.counts(rng.integers(0, 50, 80).astype(np.float64))
        found.append(Made(f"party-{place + 1}", party.memory(), update, misled, counts))
    return found


def correlation(seen, message):
    values = message.values if isinstance(message, Levels) else message
    return abs(np.corrcoef(np.ravel(seen), np.ravel(values))[0, 1])


@pytest.mark.parametrize("verified", [False, True])
@pytest.mark.parametrize(("n", "bits"), [(2, FULL_BITS), (3, FULL_BITS), (4, 12), (5, FULL_BITS), (10, FULL_BITS)])
def test_that_a_cheating_server_learns_nothing_under_masks(n, bits, verified):
    messages = made(n, bits)
    attacks = MaskedAttacks(messages, LIMIT, verified)
    assert correlation(attacks.inconsistent_model(), messages[0].update[0]) < 5 / np.sqrt(240)
    for refusal in (attacks.two_sums(), attacks.two_sums(counts=True)):
        assert isinstance(refusal, Refusal)
        assert refusal.parties == n - 1
    refusal = attacks.survivor_lists()
    assert isinstance(refusal, Refusal)
    assert refusal.parties == n
    assert "list" in refusal.reason or "threshold" in refusal.reason


def test_that_the_attacks_read_a_party_that_is_not_bound_to_what_it_was_told(monkeypatch):
    monkeypatch.setattr(MaskingParty, "_made", lambda party, message, kind, *told: remembered(party, message))
    messages = made(4)
    seen = MaskedAttacks(messages, LIMIT, True).inconsistent_model()
    assert correlation(seen, messages[0].update[0]) > 0.999


def remembered(party, message):
    from fl.aggregation.party_side import _digest_of

    party._told = {**party._told, _digest_of(message): (digest("told"), False)}
    return message


def test_that_the_attacks_read_parties_without_a_memory_of_sums(monkeypatch):
    monkeypatch.setattr(Ledger, "check", lambda *_: None)
    messages = made(4)
    attacks = MaskedAttacks(messages, LIMIT, False)
    assert correlation(attacks.two_sums(), messages[0].update[0]) > 0.999
    assert correlation(attacks.two_sums(counts=True), messages[0].counts) > 0.999


def test_that_the_attacks_get_shares_of_parties_that_do_not_check_signatures(monkeypatch):
    monkeypatch.setattr(masking_client, "check_agreements", lambda *_: None)
    assert MaskedAttacks(made(4), LIMIT, False).survivor_lists() is None


@pytest.mark.parametrize(
    ("aggregator", "outcomes"),
    [
        ("masked", ["hidden", "hidden", "hidden", "hidden"]),
        ("verified", ["hidden", "hidden", "hidden", "hidden"]),
        ("secure", ["open", "open", "absent", "open"]),
        ("heu", ["open", "open", "absent", "open"]),
        ("plain", ["open", "open", "open", "open"]),
    ],
)
def test_that_an_audit_says_what_a_cheating_server_learns(context, aggregator, outcomes):
    given = {"dataset": "demo", "model": "fcf", "dim": 4, "epochs": 1, "parties": 3, "runtime": "in-process"}
    train(TrainCommand(settings=build(TrainSettings, {**given, "name": "audited", "aggregator": aggregator})), context)
    settings = {"run": "audited", "users": 2, "rounds": 1, "epsilon": 0.0}
    found = audit(AuditCommand(settings=build(AuditSettings, settings)), context).audit.server
    assert [one.attack for one in found] == ["inconsistent-model", "two-sums", "survivor-lists", "item-counts"]
    assert [one.outcome for one in found] == outcomes
    for one in found:
        if one.correlation is not None:
            assert (one.correlation > 0.99) == (one.outcome == "open")
    if aggregator == "masked":
        assert "2 of 2 parties refused" in found[1].sentence
        left_out = {**settings, "two_sums": False, "item_counts": False, "survivor_lists": False}
        only = audit(AuditCommand(settings=build(AuditSettings, left_out)), context).audit.server
        assert [one.attack for one in only] == ["inconsistent-model"]
