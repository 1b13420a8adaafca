"""TensorBoard event files: read back with TensorBoard's own reader."""

import errno

import pytest

from data.errors import StorageError
from fl.federation.tensorboard_callback import TensorBoardCallback
from fl.protocol.commands import TrainCommand
from fl.settings.train import TrainSettings
from tests.round_records import a_round


def record(number):
    return a_round(number, 0.1 * number, loss=0.5 / number, seconds=0.25, bytes_up=1000, bytes_down=500)


def curves(folder):
    """{tag: {step: value}} of all event files in a folder."""
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    found = {}
    for path in sorted(folder.iterdir()):
        for event in EventFileLoader(str(path)).Load():
            for value in event.summary.value:
                number = value.tensor.float_val[0] if value.HasField("tensor") else value.simple_value
                found.setdefault(value.tag, {})[event.step] = number
    return found


def test_that_every_round_is_a_point_of_every_curve(tmp_path):
    callback = TensorBoardCallback(tmp_path / "tensorboard")
    callback.on_epoch_begin(1)
    assert not any(callback.on_epoch_end(record(number)) for number in (1, 2, 3))
    callback.close()
    found = curves(tmp_path / "tensorboard")
    assert found["validation/hr@10"] == pytest.approx({1: 0.1, 2: 0.2, 3: 0.3})
    assert found["loss"] == pytest.approx({1: 0.5, 2: 0.25, 3: 0.5 / 3})
    assert found["cost/bytes_up_per_party"] == {1: 1000, 2: 1000, 3: 1000}


def test_that_a_resumed_run_adds_to_the_curves(tmp_path):
    for number in (1, 2):
        callback = TensorBoardCallback(tmp_path)
        callback.on_epoch_end(record(number))
        callback.close()
    assert set(curves(tmp_path)["loss"]) == {1, 2}


def test_that_a_full_disk_is_said_in_a_sentence(tmp_path, monkeypatch):
    callback = TensorBoardCallback(tmp_path)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(callback._writer, "flush", full)
    with pytest.raises(StorageError, match=r"Cannot write TensorBoard files in .*No space left"):
        callback.on_epoch_end(record(1))
    monkeypatch.undo()
    callback.close()


@pytest.mark.parametrize("wanted", [False, True])
def test_that_a_run_writes_them_only_when_asked(context, wanted):
    from fl.jobs.training import train
    from fl.runs.run_folder import RunFolder

    settings = TrainSettings(epochs=2, runtime="in-process", threads=1, tensorboard=wanted)
    done = train(TrainCommand(settings=settings), context)
    folder = RunFolder.find(done.run).path / "tensorboard"
    assert folder.exists() == wanted
    if wanted:
        assert set(curves(folder)["validation/hr@10"]) == {1, 2}
