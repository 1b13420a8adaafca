"""A refused sum that is tried again is told to whoever follows the run."""

from fl.aggregation.compression import RangeKeeper
from fl.errors import AggregationError
from fl.jobs.training import train
from fl.protocol.commands import TrainCommand
from fl.settings.base import build
from fl.settings.train import TrainSettings


def test_that_a_round_that_is_tried_again_is_told_with_its_reason(context, monkeypatch):
    calls, events = [], context.events
    saw = RangeKeeper.saw

    def refuse_once(self, *arguments):
        calls.append(1)
        if len(calls) == 2:
            raise AggregationError("This sum is refused.")
        saw(self, *arguments)

    monkeypatch.setattr(RangeKeeper, "saw", refuse_once)
    values = {"epochs": 3, "runtime": "in-process", "name": "again", "upload_bits": 8, "dim": 8, "threads": 1}
    train(TrainCommand(settings=build(TrainSettings, values)), context)
    (refused,) = [event for event in events if event.type == "round_refused"]
    assert (refused.run, refused.round, refused.reason) == ("again", 2, "This sum is refused.")
    assert [event.record.round for event in events if event.type == "round_done"] == [1, 2, 3]
