"""The table of controls: what each state allows."""

from __future__ import annotations

import pytest

from gui.tabs.state import Controls, JobState, Stop, controls

REST = (JobState.IDLE, JobState.FAILED, JobState.DONE)


@pytest.mark.parametrize("state", REST)
def test_that_a_panel_at_rest_can_start_and_be_edited(state: JobState) -> None:
    assert controls(state, Stop.NONE, engine_up=True, valid=True) == Controls(True, False, False, True)


@pytest.mark.parametrize("state", REST)
@pytest.mark.parametrize(
    ("engine_up", "valid", "engine_free"), [(False, True, True), (True, False, True), (True, True, False)]
)
def test_that_start_needs_an_engine_valid_fields_and_room(
    state: JobState, engine_up: bool, valid: bool, engine_free: bool
) -> None:
    allowed = controls(state, Stop.NONE, engine_up=engine_up, valid=valid, engine_free=engine_free)
    assert allowed == Controls(start=False, stop=False, cancel=False, inputs=True)


@pytest.mark.parametrize(
    ("state", "stop", "expected"),
    [
        (JobState.STARTING, Stop.NONE, Controls(start=False, stop=False, cancel=True, inputs=False)),
        (JobState.RUNNING, Stop.NONE, Controls(start=False, stop=True, cancel=True, inputs=False)),
        (JobState.STOPPING, Stop.AFTER_ROUND, Controls(start=False, stop=False, cancel=True, inputs=False)),
        (JobState.STOPPING, Stop.CANCEL, Controls(start=False, stop=False, cancel=False, inputs=False)),
    ],
)
def test_that_a_busy_panel_only_offers_ways_out(state: JobState, stop: Stop, expected: Controls) -> None:
    assert controls(state, stop, engine_up=True, valid=True) == expected
