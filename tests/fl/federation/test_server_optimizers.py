"""Server optimisers against steps worked out by hand: algorithm 2 of Reddi et al. 2021, no bias correction."""

import numpy as np
import pytest

from data.errors import StorageError
from fl.federation.server_optimizers import OPTIMIZERS, Average

# One number per case. Changes 0.5 then -0.2 at rate 0.1, tau 1e-3, beta 0.9 and 0.99.
# m: 0.1*0.5 = 0.05, then 0.9*0.05 + 0.1*(-0.2) = 0.025.
# v starts at 1e-6.
# Adagrad: 1e-6 + 0.25 = 0.250001, then + 0.04 = 0.290001.
# Adam: 0.99e-6 + 0.01*0.25 = 0.00250099, then 0.99*0.00250099 + 0.0004 = 0.0028759801.
# Yogi: v < 0.25, so 1e-6 + 0.0025 = 0.002501; v < 0.04, so 0.002501 + 0.0004 = 0.002901.
STEPS = {
    "fedavg": [0.05, -0.02],
    "fedadagrad": [0.1 * 0.05 / (0.250001**0.5 + 1e-3), 0.1 * 0.025 / (0.290001**0.5 + 1e-3)],
    "fedadam": [0.1 * 0.05 / (0.00250099**0.5 + 1e-3), 0.1 * 0.025 / (0.0028759801**0.5 + 1e-3)],
    "fedyogi": [0.1 * 0.05 / (0.002501**0.5 + 1e-3), 0.1 * 0.025 / (0.002901**0.5 + 1e-3)],
}


def full(value):
    return np.full((3, 2), value)


def average(value):
    return Average(full(value), np.zeros((3, 2)), np.ones(3))


@pytest.mark.parametrize("name", STEPS)
def test_that_two_steps_are_those_worked_out_by_hand(name):
    optimizer = OPTIMIZERS[name]()
    for change, expected in zip((0.5, -0.2), STEPS[name], strict=True):
        np.testing.assert_allclose(optimizer.step(average(change), 0.1), full(expected), rtol=1e-12)


def test_that_yogi_lowers_v_when_the_change_is_small_and_adam_forgets_faster():
    yogi, adam = OPTIMIZERS["fedyogi"](), OPTIMIZERS["fedadam"]()
    for optimizer in (yogi, adam):
        optimizer.step(average(1.0), 0.1)
        optimizer.step(average(0.01), 0.1)
    # v was about 0.01. Yogi: minus 0.01 * 0.0001; Adam: times 0.99.
    assert yogi.state()["v"][0, 0] == pytest.approx(1e-6 + 0.01 - 1e-6)
    assert adam.state()["v"][0, 0] == pytest.approx(0.99 * (0.99e-6 + 0.01) + 1e-6)


@pytest.mark.parametrize("name", STEPS)
def test_that_a_restored_optimiser_goes_on_as_if_nothing_happened(name):
    first, second = OPTIMIZERS[name](), OPTIMIZERS[name]()
    first.step(average(0.5), 0.1)
    second.load(first.state())
    np.testing.assert_array_equal(first.step(average(-0.2), 0.1), second.step(average(-0.2), 0.1))


def test_that_the_state_of_another_optimiser_is_refused():
    adam = OPTIMIZERS["fedadam"]()
    adam.step(average(0.5), 0.1)
    with pytest.raises(StorageError, match="keeps no state"):
        OPTIMIZERS["fedavg"]().load(adam.state())
    with pytest.raises(StorageError, match="should hold m and v"):
        OPTIMIZERS["fedyogi"]().load({"m": full(0.0)})
