"""A callback for `NewFLModel.fit` that writes TensorBoard event files. Off unless asked for.

TensorBoard comes with TensorFlow. Only its writer is used, in the driver: nothing about a single party is in the files,
which hold the same numbers as `metrics.jsonl`. Look at them with `tensorboard --logdir <run folder>/tensorboard`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data.errors import StorageError
from data.sentences import say
from fl.runs.rounds import RoundRecord

FOLDER = "tensorboard"


class TensorBoardCallback:
    """A writer of loss, validation figures, seconds and bytes of each round; close it when training has ended."""

    def __init__(self, folder: Path) -> None:
        """Begin an event file.

        Args:
            folder: where event files go; a resumed run adds another one, which TensorBoard shows as one curve.

        Raises:
            StorageError: it cannot be written.
        """
        # Takes a second to import, so only when somebody wants it.
        from tensorboard.compat.proto.event_pb2 import Event
        from tensorboard.compat.proto.summary_pb2 import Summary
        from tensorboard.summary.writer.event_file_writer import EventFileWriter

        self._event, self._summary = Event, Summary
        self._folder = folder
        with self._named_failures():
            self._writer: Any = EventFileWriter(str(folder))

    def on_epoch_begin(self, round_number: int) -> None:
        """Write nothing: there is nothing yet."""

    def on_epoch_end(self, record: RoundRecord) -> bool:
        """Write one point of every curve. Never ask training to stop."""
        values = {
            **({} if record.loss is None else {"loss": record.loss}),
            **({} if record.epsilon is None else {"privacy/epsilon": record.epsilon}),
            **{f"validation/{name}": value for name, value in record.valid.items()},
            "cost/seconds": record.seconds,
            "cost/bytes_up_per_party": float(record.bytes_up),
            "cost/bytes_down_per_party": float(record.bytes_down),
        }
        summary = self._summary(value=[self._summary.Value(tag=tag, simple_value=x) for tag, x in values.items()])
        with self._named_failures():
            self._writer.add_event(self._event(wall_time=time.time(), step=record.round, summary=summary))
            self._writer.flush()
        return False

    def close(self) -> None:
        """Finish the event file."""
        with self._named_failures():
            self._writer.close()

    @contextmanager
    def _named_failures(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(
                say(
                    "federation.cannot-write-tensorboard",
                    "Cannot write TensorBoard files in {folder}: {reason}.",
                    folder=self._folder,
                    reason=error.strerror,
                ),
                say("federation.free-space-train-without", "Free some space, or train without --tensorboard."),
            ) from error
