"""The verification log of a run: a line per round under `verified`, and one per wrong sum that names who lied."""

import json

import numpy as np
import pytest

from fl.aggregation.masking.cheating import tampered
from fl.aggregation.masking.errors import VerificationError
from fl.aggregation.masking.server import MaskingServer
from fl.jobs.context import JobContext
from fl.jobs.training import train
from fl.protocol.commands import TrainCommand
from fl.protocol.events import RoundRefused, SumChecked
from fl.runs.run_folder import RunFolder
from fl.runs.storage import read_arrays
from fl.runs.verification_log import FILE
from fl.settings.base import build
from fl.settings.train import TrainSettings


class Cheater:
    """Puts a cheating server in the place of the honest one: it changes the update sums of chosen tries.

    Args:
        kinds: fl.settings.aggregators.TamperKind by number of the update sum, refused ones counted as well.
    """

    def __init__(self, monkeypatch, kinds):
        self.kinds, self.sums, self.before = kinds, 0, None
        honest = MaskingServer.finish

        def finish(server):
            total = honest(server)
            if len(total.blocks) < 2:  # a sum of figures
                return total
            self.sums += 1
            with monkeypatch.context() as patch:
                patch.setattr(MaskingServer, "finish", honest)
                parts = server.parts()
            before, self.before = self.before, (total, parts)
            kind = self.kinds.get(self.sums)
            return tampered(kind, total, parts, before) if kind else total

        monkeypatch.setattr(MaskingServer, "finish", finish)


def run(pool, name, events, **settings):
    """Train three rounds in this process: (item table, private state of a party, run folder)."""
    given = {
        "dataset": "demo",
        "model": "pfedrec",
        "epochs": 3,
        "parties": 3,
        "runtime": "in-process",
        "aggregator": "verified",
        "name": name,
        "dim": 8,
        "threads": 1,
    }
    train(TrainCommand(settings=build(TrainSettings, given | settings)), JobContext("job", events.append, pool))
    folder = RunFolder.find(name)
    items = read_arrays(folder.path / "server" / "round-000003.safetensors")["items"]
    return items, read_arrays(folder.path / "parties" / "party-2" / "round-000003.safetensors"), folder


def checks_of(events):
    checks = [event.check for event in events if isinstance(event, SumChecked)]
    return [(check.round, check.outcome, check.culprits) for check in checks]


def refused_of(events):
    return [event.round for event in events if isinstance(event, RoundRefused)]


HONEST = [(1, "verified", ()), (2, "verified", ()), (3, "verified", ())]


def test_that_a_wrong_sum_is_caught_and_leaves_no_trace_in_training(pool, monkeypatch):
    events = []
    items, private, _ = run(pool, "honest", events)
    assert checks_of(events) == HONEST
    for number, kind in ((1, "scale"), (2, "replay"), (3, "count")):
        events = []
        with monkeypatch.context() as patch:
            Cheater(patch, {number: kind})
            after, private_after, folder = run(pool, f"cheated-{number}", events)
        expected = [*HONEST[: number - 1], (number, "caught", ("server",)), *HONEST[number - 1 :]]
        assert checks_of(events) == expected
        assert refused_of(events) == [number]
        np.testing.assert_array_equal(after, items)
        for array in private:
            np.testing.assert_array_equal(private_after[array], private[array])
        log = [json.loads(line) for line in (folder.path / FILE).read_text().splitlines()]
        assert [(line["round"], line["outcome"], tuple(line["culprits"])) for line in log] == expected
        assert {line["tamper"] for line in log} == {""}


def test_that_a_server_that_goes_on_cheating_is_named_at_every_try_and_the_run_ends(pool, monkeypatch):
    Cheater(monkeypatch, {2: "drop", 3: "rows"})
    events = []
    with pytest.raises(VerificationError):
        run(pool, "stubborn", events)
    assert checks_of(events) == [(1, "verified", ()), (2, "caught", ("server",)), (2, "caught", ("server",))]
    assert refused_of(events) == [2]
    assert [record.round for record in RunFolder.find("stubborn").rounds()] == [1]


def test_that_masks_alone_check_nothing_and_write_no_log(pool, monkeypatch):
    events = []
    items, *_ = run(pool, "before", events, aggregator="masked")
    Cheater(monkeypatch, {2: "scale"})
    after, _, folder = run(pool, "after", events, aggregator="masked")
    assert checks_of(events) == []
    assert not (folder.path / FILE).exists()
    assert not np.array_equal(after, items)
