"""The one state of a job panel, and which controls it allows. Nothing else enables or disables a button."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class JobState(Enum):
    """State of a panel's job. A panel has at most one job at a time."""

    IDLE = "idle"  # nothing done yet
    STARTING = "starting"  # sent, the engine prepares (SecretFlow starts, data is read)
    RUNNING = "running"
    STOPPING = "stopping"  # asked to stop after the round, or to cancel; not over yet
    FAILED = "failed"
    DONE = "done"

    @property
    def busy(self) -> bool:
        return self in (JobState.STARTING, JobState.RUNNING, JobState.STOPPING)


class Stop(Enum):
    """Way of stopping that the person asked for, while STOPPING."""

    NONE = "none"
    AFTER_ROUND = "after round"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Controls:
    """Controls that can be used. `inputs` are all fields that a job was started with."""

    start: bool
    stop: bool
    cancel: bool
    inputs: bool


def controls(state: JobState, stop: Stop, *, engine_up: bool, valid: bool, engine_free: bool = True) -> Controls:
    """Return the controls that a state allows.

    Args:
        state: the panel's state.
        stop: what was asked for; only matters while STOPPING.
        engine_up: the engine's process lives (it may still be warming up: commands wait for it).
        valid: the fields hold settings that can be run.
        engine_free: no other panel's long job occupies the engine.
    """
    if not state.busy:
        return Controls(start=engine_up and valid and engine_free, stop=False, cancel=False, inputs=True)
    return Controls(
        start=False,
        stop=state is JobState.RUNNING,
        # Whoever asked to stop after the round may still lose patience; whoever cancelled already has.
        cancel=state is not JobState.STOPPING or stop is Stop.AFTER_ROUND,
        inputs=False,
    )
